//! The result of an experiment as its nights were assigned, with its own randomisation as the only chance in it; beside
//! it how far the plan was kept and what was seen by what was really done.

use serde::Serialize;

use crate::analysis::association::Grade;
use crate::analysis::experiment_test::{ALPHA, DRAWS, Layout};
use crate::analysis::from_diary::outcomes;
use crate::data::word::words;
use crate::diary::experiment::{Assigned, BLOCK, Experiment};
use crate::diary::substance::Nutrient;
use crate::diary::typed::plain_name;
use crate::diary::vocabulary::{Done, ExperimentDesign};
use crate::diary::{Diary, Night};
use crate::stats::estimate::Estimate;

/// Nights that count, their cramps, and how many of them had any.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Arm {
    pub(crate) nights: usize,
    pub(crate) cramps: u64,
    pub(crate) cramp_nights: usize,
}

impl Arm {
    fn add(&mut self, count: u32) {
        self.nights += 1;
        self.cramps += u64::from(count);
        self.cramp_nights += usize::from(count > 0);
    }

    /// Cramps a night; `None` without nights.
    pub(crate) fn rate(self) -> Option<f64> {
        (self.nights > 0).then(|| self.cramps as f64 / self.nights as f64)
    }
}

/// How far the plan was kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Compliance {
    /// Nights on which just what was assigned was done.
    pub(crate) as_assigned: usize,
    /// Nights of which it is known what was done.
    pub(crate) answered: usize,
    /// Planned nights.
    pub(crate) of: usize,
}

/// The nights that count by what was really done. Chance did not decide this.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub(crate) struct AsDone {
    pub(crate) on: Arm,
    pub(crate) off: Arm,
    /// Nights on which it was done partly, or nobody said: in neither.
    pub(crate) left_out: usize,
    /// Rate on over rate off, without an interval; `None` when there is none to form.
    pub(crate) rate_ratio: Option<f64>,
}

/// A period of a pair, or one night of the nightly design, as it was assigned.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Unit {
    pub(crate) from: Night,
    pub(crate) to: Night,
    pub(crate) on: bool,
    /// Nights that count, and their cramps.
    pub(crate) nights: usize,
    pub(crate) cramps: u64,
    /// First nights of the period, left out by rule.
    pub(crate) washout: usize,
    /// Further nights that were excluded, and those nobody answered for.
    pub(crate) excluded: usize,
    pub(crate) unknown: usize,
}

words! {
    /// Why an experiment gives no numbers.
    NoNumbers, "reason", {
        /// Blinded, and not opened with the key.
        NotOpened = "not-opened",
        NoNights = "no-nights",
        /// No night that counts on one of the two sides.
        OneSide = "one-side",
        NoCramps = "no-cramps",
    }
}

/// What an experiment found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Finding {
    /// p at most .05: fewer cramps with the thing.
    Fewer,
    /// p at most .05: more cramps with the thing.
    More,
    /// No difference found, and the interval says that halving or better is unlikely.
    Unlikely,
    /// No difference found; a large effect is still possible.
    Unclear,
    NoNumbers(NoNumbers),
}

/// The result of a finished experiment. `planned` is the sum of `counted`, `unknown`, `excluded`, `washout` and
/// `in_dropped_pairs`, once opened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Outcome {
    pub(crate) on: Arm,
    pub(crate) off: Arm,
    /// Rate on over rate off.
    pub(crate) rate_ratio: Option<Estimate>,
    pub(crate) p: Option<f64>,
    /// Redraws of the schedule, or all its assignments when `exact`.
    pub(crate) draws: u64,
    pub(crate) exact: bool,
    pub(crate) planned: usize,
    /// Nights on which the numbers rest.
    pub(crate) counted: usize,
    /// Nights nobody answered for, neither excluded nor washout.
    pub(crate) unknown: usize,
    pub(crate) excluded: usize,
    /// First nights of periods (excluded ones not among them).
    pub(crate) washout: usize,
    /// Pairs of which one period has no night that counts, and the nights that would have counted in them.
    pub(crate) dropped_pairs: usize,
    pub(crate) in_dropped_pairs: usize,
    /// Whether more than a third of the nights that should count are unknown: to be said first.
    pub(crate) incomplete: bool,
    pub(crate) kept: Compliance,
    /// `None` when nobody ever said what was done.
    pub(crate) as_done: Option<AsDone>,
    pub(crate) units: Vec<Unit>,
    pub(crate) finding: Finding,
}

