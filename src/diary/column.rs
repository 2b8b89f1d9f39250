//! One field of a record as it is written down: in a row of the database, in a CSV file and in `diary.json`.
//!
//! Each type a record may be made of implements [`Column`] once, for all three forms. What differs from field to
//! field (the name of its column, its limits) stands in the field's own line of the record, as a [`Field`].

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat, Utc};

use crate::diary::cell::{Cell, Cells, OddRow, StoredRow};
use crate::diary::moment::Night;
use crate::diary::moment::Source;
use crate::diary::moment::{ClockTime, Moment};
use crate::diary::pain::Pain;
use crate::diary::table::{Field, Half, Limit};
use crate::diary::word::Word;

macro_rules! replaced {
    () => {
        fn amend(&mut self, given: &Self) {
            self.clone_from(given);
        }
    };
}
pub(crate) use replaced;

/// A type a field of a record may have, and how it is written down.
pub(crate) trait Column: Sized {
    /// What a cell of a file gives.
    type Given: Clone + PartialEq + std::fmt::Debug;
    /// How many columns of the database it takes.
    const WIDTH: usize = 1;
    /// Whether its (first) column holds real numbers; SQLite keeps whole ones as integers on the page.
    const REAL: bool = false;

    fn cell(&self) -> Cell<'_>;

    /// Adds its columns to a row of the database.
    fn write<'a>(&'a self, row: &mut Vec<Cell<'a>>) {
        row.push(self.cell());
    }

    /// Reads its columns, refusing whatever this program would not have written.
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow>;

    /// Adds its columns in one half of an export.
    fn export<'a>(value: Option<&'a Self>, field: &Field, half: Half, row: &mut Vec<Cell<'a>>) {
        if field.half == half {
            row.push(value.map_or(Cell::Null, Column::cell));
        }
    }

    /// Reads its cells in a file.
    fn import<C: Cells>(cells: &C, field: &Field) -> Result<Option<Self::Given>, C::Error>;

    /// Takes over what a file says.
    fn amend(&mut self, given: &Self::Given);
}

impl<T: Column<Given: Into<T>>> Column for Option<T> {
    type Given = T::Given;
    const WIDTH: usize = T::WIDTH;
    const REAL: bool = T::REAL;
    fn cell(&self) -> Cell<'_> {
        self.as_ref().map_or(Cell::Null, Column::cell)
    }
    fn write<'a>(&'a self, row: &mut Vec<Cell<'a>>) {
        match self {
            Some(value) => value.write(row),
            None => row.extend(std::iter::repeat_n(Cell::Null, T::WIDTH)),
        }
    }
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow> {
        if row.skip_unknown(T::WIDTH)? {
            return Ok(None);
        }
        T::read(row).map(Some)
    }
    fn export<'a>(value: Option<&'a Self>, field: &Field, half: Half, row: &mut Vec<Cell<'a>>) {
        T::export(value.and_then(Option::as_ref), field, half, row);
    }
    fn import<C: Cells>(cells: &C, field: &Field) -> Result<Option<Self::Given>, C::Error> {
        T::import(cells, field)
    }
    fn amend(&mut self, given: &Self::Given) {
        match self {
            Some(value) => value.amend(given),
            None => *self = Some(given.clone().into()),
        }
    }
}

/// The number of a record, from 1.
impl Column for i64 {
    type Given = i64;
    fn cell(&self) -> Cell<'_> {
        Cell::Int(*self)
    }
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow> {
        row.int(1..)
    }
    fn import<C: Cells>(cells: &C, field: &Field) -> Result<Option<i64>, C::Error> {
        cells.whole(field.name, 1, i64::MAX)
    }
    /// A record keeps the number it has.
    fn amend(&mut self, _given: &i64) {}
}

/// Pain: a whole number where it is one, so that rows written before there were halves keep their checksum.
impl Column for Pain {
    type Given = Pain;
    fn cell(&self) -> Cell<'_> {
        match self.whole() {
            Some(whole) => Cell::Int(i64::from(whole)),
            None => Cell::Real(self.score()),
        }
    }
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow> {
        let score = row.int_or_real()?;
        Pain::of(score).ok_or_else(|| row.odd(format_args!("severity holds {score}")))
    }
    fn import<C: Cells>(cells: &C, field: &Field) -> Result<Option<Pain>, C::Error> {
        cells.pain(field.name)
    }
    replaced!();
}

