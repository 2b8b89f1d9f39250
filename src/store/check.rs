//! The full check of a diary: says what is wrong, where, and how to mend it. It never repairs anything.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use rusqlite::backup::Backup;
use serde::Serialize;

use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::place::{folder_of, synchronised_on_disk};
use crate::store::{check_journal, check_rows, schema};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Grade {
    /// Worth knowing; nothing is wrong with the records.
    Notice,
    /// A record says something that can hardly be true.
    Doubtful,
    /// What is on the disk is not what was written.
    Damage,
}

/// One thing the check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Finding {
    /// How bad.
    pub(crate) grade: Grade,
    /// Where: a table and record, a journal entry, or the file.
    pub(crate) place: String,
    /// What.
    pub(crate) what: String,
    /// What to do about it.
    pub(crate) mend: &'static str,
}

/// What the full check found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Findings {
    /// The version of the schema.
    pub(crate) schema_version: i64,
    /// Rows of each table that could be read.
    pub(crate) rows: BTreeMap<&'static str, i64>,
    /// What is wrong, the worst first.
    pub(crate) findings: Vec<Finding>,
}

/// How to mend damage.
pub(super) const MEND_DAMAGE: &str = "cramp restore --list shows the backups, and cramp restore FILE brings one back; cramp recover saves what is readable into a new diary";
/// How to mend a record that says something doubtful.
pub(super) const MEND_RECORD: &str =
    "look at it with cramp show, then amend it with cramp edit or cramp delete";

/// How many findings about one table are listed before the rest is only counted.
const LISTED: usize = 50;

/// Pages of an older diary that are copied into memory at once.
const PAGES_AT_ONCE: i32 = 1_000;

impl Findings {
    /// Whether everything on the disk is what was written.
    pub(crate) fn is_sound(&self) -> bool {
        self.findings.iter().all(|f| f.grade < Grade::Damage)
    }

    /// Whether nothing at all was found.
    pub(crate) fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    pub(super) fn add(&mut self, grade: Grade, place: impl ToString, what: impl ToString) {
        let mend = match grade {
            Grade::Damage => MEND_DAMAGE,
            Grade::Doubtful | Grade::Notice => MEND_RECORD,
        };
        self.add_with(grade, place, what, mend);
    }

    pub(super) fn add_with(
        &mut self,
        grade: Grade,
        place: impl ToString,
        what: impl ToString,
        mend: &'static str,
    ) {
        self.findings.push(Finding {
            grade,
            place: place.to_string(),
            what: what.to_string(),
            mend,
        });
    }

    /// What could not be read, at the row where it stands if the error knows it.
    pub(super) fn damage(&mut self, place: impl ToString, error: &StoreError) {
        match error {
            StoreError::Odd(text) => match text.split_once(": ") {
                Some((row, what)) => self.add(Grade::Damage, row, what),
                None => self.add(Grade::Damage, place, text),
            },
            StoreError::Damaged(what) => self.add(Grade::Damage, place, what),
            other => self.add(Grade::Damage, place, other),
        }
    }
}

impl Store {
    /// Checks everything of the diary at `path`: the file, its schema, every row and its checksum, the journal, and
    /// whether the records can be true. `None` when there is no file.
    ///
    /// # Errors
    /// Only for files that are not diaries this program knows; damage is a finding, not an error.
    pub(crate) fn check(path: &Path, now: DateTime<Utc>) -> Result<Option<Findings>, StoreError> {
        let store = match Store::open_read(path) {
            Ok(None) => return Ok(None),
            Ok(Some(store)) => store,
            Err(error @ (StoreError::Damaged(_) | StoreError::Io(_) | StoreError::Odd(_))) => {
                let mut findings = Findings::default();
                findings.damage("file", &error);
                return Ok(Some(findings));
            }
            Err(error) => return Err(error),
        };
        let mut findings = examine(&store.conn, now);
        surroundings(path, &mut findings);
        findings
            .findings
            .sort_by_key(|f| std::cmp::Reverse(f.grade));
        Ok(Some(findings))
    }
}

