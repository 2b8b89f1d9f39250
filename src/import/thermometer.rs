//! What the CSV files of thermometers have in common: a header somewhere near the top, a time and a temperature a row.

use csv::{ByteRecord, ReaderBuilder};

use crate::diary::Moment;
use crate::diary::Zone;
use crate::import::gathered::Gathered;
use crate::import::given::Given;
use crate::import::row::decimal;
use crate::import::wanted::Stop;

/// The unit a header states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Degrees {
    Celsius,
    Fahrenheit,
}

impl Degrees {
    pub(super) fn celsius(self, said: f64) -> f64 {
        match self {
            Degrees::Celsius => said,
            Degrees::Fahrenheit => (said - 32.0) / 1.8,
        }
    }
}

/// A header stands within this many lines.
const HEADER_WITHIN: usize = 10;

/// How the file of one maker is laid out. Names are given without white space around them.
pub(super) struct Table {
    pub(super) delimiter: u8,
    /// Whether a row is the header.
    pub(super) header: fn(&[&str]) -> bool,
    /// The column of the time.
    pub(super) time: fn(&[&str]) -> Option<usize>,
    /// The column of the temperature, with the unit its name states.
    pub(super) temperature: fn(&[&str]) -> Option<(usize, Degrees)>,
}

impl Table {
    /// Reads every row; `moment` is given the names of the header and the text of a time, and answers with `None` where it
    /// is no time.
    ///
    /// # Errors
    /// There is no header, no column with a stated unit, or `moment` stops.
    pub(super) fn read(
        &self,
        given: &Given,
        out: &mut Gathered<'_>,
        mut moment: impl FnMut(&[String], &str) -> Option<Result<Moment, Stop>>,
    ) -> Result<(), Stop> {
        given.stream(|from| {
            let mut rows = ReaderBuilder::new()
                .delimiter(self.delimiter)
                .has_headers(false)
                .flexible(true)
                .from_reader(from);
            let mut columns: Option<(Vec<String>, usize, usize, Degrees)> = None;
            let mut record = ByteRecord::new();
            let mut before = 0;
            while rows.read_byte_record(&mut record).map_err(cannot_read)? {
                let line = record.position().map_or(0, csv::Position::line);
                let cells: Vec<&str> = record
                    .iter()
                    .map(|cell| std::str::from_utf8(cell).unwrap_or("\u{fffd}").trim())
                    .collect();
                let Some((names, time, temperature, degrees)) = &columns else {
                    before += 1;
                    if (self.header)(&cells) {
                        let time = (self.time)(&cells)
                            .ok_or_else(|| Stop::new("the header names no column for the time"))?;
                        let (temperature, degrees) = (self.temperature)(&cells).ok_or_else(|| {
                            let found = cells.join(", ");
                            Stop::new(format!(
                                "no column of the header is a temperature with its unit: {found}"
                            ))
                        })?;
                        let names = cells.iter().map(ToString::to_string).collect();
                        columns = Some((names, time, temperature, degrees));
                    } else if before > HEADER_WITHIN {
                        return Err(Stop::new("it has no header that names its columns"));
                    }
                    continue;
                };
                out.rows += 1;
                let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
                let (said, value) = (cell(*time), cell(*temperature));
                let Some(at) = moment(names, said).transpose()? else {
                    out.refuse(line, "time", said, "not a time");
                    continue;
                };
                match decimal(value).map(|value| degrees.celsius(value)) {
                    Ok(celsius) => out.room_sample(line, &at, celsius, value),
                    Err(_) if value.is_empty() => {}
                    Err(reason) => out.refuse(line, "temperature", value, reason),
                }
            }
            match columns {
                Some(_) => Ok(()),
                None => Err(Stop::new("it has no header that names its columns")),
            }
        })
    }
}

fn cannot_read(error: csv::Error) -> Stop {
    Stop::new(error.to_string())
}

impl Gathered<'_> {
    /// A sample of the bedroom's temperature; one that cannot be is refused.
    pub(super) fn room_sample(&mut self, line: u64, at: &Moment, celsius: f64, said: &str) {
        let zone = Zone::named(&at.zone).unwrap_or(Zone::Fixed(at.offset));
        if at.utc > self.wanted.now {
            self.refuse(
                line,
                "time",
                &at.local().to_string(),
                "it lies in the future",
            );
        } else if let Err(reason) = self.room.take(at.utc, &zone, celsius) {
            self.refuse(line, "temperature", said, reason);
        }
    }
}
