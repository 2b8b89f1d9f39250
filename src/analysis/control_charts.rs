//! Control charts of one diary: months on one side of the earlier rate, months outside the usual variation, and gaps
//! between rare cramps (Benneyan 2001; Woodall 2006; Laney 2002; Nelson 1994).

use chrono::NaiveDate;
use serde::Serialize;

use crate::analysis::months::{Period, WEEK};
use crate::stats::control_chart::{Limits, g_chart_probability, t_chart, u_chart};

/// A run of months on one side of the frozen centre.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Run {
    /// Cramps a week in all months before the last eight.
    pub(crate) centre: f64,
    /// Months in a row, up to now, on the same side.
    pub(crate) months: usize,
    /// Whether they lie above.
    pub(crate) above: bool,
    /// Eight or more.
    pub(crate) flagged: bool,
}

/// Months of a run.
const RUN: usize = 8;
/// Recorded nights a month needs to count.
const FEWEST_IN_A_MONTH: usize = 8;

/// The current run of months against the rate before the last eight. `None` with fewer than six months before them.
pub(crate) fn run_of_months(months: &[Period]) -> Option<Run> {
    let heard: Vec<&Period> = months
        .iter()
        .filter(|m| m.recorded >= FEWEST_IN_A_MONTH)
        .collect();
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
    /// Cramps a week over these months.
    pub(crate) centre: f64,
    /// Spread of the months over that of Poisson counts. The limits are never narrower than Poisson ones: a few months
    /// that happen to agree are no reason to call the next one unusual.
    pub(crate) sigma_z: f64,
    /// The months.
    pub(crate) months: Vec<MonthPoint>,
}

/// The chart of months with at least eight recorded nights; `None` with fewer than eight of them, or no cramp.
pub(crate) fn monthly_chart(months: &[Period]) -> Option<MonthlyChart> {
    let heard: Vec<&Period> = months
        .iter()
        .filter(|m| m.recorded >= FEWEST_IN_A_MONTH)
        .collect();
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
    /// The middle of the distribution.
    pub(crate) middle: f64,
    /// A longer gap is unusual.
    pub(crate) long: f64,
    /// Complete gaps.
    pub(crate) complete: usize,
    /// How many of them lie outside the limits.
    pub(crate) outside: usize,
    /// The last complete gap.
    pub(crate) last: usize,
    /// Cramp-free recorded nights since the last cramp night.
    pub(crate) open: usize,
    /// Whether the gap now open is longer than the limit.
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
