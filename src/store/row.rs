//! Rows as SQLite takes and gives them, the statements on them, and the checksum of a row.

use std::sync::OnceLock;

use rusqlite::Row;
use rusqlite::types::{ToSql, ToSqlOutput, Value, ValueRef};

use crate::diary::Table;
use crate::diary::cell::{Cell, Names, Stored, StoredRow};
use crate::diary::table::{Layout, WIDEST};
use crate::store::error::StoreError;

/// A column as SQLite takes it.
pub(super) fn value<'a>(cell: &'a Cell<'_>) -> ValueRef<'a> {
    match cell {
        // A row of the database is never written with a list of words.
        Cell::Null | Cell::Words(_) => ValueRef::Null,
        Cell::Int(i) => ValueRef::Integer(*i),
        Cell::Flag(flag) => ValueRef::Integer(i64::from(*flag)),
        Cell::Real(r) => ValueRef::Real(*r),
        Cell::Text(t) => ValueRef::Text(t.as_bytes()),
        Cell::Date(d) => ValueRef::Text(d),
    }
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(value(self)))
    }
}

/// A column as SQLite gives it.
pub(super) fn stored(cell: ValueRef<'_>) -> Stored<'_> {
    match cell {
        ValueRef::Null => Stored::Null,
        ValueRef::Integer(i) => Stored::Int(i),
        ValueRef::Real(r) => Stored::Real(r),
        ValueRef::Text(t) | ValueRef::Blob(t) => Stored::Text(t),
    }
}

fn value_of<'a>(cell: Stored<'a>) -> ValueRef<'a> {
    match cell {
        Stored::Null => ValueRef::Null,
        Stored::Int(i) => ValueRef::Integer(i),
        Stored::Real(r) => ValueRef::Real(r),
        Stored::Text(t) => ValueRef::Text(t),
    }
}

/// A row of the database and the checksum that stands in it.
pub(super) struct Summed<'a> {
    pub(super) row: StoredRow<'a>,
    sum: i64,
}

impl<'a> Summed<'a> {
    /// A row whose last column is its checksum.
    pub(super) fn new(
        table: Table,
        row: &'a Row<'_>,
        names: &'a mut Names,
    ) -> Result<Self, StoreError> {
        let count = table.layout().columns.len();
        let mut given = [Stored::Null; WIDEST];
        for (place, cell) in given.iter_mut().enumerate().take(count) {
            *cell = stored(row.get_ref(place)?);
        }
        Ok(Summed {
            row: StoredRow::new(table, given.into_iter().take(count), names),
            sum: row.get(count)?,
        })
    }

    /// The checksum, if it is the one that stands in the row.
    pub(super) fn checked(&self) -> Result<i64, StoreError> {
        let cells = self.row.given().iter().map(|cell| value_of(*cell));
        if checksum(self.row.table().number(), cells) == self.sum {
            Ok(self.sum)
        } else {
            let what = "its checksum does not match: something in it changed on the disk";
            Err(self.row.odd(what).into())
        }
    }

    /// The row as the journal keeps it.
    pub(super) fn image(&self) -> Result<Vec<Value>, StoreError> {
        let image = self.row.given().iter().map(|cell| {
            let odd = |_| self.row.odd("holds text that is not UTF-8").into();
            Value::try_from(value_of(*cell)).map_err(odd)
        });
        image.collect()
    }
}

/// A row as the journal keeps it, read.
pub(super) fn journalled<'a>(
    table: Table,
    image: &'a [Value],
    names: &'a mut Names,
) -> StoredRow<'a> {
    StoredRow::new(table, image.iter().map(|cell| stored(cell.into())), names)
}

/// Folds one 8-byte word into a running checksum: a full 64 × 64 → 128 bit product, its halves joined.
fn fold(state: u64, word: u64) -> u64 {
    let product = u128::from(state ^ word) * 0x9e37_79b9_7f4a_7c15;
    ((product >> 64) as u64 ^ product as u64).rotate_left(23)
        ^ word.wrapping_mul(0xd6e8_feb8_6659_fd93)
}

