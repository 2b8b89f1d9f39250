//! `cramp undo`, `redo` and `history`: every change can be taken back, and is never forgotten.

use crate::cli::{Context, Failure};
use crate::diary::factor::Catalogue;
use crate::report::history::{self, ChangeLine};
use crate::store::{Change, ChangeState, Store};

/// The command under which the analysis keeps its looks.
pub(crate) const LOOKS: &str = "analyze";

/// Take the last change back.
#[derive(Debug, clap::Args)]
pub(crate) struct Undo {}

/// Bring back what undo took away.
#[derive(Debug, clap::Args)]
pub(crate) struct Redo {}

/// Every change ever made, the latest first.
#[derive(Debug, clap::Args)]
pub(crate) struct History {
    /// How many
    #[arg(long, value_name = "N", default_value_t = 20)]
    last: usize,
}

impl Undo {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let mut store = ctx.open()?;
        let mut change = store.undo(ctx.now.utc)?;
        // A look of the analysis is kept by the program, not by the person; it is taken again when needed.
        while change.as_ref().is_some_and(|c| c.command == LOOKS) {
            change = store.undo(ctx.now.utc)?;
        }
        answer(
            ctx,
            &store,
            change,
            "Undone",
            "nothing to undo",
            "Redo: cramp redo",
        )
    }
}

impl Redo {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let mut store = ctx.open()?;
        let mut change = store.redo(ctx.now.utc)?;
        while change.as_ref().is_some_and(|c| c.command == LOOKS) {
            change = store.redo(ctx.now.utc)?;
        }
        answer(
            ctx,
            &store,
            change,
            "Done again",
            "nothing to redo",
            "Undo: cramp undo",
        )
    }
}

impl History {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let Some(store) = ctx.open_read()? else {
            return ctx.say("No changes yet.");
        };
        let changes = store.history(self.last)?;
        let catalogue = catalogue(&store, ctx)?;
        let lines: Vec<ChangeLine> = changes
            .iter()
            .map(|c| described(c, &catalogue, ctx))
            .collect();
        if ctx.dress.json {
            return ctx
                .json(&serde_json::json!({ "schema": 1, "kind": "history", "changes": lines }));
        }
        if lines.is_empty() {
            return ctx.say("No changes yet.");
        }
        let text: Vec<String> = lines.iter().map(ChangeLine::text).collect();
        ctx.say(&text.join("\n"))
    }
}

fn catalogue(store: &Store, ctx: &Context<'_, '_>) -> Result<Catalogue, Failure> {
    let night = ctx.now.this_night();
    Ok(Catalogue::of(&store.read_without_values(Some(
        crate::diary::Nights {
            from: night,
            to: night,
        },
    ))?))
}

fn described(change: &Change, catalogue: &Catalogue, ctx: &Context<'_, '_>) -> ChangeLine {
    let state = match change.state {
        ChangeState::Done => "done",
        ChangeState::Undone => "undone",
        ChangeState::Superseded => "superseded",
    };
    let rows = change
        .rows
        .iter()
        .map(|r| (r.before.as_ref(), r.after.as_ref()));
    let at = ctx.now.zone.moment(change.at);
    history::change_line(
        change.id,
        &at,
        &change.command,
        state,
        change.count,
        rows,
        catalogue,
        ctx.now.today(),
    )
}

fn answer(
    ctx: &mut Context<'_, '_>,
    store: &Store,
    change: Option<Change>,
    verb: &str,
    nothing: &str,
    back: &str,
) -> Result<(), Failure> {
    let Some(change) = change else {
        return Err(Failure::cannot_but(
            nothing,
            "'cramp history' shows every change",
        ));
    };
    let catalogue = catalogue(store, ctx)?;
    let line = described(&change, &catalogue, ctx);
    if ctx.dress.json {
        return ctx.json(
            &serde_json::json!({ "schema": 1, "kind": verb.to_lowercase(), "change": line }),
        );
    }
    ctx.say(&format!("{verb}: {}\n{back}", line.text()))
}