impl Outcome {
    /// Logarithm of the rate ratio with its standard error; `None` where one side has no cramp.
    ///
    /// The error is that of two ratios of sums over what was drawn by itself, pairs of periods or blocks of nights, made
    /// linear (W. G. Cochran, "Sampling Techniques", 3rd ed. 1977, 6.4 and 6.10). The interval of the randomisation does not
    /// give it: of so few draws it is far wider than 1.96 errors, and often has no end.
    pub(crate) fn log_rate_ratio(&self, design: ExperimentDesign) -> Option<(f64, f64)> {
        let log = self.rate_ratio?.value.ln();
        let together = match design {
            ExperimentDesign::Nightly => BLOCK,
            ExperimentDesign::Pairs => 2,
        };
        let sums = |units: &[Unit], on: bool| {
            let side = units.iter().filter(|u| u.on == on);
            side.fold((0.0, 0.0), |(cramps, nights), u| {
                (cramps + u.cramps as f64, nights + u.nights as f64)
            })
        };
        // a pair of which one period has no night that counts is in no number
        let counts = |drawn: &&[Unit]| {
            let both = sums(drawn, true).1 > 0.0 && sums(drawn, false).1 > 0.0;
            design == ExperimentDesign::Nightly || both
        };
        let drawn: Vec<&[Unit]> = self.units.chunks(together).filter(counts).collect();
        let k = drawn.len() as f64;
        let all = drawn.concat();
        let off_by = |part: &[Unit], on: bool| {
            let ((cramps, nights), (c, n)) = (sums(&all, on), sums(part, on));
            c / cramps - n / nights
        };
        let squares: f64 = drawn
            .iter()
            .map(|part| (off_by(part, true) - off_by(part, false)).powi(2))
            .sum();
        let se = (squares * k / (k - 1.0)).sqrt();
        (log.is_finite() && se.is_finite() && se > 0.0).then_some((log, se))
    }
}

/// Evaluates an experiment as assigned. That it is finished, sound and (if blinded) opened is the caller's to check;
/// unopened, it gives no numbers.
pub(crate) fn evaluate(diary: &Diary, experiment: &Experiment, seed: u64) -> Outcome {
    let nights = experiment.nights();
    let blinded = experiment.is_blinded();
    let layout = Layout {
        design: experiment.design,
        period: experiment.period,
        dropped: experiment.dropped,
    };
    let (counts, excluded) = outcomes(diary, nights);
    let done: Vec<Option<Done>> = nights
        .iter()
        .map(|n| done_on(diary, &experiment.thing, n))
        .collect();
    let assigned: Option<Vec<bool>> = nights
        .iter()
        .map(|n| match experiment.assigned(n)? {
            Assigned::On => Some(true),
            Assigned::Off => Some(false),
            Assigned::Label(_) => None,
        })
        .collect();
    let mut outcome = Outcome {
        on: Arm::default(),
        off: Arm::default(),
        rate_ratio: None,
        p: None,
        draws: 0,
        exact: false,
        planned: nights.len(),
        counted: 0,
        unknown: 0,
        excluded: excluded.iter().filter(|x| **x).count(),
        washout: 0,
        dropped_pairs: 0,
        in_dropped_pairs: 0,
        incomplete: false,
        kept: Compliance {
            as_assigned: 0,
            answered: done.iter().flatten().count(),
            of: nights.len(),
        },
        as_done: None,
        units: Vec::new(),
        finding: Finding::NoNumbers(NoNumbers::NotOpened),
    };
    let Some(on) = assigned else {
        return outcome;
    };
    let takes_part = layout.takes_part(&counts, &on);
    let mut by_done = AsDone::default();
    for (t, count) in counts.iter().enumerate() {
        // with labels, something is taken every night: yes is what was assigned
        let wanted = match on[t] || blinded {
            true => Done::Yes,
            false => Done::No,
        };
        let as_assigned = done[t] == Some(wanted);
        outcome.kept.as_assigned += usize::from(as_assigned);
        if excluded[t] {
            continue;
        }
        match count {
            _ if layout.is_washout(t) => outcome.washout += 1,
            None => outcome.unknown += 1,
            Some(_) if !takes_part[t] => outcome.in_dropped_pairs += 1,
            Some(count) => {
                outcome.counted += 1;
                let arm = if on[t] {
                    &mut outcome.on
                } else {
                    &mut outcome.off
                };
                arm.add(*count);
                match done[t] {
                    Some(Done::Yes) if blinded && !on[t] => by_done.off.add(*count),
                    Some(Done::No) if blinded => by_done.left_out += 1,
                    Some(Done::Yes) => by_done.on.add(*count),
                    Some(Done::No) => by_done.off.add(*count),
                    Some(Done::Partly) | None => by_done.left_out += 1,
                }
            }
        }
    }
    by_done.rate_ratio = ratio(by_done.on, by_done.off);
    outcome.as_done = done.iter().any(Option::is_some).then_some(by_done);
    let expected = outcome.counted + outcome.in_dropped_pairs + outcome.unknown;
    outcome.incomplete = outcome.unknown * 3 > expected;
    outcome.units = units(experiment.from, layout, &counts, &excluded, &on);
    let verdict = layout.test(&counts, &on, DRAWS, seed);
    outcome.p = verdict.p;
    outcome.rate_ratio = verdict.rate_ratio();
    outcome.draws = verdict.draws;
    outcome.exact = verdict.exact;
    outcome.dropped_pairs = verdict.dropped_pairs;
    outcome.finding = finding(&outcome, verdict.direction);
    outcome
}

