//! Do two things go up together? C. Spearman's ρ (1904) and M. G. Kendall's τ-b ("Rank Correlation Methods", 1948).

use crate::stats::distribution::{normal_two_sided, t_two_sided};
use crate::stats::rank_test::mid_ranks;

/// A correlation with its two-sided p.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Correlation {
    /// Between −1 and 1.
    pub(crate) value: f64,
    /// Two-sided p.
    pub(crate) p: f64,
}

/// Product-moment correlation; `None` when lengths differ, below two pairs, or when one side never varies.
#[must_use]
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
#[must_use]
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

/// Exact two-sided p of Spearman's ρ over all permutations, for three to nine pairs.
#[must_use]
pub(crate) fn spearman_exact(x: &[f64], y: &[f64]) -> Option<f64> {
    let n = x.len();
    if y.len() != n || !(3..=9).contains(&n) || x.iter().chain(y).any(|v| v.is_nan()) {
        return None;
    }
    let a: Vec<i64> = mid_ranks(x).0.iter().map(|r| (2.0 * r) as i64).collect();
    let mut b: Vec<i64> = mid_ranks(y).0.iter().map(|r| (2.0 * r) as i64).collect();
    let product = |b: &[i64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<i64>();
    let seen = product(&b);
    let (mut all, mut less, mut greater) = (0_u64, 0_u64, 0_u64);
    // Heap's algorithm visits every arrangement by single swaps.
    let mut count = vec![0; n];
    let mut at = 0;
    loop {
        let here = product(&b);
        all += 1;
        less += u64::from(here <= seen);
        greater += u64::from(here >= seen);
        while at < n && count[at] >= at {
            count[at] = 0;
            at += 1;
        }
        if at >= n {
            break;
        }
        b.swap(at, if at.is_multiple_of(2) { 0 } else { count[at] });
        count[at] += 1;
        at = 0;
    }
    Some((2.0 * less.min(greater) as f64 / all as f64).min(1.0))
}

/// Kendall's τ-b.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Kendall {
    /// τ-b.
    pub(crate) tau: f64,
    /// Score over its tie-corrected standard deviation.
    pub(crate) z: f64,
    /// Two-sided normal p, no continuity correction.
    pub(crate) p_normal: f64,
    /// Exact two-sided p, without ties and below 50 pairs only.
    pub(crate) p_exact: Option<f64>,
}

/// Sums Σt(t−1)(2t+5), Σt(t−1) and Σt(t−1)(t−2) over groups of equal values.
pub(crate) fn tie_sums(x: &[f64]) -> (f64, f64, f64) {
    let mut sorted = x.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mut sums = (0.0, 0.0, 0.0);
    for group in sorted.chunk_by(|a, b| a == b) {
        let t = group.len() as f64;
        sums.0 += t * (t - 1.0) * (2.0 * t + 5.0);
        sums.1 += t * (t - 1.0);
        sums.2 += t * (t - 1.0) * (t - 2.0);
    }
    sums
}

/// Kendall's τ-b of two lists; `None` below two pairs or when one side never varies.
#[must_use]
pub(crate) fn kendall(x: &[f64], y: &[f64]) -> Option<Kendall> {
    let n = x.len();
    if y.len() != n || n < 2 || x.iter().chain(y).any(|v| v.is_nan()) {
        return None;
    }
    let mut score = 0.0;
    for i in 0..n {
        for j in 0..i {
            let sign = |a: f64, b: f64| f64::from(i8::from(a > b) - i8::from(a < b));
            score += sign(x[i], x[j]) * sign(y[i], y[j]);
        }
    }
    let (tx, ty) = (tie_sums(x), tie_sums(y));
    let m = n as f64;
    let pairs = m * (m - 1.0);
    let tau = 2.0 * score / ((pairs - tx.1) * (pairs - ty.1)).sqrt();
    let third = if n > 2 {
        tx.2 * ty.2 / (9.0 * pairs * (m - 2.0))
    } else {
        0.0
    };
    let variance =
        (pairs * (2.0 * m + 5.0) - tx.0 - ty.0) / 18.0 + tx.1 * ty.1 / (2.0 * pairs) + third;
    let z = score / variance.sqrt();
    if !tau.is_finite() || !z.is_finite() {
        return None;
    }
    let no_ties = tx.1 == 0.0 && ty.1 == 0.0;
    let p_exact = (no_ties && n < 50).then(|| {
        let share = concordance_distribution(n);
        let concordant = ((score + pairs / 2.0) / 2.0).round() as usize;
        let less: f64 = share.iter().take(concordant + 1).sum();
        let greater: f64 = share.iter().skip(concordant).sum();
        (2.0 * less.min(greater)).min(1.0)
    });
    Some(Kendall {
        tau,
        z,
        p_normal: normal_two_sided(z),
        p_exact,
    })
}

/// Chance of each number of concordant pairs among `n` without ties under independence.
fn concordance_distribution(n: usize) -> Vec<f64> {
    let mut share = vec![1.0];
    for k in 2..=n {
        let mut next = vec![0.0; share.len() + k - 1];
        for (i, s) in share.iter().enumerate() {
            for j in 0..k {
                next[i + j] += s / k as f64;
            }
        }
        share = next;
    }
    share
}
