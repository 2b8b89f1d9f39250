//! How many of 100 nights would have a cramp with a factor and without: a yes/no model on the background, averaged over
//! all the nights of the diary (marginal standardisation), with intervals that do not believe nights independent.
//!
//! Does a factor go with whether there is a cramp, or with how many? A hurdle model: a yes/no part, and a part for the
//! number on cramp nights (Mullahy 1986). A detail of the factor's own page, never graded.

use nalgebra::DMatrix;
use serde::Serialize;

use crate::analysis::evaluation::FactorFit;
use crate::analysis::exposure::Exposure;
use crate::analysis::model::{NightModel, WIDTH, penalty, plain_fit, with_term};
use crate::data::word::words;
use crate::stats::block_jackknife::cr3_along;

use crate::stats::design::Design;
use crate::stats::distribution::{normal_quantile, t_quantile};
use crate::stats::estimate::Estimate;
use crate::stats::firth::{average_mean, fit_firth, flic_shift};
use crate::stats::hurdle::hurdle;
use crate::stats::regression::{Family, Fit, fit, logistic};
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
    let term = exposure.term().ok_or(NoRisk::NoContrast)?;
    let y: Vec<f64> = term.rows.iter().map(|&i| model.cramp[i]).collect();
    let cramps: f64 = y.iter().sum();
    if cramps == 0.0 {
        return Err(NoRisk::NoCramps);
    }
    if cramps == y.len() as f64 {
        return Err(NoRisk::OnlyCramps);
    }
    let step = exposure.ends(column).ok_or(NoRisk::NoContrast)?;
    let (design, _) = with_term(model, &term);
    let penalty = penalty(term.columns.len());
    let (fitted, penalised) =
        yes_no(&design, &y, &penalty, exposure, model).ok_or(NoRisk::NoFit)?;
    standardise(model, &design, &y, (&fitted, penalised), column, step).ok_or(NoRisk::NoFit)
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
    // The first column is the intercept. Unpenalised fits all but meet the share: the shift is nearly 0.
    *b.first_mut()? += flic_shift(y, &eta)?;
    let (background, added) = b.split_at(WIDTH);
    model.design.predict(background, &mut eta);
    // Risk when the factor is `value` on every recorded night, and its gradient in the coefficients.
    let at = |value: f64| {
        let own = added.get(column).map_or(0.0, |b| b * value);
        let eta: Vec<f64> = eta.iter().map(|eta| eta + own).collect();
        let (risk, slope) = average_mean(&eta);
        let mut gradient = model.design.transpose_times(&slope);
        let total: f64 = slope.iter().sum();
        gradient.extend((0..added.len()).map(|k| if k == column { total * value } else { 0.0 }));
        (risk, gradient)
    };
    let ((with, g_with), (without, g_without)) = (at(to), at(from));
    let combine = |a: f64, b: f64| -> Vec<f64> {
        let pairs = g_with.iter().zip(&g_without);
        pairs.map(|(x, y)| a * x + b * y).collect()
    };
    let mut alone = vec![0.0; design.columns()];
    *alone.get_mut(WIDTH + column)? = 1.0;
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
/// Both parts, per step of the factor. Intervals are widened by what the dependence of nights costs the main
/// estimate.
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
pub(crate) fn how_many(model: &NightModel, factor: &FactorFit) -> Option<Option<HowMany>> {
    let (design, y) = with_term(model, &factor.exposure.term()?);
    let at_least = |least: f64| y.iter().filter(|y| **y >= least).count();
    if at_least(1.0) < FEWEST_CRAMP_NIGHTS || at_least(2.0) < FEWEST_REPEATS {
        return None;
    }
    Some(fitted(model, factor, &design, &y))
}

fn fitted(model: &NightModel, factor: &FactorFit, design: &Design, y: &[f64]) -> Option<HowMany> {
    let own = WIDTH + factor.leading_column();
    // The factor stands before the background (the intercept apart), so that it is not what is dropped.
    let mut order: Vec<usize> = (0..design.columns()).collect();
    order[1..].rotate_left(WIDTH - 1);
    let x = DMatrix::from_fn(y.len(), order.len(), |r, c| design.row(r)[order[c]]);
    let positive: Vec<usize> = (0..y.len()).filter(|&i| y[i] > 0.0).collect();
    let kept = independent_columns(&x.select_rows(&positive));
    let at = kept.iter().position(|&c| order[c] == own)?;
    let x = x.select_columns(&kept);
    let fit = hurdle(y, &x).ok()?;
    if fit.zero.largest_scaled_coefficient(&Design::dense(&x)) > SEPARATED {
        return None;
    }
    let plain = plain_fit(model, &factor.exposure.term()?)?.model_se(own);
    let dependence = factor.released.as_ref()?.se(factor.leading_column()) / plain;
    let wider = normal_quantile(0.975) * dependence.max(1.0);
    let ratio = |b: f64, variance: f64| {
        Estimate::around(b, wider * variance.sqrt(), 0.95)?
            .exp()
            .finite()
    };
    Some(HowMany {
        whether: ratio(
            *fit.zero.coefficients.get(at)?,
            fit.zero_covariance[(at, at)],
        )?,
        how_many: ratio(*fit.count.get(at)?, fit.count_covariance[(at, at)])?,
        theta: fit.theta,
    })
}
