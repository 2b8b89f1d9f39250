//! Are values in [0, 1] spread evenly? For the time of an event between two others (falling asleep and waking, say),
//! where a test on the whole circle would only find that people sleep at night.

use crate::stats::profile::ChiSquared;
use nalgebra::DMatrix;

/// A distance between the sample and the uniform distribution with its p.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Uniformity {
    /// The statistic.
    pub statistic: f64,
    /// Upper tail probability.
    pub p: f64,
}

/// Largest excess of the sample's distribution function over the uniform one, and of the uniform one over it; `None`
/// without values or with one outside [0, 1].
fn excesses(u: &[f64]) -> Option<(f64, f64)> {
    if u.is_empty() || u.iter().any(|v| !(0.0..=1.0).contains(v)) {
        return None;
    }
    let mut sorted = u.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let mut above: f64 = 0.0;
    let mut below: f64 = 0.0;
    for (i, v) in sorted.iter().enumerate() {
        above = above.max((i + 1) as f64 / n - v);
        below = below.max(v - i as f64 / n);
    }
    Some((above, below))
}

/// Kolmogorov–Smirnov test against uniform: exact to 140 values (G. Marsaglia, W. W. Tsang and J. Wang, Journal of
/// Statistical Software 8(18), 2003), above by Kolmogorov's series with M. A. Stephens' correction of the statistic
/// (JASA 69, 1974).
#[must_use]
pub fn kolmogorov_smirnov(u: &[f64]) -> Option<Uniformity> {
    let (above, below) = excesses(u)?;
    let d = above.max(below);
    let n = u.len();
    let p = if n <= 140 {
        1.0 - kolmogorov_exact(n, d)
    } else {
        kolmogorov_series(n as f64, d)
    };
    Some(Uniformity {
        statistic: d,
        p: p.clamp(0.0, 1.0),
    })
}

/// P(D < d) for n values: the middle entry of the n-th power of a band matrix, times n!/nⁿ.
fn kolmogorov_exact(n: usize, d: f64) -> f64 {
    let size = n as f64;
    if d >= 1.0 {
        return 1.0;
    }
    let k = (size * d).ceil().max(1.0) as usize;
    let m = 2 * k - 1;
    let h = k as f64 - size * d;
    let mut matrix = DMatrix::from_fn(m, m, |i, j| f64::from(u8::from(i + 1 >= j)));
    for i in 0..m {
        matrix[(i, 0)] -= h.powi(i as i32 + 1);
        matrix[(m - 1, i)] -= h.powi((m - i) as i32);
    }
    if 2.0 * h > 1.0 {
        matrix[(m - 1, 0)] += (2.0 * h - 1.0).powi(m as i32);
    }
    for i in 0..m {
        for j in 0..m {
            for g in 1..=(i + 1).saturating_sub(j) {
                matrix[(i, j)] /= g as f64;
            }
        }
    }
    let mut power = DMatrix::identity(m, m);
    let mut exponent = 0;
    for step in 1..=n {
        power = &power * &matrix * (step as f64 / size);
        let middle: f64 = power[(k - 1, k - 1)];
        if middle < 1e-140 {
            power *= 1e140;
            exponent -= 140;
        }
    }
    power[(k - 1, k - 1)] * 10.0_f64.powi(exponent)
}

fn kolmogorov_series(n: f64, d: f64) -> f64 {
    let x = d * (n.sqrt() + 0.12 + 0.11 / n.sqrt());
    if x < 0.2 {
        return 1.0;
    }
    let term =
        |j: i32| 2.0 * f64::from(1 - 2 * ((j + 1) % 2)) * (-2.0 * f64::from(j * j) * x * x).exp();
    (1..=100).map(term).sum()
}

/// N. H. Kuiper's test (1960), which does not care where the interval is cut open, with M. A. Stephens' modified
/// statistic (JASA 69, 1974; third digit from eight values on).
#[must_use]
pub fn kuiper(u: &[f64]) -> Option<Uniformity> {
    let (above, below) = excesses(u)?;
    let v = above + below;
    let n = u.len() as f64;
    let x = v * (n.sqrt() + 0.155 + 0.24 / n.sqrt());
    let p = if x < 0.4 {
        1.0
    } else {
        (1..=100)
            .map(|j| {
                let square = f64::from(j * j) * x * x;
                2.0 * (4.0 * square - 1.0) * (-2.0 * square).exp()
            })
            .sum::<f64>()
    };
    Some(Uniformity {
        statistic: v,
        p: p.clamp(0.0, 1.0),
    })
}

/// Counts in `parts` equal parts of [0, 1] with the chi-squared test that they are alike; `None` without values, with
/// one outside, or with fewer than two parts.
#[must_use]
pub fn equal_parts(u: &[f64], parts: usize) -> Option<(Vec<u64>, ChiSquared)> {
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
