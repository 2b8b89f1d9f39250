//! The columns of a row: as they are about to be written, as they are read back from the database, and as a file gives
//! them.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::Write;
use std::ops::RangeBounds;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Serialize, Serializer};

use crate::diary::moment::ClockTime;
use crate::diary::moment::Source;
use crate::diary::pain::Pain;
use crate::diary::table::{Table, WIDEST};
use crate::diary::vocabulary::Relief;
use crate::diary::word::Word;

/// One value of one column, as it is about to be written; unknown is `Null`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell<'a> {
    Null,
    Int(i64),
    Real(f64),
    Flag(bool),
    Text(Cow<'a, str>),
    /// A date as `YYYY-MM-DD`.
    Date([u8; 10]),
    /// Several words; only exports have them.
    Words(Vec<&'a str>),
}

impl<'a> Cell<'a> {
    /// Text that is kept elsewhere.
    pub(crate) fn text(text: &'a str) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }

    /// A date; its year has four digits in every diary.
    pub(crate) fn date(date: NaiveDate) -> Self {
        let mut text = [0; 10];
        match write!(text.as_mut_slice(), "{date}") {
            Ok(()) => Cell::Date(text),
            Err(_) => Cell::Text(date.to_string().into()),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Cell::Null => true,
            Cell::Text(text) => text.is_empty(),
            Cell::Words(words) => words.is_empty(),
            _ => false,
        }
    }

    /// As it stands in a CSV file, unquoted.
    pub(crate) fn plain(&self) -> Cow<'_, str> {
        match self {
            Cell::Null => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Int(n) => Cow::Owned(n.to_string()),
            Cell::Real(x) => Cow::Owned(x.to_string()),
            Cell::Flag(true) => Cow::Borrowed("1"),
            Cell::Flag(false) => Cow::Borrowed("0"),
            Cell::Date(date) => String::from_utf8_lossy(date),
            Cell::Words(words) => Cow::Owned(words.join(";")),
        }
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Null => s.serialize_none(),
            Cell::Int(n) => s.serialize_i64(*n),
            Cell::Real(x) => s.serialize_f64(*x),
            Cell::Flag(flag) => s.serialize_bool(*flag),
            Cell::Text(_) | Cell::Date(_) => s.serialize_str(&self.plain()),
            Cell::Words(words) => words.serialize(s),
        }
    }
}

/// One column of a row of the database, as it is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Stored<'a> {
    Null,
    Int(i64),
    Real(f64),
    /// Text that was not yet found to be UTF-8.
    Text(&'a [u8]),
}

impl std::fmt::Display for Stored<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Stored::Null => f.write_str("NULL"),
            Stored::Int(i) => i.fmt(f),
            Stored::Real(r) => r.fmt(f),
            Stored::Text(t) => f.write_str(&String::from_utf8_lossy(t)),
        }
    }
}

/// A row that this program would not have written: its table, its key and what is odd about it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct OddRow(pub(crate) String);

/// Words that come again and again (factors, units, zones), each kept once.
#[derive(Default)]
pub(crate) struct Names(HashSet<Arc<str>>);

impl Names {
    fn shared(&mut self, name: &str) -> Arc<str> {
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
}

/// Reads the columns of one row, in order, refusing whatever this program would not have written.
pub(crate) struct StoredRow<'a> {
    table: Table,
    cells: [Stored<'a>; WIDEST],
    given: usize,
    at: usize,
    names: &'a mut Names,
}

impl<'a> StoredRow<'a> {
    /// Columns that are missing at the end are unknown; what is wider than any table is left out.
    pub(crate) fn new(
        table: Table,
        given: impl Iterator<Item = Stored<'a>>,
        names: &'a mut Names,
    ) -> Self {
        let mut cells = [Stored::Null; WIDEST];
        let mut count = 0;
        for (place, cell) in cells.iter_mut().zip(given) {
            *place = cell;
            count += 1;
        }
        StoredRow {
            table,
            cells,
            given: count,
            at: 0,
            names,
        }
    }

    pub(crate) fn table(&self) -> Table {
        self.table
    }

    pub(crate) fn given(&self) -> &[Stored<'a>] {
        self.cells.get(..self.given).unwrap_or_default()
    }

    /// The refusal of this row.
    pub(crate) fn odd(&self, what: impl std::fmt::Display) -> OddRow {
        let layout = self.table.layout();
        let key: Vec<String> = self
            .cells
            .iter()
            .take(layout.key)
            .map(Stored::to_string)
            .collect();
        OddRow(format!("{} {}: {what}", layout.name, key.join(":")))
    }

    fn next(&mut self) -> Stored<'a> {
        let cell = self.cells.get(self.at).copied().unwrap_or(Stored::Null);
        self.at += 1;
        cell
    }

