//! Pairs whose order was drawn by coin (E. S. Edgington and P. Onghena, "Randomization Tests", 4th ed. 2007): under no
//! effect each difference might as well have had the other sign, whatever the autocorrelation.

use crate::stats::estimate::Estimate;
use crate::stats::rate::poisson_rate_ratio;
use crate::stats::shuffle::generator;
use crate::stats::solve::brent;
use rand_pcg::rand_core::Rng;
use rayon::prelude::*;

/// Sign-flip test of paired differences.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SignFlips {
    pub(crate) mean: f64,
    /// Sign assignments there are, 2 to the number of pairs.
    pub(crate) assignments: f64,
    /// Share of assignments with a mean at least as far from zero.
    pub(crate) p_two_sided: f64,
    /// Share with a mean as large or larger.
    pub(crate) p_greater: f64,
    /// Share with a mean as small or smaller.
    pub(crate) p_less: f64,
}

/// Largest number of pairs whose assignments are all counted.
pub(crate) const ALL_SIGNS: usize = 20;
/// A sum short of the observed one by this share of all differences counts as a tie: rounding must not favour a finding.
const SLACK: f64 = 1e-12;

/// The sign-flip test: exact over all signs to 20 pairs, `draws` random ones above, where p = (1 + hits)/(1 + draws).
/// Ties count against the finding. `None` without pairs.
pub(crate) fn sign_flips(differences: &[f64], draws: u32, seed: u64) -> Option<SignFlips> {
    let n = differences.len();
    if n == 0 || differences.iter().any(|d| !d.is_finite()) {
        return None;
    }
    let flips = Flips::new(n, draws, seed);
    let [p_two_sided, p_greater, p_less] = flips.shares(differences);
    Some(SignFlips {
        mean: differences.iter().sum::<f64>() / n as f64,
        assignments: 2.0_f64.powi(i32::try_from(n).unwrap_or(i32::MAX)),
        p_two_sided,
        p_greater,
        p_less,
    })
}

/// The assignments a test looks at.
struct Flips {
    pairs: usize,
    /// Signs of each random assignment, one bit a pair; none when all are counted.
    drawn: Vec<Vec<u64>>,
}

impl Flips {
    fn new(pairs: usize, draws: u32, seed: u64) -> Self {
        let draws = if pairs <= ALL_SIGNS {
            0
        } else {
            u64::from(draws)
        };
        let one = |draw: u64| {
            let mut random = generator(seed, draw);
            (0..pairs.div_ceil(64)).map(|_| random.next_u64()).collect()
        };
        Self {
            pairs,
            drawn: (0..draws).into_par_iter().map(one).collect(),
        }
    }

    /// Shares of the assignments whose sum is as far from zero as the observed one, as large, and as small.
    fn shares(&self, differences: &[f64]) -> [f64; 3] {
        let limits = Limits::new(differences);
        if self.pairs <= ALL_SIGNS {
            let sums = AllSums::new(differences);
            let (seen, slack) = (limits.seen, limits.slack);
            return [
                sums.as_far(&limits),
                sums.at_least(seen - slack),
                sums.at_least(-seen - slack),
            ];
        }
        self.count(differences, |sum| limits.reached(sum))
    }

    /// The first of the [`shares`](Flips::shares) alone.
    fn two_sided(&self, differences: &[f64]) -> f64 {
        let limits = Limits::new(differences);
        if self.pairs <= ALL_SIGNS {
            return AllSums::new(differences).as_far(&limits);
        }
        let [share] = self.count(differences, |sum| [limits.reached(sum)[0]]);
        share
    }

    /// Shares of the random assignments whose sum passes each test, the observed one counted.
    fn count<const N: usize>(
        &self,
        differences: &[f64],
        passes: impl Fn(f64) -> [bool; N],
    ) -> [f64; N] {
        let mut hits = [1u32; N];
        for signs in &self.drawn {
            let passed = passes(signed_sum(differences, signs));
            for (hit, passed) in hits.iter_mut().zip(passed) {
                *hit += u32::from(passed);
            }
        }
        hits.map(|h| f64::from(h) / (self.drawn.len() as f64 + 1.0))
    }
}

/// The observed sum, and how far short of it still ties.
struct Limits {
    seen: f64,
    slack: f64,
}

