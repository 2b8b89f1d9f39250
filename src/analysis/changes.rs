//! Change points of the rate: PELT on weekly totals (Killick, Fearnhead & Eckley 2012), each with the dates it could
//! as well have happened, and the flag for a level that has really shifted.
//!
//! Before and after a course began or ended: two rates, and how unusual their difference is among dates on which
//! nothing was switched. Capped at "hint": people start things when cramps are at their worst.

use std::ops::Range;

use chrono::NaiveDate;
use serde::Serialize;

use crate::analysis::model::{BLOCK, known};
use crate::analysis::night_table::{NightTable, Tally};
use crate::analysis::rates::{Period, block_interval, log_rate, period, seasonal_factor};
use crate::data::word::words;
use crate::diary::Night;
use crate::stats::change::{pelt, support};
use crate::stats::estimate::Estimate;
use crate::stats::rate::poisson_rate_ratio;

const WEEK: usize = 7;
/// Weeks in the shortest segment.
const SHORTEST: usize = 4;
/// Weeks without which no change is looked for.
const FEWEST_WEEKS: usize = 8;
/// Penalty: this times phi ln W.
const PENALTY: f64 = 4.0;
/// Half the chi-squared point of a 95 % support interval.
const SUPPORT: f64 = 1.92;

/// A change of level.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Change {
    pub(crate) night: Night,
    #[serde(rename = "before")]
    pub(crate) rate_before: Option<Estimate>,
    /// Cramps a week after, interval from 14-night blocks.
    #[serde(rename = "after")]
    pub(crate) rate_after: Option<Estimate>,
    /// Rate after over rate before, interval from 14-night blocks.
    #[serde(rename = "rate_ratio")]
    pub(crate) ratio: Option<Estimate>,
    pub(crate) confidence: f64,
    pub(crate) earliest: Night,
    pub(crate) latest: Night,
    /// Old, large and certain enough to be called a shift of level.
    pub(crate) level_shift: bool,
    #[serde(skip)]
    pub(crate) before: Period,
    #[serde(skip)]
    pub(crate) after: Period,
}

/// Weekly totals with at least one recorded night.
#[derive(Default)]
struct Weeks {
    start: Vec<usize>,
    total: Vec<f64>,
    exposure: Vec<f64>,
}

/// The changes of a table, in order. `None` when fewer than 8 weeks hold a recorded night.
pub(crate) fn changes(table: &NightTable) -> Option<Vec<Change>> {
    let (first, last) = table.recorded_span()?;
    let weeks = weeks(table, first, last);
    let n = weeks.total.len();
    if n < FEWEST_WEEKS {
        return None;
    }
    let phi = roughness(&weeks);
    let penalty = PENALTY * phi * (n as f64).ln();
    let segmentation = pelt(&weeks.total, Some(&weeks.exposure), penalty, SHORTEST)?;
    let mut bounds = vec![0];
    bounds.extend(segmentation.ends);
    let starts = |week: usize| weeks.start.get(week).copied().unwrap_or(last + 1);
    let night_of = |t: usize| Night::of_evening(table.evening(t));
    let change = |b: &[usize]| {
        let (from, at, to) = (b[0], b[1], b[2]);
        let near = support(
            &weeks.total,
            Some(&weeks.exposure),
            from,
            to,
            SHORTEST,
            SUPPORT * phi,
        );
        let (early, late) = near.map_or((at, at), |(a, b)| (a.min(at), b.max(at)));
        let (a, m, z) = (starts(from), starts(at), starts(to));
        let (before, after) = (period(table, a, m), period(table, m, z));
        let ratio = ratio(&table.counts, a, m, z);
        let level_shift = is_level_shift(&after, last + 1 - m, ratio.as_ref());
        Change {
            night: night_of(m),
            earliest: night_of(starts(early)),
            latest: night_of(starts(late)),
            confidence: 0.95,
            rate_before: block_interval(&table.counts[a..m], BLOCK).or(before.rate_per_week),
            rate_after: block_interval(&table.counts[m..z], BLOCK).or(after.rate_per_week),
            before,
            after,
            ratio,
            level_shift,
        }
    };
    Some(bounds.windows(3).map(change).collect())
}

