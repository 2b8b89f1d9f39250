//! Directions, such as times of day: N. I. Fisher, "Statistical Analysis of Circular Data" (1993); J. H. Zar,
//! "Biostatistical Analysis" (4th ed. 1999), ch. 26–27.

use crate::stats::root::brent;

/// Below this mean resultant length a mean direction means nothing: only rounding is left.
const NO_DIRECTION: f64 = 1e-8;

/// Summary of directions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Circular {
    /// Number of directions.
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

/// Lord Rayleigh's test that directions are uniform over the whole circle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rayleigh {
    /// n·R².
    pub(crate) z: f64,
    /// e^−z.
    pub(crate) p_first_order: f64,
    /// Zar's approximation, good to the third digit from ten directions on.
    pub(crate) p: f64,
    /// D. Wilkie's series (Applied Statistics 32, 1983).
    pub(crate) p_series: f64,
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

fn resultant(angles: &[f64]) -> (f64, f64) {
    (
        compensated_sum(angles.iter().map(|a| a.cos())),
        compensated_sum(angles.iter().map(|a| a.sin())),
    )
}

/// Summarises angles in radians; `None` without any.
#[must_use]
pub(crate) fn summary(angles: &[f64]) -> Option<Circular> {
    let n = angles.len();
    if n == 0 || angles.iter().any(|a| !a.is_finite()) {
        return None;
    }
    let (c, s) = resultant(angles);
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

/// Rayleigh's test; `None` without directions.
#[must_use]
pub(crate) fn rayleigh(angles: &[f64]) -> Option<Rayleigh> {
    if angles.is_empty() || angles.iter().any(|a| !a.is_finite()) {
        return None;
    }
    let (c, s) = resultant(angles);
    let n = angles.len() as f64;
    let r2 = c * c + s * s;
    let z = r2 / n;
    let series = 1.0 + (2.0 * z - z * z) / (4.0 * n)
        - (24.0 * z - 132.0 * z * z + 76.0 * z.powi(3) - 9.0 * z.powi(4)) / (288.0 * n * n);
    Some(Rayleigh {
        z,
        p_first_order: (-z).exp(),
        p: ((1.0 + 4.0 * n + 4.0 * (n * n - r2)).sqrt() - (1.0 + 2.0 * n)).exp(),
        p_series: (-z).exp() * series,
    })
}

/// I₁(κ)/I₀(κ), by the continued fraction of the ratio (DLMF 10.33.1, modified).
#[must_use]
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
