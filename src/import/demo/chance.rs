//! Draws of chance from a seed.

use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::{Rng, SeedableRng};

/// Draws of chance.
pub(super) struct Chance(Pcg64Mcg);

impl Chance {
    pub(super) fn of(seed: u64) -> Self {
        Chance(Pcg64Mcg::seed_from_u64(seed))
    }
    /// Between 0 and 1.
    pub(super) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }
    pub(super) fn within(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }
    /// Normal, by the polar form of Box and Muller (1958, doi 10.1214/aoms/1177706645).
    pub(super) fn normal(&mut self, mean: f64, sd: f64) -> f64 {
        let (u, v) = (1.0 - self.unit(), self.unit());
        mean + sd * (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }
    /// Poisson, by multiplying uniforms until they fall below exp(-rate); rates here are small.
    pub(super) fn count(&mut self, rate: f64) -> usize {
        let end = (-rate).exp();
        let mut product = self.unit();
        let mut count = 0;
        while product > end && count < 6 {
            product *= self.unit();
            count += 1;
        }
        count
    }
    /// One of several, by weight.
    pub(super) fn one_of<T: Copy>(&mut self, choices: &[(T, f64)]) -> Option<T> {
        let total: f64 = choices.iter().map(|(_, weight)| weight).sum();
        let mut at = self.unit() * total;
        for (choice, weight) in choices {
            at -= weight;
            if at < 0.0 {
                return Some(*choice);
            }
        }
        choices.last().map(|(choice, _)| *choice)
    }
}
