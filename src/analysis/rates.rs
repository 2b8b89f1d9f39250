//! Rates over time: months, 56-night stretches, and the whole diary. Exposure is recorded nights, never calendar nights.
//!
//! Slow change and season: log-linear drift over years and annual harmonics, with intervals from 56-night blocks.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::analysis::model::{BLOCK, YEAR, known};
use crate::analysis::night_table::{NightTable, Tally};
use crate::stats::block_jackknife::cr3;
use crate::stats::design::Design;
use crate::stats::distribution::f_upper;
use crate::stats::distribution::{t_quantile, t_two_sided};
use crate::stats::estimate::Estimate;
use crate::stats::rate::poisson_rate;
use crate::stats::regression::{Family, Fit, fit};

pub(crate) const WEEK: f64 = 7.0;
pub(crate) const STRETCH: usize = 56;

/// Cramps on the recorded nights of a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Period {
    pub(crate) from: NaiveDate,
    pub(crate) to: NaiveDate,
    pub(crate) recorded: usize,
    pub(crate) cramp: usize,
    pub(crate) episodes: u64,
    /// Cramps a week, exact interval; `None` without a recorded night.
    pub(crate) rate_per_week: Option<Estimate>,
}

/// Cramps per seven recorded nights with the exact 95 % Poisson interval (Garwood 1936); `None` without a recorded night.
pub(crate) fn weekly_rate(cramps: u64, recorded: usize) -> Option<Estimate> {
    poisson_rate(cramps, recorded as f64, 0.95).map(|r| r.scaled(WEEK))
}

/// The period of calendar nights `from..to` of a table.
pub(crate) fn period(table: &NightTable, from: usize, to: usize) -> Period {
    let counts = table.counts.get(from..to).unwrap_or_default();
    let Tally {
        recorded,
        cramp,
        episodes,
    } = Tally::of(counts);
    Period {
        from: table.evening(from),
        to: table.evening(to.saturating_sub(1).max(from)),
        recorded,
        cramp,
        episodes,
        rate_per_week: weekly_rate(episodes, recorded),
    }
}

/// Calendar months, the first and last possibly cut short.
pub(crate) fn months(table: &NightTable) -> Vec<Period> {
    let month = |t: usize| {
        let d = table.evening(t);
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

/// A ratio with its error from leaving out blocks of nights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct BlockEstimate {
    pub(crate) ratio: Option<Estimate>,
    /// Two-sided p of "no difference"; `None` when it is undefined.
    pub(crate) p: Option<f64>,
}

/// Log-linear rate of counts at `times` on rows of `width` columns; column `column` with its error
/// from leaving out blocks of `length` nights.
pub(crate) fn log_rate(
    (times, y): (Vec<usize>, &[f64]),
    rows: Vec<f64>,
    width: usize,
    (length, column): (usize, usize),
) -> Option<BlockEstimate> {
    let (design, f) = log_linear(times, y, rows, width)?;
    let robust = cr3(&design, &f, length, &[column])?;
    let (beta, se, df) = (f.coefficients[column], robust.se(0), robust.df(0));
    Some(BlockEstimate {
        p: Some(t_two_sided(beta / se, df)).filter(|p| p.is_finite()),
        ratio: Estimate::around(beta, t_quantile(0.975, df) * se, 0.95).map(Estimate::exp),
    })
}

fn log_linear(times: Vec<usize>, y: &[f64], rows: Vec<f64>, width: usize) -> Option<(Design, Fit)> {
    let design = Design::from_rows(times, rows, width);
    let f = fit(&design, y, Family::Poisson, &vec![0.0; width], None)?;
    Some((design, f))
}

/// Weekly rate with an interval from leaving out blocks of `length` nights.
pub(crate) fn block_interval(counts: &[Option<u32>], length: usize) -> Option<Estimate> {
    let (times, y) = known(counts);
    let border = vec![1.0; times.len()];
    let rate = log_rate((times, &y), border, 1, (length, 0))?;
    rate.ratio.map(|e| e.scaled(WEEK))
}

/// Calendar nights before season can be separated from drift at all.
const SEPARABLE: usize = 540;
/// Calendar nights before a season is spoken of.
const TWO_YEARS: usize = 730;
const THREE_YEARS: usize = 1095;
/// Recorded nights without which no slope is fitted.
const FEWEST_NIGHTS: usize = 112;

/// Change of the rate over the whole diary.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Slope {
    pub(crate) ratio_per_year: Estimate,
    pub(crate) p: f64,
    /// p <= 0.05: the rate has drifted. Never "is getting worse".
    pub(crate) drifted: bool,
    /// Whether season was taken out (from 540 nights on).
    pub(crate) season_separated: bool,
}

/// A yearly rhythm.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Season {
    /// Day of the year of the peak, 1-366.
    pub(crate) peak_day: u32,
    pub(crate) peak_to_trough: f64,
    /// p of "no season", overdispersion allowed for.
    pub(crate) p: f64,
    /// Whether both halves of the diary peak within 45 days of the whole.
    pub(crate) same_in_both_halves: bool,
    /// All conditions met: p < 0.05, ratio at least 1.5, same peak in both halves.
    pub(crate) persistent: bool,
}

struct Rows {
    times: Vec<usize>,
    counts: Vec<f64>,
    phase: Vec<f64>,
    span: usize,
}

fn rows(table: &NightTable) -> Option<Rows> {
    let (first, last) = table.recorded_span()?;
    let (times, counts) = known(&table.counts[first..=last]);
    let start = f64::from(table.first.num_days_from_ce()) + first as f64;
    // Phase counts from 1 January 2000, so that the day of the peak can be read off.
    let origin = f64::from(NaiveDate::from_ymd_opt(2000, 1, 1)?.num_days_from_ce());
    let phase = times
        .iter()
        .map(|t| std::f64::consts::TAU * (start + *t as f64 - origin) / YEAR)
        .collect();
    Some(Rows {
        times,
        counts,
        phase,
        span: last + 1 - first,
    })
}

