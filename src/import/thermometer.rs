//! What the CSV files of thermometers have in common: a header somewhere near the top, a time and a temperature a row.

use std::borrow::Cow;

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use csv::{ByteRecord, ReaderBuilder};

use crate::diary::Zone;
use crate::diary::vocabulary::Certainty;
use crate::import::gathered::Gathered;
use crate::import::given::Given;
use crate::import::row::decimal;
use crate::import::wanted::{DateOrder, Stop, Wanted};

/// A unit of temperature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Degrees {
    Celsius,
    Fahrenheit,
}

impl Degrees {
    /// As a header, a database or a person writes it.
    pub(super) fn named(text: &str) -> Option<Degrees> {
        match text.trim().trim_start_matches('°') {
            "C" | "c" | "Celsius" | "celsius" => Some(Degrees::Celsius),
            "F" | "f" | "Fahrenheit" | "fahrenheit" => Some(Degrees::Fahrenheit),
            _ => None,
        }
    }

    pub(super) fn celsius(self, said: f64) -> f64 {
        match self {
            Degrees::Celsius => said,
            Degrees::Fahrenheit => (said - 32.0) / 1.8,
        }
    }

    /// The unit given with `--unit`, where a file does not state it.
    ///
    /// # Errors
    /// None was given, or it is no unit of temperature.
    pub(super) fn asked(wanted: &Wanted) -> Result<Degrees, Stop> {
        let way_out = "say what its temperatures are in: --unit C or --unit F";
        match &wanted.unit {
            Some(said) => Degrees::named(said)
                .ok_or_else(|| Stop::with(format!("'{said}' is no unit of temperature"), way_out)),
            None => Err(Stop::with(
                "it does not say the unit of its temperatures",
                way_out,
            )),
        }
    }
}

/// A header stands within this many lines.
const HEADER_WITHIN: usize = 10;
/// A file with more rows than this that cannot be taken is of another kind.
const MOST_REFUSED: usize = 10_000;

/// Cells that say that nothing was measured.
const NOTHING: [&str; 4] = ["", "-", "--", "N/A"];

/// Dates with the day or the month first, and a clock of 12 or of 24 hours behind them.
pub(super) const DAY_FIRST: &[&str] = &[
    "%d/%m/%Y %I:%M:%S %p",
    "%d/%m/%Y %I:%M %p",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
];
pub(super) const MONTH_FIRST: &[&str] = &[
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
];

/// How a time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeText {
    /// What a clock on the wall showed, in one of these forms.
    Local(&'static [&'static str]),
    /// The same as [`DAY_FIRST`] or [`MONTH_FIRST`]; which of them the file does not say.
    Open,
    /// Seconds since 1970.
    Seconds,
}

/// Where the columns of a file stand, by their names.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) time: usize,
    /// The clock, where it stands in a column of its own behind the date.
    pub(super) clock: Option<usize>,
    pub(super) form: TimeText,
    pub(super) temperature: Option<usize>,
    /// `None` where the header states no unit.
    pub(super) degrees: Option<Degrees>,
    /// The zone, where the header names it.
    pub(super) zone: Option<Zone>,
}

/// Reads every row of a file whose cells stand between `delimiter`s; `header` gives the columns, if a row is the header. Names
/// are given to it without white space around them. Where the header does not name the sensor, `--entity` does.
///
/// # Errors
/// There is no header, no temperature, no unit, no order of day and month, or no zone where one is needed.
pub(super) fn read_rows(
    delimiter: u8,
    header: fn(&[&str]) -> Option<Columns>,
    given: &Given,
    out: &mut Gathered<'_>,
) -> Result<(), Stop> {
    if let Some(name) = &out.wanted.entity {
        out.label(name);
    }
    given.stream(|from| {
        let mut rows = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(from);
        let mut known: Option<(Columns, Degrees, Wall)> = None;
        let mut record = ByteRecord::new();
        let mut before = 0;
        while rows.read_byte_record(&mut record).map_err(cannot_read)? {
            let Some((columns, degrees, wall)) = &mut known else {
                before += 1;
                let cells = record.iter().map(text).collect::<Vec<_>>();
                if let Some(columns) = header(&cells) {
                    known = Some(ready(columns, &cells, out.wanted)?);
                } else if before > HEADER_WITHIN {
                    return Err(no_header());
                }
                continue;
            };
            out.rows += 1;
            let line = record.position().map_or(0, csv::Position::line);
            let cell = |at: usize| record.get(at).map(text).unwrap_or_default();
            let mut said = Cow::from(cell(columns.time));
            if let Some(clock) = columns.clock {
                said = format!("{said} {}", cell(clock)).into();
            }
            let value = cell(columns.temperature.unwrap_or_default());
            let Some(at) = wall.read(columns.form, &said) else {
                let reason = match columns.form {
                    TimeText::Local(DAY_FIRST) => "not a time with the day first",
                    TimeText::Local(MONTH_FIRST) => "not a time with the month first",
                    _ => "not a time",
                };
                out.refuse(line, "time", &said, reason);
                stop_at(out)?;
                continue;
            };
            match decimal(value).map(|value| degrees.celsius(value)) {
                Ok(celsius) => out.room_sample(line, at, &wall.zone, celsius, value),
                Err(_) if NOTHING.contains(&value) => {}
                Err(reason) => out.refuse(line, "temperature", value, reason),
            }
            stop_at(out)?;
        }
        known.map(|_| ()).ok_or_else(no_header)
    })
}

