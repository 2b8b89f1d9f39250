//! What is kept: the only room that speaks SQL.
//!
//! A diary is one SQLite file (`schema.sql` says what is in it). Every write is one transaction together with its
//! entry in the change journal, so it is either there whole, and can be undone, or not there at all. Every row
//! carries a checksum, and every table a count and a total of them: reading refuses a row that does not match.

pub(crate) mod adding;
pub(crate) mod background;
pub(crate) mod backup;
pub(crate) mod check;
pub(crate) mod check_rows;
#[cfg_attr(not(feature = "web"), allow(dead_code))]
pub(crate) mod devices;
pub(crate) mod entry;
pub(crate) mod error;
pub(crate) mod experiment;
pub(crate) mod forget;
pub(crate) mod held;
pub(crate) mod identity;
pub(crate) mod image;
#[cfg_attr(not(feature = "web"), allow(dead_code))]
pub(crate) mod journal;
pub(crate) mod log;
pub(crate) mod open;
pub(crate) mod pages;
pub(crate) mod place;
pub(crate) mod read;
pub(crate) mod recover;
pub(crate) mod restore;
pub(crate) mod row;
pub(crate) mod shelf;
#[cfg_attr(not(feature = "web"), allow(dead_code))]
pub(crate) mod take_back;
pub(crate) mod tally;
pub(crate) mod write;

use std::path::PathBuf;

use rusqlite::Connection;

use crate::diary::Source;
pub(crate) use crate::diary::Table;
pub(crate) use crate::store::backup::{Lock, Unlock, is_encrypted};
pub(crate) use crate::store::check_rows::Grade;
pub(crate) use crate::store::error::{EntryError, StoreError, missing};
pub(crate) use crate::store::experiment::ExperimentError;
pub(crate) use crate::store::journal::{Change, ChangeState, LOOKS};
pub(crate) use crate::store::place::{Draft, synchronised_on_disk};
pub(crate) use crate::store::shelf::{Backup, Reason, backups, backups_folder};
pub(crate) use crate::store::write::Writer;

#[derive(Debug)]
pub(crate) struct Store {
    conn: Connection,
    path: PathBuf,
    backed_up: bool,
    /// The request of a device that the next write answers.
    request: Option<devices::RequestKey>,
    /// Where what is entered comes from.
    source: Source,
    /// Whether the transaction of a write stays open until its answer is kept with it.
    stays_open: bool,
    /// Whether every write is taken back, so that it can be shown first.
    dry_run: bool,
    /// Whether the device that writes may only add to what others wrote.
    adds_only: bool,
    /// What is held of the diary between requests, and how the connection was opened where it may be held too.
    held: Option<held::Held>,
    opened: Option<held::Opened>,
    warnings: Vec<String>,
}

impl Store {
    /// The next write answers this request of a device, and is refused when it was answered before; what is entered comes
    /// from `source`.
    pub(crate) fn answers(&mut self, request: devices::RequestKey, source: Source) {
        self.request = Some(request);
        self.source = source;
    }

    /// The transaction of the next write stays open until [`Store::keep_answer`]; without it, nothing was written.
    pub(crate) fn stays_open(&mut self) {
        self.stays_open = true;
    }

    /// A write that changes what the device of its request did not write itself is refused.
    pub(crate) fn adds_only(&mut self) {
        self.adds_only = true;
    }

    /// Every write is taken back once it has said what it would do.
    pub(crate) fn dry_run(&mut self) {
        self.dry_run = true;
    }

    /// What went wrong on the way without stopping it, each once; the door says it on standard error.
    pub(crate) fn warnings(&mut self) -> Vec<String> {
        std::mem::take(&mut self.warnings)
    }
}
