//! Events per unit of exposure and shares of a whole: exact intervals and tests, the ratio of two rates, and how many
//! nights a ratio needs to be seen.

use crate::stats::distribution::{
    binomial_pmf, binomial_tails, normal_quantile, poisson_pmf, poisson_tails,
};
use crate::stats::estimate::Estimate;
use crate::stats::special::{beta_quantile, gamma_quantile};

/// One-sided and two-sided probabilities of a result under a stated hypothesis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ExactP {
    /// P(X ≤ x).
    pub(crate) less: f64,
    /// P(X ≥ x).
    pub(crate) greater: f64,
    /// Sum of the probabilities of all results no likelier than the one seen (R's two-sided definition, ties within a
    /// relative 1e-7).
    pub(crate) two_sided: f64,
}

impl ExactP {
    /// Twice the smaller one-sided p, at most 1: the definition that agrees with the central exact interval.
    pub(crate) fn central(&self) -> f64 {
        (2.0 * self.less.min(self.greater)).min(1.0)
    }
}

/// Rate of `events` in `exposure` (> 0, e.g. nights) with the exact central Poisson interval of F. Garwood
/// (Biometrika 28, 1936): zero events give lower limit 0. `None` without exposure.
pub(crate) fn poisson_rate(events: u64, exposure: f64, level: f64) -> Option<Estimate> {
    if !(exposure > 0.0 && exposure.is_finite() && level > 0.0 && level < 1.0) {
        return None;
    }
    let x = events as f64;
    let tail = (1.0 - level) / 2.0;
    let low = if events == 0 {
        0.0
    } else {
        gamma_quantile(tail, x)
    };
    let high = gamma_quantile(1.0 - tail, x + 1.0);
    Estimate::new(x / exposure, low / exposure, high / exposure, level)
}

/// Exact test that `events` in `exposure` came from a Poisson rate `rate0`; `None` when a number is negative or not
/// finite.
pub(crate) fn poisson_rate_test(events: u64, exposure: f64, rate0: f64) -> Option<ExactP> {
    let mean = exposure * rate0;
    if !(mean >= 0.0 && mean.is_finite()) {
        return None;
    }
    let here = poisson_tails(events, mean);
    let greater = if events == 0 {
        1.0
    } else {
        poisson_tails(events - 1, mean).upper
    };
    let limit = poisson_pmf(events, mean) * (1.0 + 1e-7);
    let x = events as f64;
    let two_sided = if x == mean {
        1.0
    } else if x < mean {
        // The first count at or above the mean that is no likelier than the one seen.
        let mut low = mean.ceil() as u64;
        let mut high = ((2.0 * mean - x).ceil() as u64).max(low + 1);
        while poisson_pmf(high, mean) > limit {
            low = high;
            high = high.saturating_mul(2);
        }
        let first = first_true(low, high, |k| poisson_pmf(k, mean) <= limit);
        here.lower + poisson_tails(first.saturating_sub(1), mean).upper
    } else {
        let first_likelier =
            first_true(0, mean.floor() as u64 + 1, |k| poisson_pmf(k, mean) > limit);
        let below = if first_likelier == 0 {
            0.0
        } else {
            poisson_tails(first_likelier - 1, mean).lower
        };
        greater + below
    };
    Some(ExactP {
        less: here.lower,
        greater,
        two_sided: two_sided.min(1.0),
    })
}

/// The first `k` of `low..high` for which a condition that only ever turns true holds; `high` if none.
pub(crate) fn first_true(low: u64, high: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (low, high);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// Ratio of two Poisson rates with its exact conditional inference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct RateRatio {
    /// First rate over second, with the interval mapped from Clopper and Pearson's; infinite when only the second has
    /// no events; `None` when neither has any (nothing is known about the ratio).
    pub(crate) estimate: Option<Estimate>,
    /// Test of the ratio `ratio0` asked for.
    pub(crate) p: ExactP,
}

/// Ratio of the rate of `events.0` in `exposure.0` to that of `events.1` in `exposure.1`, conditional on the total:
/// x1 | x1+x2 is binomial (Przyborowski and Wilenski, Biometrika 31, 1940). `None` when an exposure is not positive.
pub(crate) fn poisson_rate_ratio(
    events: (u64, u64),
    exposure: (f64, f64),
    ratio0: f64,
    level: f64,
) -> Option<RateRatio> {
    let usable = |t: f64| t > 0.0 && t.is_finite();
    if !usable(exposure.0) || !usable(exposure.1) || !usable(ratio0) {
        return None;
    }
    let total = events.0.checked_add(events.1)?;
    let first = ratio0 * exposure.0;
    let p = binomial_test(events.0, total, first / (first + exposure.1))?;
    let scale = exposure.1 / exposure.0;
    let estimate = clopper_pearson_odds(events.0, total, level).and_then(|(low, high)| {
        let value = events.0 as f64 / events.1 as f64 * scale;
        Estimate::new(value, low * scale, high * scale, level)
    });
    Some(RateRatio { estimate, p })
}

fn countable(successes: u64, trials: u64, level: f64) -> bool {
    trials > 0 && successes <= trials && level > 0.0 && level < 1.0
}

/// Proportion with the exact central interval of Clopper and Pearson (Biometrika 26, 1934); `None` without trials.
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

/// Exact test that `successes` of `trials` came from probability `p0`; with no trials every p is 1. `None` when `p0`
/// is no probability or there are more successes than trials.
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

/// What is asked of a comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Goal {
    /// Two-sided size of the test, e.g. .05.
    pub(crate) alpha: f64,
    /// Wished-for chance to find the effect, e.g. .8.
    pub(crate) power: f64,
}

impl Goal {
    fn z_sum(self) -> Option<f64> {
        let z = normal_quantile(1.0 - self.alpha / 2.0) + normal_quantile(self.power);
        (z.is_finite() && z > 0.0).then_some(z)
    }
}

/// Nights needed to tell a rate ratio `ratio` from one when a `share` of nights has the factor and the others have
/// `rate` events each: inflation·(z_α/2 + z_power)²·[1/((1−π)r₀) + 1/(π·r₀·RR)]/ln(RR)², for a Wald test of the log
/// rate ratio with Poisson variance; `inflation` is dispersion times design effect (1 for independent Poisson nights).
/// `None` when there is no effect, no contrast or no rate.
pub(crate) fn nights_needed(
    rate: f64,
    ratio: f64,
    share: f64,
    goal: Goal,
    inflation: f64,
) -> Option<f64> {
    let usable = rate > 0.0 && ratio > 0.0 && share > 0.0 && share < 1.0 && inflation > 0.0;
    let ln = ratio.ln();
    if !usable || ln == 0.0 {
        return None;
    }
    let variance = 1.0 / ((1.0 - share) * rate) + 1.0 / (share * rate * ratio);
    let nights = inflation * goal.z_sum()?.powi(2) * variance / (ln * ln);
    nights.is_finite().then_some(nights)
}
