//! Average risks if everyone had, or nobody had, a factor (marginal standardisation), with delta-method standard
//! errors (J. M. Bieler et al., American Journal of Epidemiology 171, 2010).

use crate::stats::glm::Family;
use nalgebra::{DMatrix, DVector};

/// Standardised risks and what follows from them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct StandardisedRisk {
    /// Mean predicted risk with the factor set on in every row.
    pub(crate) on: f64,
    /// Mean predicted risk with the factor set off in every row.
    pub(crate) off: f64,
    /// Standard error of `on`.
    pub(crate) se_on: f64,
    /// Standard error of `off`.
    pub(crate) se_off: f64,
    /// Standard error of `on − off`.
    pub(crate) se_difference: f64,
    /// Standard error of ln(on/off).
    pub(crate) se_log_ratio: f64,
}

/// Average mean over linear predictors, and its derivative with respect to each of them (X' of which is the gradient in
/// the coefficients).
#[must_use]
pub(crate) fn average_mean(family: Family, eta: &[f64]) -> (f64, Vec<f64>) {
    let n = eta.len() as f64;
    let mean = eta.iter().map(|&e| family.mean(e)).sum::<f64>() / n;
    (
        mean,
        eta.iter().map(|&e| family.variance_at(e) / n).collect(),
    )
}

/// Standardises over the rows of `x`, with column `j` set to `values.1` (on) and `values.0` (off); `covariance` is that
/// of the coefficients (the model's, or a robust one). `None` when a number is not finite.
#[must_use]
pub(crate) fn standardised_risk(
    family: Family,
    x: &DMatrix<f64>,
    coef: &DVector<f64>,
    covariance: &DMatrix<f64>,
    j: usize,
    values: (f64, f64),
) -> Option<StandardisedRisk> {
    let risk = |value: f64| {
        let mut set = x.clone();
        set.column_mut(j).fill(value);
        let (mean, slope) = average_mean(family, (&set * coef).as_slice());
        (mean, set.tr_mul(&DVector::from_vec(slope)))
    };
    let (off, gradient_off) = risk(values.0);
    let (on, gradient_on) = risk(values.1);
    let se = |gradient: &DVector<f64>| gradient.dot(&(covariance * gradient)).max(0.0).sqrt();
    let out = StandardisedRisk {
        on,
        off,
        se_on: se(&gradient_on),
        se_off: se(&gradient_off),
        se_difference: se(&(&gradient_on - &gradient_off)),
        se_log_ratio: se(&(&gradient_on / on - &gradient_off / off)),
    };
    (out.se_difference.is_finite() && out.se_log_ratio.is_finite()).then_some(out)
}
