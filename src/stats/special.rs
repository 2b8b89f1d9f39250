//! Incomplete gamma and beta functions with both tails, accurate in the relative sense far into either tail and for
//! parameters up to about 1e8, and their inverses.
//!
//! The prefactors use the saddle-point form of C. Loader, "Fast and Accurate Computation of Binomial Probabilities"
//! (2000), which does not subtract large logarithms of gamma functions; the rest are the classical series and
//! continued fractions (DLMF 8.11, 8.9, 8.17.22). `ln_gamma` and `digamma` are those of `statrs`,
//! made exact where ln Γ is zero.

use std::f64::consts::PI;

pub(crate) use statrs::function::gamma::digamma;

/// The two tails of a distribution at a point; they add up to one, and each is accurate when it is the small one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Tails {
    /// Probability at or below the point.
    pub(crate) lower: f64,
    /// Probability above the point.
    pub(crate) upper: f64,
    /// Natural logarithm of `lower`, also where that underflows.
    pub(crate) ln_lower: f64,
    /// Natural logarithm of `upper`, also where that underflows.
    pub(crate) ln_upper: f64,
}

impl Tails {
    fn from_ln_lower(ln_lower: f64) -> Self {
        let ln_lower = ln_lower.min(0.0);
        let lower = ln_lower.exp();
        Self {
            lower,
            upper: -ln_lower.exp_m1(),
            ln_lower,
            ln_upper: (-lower).ln_1p(),
        }
    }

    fn swapped(self) -> Self {
        Self {
            lower: self.upper,
            upper: self.lower,
            ln_lower: self.ln_upper,
            ln_upper: self.ln_lower,
        }
    }

    fn nothing_below() -> Self {
        Self::from_ln_lower(f64::NEG_INFINITY)
    }
}

/// ln Γ at `x > 0`.
pub(crate) fn ln_gamma(x: f64) -> f64 {
    if x == 1.0 || x == 2.0 {
        0.0
    } else {
        statrs::function::gamma::ln_gamma(x)
    }
}

/// Second derivative of ln Γ at `x > 0` (recurrence to 20, then the asymptotic series, DLMF 5.15.8).
pub(crate) fn trigamma(x: f64) -> f64 {
    let mut x = x;
    let mut shift = 0.0;
    while x < 20.0 {
        shift += 1.0 / (x * x);
        x += 1.0;
    }
    let z = 1.0 / (x * x);
    let series =
        z * (1.0 / 6.0 - z * (1.0 / 30.0 - z * (1.0 / 42.0 - z * (1.0 / 30.0 - z * 5.0 / 66.0))));
    shift + 1.0 / x + z / 2.0 + series / x
}

/// Error of Stirling's formula for ln Γ(x+1), `x > 0` (Loader 2000).
fn stirling_error(x: f64) -> f64 {
    if x < 16.0 {
        return ln_gamma(x + 1.0) - (x + 0.5) * x.ln() + x - 0.5 * (2.0 * PI).ln();
    }
    let z = 1.0 / (x * x);
    (1.0 / 12.0 - z * (1.0 / 360.0 - z * (1.0 / 1260.0 - z * (1.0 / 1680.0 - z / 1188.0)))) / x
}

/// Deviance term x·ln(x/m) + m − x without cancellation for x near m (Loader 2000).
fn deviance_term(x: f64, m: f64) -> f64 {
    if (x - m).abs() < 0.1 * (x + m) {
        let v = (x - m) / (x + m);
        let mut sum = (x - m) * v;
        let mut power = 2.0 * x * v;
        for j in 1..1000 {
            power *= v * v;
            let next = sum + power / f64::from(2 * j + 1);
            if next == sum {
                break;
            }
            sum = next;
        }
        return sum;
    }
    x * (x / m).ln() + m - x
}

/// Natural logarithm of mˣ·e⁻ᵐ/Γ(x+1), the Poisson probability continued to real `x ≥ 0`, for mean `m ≥ 0`.
pub(crate) fn ln_poisson_term(x: f64, m: f64) -> f64 {
    if m == 0.0 {
        return if x == 0.0 { 0.0 } else { f64::NEG_INFINITY };
    }
    if x == 0.0 {
        return -m;
    }
    if x < 1e-8 * m {
        return x * m.ln() - m - ln_gamma(x + 1.0);
    }
    -stirling_error(x) - deviance_term(x, m) - 0.5 * (2.0 * PI * x).ln()
}

/// Natural logarithm of the binomial probability of `x` in `n` (both real, 0 ≤ x ≤ n) at probability `p`; `q = 1 − p`
/// is given separately so that neither loses digits.
pub(crate) fn ln_binomial_term(x: f64, n: f64, p: f64, q: f64) -> f64 {
    if p == 0.0 || q == 0.0 {
        let sure = if p == 0.0 { x == 0.0 } else { x == n };
        return if sure { 0.0 } else { f64::NEG_INFINITY };
    }
    if x == 0.0 {
        return if p < 0.1 {
            -deviance_term(n, n * q) - n * p
        } else {
            n * q.ln()
        };
    }
    if x == n {
        return if q < 0.1 {
            -deviance_term(n, n * p) - n * q
        } else {
            n * p.ln()
        };
    }
    stirling_error(n)
        - stirling_error(x)
        - stirling_error(n - x)
        - deviance_term(x, n * p)
        - deviance_term(n - x, n * q)
        + 0.5 * (n / (2.0 * PI * x * (n - x))).ln()
}

