//! Does a link survive other ways of handling what is missing, the passing of time, and other methods?
//!
//! The other methods compare counts and yes/no answers only within 28-night stretches, and the time to the next cramp.
//! Nothing is graded from their size; "consistent" needs them to point the same way.

use nalgebra::DMatrix;
use serde::Serialize;

use crate::analysis::evaluation::{Evaluation, FactorFit};
use crate::analysis::exposure::PlainTable;
use crate::analysis::joint::joint_estimate;
use crate::analysis::model::{NightModel, Term, shuffle_pair};
use crate::analysis::night_table::NightTable;
use crate::stats::conditional::{Intervals, conditional_logistic, conditional_poisson, cox};
use crate::stats::distribution::normal_quantile;
use crate::stats::estimate::Estimate;
use crate::stats::shuffle::shuffle_p;
use crate::stats::solve::standard_errors;

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
pub(crate) fn direction(evaluated: &FactorFit) -> Option<f64> {
    let ratio = evaluated.rate_ratio(evaluated.leading_column())?;
    Some(ratio.value.ln()).filter(|b| !b.is_nan())
}

/// How the block shuffle is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Resampling {
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
    draws: Resampling,
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
pub(crate) fn shuffled(model: &NightModel, term: &Term, draws: Resampling) -> Option<f64> {
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

fn quarters(model: &NightModel, evaluated: &FactorFit, sign: f64) -> Quarters {
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

/// Nights in a stretch of the cross-checks.
const STRATUM: usize = 28;

/// Other methods' answers, each per step of the factor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub(crate) struct CrossChecks {
    /// Rate ratio within 28-night stretches (conditional Poisson; Armstrong, Gasparrini & Tobias 2014). Its interval,
    /// and that of the odds ratio, take nights to be independent within a stretch.
    pub(crate) rate_ratio: Option<Estimate>,
    /// Odds ratio of a cramp within 28-night stretches (conditional logistic, the time-stratified case-crossover).
    pub(crate) odds_ratio: Option<Estimate>,
    /// Hazard ratio of the next cramp, the clock counting recorded nights since the last one (gap time, ties after
    /// Efron, standard error robust over the blocks of the analysis).
    pub(crate) hazard_ratio: Option<Estimate>,
    /// Whether all that have an answer point the way of the main estimate; `None` when none has.
    pub(crate) same_sign: Option<bool>,
}

/// One recorded night on the gap-time clock.
struct GapNight {
    /// Recorded nights since the last cramp night, this one included.
    clock: usize,
    x: f64,
    cramp: f64,
    time: usize,
}

/// `(stretch, x, y)` of the nights where a column is known.
fn in_strata(model: &NightModel, rows: &[usize], x: &[f64], y: &[f64]) -> Vec<(usize, f64, f64)> {
    let nights = rows.iter().zip(x);
    nights
        .map(|(&i, &x)| (model.times[i] / STRATUM, x, y[i]))
        .collect()
}

/// Nights after the first cramp on the clock that every cramp night sets back. Unrecorded nights stop it; a night on
/// which the factor is unknown counts on the clock and is otherwise left out.
fn gap_nights(model: &NightModel, rows: &[usize], x: &[f64]) -> Vec<GapNight> {
    let mut value = vec![None; model.cramp.len()];
    for (&i, &x) in rows.iter().zip(x) {
        value[i] = Some(x);
    }
    let mut clock = None;
    let mut out = Vec::new();
    for (i, &cramp) in model.cramp.iter().enumerate() {
        clock = clock.map(|c: usize| c + 1);
        if let (Some(clock), Some(x)) = (clock, value[i]) {
            let time = model.times[i];
            out.push(GapNight {
                clock,
                x,
                cramp,
                time,
            });
        }
        if cramp > 0.0 {
            clock = Some(0);
        }
    }
    out
}

/// All three in full, per `step` SDs of the column, beside a main estimate of direction `sign`.
pub(crate) fn cross_checks(
    model: &NightModel,
    term: &Term,
    column: usize,
    step: f64,
    sign: f64,
) -> CrossChecks {
    let Some(x) = term.columns.get(column) else {
        return CrossChecks::default();
    };
    let ratio = |(b, se): (f64, f64)| per_step(b, se, step);
    CrossChecks {
        rate_ratio: conditional_poisson(&in_strata(model, &term.rows, x, &model.counts))
            .and_then(ratio),
        odds_ratio: within_stretches(model, &term.rows, x).and_then(ratio),
        hazard_ratio: to_the_next(model, &term.rows, x).and_then(ratio),
        same_sign: same_direction(model, term, column, sign),
    }
}

fn per_step(b: f64, se: f64, step: f64) -> Option<Estimate> {
    let half = normal_quantile(0.975) * se * step;
    Estimate::around(b * step, half, 0.95).map(Estimate::exp)
}

fn within_stretches(model: &NightModel, rows: &[usize], x: &[f64]) -> Option<(f64, f64)> {
    let cramp: Vec<f64> = rows.iter().map(|&i| model.cramp[i]).collect();
    let stretch: Vec<f64> = rows
        .iter()
        .map(|&i| (model.times[i] / STRATUM) as f64)
        .collect();
    let matrix = DMatrix::from_column_slice(x.len(), 1, x);
    let fit = conditional_logistic(&cramp, &matrix, &stretch).ok()?;
    let se = *standard_errors(&fit.covariance).first()?;
    Some((*fit.coef.get(0)?, se))
}

fn to_the_next(model: &NightModel, rows: &[usize], x: &[f64]) -> Option<(f64, f64)> {
    let nights = gap_nights(model, rows, x);
    let of = |f: &dyn Fn(&GapNight) -> f64| nights.iter().map(f).collect::<Vec<f64>>();
    let (start, stop) = (of(&|n| n.clock as f64 - 1.0), of(&|n| n.clock as f64));
    let (event, block) = (of(&|n| n.cramp), of(&|n| (n.time / model.block) as f64));
    let matrix = DMatrix::from_column_slice(nights.len(), 1, &of(&|n| n.x));
    let data = Intervals {
        start: &start,
        stop: &stop,
        event: &event,
        x: &matrix,
        strata: None,
        cluster: Some(&block),
    };
    let fit = cox(&data).ok()?;
    let se = *standard_errors(&fit.robust_covariance).first()?;
    Some((*fit.model.coef.get(0)?, se))
}

/// Whether every cross-check with an answer points the way of `sign`.
///
/// Each of the three likelihoods is concave in its one coefficient, so the sign of its maximum is that of its slope at
/// zero, which costs one pass over the nights.
pub(crate) fn same_direction(
    model: &NightModel,
    term: &Term,
    column: usize,
    sign: f64,
) -> Option<bool> {
    let x = term.columns.get(column)?;
    let slopes = [
        count_slope(&in_strata(model, &term.rows, x, &model.counts)),
        yes_no_slope(model, &term.rows, x),
        next_cramp_slope(gap_nights(model, &term.rows, x)),
    ];
    let heard: Vec<f64> = slopes.into_iter().flatten().collect();
    (!heard.is_empty()).then(|| heard.iter().all(|s| s * sign > 0.0))
}

/// Slope at zero of the conditional Poisson likelihood; `None` without contrast.
fn count_slope(rows: &[(usize, f64, f64)]) -> Option<f64> {
    let mut slope = None;
    for stretch in rows.chunk_by(|a, b| a.0 == b.0) {
        let total: f64 = stretch.iter().map(|r| r.2).sum();
        if total > 0.0 && varies(stretch.iter().map(|r| r.1)) {
            let mean = stretch.iter().map(|r| r.1).sum::<f64>() / stretch.len() as f64;
            let here: f64 = stretch.iter().map(|r| r.2 * (r.1 - mean)).sum();
            *slope.get_or_insert(0.0) += here;
        }
    }
    slope
}

/// The same for the conditional logistic likelihood: a stretch needs cramp nights and calm ones.
fn yes_no_slope(model: &NightModel, rows: &[usize], x: &[f64]) -> Option<f64> {
    let nights = in_strata(model, rows, x, &model.cramp);
    let mixed = |s: &&[(usize, f64, f64)]| s.iter().any(|r| r.2 == 0.0);
    let informative: Vec<(usize, f64, f64)> = nights
        .chunk_by(|a, b| a.0 == b.0)
        .filter(mixed)
        .flatten()
        .copied()
        .collect();
    count_slope(&informative)
}

/// The same for the partial likelihood of the time to the next cramp, ties after Efron.
fn next_cramp_slope(mut nights: Vec<GapNight>) -> Option<f64> {
    nights.sort_by_key(|n| n.clock);
    let mut slope = None;
    for at_risk in nights.chunk_by(|a, b| a.clock == b.clock) {
        let with_event = at_risk.iter().filter(|n| n.cramp > 0.0);
        let events: Vec<f64> = with_event.map(|n| n.x).collect();
        if events.is_empty() || !varies(at_risk.iter().map(|n| n.x)) {
            continue;
        }
        let (all, own): (f64, f64) = (at_risk.iter().map(|n| n.x).sum(), events.iter().sum());
        let (n, d) = (at_risk.len() as f64, events.len() as f64);
        let expected: f64 = (0..events.len())
            .map(|k| (all - own * k as f64 / d) / (n - k as f64))
            .sum();
        *slope.get_or_insert(0.0) += own - expected;
    }
    slope
}

fn varies(mut x: impl Iterator<Item = f64>) -> bool {
    let Some(first) = x.next() else { return false };
    x.any(|v| v != first)
}
