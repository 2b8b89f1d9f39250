//! What a device wrote is found again, and taken back, whatever was written since: its own last entry, or all it ever wrote.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use rusqlite::{OptionalExtension, params};

use crate::diary::vocabulary::Outcome;
use crate::diary::{Key, Night, Now, Record};
use crate::store::error::StoreError;
use crate::store::image::decode;
use crate::store::journal::{ChangeState, ChangedRow, SHOWN, body, change, head, key_of, pieces};
use crate::store::{Store, Writer};

/// How long a device may take back what it entered.
const UNDO_LASTS: Duration = Duration::minutes(10);

/// How many requests of these ten minutes are looked through.
const LATELY: u32 = 100;

/// What became of the records of changes that were taken back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct TakenBack {
    /// Those that are as they were before.
    pub(crate) records: usize,
    /// Those somebody changed since, which are left alone.
    pub(crate) left: usize,
}

impl Store {
    /// Takes back, in one change under the name `command`, what these changes did, where it stands as they left it.
    pub(crate) fn take_back(
        &mut self,
        changes: &[i64],
        now: DateTime<Utc>,
        command: &str,
    ) -> Result<TakenBack, StoreError> {
        self.write(now, command, |w| {
            let mut rows = Vec::new();
            for id in changes {
                // a request that changed nothing made no change
                if head(w.conn(), *id)?.is_none() {
                    continue;
                }
                let change = change(w.conn(), *id)?;
                if change.state == ChangeState::Done {
                    rows.extend(change.rows);
                }
            }
            put_back(w, rows)
        })
    }

    /// The changes the devices of this name made, the oldest first.
    pub(crate) fn changes_of(&self, name: &str) -> Result<Vec<i64>, StoreError> {
        let sql = "SELECT request.change FROM request JOIN device ON device.id = request.device
                   WHERE device.name = ?1 ORDER BY request.change";
        let mut statement = self.conn.prepare(sql)?;
        let changes = statement.query_map([name], |row| row.get(0))?;
        Ok(changes.collect::<Result<_, _>>()?)
    }

    /// Of the latest changes, those in force that were made after `since`, newest first, with what each touched: at most a
    /// thousand of its rows.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when the journal cannot be read.
    pub(crate) fn touched_after(
        &self,
        since: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<(i64, Vec<Key>)>, StoreError> {
        let tx = self.conn.unchecked_transaction()?;
        let mut statement = tx.prepare_cached(
            "SELECT id FROM (SELECT id, at, state FROM change ORDER BY id DESC LIMIT ?1) WHERE at > ?2 AND state = 'done'",
        )?;
        let ids = statement.query_map(params![limit, since.timestamp()], |row| row.get(0))?;
        let keys = |id: i64| -> Result<_, StoreError> {
            let mut keys = Vec::new();
            for piece in pieces(&tx, id)? {
                if keys.len() >= SHOWN {
                    break;
                }
                let touched = decode(&body(&tx, id, piece)?)?;
                let room = SHOWN - keys.len();
                let found = touched.iter().take(room).map(key_of);
                keys.extend(found.collect::<Result<Vec<Key>, _>>()?);
            }
            Ok((id, keys))
        };
        ids.map(|id| keys(id?)).collect()
    }

    /// The change `first` of a device, and its later ones that touched the same cramp and are no `undo`.
    pub(crate) fn changes_of_entry(
        &self,
        device: i64,
        first: i64,
        undo: &str,
    ) -> Result<Vec<i64>, StoreError> {
        let cramps = |id: i64| -> Result<BTreeSet<Key>, StoreError> {
            let keys = self.change(id)?.rows.into_iter().map(|row| row.key);
            Ok(keys.filter(|key| matches!(key, Key::Episode(_))).collect())
        };
        let entered = cramps(first)?;
        let sql = "SELECT request.change FROM request JOIN change ON change.id = request.change
                   WHERE request.device = ?1 AND request.change > ?2 AND change.command <> ?3
                   ORDER BY request.change";
        let mut statement = self.conn.prepare(sql)?;
        let later = statement.query_map(params![device, first, undo], |row| row.get(0))?;
        let mut changes = vec![first];
        for id in later.collect::<Result<Vec<i64>, _>>()? {
            if !cramps(id)?.is_disjoint(&entered) {
                changes.push(id);
            }
        }
        Ok(changes)
    }

    /// The change a device made with the request `key`, or its latest that is no `undo`, if that was within ten minutes.
    pub(crate) fn last_entry(
        &self,
        device: i64,
        key: Option<&str>,
        undo: &str,
        now: &Now,
    ) -> Result<Option<i64>, StoreError> {
        let since = (now.utc - UNDO_LASTS).timestamp();
        let sql = "SELECT request.change FROM request JOIN change ON change.id = request.change
                   WHERE request.device = ?1 AND change.at >= ?2 AND change.command <> ?3
                     AND (?4 IS NULL OR request.key = ?4)
                   ORDER BY request.change DESC LIMIT 1";
        let found = self
            .conn
            .query_row(sql, params![device, since, undo, key], |row| row.get(0));
        Ok(found.optional()?)
    }
}

impl Store {
    /// The latest request of a device, no `undo`, within the ten minutes that it can be taken back in, whose entry stands
    /// as the device left it: what others made of it since is not for the device.
    pub(crate) fn last_standing(
        &self,
        device: i64,
        undo: &str,
        now: &Now,
    ) -> Result<Option<String>, StoreError> {
        let since = (now.utc - UNDO_LASTS).timestamp();
        let sql =
            "SELECT request.key, change.id FROM request JOIN change ON change.id = request.change
                   WHERE request.device = ?1 AND change.at >= ?2 AND change.command <> ?3
                   ORDER BY request.change DESC LIMIT ?4";
        let mut statement = self.conn.prepare(sql)?;
        let found = statement.query_map(params![device, since, undo, LATELY], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
        })?;
        let mut left: Vec<ChangedRow> = Vec::new();
        for found in found.collect::<Result<Vec<_>, _>>()? {
            let (key, id) = found;
            let change = self.change_unless_forgotten(id)?;
            let Some(change) = change.filter(|c| c.state == ChangeState::Done) else {
                continue;
            };
            left.extend(change.rows.iter().cloned());
            let stands = |row: &ChangedRow| self.is_as_left(&left, &row.key);
            let cramp = |row: &&ChangedRow| matches!(row.key, Key::Episode(_));
            let mut cramps = change.rows.iter().filter(cramp).peekable();
            let is_standing = match cramps.peek() {
                // what amends a cramp is told with the cramp
                Some(_) => cramps.try_fold(true, |all, row| {
                    Ok::<_, StoreError>(all && row.before.is_none() && stands(row)?)
                })?,
                None => change
                    .rows
                    .iter()
                    .try_fold(false, |any, row| Ok::<_, StoreError>(any || stands(row)?))?,
            };
            if is_standing {
                return Ok(Some(key));
            }
        }
        Ok(None)
    }

