//! Many studies pooled.

use super::request::{Answers, Request, undefined};
use crate::stats::by_size::mean_by_size;
use crate::stats::meta::{Pooled, Study, egger, leave_one_out, pool};
use crate::stats::next_study::next_study;

/// The estimates `yi` with their variances `vi`, and perhaps exposures `ni`.
pub(crate) fn random_effects(request: &Request) -> Result<Answers, String> {
    let (y, v) = (request.numbers("yi")?, request.numbers("vi")?);
    if y.len() != v.len() {
        return Err("as many variances as estimates expected".to_owned());
    }
    let pairs = y.into_iter().zip(v);
    let studies: Vec<Study> = pairs
        .map(|(estimate, variance)| Study { estimate, variance })
        .collect();
    let level = request.level();
    let pooled = pool(&studies, level).ok_or_else(|| undefined("nothing to pool"))?;
    let mut answers = Answers::default();
    answers.set("mean", pooled.mean.value);
    answers.set("se", pooled.se);
    answers.set("ci_low", pooled.mean.low);
    answers.set("ci_high", pooled.mean.high);
    answers.set("p", pooled.p);
    answers.set("tau2", pooled.tau2);
    answers.set("se_tau2", pooled.tau2_se);
    answers.set("I2", pooled.i2);
    answers.set("H2", pooled.h2);
    answers.set("Q", pooled.q);
    answers.set("Q_p", pooled.q_p);
    answers.set("pi_low", pooled.prediction.low);
    answers.set("pi_high", pooled.prediction.high);
    let next = next_study(&studies, &pooled, pooled.mean);
    answers.set("next_low", next.map(|e| e.low));
    answers.set("next_high", next.map(|e| e.high));
    let mut left = leave_one_out(&studies, &pooled, studies.len());
    left.sort_by_key(|(at, _)| *at);
    let of = |what: fn(&Pooled) -> f64| -> Vec<Option<f64>> {
        let left = left.iter();
        left.map(|(_, pooled)| pooled.as_ref().map(what)).collect()
    };
    answers.set("leave_one_out_mean", of(|p| p.mean.value));
    answers.set("leave_one_out_low", of(|p| p.mean.low));
    answers.set("leave_one_out_high", of(|p| p.mean.high));
    answers.set("leave_one_out_tau2", of(|p| p.tau2));
    let errors = studies.iter().map(|s| s.variance.sqrt()).collect();
    // with exposures, studies are told apart by them too
    let exposures = request.numbers("ni").unwrap_or_default();
    let by_exposure: Vec<f64> = exposures.iter().map(|n| n.sqrt().recip()).collect();
    let by_size = mean_by_size(&studies, &by_exposure, &pooled);
    answers.set("by_size_mean", by_size.map(|m| m.mean.value));
    answers.set("by_size_se", by_size.map(|m| m.se));
    answers.set("by_size_low", by_size.map(|m| m.mean.low));
    answers.set("by_size_high", by_size.map(|m| m.mean.high));
    answers.set("by_size_p", by_size.map(|m| m.p));
    for (name, size) in [("egger", errors), ("exposure", by_exposure)] {
        let size: Vec<f64> = size;
        let small = egger(&studies, &size);
        answers.set(format!("{name}_slope"), small.map(|s| s.slope));
        answers.set(format!("{name}_t"), small.map(|s| s.t));
        answers.set(format!("{name}_p"), small.map(|s| s.p));
    }
    Ok(answers)
}
