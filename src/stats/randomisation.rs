//! Tests by the randomisation an experiment really used (E. S. Edgington and P. Onghena, "Randomization Tests", 4th ed.
//! 2007): valid whatever the autocorrelation, because the only chance in them is the draw of the schedule.

use crate::stats::estimate::Estimate;
use crate::stats::rate::poisson_rate_ratio;
use crate::stats::shuffle::{below, generator};
use crate::stats::solve::{brent, clusters};
use rayon::prelude::*;

/// Result of a design in which the moment of change was drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StartPoint {
    /// Mean from the actual start on, less the mean before.
    pub(crate) observed: f64,
    /// The same for every start that could have been drawn.
    pub(crate) statistics: Vec<f64>,
    /// Share at least as far from zero.
    pub(crate) p_two_sided: f64,
    /// Share as small or smaller.
    pub(crate) p_less: f64,
    /// Share as large or larger.
    pub(crate) p_greater: f64,
}

/// Edgington's design with one change at a start drawn from `allowed` (indices from 0, each with something before it).
/// `None` when a start is out of range or the actual one was not allowed.
pub(crate) fn start_point(y: &[f64], allowed: &[usize], actual: usize) -> Option<StartPoint> {
    let n = y.len();
    if !allowed.contains(&actual) || allowed.iter().any(|&k| k == 0 || k >= n) {
        return None;
    }
    let difference = |k: usize| {
        let (before, after) = y.split_at(k);
        after.iter().sum::<f64>() / after.len() as f64
            - before.iter().sum::<f64>() / before.len() as f64
    };
    let statistics: Vec<f64> = allowed.iter().map(|&k| difference(k)).collect();
    let observed = difference(actual);
    let slack = 1e-12;
    let share = |hit: &dyn Fn(f64) -> bool| {
        statistics.iter().filter(|t| hit(**t)).count() as f64 / statistics.len() as f64
    };
    Some(StartPoint {
        observed,
        p_two_sided: share(&|t| t.abs() >= observed.abs() - slack),
        p_less: share(&|t| t <= observed + slack),
        p_greater: share(&|t| t >= observed - slack),
        statistics,
    })
}

/// Result of nightly randomisation in blocks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Nightly {
    /// Sum over the "on" nights of the outcome centred within its block.
    pub(crate) statistic: f64,
    /// Two-sided p over redraws of the schedule, the actual one counted.
    pub(crate) p_two_sided: f64,
}

/// How near the edge of an interval is found, in the logarithm of the ratio.
const EDGE: f64 = 1e-5;
/// Most arrangements of on and off that a block may have: a block of twelve nights, half of them on.
const MOST_ARRANGEMENTS: usize = 924;
/// Blocks are put together while all arrangements of them fit into a table of this size: fewer draws a schedule.
const TABLE: usize = 256;
/// Redraws handled by one generator; fixed so that the answer does not depend on the number of threads.
const CHUNK: usize = 500;
/// Redraws from which on several threads are worth their handing out.
const MANY: usize = 4_000;
/// A sum short of the observed one by this share of the outcome counts as a tie: rounding must not favour a finding.
const SLACK: f64 = 1e-12;

/// Redraws of an experiment that drew on and off anew in every block of nights (e.g. two on, two off in four).
///
/// Were the rate on nights `r` times that of the others, those nights would have had `y/r` without the treatment: the
/// statistic of every schedule is `on/r + off`, with two numbers that do not depend on `r`.
#[derive(Debug, Clone)]
pub(crate) struct Redraws {
    seen: (f64, f64),
    drawn_on: Vec<f64>,
    drawn_off: Vec<f64>,
    /// Sum of the outcome on the nights that were on, and on the others.
    total: (f64, f64),
    /// Known nights of both, and those of them with an outcome above 0.
    nights: (usize, usize),
    events: (usize, usize),
}

impl Redraws {
    /// `block` labels the nights' blocks, `on` is the schedule as assigned, `y` the outcome, `None` where unknown; the
    /// redraws permute each block's schedule, unknown nights included. `None` without a block holding both on and off,
    /// or with blocks that have too many arrangements (more than twelve nights, half of them on).
    pub(crate) fn new(
        y: &[Option<f64>],
        on: &[bool],
        block: &[f64],
        draws: u32,
        seed: u64,
    ) -> Option<Self> {
        let schedules = Schedules::new(y, on, block)?;
        let (drawn_on, drawn_off) = schedules.redraw(draws as usize, seed);
        let known = |wanted: bool| {
            let nights = y.iter().zip(on).filter(move |(_, on)| **on == wanted);
            nights.filter_map(|(y, _)| *y)
        };
        Some(Self {
            seen: schedules.seen,
            drawn_on,
            drawn_off,
            total: (known(true).sum(), known(false).sum()),
            nights: (known(true).count(), known(false).count()),
            events: (
                known(true).filter(|y| *y > 0.0).count(),
                known(false).filter(|y| *y > 0.0).count(),
            ),
        })
    }

