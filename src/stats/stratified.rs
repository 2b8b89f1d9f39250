//! A 2×2 association pooled over strata, and a trend of proportions over ordered groups.

use crate::stats::distribution::normal_quantile;
use crate::stats::estimate::Estimate;
use crate::stats::fisher::Table;
use crate::stats::profile::ChiSquared;
use crate::stats::root::brent;
use crate::stats::special::ln_gamma;

/// Pooled inference over strata.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct MantelHaenszel {
    /// Mantel and Haenszel's odds ratio (JNCI 22, 1959) with the interval of J. Robins, N. Breslow and S. Greenland
    /// (Biometrics 42, 1986); `None` when undefined.
    pub(crate) odds_ratio: Option<Estimate>,
    /// Test without continuity correction; `None` when no stratum is informative.
    pub(crate) test: Option<ChiSquared>,
    /// Test with the correction of ½.
    pub(crate) corrected: Option<ChiSquared>,
    /// Exact two-sided p (sum of the probabilities no greater than the one seen).
    pub(crate) p_exact: Option<f64>,
    /// Conditional maximum likelihood odds ratio with its exact central interval.
    pub(crate) conditional: Option<Estimate>,
}

/// Mantel–Haenszel analysis of one table per stratum.
#[must_use]
pub(crate) fn mantel_haenszel(tables: &[Table], level: f64) -> MantelHaenszel {
    let (mut diagonal, mut off) = (0.0, 0.0);
    let (mut pr, mut ps_qr, mut qs) = (0.0, 0.0, 0.0);
    let (mut excess, mut variance) = (0.0, 0.0);
    for t in tables {
        let [a, b, c, d] = [t.a, t.b, t.c, t.d].map(|x| x as f64);
        let n = a + b + c + d;
        if n < 2.0 {
            continue;
        }
        let (r, s) = (a * d / n, b * c / n);
        diagonal += r;
        off += s;
        pr += (a + d) / n * r;
        ps_qr += (a + d) / n * s + (b + c) / n * r;
        qs += (b + c) / n * s;
        excess += a - (a + b) * (a + c) / n;
        variance += (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1.0));
    }
    let z = normal_quantile(0.5 + level / 2.0);
    let odds_ratio = (diagonal > 0.0 && off > 0.0)
        .then(|| {
            let ln = (diagonal / off).ln();
            let v = pr / (2.0 * diagonal * diagonal)
                + ps_qr / (2.0 * diagonal * off)
                + qs / (2.0 * off * off);
            Estimate::new(ln, ln - z * v.sqrt(), ln + z * v.sqrt(), level).map(Estimate::exp)
        })
        .flatten();
    let statistic = |correction: f64| {
        let distance = excess.abs();
        let correction = if distance >= correction {
            correction
        } else {
            0.0
        };
        (variance > 0.0).then(|| ChiSquared::new((distance - correction).powi(2) / variance, 1))
    };
    let exact = CellSum::of(tables);
    MantelHaenszel {
        odds_ratio,
        test: statistic(0.0),
        corrected: statistic(0.5),
        p_exact: exact.as_ref().map(CellSum::p_two_sided),
        conditional: exact.and_then(|e| e.odds_ratio(level)),
    }
}

/// Distribution of the sum of the first cells over strata given all margins.
#[derive(Debug, Clone)]
pub(crate) struct CellSum {
    /// Logarithms of the probabilities at odds ratio one, up to a constant, from the smallest possible sum on.
    ln_density: Vec<f64>,
    /// The sum seen, counted from the smallest possible one.
    seen: usize,
}

impl CellSum {
    /// Convolves the strata's hypergeometric distributions; `None` when that would take more than 2·10⁸ steps.
    #[must_use]
    pub(crate) fn of(tables: &[Table]) -> Option<Self> {
        let ln_choose =
            |n: f64, k: f64| ln_gamma(n + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n - k + 1.0);
        let mut density = vec![1.0_f64];
        let mut seen = 0;
        for t in tables {
            let (n1, n2, m) = (t.a + t.b, t.c + t.d, t.a + t.c);
            let (low, high) = (m.saturating_sub(n2), n1.min(m));
            let ln: Vec<f64> = (low..=high)
                .map(|x| ln_choose(n1 as f64, x as f64) + ln_choose(n2 as f64, (m - x) as f64))
                .collect();
            let top = ln.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            if density.len().checked_mul(ln.len())? > 200_000_000 {
                return None;
            }
            let mut next = vec![0.0; density.len() + ln.len() - 1];
            for (i, d) in density.iter().enumerate() {
                for (j, l) in ln.iter().enumerate() {
                    next[i + j] += d * (l - top).exp();
                }
            }
            let largest = next.iter().copied().fold(0.0, f64::max);
            next.iter_mut().for_each(|d| *d /= largest);
            density = next;
            seen += t.a - low;
        }
        let seen = usize::try_from(seen).ok()?;
        Some(Self {
            ln_density: density.iter().map(|d| d.ln()).collect(),
            seen,
        })
    }