/// Border of `harmonics` annual harmonics: intercept, years, then cosine and sine pairs.
fn border(rows: &Rows, harmonics: usize) -> Vec<f64> {
    let mut border = Vec::with_capacity(rows.times.len() * (2 + 2 * harmonics));
    for (t, phase) in rows.times.iter().zip(&rows.phase) {
        border.extend([1.0, *t as f64 / YEAR]);
        for k in 1..=harmonics {
            border.extend([(phase * k as f64).cos(), (phase * k as f64).sin()]);
        }
    }
    border
}

/// The log-linear model with `harmonics` annual harmonics.
fn fitted(rows: &Rows, harmonics: usize) -> Option<Fit> {
    let border = border(rows, harmonics);
    let found = log_linear(rows.times.clone(), &rows.counts, border, 2 + 2 * harmonics);
    found.map(|(_, fit)| fit)
}

/// Drift of the rate over the diary. `None` with too few recorded nights, no cramp, or too few 56-night blocks.
pub(crate) fn slope(table: &NightTable) -> Option<Slope> {
    let rows = rows(table)?;
    if rows.times.len() < FEWEST_NIGHTS || rows.counts.iter().all(|c| *c == 0.0) {
        return None;
    }
    let harmonics = if rows.span < SEPARABLE {
        0
    } else if rows.span < THREE_YEARS {
        1
    } else {
        2
    };
    let nights = (rows.times.clone(), rows.counts.as_slice());
    let width = 2 + 2 * harmonics;
    let years = log_rate(nights, border(&rows, harmonics), width, (STRETCH, 1))?;
    let p = years.p?;
    Some(Slope {
        ratio_per_year: years.ratio?,
        p,
        drifted: p <= 0.05,
        season_separated: harmonics > 0,
    })
}

/// Annual rhythm from two full years on; `None` before, or without cramps.
pub(crate) fn season(table: &NightTable) -> Option<Season> {
    season_of(&rows(table)?).map(|found| found.0)
}

/// The rhythm of some nights with the model it is read from.
fn season_of(all: &Rows) -> Option<(Season, Fit)> {
    if all.span < TWO_YEARS || all.counts.iter().all(|c| *c == 0.0) {
        return None;
    }
    let with = fitted(all, 1)?;
    let without = fitted(all, 0)?;
    let df = all.times.len().checked_sub(4).filter(|d| *d > 0)? as f64;
    let pearson: f64 = with
        .score
        .iter()
        .zip(&with.mean)
        .map(|(e, m)| e * e / m)
        .sum();
    let phi = (pearson / df).max(1.0);
    let p = f_upper(
        (without.deviance - with.deviance).max(0.0) / 2.0 / phi,
        2.0,
        df,
    );
    let (c, s) = (with.coefficients[2], with.coefficients[3]);
    let peak_to_trough = (2.0 * c.hypot(s)).exp();
    let peak = s.atan2(c);
    let middle = all.span / 2;
    let same = [half(all, |t| t < middle), half(all, |t| t >= middle)]
        .into_iter()
        .all(|h| {
            let peak_of_half = fitted(&h, 1).map(|f| f.coefficients[3].atan2(f.coefficients[2]));
            peak_of_half
                .is_some_and(|q| circular_distance(peak, q) <= 45.0 / YEAR * std::f64::consts::TAU)
        });
    let day = peak.rem_euclid(std::f64::consts::TAU) / std::f64::consts::TAU * YEAR;
    let season = Season {
        peak_day: day.floor() as u32 + 1,
        peak_to_trough,
        p,
        same_in_both_halves: same,
        persistent: p < 0.05 && peak_to_trough >= 1.5 && same,
    };
    Some((season, with))
}

fn half(rows: &Rows, keep: impl Fn(usize) -> bool) -> Rows {
    let kept: Vec<usize> = (0..rows.times.len())
        .filter(|&i| keep(rows.times[i]))
        .collect();
    Rows {
        times: kept.iter().map(|&i| rows.times[i]).collect(),
        counts: kept.iter().map(|&i| rows.counts[i]).collect(),
        phase: kept.iter().map(|&i| rows.phase[i]).collect(),
        span: rows.span,
    }
}

fn circular_distance(a: f64, b: f64) -> f64 {
    let d = (a - b).rem_euclid(std::f64::consts::TAU);
    d.min(std::f64::consts::TAU - d)
}

/// Factor by which the season raises or lowers the rate on each calendar night, averaging 1 in logarithm; all 1 unless
/// a yearly rhythm stands in both halves of the diary. A single step of the level looks like half a season to the
/// harmonics; taking that out would move the date of the very change that is looked for.
pub(crate) fn seasonal_factor(table: &NightTable) -> Vec<f64> {
    persistent_season(table).unwrap_or_else(|| vec![1.0; table.counts.len()])
}

fn persistent_season(table: &NightTable) -> Option<Vec<f64>> {
    let (first, _) = table.recorded_span()?;
    let all = rows(table)?;
    let (_, f) = season_of(&all).filter(|(season, _)| season.persistent)?;
    let (c, s, phase0) = (f.coefficients[2], f.coefficients[3], all.phase.first()?);
    let start = first + all.times[0];
    let factor = |t: usize| {
        let at = phase0 + std::f64::consts::TAU * (t as f64 - start as f64) / YEAR;
        (c * at.cos() + s * at.sin()).exp()
    };
    Some((0..table.counts.len()).map(factor).collect())
}
