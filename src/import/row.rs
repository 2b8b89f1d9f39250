//! One row, and the cells of it read as what they should be. Nothing is guessed: a cell is understood or refused.

use std::cell::Cell;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use csv::ByteRecord;

use crate::diary::factor::nearest_of;
use crate::diary::moment::ClockTime as Clock;
use crate::diary::night::Night;
use crate::diary::text::{LONGEST_TEXT, clean};
use crate::diary::{Word, Zone};
use crate::import::clock::{read_clock, written_at};
use crate::import::outcome::Bad;
use crate::import::sheet::{Extra, Sheet};

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
    pub(super) sheet: &'r Sheet<'r>,
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
        self.at(self.sheet.column(column)?)
    }

    /// The cell at a place found by [`Sheet::column`].
    pub(super) fn at(&self, place: usize) -> Option<&'r str> {
        // the whole file was found to be UTF-8 before it was cut into cells
        std::str::from_utf8(self.record.get(place)?).ok()
    }

    /// The cell as `diary.json` writes it in a key.
    pub(super) fn key_text(&self, column: &str) -> String {
        self.raw(column).unwrap_or_default().to_string()
    }

    /// The trimmed cell; `None` when empty or absent, which both mean unknown.
    fn said(&self, column: &'static str) -> Option<&str> {
        self.raw(column).map(str::trim).filter(|t| !t.is_empty())
    }

    /// Free words as written, without control characters, which could take over a terminal; line breaks become spaces.
    pub(super) fn text(&self, column: &'static str) -> Result<Option<String>, Bad> {
        match self.raw(column).filter(|t| !t.is_empty()) {
            Some(text) if text.len() > LONGEST => Err(Bad::cell(
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
    pub(super) fn name(&self, column: &'static str) -> Result<Option<String>, Bad> {
        match self.said(column) {
            Some(name) if name.len() > LONGEST_TEXT || name.contains(char::is_control) => {
                Err(Bad::cell(
                    column,
                    name,
                    format!("a name is one line of at most {LONGEST_TEXT} bytes"),
                ))
            }
            name => Ok(name.map(str::to_string)),
        }
    }

    /// A word of a closed set, in any case.
    pub(super) fn word<W: Word>(&self, column: &'static str) -> Result<Option<W>, Bad> {
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
            Bad::cell(column, said, reason)
        };
        found.map(Some).ok_or_else(refusal)
    }

    /// Yes or no: `1` or `0`; the words are understood, too.
    pub(super) fn flag(&self, column: &'static str) -> Result<Option<bool>, Bad> {
        match self.said(column) {
            None => Ok(None),
            Some(said) => yes_no(said)
                .map(Some)
                .ok_or_else(|| Bad::cell(column, said, "yes is 1, no is 0, unknown is empty")),
        }
    }

    /// A whole number within a range.
    pub(super) fn whole<N: TryFrom<i64>>(
        &self,
        column: &'static str,
        least: i64,
        most: i64,
    ) -> Result<Option<N>, Bad> {
        let Some(said) = self.said(column) else {
            return Ok(None);
        };
        // "3.0" is how a spreadsheet or data frame with unknown cells writes 3
        let digits = said.strip_suffix(".0").unwrap_or(said);
        let number = digits
            .parse::<i64>()
            .ok()
            .filter(|n| (least..=most).contains(n))
            .and_then(|n| N::try_from(n).ok());
        let refusal = || {
            let range = if most == i64::MAX {
                format!("{least} or more")
            } else {
                format!("from {least} to {most}")
            };
            Bad::cell(column, said, format!("a whole number {range} is needed"))
        };
        number.map(Some).ok_or_else(refusal)
    }

    /// A finite number within a range.
    pub(super) fn number(
        &self,
        column: &'static str,
        least: f64,
        most: f64,
    ) -> Result<Option<f64>, Bad> {
        let Some(said) = self.said(column) else {
            return Ok(None);
        };
        match decimal(said) {
            Ok(x) if (least..=most).contains(&x) => Ok(Some(x)),
            Ok(_) if most >= 1e300 && least == 0.0 => {
                Err(Bad::cell(column, said, "it cannot be negative"))
            }
            Ok(_) => Err(Bad::cell(
                column,
                said,
                format!("outside {least} to {most}"),
            )),
            Err(reason) => Err(Bad::cell(column, said, reason)),
        }
    }

    /// A date, not in the future.
    pub(super) fn past_date(
        &self,
        column: &'static str,
        place: &Place,
    ) -> Result<Option<NaiveDate>, Bad> {
        match self.date(column)? {
            Some(date) if date > place.latest_date() => Err(Bad::cell(
                column,
                &date.to_string(),
                "the date is in the future",
            )),
            date => Ok(date),
        }
    }

    /// A date.
    pub(super) fn date(&self, column: &'static str) -> Result<Option<NaiveDate>, Bad> {
        let Some(said) = self.said(column) else {
            return Ok(None);
        };
        let date = iso_date(said).ok_or_else(|| Bad::cell(column, said, NOT_A_DATE))?;
        Ok(Some(date))
    }

    /// A night, not in the future.
    pub(super) fn night(&self, column: &'static str, place: &Place) -> Result<Option<Night>, Bad> {
        Ok(self.past_date(column, place)?.map(Night::of_evening))
    }

    /// A cell that must not be empty.
    pub(super) fn needed<T>(column: &'static str, value: Option<T>) -> Result<T, Bad> {
        value.ok_or_else(|| Bad::cell(column, "", "it is needed"))
    }

    /// An instant, not in the future, with the zone named in another column.
    pub(super) fn clock(
        &self,
        column: &'static str,
        zone_column: &'static str,
        place: &Place,
    ) -> Result<Option<Clock>, Bad> {
        self.clock_until(column, zone_column, place, place.now)
    }

    /// An instant not after `latest`, with the zone named in another column.
    pub(super) fn clock_until(
        &self,
        column: &'static str,
        zone_column: &'static str,
        place: &Place,
        latest: DateTime<Utc>,
    ) -> Result<Option<Clock>, Bad> {
        let Some(said) = self.said(column) else {
            return Ok(None);
        };
        let named = self.said(zone_column);
        let zone = match named {
            Some(name) => Some(Zone::named(name).ok_or_else(|| {
                Bad::cell(
                    zone_column,
                    name,
                    "not a zone; write it like Europe/London or +02:00",
                )
            })?),
            None => None,
        };
        let read = read_clock(said, zone.as_ref(), place, latest);
        read.map(Some)
            .map_err(|reason| Bad::cell(column, said, reason))
    }

    /// When a record was written down, in whole seconds.
    pub(super) fn recorded_at(&self, place: &Place) -> Result<Option<DateTime<Utc>>, Bad> {
        let column = "recorded_at";
        match self.said(column) {
            Some(said) => written_at(said, place)
                .map(Some)
                .map_err(|reason| Bad::cell(column, said, reason)),
            None => Ok(None),
        }
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
    let bytes: &[u8; 10] = said.as_bytes().try_into().ok()?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *bytes else {
        return None;
    };
    let mut numbers = [0u32; 3];
    let groups: [&[u8]; 3] = [&[y1, y2, y3, y4], &[m1, m2], &[d1, d2]];
    for (number, digits) in numbers.iter_mut().zip(groups) {
        for digit in digits {
            *number = *number * 10 + char::from(*digit).to_digit(10)?;
        }
    }
    let [year, month, day] = numbers;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).filter(|date| sane(*date))
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