/// Rate ratio of two arms; `None` when neither has a cramp, or the second has none.
fn ratio(on: Arm, off: Arm) -> Option<f64> {
    let (on, off) = (on.rate()?, off.rate()?);
    (off > 0.0).then(|| on / off)
}

fn finding(outcome: &Outcome, direction: f64) -> Finding {
    if outcome.counted == 0 {
        return Finding::NoNumbers(NoNumbers::NoNights);
    }
    if outcome.on.nights == 0 || outcome.off.nights == 0 {
        return Finding::NoNumbers(NoNumbers::OneSide);
    }
    if outcome.on.cramps + outcome.off.cramps == 0 {
        return Finding::NoNumbers(NoNumbers::NoCramps);
    }
    let ratio = outcome.rate_ratio;
    let shown = outcome.p.is_some_and(|p| p <= ALPHA);
    let agrees = |wanted: f64| {
        direction * wanted > 0.0 && ratio.is_none_or(|r| (r.value - 1.0) * wanted > 0.0)
    };
    match ratio {
        _ if shown && agrees(-1.0) => Finding::Fewer,
        _ if shown && agrees(1.0) => Finding::More,
        Some(r) if !shown && r.low > 0.5 => Finding::Unlikely,
        _ => Finding::Unclear,
    }
}

/// What was done of `thing` on a night: as it was said, or yes by an intake of it.
fn done_on(diary: &Diary, thing: &str, night: Night) -> Option<Done> {
    let said = diary
        .adherence
        .iter()
        .rfind(|a| a.night == night && a.thing == thing);
    said.map(|a| a.done).or_else(|| {
        let mut intakes = diary.intakes.iter().filter(|i| i.night == night);
        intakes
            .any(|i| is_same(&i.name, thing))
            .then_some(Done::Yes)
    })
}

/// Whether two names mean one thing: the same words, or the same nutrient.
fn is_same(a: &str, b: &str) -> bool {
    let nutrient = Nutrient::of_name(a);
    plain_name(a) == plain_name(b) || (nutrient.is_some() && nutrient == Nutrient::of_name(b))
}

/// The periods in order; in the nightly design each night is one.
fn units(
    from: Night,
    layout: Layout,
    counts: &[Option<u32>],
    excluded: &[bool],
    on: &[bool],
) -> Vec<Unit> {
    let length = match layout.design {
        ExperimentDesign::Nightly => 1,
        ExperimentDesign::Pairs => layout.period.max(1) as usize,
    };
    let mut out = Vec::new();
    for start in (0..counts.len()).step_by(length) {
        let end = (start + length).min(counts.len());
        let mut unit = Unit {
            from: from.plus(start as i64),
            to: from.plus(end as i64 - 1),
            on: on[start],
            nights: 0,
            cramps: 0,
            washout: 0,
            excluded: 0,
            unknown: 0,
        };
        for t in start..end {
            match counts[t] {
                _ if excluded[t] => unit.excluded += 1,
                _ if layout.is_washout(t) => unit.washout += 1,
                None => unit.unknown += 1,
                Some(count) => {
                    unit.nights += 1;
                    unit.cramps += u64::from(count);
                }
            }
        }
        out.push(unit);
    }
    out
}

/// p at or below which one experiment counts as two.
const SURE: f64 = 0.005;

/// The grade of a thing by its finished experiments: shown by one with a difference, shown twice by a second one in the
/// same direction or by one that is very sure. Experiments that contradict each other show nothing.
pub(crate) fn grade(outcomes: &[&Outcome]) -> Option<Grade> {
    let count = |finding: Finding| outcomes.iter().filter(|o| o.finding == finding).count();
    let (fewer, more) = (count(Finding::Fewer), count(Finding::More));
    let sure = outcomes.iter().any(|o| {
        matches!(o.finding, Finding::Fewer | Finding::More) && o.p.is_some_and(|p| p <= SURE)
    });
    match (fewer, more) {
        (0, 0) => None,
        (0, n) | (n, 0) if n > 1 || sure => Some(Grade::ShownTwice),
        (0, _) | (_, 0) => Some(Grade::Shown),
        _ => None,
    }
}
