//! What finished experiments say beside the analysis of all nights: the grades they give, and which are still running.

use serde::Serialize;

use crate::analysis::association::{Association, Caution, Grade};
use crate::analysis::experiment::{Arm, Finding, Outcome, grade};
use crate::diary::{Diary, Night};
use crate::report::experiment_result::{ExperimentResult, outcomes, told};
use crate::report::say::experiment_result as say;
use crate::stats::estimate::Estimate;

/// What was shown about a thing when chance decided.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Shown {
    #[serde(skip)]
    pub(crate) thing: String,
    #[serde(skip)]
    pub(crate) grade: Grade,
    /// The newest experiment that found a difference.
    pub(crate) from: Night,
    pub(crate) to: Night,
    pub(crate) on: Arm,
    pub(crate) off: Arm,
    pub(crate) rate_ratio: Option<Estimate>,
    pub(crate) p: Option<f64>,
    pub(crate) blinded: bool,
    pub(crate) sentences: Vec<String>,
}

/// Every thing that experiments with a result on the morning after `last` show something about.
pub(crate) fn shown(diary: &Diary, last: Night, seed: u64) -> Vec<Shown> {
    let mut things: Vec<&str> = diary.experiments.iter().map(|e| e.thing.as_str()).collect();
    things.sort_unstable();
    things.dedup();
    let shown = things.into_iter().filter_map(|thing| {
        let all = outcomes(diary, thing, last, seed);
        let found: Vec<&Outcome> = all.iter().map(|(_, outcome)| outcome).collect();
        let grade = grade(&found)?;
        let (newest, outcome) = all.iter().rev().find(|(_, o)| is_difference(o))?;
        let result = told(diary, newest, outcome.clone(), &found);
        let agreeing = found.iter().filter(|o| o.finding == outcome.finding);
        let agreeing = agreeing.count();
        Some(Shown {
            sentences: say::means(result.verdict, outcome, &result.label, agreeing),
            thing: result.thing,
            grade,
            from: result.from,
            to: result.to,
            on: outcome.on,
            off: outcome.off,
            rate_ratio: outcome.rate_ratio,
            p: outcome.p,
            blinded: result.blinded,
        })
    });
    shown.collect()
}

fn is_difference(outcome: &Outcome) -> bool {
    matches!(outcome.finding, Finding::Fewer | Finding::More)
}

/// Gives the factors that were shown something about the grade of their experiments.
pub(crate) fn lift(factors: &mut [Association], shown: &[Shown]) {
    for factor in factors {
        if let Some(shown) = shown_of(factor, shown) {
            factor.grade = shown.grade;
            // it waits for nothing any more
            factor.cautions.retain(|c| *c != Caution::WaitsForLook);
        }
    }
}

/// What was shown about a factor on the night itself.
pub(crate) fn shown_of<'s>(factor: &Association, shown: &'s [Shown]) -> Option<&'s Shown> {
    let of_factor = |s: &&Shown| factor.lag == 0 && s.thing == factor.factor;
    shown.iter().find(of_factor)
}

/// The newest result of an experiment with `thing` on the morning after `last`.
pub(crate) fn newest_result(
    diary: &Diary,
    thing: &str,
    last: Night,
    seed: u64,
) -> Option<ExperimentResult> {
    let all = outcomes(diary, thing, last, seed);
    let found: Vec<&Outcome> = all.iter().map(|(_, outcome)| outcome).collect();
    let (newest, outcome) = all.last()?;
    Some(told(diary, newest, outcome.clone(), &found))
}
