//! The full check of a diary: says what is wrong, where, and how to mend it. It never repairs anything.

use std::collections::HashSet;
use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::store::check_rows::{Findings, Grade, compare, rows, shorten, tallies};
use crate::store::error::StoreError;
use crate::store::image::{Touched, decode};
use crate::store::journal::{self, key_of};
use crate::store::place::{folder_of, synchronised_on_disk};
use crate::store::row::checksum;
use crate::store::tally::{Tally, part_sum};
use crate::store::{Store, open, read};

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
    let version = match open::version(conn) {
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
            Ok(lines) => lines.iter().for_each(|line| findings.broken(says, line)),
            Err(error) => findings.damage(says, &error),
        }
    }
    if let Err(error) = schema_is_ours(conn, &mut findings) {
        findings.damage("schema", &error);
    }
    let mut contents = |conn: &Connection| {
        rows(conn, now, &mut findings);
        journal_agrees(conn, &mut findings);
    };
    if version == open::VERSION {
        contents(conn);
    } else {
        match open::stepped(conn, version) {
            Ok(copy) => contents(&copy),
            Err(error) => findings.damage("schema", &error),
        }
    }
    shorten(&mut findings);
    findings
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
                ValueRef::Text(t) => words.push(String::from_utf8_lossy(t).into_owned()),
                ValueRef::Integer(i) => words.push(i.to_string()),
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
    let wanted = open::made(findings.schema_version)?;
    let found = open::listed(conn)?;
    for (name, sql) in &wanted {
        match found.get(name) {
            None => findings.broken("schema", format_args!("{name} is missing")),
            Some(other) if other != sql => {
                findings.broken("schema", format_args!("{name} is not as it was made"));
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

/// Checks the journal and what it says about the tables.
fn journal_agrees(conn: &Connection, findings: &mut Findings) {
    if let Err(error) = tallies(conn) {
        findings.damage("tally", &error);
    }
    let ids = match journal::ids(conn) {
        Ok(ids) => ids,
        Err(error) => return findings.damage("journal", &error),
    };
    let before = findings.findings.len();
    let mut walk = Walk::default();
    // From the newest change back: the first word about a row is the one that holds.
    for id in ids.iter().rev() {
        if let Err(error) = walk.change(conn, *id, findings) {
            findings.damage(format_args!("journal {id}"), &error);
        }
    }
    walk.changes.rows = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    walk.changes.last_id = ids.last().copied().unwrap_or(0);
    compare(conn, "change", walk.changes, findings);
    compare(conn, "change_part", walk.parts, findings);
    let there: i64 = findings
        .rows
        .iter()
        .filter(|(name, _)| !name.starts_with("change"))
        .map(|(_, rows)| rows)
        .sum();
    if findings.findings.len() == before && walk.living != there {
        findings.broken(
            "journal",
            format_args!("it leads to {} rows, {there} are there", walk.living),
        );
    }
}

/// What was met on the way back through the journal.
#[derive(Default)]
struct Walk {
    seen: HashSet<i64>,
    living: i64,
    changes: Tally,
    parts: Tally,
}

impl Walk {
    fn change(
        &mut self,
        conn: &Connection,
        id: i64,
        findings: &mut Findings,
    ) -> Result<(), StoreError> {
        let missing = || StoreError::Damaged(format!("change {id} vanished"));
        let head = journal::head(conn, id)?.ok_or_else(missing)?;
        self.changes.count(head.sum);
        let in_force = match head.state.as_str() {
            "done" => true,
            "undone" | "superseded" => false,
            other => {
                let what = format_args!("its state is '{other}'");
                return Err(StoreError::odd("change", id, what));
            }
        };
        let mut rows = 0_i64;
        let pieces: Vec<_> = (1_i64..).zip(journal::pieces(conn, id)?).collect();
        for (place, piece) in pieces.into_iter().rev() {
            let body = journal::body(conn, id, piece)?;
            if let Some(part) = piece {
                self.parts.count(part_sum(id, part, &body));
                if part != place {
                    findings.broken(format_args!("journal {id}"), "a piece of it is missing");
                }
            }
            let entries = decode(&body)?;
            rows += i64::try_from(entries.len()).unwrap_or(i64::MAX);
            if in_force {
                for touched in entries.iter().rev() {
                    self.touched(conn, id, touched, findings)?;
                }
            }
        }
        if rows != head.rows {
            findings.broken(
                format_args!("journal {id}"),
                format_args!("it speaks of {rows} rows, {} were written", head.rows),
            );
        }
        Ok(())
    }

    fn touched(
        &mut self,
        conn: &Connection,
        id: i64,
        touched: &Touched,
        findings: &mut Findings,
    ) -> Result<(), StoreError> {
        let key = touched.key();
        let mark = checksum(touched.table.number(), key.iter().map(ValueRef::from));
        if !self.seen.insert(mark) {
            return Ok(());
        }
        let found = match read::image(conn, touched.table, key) {
            Ok(found) => found,
            // The rows themselves have already been reported.
            Err(StoreError::Odd(_)) => touched.after.clone(),
            Err(error) => return Err(error),
        };
        self.living += i64::from(found.is_some());
        let expected = touched.full(touched.after.as_ref());
        if found != expected {
            let what = match (&found, &expected) {
                (None, _) => "the row is gone, but no change removed it",
                (_, None) => "the row is there, but a change removed it",
                _ => "the row is not as the latest change left it",
            };
            findings.broken(
                format_args!("{} {}", touched.table.name(), key_of(touched)?),
                format_args!("{what} (change {id})"),
            );
        }
        Ok(())
    }
}