    fn average(&self, odds_ratio: f64, score: impl Fn(usize) -> f64) -> f64 {
        let t = odds_ratio.ln();
        let tilted: Vec<f64> = self
            .ln_density
            .iter()
            .enumerate()
            .map(|(i, l)| if i == 0 { *l } else { l + t * i as f64 })
            .collect();
        let top = tilted.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (mut all, mut part) = (0.0, 0.0);
        for (i, l) in tilted.iter().enumerate() {
            let weight = (l - top).exp();
            all += weight;
            part += weight * score(i);
        }
        part / all
    }

    /// Mean of the sum less the sum seen, at a common odds ratio.
    #[must_use]
    pub(crate) fn excess(&self, odds_ratio: f64) -> f64 {
        self.average(odds_ratio, |i| i as f64) - self.seen as f64
    }

    /// Probability of a sum as small as the one seen or smaller.
    #[must_use]
    pub(crate) fn less(&self, odds_ratio: f64) -> f64 {
        self.average(odds_ratio, |i| f64::from(u8::from(i <= self.seen)))
    }

    /// Probability of a sum as large or larger.
    #[must_use]
    pub(crate) fn greater(&self, odds_ratio: f64) -> f64 {
        self.average(odds_ratio, |i| f64::from(u8::from(i >= self.seen)))
    }

    /// Two-sided p: all sums no likelier than the one seen.
    #[must_use]
    pub(crate) fn p_two_sided(&self) -> f64 {
        let limit = self.ln_density.get(self.seen).map_or(0.0, |l| l + 1e-7);
        self.average(1.0, |i| f64::from(u8::from(self.ln_density[i] <= limit)))
            .min(1.0)
    }

    /// Conditional maximum likelihood odds ratio with its exact central interval; `None` when only one sum is possible.
    #[must_use]
    pub(crate) fn odds_ratio(&self, level: f64) -> Option<Estimate> {
        let last = self.ln_density.len() - 1;
        if last == 0 {
            return None;
        }
        let tail = (1.0 - level) / 2.0;
        let solve =
            |f: &dyn Fn(f64) -> f64| brent(|t| f(t.exp()), -60.0, 60.0, 1e-14).map(f64::exp);
        let value = match self.seen {
            0 => 0.0,
            seen if seen == last => f64::INFINITY,
            _ => solve(&|psi| self.excess(psi))?,
        };
        let low = if self.seen == 0 {
            0.0
        } else {
            solve(&|psi| self.greater(psi) - tail)?
        };
        let high = if self.seen == last {
            f64::INFINITY
        } else {
            solve(&|psi| self.less(psi) - tail)?
        };
        Estimate::new(value, low, high, level)
    }
}

/// Cochran–Armitage test that proportions `events/n` go up or down with `score` (P. Armitage, Biometrics 11, 1955), as
/// the trend part of chi-squared. `None` when nothing or everything happened, or the scores are all alike.
#[must_use]
pub(crate) fn cochran_armitage(events: &[f64], n: &[f64], score: &[f64]) -> Option<ChiSquared> {
    let total: f64 = n.iter().sum();
    let p = events.iter().sum::<f64>() / total;
    let mean = n.iter().zip(score).map(|(n, s)| n * s).sum::<f64>() / total;
    let top: f64 = events
        .iter()
        .zip(n)
        .zip(score)
        .map(|((e, n), s)| (e - n * p) * (s - mean))
        .sum();
    let spread: f64 = n
        .iter()
        .zip(score)
        .map(|(n, s)| n * (s - mean).powi(2))
        .sum();
    let statistic = top * top / (p * (1.0 - p) * spread);
    statistic.is_finite().then(|| ChiSquared::new(statistic, 1))
}
