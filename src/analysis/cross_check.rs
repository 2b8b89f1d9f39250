//! The same link asked by other methods: counts and yes/no answers compared only within 28-night stretches, and the
//! time to the next cramp. Nothing is graded from their size; "consistent" needs them to point the same way.
//!
//! Exact and rank answers on the plain nights of one factor: shown to everyone, graded never. They allow for nothing,
//! neither season nor that nights resemble their neighbours.

use nalgebra::DMatrix;
use serde::Serialize;

use crate::analysis::exposure::PlainTable;
use crate::analysis::model::{NightModel, Term};
use crate::stats::conditional::{Intervals, conditional_logistic, conditional_poisson, cox};
use crate::stats::distribution::normal_quantile;
use crate::stats::estimate::Estimate;
use crate::stats::fisher::{Table, fisher_exact};
use crate::stats::ranks::{hodges_lehmann, mann_whitney, mann_whitney_exact, spearman};
use crate::stats::solve::standard_errors;

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
    Some((
        *fit.coef.get(0)?,
        *standard_errors(&fit.covariance).first()?,
    ))
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
    Some((
        *fit.model.coef.get(0)?,
        *standard_errors(&fit.robust_covariance).first()?,
    ))
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
        let events: Vec<f64> = at_risk
            .iter()
            .filter(|n| n.cramp > 0.0)
            .map(|n| n.x)
            .collect();
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

/// Nights up to which ranks are compared exactly; above, by the tie-corrected normal approximation.
const EXACT_RANKS: usize = 60;
/// Nights up to which the shift between cramp nights and others is worked out (it looks at every pair).
const MOST_FOR_SHIFT: usize = 4000;

/// Answers on the plain table.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Companions {
    /// Exact conditional ratio of the rates, with against without.
    pub(crate) rate_ratio: Option<Estimate>,
    pub(crate) rate_p: Option<f64>,
    /// Conditional odds ratio of a cramp night (Fisher), with against without.
    pub(crate) odds_ratio: Option<Estimate>,
    pub(crate) odds_p: Option<f64>,
    /// Values on cramp nights against calm nights, for a number or a scale.
    pub(crate) ranks: Option<Ranks>,
}

/// Values of a number or a scale on cramp nights against calm nights.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Ranks {
    /// Chance that the value of a cramp night exceeds that of a calm one (ties half).
    pub(crate) higher: f64,
    /// Shift between the two (median of all differences), in the factor's unit; not worked out for long diaries.
    pub(crate) shift: Option<f64>,
    /// Mann-Whitney p, exact up to 60 nights.
    pub(crate) p: f64,
    pub(crate) spearman: Option<f64>,
}

/// The answers for nights split by a table; `values` are (value, cramps) of the same nights for a number or a scale.
pub(crate) fn companions(table: &PlainTable, values: Option<&[(f64, f64)]>) -> Companions {
    let cramps = table.episodes_exposed + table.episodes_unexposed;
    let rates = table.rate_ratio();
    let both_sides = table.exposed > 0 && table.unexposed > 0;
    let fisher = fisher_exact(cells(table), 0.95).filter(|_| both_sides && cramps > 0);
    Companions {
        rate_ratio: rates.as_ref().and_then(|r| r.estimate),
        rate_p: rates.filter(|_| cramps > 0).map(|r| r.p.central()),
        odds_ratio: fisher.as_ref().and_then(|f| f.odds_ratio),
        odds_p: fisher.map(|f| f.ln_central().exp().min(1.0)),
        ranks: values.and_then(ranks),
    }
}

/// The two-by-two table of nights.
pub(crate) fn cells(t: &PlainTable) -> Table {
    Table {
        a: t.cramp_exposed as u64,
        b: (t.exposed - t.cramp_exposed) as u64,
        c: t.cramp_unexposed as u64,
        d: (t.unexposed - t.cramp_unexposed) as u64,
    }
}

fn ranks(values: &[(f64, f64)]) -> Option<Ranks> {
    let of = |cramp: bool| -> Vec<f64> {
        let side = values.iter().filter(|v| (v.1 > 0.0) == cramp);
        side.map(|v| v.0).collect()
    };
    let (cramp, calm) = (of(true), of(false));
    let normal = mann_whitney(&cramp, &calm)?;
    let (x, y): (Vec<f64>, Vec<f64>) = values.iter().copied().unzip();
    Some(Ranks {
        higher: normal.auc,
        shift: (values.len() <= MOST_FOR_SHIFT)
            .then(|| hodges_lehmann(&cramp, &calm))
            .flatten(),
        p: mann_whitney_exact(&cramp, &calm, EXACT_RANKS).unwrap_or(normal.p_normal_corrected),
        spearman: spearman(&x, &y).map(|r| r.value),
    })
}
