//! Tonight's chance of a cramp, predicted from what is known before sleep; told only when it has beaten the
//! person's own recent rate on nights it had not seen.

use serde::Serialize;

use crate::analysis::model::BLOCK;
use crate::analysis::model::YEAR;
use crate::analysis::night_table::{Factor, Kind, NightTable};
use crate::stats::design::Design;
use crate::stats::ranks::mann_whitney;
use crate::stats::regression::{Family, fit};
use crate::stats::shuffle::{below, generator};

/// Recorded nights before the first prediction.
const FIRST: usize = 180;
/// Nights predicted before the model is fitted again.
const STEP: usize = 28;
/// Nights of the recent rate.
const RECENT: usize = 28;
/// Only the last five years of nights are used.
const LONGEST: usize = 1826;
/// Ridge penalties tried; the one that predicted the earlier folds best is used for the next.
const RIDGES: [f64; 4] = [3.0, 10.0, 30.0, 100.0];
const RESAMPLES: usize = 1000;
/// Predicted nights without which nothing is judged.
const FEWEST_PREDICTED: usize = 84;

/// How well unseen nights were predicted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Forecast {
    pub(crate) nights: usize,
    pub(crate) brier: f64,
    /// The smaller error of the 28-night rate and the rate so far.
    pub(crate) brier_reference: f64,
    pub(crate) skill: f64,
    /// 5 % point of the skill over resampled 14-night blocks.
    pub(crate) skill_low: f64,
    /// Slope of the outcome on the predicted log odds; 1 is calibrated.
    pub(crate) calibration_slope: Option<f64>,
    /// Chance that a cramp night was given a higher prediction than a calm one.
    pub(crate) auc: Option<f64>,
    /// Whether it may be shown: skill surely above 0 and the slope within 0.7 to 1.3.
    pub(crate) shown: bool,
}

#[derive(Default)]
struct Nights {
    cramp: Vec<f64>,
    features: Vec<Vec<Option<f64>>>,
    recent: Vec<f64>,
    so_far: Vec<f64>,
}

/// Forward-chained predictions of a table. `None` with too few recorded nights or only one outcome.
pub(crate) fn forecast(table: &NightTable, seed: u64) -> Option<Forecast> {
    let nights = nights(table);
    let n = nights.cramp.len();
    let cramp_nights = nights.cramp.iter().sum::<f64>();
    if n < FIRST + FEWEST_PREDICTED || cramp_nights == 0.0 || cramp_nights == n as f64 {
        return None;
    }
    let mut errors = [0.0f64; RIDGES.len()];
    let mut predicted: Vec<(usize, f64)> = Vec::new();
    for start in (FIRST..n).step_by(STEP) {
        let end = (start + STEP).min(n);
        let best = (0..RIDGES.len()).min_by(|a, b| errors[*a].total_cmp(&errors[*b]))?;
        for (k, ridge) in RIDGES.iter().enumerate() {
            let p = fold(&nights, start, end, *ridge)?;
            for (i, p) in (start..end).zip(&p) {
                errors[k] += (p - nights.cramp[i]).powi(2);
            }
            if k == best {
                predicted.extend((start..end).zip(p));
            }
        }
    }
    score(&nights, &predicted, seed)
}

fn nights(table: &NightTable) -> Nights {
    let usable: Vec<&Factor> = table
        .factors
        .iter()
        .filter(|f| f.before_sleep && f.kind != Kind::Choice && f.detail_of.is_none())
        .collect();
    let mut out = Nights::default();
    let cramp = |c: u32| f64::from(c > 0);
    let nights = table.counts.iter().enumerate();
    let rows: Vec<(usize, f64)> = nights
        .filter_map(|(t, c)| Some((t, cramp((*c)?))))
        .collect();
    let rows = &rows[rows.len().saturating_sub(LONGEST)..];
    let (mut sum, mut window) = (0.0, std::collections::VecDeque::new());
    for (i, &(t, c)) in rows.iter().enumerate() {
        let rate: f64 = (window.iter().sum::<f64>() + 0.5) / (window.len() as f64 + 1.0);
        let angle = std::f64::consts::TAU * t as f64 / YEAR;
        let before = t.checked_sub(1).and_then(|b| table.counts[b]).map(cramp);
        let mut x = vec![
            before,
            Some((rate / (1.0 - rate)).ln()),
            Some(angle.cos()),
            Some(angle.sin()),
        ];
        x.extend(usable.iter().map(|f| f.values.get(t).copied().flatten()));
        out.features.push(x);
        out.cramp.push(c);
        out.recent.push(rate);
        out.so_far.push((sum + 0.5) / (i as f64 + 1.0));
        sum += c;
        window.push_back(c);
        if window.len() > RECENT {
            window.pop_front();
        }
    }
    out
}

