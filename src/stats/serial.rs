//! Dependence along time.

use crate::stats::distribution::{chi2_upper, normal_two_sided};
use crate::stats::profile::ChiSquared;
use crate::stats::rank_test::median;

/// Autocorrelations at lags 1 to `lags` (mean removed, divisor n); `None` when the series never varies or is not longer
/// than a step.
#[must_use]
pub(crate) fn autocorrelation(x: &[f64], lags: usize) -> Option<Vec<f64>> {
    let n = x.len();
    if n < 2 || x.iter().any(|v| !v.is_finite()) {
        return None;
    }
    let mean = x.iter().sum::<f64>() / n as f64;
    let centred: Vec<f64> = x.iter().map(|v| v - mean).collect();
    let total: f64 = centred.iter().map(|v| v * v).sum();
    let at = |k: usize| {
        centred
            .iter()
            .skip(k)
            .zip(&centred)
            .map(|(a, b)| a * b)
            .sum::<f64>()
            / total
    };
    (total > 0.0).then(|| (1..=lags.min(n - 1)).map(at).collect())
}

/// Lag-`k` autocorrelation about a given `mean` over the pairs that are known (divisor: their number); 0 when there is
/// nothing to go on.
#[must_use]
pub(crate) fn autocorrelation_of_known(x: &[Option<f64>], mean: f64, k: usize) -> f64 {
    let (mut pairs, mut product) = (0usize, 0.0);
    for (a, b) in x.iter().zip(x.iter().skip(k)) {
        if let (Some(a), Some(b)) = (a, b) {
            product += (a - mean) * (b - mean);
            pairs += 1;
        }
    }
    let known = x.iter().flatten().count();
    let variance = x
        .iter()
        .flatten()
        .map(|v| (v - mean) * (v - mean))
        .sum::<f64>()
        / known.max(1) as f64;
    if pairs == 0 || variance == 0.0 {
        0.0
    } else {
        product / pairs as f64 / variance
    }
}

/// Tests that the autocorrelations to some lag are all zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Portmanteau {
    /// G. M. Ljung and G. E. P. Box (Biometrika 65, 1978).
    pub(crate) ljung_box: ChiSquared,
    /// G. E. P. Box and D. A. Pierce (JASA 65, 1970).
    pub(crate) box_pierce: ChiSquared,
}

/// Portmanteau tests to lag `lags`.
#[must_use]
pub(crate) fn portmanteau(x: &[f64], lags: usize) -> Option<Portmanteau> {
    let acf = autocorrelation(x, lags)?;
    let n = x.len() as f64;
    let plain: f64 = acf.iter().map(|r| r * r).sum();
    let weighted: f64 = acf
        .iter()
        .enumerate()
        .map(|(k, r)| r * r / (n - k as f64 - 1.0))
        .sum();
    let test = |statistic: f64| ChiSquared {
        statistic,
        df: lags,
        p: chi2_upper(statistic, lags as f64),
    };
    (lags > 0).then(|| Portmanteau {
        ljung_box: test(n * (n + 2.0) * weighted),
        box_pierce: test(n * plain),
    })
}

/// The runs test about the median.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Runs {
    /// Runs of values on one side of the median, values equal to it left out.
    pub(crate) runs: usize,
    /// Their distance from expectation in standard deviations; `None` when all values are on one side.
    pub(crate) z: Option<f64>,
    /// Two-sided normal p, 1 when `z` is undefined.
    pub(crate) p: f64,
}

/// A. Wald and J. Wolfowitz's runs test (Annals of Mathematical Statistics 11, 1940).
#[must_use]
pub(crate) fn runs_test(x: &[f64]) -> Option<Runs> {
    let middle = median(x)?;
    let sides: Vec<bool> = x
        .iter()
        .filter(|v| **v != middle)
        .map(|v| *v > middle)
        .collect();
    let runs = sides.chunk_by(|a, b| a == b).count();
    let above = sides.iter().filter(|s| **s).count() as f64;
    let n = sides.len() as f64;
    let twice = 2.0 * above * (n - above);
    let variance = twice * (twice - n) / (n * n * (n - 1.0));
    let z = (variance > 0.0).then(|| (runs as f64 - 1.0 - twice / n) / variance.sqrt());
    Some(Runs {
        runs,
        z,
        p: z.map_or(1.0, normal_two_sided),
    })
}

/// Number of independent values a series with lag-1 autocorrelation `r` is worth for its mean: n(1−r)/(1+r); `None`
/// when the series never varies or r is −1 or less.
#[must_use]
pub(crate) fn effective_size(x: &[f64]) -> Option<f64> {
    let r = *autocorrelation(x, 1)?.first()?;
    (r > -1.0).then(|| x.len() as f64 * (1.0 - r) / (1.0 + r))
}
