//! Control charts of one diary: months on one side of the earlier rate, months outside the usual variation, and gaps
//! between rare cramps (Benneyan 2001; Woodall 2006; Laney 2002; Nelson 1994).
//!
//! Is a worse (or better) spell on right now? A Poisson CUSUM against the last settled stretch, with an alarm level
//! calibrated by resampling the person's own 14-night blocks.

use chrono::NaiveDate;
use rayon::prelude::*;
use serde::Serialize;

use crate::analysis::model::BLOCK;
use crate::analysis::night_table::Tally;
use crate::analysis::rates::{Period, WEEK, dispersion};
use crate::stats::change::{Limits, g_chart_probability, t_chart, u_chart};
use crate::stats::shuffle::{below, generator};

/// A run of months on one side of the frozen centre.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Run {
    /// Cramps a week in all months before the last eight.
    pub(crate) centre: f64,
    /// Months in a row, up to now, on the same side.
    pub(crate) months: usize,
    pub(crate) above: bool,
    pub(crate) flagged: bool,
}

const RUN: usize = 8;
/// Recorded nights a month needs to count.
const FEWEST_IN_A_MONTH: usize = 8;

/// The current run of months against the rate before the last eight. `None` with fewer than six months before them.
pub(crate) fn run_of_months(months: &[Period]) -> Option<Run> {
    let heard = heard(months);
    let before = heard.len().checked_sub(RUN).filter(|b| *b >= 6)?;
    let (episodes, nights) = heard[..before]
        .iter()
        .fold((0, 0), |a, m| (a.0 + m.episodes, a.1 + m.recorded));
    let centre = 7.0 * episodes as f64 / nights as f64;
    let side = |m: &Period| {
        m.rate_per_week
            .and_then(|r| r.value.partial_cmp(&centre))
            .unwrap_or(std::cmp::Ordering::Equal)
    };
    let last = side(heard.last()?);
    let months = if last.is_eq() {
        0
    } else {
        heard.iter().rev().take_while(|m| side(m) == last).count()
    };
    Some(Run {
        centre,
        months,
        above: last.is_gt(),
        flagged: months >= RUN,
    })
}

fn heard(months: &[Period]) -> Vec<&Period> {
    let enough = |m: &&Period| m.recorded >= FEWEST_IN_A_MONTH;
    months.iter().filter(enough).collect()
}

/// A month against the usual variation from month to month.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct MonthPoint {
    /// First calendar night of the month in the diary.
    pub(crate) from: NaiveDate,
    /// Cramps a week.
    pub(crate) rate: f64,
    /// Limits for that many recorded nights.
    pub(crate) limits: Limits,
    /// Above the upper limit, below the lower one, or (`None`) between them.
    pub(crate) above: Option<bool>,
}

/// Monthly rates against three-sigma limits widened by the person's own variation (u' chart after Laney).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct MonthlyChart {
    pub(crate) centre: f64,
    /// Spread of the months over that of Poisson counts. The limits are never narrower than Poisson ones: a few months
    /// that happen to agree are no reason to call the next one unusual.
    pub(crate) sigma_z: f64,
    pub(crate) months: Vec<MonthPoint>,
}

/// The chart of months with at least eight recorded nights; `None` with fewer than eight of them, or no cramp.
pub(crate) fn monthly_chart(months: &[Period]) -> Option<MonthlyChart> {
    let heard = heard(months);
    if heard.len() < RUN {
        return None;
    }
    let events: Vec<f64> = heard.iter().map(|m| m.episodes as f64).collect();
    let weeks: Vec<f64> = heard.iter().map(|m| m.recorded as f64 / WEEK).collect();
    let chart = u_chart(&events, &weeks)?;
    let sigma_z = chart.sigma_z?;
    let limits = if sigma_z > 1.0 {
        chart.laney
    } else {
        chart.limits
    };
    let point = |((m, limits), rate): ((&&Period, Limits), f64)| MonthPoint {
        from: m.from,
        rate,
        limits,
        above: if rate > limits.high {
            Some(true)
        } else {
            (rate < limits.low).then_some(false)
        },
    };
    let rates = events.iter().zip(&weeks).map(|(e, w)| e / w);
    Some(MonthlyChart {
        centre: chart.centre,
        sigma_z,
        months: heard.iter().zip(limits).zip(rates).map(point).collect(),
    })
}

