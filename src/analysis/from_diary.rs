//! From the diary to the night table: counts and factor columns on calendar nights, unknown kept unknown.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::analysis::doses::{Column, dose_factors};
use crate::analysis::left_out::{LeftOut, Shown, Trials, index};
use crate::analysis::night_table::{Factor, Kind, NightTable, Shape};
use crate::diary::factor::{Catalogue, FactorDef};
use crate::diary::record::SOME;
use crate::diary::vocabulary::{Done, FactorKind, Origin, Outcome, Relief, Timing};
use crate::diary::{ContextValue, Diary, Night, Nights, Value, Word};

/// The night table of a diary as known on the night of `as_of`; nights after it are left out.
///
/// It runs from the first night anything was said about to `as_of` or the last such night, whichever is earlier.
/// Excluded nights are unknown in every column. An empty diary gives a table without nights.
pub(crate) fn night_table(diary: &Diary, as_of: Night) -> NightTable {
    let Some(nights) = nights_of(diary, as_of) else {
        return NightTable::new(as_of.date(), Vec::new(), Vec::new());
    };
    let (counts, excluded) = outcomes(diary, nights);
    let first_cramps = first_cramps(diary, nights);
    let catalogue = Catalogue::of(diary);
    let trials = Trials::of(diary, &catalogue, as_of);
    let mut columns = value_columns(diary, nights, &catalogue, &first_cramps, &trials);
    put_what_was_done(&mut columns, nights, &catalogue, &trials);
    let mut factors = dose_factors(
        diary,
        nights,
        &catalogue,
        &mut columns,
        &first_cramps,
        &trials,
    );
    let places = catalogue.iter().enumerate();
    let order: HashMap<&str, usize> = places.map(|(i, d)| (d.factor.as_ref(), i)).collect();
    factors.extend(columns.into_values().map(any_or_none));
    factors.extend(reactions(diary, nights, &counts));
    factors.sort_by_key(|f| {
        (
            order.get(f.name.as_str()).copied().unwrap_or(usize::MAX),
            f.name.clone(),
        )
    });
    for f in &mut factors {
        for (v, x) in f.values.iter_mut().zip(&excluded) {
            if *x {
                *v = None;
            }
        }
    }
    NightTable {
        first: nights.from.date(),
        counts,
        excluded,
        factors,
    }
}

/// Which factors an experiment that is not over leaves out of the table of a diary as known on the night of `as_of`, and
/// how many of their nights.
pub(crate) fn left_out(diary: &Diary, as_of: Night) -> Vec<LeftOut> {
    let Some(nights) = nights_of(diary, as_of).filter(|_| !diary.experiments.is_empty()) else {
        return Vec::new();
    };
    Trials::of(diary, &Catalogue::of(diary), as_of).left_out(nights)
}

/// A number that depends on everything in a table (FNV-1a), so that chance is drawn alike for the same diary.
pub(crate) fn content_seed(table: &NightTable) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut eat = |x: u64| hash = (hash ^ x).wrapping_mul(0x0100_0000_01b3);
    table
        .counts
        .iter()
        .for_each(|c| eat(c.map_or(u64::MAX, u64::from)));
    for f in &table.factors {
        f.name.bytes().for_each(|b| eat(u64::from(b)));
        f.values
            .iter()
            .for_each(|v| eat(v.map_or(u64::MAX, f64::to_bits)));
    }
    hash ^ (hash >> 29)
}

/// The nights a table covers.
pub(crate) fn nights_of(diary: &Diary, as_of: Night) -> Option<Nights> {
    let span = diary.span()?;
    let to = span.to.min(as_of);
    (span.from <= to).then_some(Nights {
        from: span.from,
        to,
    })
}

/// Night cramps of each of some nights (`None` where nobody said, or the night is excluded), and which are excluded.
pub(crate) fn outcomes(diary: &Diary, nights: Nights) -> (Vec<Option<u32>>, Vec<bool>) {
    let excluded = excluded(diary, nights);
    (counts(diary, nights, &excluded), excluded)
}

fn excluded(diary: &Diary, nights: Nights) -> Vec<bool> {
    let mut out = vec![false; nights.len()];
    for x in &diary.exclusions {
        let (from, to) = (x.from.max(nights.from), x.to.min(nights.to));
        if let (Some(a), Some(b)) = (index(nights, from), index(nights, to)) {
            out[a..=b.max(a)].fill(true);
        }
    }
    out
}

