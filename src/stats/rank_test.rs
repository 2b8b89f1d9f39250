//! Comparing two samples, or paired differences with zero, by ranks: F. Wilcoxon (Biometrics Bulletin 1, 1945),
//! H. B. Mann and D. R. Whitney (Annals of Mathematical Statistics 18, 1947); exact distributions with ties over
//! mid-ranks after B. Streitberg and J. Röhmel (Statistical Software Newsletter 12, 1986).

use crate::stats::distribution::normal_two_sided;

/// Ranks from 1, ties sharing their mean rank, and Σ(t³ − t) over groups of ties.
#[must_use]
pub(crate) fn mid_ranks(x: &[f64]) -> (Vec<f64>, f64) {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|&i, &j| x[i].total_cmp(&x[j]));
    let mut ranks = vec![0.0; x.len()];
    let mut ties = 0.0;
    let mut from = 0;
    while from < order.len() {
        let mut to = from;
        while to + 1 < order.len() && x[order[to + 1]] == x[order[from]] {
            to += 1;
        }
        let t = (to - from + 1) as f64;
        ties += t * t * t - t;
        for &i in &order[from..=to] {
            ranks[i] = (from + to) as f64 / 2.0 + 1.0;
        }
        from = to + 1;
    }
    (ranks, ties)
}

/// Result of the Mann–Whitney test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct MannWhitney {
    /// U of the first sample: pairs in which it is larger, ties counted half.
    pub(crate) u: f64,
    /// u over the number of pairs: the chance that a value of the first sample exceeds one of the second.
    pub(crate) auc: f64,
    /// Two-sided p of the tie-corrected normal approximation.
    pub(crate) p_normal: f64,
    /// The same with continuity correction.
    pub(crate) p_normal_corrected: f64,
}

/// Two-sided p of a statistic at `distance` from its mean with standard deviation `sd`; a statistic that cannot vary
/// says nothing, p = 1.
fn normal_p(distance: f64, sd: f64, correction: f64) -> f64 {
    if sd <= 0.0 {
        return 1.0;
    }
    normal_two_sided((distance.abs() - correction) / sd)
}

/// Mann–Whitney test of `x` against `y`; `None` when either is empty or has a value that is not a number.
#[must_use]
pub(crate) fn mann_whitney(x: &[f64], y: &[f64]) -> Option<MannWhitney> {
    let all: Vec<f64> = x.iter().chain(y).copied().collect();
    if x.is_empty() || y.is_empty() || all.iter().any(|v| v.is_nan()) {
        return None;
    }
    let (m, n, total) = (x.len() as f64, y.len() as f64, all.len() as f64);
    let (ranks, ties) = mid_ranks(&all);
    let u = ranks.iter().take(x.len()).sum::<f64>() - m * (m + 1.0) / 2.0;
    let variance = m * n / 12.0 * (total + 1.0 - ties / (total * (total - 1.0)));
    let (distance, sd) = (u - m * n / 2.0, variance.max(0.0).sqrt());
    let correction = if distance == 0.0 { 0.0 } else { 0.5 };
    Some(MannWhitney {
        u,
        auc: u / (m * n),
        p_normal: normal_p(distance, sd, 0.0),
        p_normal_corrected: normal_p(distance, sd, correction),
    })
}

/// Exact two-sided Mann–Whitney p, the chance under random assignment of the mid-ranks of a rank sum at least as far
/// from its mean. `None` for more than `largest` values together (the table grows with their cube; 60 is quick), or for
/// empty samples.
#[must_use]
pub(crate) fn mann_whitney_exact(x: &[f64], y: &[f64], largest: usize) -> Option<f64> {
    let all: Vec<f64> = x.iter().chain(y).copied().collect();
    if x.is_empty() || y.is_empty() || all.len() > largest || all.iter().any(|v| v.is_nan()) {
        return None;
    }
    let (ranks, _) = mid_ranks(&all);
    let scores: Vec<usize> = ranks.iter().map(|r| (2.0 * r) as usize).collect();
    let seen: usize = scores.iter().take(x.len()).sum();
    let counts = subset_sums(&scores, x.len());
    // Distances from the mean in whole numbers: N·score sum against nx·total.
    let (size, total) = (
        all.len() as f64,
        scores.iter().sum::<usize>() as f64 * x.len() as f64,
    );
    let distance = |sum: usize| (sum as f64 * size - total).abs();
    Some(share_at_least(&counts, distance, distance(seen)))
}

