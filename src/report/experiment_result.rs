//! What came out of an experiment: the numbers as assigned, what they mean and what they do not. Nothing is said before
//! the planned end, and nothing when it was stopped, when its seal does not fit, or when it is blinded and not opened.

use chrono::NaiveDate;
use serde::Serialize;

use crate::analysis::association::Grade;
use crate::analysis::experiment::{Finding, Outcome, evaluate, grade};
use crate::diary::experiment::State;
use crate::diary::factor::Catalogue;
use crate::diary::vocabulary::ExperimentDesign;
use crate::diary::{Diary, Experiment, Night, Now};
use crate::report::chart::{Chart, periods::periods};
use crate::report::say::experiment_result::{self as say, Verdict};
use crate::stats::estimate::Estimate;
use crate::words::{hinted, t};

/// The answer of `cramp experiment result`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ExperimentResult {
    pub(crate) schema: u32,
    pub(crate) kind: &'static str,
    pub(crate) thing: String,
    pub(crate) label: String,
    pub(crate) design: ExperimentDesign,
    pub(crate) from: Night,
    pub(crate) to: Night,
    #[serde(flatten)]
    pub(crate) outcome: Outcome,
    /// Cramps in 100 nights with it less those without. The interval is that of the ratio, at the rate without it.
    pub(crate) difference: Option<Estimate>,
    /// The ratio called worthwhile at the start, and the chance to find it that was promised then.
    pub(crate) effect: f64,
    pub(crate) power: f64,
    pub(crate) blinded: bool,
    pub(crate) seal: String,
    pub(crate) verdict: Verdict,
    /// What is read, in order.
    pub(crate) sentences: Vec<String>,
    /// The same in parts: what stands above everything, and parts under headings.
    #[serde(skip)]
    pub(crate) first: Vec<String>,
    #[serde(skip)]
    pub(crate) means: Vec<String>,
    #[serde(skip)]
    pub(crate) sections: Vec<(&'static str, Vec<String>)>,
    #[serde(skip)]
    pub(crate) title: String,
    /// The nights with it and without.
    #[serde(skip)]
    pub(crate) chart: Chart,
}

/// Why there is no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoResult {
    /// It opens on the morning of this day.
    NotOver(NaiveDate),
    /// Ended early, on this day.
    Stopped(NaiveDate),
    /// Plan or schedule are not those of the first day.
    Unsound,
    /// Blinded, and not opened with the friend's key.
    NotOpened,
}

impl NoResult {
    /// The refusal and the way out.
    pub(crate) fn refusal(&self, thing: &str) -> (String, Option<String>) {
        match self {
            NoResult::NotOver(day) => hinted!(experiment, "result-not-over", thing, day),
            NoResult::Stopped(day) => hinted!(experiment, "result-stopped", thing, day),
            NoResult::Unsound => hinted!(experiment, "result-unsound", thing),
            NoResult::NotOpened => hinted!(experiment, "result-not-opened", thing),
        }
    }
}

/// The result of `experiment` as known now.
///
/// # Errors
/// There is none (yet), see [`NoResult`].
pub(crate) fn result(
    diary: &Diary,
    experiment: &Experiment,
    now: &Now,
    seed: u64,
) -> Result<ExperimentResult, NoResult> {
    result_by(diary, experiment, now.last_night(), seed)
}

/// The result as known on the morning after the night of `last`.
///
/// # Errors
/// There is none (yet), see [`NoResult`].
pub(crate) fn result_by(
    diary: &Diary,
    experiment: &Experiment,
    last: Night,
    seed: u64,
) -> Result<ExperimentResult, NoResult> {
    has_result(experiment, last)?;
    let all = outcomes(diary, &experiment.thing, last, seed);
    let own = all.iter().find(|(other, _)| other.id == experiment.id);
    let outcome = match own {
        Some((_, outcome)) => outcome.clone(),
        None => evaluate(diary, experiment, seed),
    };
    let all: Vec<&Outcome> = all.iter().map(|(_, outcome)| outcome).collect();
    Ok(told(diary, experiment, outcome, &all))
}

