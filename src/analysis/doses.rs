//! Courses and doses as factor columns: in force or not, any or none, and how much of the element.
//!
//! Only a declared course is carried from night to night; an explicit 0 on a night (a missed dose) beats it.
//! A night without a word about a dose taken as needed is unknown.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::analysis::left_out::{Shown, Trial, Trials, index, substance_column};
use crate::analysis::night_table::{Factor, Kind};
use crate::diary::factor::{Catalogue, FactorDef};
use crate::diary::substance::{Amount, amount, amount_of_intake, daily_amount_of_course};
use crate::diary::vocabulary::Done;
use crate::diary::{Course, Diary, Intake, Night, Nights};

/// A column being filled.
pub(crate) struct Column {
    pub(crate) factor: Factor,
    pub(crate) definition: Option<FactorDef>,
    /// Nights on which an amount was said without a figure.
    pub(crate) some: Vec<usize>,
}

/// Everything said about one substance.
#[derive(Default)]
struct Substance<'d> {
    label: String,
    /// Explicit values, from the factor of the same name.
    said: Option<Vec<Option<f64>>>,
    /// Nights on which some was taken, without a figure.
    some: Vec<usize>,
    recalled: usize,
    courses: Vec<&'d Course>,
    intakes: Vec<&'d Intake>,
    tried: Vec<Tried>,
    /// Nights of which nothing is known before an experiment is over.
    hidden: Vec<usize>,
}

/// A night of an experiment that is over, and the dose of a day with it.
struct Tried {
    night: Shown,
    dose: Option<f64>,
}

/// One "any" column a substance, and a dose column where doses differ among the nights it was taken.
/// Takes the columns of nutrient factors out of `columns`.
pub(crate) fn dose_factors(
    diary: &Diary,
    nights: Nights,
    catalogue: &Catalogue,
    columns: &mut BTreeMap<Arc<str>, Column>,
    first_cramps: &HashMap<Night, DateTime<Utc>>,
    trials: &Trials<'_>,
) -> Vec<Factor> {
    let mut substances: BTreeMap<String, Substance> = BTreeMap::new();
    let nutrients: Vec<Arc<str>> = columns
        .iter()
        .filter(|(_, c)| c.definition.as_ref().is_some_and(|d| d.nutrient.is_some()))
        .map(|(n, _)| n.clone())
        .collect();
    for name in nutrients {
        if let Some(column) = columns.remove(&name) {
            let s = substances.entry(name.to_string()).or_default();
            (s.label, s.recalled) = (column.factor.label, column.factor.recalled);
            s.said = Some(column.factor.values);
            s.some = column.some;
        }
    }
    for course in &diary.courses {
        entry(&mut substances, catalogue, &course.name)
            .courses
            .push(course);
    }
    // A factor of the person's own with the name of a course says on which nights it was taken or missed.
    for (name, s) in &mut substances {
        if let Some(column) = columns.remove(name.as_str()) {
            s.recalled = column.factor.recalled;
            s.said = Some(column.factor.values);
            s.some = column.some;
        }
    }
    let known = |i: &&Intake| {
        let column = || substance_column(catalogue, &i.name).0;
        nights.contains(i.night) && (trials.is_empty() || !trials.hides(&column(), i.night))
    };
    for intake in diary.intakes.iter().filter(known) {
        entry(&mut substances, catalogue, &intake.name)
            .intakes
            .push(intake);
    }
    for trial in trials.iter().filter(|trial| !trial.is_factor) {
        let tried: Vec<Tried> = tried(trial, nights).collect();
        if !tried.is_empty() {
            let thing = &trial.experiment.thing;
            entry(&mut substances, catalogue, thing).tried.extend(tried);
        }
    }
    for (name, s) in &mut substances {
        s.hidden = trials.hidden(name, nights);
    }
    substances
        .iter()
        .flat_map(|(name, s)| s.factors(name, nights, first_cramps))
        .collect()
}

fn tried(trial: &Trial<'_>, nights: Nights) -> impl Iterator<Item = Tried> {
    let e = trial.experiment;
    let day = e.dose.zip(e.unit.as_deref());
    let dose = exact(day.and_then(|(dose, unit)| amount(&e.thing, dose, unit, e.basis)));
    trial.shown(nights).map(move |night| Tried { night, dose })
}

/// The substance a medicine or supplement counts under: its nutrient's factor, or its own name.
fn entry<'a, 'd>(
    substances: &'a mut BTreeMap<String, Substance<'d>>,
    catalogue: &Catalogue,
    name: &str,
) -> &'a mut Substance<'d> {
    let (key, definition) = substance_column(catalogue, name);
    let s = substances.entry(key).or_default();
    if s.label.is_empty() {
        s.label = definition.map_or_else(|| name.to_string(), |d| d.label.to_string());
    }
    s
}

