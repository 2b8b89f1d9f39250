//! What four more weeks of writing something down could tell: the chance that its grade changes, from the posterior of
//! its effect; and how many nights an experiment would take instead.

use crate::analysis::association::{Grade, HINT_P, SIZEABLE};
use crate::analysis::evaluation::FactorFit;
use crate::analysis::gate::{BACKGROUND_COST, Gate, WIDEST};
use crate::analysis::model::{FACTOR_PRECISION, NightModel};
use crate::stats::distribution::{normal_quantile, normal_upper};

/// Nights looked ahead.
pub(crate) const AHEAD: f64 = 28.0;

/// What an estimate with its error would be called by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Call {
    TooWide,
    CannotTell,
    NoSizeableLink,
    Link,
}

impl Call {
    fn of(grade: Grade) -> Self {
        match grade {
            Grade::NotEnough => Self::TooWide,
            Grade::CannotTell => Self::CannotTell,
            Grade::NoSizeableLink => Self::NoSizeableLink,
            _ => Self::Link,
        }
    }

    /// Chance of being called this when the estimate will be normal about `mean` with deviation `sd` and its error will
    /// be `se`.
    fn chance(self, mean: f64, sd: f64, se: f64) -> f64 {
        let half = normal_quantile(1.0 - HINT_P / 2.0) * se;
        let between = |low: f64, high: f64| {
            let above = |x: f64| normal_upper((x - mean) / sd);
            (above(low) - above(high)).max(0.0)
        };
        let inconclusive = between(-half, half);
        let (low, high) = (SIZEABLE.0.ln() + half, SIZEABLE.1.ln() - half);
        let inside = between(low.max(-half), high.min(half));
        let wide = 2.0 * half > WIDEST.ln();
        match self {
            Self::Link => 1.0 - inconclusive,
            Self::TooWide if wide => inconclusive,
            Self::NoSizeableLink if !wide => inside,
            Self::CannotTell if !wide => inconclusive - inside,
            _ => 0.0,
        }
    }
}

/// Chance that the grade of a factor changes when it is written down on each of the next 28 nights, these being
/// answered as often as so far. `None` where that cannot be told: nothing known, or gates that will still be shut.
pub(crate) fn chance_of_change(
    model: &NightModel,
    evaluated: &FactorFit,
    grade: Grade,
) -> Option<f64> {
    let t = &evaluated.exposure.table;
    let (nights, answered) = (
        t.nights as f64,
        model.counts.len() as f64 / model.span as f64,
    );
    let more = AHEAD * answered;
    if nights == 0.0 || more <= 0.0 {
        return None;
    }
    let grown = (nights + more) / nights;
    let released = evaluated
        .released
        .as_ref()
        .filter(|_| evaluated.gates.is_empty());
    let (b, information) = match released {
        Some(r) => {
            let column = evaluated.leading_column();
            (*r.b.get(column)?, r.se(column).powi(2).recip())
        }
        None if evaluated.gates.iter().all(|g| opens(*g, grown)) => (0.0, 0.0),
        None => return None,
    };
    let later = match released {
        Some(_) => information * grown,
        None => planned_information(evaluated, grown)?,
    };
    // Posterior of the effect, the prior of the fit put back; then the estimate that all nights together will give.
    let variance = (information + FACTOR_PRECISION).recip();
    let mean = information * variance * b;
    let new = later - information;
    let expected = (information * b + new * mean) / later;
    let deviation = new / later * (variance + new.recip()).sqrt();
    let stays = Call::of(grade).chance(expected, deviation, later.sqrt().recip());
    Some(1.0 - stays).filter(|c| c.is_finite())
}

/// Whether a gate will be open when there are `grown` times as many nights.
fn opens(gate: Gate, grown: f64) -> bool {
    match gate {
        Gate::CrampNights { have, need }
        | Gate::RarerSide { have, need }
        | Gate::Switches { have, need } => have as f64 * grown >= need as f64,
        _ => false,
    }
}

/// Information about a log rate ratio that `grown` times the nights there are will hold.
fn planned_information(evaluated: &FactorFit, grown: f64) -> Option<f64> {
    let t = &evaluated.exposure.table;
    let rate = (t.episodes_exposed + t.episodes_unexposed) as f64 / t.nights as f64;
    let side = |nights: usize| (nights as f64 * grown * rate).recip();
    let variance = BACKGROUND_COST * (side(t.exposed) + side(t.unexposed));
    Some(variance.recip()).filter(|i| *i > 0.0 && i.is_finite())
}

/// Nights after which an experiment randomised night by night finds a halving with a power of 0.8, by the rate of
/// cramps a night it starts from (simulated at AR(.9), sd .5; 84, 168 and 252 nights were tried). `None` when none of
/// those does.
pub(crate) fn experiment_nights(rate: f64) -> Option<usize> {
    // Power for a halving at .3 a night is .66 after 252 nights, at .6 it is .81 after 168.
    (rate >= 0.6).then_some(168)
}
