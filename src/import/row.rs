//! One row, and the cells of it read as what they should be. Nothing is guessed: a cell is understood or refused.

use std::cell::Cell;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Utc};
use csv::ByteRecord;

use crate::diary::cell::Cells;
use crate::diary::moment::ClockTime;
use crate::diary::pain::Pain;
use crate::diary::typed::nearest_of;
use crate::diary::typed::{LONGEST_TEXT, clean};
use crate::diary::vocabulary::{Certainty, Relief};
use crate::diary::{Moment, Source, Word, Zone};
use crate::import::outcome::CellError;

/// What `diary.json` adds to a row: column and text.
pub(super) type Extra = Vec<(&'static str, String)>;

/// The longest text a cell may hold, bytes: more than the program itself takes, a line of several words included.
const LONGEST: usize = 16 * LONGEST_TEXT;

/// When and where the import happens.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) now: DateTime<Utc>,
    pub(super) zone: Zone,
}

impl Place {
    /// The latest date any clock on earth shows: a diary kept further east is not from the future.
    pub(super) fn latest_date(&self) -> NaiveDate {
        (self.now + chrono::Duration::hours(14)).date_naive()
    }
}

/// One row of a sheet.
#[derive(Debug)]
pub(super) struct Row<'r> {
    pub(super) line: u64,
    pub(super) record: &'r ByteRecord,
    /// Where each known column stands.
    pub(super) columns: &'r [(&'static str, usize)],
    pub(super) place: &'r Place,
    pub(super) extra: Extra,
    /// Whether a text had control characters in it.
    pub(super) cleaned: Cell<bool>,
}

impl<'r> Row<'r> {
    /// The cell as it stands; `None` when the column is absent.
    pub(super) fn raw(&self, column: &str) -> Option<&str> {
        if let Some((_, text)) = self.extra.iter().find(|(name, _)| *name == column) {
            return Some(text);
        }
        let (_, at) = self.columns.iter().find(|(name, _)| *name == column)?;
        // the whole file was found to be UTF-8 before it was cut into cells
        std::str::from_utf8(self.record.get(*at)?).ok()
    }

    /// The trimmed cell; `None` when empty or absent, which both mean unknown.
    pub(super) fn said(&self, column: &str) -> Option<&str> {
        self.raw(column).map(str::trim).filter(|t| !t.is_empty())
    }

    /// The cell as `read` understands it; a reason it gives is that of the cell.
    fn read<T, E: Into<String>>(
        &self,
        column: &'static str,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<Option<T>, CellError> {
        let cell = |said| read(said).map_err(|reason| CellError::cell(column, said, reason));
        self.said(column).map(cell).transpose()
    }
}