impl Substance<'_> {
    fn factors(
        &self,
        name: &str,
        nights: Nights,
        first_cramps: &HashMap<Night, DateTime<Utc>>,
    ) -> Vec<Factor> {
        let n = nights.len();
        let (mut any, mut dose): (Vec<Option<bool>>, Vec<Option<f64>>) =
            (vec![None; n], vec![None; n]);
        if !self.courses.is_empty() {
            any.fill(Some(false));
        }
        for course in &self.courses {
            let daily = exact(daily_amount_of_course(course));
            for (t, _) in nights
                .iter()
                .enumerate()
                .filter(|(_, night)| course.covers(night.date()))
            {
                let other = any[t] == Some(true);
                any[t] = Some(true);
                // Two courses at once add up; one of unknown dose leaves the sum unknown.
                dose[t] = match (dose[t], daily, other) {
                    (_, daily, false) => daily,
                    (Some(a), Some(b), true) => Some(a + b),
                    _ => None,
                };
            }
        }
        // Before the day of which only "then or earlier" is known, nothing is known.
        for course in self.courses.iter().filter(|c| c.known_start().is_none()) {
            let earlier = |night: &Night| night.date() < course.start;
            for (t, _) in nights
                .iter()
                .enumerate()
                .filter(|(_, night)| earlier(night))
            {
                any[t] = any[t].filter(|taken| *taken);
            }
        }
        let (before, reactive): (Vec<&Intake>, Vec<&Intake>) = self.intakes.iter().partition(|i| {
            first_cramps
                .get(&i.night)
                .is_none_or(|cramp| i.taken_at.utc <= *cramp)
        });
        // What was taken because of a cramp can only matter for the night after.
        let before = before.into_iter().map(|i| (i, i.night));
        let reactive = reactive.into_iter().map(|i| (i, i.night.plus(1)));
        for (intake, night) in before.chain(reactive) {
            let amount = exact(amount_of_intake(intake));
            let has_course = !self.courses.is_empty();
            let at = index(nights, night);
            add(&mut any, &mut dose, at, amount, has_course);
        }
        for tried in &self.tried {
            let Shown { place: t, on, done } = tried.night;
            let taken = any[t] == Some(true);
            (any[t], dose[t]) = match done {
                // an intake, or a course, says that it was taken whatever was drawn
                Some(Done::Yes) | None if taken => (any[t], dose[t]),
                Some(Done::Yes) => (Some(true), tried.dose),
                Some(Done::No) => (Some(false), None),
                Some(Done::Partly) => (None, None),
                None => (on.or(any[t]), tried.dose.filter(|_| on == Some(true))),
            };
        }
        for (t, said) in self.said.iter().flatten().enumerate() {
            if let Some(said) = said {
                any[t] = Some(*said > 0.0);
                dose[t] = Some(*said);
            }
        }
        // "Some" says that it was taken; how much is what else is known of the night.
        for t in &self.some {
            any[*t] = Some(true);
        }
        for t in &self.hidden {
            (any[*t], dose[*t]) = (None, None);
        }
        let kind = if self.courses.is_empty() {
            Kind::YesNo
        } else {
            Kind::Course
        };
        let mut factor = Factor::new(name, kind, any.iter().map(|a| a.map(f64::from)).collect());
        factor.label.clone_from(&self.label);
        factor.recalled = self.recalled;
        let detail = dose_detail(name, self, &any, &dose);
        std::iter::once(factor).chain(detail).collect()
    }
}

fn add(
    any: &mut [Option<bool>],
    dose: &mut [Option<f64>],
    at: Option<usize>,
    amount: Option<f64>,
    has_course: bool,
) {
    let Some(t) = at else { return };
    let taken = any[t] == Some(true);
    dose[t] = match (taken, dose[t], amount) {
        // A dose logged while a course is in force is taken to be that course's dose, not a second one.
        (true, Some(d), Some(a)) if has_course => Some(d.max(a)),
        (true, Some(d), Some(a)) => Some(d + a),
        (true, _, _) => None,
        (false, _, amount) => amount,
    };
    any[t] = Some(true);
}

/// An amount whose two ends agree; a salt that reads two ways leaves the dose unknown.
fn exact(amount: Option<Amount>) -> Option<f64> {
    amount
        .filter(|a| a.low == a.high && a.low > 0.0)
        .map(|a| a.low)
}

/// log2 of the dose among nights it was taken: shown, never graded.
fn dose_detail(
    name: &str,
    s: &Substance,
    any: &[Option<bool>],
    dose: &[Option<f64>],
) -> Option<Factor> {
    let values: Vec<Option<f64>> = any
        .iter()
        .zip(dose)
        .map(|(a, d)| d.filter(|d| *a == Some(true) && *d > 0.0).map(f64::log2))
        .collect();
    let mut known = values.iter().flatten();
    let first = known.next()?;
    known.any(|v| v != first).then(|| {
        let mut factor = Factor::new(&format!("{name}-dose"), Kind::Number, values.clone());
        factor.label = format!("{}: doubling of the dose", s.label);
        factor.unit = Some("doublings".to_string());
        factor.detail_of = Some(name.to_string());
        factor
    })
}