    /// The test that the rates are equal.
    pub(crate) fn test(&self) -> Nightly {
        Nightly {
            statistic: self.seen.0 + self.seen.1,
            p_two_sided: self.p(1.0),
        }
    }

    /// Two-sided p when the rate on is `ratio` times that off; ties count as hits, the actual schedule as one.
    fn p(&self, ratio: f64) -> f64 {
        let part = ratio.recip();
        let seen = (self.seen.0 * part + self.seen.1).abs();
        let far = seen - SLACK * (self.total.0 * part + self.total.1);
        let drawn = self.drawn_on.iter().zip(&self.drawn_off);
        let hits = drawn
            .map(|(on, off)| u32::from((on * part + off).abs() >= far))
            .sum::<u32>();
        (1.0 + f64::from(hits)) / (1.0 + self.drawn_on.len() as f64)
    }

    /// Rate on over rate off with the interval of all ratios that the test does not reject; `None` when no rate can be
    /// formed. Sides without a bound are 0 or infinite.
    ///
    /// The test is about the ratio of the rates within blocks, which is the one given where all nights are known. With
    /// unknown ones it can lie a little apart, and the interval is widened to hold the one given. Where one side has no
    /// events the test cannot tell ratios apart: once it rejects equal rates the bound is that of nights with and
    /// without events, taken as independent, and not beyond 1.
    pub(crate) fn rate_ratio(&self, level: f64) -> Option<Estimate> {
        let rate = |total: f64, nights: usize| (nights > 0).then(|| total / nights as f64);
        let on = rate(self.total.0, self.nights.0)?;
        let off = rate(self.total.1, self.nights.1)?;
        if on <= 0.0 && off <= 0.0 {
            return None;
        }
        let value = on / off;
        let (low, high) = self.interval(level);
        Estimate::new(value, low.min(value), high.max(value), level)
    }

    fn interval(&self, level: f64) -> (f64, f64) {
        let alpha = 1.0 - level;
        let within = self.seen.0 / -self.seen.1;
        if !(within > 0.0 && within.is_finite()) {
            return if self.p(1.0) <= alpha {
                self.one_sided(level)
            } else {
                (0.0, f64::INFINITY)
            };
        }
        // Not rejected at the ratio within blocks, where the statistic is 0.
        let kept = |ln: f64| self.p(ln.exp()) - alpha;
        let edge = |direction: f64| {
            let (start, outer) = (within.ln(), within.ln() + direction * 6.0);
            // At the edge itself schedules tie, and it is not rejected: the interval must hold it.
            let at = (kept(outer) <= 0.0).then(|| brent(kept, start, outer, EDGE))?;
            at.map(|ln| (ln + direction * 2.0 * EDGE).exp())
        };
        let low = edge(-1.0).unwrap_or(0.0);
        let high = edge(1.0).unwrap_or(f64::INFINITY);
        match within < 1.0 {
            _ if self.p(1.0) > alpha => (low, high),
            true => (low, high.min(1.0)),
            false => (low.max(1.0), high),
        }
    }

    /// The bound when only one side has events and equal rates are rejected.
    fn one_sided(&self, level: f64) -> (f64, f64) {
        let events = (self.events.0 as u64, self.events.1 as u64);
        let nights = (self.nights.0 as f64, self.nights.1 as f64);
        let bound = poisson_rate_ratio(events, nights, 1.0, level).and_then(|r| r.estimate);
        let (low, high) = bound.map_or((0.0, f64::INFINITY), |b| (b.low, b.high));
        if events.0 < events.1 {
            (0.0, high.min(1.0))
        } else {
            (low.max(1.0), f64::INFINITY)
        }
    }
}

/// What some nights add to the two numbers of the statistic.
type Part = (f64, f64);

/// The known nights of a block.
struct Block<'n> {
    rows: &'n [usize],
    y: &'n [Option<f64>],
    on: &'n [bool],
    /// Means over the known nights of the outcome on and of that off.
    mean: (f64, f64),
}

impl<'n> Block<'n> {
    fn new(rows: &'n [usize], y: &'n [Option<f64>], on: &'n [bool]) -> Self {
        let (mut sum, mut known) = ((0.0, 0.0), 0.0);
        for &i in rows {
            if let Some(y) = y[i] {
                let side = if on[i] { &mut sum.0 } else { &mut sum.1 };
                *side += y;
                known += 1.0;
            }
        }
        let mean = if known > 0.0 {
            (sum.0 / known, sum.1 / known)
        } else {
            (0.0, 0.0)
        };
        Self { rows, y, on, mean }
    }

