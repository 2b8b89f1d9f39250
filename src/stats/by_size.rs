//! The mean over studies whose weights follow from how large the studies are, not from what they found.
//!
//! The sampling variance of a log ratio of counts falls with the counts, and they rise with the ratio: weights by each
//! study's own variance favour studies with large ratios, and the mean lies too high, by more than its interval is wide where
//! studies are many. C. P. Doncaster and R. Spake (Methods in Ecology and Evolution 9, 2018) give a study of size n the
//! variance that studies of its size have on average; of weights by size alone, I. Bakbergenuly, D. C. Hoaglin and E.
//! Kulinskaya (Research Synthesis Methods 11, 2020) found the mean of log odds ratios unbiased. τ² is that of
//! [`crate::stats::meta::pool`]. Since the weights are not the inverse of the true variances, the variance of the mean is
//! that of L. V. Hedges, E. Tipton and M. C. Johnson (Research Synthesis Methods 1, 2010), with k/(k − 1) and t on k − 1
//! degrees of freedom.

use crate::stats::distribution::{t_quantile, t_two_sided};
use crate::stats::estimate::Estimate;
use crate::stats::meta::{Pooled, Study};

/// The mean with weights by size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct BySize {
    pub(crate) mean: Estimate,
    /// Standard error of the mean.
    pub(crate) se: f64,
    /// Two-sided p of a mean of 0.
    pub(crate) p: f64,
}

/// The mean of the studies behind `pooled`, each of a `size` to whose square its sampling variance is in proportion: one over
/// the root of its nights, say. `None` where a size is not positive.
pub(crate) fn mean_by_size(studies: &[Study], size: &[f64], pooled: &Pooled) -> Option<BySize> {
    let usable = |s: &f64| *s > 0.0 && s.is_finite();
    if studies.len() < 2 || studies.len() != size.len() || !size.iter().all(usable) {
        return None;
    }
    let squares: f64 = size.iter().map(|s| s * s).sum();
    let level_of = studies.iter().map(|s| s.variance).sum::<f64>() / squares;
    let weights: Vec<f64> = size
        .iter()
        .map(|s| (level_of * s * s + pooled.tau2).recip())
        .collect();
    let sum = |of: &dyn Fn(f64, &Study) -> f64| -> f64 {
        weights.iter().zip(studies).map(|(w, s)| of(*w, s)).sum()
    };
    let total = sum(&|w, _| w);
    let mean = sum(&|w, s| w * s.estimate) / total;
    let apart = sum(&|w, s| (w * (s.estimate - mean)).powi(2));
    let df = (studies.len() - 1) as f64;
    let scattered = (apart * (df + 1.0) / df).sqrt() / total;
    // estimates all alike: an interval without width would be none
    let alike = apart <= f64::EPSILON * sum(&|w, s| (w * s.estimate).powi(2)).max(total);
    let se = match alike {
        true => total.recip().sqrt(),
        false => scattered,
    };
    let level = pooled.mean.level;
    let half = t_quantile(0.5 + level / 2.0, df) * se;
    Some(BySize {
        mean: Estimate::around(mean, half, level)?,
        se,
        p: t_two_sided(mean / se, df),
    })
}
