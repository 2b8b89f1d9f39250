//! Gates: what must be there before anything is said about a factor, and how many nights are still needed.

use crate::analysis::exposure::Exposure;
use crate::analysis::model::NightModel;
use crate::stats::rate::{Goal, nights_needed};

/// Fewest cramp nights in the diary; the test keeps its size below, and the page stays quiet.
pub(crate) const FEWEST_CRAMP_NIGHTS: usize = 16;
/// Fewest known nights with the factor, and without it.
pub(crate) const FEWEST_ON_A_SIDE: usize = 10;
/// Fewest changes between with and without: on, off, on again.
pub(crate) const FEWEST_SWITCHES: usize = 3;
/// Coverage below which there is description only.
const SMALLEST_COVERAGE: f64 = 0.3;
/// Width of an interval, upper end over lower, beyond which "can't tell" would say too much.
pub(crate) const WIDEST: f64 = 16.0;

/// A reason why nothing can be said yet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Gate {
    NothingKnown,
    Constant,
    CrampNights {
        have: usize,
        need: usize,
    },
    /// Too few nights on the rarer side.
    RarerSide {
        have: usize,
        need: usize,
    },
    /// It changed too seldom to be told from what else changed then.
    Switches {
        have: usize,
        need: usize,
    },
    /// Too few of the nights are known.
    Coverage {
        share: f64,
    },
    /// These nights hold no information about it beside the background and the other factors.
    NoModel,
    /// The interval reaches from a small fraction to a multiple.
    Wide,
}

/// The gates a factor fails before any model is fitted.
pub(crate) fn gates(model: &NightModel, exposure: &Exposure) -> Vec<Gate> {
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
    at_least(model.cramp_nights(), FEWEST_CRAMP_NIGHTS, |have, need| {
        Gate::CrampNights { have, need }
    });
    at_least(
        t.exposed.min(t.unexposed),
        FEWEST_ON_A_SIDE,
        |have, need| Gate::RarerSide { have, need },
    );
    at_least(exposure.switches(), FEWEST_SWITCHES, |have, need| {
        Gate::Switches { have, need }
    });
    let share = coverage(model, exposure);
    if share < SMALLEST_COVERAGE {
        failed.push(Gate::Coverage { share });
    }
    failed
}

/// Whether an interval on the ratio scale says too little for "can't tell".
pub(crate) fn too_wide(low: f64, high: f64) -> bool {
    high > WIDEST * low
}

/// Share of the calendar nights between the first and last recorded one on which night and factor are known.
pub(crate) fn coverage(model: &NightModel, exposure: &Exposure) -> f64 {
    exposure.table.nights as f64 / model.span as f64
}

/// What the background costs over independent Poisson nights.
pub(crate) const BACKGROUND_COST: f64 = 1.2;
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
    let needed = nights_needed(rate, 2.0, pi, GOAL, BACKGROUND_COST)?;
    let in_step = |need: usize, have: f64| (have > 0.0).then(|| need as f64 * nights / have);
    let for_gates = failed.iter().filter_map(|g| match *g {
        Gate::CrampNights { need, .. } => in_step(need, model.cramp_nights() as f64),
        Gate::RarerSide { need, .. } => Some(need as f64 / pi.min(1.0 - pi)),
        // What changes to and fro does so in step with the nights.
        Gate::Switches { need, have } => in_step(need, have as f64),
        _ => None,
    });
    let total = for_gates.fold(needed, f64::max);
    let more = (total - nights).ceil();
    (more.is_finite() && more > 0.0 && more < 1e6).then_some(more as usize)
}