/// Checks all that is inside the file, in one consistent view of it.
pub(super) fn examine(conn: &Connection, now: DateTime<Utc>) -> Findings {
    let mut findings = Findings::default();
    let view = conn.unchecked_transaction();
    if let Err(error) = view {
        findings.damage("file", &error.into());
        return findings;
    }
    let version = match schema::version(conn) {
        Ok(version) => version,
        Err(error) => {
            findings.damage("file", &error);
            return findings;
        }
    };
    findings.schema_version = version;
    for (pragma, says) in [
        ("integrity_check", "the structure of the file"),
        ("foreign_key_check", "the references between tables"),
    ] {
        match pragma_says(conn, pragma) {
            Ok(lines) => lines
                .iter()
                .for_each(|line| findings.add(Grade::Damage, says, line)),
            Err(error) => findings.damage(says, &error),
        }
    }
    if let Err(error) = schema_is_ours(conn, &mut findings) {
        findings.damage("schema", &error);
    }
    let mut contents = |conn: &Connection| {
        check_rows::all(conn, now, &mut findings);
        check_journal::all(conn, &mut findings);
    };
    if version == schema::VERSION {
        contents(conn);
    } else {
        match stepped(conn, version) {
            Ok(copy) => contents(&copy),
            Err(error) => findings.damage("schema", &error),
        }
    }
    shorten(&mut findings);
    findings
}

/// A copy in memory of an older diary, as its schema steps will leave it: only so can its rows be judged.
fn stepped(conn: &Connection, version: i64) -> Result<Connection, StoreError> {
    let mut copy = Connection::open_in_memory()?;
    Backup::new(conn, &mut copy)?.run_to_completion(PAGES_AT_ONCE, Duration::ZERO, None)?;
    schema::run_steps(&copy, version, schema::VERSION)?;
    Ok(copy)
}

/// What a checking pragma complains about; nothing when all is well.
fn pragma_says(conn: &Connection, pragma: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = conn.prepare(&format!("PRAGMA {pragma}"))?;
    let count = statement.column_count();
    let mut rows = statement.query([])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let mut words = Vec::new();
        for place in 0..count {
            match row.get_ref(place)? {
                rusqlite::types::ValueRef::Text(t) => {
                    words.push(String::from_utf8_lossy(t).into_owned());
                }
                rusqlite::types::ValueRef::Integer(i) => words.push(i.to_string()),
                _ => {}
            }
        }
        lines.push(words.join(" "));
    }
    lines.retain(|line| line != "ok");
    Ok(lines)
}

/// Compares the schema in the file with the one this version makes.
fn schema_is_ours(conn: &Connection, findings: &mut Findings) -> Result<(), StoreError> {
    let wanted = schema::made(findings.schema_version)?;
    let found = schema::listed(conn)?;
    for (name, sql) in &wanted {
        match found.get(name) {
            None => findings.add(Grade::Damage, "schema", format_args!("{name} is missing")),
            Some(other) if other != sql => {
                findings.add(
                    Grade::Damage,
                    "schema",
                    format_args!("{name} is not as it was made"),
                );
            }
            Some(_) => {}
        }
    }
    for name in found.keys().filter(|name| !wanted.contains_key(*name)) {
        findings.add_with(
            Grade::Notice,
            "schema",
            format_args!("{name} was added by another program"),
            "remove it with the program that added it, if you do not need it",
        );
    }
    Ok(())
}

/// What is around the file: who can read it, and whether something copies it elsewhere.
fn surroundings(path: &Path, findings: &mut Findings) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let open_to_others = |p: &Path| {
            std::fs::metadata(p).is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0)
        };
        if open_to_others(path) {
            findings.add_with(
                Grade::Notice,
                "file",
                "other users of this computer may read it",
                "chmod 600 on the diary",
            );
        }
    }
    if let Some(service) = synchronised_on_disk(path) {
        findings.add_with(
            Grade::Notice,
            folder_of(path).display(),
            format_args!("{service} copies this folder to other machines"),
            "keep the diary in a folder that is not synchronised, and put encrypted backups there: cramp backup --encrypt",
        );
    }
}

/// Keeps the list readable when a whole table is broken.
fn shorten(findings: &mut Findings) {
    let mut seen: BTreeMap<(Grade, String), usize> = BTreeMap::new();
    findings.findings.retain(|finding| {
        let table = finding
            .place
            .split(' ')
            .next()
            .unwrap_or_default()
            .to_string();
        let count = seen.entry((finding.grade, table)).or_default();
        *count += 1;
        *count <= LISTED
    });
    for ((grade, table), count) in seen {
        if count > LISTED {
            let rest = count - LISTED;
            findings.add(grade, table, format_args!("and {rest} more like these"));
        }
    }
}
