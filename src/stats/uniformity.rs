//! Are values in [0, 1] spread evenly? For the time of an event between two others (falling asleep and waking, say),
//! where a test on the whole circle would only find that people sleep at night.

use crate::stats::profile::ChiSquared;

/// Counts in `parts` equal parts of [0, 1] with the chi-squared test that they are alike; `None` without values, with
/// one outside, or with fewer than two parts.
#[must_use]
pub(crate) fn equal_parts(u: &[f64], parts: usize) -> Option<(Vec<u64>, ChiSquared)> {
    if u.is_empty() || parts < 2 || u.iter().any(|v| !(0.0..=1.0).contains(v)) {
        return None;
    }
    let mut counts = vec![0_u64; parts];
    for v in u {
        let at = ((v * parts as f64) as usize).min(parts - 1);
        counts[at] += 1;
    }
    let expected = u.len() as f64 / parts as f64;
    let statistic: f64 = counts
        .iter()
        .map(|&c| (c as f64 - expected).powi(2) / expected)
        .sum();
    Some((counts, ChiSquared::new(statistic, parts - 1)))
}
