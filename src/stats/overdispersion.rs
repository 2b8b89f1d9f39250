//! Do counts vary more than a Poisson model allows?

use crate::stats::distribution::{chi2_upper, normal_upper, t_upper};

/// A statistic with its p.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Test {
    /// The statistic.
    pub(crate) statistic: f64,
    /// Its p.
    pub(crate) p: f64,
}

/// Pearson's dispersion Σ(y−μ)²/v divided by the residual degrees of freedom, v being the model's variances (the means
/// for Poisson); `None` without degrees of freedom or with a variance of zero.
#[must_use]
pub(crate) fn pearson_dispersion(
    y: &[f64],
    mu: &[f64],
    variance: &[f64],
    df_residual: usize,
) -> Option<f64> {
    let sum: f64 = y
        .iter()
        .zip(mu)
        .zip(variance)
        .map(|((y, m), v)| (y - m).powi(2) / v)
        .sum();
    (df_residual > 0 && sum.is_finite()).then(|| sum / df_residual as f64)
}

/// The NB2 auxiliary regression of A. C. Cameron and P. K. Trivedi (Journal of Econometrics 46, 1990): slope α of
/// ((y−μ)²−y)/μ on μ without intercept, with its t test against α > 0 (one-sided). `None` below two rows or when the
/// regression leaves no residual.
#[must_use]
pub(crate) fn cameron_trivedi(y: &[f64], mu: &[f64]) -> Option<(f64, Test)> {
    let n = y.len();
    if n < 2 || mu.iter().any(|&m| m <= 0.0) {
        return None;
    }
    let z: Vec<f64> = y
        .iter()
        .zip(mu)
        .map(|(y, m)| ((y - m).powi(2) - y) / m)
        .collect();
    let square: f64 = mu.iter().map(|m| m * m).sum();
    let alpha = z.iter().zip(mu).map(|(z, m)| z * m).sum::<f64>() / square;
    let rss: f64 = z.iter().zip(mu).map(|(z, m)| (z - alpha * m).powi(2)).sum();
    let df = n as f64 - 1.0;
    let t = alpha / (rss / df / square).sqrt();
    t.is_finite().then(|| {
        (
            alpha,
            Test {
                statistic: t,
                p: t_upper(t, df),
            },
        )
    })
}

/// The score test of C. Dean and J. F. Lawless (JASA 84, 1989) against NB2 alternatives, one-sided.
#[must_use]
pub(crate) fn dean(y: &[f64], mu: &[f64]) -> Option<Test> {
    let top: f64 = y.iter().zip(mu).map(|(y, m)| (y - m).powi(2) - y).sum();
    let z = top / (2.0 * mu.iter().map(|m| m * m).sum::<f64>()).sqrt();
    z.is_finite().then(|| Test {
        statistic: z,
        p: normal_upper(z),
    })
}

/// Variance over mean of the raw counts, with the chi-squared test of (n−1) times it. `None` below two counts or when
/// all are zero.
#[must_use]
pub(crate) fn index_of_dispersion(y: &[f64]) -> Option<Test> {
    let n = y.len() as f64;
    let mean = y.iter().sum::<f64>() / n;
    if n < 2.0 || mean <= 0.0 {
        return None;
    }
    let variance = y.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let index = variance / mean;
    Some(Test {
        statistic: index,
        p: chi2_upper((n - 1.0) * index, n - 1.0),
    })
}
