//! Is a worse (or better) spell on right now? A Poisson CUSUM against the last settled stretch, with an alarm level
//! calibrated by resampling the person's own 14-night blocks.

use rayon::prelude::*;
use serde::Serialize;

use crate::analysis::night_model::BLOCK;
use crate::stats::permutation::{below, generator};

/// Recorded nights a baseline needs.
pub(crate) const FEWEST_BASELINE: usize = 90;
/// Rate ratios the CUSUM looks for.
const UP: f64 = 1.6;
const DOWN: f64 = 0.6;
/// Share of resampled years above the alarm level.
///
/// Fourteen-night blocks keep only about half of the slow swings of a series with AR(.9) nights, so a level that 10 %
/// of resampled years exceed is exceeded by 27 to 33 % of real ones (validation V11); 56-night blocks leave too few
/// to draw from (29 %). At 2 % of resampled years, 11 % of real years with AR(.9) nights raise an alarm, 5 % of
/// independent ones, and 14 % after a baseline of only 120 nights.
const ALARMS_A_RESAMPLED_YEAR: f64 = 0.02;
const YEAR: usize = 365;
/// Resampled years behind the alarm level.
const RESAMPLES: usize = 1000;

/// A CUSUM with its calibrated limit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Cusum {
    /// Where it stands after the last night.
    pub(crate) now: f64,
    /// Where it would be called an alarm (in about 1 of 10 years without change).
    pub(crate) limit: f64,
    /// Whether it stands at or above the limit.
    pub(crate) alarm: bool,
}

/// Upward and downward CUSUM over the current nights.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Spells {
    /// Towards more cramps.
    pub(crate) worse: Cusum,
    /// Towards fewer.
    pub(crate) better: Cusum,
    /// Cramps a night in the baseline.
    pub(crate) baseline_rate: f64,
    /// Recorded nights in the baseline.
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

/// CUSUMs of `current` against `baseline` (calendar nights). `None` when the baseline has fewer than 90 recorded
/// nights, or no cramp.
pub(crate) fn spells(
    baseline: &[Option<u32>],
    current: &[Option<u32>],
    seed: u64,
) -> Option<Spells> {
    let nights = baseline.iter().flatten().count();
    let cramps: u64 = baseline.iter().flatten().map(|c| u64::from(*c)).sum();
    if nights < FEWEST_BASELINE || cramps == 0 {
        return None;
    }
    let rate = cramps as f64 / nights as f64;
    let phi = crate::analysis::months::dispersion(baseline)?.max(1.0);
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
    let known = baseline.iter().flatten().count();
    let cramps: u64 = baseline.iter().flatten().map(|c| u64::from(*c)).sum();
    let phi = crate::analysis::months::dispersion(baseline)?.max(1.0);
    let rate = cramps as f64 / known as f64;
    let limit = alarm_limit(baseline, rate, UP, phi, seed);
    Some(path(nights.iter().copied(), rate, UP, phi).any(|c| c >= limit))
}

/// The level that 2 % of the years made of the person's own 14-night stretches exceed.
///
/// Each resampled year is judged against the rate of a resampled baseline of the original's length, because the
/// person's own baseline rate is itself only an estimate.
fn alarm_limit(baseline: &[Option<u32>], rate: f64, ratio: f64, phi: f64, seed: u64) -> f64 {
    let blocks: Vec<&[Option<u32>]> = baseline.windows(BLOCK).collect();
    let sum = |b: &[Option<u32>]| {
        (
            b.iter().flatten().map(|c| u64::from(*c)).sum::<u64>(),
            b.iter().flatten().count() as u64,
        )
    };
    let sums: Vec<(u64, u64)> = blocks.iter().map(|b| sum(b)).collect();
    let mut highest: Vec<f64> = (0..RESAMPLES)
        .into_par_iter()
        .map(|run| {
            let mut rng = generator(seed, run as u64);
            let mut draw = || below(&mut rng, blocks.len() as u64) as usize;
            let of_baseline = baseline.len().div_ceil(BLOCK);
            let (cramps, nights) = (0..of_baseline)
                .map(|_| sums[draw()])
                .fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
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