/// Calendar night at which the last accepted segment begins.
pub(crate) fn last_segment(table: &NightTable) -> Option<usize> {
    let (first, _) = table.recorded_span()?;
    let night = changes(table).unwrap_or_default().last().map(|c| c.night);
    night.map_or(Some(first), |d| {
        usize::try_from((d.date() - table.first).num_days()).ok()
    })
}

fn weeks(table: &NightTable, first: usize, last: usize) -> Weeks {
    let season = seasonal_factor(table);
    let mut weeks = Weeks::default();
    for start in (first..=last).step_by(WEEK) {
        let (mut total, mut exposure) = (0.0, 0.0);
        let nights = table.counts.iter().zip(&season).take(last + 1);
        for (count, seasonal) in nights.skip(start).take(WEEK) {
            if let Some(c) = count {
                total += f64::from(*c);
                exposure += seasonal;
            }
        }
        if exposure > 0.0 {
            weeks.start.push(start);
            weeks.total.push(total);
            weeks.exposure.push(exposure);
        }
    }
    weeks
}

/// Overdispersion seen between neighbouring four-week totals, which slow spells raise and a single step hardly does.
fn roughness(weeks: &Weeks) -> f64 {
    let mean_rate = weeks.total.iter().sum::<f64>() / weeks.exposure.iter().sum::<f64>();
    let fours: Vec<(f64, f64)> = weeks
        .total
        .chunks_exact(SHORTEST)
        .zip(weeks.exposure.chunks_exact(SHORTEST))
        .map(|(t, e)| (t.iter().sum(), e.iter().sum()))
        .collect();
    let (mut squares, mut expected) = (0.0, 0.0);
    for pair in fours.windows(2) {
        let [(a, m), (b, n)] = [pair[0], pair[1]];
        // Scaled to the mean exposure of the pair, so that gaps do not pass for roughness.
        let d = (a / m - b / n) * (m + n) / 2.0;
        squares += d * d;
        expected += mean_rate * (m + n);
    }
    if expected > 0.0 {
        (squares / expected).max(1.0)
    } else {
        1.0
    }
}

/// Rate in `m..z` over rate in `a..m` with an interval from 14-night blocks; `None` when a side has no cramp.
fn ratio(counts: &[Option<u32>], a: usize, m: usize, z: usize) -> Option<Estimate> {
    let (times, y) = known(&counts[a..z]);
    let border = times
        .iter()
        .flat_map(|t| [1.0, f64::from(t + a >= m)])
        .collect();
    let step = log_rate((times, &y), border, 2, (BLOCK, 1))?;
    // Without a cramp on one side the coefficient runs away.
    step.ratio.filter(|r| r.value.ln().abs() <= 12.0)
}

/// At least 28 nights old, at least 14 cramps since (or 42 recorded nights of none), at least half as many again or a
/// third fewer, and an interval off 1.
fn is_level_shift(after: &Period, age: usize, ratio: Option<&Estimate>) -> bool {
    let quiet = after.episodes == 0 && after.recorded >= 42;
    let far =
        ratio.is_some_and(|r| (r.value >= 1.5 && r.low > 1.0) || (r.value <= 0.67 && r.high < 1.0));
    age >= 28 && (quiet || (after.episodes >= 14 && far))
}

/// Recorded nights compared on each side.
pub(crate) const WINDOW: usize = 56;
/// Switch dates without a switch the comparison needs.
const FEWEST_DATES: usize = 60;
/// Recorded nights without which a side says nothing.
const FEWEST_ON_A_SIDE: usize = 28;

words! {
    /// What a switch is.
    SwitchKind, "switch", {
        Start = "start",
        Stop = "stop",
        /// A mark the person set on the time axis.
        Mark = "mark",
    }
}

/// One switch: a course, or several within 14 nights, starting or stopping.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Switch {
    pub(crate) names: Vec<String>,
    pub(crate) kind: SwitchKind,
    /// Calendar night of the switch in the table (the first night under the new state).
    pub(crate) at: usize,
    pub(crate) washout: usize,
}

