//! Where a level changed: optimal segmentation by PELT (R. Killick, P. Fearnhead and I. A. Eckley, JASA 107, 2012), and
//! one Poisson change with its support and posterior.

use crate::stats::special::ln_gamma;

/// How badly one level fits a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cost {
    /// Counts over exposure: 2(S − S·ln(S/M)), −2 log likelihood without its constant; 0 when S = 0.
    Poisson,
    /// Sum of squared distances from the weighted mean.
    SquaredError,
}

/// A segmentation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Segmentation {
    /// Index after the last value of each segment; the last entry is the length of the series.
    pub(crate) ends: Vec<usize>,
    /// Level of each segment: sum of values over sum of exposures.
    pub(crate) levels: Vec<f64>,
    /// Sum of the costs plus one penalty a change.
    pub(crate) objective: f64,
}

struct Prefix {
    cost: Cost,
    sum: Vec<f64>,
    exposure: Vec<f64>,
    squares: Vec<f64>,
    shift: f64,
}

impl Prefix {
    fn of(x: &[f64], exposure: Option<&[f64]>, cost: Cost) -> Self {
        // Squared error is taken about the overall mean, lest large levels swamp small residuals.
        let shift = match cost {
            Cost::Poisson => 0.0,
            Cost::SquaredError => x.iter().sum::<f64>() / x.len().max(1) as f64,
        };
        let mut prefix = Self {
            cost,
            sum: vec![0.0],
            exposure: vec![0.0],
            squares: vec![0.0],
            shift,
        };
        let (mut s, mut m, mut q) = (0.0, 0.0, 0.0);
        for (i, &v) in x.iter().enumerate() {
            let weight = exposure.and_then(|e| e.get(i)).copied().unwrap_or(1.0);
            s += v - shift;
            m += weight;
            q += (v - shift) * (v - shift);
            prefix.sum.push(s);
            prefix.exposure.push(m);
            prefix.squares.push(q);
        }
        prefix
    }

    fn parts(&self, from: usize, to: usize) -> (f64, f64) {
        (
            self.sum[to] - self.sum[from],
            self.exposure[to] - self.exposure[from],
        )
    }

    fn cost(&self, from: usize, to: usize) -> f64 {
        let (s, m) = self.parts(from, to);
        match self.cost {
            Cost::Poisson if s <= 0.0 => 0.0,
            Cost::Poisson => 2.0 * (s - s * (s / m).ln()),
            Cost::SquaredError => self.squares[to] - self.squares[from] - s * s / m,
        }
    }

    fn level(&self, from: usize, to: usize) -> f64 {
        let (s, m) = self.parts(from, to);
        s / m + self.shift
    }
}

/// Segmentation of `x` that minimises cost plus `penalty` a change, no segment shorter than `min_segment`. `exposure`
/// (positive; for the Poisson cost) stands for the time at risk behind each count; without it every value counts one.
/// `None` for an empty series, a negative count or a bad exposure. A series too short to be cut is one segment.
#[must_use]
pub(crate) fn pelt(
    x: &[f64],
    exposure: Option<&[f64]>,
    cost: Cost,
    penalty: f64,
    min_segment: usize,
) -> Option<Segmentation> {
    let n = x.len();
    let shortest = min_segment.max(1);
    let bad_count = cost == Cost::Poisson && x.iter().any(|v| *v < 0.0);
    let bad_exposure = exposure.is_some_and(|e| {
        cost != Cost::Poisson || e.len() != n || e.iter().any(|v| !(*v > 0.0 && v.is_finite()))
    });
    if n == 0 || bad_count || bad_exposure || x.iter().any(|v| !v.is_finite()) || penalty.is_nan() {
        return None;
    }
    let prefix = Prefix::of(x, exposure, cost);
    // best[t]: optimum of the first t values with a penalty before each segment, the first one's taken back.
    let mut best = vec![f64::INFINITY; n + 1];
    let mut last = vec![0; n + 1];
    best[0] = -penalty;
    // Starts still in play; one that lost at time t cannot win from t + shortest on.
    let mut starts: Vec<(usize, usize)> = vec![(0, usize::MAX)];
    for to in 1..=n {
        let whole = to == n && n < 2 * shortest;
        if to < shortest && !whole {
            continue;
        }
        starts.retain(|(_, until)| to < *until);
        for &(from, _) in &starts {
            if to - from < shortest && !whole {
                continue;
            }
            let value = best[from] + prefix.cost(from, to) + penalty;
            if value < best[to] {
                best[to] = value;
                last[to] = from;
            }
        }
        for (from, until) in &mut starts {
            let ready = to - *from >= shortest;
            if ready && *until == usize::MAX && best[*from] + prefix.cost(*from, to) > best[to] {
                *until = to + shortest;
            }
        }
        if to + shortest <= n && best[to].is_finite() {
            starts.push((to, usize::MAX));
        }
    }
    let mut ends = vec![n];
    let mut at = last[n];
    while at > 0 {
        ends.push(at);
        at = last[at];
    }
    ends.reverse();
    let mut from = 0;
    let levels = ends
        .iter()
        .map(|&to| {
            let level = prefix.level(from, to);
            from = to;
            level
        })
        .collect();
    Some(Segmentation {
        ends,
        levels,
        objective: best[n],
    })
}

