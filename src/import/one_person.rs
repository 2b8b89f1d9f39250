//! The tables of one person, however they come, as a diary: rows of an export, or the nights of a study, which have no
//! dates that mean anything, no texts and no factors of the person's own.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde_json::{Map, Value as Json, json};

use crate::diary::factor::{Catalogue, FactorDef};
use crate::diary::record::{ContextValue, Episode, NightRecord, SOME};
use crate::diary::table::MANIFEST;
use crate::diary::vocabulary::{FactorKind, Outcome};
use crate::diary::{Diary, Night, Source, Table, Value, Zone};
use crate::import::{FreeNumbers, Imported, read};
use crate::words::t;

/// One row of a table, by column.
pub(crate) type Row = Map<String, Json>;

/// Column that says which table a line belongs to.
const TABLE: &str = "table";
/// Tables of a study, and the column that only its nights have.
const NIGHTS: &str = "nights";
const CRAMPS: &str = "cramps";
const ANY_CRAMP: &str = "any_cramp";
/// Cramps of one night beyond which more change nothing.
const MOST_CRAMPS: usize = 1_000;
/// Columns that may name a night: by its place in the diary, or by its date.
const NIGHT: [&str; 2] = ["night", "night_date"];

/// Where clock times without a zone are, and the present.
#[derive(Debug, Clone)]
pub(crate) struct Here {
    pub(crate) now: DateTime<Utc>,
    pub(crate) zone: Zone,
}

/// The diary in lines of JSON, each a row with the name of its table.
///
/// # Errors
/// What cannot be read, in words.
pub(crate) fn lines(text: &str, here: &Here) -> Result<Diary, String> {
    let mut tables: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let row: Result<Row, _> = serde_json::from_str(line);
        let line = at + 1;
        let mut row = row.map_err(|e| t!(cohort, "no-row", line, why = e.to_string()))?;
        let Some(Json::String(table)) = row.remove(TABLE) else {
            return Err(t!(cohort, "no-table", line));
        };
        tables.entry(table).or_default().push(row);
    }
    if is_study(tables.get(NIGHTS)) {
        let nights = tables.remove(NIGHTS).unwrap_or_default();
        let cramps = tables.remove(CRAMPS).unwrap_or_default();
        return study(&nights, &cramps, here);
    }
    let known = |name: &String| Table::ALL.iter().any(|table| table.exported() == name);
    if let Some(table) = tables.keys().find(|name| !known(name)) {
        return Err(t!(cohort, "unknown-table", table));
    }
    let mut whole = json!({ "schema": 1, "kind": "diary" });
    for (name, rows) in tables {
        whole[name] = rows.into_iter().map(Json::Object).collect();
    }
    export(&[(MANIFEST, whole.to_string().as_bytes())], here)
}

/// The diary in the files of an export, or in the tables of a study (name and content).
///
/// # Errors
/// What cannot be read, in words.
pub(crate) fn files(files: &[(String, Vec<u8>)], here: &Here) -> Result<Diary, String> {
    let named = |name: &str| {
        let wanted = format!("{name}.csv");
        files.iter().find(|(file, _)| *file == wanted)
    };
    let table = |name: &str| named(name).map_or(Ok(Vec::new()), |(file, text)| rows(file, text));
    let head = named(NIGHTS).map(|(_, text)| text.split(|b| *b == b'\n').next());
    let head = String::from_utf8_lossy(head.flatten().unwrap_or_default()).into_owned();
    if head
        .trim()
        .split(',')
        .any(|c| c.trim_matches('"') == ANY_CRAMP)
    {
        return study(&table(NIGHTS)?, &table(CRAMPS)?, here);
    }
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    export(&files, here)
}

fn export(files: &[(&str, &[u8])], here: &Here) -> Result<Diary, String> {
    let mut diary = Diary::default();
    let free = FreeNumbers::after(&diary);
    let Imported {
        changes, refused, ..
    } = read(files, &diary, &free, here.now, &here.zone);
    if let Some(first) = refused.first() {
        return Err(first.to_string());
    }
    for record in changes.into_records() {
        diary.push(record);
    }
    diary.sort();
    Ok(diary)
}

fn rows(file: &str, text: &[u8]) -> Result<Vec<Row>, String> {
    let mut reader = csv::Reader::from_reader(text);
    let unread = |e: csv::Error| t!(cohort, "no-csv", file, why = e.to_string());
    let head = reader.headers().map_err(unread)?.clone();
    let row = |record: Result<csv::StringRecord, csv::Error>| {
        let record = record.map_err(unread)?;
        let cells = head.iter().zip(record.iter());
        let cells = cells.map(|(name, cell)| (name.trim().to_string(), Json::from(cell)));
        Ok(cells.collect())
    };
    reader.records().map(row).collect()
}

fn is_study(nights: Option<&Vec<Row>>) -> bool {
    nights.is_some_and(|rows| rows.iter().any(|row| row.contains_key(ANY_CRAMP)))
}

