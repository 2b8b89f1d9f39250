//! Estimates of many studies pooled under a random-effects model: yᵢ ~ N(θᵢ, vᵢ), θᵢ ~ N(μ, τ²), vᵢ known.
//!
//! τ² by restricted maximum likelihood (D. A. Harville, JASA 72, 1977) with Fisher scoring from the estimate of L. V.
//! Hedges (W. Viechtbauer, Journal of Educational and Behavioral Statistics 30, 2005, and Journal of Statistical Software
//! 36, 2010); interval and test of μ after J. Hartung and G. Knapp (Statistics in Medicine 20, 2001); I² and H² of J. P. T.
//! Higgins and S. G. Thompson (Statistics in Medicine 21, 2002); the prediction interval of J. P. T. Higgins, S. G. Thompson
//! and D. J. Spiegelhalter (JRSS A 172, 2009), with t on k − 1 degrees of freedom.

use serde::Serialize;

use crate::stats::distribution::{chi2_upper, t_quantile, t_two_sided};
use crate::stats::estimate::Estimate;

/// Steps after which scoring is given up; it takes about ten.
const STEPS: usize = 500;
/// Largest loss of log-likelihood, relative to its size, that is taken for rounding.
const ROUNDING: f64 = 1e-10;

/// What one study found: an estimate and its sampling variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Study {
    pub(crate) estimate: f64,
    pub(crate) variance: f64,
}

/// What the studies say together, in the units of the estimates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pooled {
    pub(crate) studies: usize,
    /// The mean over studies, with its interval.
    pub(crate) mean: Estimate,
    /// Standard error of the mean.
    pub(crate) se: f64,
    /// Two-sided p of a mean of 0.
    pub(crate) p: f64,
    /// Variance between studies; 0 when they differ no more than by chance.
    pub(crate) tau2: f64,
    /// Its standard error, from the expected information.
    pub(crate) tau2_se: f64,
    /// Share of the variance that lies between studies, 0 to 1.
    pub(crate) i2: f64,
    /// Total over sampling variance, at least 1.
    pub(crate) h2: f64,
    /// Heterogeneity statistic of W. G. Cochran (Biometrics 10, 1954), with its p on k − 1 degrees of freedom.
    pub(crate) q: f64,
    pub(crate) q_p: f64,
    /// Where the true value of the next study lies were `tau2` its true value; with what is known of it,
    /// [`crate::stats::next_study`].
    pub(crate) prediction: Estimate,
}

/// Pools studies, the intervals at `level`. `None` below two of them, when a variance is not positive, or a number is not
/// finite: an exact value is no estimate, and one study has nothing beside it.
///
/// Where all estimates are alike the sum of squares behind the Hartung–Knapp variance is 0 and would leave an interval
/// without width; the variance is then not scaled.
pub(crate) fn pool(studies: &[Study], level: f64) -> Option<Pooled> {
    let usable = |s: &Study| s.estimate.is_finite() && s.variance > 0.0 && s.variance.is_finite();
    if studies.len() < 2 || !studies.iter().all(usable) || !(level > 0.0 && level < 1.0) {
        return None;
    }
    let df = (studies.len() - 1) as f64;
    let common = Weighted::at(studies, 0.0);
    let (tau2, fit) = reml(studies)?;
    // the variance of a typical study
    let typical = df / common.trace;
    let alike = fit.squares <= f64::EPSILON * common.square_size.max(1.0);
    let scale = if alike { 1.0 } else { fit.squares / df };
    let variance = scale / fit.total;
    let (se, t) = (variance.sqrt(), t_quantile(0.5 + level / 2.0, df));
    Some(Pooled {
        studies: studies.len(),
        mean: Estimate::around(fit.mean, t * se, level)?,
        se,
        p: t_two_sided(fit.mean / se, df),
        tau2,
        tau2_se: (2.0 / fit.information).sqrt(),
        i2: tau2 / (typical + tau2),
        h2: tau2 / typical + 1.0,
        q: common.squares,
        q_p: chi2_upper(common.squares, df),
        prediction: Estimate::around(fit.mean, t * (variance + tau2).sqrt(), level)?,
    })
}

/// The weighted mean at one τ², and what scoring asks of it. P is the projection W − ww′/Σw.
pub(super) struct Weighted {
    pub(super) mean: f64,
    /// Σw.
    pub(super) total: f64,
    /// Σw(y − mean)², and the same without the mean.
    pub(super) squares: f64,
    square_size: f64,
    /// tr P.
    trace: f64,
    /// y′PPy.
    pub(super) score: f64,
    /// tr PP.
    information: f64,
    /// The restricted log-likelihood, up to a constant.
    likelihood: f64,
}

impl Weighted {
    pub(super) fn at(studies: &[Study], tau2: f64) -> Weighted {
        let (mut w1, mut w2, mut w3, mut wy, mut logs) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for s in studies {
            let w = 1.0 / (s.variance + tau2);
            w1 += w;
            w2 += w * w;
            w3 += w * w * w;
            wy += w * s.estimate;
            logs += w.ln();
        }
        let mean = wy / w1;
        let (mut squares, mut square_size, mut score) = (0.0, 0.0, 0.0);
        for s in studies {
            let w = 1.0 / (s.variance + tau2);
            let off = s.estimate - mean;
            squares += w * off * off;
            square_size += w * s.estimate * s.estimate;
            score += (w * off) * (w * off);
        }
        Weighted {
            mean,
            total: w1,
            squares,
            square_size,
            trace: w1 - w2 / w1,
            score,
            information: w2 - 2.0 * w3 / w1 + (w2 / w1) * (w2 / w1),
            likelihood: 0.5 * (logs - w1.ln() - squares),
        }
    }
}

