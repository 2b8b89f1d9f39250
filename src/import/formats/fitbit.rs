//! Sleep of Fitbit from Google Takeout: `sleep-YYYY-MM-DD.json`, some thirty days a file, local times without a zone.
//!
//! Rests on the fields of Fitbit's web interface for sleep, which the files repeat, and on exports of 2024. `mainSleep` and
//! `logType` can be missing; what is said to be no main sleep is a nap and left alone.

use chrono::NaiveDateTime;
use serde::Deserialize;

use crate::import::format::{Format, Sure};
use crate::import::gathered::Gathered;
use crate::import::given::{FileKind, Given};
use crate::import::nightly::sleep::Stage;
use crate::import::wanted::{Stop, Wanted};

pub(super) struct Fitbit;

/// A sleep, as far as it is read.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Log {
    start_time: String,
    end_time: String,
    minutes_asleep: Option<f32>,
    main_sleep: Option<bool>,
}

impl Format for Fitbit {
    fn name(&self) -> &'static str {
        "fitbit"
    }

    fn recognise(&self, given: &Given) -> Option<Sure> {
        let head = given.head();
        let is = given.kind == FileKind::Json
            && ["\"dateOfSleep\"", "\"startTime\"", "\"minutesAsleep\""]
                .iter()
                .all(|name| head.contains(name));
        is.then_some(Sure::Certain)
    }

    fn read(&self, given: &Given, wanted: &Wanted, out: &mut Gathered<'_>) -> Result<(), Stop> {
        let zone = wanted.clock()?.clone();
        let logs: Vec<Log> = given.stream(|from| {
            serde_json::from_reader(from).map_err(|error| {
                Stop::with(
                    format!("it is damaged or was cut off on its way: {error}"),
                    "export it again",
                )
            })
        })?;
        for (line, log) in (1..).zip(logs) {
            out.rows += 1;
            if log.main_sleep == Some(false) {
                continue;
            }
            let read = |said: &str| {
                let local = NaiveDateTime::parse_from_str(said, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
                Some(zone.resolve(local, wanted.now).0.utc)
            };
            let taken = match read(&log.start_time).zip(read(&log.end_time)) {
                Some((from, _)) if from > wanted.now => Err("it lies in the future"),
                Some(span) => out
                    .sleep
                    .take(0, &zone, span, Stage::Whole(log.minutes_asleep)),
                None => Err("not two times"),
            };
            if let Err(reason) = taken {
                out.refuse(line, "startTime", &log.start_time, reason);
            }
        }
        Ok(())
    }
}
