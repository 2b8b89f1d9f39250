//! The database of Home Assistant's recorder, `home-assistant_v2.db`.
//!
//! Layout of its recorder's `db_schema.py`, schema versions 41 to 53: `statistics` holds a row an hour for years,
//! `states` every change of the last days. All times are seconds since 1970. `states_meta.metadata_id` and
//! `statistics_meta.id` number different things and are never joined.

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension, Row};

use crate::import::foreign::Foreign;
use crate::import::format::{Format, Sure};
use crate::import::formats::home_assistant_csv::{HOLD, KNOWS_NOTHING, choose};
use crate::import::gathered::Gathered;
use crate::import::given::{FileKind, Given};
use crate::import::thermometer::Degrees;
use crate::import::wanted::{Stop, Wanted};

pub(super) struct HomeAssistant;

/// A value that stands for longer is said again each time this has passed.
const AGAIN: Duration = Duration::hours(1);

impl Format for HomeAssistant {
    fn name(&self) -> &'static str {
        "home-assistant"
    }

    fn recognise(&self, given: &Given) -> Option<Sure> {
        let its_name = || given.file_name().starts_with("home-assistant_v2");
        let its_tables = || {
            let head = given.head();
            ["statistics_meta", "states_meta"]
                .iter()
                .any(|table| head.contains(table))
        };
        match given.kind {
            FileKind::Sqlite if its_tables() => Some(Sure::Certain),
            FileKind::Sqlite if its_name() => Some(Sure::Likely),
            _ => None,
        }
    }

    fn read(&self, given: &Given, wanted: &Wanted, out: &mut Gathered<'_>) -> Result<(), Stop> {
        let file = Foreign::open(given)?;
        let mut sensors = of_statistics(&file)?;
        let of_states = of_states(&file)?;
        for (name, ..) in &of_states {
            if !sensors.iter().any(|s| s.name == *name) {
                sensors.push(Sensor::default_of(name));
            }
        }
        let names: Vec<&str> = sensors.iter().map(|s| s.name.as_str()).collect();
        let name = choose(wanted, &names)?.to_string();
        out.sensor(&name)?;
        out.room.hold = Some(AGAIN);
        let hours = sensors
            .iter()
            .find(|s| s.name == name)
            .and_then(|s| s.hours);
        if let Some((id, degrees)) = hours
            && read_hours(&file, id, degrees, out)? > 0
        {
            return Ok(());
        }
        match of_states.iter().find(|(state, ..)| *state == name) {
            Some((_, id, degrees)) => read_states(&file, *id, *degrees, out),
            None => Ok(()),
        }
    }
}

/// A sensor of temperature; `hours` is its number among the statistics and their unit.
#[derive(Debug)]
struct Sensor {
    name: String,
    hours: Option<(i64, Degrees)>,
}

impl Sensor {
    fn default_of(name: &str) -> Sensor {
        Sensor {
            name: name.to_string(),
            hours: None,
        }
    }
}

fn of_statistics(file: &Foreign) -> Result<Vec<Sensor>, Stop> {
    let hours = ["metadata_id", "start_ts", "mean", "min"];
    let meta = ["id", "statistic_id", "unit_of_measurement"];
    if !file.has("statistics", &hours)? || !file.has("statistics_meta", &meta)? {
        return Ok(Vec::new());
    }
    let mut rows = file.db.prepare(
        "SELECT id, statistic_id, coalesce(unit_of_measurement, '') FROM statistics_meta ORDER BY id",
    )?;
    let mut rows = rows.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, name, unit): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if let Some(degrees) = temperature(&unit) {
            out.push(Sensor {
                name,
                hours: Some((id, degrees)),
            });
        }
    }
    Ok(out)
}

/// The sensors of temperature among the states: name, number, unit as their last attributes state it.
fn of_states(file: &Foreign) -> Result<Vec<(String, i64, Degrees)>, Stop> {
    let states = ["metadata_id", "state", "last_updated_ts", "attributes_id"];
    let known = file.has("states", &states)?
        && file.has("states_meta", &["metadata_id", "entity_id"])?
        && file.has("state_attributes", &["attributes_id", "shared_attrs"])?;
    if !known {
        return Ok(Vec::new());
    }
    let mut rows = file.db.prepare(
        "SELECT metadata_id, entity_id FROM states_meta WHERE entity_id LIKE 'sensor.%' ORDER BY metadata_id",
    )?;
    let mut attributes = file.db.prepare(
        "SELECT a.shared_attrs FROM states s JOIN state_attributes a ON a.attributes_id = s.attributes_id
         WHERE s.metadata_id = ?1 AND a.shared_attrs LIKE '%unit_of_measurement%'
         ORDER BY s.last_updated_ts DESC LIMIT 1",
    )?;
    let mut rows = rows.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, name): (i64, String) = (row.get(0)?, row.get(1)?);
        let said: Option<String> = attributes.query_row([id], |row| row.get(0)).optional()?;
        let said = said.and_then(|said| serde_json::from_str::<serde_json::Value>(&said).ok());
        let unit = said
            .as_ref()
            .and_then(|said| said.get("unit_of_measurement")?.as_str());
        if let Some(degrees) = unit.and_then(temperature) {
            out.push((name, id, degrees));
        }
    }
    Ok(out)
}

fn temperature(unit: &str) -> Option<Degrees> {
    // without its sign it may be a farad or a coulomb
    unit.starts_with('°')
        .then(|| Degrees::named(unit))
        .flatten()
}

