//! The change journal: undo, redo, history.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::data::word::{Word, words};
use crate::diary::cell::Names;
use crate::diary::typed::LineError;
use crate::diary::{Key, Night, Now, Record, Table};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::image::{Image, Touched, decode};
use crate::store::read;
use crate::store::row::journalled;
use crate::store::tally::{Tallies, change_sum, part_sum, set};
use crate::words::{hinted, t};

/// How many rows of one change are shown; an import touches more than anybody reads.
pub(super) const SHOWN: usize = 1_000;

/// The command under which the analysis keeps the looks it takes. Undo and redo pass over such a change: a look that was
/// taken back could be taken again, on a budget that is spent.
pub(crate) const LOOKS: &str = "analyze";

words! {
    /// Whether a change is in force; undone, and can be done again; or undone, and something else was written since.
    ChangeState, "state", { Done = "done", Undone = "undone", Superseded = "superseded" }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ChangedRow {
    pub(crate) key: Key,
    /// How it was; `None` when it was not there.
    pub(crate) before: Option<Record>,
    /// How it became; `None` when it was removed.
    pub(crate) after: Option<Record>,
}

/// One write, as the journal tells it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Change {
    /// Its number, in the order of writing.
    pub(crate) id: i64,
    pub(crate) at: DateTime<Utc>,
    pub(crate) command: String,
    pub(crate) state: ChangeState,
    pub(crate) count: usize,
    /// The rows it touched, in order, each once; only the first thousand of a longer change.
    pub(crate) rows: Vec<ChangedRow>,
}

impl Store {
    /// Takes back the latest change in force that is no look of the analysis. `None` when there is nothing to undo.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when the diary is not as the journal left it, [`StoreError::Stands`] when the change is not
    /// to be taken back; nothing is then changed.
    pub(crate) fn undo(&mut self, now: &Now) -> Result<Option<Change>, StoreError> {
        self.step(now, NEXT_UNDO, ChangeState::Undone, None)
    }

    /// As [`Store::undo`] while this change is the one that would be taken back. `None` when that was done before.
    ///
    /// # Errors
    /// As there, and [`StoreError::Stands`] when it is another change's turn.
    pub(crate) fn undo_only(&mut self, id: i64, now: &Now) -> Result<Option<Change>, StoreError> {
        self.step(now, NEXT_UNDO, ChangeState::Undone, Some(id))
    }

    /// The change that undo would take back next.
    pub(crate) fn next_undo(&self) -> Result<Option<i64>, StoreError> {
        next(&self.conn, NEXT_UNDO)
    }

    /// The change that redo would do again next.
    pub(crate) fn next_redo(&self) -> Result<Option<i64>, StoreError> {
        next(&self.conn, NEXT_REDO)
    }

    /// Does the change undone last again. `None` when there is nothing to redo.
    pub(crate) fn redo(&mut self, now: &Now) -> Result<Option<Change>, StoreError> {
        self.step(now, NEXT_REDO, ChangeState::Done, None)
    }

    /// As [`Store::redo`] while this change is the one that would be done again. `None` when that was done before.
    ///
    /// # Errors
    /// As for [`Store::undo_only`].
    pub(crate) fn redo_only(&mut self, id: i64, now: &Now) -> Result<Option<Change>, StoreError> {
        self.step(now, NEXT_REDO, ChangeState::Done, Some(id))
    }

    /// The latest changes, newest first.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when the journal cannot be read.
    pub(crate) fn history(&self, limit: usize) -> Result<Vec<Change>, StoreError> {
        let tx = self.conn.unchecked_transaction()?;
        let mut statement = tx.prepare_cached("SELECT id FROM change ORDER BY id DESC LIMIT ?1")?;
        let ids = statement
            .query_map([i64::try_from(limit).unwrap_or(i64::MAX)], |row| row.get(0))?
            .collect::<Result<Vec<i64>, _>>()?;
        ids.into_iter().map(|id| change(&tx, id)).collect()
    }

    /// One change, by its number.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when the journal does not hold it whole.
    pub(super) fn change(&self, id: i64) -> Result<Change, StoreError> {
        change(&self.conn, id)
    }

    /// The same; `None` when it was forgotten for good.
    ///
    /// # Errors
    /// As for the one before.
    pub(crate) fn change_unless_forgotten(&self, id: i64) -> Result<Option<Change>, StoreError> {
        match head(&self.conn, id)? {
            Some(_) => self.change(id).map(Some),
            None => Ok(None),
        }
    }

