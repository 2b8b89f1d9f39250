//! Profile likelihood intervals and the tests that go with a fitted regression.

use crate::stats::distribution::{chi2_quantile, chi2_upper};
use crate::stats::estimate::Estimate;
use crate::stats::glm::{Fit, FitError, Model};
use crate::stats::matrix::{spd_inverse, weighted_cross};
use crate::stats::root::crossing;
use nalgebra::{DMatrix, DVector};

/// Likelihood interval of a coefficient from its profile: the points where twice the drop of the log likelihood from
/// its maximum equals the chi-squared quantile times `inflation` (1, or a variance ratio: R. E. Chandler and S. Bate,
/// Biometrika 94, 2007). `drop(b)` is that twice drop with the coefficient held at `b`. A side on which the likelihood
/// never falls that far has no bound.
pub(crate) fn profile_interval(
    mut drop: impl FnMut(f64) -> Option<f64>,
    value: f64,
    se: f64,
    level: f64,
    inflation: f64,
) -> Option<Estimate> {
    let cut = chi2_quantile(level, 1.0) * inflation;
    let step = if se.is_finite() && se > 0.0 {
        (se * cut.sqrt()).min(1e3)
    } else {
        1.0
    };
    let mut excess = |b: f64| drop(b).map_or(f64::NAN, |d| d - cut);
    let tolerance = 1e-11 * step.max(1e-6);
    let low = crossing(&mut excess, value, -step, tolerance)?;
    let high = crossing(&mut excess, value, step, tolerance)?;
    Estimate::new(value, low, high, level)
}

/// The design without column `j`.
#[must_use]
pub(crate) fn without_column(x: &DMatrix<f64>, j: usize) -> DMatrix<f64> {
    x.clone().remove_column(j)
}

/// Profile likelihood interval of coefficient `j` of a fitted model (exact roots of the deviance); `inflation` as in
/// [`profile_interval`].
#[must_use]
pub(crate) fn glm_profile(
    model: &Model,
    fit: &Fit,
    j: usize,
    level: f64,
    inflation: f64,
) -> Option<Estimate> {
    let rest = without_column(model.x, j);
    let column: Vec<f64> = model.x.column(j).iter().copied().collect();
    let mut start = fit.coef.clone().remove_row(j);
    let penalty: Option<Vec<f64>> = model.penalty.map(|l| {
        l.iter()
            .enumerate()
            .filter(|(k, _)| *k != j)
            .map(|(_, v)| *v)
            .collect()
    });
    let se = fit.covariance[(j, j)].sqrt();
    let drop = |b: f64| {
        let offset: Vec<f64> = column
            .iter()
            .enumerate()
            .map(|(i, x)| b * x + model.offset.and_then(|o| o.get(i)).copied().unwrap_or(0.0))
            .collect();
        if rest.ncols() == 0 {
            let eta = DVector::from_vec(offset);
            let loglik: f64 = model
                .y
                .iter()
                .zip(eta.iter())
                .map(|(&y, &e)| model.family.loglik(y, e))
                .sum();
            return Some(2.0 * (fit.loglik - loglik));
        }
        let inner = Model {
            x: &rest,
            offset: Some(&offset),
            penalty: penalty.as_deref(),
            ..*model
        };
        let warm = inner.fit_from(Some(&start), 100, 1e-13);
        let held = warm.or_else(|_| inner.fit()).ok()?;
        start = held.coef.clone();
        Some(2.0 * (fit.loglik - held.loglik))
    };
    profile_interval(drop, fit.coef[j], se, level, inflation)
}

/// A chi-squared statistic with its degrees of freedom and upper-tail p.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ChiSquared {
    /// The statistic.
    pub(crate) statistic: f64,
    /// Degrees of freedom.
    pub(crate) df: usize,
    /// Upper tail probability.
    pub(crate) p: f64,
}

impl ChiSquared {
    /// From a statistic (rounding below zero is zero); one with no degrees of freedom tests nothing and has p 1.
    #[must_use]
    pub(crate) fn new(statistic: f64, df: usize) -> Self {
        let statistic = statistic.max(0.0);
        let p = if df == 0 {
            1.0
        } else {
            chi2_upper(statistic, df as f64)
        };
        Self { statistic, df, p }
    }
}

/// Likelihood ratio test of a model against a smaller one inside it.
#[must_use]
pub(crate) fn likelihood_ratio(full: &Fit, small: &Fit) -> ChiSquared {
    ChiSquared::new(
        small.deviance - full.deviance,
        small.df_residual.saturating_sub(full.df_residual),
    )
}

/// Rao's score test of the columns of `full` that `small` (fitted, on a subset of the columns) leaves out, with the
/// expected information.
///
/// # Errors
/// [`FitError::NotConverged`] when the information is singular.
pub(crate) fn score_test(full: &Model, small: &Fit) -> Result<ChiSquared, FitError> {
    let residual = DVector::from_iterator(
        full.y.len(),
        full.y.iter().zip(&small.mu).map(|(y, m)| y - m),
    );
    let score = full.x.tr_mul(&residual);
    let information = weighted_cross(full.x, &small.weight);
    let inverse = spd_inverse(&information).ok_or(FitError::NotConverged)?;
    let df = full.x.ncols().saturating_sub(small.coef.len());
    Ok(ChiSquared::new(score.dot(&(inverse * &score)), df))
}