    /// What the nights of `chosen` (one bit a row) add to the statistic of a schedule with them on.
    fn part(&self, chosen: u32) -> (f64, f64) {
        let mut part = (0.0, 0.0);
        for (k, &i) in self.rows.iter().enumerate() {
            if let Some(y) = self.y[i].filter(|_| chosen >> k & 1 == 1) {
                let (on, off) = if self.on[i] { (y, 0.0) } else { (0.0, y) };
                part = (part.0 + on - self.mean.0, part.1 + off - self.mean.1);
            }
        }
        part
    }

    /// The part of the actual schedule and those of all that could have been drawn; `None` when they are too many.
    fn arrangements(&self) -> Option<(Part, Vec<Part>)> {
        let length = u32::try_from(self.rows.len()).ok().filter(|l| *l <= 12)?;
        let bits = self.rows.iter().enumerate();
        let actual: u32 = bits.map(|(k, &i)| u32::from(self.on[i]) << k).sum();
        let all: Vec<(f64, f64)> = (0..1u32 << length)
            .filter(|chosen| chosen.count_ones() == actual.count_ones())
            .map(|chosen| self.part(chosen))
            .collect();
        (all.len() <= MOST_ARRANGEMENTS).then(|| (self.part(actual), all))
    }
}

/// All sums of a part from one table and a part from another.
fn both(a: &[(f64, f64)], b: &[(f64, f64)]) -> Vec<(f64, f64)> {
    a.iter()
        .flat_map(|a| b.iter().map(|b| (a.0 + b.0, a.1 + b.1)))
        .collect()
}

/// The schedules that could have been drawn: those of all blocks, each block with any of its own.
struct Schedules {
    /// The two numbers of the actual one.
    seen: Part,
    tables: Vec<Vec<Part>>,
}

impl Schedules {
    /// As [`Redraws::new`].
    fn new(y: &[Option<f64>], on: &[bool], block: &[f64]) -> Option<Self> {
        let n = y.len();
        if on.len() != n || block.len() != n {
            return None;
        }
        let groups = clusters(block);
        let mixed = |rows: &Vec<usize>| rows.iter().any(|&i| on[i]) && rows.iter().any(|&i| !on[i]);
        if !groups.iter().any(mixed) {
            return None;
        }
        let mut seen = (0.0, 0.0);
        let mut tables: Vec<Vec<Part>> = Vec::new();
        for rows in &groups {
            let here = Block::new(rows, y, on);
            let (actual, all) = here.arrangements()?;
            seen = (seen.0 + actual.0, seen.1 + actual.1);
            // A block in which nothing happened adds nothing to any schedule.
            if all.iter().any(|(on, off)| *on != 0.0 || *off != 0.0) {
                match tables.last_mut() {
                    Some(last) if last.len() * all.len() <= TABLE => *last = both(last, &all),
                    _ => tables.push(all),
                }
            }
        }
        Some(Self { seen, tables })
    }

    /// The two numbers of the schedules of one chunk of `draws`.
    fn chunk(&self, chunk: usize, draws: usize, seed: u64) -> impl Iterator<Item = Part> + '_ {
        let mut random = generator(seed, chunk as u64);
        let one = move |_| {
            let mut sum = (0.0, 0.0);
            for table in &self.tables {
                let part = table[below(&mut random, table.len() as u64) as usize];
                sum = (sum.0 + part.0, sum.1 + part.1);
            }
            sum
        };
        (0..CHUNK.min(draws - chunk * CHUNK)).map(one)
    }

    /// So many schedules drawn anew: the two numbers of the statistic of each.
    fn redraw(&self, draws: usize, seed: u64) -> (Vec<f64>, Vec<f64>) {
        let chunks = draws.div_ceil(CHUNK);
        let chunk = |chunk: usize| self.chunk(chunk, draws, seed);
        if draws < MANY {
            (0..chunks).flat_map(chunk).unzip()
        } else {
            (0..chunks).into_par_iter().flat_map_iter(chunk).unzip()
        }
    }
}

/// The statistic of [`Redraws::test`] and whether its p is at most `alpha`, from the same redraws, but only as many of them
/// as settle it.
pub(crate) fn nightly_rejects(
    y: &[Option<f64>],
    on: &[bool],
    block: &[f64],
    draws: u32,
    seed: u64,
    alpha: f64,
) -> Option<(f64, bool)> {
    let schedules = Schedules::new(y, on, block)?;
    let statistic = schedules.seen.0 + schedules.seen.1;
    let total: f64 = y.iter().flatten().sum();
    let far = statistic.abs() - SLACK * total;
    let draws = draws as usize;
    let mut hits = 1.0;
    let chunks = (0..draws.div_ceil(CHUNK)).flat_map(|chunk| schedules.chunk(chunk, draws, seed));
    for (on, off) in chunks {
        hits += f64::from(u8::from((on + off).abs() >= far));
        if hits / (1.0 + draws as f64) > alpha {
            return Some((statistic, false));
        }
    }
    Some((statistic, true))
}
