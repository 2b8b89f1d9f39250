//! Series along time and directions: trend, dependence, change points, control charts.

use super::request::{Answers, Request, undefined, whole};
use crate::stats::change::{Limits, g_chart_probability, pelt, t_chart, u_chart};
use crate::stats::circular::summary;
use crate::stats::trend::{Trend, autocorrelation, hamed_rao, mann_kendall, sen_slope};

fn set_trend(answers: &mut Answers, prefix: &str, trend: Option<Trend>) {
    answers.set(format!("{prefix}var_S"), trend.map(|t| t.variance));
    answers.set(format!("{prefix}z"), trend.map(|t| t.z));
    answers.set(format!("{prefix}p"), trend.map(|t| t.p));
}

fn size(x: f64) -> Result<usize, String> {
    usize::try_from(whole(x)?).map_err(|e| e.to_string())
}

pub(crate) fn trend(request: &Request) -> Result<Answers, String> {
    let x = request.numbers("x")?;
    let plain = mann_kendall(&x);
    let sen = sen_slope(&x, 0.95);
    let pairs = x.len() as f64 * (x.len() as f64 - 1.0) / 2.0;
    let mut answers = Answers::default();
    answers.set("S", plain.map(|t| t.score));
    answers.set("tau", plain.map(|t| t.score / pairs));
    set_trend(&mut answers, "", plain);
    set_trend(&mut answers, "hamed_rao_", hamed_rao(&x, None));
    for key in request.asked_after("hamed_rao_lag") {
        let lag = key.split('_').next().unwrap_or("");
        let lags = lag.parse().map_err(|_| format!("no lag {lag}"))?;
        let prefix = format!("hamed_rao_lag{lag}_");
        set_trend(&mut answers, &prefix, hamed_rao(&x, Some(lags)));
    }
    answers.set("sen_slope", sen.map(|s| s.slope.value));
    answers.set("theil_slope", sen.map(|s| s.slope.value));
    answers.set("sen_intercept", sen.map(|s| s.intercept));
    answers.set_interval("sen_ci95", sen.map(|s| s.slope));
    Ok(answers)
}

pub(crate) fn dependence(request: &Request) -> Result<Answers, String> {
    let lags = size(request.number("lags")?)?;
    let mut answers = Answers::default();
    answers.set("acf", autocorrelation(&request.numbers("x")?, lags));
    Ok(answers)
}

pub(crate) fn changes(request: &Request) -> Result<Answers, String> {
    let shortest = size(request.number("min_segment").unwrap_or(1.0))?;
    let exposure = request.numbers("exposure").ok();
    let x = request.numbers("x")?;
    let penalty = request.number("penalty")?;
    let found = pelt(&x, exposure.as_deref(), penalty, shortest);
    let found = found.ok_or_else(|| undefined("no series"))?;
    let mut answers = Answers::default();
    answers.set("n_changes", found.ends.len() - 1);
    answers.set("segment_ends", found.ends);
    answers.set("objective", found.objective);
    answers.set("segment_means", found.levels);
    Ok(answers)
}

pub(crate) fn charts(request: &Request) -> Result<Answers, String> {
    let mut answers = Answers::default();
    if let Ok(gaps) = request.numbers("gaps") {
        let (chance, t) = (g_chart_probability(&gaps), t_chart(&gaps));
        let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
        answers.set("g_center_mean", mean);
        answers.set("g_prob_lower", chance.map(|l| l.low));
        answers.set("g_prob_upper", chance.map(|l| l.high));
        answers.set("g_median", chance.map(|l| l.centre));
        answers.set("t_center", t.map(|l| l.centre));
        answers.set("t_ucl", t.map(|l| l.high));
        answers.set("t_lcl", t.map(|l| l.low));
        return Ok(answers);
    }
    let area = request
        .numbers("area")
        .or_else(|_| request.numbers("exposure"))?;
    let chart = u_chart(&request.numbers("y")?, &area);
    let chart = chart.ok_or_else(|| undefined("no events"))?;
    let first = |limits: &[Limits], side: fn(&Limits) -> f64| {
        limits.iter().take(5).map(side).collect::<Vec<_>>()
    };
    answers.set("u_bar", chart.centre);
    answers.set("ucl_first5", first(&chart.limits, |l| l.high));
    answers.set("lcl_first5", first(&chart.limits, |l| l.low));
    answers.set("n_outside", chart.outside);
    answers.set("laney_sigma_z", chart.sigma_z);
    answers.set("laney_ucl_first5", first(&chart.laney, |l| l.high));
    answers.set("laney_lcl_first5", first(&chart.laney, |l| l.low));
    Ok(answers)
}

pub(crate) fn directions(request: &Request) -> Result<Answers, String> {
    let degrees = request.numbers("degrees")?;
    let angles: Vec<f64> = degrees.into_iter().map(f64::to_radians).collect();
    let s = summary(&angles).ok_or_else(|| undefined("no directions"))?;
    let directed = s.mean.is_some();
    let mut answers = Answers::default();
    answers.set("n", s.n);
    answers.set("mean_direction_deg", s.mean.map(f64::to_degrees));
    answers.set("resultant_length", s.resultant);
    answers.set("circular_sd_rad", s.standard_deviation);
    answers.set("kappa_mle", directed.then_some(s.kappa));
    answers.set(
        "kappa_small_sample_best_fisher",
        directed.then_some(s.kappa_corrected),
    );
    answers.set("mean_direction_se_deg", s.mean_se.map(f64::to_degrees));
    Ok(answers)
}
