//! What is kept: the only room that speaks SQL.
//!
//! A diary is one SQLite file (`schema.sql` says what is in it). Every write is one transaction together with its
//! entry in the change journal, so it is either there whole, and can be undone, or not there at all. Every row
//! carries a checksum, and every table a count and a total of them: reading refuses a row that does not match.

mod backup;
mod cell;
mod check;
mod check_journal;
mod check_rows;
mod columns;
mod crypt;
mod error;
mod forget;
mod image;
mod journal;
mod open;
mod pages;
mod place;
mod read;
mod recover;
mod restore;
mod rotation;
mod row;
mod schema;
mod table;
mod tally;
mod unrow;
mod write;

use std::path::{Path, PathBuf};

use rusqlite::Connection;

pub use crate::store::backup::{Backup, Manifest, Reason, backups, backups_folder};
pub use crate::store::check::{Finding, Findings, Grade};
pub use crate::store::crypt::{Lock, Unlock, is_encrypted};
pub use crate::store::error::StoreError;
pub use crate::store::forget::Forgotten;
pub use crate::store::journal::{Change, ChangeState, ChangedRow};
pub use crate::store::place::{synchronised, synchronised_on_disk};
pub use crate::store::recover::{Lost, Recovered};
pub use crate::store::restore::Restored;
pub use crate::store::schema::VERSION;
pub use crate::store::table::Table;
pub use crate::store::write::{Counts, Put, Writer};

/// One open diary.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    path: PathBuf,
    backed_up: bool,
    warnings: Vec<String>,
}

impl Store {
    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What went wrong on the way without stopping it, each once; the door says it on standard error.
    pub fn warnings(&mut self) -> Vec<String> {
        std::mem::take(&mut self.warnings)
    }
}
