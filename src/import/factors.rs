//! `factors.csv`: the person's own factors, added before any value speaks of them.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diary::factor::{Catalogue, FactorDef};
use crate::diary::kept::Kept;
use crate::diary::record::{CustomFactor, FactorDraft};
use crate::diary::vocabulary::Timing;
use crate::diary::{Diary, Word};
use crate::import::outcome::{CellError, ImportLog, RowChange};
use crate::import::row::Place;
use crate::import::sheet::Sheet;

/// A row about a built-in factor: it has to be the factor we know. It can only put it away.
fn check_against_built_in(row: &FactorDraft, known: &FactorDef) -> Result<(), CellError> {
    let unit = known.unit.as_deref();
    let differs = row.kind != known.kind
        || (row.unit.is_some() && row.unit.as_deref() != unit && unit.is_some());
    if differs {
        let unit = unit.map_or(String::new(), |u| format!(" in {u}"));
        let reason = format!(
            "'{}' is built in as {}{unit}; give your own factor another name",
            known.factor,
            known.kind.word()
        );
        return Err(CellError::cell("factor", &row.factor, reason));
    }
    Ok(())
}

/// The new and changed factors.
pub(super) fn read(
    sheet: Sheet<'_>,
    diary: &Diary,
    place: &Place,
    log: &mut ImportLog,
) -> Vec<CustomFactor> {
    let file = sheet.file.clone();
    let built_in = Catalogue::built_in();
    let used: std::collections::HashSet<&str> = diary.values.iter().map(|v| &*v.factor).collect();
    let mut seen: HashMap<Arc<str>, (u64, FactorDraft)> = HashMap::new();
    let mut out = Vec::new();
    sheet.rows(place, log, |row, log| {
        let mut take = || -> Result<Option<RowChange>, CellError> {
            let read = CustomFactor::import(row)?;
            if let Some((line, first)) = seen.get(&read.factor) {
                if *first == read {
                    return Ok(None);
                }
                let reason = format!("line {line} describes this factor differently");
                return Err(CellError::cell("factor", &read.factor, reason));
            }
            let known = built_in.find(&read.factor);
            if let Some(known) = known {
                check_against_built_in(&read, known)?;
            }
            let kept = diary.factors.iter().find(|f| *f.factor == *read.factor);
            let fate = match kept {
                Some(kept) => {
                    let mut amended = kept.clone();
                    amended.amend(&read);
                    if amended == *kept {
                        RowChange::Same
                    } else {
                        let redefined = amended.kind != kept.kind || amended.unit != kept.unit;
                        if redefined && used.contains(&*read.factor) {
                            let reason = "the diary has values of this factor with another type or unit; give the new one another name";
                            return Err(CellError::cell("factor", &read.factor, reason));
                        }
                        check(&amended)?;
                        out.push(amended);
                        RowChange::Changed
                    }
                }
                // a built-in factor that is not put away needs no record
                None if known.is_some() && read.retired != Some(true) => RowChange::Same,
                None => {
                    // what was during the day is before the night whatever it was
                    let mut record =
                        CustomFactor::blank(read.factor.clone(), read.kind, Timing::Day);
                    record.amend(&read);
                    check(&record)?;
                    out.push(record);
                    RowChange::New
                }
            };
            seen.insert(read.factor.clone(), (row.line, read));
            Ok(Some(fate))
        };
        match take() {
            Ok(Some(fate)) => log.count_row(&file, fate),
            Ok(None) => log.warn(&file, Some(row.line), "repeats an earlier line; counted once"),
            Err(bad) => log.refuse(&file, row.line, bad),
        }
    });
    out
}

fn check(record: &CustomFactor) -> Result<(), CellError> {
    Catalogue::check(record).map_err(|e| CellError::cell("factor", &record.factor, e.to_string()))
}