/// Night cramps of each night: 0 only when the person said so, at least 1 when they said there was one.
fn counts(diary: &Diary, nights: Nights, excluded: &[bool]) -> Vec<Option<u32>> {
    let mut out: Vec<Option<u32>> = vec![None; nights.len()];
    for (night, record) in &diary.nights {
        if let Some(t) = index(nights, *night) {
            out[t] = record.outcome.map(|o| u32::from(o == Outcome::Cramp));
        }
    }
    let mut logged = vec![0u32; nights.len()];
    for e in diary
        .episodes_in(nights)
        .iter()
        .filter(|e| e.is_night_cramp())
    {
        if let Some(t) = index(nights, e.night) {
            logged[t] = logged[t].saturating_add(1);
        }
    }
    for ((out, logged), excluded) in out.iter_mut().zip(logged).zip(excluded) {
        if logged > 0 {
            *out = Some(logged);
        }
        if *excluded {
            *out = None;
        }
    }
    out
}

/// When the first cramp of each night began, where that is known.
fn first_cramps(diary: &Diary, nights: Nights) -> HashMap<Night, DateTime<Utc>> {
    let mut out = HashMap::new();
    for e in diary
        .episodes_in(nights)
        .iter()
        .filter(|e| e.is_night_cramp())
    {
        if let Some(at) = &e.began_at {
            let first = out.entry(e.night).or_insert(at.utc);
            *first = at.utc.min(*first);
        }
    }
    out
}

/// One column a factor with any value, by name.
fn value_columns(
    diary: &Diary,
    nights: Nights,
    catalogue: &Catalogue,
    first_cramps: &HashMap<Night, DateTime<Utc>>,
    trials: &Trials<'_>,
) -> BTreeMap<Arc<str>, Column> {
    let mut names: Vec<Arc<str>> = Vec::new();
    let mut columns: Vec<Column> = Vec::new();
    let mut place: HashMap<Arc<str>, usize> = HashMap::new();
    let mut guess = 0;
    let known = |v: &&ContextValue| trials.is_empty() || !trials.hides(&v.factor, v.night);
    for v in diary.known_values(nights).iter().filter(known) {
        // Values come night by night with the same factors in the same order: usually the next column is the one.
        let known = names
            .get(guess)
            .is_some_and(|n| Arc::ptr_eq(n, &v.factor) || *n == v.factor);
        let at = if known {
            guess
        } else {
            *place.entry(v.factor.clone()).or_insert_with(|| {
                let definition = catalogue.find(&v.factor).cloned();
                columns.push(Column {
                    factor: empty_factor(&v.factor, definition.as_ref(), nights.len()),
                    definition,
                    some: Vec::new(),
                });
                names.push(v.factor.clone());
                columns.len() - 1
            })
        };
        guess = if at + 1 == names.len() { 0 } else { at + 1 };
        if let (Some(t), Some(column)) = (index(nights, v.night), columns.get_mut(at)) {
            write(column, t, v, first_cramps);
        }
    }
    names
        .into_iter()
        .zip(columns)
        .map(|(n, c)| (n, order_levels(c)))
        .collect()
}

/// On the nights of an experiment that is over a factor is what was done; of what nobody said, what was drawn.
fn put_what_was_done(
    columns: &mut BTreeMap<Arc<str>, Column>,
    nights: Nights,
    catalogue: &Catalogue,
    trials: &Trials<'_>,
) {
    for trial in trials.iter().filter(|trial| trial.is_factor) {
        for Shown { place, on, done } in trial.shown(nights) {
            let column = columns.entry(trial.column.clone()).or_insert_with(|| {
                let definition = catalogue.find(&trial.column).cloned();
                Column {
                    factor: empty_factor(&trial.column, definition.as_ref(), nights.len()),
                    definition,
                    some: Vec::new(),
                }
            });
            if let Some(value) = column.factor.values.get_mut(place) {
                *value = match done {
                    Some(Done::Yes) => Some(1.0),
                    Some(Done::No) => Some(0.0),
                    Some(Done::Partly) => None,
                    None => value.or(on.map(f64::from)),
                };
            }
        }
    }
}

fn empty_factor(name: &str, definition: Option<&FactorDef>, nights: usize) -> Factor {
    let kind = match definition.map(|d| d.kind) {
        Some(FactorKind::YesNo) => Kind::YesNo,
        Some(FactorKind::Scale) => Kind::Scale,
        Some(FactorKind::Choice) => Kind::Choice,
        Some(FactorKind::Number) | None => Kind::Number,
    };
    let mut factor = Factor::new(name, kind, vec![None; nights]);
    if let Some(d) = definition {
        factor.before_sleep = d.timing != Timing::Night;
        factor.label = d.label.to_string();
        factor.unit = d.unit.as_ref().map(ToString::to_string);
        if d.log_scale {
            factor.shape = Shape::Log1p;
        }
        factor.levels = d.choices.iter().map(ToString::to_string).collect();
    }
    factor
}