/// τ² at the maximum of the restricted likelihood, 0 where that lies on the boundary, and the fit there.
fn reml(studies: &[Study]) -> Option<(f64, Weighted)> {
    let mut tau2 = hedges(studies);
    let mut fit = Weighted::at(studies, tau2);
    for _ in 0..STEPS {
        let mut step = (fit.score - fit.trace) / fit.information;
        if !step.is_finite() {
            return None;
        }
        // off the parameter space, or downhill: half as far
        let mut next = (tau2 + step).max(0.0);
        let mut there = Weighted::at(studies, next);
        let slack = ROUNDING * (fit.likelihood.abs() + 1.0);
        while there.likelihood < fit.likelihood - slack {
            step /= 2.0;
            next = (tau2 + step).max(0.0);
            there = Weighted::at(studies, next);
        }
        let moved = (next - tau2).abs();
        (tau2, fit) = (next, there);
        if moved <= 1e-14 * (1.0 / fit.total + tau2) {
            break;
        }
    }
    let none = Weighted::at(studies, 0.0);
    // the likelihood may have a second maximum
    Some(
        match none.likelihood > fit.likelihood + ROUNDING * (fit.likelihood.abs() + 1.0) {
            true => (0.0, none),
            false => (tau2, fit),
        },
    )
}

/// The moment estimate of L. V. Hedges (Psychological Bulletin 93, 1983): the variance of the estimates less their mean
/// sampling variance, at least 0.
fn hedges(studies: &[Study]) -> f64 {
    let k = studies.len() as f64;
    let mean = studies.iter().map(|s| s.estimate).sum::<f64>() / k;
    let squares: f64 = studies.iter().map(|s| (s.estimate - mean).powi(2)).sum();
    let sampling = studies.iter().map(|s| s.variance).sum::<f64>() / k;
    (squares / (k - 1.0) - sampling).max(0.0)
}

/// The pooling without one study, for each of the `most` studies whose absence moves the mean farthest at an unchanged τ²;
/// with the place of the one left out, the most influential first. `None` where fewer than two are left.
pub(crate) fn leave_one_out(
    studies: &[Study],
    pooled: &Pooled,
    most: usize,
) -> Vec<(usize, Option<Pooled>)> {
    let weight = |s: &Study| 1.0 / (s.variance + pooled.tau2);
    let total: f64 = studies.iter().map(weight).sum();
    let moves = |s: &Study| {
        let w = weight(s);
        (w * (s.estimate - pooled.mean.value) / (total - w)).abs()
    };
    let mut order: Vec<(usize, f64)> = studies.iter().map(moves).enumerate().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    order.truncate(most);
    let without = |(at, _): (usize, f64)| {
        let mut others = studies.to_vec();
        others.remove(at);
        (at, pool(&others, pooled.mean.level))
    };
    order.into_iter().map(without).collect()
}

/// Whether small studies found something else than large ones.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct SmallStudies {
    /// Change of the estimate for each unit of `size`.
    pub(crate) slope: f64,
    pub(crate) t: f64,
    /// Two-sided, with k − 2 degrees of freedom.
    pub(crate) p: f64,
}

/// The regression test of M. Egger, G. Davey Smith, M. Schneider and C. Minder (BMJ 315, 1997): estimates on `size`, a
/// number a study that falls as it grows, by least squares with weights 1/v, the scale estimated from the residuals.
///
/// Egger's own `size` is the standard error. That of a log ratio of counts follows from the counts, and they follow from
/// the ratio: it then finds a slope where there is none. One over the root of the exposure does not (P. Macaskill, S. D.
/// Walter and L. Irwig, Statistics in Medicine 20, 2001; J.-L. Tang and J. L. Y. Liu, Journal of Clinical Epidemiology 53,
/// 2000).
///
/// `None` below three studies, when a variance is not positive, when all sizes are alike, or when the line fits without a
/// residual.
pub(crate) fn egger(studies: &[Study], size: &[f64]) -> Option<SmallStudies> {
    let unusable = |s: &Study| s.variance <= 0.0 || s.variance.is_nan();
    if studies.len() < 3 || studies.len() != size.len() || studies.iter().any(unusable) {
        return None;
    }
    let df = (studies.len() - 2) as f64;
    let weighted = |of: &dyn Fn(&Study, f64) -> f64| -> f64 {
        let pairs = studies.iter().zip(size);
        pairs.map(|(s, x)| of(s, *x) / s.variance).sum()
    };
    let total = weighted(&|_, _| 1.0);
    let x = weighted(&|_, x| x) / total;
    let y = weighted(&|s, _| s.estimate) / total;
    let sxx = weighted(&|_, each| (each - x).powi(2));
    let sxy = weighted(&|s, each| (each - x) * (s.estimate - y));
    // sizes that differ by rounding only carry no line
    if sxx <= 1e-12 * total * x * x || sxx.is_nan() {
        return None;
    }
    let slope = sxy / sxx;
    let residual = |s: &Study, each: f64| s.estimate - y - slope * (each - x);
    let scale = weighted(&|s, each| residual(s, each).powi(2)) / df;
    let t = slope / (scale / sxx).sqrt();
    t.is_finite().then(|| SmallStudies {
        slope,
        t,
        p: t_two_sided(t, df),
    })
}