impl Limits {
    fn new(differences: &[f64]) -> Self {
        let size: f64 = differences.iter().map(|d| d.abs()).sum();
        Self {
            seen: differences.iter().sum(),
            slack: SLACK * size.max(f64::MIN_POSITIVE),
        }
    }

    /// Whether a sum is as far from zero as the observed one, as large, and as small.
    fn reached(&self, sum: f64) -> [bool; 3] {
        let Limits { seen, slack } = *self;
        [
            sum.abs() >= seen.abs() - slack,
            sum >= seen - slack,
            sum <= seen + slack,
        ]
    }
}

/// The sum of some numbers, a bit 1 turning the sign of its number.
fn signed_sum(numbers: &[f64], signs: &[u64]) -> f64 {
    let words = numbers.chunks(64).zip(signs);
    let signed = words.flat_map(|(some, bits)| {
        let places = some.iter().enumerate();
        places.map(move |(k, x)| if bits >> k & 1 == 0 { *x } else { -x })
    });
    signed.sum()
}

/// The sums of some numbers under every choice of signs, as sums of one from each half: a million are counted by walking
/// along two sorted lists of a thousand (E. Horowitz and S. Sahni, Journal of the ACM 21, 1974).
struct AllSums {
    first: Vec<f64>,
    second: Vec<f64>,
}

impl AllSums {
    fn new(numbers: &[f64]) -> Self {
        let (first, second) = numbers.split_at(numbers.len() / 2);
        Self {
            first: signed_sums(first),
            second: signed_sums(second),
        }
    }

    /// Share of all sums as far from zero as the observed one: with every sum its negative is among them.
    fn as_far(&self, limits: &Limits) -> f64 {
        let far = limits.seen.abs() - limits.slack;
        match far <= 0.0 {
            true => 1.0,
            false => 2.0 * self.at_least(far),
        }
    }

    /// Share of all sums that are at least `limit`.
    fn at_least(&self, limit: f64) -> f64 {
        // The larger the number from the first half, the smaller the one from the second may be.
        let mut from = self.second.len();
        let mut count = 0u64;
        for a in &self.first {
            while from > 0 && a + self.second[from - 1] >= limit {
                from -= 1;
            }
            count += (self.second.len() - from) as u64;
        }
        count as f64 / (self.first.len() * self.second.len()) as f64
    }
}

/// The sums of some numbers under every choice of signs, ascending: with each number the list is merged with itself, once
/// moved down and once moved up.
fn signed_sums(numbers: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0];
    for step in numbers.iter().map(|x| x.abs()) {
        let mut merged = Vec::with_capacity(2 * sums.len());
        let mut lower = sums.iter().map(|s| s - step).peekable();
        for upper in sums.iter().map(|s| s + step) {
            while let Some(next) = lower.next_if(|next| *next <= upper) {
                merged.push(next);
            }
            merged.push(upper);
        }
        sums = merged;
    }
    sums
}

/// Events and nights of the two periods of a pair: on, off.
pub(crate) type Pair = [(u64, u64); 2];

/// Log rate ratio of a pair of periods, ln((S_on+½)/N_on) − ln((S_off+½)/N_off); `None` when a period has no nights.
pub(crate) fn pair_log_ratio(pair: Pair) -> Option<f64> {
    log_ratio_beyond(pair, 0.0)
}

/// How far the log rate ratio of a pair is from one that is supposed, the half events in it `r^¼/2` on and `r^-¼/2` off.
///
/// With few events the halves pull the log ratio towards 0, so that less the supposed one it would be off on average; in
/// the supposed ratio (`r^½`) they would pull the other way as far. In between it is 0 on average, within a twentieth for
/// two events a period or more at a ratio of a half, and of 2,000 simulated intervals as many miss the truth on one side
/// as on the other. At 0 it is the plain log ratio of the test.
fn log_ratio_beyond([on, off]: Pair, ln_ratio: f64) -> Option<f64> {
    let ln_rate = |(events, nights): (u64, u64), added: f64| {
        (nights > 0).then(|| ((events as f64 + added) / nights as f64).ln())
    };
    let quarter = (ln_ratio / 4.0).exp();
    Some(ln_rate(on, 0.5 * quarter)? - ln_rate(off, 0.5 / quarter)? - ln_ratio)
}

/// Largest log ratio that is tried: the bound beyond it is none.
const FARTHEST: f64 = 8.0;
/// How near the edge of an interval is found.
const EDGE: f64 = 1e-6;
/// Log ratios this near each other are one.
const ALIKE: f64 = 1e-9;

