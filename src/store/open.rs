//! Opening a diary: refusing what is not one, making a new one, taking the numbered schema steps.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::backup::Backup;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use crate::diary::Source;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::held::{Held, Opened};
use crate::store::place::{Draft, folder_of, private_folder, synchronised_on_disk};
use crate::store::shelf::{Reason, backups};
use crate::store::tally;

/// The smallest page of SQLite; no database is shorter.
const SMALLEST: u64 = 512;

/// How often to ask again for a lock another program holds, before giving up: about 30 seconds.
const PATIENCE: i32 = 3_000;

impl Store {
    /// Opens the diary for writing; makes the file (readable for its owner only), and its folder, when there is none.
    /// Takes the schema steps an older diary still lacks.
    ///
    /// # Errors
    /// Refuses, without touching it, whatever is not a diary, is damaged, or was written by a newer version.
    pub(crate) fn open(path: &Path, now: DateTime<Utc>) -> Result<Store, StoreError> {
        Store::open_with(path, now, None)
    }

    /// The same with what a server holds of it.
    pub(crate) fn open_with(
        path: &Path,
        now: DateTime<Utc>,
        held: Option<&Held>,
    ) -> Result<Store, StoreError> {
        let new = !recognise(path)?;
        if new {
            create(path)?;
        }
        let mut store = Store::connected(path, OpenFlags::SQLITE_OPEN_READ_WRITE, held)?;
        if new && let Some(service) = synchronised_on_disk(path) {
            store.warnings.push(format!(
                "the new diary lies in a folder that {service} copies to other machines; --diary FILE puts it elsewhere"
            ));
        }
        if new && backups(path).is_ok_and(|there| !there.is_empty()) {
            store.warnings.push(
                "a new diary was begun here, though backups of an earlier one lie beside it: cramp restore --list shows them".to_string(),
            );
        }
        let version = store.admit()?;
        if version < VERSION {
            store.backup(now, Reason::Step)?;
            store.take_steps()?;
        }
        Ok(store)
    }

    /// Opens the diary for reading: never writes, never makes anything. `None` when there is no file. An older diary is
    /// read from a copy in memory.
    ///
    /// # Errors
    /// As [`Store::open`]. Damage that a power cut left half-written is first rolled back, as SQLite does.
    pub(crate) fn open_read(path: &Path) -> Result<Option<Store>, StoreError> {
        Store::open_read_with(path, None)
    }

    /// The same with what a server holds of it.
    pub(crate) fn open_read_with(
        path: &Path,
        held: Option<&Held>,
    ) -> Result<Option<Store>, StoreError> {
        if !recognise(path)? {
            return Ok(None);
        }
        let open = |access| {
            let mut store = Store::connected(path, access, held)?;
            let version = store.admit()?;
            if version < VERSION {
                store.conn = stepped(&store.conn, version)?;
                store.opened = None;
            }
            Ok(Some(store))
        };
        match open(OpenFlags::SQLITE_OPEN_READ_ONLY) {
            // A write was cut short, and its journal must be played back before anyone can read.
            Err(StoreError::ReadOnly(_)) => open(OpenFlags::SQLITE_OPEN_READ_WRITE),
            other => other,
        }
    }

    /// Over a connection that waits, or a new one.
    fn connected(path: &Path, access: OpenFlags, held: Option<&Held>) -> Result<Store, StoreError> {
        let wanted = held.and_then(|_| Opened::at(path, access));
        let waiting = held
            .zip(wanted)
            .and_then(|(held, wanted)| held.take(wanted));
        let conn = waiting.map_or_else(|| connect(path, access), Ok)?;
        // a file that was put in its place meanwhile may be the one that was opened, or not
        let opened = wanted.filter(|wanted| Opened::at(path, access) == Some(*wanted));
        Ok(Store {
            held: held.cloned(),
            opened,
            ..Store::over(conn, path)
        })
    }

    /// Lets its connection wait for the next request, where it may.
    pub(crate) fn rest(self) {
        if let (Some(held), Some(opened)) = (self.held, self.opened) {
            held.rest(self.conn, opened);
        }
    }

    fn over(conn: Connection, path: &Path) -> Store {
        Store {
            conn,
            path: path.to_path_buf(),
            backed_up: false,
            request: None,
            stays_open: false,
            source: Source::PERSON,
            dry_run: false,
            adds_only: false,
            held: None,
            opened: None,
            warnings: Vec::new(),
        }
    }