/// A 64-bit checksum over bytes, in the manner of FNV and wyhash. It finds accidents, not forgeries.
pub(super) fn checksum_bytes(seed: u64, bytes: &[u8]) -> u64 {
    let mut state = fold(seed ^ 0xa076_1d64_78bd_642f, bytes.len() as u64);
    let mut words = bytes.chunks_exact(8);
    for chunk in &mut words {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        state = fold(state, u64::from_le_bytes(word));
    }
    let rest = words.remainder();
    if !rest.is_empty() {
        let mut word = [0; 8];
        word[..rest.len()].copy_from_slice(rest);
        state = fold(state, u64::from_le_bytes(word));
    }
    state
}

/// The checksum of a row: of its table's name-giving number and of every column's kind and content.
/// Columns that are NULL at the end of the row do not count, so a column appended later changes no checksum.
pub(super) fn checksum<'a>(seed: u8, cells: impl IntoIterator<Item = ValueRef<'a>>) -> i64 {
    let mut state = 0x2545_f491_4f6c_dd1d ^ u64::from(seed);
    for (place, cell) in (1_u64..).zip(cells) {
        state = match cell {
            ValueRef::Null => continue,
            ValueRef::Integer(i) => fold(fold(state, place << 8 | 1), i.cast_unsigned()),
            ValueRef::Real(r) => fold(fold(state, place << 8 | 2), r.to_bits()),
            ValueRef::Text(t) => checksum_bytes(fold(state, place << 8 | 3), t),
            ValueRef::Blob(b) => checksum_bytes(fold(state, place << 8 | 4), b),
        };
    }
    fold(state, 0).cast_signed()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stretch {
    /// From the first limit to the second.
    Between,
    /// After the first limit, to the second.
    After,
}

/// A statement on one row of a table.
#[derive(Clone, Copy)]
pub(super) enum On {
    /// Insert; a row with this key stays as it is.
    Insert,
    Update,
    Select,
    Delete,
}

/// Reading its rows, or a stretch of them between two limits; the checksum is the last column.
pub(super) fn select(table: Table, stretch: Option<Stretch>) -> String {
    let Layout {
        name,
        columns,
        night,
        order,
        ..
    } = table.layout();
    let columns = columns.join(", ");
    let within = match (night, stretch) {
        (Some(night), Some(Stretch::Between)) => format!("WHERE {night} BETWEEN ?1 AND ?2 "),
        (Some(night), Some(Stretch::After)) => {
            format!("WHERE {night} > ?1 AND {night} <= ?2 ")
        }
        _ => String::new(),
    };
    format!("SELECT {columns}, sum FROM {name} {within}ORDER BY {order}")
}

/// A statement on one row. Parameters are the columns in order and the checksum, or the key columns.
pub(super) fn sql(table: Table, on: On) -> &'static str {
    static MADE: [OnceLock<String>; 4 * Table::ALL.len()] =
        [const { OnceLock::new() }; 4 * Table::ALL.len()];
    MADE[table as usize * 4 + on as usize].get_or_init(|| make(table, on))
}

fn make(table: Table, on: On) -> String {
    let Layout {
        name, columns, key, ..
    } = table.layout();
    let all = columns.join(", ");
    let by_key = columns
        .iter()
        .take(*key)
        .enumerate()
        .map(|(i, c)| format!("{c} = ?{}", i + 1))
        .collect::<Vec<_>>()
        .join(" AND ");
    match on {
        On::Insert => {
            let marks = (1..=columns.len() + 1)
                .map(|i| format!("?{i}"))
                .collect::<Vec<_>>()
                .join(", ");
            format!("INSERT INTO {name} ({all}, sum) VALUES ({marks}) ON CONFLICT DO NOTHING")
        }
        On::Update => {
            let sets = columns
                .iter()
                .chain(&["sum"])
                .enumerate()
                .skip(*key)
                .map(|(i, c)| format!("{c} = ?{}", i + 1))
                .collect::<Vec<_>>()
                .join(", ");
            format!("UPDATE {name} SET {sets} WHERE {by_key}")
        }
        On::Select => format!("SELECT {all}, sum FROM {name} WHERE {by_key}"),
        On::Delete => format!("DELETE FROM {name} WHERE {by_key}"),
    }
}
