//! Distribution functions by their names in R (`pchisq`, `qnorm`, `dbinom`): tails of either side, plain or as a
//! logarithm that does not underflow.

use crate::stats::distribution::{
    binomial_tails, chi2_quantile, normal_ln_upper, normal_quantile, poisson_tails, t_quantile,
};
use crate::stats::special::{
    Tails, beta_quantile, beta_tails_at, gamma_quantile, gamma_tails, ln_binomial_term,
    ln_poisson_term,
};
use std::f64::consts::LN_2;

/// What a distribution is asked with: the point (or probability) first, then its parameters, in R's order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Asked {
    pub(crate) lower: bool,
    pub(crate) log: bool,
}

/// R's names of a distribution's parameters behind the point, with the value of those that may be left out.
pub(crate) fn parameters(name: &str) -> Option<&'static [(&'static str, Option<f64>)]> {
    Some(match name {
        "norm" => &[("mean", Some(0.0)), ("sd", Some(1.0))],
        "logis" => &[("location", Some(0.0)), ("scale", Some(1.0))],
        "chisq" | "t" => &[("df", None)],
        "f" => &[("df1", None), ("df2", None)],
        "gamma" => &[("shape", None), ("rate", Some(1.0))],
        "beta" => &[("shape1", None), ("shape2", None)],
        "binom" => &[("size", None), ("prob", None)],
        "nbinom" => &[("size", None), ("prob", None)],
        "geom" => &[("prob", None)],
        "pois" => &[("lambda", None)],
        "exp" => &[("rate", Some(1.0))],
        _ => return None,
    })
}

pub(crate) fn is_discrete(name: &str) -> bool {
    matches!(name, "binom" | "nbinom" | "geom" | "pois")
}

/// Both tails at `x`; `None` where the parameters make no distribution.
fn tails(name: &str, x: f64, with: &[f64]) -> Option<Tails> {
    let certain = |below: bool| match below {
        true => beta_tails_at(1.0, 1.0, 1.0, 0.0),
        false => beta_tails_at(1.0, 1.0, 0.0, 1.0),
    };
    let positive = |values: &[f64]| values.iter().all(|v| *v > 0.0 && v.is_finite());
    let share = |p: f64| (0.0..=1.0).contains(&p);
    let count = |x: f64| (x.floor() >= 0.0).then(|| x.floor() as u64);
    match (name, with) {
        ("norm", [mean, sd]) if *sd > 0.0 => Some(normal_tails((x - mean) / sd)),
        ("logis", [at, scale]) if *scale > 0.0 => {
            let z = (x - at) / scale;
            let (ln_lower, ln_upper) = (-(-z).exp().ln_1p(), -z.exp().ln_1p());
            Some(from_logs(ln_lower, ln_upper))
        }
        ("chisq", [df]) if positive(with) => Some(gamma_tails(df / 2.0, x / 2.0)),
        ("t", [df]) if *df > 0.0 => Some(t_tails(x, *df)),
        ("f", [d1, d2]) if positive(with) => {
            let (above, scale) = (d1 * x.max(0.0), d2 + d1 * x.max(0.0));
            let turned = beta_tails_at(d2 / 2.0, d1 / 2.0, d2 / scale, above / scale);
            Some(swapped(turned))
        }
        ("gamma", [shape, rate]) if positive(with) => Some(gamma_tails(*shape, x * rate)),
        ("exp", [rate]) if positive(with) => Some(gamma_tails(1.0, x * rate)),
        ("beta", [a, b]) if positive(with) => Some(beta_tails_at(*a, *b, x, 1.0 - x)),
        ("binom", [n, p]) if *n >= 0.0 && share(*p) => Some(match count(x) {
            Some(k) => binomial_tails(k, *n as u64, *p, 1.0 - p),
            None => certain(false),
        }),
        ("nbinom", [size, p]) if *size > 0.0 && share(*p) => Some(match count(x) {
            Some(k) => beta_tails_at(*size, k as f64 + 1.0, *p, 1.0 - p),
            None => certain(false),
        }),
        ("geom", [p]) => tails("nbinom", x, &[1.0, *p]),
        ("pois", [mean]) if *mean >= 0.0 => Some(match count(x) {
            Some(k) => poisson_tails(k, *mean),
            None => certain(false),
        }),
        _ => None,
    }
}