/// The diary in the tables of a study (`export --format research` writes them): a row a night with `any_cramp`, `weekend`,
/// `excluded`, the number of `cramps` and a column a factor; a row a cramp, which counts where nights have no number. A night
/// without an answer is unknown, and so are an empty cell and an excluded night.
fn study(nights: &[Row], cramps: &[Row], here: &Here) -> Result<Diary, String> {
    let catalogue = Catalogue::built_in();
    let recorded_at = here.now;
    let start = start(nights);
    let mut diary = Diary::default();
    for (at, row) in nights.iter().enumerate() {
        let night = night(row, start).ok_or_else(|| t!(cohort, "no-night", row = at + 1))?;
        if yes_or_no(row, "excluded")? == Some(true) {
            continue;
        }
        let mut record = NightRecord::blank(night, recorded_at);
        record.outcome = yes_or_no(row, ANY_CRAMP)?.map(|any| match any {
            true => Outcome::Cramp,
            false => Outcome::Calm,
        });
        diary.nights.insert(night, record);
        for (column, _) in row {
            let name = column.replace('_', "-");
            let factor = catalogue.find(&name).filter(|d| d.factor == name);
            let Some((factor, cell)) = factor.zip(cell(row, column)) else {
                continue;
            };
            let value = value(factor, &cell).ok_or_else(|| t!(cohort, "no-value", column, cell))?;
            diary.values.push(ContextValue {
                night,
                factor: Arc::from(&*factor.factor),
                value,
                unit: factor.unit.as_deref().map(Arc::from),
                typed: None,
                source: Source::PERSON,
                recorded_at,
            });
        }
    }
    let counted = nights.iter().any(|row| row.contains_key(CRAMPS));
    let by_day = |row: &&Row| cell(row, "period").is_some_and(|period| period == "day");
    let told: Vec<(&Row, usize)> = match counted {
        true => nights
            .iter()
            .map(|row| Ok((row, count(row)?)))
            .collect::<Result<_, String>>()?,
        false => cramps
            .iter()
            .filter(|r| !by_day(r))
            .map(|row| (row, 1))
            .collect(),
    };
    for (at, (row, count)) in told.into_iter().enumerate() {
        let night = night(row, start).ok_or_else(|| t!(cohort, "no-night", row = at + 1))?;
        for _ in 0..count.min(MOST_CRAMPS) {
            let id = diary.episodes.len() as i64 + 1;
            diary.episodes.push(Episode::blank(id, night, recorded_at));
        }
    }
    diary
        .episodes
        .retain(|e| diary.nights.contains_key(&e.night));
    diary.sort();
    Ok(diary)
}

/// How many cramps a night had; none where the cell is empty.
fn count(row: &Row) -> Result<usize, String> {
    let Some(cell) = cell(row, CRAMPS) else {
        return Ok(0);
    };
    let count = cell.parse();
    count.map_err(|_| t!(cohort, "no-value", column = CRAMPS, cell))
}

fn yes_or_no(row: &Row, column: &str) -> Result<Option<bool>, String> {
    let Some(cell) = cell(row, column) else {
        return Ok(None);
    };
    match truth(&cell) {
        Some(answer) => Ok(Some(answer)),
        None => Err(t!(cohort, "no-yes-or-no", cell, column)),
    }
}

/// What a cell says; `None` where it is empty.
fn cell(row: &Row, column: &str) -> Option<String> {
    let text = match row.get(column)? {
        Json::Null => return None,
        Json::String(text) => text.trim().to_string(),
        other => other.to_string(),
    };
    (!text.is_empty()).then_some(text)
}

fn truth(cell: &str) -> Option<bool> {
    match cell {
        "1" | "1.0" | "yes" | "true" => Some(true),
        "0" | "0.0" | "no" | "false" => Some(false),
        _ => None,
    }
}

fn value(factor: &FactorDef, cell: &str) -> Option<Value> {
    match factor.kind {
        FactorKind::Choice => Some(Value::Word(Arc::from(cell))),
        FactorKind::YesNo => truth(cell).map(|yes| Value::Number(f64::from(yes))),
        FactorKind::Scale | FactorKind::Number if cell == SOME => {
            Some(Value::Word(Arc::from(SOME)))
        }
        FactorKind::Scale | FactorKind::Number => {
            let number: f64 = cell.parse().ok()?;
            number.is_finite().then_some(Value::Number(number))
        }
    }
}

/// The night of a row: its date, or so many nights after `start`.
fn night(row: &Row, start: NaiveDate) -> Option<Night> {
    let cell = NIGHT.iter().find_map(|column| cell(row, column))?;
    match cell.parse::<i64>() {
        Ok(days) => {
            let date = start.checked_add_signed(chrono::TimeDelta::try_days(days)?)?;
            Some(Night::of_evening(date))
        }
        Err(_) => cell.parse().ok(),
    }
}

/// The day nights are counted from where they have no dates: the one of a week on which the weekends of most nights fall
/// as the rows say.
fn start(nights: &[Row]) -> NaiveDate {
    let weekend = |row: &Row| truth(&cell(row, "weekend")?);
    let agree = |start: NaiveDate| {
        let told = nights.iter().filter(|row| {
            let night = night(row, start);
            let is = night.map(|n| n.date().weekday().num_days_from_monday() >= 5);
            is.is_some() && is == weekend(row)
        });
        told.count()
    };
    let week = NaiveDate::from_ymd_opt(2000, 1, 3).unwrap_or_default();
    let days = week.iter_days().take(7);
    // of days that agree alike the first
    let best = days.map(|day| (agree(day), std::cmp::Reverse(day))).max();
    best.map_or(week, |(_, day)| day.0)
}
