//! What the patient tried on chance's choice: finished experiments with their numbers, running ones by their beginning
//! alone, and those that were ended early as such.

use serde::Serialize;

use crate::analysis::experiment::Outcome;
use crate::diary::experiment::State;
use crate::diary::{Diary, Experiment, Night};
use crate::report::chart::{Chart, Table};
use crate::report::experiment_result::{ExperimentResult, label_of, outcomes, told};
use crate::report::say::experiment_result as say;
use crate::words::{lines, printable, t};

/// Self-experiments begun by the end of the period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct SelfExperiments {
    /// Those with a result, the newest last.
    pub(crate) table: Table,
    /// What must be known to read the table.
    pub(crate) notes: Vec<String>,
    /// Those that are running, were ended early, or have no result for another reason.
    pub(crate) lines: Vec<String>,
    /// The newest with a result, for a sheet with room for it.
    pub(crate) chart: Option<Chart>,
    /// The results with all their numbers, as `experiment result --json` has them.
    pub(crate) results: Vec<ExperimentResult>,
}

/// The experiments as known on the morning after `last`; `None` without one.
pub(crate) fn experiments(diary: &Diary, last: Night, seed: u64) -> Option<SelfExperiments> {
    let begun: Vec<&Experiment> = diary
        .experiments
        .iter()
        .filter(|e| e.from <= last)
        .collect();
    if begun.is_empty() {
        return None;
    }
    let mut things: Vec<&str> = begun.iter().map(|e| e.thing.as_str()).collect();
    things.sort_unstable();
    things.dedup();
    let mut results: Vec<ExperimentResult> = Vec::new();
    for thing in things {
        let all = outcomes(diary, thing, last, seed);
        let found: Vec<&Outcome> = all.iter().map(|(_, outcome)| outcome).collect();
        let told = |(e, outcome): &(&Experiment, Outcome)| told(diary, e, outcome.clone(), &found);
        results.extend(all.iter().map(told));
    }
    results.sort_by(|a, b| (a.to, &a.thing).cmp(&(b.to, &b.thing)));
    let has_result = |e: &Experiment| {
        results
            .iter()
            .any(|r| r.thing == e.thing && r.from == e.from)
    };
    let lines = begun.iter().filter(|e| !has_result(e));
    let lines = lines.map(|e| without_result(diary, e, last)).collect();
    Some(SelfExperiments {
        table: Table::new(
            t!(page, "experiments"),
            lines!(page, "experiments-head"),
            results.iter().map(row),
        ),
        notes: if results.is_empty() {
            Vec::new()
        } else {
            lines!(page, "experiments-notes")
        },
        lines,
        chart: results.last().map(|result| {
            let mut chart = result.chart.clone();
            // what follows speaks to the patient, and stands beside the table in words for the reader
            chart.notes.truncate(1);
            chart
        }),
        results,
    })
}

/// An experiment without a result: running since, stopped, or why there is none.
fn without_result(diary: &Diary, experiment: &Experiment, last: Night) -> String {
    let label = printable(&label_of(diary, &experiment.thing));
    let from = experiment.from;
    match experiment.state_by(last) {
        State::Running => t!(page, "experiment-running", label, from),
        State::Stopped => {
            let day = experiment.stopped.unwrap_or(last.date());
            t!(page, "experiment-stopped", label, from, day)
        }
        State::Finished => {
            let sound = experiment.is_sound();
            t!(
                page,
                "experiment-without",
                label,
                from,
                to = experiment.to,
                sound
            )
        }
    }
}

fn row(result: &ExperimentResult) -> Vec<String> {
    let outcome = &result.outcome;
    let label = printable(&result.label);
    let (from, to, blinded) = (result.from, result.to, result.blinded);
    let kept = &outcome.kept;
    vec![
        t!(page, "experiment-name", label, from, to, blinded),
        say::side_cell(outcome.on),
        say::side_cell(outcome.off),
        say::ratio_cell(outcome),
        t!(
            page,
            "experiment-kept",
            answered = kept.answered,
            kept = kept.as_assigned,
            of = kept.of
        ),
        say::verdict_cell(result.verdict, outcome, result.power),
    ]
}
