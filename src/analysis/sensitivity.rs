//! Does a link survive other ways of handling what is missing, another method, and the passing of time?

use serde::Serialize;

use crate::analysis::cross_check::same_direction;
use crate::analysis::evaluation::{Evaluated, Evaluation};
use crate::analysis::exposure::PlainTable;
use crate::analysis::joint::joint_estimate;
use crate::analysis::model::{NightModel, Term, shuffle_pair};
use crate::analysis::night_table::NightTable;
use crate::stats::shuffle::shuffle_p;

const QUARTER: usize = 91;
/// Cramp nights a quarter needs to be heard.
const FEWEST_IN_A_QUARTER: usize = 4;

/// Log rate ratios (per step of the leading column) under other treatments of missing nights and values.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Missing {
    /// Nights where the factor is known (the main analysis).
    pub(crate) complete: Option<f64>,
    pub(crate) unknown_as_level: Option<f64>,
    pub(crate) unrecorded_at_half: Option<f64>,
    pub(crate) unrecorded_at_double: Option<f64>,
}

impl Missing {
    /// Whether all treatments agree on the direction.
    pub(crate) fn same_sign(&self) -> bool {
        let others = [
            self.unknown_as_level,
            self.unrecorded_at_half,
            self.unrecorded_at_double,
        ];
        let main = self.complete.unwrap_or(0.0);
        others.iter().all(|b| b.is_some_and(|b| b * main > 0.0))
    }
}

/// Direction of the plain rates in each 91-night quarter that has at least four cramp nights and both sides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Quarters {
    pub(crate) heard: usize,
    /// Of those, how many point the way the estimate does.
    pub(crate) same_sign: usize,
}

/// What supports, or does not support, one estimate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Support {
    pub(crate) shuffle_p: Option<f64>,
    pub(crate) missing: Missing,
    /// Whether every cross-check that has an answer (counts and yes/no within 28-night stretches, time to the next
    /// cramp) points the way the estimate does; `None` when none has.
    pub(crate) cross_checks: Option<bool>,
    pub(crate) quarters: Quarters,
}

/// Log rate ratio per step of the leading column, as graded.
pub(crate) fn direction(evaluated: &Evaluated) -> Option<f64> {
    let ratio = evaluated.rate_ratio(evaluated.leading_column())?;
    Some(ratio.value.ln()).filter(|b| !b.is_nan())
}

/// How the block shuffle is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Draws {
    pub(crate) shuffles: usize,
    /// Seed, from the diary's content.
    pub(crate) seed: u64,
}

/// Collects the support for factor `i` of an evaluation.
pub(crate) fn support(
    table: &NightTable,
    evaluation: &Evaluation,
    filled: &FilledModels,
    i: usize,
    draws: Draws,
) -> Support {
    let evaluated = &evaluation.factors[i];
    let column = evaluated.leading_column();
    let step = evaluated.exposure.step_in_sd(column).unwrap_or(1.0);
    let term = evaluated.exposure.term.as_ref();
    Support {
        shuffle_p: term.and_then(|t| shuffled(&evaluation.model, &one_column(t, column), draws)),
        missing: missing(table, evaluation, filled, i, column, step),
        cross_checks: term
            .and_then(|t| same_direction(&evaluation.model, t, column, direction(evaluated)?)),
        quarters: quarters(
            &evaluation.model,
            evaluated,
            direction(evaluated).unwrap_or(0.0),
        ),
    }
}

/// A term reduced to one of its columns.
pub(crate) fn one_column(term: &Term, column: usize) -> Term {
    Term {
        rows: term.rows.clone(),
        columns: term.columns.get(column).cloned().into_iter().collect(),
        sd: term.sd.get(column).copied().into_iter().collect(),
    }
}

/// Block-shuffle p of a one-column term.
pub(crate) fn shuffled(model: &NightModel, term: &Term, draws: Draws) -> Option<f64> {
    shuffle_p(&[shuffle_pair(model, term)?], draws.shuffles, draws.seed)
        .first()
        .copied()
        .flatten()
}

/// The background with unrecorded nights filled in at half and at double the person's rate.
#[derive(Debug, Clone)]
pub(crate) struct FilledModels {
    half: Option<NightModel>,
    double: Option<NightModel>,
}

impl FilledModels {
    /// Fits both backgrounds of a table.
    pub(crate) fn new(table: &NightTable, evaluation: &Evaluation) -> Self {
        let model = &evaluation.model;
        let rate = model.counts.iter().sum::<f64>() / model.counts.len() as f64;
        let limit = evaluation.winsorised.limit;
        let counts: Vec<Option<f64>> = table
            .counts
            .iter()
            .map(|c| c.map(|c| f64::from(c).min(limit)))
            .collect();
        let filled = |times: f64| {
            let fill = |t: usize| {
                (!table.excluded.get(t).copied().unwrap_or(false)).then_some(rate * times)
            };
            NightModel::with_filled(table.first, &counts, fill)
        };
        Self {
            half: filled(0.5),
            double: filled(2.0),
        }
    }
}

fn missing(
    table: &NightTable,
    evaluation: &Evaluation,
    filled: &FilledModels,
    i: usize,
    column: usize,
    step: f64,
) -> Missing {
    let evaluated = &evaluation.factors[i];
    let own_level =
        |model: &NightModel, term: &Term| joint_estimate(model, &[term], column).map(|b| b * step);
    let on_filled = |model: Option<&NightModel>| {
        let model = model?;
        own_level(model, &evaluated.exposure.on(model, &table.factors[i])?)
    };
    Missing {
        complete: evaluated
            .alone
            .as_ref()
            .and_then(|a| a.term.beta.get(column))
            .map(|b| b * step)
            .or_else(|| direction(evaluated)),
        unknown_as_level: evaluated
            .exposure
            .term
            .as_ref()
            .and_then(|t| own_level(&evaluation.model, t)),
        unrecorded_at_half: on_filled(filled.half.as_ref()),
        unrecorded_at_double: on_filled(filled.double.as_ref()),
    }
}

fn quarters(model: &NightModel, evaluated: &Evaluated, sign: f64) -> Quarters {
    let column = evaluated.leading_column();
    let nights: Vec<(usize, bool, f64)> = (0..model.times.len())
        .filter_map(|i| {
            let with = evaluated
                .exposure
                .leads(column, evaluated.exposure.values[i]?)?;
            Some((model.times[i] / QUARTER, with, model.counts[i]))
        })
        .collect();
    let mut out = Quarters::default();
    for quarter in nights.chunk_by(|a, b| a.0 == b.0) {
        let t = PlainTable::count(quarter.iter().map(|(_, w, c)| (*w, *c)));
        let both = t.exposed > 0 && t.unexposed > 0;
        if !both || t.cramp_exposed + t.cramp_unexposed < FEWEST_IN_A_QUARTER {
            continue;
        }
        out.heard += 1;
        let difference = t.episodes_exposed as f64 / t.exposed as f64
            - t.episodes_unexposed as f64 / t.unexposed as f64;
        out.same_sign += usize::from(difference * sign > 0.0);
    }
    out
}
