//! The history of Home Assistant as its page exports it: `entity_id,state,last_changed`, changes only, no unit.
//!
//! Layout seen in exports of 2024 to 2026: old rows are means of an hour, later ones single changes, now and then out of
//! order; times as `2026-04-24T08:00:00.000Z`, with `+00:00`, or without fractions.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use csv::ReaderBuilder;

use crate::import::format::{Format, Sure};
use crate::import::gathered::Gathered;
use crate::import::given::{FileKind, Given};
use crate::import::thermometer::Degrees;
use crate::import::wanted::{Stop, Wanted};

pub(super) struct HomeAssistantCsv;

/// States that say that nothing is known.
pub(super) const KNOWS_NOTHING: [&str; 3] = ["unavailable", "unknown", ""];
/// A value stands at most this long where the file does not show whether the recorder ran.
pub(super) const HOLD: Duration = Duration::hours(3);
/// Sensors that are named in a message.
const NAMED: usize = 20;

impl Format for HomeAssistantCsv {
    fn name(&self) -> &'static str {
        "home-assistant-csv"
    }

    fn recognise(&self, given: &Given) -> Option<Sure> {
        let head = given.head();
        let header = head.lines().next()?.replace('"', "");
        let is = given.kind == FileKind::Text && header.trim() == "entity_id,state,last_changed";
        is.then_some(Sure::Certain)
    }

    fn read(&self, given: &Given, wanted: &Wanted, out: &mut Gathered<'_>) -> Result<(), Stop> {
        let degrees = Degrees::asked(wanted);
        let zone = wanted.lived_in().clone();
        out.room.hold = Some(HOLD);
        let mut names: BTreeSet<String> = BTreeSet::new();
        given.stream(|from| {
            let mut rows = ReaderBuilder::new().flexible(true).from_reader(from);
            let mut record = csv::StringRecord::new();
            while rows
                .read_record(&mut record)
                .map_err(|e| Stop::new(e.to_string()))?
            {
                out.rows += 1;
                let line = record.position().map_or(0, csv::Position::line);
                let cell = |at: usize| record.get(at).unwrap_or_default().trim();
                let (name, said, time) = (cell(0), cell(1), cell(2));
                let asked = wanted.entity.as_deref() == Some(name);
                if (asked || names.len() < NAMED) && !names.contains(name) {
                    names.insert(name.to_string());
                }
                let one = names.len() == 1;
                if wanted
                    .entity
                    .as_deref()
                    .map_or(!one, |entity| entity != name)
                {
                    continue;
                }
                let Ok(degrees) = &degrees else { continue };
                let Ok(at) = DateTime::parse_from_rfc3339(time) else {
                    out.refuse(line, "last_changed", time, "not a time");
                    continue;
                };
                let at = at.with_timezone(&Utc);
                if KNOWS_NOTHING.contains(&said) {
                    let _unknown = out.room.silence(at, &zone);
                    continue;
                }
                match said.parse::<f64>() {
                    Ok(value) if value.is_finite() => {
                        out.room_sample(line, at, &zone, degrees.celsius(value), said);
                    }
                    _ => out.refuse(line, "state", said, "not a temperature"),
                }
            }
            Ok(())
        })?;
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let name = choose(wanted, &names)?;
        degrees?;
        out.sensor(name)
    }
}

/// The sensor to read: the one asked for, or the only one.
///
/// # Errors
/// There is none, or several and none was asked for.
pub(super) fn choose<'n>(wanted: &Wanted, names: &[&'n str]) -> Result<&'n str, Stop> {
    let shown = names
        .iter()
        .take(NAMED)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    match (&wanted.entity, names) {
        (_, []) => Err(Stop::new("it holds no sensor of temperature")),
        (None, [only]) => Ok(only),
        (None, _) => Err(Stop::with(
            format!("it holds several sensors: {shown}"),
            "say which hangs in the bedroom: --entity NAME",
        )),
        (Some(asked), _) => names
            .iter()
            .find(|name| *name == asked)
            .copied()
            .ok_or_else(|| {
                Stop::with(
                    format!("it holds no temperature of {asked}"),
                    format!("its sensors are {shown}"),
                )
            }),
    }
}
