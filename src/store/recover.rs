//! Saving what is readable of a damaged diary into a new one, and saying what is lost.
//!
//! The file is read page by page, without trusting its structure: every row carries a checksum, so a row found anywhere
//! is either exactly what was written or not taken. What is missing is looked for in the change journal, which holds
//! every row a second time.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::OpenFlags;
use rusqlite::types::{Value, ValueRef};
use serde::Serialize;

use crate::diary::cell::Names;
use crate::diary::table::Field;
use crate::diary::{Key, Record, Table};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::image::{Image, decode};
use crate::store::journal::key_of;
use crate::store::open::connect;
use crate::store::pages::{Pages, RawRow};
use crate::store::place::{Draft, folder_of, name_of, private_file, private_folder, with_ending};
use crate::store::row::{checksum, journalled};
use crate::store::tally::{Tally, change_sum, part_sum};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Lost {
    /// Which: its table, and its key as far as it can be read.
    pub(crate) place: String,
    /// Why, and what of it could still be read.
    pub(crate) what: String,
}

impl Lost {
    fn record(table: Table, key: &Key, what: impl ToString) -> Self {
        Lost {
            place: format!("{} {key}", table.name()),
            what: what.to_string(),
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Recovered {
    /// The damaged file, which was left as it is.
    pub(crate) from: PathBuf,
    pub(crate) into: PathBuf,
    pub(crate) saved: BTreeMap<&'static str, usize>,
    /// Records whose row was broken or gone, saved from the change journal.
    pub(crate) from_journal: Vec<String>,
    pub(crate) lost: Vec<Lost>,
    /// Pages of the file that could not be read, of how many.
    pub(crate) unreadable_pages: usize,
    pub(crate) pages: usize,
}

impl Store {
    /// Saves every readable record of the file `from` into a new diary `into`. The history of changes is not carried
    /// over: in the new diary, everything was written by this one change.
    ///
    /// # Errors
    /// `into` is there already, or nothing in `from` looks like a record; no diary is then made.
    pub(crate) fn recover(
        from: &Path,
        into: &Path,
        now: DateTime<Utc>,
    ) -> Result<Recovered, StoreError> {
        if into.symlink_metadata().is_ok() {
            return Err(StoreError::Refused(format!(
                "{} is there already and is left as it is; name another file with --out",
                into.display()
            )));
        }
        let bytes = settled_bytes(from, into)?;
        let mut salvage = Salvage::default();
        let pages = Pages::new(&bytes);
        let mut report = Recovered {
            from: from.to_path_buf(),
            into: into.to_path_buf(),
            pages: pages.count(),
            ..Recovered::default()
        };
        for number in 1..=pages.count() {
            report.unreadable_pages += usize::from(pages.is_unreadable(number));
            for row in pages.rows(number) {
                salvage.take(row);
            }
        }
        let records = salvage.settle(&mut report);
        if records.is_empty() && salvage.tallies.is_empty() {
            return Err(StoreError::NotADiary {
                path: from.to_path_buf(),
                what: "no record of a diary is readable in it".to_string(),
            });
        }
        let name = name_of(from);
        let written = Store::open(into, now)?.write(now, &format!("recover {name}"), |writer| {
            for record in records {
                let (key, table) = (record.key(), record.table());
                match writer.put(record) {
                    Ok(_) => *report.saved.entry(table.name()).or_default() += 1,
                    Err(StoreError::Refused(why)) => {
                        report.lost.push(Lost::record(table, &key, why))
                    }
                    Err(error) => return Err(error),
                }
            }
            Ok(())
        });
        if let Err(error) = written {
            // An empty diary would look like one with nothing in it.
            let _ = std::fs::remove_file(into);
            return Err(error);
        }
        salvage.count_missing(&mut report);
        report.lost.sort();
        report.lost.dedup();
        Ok(report)
    }
}

/// The bytes of the file. Where a write was cut short, SQLite takes it back first, in a copy.
fn settled_bytes(from: &Path, into: &Path) -> Result<Vec<u8>, StoreError> {
    let journal = with_ending(from, "-journal");
    if !journal.exists() {
        return Ok(std::fs::read(from)?);
    }
    private_folder(folder_of(into))?;
    let draft = Draft::beside(into)?;
    std::fs::write(draft.path(), std::fs::read(from)?)?;
    let beside = with_ending(draft.path(), "-journal");
    private_file(&beside)?.write_all(&std::fs::read(&journal)?)?;
    if let Ok(conn) = connect(draft.path(), OpenFlags::SQLITE_OPEN_READ_WRITE) {
        // Whether this works or not, the pages are read next.
        let _ = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    }
    let bytes = std::fs::read(draft.path());
    let _ = std::fs::remove_file(&beside);
    Ok(bytes?)
}

/// A change of the journal, as far as it was found.
#[derive(Default)]
struct FoundChange {
    in_force: bool,
    pieces: BTreeMap<i64, Vec<u8>>,
}

/// Everything found on the pages so far.
#[derive(Default)]
struct Salvage {
    rows: BTreeMap<Key, (Table, Image)>,
    broken: BTreeMap<Key, (Table, String)>,
    changes: BTreeMap<i64, FoundChange>,
    tallies: BTreeMap<String, i64>,
}

/// The last piece of a change stands in its own row, after all others.
const LAST: i64 = i64::MAX;

impl Salvage {
    /// Takes a row from a page, if it is one of ours.
    fn take(&mut self, row: RawRow) {
        for table in Table::ALL {
            let Some((image, sum)) = as_row_of(table, &row) else {
                continue;
            };
            let cells = || image.iter().map(ValueRef::from);
            let mut names = Names::default();
            let Ok(key) = Key::read(&mut journalled(table, &image, &mut names)) else {
                continue;
            };
            if checksum(table.number(), cells()) == sum {
                self.rows.insert(key, (table, image));
                return;
            }
            // Not what was written; but is it at least a row of this table?
            let told = match Record::read(&mut journalled(table, &image, &mut names)) {
                Ok(_) => "its checksum does not match".to_string(),
                Err(_) if image.len() > 6 => "its columns are broken".to_string(),
                Err(_) => continue,
            };
            self.broken
                .insert(key, (table, format!("{told}; readable: {}", shown(&image))));
        }
        self.take_journal(&row);
    }

    fn take_journal(&mut self, row: &RawRow) {
        use Value::{Blob, Integer, Text};
        match (row.rowid, row.values.as_slice()) {
            (
                Some(id),
                [
                    _,
                    Integer(at),
                    Text(command),
                    Text(state),
                    Integer(rows),
                    Blob(body),
                    Integer(sum),
                ],
            ) if change_sum(id, *at, command, *rows, body) == *sum => {
                let change = self.changes.entry(id).or_default();
                change.in_force = state == "done";
                change.pieces.insert(LAST, body.clone());
            }
            (Some(_), [Integer(change), Integer(part), Blob(body), Integer(sum)])
                if part_sum(*change, *part, body) == *sum =>
            {
                let change = self.changes.entry(*change).or_default();
                change.pieces.insert(*part, body.clone());
            }
            (
                None,
                [
                    Text(name),
                    Integer(rows),
                    Integer(total),
                    Integer(last_id),
                    Integer(sum),
                ],
            ) => {
                let (rows, total, last_id) = (*rows, *total, *last_id);
                let tally = Tally {
                    rows,
                    total,
                    last_id,
                };
                if tally.sum(name) == *sum {
                    self.tallies.insert(name.clone(), rows);
                }
            }
            _ => {}
        }
    }

    /// How the journal says the diary is.
    fn told_by_journal(&self) -> BTreeMap<Key, Option<(Table, Image)>> {
        let mut told = BTreeMap::new();
        let in_force = self.changes.values().filter(|change| change.in_force);
        for body in in_force.flat_map(|change| change.pieces.values()) {
            for touched in decode(body).unwrap_or_default() {
                if let Ok(key) = key_of(&touched) {
                    told.insert(key, touched.after.map(|image| (touched.table, image)));
                }
            }
        }
        told
    }

    /// The records to save, in the order of their keys.
    fn settle(&mut self, report: &mut Recovered) -> Vec<Record> {
        for (key, row) in self.told_by_journal() {
            if let Some((table, image)) = row
                && !self.rows.contains_key(&key)
            {
                report.from_journal.push(format!("{} {key}", table.name()));
                self.rows.insert(key, (table, image));
            }
        }
        for (key, (table, what)) in &self.broken {
            if !self.rows.contains_key(key) {
                report.lost.push(Lost::record(*table, key, what));
            }
        }
        let mut names = Names::default();
        let mut records = Vec::new();
        for (key, (table, image)) in &self.rows {
            match Record::read(&mut journalled(*table, image, &mut names)) {
                Ok(record) => records.push(record),
                Err(why) => report.lost.push(Lost::record(*table, key, why)),
            }
        }
        records
    }

    /// Rows that were once counted and left no trace.
    fn count_missing(&self, report: &mut Recovered) {
        for table in Table::ALL {
            let name = table.name();
            let saved = report.saved.get(name).copied().unwrap_or(0);
            let named = report
                .lost
                .iter()
                .filter(|l| l.place.starts_with(&format!("{name} ")))
                .count();
            let place = name.to_string();
            let Some(rows) = self.tallies.get(name) else {
                let what = "how many rows there were is not readable; more may be missing";
                let what = what.to_string();
                report.lost.push(Lost { place, what });
                continue;
            };
            let rows = usize::try_from(*rows).unwrap_or(0);
            let missing = rows.saturating_sub(saved + named);
            if missing > 0 {
                let what = format!("{missing} rows left no trace");
                report.lost.push(Lost { place, what });
            }
        }
    }
}

/// A raw row as a row of `table`: its columns as they were when they were written, and its checksum.
fn as_row_of(table: Table, row: &RawRow) -> Option<(Image, i64)> {
    let layout = table.layout();
    if row.values.len() != layout.columns.len() + 1 || row.rowid.is_some() != table.is_numbered() {
        return None;
    }
    let mut image = row.values.clone();
    let Some(Value::Integer(sum)) = image.pop() else {
        return None;
    };
    if let (Some(id), Some(first)) = (row.rowid, image.first_mut()) {
        *first = Value::Integer(id);
    }
    for (value, column) in image.iter_mut().zip(layout.columns) {
        let real = |field: &Field| field.real && field.columns.first() == Some(column);
        if let Value::Integer(whole) = value
            && layout.fields.iter().any(real)
        {
            *value = Value::Real(*whole as f64);
        }
    }
    Some((image, sum))
}

/// What can be read of a broken row.
fn shown(image: &Image) -> String {
    let words = image.iter().filter_map(|value| match value {
        Value::Integer(i) => Some(i.to_string()),
        Value::Real(r) => Some(r.to_string()),
        Value::Text(t) => Some(t.chars().filter(|c| !c.is_control()).take(60).collect()),
        Value::Null | Value::Blob(_) => None,
    });
    words.collect::<Vec<String>>().join(", ")
}
