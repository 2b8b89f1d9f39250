//! Directions, such as times of day: N. I. Fisher, "Statistical Analysis of Circular Data" (1993); J. H. Zar,
//! "Biostatistical Analysis" (4th ed. 1999), ch. 26–27; a smooth density on the circle; and evenness in an interval.

use crate::stats::distribution::ChiSquared;
use crate::stats::solve::brent;
use std::f64::consts::{PI, TAU};

/// Below this mean resultant length a mean direction means nothing: only rounding is left.
const NO_DIRECTION: f64 = 1e-8;

/// Summary of directions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Circular {
    pub(crate) n: usize,
    /// Length of the mean vector, 0 (spread evenly) to 1 (all alike).
    pub(crate) resultant: f64,
    /// Mean direction in radians, 0 to 2π; `None` when the directions cancel.
    pub(crate) mean: Option<f64>,
    /// Circular standard deviation √(−2 ln R) in radians; `None` when the directions cancel.
    pub(crate) standard_deviation: Option<f64>,
    /// Concentration of the von Mises distribution with this resultant length (0: uniform, infinite: all alike).
    pub(crate) kappa: f64,
    /// κ with Best and Fisher's correction below 16 directions (Fisher 1993, §4.5.5).
    pub(crate) kappa_corrected: f64,
    /// Standard error of the mean direction in radians; `None` without concentration.
    pub(crate) mean_se: Option<f64>,
}

/// Sum and rounding error of a list (W. Kahan and A. Neumaier).
fn compensated_sum(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut lost) = (0.0_f64, 0.0);
    for v in values {
        let next = sum + v;
        lost += if sum.abs() >= v.abs() {
            (sum - next) + v
        } else {
            (v - next) + sum
        };
        sum = next;
    }
    sum + lost
}

/// Summarises angles in radians; `None` without any.
pub(crate) fn summary(angles: &[f64]) -> Option<Circular> {
    let n = angles.len();
    if n == 0 || angles.iter().any(|a| !a.is_finite()) {
        return None;
    }
    let c = compensated_sum(angles.iter().map(|a| a.cos()));
    let s = compensated_sum(angles.iter().map(|a| a.sin()));
    let size = n as f64;
    let length = (c.hypot(s) / size).min(1.0);
    let directed = length > NO_DIRECTION;
    let kappa = if directed { kappa_of(length) } else { 0.0 };
    let kappa_corrected = if n >= 16 {
        kappa
    } else if kappa < 2.0 {
        (kappa - 2.0 / (size * kappa)).max(0.0)
    } else {
        (size - 1.0).powi(3) * kappa / (size * (size * size + 1.0))
    };
    Some(Circular {
        n,
        resultant: length,
        mean: directed.then(|| s.atan2(c).rem_euclid(std::f64::consts::TAU)),
        standard_deviation: directed.then(|| (-2.0 * length.ln()).max(0.0).sqrt()),
        kappa,
        kappa_corrected: if kappa == 0.0 { 0.0 } else { kappa_corrected },
        mean_se: directed.then(|| 1.0 / (size * length * kappa).sqrt()),
    })
}

/// I₁(κ)/I₀(κ), by the continued fraction of the ratio (DLMF 10.33.1, modified).
pub(crate) fn bessel_ratio(kappa: f64) -> f64 {
    if kappa <= 0.0 {
        return 0.0;
    }
    // Backward from a depth at which the fraction has settled.
    let depth = 40 + (2.0 * kappa.min(1e6).sqrt() * 6.0 + kappa.min(1e4)) as usize;
    if kappa > 1e4 {
        // Asymptotic series (Fisher 1993, §3.3.6).
        let k = 1.0 / kappa;
        return 1.0 - k * (0.5 + k * (0.125 + k * 0.125));
    }
    let mut tail = 0.0;
    for j in (1..=depth).rev() {
        tail = 1.0 / (2.0 * j as f64 / kappa + tail);
    }
    tail
}

/// κ whose von Mises distribution has the mean resultant length `length`: solves I₁(κ)/I₀(κ) = length.
fn kappa_of(length: f64) -> f64 {
    if length >= 1.0 {
        return f64::INFINITY;
    }
    brent(|ln| bessel_ratio(ln.exp()) - length, -20.0, 40.0, 1e-15).map_or(f64::INFINITY, f64::exp)
}

/// Steps of the integral of [`bessel_scaled`]; the trapezoid rule on a period converges faster than any power.
const STEPS: usize = 512;

/// e^-x times the modified Bessel function I_n(x), for x ≥ 0, from its integral (DLMF 10.32.3).
pub(crate) fn bessel_scaled(n: u32, x: f64) -> f64 {
    let height = |at: usize| {
        let t = PI * at as f64 / STEPS as f64;
        (x * (t.cos() - 1.0)).exp() * (f64::from(n) * t).cos()
    };
    let ends = (height(0) + height(STEPS)) / 2.0;
    (ends + (1..STEPS).map(height).sum::<f64>()) / STEPS as f64
}

/// The concentration of the smoothing kernel for `n` angles that are themselves concentrated by `kappa`: the plug-in
/// rule of C. C. Taylor (2008), doi 10.1016/j.csda.2007.11.003. 0 (no smoothing at all is possible) for even angles.
pub(crate) fn taylor_concentration(n: usize, kappa: f64) -> f64 {
    if n == 0 || !(kappa > 0.0 && kappa.is_finite()) {
        return 0.0;
    }
    // the exponentials of the scaled functions cancel
    let ratio = bessel_scaled(2, 2.0 * kappa) / bessel_scaled(0, kappa).powi(2);
    (3.0 * n as f64 * kappa.powi(2) * ratio / (4.0 * PI.sqrt())).powf(0.4)
}

/// The von Mises kernel density of `angles` (radians) at `at`, with kernels of the given `concentration`; it integrates
/// to 1 over the circle. `None` without angles.
pub(crate) fn von_mises_density(angles: &[f64], concentration: f64, at: f64) -> Option<f64> {
    if angles.is_empty() || !(concentration >= 0.0 && concentration.is_finite()) {
        return None;
    }
    let sum: f64 = angles
        .iter()
        .map(|angle| (concentration * ((at - angle).cos() - 1.0)).exp())
        .sum();
    Some(sum / (angles.len() as f64 * TAU * bessel_scaled(0, concentration)))
}

/// Are values in [0, 1] spread evenly? For the time of an event between two others (falling asleep and waking, say),
/// where a test on the whole circle would only find that people sleep at night.
///
/// Counts in `parts` equal parts of [0, 1] with the chi-squared test that they are alike; `None` without values, with
/// one outside, or with fewer than two parts.
pub(crate) fn equal_parts(u: &[f64], parts: usize) -> Option<(Vec<u64>, ChiSquared)> {
    if u.is_empty() || parts < 2 || u.iter().any(|v| !(0.0..=1.0).contains(v)) {
        return None;
    }
    let mut counts = vec![0_u64; parts];
    for v in u {
        let at = ((v * parts as f64) as usize).min(parts - 1);
        counts[at] += 1;
    }
    let expected = u.len() as f64 / parts as f64;
    let statistic: f64 = counts
        .iter()
        .map(|&c| (c as f64 - expected).powi(2) / expected)
        .sum();
    Some((counts, ChiSquared::new(statistic, parts - 1)))
}