/// The result in words, beside `all` experiments with the same thing.
pub(crate) fn told(
    diary: &Diary,
    experiment: &Experiment,
    outcome: Outcome,
    all: &[&Outcome],
) -> ExperimentResult {
    let verdict = verdict(&outcome, all);
    let label = label_of(diary, &experiment.thing);
    let (power, effect, blinded) = (experiment.power, experiment.effect, experiment.is_blinded());
    let agreeing = all.iter().filter(|o| o.finding == outcome.finding).count();
    let first = say::first(&outcome, power, effect);
    let means = say::means(verdict, &outcome, &label, agreeing);
    let sections = [
        (t!(experiment, "result-means"), means.clone()),
        (t!(experiment, "result-kept-head"), say::kept(&outcome)),
        (
            t!(experiment, "result-means-not"),
            say::means_not(verdict, blinded),
        ),
        (
            t!(experiment, "result-chance-head"),
            say::chance(&outcome, &experiment.seal),
        ),
    ];
    let said = sections.iter().flat_map(|(_, said)| said);
    let sentences = first.iter().chain(said).cloned().collect();
    let notes = vec![say::knowing(blinded)];
    ExperimentResult {
        schema: 1,
        kind: "experiment-result",
        thing: experiment.thing.clone(),
        design: experiment.design,
        from: experiment.from,
        to: experiment.to,
        difference: difference(&outcome),
        effect,
        power,
        blinded,
        seal: experiment.seal.clone(),
        verdict,
        sentences,
        first,
        means,
        sections: sections.into(),
        title: say::title(&label, experiment.nights()),
        chart: periods(diary, experiment, &label, say::alt(&outcome), notes),
        label,
        outcome,
    }
}

/// Whether there is a result on the morning after `last`.
///
/// # Errors
/// There is none (yet), and why.
pub(crate) fn has_result(experiment: &Experiment, last: Night) -> Result<(), NoResult> {
    match (experiment.state(last), experiment.stopped) {
        (State::Stopped, day) => Err(NoResult::Stopped(day.unwrap_or(experiment.to.date()))),
        (State::Running, _) => Err(NoResult::NotOver(experiment.to.plus(1).date())),
        (State::Finished, _) if !experiment.is_sound() => Err(NoResult::Unsound),
        (State::Finished, _) if experiment.is_blinded() && experiment.opened.is_none() => {
            Err(NoResult::NotOpened)
        }
        (State::Finished, _) => Ok(()),
    }
}

/// The outcomes of every experiment with `thing` that has a result on the morning after `last`, in order of time.
pub(crate) fn outcomes<'d>(
    diary: &'d Diary,
    thing: &str,
    last: Night,
    seed: u64,
) -> Vec<(&'d Experiment, Outcome)> {
    let of_thing = diary.experiments.iter().filter(|e| e.thing == thing);
    of_thing
        .filter(|e| has_result(e, last).is_ok())
        .map(|e| (e, evaluate(diary, e, seed)))
        .collect()
}

fn verdict(outcome: &Outcome, all: &[&Outcome]) -> Verdict {
    match outcome.finding {
        Finding::Fewer | Finding::More => match grade(all) {
            Some(Grade::ShownTwice) => Verdict::ShownTwice,
            Some(_) => Verdict::Shown,
            None => Verdict::Contradicted,
        },
        Finding::Unlikely => Verdict::LargeUnlikely,
        Finding::Unclear => Verdict::Possible,
        Finding::NoNumbers(_) => Verdict::NoNumbers,
    }
}

fn difference(outcome: &Outcome) -> Option<Estimate> {
    let (on, off) = (outcome.on.rate()?, outcome.off.rate()?);
    let ratio = outcome.rate_ratio?;
    let at = |ratio: f64| (ratio - 1.0) * off * 100.0;
    Estimate::new(
        (on - off) * 100.0,
        at(ratio.low),
        at(ratio.high),
        ratio.level,
    )
}

/// The experiment with the thing of this name that began last.
pub(crate) fn newest<'d>(diary: &'d Diary, name: &str) -> Option<&'d Experiment> {
    let name = name.trim().to_lowercase();
    let catalogue = Catalogue::with(&diary.factors);
    let factor = catalogue.find(&name).map(|def| def.factor.as_ref());
    let thing = factor.unwrap_or(&name);
    diary.experiments.iter().rfind(|e| e.thing == thing)
}

/// The name of a factor, or the supplement itself.
pub(crate) fn label_of(diary: &Diary, thing: &str) -> String {
    let catalogue = Catalogue::with(&diary.factors);
    let found = catalogue.find(thing).map(|def| def.label.to_string());
    found.unwrap_or_else(|| thing.to_string())
}