    /// The refusal of the column read last.
    fn wrong(&self, cell: Stored<'_>) -> OddRow {
        let columns = self.table.layout().columns;
        let name = self.at.checked_sub(1).and_then(|at| columns.get(at));
        let shown = match cell {
            Stored::Null => "nothing".to_string(),
            Stored::Text(_) => {
                let start: String = cell.to_string().chars().take(40).collect();
                format!("'{start}'")
            }
            number => number.to_string(),
        };
        self.odd(format_args!("{} holds {shown}", name.unwrap_or(&"?")))
    }

    pub(crate) fn wrong_int(&self, number: i64) -> OddRow {
        self.wrong(Stored::Int(number))
    }

    pub(crate) fn wrong_text(&self, text: &str) -> OddRow {
        self.wrong(Stored::Text(text.as_bytes()))
    }

    /// Steps over the columns of a value that is not known; false when it is known.
    pub(crate) fn skip_unknown(&mut self, width: usize) -> Result<bool, OddRow> {
        let columns = self.cells.iter().skip(self.at);
        let mut columns = columns.chain(std::iter::repeat(&Stored::Null)).take(width);
        if columns.next() != Some(&Stored::Null) {
            return Ok(false);
        }
        if columns.any(|cell| *cell != Stored::Null) {
            return Err(self.odd("an offset without its instant"));
        }
        self.at += width;
        Ok(true)
    }

    /// A whole number that fits its type and lies in `range`.
    pub(crate) fn int<T: TryFrom<i64>>(
        &mut self,
        range: impl RangeBounds<i64>,
    ) -> Result<T, OddRow> {
        match self.next() {
            Stored::Int(number) if range.contains(&number) => {
                T::try_from(number).map_err(|_| self.wrong_int(number))
            }
            other => Err(self.wrong(other)),
        }
    }

    pub(crate) fn real(&mut self) -> Result<f64, OddRow> {
        match self.next() {
            Stored::Real(number) if number.is_finite() => Ok(number),
            other => Err(self.wrong(other)),
        }
    }

    /// A number that is kept as a whole one where it is one.
    pub(crate) fn int_or_real(&mut self) -> Result<f64, OddRow> {
        match self.next() {
            Stored::Int(number) => Ok(number as f64),
            Stored::Real(number) if number.fract() != 0.0 => Ok(number),
            other => Err(self.wrong(other)),
        }
    }

    pub(crate) fn str(&mut self) -> Result<&'a str, OddRow> {
        match self.next() {
            Stored::Text(text) => {
                std::str::from_utf8(text).map_err(|_| self.wrong(Stored::Text(text)))
            }
            other => Err(self.wrong(other)),
        }
    }

    /// Text that other rows have, too.
    pub(crate) fn shared(&mut self) -> Result<Arc<str>, OddRow> {
        let text = self.str()?;
        Ok(self.names.shared(text))
    }

    pub(crate) fn date(&mut self) -> Result<NaiveDate, OddRow> {
        let text = self.str()?;
        read_date(text.as_bytes()).ok_or_else(|| self.wrong_text(text))
    }

    pub(crate) fn instant(&mut self) -> Result<DateTime<Utc>, OddRow> {
        let seconds = self.int(..)?;
        DateTime::from_timestamp(seconds, 0).ok_or_else(|| self.wrong_int(seconds))
    }
}

/// `YYYY-MM-DD`, and nothing else.
pub(crate) fn read_date(text: &[u8]) -> Option<NaiveDate> {
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

/// The cells of one row of a file, each understood or refused. `None` is a cell that says nothing, or is absent.
pub(crate) trait Cells {
    type Error;

    fn whole<N: TryFrom<i64>>(
        &self,
        column: &'static str,
        least: i64,
        most: i64,
    ) -> Result<Option<N>, Self::Error>;
    fn number(
        &self,
        column: &'static str,
        least: f64,
        most: f64,
    ) -> Result<Option<f64>, Self::Error>;
    /// Pain, 0 to 10 in steps of a half.
    fn pain(&self, column: &'static str) -> Result<Option<Pain>, Self::Error>;
    fn flag(&self, column: &'static str) -> Result<Option<bool>, Self::Error>;
    fn text(&self, column: &'static str) -> Result<Option<String>, Self::Error>;
    /// One trimmed line.
    fn name(&self, column: &'static str) -> Result<Option<String>, Self::Error>;
    fn word<W: Word>(&self, column: &'static str) -> Result<Option<W>, Self::Error>;
    /// Relief actions joined by `;`.
    fn relief(&self, column: &'static str) -> Result<Option<Vec<Relief>>, Self::Error>;
    fn date(&self, column: &'static str, future: bool) -> Result<Option<NaiveDate>, Self::Error>;
    /// An instant, its zone named in another column; `soon` lets it lie in the night to come.
    fn clock(
        &self,
        column: &'static str,
        zone: &'static str,
        soon: bool,
    ) -> Result<Option<ClockTime>, Self::Error>;
    fn written_at(&self, column: &'static str) -> Result<Option<DateTime<Utc>>, Self::Error>;
    fn source(&self, column: &'static str) -> Result<Option<Source>, Self::Error>;
    /// The error of a cell that must not be empty.
    fn missing(&self, column: &'static str) -> Self::Error;
}
