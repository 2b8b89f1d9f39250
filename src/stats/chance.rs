//! Draws from distributions, by a generator seeded with (seed, number of the draw).

use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::Rng;

use crate::stats::shuffle::{below, generator};

/// A seeded source of chance.
pub(crate) struct Chance {
    random: Pcg64Mcg,
}

impl Chance {
    pub(crate) fn new(seed: u64, draw: u64) -> Self {
        Self {
            random: generator(seed, draw),
        }
    }

    /// Any number.
    pub(crate) fn number(&mut self) -> u64 {
        self.random.next_u64()
    }

    /// Any bytes.
    pub(crate) fn fill(&mut self, bytes: &mut [u8]) {
        self.random.fill_bytes(bytes);
    }

    /// A number between 0 and 1, neither of them.
    pub(crate) fn uniform(&mut self) -> f64 {
        (below(&mut self.random, 1 << 53) as f64 + 0.5) / (1u64 << 53) as f64
    }

    pub(crate) fn yes(&mut self, chance: f64) -> bool {
        self.uniform() < chance
    }

    pub(crate) fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// Poisson count by multiplication of uniforms (meant for small means).
    pub(crate) fn poisson(&mut self, mean: f64) -> u32 {
        let (limit, mut product, mut k) = ((-mean).exp(), self.uniform(), 0);
        while product > limit && k < 1000 {
            product *= self.uniform();
            k += 1;
        }
        k
    }

    /// A negative binomial count whose variance is `ratio` times its mean (Poisson when that is not above 1): a Poisson
    /// number of clusters with sizes from the logarithmic distribution (M. H. Quenouille, Biometrics 5, 1949).
    pub(crate) fn scattered(&mut self, mean: f64, ratio: f64) -> u32 {
        if ratio.is_nan() || ratio <= 1.0 {
            return self.poisson(mean);
        }
        let share = 1.0 - 1.0 / ratio;
        let clusters = self.poisson(mean * ratio.ln() / (ratio - 1.0));
        (0..clusters).map(|_| self.logarithmic(share)).sum()
    }

    /// A size from the logarithmic distribution, `share` between 0 and 1.
    fn logarithmic(&mut self, share: f64) -> u32 {
        let mut left = self.uniform();
        let mut chance = -share / (1.0 - share).ln();
        let mut k = 1;
        while left > chance && k < 1000 {
            left -= chance;
            chance *= share * f64::from(k) / f64::from(k + 1);
            k += 1;
        }
        k
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
}