/// Predictions for nights `start..end` of a model fitted to the nights before.
fn fold(nights: &Nights, start: usize, end: usize, ridge: f64) -> Option<Vec<f64>> {
    let width = nights.features.first()?.len();
    let scale: Vec<(f64, f64)> = (0..width)
        .map(|k| mean_and_sd(nights.features[..start].iter().filter_map(|x| x[k])))
        .collect();
    // Unknown stands at the mean of what was known by then.
    let row = |i: usize| -> Vec<f64> {
        let known = nights.features[i].iter().zip(&scale);
        let scaled = known.map(|(x, (mean, sd))| x.map_or(0.0, |x| (x - mean) / sd));
        std::iter::once(1.0).chain(scaled).collect()
    };
    let border: Vec<f64> = (0..start).flat_map(&row).collect();
    let design = Design::from_rows(vec![0; start], border, width + 1);
    let mut penalty = vec![ridge; width + 1];
    penalty[0] = 0.0;
    let f = fit(
        &design,
        &nights.cramp[..start],
        Family::Logistic,
        &penalty,
        None,
    )?;
    let risk = |i: usize| {
        let eta: f64 = row(i).iter().zip(&f.coefficients).map(|(x, b)| x * b).sum();
        1.0 / (1.0 + (-eta).exp())
    };
    Some((start..end).map(risk).collect())
}

fn mean_and_sd(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let v: Vec<f64> = values.collect();
    let n = v.len().max(1) as f64;
    let mean = v.iter().sum::<f64>() / n;
    let sd = (v.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n).sqrt();
    (mean, if sd > 0.0 { sd } else { 1.0 })
}

fn score(nights: &Nights, predicted: &[(usize, f64)], seed: u64) -> Option<Forecast> {
    let n = predicted.len() as f64;
    let squares = |p: &dyn Fn(usize, f64) -> f64| -> Vec<f64> {
        let error = |&(i, q): &(usize, f64)| (p(i, q) - nights.cramp[i]).powi(2);
        predicted.iter().map(error).collect()
    };
    let own = squares(&|_, q| q);
    let recent = squares(&|i, _| nights.recent[i]);
    let so_far = squares(&|i, _| nights.so_far[i]);
    let total = |v: &[f64]| v.iter().sum::<f64>();
    let recent_is_better = total(&recent) < total(&so_far);
    let reference = if recent_is_better { recent } else { so_far };
    if total(&reference) == 0.0 {
        return None;
    }
    let skill = 1.0 - total(&own) / total(&reference);
    let blocks: Vec<(f64, f64)> = own
        .chunks(BLOCK)
        .zip(reference.chunks(BLOCK))
        .map(|(a, b)| (total(a), total(b)))
        .collect();
    let mut skills: Vec<f64> = (0..RESAMPLES)
        .map(|draw| {
            let mut random = generator(seed, draw as u64);
            let (a, b) = (0..blocks.len())
                .map(|_| blocks[below(&mut random, blocks.len() as u64) as usize])
                .fold((0.0, 0.0), |s, b| (s.0 + b.0, s.1 + b.1));
            1.0 - a / b
        })
        .collect();
    skills.sort_by(f64::total_cmp);
    let skill_low = skills.get(RESAMPLES / 20).copied()?;
    let side = |cramp: f64| -> Vec<f64> {
        let side = predicted.iter().filter(|(i, _)| nights.cramp[*i] == cramp);
        side.map(|(_, p)| *p).collect()
    };
    let slope = calibration_slope(nights, predicted);
    Some(Forecast {
        nights: predicted.len(),
        brier: total(&own) / n,
        brier_reference: total(&reference) / n,
        skill,
        skill_low,
        calibration_slope: slope,
        auc: mann_whitney(&side(1.0), &side(0.0)).map(|m| m.auc),
        shown: skill_low > 0.0 && slope.is_some_and(|s| (0.7..=1.3).contains(&s)),
    })
}

fn calibration_slope(nights: &Nights, predicted: &[(usize, f64)]) -> Option<f64> {
    let border = predicted
        .iter()
        .flat_map(|(_, p)| [1.0, (p / (1.0 - p)).ln()])
        .collect();
    let y: Vec<f64> = predicted.iter().map(|(i, _)| nights.cramp[*i]).collect();
    let design = Design::from_rows(vec![0; predicted.len()], border, 2);
    let f = fit(&design, &y, Family::Logistic, &[0.0, 0.0], None)?;
    (!f.factor.aliased(1))
        .then(|| f.coefficients[1])
        .filter(|b| b.is_finite())
}