impl Cells for Row<'_> {
    type Error = CellError;

    /// Free words as written, without control characters, which could take over a terminal; line breaks become spaces.
    fn text(&self, column: &'static str) -> Result<Option<String>, CellError> {
        match self.raw(column).filter(|t| !t.is_empty()) {
            Some(text) if text.len() > LONGEST => Err(CellError::cell(
                column,
                text,
                format!("{} bytes of text; at most {LONGEST} are kept", text.len()),
            )),
            Some(text) if text.contains(char::is_control) => {
                self.cleaned.set(true);
                Ok(Some(clean(text)).filter(|t| !t.is_empty()))
            }
            text => Ok(text.map(str::to_string)),
        }
    }

    /// A short name: trimmed text on one line.
    fn name(&self, column: &'static str) -> Result<Option<String>, CellError> {
        match self.said(column) {
            Some(name) if name.len() > LONGEST_TEXT || name.contains(char::is_control) => {
                Err(CellError::cell(
                    column,
                    name,
                    format!("a name is one line of at most {LONGEST_TEXT} bytes"),
                ))
            }
            name => Ok(name.map(str::to_string)),
        }
    }

    /// A word of a closed set, in any case.
    fn word<W: Word>(&self, column: &'static str) -> Result<Option<W>, CellError> {
        let Some(said) = self.said(column) else {
            return Ok(None);
        };
        let found = W::ALL
            .iter()
            .find(|w| w.word().eq_ignore_ascii_case(said))
            .copied();
        let refusal = || {
            let said: &str = said.get(..60).unwrap_or(said);
            let accepted: Vec<&str> = W::ALL.iter().map(|w| w.word()).collect();
            let nearest = nearest_of(&said.to_lowercase(), accepted.iter().copied());
            let mut reason = format!("no such {}", W::NAME);
            match nearest {
                Some(near) => reason.push_str(&format!("; did you mean '{near}'?")),
                None if accepted.len() <= 16 => {
                    reason.push_str(&format!("; accepted: {}", accepted.join(" ")));
                }
                None => {}
            }
            CellError::cell(column, said, reason)
        };
        found.map(Some).ok_or_else(refusal)
    }

    /// Yes or no: `1` or `0`; the words are understood, too.
    fn flag(&self, column: &'static str) -> Result<Option<bool>, CellError> {
        self.read(column, |said| {
            yes_no(said).ok_or("yes is 1, no is 0, unknown is empty")
        })
    }

    /// A whole number within a range.
    fn whole<N: TryFrom<i64>>(
        &self,
        column: &'static str,
        least: i64,
        most: i64,
    ) -> Result<Option<N>, CellError> {
        self.read(column, |said| {
            // "3.0" is how a spreadsheet or data frame with unknown cells writes 3
            let number = said.strip_suffix(".0").unwrap_or(said).parse::<i64>().ok();
            let within = number.filter(|n| (least..=most).contains(n));
            let range = match most {
                i64::MAX => format!("{least} or more"),
                _ => format!("from {least} to {most}"),
            };
            within
                .and_then(|n| N::try_from(n).ok())
                .ok_or_else(|| format!("a whole number {range} is needed"))
        })
    }

    /// A finite number within a range.
    fn number(
        &self,
        column: &'static str,
        least: f64,
        most: f64,
    ) -> Result<Option<f64>, CellError> {
        self.read(column, |said| match decimal(said)? {
            x if (least..=most).contains(&x) => Ok(x),
            _ if most >= 1e300 && least == 0.0 => Err("it cannot be negative".to_string()),
            _ => Err(format!("outside {least} to {most}")),
        })
    }

    fn pain(&self, column: &'static str) -> Result<Option<Pain>, CellError> {
        self.read(column, |said| {
            let pain = decimal(said).ok().and_then(Pain::of);
            pain.ok_or("a number from 0 to 10 in steps of a half is needed")
        })
    }

    fn date(&self, column: &'static str, future: bool) -> Result<Option<NaiveDate>, CellError> {
        self.read(column, |said| match iso_date(said).ok_or(NOT_A_DATE)? {
            date if !future && date > self.place.latest_date() => Err("the date is in the future"),
            date => Ok(date),
        })
    }

    fn clock(
        &self,
        column: &'static str,
        zone_column: &'static str,
        soon: bool,
    ) -> Result<Option<ClockTime>, CellError> {
        if self.said(column).is_none() {
            return Ok(None);
        }
        let zone = self.read(zone_column, |name| {
            Zone::named(name).ok_or("not a zone; write it like Europe/London or +02:00")
        })?;
        let latest = self.place.now + Days::new(u64::from(soon));
        self.read(column, |said| {
            read_clock(said, zone.as_ref(), self.place, latest)
        })
    }

    fn written_at(&self, column: &'static str) -> Result<Option<DateTime<Utc>>, CellError> {
        self.read(column, |said| written_at(said, self.place))
    }

    fn source(&self, column: &'static str) -> Result<Option<Source>, CellError> {
        let name = self.name(column)?;
        let read = |said: String| {
            said.parse::<Source>().map_err(|e| {
                let reason = format!("{e}; or one of them with a detail, as in import:watch");
                CellError::cell(column, &said, reason)
            })
        };
        name.map(read).transpose()
    }

    fn relief(&self, column: &'static str) -> Result<Option<Vec<Relief>>, CellError> {
        let Some(said) = self.text(column)? else {
            return Ok(None);
        };
        let mut done = Vec::new();
        for word in said.split(';').map(str::trim).filter(|w| !w.is_empty()) {
            let relief = Relief::ALL
                .iter()
                .find(|r| r.word().eq_ignore_ascii_case(word))
                .ok_or_else(|| {
                    let accepted: Vec<&str> = Relief::ALL.iter().map(|r| r.word()).collect();
                    let reason = format!("words between ';' are one of: {}", accepted.join(" "));
                    CellError::cell(column, word, reason)
                })?;
            done.push(*relief);
        }
        if done.len() > 1 && done.contains(&Relief::None) {
            return Err(CellError::cell(column, &said, "'none' stands alone"));
        }
        Ok(Some(done).filter(|done| !done.is_empty()))
    }

    fn missing(&self, column: &'static str) -> CellError {
        CellError::cell(column, "", "it is needed")
    }
}

