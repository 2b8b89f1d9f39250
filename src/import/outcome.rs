//! What an import found: the records that are new or changed, and a word about every row it could not take.

use std::fmt;

use crate::diary::Changes;

/// The result of reading files against a diary. Nothing is written by it.
#[derive(Debug, Default)]
pub(crate) struct Imported {
    /// New and changed records, by kind.
    pub(crate) changes: Changes,
    /// What became of the rows of each file.
    pub(crate) counts: Vec<Count>,
    /// Rows (or whole files) that could not be taken.
    pub(crate) refused: Vec<Refused>,
    /// What was taken but deserves a look.
    pub(crate) warnings: Vec<Warning>,
    /// Nights that what other programs wrote is about.
    pub(crate) nights: usize,
    /// The random name of the diary the files were exported from, where they say.
    pub(crate) diary_id: Option<String>,
}

/// What became of the rows of one file.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub(crate) struct Count {
    /// The file.
    pub(crate) file: String,
    /// Rows the diary did not have.
    pub(crate) new: usize,
    /// Rows that change a record of the diary.
    pub(crate) changed: usize,
    /// Rows the diary has already.
    pub(crate) same: usize,
    /// Rows that could not be taken.
    pub(crate) refused: usize,
}

/// A row that could not be taken, or a whole file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Refused {
    /// The file.
    pub(crate) file: String,
    /// The line the row begins on, from 1; in JSON the entry of the list, in a database the number (`rowid`) of the row in
    /// the table the reason names. 0 where it stands on no one line, as a day's total.
    pub(crate) line: u64,
    /// The column, when one is to blame.
    pub(crate) column: Option<String>,
    /// What it holds, shortened and with control characters made visible.
    pub(crate) value: Option<String>,
    /// What is wrong and what would be accepted.
    pub(crate) reason: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: ", self.file)?,
            line => write!(f, "{}:{line}: ", self.file)?,
        }
        if let Some(column) = &self.column {
            write!(f, "{column} ")?;
        }
        if let Some(value) = &self.value {
            write!(f, "'{value}': ")?;
        } else if self.column.is_some() {
            write!(f, "is empty: ")?;
        }
        f.write_str(&self.reason)
    }
}

/// Something that was taken but deserves a look.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Warning {
    /// The file.
    pub(crate) file: String,
    /// The line, when one is meant.
    pub(crate) line: Option<u64>,
    /// What to know.
    pub(crate) text: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.text),
            None => write!(f, "{}: {}", self.file, self.text),
        }
    }
}

/// Why a cell, or a row as a whole, cannot be taken.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CellError {
    pub(super) column: Option<&'static str>,
    pub(super) value: Option<String>,
    pub(super) reason: String,
}

impl CellError {
    /// The whole row is to blame.
    pub(super) fn row(reason: impl Into<String>) -> CellError {
        CellError {
            column: None,
            value: None,
            reason: reason.into(),
        }
    }

    /// One cell is to blame.
    pub(super) fn cell(column: &'static str, value: &str, reason: impl Into<String>) -> CellError {
        CellError {
            column: Some(column),
            value: Some(shown(value)).filter(|v| !v.is_empty()),
            reason: reason.into(),
        }
    }
}

/// A value as a message shows it: short, with control characters made visible.
pub(super) fn shown(value: &str) -> String {
    const LONGEST: usize = 60;
    let mut out: String = value
        .chars()
        .take(LONGEST)
        .flat_map(|c| {
            let hidden = c.is_control()
                || ('\u{202a}'..='\u{202e}').contains(&c)
                || ('\u{2066}'..='\u{2069}').contains(&c);
            let (escaped, plain) = if hidden {
                (Some(c.escape_default()), None)
            } else {
                (None, Some(c))
            };
            escaped.into_iter().flatten().chain(plain)
        })
        .collect();
    if value.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}

/// So many rows that cannot be taken are named; more are only counted, so that a file of millions of them stays small.
const MOST_NAMED: usize = 20_000;

/// Collects what happens to the rows of one file.
#[derive(Debug, Clone, Default)]
pub(super) struct ImportLog {
    pub(super) counts: Vec<Count>,
    pub(super) refused: Vec<Refused>,
    /// Rows that could not be taken and are only counted.
    unnamed: usize,
    pub(super) warnings: Vec<Warning>,
}

/// What became of a row that was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowChange {
    New,
    Changed,
    Same,
}

impl ImportLog {
    fn count(&mut self, file: &str) -> Option<&mut Count> {
        if self.counts.last().is_none_or(|c| c.file != file) {
            match self.counts.iter().position(|c| c.file == file) {
                Some(at) => return self.counts.get_mut(at),
                None => self.counts.push(Count {
                    file: file.to_string(),
                    ..Count::default()
                }),
            }
        }
        self.counts.last_mut()
    }

    /// Makes sure `file` is listed even when it has no rows.
    pub(super) fn open(&mut self, file: &str) {
        self.count(file);
    }

    pub(super) fn count_row(&mut self, file: &str, fate: RowChange) {
        if let Some(count) = self.count(file) {
            match fate {
                RowChange::New => count.new += 1,
                RowChange::Changed => count.changed += 1,
                RowChange::Same => count.same += 1,
            }
        }
    }

    pub(super) fn refuse(&mut self, file: &str, line: u64, bad: CellError) {
        if let Some(count) = self.count(file) {
            count.refused += 1;
        }
        if self.refused.len() >= MOST_NAMED {
            self.unnamed += 1;
            if self.unnamed == 1 {
                let text =
                    format!("only the first {MOST_NAMED} rows that cannot be taken are named");
                self.warn(file, None, text);
            }
            return;
        }
        self.refused.push(Refused {
            file: file.to_string(),
            line,
            column: bad.column.map(str::to_string),
            value: bad.value,
            reason: bad.reason,
        });
    }

    /// A row that says word for word what the line `first` said.
    pub(super) fn repeated(&mut self, file: &str, line: u64, first: u64) {
        self.warn(
            file,
            Some(line),
            format!("repeats line {first}; counted once"),
        );
    }

    pub(super) fn warn(&mut self, file: &str, line: Option<u64>, text: impl Into<String>) {
        self.warnings.push(Warning {
            file: file.to_string(),
            line,
            text: text.into(),
        });
    }
}
