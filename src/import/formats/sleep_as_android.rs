//! Sleep as Android, `sleep-export.csv`, alone or in its archive.
//!
//! Rests on the app's page for developers about its CSV file and on exports of 2020. Each record brings its own header;
//! `Id` is when it began, in milliseconds since 1970, and `From` only what a clock showed. Rows behind a record without an
//! `Id` are noise. The comment, with its tags, is not read.

use chrono::{DateTime, Duration};
use csv::ReaderBuilder;

use crate::diary::Zone;
use crate::import::format::{Format, Sure};
use crate::import::gathered::Gathered;
use crate::import::given::{FileKind, Given};
use crate::import::nightly::sleep::Stage;
use crate::import::wanted::{Stop, Wanted};

pub(super) struct SleepAsAndroid;

/// What is shorter was a test of the app, minutes.
const SHORTEST: f64 = 10.0;

impl Format for SleepAsAndroid {
    fn name(&self) -> &'static str {
        "sleep-as-android"
    }

    fn recognise(&self, given: &Given) -> Option<Sure> {
        let is =
            given.kind == FileKind::Text && given.head().starts_with("Id,Tz,From,To,Sched,Hours");
        is.then_some(Sure::Certain)
    }

    fn read(&self, given: &Given, wanted: &Wanted, out: &mut Gathered<'_>) -> Result<(), Stop> {
        given.stream(|from| {
            let mut rows = ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(from);
            let mut names: Vec<String> = Vec::new();
            let mut record = csv::ByteRecord::new();
            while rows
                .read_byte_record(&mut record)
                .map_err(|e| Stop::new(e.to_string()))?
            {
                let line = record.position().map_or(0, csv::Position::line);
                let cell = |at: usize| {
                    let bytes = record.get(at).unwrap_or_default();
                    std::str::from_utf8(bytes).unwrap_or("\u{fffd}").trim()
                };
                match cell(0) {
                    "Id" => names = (0..record.len()).map(|at| cell(at).to_string()).collect(),
                    "" => {}
                    id => {
                        out.rows += 1;
                        let named = |name: &str| names.iter().position(|n| n == name).map(cell);
                        let number = |name| named(name).and_then(|said| said.parse::<f64>().ok());
                        let (hours, adjusted) = (number("Hours"), number("LenAdjust"));
                        let zone = named("Tz").and_then(Zone::named);
                        let taken = take(out, wanted, id, zone, hours, adjusted);
                        if let Err(reason) = taken {
                            out.refuse(line, "Id", id, reason);
                        }
                    }
                }
            }
            Ok(())
        })
    }
}

fn take(
    out: &mut Gathered<'_>,
    wanted: &Wanted,
    id: &str,
    zone: Option<Zone>,
    hours: Option<f64>,
    adjusted: Option<f64>,
) -> Result<(), &'static str> {
    let began = id.parse().ok().and_then(DateTime::from_timestamp_millis);
    let began = began.ok_or("not a time in milliseconds")?;
    let zone = zone.ok_or("it names no zone")?;
    let hours = hours.filter(|hours| (0.0..=24.0).contains(hours));
    let hours = hours.ok_or("it does not say how long it lasted")?;
    if hours * 60.0 < SHORTEST {
        return Ok(());
    }
    if began > wanted.now {
        return Err("it lies in the future");
    }
    let ended = began + Duration::seconds((hours * 3_600.0).round() as i64);
    // minutes that were awake; exactly −1 says that nothing was adjusted
    let adjusted = adjusted.filter(|minutes| *minutes != -1.0);
    let asleep = (hours * 60.0 + adjusted.unwrap_or(0.0)).clamp(0.0, hours * 60.0);
    let stage = Stage::Whole(Some(asleep as f32));
    out.sleep.take(0, &zone, (began, ended), stage)
}