fn write(
    column: &mut Column,
    t: usize,
    v: &ContextValue,
    first_cramps: &HashMap<Night, DateTime<Utc>>,
) {
    let factor = &mut column.factor;
    let value = match &v.value {
        // A value in another unit than the factor's cannot be put beside the others.
        Value::Number(_)
            if factor.unit.is_some()
                && v.unit.is_some()
                && factor.unit.as_deref() != v.unit.as_deref() =>
        {
            None
        }
        Value::Number(x) => Some(*x).filter(|x| x.is_finite()),
        Value::Word(word) if **word == *SOME && takes_amounts(column.definition.as_ref()) => {
            column.some.push(t);
            None
        }
        Value::Word(word) => Some(level(factor, word)),
    };
    factor.values[t] = value;
    let after = first_cramps
        .get(&v.night)
        .is_some_and(|cramp| v.recorded_at > *cramp);
    factor.recalled += usize::from(after && v.source.origin == Origin::Person);
}

/// Whether a factor is kept as an amount, of which "some" can be said without a figure.
fn takes_amounts(definition: Option<&FactorDef>) -> bool {
    definition.is_none_or(|d| matches!(d.kind, FactorKind::Number | FactorKind::Scale))
}

/// So many nights with an amount without a figure make a factor any against none.
const SOME_NIGHTS: usize = 3;

/// A factor whose amount was often said without a figure ([`SOME_NIGHTS`], or more than a tenth of its known nights) becomes
/// any against none. Otherwise those few nights stay unknown. A factor that is never none, such as a temperature, has no
/// such contrast, and one with words of its own neither.
fn any_or_none(column: Column) -> Factor {
    let least = column.definition.as_ref().and_then(|d| d.min);
    let mut factor = column.factor;
    let is_amount = matches!(factor.kind, Kind::Number | Kind::Scale);
    let some = column.some.len();
    let known = factor.values.iter().flatten().count() + some;
    let often = some >= SOME_NIGHTS || some * 10 > known;
    if !(is_amount && least.is_none_or(|least| least == 0.0) && often) {
        return factor;
    }
    for value in factor.values.iter_mut().flatten() {
        *value = f64::from(*value > 0.0);
    }
    for t in &column.some {
        if let Some(value) = factor.values.get_mut(*t) {
            *value = Some(1.0);
        }
    }
    factor.kind = Kind::YesNo;
    factor.unit = None;
    factor.shape = Shape::Straight;
    factor.label = format!("{}: any", factor.label);
    factor
}

/// Code of a word, adding it to the levels when new.
fn level(factor: &mut Factor, word: &str) -> f64 {
    factor.kind = Kind::Choice;
    let at = factor
        .levels
        .iter()
        .position(|l| l == word)
        .unwrap_or_else(|| {
            factor.levels.push(word.to_string());
            factor.levels.len() - 1
        });
    at as f64
}

/// Words the catalogue does not list are put in alphabetical order, so that codes do not depend on who came first.
fn order_levels(mut column: Column) -> Column {
    let listed = column.definition.as_ref().map_or(0, |d| d.choices.len());
    let levels = &column.factor.levels;
    if column.factor.kind == Kind::Choice && levels.len() > listed {
        let mut order: Vec<usize> = (0..levels.len()).collect();
        order[listed..].sort_by(|a, b| levels[*a].cmp(&levels[*b]));
        let mut code = vec![0.0; levels.len()];
        for (new, old) in order.iter().enumerate() {
            code[*old] = new as f64;
        }
        column.factor.levels = order.iter().map(|&o| levels[o].clone()).collect();
        column
            .factor
            .values
            .iter_mut()
            .flatten()
            .for_each(|v| *v = code[*v as usize]);
    }
    column
}

/// What was done against a cramp, set against the night after. A calm night is one without the reaction; a cramp
/// night on which nobody said what was done is unknown.
fn reactions(diary: &Diary, nights: Nights, counts: &[Option<u32>]) -> Vec<Factor> {
    let episodes: Vec<_> = diary
        .episodes_in(nights)
        .iter()
        .filter(|e| e.is_night_cramp())
        .collect();
    let used = Relief::ALL
        .iter()
        .filter(|r| **r != Relief::None && episodes.iter().any(|e| e.relief.contains(r)));
    used.map(|relief| {
        let mut done: Vec<Option<bool>> = counts
            .iter()
            .map(|c| c.filter(|c| *c == 0).map(|_| false))
            .collect();
        for e in &episodes {
            if let Some(t) = index(nights, e.night).filter(|_| !e.relief.is_empty()) {
                done[t] = Some(done[t].unwrap_or(false) || e.relief.contains(relief));
            }
        }
        let reactions = done.iter().map(|d| d.map(f64::from));
        let later = std::iter::once(None).chain(reactions);
        let values = later.take(counts.len()).collect();
        let mut factor = Factor::new(&format!("relief-{}", relief.word()), Kind::YesNo, values);
        let (first, rest) = relief.word().split_at(1);
        factor.label = format!(
            "{}{rest}, used against a cramp the night before",
            first.to_uppercase()
        );
        factor.lag = 1;
        factor.reaction = true;
        factor
    })
    .collect()
}
