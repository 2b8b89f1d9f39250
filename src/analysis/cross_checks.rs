//! Does a link survive other ways of handling what is missing, the passing of time, and other methods?
//!
//! The other methods compare counts and yes/no answers only within 28-night stretches, and the time to the next cramp.
//! All of it is printed and nothing of it is graded.

use nalgebra::DMatrix;
use serde::Serialize;

use crate::analysis::evaluation::{Evaluation, FactorFit};
use crate::analysis::exposure::PlainTable;
use crate::analysis::model::{NightModel, Term, WIDTH, plain_fit, shuffle_pair};
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
    pub(crate) quarters: Quarters,
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
    i: usize,
    draws: Resampling,
) -> Support {
    let evaluated = &evaluation.factors[i];
    let column = evaluated.leading_column();
    let one = evaluated.exposure.term().and_then(|t| t.one(column));
    let pair = one.and_then(|t| shuffle_pair(&evaluation.model, &t));
    let shuffled = pair.map(|p| shuffle_p(&[p], draws.shuffles, draws.seed));
    Support {
        shuffle_p: shuffled.and_then(|p| p.first().copied().flatten()),
        missing: missing(table, evaluation, i, column),
        quarters: quarters(
            &evaluation.model,
            evaluated,
            evaluated.direction().unwrap_or(0.0),
        ),
    }
}

/// The background with unrecorded nights filled in at `times` the person's rate.
fn filled(table: &NightTable, evaluation: &Evaluation, times: f64) -> Option<NightModel> {
    let model = &evaluation.model;
    let rate = model.counts.iter().sum::<f64>() / model.counts.len() as f64;
    let limit = evaluation.winsorised.limit;
    let counts = table.counts.iter();
    let counts: Vec<Option<f64>> = counts.map(|c| c.map(|c| f64::from(c).min(limit))).collect();
    let excluded = |t: usize| table.excluded.get(t).copied().unwrap_or(false);
    NightModel::with_filled(table.first, &counts, |t| {
        (!excluded(t)).then_some(rate * times)
    })
}

/// A term on all rows of a model, an unknown value at the mean and a column beside that marks it.
fn unknown_as_level(model: &NightModel, term: &Term) -> Option<Term> {
    let n = model.times.len();
    let fill = |known: &Vec<f64>| {
        let mean = known.iter().sum::<f64>() / known.len() as f64;
        let mut column = vec![mean; n];
        for (&row, &x) in term.rows.iter().zip(known) {
            column[row] = x;
        }
        column
    };
    let mut columns: Vec<Vec<f64>> = term.columns.iter().map(fill).collect();
    if term.rows.len() < n {
        let mut unknown = vec![1.0; n];
        term.rows.iter().for_each(|&row| unknown[row] = 0.0);
        columns.push(unknown);
    }
    Term::new((0..n).collect(), columns)
}

fn missing(table: &NightTable, evaluation: &Evaluation, i: usize, column: usize) -> Missing {
    let (evaluated, model) = (&evaluation.factors[i], &evaluation.model);
    let term = evaluated.exposure.term();
    let term = term.as_ref();
    let plain = |model: &NightModel, term: &Term| {
        plain_fit(model, term).map(|f| f.coefficients[WIDTH + column])
    };
    let own_level = |model: &NightModel, term: &Term| plain(model, &unknown_as_level(model, term)?);
    let on_filled = |times: f64| {
        let model = filled(table, evaluation, times)?;
        own_level(&model, &evaluated.exposure.on(&model, &table.factors[i])?)
    };
    Missing {
        complete: term.and_then(|t| plain(model, t)),
        unknown_as_level: term.and_then(|t| own_level(model, t)),
        unrecorded_at_half: on_filled(0.5),
        unrecorded_at_double: on_filled(2.0),
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

/// All three in full, beside a main estimate of direction `sign`.
pub(crate) fn cross_checks(
    model: &NightModel,
    term: &Term,
    column: usize,
    sign: f64,
) -> CrossChecks {
    let Some(x) = term.columns.get(column) else {
        return CrossChecks::default();
    };
    let ratio = |(b, se): (f64, f64)| {
        let half = normal_quantile(0.975) * se;
        Estimate::around(b, half, 0.95).map(Estimate::exp)
    };
    let [rate_ratio, odds_ratio, hazard_ratio] = [
        conditional_poisson(&in_strata(model, &term.rows, x, &model.counts)),
        within_stretches(model, &term.rows, x),
        to_the_next(model, &term.rows, x),
    ]
    .map(|found| found.and_then(ratio));
    let heard: Vec<Estimate> = [rate_ratio, odds_ratio, hazard_ratio]
        .into_iter()
        .flatten()
        .collect();
    let agrees = |e: &Estimate| e.value.ln() * sign > 0.0;
    CrossChecks {
        rate_ratio,
        odds_ratio,
        hazard_ratio,
        same_sign: (!heard.is_empty()).then(|| heard.iter().all(agrees)),
    }
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
