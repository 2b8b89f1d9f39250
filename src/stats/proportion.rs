//! A share of a whole: exact and approximate binomial intervals and the exact test.

use crate::stats::distribution::{binomial_pmf, binomial_tails, normal_quantile};
use crate::stats::estimate::Estimate;
use crate::stats::rate::{ExactP, first_true};
use crate::stats::special::beta_quantile;

fn countable(successes: u64, trials: u64, level: f64) -> bool {
    trials > 0 && successes <= trials && level > 0.0 && level < 1.0
}

/// Proportion with the exact central interval of Clopper and Pearson (Biometrika 26, 1934); `None` without trials.
#[must_use]
pub(crate) fn clopper_pearson(successes: u64, trials: u64, level: f64) -> Option<Estimate> {
    if !countable(successes, trials, level) {
        return None;
    }
    let ((low, _), (high, _)) = limits(successes, trials, level);
    Estimate::new(successes as f64 / trials as f64, low, high, level)
}

/// The Clopper–Pearson limits as odds p/(1−p), without loss of digits near 0 or 1; `None` without trials.
pub(crate) fn clopper_pearson_odds(successes: u64, trials: u64, level: f64) -> Option<(f64, f64)> {
    if !countable(successes, trials, level) {
        return None;
    }
    let (low, high) = limits(successes, trials, level);
    Some((low.0 / low.1, high.0 / high.1))
}

/// Both limits as pairs (p, 1 − p).
fn limits(successes: u64, trials: u64, level: f64) -> ((f64, f64), (f64, f64)) {
    let (x, n) = (successes as f64, trials as f64);
    let tail = (1.0 - level) / 2.0;
    let low = if successes == 0 {
        (0.0, 1.0)
    } else {
        beta_quantile(tail, x, n - x + 1.0)
    };
    let high = if successes == trials {
        (1.0, 0.0)
    } else {
        beta_quantile(1.0 - tail, x + 1.0, n - x)
    };
    (low, high)
}

/// Proportion with the score interval of E. B. Wilson (JASA 22, 1927); `None` without trials.
#[must_use]
pub(crate) fn wilson(successes: u64, trials: u64, level: f64) -> Option<Estimate> {
    if !countable(successes, trials, level) {
        return None;
    }
    let (n, p) = (trials as f64, successes as f64 / trials as f64);
    let z = normal_quantile(0.5 + level / 2.0);
    let z2 = z * z / n;
    let centre = p + z2 / 2.0;
    let half = z * (p * (1.0 - p) / n + z2 / (4.0 * n)).sqrt();
    let low = if successes == 0 {
        0.0
    } else {
        (centre - half) / (1.0 + z2)
    };
    let high = if successes == trials {
        1.0
    } else {
        (centre + half) / (1.0 + z2)
    };
    Estimate::new(p, low, high, level)
}

/// Proportion with the equal-tailed interval of Jeffreys' prior, closed at 0 and 1 when nothing or everything
/// succeeded (Brown, Cai and DasGupta, Statistical Science 16, 2001); `None` without trials.
#[must_use]
pub(crate) fn jeffreys(successes: u64, trials: u64, level: f64) -> Option<Estimate> {
    if !countable(successes, trials, level) {
        return None;
    }
    let (a, b) = (successes as f64 + 0.5, (trials - successes) as f64 + 0.5);
    let tail = (1.0 - level) / 2.0;
    let low = if successes == 0 {
        0.0
    } else {
        beta_quantile(tail, a, b).0
    };
    let high = if successes == trials {
        1.0
    } else {
        beta_quantile(1.0 - tail, a, b).0
    };
    Estimate::new(successes as f64 / trials as f64, low, high, level)
}

/// Exact test that `successes` of `trials` came from probability `p0`; with no trials every p is 1. `None` when `p0`
/// is no probability or there are more successes than trials.
#[must_use]
pub(crate) fn binomial_test(successes: u64, trials: u64, p0: f64) -> Option<ExactP> {
    if !(0.0..=1.0).contains(&p0) || successes > trials {
        return None;
    }
    let q0 = 1.0 - p0;
    let pmf = |k| binomial_pmf(k, trials, p0, q0);
    let upper_from = |k: u64| {
        if k == 0 {
            1.0
        } else {
            binomial_tails(k - 1, trials, p0, q0).upper
        }
    };
    let less = binomial_tails(successes, trials, p0, q0).lower;
    let greater = upper_from(successes);
    let limit = pmf(successes) * (1.0 + 1e-7);
    let (x, mean) = (successes as f64, trials as f64 * p0);
    let two_sided = if x == mean {
        1.0
    } else if x < mean {
        let first = first_true(mean.ceil() as u64, trials + 1, |k| pmf(k) <= limit);
        less + if first > trials {
            0.0
        } else {
            upper_from(first)
        }
    } else {
        let first_likelier = first_true(0, mean.floor() as u64 + 1, |k| pmf(k) > limit);
        let below = if first_likelier == 0 {
            0.0
        } else {
            binomial_tails(first_likelier - 1, trials, p0, q0).lower
        };
        greater + below
    };
    Some(ExactP {
        less,
        greater,
        two_sided: two_sided.min(1.0),
    })
}
