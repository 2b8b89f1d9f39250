//! Gates: what must be there before anything is said about a factor, and how many nights are still needed.
//!
//! A yes/no factor with no cramp at all on one side: the model has no finite answer, so the exact ratio of two
//! Poisson rates and the block shuffle speak instead.

use crate::analysis::exposure::{Exposure, Split};
use crate::analysis::model::{NightModel, residual_exposure};
use crate::analysis::night_table::Kind;
use crate::stats::block_jackknife::block_ranges;
use crate::stats::estimate::Estimate;
use crate::stats::rate::{Goal, nights_needed};
use crate::stats::shuffle::{BlockPair, shuffle_p};
use crate::stats::trend::autocorrelation_of_known;

/// Fewest cramp nights among the nights where the factor is known.
pub(crate) const FEWEST_CRAMP_NIGHTS: usize = 24;
const FEWEST_CALM_NIGHTS: usize = 12;
const FEWEST_ON_A_SIDE: usize = 12;
const FEWEST_VALUES: usize = 3;
const FEWEST_EXPECTED: f64 = 5.0;
/// Fewest effective blocks, G*.
pub(crate) const FEWEST_BLOCKS: f64 = 8.0;
const SMALLEST_COVERAGE: f64 = 0.3;
/// Coverage below which a grade is capped at "hint".
pub(crate) const FULL_COVERAGE: f64 = 0.6;

/// A reason why nothing can be said yet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Gate {
    NothingKnown,
    Constant,
    CrampNights {
        have: usize,
        need: usize,
    },
    CalmNights {
        have: usize,
        need: usize,
    },
    /// Too few nights on the rarer side.
    RarerSide {
        have: usize,
        need: usize,
    },
    Values {
        have: usize,
        need: usize,
    },
    ExpectedEpisodes,
    /// Too few independent stretches with and without: it changed too seldom to be told from drift.
    TooFewSwitches {
        g_star: f64,
    },
    /// Too few of the nights are known.
    Coverage {
        share: f64,
    },
    NoModel,
}

/// The gates a factor fails before any model is fitted.
pub(crate) fn gates(model: &NightModel, kind: Kind, exposure: &Exposure) -> Vec<Gate> {
    let t = &exposure.table;
    if t.nights == 0 {
        return vec![Gate::NothingKnown];
    }
    if exposure.distinct < 2 {
        return vec![Gate::Constant];
    }
    let mut failed = Vec::new();
    let mut at_least = |have: usize, need: usize, gate: fn(usize, usize) -> Gate| {
        if have < need {
            failed.push(gate(have, need));
        }
    };
    let cramp = t.cramp_exposed + t.cramp_unexposed;
    at_least(cramp, FEWEST_CRAMP_NIGHTS, |have, need| Gate::CrampNights {
        have,
        need,
    });
    at_least(t.nights - cramp, FEWEST_CALM_NIGHTS, |have, need| {
        Gate::CalmNights { have, need }
    });
    let two_sided =
        matches!(kind, Kind::YesNo | Kind::Course | Kind::Choice) || exposure.distinct == 2;
    if two_sided {
        at_least(
            t.exposed.min(t.unexposed),
            FEWEST_ON_A_SIDE,
            |have, need| Gate::RarerSide { have, need },
        );
    } else {
        at_least(exposure.distinct, FEWEST_VALUES, |have, need| {
            Gate::Values { have, need }
        });
    }
    let rate = (t.episodes_exposed + t.episodes_unexposed) as f64 / t.nights as f64;
    if rate * (t.exposed.min(t.unexposed) as f64) < FEWEST_EXPECTED {
        failed.push(Gate::ExpectedEpisodes);
    }
    let share = coverage(model, exposure);
    if share < SMALLEST_COVERAGE {
        failed.push(Gate::Coverage { share });
    }
    failed
}

/// Share of the calendar nights between the first and last recorded one on which night and factor are known.
pub(crate) fn coverage(model: &NightModel, exposure: &Exposure) -> f64 {
    exposure.table.nights as f64 / model.span as f64
}

/// What the robust test costs over the Wald test of the plan (validation: predicted power .83, seen .75 to .80).
const ROBUST_TEST: f64 = 1.15;
/// Two-sided 5 %, power 80 %.
const GOAL: Goal = Goal {
    alpha: 0.05,
    power: 0.8,
};

