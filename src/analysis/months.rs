//! Rates over time: months, 56-night stretches, and the whole diary. Exposure is recorded nights, never calendar nights.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::analysis::look::evening;
use crate::analysis::night_model::BLOCK;
use crate::analysis::night_table::NightTable;
use crate::stats::background::{Family, fit};
use crate::stats::block_jackknife::cr3;
use crate::stats::distribution::t_quantile;
use crate::stats::drift_design::{Design, Drift};
use crate::stats::estimate::Estimate;
use crate::stats::rate::poisson_rate;

/// Nights in a week.
pub(crate) const WEEK: f64 = 7.0;
/// Nights in a stretch of the drift.
pub(crate) const STRETCH: usize = 56;

/// Cramps on the recorded nights of a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Period {
    /// Evening of the first calendar night.
    pub(crate) from: NaiveDate,
    /// Evening of the last calendar night.
    pub(crate) to: NaiveDate,
    /// Recorded nights.
    pub(crate) recorded: usize,
    /// Of those, with a cramp.
    pub(crate) cramp: usize,
    /// Cramps on them.
    pub(crate) episodes: u64,
    /// Cramps a week, exact interval; `None` without a recorded night.
    pub(crate) rate_per_week: Option<Estimate>,
}

/// The period of calendar nights `from..to` of a table.
pub(crate) fn period(table: &NightTable, from: usize, to: usize) -> Period {
    let counts = table.counts.get(from..to).unwrap_or_default();
    let recorded = counts.iter().flatten().count();
    let episodes = counts.iter().flatten().map(|c| u64::from(*c)).sum();
    Period {
        from: evening(table, from),
        to: evening(table, to.saturating_sub(1).max(from)),
        recorded,
        cramp: counts.iter().flatten().filter(|c| **c > 0).count(),
        episodes,
        rate_per_week: poisson_rate(episodes, recorded as f64, 0.95).map(|r| r.scaled(WEEK)),
    }
}

/// Calendar months, the first and last possibly cut short.
pub(crate) fn months(table: &NightTable) -> Vec<Period> {
    let month = |t: usize| {
        let d = evening(table, t);
        (d.year(), d.month())
    };
    let mut out = Vec::new();
    let mut from = 0;
    for t in 1..=table.counts.len() {
        if t == table.counts.len() || month(t) != month(from) {
            out.push(period(table, from, t));
            from = t;
        }
    }
    out
}

/// Stretches of 56 nights from the first recorded one.
pub(crate) fn stretches(table: &NightTable) -> Vec<Period> {
    let Some((first, last)) = table.recorded_span() else {
        return Vec::new();
    };
    (first..=last)
        .step_by(STRETCH)
        .map(|from| period(table, from, (from + STRETCH).min(last + 1)))
        .collect()
}

/// Pearson dispersion of the counts around one rate; `None` with fewer than two recorded nights or no cramp.
pub(crate) fn dispersion(counts: &[Option<u32>]) -> Option<f64> {
    let known: Vec<f64> = counts.iter().flatten().map(|c| f64::from(*c)).collect();
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    let squares: f64 = known.iter().map(|c| (c - mean) * (c - mean)).sum();
    (known.len() > 1 && mean > 0.0).then(|| squares / mean / (known.len() as f64 - 1.0))
}

/// Cramps a week over a whole table. Above a dispersion of 1.3 the exact interval is too narrow, and the interval
/// from leaving out 14-night blocks stands instead.
pub(crate) fn overall_rate(table: &NightTable) -> Option<Estimate> {
    let all = period(table, 0, table.counts.len());
    let exact = all.rate_per_week?;
    if dispersion(&table.counts).is_none_or(|phi| phi <= 1.3) {
        return Some(exact);
    }
    Some(block_interval(&table.counts, BLOCK).unwrap_or(exact))
}

/// Weekly rate with an interval from leaving out blocks of `length` nights.
pub(crate) fn block_interval(counts: &[Option<u32>], length: usize) -> Option<Estimate> {
    let (times, y): (Vec<usize>, Vec<f64>) = counts
        .iter()
        .enumerate()
        .filter_map(|(t, c)| c.map(|c| (t, f64::from(c))))
        .unzip();
    let design = Design::new(Drift::none(), times.clone(), vec![1.0; times.len()], 1);
    let f = fit(&design, &y, Family::Poisson, &[0.0], None)?;
    let robust = cr3(&design, &f, length, &[0])?;
    let (b, half) = (f.border(0), t_quantile(0.975, robust.df(0)) * robust.se(0));
    Estimate::new(b, b - half, b + half, 0.95).map(|e| e.exp().scaled(WEEK))
}
