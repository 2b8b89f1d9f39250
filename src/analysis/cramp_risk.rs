//! How many of 100 nights would have a cramp with a factor and without: a yes/no model on the background, averaged over
//! all the nights of the diary (marginal standardisation), with intervals that do not believe nights independent.
//!
//! Does a factor go with whether there is a cramp, or with how many? A hurdle model: a yes/no part, and a part for the
//! number on cramp nights (Mullahy 1986). A detail of the factor's own page, never graded.

use nalgebra::DMatrix;
use serde::Serialize;

use crate::analysis::exposure::{Exposure, Step};
use crate::analysis::model::{BACKGROUND_WIDTH, NightModel, SingleFit, with_columns};
use crate::data::word::words;
use crate::stats::block_jackknife::cr3_along;
use crate::stats::counts::hurdle;
use crate::stats::design::Design;
use crate::stats::distribution::t_quantile;
use crate::stats::estimate::Estimate;
use crate::stats::firth::{average_mean, fit_firth, flic_shift};
use crate::stats::regression::{Family, Fit, KNOT_SPACING, fit, logistic};
use crate::stats::solve::independent_columns;

/// Nights in a cell of the plain table below which the likelihood is penalised.
const SPARSE: usize = 5;
/// A coefficient larger than this (per SD of its column) means that the outcome is separated.
const SEPARATED: f64 = 10.0;

/// The risk of a cramp in a night with the factor and without.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct CrampRisk {
    /// With it (at the upper end of the step).
    pub(crate) with: Estimate,
    /// Without it (at the lower end).
    pub(crate) without: Estimate,
    pub(crate) difference: Estimate,
    pub(crate) ratio: Estimate,
    /// Whether a cell of the plain table was so small that the likelihood had to be penalised (Firth, FLIC).
    pub(crate) penalised: bool,
}

words! {
    /// Why there is no such risk.
    NoRisk, "reason", {
        NoCramps = "no-cramps",
        OnlyCramps = "only-cramps",
        /// The factor did not vary, or was not known.
        NoContrast = "no-contrast",
        NoFit = "no-fit",
    }
}

/// Risk with and without the leading step of an exposure.
///
/// # Errors
/// Why it cannot be estimated.
pub(crate) fn cramp_risk(
    model: &NightModel,
    exposure: &Exposure,
    column: usize,
) -> Result<CrampRisk, NoRisk> {
    let term = exposure.term.as_ref().ok_or(NoRisk::NoContrast)?;
    let y: Vec<f64> = term.rows.iter().map(|&i| model.cramp[i]).collect();
    let cramps: f64 = y.iter().sum();
    if cramps == 0.0 {
        return Err(NoRisk::NoCramps);
    }
    if cramps == y.len() as f64 {
        return Err(NoRisk::OnlyCramps);
    }
    let step = ends(exposure, column).ok_or(NoRisk::NoContrast)?;
    let base = model.design.select(&term.rows);
    let (design, penalty) = with_columns(model, term, base);
    let (fitted, penalised) =
        yes_no(&design, &y, &penalty, exposure, model).ok_or(NoRisk::NoFit)?;
    standardise(model, &design, &y, (&fitted, penalised), column, step).ok_or(NoRisk::NoFit)
}

/// The two values of regression column `column` that a step goes between.
fn ends(exposure: &Exposure, column: usize) -> Option<(f64, f64)> {
    let sd = exposure.term.as_ref()?.sd.get(column)?;
    let (from, to) = match exposure.steps.get(column)? {
        Step::Range { from, to } => (exposure.shape.of(*from), exposure.shape.of(*to)),
        Step::YesNo | Step::Level { .. } => (0.0, 1.0),
    };
    Some((from / sd, to / sd))
}

