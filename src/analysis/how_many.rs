//! Does a factor go with whether there is a cramp, or with how many? A hurdle model: a yes/no part, and a part for the
//! number on cramp nights (Mullahy 1986). A detail of the factor's own page, never graded.

use nalgebra::DMatrix;
use serde::Serialize;

use crate::analysis::exposure::Exposure;
use crate::analysis::night_model::NightModel;
use crate::analysis::single::SingleFit;
use crate::stats::background::KNOT_SPACING;
use crate::stats::distribution::t_quantile;
use crate::stats::estimate::Estimate;
use crate::stats::hurdle::{Counts, hurdle};
use crate::stats::matrix::independent_columns;

/// Cramp nights below which it is not offered.
const FEWEST_CRAMP_NIGHTS: usize = 60;
/// Nights with two or more cramps below which it is not offered.
const FEWEST_REPEATS: usize = 20;
/// The number on cramp nights is a fraction of the data, so the drift gets no more knots than this.
const MOST_KNOTS: usize = 10;
/// A coefficient larger than this (per SD of its column) means that the outcome is separated.
const SEPARATED: f64 = 10.0;

/// Both parts, per step of the factor. Intervals are widened by what blocks of nights cost the main estimate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct HowMany {
    /// Odds ratio of any cramp.
    pub(crate) whether: Estimate,
    /// Ratio of the rate behind the number of cramps, on nights with one.
    pub(crate) how_many: Estimate,
    /// Dispersion of that number; `None` when Poisson counts will do.
    pub(crate) theta: Option<f64>,
}

/// The hurdle model, when there are nights enough: `None` below 60 cramp nights or 20 with two or more, `Some(None)`
/// when it has no answer.
pub(crate) fn how_many(
    model: &NightModel,
    exposure: &Exposure,
    alone: &SingleFit,
    column: usize,
) -> Option<Option<HowMany>> {
    let term = exposure.term.as_ref()?;
    let y: Vec<f64> = term.rows.iter().map(|&i| model.counts[i]).collect();
    let at_least = |least: f64| y.iter().filter(|y| **y >= least).count();
    if at_least(1.0) < FEWEST_CRAMP_NIGHTS || at_least(2.0) < FEWEST_REPEATS {
        return None;
    }
    Some(fitted(model, exposure, alone, column, &y))
}

fn fitted(
    model: &NightModel,
    exposure: &Exposure,
    alone: &SingleFit,
    column: usize,
    y: &[f64],
) -> Option<HowMany> {
    let term = exposure.term.as_ref()?;
    let step = exposure.step_in_sd(column)?;
    let width = model.design.width();
    // The factor stands before the drift, so that a hat no cramp night reaches is what is dropped.
    let own = width + column;
    let knots = ((model.span as f64 / KNOT_SPACING as f64).round() as usize).clamp(1, MOST_KNOTS);
    let hat = |i: usize, j: usize| {
        let place = model.times[i] as f64 * knots as f64 / model.span as f64;
        (1.0 - (place - j as f64).abs()).max(0.0)
    };
    let terms = term.columns.len();
    let x = DMatrix::from_fn(y.len(), width + terms + knots, |r, c| {
        let i = term.rows[r];
        if c < width {
            model.design.border(i)[c]
        } else if c < width + terms {
            term.columns[c - width][r]
        } else {
            hat(i, c - width - terms + 1)
        }
    });
    let positive: Vec<usize> = (0..y.len()).filter(|&i| y[i] > 0.0).collect();
    let kept = independent_columns(&x.select_rows(&positive));
    let at = kept.iter().position(|&c| c == own)?;
    let x = x.select_columns(&kept);
    let fit = hurdle(y, &x, Counts::NegativeBinomial).ok()?;
    if fit.zero.largest_scaled_coefficient(&x) > SEPARATED {
        return None;
    }
    let wider = t_quantile(0.975, alone.df) * alone.inflation.max(1.0).sqrt() * step;
    let ratio = |b: f64, variance: f64| {
        let half = wider * variance.sqrt();
        let e = Estimate::new(b * step, b * step - half, b * step + half, 0.95)?.exp();
        [e.value, e.low, e.high]
            .iter()
            .all(|x| x.is_finite())
            .then_some(e)
    };
    Some(HowMany {
        whether: ratio(*fit.zero.coef.get(at)?, fit.zero.covariance[(at, at)])?,
        how_many: ratio(*fit.count.get(at)?, fit.count_covariance[(at, at)])?,
        theta: fit.theta,
    })
}
