//! A yes/no factor with no cramp at all on one side: the model has no finite answer, so the exact ratio of two
//! Poisson rates and the block shuffle speak instead.

use crate::analysis::exposure::Exposure;
use crate::analysis::night_model::NightModel;
use crate::stats::block_jackknife::block_ranges;
use crate::stats::block_shuffle::{BlockPair, shuffle_p};
use crate::stats::estimate::Estimate;
use crate::stats::rate::poisson_rate_ratio;

/// Shuffles behind the p; the seed is fixed because the answer is part of the plain analysis.
const SHUFFLES: usize = 2000;
const SEED: u64 = 0x5EED;

/// The exact answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ZeroSide {
    /// Conditional rate ratio with its exact interval; one end is 0 or infinite.
    pub(crate) rate_ratio: Option<Estimate>,
    /// The larger of the exact and the shuffle p.
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
    let ratio = poisson_rate_ratio(
        (t.episodes_exposed, t.episodes_unexposed),
        (t.exposed as f64, t.unexposed as f64),
        1.0,
        0.95,
    )?;
    let rows: Vec<usize> = (0..exposure.values.len())
        .filter(|&i| exposure.values[i].is_some())
        .collect();
    let x: Vec<f64> = rows
        .iter()
        .map(|&i| f64::from(exposure.values[i].is_some_and(|v| exposure.split.has(v))))
        .collect();
    let design = model.design.select(&rows);
    let weighted: Vec<f64> = rows
        .iter()
        .zip(&x)
        .map(|(&i, x)| model.null.weight[i] * x)
        .collect();
    let explained = model.null.factor.solve(&design.transpose_times(&weighted));
    let mut fitted = Vec::new();
    design.predict(&explained, &mut fitted);
    let residual: Vec<f64> = x.iter().zip(&fitted).map(|(x, f)| x - f).collect();
    let pair = BlockPair::new(
        model.span,
        model.block,
        rows.iter()
            .zip(&residual)
            .map(|(&i, r)| (model.times[i], model.null.score[i], *r)),
    );
    let shuffled = shuffle_p(&[pair], SHUFFLES, SEED)
        .first()
        .copied()
        .flatten()?;
    let (mut sum, mut squares) = (0.0, 0.0);
    for (from, to) in block_ranges(design.times(), model.block) {
        let a: f64 = (from..to)
            .map(|k| model.null.weight[rows[k]] * residual[k] * residual[k])
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
