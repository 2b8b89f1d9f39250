//! The numbered schema steps, and what marks a file as a diary.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::store::error::StoreError;

/// `application_id` of a diary: the letters `nCrp`.
pub(crate) const APPLICATION_ID: i64 = 0x6e43_7270;

/// The steps that make a diary, in order. Step n turns version n − 1 into version n. Steps are only ever appended,
/// and only ever append columns at the end of a table; `schema.sql` is what all of them together make.
const STEPS: &[&str] = &[include_str!("steps/1.sql"), include_str!("steps/2.sql")];

/// The version this program writes.
pub(crate) const VERSION: i64 = STEPS.len() as i64;

/// The version of an open file, 0 for an empty one.
pub(crate) fn version(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.query_row("PRAGMA user_version", [], |r| r.get(0))?)
}

/// Runs the steps after version `from`, up to version `to`. The caller holds the transaction.
pub(crate) fn run_steps(conn: &Connection, from: i64, to: i64) -> Result<(), StoreError> {
    for (number, step) in (1_i64..).zip(STEPS) {
        if from < number && number <= to {
            conn.execute_batch(&plain(step))?;
            conn.execute_batch(&format!("PRAGMA user_version = {number}"))?;
        }
    }
    Ok(())
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
