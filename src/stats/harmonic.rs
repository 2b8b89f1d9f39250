//! Season as sine waves in a Poisson regression (S. Stolwijk, H. Straatman and G. Zielhuis, Journal of Epidemiology and
//! Community Health 53, 1999).

use crate::stats::distribution::f_upper;
use crate::stats::glm::{Family, Fit, FitError, Model};
use crate::stats::overdispersion::pearson_dispersion;
use crate::stats::profile::{ChiSquared, likelihood_ratio};
use nalgebra::DMatrix;
use std::f64::consts::TAU;

/// Columns cos(2πkt/period), sin(2πkt/period) for k = 1..`order`, in pairs.
#[must_use]
pub(crate) fn harmonic_columns(t: &[f64], period: f64, order: usize) -> DMatrix<f64> {
    DMatrix::from_fn(t.len(), 2 * order, |i, j| {
        let angle = TAU * (j / 2 + 1) as f64 * t[i] / period;
        if j.is_multiple_of(2) {
            angle.cos()
        } else {
            angle.sin()
        }
    })
}

/// A seasonal wave from the coefficients of its cosine and sine on the log scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Wave {
    /// Half the distance from trough to peak, on the log scale.
    pub(crate) amplitude: f64,
    /// Rate at the peak over rate at the trough.
    pub(crate) peak_to_trough: f64,
    /// Position of the peak, in the units of t, from 0 to the period.
    pub(crate) peak: f64,
}

/// Reads a wave off its two coefficients.
#[must_use]
pub(crate) fn wave(cosine: f64, sine: f64, period: f64) -> Wave {
    let amplitude = cosine.hypot(sine);
    Wave {
        amplitude,
        peak_to_trough: (2.0 * amplitude).exp(),
        peak: sine.atan2(cosine).rem_euclid(TAU) / TAU * period,
    }
}

/// A seasonal regression with its test.
#[derive(Debug, Clone)]
pub(crate) struct Seasonal {
    /// Fit of intercept, linear trend and the harmonics, in this order.
    pub(crate) fit: Fit,
    /// Likelihood ratio test of all harmonics together, believing in Poisson variance.
    pub(crate) season: ChiSquared,
    /// Pearson dispersion.
    pub(crate) dispersion: Option<f64>,
    /// p of the F test that divides by the dispersion.
    pub(crate) quasi_f_p: Option<f64>,
    /// The first harmonic.
    pub(crate) first: Wave,
}

/// Regression of counts `y` at times 0, 1, 2 … on a trend (t − mean)/period and `order` harmonics.
///
/// # Errors
/// Those of [`Model::fit`].
pub(crate) fn seasonal_poisson(y: &[f64], period: f64, order: usize) -> Result<Seasonal, FitError> {
    let n = y.len();
    let t: Vec<f64> = (0..n).map(|i| i as f64).collect();
    let middle = (n as f64 - 1.0) / 2.0;
    let plain = DMatrix::from_fn(n, 2, |i, j| {
        if j == 0 {
            1.0
        } else {
            (t[i] - middle) / period
        }
    });
    let waves = harmonic_columns(&t, period, order);
    let x = DMatrix::from_fn(n, 2 + 2 * order, |i, j| {
        if j < 2 {
            plain[(i, j)]
        } else {
            waves[(i, j - 2)]
        }
    });
    let fit_of = |x: &DMatrix<f64>| {
        Model {
            family: Family::Poisson,
            y,
            x,
            offset: None,
            penalty: None,
        }
        .fit()
    };
    let (small, fit) = (fit_of(&plain)?, fit_of(&x)?);
    let season = likelihood_ratio(&fit, &small);
    let dispersion = pearson_dispersion(y, &fit.mu, &fit.mu, fit.df_residual);
    let df = season.df as f64;
    let quasi_f_p = dispersion
        .filter(|phi| *phi > 0.0 && df > 0.0)
        .map(|phi| f_upper(season.statistic / df / phi, df, fit.df_residual as f64));
    let coefficient = |j: usize| fit.coef.get(j).copied().unwrap_or(0.0);
    let first = wave(coefficient(2), coefficient(3), period);
    Ok(Seasonal {
        first,
        season,
        dispersion,
        quasi_f_p,
        fit,
    })
}