/// What the rows are read with, once the header is known.
fn ready(
    columns: Columns,
    names: &[&str],
    wanted: &Wanted,
) -> Result<(Columns, Degrees, Wall), Stop> {
    if columns.temperature.is_none() {
        let found = names.join(", ");
        return Err(Stop::new(format!(
            "none of its columns is a temperature: {found}"
        )));
    }
    let form = match (columns.form, wanted.order) {
        (TimeText::Open, Some(DateOrder::DayFirst)) => TimeText::Local(DAY_FIRST),
        (TimeText::Open, Some(DateOrder::MonthFirst)) => TimeText::Local(MONTH_FIRST),
        (TimeText::Open, None) => {
            return Err(Stop::with(
                "it does not say whether the day or the month comes first",
                "say which: --date-order dmy or --date-order mdy",
            ));
        }
        (stated, _) => stated,
    };
    let degrees = columns.degrees.map_or_else(|| Degrees::asked(wanted), Ok)?;
    let zone = match (&columns.zone, form) {
        (Some(zone), _) => zone.clone(),
        (None, TimeText::Seconds) => wanted.lived_in().clone(),
        (None, TimeText::Local(_) | TimeText::Open) => wanted.clock()?.clone(),
    };
    let columns = Columns { form, ..columns };
    let wall = Wall {
        zone,
        last: None,
        falling: false,
    };
    Ok((columns, degrees, wall))
}

/// A clock on the wall, read row after row: an hour it showed twice is told apart by the order of the rows.
struct Wall {
    zone: Zone,
    last: Option<DateTime<Utc>>,
    /// The newest row stands first.
    falling: bool,
}

impl Wall {
    fn read(&mut self, form: TimeText, said: &str) -> Option<DateTime<Utc>> {
        let at = match form {
            TimeText::Open => return None,
            TimeText::Seconds => DateTime::from_timestamp(said.parse().ok()?, 0)?,
            TimeText::Local(forms) => {
                // phones put narrow and unbreakable spaces before AM and PM
                let plain = said.replace(['\u{202f}', '\u{a0}'], " ");
                let mut read = forms.iter();
                self.instant(read.find_map(|f| NaiveDateTime::parse_from_str(&plain, f).ok())?)
            }
        };
        if let Some(last) = self.last.filter(|last| *last != at) {
            self.falling = at < last;
        }
        self.last = Some(at);
        Some(at)
    }

    fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        let (first, certainty) = self.zone.resolve(local, DateTime::<Utc>::MIN_UTC);
        if certainty != Certainty::RepeatedHour {
            return first.utc;
        }
        let mut later = [60, 30]
            .into_iter()
            .map(|minutes| self.zone.moment(first.utc + Duration::minutes(minutes)));
        let second = later.find(|later| later.local() == local);
        match (self.last, second) {
            (Some(last), Some(second)) if !self.falling && first.utc < last => second.utc,
            (Some(last), Some(second)) if self.falling && second.utc < last => second.utc,
            _ => first.utc,
        }
    }
}

fn text(cell: &[u8]) -> &str {
    std::str::from_utf8(cell).unwrap_or("\u{fffd}").trim()
}

/// What stands in the brackets of a name.
pub(super) fn in_brackets(name: &str) -> Option<&str> {
    let (_, rest) = name.split_once('(')?;
    rest.strip_suffix(')')
}

fn no_header() -> Stop {
    Stop::new("it has no header that names its columns")
}

fn cannot_read(error: csv::Error) -> Stop {
    Stop::new(error.to_string())
}

/// Stops where so many rows cannot be taken that the file is something else.
fn stop_at(out: &Gathered<'_>) -> Result<(), Stop> {
    match out.refused() {
        [first, rest @ ..] if rest.len() >= MOST_REFUSED => Err(Stop::new(format!(
            "more than {MOST_REFUSED} of its rows cannot be taken, the first of them {first}"
        ))),
        _ => Ok(()),
    }
}

impl Gathered<'_> {
    /// A sample of the bedroom's temperature, lived in `zone`; one that cannot be is refused.
    pub(super) fn room_sample(
        &mut self,
        line: u64,
        at: DateTime<Utc>,
        zone: &Zone,
        celsius: f64,
        said: impl std::fmt::Display,
    ) {
        if at > self.wanted.now {
            let shown = zone.moment(at).local().to_string();
            self.refuse(line, "time", &shown, "it lies in the future");
        } else if let Err(reason) = self.room.take(at, zone, celsius) {
            self.refuse(line, "temperature", &said.to_string(), reason);
        }
    }
}