fn share_at_least(counts: &[f64], distance: impl Fn(usize) -> f64, seen: f64) -> f64 {
    let total: f64 = counts.iter().sum();
    let extreme: f64 = counts
        .iter()
        .enumerate()
        .filter(|(sum, _)| distance(*sum) >= seen)
        .map(|(_, c)| *c)
        .sum();
    (extreme / total).min(1.0)
}

/// Number of subsets of `size` of the `scores` for each sum of scores.
#[must_use]
pub(crate) fn subset_sums(scores: &[usize], size: usize) -> Vec<f64> {
    let mut largest: Vec<usize> = scores.to_vec();
    largest.sort_unstable_by(|a, b| b.cmp(a));
    let top: usize = largest.iter().take(size).sum();
    let mut table = vec![vec![0.0; top + 1]; size + 1];
    table[0][0] = 1.0;
    for (seen, &score) in scores.iter().enumerate() {
        for k in (1..=size.min(seen + 1)).rev() {
            let (below, here) = table.split_at_mut(k);
            let (Some(from), Some(to)) = (below.last(), here.first_mut()) else {
                continue;
            };
            for sum in score..=top {
                to[sum] += from[sum - score];
            }
        }
    }
    table.pop().unwrap_or_default()
}

/// Hodges and Lehmann's shift: the median of all differences x − y; `None` when a sample is empty or there are more
/// than four million differences.
#[must_use]
pub(crate) fn hodges_lehmann(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len().checked_mul(y.len())? > 4_000_000 {
        return None;
    }
    let mut differences: Vec<f64> = x
        .iter()
        .flat_map(|a| y.iter().map(move |b| a - b))
        .collect();
    median_in_place(&mut differences)
}

/// Median, reordering the values; `None` of nothing.
pub(crate) fn median_in_place(x: &mut [f64]) -> Option<f64> {
    let half = x.len() / 2;
    if x.is_empty() {
        return None;
    }
    let even = x.len().is_multiple_of(2);
    let (below, &mut middle, _) = x.select_nth_unstable_by(half, f64::total_cmp);
    if !even {
        return Some(middle);
    }
    let lower = below.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Some(0.5 * (lower + middle))
}

/// Median of a list; `None` of nothing.
#[must_use]
pub(crate) fn median(x: &[f64]) -> Option<f64> {
    median_in_place(&mut x.to_vec())
}

/// Result of the signed-rank test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SignedRank {
    /// Sum of the ranks of the positive differences.
    pub(crate) v: f64,
    /// Differences that are not zero.
    pub(crate) n: usize,
    /// Two-sided p of the tie-corrected normal approximation.
    pub(crate) p_normal: f64,
    /// The same with continuity correction.
    pub(crate) p_normal_corrected: f64,
    /// Exact two-sided p over all signs, up to 200 differences.
    pub(crate) p_exact: Option<f64>,
}

/// Wilcoxon signed-rank test of paired differences; zeros are dropped. `None` when nothing is left.
#[must_use]
pub(crate) fn signed_rank(differences: &[f64]) -> Option<SignedRank> {
    let kept: Vec<f64> = differences.iter().copied().filter(|d| *d != 0.0).collect();
    if kept.is_empty() || kept.iter().any(|d| d.is_nan()) {
        return None;
    }
    let size: Vec<f64> = kept.iter().map(|d| d.abs()).collect();
    let (ranks, ties) = mid_ranks(&size);
    let v: f64 = ranks
        .iter()
        .zip(&kept)
        .filter(|(_, d)| **d > 0.0)
        .map(|(r, _)| r)
        .sum();
    let n = kept.len() as f64;
    let distance = v - n * (n + 1.0) / 4.0;
    let sd = (n * (n + 1.0) * (2.0 * n + 1.0) / 24.0 - ties / 48.0)
        .max(0.0)
        .sqrt();
    let correction = if distance == 0.0 { 0.0 } else { 0.5 };
    let p_exact = (kept.len() <= 200).then(|| {
        let scores: Vec<usize> = ranks.iter().map(|r| (2.0 * r) as usize).collect();
        let total: usize = scores.iter().sum();
        let mut counts = vec![0.0; total + 1];
        counts[0] = 1.0;
        for &score in &scores {
            for sum in (score..=total).rev() {
                counts[sum] = 0.5 * (counts[sum] + counts[sum - score]);
            }
            for below in counts.iter_mut().take(score) {
                *below *= 0.5;
            }
        }
        let distance = |sum: usize| (2.0 * sum as f64 - total as f64).abs();
        share_at_least(&counts, distance, distance((2.0 * v) as usize))
    });
    Some(SignedRank {
        v,
        n: kept.len(),
        p_normal: normal_p(distance, sd, 0.0),
        p_normal_corrected: normal_p(distance, sd, correction),
        p_exact,
    })
}
