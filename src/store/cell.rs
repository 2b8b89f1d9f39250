//! One value of one column as it is written, and the checksum of a row.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use rusqlite::types::{ToSql, ToSqlOutput, Value, ValueRef};

use crate::diary::word::Word;
use crate::diary::{Moment, Night};

/// One value of one column, as it is about to be written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'a> {
    Null,
    Int(i64),
    Real(f64),
    Text(Cow<'a, str>),
    /// A date as `YYYY-MM-DD`.
    Date([u8; 10]),
}

impl Cell<'_> {
    pub(super) fn as_ref(&self) -> ValueRef<'_> {
        match self {
            Cell::Null => ValueRef::Null,
            Cell::Int(i) => ValueRef::Integer(*i),
            Cell::Real(r) => ValueRef::Real(*r),
            Cell::Text(t) => ValueRef::Text(t.as_bytes()),
            Cell::Date(d) => ValueRef::Text(d),
        }
    }
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(self.as_ref()))
    }
}

impl<'a> From<&'a Value> for Cell<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Null | Value::Blob(_) => Cell::Null,
            Value::Integer(i) => Cell::Int(*i),
            Value::Real(r) => Cell::Real(*r),
            Value::Text(t) => Cell::Text(Cow::Borrowed(t)),
        }
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a Arc<str>> for Cell<'a> {
    fn from(text: &'a Arc<str>) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(text: &'a String) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }
}

impl From<i64> for Cell<'_> {
    fn from(number: i64) -> Self {
        Cell::Int(number)
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Cell::Int(i64::from(number))
    }
}

impl From<u8> for Cell<'_> {
    fn from(number: u8) -> Self {
        Cell::Int(i64::from(number))
    }
}

impl From<bool> for Cell<'_> {
    fn from(flag: bool) -> Self {
        Cell::Int(i64::from(flag))
    }
}

impl From<f64> for Cell<'_> {
    /// SQLite keeps whole numbers as integers and so forgets the sign of zero; it is forgotten here, before
    /// the checksum is made.
    fn from(number: f64) -> Self {
        Cell::Real(if number == 0.0 { 0.0 } else { number })
    }
}

impl From<DateTime<Utc>> for Cell<'_> {
    fn from(at: DateTime<Utc>) -> Self {
        Cell::Int(at.timestamp())
    }
}

impl From<NaiveDate> for Cell<'_> {
    fn from(date: NaiveDate) -> Self {
        let Ok(year) = u32::try_from(date.year()) else {
            return Cell::Text(Cow::Owned(date.to_string()));
        };
        if year > 9999 {
            return Cell::Text(Cow::Owned(date.to_string()));
        }
        let digit = |n: u32| b'0' + u8::try_from(n % 10).unwrap_or(0);
        let (m, d) = (date.month(), date.day());
        Cell::Date([
            digit(year / 1000),
            digit(year / 100),
            digit(year / 10),
            digit(year),
            b'-',
            digit(m / 10),
            digit(m),
            b'-',
            digit(d / 10),
            digit(d),
        ])
    }
}

impl From<Night> for Cell<'_> {
    fn from(night: Night) -> Self {
        Cell::from(night.date())
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Null, Into::into)
    }
}

/// A word of a closed vocabulary.
pub(super) fn word<W: Word>(w: W) -> Cell<'static> {
    Cell::Text(Cow::Borrowed(w.word()))
}

/// A word of a closed vocabulary that may be unknown.
pub(super) fn maybe_word<W: Word>(w: Option<W>) -> Cell<'static> {
    w.map_or(Cell::Null, word)
}

/// The three columns of an instant.
pub(super) fn moment(at: &Moment) -> [Cell<'_>; 3] {
    [
        Cell::from(at.utc),
        Cell::Int(i64::from(at.offset.local_minus_utc())),
        Cell::from(&at.zone),
    ]
}

/// The three columns of an instant that may be unknown.
pub(super) fn maybe_moment(at: Option<&Moment>) -> [Cell<'_>; 3] {
    at.map_or([Cell::Null, Cell::Null, Cell::Null], moment)
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
pub(super) fn checksum<'a>(seed: u8, cells: impl Iterator<Item = ValueRef<'a>>) -> i64 {
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