/// Where one change may lie between two neighbouring segments: all positions (length of the first part) in
/// `from..to` whose fit is within `drop` log-likelihood units of the best (1.92 for 95 %, times the dispersion).
/// Positions closer than `min_segment` to either end are left out. `None` when there is no room.
#[must_use]
pub(crate) fn support(
    x: &[f64],
    exposure: Option<&[f64]>,
    from: usize,
    to: usize,
    min_segment: usize,
    drop: f64,
) -> Option<(usize, usize)> {
    let shortest = min_segment.max(1);
    if to > x.len() || from + 2 * shortest > to {
        return None;
    }
    let prefix = Prefix::of(x, exposure, Cost::Poisson);
    let cost: Vec<(usize, f64)> = (from + shortest..=to - shortest)
        .map(|k| (k, prefix.cost(from, k) + prefix.cost(k, to)))
        .collect();
    let best = cost.iter().map(|c| c.1).fold(f64::INFINITY, f64::min);
    let mut inside = cost
        .iter()
        .filter(|c| c.1 - best <= 2.0 * drop)
        .map(|c| c.0);
    let first = inside.next()?;
    Some((first, inside.next_back().unwrap_or(first)))
}

/// One Poisson change anywhere in a series.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SingleChange {
    /// Length of the first part at the likelihood's maximum.
    pub(crate) at: usize,
    /// Likelihood ratio statistic there, against no change.
    pub(crate) statistic: f64,
    /// Rate before and after.
    pub(crate) rates: (f64, f64),
    /// First and last position within 1.92 log-likelihood units of the maximum.
    pub(crate) support: (usize, usize),
    /// Posterior probability of each position 1..n−1, for independent rates with Jeffreys' prior and every position
    /// as likely before.
    pub(crate) posterior: Vec<f64>,
}

impl SingleChange {
    /// Most probable position.
    #[must_use]
    pub(crate) fn mode(&self) -> usize {
        let mut best = (0, f64::NEG_INFINITY);
        for (i, p) in self.posterior.iter().enumerate() {
            if *p > best.1 {
                best = (i + 1, *p);
            }
        }
        best.0
    }

    /// Position at which the posterior first reaches probability `p`.
    #[must_use]
    pub(crate) fn quantile(&self, p: f64) -> usize {
        let mut sum = 0.0;
        let reached = self.posterior.iter().position(|q| {
            sum += q;
            sum >= p
        });
        reached.map_or(self.posterior.len(), |i| i + 1)
    }
}

/// One change of rate in counts `x`, one unit of exposure each; `None` below two counts or without events.
#[must_use]
pub(crate) fn single_poisson_change(x: &[f64]) -> Option<SingleChange> {
    let n = x.len();
    let total: f64 = x.iter().sum();
    if n < 2 || total <= 0.0 || x.iter().any(|v| *v < 0.0 || !v.is_finite()) {
        return None;
    }
    let fit = |s: f64, m: f64| if s > 0.0 { s * (s / m).ln() } else { 0.0 };
    let mut sum = 0.0;
    let mut loglik = Vec::with_capacity(n - 1);
    let mut ln_posterior = Vec::with_capacity(n - 1);
    let mut sums = Vec::with_capacity(n - 1);
    for (i, v) in x.iter().take(n - 1).enumerate() {
        sum += v;
        let (k, rest, after) = ((i + 1) as f64, (n - i - 1) as f64, total - sum);
        loglik.push(fit(sum, k) + fit(after, rest));
        ln_posterior.push(
            ln_gamma(sum + 0.5) + ln_gamma(after + 0.5)
                - (sum + 0.5) * k.ln()
                - (after + 0.5) * rest.ln(),
        );
        sums.push(sum);
    }
    let top = loglik.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let best = loglik.iter().position(|l| *l == top)?;
    let within = |l: &&f64| 2.0 * (top - **l) <= 3.84;
    let first = loglik.iter().position(|l| within(&l))?;
    let last = loglik.iter().rposition(|l| within(&l))?;
    let highest = ln_posterior
        .iter()
        .copied()
        .fold(f64::NEG_INFINITY, f64::max);
    let weight: Vec<f64> = ln_posterior.iter().map(|l| (l - highest).exp()).collect();
    let all: f64 = weight.iter().sum();
    let before = *sums.get(best)?;
    Some(SingleChange {
        at: best + 1,
        statistic: 2.0 * (top - fit(total, n as f64)),
        rates: (
            before / (best + 1) as f64,
            (total - before) / (n - best - 1) as f64,
        ),
        support: (first + 1, last + 1),
        posterior: weight.iter().map(|w| w / all).collect(),
    })
}
