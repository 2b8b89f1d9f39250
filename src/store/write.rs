//! Writing: one transaction, its rows, its checksums and its entry in the change journal.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::types::ValueRef;
use rusqlite::{
    CachedStatement, Connection, DropBehavior, TransactionBehavior, params, params_from_iter,
};

use crate::diary::cell::Cell;
use crate::diary::{Diary, Key, Nights, Record, Source, Table};
use crate::store::Store;
use crate::store::adding::Adding;
use crate::store::devices;
use crate::store::error::StoreError;
use crate::store::held::{Held, Touched};
use crate::store::image::{Encoder, NOTHING};
use crate::store::journal::LOOKS;
use crate::store::read;
use crate::store::row::{On, checksum, sql, value};
use crate::store::tally::{Tallies, change_sum, part_sum, set, standing};

/// A piece of the journal is written out when it is this long, so that an import needs little memory.
const PIECE: usize = 256 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Put {
    /// It was not there.
    Inserted,
    /// It replaced what was there.
    Updated,
    /// It was there already, just so.
    Unchanged,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Counts {
    pub(crate) inserted: usize,
    pub(crate) updated: usize,
    pub(crate) unchanged: usize,
}

impl Store {
    /// Runs `f` as one transaction together with its entry in the change journal, whose name is `command`. An error
    /// undoes all of it; a run that changes nothing leaves no entry, only that its request was done.
    ///
    /// # Errors
    /// Those of `f`, and those of the disk; the diary is then as it was.
    pub(crate) fn write<T, E: From<StoreError>>(
        &mut self,
        now: DateTime<Utc>,
        command: &str,
        f: impl FnOnce(&mut Writer<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.daily_backup(now);
        let mut tx = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let mut writer = Writer::new(&tx, self.source.clone(), self.held.as_ref());
        let device = self.request.as_ref().map(|request| request.device);
        writer.adding = self.adds_only.then_some(Adding { device, now });
        let value = f(&mut writer)?;
        if let Some(adding) = writer.adding {
            adding.only_adds(&tx, &writer.entry.touched()?)?;
        }
        if self.dry_run {
            tx.rollback().map_err(StoreError::from)?;
            return Ok(value);
        }
        if let Some(request) = self.request.take() {
            devices::note(&tx, &request, writer.change()?, now)?;
        }
        match writer.finish(now, command)? {
            true if self.stays_open => tx.set_drop_behavior(DropBehavior::Ignore),
            true => tx.commit().map_err(StoreError::from)?,
            false => tx.rollback().map_err(StoreError::from)?,
        }
        Ok(value)
    }
}

pub(crate) struct Writer<'a> {
    conn: &'a Connection,
    source: Source,
    tallies: Tallies,
    entry: Encoder,
    change: Option<i64>,
    parts: i64,
    rows: usize,
    /// What is held of the diary, and what was touched since it was read.
    held: Option<&'a Held>,
    touched: Vec<Touched>,
    /// The device that writes, where it may only add and is told nothing of what was there.
    adding: Option<Adding>,
}

impl<'a> Writer<'a> {
    fn new(conn: &'a Connection, source: Source, held: Option<&'a Held>) -> Self {
        Writer {
            conn,
            source,
            tallies: Tallies::default(),
            entry: Encoder::default(),
            change: None,
            parts: 0,
            rows: 0,
            held,
            touched: Vec::new(),
            adding: None,
        }
    }

    pub(super) fn adding(&self) -> Option<Adding> {
        self.adding
    }

    /// Notes a row that was written, for what is held of the diary.
    fn touch(&mut self, key: &Key, record: Option<&Record>) {
        if self.held.is_some() {
            self.touched.push((key.clone(), record.cloned()));
        }
    }

    /// Where what is entered comes from.
    pub(super) fn source(&self) -> Source {
        self.source.clone()
    }

    pub(super) fn conn(&self) -> &'a Connection {
        self.conn
    }

    /// Whether anything was ever written before this transaction, taken back or not.
    pub(super) fn has_history(&self) -> Result<bool, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM change)")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// One record, as it stands within this transaction.
    pub(crate) fn get(&self, key: &Key) -> Result<Option<Record>, StoreError> {
        read::get(self.conn, key)
    }

    /// As [`Store::read`], within this transaction.
    pub(crate) fn read(&self, span: Option<Nights>) -> Result<Diary, StoreError> {
        read::diary(self.conn, span, read::Values::Alone)
    }

    /// The same of a stretch of nights, from what is held of the diary where it is.
    pub(crate) fn lately(&self, nights: Nights) -> Result<Arc<Diary>, StoreError> {
        let Some(held) = self.held else {
            return Ok(Arc::new(self.read(Some(nights))?));
        };
        let before = standing(self.conn)?;
        let now = self.tallies.over(&before);
        held.get(nights, &before, now, &self.touched, || {
            self.read(Some(nights))
        })
    }

    /// As [`Store::read_without_values`], within this transaction.
    pub(crate) fn read_without_values(&self, span: Option<Nights>) -> Result<Diary, StoreError> {
        read::diary(self.conn, span, read::Values::None)
    }

    /// A number for a new record of this table. It was never given before and never will be again, unless the
    /// transaction comes to nothing.
    pub(crate) fn next_id(&mut self, table: Table) -> Result<i64, StoreError> {
        self.tallies.next_id(self.conn, table.name())
    }

    pub(crate) fn keys(&self, table: Table) -> Result<Vec<Key>, StoreError> {
        let mut keys = Vec::new();
        read::each_row(self.conn, table, None, |row| {
            keys.push(Key::read(&mut row.row)?);
            Ok(())
        })?;
        Ok(keys)
    }

    /// Puts a record in place, over the one with the same key if there is one.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when a column does not accept its value.
    pub(crate) fn put(&mut self, record: Record) -> Result<Put, StoreError> {
        self.put_one(&record, &mut Vec::new(), &mut None)
    }

    /// Puts many records in place; fastest when those of one table stand together, in the order of their keys.
    pub(crate) fn put_all(&mut self, records: Vec<Record>) -> Result<Counts, StoreError> {
        let mut counts = Counts::default();
        let mut held = None;
        let mut row = Vec::new();
        for record in &records {
            match self.put_one(record, &mut row, &mut held)? {
                Put::Inserted => counts.inserted += 1,
                Put::Updated => counts.updated += 1,
                Put::Unchanged => counts.unchanged += 1,
            }
        }
        Ok(counts)
    }

    /// Removes a record; says whether it was there.
    pub(crate) fn remove(&mut self, key: &Key) -> Result<bool, StoreError> {
        let table = key.table();
        let cells = key.cells();
        let Some(before) = read::image(self.conn, table, &cells)? else {
            return Ok(false);
        };
        set(self.conn, &mut self.tallies, table, Some(&before), None)?;
        self.touch(key, None);
        self.journal(table, Some(before.iter().map(ValueRef::from)), NOTHING)?;
        Ok(true)
    }

    fn put_one<'r>(
        &mut self,
        record: &'r Record,
        row: &mut Vec<Cell<'r>>,
        held: &mut Option<(Table, CachedStatement<'a>)>,
    ) -> Result<Put, StoreError> {
        let table = record.table();
        record.write(row);
        // SQLite would keep what is not a number as NULL, and so as unknown.
        if row
            .iter()
            .any(|c| matches!(c, Cell::Real(r) if !r.is_finite()))
        {
            return Err(StoreError::Refused(format!(
                "{} holds something that is not a number",
                record.key()
            )));
        }
        let sum = checksum(table.number(), row.iter().map(value));
        let statement = match held {
            Some((of, statement)) if *of == table => statement,
            _ => {
                let statement = self.conn.prepare_cached(sql(table, On::Insert))?;
                &mut held.insert((table, statement)).1
            }
        };
        let last = Cell::Int(sum);
        let inserted = statement.execute(params_from_iter(row.iter().chain([&last])))? == 1;
        if let Some(id) = record.number() {
            self.tallies.taken(self.conn, table.name(), id)?;
        }
        if inserted {
            self.tallies.add(self.conn, table.name(), 1, sum)?;
            self.touch(&record.key(), Some(record));
            self.journal(table, NOTHING, Some(row.iter().map(value)))?;
            return Ok(Put::Inserted);
        }
        let key = row.get(..table.layout().key).unwrap_or_default();
        let before = read::image(self.conn, table, key)?.ok_or_else(|| {
            StoreError::Damaged(format!(
                "{} {} is there and is not",
                table.name(),
                record.key()
            ))
        })?;
        if row.iter().map(value).eq(before.iter().map(ValueRef::from)) {
            return Ok(Put::Unchanged);
        }
        let was = checksum(table.number(), before.iter().map(ValueRef::from));
        self.conn
            .prepare_cached(sql(table, On::Update))?
            .execute(params_from_iter(row.iter().chain([&last])))?;
        self.tallies
            .add(self.conn, table.name(), 0, sum.wrapping_sub(was))?;
        self.touch(&record.key(), Some(record));
        self.journal(
            table,
            Some(before.iter().map(ValueRef::from)),
            Some(row.iter().map(value)),
        )?;
        Ok(Put::Updated)
    }

    fn journal<'r>(
        &mut self,
        table: Table,
        before: Option<impl Iterator<Item = ValueRef<'r>>>,
        after: Option<impl Iterator<Item = ValueRef<'r>>>,
    ) -> Result<(), StoreError> {
        self.entry.push(table, before, after);
        self.rows += 1;
        if self.entry.len() >= PIECE {
            let change = self.change()?;
            self.parts += 1;
            let body = self.entry.take();
            let sum = part_sum(change, self.parts, &body);
            self.conn
                .prepare_cached(
                    "INSERT INTO change_part (change, part, body, sum) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![change, self.parts, body, sum])?;
            self.tallies.add(self.conn, "change_part", 1, sum)?;
        }
        Ok(())
    }

    fn change(&mut self) -> Result<i64, StoreError> {
        match self.change {
            Some(id) => Ok(id),
            None => {
                let id = self.tallies.next_id(self.conn, "change")?;
                self.change = Some(id);
                Ok(id)
            }
        }
    }

    /// Writes the journal entry and the tallies; says whether there was anything to write.
    fn finish(mut self, now: DateTime<Utc>, command: &str) -> Result<bool, StoreError> {
        if self.rows == 0 {
            // a request that changed nothing is known when it is sent again, under a number no change has
            let is_noted = self.change.is_some();
            if is_noted {
                self.tallies.save(self.conn)?;
            }
            return Ok(is_noted);
        }
        let id = self.change()?;
        let body = self.entry.take();
        let rows = i64::try_from(self.rows).unwrap_or(i64::MAX);
        let sum = change_sum(id, now.timestamp(), command, rows, &body);
        // What was undone before this write can no longer be done again. A look touches nothing the person wrote.
        if command != LOOKS {
            self.conn
                .prepare_cached("UPDATE change SET state = 'superseded' WHERE state = 'undone'")?
                .execute([])?;
        }
        self.conn
            .prepare_cached(
                "INSERT INTO change (id, at, command, state, rows, body, sum) VALUES (?1, ?2, ?3, 'done', ?4, ?5, ?6)",
            )?
            .execute(params![id, now.timestamp(), command, rows, body, sum])?;
        self.tallies.add(self.conn, "change", 1, sum)?;
        self.tallies.save(self.conn)?;
        Ok(true)
    }
}
