//! Chance: the draws that made-up diaries are made of.

use std::ops::{Deref, DerefMut};

use crate::stats::chance;
use crate::stats::special::gamma_quantile;

/// A seeded source of chance that knows the number of its diary.
pub(crate) struct Chance {
    plain: chance::Chance,
    draw: u64,
}

impl Deref for Chance {
    type Target = chance::Chance;

    fn deref(&self) -> &chance::Chance {
        &self.plain
    }
}

impl DerefMut for Chance {
    fn deref_mut(&mut self) -> &mut chance::Chance {
        &mut self.plain
    }
}

impl Chance {
    pub(crate) fn new(seed: u64, draw: u64) -> Self {
        let plain = chance::Chance::new(seed, draw);
        Self { plain, draw }
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.uniform() * bound as f64) as usize
    }

    /// One of so many, in turn from draw to draw.
    pub(crate) fn turn(&self, bound: usize) -> usize {
        (self.draw % bound as u64) as usize
    }

    /// Negative binomial count: variance `mean + mean^2 / size`.
    pub(crate) fn negative_binomial(&mut self, mean: f64, size: f64) -> u32 {
        let gamma = gamma_quantile(self.uniform(), size);
        self.poisson(mean * gamma / size)
    }

    /// On and off runs of the given mean lengths.
    pub(crate) fn runs(&mut self, n: usize, on: f64, off: f64) -> Vec<f64> {
        let mut state = self.yes(on / (on + off));
        (0..n)
            .map(|_| {
                if self.yes(1.0 / if state { on } else { off }) {
                    state = !state;
                }
                f64::from(state)
            })
            .collect()
    }
}
