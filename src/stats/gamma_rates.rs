//! Two rates with gamma posteriors (Jeffreys' prior: shape ½, rate 0), exact through the beta distribution of the share
//! of one (A. Gelman et al., "Bayesian Data Analysis", 3rd ed. 2013, §2.6–2.8).

use crate::stats::distribution::chi2_quantile;
use crate::stats::estimate::Estimate;
use crate::stats::special::{beta_quantile, beta_tails_at};

/// Events and exposure behind one rate; both may have been divided by a dispersion, so events need not be whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Observed {
    /// Events.
    pub(crate) events: f64,
    /// Exposure, positive.
    pub(crate) exposure: f64,
}

impl Observed {
    fn shape(self) -> f64 {
        self.events + 0.5
    }

    fn usable(self) -> bool {
        self.events >= 0.0
            && self.events.is_finite()
            && self.exposure > 0.0
            && self.exposure.is_finite()
    }
}

/// Posterior mean of a rate with its central interval; `None` without exposure.
#[must_use]
pub(crate) fn posterior_rate(observed: Observed, level: f64) -> Option<Estimate> {
    if !observed.usable() {
        return None;
    }
    let tail = (1.0 - level) / 2.0;
    let at = |p: f64| chi2_quantile(p, 2.0 * observed.shape()) / (2.0 * observed.exposure);
    Estimate::new(
        observed.shape() / observed.exposure,
        at(tail),
        at(1.0 - tail),
        level,
    )
}

/// Posterior probability that the first rate is below `factor` times the second.
#[must_use]
pub(crate) fn probability_below(first: Observed, second: Observed, factor: f64) -> Option<f64> {
    if !(first.usable() && second.usable() && factor > 0.0 && factor.is_finite()) {
        return None;
    }
    let (t1, t2) = (factor * first.exposure, second.exposure);
    Some(
        beta_tails_at(
            first.shape(),
            second.shape(),
            t1 / (t1 + t2),
            t2 / (t1 + t2),
        )
        .lower,
    )
}

/// Posterior median of the first rate over the second with its central interval.
#[must_use]
pub(crate) fn posterior_ratio(first: Observed, second: Observed, level: f64) -> Option<Estimate> {
    if !first.usable() || !second.usable() {
        return None;
    }
    let at = |p: f64| {
        let (x, y) = beta_quantile(p, first.shape(), second.shape());
        x / y * second.exposure / first.exposure
    };
    let tail = (1.0 - level) / 2.0;
    Estimate::new(at(0.5), at(tail), at(1.0 - tail), level)
}
