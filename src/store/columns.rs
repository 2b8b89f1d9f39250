//! Reading the columns of a row back into the words of the diary, refusing whatever is odd.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use rusqlite::types::ValueRef;

use crate::diary::word::Word;
use crate::diary::{Moment, Night};
use crate::store::cell::checksum;
use crate::store::error::StoreError;
use crate::store::table::{Table, WIDEST};

/// Reads the columns of one row, in order, refusing whatever the program would not have written.
pub(super) struct Columns<'a> {
    table: Table,
    cells: [ValueRef<'a>; WIDEST],
    given: usize,
    at: usize,
    sum: i64,
}

impl<'a> Columns<'a> {
    /// Columns that are missing at the end are unknown.
    pub(super) fn new(table: Table, given: impl Iterator<Item = ValueRef<'a>>) -> Self {
        let mut columns = Columns {
            table,
            cells: [ValueRef::Null; WIDEST],
            given: 0,
            at: 0,
            sum: 0,
        };
        given.for_each(|cell| columns.put(cell));
        columns
    }

    /// Adds the next column; what is wider than any table is left out.
    pub(super) fn put(&mut self, cell: ValueRef<'a>) {
        if let Some(place) = self.cells.get_mut(self.given) {
            *place = cell;
            self.given += 1;
        }
    }

    /// Says which checksum stands in the row.
    pub(super) fn expect(&mut self, sum: i64) {
        self.sum = sum;
    }

    /// The checksum, if it is the one that stands in the row.
    pub(super) fn checked(&self) -> Result<i64, StoreError> {
        if checksum(self.table.number(), self.given().iter().copied()) == self.sum {
            Ok(self.sum)
        } else {
            Err(self.odd("its checksum does not match: something in it changed on the disk"))
        }
    }

    /// Hands over every column with its place, kind and length, so that no two rows look the same.
    pub(super) fn feed(&self, mut take: impl FnMut(&[u8])) {
        for (place, cell) in (0_u8..).zip(self.given()) {
            let mut mark = |kind: u8, length: usize, bytes: &[u8]| {
                take(&[place, kind]);
                take(&(length as u64).to_be_bytes());
                take(bytes);
            };
            match cell {
                ValueRef::Null => {}
                ValueRef::Integer(i) => mark(1, 8, &i.to_be_bytes()),
                ValueRef::Real(r) => mark(2, 8, &r.to_bits().to_be_bytes()),
                ValueRef::Text(t) | ValueRef::Blob(t) => mark(3, t.len(), t),
            }
        }
    }

    fn given(&self) -> &[ValueRef<'a>] {
        self.cells.get(..self.given).unwrap_or_default()
    }

    /// The columns as they stand.
    pub(super) fn cells(&self) -> &[ValueRef<'a>] {
        self.cells
            .get(..self.table.layout().columns.len())
            .unwrap_or_default()
    }

    /// What the row is called in a message: its key.
    fn which(&self) -> String {
        self.cells
            .iter()
            .take(self.table.layout().key)
            .map(|cell| match cell {
                ValueRef::Null => "NULL".to_string(),
                ValueRef::Integer(i) => i.to_string(),
                ValueRef::Real(r) => r.to_string(),
                ValueRef::Text(t) | ValueRef::Blob(t) => String::from_utf8_lossy(t).into_owned(),
            })
            .collect::<Vec<_>>()
            .join(":")
    }

    pub(super) fn odd(&self, what: impl std::fmt::Display) -> StoreError {
        StoreError::odd(self.table.name(), self.which(), what)
    }

