//! Monotone trend: H. B. Mann (Econometrica 13, 1945) and M. G. Kendall; corrected for autocorrelation after K. H. Hamed
//! and A. R. Rao (Journal of Hydrology 204, 1998); P. K. Sen's slope (JASA 63, 1968).

use crate::stats::distribution::{normal_quantile, normal_two_sided};
use crate::stats::estimate::Estimate;
use crate::stats::ranks::{median, mid_ranks, ties};

/// Score, variance and test of a monotone trend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Trend {
    /// Pairs that rise less pairs that fall.
    pub(crate) score: f64,
    /// Variance of the score, possibly corrected.
    pub(crate) variance: f64,
    /// Score, moved one towards zero, over its standard deviation.
    pub(crate) z: f64,
    /// Two-sided normal p; 1 when nothing varies.
    pub(crate) p: f64,
}

impl Trend {
    fn new(score: f64, variance: f64) -> Self {
        let towards_zero = if score == 0.0 {
            0.0
        } else {
            score - score.signum()
        };
        if variance <= 0.0 {
            return Self {
                score,
                variance: 0.0,
                z: 0.0,
                p: 1.0,
            };
        }
        let z = towards_zero / variance.sqrt();
        Self {
            score,
            variance,
            z,
            p: normal_two_sided(z),
        }
    }
}

/// Number of rising less falling pairs.
fn score(x: &[f64]) -> f64 {
    let sign = |(a, b): (&f64, &f64)| f64::from(i8::from(b > a) - i8::from(b < a));
    let rises = |at: usize| {
        x[at..]
            .iter()
            .skip(1)
            .map(|b| sign((&x[at], b)))
            .sum::<f64>()
    };
    (0..x.len()).map(rises).sum()
}

fn usable(x: &[f64]) -> bool {
    x.len() >= 3 && x.iter().all(|v| v.is_finite())
}

fn variance(x: &[f64]) -> f64 {
    let n = x.len() as f64;
    (n * (n - 1.0) * (2.0 * n + 5.0) - ties(x)) / 18.0
}

/// Mann–Kendall test with the correction for ties, for independent values in time order; `None` below three values.
pub(crate) fn mann_kendall(x: &[f64]) -> Option<Trend> {
    usable(x).then(|| Trend::new(score(x), variance(x)))
}

/// Mann–Kendall with Hamed and Rao's variance: the series is freed of its Sen slope, and the autocorrelations of its
/// ranks that lie outside ±1.96/√n (at lags up to `lags`, all by default) widen the variance. A factor that would not
/// be positive falls back to one. `None` below three values.
pub(crate) fn hamed_rao(x: &[f64], lags: Option<usize>) -> Option<Trend> {
    let plain = mann_kendall(x)?;
    let n = x.len();
    let slope = sen_slope(x, 0.95)?.slope.value;
    let detrended: Vec<f64> = x
        .iter()
        .enumerate()
        .map(|(i, v)| v - slope * (i + 1) as f64)
        .collect();
    let last = lags.unwrap_or(n - 1).min(n - 1);
    let m = n as f64;
    let mut sum = 0.0;
    if let Some(acf) = autocorrelation(&mid_ranks(&detrended).0, last) {
        let band = normal_quantile(0.975) / m.sqrt();
        for (k, r) in acf.iter().enumerate() {
            let k = (k + 1) as f64;
            if r.abs() > band {
                sum += (m - k) * (m - k - 1.0) * (m - k - 2.0) * r;
            }
        }
    }
    let factor = 1.0 + 2.0 / (m * (m - 1.0) * (m - 2.0)) * sum;
    Some(Trend::new(
        plain.score,
        plain.variance * if factor > 0.0 { factor } else { 1.0 },
    ))
}

/// Sen's slope with its level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SenSlope {
    /// Median slope per step with the rank-based interval of P. K. Sen.
    pub(crate) slope: Estimate,
    /// Median value less the slope times the median index (counted from 0).
    pub(crate) intercept: f64,
}

/// Sen's slope of values in time order, one apart; `None` below two values.
pub(crate) fn sen_slope(x: &[f64], level: f64) -> Option<SenSlope> {
    let n = x.len();
    if n < 2 || x.iter().any(|v| !v.is_finite()) {
        return None;
    }
    let pairs = n * (n - 1) / 2;
    let half = normal_quantile(0.5 + level / 2.0) * variance(x).max(0.0).sqrt();
    let rank = |r: f64| r.round_ties_even().max(0.0) as usize;
    let lower = rank((pairs as f64 - half) / 2.0).saturating_sub(1);
    let upper = rank((pairs as f64 + half) / 2.0);
    let [below, above, low, high] = ranked(x, &[(pairs - 1) / 2, pairs / 2, lower, upper])[..]
    else {
        return None;
    };
    let value = 0.5 * (below + above);
    Some(SenSlope {
        slope: Estimate::new(value, low, high, level)?,
        intercept: median(x)? - value * (n as f64 - 1.0) / 2.0,
    })
}

/// Autocorrelations at lags 1 to `lags` (mean removed, divisor n); `None` when the series never varies or is not longer
/// than a step.
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

/// Lag-`k` autocorrelation about the mean over the pairs that are known (divisor: their number); 0 when there is nothing
/// to go on.
pub(crate) fn autocorrelation_of_known(x: &[Option<f64>], k: usize) -> f64 {
    let known: Vec<f64> = x.iter().flatten().copied().collect();
    let number = known.len().max(1) as f64;
    let mean = known.iter().sum::<f64>() / number;
    let (mut pairs, mut product) = (0usize, 0.0);
    for (a, b) in x.iter().zip(x.iter().skip(k)) {
        if let (Some(a), Some(b)) = (a, b) {
            product += (a - mean) * (b - mean);
            pairs += 1;
        }
    }
    let squares: f64 = known.iter().map(|v| (v - mean) * (v - mean)).sum();
    let variance = squares / number;
    if pairs == 0 || variance == 0.0 {
        0.0
    } else {
        product / pairs as f64 / variance
    }
}

/// The `ranks`-th smallest (from 0) of the slopes `(x[j] - x[i]) / (j - i)` over all pairs `i < j` of finite values;
/// a rank beyond the last pair gives the last. Empty when there is no pair. Fifty years of weeks have three million
/// pairs, which are kept in memory and partly sorted.
pub(crate) fn ranked(x: &[f64], ranks: &[usize]) -> Vec<f64> {
    let to = |j: usize| (0..j).map(move |i| (x[j] - x[i]) / (j - i) as f64);
    let mut slopes: Vec<f64> = (1..x.len()).flat_map(to).collect();
    let Some(last) = slopes.len().checked_sub(1) else {
        return Vec::new();
    };
    let mut at = |rank: &usize| {
        let rank = (*rank).min(last);
        *slopes.select_nth_unstable_by(rank, f64::total_cmp).1
    };
    ranks.iter().map(&mut at).collect()
}