/// Cramp-free nights between rare cramp nights, against probability limits (.00135, .99865) of the geometric
/// distribution (g chart).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Gaps {
    /// Mean number of recorded cramp-free nights between cramp nights.
    pub(crate) mean: f64,
    /// A shorter gap is unusual; usually 0, so that none is.
    pub(crate) short: f64,
    pub(crate) middle: f64,
    pub(crate) long: f64,
    pub(crate) complete: usize,
    pub(crate) outside: usize,
    pub(crate) last: usize,
    /// Cramp-free recorded nights since the last cramp night.
    pub(crate) open: usize,
    pub(crate) longer_than_limit: bool,
    /// Recorded nights from one cramp night to the next, after the power 1/3.6 (t chart): for diaries of ten years and
    /// more, whose gaps are long enough to be near a continuous time.
    pub(crate) decades: Option<Limits>,
}

/// Nights in ten years.
const TEN_YEARS: usize = 3652;
/// Cramp nights without which nothing is said about gaps.
const FEWEST_RARE: usize = 5;

/// Gaps for a person with a cramp on fewer than 1 in 10 recorded nights and at least five cramp nights. Unrecorded
/// nights stop the count.
pub(crate) fn gaps(counts: &[Option<u32>]) -> Option<Gaps> {
    let known: Vec<bool> = counts.iter().flatten().map(|c| *c > 0).collect();
    let cramp: Vec<usize> = known
        .iter()
        .enumerate()
        .filter_map(|(i, c)| c.then_some(i))
        .collect();
    if cramp.len() < FEWEST_RARE || cramp.len() * 10 >= known.len() {
        return None;
    }
    let between: Vec<usize> = cramp.windows(2).map(|w| w[1] - w[0] - 1).collect();
    let lengths: Vec<f64> = between.iter().map(|g| *g as f64).collect();
    let limits = g_chart_probability(&lengths)?;
    let open = known.len() - 1 - cramp.last()?;
    let apart: Vec<f64> = lengths.iter().map(|g| g + 1.0).collect();
    Some(Gaps {
        mean: lengths.iter().sum::<f64>() / lengths.len() as f64,
        short: limits.low,
        middle: limits.centre,
        long: limits.high,
        complete: between.len(),
        outside: lengths
            .iter()
            .filter(|g| **g < limits.low || **g > limits.high)
            .count(),
        last: *between.last()?,
        open,
        longer_than_limit: open as f64 > limits.high,
        decades: (known.len() >= TEN_YEARS)
            .then(|| t_chart(&apart))
            .flatten(),
    })
}

/// Recorded nights a baseline needs.
pub(crate) const FEWEST_BASELINE: usize = 90;
/// Rate ratios the CUSUM looks for.
const UP: f64 = 1.6;
const DOWN: f64 = 0.6;
/// Share of resampled years above the alarm level.
///
/// Blocks of fourteen nights lose half of the slow swings of AR(.9) nights: at 2 % of resampled years, 11 % of such real
/// years raise an alarm, and 5 % of independent ones (validation V11).
const ALARMS_A_RESAMPLED_YEAR: f64 = 0.02;
const YEAR: usize = 365;
/// Resampled years behind the alarm level.
const RESAMPLES: usize = 1000;

/// A CUSUM with its calibrated limit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Cusum {
    pub(crate) now: f64,
    /// Where it would be called an alarm (in about 1 of 10 years without change).
    pub(crate) limit: f64,
    pub(crate) alarm: bool,
}

/// Upward and downward CUSUM over the current nights.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Spells {
    pub(crate) worse: Cusum,
    pub(crate) better: Cusum,
    pub(crate) baseline_rate: f64,
    pub(crate) baseline_nights: usize,
}

