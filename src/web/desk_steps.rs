//! Undo and redo by a form, which names the change it is about.

use crate::cli::Failure;
use crate::store::{Change, ChangeState, Store, StoreError};
use crate::web::app::App;
use crate::words::t;

/// The changes that the next undo and the next redo are about.
pub(crate) fn steps(app: &App) -> Result<(Option<i64>, Option<i64>), StoreError> {
    match Store::open_read(app.diary_path())? {
        Some(store) => Ok((store.next_undo()?, store.next_redo()?)),
        None => Ok((None, None)),
    }
}

/// Whether the step that a form asks for was taken before; refused when it would be about another change than the form
/// was: a page that was open for long must not step over something newer.
pub(crate) fn stepped(app: &App, way: &str, change: &str) -> Result<bool, Failure> {
    let (undo, redo) = steps(app)?;
    let (next, after, refusal) = match way {
        "undo" => (undo, ChangeState::Undone, t!(desk, "not-newest")),
        _ => (redo, ChangeState::Done, t!(desk, "not-next")),
    };
    let is_meant = |id: i64| id.to_string() == change;
    if next.is_some_and(is_meant) {
        return Ok(false);
    }
    let changes = match Store::open_read(app.diary_path())? {
        Some(store) => store.history(LOOKED_THROUGH)?,
        None => Vec::new(),
    };
    let is_done = |c: &Change| is_meant(c.id) && c.state == after;
    match changes.iter().any(is_done) {
        true => Ok(true),
        false => Err(Failure::cannot(refusal, None)),
    }
}

/// Changes looked through for one that a form was about.
const LOOKED_THROUGH: usize = 20;
