//! How much data would be enough?

use crate::stats::distribution::{normal_quantile, poisson_pmf, poisson_tails};
use crate::stats::proportion::binomial_test;
use crate::stats::root::brent;

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

fn variance_per_night(rate: f64, ratio: f64, share: f64) -> f64 {
    1.0 / ((1.0 - share) * rate) + 1.0 / (share * rate * ratio)
}

/// Nights needed to tell a rate ratio `ratio` from one when a `share` of nights has the factor and the others have
/// `rate` events each: inflation·(z_α/2 + z_power)²·[1/((1−π)r₀) + 1/(π·r₀·RR)]/ln(RR)², for a Wald test of the log
/// rate ratio with Poisson variance; `inflation` is dispersion times design effect (1 for independent Poisson nights).
/// `None` when there is no effect, no contrast or no rate.
#[must_use]
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
    let nights =
        inflation * goal.z_sum()?.powi(2) * variance_per_night(rate, ratio, share) / (ln * ln);
    nights.is_finite().then_some(nights)
}

/// Smallest rate ratio above one that `nights` nights would find; `None` when even e⁶ ≈ 400 would not be.
#[must_use]
pub(crate) fn detectable_ratio(
    nights: f64,
    rate: f64,
    share: f64,
    goal: Goal,
    inflation: f64,
) -> Option<f64> {
    let needed = |ln: f64| {
        nights_needed(rate, ln.exp(), share, goal, inflation).unwrap_or(f64::NAN) - nights
    };
    brent(needed, 1e-4, 6.0, 1e-13).map(f64::exp)
}

/// Size of each of two groups to tell proportions `p1` and `p2` apart by the normal test (J. L. Fleiss, "Statistical
/// Methods for Rates and Proportions", 2nd ed. 1981, §3.2, without continuity correction). `None` when they are equal
/// or no proportions.
#[must_use]
pub(crate) fn two_proportions(p1: f64, p2: f64, goal: Goal) -> Option<f64> {
    let inside = |p: f64| (0.0..=1.0).contains(&p);
    if !inside(p1) || !inside(p2) || p1 == p2 {
        return None;
    }
    goal.z_sum()?;
    let za = normal_quantile(1.0 - goal.alpha / 2.0);
    let zb = normal_quantile(goal.power);
    let pooled = ((p1 + p2) * (1.0 - (p1 + p2) / 2.0)).sqrt();
    let own = (p1 * (1.0 - p1) + p2 * (1.0 - p2)).sqrt();
    Some(((za * pooled + zb * own) / (p1 - p2)).powi(2))
}

/// Events needed in a comparison of hazards (D. A. Schoenfeld, Biometrics 39, 1983) with a `share` exposed.
#[must_use]
pub(crate) fn events_needed(ratio: f64, share: f64, goal: Goal) -> Option<f64> {
    let ln = ratio.ln();
    let events = goal.z_sum()?.powi(2) / (share * (1.0 - share) * ln * ln);
    (events.is_finite() && events > 0.0).then_some(events)
}

/// Chance that the central exact test of two Poisson rates (conditional on their total) reaches p ≤ `alpha`, with
/// `nights` nights at `rates` in the two groups (0: without, 1: with). `None` for rates that are not positive or so many
/// events that the table would exceed ten million cells.
#[must_use]
pub(crate) fn exact_rate_power(nights: (f64, f64), rates: (f64, f64), alpha: f64) -> Option<f64> {
    let means = (nights.0 * rates.0, nights.1 * rates.1);
    let positive = |m: f64| m > 0.0 && m.is_finite();
    if !positive(means.0) || !positive(means.1) {
        return None;
    }
    // Beyond these counts less than 1e-15 of the probability is left.
    let range = |mean: f64| {
        let (mut low, mut high) = (mean.floor() as u64, mean.ceil() as u64 + 1);
        let step = mean.sqrt().ceil() as u64 + 1;
        while low > 0 && poisson_tails(low, mean).lower > 1e-16 {
            low = low.saturating_sub(step);
        }
        while poisson_tails(high, mean).upper > 1e-16 {
            high += step;
        }
        (low, high)
    };
    let (r0, r1) = (range(means.0), range(means.1));
    if (r0.1 - r0.0).checked_mul(r1.1 - r1.0)? > 10_000_000 {
        return None;
    }
    let share = nights.1 / (nights.0 + nights.1);
    let chance0: Vec<f64> = (r0.0..=r0.1).map(|j| poisson_pmf(j, means.0)).collect();
    let mut power = 0.0;
    for i in r1.0..=r1.1 {
        let here = poisson_pmf(i, means.1);
        for (j, there) in (r0.0..=r0.1).zip(&chance0) {
            let weight = here * there;
            if weight > 1e-20 && i + j > 0 && binomial_test(i, i + j, share)?.central() <= alpha {
                power += weight;
            }
        }
    }
    Some(power)
}
