//! Comparisons by ranks: F. Wilcoxon (Biometrics Bulletin 1, 1945), H. B. Mann and D. R. Whitney (Annals of Mathematical
//! Statistics 18, 1947); exact distributions with ties over mid-ranks after B. Streitberg and J. Röhmel (Statistical
//! Software Newsletter 12, 1986); C. Spearman's ρ (1904).

use crate::stats::distribution::{normal_two_sided, t_two_sided};

/// Ranks from 1, ties sharing their mean rank, and Σ(t³ − t) over groups of ties.
pub(crate) fn mid_ranks(x: &[f64]) -> (Vec<f64>, f64) {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|&i, &j| x[i].total_cmp(&x[j]));
    let mut ranks = vec![0.0; x.len()];
    let mut tied = 0.0;
    let mut from = 0;
    while from < order.len() {
        let mut to = from;
        while to + 1 < order.len() && x[order[to + 1]] == x[order[from]] {
            to += 1;
        }
        let t = (to - from + 1) as f64;
        tied += t * t * t - t;
        for &i in &order[from..=to] {
            ranks[i] = (from + to) as f64 / 2.0 + 1.0;
        }
        from = to + 1;
    }
    (ranks, tied)
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
pub(crate) fn mann_whitney(x: &[f64], y: &[f64]) -> Option<MannWhitney> {
    let all: Vec<f64> = x.iter().chain(y).copied().collect();
    if x.is_empty() || y.is_empty() || all.iter().any(|v| v.is_nan()) {
        return None;
    }
    let (m, n, total) = (x.len() as f64, y.len() as f64, all.len() as f64);
    let (ranks, tied) = mid_ranks(&all);
    let u = ranks.iter().take(x.len()).sum::<f64>() - m * (m + 1.0) / 2.0;
    let variance = m * n / 12.0 * (total + 1.0 - tied / (total * (total - 1.0)));
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
pub(crate) fn median(x: &[f64]) -> Option<f64> {
    median_in_place(&mut x.to_vec())
}

/// A correlation with its two-sided p.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Correlation {
    pub(crate) value: f64,
    pub(crate) p: f64,
}

/// Product-moment correlation; `None` when lengths differ, below two pairs, or when one side never varies.
pub(crate) fn pearson(x: &[f64], y: &[f64]) -> Option<f64> {
    let n = x.len() as f64;
    if x.len() != y.len() || x.len() < 2 {
        return None;
    }
    let (mx, my) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let (mut sxy, mut sxx, mut syy) = (0.0, 0.0, 0.0);
    for (a, b) in x.iter().zip(y) {
        sxy += (a - mx) * (b - my);
        sxx += (a - mx) * (a - mx);
        syy += (b - my) * (b - my);
    }
    let r = sxy / (sxx * syy).sqrt();
    r.is_finite().then(|| r.clamp(-1.0, 1.0))
}

/// Spearman's ρ with p by the t approximation on n − 2 degrees of freedom; `None` below three pairs or without
/// variation.
pub(crate) fn spearman(x: &[f64], y: &[f64]) -> Option<Correlation> {
    if x.len() < 3 || x.iter().chain(y).any(|v| v.is_nan()) {
        return None;
    }
    let value = pearson(&mid_ranks(x).0, &mid_ranks(y).0)?;
    let df = x.len() as f64 - 2.0;
    Some(Correlation {
        value,
        p: t_two_sided(value * (df / (1.0 - value * value)).sqrt(), df),
    })
}

/// Sum of t(t−1)(2t+5) over groups of equal values.
pub(crate) fn ties(x: &[f64]) -> f64 {
    let mut sorted = x.to_vec();
    sorted.sort_by(f64::total_cmp);
    let groups = sorted.chunk_by(|a, b| a == b).map(|g| g.len() as f64);
    groups.map(|t| t * (t - 1.0) * (2.0 * t + 5.0)).sum()
}
