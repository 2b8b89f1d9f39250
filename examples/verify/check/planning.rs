//! Power, forecasts, directions and gamma posteriors.

use super::answer::Answers;
use super::case::Case;
use crate::stats::circular::{rayleigh, summary};
use crate::stats::forecast::scores;
use crate::stats::gamma_rates::{Observed, posterior_rate, posterior_ratio, probability_below};
use crate::stats::power::{
    Goal, detectable_ratio, events_needed, exact_rate_power, nights_needed, two_proportions,
};

pub(crate) fn power(case: &Case) -> Result<Answers, String> {
    let alpha = case.number("alpha")?;
    let mut answers = Answers::default();
    if case.data.get("n0").is_some() {
        let nights = (case.number("n0")?, case.number("n1")?);
        let rates = (case.number("r0")?, case.number("r1")?);
        answers.set(
            "power_central_exact",
            exact_rate_power(nights, rates, alpha),
        );
        return Ok(answers);
    }
    let (p1, p2) = (case.number("p1")?, case.number("p2")?);
    let goal = Goal {
        alpha,
        power: case.number("power")?,
    };
    let ratio = p2 / p1;
    answers.set("n_per_group_two_proportions", two_proportions(p1, p2, goal));
    answers.set(
        "nights_poisson_equal_split",
        nights_needed(p1, ratio, 0.5, goal, 1.0),
    );
    answers.set(
        "nights_poisson_quarter_exposed",
        nights_needed(p1, ratio, 0.25, goal, 1.0),
    );
    answers.set("events_schoenfeld_equal", events_needed(ratio, 0.5, goal));
    for rest in case.asked_after("min_detectable_rr_") {
        let nights: f64 = rest
            .split('_')
            .next()
            .and_then(|n| n.parse().ok())
            .ok_or("how many nights?")?;
        let share = if rest.ends_with("quarter") { 0.25 } else { 0.5 };
        answers.set(
            format!("min_detectable_rr_{rest}"),
            detectable_ratio(nights, p1, share, goal, 1.0),
        );
    }
    Ok(answers)
}

pub(crate) fn forecast(case: &Case) -> Result<Answers, String> {
    let s = scores(&case.numbers("p")?, &case.numbers("y")?).ok_or("no forecasts")?;
    let mut answers = Answers::default();
    answers.set("brier", s.brier);
    answers.set("brier_climatology", s.climatology);
    answers.set("uncertainty", s.climatology);
    answers.set("brier_skill", s.skill);
    answers.set("log_score", s.log_score);
    answers.set("auc", s.auc);
    answers.set("calibration_intercept", s.calibration_intercept);
    answers.set("calibration_slope", s.calibration_slope);
    answers.set("reliability10", s.reliability);
    answers.set("resolution10", s.resolution);
    answers.set("spiegelhalter_z", s.spiegelhalter_z);
    Ok(answers)
}

pub(crate) fn directions(case: &Case) -> Result<Answers, String> {
    let angles: Vec<f64> = case
        .numbers("degrees")?
        .into_iter()
        .map(f64::to_radians)
        .collect();
    let s = summary(&angles).ok_or("no directions")?;
    let test = rayleigh(&angles).ok_or("no directions")?;
    let directed = s.mean.is_some();
    let mut answers = Answers::default();
    answers.set("n", s.n);
    answers.set("mean_direction_deg", s.mean.map(f64::to_degrees));
    answers.set("resultant_length", s.resultant);
    answers.set("circular_sd_rad", s.standard_deviation);
    answers.set("rayleigh_z", test.z);
    answers.set("p_first_order", test.p_first_order);
    answers.set("p_zar", test.p);
    answers.set("p_wilkie_series", test.p_series);
    answers.set("kappa_mle", directed.then_some(s.kappa));
    answers.set(
        "kappa_small_sample_best_fisher",
        directed.then_some(s.kappa_corrected),
    );
    answers.set("mean_direction_se_deg", s.mean_se.map(f64::to_degrees));
    Ok(answers)
}

pub(crate) fn gamma(case: &Case) -> Result<Answers, String> {
    let (x, t) = (case.numbers("x")?, case.numbers("T")?);
    let ([x1, x2], [t1, t2]) = (x.as_slice(), t.as_slice()) else {
        return Err("two counts and two exposures expected".to_owned());
    };
    let first = Observed {
        events: *x1,
        exposure: *t1,
    };
    let second = Observed {
        events: *x2,
        exposure: *t2,
    };
    let rate = posterior_rate(first, 0.95);
    let ratio = posterior_ratio(first, second, 0.95);
    let mut answers = Answers::default();
    answers.set("post_mean_a", rate.map(|e| e.value));
    answers.set_interval("post_ci_a", rate);
    answers.set("p_rate_a_below_b", probability_below(first, second, 1.0));
    for rest in case.asked_after("p_a_below_") {
        // p_a_below_0_8_b: the factor with its point written as an underscore.
        let factor: f64 = rest
            .trim_end_matches("_b")
            .replace('_', ".")
            .parse()
            .map_err(|_| "no factor")?;
        answers.set(
            format!("p_a_below_{rest}"),
            probability_below(first, second, factor),
        );
    }
    answers.set("rr_median_ci", ratio.map(|e| vec![e.low, e.value, e.high]));
    Ok(answers)
}
