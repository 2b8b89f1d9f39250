//! Tail probabilities and quantiles of the distributions that tests refer to, each upper tail computed as such and
//! never as one minus the lower one, so that a p-value of 1e-200 is right to its last digits.

use crate::stats::special::{
    Tails, beta_quantile, beta_tails_at, gamma_quantile, gamma_tails, ln_binomial_term,
    ln_poisson_term,
};

/// Natural logarithm of P(Z > z) for a standard normal Z, for any finite `z`.
pub(crate) fn normal_ln_upper(z: f64) -> f64 {
    let half = gamma_tails(0.5, z * z / 2.0);
    if z >= 0.0 {
        half.ln_upper - std::f64::consts::LN_2
    } else {
        (-0.5 * half.upper).ln_1p()
    }
}

/// P(Z > z) for a standard normal Z.
pub(crate) fn normal_upper(z: f64) -> f64 {
    normal_ln_upper(z).exp()
}

/// Two-sided p of a normal statistic: P(|Z| ≥ |z|).
pub(crate) fn normal_two_sided(z: f64) -> f64 {
    gamma_tails(0.5, z * z / 2.0).upper
}

/// Standard normal quantile; `p` in (0, 1), infinite at the ends.
pub(crate) fn normal_quantile(p: f64) -> f64 {
    symmetric_quantile(p, |tail| {
        (2.0 * gamma_quantile(1.0 - 2.0 * tail, 0.5)).sqrt()
    })
}

/// Quantile of a distribution symmetric about 0, from the point above which `tail` (at most ½) lies.
fn symmetric_quantile(p: f64, above: impl Fn(f64) -> f64) -> f64 {
    let tail = p.min(1.0 - p);
    let size = if tail <= 0.0 {
        f64::INFINITY
    } else {
        above(tail)
    };
    if p < 0.5 { -size } else { size }
}

/// P(X > x) for chi-squared with `df > 0` degrees of freedom.
pub(crate) fn chi2_upper(x: f64, df: f64) -> f64 {
    gamma_tails(df / 2.0, x / 2.0).upper
}

/// Chi-squared quantile with `df > 0` degrees of freedom.
pub(crate) fn chi2_quantile(p: f64, df: f64) -> f64 {
    2.0 * gamma_quantile(p, df / 2.0)
}

/// Two-sided p of a t statistic: P(|T| ≥ |t|), `df > 0`.
pub(crate) fn t_two_sided(t: f64, df: f64) -> f64 {
    if t.is_infinite() {
        return 0.0;
    }
    let s = t * t;
    beta_tails_at(df / 2.0, 0.5, df / (df + s), s / (df + s)).lower
}

/// Student's t quantile with `df > 0` degrees of freedom.
pub(crate) fn t_quantile(p: f64, df: f64) -> f64 {
    symmetric_quantile(p, |tail| {
        let (x, y) = beta_quantile(2.0 * tail, df / 2.0, 0.5);
        (df * y / x).sqrt()
    })
}

/// P(X > f) for Fisher's F with `d1`, `d2` degrees of freedom (both positive).
pub(crate) fn f_upper(f: f64, d1: f64, d2: f64) -> f64 {
    if f <= 0.0 {
        return 1.0;
    }
    let scale = d2 + d1 * f;
    beta_tails_at(d2 / 2.0, d1 / 2.0, d2 / scale, d1 * f / scale).lower
}

/// Poisson probability of `k` at mean `m ≥ 0`.
pub(crate) fn poisson_pmf(k: u64, m: f64) -> f64 {
    ln_poisson_term(k as f64, m).exp()
}

/// Poisson tails at `k`: `lower` is P(X ≤ k), `upper` is P(X > k), at mean `m ≥ 0`.
pub(crate) fn poisson_tails(k: u64, m: f64) -> Tails {
    let tails = gamma_tails(k as f64 + 1.0, m);
    Tails {
        lower: tails.upper,
        upper: tails.lower,
        ln_lower: tails.ln_upper,
        ln_upper: tails.ln_lower,
    }
}

/// Binomial probability of `k` in `n` at probability `p` (`q = 1 − p`).
pub(crate) fn binomial_pmf(k: u64, n: u64, p: f64, q: f64) -> f64 {
    ln_binomial_term(k as f64, n as f64, p, q).exp()
}

/// Binomial tails at `k`: P(X ≤ k) and P(X > k) in `n` trials at probability `p` (`q = 1 − p`).
pub(crate) fn binomial_tails(k: u64, n: u64, p: f64, q: f64) -> Tails {
    if k >= n {
        return beta_tails_at(1.0, 1.0, 1.0, 0.0);
    }
    beta_tails_at((n - k) as f64, k as f64 + 1.0, q, p)
}

/// A chi-squared statistic with its degrees of freedom and upper-tail p.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ChiSquared {
    pub(crate) statistic: f64,
    pub(crate) df: usize,
    pub(crate) p: f64,
}

impl ChiSquared {
    /// From a statistic (rounding below zero is zero); one with no degrees of freedom tests nothing and has p 1.
    pub(crate) fn new(statistic: f64, df: usize) -> Self {
        let statistic = statistic.max(0.0);
        let p = if df == 0 {
            1.0
        } else {
            chi2_upper(statistic, df as f64)
        };
        Self { statistic, df, p }
    }
}
