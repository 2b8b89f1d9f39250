//! Which rows the diary has already: by number where the file gives one, otherwise by what they say.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use crate::diary::kept::Kept;
use crate::import::outcome::{CellError, ImportLog, RowChange};
use crate::import::records::{Numbered, SheetRow};

/// Finds the record of each row among `kept`; gives the new and changed records in the order of the rows.
///
/// `free` is the first number never used in the diary. A row with a number changes the record of that number if both
/// are about the same, and is refused otherwise. A row without one is the same as a record that says all it says
/// (exactly that record first, then one that says more); two equal rows need two such records.
pub(super) fn settle<R: Numbered>(
    file: &str,
    rows: Vec<SheetRow<R>>,
    kept: &[R],
    free: i64,
    now: DateTime<Utc>,
    log: &mut ImportLog,
) -> Vec<R> {
    let by_id: HashMap<i64, usize> = kept.iter().enumerate().map(|(i, r)| (r.id(), i)).collect();
    let mut by_about: HashMap<R::About, Vec<usize>> = HashMap::new();
    for (i, record) in kept.iter().enumerate() {
        by_about.entry(record.about()).or_default().push(i);
    }
    let rows = without_clashes(file, without_repeats(file, rows, log), kept, log);
    let mut taken: HashSet<usize> = HashSet::new();
    let mut ids: HashSet<i64> = HashSet::new();
    let mut matched: Vec<Match> = rows.iter().map(|_| Match::Open).collect();

    // rows with a number
    for (row, place) in rows.iter().zip(&mut matched) {
        let Some(id) = R::number(&row.draft) else {
            continue;
        };
        match by_id.get(&id).and_then(|i| Some((*i, kept.get(*i)?))) {
            Some((i, record)) if R::ID_IS_A_HINT => {
                if record.about() == row.record.about() && says_no_more(&row.draft, record) {
                    taken.insert(i);
                    *place = Match::Kept(i);
                }
            }
            Some((i, record)) if record.about() == row.record.about() => {
                taken.insert(i);
                *place = Match::Kept(i);
            }
            Some(_) => {
                let reason = format!(
                    "number {id} is something else in the diary than {}; leave the number empty to add it as a new entry",
                    row.record.name()
                );
                let bad = CellError::cell("id", &id.to_string(), reason);
                log.refuse(file, row.line, bad);
                *place = Match::Refused;
            }
            None if R::ID_IS_A_HINT => {}
            None => {
                ids.insert(id);
                *place = Match::New(id);
            }
        }
    }

    // rows without: those that say most choose first
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(rows.get(*i).map(|row| R::known(&row.draft))));
    type Fits<R> = fn(&<R as Kept>::Draft, &R) -> bool;
    let exactly: Fits<R> =
        |draft, record| R::fresh(draft, record.id(), record.recorded_at()) == *record;
    let gives_way: Fits<R> = |_, record| record.gives_way();
    for fits in [exactly, says_no_more::<R>, gives_way] {
        for at in &order {
            let (Some(row), Some(place)) = (rows.get(*at), matched.get_mut(*at)) else {
                continue;
            };
            if !matches!(place, Match::Open) {
                continue;
            }
            let candidates = by_about
                .get(&row.record.about())
                .map_or(&[][..], Vec::as_slice);
            let found = candidates.iter().find(|i| {
                !taken.contains(i) && kept.get(**i).is_some_and(|record| fits(&row.draft, record))
            });
            if let Some(i) = found {
                taken.insert(*i);
                *place = Match::Kept(*i);
            }
        }
    }

    // what is left is new
    let largest = ids.iter().copied().max().unwrap_or(0);
    let mut next = free.max(largest.saturating_add(1));
    for (row, place) in rows.iter().zip(&mut matched) {
        if !matches!(place, Match::Open) {
            continue;
        }
        let hint = R::number(&row.draft).filter(|id| !by_id.contains_key(id) && !ids.contains(id));
        let id = hint.unwrap_or(next);
        ids.insert(id);
        next = next.max(id.saturating_add(1));
        *place = Match::New(id);
    }

    let mut out = Vec::new();
    for (row, place) in rows.iter().zip(matched) {
        match place {
            Match::New(id) => {
                log.count_row(file, RowChange::New);
                out.push(R::fresh(&row.draft, id, now));
            }
            Match::Kept(i) => {
                let Some(record) = kept.get(i) else { continue };
                let mut amended = record.clone();
                amended.take(&row.draft);
                if amended == *record {
                    log.count_row(file, RowChange::Same);
                } else {
                    log.count_row(file, RowChange::Changed);
                    out.push(amended);
                }
            }
            Match::Refused | Match::Open => {}
        }
    }
    out
}

/// Whether the record already says all that the row says.
fn says_no_more<R: Numbered>(draft: &R::Draft, record: &R) -> bool {
    let mut same = record.clone();
    same.take(draft);
    same == *record
}

#[derive(Debug)]
enum Match {
    Open,
    Refused,
    /// The record at this place.
    Kept(usize),
    /// A new record with this number.
    New(i64),
}

/// Leaves out rows that cannot stand beside a record of the diary, or beside an earlier row.
fn without_clashes<R: Numbered>(
    file: &str,
    rows: Vec<SheetRow<R>>,
    kept: &[R],
    log: &mut ImportLog,
) -> Vec<SheetRow<R>> {
    let Some(clash) = R::CLASHES else {
        return rows;
    };
    let mut out: Vec<SheetRow<R>> = Vec::with_capacity(rows.len());
    for row in rows {
        let mut others = kept.iter().chain(out.iter().map(|r| &r.record));
        let Some(other) = others.find(|other| clash(&row.record, other)) else {
            out.push(row);
            continue;
        };
        let (own, other) = (row.record.name(), other.name());
        let reason = format!("{own} cannot stand beside {other}, which is another");
        log.refuse(file, row.line, CellError::row(reason));
    }
    out
}

/// Leaves out rows that use a number a second time, or speak a second time of what there is one of: repeated word for
/// word with a warning, otherwise refused.
fn without_repeats<R: Numbered>(
    file: &str,
    rows: Vec<SheetRow<R>>,
    log: &mut ImportLog,
) -> Vec<SheetRow<R>> {
    let mut seen: HashMap<i64, usize> = HashMap::new();
    let mut alone: HashMap<R::About, (u64, usize)> = HashMap::new();
    let mut out: Vec<SheetRow<R>> = Vec::with_capacity(rows.len());
    for row in rows {
        let earlier = R::number(&row.draft).and_then(|id| Some((id, out.get(*seen.get(&id)?)?)));
        if let Some((id, first)) = earlier {
            let first_line = first.line;
            if first.draft == row.draft {
                log.repeated(file, row.line, first_line);
            } else {
                let reason = format!("line {first_line} has this number already");
                let bad = CellError::cell("id", &id.to_string(), reason);
                log.refuse(file, row.line, bad);
            }
            continue;
        }
        if row.record.stands_alone() {
            let place = (row.line, out.len());
            if let Some((line, at)) = alone.get(&row.record.about()) {
                if out.get(*at).is_some_and(|first| first.draft == row.draft) {
                    log.repeated(file, row.line, *line);
                } else {
                    let about = row.record.name();
                    let reason = format!("line {line} says something else than {about}");
                    log.refuse(file, row.line, CellError::row(reason));
                }
                continue;
            }
            alone.insert(row.record.about(), place);
        }
        if let Some(id) = R::number(&row.draft) {
            seen.insert(id, out.len());
        }
        out.push(row);
    }
    out
}
