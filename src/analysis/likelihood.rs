//! The rate ratio by likelihood: counts that vary more than chance alone (negative binomial), with the interval that the
//! likelihood itself gives, widened by what blocks of nights cost.

use serde::Serialize;

use crate::analysis::evaluation::Evaluation;
use crate::analysis::joint::joint;
use crate::stats::estimate::Estimate;

/// A rate ratio with its likelihood interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct LikelihoodRatio {
    /// Rate ratio per step.
    pub(crate) ratio: Estimate,
    /// Dispersion of the counts; `None` when they vary no more than Poisson ones, and are taken as such.
    pub(crate) theta: Option<f64>,
    /// How far the cut-off was moved: block-jackknife over model variance, at least 1.
    pub(crate) inflation: f64,
    /// Whether the other things checked were in the model.
    pub(crate) with_others: bool,
}

/// The likelihood answer for factor `i`: in the joint model when it is there, else alone on the background. `None` when
/// it has no finite answer.
pub(crate) fn likelihood_ratio(evaluation: &Evaluation, i: usize) -> Option<LikelihoodRatio> {
    let evaluated = evaluation.factors.get(i)?;
    let column = evaluated.leading_column();
    let step = evaluated.exposure.step_in_sd(column)?;
    let counts = &evaluation.model.counts;
    // Of a bundle no member's own part may be stated: it stays alone, as its rate ratio does.
    let own_place = evaluation
        .joint
        .as_ref()
        .filter(|_| evaluated.joint.is_some());
    let together = own_place.and_then(|j| {
        let slot = j.order.iter().position(|&k| k == i)?;
        j.fit.likelihood(counts, slot, column)
    });
    let with_others = together.is_some();
    let found = match together {
        Some(found) => found,
        None => joint(&evaluation.model, &[evaluated.exposure.term.as_ref()?])?
            .likelihood(counts, 0, column)?,
    };
    let e = found.log_ratio;
    let scaled = Estimate::new(e.value * step, e.low * step, e.high * step, e.level)?;
    Some(LikelihoodRatio {
        ratio: scaled.exp(),
        theta: found.theta,
        inflation: found.inflation,
        with_others,
    })
}
