//! Regression with Jeffreys' penalty, finite when the outcome is separated: D. Firth, Biometrika 80 (1993);
//! G. Heinze and M. Schemper, Statistics in Medicine 21 (2002); the FLIC intercept of R. Puhr et al., Statistics in
//! Medicine 36 (2017).

use crate::stats::distribution::chi2_upper;
use crate::stats::estimate::Estimate;
use crate::stats::glm::{Family, FitError};
use crate::stats::matrix::{independent_columns, spd_inverse, weighted_cross};
use crate::stats::profile::profile_interval;
use nalgebra::{DMatrix, DVector};

/// A fit that maximises loglik + ½·ln det X'WX.
#[derive(Debug, Clone)]
pub(crate) struct FirthFit {
    /// Coefficients by column.
    pub(crate) coef: DVector<f64>,
    /// Inverse of X'WX at the fit.
    pub(crate) covariance: DMatrix<f64>,
    /// Inverse of X'W(1+h)X, h the leverages: the covariance of the pseudo-data that carry the penalty, which the R
    /// package `logistf` reports.
    pub(crate) augmented_covariance: DMatrix<f64>,
    /// Fitted means.
    pub(crate) mu: Vec<f64>,
    /// Penalised log likelihood.
    pub(crate) penalised_loglik: f64,
}

struct Point {
    score: DVector<f64>,
    /// R of the QR decomposition of W½X.
    r: DMatrix<f64>,
    value: f64,
}

/// Value, modified score and information at `beta`; `None` when W½X has lost its rank.
fn at(family: Family, y: &[f64], x: &DMatrix<f64>, beta: &DVector<f64>) -> Option<Point> {
    let eta = x * beta;
    let mut root_wx = x.clone();
    for (mut row, &e) in root_wx.row_iter_mut().zip(eta.iter()) {
        row *= family.variance_at(e).sqrt();
    }
    let (q, r) = root_wx.qr().unpack();
    let log_det: f64 = 2.0 * r.diagonal().iter().map(|d| d.abs().ln()).sum::<f64>();
    let loglik: f64 = y
        .iter()
        .zip(eta.iter())
        .map(|(&y, &e)| family.loglik(y, e))
        .sum();
    let value = loglik + 0.5 * log_det;
    if !value.is_finite() {
        return None;
    }
    let adjusted = DVector::from_iterator(
        y.len(),
        y.iter()
            .zip(eta.iter())
            .zip(q.row_iter())
            .map(|((&y, &e), q)| {
                let leverage = q.norm_squared();
                let mu = family.mean(e);
                let pull = match family {
                    Family::Binomial => 0.5 - mu,
                    Family::Poisson => 0.5,
                };
                y - mu + leverage * pull
            }),
    );
    Some(Point {
        score: x.tr_mul(&adjusted),
        r,
        value,
    })
}

/// Diagonal of the hat matrix of W½X.
fn leverages(family: Family, x: &DMatrix<f64>, beta: &DVector<f64>) -> Vec<f64> {
    let mut root_wx = x.clone();
    for (mut row, &e) in root_wx.row_iter_mut().zip((x * beta).iter()) {
        row *= family.variance_at(e).sqrt();
    }
    root_wx
        .qr()
        .q()
        .row_iter()
        .map(|q| q.norm_squared())
        .collect()
}

/// Maximises with the coefficients of `held` fixed where they stand in `start`.
fn maximise(
    family: Family,
    y: &[f64],
    x: &DMatrix<f64>,
    start: DVector<f64>,
    held: &[usize],
) -> Result<(DVector<f64>, Point), FitError> {
    let mut beta = start;
    let mut here = at(family, y, x, &beta).ok_or(FitError::NotConverged)?;
    let spread: Vec<f64> = x
        .column_iter()
        .map(|c| (c.norm_squared() / c.len() as f64).sqrt())
        .collect();
    let free: Vec<usize> = (0..x.ncols()).filter(|j| !held.contains(j)).collect();
    if free.is_empty() {
        return Ok((beta, here));
    }
    for _ in 0..2_000 {
        let information = here.r.tr_mul(&here.r);
        let inner = information.select_rows(&free).select_columns(&free);
        let score = here.score.select_rows(&free);
        let small = spd_inverse(&inner).ok_or(FitError::NotConverged)? * score;
        let mut step = DVector::zeros(beta.len());
        for (k, &j) in free.iter().enumerate() {
            step[j] = small[k];
        }
        // No coefficient moves by more than two per unit of its column at once.
        let largest = step
            .iter()
            .zip(&spread)
            .map(|(s, d)| (s * d).abs())
            .fold(0.0, f64::max);
        if largest > 2.0 {
            step *= 2.0 / largest;
        }
        let mut size = 1.0;
        let mut moved = false;
        for _ in 0..30 {
            let next = &beta + &step * size;
            if let Some(there) = at(family, y, x, &next)
                && there.value >= here.value - 1e-13 * here.value.abs()
            {
                (beta, here) = (next, there);
                moved = true;
                break;
            }
            size *= 0.5;
        }
        if !moved || largest * size < 1e-11 {
            break;
        }
    }
    Ok((beta, here))
}

