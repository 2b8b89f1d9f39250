//! `context.csv`: factor values. The one table that can be very long, so nothing is allocated for a row that does not
//! need it: names, units, sources and times are read once and shared, and rows are merged with the diary's values in
//! sorted order.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::diary::cell::Cells;
use crate::diary::factor::{Catalogue, FactorDef};
use crate::diary::moment::Night;
use crate::diary::reading::ValueError;
use crate::diary::vocabulary::FactorKind;
use crate::diary::{ContextValue, Source, Value};
use crate::diary::{Diary, Word};
use crate::import::outcome::{CellError, ImportLog, RowChange, shown};
use crate::import::records::IMPORTED;
use crate::import::row::{NOT_A_DATE, Place, Row, decimal};
use crate::import::sheet::Sheet;

/// One row: what it says, with the factor as its place in the catalogue.
#[derive(Debug)]
struct ValueRow {
    line: u64,
    night: Night,
    factor: usize,
    value: Value,
    /// Said to be in another unit, and converted.
    typed: Option<Arc<str>>,
    source: Option<Source>,
    recorded_at: Option<DateTime<Utc>>,
}

/// A factor with the texts all its values share.
#[derive(Debug)]
struct Shared<'c> {
    def: &'c FactorDef,
    name: Arc<str>,
    unit: Option<Arc<str>>,
    /// Alphabetical place among all factors: the order of the diary's values.
    rank: usize,
}

/// The text read last and what it means: most rows repeat it.
#[derive(Debug)]
struct Last<T>(Option<(String, T)>);

impl<T: Clone> Last<T> {
    fn read(
        &mut self,
        said: &str,
        read: impl FnOnce() -> Result<T, CellError>,
    ) -> Result<T, CellError> {
        if let Some((text, meaning)) = &self.0
            && text == said
        {
            return Ok(meaning.clone());
        }
        let meaning = read()?;
        self.0 = Some((said.to_string(), meaning.clone()));
        Ok(meaning)
    }
}

/// The new and changed values.
pub(super) fn read(
    sheet: Sheet<'_>,
    diary: &Diary,
    catalogue: &Catalogue,
    place: &Place,
    log: &mut ImportLog,
) -> Vec<ContextValue> {
    let file = sheet.file.clone();
    let shared = share(catalogue);
    let mut reader = Reader {
        catalogue,
        places: shared
            .iter()
            .enumerate()
            .map(|(i, s)| (&*s.name, i))
            .collect(),
        shared: &shared,
        night: Last(None),
        source: Last(None),
        recorded_at: Last(None),
    };
    let mut rows: Vec<ValueRow> = Vec::new();
    sheet.rows(place, log, |row, log| match reader.take(row) {
        Ok(Some(value)) => rows.push(value),
        // an empty value is unknown, and unknown is the absence of a value
        Ok(None) => {}
        Err(bad) => log.refuse(&file, row.line, bad),
    });
    let rank = |row: &ValueRow| shared.get(row.factor).map_or(0, |s| s.rank);
    // stable, so that of two rows about the same the earlier line stays first
    rows.sort_by_key(|row| (row.night, rank(row)));
    merge(&file, rows, &shared, diary, place, log)
}

/// Reads rows one after the other, remembering what they repeat.
struct Reader<'c> {
    catalogue: &'c Catalogue,
    shared: &'c [Shared<'c>],
    places: HashMap<&'c str, usize>,
    night: Last<Night>,
    source: Last<Option<Source>>,
    recorded_at: Last<Option<DateTime<Utc>>>,
}

impl Reader<'_> {
    /// One row; `None` when its value is unknown.
    fn take(&mut self, row: &Row<'_>) -> Result<Option<ValueRow>, CellError> {
        let cell = |column| row.said(column).unwrap_or_default();
        let night = self.night.read(cell("night"), || {
            let date = row.date("night", false)?.map(Night::of_evening);
            date.ok_or_else(|| CellError::cell("night", "", NOT_A_DATE))
        })?;
        let name = cell("factor");
        let found = self.places.get(name);
        let known = found.and_then(|place| Some((*place, self.shared.get(*place)?)));
        let (factor, shared) = known.ok_or_else(|| unknown_factor(name, self.catalogue))?;
        let Some(said) = row.said("value") else {
            return Ok(None);
        };
        let (value, converted) = read_value(shared, said, row.said("unit"))?;
        let source = self.source.read(cell("source"), || row.source("source"));
        let written = cell("recorded_at");
        let recorded_at = self
            .recorded_at
            .read(written, || row.written_at("recorded_at"));
        Ok(Some(ValueRow {
            line: row.line,
            night,
            factor,
            value,
            typed: row.text("typed")?.map(Arc::from).or(converted),
            source: source?,
            recorded_at: recorded_at?,
        }))
    }
}

fn share(catalogue: &Catalogue) -> Vec<Shared<'_>> {
    let mut shared: Vec<Shared<'_>> = catalogue
        .all()
        .iter()
        .map(|def| Shared {
            def,
            name: Arc::from(&*def.factor),
            unit: def.unit.as_deref().map(Arc::from),
            rank: 0,
        })
        .collect();
    shared.sort_by(|a, b| a.name.cmp(&b.name));
    for (rank, s) in shared.iter_mut().enumerate() {
        s.rank = rank;
    }
    shared
}

