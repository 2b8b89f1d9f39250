//! Shuffling: how often would chance alone do as well? Draws come from PCG generators seeded by (seed, number of the
//! draw), so the answer is the same on any number of threads.

use crate::stats::rank_test::subset_sums;
use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

/// The generator of one draw.
#[must_use]
pub(crate) fn generator(seed: u64, draw: u64) -> Pcg64Mcg {
    // An odd multiplier spreads neighbouring draws over the seeds.
    Pcg64Mcg::seed_from_u64(seed ^ draw.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// A whole number below `bound`, each equally likely (D. Lemire's multiply-and-reject, 2019); 0 when `bound` is 0.
pub(crate) fn below(random: &mut Pcg64Mcg, bound: u64) -> u64 {
    if bound == 0 {
        return 0;
    }
    let threshold = bound.wrapping_neg() % bound;
    loop {
        let wide = u128::from(random.next_u64()) * u128::from(bound);
        if wide as u64 >= threshold {
            return (wide >> 64) as u64;
        }
    }
}

/// Fisher and Yates' shuffle.
pub(crate) fn shuffle<T>(random: &mut Pcg64Mcg, items: &mut [T]) {
    for i in (1..items.len()).rev() {
        let j = below(random, i as u64 + 1) as usize;
        items.swap(i, j);
    }
}

/// Permutation comparison of two groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TwoGroup {
    /// Mean of the first group less that of the second.
    pub(crate) difference: f64,
    /// Ways to choose the first group.
    pub(crate) assignments: f64,
    /// Share of assignments with a difference at least as far from its mean.
    pub(crate) p_two_sided: f64,
    /// Share with a difference as small or smaller.
    pub(crate) p_less: f64,
    /// Share with a difference as large or larger.
    pub(crate) p_greater: f64,
    /// Whether all assignments were counted rather than drawn.
    pub(crate) exact: bool,
}

/// Compares the mean of `y` where `first` is true with the rest over all assignments of the same sizes
/// (E. J. G. Pitman, 1937): counted exactly for whole numbers of moderate size or few enough assignments, otherwise
/// by `draws` random assignments, where p = (1 + hits)/(1 + draws). `None` when a group is empty.
#[must_use]
pub(crate) fn two_group(y: &[f64], first: &[bool], draws: u32, seed: u64) -> Option<TwoGroup> {
    let n = y.len();
    let chosen = first.iter().filter(|f| **f).count();
    if first.len() != n || chosen == 0 || chosen == n || y.iter().any(|v| !v.is_finite()) {
        return None;
    }
    let total: f64 = y.iter().sum();
    let seen: f64 = y
        .iter()
        .zip(first)
        .filter(|(_, f)| **f)
        .map(|(y, _)| y)
        .sum();
    let mean = total * chosen as f64 / n as f64;
    let scale = 1e-9 * y.iter().fold(1.0_f64, |m, v| m.max(v.abs()));
    let hit = |sum: f64| {
        [
            (sum - mean).abs() >= (seen - mean).abs() - scale,
            sum <= seen + scale,
            sum >= seen - scale,
        ]
    };
    let mut assignments = 1.0_f64;
    for k in 0..chosen {
        assignments = assignments * (n - k) as f64 / (k + 1) as f64;
    }
    let mut hits = [0.0_f64; 3];
    let mut all = 0.0;
    let mut add = |sum: f64, weight: f64| {
        all += weight;
        for (h, yes) in hits.iter_mut().zip(hit(sum)) {
            *h += if yes { weight } else { 0.0 };
        }
    };
    let exact = if let Some(sums) = whole_number_sums(y, chosen) {
        let low = y.iter().copied().fold(f64::INFINITY, f64::min) * chosen as f64;
        for (i, count) in sums.iter().enumerate() {
            add(low + i as f64, *count);
        }
        true
    } else if assignments <= 3e6 {
        every_subset(y, chosen, &mut |sum| add(sum, 1.0));
        true
    } else {
        let sums: Vec<f64> = (0..u64::from(draws))
            .into_par_iter()
            .map(|draw| {
                let mut random = generator(seed, draw);
                let mut values = y.to_vec();
                for i in 0..chosen {
                    let j = i + below(&mut random, (n - i) as u64) as usize;
                    values.swap(i, j);
                }
                values.iter().take(chosen).sum()
            })
            .collect();
        sums.into_iter().for_each(|sum| add(sum, 1.0));
        // The assignment seen is one of the possible ones.
        add(seen, 1.0);
        false
    };
    Some(TwoGroup {
        difference: seen / chosen as f64 - (total - seen) / (n - chosen) as f64,
        assignments: assignments.round(),
        p_two_sided: hits[0] / all,
        p_less: hits[1] / all,
        p_greater: hits[2] / all,
        exact,
    })
}

/// Number of subsets by sum, when the values are whole numbers and the table stays small.
fn whole_number_sums(y: &[f64], chosen: usize) -> Option<Vec<f64>> {
    let low = y.iter().copied().fold(f64::INFINITY, f64::min);
    let mut scores = Vec::with_capacity(y.len());
    for v in y {
        let above = v - low;
        if above.fract() != 0.0 || above > 1e6 {
            return None;
        }
        scores.push(above as usize);
    }
    let mut largest = scores.clone();
    largest.sort_unstable_by(|a, b| b.cmp(a));
    let top: usize = largest.iter().take(chosen).sum();
    let work = (top + 1).checked_mul(chosen)?.checked_mul(y.len())?;
    (work <= 300_000_000).then(|| subset_sums(&scores, chosen))
}

/// Calls `each` with the sum of every subset of the size.
fn every_subset(y: &[f64], size: usize, each: &mut impl FnMut(f64)) {
    let n = y.len();
    let mut at: Vec<usize> = (0..size).collect();
    loop {
        each(at.iter().map(|&i| y[i]).sum());
        let Some(k) = (0..size).rev().find(|&k| at[k] != k + n - size) else {
            return;
        };
        at[k] += 1;
        for next in k + 1..size {
            at[next] = at[next - 1] + 1;
        }
    }
}
