//! Forgetting: erasing a record from the diary, from its journal, and from the pages of the file.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};
use serde::Serialize;

use crate::diary::Key;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::image::{Encoder, decode};
use crate::store::journal::{self, key_of};
use crate::store::open::connect;
use crate::store::read;
use crate::store::shelf::{Reason, backups};
use crate::store::tally::{Tallies, change_sum, part_sum, set};

/// What stands in place of the command of a change that spoke of a forgotten record.
const COMMAND: &str = "(forgotten)";

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Forgotten {
    pub(crate) records: usize,
    /// How many rows of the change journal spoke of them and were erased.
    pub(crate) journal_rows: usize,
    pub(crate) backups: Vec<PathBuf>,
}

impl Store {
    /// Erases records for good: the rows, every mention in the change journal, and the pages they stood on. This
    /// cannot be undone. A backup is made before, and it still holds them, as older ones may: the answer lists them.
    ///
    /// # Errors
    /// Those of the disk; the diary is then as it was.
    pub(crate) fn forget(
        &mut self,
        now: DateTime<Utc>,
        keys: &[Key],
    ) -> Result<Forgotten, StoreError> {
        let there = keys.iter().any(|key| !matches!(self.get(key), Ok(None)));
        if there {
            self.backup(now, Reason::Forget)?;
        }
        let tx = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut tallies = Tallies::default();
        let mut forgotten = Forgotten::default();
        for key in keys {
            let table = key.table();
            if let Some(image) = read::image(&tx, table, &key.cells())? {
                set(&tx, &mut tallies, table, Some(&image), None)?;
                forgotten.records += 1;
            }
        }
        for id in journal::ids(&tx)? {
            forgotten.journal_rows += clean(&tx, &mut tallies, id, keys)?;
        }
        tallies.save(&tx)?;
        tx.commit()?;
        if forgotten.records + forgotten.journal_rows > 0 {
            self.conn.execute_batch("VACUUM")?;
        }
        forgotten.backups = backups_with(&self.path, keys)?;
        Ok(forgotten)
    }
}

/// The backups beside a diary that hold any of these records, or cannot be read and so may hold them.
fn backups_with(diary: &Path, keys: &[Key]) -> Result<Vec<PathBuf>, StoreError> {
    let holds = |path: &Path| -> Result<bool, StoreError> {
        let conn = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        for key in keys {
            if read::get(&conn, key)?.is_some() {
                return Ok(true);
            }
        }
        for id in journal::ids(&conn)? {
            for piece in journal::pieces(&conn, id)? {
                for touched in decode(&journal::body(&conn, id, piece)?)? {
                    if keys.contains(&key_of(&touched)?) {
                        return Ok(true);
                    }
                }
            }
        }
        Ok(false)
    };
    let all = backups(diary)?.into_iter().map(|backup| backup.path);
    Ok(all.filter(|path| holds(path).unwrap_or(true)).collect())
}

/// Takes every mention of `keys` out of one change; gives how many rows that were.
fn clean(
    conn: &Connection,
    tallies: &mut Tallies,
    id: i64,
    keys: &[Key],
) -> Result<usize, StoreError> {
    let mut gone = 0;
    let mut last = None;
    for piece in journal::pieces(conn, id)? {
        let old = journal::body(conn, id, piece)?;
        let mut encoder = Encoder::default();
        let mut here = 0;
        for touched in decode(&old)? {
            if keys.contains(&key_of(&touched)?) {
                here += 1;
            } else {
                encoder.push_touched(&touched);
            }
        }
        gone += here;
        match piece {
            Some(part) if here > 0 => {
                let new = encoder.take();
                let sum = part_sum(id, part, &new);
                let was = part_sum(id, part, &old);
                conn.prepare_cached(
                    "UPDATE change_part SET body = ?3, sum = ?4 WHERE change = ?1 AND part = ?2",
                )?
                .execute(params![id, part, new, sum])?;
                tallies.add(conn, "change_part", 0, sum.wrapping_sub(was))?;
            }
            Some(_) => {}
            None => last = Some(encoder.take()),
        }
    }
    let (Some(body), Some(head)) = (last.filter(|_| gone > 0), journal::head(conn, id)?) else {
        return Ok(0);
    };
    let rows = head.rows - i64::try_from(gone).unwrap_or(0);
    if rows == 0 {
        // Its pieces, now empty, would go with it unseen by the tally.
        drop_change(conn, tallies, &head)?;
        return Ok(gone);
    }
    let sum = change_sum(id, head.at, COMMAND, rows, &body);
    conn.prepare_cached(
        "UPDATE change SET command = ?2, rows = ?3, body = ?4, sum = ?5 WHERE id = ?1",
    )?
    .execute(params![id, COMMAND, rows, body, sum])?;
    tallies.add(conn, "change", 0, sum.wrapping_sub(head.sum))?;
    Ok(gone)
}

fn drop_change(
    conn: &Connection,
    tallies: &mut Tallies,
    head: &journal::Head,
) -> Result<(), StoreError> {
    for part in journal::pieces(conn, head.id)?.into_iter().flatten() {
        let sum = part_sum(head.id, part, &journal::body(conn, head.id, Some(part))?);
        tallies.add(conn, "change_part", -1, sum.wrapping_neg())?;
    }
    conn.execute("DELETE FROM change_part WHERE change = ?1", [head.id])?;
    conn.execute("DELETE FROM change WHERE id = ?1", [head.id])?;
    tallies.add(conn, "change", -1, head.sum.wrapping_neg())
}
