//! The numbered schema steps, and what marks a file as a diary.

use rusqlite::Connection;

use crate::store::error::StoreError;

/// `application_id` of a diary: the letters `nCrp`.
pub(super) const APPLICATION_ID: i64 = 0x6e43_7270;

/// The steps that make a diary, in order. Step n turns version n − 1 into version n. Steps are only ever appended,
/// and only ever append columns at the end of a table; `schema.sql` is what all of them together make.
const STEPS: &[&str] = &[include_str!("../../schema.sql")];

/// The version this program writes.
pub const VERSION: i64 = STEPS.len() as i64;

/// The version of an open file, 0 for an empty one.
pub(super) fn version(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.query_row("PRAGMA user_version", [], |r| r.get(0))?)
}

/// Runs the steps after version `from`. The caller holds the transaction.
pub(super) fn run_steps(conn: &Connection, from: i64) -> Result<(), StoreError> {
    for (number, step) in (1_i64..).zip(STEPS) {
        if number > from {
            conn.execute_batch(&plain(step))?;
            conn.execute_batch(&format!("PRAGMA user_version = {number}"))?;
        }
    }
    Ok(())
}

/// A step without its comments, which would otherwise be kept inside the file and read at every opening.
fn plain(sql: &str) -> String {
    sql.lines()
        .map(|line| line.split("--").next().unwrap_or_default().trim())
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}