/// The yes/no fit, and whether it had to be penalised.
fn yes_no(
    design: &Design,
    y: &[f64],
    penalty: &[f64],
    exposure: &Exposure,
    model: &NightModel,
) -> Option<(Fit, bool)> {
    if !sparse(exposure, model) {
        let plain = fit(design, y, Family::Logistic, penalty, None);
        if let Some(f) =
            plain.filter(|f| f.converged && f.largest_scaled_coefficient(design) <= SEPARATED)
        {
            return Some((f, false));
        }
    }
    let f = fit_firth(design, y, penalty)?;
    f.converged.then_some((f, true))
}

/// Whether a cell of the plain table, or of a choice's levels, holds fewer than five nights.
fn sparse(exposure: &Exposure, model: &NightModel) -> bool {
    let cells = |has: &dyn Fn(f64) -> bool| {
        let mut cells = [0usize; 2];
        for (v, c) in exposure.values.iter().zip(&model.cramp) {
            if v.is_some_and(has) {
                cells[usize::from(*c > 0.0)] += 1;
            }
        }
        cells.into_iter().min().unwrap_or(0)
    };
    match &exposure.codes {
        Some((groups, base)) => {
            cells(&|v| v == *base) < SPARSE
                || groups.iter().any(|g| cells(&|v| g.contains(&v)) < SPARSE)
        }
        None => {
            let split = exposure.split;
            cells(&|v| split.has(v)) < SPARSE || cells(&|v| !split.has(v)) < SPARSE
        }
    }
}

/// Averages over every recorded night, with the delta method on the block jackknife.
fn standardise(
    model: &NightModel,
    design: &Design,
    y: &[f64],
    (fitted, penalised): (&Fit, bool),
    column: usize,
    (from, to): (f64, f64),
) -> Option<CrampRisk> {
    let mut eta = Vec::new();
    design.predict(&fitted.coefficients, &mut eta);
    let mut b = fitted.coefficients.clone();
    // The background's intercept is its first border column. Unpenalised fits already meet the share: the shift is 0.
    *b.get_mut(design.knots())? += flic_shift(y, &eta)?;
    let added = design.width() - BACKGROUND_WIDTH;
    let at = |value: f64| {
        let set = (0..added).fold(model.design.clone(), |d, k| {
            let x = if k == column { value } else { 0.0 };
            d.with_column(&vec![x; model.design.rows()])
        });
        let mut eta = Vec::new();
        set.predict(&b, &mut eta);
        let (risk, slope) = average_mean(&eta);
        (risk, set.transpose_times(&slope))
    };
    let ((with, g_with), (without, g_without)) = (at(to), at(from));
    let combine = |a: f64, b: f64| -> Vec<f64> {
        let pairs = g_with.iter().zip(&g_without);
        pairs.map(|(x, y)| a * x + b * y).collect()
    };
    let mut alone = vec![0.0; design.columns()];
    *alone.get_mut(design.knots() + BACKGROUND_WIDTH + column)? = 1.0;
    let wanted = [
        combine(1.0, 0.0),
        combine(0.0, 1.0),
        combine(1.0, -1.0),
        combine(1.0 / with, -1.0 / without),
        alone,
    ];
    let robust = cr3_along(design, fitted, model.block, &wanted)?;
    // With no cramp on one side leaving out blocks changes nothing there, and the jackknife believes itself certain: a
    // penalised fit is never made surer than its own information says.
    let se = |k: usize| {
        let solved = fitted.factor.solve(&wanted[k]);
        let own: f64 = solved.iter().zip(&wanted[k]).map(|(a, b)| a * b).sum();
        let least = if penalised { own.max(0.0).sqrt() } else { 0.0 };
        robust.se(k).max(least)
    };
    let t = t_quantile(0.975, robust.df(4));
    let risk = |r: f64, k: usize| {
        let (logit, half) = ((r / (1.0 - r)).ln(), t * se(k) / (r * (1.0 - r)));
        let back = logistic;
        estimate(r, back(logit - half), back(logit + half))
    };
    let half = t * se(2);
    let (d, ln) = (with - without, (with / without).ln());
    Some(CrampRisk {
        with: risk(with, 0)?,
        without: risk(without, 1)?,
        difference: estimate(d, (d - half).max(-1.0), (d + half).min(1.0))?,
        ratio: estimate(ln.exp(), (ln - t * se(3)).exp(), (ln + t * se(3)).exp())?,
        penalised,
    })
}