/// One chart's steps: `[y ln(l1/l0) - (l1 - l0)] / phi`, never below 0. Unrecorded nights pause it.
fn path(
    counts: impl Iterator<Item = Option<u32>>,
    rate: f64,
    ratio: f64,
    phi: f64,
) -> impl Iterator<Item = f64> {
    counts.scan(0.0f64, move |c, y| {
        if let Some(y) = y {
            *c = (*c + (f64::from(y) * ratio.ln() - rate * (ratio - 1.0)) / phi).max(0.0);
        }
        Some(*c)
    })
}

/// Nights, rate and dispersion (at least 1) of a baseline.
fn baseline_of(counts: &[Option<u32>]) -> Option<(usize, f64, f64)> {
    let tally = Tally::of(counts);
    Some((tally.recorded, tally.rate(), dispersion(counts)?.max(1.0)))
}

/// CUSUMs of `current` against `baseline` (calendar nights). `None` when the baseline has fewer than 90 recorded
/// nights, or no cramp.
pub(crate) fn spells(
    baseline: &[Option<u32>],
    current: &[Option<u32>],
    seed: u64,
) -> Option<Spells> {
    let (nights, rate, phi) = baseline_of(baseline)?;
    if nights < FEWEST_BASELINE || rate == 0.0 {
        return None;
    }
    let one = |ratio: f64, seed: u64| {
        let limit = alarm_limit(baseline, rate, ratio, phi, seed);
        let now = path(current.iter().copied(), rate, ratio, phi)
            .last()
            .unwrap_or(0.0);
        Cusum {
            now,
            limit,
            alarm: now >= limit,
        }
    };
    Some(Spells {
        worse: one(UP, seed),
        better: one(DOWN, seed ^ 1),
        baseline_rate: rate,
        baseline_nights: nights,
    })
}

/// Whether the upward chart would have raised an alarm on any of `nights`; for validation.
pub(crate) fn ever_alarmed(
    baseline: &[Option<u32>],
    nights: &[Option<u32>],
    seed: u64,
) -> Option<bool> {
    let (_, rate, phi) = baseline_of(baseline)?;
    let limit = alarm_limit(baseline, rate, UP, phi, seed);
    Some(path(nights.iter().copied(), rate, UP, phi).any(|c| c >= limit))
}

/// The level that 2 % of the years made of the person's own 14-night stretches exceed.
///
/// Each resampled year is judged against the rate of a resampled baseline of the original's length, because the
/// person's own baseline rate is itself only an estimate.
fn alarm_limit(baseline: &[Option<u32>], rate: f64, ratio: f64, phi: f64, seed: u64) -> f64 {
    let blocks: Vec<&[Option<u32>]> = baseline.windows(BLOCK).collect();
    let tallies: Vec<Tally> = blocks.iter().map(|b| Tally::of(b)).collect();
    let mut highest: Vec<f64> = (0..RESAMPLES)
        .into_par_iter()
        .map(|run| {
            let mut rng = generator(seed, run as u64);
            let mut draw = || below(&mut rng, blocks.len() as u64) as usize;
            let of_baseline = baseline.len().div_ceil(BLOCK);
            let (cramps, nights) = (0..of_baseline)
                .map(|_| tallies[draw()])
                .fold((0, 0), |a, b| (a.0 + b.episodes, a.1 + b.recorded));
            let rate = if cramps > 0 {
                cramps as f64 / nights as f64
            } else {
                rate
            };
            let year: Vec<Option<u32>> = (0..YEAR.div_ceil(BLOCK))
                .flat_map(|_| blocks[draw()].iter().copied())
                .take(YEAR)
                .collect();
            path(year.into_iter(), rate, ratio, phi).fold(0.0, f64::max)
        })
        .collect();
    highest.sort_by(f64::total_cmp);
    let at = ((1.0 - ALARMS_A_RESAMPLED_YEAR) * RESAMPLES as f64).ceil() as usize;
    highest.get(at).copied().unwrap_or(f64::INFINITY)
}