/// How many more recorded nights a doubling needs to be seen, at least one when a gate still fails for want of nights.
pub(crate) fn more_nights(
    model: &NightModel,
    exposure: &Exposure,
    failed: &[Gate],
) -> Option<usize> {
    let t = &exposure.table;
    let nights = t.nights as f64;
    let pi = t.exposed as f64 / nights;
    let rate = (t.episodes_exposed + t.episodes_unexposed) as f64 / nights;
    let inflation = ROBUST_TEST * design_effect(model, exposure);
    let needed = nights_needed(rate, 2.0, pi, GOAL, inflation)?;
    let cramp = (t.cramp_exposed + t.cramp_unexposed) as f64;
    let for_gates = failed.iter().filter_map(|g| match *g {
        Gate::CrampNights { need, .. } => Some(need as f64 * nights / cramp),
        Gate::CalmNights { need, have } => Some(need as f64 * nights / have as f64),
        Gate::RarerSide { need, .. } => Some(need as f64 / pi.min(1.0 - pi)),
        // What changes to and fro gathers effective blocks in step with the nights.
        Gate::TooFewSwitches { g_star } => Some(FEWEST_BLOCKS * nights / g_star),
        Gate::ExpectedEpisodes => Some(FEWEST_EXPECTED / (rate * pi.min(1.0 - pi))),
        _ => None,
    });
    let total = for_gates.fold(needed, f64::max);
    let more = (total - nights).ceil();
    // Known on too few of the nights kept: every further night counts only for its known share.
    (more.is_finite() && more > 0.0 && more < 1e6).then_some(more as usize)
}

/// Dispersion times `1 + 2 sum_{k<=14} r_e(k) r_x(k)`: what dependence costs, at least 1.
fn design_effect(model: &NightModel, exposure: &Exposure) -> f64 {
    let split = exposure.split;
    let amount = |v: f64| match split {
        Split::Above(_) => v,
        _ => f64::from(split.has(v)),
    };
    let e = model.residuals();
    let x = model.on_calendar(exposure.values.iter().map(|v| v.map(amount)));
    let sum: f64 = (1..=14)
        .map(|k| autocorrelation_of_known(&e, k) * autocorrelation_of_known(&x, k))
        .sum();
    model.dispersion().unwrap_or(1.0).max(1.0) * (1.0 + 2.0 * sum).max(1.0)
}

/// Shuffles behind the p; the seed is fixed because the answer is part of the plain analysis.
const SHUFFLES: usize = 2000;
const SEED: u64 = 0x5EED;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ZeroSide {
    /// Conditional rate ratio with its exact interval; one end is 0 or infinite.
    pub(crate) rate_ratio: Option<Estimate>,
    pub(crate) p: f64,
    /// Effective blocks, with the weights of the background.
    pub(crate) g_star: f64,
}

/// The exact answer for a factor whose split leaves one side without cramps; `None` for every other factor.
pub(crate) fn zero_side(model: &NightModel, exposure: &Exposure) -> Option<ZeroSide> {
    let t = &exposure.table;
    if exposure.distinct != 2 || (t.episodes_exposed > 0 && t.episodes_unexposed > 0) {
        return None;
    }
    let ratio = t.rate_ratio()?;
    let rows: Vec<usize> = (0..exposure.values.len())
        .filter(|&i| exposure.values[i].is_some())
        .collect();
    let x: Vec<f64> = rows
        .iter()
        .map(|&i| f64::from(exposure.values[i].is_some_and(|v| exposure.split.has(v))))
        .collect();
    let design = model.design.select(&rows);
    let weight: Vec<f64> = rows.iter().map(|&i| model.null.weight[i]).collect();
    let residual = residual_exposure(&design, &model.null, &weight, &x);
    let pairs = rows.iter().zip(&residual);
    let pairs = pairs.map(|(&i, r)| (model.times[i], model.null.score[i], *r));
    let pair = BlockPair::new(model.span, model.block, pairs);
    let shuffled = shuffle_p(&[pair], SHUFFLES, SEED)
        .first()
        .copied()
        .flatten()?;
    let (mut sum, mut squares) = (0.0, 0.0);
    for (from, to) in block_ranges(design.times(), model.block) {
        let a: f64 = (from..to)
            .map(|k| weight[k] * residual[k] * residual[k])
            .sum();
        sum += a;
        squares += a * a;
    }
    Some(ZeroSide {
        rate_ratio: ratio.estimate,
        p: ratio.p.central().max(shuffled),
        g_star: sum * sum / squares,
    })
}