    /// Whether a cramp holds nothing but what a device wrote: with its change `first`, and with its later ones.
    pub(crate) fn is_its_own(
        &self,
        device: i64,
        first: i64,
        undo: &str,
        cramp: &Key,
    ) -> Result<bool, StoreError> {
        let mut rows = Vec::new();
        for id in self.changes_of_entry(device, first, undo)? {
            let change = self.change_unless_forgotten(id)?;
            let change = change.filter(|c| c.state == ChangeState::Done);
            rows.extend(change.into_iter().flat_map(|c| c.rows));
        }
        self.is_as_left(&rows, cramp)
    }

    /// Whether a record is as one of these rows left it; a cramp, whether nobody else wrote to it between them either.
    fn is_as_left(&self, rows: &[ChangedRow], key: &Key) -> Result<bool, StoreError> {
        let present = self.get(key)?;
        let own: Vec<&ChangedRow> = rows.iter().filter(|row| row.key == *key).collect();
        let is_left = |record: &Option<Record>| own.iter().any(|row| row.after == *record);
        let is_whole = matches!(key, Key::Episode(_));
        let follows = |row: &&ChangedRow| row.before.is_none() || is_left(&row.before);
        Ok(is_left(&present) && (!is_whole || own.iter().all(follows)))
    }
}

/// Gives the rows their earlier form, the latest first. A night that still has a cramp stays a cramp night.
fn put_back(w: &mut Writer<'_>, rows: Vec<ChangedRow>) -> Result<TakenBack, StoreError> {
    let (nights, others): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .partition(|row| matches!(row.key, Key::Night(_)));
    let mut done = TakenBack::default();
    let mut of_cramps: BTreeSet<Night> = BTreeSet::new();
    for row in others.into_iter().rev() {
        if let Some(Record::Episode(episode)) = &row.after {
            of_cramps.insert(episode.night);
        }
        count(&mut done, put_back_row(w, row)?);
    }
    for row in nights.into_iter().rev() {
        let Key::Night(night) = row.key else { continue };
        of_cramps.insert(night);
        let is_cramp =
            matches!(&row.after, Some(Record::Night(n)) if n.outcome == Some(Outcome::Cramp));
        if !(is_cramp && w.has_cramp(night)?) {
            count(&mut done, put_back_row(w, row)?);
        }
    }
    for night in of_cramps {
        w.reopen(night, &mut Vec::new())?;
    }
    Ok(done)
}

fn count(done: &mut TakenBack, is_back: bool) {
    match is_back {
        true => done.records += 1,
        false => done.left += 1,
    }
}

/// Whether the row stood as the change left it, and so could be put back.
fn put_back_row(w: &mut Writer<'_>, row: ChangedRow) -> Result<bool, StoreError> {
    if w.get(&row.key)? != row.after {
        return Ok(false);
    }
    match row.before {
        Some(before) => {
            w.put(before)?;
        }
        None => {
            w.remove(&row.key)?;
        }
    }
    Ok(true)
}
