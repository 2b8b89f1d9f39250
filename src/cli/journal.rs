//! `cramp undo`, `redo` and `history`: every change can be taken back, and is never forgotten.

use serde_json::json;

use crate::cli::failure::fail;
use crate::cli::{Failure, Invocation};
use crate::diary::Now;
use crate::diary::factor::Catalogue;
use crate::diary::typed::clean;
use crate::report::records::{self, ChangeLine};
use crate::store::{Change, ChangeState, Store, StoreError};
use crate::words::{hinted, t};

/// Take the last change back
#[derive(Debug, clap::Args)]
pub(crate) struct Undo {
    /// Only if it is this change of 'cramp history'
    #[arg(long, value_name = "N")]
    only: Option<i64>,
}

impl Undo {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let none = || fail!(Cannot, "nothing-to-undo");
        let steps = (Store::undo as Step, Store::undo_only as StepOf);
        step(call, steps, self.only, "undone", none, |line| {
            hinted!(cli, "undone", line)
        })
    }
}

/// Bring back what undo took away
#[derive(Debug, clap::Args)]
pub(crate) struct Redo {
    /// Only if it is this change of 'cramp history'
    #[arg(long, value_name = "N")]
    only: Option<i64>,
}

impl Redo {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let none = || fail!(Cannot, "nothing-to-redo");
        let steps = (Store::redo as Step, Store::redo_only as StepOf);
        step(call, steps, self.only, "done again", none, |line| {
            hinted!(cli, "done-again", line)
        })
    }
}

type Step = fn(&mut Store, &Now) -> Result<Option<Change>, StoreError>;
type StepOf = fn(&mut Store, i64, &Now) -> Result<Option<Change>, StoreError>;

/// Takes one step back or forth, where `only` names a change about that one alone, and answers with the change; `none` when
/// there is none, else `done` says so and how to go back.
fn step(
    call: &mut Invocation<'_>,
    (any, one): (Step, StepOf),
    only: Option<i64>,
    kind: &str,
    none: impl FnOnce() -> Failure,
    done: impl FnOnce(String) -> (String, Option<String>),
) -> Result<(), Failure> {
    let mut store = call.open()?;
    let change = match only {
        None => any(&mut store, &call.now)?.ok_or_else(none)?,
        Some(id) => match one(&mut store, id, &call.now)? {
            Some(change) => change,
            None => {
                let value = json!({ "schema": 1, "kind": kind, "change": null });
                return call.respond(&value, |_, _| t!(cli, "stepped-before").to_string());
            }
        },
    };
    let line = in_words(&change, &store.catalogue()?, &call.now);
    let value = json!({ "schema": 1, "kind": kind, "change": line });
    let (done, back) = done(line.text());
    call.respond(&value, |_, _| {
        format!("{done}\n{}", back.unwrap_or_default())
    })
}

/// Every change ever made
#[derive(Debug, clap::Args)]
pub(crate) struct History {
    /// How many
    #[arg(long, value_name = "N", default_value_t = 20)]
    last: usize,
}

impl History {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let Some(store) = call.open_read()? else {
            return call.print(t!(cli, "no-changes"));
        };
        let lines = history(&store, self.last, &call.now)?;
        let value = json!({ "schema": 1, "kind": "history", "changes": lines });
        let text: Vec<String> = lines.iter().map(ChangeLine::text).collect();
        call.list(&value, &text, t!(cli, "no-changes"))
    }
}

/// The last changes in words, the newest first.
pub(crate) fn history(
    store: &Store,
    last: usize,
    now: &Now,
) -> Result<Vec<ChangeLine>, StoreError> {
    let catalogue = store.catalogue()?;
    let changes = store.history(last)?;
    let lines = changes.iter().map(|c| in_words(c, &catalogue, now));
    Ok(lines.collect())
}

fn in_words(change: &Change, catalogue: &Catalogue, now: &Now) -> ChangeLine {
    let state = match change.state {
        ChangeState::Done => "done",
        ChangeState::Undone => "undone",
        ChangeState::Superseded => "superseded",
    };
    let rows = change
        .rows
        .iter()
        .map(|r| (r.before.as_ref(), r.after.as_ref()));
    ChangeLine {
        id: change.id,
        at: now.zone.moment(change.at),
        command: clean(&change.command),
        state,
        records: change.count,
        rows: records::change_rows(change.count, rows, catalogue, now.today()),
    }
}
