//! Sleep of Fitbit as its site exports it: a line `Sleep`, a header, local times without a zone, numbers in quotes with
//! commas at the thousands.
//!
//! Rests on the columns that exports have had since 2016. The order of day and month follows the account and is not stated,
//! so only dates that begin with the year are taken.

use chrono::NaiveDateTime;
use csv::ReaderBuilder;

use crate::import::format::{Format, Sure};
use crate::import::gathered::Gathered;
use crate::import::given::{FileKind, Given};
use crate::import::nightly::sleep::Stage;
use crate::import::wanted::{Stop, Wanted};

pub(super) struct FitbitCsv;

impl Format for FitbitCsv {
    fn name(&self) -> &'static str {
        "fitbit-csv"
    }

    fn recognise(&self, given: &Given) -> Option<Sure> {
        let head = given.head();
        let header = head.lines().take(3).any(|line| {
            let line = line.replace('"', "");
            line.starts_with("Start Time,End Time,Minutes Asleep")
        });
        (given.kind == FileKind::Text && header).then_some(Sure::Certain)
    }

    fn read(&self, given: &Given, wanted: &Wanted, out: &mut Gathered<'_>) -> Result<(), Stop> {
        let zone = wanted.clock()?.clone();
        given.stream(|from| {
            let mut rows = ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(from);
            let mut record = csv::StringRecord::new();
            let mut begun = false;
            while rows
                .read_record(&mut record)
                .map_err(|e| Stop::new(e.to_string()))?
            {
                let line = record.position().map_or(0, csv::Position::line);
                let cell = |at: usize| record.get(at).unwrap_or_default().trim();
                if !begun || record.len() < 3 {
                    begun |= cell(0) == "Start Time";
                    continue;
                }
                out.rows += 1;
                let read = |said: &str| {
                    let plain = said.replace(' ', "").to_uppercase();
                    let local = NaiveDateTime::parse_from_str(&plain, "%Y-%m-%d%I:%M%p").ok()?;
                    Some(zone.resolve(local, wanted.now).0.utc)
                };
                // a cell may say N/A
                let asleep = cell(2).replace(',', "").parse::<f32>().ok();
                let taken = match read(cell(0)).zip(read(cell(1))) {
                    Some((from, _)) if from > wanted.now => Err("it lies in the future"),
                    Some(span) => out.sleep.take(0, &zone, span, Stage::Whole(asleep)),
                    None => Err("not two times that begin with the year; no other order is stated"),
                };
                if let Err(reason) = taken {
                    out.refuse(line, "Start Time", cell(0), reason);
                }
            }
            Ok(())
        })
    }
}