    fn step(
        &mut self,
        now: &Now,
        which: &str,
        to: ChangeState,
        only: Option<i64>,
    ) -> Result<Option<Change>, StoreError> {
        self.daily_backup(now.utc);
        let tx = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let next = next(&tx, which)?;
        if let Some(only) = only.filter(|only| next != Some(*only)) {
            return match head(&tx, only)? {
                Some(head) if head.state == to.word() => Ok(None),
                None => Err(StoreError::Stands(LineError::new(
                    t!(cli, "no-such-change", id = only.to_string()),
                    "",
                ))),
                _ => Err(not_its_turn(to)),
            };
        }
        let Some(id) = next else {
            return Ok(None);
        };
        let last = last_night(&tx, now)?;
        let mut tallies = Tallies::default();
        let mut pieces = pieces(&tx, id)?;
        if to == ChangeState::Undone {
            pieces.reverse();
        }
        for piece in pieces {
            let mut rows = decode(&body(&tx, id, piece)?)?;
            if to == ChangeState::Undone {
                rows.reverse();
            }
            for touched in rows {
                let (before, after) = (touched.before.as_ref(), touched.after.as_ref());
                let (from, into) = match to {
                    ChangeState::Undone => (after, before),
                    _ => (before, after),
                };
                agree(&tx, &touched, from)?;
                if touched.table == Table::Experiment {
                    let (from, into) = (record(&touched, from)?, record(&touched, into)?);
                    let is_undo = to == ChangeState::Undone;
                    may_step(from.as_ref(), into.as_ref(), is_undo, last)?;
                }
                set(&tx, &mut tallies, touched.table, from, into)?;
            }
        }
        tallies.save(&tx)?;
        tx.execute(
            "UPDATE change SET state = ?2 WHERE id = ?1",
            params![id, to.word()],
        )?;
        let changed = change(&tx, id)?;
        tx.commit()?;
        Ok(Some(changed))
    }
}

/// The change undo takes back, and the one redo does again.
const NEXT_UNDO: &str = "SELECT max(id) FROM change WHERE state = 'done' AND command <> ?1";
const NEXT_REDO: &str = "SELECT min(id) FROM change WHERE state = 'undone' AND command <> ?1";

fn next(conn: &Connection, which: &str) -> Result<Option<i64>, StoreError> {
    let mut statement = conn.prepare_cached(which)?;
    Ok(statement.query_row([LOOKS], |row| row.get(0))?)
}

/// Refuses a step that was to be about another change than the one whose turn it is.
fn not_its_turn(to: ChangeState) -> StoreError {
    let why = match to {
        ChangeState::Undone => t!(cli, "not-newest"),
        _ => t!(cli, "not-next"),
    };
    StoreError::Stands(LineError::new(why, ""))
}

/// The last night that is over, also where the clock was set back since something was written.
fn last_night(conn: &Connection, now: &Now) -> Result<Night, StoreError> {
    let written: Option<i64> = conn
        .prepare_cached("SELECT max(at) FROM change")?
        .query_row([], |row| row.get(0))?;
    let written = written.and_then(|at| DateTime::from_timestamp(at, 0));
    let now = Now {
        utc: written.map_or(now.utc, |at| at.max(now.utc)),
        zone: now.zone.clone(),
    };
    Ok(now.last_night())
}

/// Refuses a step of undo or redo that would take back an early end or an opening, or a start whose first night is over.
/// `last` is the last night that is over. Undo gives back what another change, a restore, removed.
fn may_step(
    from: Option<&Record>,
    into: Option<&Record>,
    is_undo: bool,
    last: Night,
) -> Result<(), StoreError> {
    let (message, hint) = match (from, into) {
        (Some(Record::Experiment(present)), Some(Record::Experiment(wanted))) => {
            let thing = &present.thing;
            if present.stopped.is_some() && wanted.stopped != present.stopped {
                hinted!(experiment, "stop-stands", thing)
            } else if present.opened.is_some() && wanted.opened != present.opened {
                hinted!(experiment, "opening-stands", thing)
            } else {
                return Ok(());
            }
        }
        (Some(Record::Experiment(plan)), None) if plan.from <= last => {
            hinted!(experiment, "start-stands", thing = plan.thing)
        }
        (None, Some(Record::Experiment(plan))) if !is_undo && plan.from <= last => {
            hinted!(experiment, "start-too-late", thing = plan.thing)
        }
        _ => return Ok(()),
    };
    Err(StoreError::Stands(LineError::new(
        message,
        hint.unwrap_or_default(),
    )))
}

/// The record of one side of a touched row.
fn record(touched: &Touched, image: Option<&Image>) -> Result<Option<Record>, StoreError> {
    let mut names = Names::default();
    let read = |image: &Image| Record::read(&mut journalled(touched.table, image, &mut names));
    Ok(image.map(read).transpose()?)
}