/// A scale from 0 to 10.
impl Column for u8 {
    type Given = u8;
    fn cell(&self) -> Cell<'_> {
        Cell::Int(i64::from(*self))
    }
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow> {
        row.int(0..=10)
    }
    fn import<C: Cells>(cells: &C, field: &Field) -> Result<Option<u8>, C::Error> {
        cells.whole(field.name, 0, 10)
    }
    replaced!();
}

impl Column for u32 {
    type Given = u32;
    fn cell(&self) -> Cell<'_> {
        Cell::Int(i64::from(*self))
    }
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow> {
        row.int(..)
    }
    fn import<C: Cells>(cells: &C, field: &Field) -> Result<Option<u32>, C::Error> {
        match field.limit {
            Limit::Whole(least, most) => cells.whole(field.name, least, most),
            _ => cells.whole(field.name, 0, i64::from(u32::MAX)),
        }
    }
    replaced!();
}

impl Column for bool {
    type Given = bool;
    fn cell(&self) -> Cell<'_> {
        Cell::Flag(*self)
    }
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow> {
        row.int::<i64>(0..=1).map(|number| number == 1)
    }
    fn export<'a>(value: Option<&'a Self>, field: &Field, half: Half, row: &mut Vec<Cell<'a>>) {
        if field.half == half {
            let value = value.filter(|flag| **flag || !field.quiet);
            row.push(value.map_or(Cell::Null, Column::cell));
        }
    }
    fn import<C: Cells>(cells: &C, field: &Field) -> Result<Option<bool>, C::Error> {
        cells.flag(field.name)
    }
    replaced!();
}

impl Column for f64 {
    type Given = f64;
    const REAL: bool = true;
    /// SQLite keeps whole numbers as integers and so forgets the sign of zero; it is forgotten here, before
    /// the checksum is made.
    fn cell(&self) -> Cell<'_> {
        Cell::Real(if *self == 0.0 { 0.0 } else { *self })
    }
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow> {
        row.real()
    }
    fn import<C: Cells>(cells: &C, field: &Field) -> Result<Option<f64>, C::Error> {
        match field.limit {
            Limit::Real(least, most) => cells.number(field.name, least, most),
            _ => cells.number(field.name, f64::MIN, f64::MAX),
        }
    }
    replaced!();
}

fn text_or_name<C: Cells>(cells: &C, field: &Field) -> Result<Option<String>, C::Error> {
    match field.limit {
        Limit::Name => cells.name(field.name),
        _ => cells.text(field.name),
    }
}

impl Column for String {
    type Given = String;
    fn cell(&self) -> Cell<'_> {
        Cell::text(self)
    }
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow> {
        row.str().map(str::to_string)
    }
    fn import<C: Cells>(cells: &C, field: &Field) -> Result<Option<String>, C::Error> {
        text_or_name(cells, field)
    }
    replaced!();
}

/// A word that comes again and again, such as a factor or a unit.
impl Column for Arc<str> {
    type Given = Arc<str>;
    fn cell(&self) -> Cell<'_> {
        Cell::text(self)
    }
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow> {
        row.shared()
    }
    fn import<C: Cells>(cells: &C, field: &Field) -> Result<Option<Arc<str>>, C::Error> {
        Ok(text_or_name(cells, field)?.map(Arc::from))
    }
    replaced!();
}

/// A word of a closed vocabulary.
impl<W: Word + std::fmt::Debug> Column for W {
    type Given = W;
    fn cell(&self) -> Cell<'_> {
        Cell::text(self.word())
    }
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow> {
        let text = row.str()?;
        W::from_word(text).ok_or_else(|| row.wrong_text(text))
    }
    fn import<C: Cells>(cells: &C, field: &Field) -> Result<Option<W>, C::Error> {
        cells.word(field.name)
    }
    replaced!();
}

impl Column for NaiveDate {
    type Given = NaiveDate;
    fn cell(&self) -> Cell<'_> {
        Cell::date(*self)
    }
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow> {
        row.date()
    }
    fn import<C: Cells>(cells: &C, field: &Field) -> Result<Option<NaiveDate>, C::Error> {
        cells.date(field.name, field.limit == Limit::Future)
    }
    replaced!();
}

impl Column for Night {
    type Given = Night;
    fn cell(&self) -> Cell<'_> {
        Cell::date(self.date())
    }
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow> {
        row.date().map(Night::of_evening)
    }
    fn import<C: Cells>(cells: &C, field: &Field) -> Result<Option<Night>, C::Error> {
        let date = cells.date(field.name, field.limit == Limit::Future)?;
        Ok(date.map(Night::of_evening))
    }
    replaced!();
}

