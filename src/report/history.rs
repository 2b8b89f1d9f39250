//! The history of changes, one change in a few lines.

use chrono::NaiveDate;
use serde::Serialize;

use crate::diary::factor::Catalogue;
use crate::diary::{Moment, Record};
use crate::report::say::record as say;
use crate::words::t;

/// Rows shown of one change; the rest are counted.
const SHOWN: usize = 6;

/// One change of the diary.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ChangeLine {
    /// Its number.
    pub(crate) id: i64,
    /// When it was made.
    pub(crate) at: Moment,
    /// The command that made it.
    pub(crate) command: String,
    /// `done`, `undone` or `superseded`.
    pub(crate) state: &'static str,
    /// How many records it touched.
    pub(crate) records: usize,
    /// The first of them, in words.
    pub(crate) rows: Vec<String>,
}

/// A change in words. `rows` are the records before and after it.
#[allow(clippy::too_many_arguments)]
pub(crate) fn change_line<'r>(
    id: i64,
    at: &Moment,
    command: &str,
    state: &'static str,
    records: usize,
    rows: impl Iterator<Item = (Option<&'r Record>, Option<&'r Record>)>,
    catalogue: &Catalogue,
    today: NaiveDate,
) -> ChangeLine {
    let describe = |(before, after): (Option<&Record>, Option<&Record>)| {
        let line = |r: &Record| say::line(r, catalogue, today);
        let key = after.or(before).map(Record::key);
        let key = key.map(|k| k.to_string()).unwrap_or_default();
        say::change(
            &key,
            before.map(line).as_deref(),
            after.map(line).as_deref(),
        )
    };
    let mut rows: Vec<String> = rows.take(SHOWN).map(describe).collect();
    if records > rows.len() {
        rows.push(t!(record, "more-records", n = records - rows.len()));
    }
    ChangeLine {
        id,
        at: at.clone(),
        command: say::one_line(command),
        state,
        records,
        rows,
    }
}

impl ChangeLine {
    /// The change as text.
    pub(crate) fn text(&self) -> String {
        let mut lines = vec![say::change_title(
            self.id,
            &self.at,
            &self.command,
            self.state,
        )];
        lines.extend(self.rows.iter().map(|r| format!("     {r}")));
        lines.join("\n")
    }
}
