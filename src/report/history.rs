//! The history of changes, one change in a few lines.

use chrono::NaiveDate;
use serde::Serialize;

use crate::diary::factor::Catalogue;
use crate::diary::{Moment, Record};
use crate::report::echo;
use crate::report::say;

/// Rows shown of one change; the rest are counted.
const SHOWN: usize = 6;

/// One change of the diary.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeLine {
    /// Its number.
    pub id: i64,
    /// When it was made.
    pub at: Moment,
    /// The command that made it.
    pub command: String,
    /// `done`, `undone` or `superseded`.
    pub state: &'static str,
    /// How many records it touched.
    pub records: usize,
    /// The first of them, in words.
    pub rows: Vec<String>,
}

/// A change in words. `rows` are the records before and after it.
#[allow(clippy::too_many_arguments)]
pub fn change_line<'r>(
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
        let line = |r: &Record| format!("{} {}", r.key(), echo::line(r, catalogue, today));
        match (before, after) {
            (None, Some(after)) => format!("+ {}", line(after)),
            (Some(before), None) => format!("- {}", line(before)),
            (Some(before), Some(after)) => format!(
                "~ {} (was: {})",
                line(after),
                echo::line(before, catalogue, today)
            ),
            (None, None) => String::new(),
        }
    };
    let mut rows: Vec<String> = rows.take(SHOWN).map(describe).collect();
    if records > rows.len() {
        rows.push(format!(
            "and {} more",
            say::count(records - rows.len(), "record")
        ));
    }
    ChangeLine {
        id,
        at: at.clone(),
        command: echo::one_line(command),
        state,
        records,
        rows,
    }
}

impl ChangeLine {
    /// The change as text.
    pub fn text(&self) -> String {
        let state = if self.state == "done" {
            String::new()
        } else {
            format!(" [{}]", self.state)
        };
        let mut lines = vec![format!(
            "{}  {}  cramp {}{state}",
            self.id,
            self.at.local().format("%Y-%m-%d %H:%M"),
            self.command
        )];
        lines.extend(self.rows.iter().map(|r| format!("     {r}")));
        lines.join("\n")
    }
}