/// The likeliest rate ratio on over off with all ratios that the sign-flip test does not reject, each tried on the log
/// ratios of the pairs beyond it; `None` without events. With fewer than six pairs (at .95) no ratio is rejected.
///
/// Where one side has no events, or all pairs are alike, the test has next to nothing to go by, and the interval is
/// widened to the exact one for the totals (Poisson counts). It is also widened to hold the ratio, which it can miss when
/// events are few. It never holds 1 when the test rejects 1, unless the ratio itself lies on the other side.
pub(crate) fn pairs_rate_ratio(
    pairs: &[Pair],
    level: f64,
    draws: u32,
    seed: u64,
) -> Option<Estimate> {
    let has_nights = |[on, off]: &Pair| on.1 > 0 && off.1 > 0;
    let pairs: Vec<Pair> = pairs.iter().copied().filter(has_nights).collect();
    let value = likeliest_ratio(&pairs)?;
    let flips = Flips::new(pairs.len(), draws, seed);
    let beyond = |ln: f64| -> Vec<f64> {
        let each = pairs.iter().filter_map(|p| log_ratio_beyond(*p, ln));
        each.collect()
    };
    let excess = |ln: f64| beyond(ln).iter().sum::<f64>();
    let kept = |ln: f64| flips.two_sided(&beyond(ln)) - (1.0 - level);
    // Where the log ratios are 0 on average nothing is rejected.
    let middle = brent(excess, -FARTHEST, FARTHEST, ALIKE)?;
    let edge = |outer: f64| {
        if kept(outer) > 0.0 {
            return outer.signum() * f64::INFINITY;
        }
        // At the edge itself assignments tie, and it is not rejected: the interval must hold it.
        let at = brent(kept, middle, outer, EDGE).unwrap_or(middle);
        at + outer.signum() * 2.0 * EDGE
    };
    let (mut low, mut high) = (edge(-FARTHEST).exp(), edge(FARTHEST).exp());
    if let Some(exact) = of_totals(&pairs, level).filter(|e| uninformative(e, &beyond(0.0))) {
        (low, high) = (low.min(exact.low), high.max(exact.high));
    }
    match excess(0.0) < 0.0 {
        _ if kept(0.0) > 0.0 => {}
        true => high = high.min(1.0),
        false => low = low.max(1.0),
    }
    Estimate::new(value, low.min(value), high.max(value), level)
}

/// Whether one side has no events, or all log ratios are alike.
fn uninformative(ratio: &Estimate, log_ratios: &[f64]) -> bool {
    let least = log_ratios.iter().copied().fold(f64::INFINITY, f64::min);
    let alike = log_ratios.iter().all(|d| d - least <= ALIKE);
    alike || ratio.value <= 0.0 || ratio.value.is_infinite()
}

/// Exact rate ratio of all events on over all off.
fn of_totals(pairs: &[Pair], level: f64) -> Option<Estimate> {
    let total = |side: usize| {
        let sums = pairs.iter().map(|p| p[side]);
        sums.fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
    };
    let (on, off): ((u64, u64), (u64, u64)) = (total(0), total(1));
    let nights = (on.1 as f64, off.1 as f64);
    poisson_rate_ratio((on.0, off.0), nights, 1.0, level)?.estimate
}

/// The rate ratio on over off that is likeliest given the events of each pair (Poisson counts, each pair with a rate of
/// its own); 0 or infinite when one side has none, `None` without events.
fn likeliest_ratio(pairs: &[Pair]) -> Option<f64> {
    let on: u64 = pairs.iter().map(|[on, _]| on.0).sum();
    let off: u64 = pairs.iter().map(|[_, off]| off.0).sum();
    match (on, off) {
        (0, 0) => return None,
        (0, _) => return Some(0.0),
        (_, 0) => return Some(f64::INFINITY),
        _ => {}
    }
    // Events expected on, given each pair's total, less those there were: rises with the ratio.
    let excess = |ln: f64| {
        let share = |[on, off]: &Pair| {
            let weight = ln.exp() * on.1 as f64;
            (on.0 + off.0) as f64 * weight / (weight + off.1 as f64)
        };
        pairs.iter().map(share).sum::<f64>() - on as f64
    };
    brent(excess, -60.0, 60.0, 1e-13).map(f64::exp)
}
