//! `factors.csv`: the person's own factors, added before any value speaks of them.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diary::factor::{Catalogue, FactorDef};
use crate::diary::record::CustomFactor;
use crate::diary::vocabulary::{FactorKind, Timing};
use crate::diary::{Diary, Word};
use crate::import::episodes::{keep, put};
use crate::import::outcome::{Bad, Fate, Log};
use crate::import::row::Row;
use crate::import::sheet::Sheet;

#[derive(Debug, PartialEq)]
struct FactorRow {
    factor: String,
    label: Option<String>,
    kind: FactorKind,
    unit: Option<String>,
    min: Option<f64>,
    max: Option<f64>,
    timing: Option<Timing>,
    group: Option<String>,
    choices: Option<Vec<String>>,
    retired: Option<bool>,
}

impl FactorRow {
    fn read(row: &Row<'_>) -> Result<Self, Bad> {
        let choices = row.text("choices")?;
        Ok(FactorRow {
            factor: Row::needed("factor", row.name("factor")?)?,
            label: row.text("label")?,
            kind: Row::needed("type", row.word("type")?)?,
            unit: row.name("unit")?,
            min: row.number("min", f64::MIN, f64::MAX)?,
            max: row.number("max", f64::MIN, f64::MAX)?,
            timing: row.word("timing")?,
            group: row.text("group")?,
            choices: choices.map(|c| c.split(';').map(str::to_string).collect()),
            retired: row.flag("retired")?,
        })
    }

    fn apply(&self, f: &mut CustomFactor) {
        put(&mut f.label, self.label.clone());
        keep(&mut f.unit, self.unit.clone());
        keep(&mut f.min, self.min);
        keep(&mut f.max, self.max);
        put(&mut f.timing, self.timing);
        keep(&mut f.group, self.group.clone());
        put(&mut f.choices, self.choices.clone());
        put(&mut f.retired, self.retired);
    }

    fn fresh(&self) -> CustomFactor {
        let mut record = CustomFactor {
            factor: Arc::from(self.factor.as_str()),
            label: String::new(),
            kind: self.kind,
            unit: None,
            min: None,
            max: None,
            // what was during the day is before the night whatever it was
            timing: Timing::Day,
            group: None,
            choices: Vec::new(),
            retired: false,
        };
        self.apply(&mut record);
        record
    }

    /// A row about a built-in factor: it has to be the factor we know. It can only put it away.
    fn against_built_in(&self, known: &FactorDef) -> Result<(), Bad> {
        let unit = known.unit.as_deref();
        let differs = self.kind != known.kind
            || (self.unit.is_some() && self.unit.as_deref() != unit && unit.is_some());
        if differs {
            let unit = unit.map_or(String::new(), |u| format!(" in {u}"));
            let reason = format!(
                "'{}' is built in as {}{unit}; give your own factor another name",
                known.factor,
                known.kind.word()
            );
            return Err(Bad::cell("factor", &self.factor, reason));
        }
        Ok(())
    }
}

/// The new and changed factors.
pub(super) fn read(sheet: Sheet<'_>, diary: &Diary, log: &mut Log) -> Vec<CustomFactor> {
    let file = sheet.file.clone();
    let built_in = Catalogue::built_in();
    let used: std::collections::HashSet<&str> = diary.values.iter().map(|v| &*v.factor).collect();
    let mut seen: HashMap<String, (u64, FactorRow)> = HashMap::new();
    let mut out = Vec::new();
    sheet.rows(log, |row, log| {
        let mut take = || -> Result<Option<Fate>, Bad> {
            let read = FactorRow::read(row)?;
            if let Some((line, first)) = seen.get(&read.factor) {
                if *first == read {
                    return Ok(None);
                }
                let reason = format!("line {line} describes this factor differently");
                return Err(Bad::cell("factor", &read.factor, reason));
            }
            let known = built_in.find(&read.factor);
            if let Some(known) = known {
                read.against_built_in(known)?;
            }
            let kept = diary.factors.iter().find(|f| *f.factor == *read.factor);
            let fate = match kept {
                Some(kept) => {
                    let mut amended = kept.clone();
                    read.apply(&mut amended);
                    if read.kind != kept.kind {
                        amended.kind = read.kind;
                    }
                    if amended == *kept {
                        Fate::Same
                    } else {
                        let redefined = amended.kind != kept.kind || amended.unit != kept.unit;
                        if redefined && used.contains(read.factor.as_str()) {
                            let reason = "the diary has values of this factor with another type or unit; give the new one another name";
                            return Err(Bad::cell("factor", &read.factor, reason));
                        }
                        check(&amended)?;
                        out.push(amended);
                        Fate::Changed
                    }
                }
                // a built-in factor that is not put away needs no record
                None if known.is_some() && read.retired != Some(true) => Fate::Same,
                None => {
                    let record = read.fresh();
                    check(&record)?;
                    out.push(record);
                    Fate::New
                }
            };
            seen.insert(read.factor.clone(), (row.line, read));
            Ok(Some(fate))
        };
        match take() {
            Ok(Some(fate)) => log.tell(&file, fate),
            Ok(None) => log.warn(&file, Some(row.line), "repeats an earlier line; counted once"),
            Err(bad) => log.refuse(&file, row.line, bad),
        }
    });
    out
}

fn check(record: &CustomFactor) -> Result<(), Bad> {
    Catalogue::check(record).map_err(|e| Bad::cell("factor", &record.factor, e.to_string()))
}
