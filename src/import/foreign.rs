//! A database of another program: opened as a private copy, for reading only, and trusted in nothing.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use tempfile::TempDir;

use crate::import::given::{COPY, Given};
use crate::import::wanted::Stop;

/// A database of another program.
#[derive(Debug)]
pub(super) struct Foreign {
    pub(super) db: Connection,
    /// Where the copy lies; it goes when this is dropped.
    _folder: TempDir,
}

impl Foreign {
    /// Opens a copy of what was given. Only where a write-ahead log lies beside it is the copy written to, by SQLite itself.
    ///
    /// # Errors
    /// It cannot be read, or was cut off.
    pub(super) fn open(given: &Given) -> Result<Foreign, Stop> {
        let folder = given.copy()?;
        let copy = folder.path().join(COPY);
        whole(&copy)?;
        let access = match folder.path().join(format!("{COPY}-wal")).exists() {
            true => OpenFlags::SQLITE_OPEN_READ_WRITE,
            false => OpenFlags::SQLITE_OPEN_READ_ONLY,
        };
        let db = Connection::open_with_flags(&copy, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        // what the file itself brings along to be run is not run
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
        db.pragma_update(None, "query_only", true)?;
        db.pragma_update(None, "cell_size_check", true)?;
        Ok(Foreign {
            db,
            _folder: folder,
        })
    }

    /// The columns of a table, generated ones too; `None` where there is no such table.
    ///
    /// # Errors
    /// Something else than a table bears its name.
    pub(super) fn columns(&self, table: &str) -> Result<Option<Vec<String>>, Stop> {
        let made: Option<(String, String)> = self
            .db
            .query_row(
                "SELECT type, coalesce(sql, '') FROM sqlite_schema WHERE name = ?1 COLLATE NOCASE",
                [table],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let Some((kind, sql)) = made else {
            return Ok(None);
        };
        let start = sql.trim_start().to_ascii_uppercase();
        if kind != "table" || start.starts_with("CREATE VIRTUAL") {
            return Err(Stop::new(format!(
                "its {table} is not a table; the program it should come from does not write it like this"
            )));
        }
        let mut names = self.db.prepare("SELECT name FROM pragma_table_xinfo(?1)")?;
        let names = names.query_map([table], |row| row.get(0))?;
        Ok(Some(names.collect::<Result<_, _>>()?))
    }

    /// Whether there is a table with all these columns.
    ///
    /// # Errors
    /// Something else than a table bears its name.
    pub(super) fn has(&self, table: &str, columns: &[&str]) -> Result<bool, Stop> {
        let found = self.columns(table)?;
        Ok(found.is_some_and(|found| columns.iter().all(|c| found.iter().any(|f| f == c))))
    }
}

/// Whether all pages are there that the header of a database counts.
fn whole(copy: &Path) -> Result<(), Stop> {
    let mut file = File::open(copy)?;
    let size = file.metadata()?.len();
    let mut header = [0; 100];
    let read = file.read_exact(&mut header);
    let four = |at: usize| {
        let bytes = header.get(at..at + 4).and_then(|b| b.try_into().ok());
        u64::from(bytes.map_or(0, u32::from_be_bytes))
    };
    let page = match four(16) >> 16 {
        1 => 65_536,
        size => size,
    };
    // the count of pages is only valid where both numbers of the last change agree
    let counted = four(24) == four(92);
    match read.is_ok() && (!counted || four(28) * page <= size) {
        true => Ok(()),
        false => Err(cut_off()),
    }
}

fn cut_off() -> Stop {
    Stop::with(
        "the database is damaged or was cut off on its way",
        "export or copy it again",
    )
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Stop {
        use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
        match error.sqlite_error_code() {
            Some(DatabaseCorrupt | NotADatabase) => cut_off(),
            _ => Stop::new(error.to_string()),
        }
    }
}
