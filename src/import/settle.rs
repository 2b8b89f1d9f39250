//! Which rows the diary has already: by number where the file gives one, otherwise by what they say.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use chrono::{DateTime, Utc};

use crate::import::outcome::{Bad, Fate, Log, shown};

/// A row that was understood and may become a record with a number.
pub(super) trait Draft: PartialEq {
    /// The record it becomes.
    type Record: Clone + PartialEq;
    /// What a record is about; a row never changes a record that is about something else.
    type About: Eq + Hash;

    /// The number in the file.
    fn id(&self) -> Option<i64>;
    /// Whether a number already used for something else may be replaced by a free one: true where the CSV file has no
    /// column for it, so that the person could not mend it.
    const ID_IS_A_HINT: bool;
    /// What the row is about.
    fn about(&self) -> Self::About;
    /// How messages name it ("the night 2026-03-03").
    fn about_in_words(&self) -> String;
    /// How many cells say something: rows that say more choose their record first.
    fn said(&self) -> usize;
    /// The record it becomes when the diary does not have it.
    fn fresh(&self, id: i64, recorded_at: DateTime<Utc>) -> Self::Record;
    /// Puts what the row says into a record; what it does not say stays.
    fn apply(&self, record: &mut Self::Record);
    /// Whether a row about the same, saying something else, amends `record` rather than standing beside it.
    fn amends(&self, _record: &Self::Record) -> bool {
        false
    }

    /// Whether the diary has at most one record about this.
    fn stands_alone(&self) -> bool {
        false
    }

    fn id_of(record: &Self::Record) -> i64;
    fn about_of(record: &Self::Record) -> Self::About;
    fn recorded_at_of(record: &Self::Record) -> DateTime<Utc>;
}

/// A row with the line it stands on.
#[derive(Debug)]
pub(super) struct Lined<D> {
    pub(super) line: u64,
    pub(super) draft: D,
}

/// Finds the record of each row among `kept`; gives the new and changed records in the order of the rows.
///
/// `free` is the first number never used in the diary. A row with a number changes the record of that number if both
/// are about the same, and is refused otherwise. A row without one is the same as a record that says all it says
/// (exactly that record first, then one that says more); two equal rows need two such records.
pub(super) fn settle<D: Draft>(
    file: &str,
    rows: Vec<Lined<D>>,
    kept: &[D::Record],
    free: i64,
    now: DateTime<Utc>,
    log: &mut Log,
) -> Vec<D::Record> {
    let by_id: HashMap<i64, usize> = kept
        .iter()
        .enumerate()
        .map(|(i, r)| (D::id_of(r), i))
        .collect();
    let mut by_about: HashMap<D::About, Vec<usize>> = HashMap::new();
    for (i, record) in kept.iter().enumerate() {
        by_about.entry(D::about_of(record)).or_default().push(i);
    }
    let rows = without_repeats(file, rows, log);
    let mut taken: HashSet<usize> = HashSet::new();
    let mut ids: HashSet<i64> = HashSet::new();
    let mut matched: Vec<Match> = rows.iter().map(|_| Match::Open).collect();

    // rows with a number
    for (row, place) in rows.iter().zip(&mut matched) {
        let Some(id) = row.draft.id() else { continue };
        match by_id.get(&id).and_then(|i| Some((*i, kept.get(*i)?))) {
            Some((i, record)) if D::ID_IS_A_HINT => {
                if D::about_of(record) == row.draft.about() && says_no_more(&row.draft, record) {
                    taken.insert(i);
                    *place = Match::Kept(i);
                }
            }
            Some((i, record)) if D::about_of(record) == row.draft.about() => {
                taken.insert(i);
                *place = Match::Kept(i);
            }
            Some(_) => {
                let reason = format!(
                    "number {id} is something else in the diary than {}; leave the number empty to add it as a new entry",
                    row.draft.about_in_words()
                );
                log.refuse(file, row.line, Bad::cell("id", &id.to_string(), reason));
                *place = Match::Refused;
            }
            None if D::ID_IS_A_HINT => {}
            None => {
                ids.insert(id);
                *place = Match::New(id);
            }
        }
    }

    // rows without: those that say most choose first
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(rows.get(*i).map(|row| row.draft.said())));
    type Fits<D> = fn(&D, &<D as Draft>::Record) -> bool;
    let exactly: Fits<D> =
        |draft, record| draft.fresh(D::id_of(record), D::recorded_at_of(record)) == *record;
    let amends: Fits<D> = |draft, record| draft.amends(record);
    for fits in [exactly, says_no_more::<D>, amends] {
        for at in &order {
            let (Some(row), Some(place)) = (rows.get(*at), matched.get_mut(*at)) else {
                continue;
            };
            if !matches!(place, Match::Open) {
                continue;
            }
            let candidates = by_about
                .get(&row.draft.about())
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
        let hint = row
            .draft
            .id()
            .filter(|id| !by_id.contains_key(id) && !ids.contains(id));
        let id = hint.unwrap_or(next);
        ids.insert(id);
        next = next.max(id.saturating_add(1));
        *place = Match::New(id);
    }

    let mut out = Vec::new();
    for (row, place) in rows.iter().zip(matched) {
        match place {
            Match::New(id) => {
                log.tell(file, Fate::New);
                out.push(row.draft.fresh(id, now));
            }
            Match::Kept(i) => {
                let Some(record) = kept.get(i) else { continue };
                let mut amended = record.clone();
                row.draft.apply(&mut amended);
                if amended == *record {
                    log.tell(file, Fate::Same);
                } else {
                    log.tell(file, Fate::Changed);
                    out.push(amended);
                }
            }
            Match::Refused | Match::Open => {}
        }
    }
    out
}