    /// Constant-cost checks of an opened file: is it ours, is its version known, is it whole. Gives its version.
    fn admit(&self) -> Result<i64, StoreError> {
        let id: i64 = self
            .conn
            .query_row("PRAGMA application_id", [], |row| row.get(0))
            .map_err(|error| refused(&self.path, error))?;
        if id != APPLICATION_ID {
            let what = "it is a database of another program";
            return Err(not_a_diary(&self.path, what));
        }
        let found = version(&self.conn)?;
        if found > VERSION {
            return Err(StoreError::Newer {
                found,
                known: VERSION,
            });
        }
        if found < 1 {
            return Err(StoreError::Damaged(format!(
                "its schema version is {found}"
            )));
        }
        Ok(found)
    }

    /// A copy of a diary made for restoring: taken through the schema steps, with no backup of its own.
    pub(super) fn open_copy(path: &Path) -> Result<Store, StoreError> {
        let mut store = Store::over(connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?, path);
        if store.admit()? < VERSION {
            store.take_steps()?;
        }
        Ok(store)
    }

    /// Takes the missing schema steps, all or none.
    fn take_steps(&mut self) -> Result<(), StoreError> {
        let tx = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have been faster.
        let version = version(&tx)?;
        run_steps(&tx, version, VERSION)?;
        tx.commit()?;
        Ok(())
    }
}

/// Whether there is a file, refusing what cannot be a diary before SQLite sees it.
pub(super) fn recognise(path: &Path) -> Result<bool, StoreError> {
    let refuse = |what: &str| {
        Err(StoreError::NotADiary {
            path: path.to_path_buf(),
            what: what.to_string(),
        })
    };
    let meta = match std::fs::metadata(path) {
        Ok(meta) => meta,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => {
            return refuse("a part of its path is a file, not a folder");
        }
        Err(error) => return Err(error.into()),
    };
    if meta.is_dir() {
        return refuse("it is a folder");
    }
    if !meta.is_file() {
        return refuse("it is not an ordinary file");
    }
    if meta.len() < SMALLEST {
        let what = match meta.len() {
            0 => "it is empty; if no diary was ever here, remove it and start again",
            _ => "it is too short to be one",
        };
        return Err(not_a_diary(path, what));
    }
    // Its first bytes are left to SQLite: closing the file here would drop the locks another connection of this
    // process holds on it.
    Ok(true)
}

/// Opens a connection that waits its turn, with the settings every connection has.
pub(super) fn connect(path: &Path, access: OpenFlags) -> Result<Connection, StoreError> {
    connect_waiting(path, access, Some(wait))
}

/// The same, asking `busy` whether to wait on; without it there is no waiting. No other function opens a file.
/// Temporary tables stay in memory: a diary leaves no copy in a temporary folder.
pub(super) fn connect_waiting(
    path: &Path,
    access: OpenFlags,
    busy: Option<fn(i32) -> bool>,
) -> Result<Connection, StoreError> {
    let mut conn = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.busy_handler(busy)?;
    // a statement with a bound value would otherwise be planned anew whenever it is run
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.execute_batch(
        "PRAGMA foreign_keys = ON;
         PRAGMA synchronous = FULL;
         PRAGMA trusted_schema = OFF;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;",
    )
    .map_err(|error| refused(path, error))?;
    Ok(conn)
}

/// What SQLite cannot read at all is not a damaged diary, but none.
fn refused(path: &Path, error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => not_a_diary(path, "it does not begin like one"),
        _ => error.into(),
    }
}

/// What lies at `path` is no diary. With backups of one beside it, it is what is left of that diary.
fn not_a_diary(path: &Path, what: &str) -> StoreError {
    if backups(path).is_ok_and(|there| !there.is_empty()) {
        return StoreError::Damaged(format!("{}: {what}", path.display()));
    }
    StoreError::NotADiary {
        path: path.to_path_buf(),
        what: what.to_string(),
    }
}

/// Short and steady waits let eight writers take turns; SQLite's own growing waits let one of them starve.
fn wait(asked: i32) -> bool {
    std::thread::sleep(Duration::from_millis(if asked < 20 { 1 } else { 10 }));
    asked < PATIENCE
}

