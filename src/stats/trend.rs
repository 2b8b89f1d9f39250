//! Monotone trend: H. B. Mann (Econometrica 13, 1945) and M. G. Kendall; corrected for autocorrelation after K. H. Hamed
//! and A. R. Rao (Journal of Hydrology 204, 1998); P. K. Sen's slope (JASA 63, 1968); within seasons after R. M. Hirsch
//! and J. R. Slack (Water Resources Research 20, 1984).

use crate::stats::distribution::{normal_quantile, normal_two_sided};
use crate::stats::estimate::Estimate;
use crate::stats::pair_slopes::ranked;
use crate::stats::rank_correlation::tie_sums;
use crate::stats::rank_test::{median, median_in_place, mid_ranks};
use crate::stats::serial::autocorrelation;

/// Score, variance and test of a monotone trend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Trend {
    /// Pairs that rise less pairs that fall.
    pub(crate) score: f64,
    /// Variance of the score, possibly corrected.
    pub(crate) variance: f64,
    /// Score, moved one towards zero unless said otherwise, over its standard deviation.
    pub(crate) z: f64,
    /// Two-sided normal p; 1 when nothing varies.
    pub(crate) p: f64,
}

impl Trend {
    fn new(score: f64, variance: f64) -> Self {
        Self::with_step(score, variance, 1.0)
    }

    /// With the continuity correction `step`.
    fn with_step(score: f64, variance: f64, step: f64) -> Self {
        let towards_zero = if score == 0.0 {
            0.0
        } else {
            score - step * score.signum()
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

/// Number of rising less falling pairs, by counting inversions in a Fenwick tree over the ranks.
fn score(x: &[f64]) -> f64 {
    let mut sorted = x.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.dedup();
    let mut tree = vec![0_u64; sorted.len() + 1];
    let prefix = |tree: &[u64], mut at: usize| {
        let mut sum = 0;
        while at > 0 {
            sum += tree[at];
            at &= at - 1;
        }
        sum
    };
    let mut total = 0.0;
    for (seen, v) in x.iter().enumerate() {
        let rank = sorted.partition_point(|s| s < v) + 1;
        let smaller = prefix(&tree, rank - 1);
        let larger = seen as u64 - prefix(&tree, rank);
        total += smaller as f64 - larger as f64;
        let mut at = rank;
        while at < tree.len() {
            tree[at] += 1;
            at += at & at.wrapping_neg();
        }
    }
    total
}

fn usable(x: &[f64]) -> bool {
    x.len() >= 3 && x.iter().all(|v| v.is_finite())
}

fn variance(x: &[f64]) -> f64 {
    let n = x.len() as f64;
    (n * (n - 1.0) * (2.0 * n + 5.0) - tie_sums(x).0) / 18.0
}

/// Mann–Kendall test with the correction for ties, for independent values in time order; `None` below three values.
#[must_use]
pub(crate) fn mann_kendall(x: &[f64]) -> Option<Trend> {
    usable(x).then(|| Trend::new(score(x), variance(x)))
}

/// Mann–Kendall with Hamed and Rao's variance: the series is freed of its Sen slope, and the autocorrelations of its
/// ranks that lie outside ±1.96/√n (at lags up to `lags`, all by default) widen the variance. A factor that would not
/// be positive falls back to one. `None` below three values.
#[must_use]
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
#[must_use]
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

/// Trend within seasons.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SeasonalTrend {
    /// Test with the seasons taken as independent.
    pub(crate) independent: Trend,
    /// Test with the covariance between seasons (no continuity correction), over complete cycles only; `None` below
    /// two of them.
    pub(crate) correlated: Option<Trend>,
    /// Median of the slopes per cycle between values of the same season.
    pub(crate) slope: f64,
}

/// Seasonal Kendall test of values in time order with `period` of them to a cycle, starting anywhere; `None` when no
/// season has two values.
#[must_use]
pub(crate) fn seasonal_kendall(x: &[f64], period: usize) -> Option<SeasonalTrend> {
    if period == 0 || x.iter().any(|v| !v.is_finite()) {
        return None;
    }
    let seasons: Vec<Vec<f64>> = (0..period.min(x.len()))
        .map(|s| x.iter().skip(s).step_by(period).copied().collect())
        .collect();
    let (mut total, mut spread) = (0.0, 0.0);
    let mut slopes = Vec::new();
    for season in &seasons {
        total += score(season);
        spread += variance(season);
        for (j, later) in season.iter().enumerate() {
            slopes.extend(
                season
                    .iter()
                    .take(j)
                    .enumerate()
                    .map(|(i, earlier)| (later - earlier) / (j - i) as f64),
            );
        }
    }
    let slope = median_in_place(&mut slopes)?;
    let cycles = x.len() / period;
    let correlated = (cycles >= 2).then(|| {
        let whole: Vec<&[f64]> = seasons.iter().filter_map(|s| s.get(..cycles)).collect();
        let n = cycles as f64;
        let sign = |d: f64| if d == 0.0 { 0.0 } else { d.signum() };
        let mid: Vec<Vec<f64>> = whole.iter().map(|s| mid_ranks(s).0).collect();
        let mut covariance = 0.0;
        for (a, ra) in whole.iter().zip(&mid) {
            for (b, rb) in whole.iter().zip(&mid) {
                let mut k = 0.0;
                for j in 0..cycles {
                    for i in 0..j {
                        k += sign((a[j] - a[i]) * (b[j] - b[i]));
                    }
                }
                let product: f64 = ra.iter().zip(rb).map(|(a, b)| a * b).sum();
                covariance += (k + 4.0 * product - n * (n + 1.0) * (n + 1.0)) / 3.0;
            }
        }
        Trend::with_step(whole.iter().map(|s| score(s)).sum(), covariance, 0.0)
    });
    Some(SeasonalTrend {
        independent: Trend::new(total, spread),
        correlated,
        slope,
    })
}
