//! Shuffling: how often would chance alone do as well? Resampling come from PCG generators seeded by (seed, number of the
//! draw), so the answer is the same on any number of threads.
//!
//! Block shuffle: blocks of an exposure's residual are permuted against blocks of the outcome's. A second opinion beside
//! the block jackknife; not safe alone for slowly changing exposures.

use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

/// The generator of one draw.
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

/// Shuffles handled by one seed; fixed so that the answer does not depend on the number of threads.
const CHUNK: usize = 125;

/// Outcome and exposure residuals on the full time axis, cut in whole blocks.
#[derive(Debug, Clone)]
pub(crate) struct BlockPair {
    length: usize,
    outcome: Vec<f64>,
    exposure: Vec<f64>,
}

impl BlockPair {
    /// Residuals `(time, outcome, exposure)`; other times count as 0 in both, and times after the last
    /// whole block of `length` out of `span` are left out.
    pub(crate) fn new(
        span: usize,
        length: usize,
        residuals: impl Iterator<Item = (usize, f64, f64)>,
    ) -> Self {
        let kept = span / length * length;
        let (mut outcome, mut exposure) = (vec![0.0; kept], vec![0.0; kept]);
        for (t, e, x) in residuals.filter(|r| r.0 < kept) {
            outcome[t] = e;
            exposure[t] = x;
        }
        Self {
            length,
            outcome,
            exposure,
        }
    }

    pub(crate) fn blocks(&self) -> usize {
        self.outcome.len() / self.length
    }
}

/// Most blocks for which all products of an outcome block with an exposure block are worked out beforehand.
const TABULATED: usize = 600;

/// Products of every outcome block with every exposure block, or the means to work them out.
struct Products<'p> {
    pair: &'p BlockPair,
    table: Option<Vec<f64>>,
    blocks: usize,
}

impl<'p> Products<'p> {
    fn new(pair: &'p BlockPair) -> Self {
        let blocks = pair.blocks();
        let table = (blocks <= TABULATED).then(|| {
            let rows = pair.outcome.chunks_exact(pair.length);
            rows.flat_map(|e| {
                pair.exposure
                    .chunks_exact(pair.length)
                    .map(|x| product(e, x))
            })
            .collect()
        });
        Self {
            pair,
            table,
            blocks,
        }
    }

    /// `|sum s_g| / sqrt(sum s_g^2)` with outcome block `g` against exposure block `order[g]`;
    /// `None` when every product is zero.
    fn statistic(&self, order: &[usize]) -> Option<f64> {
        let (mut sum, mut squares) = (0.0, 0.0);
        let mut add = |s: f64| {
            sum += s;
            squares += s * s;
        };
        match &self.table {
            Some(table) => table
                .chunks_exact(self.blocks)
                .zip(order)
                .for_each(|(row, g)| add(row[*g])),
            None => {
                let length = self.pair.length;
                for (e, g) in self.pair.outcome.chunks_exact(length).zip(order) {
                    add(product(e, &self.pair.exposure[g * length..][..length]));
                }
            }
        }
        (squares > 0.0).then(|| sum.abs() / squares.sqrt())
    }
}

fn product(e: &[f64], x: &[f64]) -> f64 {
    // Two partial sums let the processor overlap the additions.
    let (mut a, mut b) = (0.0, 0.0);
    for (e, x) in e.chunks(2).zip(x.chunks(2)) {
        a += e[0] * x[0];
        if let (Some(e), Some(x)) = (e.get(1), x.get(1)) {
            b += e * x;
        }
    }
    a + b
}

/// Two-sided p of each pair, `(1 + #{shuffled >= observed}) / (1 + shuffles)`.
///
/// Every pair sees the same shuffles. `None` for a pair with fewer than six blocks, a number of blocks
/// unlike the first pair's, or no variation. Deterministic in `seed` whatever the number of threads.
pub(crate) fn shuffle_p(pairs: &[BlockPair], shuffles: usize, seed: u64) -> Vec<Option<f64>> {
    let blocks = pairs.first().map_or(0, BlockPair::blocks);
    let in_order: Vec<usize> = (0..blocks).collect();
    let products: Vec<Products> = pairs.par_iter().map(Products::new).collect();
    let usable = |p: &Products| p.blocks == blocks && blocks >= 6;
    let observed: Vec<Option<f64>> = products
        .iter()
        .map(|p| usable(p).then(|| p.statistic(&in_order)).flatten())
        .collect();
    if observed.iter().all(Option::is_none) {
        return observed;
    }
    let counts = (0..shuffles.div_ceil(CHUNK))
        .into_par_iter()
        .map(|chunk| {
            let mut rng = generator(seed, chunk as u64);
            let mut order: Vec<usize> = (0..blocks).collect();
            let mut counts = vec![0usize; products.len()];
            for _ in 0..CHUNK.min(shuffles - chunk * CHUNK) {
                shuffle(&mut rng, &mut order);
                for ((count, pair), observed) in counts.iter_mut().zip(&products).zip(&observed) {
                    // A shuffle that happens to repeat the observed order must count as a tie.
                    if let Some(o) = observed {
                        let s = pair.statistic(&order);
                        *count += usize::from(s.is_none_or(|s| s >= o * (1.0 - 1e-12)));
                    }
                }
            }
            counts
        })
        .reduce(
            || vec![0; pairs.len()],
            |a, b| a.iter().zip(&b).map(|(a, b)| a + b).collect(),
        );
    observed
        .iter()
        .zip(counts)
        .map(|(o, c)| o.map(|_| (1 + c) as f64 / (1 + shuffles) as f64))
        .collect()
}