/// The coldest of each hour; gives how many hours there are.
fn read_hours(
    file: &Foreign,
    id: i64,
    degrees: Degrees,
    out: &mut Gathered<'_>,
) -> Result<usize, Stop> {
    let zone = out.wanted.lived_in().clone();
    let mut rows = file.db.prepare(
        "SELECT start_ts, coalesce(min, mean), rowid FROM statistics WHERE metadata_id = ?1 ORDER BY start_ts",
    )?;
    let mut rows = rows.query([id])?;
    out.table = "statistics";
    let mut hours = 0;
    while let Some(row) = rows.next()? {
        out.rows += 1;
        hours += 1;
        let id = number_of(row)?;
        let Some(at) = instant(row) else {
            out.refuse(id, "start_ts", "", "not a time");
            continue;
        };
        if let Some(said) = number(row.get_ref(1)?) {
            out.room_sample(id, at, &zone, degrees.celsius(said), said);
        }
    }
    Ok(hours)
}

/// Every change; a value stands until the next, as long as the recorder ran.
fn read_states(
    file: &Foreign,
    id: i64,
    degrees: Degrees,
    out: &mut Gathered<'_>,
) -> Result<(), Stop> {
    let zone = out.wanted.lived_in().clone();
    let runs = runs(file)?;
    let end = file
        .db
        .query_row("SELECT max(last_updated_ts) FROM states", [], |row| {
            Ok(instant(row))
        })?;
    let mut rows = file.db.prepare(
        "SELECT last_updated_ts, state, rowid FROM states WHERE metadata_id = ?1 ORDER BY last_updated_ts",
    )?;
    let mut rows = rows.query([id])?;
    out.table = "states";
    let mut standing: Option<(DateTime<Utc>, f64, String, u64)> = None;
    let stood =
        |out: &mut Gathered<'_>, (since, value, said, line): (_, f64, String, u64), next| {
            let until = stands_until(&runs, since, next);
            let mut again = since;
            while again < until {
                out.room_sample(line, again, &zone, degrees.celsius(value), &said);
                again += AGAIN;
            }
            let _unknown = out.room.silence(until, &zone);
        };
    while let Some(row) = rows.next()? {
        out.rows += 1;
        let line = number_of(row)?;
        let Some(at) = instant(row).filter(|at| *at <= out.wanted.now) else {
            out.refuse(line, "last_updated_ts", "", "not a time until now");
            continue;
        };
        if let Some(held) = standing.take() {
            stood(out, held, at);
        }
        let said: String = row.get(1)?;
        if !KNOWS_NOTHING.contains(&said.as_str()) {
            match said.parse::<f64>() {
                Ok(value) if value.is_finite() => standing = Some((at, value, said, line)),
                _ => out.refuse(line, "state", &said, "not a temperature"),
            }
        }
    }
    if let (Some(held), Some(end)) = (standing, end) {
        let end = end.min(out.wanted.now).max(held.0 + Duration::minutes(1));
        stood(out, held, end);
    }
    Ok(())
}

/// From when to when the recorder ran, and whether the end is when it stopped: after a crash it is the next start.
type Run = (DateTime<Utc>, Option<DateTime<Utc>>, bool);

fn runs(file: &Foreign) -> Result<Vec<Run>, Stop> {
    if !file.has("recorder_runs", &["start", "end", "closed_incorrect"])? {
        return Ok(Vec::new());
    }
    let mut rows = file.db.prepare(
        "SELECT start, \"end\", coalesce(closed_incorrect, 0) FROM recorder_runs ORDER BY start",
    )?;
    let read = |text: Option<String>| {
        let at = NaiveDateTime::parse_from_str(&text?, "%Y-%m-%d %H:%M:%S%.f").ok()?;
        Some(at.and_utc())
    };
    let mut rows = rows.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let crashed: i64 = row.get(2)?;
        if let Some(start) = read(row.get(0)?) {
            out.push((start, read(row.get(1)?), crashed == 0));
        }
    }
    Ok(out)
}

/// Until when a value said at `since` is known to have stood, at most until `next`.
fn stands_until(runs: &[Run], since: DateTime<Utc>, next: DateTime<Utc>) -> DateTime<Utc> {
    let run = runs.iter().rev().find(|(start, ..)| *start <= since);
    match run {
        Some((_, Some(end), true)) => next.min((*end).max(since)),
        Some((_, Some(end), false)) => next.min((*end).max(since)).min(since + HOLD),
        Some((_, None, _)) => next,
        None => next.min(since + HOLD),
    }
}

/// Seconds since 1970 in the first column.
fn instant(row: &Row<'_>) -> Option<DateTime<Utc>> {
    let seconds = number(row.get_ref(0).ok()?)?;
    DateTime::from_timestamp(seconds as i64, 0).filter(|at| *at >= DateTime::UNIX_EPOCH)
}

/// The number of a row in its table, in the third column.
fn number_of(row: &Row<'_>) -> Result<u64, Stop> {
    let id: i64 = row.get(2)?;
    Ok(id.unsigned_abs())
}

fn number(value: ValueRef<'_>) -> Option<f64> {
    match value {
        ValueRef::Real(number) => Some(number).filter(|n| n.is_finite()),
        ValueRef::Integer(number) => Some(number as f64),
        _ => None,
    }
}
