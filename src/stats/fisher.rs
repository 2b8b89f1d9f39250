//! Exact inference for a 2×2 table: R. A. Fisher's test and the conditional odds ratio with its exact interval
//! (J. Cornfield, 1956; noncentral hypergeometric distribution). All sums run outward from a point by the ratio of
//! neighbouring probabilities, and probabilities far out come as logarithms, so that counts of 1e7 and p of 1e-300 are
//! no trouble.

use crate::stats::estimate::Estimate;
use crate::stats::rate::first_true;
use crate::stats::solve::brent;
use crate::stats::special::ln_binomial_term;

/// Counts of a 2×2 table: rows exposed and not, columns event and no event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) a: u64,
    pub(crate) b: u64,
    pub(crate) c: u64,
    pub(crate) d: u64,
}

/// Everything exact about a 2×2 table; probabilities are natural logarithms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct FisherTest {
    /// ln P(X ≤ a), X the exposed events given all margins.
    pub(crate) ln_less: f64,
    /// ln P(X ≥ a).
    pub(crate) ln_greater: f64,
    /// ln of the probability of all tables no likelier than this one (R's two-sided p, ties within 1e-7).
    pub(crate) ln_two_sided: f64,
    pub(crate) ln_point: f64,
    /// Conditional maximum likelihood odds ratio with its central exact interval; 0 or infinite when a is as small or
    /// as large as the margins allow; `None` when the margins allow one table only.
    pub(crate) odds_ratio: Option<Estimate>,
}

impl FisherTest {
    /// Natural logarithm of twice the smaller one-sided p, at most 0: the p that agrees with the interval.
    pub(crate) fn ln_central(&self) -> f64 {
        (self.ln_less.min(self.ln_greater) + std::f64::consts::LN_2).min(0.0)
    }
}

struct Margins {
    /// Row totals and number of events.
    n1: f64,
    n2: f64,
    m: f64,
    low: u64,
    high: u64,
}

impl Margins {
    fn of(table: Table) -> Option<Self> {
        let n1 = table.a.checked_add(table.b)?;
        let n2 = table.c.checked_add(table.d)?;
        let m = table.a.checked_add(table.c)?;
        n1.checked_add(n2)?;
        Some(Self {
            n1: n1 as f64,
            n2: n2 as f64,
            m: m as f64,
            low: m.saturating_sub(n2),
            high: n1.min(m),
        })
    }

    fn ln_pmf(&self, x: u64) -> f64 {
        let x = x as f64;
        let total = self.n1 + self.n2;
        let (p, q) = (self.m / total, (total - self.m) / total);
        ln_binomial_term(x, self.n1, p, q) + ln_binomial_term(self.m - x, self.n2, p, q)
            - ln_binomial_term(self.m, total, p, q)
    }

    /// Probability of `x + 1` over that of `x` at odds ratio one.
    fn ratio(&self, x: u64) -> f64 {
        let x = x as f64;
        (self.n1 - x) * (self.m - x) / ((x + 1.0) * (self.n2 - self.m + x + 1.0))
    }

    /// Most probable count at odds ratio `psi`.
    fn mode(&self, psi: f64) -> u64 {
        first_true(self.low, self.high, |x| psi * self.ratio(x) < 1.0)
    }

    /// ln of the sum of probabilities from `x` outward, away from the mode.
    fn ln_tail(&self, x: u64, upward: bool) -> f64 {
        let (mut sum, mut term, mut k) = (1.0, 1.0, x);
        while term > sum * 1e-18 {
            if upward {
                if k == self.high {
                    break;
                }
                term *= self.ratio(k);
                k += 1;
            } else {
                if k == self.low {
                    break;
                }
                k -= 1;
                term /= self.ratio(k);
            }
            sum += term;
        }
        self.ln_pmf(x) + f64::ln(sum)
    }