/// What a date has to look like.
pub(super) const NOT_A_DATE: &str =
    "a date is written 2026-03-04 (year-month-day); the order of day and month is never guessed";

/// Years a diary of a living person can be about.
pub(super) fn sane(date: NaiveDate) -> bool {
    (1900..=9999).contains(&date.year())
}

/// Reads `2026-03-04` and nothing else, of a year from 1900 on.
pub(super) fn iso_date(said: &str) -> Option<NaiveDate> {
    let fits = |(at, byte): (usize, u8)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    let shaped = said.len() == 10 && said.bytes().enumerate().all(fits);
    let date = shaped.then(|| said.parse::<NaiveDate>().ok()).flatten();
    date.filter(|date| sane(*date))
}

/// Reads a finite number; the reason when it is none.
pub(super) fn decimal(said: &str) -> Result<f64, &'static str> {
    match said.parse::<f64>() {
        Ok(x) if x.is_finite() => Ok(x),
        Ok(_) => Err("not a number; unknown is an empty cell"),
        Err(_) if said.contains(',') => {
            Err("not a number; the decimal mark is a point, thousands are not separated")
        }
        Err(_) => Err("not a number"),
    }
}

/// Reads yes or no.
pub(super) fn yes_no(said: &str) -> Option<bool> {
    match said {
        "1" | "1.0" => Some(true),
        "0" | "0.0" => Some(false),
        _ if said.eq_ignore_ascii_case("yes") || said.eq_ignore_ascii_case("true") => Some(true),
        _ if said.eq_ignore_ascii_case("no") || said.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// What a time has to look like.
const NOT_A_TIME: &str = "a time is written 2026-03-04T03:10:00+00:00, or 2026-03-04 03:10";

/// Reads an instant not after `latest`; the reason when it cannot be. `zone` is the one named beside it.
pub(super) fn read_clock(
    said: &str,
    zone: Option<&Zone>,
    place: &Place,
    latest: DateTime<Utc>,
) -> Result<ClockTime, &'static str> {
    let name = zone.map(Zone::name);
    let clock = match Moment::parse(said, name.as_deref()) {
        Some(moment) => ClockTime {
            // the diary keeps whole seconds
            moment: Moment {
                utc: DateTime::from_timestamp(moment.utc.timestamp(), 0).unwrap_or(moment.utc),
                ..moment
            },
            certainty: Certainty::Exact,
            face: None,
            zone_given: zone.is_some(),
        },
        None => {
            let local = local_time(said).ok_or(NOT_A_TIME)?;
            let (moment, certainty) = zone.unwrap_or(&place.zone).resolve(local, place.now);
            ClockTime {
                moment,
                certainty,
                face: Some(local),
                zone_given: zone.is_some(),
            }
        }
    };
    if clock.moment.utc > latest {
        return Err("the time is in the future");
    }
    if !sane(clock.moment.local().date()) {
        return Err(NOT_A_TIME);
    }
    Ok(clock)
}

/// Reads when something was written down; the reason when it cannot be.
pub(super) fn written_at(said: &str, place: &Place) -> Result<DateTime<Utc>, &'static str> {
    let at = match DateTime::parse_from_rfc3339(said) {
        Ok(at) => at.with_timezone(&Utc),
        Err(_) => {
            let local = local_time(said).ok_or(NOT_A_TIME)?;
            place.zone.resolve(local, place.now).0.utc
        }
    };
    // another computer's clock may be a little ahead; a day is not a little
    if at > place.now + Days::new(1) {
        return Err("the time is in the future");
    }
    if !sane(at.date_naive()) {
        return Err(NOT_A_TIME);
    }
    DateTime::from_timestamp(at.timestamp(), 0).ok_or(NOT_A_TIME)
}

fn local_time(said: &str) -> Option<NaiveDateTime> {
    let shapes = [
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M",
    ];
    // the date strictly, so that 26-3-4 is not taken for the year 26
    iso_date(said.get(..10)?)?;
    shapes
        .iter()
        .find_map(|shape| NaiveDateTime::parse_from_str(said, shape).ok())
}
