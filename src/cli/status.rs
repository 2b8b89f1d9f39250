//! Bare `cramp`: where things stand. Never writes.

use crate::cli::{Context, Failure};
use crate::diary::{Diary, Nights};
use crate::report::status;

pub(crate) fn run(ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
    let store = ctx.open_read()?;
    let span = Nights::ending(ctx.now.last_night(), status::NIGHTS);
    let (diary, last, first) = match &store {
        Some(store) => (
            store.read_without_values(Some(span))?,
            store.last_episode()?,
            store.first_night()?,
        ),
        None => (Diary::default(), None, None),
    };
    let status = status::status(&diary, span, first, last.as_ref(), ctx.now.today());
    if ctx.dress.json {
        return ctx.json(&status);
    }
    ctx.say(&crate::render::terminal::paragraphs(
        &status.sentences,
        ctx.dress.width,
    ))
}