fn estimate(value: f64, low: f64, high: f64) -> Option<Estimate> {
    Estimate::new(value, low, high, 0.95)?.finite()
}

/// Cramp nights below which it is not offered.
const FEWEST_CRAMP_NIGHTS: usize = 60;
/// Nights with two or more cramps below which it is not offered.
const FEWEST_REPEATS: usize = 20;
/// The number on cramp nights is a fraction of the data, so the drift gets no more knots than this.
const MOST_KNOTS: usize = 10;
/// Both parts, per step of the factor. Intervals are widened by what blocks of nights cost the main estimate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct HowMany {
    pub(crate) whether: Estimate,
    /// Ratio of the rate behind the number of cramps, on nights with one.
    pub(crate) how_many: Estimate,
    /// Dispersion of that number; `None` when Poisson counts will do.
    pub(crate) theta: Option<f64>,
}

/// The hurdle model, when there are nights enough: `None` below 60 cramp nights or 20 with two or more, `Some(None)`
/// when it has no answer.
pub(crate) fn how_many(
    model: &NightModel,
    exposure: &Exposure,
    alone: &SingleFit,
    column: usize,
) -> Option<Option<HowMany>> {
    let term = exposure.term.as_ref()?;
    let y: Vec<f64> = term.rows.iter().map(|&i| model.counts[i]).collect();
    let at_least = |least: f64| y.iter().filter(|y| **y >= least).count();
    if at_least(1.0) < FEWEST_CRAMP_NIGHTS || at_least(2.0) < FEWEST_REPEATS {
        return None;
    }
    Some(fitted(model, exposure, alone, column, &y))
}

fn fitted(
    model: &NightModel,
    exposure: &Exposure,
    alone: &SingleFit,
    column: usize,
    y: &[f64],
) -> Option<HowMany> {
    let term = exposure.term.as_ref()?;
    let step = exposure.step_in_sd(column)?;
    let width = model.design.width();
    // The factor stands before the drift, so that a hat no cramp night reaches is what is dropped.
    let own = width + column;
    let knots = ((model.span as f64 / KNOT_SPACING as f64).round() as usize).clamp(1, MOST_KNOTS);
    let hat = |i: usize, j: usize| {
        let place = model.times[i] as f64 * knots as f64 / model.span as f64;
        (1.0 - (place - j as f64).abs()).max(0.0)
    };
    let terms = term.columns.len();
    let x = DMatrix::from_fn(y.len(), width + terms + knots, |r, c| {
        let i = term.rows[r];
        if c < width {
            model.design.border(i)[c]
        } else if c < width + terms {
            term.columns[c - width][r]
        } else {
            hat(i, c - width - terms + 1)
        }
    });
    let positive: Vec<usize> = (0..y.len()).filter(|&i| y[i] > 0.0).collect();
    let kept = independent_columns(&x.select_rows(&positive));
    let at = kept.iter().position(|&c| c == own)?;
    let x = x.select_columns(&kept);
    let fit = hurdle(y, &x).ok()?;
    if fit.zero.largest_scaled_coefficient(&Design::dense(&x)) > SEPARATED {
        return None;
    }
    let wider = t_quantile(0.975, alone.term.df) * alone.inflation.max(1.0).sqrt() * step;
    let ratio = |b: f64, variance: f64| {
        let half = wider * variance.sqrt();
        Estimate::around(b * step, half, 0.95)?.exp().finite()
    };
    Some(HowMany {
        whether: ratio(fit.zero.border(at), fit.zero_covariance[(at, at)])?,
        how_many: ratio(*fit.count.get(at)?, fit.count_covariance[(at, at)])?,
        theta: fit.theta,
    })
}
