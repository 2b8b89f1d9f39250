//! Change points of the rate: PELT on weekly totals (Killick, Fearnhead & Eckley 2012), each with the dates it could
//! as well have happened, and the flag for a level that has really shifted.

use chrono::NaiveDate;
use serde::Serialize;

use crate::analysis::look::evening;
use crate::analysis::months::{Period, block_interval, period};
use crate::analysis::night_model::BLOCK;
use crate::analysis::night_table::NightTable;
use crate::analysis::seasons::seasonal_factor;
use crate::stats::background::{Family, fit};
use crate::stats::block_jackknife::cr3;
use crate::stats::change_point::{Cost, pelt, support};
use crate::stats::distribution::t_quantile;
use crate::stats::drift_design::{Design, Drift};
use crate::stats::estimate::Estimate;

/// Nights in a week.
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
    /// First evening of the new level.
    pub(crate) night: NaiveDate,
    /// Earliest and latest evening it could as well have been (95 % support).
    pub(crate) earliest: NaiveDate,
    /// Latest such evening.
    pub(crate) latest: NaiveDate,
    /// The level before.
    pub(crate) before: Period,
    /// The level after.
    pub(crate) after: Period,
    /// Cramps a week before, interval from 14-night blocks.
    pub(crate) rate_before: Option<Estimate>,
    /// Cramps a week after, interval from 14-night blocks.
    pub(crate) rate_after: Option<Estimate>,
    /// Rate after over rate before, interval from 14-night blocks.
    pub(crate) ratio: Option<Estimate>,
    /// Old, large and certain enough to be called a shift of level.
    pub(crate) level_shift: bool,
}

/// Weekly totals with at least one recorded night.
struct Weeks {
    /// Calendar night each week starts at.
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
    let segmentation = pelt(
        &weeks.total,
        Some(&weeks.exposure),
        Cost::Poisson,
        penalty,
        SHORTEST,
    )?;
    let mut bounds = vec![0];
    bounds.extend(segmentation.ends);
    let night_of = |week: usize| weeks.start.get(week).copied().unwrap_or(last + 1);
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
        let (a, m, z) = (night_of(from), night_of(at), night_of(to));
        let (before, after) = (period(table, a, m), period(table, m, z));
        let ratio = ratio(&table.counts, a, m, z);
        let level_shift = is_level_shift(&after, last + 1 - m, ratio.as_ref());
        Change {
            night: evening(table, m),
            earliest: evening(table, night_of(early)),
            latest: evening(table, night_of(late)),
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
        usize::try_from((d - table.first).num_days()).ok()
    })
}

fn weeks(table: &NightTable, first: usize, last: usize) -> Weeks {
    let season = seasonal_factor(table);
    let mut weeks = Weeks {
        start: Vec::new(),
        total: Vec::new(),
        exposure: Vec::new(),
    };
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
    let known = (a..z).filter_map(|t| counts[t].map(|c| (t - a, f64::from(c))));
    let (times, y): (Vec<usize>, Vec<f64>) = known.unzip();
    let border = times
        .iter()
        .flat_map(|t| [1.0, f64::from(t + a >= m)])
        .collect();
    let design = Design::new(Drift::none(), times, border, 2);
    let f = fit(&design, &y, Family::Poisson, &[0.0, 0.0], None)?;
    let robust = cr3(&design, &f, BLOCK, &[1])?;
    let (b, half) = (f.border(1), t_quantile(0.975, robust.df(0)) * robust.se(0));
    if b.abs() > 12.0 {
        return None;
    }
    Estimate::new(b, b - half, b + half, 0.95).map(Estimate::exp)
}

/// At least 28 nights old, at least 14 cramps since (or 42 recorded nights of none), at least half as many again or a
/// third fewer, and an interval off 1.
fn is_level_shift(after: &Period, age: usize, ratio: Option<&Estimate>) -> bool {
    let quiet = after.episodes == 0 && after.recorded >= 42;
    let far =
        ratio.is_some_and(|r| (r.value >= 1.5 && r.low > 1.0) || (r.value <= 0.67 && r.high < 1.0));
    age >= 28 && (quiet || (after.episodes >= 14 && far))
}