fn unknown_factor(name: &str, catalogue: &Catalogue) -> CellError {
    let mut reason = "neither a built-in factor nor one of factors.csv".to_string();
    // comparing a page of text with every name would take long and find nothing
    let near = Some(name).filter(|name| name.len() < 80);
    match near.and_then(|name| catalogue.nearest(name)) {
        Some(near) => reason.push_str(&format!("; did you mean '{near}'?")),
        None => reason.push_str("; describe it there, or see: cramp factor list"),
    }
    CellError::cell("factor", name, reason)
}

/// The value in the factor's unit, and what was written when it was in another.
fn read_value(
    shared: &Shared<'_>,
    said: &str,
    unit: Option<&str>,
) -> Result<(Value, Option<Arc<str>>), CellError> {
    let def = shared.def;
    let plain = match def.kind {
        FactorKind::Choice => None,
        FactorKind::YesNo | FactorKind::Scale if unit.is_some() => {
            let reason = format!("'{}' is {} and has no unit", def.factor, def.kind.word());
            return Err(CellError::cell("unit", unit.unwrap_or_default(), reason));
        }
        _ if unit.is_some() && unit != shared.unit.as_deref() => None,
        _ => match said.parse::<f64>() {
            Ok(_) => Some(decimal(said).map_err(|e| CellError::cell("value", said, e))?),
            Err(_) => None,
        },
    };
    if let Some(number) = plain {
        let value = Value::Number(number);
        if def.accepts(&value) {
            return Ok((value, None));
        }
        let reason = format!("'{}' takes {}", def.factor, def.accepted());
        return Err(CellError::cell("value", said, reason));
    }
    let reading = def.read_stored(said, unit).map_err(|e| {
        let reason = match e {
            ValueError::NotAChoice { .. } => format!("'{}' takes {}", def.factor, def.accepted()),
            other => shown_reason(&other),
        };
        CellError::cell("value", said, reason)
    })?;
    Ok((reading.value, reading.typed))
}

/// A reason may repeat what was written; a page of text is not repeated.
fn shown_reason(error: &ValueError) -> String {
    let text = error.to_string();
    match text.char_indices().nth(300) {
        Some((at, _)) => shown(text.get(..at).unwrap_or_default()),
        None => text,
    }
}

/// Walks the rows and the diary's values side by side, both sorted by night and factor.
fn merge(
    file: &str,
    rows: Vec<ValueRow>,
    shared: &[Shared<'_>],
    diary: &Diary,
    place: &Place,
    log: &mut ImportLog,
) -> Vec<ContextValue> {
    let mut out = Vec::new();
    let mut kept = diary.values.iter().peekable();
    let mut previous: Option<ValueRow> = None;
    for row in rows {
        let Some(factor) = shared.get(row.factor) else {
            continue;
        };
        if let Some(first) = &previous
            && first.night == row.night
            && first.factor == row.factor
        {
            if first.value == row.value {
                log.repeated(file, row.line, first.line);
            } else {
                let reason = format!(
                    "line {} gives '{}' another value for this night; nothing is summed or chosen",
                    first.line, factor.name
                );
                let bad = CellError::cell("factor", &factor.name, reason);
                log.refuse(file, row.line, bad);
            }
            continue;
        }
        let wanted = (row.night, &*factor.name);
        while kept.next_if(|v| (v.night, &*v.factor) < wanted).is_some() {}
        let found = kept.next_if(|v| (v.night, &*v.factor) == wanted);
        let value = ContextValue {
            night: row.night,
            factor: factor.name.clone(),
            value: row.value.clone(),
            unit: factor.unit.clone(),
            typed: row.typed.clone(),
            source: row
                .source
                .clone()
                .or_else(|| found.map(|v| v.source.clone()))
                .unwrap_or(IMPORTED),
            recorded_at: written(&row, found, place),
        };
        match found {
            None => {
                log.count_row(file, RowChange::New);
                out.push(value);
            }
            Some(kept) => {
                let same = value.value == kept.value
                    && value.unit == kept.unit
                    && value.source == kept.source
                    && value.recorded_at == kept.recorded_at
                    && (value.typed.is_none() || value.typed == kept.typed);
                if same {
                    log.count_row(file, RowChange::Same);
                } else {
                    log.count_row(file, RowChange::Changed);
                    // what was typed belongs to the value it was converted to
                    let typed = match value.typed {
                        None if value.value == kept.value => kept.typed.clone(),
                        typed => typed,
                    };
                    out.push(ContextValue { typed, ..value });
                }
            }
        }
        previous = Some(row);
    }
    out
}

/// When it was written down: as the file says, else as the diary says, else now.
fn written(row: &ValueRow, found: Option<&ContextValue>, place: &Place) -> DateTime<Utc> {
    match (row.recorded_at, found) {
        (Some(said), Some(kept)) if said.timestamp() == kept.recorded_at.timestamp() => {
            kept.recorded_at
        }
        (Some(said), _) => said,
        (None, Some(kept)) => kept.recorded_at,
        (None, None) => place.now,
    }
}