/// When a record was written down, in whole seconds.
impl Column for DateTime<Utc> {
    type Given = DateTime<Utc>;
    fn cell(&self) -> Cell<'_> {
        Cell::Text(self.to_rfc3339_opts(SecondsFormat::Secs, true).into())
    }
    fn write<'a>(&'a self, row: &mut Vec<Cell<'a>>) {
        row.push(Cell::Int(self.timestamp()));
    }
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow> {
        row.instant()
    }
    fn import<C: Cells>(cells: &C, field: &Field) -> Result<Option<Self>, C::Error> {
        cells.written_at(field.name)
    }
    /// A time that is the same to the second, which is all a file keeps, stays as it is.
    fn amend(&mut self, given: &Self) {
        if given.timestamp() != self.timestamp() {
            *self = *given;
        }
    }
}

/// An instant: in the database its UTC second, the offset and the zone; in an export RFC 3339 and the zone.
impl Column for Moment {
    type Given = ClockTime;
    const WIDTH: usize = 3;
    fn cell(&self) -> Cell<'_> {
        Cell::Text(self.rfc3339().into())
    }
    fn write<'a>(&'a self, row: &mut Vec<Cell<'a>>) {
        row.extend([
            Cell::Int(self.utc.timestamp()),
            Cell::Int(i64::from(self.offset.local_minus_utc())),
            Cell::text(&self.zone),
        ]);
    }
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow> {
        let utc = row.instant()?;
        let seconds: i32 = row.int(..)?;
        let offset = FixedOffset::east_opt(seconds);
        Ok(Moment {
            utc,
            offset: offset.ok_or_else(|| row.wrong_int(i64::from(seconds)))?,
            zone: row.shared()?,
        })
    }
    fn export<'a>(value: Option<&'a Self>, field: &Field, half: Half, row: &mut Vec<Cell<'a>>) {
        if field.half == half {
            row.push(value.map_or(Cell::Null, Column::cell));
        }
        if let Some((_, zone_half)) = field.zone.filter(|(_, of)| *of == half) {
            let adds = |at: &&Moment| zone_half == Half::Csv || *at.zone != *at.offset.to_string();
            row.push(
                value
                    .filter(adds)
                    .map_or(Cell::Null, |at| Cell::text(&at.zone)),
            );
        }
    }
    fn import<C: Cells>(cells: &C, field: &Field) -> Result<Option<ClockTime>, C::Error> {
        let zone = field.zone.map_or("zone", |(name, _)| name);
        cells.clock(field.name, zone, field.limit == Limit::Soon)
    }
    fn amend(&mut self, given: &ClockTime) {
        *self = given.settle(Some(self));
    }
}

impl Column for Source {
    type Given = Source;
    const WIDTH: usize = 2;
    fn cell(&self) -> Cell<'_> {
        match &self.detail {
            Some(_) => Cell::Text(self.to_string().into()),
            None => self.origin.cell(),
        }
    }
    fn write<'a>(&'a self, row: &mut Vec<Cell<'a>>) {
        self.origin.write(row);
        self.detail.write(row);
    }
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow> {
        Ok(Source {
            origin: Column::read(row)?,
            detail: Column::read(row)?,
        })
    }
    fn import<C: Cells>(cells: &C, field: &Field) -> Result<Option<Source>, C::Error> {
        cells.source(field.name)
    }
    replaced!();
}

/// The words of a choice: a JSON list in the database, joined by `;` in a file.
impl Column for Vec<String> {
    type Given = Vec<String>;
    fn cell(&self) -> Cell<'_> {
        Cell::Words(self.iter().map(String::as_str).collect())
    }
    fn write<'a>(&'a self, row: &mut Vec<Cell<'a>>) {
        let list = serde_json::Value::from(self.clone());
        row.push(Cell::Text(list.to_string().into()));
    }
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow> {
        let text = row.str()?;
        serde_json::from_str(text).map_err(|_| row.odd("choices is not a list of words"))
    }
    fn import<C: Cells>(cells: &C, field: &Field) -> Result<Option<Self>, C::Error> {
        let text = cells.text(field.name)?;
        Ok(text.map(|text| text.split(';').map(str::to_string).collect()))
    }
    replaced!();
}