/// Regularised incomplete gamma functions P(a, x) (`lower`) and Q(a, x) (`upper`) for `a > 0`, `x ≥ 0`.
pub(crate) fn gamma_tails(a: f64, x: f64) -> Tails {
    if x <= 0.0 {
        return Tails::nothing_below();
    }
    if x.is_infinite() {
        return Tails::nothing_below().swapped();
    }
    let ln_term = ln_poisson_term(a, x);
    if x < a + 1.0 {
        let (mut sum, mut term, mut k) = (1.0, 1.0, a);
        for _ in 0..2_000_000 {
            k += 1.0;
            term *= x / k;
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        return Tails::from_ln_lower(ln_term + f64::ln(sum));
    }
    // Lentz's evaluation of the continued fraction for Q.
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / f64::MIN_POSITIVE;
    let mut d = 1.0 / b;
    let mut h = d;
    for i in 1..2_000_000 {
        let i = f64::from(i);
        let an = -i * (i - a);
        b += 2.0;
        d = 1.0 / away_from_zero(an * d + b);
        c = away_from_zero(b + an / c);
        let step = c * d;
        h *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    Tails::from_ln_lower(ln_term + a.ln() + h.ln()).swapped()
}

fn away_from_zero(x: f64) -> f64 {
    if x.abs() < f64::MIN_POSITIVE {
        f64::MIN_POSITIVE
    } else {
        x
    }
}

/// Regularised incomplete beta function I_x(a, b) (`lower`) and its complement, for `a, b > 0`, `0 ≤ x ≤ 1`; `y = 1 − x`
/// is given separately for an `x` next to one.
pub(crate) fn beta_tails_at(a: f64, b: f64, x: f64, y: f64) -> Tails {
    if x <= 0.0 {
        return Tails::nothing_below();
    }
    if y <= 0.0 {
        return Tails::nothing_below().swapped();
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return beta_lower(b, a, y, x).swapped();
    }
    beta_lower(a, b, x, y)
}

fn beta_lower(a: f64, b: f64, x: f64, y: f64) -> Tails {
    let ln_front = ln_binomial_term(a, a + b, x, y) + (b / (a + b)).ln();
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..1_000_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    Tails::from_ln_lower(ln_front + h.ln())
}

/// The `x` at which the smaller of the two tails named by `p` is reached, by Newton steps on the logarithm of that
/// tail in a coordinate `t` on the whole line, guarded by bisection. `at` gives the tails and dP/dt at `t`.
fn invert(p: f64, start: f64, at: impl Fn(f64) -> (Tails, f64)) -> f64 {
    let (mut low, mut high) = (-1500.0_f64, 1500.0_f64);
    let mut t = start.clamp(-700.0, 700.0);
    let by_lower = p <= 0.5;
    let target = if by_lower { p.ln() } else { (-p).ln_1p() };
    for _ in 0..500 {
        let (tails, ln_density) = at(t);
        let (error, ln_tail) = if by_lower {
            (tails.ln_lower - target, tails.ln_lower)
        } else {
            (target - tails.ln_upper, tails.ln_upper)
        };
        if error == 0.0 {
            return t;
        }
        if error > 0.0 {
            high = t;
        } else {
            low = t;
        }
        let slope = (ln_density - ln_tail).exp();
        let newton = t - error / slope;
        // t is a logarithm: an absolute error here is a relative one in the answer. Newton squares the error at each
        // step, so after one as small as this nothing but rounding is left to gain.
        if (newton - t).abs() <= 1e-10 * t.abs().max(1.0) {
            return newton;
        }
        t = if newton > low && newton < high {
            newton
        } else {
            0.5 * (low + high)
        };
    }
    t
}

/// Quantile of the gamma distribution with the given `shape > 0` and rate 1; 0 at `p ≤ 0`, infinity at `p ≥ 1`.
pub(crate) fn gamma_quantile(p: f64, shape: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    // Wilson and Hilferty (1931) as the start.
    let z = statrs::function::erf::erfc_inv(2.0 * p) * -std::f64::consts::SQRT_2;
    let cube = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * shape.sqrt());
    let guess = if cube > 0.1 {
        shape * cube.powi(3)
    } else {
        ((p.ln() + ln_gamma(shape + 1.0)) / shape).exp()
    };
    let start = if guess > 0.0 { guess.ln() } else { -700.0 };
    invert(p, start, |t| {
        let x = t.exp();
        let tails = gamma_tails(shape, x);
        (tails, ln_poisson_term(shape, x) + shape.ln())
    })
    .exp()
}

/// Quantile of the beta distribution with `a, b > 0`, as the pair (x, 1 − x), each to full relative accuracy.
pub(crate) fn beta_quantile(p: f64, a: f64, b: f64) -> (f64, f64) {
    if p <= 0.0 {
        return (0.0, 1.0);
    }
    if p >= 1.0 {
        return (1.0, 0.0);
    }
    let z = statrs::function::erf::erfc_inv(2.0 * p) * -std::f64::consts::SQRT_2;
    let start = (a / b).ln() + z * (1.0 / a + 1.0 / b).sqrt();
    let at = |t: f64| ((1.0 / (1.0 + (-t).exp())), (1.0 / (1.0 + t.exp())));
    let t = invert(p, start, |t| {
        let (x, y) = at(t);
        let tails = beta_tails_at(a, b, x, y);
        (
            tails,
            ln_binomial_term(a, a + b, x, y) + (a * b / (a + b)).ln(),
        )
    });
    at(t)
}