    fn next(&mut self) -> ValueRef<'a> {
        let cell = self.cells.get(self.at).copied().unwrap_or(ValueRef::Null);
        self.at += 1;
        cell
    }

    fn wrong(&self, cell: ValueRef<'_>) -> StoreError {
        let name = self.table.layout().columns.get(self.at - 1).unwrap_or(&"?");
        let shown = match cell {
            ValueRef::Null => "nothing".to_string(),
            ValueRef::Integer(i) => i.to_string(),
            ValueRef::Real(r) => r.to_string(),
            ValueRef::Text(t) | ValueRef::Blob(t) => {
                format!(
                    "'{}'",
                    String::from_utf8_lossy(t)
                        .chars()
                        .take(40)
                        .collect::<String>()
                )
            }
        };
        self.odd(format_args!("{name} holds {shown}"))
    }

    fn need<T>(&self, value: Option<T>) -> Result<T, StoreError> {
        value.ok_or_else(|| self.wrong(ValueRef::Null))
    }

    pub(super) fn maybe_str(&mut self) -> Result<Option<&'a str>, StoreError> {
        match self.next() {
            ValueRef::Null => Ok(None),
            ValueRef::Text(t) => std::str::from_utf8(t)
                .map(Some)
                .map_err(|_| self.wrong(ValueRef::Text(t))),
            other => Err(self.wrong(other)),
        }
    }

    pub(super) fn str(&mut self) -> Result<&'a str, StoreError> {
        let value = self.maybe_str()?;
        self.need(value)
    }

    pub(super) fn maybe_string(&mut self) -> Result<Option<String>, StoreError> {
        Ok(self.maybe_str()?.map(str::to_string))
    }

    pub(super) fn string(&mut self) -> Result<String, StoreError> {
        self.str().map(str::to_string)
    }

    pub(super) fn maybe_int(&mut self) -> Result<Option<i64>, StoreError> {
        match self.next() {
            ValueRef::Null => Ok(None),
            ValueRef::Integer(i) => Ok(Some(i)),
            other => Err(self.wrong(other)),
        }
    }

    pub(super) fn int(&mut self) -> Result<i64, StoreError> {
        let value = self.maybe_int()?;
        self.need(value)
    }

    /// A number given again on every row (an id, which must be positive).
    pub(super) fn id(&mut self) -> Result<i64, StoreError> {
        let id = self.int()?;
        if id > 0 {
            Ok(id)
        } else {
            Err(self.wrong(ValueRef::Integer(id)))
        }
    }

    /// A whole number that fits `T`.
    pub(super) fn maybe_whole<T: TryFrom<i64>>(&mut self) -> Result<Option<T>, StoreError> {
        let Some(i) = self.maybe_int()? else {
            return Ok(None);
        };
        T::try_from(i)
            .map(Some)
            .map_err(|_| self.wrong(ValueRef::Integer(i)))
    }

    pub(super) fn whole<T: TryFrom<i64>>(&mut self) -> Result<T, StoreError> {
        let value = self.maybe_whole()?;
        self.need(value)
    }

    /// 0 to 10.
    pub(super) fn maybe_scale(&mut self) -> Result<Option<u8>, StoreError> {
        match self.maybe_whole::<u8>()? {
            Some(n) if n > 10 => Err(self.wrong(ValueRef::Integer(i64::from(n)))),
            value => Ok(value),
        }
    }

    pub(super) fn maybe_bool(&mut self) -> Result<Option<bool>, StoreError> {
        match self.maybe_int()? {
            None => Ok(None),
            Some(0) => Ok(Some(false)),
            Some(1) => Ok(Some(true)),
            Some(other) => Err(self.wrong(ValueRef::Integer(other))),
        }
    }

    pub(super) fn bool(&mut self) -> Result<bool, StoreError> {
        let value = self.maybe_bool()?;
        self.need(value)
    }

    pub(super) fn maybe_real(&mut self) -> Result<Option<f64>, StoreError> {
        match self.next() {
            ValueRef::Null => Ok(None),
            ValueRef::Real(r) if r.is_finite() => Ok(Some(r)),
            other => Err(self.wrong(other)),
        }
    }

    pub(super) fn maybe_word<W: Word>(&mut self) -> Result<Option<W>, StoreError> {
        let Some(text) = self.maybe_str()? else {
            return Ok(None);
        };
        W::from_word(text)
            .map(Some)
            .ok_or_else(|| self.wrong(ValueRef::Text(text.as_bytes())))
    }

    pub(super) fn word<W: Word>(&mut self) -> Result<W, StoreError> {
        let value = self.maybe_word()?;
        self.need(value)
    }

    pub(super) fn maybe_date(&mut self) -> Result<Option<NaiveDate>, StoreError> {
        let Some(text) = self.maybe_str()? else {
            return Ok(None);
        };
        read_date(text.as_bytes())
            .map(Some)
            .ok_or_else(|| self.wrong(ValueRef::Text(text.as_bytes())))
    }

    pub(super) fn date(&mut self) -> Result<NaiveDate, StoreError> {
        let value = self.maybe_date()?;
        self.need(value)
    }

    pub(super) fn night(&mut self) -> Result<Night, StoreError> {
        self.date().map(Night::of_evening)
    }

    pub(super) fn instant(&mut self) -> Result<DateTime<Utc>, StoreError> {
        let seconds = self.int()?;
        DateTime::from_timestamp(seconds, 0).ok_or_else(|| self.wrong(ValueRef::Integer(seconds)))
    }

    pub(super) fn maybe_moment(&mut self, zones: &mut Names) -> Result<Option<Moment>, StoreError> {
        let Some(seconds) = self.maybe_int()? else {
            return match (self.maybe_int()?, self.maybe_str()?) {
                (None, None) => Ok(None),
                _ => Err(self.odd("an offset without its instant")),
            };
        };
        let utc = DateTime::from_timestamp(seconds, 0)
            .ok_or_else(|| self.wrong(ValueRef::Integer(seconds)))?;
        let offset: i32 = self.whole()?;
        let offset = FixedOffset::east_opt(offset)
            .ok_or_else(|| self.wrong(ValueRef::Integer(i64::from(offset))))?;
        let zone = zones.shared(self.str()?);
        Ok(Some(Moment { utc, offset, zone }))
    }

    pub(super) fn moment(&mut self, zones: &mut Names) -> Result<Moment, StoreError> {
        let value = self.maybe_moment(zones)?;
        self.need(value)
    }
}

/// `YYYY-MM-DD`, and nothing else.
pub(super) fn read_date(text: &[u8]) -> Option<NaiveDate> {
    let [a, b, c, d, b'-', e, f, b'-', g, h] = *text else {
        return None;
    };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |n, digit| {
            digit
                .is_ascii_digit()
                .then(|| n * 10 + u32::from(digit - b'0'))
        })
    };
    let year = i32::try_from(number(&[a, b, c, d])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[e, f])?, number(&[g, h])?)
}

/// Words that come again and again (factors, units, zones), each kept once.
#[derive(Default)]
pub(super) struct Names(std::collections::HashSet<Arc<str>>);

impl Names {
    pub(super) fn shared(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.0.get(name) {
            return known.clone();
        }
        let new: Arc<str> = Arc::from(name);
        // Free words would only fill the memory: short ones are the ones that come again.
        if name.len() <= 40 && self.0.len() < 4096 {
            self.0.insert(new.clone());
        }
        new
    }

    pub(super) fn maybe(&mut self, name: Option<&str>) -> Option<Arc<str>> {
        name.map(|n| self.shared(n))
    }
}