/// Makes a new, empty diary: whole or not at all, and never over a file that is already there.
fn create(path: &Path) -> Result<(), StoreError> {
    private_folder(folder_of(path))?;
    let draft = Draft::beside(path)?;
    fill(draft.path())?;
    match draft.settle(path) {
        // Another process has just made a diary there: it is as good as ours.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        other => Ok(other?),
    }
}

fn fill(draft: &Path) -> Result<(), StoreError> {
    let mut conn = connect(draft, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let tx = conn.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    run_steps(&tx, 0, VERSION)?;
    tx.execute_batch(&format!("PRAGMA application_id = {APPLICATION_ID}"))?;
    tx.commit()?;
    Ok(())
}

/// `application_id` of a diary: the letters `nCrp`.
pub(crate) const APPLICATION_ID: i64 = 0x6e43_7270;

/// The steps that make a diary, in order. Step n turns version n − 1 into version n. Steps are only ever appended,
/// and only ever append columns at the end of a table; `schema.sql` is what all of them together make.
const STEPS: &[&str] = &[
    include_str!("steps/1.sql"),
    include_str!("steps/2.sql"),
    include_str!("steps/3.sql"),
    include_str!("steps/4.sql"),
    include_str!("steps/5.sql"),
    include_str!("steps/6.sql"),
    include_str!("steps/7.sql"),
];

/// The first version whose diaries have a random name.
const NAMED: i64 = 7;

pub(crate) const VERSION: i64 = STEPS.len() as i64;

/// The version of an open file, 0 for an empty one.
pub(crate) fn version(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.query_row("PRAGMA user_version", [], |r| r.get(0))?)
}

/// Runs the steps after version `from`, up to version `to`, and begins the tallies of the tables they add. The caller
/// holds the transaction.
pub(crate) fn run_steps(conn: &Connection, from: i64, to: i64) -> Result<(), StoreError> {
    let before = listed(conn)?;
    for (number, step) in (1_i64..).zip(STEPS) {
        if from < number && number <= to {
            conn.execute_batch(&plain(step))?;
            conn.execute_batch(&format!("PRAGMA user_version = {number}"))?;
        }
    }
    let after = listed(conn)?;
    let added = tally::names().filter(|name| {
        let table = format!("table {name}");
        after.contains_key(&table) && !before.contains_key(&table)
    });
    tally::start(conn, added)
}

/// Pages of an older diary that are copied into memory at once.
const PAGES_AT_ONCE: i32 = 1_000;

/// A copy in memory of an older diary, as its schema steps will leave it: only so can its rows be read.
pub(super) fn stepped(conn: &Connection, version: i64) -> Result<Connection, StoreError> {
    let mut copy = Connection::open_in_memory()?;
    Backup::new(conn, &mut copy)?.run_to_completion(PAGES_AT_ONCE, Duration::ZERO, None)?;
    run_steps(&copy, version, VERSION)?;
    if version < NAMED {
        // the name its step made up would be another the next time
        copy.execute_batch("DELETE FROM identity")?;
    }
    Ok(copy)
}

/// A step without its comments, which would otherwise be kept inside the file and read at every opening.
pub(crate) fn plain(sql: &str) -> String {
    sql.lines()
        .map(|line| line.split("--").next().unwrap_or_default().trim())
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Every table and index of an open diary, with its SQL in one spelling.
pub(crate) fn listed(conn: &Connection) -> Result<BTreeMap<String, String>, StoreError> {
    let mut statement = conn.prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema")?;
    let rows = statement.query_map([], |row| {
        let (kind, name, sql): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok((format!("{kind} {name}"), one_spelling(&sql)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// SQL without what may differ between tables that are the same: white space, quotes around names, and the list of
/// origins, which the first diaries hold as a list and later ones spelt out, because that is faster.
fn one_spelling(sql: &str) -> String {
    let bare: String = sql
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '"')
        .collect();
    bare.replace(
        "origin='person'ORorigin='import'ORorigin='device'",
        "originIN('person','import','device')",
    )
}

/// As [`listed`], of a diary made at this version.
pub(crate) fn made(version: i64) -> Result<BTreeMap<String, String>, StoreError> {
    let conn = Connection::open_in_memory()?;
    run_steps(&conn, 0, version)?;
    listed(&conn)
}