fn check(family: Family, y: &[f64], x: &DMatrix<f64>) -> Result<(), FitError> {
    if x.nrows() == 0 || x.ncols() == 0 {
        return Err(FitError::Empty);
    }
    let allowed = |y: f64| match family {
        Family::Binomial => (0.0..=1.0).contains(&y),
        Family::Poisson => y >= 0.0 && y.is_finite(),
    };
    if y.len() != x.nrows() || !y.iter().all(|&y| allowed(y)) || !x.iter().all(|v| v.is_finite()) {
        return Err(FitError::BadInput);
    }
    let independent = independent_columns(x);
    match (0..x.ncols()).find(|j| !independent.contains(j)) {
        Some(j) => Err(FitError::Aliased(j)),
        None => Ok(()),
    }
}

/// Fits with Jeffreys' penalty. Finite even when all outcomes are alike or separated.
///
/// # Errors
/// [`FitError::Empty`], [`FitError::BadInput`] and [`FitError::Aliased`] as named there.
pub(crate) fn firth(family: Family, y: &[f64], x: &DMatrix<f64>) -> Result<FirthFit, FitError> {
    check(family, y, x)?;
    let (coef, point) = maximise(family, y, x, DVector::zeros(x.ncols()), &[])?;
    let covariance = spd_inverse(&point.r.tr_mul(&point.r)).ok_or(FitError::NotConverged)?;
    let leverage = leverages(family, x, &coef);
    let augmented: Vec<f64> = (x * &coef)
        .iter()
        .zip(&leverage)
        .map(|(&e, h)| family.variance_at(e) * (1.0 + h))
        .collect();
    let augmented_covariance =
        spd_inverse(&weighted_cross(x, &augmented)).ok_or(FitError::NotConverged)?;
    let mu = (x * &coef).iter().map(|&e| family.mean(e)).collect();
    Ok(FirthFit {
        coef,
        covariance,
        augmented_covariance,
        mu,
        penalised_loglik: point.value,
    })
}

/// Penalised log likelihood with coefficient `j` held at `b`, the others maximised from `start` (updated in place for
/// the next call).
fn held_value(
    family: Family,
    y: &[f64],
    x: &DMatrix<f64>,
    j: usize,
    b: f64,
    start: &mut DVector<f64>,
) -> Option<f64> {
    start[j] = b;
    let (beta, point) = maximise(family, y, x, start.clone(), &[j]).ok()?;
    *start = beta;
    Some(point.value)
}

/// Profile interval of coefficient `j` under the penalised likelihood.
#[must_use]
pub(crate) fn firth_profile(
    family: Family,
    y: &[f64],
    x: &DMatrix<f64>,
    fit: &FirthFit,
    j: usize,
    level: f64,
) -> Option<Estimate> {
    let mut start = fit.coef.clone();
    let se = fit.covariance[(j, j)].sqrt();
    let drop = |b: f64| {
        held_value(family, y, x, j, b, &mut start).map(|value| 2.0 * (fit.penalised_loglik - value))
    };
    profile_interval(drop, fit.coef[j], se, level, 1.0)
}

/// Penalised likelihood ratio p that coefficient `j` is zero, the penalty being that of the full design.
#[must_use]
pub(crate) fn firth_p(
    family: Family,
    y: &[f64],
    x: &DMatrix<f64>,
    fit: &FirthFit,
    j: usize,
) -> Option<f64> {
    let mut start = fit.coef.clone();
    let value = held_value(family, y, x, j, 0.0, &mut start)?;
    Some(chi2_upper(
        2.0 * (fit.penalised_loglik - value).max(0.0),
        1.0,
    ))
}

/// Penalised log likelihood with every coefficient but `intercept` held at zero, the penalty being that of the full
/// design, so that it can be compared with the full fit's.
///
/// # Errors
/// As [`firth`].
pub(crate) fn firth_null(
    family: Family,
    y: &[f64],
    x: &DMatrix<f64>,
    intercept: usize,
) -> Result<f64, FitError> {
    check(family, y, x)?;
    let held: Vec<usize> = (0..x.ncols()).filter(|j| *j != intercept).collect();
    Ok(maximise(family, y, x, DVector::zeros(x.ncols()), &held)?
        .1
        .value)
}

/// FLIC: a new intercept for a logistic Firth fit, so that the mean prediction equals the observed share (`intercept`
/// is the column of ones). `None` when all outcomes are alike: no finite intercept does that.
#[must_use]
pub(crate) fn flic_intercept(
    y: &[f64],
    x: &DMatrix<f64>,
    fit: &FirthFit,
    intercept: usize,
) -> Option<f64> {
    Some(fit.coef[intercept] + flic_shift(y, (x * &fit.coef).as_slice())?)
}

/// What has to be added to every linear predictor `eta` of a logistic fit, so that the mean prediction equals the
/// observed share. `None` when all outcomes are alike.
#[must_use]
pub(crate) fn flic_shift(y: &[f64], eta: &[f64]) -> Option<f64> {
    let events: f64 = y.iter().sum();
    if events <= 0.0 || events >= y.len() as f64 {
        return None;
    }
    let mut shift = 0.0;
    for _ in 0..200 {
        let (mut expected, mut slope) = (0.0, 0.0);
        for &e in eta.iter() {
            expected += Family::Binomial.mean(e + shift);
            slope += Family::Binomial.variance_at(e + shift);
        }
        let step = ((events - expected) / slope).clamp(-2.0, 2.0);
        shift += step;
        if step.abs() < 1e-15 * (1.0 + shift.abs()) {
            break;
        }
    }
    Some(shift)
}