/// Refuses to go on when the row is not as the journal says.
fn agree(conn: &Connection, touched: &Touched, expected: Option<&Image>) -> Result<(), StoreError> {
    let found = read::image(conn, touched.table, touched.key())?;
    if found == touched.full(expected) {
        return Ok(());
    }
    Err(StoreError::Damaged(format!(
        "{} {} is not as the change journal left it",
        touched.table.name(),
        key_of(touched)?
    )))
}

/// The key of the record a touched row is about.
pub(super) fn key_of(touched: &Touched) -> Result<Key, StoreError> {
    let mut names = Names::default();
    Ok(Key::read(&mut journalled(
        touched.table,
        touched.key(),
        &mut names,
    ))?)
}

/// The pieces of a change in order; `None` is the last, which stands in `change` itself.
pub(super) fn pieces(conn: &Connection, id: i64) -> Result<Vec<Option<i64>>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT part FROM change_part WHERE change = ?1 ORDER BY part")?;
    let mut parts = statement
        .query_map([id], |row| row.get(0).map(Some))?
        .collect::<Result<Vec<_>, _>>()?;
    parts.push(None);
    Ok(parts)
}

/// One piece of the body of a change, its checksum verified.
pub(super) fn body(conn: &Connection, id: i64, part: Option<i64>) -> Result<Vec<u8>, StoreError> {
    let Some(part) = part else {
        return Ok(head(conn, id)?.ok_or_else(|| altered(id))?.body);
    };
    let (body, sum): (Vec<u8>, i64) = conn
        .prepare_cached("SELECT body, sum FROM change_part WHERE change = ?1 AND part = ?2")?
        .query_row([id, part], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let whole = part_sum(id, part, &body) == sum;
    whole.then_some(body).ok_or_else(|| altered(id))
}

fn altered(id: i64) -> StoreError {
    StoreError::Damaged(format!(
        "the checksum of change {id} in the journal does not match"
    ))
}

/// A row of the journal, its checksum verified.
pub(super) struct Head {
    pub(super) id: i64,
    pub(super) at: i64,
    pub(super) command: String,
    pub(super) state: String,
    pub(super) rows: i64,
    pub(super) body: Vec<u8>,
    pub(super) sum: i64,
}

pub(super) fn head(conn: &Connection, id: i64) -> Result<Option<Head>, StoreError> {
    let head = conn
        .prepare_cached("SELECT id, at, command, state, rows, body, sum FROM change WHERE id = ?1")?
        .query_row([id], |row| {
            Ok(Head {
                id: row.get(0)?,
                at: row.get(1)?,
                command: row.get(2)?,
                state: row.get(3)?,
                rows: row.get(4)?,
                body: row.get(5)?,
                sum: row.get(6)?,
            })
        })
        .optional()?;
    match head {
        Some(h) if change_sum(h.id, h.at, &h.command, h.rows, &h.body) != h.sum => Err(altered(id)),
        other => Ok(other),
    }
}

/// One change as it is shown.
pub(super) fn change(conn: &Connection, id: i64) -> Result<Change, StoreError> {
    let head = head(conn, id)?
        .ok_or_else(|| StoreError::Damaged(format!("change {id} is not in the journal")))?;
    let odd = |what: &str| StoreError::odd("change", id, what);
    let mut rows: Vec<ChangedRow> = Vec::new();
    let mut place: BTreeMap<Key, usize> = BTreeMap::new();
    let mut names = Names::default();
    'pieces: for piece in pieces(conn, id)? {
        for touched in decode(&body(conn, id, piece)?)? {
            let key = key_of(&touched)?;
            let mut record = |image: Option<Image>| {
                image
                    .map(|image| Record::read(&mut journalled(touched.table, &image, &mut names)))
                    .transpose()
            };
            let (before, after) = (record(touched.before)?, record(touched.after)?);
            if let Some(known) = place.get(&key).and_then(|p| rows.get_mut(*p)) {
                known.after = after;
            } else if rows.len() < SHOWN {
                place.insert(key.clone(), rows.len());
                rows.push(ChangedRow { key, before, after });
            } else {
                break 'pieces;
            }
        }
    }
    rows.retain(|row| row.before != row.after);
    Ok(Change {
        id,
        at: DateTime::from_timestamp(head.at, 0).ok_or_else(|| odd("its time is impossible"))?,
        command: head.command,
        state: ChangeState::from_word(&head.state).ok_or_else(|| odd("its state is unknown"))?,
        count: usize::try_from(head.rows).map_err(|_| odd("its number of rows is negative"))?,
        rows,
    })
}

pub(super) fn ids(conn: &Connection) -> Result<Vec<i64>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT id FROM change ORDER BY id")?;
    let ids = statement.query_map([], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}