/// Whether the record already says all that the row says.
fn says_no_more<D: Draft>(draft: &D, record: &D::Record) -> bool {
    let mut same = record.clone();
    draft.apply(&mut same);
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

/// Leaves out rows that use a number a second time, or speak a second time of what there is one of: repeated word for
/// word with a warning, otherwise refused.
fn without_repeats<D: Draft>(file: &str, rows: Vec<Lined<D>>, log: &mut Log) -> Vec<Lined<D>> {
    let mut seen: HashMap<i64, usize> = HashMap::new();
    let mut alone: HashMap<D::About, (u64, usize)> = HashMap::new();
    let mut out: Vec<Lined<D>> = Vec::with_capacity(rows.len());
    for row in rows {
        let earlier = row
            .draft
            .id()
            .and_then(|id| Some((id, out.get(*seen.get(&id)?)?)));
        if let Some((id, first)) = earlier {
            let first_line = first.line;
            if first.draft == row.draft {
                log.warn(
                    file,
                    Some(row.line),
                    format!("repeats line {first_line}; counted once"),
                );
            } else {
                let reason = format!("line {first_line} has this number already");
                log.refuse(
                    file,
                    row.line,
                    Bad::cell("id", &shown(&id.to_string()), reason),
                );
            }
            continue;
        }
        if row.draft.stands_alone() {
            let place = (row.line, out.len());
            if let Some((line, at)) = alone.get(&row.draft.about()) {
                if out.get(*at).is_some_and(|first| first.draft == row.draft) {
                    log.warn(
                        file,
                        Some(row.line),
                        format!("repeats line {line}; counted once"),
                    );
                } else {
                    let about = row.draft.about_in_words();
                    let reason = format!("line {line} says something else than {about}");
                    log.refuse(file, row.line, Bad::row(reason));
                }
                continue;
            }
            alone.insert(row.draft.about(), place);
        }
        if let Some(id) = row.draft.id() {
            seen.insert(id, out.len());
        }
        out.push(row);
    }
    out
}
