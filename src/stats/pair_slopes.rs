//! Order statistics of the slopes between all pairs of a series, without keeping them all: a sample of pairs brackets
//! each rank, and one pass over the pairs counts what lies below and keeps what lies inside (the idea of R. W. Floyd
//! and R. L. Rivest, Communications of the ACM 18, 1975). Exact; time grows with the square of the length, memory does
//! not.

use crate::stats::permutation::{below, generator};
use rayon::prelude::*;

/// Pairs that are simply all kept and sorted out.
const KEEP_ALL: usize = 1 << 17;
/// Pairs in the sample that brackets the ranks.
const SAMPLE: usize = 1 << 15;

/// An open interval that should hold the value of one rank.
#[derive(Clone, Copy)]
struct Bracket {
    low: f64,
    high: f64,
}

/// What one pass found for a bracket.
#[derive(Default)]
struct Found {
    below: usize,
    at_low: usize,
    at_high: usize,
    inside: Vec<f64>,
}

/// The `ranks`-th smallest (from 0) of the slopes `(x[j] - x[i]) / (j - i)` over all pairs `i < j` of finite values;
/// a rank beyond the last pair gives the last. Empty when there is no pair.
pub(crate) fn ranked(x: &[f64], ranks: &[usize]) -> Vec<f64> {
    let n = x.len();
    let pairs = n * n.saturating_sub(1) / 2;
    let Some(last) = pairs.checked_sub(1) else {
        return Vec::new();
    };
    let mut sample = if pairs <= KEEP_ALL {
        (1..n).flat_map(|j| slopes_to(x, j)).collect()
    } else {
        drawn(x)
    };
    sample.sort_unstable_by(f64::total_cmp);
    if pairs <= KEEP_ALL {
        return ranks.iter().map(|r| sample[(*r).min(last)]).collect();
    }
    let mut values = vec![f64::NAN; ranks.len()];
    let mut open: Vec<usize> = (0..ranks.len()).collect();
    // Four standard deviations of a sampled rank; a miss, which is rare, tries again with a wider bracket.
    let mut margin = 2.0 * (SAMPLE as f64).sqrt();
    while !open.is_empty() {
        let brackets: Vec<Bracket> = open
            .iter()
            .map(|&k| bracket(&sample, ranks[k].min(last), pairs, margin))
            .collect();
        let found = pass(x, &brackets);
        let mut missed = Vec::new();
        for ((&k, bracket), found) in open.iter().zip(&brackets).zip(found) {
            match found.value(ranks[k].min(last), *bracket) {
                Some(value) => values[k] = value,
                None => missed.push(k),
            }
        }
        open = missed;
        margin *= 4.0;
    }
    values
}

/// Slopes from every earlier value to the `j`-th.
fn slopes_to(x: &[f64], j: usize) -> impl Iterator<Item = f64> + '_ {
    let (before, at) = (&x[..j], x[j]);
    before
        .iter()
        .enumerate()
        .map(move |(i, v)| (at - v) / (j - i) as f64)
}

/// Slopes of pairs drawn with a fixed seed.
fn drawn(x: &[f64]) -> Vec<f64> {
    let n = x.len() as u64;
    let mut random = generator(0x5e17, 0);
    (0..SAMPLE)
        .map(|_| {
            let i = below(&mut random, n) as usize;
            let j = (i + 1 + below(&mut random, n - 1) as usize) % x.len();
            let (i, j) = (i.min(j), i.max(j));
            (x[j] - x[i]) / (j - i) as f64
        })
        .collect()
}

fn bracket(sample: &[f64], rank: usize, pairs: usize, margin: f64) -> Bracket {
    let middle = (rank as f64 + 0.5) / pairs as f64 * sample.len() as f64;
    let (from, to) = ((middle - margin).floor(), (middle + margin).ceil());
    let at = |place: f64, outside: f64| {
        if place < 0.0 {
            return outside;
        }
        sample.get(place as usize).copied().unwrap_or(outside)
    };
    Bracket {
        low: at(from, f64::NEG_INFINITY),
        high: at(to, f64::INFINITY),
    }
}

fn pass(x: &[f64], brackets: &[Bracket]) -> Vec<Found> {
    let empty = || brackets.iter().map(|_| Found::default()).collect();
    (1..x.len())
        .into_par_iter()
        .fold(empty, |mut found: Vec<Found>, j| {
            for slope in slopes_to(x, j) {
                for (found, bracket) in found.iter_mut().zip(brackets) {
                    if slope > bracket.low && slope < bracket.high {
                        found.inside.push(slope);
                    } else if slope < bracket.low {
                        found.below += 1;
                    } else if slope == bracket.low {
                        found.at_low += 1;
                    } else if slope == bracket.high {
                        found.at_high += 1;
                    }
                }
            }
            found
        })
        .reduce(empty, |mut a, b| {
            for (a, b) in a.iter_mut().zip(b) {
                a.below += b.below;
                a.at_low += b.at_low;
                a.at_high += b.at_high;
                a.inside.extend(b.inside);
            }
            a
        })
}

impl Found {
    /// The value of `rank`, if it lies in the bracket or on its ends.
    fn value(mut self, rank: usize, bracket: Bracket) -> Option<f64> {
        let within = rank.checked_sub(self.below)?;
        let Some(inside) = within.checked_sub(self.at_low) else {
            return Some(bracket.low);
        };
        if inside < self.inside.len() {
            return Some(*self.inside.select_nth_unstable_by(inside, f64::total_cmp).1);
        }
        (inside < self.inside.len() + self.at_high).then_some(bracket.high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Long enough to be bracketed: smooth, with many ties, and with a few far outliers.
    #[test]
    fn brackets_give_what_sorting_gives() {
        let smooth: Vec<f64> = (0..700).map(|i| (f64::from(i) * 0.37).sin()).collect();
        let tied: Vec<f64> = (0..700).map(|i| f64::from(i * i % 3)).collect();
        let flat = vec![1.0; 700];
        let mut spiked = flat.clone();
        spiked[3] = 1e6;
        for x in [smooth, tied, flat, spiked] {
            let mut all: Vec<f64> = (1..x.len()).flat_map(|j| slopes_to(&x, j)).collect();
            all.sort_unstable_by(f64::total_cmp);
            let ranks = [0, 1, 5_000, all.len() / 2, all.len() - 1, all.len() + 7];
            let want: Vec<f64> = ranks.iter().map(|r| all[(*r).min(all.len() - 1)]).collect();
            let got = ranked(&x, &ranks);
            assert_eq!(got, want);
            assert!(got.iter().all(|s| *s != 0.0 || s.is_sign_positive()));
        }
    }

    #[test]
    fn no_pair_has_no_slope() {
        assert_eq!(ranked(&[], &[0]), Vec::<f64>::new());
        assert_eq!(ranked(&[1.0], &[0]), Vec::<f64>::new());
        assert_eq!(ranked(&[1.0, 3.0], &[0, 9]), vec![2.0, 2.0]);
    }
}
