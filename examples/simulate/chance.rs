//! Chance: the draws that made-up diaries are made of.

use rand_pcg::Pcg64Mcg;

use crate::stats::shuffle::{below, generator};
use crate::stats::special::gamma_quantile;

/// A seeded source of chance.
pub(crate) struct Chance {
    random: Pcg64Mcg,
    draw: u64,
}

impl Chance {
    pub(crate) fn new(seed: u64, draw: u64) -> Self {
        let random = generator(seed, draw);
        Self { random, draw }
    }

    pub(crate) fn uniform(&mut self) -> f64 {
        (below(&mut self.random, 1 << 53) as f64 + 0.5) / (1u64 << 53) as f64
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

    pub(crate) fn yes(&mut self, chance: f64) -> bool {
        self.uniform() < chance
    }

    pub(crate) fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// Poisson count by multiplication of uniforms (the means here are small).
    pub(crate) fn poisson(&mut self, mean: f64) -> u32 {
        let (limit, mut product, mut k) = ((-mean).exp(), self.uniform(), 0);
        while product > limit && k < 1000 {
            product *= self.uniform();
            k += 1;
        }
        k
    }

    /// Negative binomial count: variance `mean + mean^2 / size`.
    pub(crate) fn negative_binomial(&mut self, mean: f64, size: f64) -> u32 {
        let gamma = gamma_quantile(self.uniform(), size);
        self.poisson(mean * gamma / size)
    }

    /// A stationary autoregressive series with unit variance.
    pub(crate) fn ar(&mut self, n: usize, rho: f64) -> Vec<f64> {
        let mut z = self.normal();
        let step = (1.0 - rho * rho).sqrt();
        (0..n)
            .map(|_| {
                let now = z;
                z = rho * z + step * self.normal();
                now
            })
            .collect()
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