    /// Mean less `a`, P(X ≤ a) and P(X ≥ a) at odds ratio `psi`.
    fn at(&self, psi: f64, a: u64) -> (f64, f64, f64) {
        let mode = self.mode(psi);
        let (mut total, mut moment, mut less, mut greater) = (0.0, 0.0, 0.0, 0.0);
        let mut add = |x: u64, weight: f64| {
            total += weight;
            moment += weight * (x as f64 - a as f64);
            if x <= a {
                less += weight;
            }
            if x >= a {
                greater += weight;
            }
        };
        add(mode, 1.0);
        let (mut weight, mut x) = (1.0, mode);
        while x < self.high && weight > 1e-25 {
            weight *= psi * self.ratio(x);
            x += 1;
            add(x, weight);
        }
        (weight, x) = (1.0, mode);
        while x > self.low && weight > 1e-25 {
            x -= 1;
            weight /= psi * self.ratio(x);
            add(x, weight);
        }
        (moment / total, less / total, greater / total)
    }
}

/// ln(1 − e^x) for x ≤ 0.
fn ln_complement(x: f64) -> f64 {
    if x > -std::f64::consts::LN_2 {
        (-x.exp_m1()).ln()
    } else {
        (-x.exp()).ln_1p()
    }
}

/// Fisher's exact test and the conditional odds ratio of `table`; an empty table has p 1 and no odds ratio. `None` only
/// when the counts overflow.
pub(crate) fn fisher_exact(table: Table, level: f64) -> Option<FisherTest> {
    let margins = Margins::of(table)?;
    let a = table.a;
    if margins.low == margins.high {
        return Some(FisherTest {
            ln_less: 0.0,
            ln_greater: 0.0,
            ln_two_sided: 0.0,
            ln_point: 0.0,
            odds_ratio: None,
        });
    }
    let mode = margins.mode(1.0);
    let ln_point = margins.ln_pmf(a).min(0.0);
    // The tail away from the mode is summed; the other is its complement, the table itself counted in both.
    let upward = a >= mode;
    let near = margins.ln_tail(a, upward).min(0.0);
    let inner = if a == if upward { margins.high } else { margins.low } {
        f64::NEG_INFINITY
    } else {
        margins
            .ln_tail(if upward { a + 1 } else { a - 1 }, upward)
            .min(0.0)
    };
    let far = ln_complement(inner);
    let (ln_less, ln_greater) = if upward { (far, near) } else { (near, far) };
    let limit = ln_point + 1e-7;
    let other = if upward {
        let first = first_true(margins.low, mode, |x| margins.ln_pmf(x) > limit);
        (first > margins.low).then(|| margins.ln_tail(first - 1, false))
    } else {
        let first = first_true(mode, margins.high + 1, |x| margins.ln_pmf(x) <= limit);
        (first <= margins.high).then(|| margins.ln_tail(first, true))
    };
    let ln_two_sided = if ln_point >= margins.ln_pmf(mode) - 1e-7 {
        0.0
    } else {
        other.map_or(near, |other| {
            let top = near.max(other);
            top + ((near - top).exp() + (other - top).exp()).ln()
        })
    };
    Some(FisherTest {
        ln_less: ln_less.min(0.0),
        ln_greater: ln_greater.min(0.0),
        ln_two_sided: ln_two_sided.min(0.0),
        ln_point,
        odds_ratio: odds_ratio(&margins, a, level),
    })
}

fn odds_ratio(margins: &Margins, a: u64, level: f64) -> Option<Estimate> {
    let tail = (1.0 - level) / 2.0;
    let solve = |f: &dyn Fn((f64, f64, f64)) -> f64| {
        brent(|t| f(margins.at(t.exp(), a)), -60.0, 60.0, 1e-15).map(f64::exp)
    };
    let (at_low, at_high) = (a == margins.low, a == margins.high);
    let value = if at_low {
        0.0
    } else if at_high {
        f64::INFINITY
    } else {
        solve(&|(mean, _, _)| mean)?
    };
    let low = if at_low {
        0.0
    } else {
        solve(&|(_, _, greater)| greater - tail)?
    };
    let high = if at_high {
        f64::INFINITY
    } else {
        solve(&|(_, less, _)| less - tail)?
    };
    Estimate::new(value, low, high, level)
}