fn swapped(t: Tails) -> Tails {
    from_all([t.upper, t.lower], [t.ln_upper, t.ln_lower])
}

fn from_all([lower, upper]: [f64; 2], [ln_lower, ln_upper]: [f64; 2]) -> Tails {
    Tails {
        lower,
        upper,
        ln_lower,
        ln_upper,
    }
}

fn from_logs(ln_lower: f64, ln_upper: f64) -> Tails {
    from_all([ln_lower.exp(), ln_upper.exp()], [ln_lower, ln_upper])
}

fn normal_tails(z: f64) -> Tails {
    from_logs(normal_ln_upper(-z), normal_ln_upper(z))
}

fn t_tails(t: f64, df: f64) -> Tails {
    if df.is_infinite() {
        return normal_tails(t);
    }
    let square = t * t;
    let scale = df + square;
    let beyond = beta_tails_at(df / 2.0, 0.5, df / scale, square / scale);
    let outer = match t.is_infinite() {
        true => f64::NEG_INFINITY,
        false => beyond.ln_lower - LN_2,
    };
    let above = from_logs((-outer.exp()).ln_1p(), outer);
    if t < 0.0 { swapped(above) } else { above }
}

/// `pNAME(x, …)`.
pub(crate) fn probability(name: &str, x: f64, with: &[f64], asked: Asked) -> Option<f64> {
    let t = tails(name, x, with)?;
    Some(match (asked.lower, asked.log) {
        (true, false) => t.lower,
        (false, false) => t.upper,
        (true, true) => t.ln_lower,
        (false, true) => t.ln_upper,
    })
}

/// `dNAME(x, …)` of a count.
pub(crate) fn density(name: &str, x: f64, with: &[f64], log: bool) -> Option<f64> {
    let ln = match (name, with) {
        _ if is_discrete(name) && (x < 0.0 || x.fract() != 0.0) => f64::NEG_INFINITY,
        ("pois", [mean]) if *mean >= 0.0 => ln_poisson_term(x, *mean),
        ("binom", [n, _]) if x > *n => f64::NEG_INFINITY,
        ("binom", [n, p]) if (0.0..=1.0).contains(p) => ln_binomial_term(x, *n, *p, 1.0 - p),
        ("norm", [mean, sd]) if *sd > 0.0 => {
            let z = (x - mean) / sd;
            -0.5 * z * z - 0.5 * (2.0 * std::f64::consts::PI).ln() - sd.ln()
        }
        _ => return None,
    };
    Some(if log { ln } else { ln.exp() })
}

/// `qNAME(p, …)`; `None` where the program has no such quantile.
pub(crate) fn quantile(name: &str, p: f64, with: &[f64], asked: Asked) -> Option<f64> {
    let p = if asked.log { p.exp() } else { p };
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let below = if asked.lower { p } else { 1.0 - p };
    Some(match (name, with) {
        // symmetric: the upper tail keeps its digits
        ("norm", [mean, sd]) => {
            let z = normal_quantile(p);
            mean + sd * if asked.lower { z } else { -z }
        }
        ("t", [df]) if *df > 0.0 => {
            let t = t_quantile(p, *df);
            if asked.lower { t } else { -t }
        }
        ("chisq", [df]) if *df > 0.0 => chi2_quantile(below, *df),
        ("gamma", [shape, rate]) if *shape > 0.0 => gamma_quantile(below, *shape) / rate,
        ("beta", [a, b]) if *a > 0.0 && *b > 0.0 && asked.lower => beta_quantile(p, *a, *b).0,
        ("beta", [a, b]) if *a > 0.0 && *b > 0.0 => beta_quantile(p, *b, *a).1,
        ("f", [d1, d2]) if *d1 > 0.0 && *d2 > 0.0 => {
            let (x, y) = match asked.lower {
                true => beta_quantile(p, d1 / 2.0, d2 / 2.0),
                false => {
                    let (y, x) = beta_quantile(p, d2 / 2.0, d1 / 2.0);
                    (x, y)
                }
            };
            d2 * x / (d1 * y)
        }
        _ => return None,
    })
}
