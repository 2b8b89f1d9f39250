//! Counts with variance `mu + mu^2/theta` (NB2) on a moving background: theta and the coefficients by maximum likelihood
//! in turn (J. F. Lawless, Canadian Journal of Statistics 15, 1987), and likelihood intervals with theta maximised
//! again at every step. [`crate::stats::negative_binomial`] is the dense form it is held to.

use crate::stats::background::{Family, Fit, fit_with_offset};
use crate::stats::drift_design::Design;
use crate::stats::estimate::Estimate;
use crate::stats::profile::profile_interval;
use crate::stats::special::{digamma, ln_gamma, trigamma};

/// A fitted model.
#[derive(Debug, Clone)]
pub(crate) struct NegativeBinomialFit {
    /// Coefficients, means and information at the final theta.
    pub(crate) fit: Fit,
    /// `None` when the counts are no more variable than Poisson ones; the fit is then, for every purpose, Poisson's.
    pub(crate) theta: Option<f64>,
    /// Penalised log likelihood, up to `- sum ln y!`.
    pub(crate) loglik: f64,
}

/// Fits from coefficients `start`, with `offset` added to each row's linear predictor (empty for none). `None` when the
/// information is not positive definite.
pub(crate) fn fit_negative_binomial(
    design: &Design,
    y: &[f64],
    penalty: &[f64],
    start: &[f64],
    offset: &[f64],
) -> Option<NegativeBinomialFit> {
    let tally = tally(y);
    let mut theta: f64 = 2.0;
    let mut fitted = None::<Fit>;
    for _ in 0..50 {
        let from = fitted.as_ref().map_or(start, |f| &f.coefficients);
        let family = Family::NegativeBinomial { theta };
        let f = fit_with_offset(design, y, family, penalty, Some(from), offset)?;
        let next = theta_given_means(y, &f.mean, &tally, theta);
        let done = (next.ln() - theta.ln()).abs() < 1e-8;
        fitted = Some(f);
        if done {
            break;
        }
        theta = next;
    }
    let fit = fitted?;
    let constants: f64 = tally
        .iter()
        .map(|(y, n)| n * (ln_gamma(y + theta) - ln_gamma(theta)))
        .sum();
    Some(NegativeBinomialFit {
        loglik: constants - 0.5 * fit.deviance,
        fit,
        theta: Some(theta).filter(|t| t.ln() < LARGEST_LN_THETA),
    })
}

/// Likelihood interval of border column `column` of a fit of the same data, the penalised likelihood maximised over all
/// else. `inflation` widens the cut-off: the ratio of a robust to the model variance (R. E. Chandler and S. Bate,
/// Biometrika 94, 2007).
pub(crate) fn negative_binomial_interval(
    design: &Design,
    y: &[f64],
    penalty: &[f64],
    fitted: &NegativeBinomialFit,
    column: usize,
    inflation: f64,
) -> Option<Estimate> {
    let width = design.width();
    let x: Vec<f64> = (0..design.rows())
        .map(|i| design.border(i).get(column).copied())
        .collect::<Option<_>>()?;
    let border = (0..design.rows())
        .flat_map(|i| {
            let row = design.border(i).iter().enumerate();
            row.filter(|(j, _)| *j != column).map(|(_, v)| *v)
        })
        .collect();
    let rest = design.with_border(border, width.checked_sub(1)?);
    let at = design.knots() + column;
    let without = |v: &[f64]| -> Vec<f64> {
        let kept = v.iter().enumerate().filter(|(j, _)| *j != at);
        kept.map(|(_, v)| *v).collect()
    };
    let (value, ridge) = (fitted.fit.border(column), *penalty.get(at)?);
    let inner_penalty = without(penalty);
    let mut start = without(&fitted.fit.coefficients);
    let drop = |b: f64| {
        let offset: Vec<f64> = x.iter().map(|x| b * x).collect();
        let held = fit_negative_binomial(&rest, y, &inner_penalty, &start, &offset)?;
        start.clone_from(&held.fit.coefficients);
        Some(2.0 * (fitted.loglik - held.loglik) + ridge * b * b)
    };
    profile_interval(drop, value, fitted.fit.model_se(column), 0.95, inflation)
}

/// Each count with the number of rows that have it.
fn tally(y: &[f64]) -> Vec<(f64, f64)> {
    let mut sorted = y.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
        .chunk_by(|a, b| a == b)
        .map(|run| (run[0], run.len() as f64))
        .collect()
}

/// Beyond this the counts are Poisson for every purpose.
const LARGEST_LN_THETA: f64 = 12.0;
const SMALLEST_LN_THETA: f64 = -6.0;

/// Maximum-likelihood theta for given means: root of the score in ln theta within [-6, 12], by Newton
/// steps kept inside a shrinking bracket. The upper end stands for "no overdispersion".
fn theta_given_means(y: &[f64], mean: &[f64], tally: &[(f64, f64)], start: f64) -> f64 {
    let score = |ln_theta: f64| {
        let t = ln_theta.exp();
        let (mut value, mut slope) = (0.0, 0.0);
        for &(y, n) in tally {
            value += n * (digamma(y + t) - digamma(t));
            slope += n * (trigamma(y + t) - trigamma(t));
        }
        for (y, m) in y.iter().zip(mean) {
            let r = (m + t).recip();
            value += ln_theta + 1.0 - (m + t).ln() - (y + t) * r;
            slope += 1.0 / t - r - (m - y) * r * r;
        }
        (value, slope * t)
    };
    let (mut low, mut high) = (SMALLEST_LN_THETA, LARGEST_LN_THETA);
    if score(high).0 > 0.0 {
        return high.exp();
    }
    if score(low).0 <= 0.0 {
        return low.exp();
    }
    let mut x = start.ln().clamp(low + 0.1, high - 0.1);
    for _ in 0..200 {
        let (value, slope) = score(x);
        if value > 0.0 {
            low = x
        } else {
            high = x
        }
        let newton = x - value / slope;
        let next = if slope < 0.0 && newton > low && newton < high {
            newton
        } else {
            (low + high) / 2.0
        };
        if (next - x).abs() < 1e-11 || high - low < 1e-11 {
            return next.exp();
        }
        x = next;
    }
    x.exp()
}