/// What came before and after a switch.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct BeforeAfter {
    /// Names of the courses (several that switched within 14 nights cannot be told apart).
    pub(crate) courses: Vec<String>,
    pub(crate) kind: SwitchKind,
    pub(crate) date: NaiveDate,
    pub(crate) washout: usize,
    pub(crate) before: Period,
    /// 56 recorded nights after, once the washout is over.
    pub(crate) after: Period,
    /// Rate after over rate before, exact interval (too narrow when nights resemble each other).
    pub(crate) ratio: Option<Estimate>,
    /// Share of dates without a switch that differ at least as much; `None` with fewer than 60 such dates.
    pub(crate) p: Option<f64>,
    pub(crate) dates: usize,
    pub(crate) month_before: Period,
    pub(crate) year_before: Period,
    /// p <= 0.05: at most a hint.
    pub(crate) hint: bool,
}

/// Compares before and after one switch. `None` when a side has fewer than 28 recorded nights.
pub(crate) fn before_after(
    table: &NightTable,
    switch: &Switch,
    others: &[usize],
) -> Option<BeforeAfter> {
    let (before, after) = sides(&table.counts, switch.at, switch.washout)?;
    let before = period(table, before.start, before.end);
    let after = period(table, after.start, after.end);
    if before.recorded.min(after.recorded) < FEWEST_ON_A_SIDE {
        return None;
    }
    let exact = poisson_rate_ratio(
        (after.episodes, before.episodes),
        (after.recorded as f64, before.recorded as f64),
        1.0,
        0.95,
    );
    let mut switches = others.to_vec();
    switches.push(switch.at);
    let (p, dates) = placebo(&table.counts, switch.at, switch.washout, &switches);
    Some(BeforeAfter {
        courses: switch.names.clone(),
        kind: switch.kind,
        date: table.evening(switch.at),
        washout: switch.washout,
        ratio: exact.and_then(|r| r.estimate),
        p,
        dates,
        month_before: period(table, switch.at.saturating_sub(28), switch.at),
        year_before: period(
            table,
            switch.at.saturating_sub(365 + 28),
            switch.at.saturating_sub(28),
        ),
        hint: p.is_some_and(|p| p <= 0.05),
        before,
        after,
    })
}

/// Calendar ranges holding the last 56 recorded nights before `at` and the first 56 after the washout.
fn sides(
    counts: &[Option<u32>],
    at: usize,
    washout: usize,
) -> Option<(Range<usize>, Range<usize>)> {
    let start = at + washout;
    if at == 0 || start >= counts.len() {
        return None;
    }
    let recorded = |t: &usize| counts[*t].is_some();
    let from = (0..at).rev().filter(recorded).nth(WINDOW - 1);
    let to = (start..counts.len()).filter(recorded).nth(WINDOW - 1);
    let end = to.map_or(counts.len(), |t| t + 1);
    Some((from.unwrap_or(0)..at, start..end))
}

/// |ln| of the ratio of rates after and before a date, half a cramp added to each side.
fn statistic(counts: &[Option<u32>], at: usize, washout: usize) -> Option<f64> {
    let (before, after) = sides(counts, at, washout)?;
    let total = |side: Range<usize>| {
        let tally = Tally::of(&counts[side]);
        (tally.episodes as f64 + 0.5, tally.recorded as f64)
    };
    let ((a, n), (b, m)) = (total(after), total(before));
    (n.min(m) >= FEWEST_ON_A_SIDE as f64).then(|| ((a / n) / (b / m)).ln().abs())
}

/// p of the switch at `at` among weekly dates at least window + washout from every real switch, and their number.
pub(crate) fn placebo(
    counts: &[Option<u32>],
    at: usize,
    washout: usize,
    switches: &[usize],
) -> (Option<f64>, usize) {
    let Some(observed) = statistic(counts, at, washout) else {
        return (None, 0);
    };
    let clear = WINDOW + washout;
    let dates = (at % 7..counts.len())
        .step_by(7)
        .filter(|d| switches.iter().all(|s| d.abs_diff(*s) >= clear));
    let (mut n, mut as_large) = (0usize, 0usize);
    for value in dates
        .filter(|d| *d >= WINDOW && d + washout + WINDOW <= counts.len())
        .filter_map(|d| statistic(counts, d, washout))
    {
        n += 1;
        as_large += usize::from(value >= observed);
    }
    (
        (n >= FEWEST_DATES).then(|| (1 + as_large) as f64 / (1 + n) as f64),
        n,
    )
}
