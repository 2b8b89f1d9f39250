//! What a server keeps between its requests: connections to the file, and the nights read last. Every tap asks the rules
//! about the last year, and of that year it changes one row.
//!
//! The nights count only under the tallies they were read under: whatever else wrote to the file since, its counts and
//! checksum totals are others, and the file is read again. A connection counts only while its file is the one at the path.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OpenFlags};

use crate::diary::cell::Cell;
use crate::diary::column::Column;
use crate::diary::{Diary, Key, Nights, Record};
use crate::store::error::StoreError;
use crate::store::tally::Standing;

/// A row a transaction wrote: its key, and the record where it was not removed.
pub(super) type Touched = (Key, Option<Record>);

/// How many connections wait for the next request at most; each has a cache of its own.
const MOST_IDLE: usize = 3;
/// Room for the statements of one request.
const STATEMENTS: usize = 128;

/// What a server holds of its diary.
#[derive(Debug, Clone, Default)]
pub(crate) struct Held(Arc<Kept>);

#[derive(Debug, Default)]
struct Kept {
    idle: Mutex<Vec<Idle>>,
    stretch: Mutex<Option<Stretch>>,
}

/// A connection that waits.
#[derive(Debug)]
struct Idle {
    conn: Connection,
    opened: Opened,
}

/// How a connection was opened, and on which file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Opened {
    access: OpenFlags,
    file: FileId,
}

impl Opened {
    /// As it would be opened at this moment; `None` where the system does not tell files apart.
    pub(super) fn at(path: &Path, access: OpenFlags) -> Option<Opened> {
        file_id(path).map(|file| Opened { access, file })
    }
}

/// What tells a file from another that took its name.
type FileId = (u64, u64);

/// `None` where the system does not tell, or where an open file keeps others from being renamed over it.
#[cfg(unix)]
fn file_id(path: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    let meta = std::fs::metadata(path).ok()?;
    Some((meta.dev(), meta.ino()))
}

#[cfg(not(unix))]
fn file_id(_: &Path) -> Option<FileId> {
    None
}

fn locked<T>(place: &Mutex<T>) -> MutexGuard<'_, T> {
    place.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A stretch of nights, and how the records stood when they were read.
#[derive(Debug)]
struct Stretch {
    nights: Nights,
    standing: Standing,
    diary: Arc<Diary>,
}

impl Held {
    /// A connection that was opened so and waits. Those to a file that has lost its name since are closed.
    pub(super) fn take(&self, wanted: Opened) -> Option<Connection> {
        let mut idle = locked(&self.0.idle);
        idle.retain(|waiting| waiting.opened.file == wanted.file);
        let found = idle.iter().position(|waiting| waiting.opened == wanted)?;
        Some(idle.swap_remove(found).conn)
    }

    /// Lets a connection wait for the next request; one inside a transaction is closed.
    pub(super) fn rest(&self, conn: Connection, opened: Opened) {
        let mut idle = locked(&self.0.idle);
        if conn.is_autocommit() && idle.len() < MOST_IDLE {
            conn.set_prepared_statement_cache_capacity(STATEMENTS);
            idle.push(Idle { conn, opened });
        }
    }

    /// The nights as they stand `now`: what is held where it was read `before` the rows that were touched since, else what
    /// `read` gives.
    pub(super) fn get(
        &self,
        nights: Nights,
        before: &Standing,
        now: Standing,
        touched: &[Touched],
        read: impl FnOnce() -> Result<Diary, StoreError>,
    ) -> Result<Arc<Diary>, StoreError> {
        let mut place = locked(&self.0.stretch);
        let diary = match place.take().filter(|held| held.nights == nights) {
            Some(held) if held.standing == now => held.diary,
            Some(held) if held.standing == *before => {
                let mut diary = held.diary;
                let changed = Arc::make_mut(&mut diary);
                for (key, record) in touched {
                    changed.remove(key);
                    let record = record.as_ref().filter(|record| is_within(record, &nights));
                    record.into_iter().for_each(|r| changed.push(r.clone()));
                }
                changed.sort();
                diary
            }
            _ => Arc::new(read()?),
        };
        *place = Some(Stretch {
            nights,
            standing: now,
            diary: Arc::clone(&diary),
        });
        Ok(diary)
    }
}

/// Whether a record is read with these nights.
fn is_within(record: &Record, nights: &Nights) -> bool {
    let layout = record.table().layout();
    let column = |name| layout.columns.iter().position(|column| *column == name);
    let Some(column) = layout.night.and_then(column) else {
        return true;
    };
    let mut row: Vec<Cell<'_>> = Vec::new();
    record.write(&mut row);
    let (from, to) = (nights.from.cell(), nights.to.cell());
    match (row.get(column), from, to) {
        (Some(Cell::Date(night)), Cell::Date(from), Cell::Date(to)) => {
            from <= *night && *night <= to
        }
        _ => false,
    }
}
