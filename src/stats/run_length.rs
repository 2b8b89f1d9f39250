//! Online change detection: the probability of how long the present rate has lasted, with gamma–Poisson predictions
//! (R. P. Adams and D. J. C. MacKay, arXiv 0710.3742, 2007).

use crate::stats::special::ln_gamma;

/// What is believed after each count.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RunLength {
    /// Most probable run length after each count (0: the rate changed just now).
    pub(crate) most_probable: Vec<usize>,
    /// Mean run length after each count.
    pub(crate) mean: Vec<f64>,
    /// Probability of each run length after the last count.
    pub(crate) last: Vec<f64>,
}

/// Runs the recursion over counts `x` with a constant `hazard` in (0, 1) and a gamma prior for the rate; `None` for
/// parameters or counts out of range. Run lengths below 1e-300 in probability die out on their own.
#[must_use]
pub(crate) fn run_length(x: &[f64], hazard: f64, shape: f64, rate: f64) -> Option<RunLength> {
    let inside = hazard > 0.0 && hazard < 1.0 && shape > 0.0 && rate > 0.0;
    if !inside || x.iter().any(|v| *v < 0.0 || !v.is_finite()) {
        return None;
    }
    let mut share = vec![1.0_f64];
    let mut sums = vec![0.0_f64];
    let mut out = RunLength {
        most_probable: Vec::new(),
        mean: Vec::new(),
        last: Vec::new(),
    };
    for &v in x {
        let ln_predicted = |length: usize, sum: f64| {
            let (a, b) = (shape + sum, rate + length as f64);
            ln_gamma(a + v) - ln_gamma(a) - ln_gamma(v + 1.0) + a * (b / (b + 1.0)).ln()
                - v * (b + 1.0).ln()
        };
        // Relative to the likeliest run, so that a count far out of line with all of them still counts.
        let ln_joint: Vec<f64> = share
            .iter()
            .zip(&sums)
            .enumerate()
            .map(|(r, (p, s))| p.ln() + ln_predicted(r, *s))
            .collect();
        let top = ln_joint.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let joint: Vec<f64> = ln_joint.iter().map(|l| (l - top).exp()).collect();
        let total: f64 = joint.iter().sum();
        if total.is_nan() || total <= 0.0 {
            return None;
        }
        let mut next = Vec::with_capacity(joint.len() + 1);
        next.push(hazard);
        next.extend(joint.iter().map(|p| p / total * (1.0 - hazard)));
        let mut next_sums = Vec::with_capacity(joint.len() + 1);
        next_sums.push(0.0);
        next_sums.extend(sums.iter().map(|s| s + v));
        (share, sums) = (next, next_sums);
        let mut best = (0, f64::NEG_INFINITY);
        for (r, p) in share.iter().enumerate() {
            if *p > best.1 {
                best = (r, *p);
            }
        }
        out.most_probable.push(best.0);
        out.mean
            .push(share.iter().enumerate().map(|(r, p)| r as f64 * p).sum());
    }
    out.last = share;
    Some(out)
}
