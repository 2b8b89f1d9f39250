//! The counts and checksum totals of the tables, and changing a row with them.

use std::collections::BTreeMap;

use rusqlite::types::ToSqlOutput;
use rusqlite::types::ValueRef::{self, Blob, Integer, Text};
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use crate::diary::Table;
use crate::store::error::StoreError;
use crate::store::image::Image;
use crate::store::row::{On, checksum, sql};

/// The number of rows of a table, the total of their checksums, and the largest number given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) rows: i64,
    pub(super) total: i64,
    pub(super) last_id: i64,
}

/// The tables that have a tally: those of the records and the two of the journal.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    Table::ALL
        .into_iter()
        .map(Table::name)
        .chain(["change", "change_part"])
}

impl Tally {
    pub(super) fn sum(self, name: &str) -> i64 {
        let numbers = [self.rows, self.total, self.last_id].map(Integer);
        let name = [Text(name.as_bytes())];
        checksum(102, name.into_iter().chain(numbers))
    }

    /// Counts a row with this checksum.
    pub(super) fn count(&mut self, sum: i64) {
        self.rows += 1;
        self.total = self.total.wrapping_add(sum);
    }

    /// The tally of a table as it stands in the file.
    pub(super) fn read(conn: &Connection, name: &str) -> Result<Tally, StoreError> {
        let found = conn
            .prepare_cached("SELECT rows, total, last_id, sum FROM tally WHERE name = ?1")?
            .query_row([name], |row| {
                let tally = Tally {
                    rows: row.get(0)?,
                    total: row.get(1)?,
                    last_id: row.get(2)?,
                };
                Ok((tally, row.get::<_, i64>(3)?))
            })
            .optional()?;
        match found {
            Some((tally, sum)) if tally.sum(name) == sum => Ok(tally),
            Some(_) => Err(StoreError::Damaged(format!(
                "the checksum of the tally of {name} does not match"
            ))),
            None => Err(StoreError::Damaged(format!(
                "the tally of {name} is missing"
            ))),
        }
    }
}

/// Writes the tallies of new tables, which have no rows yet.
pub(super) fn start<'n>(
    conn: &Connection,
    names: impl Iterator<Item = &'n str>,
) -> Result<(), StoreError> {
    let tally = Tally::default();
    let mut statement = conn
        .prepare("INSERT INTO tally (name, rows, total, last_id, sum) VALUES (?1, 0, 0, 0, ?2)")?;
    for name in names {
        statement.execute(params![name, tally.sum(name)])?;
    }
    Ok(())
}

/// The tallies of the records, in the order of their tables: what they hold is the same where these are.
pub(super) type Standing = Vec<Tally>;

/// How the records stand in the file.
pub(super) fn standing(conn: &Connection) -> Result<Standing, StoreError> {
    let tables = Table::ALL.into_iter();
    tables
        .map(|table| Tally::read(conn, table.name()))
        .collect()
}

/// The totals a transaction touches, read when first needed and written at its end.
#[derive(Default)]
pub(super) struct Tallies(BTreeMap<&'static str, Tally>);

impl Tallies {
    fn of(&mut self, conn: &Connection, name: &'static str) -> Result<&mut Tally, StoreError> {
        use std::collections::btree_map::Entry;
        match self.0.entry(name) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(place) => Ok(place.insert(Tally::read(conn, name)?)),
        }
    }

    /// How the records stand with what the transaction did so far, where they stood `before` it.
    pub(super) fn over(&self, before: &Standing) -> Standing {
        let names = Table::ALL.into_iter().map(Table::name);
        let now = names
            .zip(before)
            .map(|(name, tally)| self.0.get(name).unwrap_or(tally));
        now.copied().collect()
    }

    /// Notes that rows came (or went) and how the total of their checksums changed.
    pub(super) fn add(
        &mut self,
        conn: &Connection,
        name: &'static str,
        rows: i64,
        total: i64,
    ) -> Result<(), StoreError> {
        let tally = self.of(conn, name)?;
        tally.rows += rows;
        tally.total = tally.total.wrapping_add(total);
        Ok(())
    }

    pub(super) fn taken(
        &mut self,
        conn: &Connection,
        name: &'static str,
        id: i64,
    ) -> Result<(), StoreError> {
        let tally = self.of(conn, name)?;
        tally.last_id = tally.last_id.max(id);
        Ok(())
    }

    /// A number no row of this table ever had.
    pub(super) fn next_id(
        &mut self,
        conn: &Connection,
        name: &'static str,
    ) -> Result<i64, StoreError> {
        let tally = self.of(conn, name)?;
        tally.last_id = tally
            .last_id
            .checked_add(1)
            .ok_or_else(|| StoreError::Refused(format!("{name} has no numbers left")))?;
        Ok(tally.last_id)
    }

    pub(super) fn save(self, conn: &Connection) -> Result<(), StoreError> {
        let mut statement = conn.prepare_cached(
            "UPDATE tally SET rows = ?2, total = ?3, last_id = ?4, sum = ?5 WHERE name = ?1",
        )?;
        for (name, tally) in self.0 {
            statement.execute(params![
                name,
                tally.rows,
                tally.total,
                tally.last_id,
                tally.sum(name)
            ])?;
        }
        Ok(())
    }
}

/// The checksum of a journal entry; its state is left out, for undo changes it.
pub(super) fn change_sum(id: i64, at: i64, command: &str, rows: i64, body: &[u8]) -> i64 {
    let command = Text(command.as_bytes());
    checksum(
        100,
        [Integer(id), Integer(at), command, Integer(rows), Blob(body)],
    )
}

/// The checksum of a piece of a journal entry.
pub(super) fn part_sum(change: i64, part: i64, body: &[u8]) -> i64 {
    checksum(101, [Integer(change), Integer(part), Blob(body)])
}

/// Turns the row `from` into the row `to`, outside the journal.
pub(super) fn set(
    conn: &Connection,
    tallies: &mut Tallies,
    table: Table,
    from: Option<&Image>,
    to: Option<&Image>,
) -> Result<(), StoreError> {
    let name = table.name();
    let key = table.layout().key;
    let sum = |image: &Image| checksum(table.number(), image.iter().map(ValueRef::from));
    match (from, to) {
        (None, None) => {}
        (Some(from), None) => {
            conn.prepare_cached(sql(table, On::Delete))?
                .execute(params_from_iter(from.iter().take(key)))?;
            tallies.add(conn, name, -1, sum(from).wrapping_neg())?;
        }
        (from, Some(to)) => {
            let (on, rows, was) = match from {
                Some(from) => (On::Update, 0, sum(from)),
                None => (On::Insert, 1, 0),
            };
            let sum = sum(to);
            let full = to
                .iter()
                .map(ValueRef::from)
                .chain(std::iter::repeat(ValueRef::Null))
                .take(table.layout().columns.len())
                .chain([ValueRef::Integer(sum)])
                .map(ToSqlOutput::Borrowed);
            conn.prepare_cached(sql(table, on))?
                .execute(params_from_iter(full))?;
            tallies.add(conn, name, rows, sum.wrapping_sub(was))?;
        }
    }
    Ok(())
}
