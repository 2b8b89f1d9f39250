//! Events per unit of exposure: exact Poisson intervals, tests and the ratio of two rates.

use crate::stats::distribution::{poisson_pmf, poisson_tails};
use crate::stats::estimate::Estimate;
use crate::stats::proportion::{binomial_test, clopper_pearson_odds};
use crate::stats::special::gamma_quantile;

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
    #[must_use]
    pub(crate) fn central(&self) -> f64 {
        (2.0 * self.less.min(self.greater)).min(1.0)
    }
}

/// Rate of `events` in `exposure` (> 0, e.g. nights) with the exact central Poisson interval of F. Garwood
/// (Biometrika 28, 1936): zero events give lower limit 0. `None` without exposure.
#[must_use]
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
#[must_use]
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
#[must_use]
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
