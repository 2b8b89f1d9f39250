//! Series along time: trend, dependence, change points, seasons, control charts.

use super::answer::Answers;
use super::case::{Case, whole};
use super::formula::design;
use super::models::family;
use super::regression::{calls, say};
use crate::stats::change_point::{Cost, pelt, single_poisson_change};
use crate::stats::control_chart::{
    exponential_limits, g_chart, g_chart_probability, t_chart, u_chart,
};
use crate::stats::glm::Model;
use crate::stats::harmonic::seasonal_poisson;
use crate::stats::linear::{durbin_watson, least_squares};
use crate::stats::matrix::standard_errors;
use crate::stats::overdispersion::pearson_dispersion;
use crate::stats::robust::{newey_west, row_scores};
use crate::stats::run_length::run_length;
use crate::stats::serial::{autocorrelation, effective_size, portmanteau, runs_test};
use crate::stats::trend::{Trend, hamed_rao, mann_kendall, seasonal_kendall, sen_slope};

fn set_trend(answers: &mut Answers, prefix: &str, trend: Option<Trend>) {
    answers.set(format!("{prefix}var_S"), trend.map(|t| t.variance));
    answers.set(format!("{prefix}z"), trend.map(|t| t.z));
    answers.set(format!("{prefix}p"), trend.map(|t| t.p));
}

fn size(x: f64) -> Result<usize, String> {
    usize::try_from(whole(x)?).map_err(say)
}

pub(crate) fn trend(case: &Case) -> Result<Answers, String> {
    let x = case.numbers("x")?;
    let plain = mann_kendall(&x);
    let sen = sen_slope(&x, 0.95);
    let pairs = x.len() as f64 * (x.len() as f64 - 1.0) / 2.0;
    let mut answers = Answers::default();
    answers.set("S", plain.map(|t| t.score));
    answers.set("tau", plain.map(|t| t.score / pairs));
    set_trend(&mut answers, "", plain);
    set_trend(&mut answers, "hamed_rao_", hamed_rao(&x, None));
    for key in case.asked_after("hamed_rao_lag") {
        let lag: usize = key.split('_').next().unwrap_or("").parse().map_err(say)?;
        set_trend(
            &mut answers,
            &format!("hamed_rao_lag{lag}_"),
            hamed_rao(&x, Some(lag)),
        );
    }
    answers.set("sen_slope", sen.map(|s| s.slope.value));
    answers.set("theil_slope", sen.map(|s| s.slope.value));
    answers.set("sen_intercept", sen.map(|s| s.intercept));
    answers.set_interval("sen_ci95", sen.map(|s| s.slope));
    Ok(answers)
}

pub(crate) fn seasonal(case: &Case) -> Result<Answers, String> {
    let result =
        seasonal_kendall(&case.numbers("x")?, size(case.number("period")?)?).ok_or("too short")?;
    let mut answers = Answers::default();
    answers.set("S", result.independent.score);
    set_trend(&mut answers, "", Some(result.independent));
    set_trend(&mut answers, "correlated_", result.correlated);
    answers.set("seasonal_sen_slope", result.slope);
    Ok(answers)
}

pub(crate) fn dependence(case: &Case) -> Result<Answers, String> {
    let (x, lags) = (case.numbers("x")?, size(case.number("lags")?)?);
    let tests = portmanteau(&x, lags);
    let runs = runs_test(&x);
    let mut answers = Answers::default();
    answers.set("acf", autocorrelation(&x, lags));
    answers.set("ljung_box", tests.map(|t| t.ljung_box.statistic));
    answers.set("ljung_box_p", tests.map(|t| t.ljung_box.p));
    answers.set("box_pierce", tests.map(|t| t.box_pierce.statistic));
    answers.set("box_pierce_p", tests.map(|t| t.box_pierce.p));
    answers.set("runs", runs.map(|r| r.runs));
    answers.set("runs_z", runs.and_then(|r| r.z));
    answers.set("runs_p", runs.map(|r| r.p));
    answers.set("effective_n_ar1", effective_size(&x));
    Ok(answers)
}

pub(crate) fn changes(case: &Case) -> Result<Answers, String> {
    let x = case.numbers("x")?;
    let mut answers = Answers::default();
    if case.data.get("cost").is_some() {
        let cost = match case.text("cost")? {
            "poisson" => Cost::Poisson,
            "l2" => Cost::SquaredError,
            other => return Err(format!("unknown cost {other}")),
        };
        let shortest = size(case.number("min_segment").unwrap_or(1.0))?;
        let exposure = case.numbers("exposure").ok();
        let found = pelt(
            &x,
            exposure.as_deref(),
            cost,
            case.number("penalty")?,
            shortest,
        )
        .ok_or("no series")?;
        answers.set("n_changes", found.ends.len() - 1);
        answers.set("segment_ends", found.ends);
        answers.set("objective", found.objective);
        answers.set("segment_means", found.levels);
    } else {
        let change = single_poisson_change(&x).ok_or("no series")?;
        answers.set("k_hat", change.at);
        answers.set("sup_lr", change.statistic);
        answers.set("rate_before", change.rates.0);
        answers.set("rate_after", change.rates.1);
        answers.set(
            "support_drop_1_92",
            vec![change.support.0, change.support.1],
        );
        answers.set("posterior_mode", change.mode());
        answers.set(
            "posterior_p_mode",
            change.posterior.get(change.mode() - 1).copied(),
        );
        answers.set(
            "posterior_ci95",
            vec![change.quantile(0.025), change.quantile(0.975)],
        );
    }
    Ok(answers)
}

pub(crate) fn online_changes(case: &Case) -> Result<Answers, String> {
    let x = case.numbers("x")?;
    let (hazard, shape, rate) = (
        case.number("hazard")?,
        case.number("prior_shape")?,
        case.number("prior_rate")?,
    );
    let result = run_length(&x, hazard, shape, rate).ok_or("out of range")?;
    let mut top = result.last.clone();
    top.sort_by(|a, b| b.total_cmp(a));
    top.truncate(5);
    let mut answers = Answers::default();
    answers.set("map_run_length", result.most_probable);
    answers.set("expected_run_length", result.mean);
    answers.set("final_top5", top);
    Ok(answers)
}

pub(crate) fn season(case: &Case) -> Result<Answers, String> {
    let order = size(case.number("K")?)?;
    let period = case.number("period")?;
    let result = seasonal_poisson(&case.numbers("y")?, period, order).map_err(say)?;
    let mut answers = Answers::default();
    answers.set("coef", result.fit.coef.as_slice());
    answers.set("se", result.fit.se());
    answers.set("deviance", result.fit.deviance);
    answers.set("lr_season", result.season.statistic);
    answers.set("lr_p", result.season.p);
    answers.set("dispersion", result.dispersion);
    answers.set("quasi_F_p", result.quasi_f_p);
    answers.set("amplitude_1", result.first.amplitude);
    answers.set("peak_to_trough_1", result.first.peak_to_trough);
    answers.set("peak_position_1", result.first.peak);
    Ok(answers)
}

/// A Poisson regression or, where the call fits `lm`, a straight one on the log scale.
pub(crate) fn interruption(case: &Case) -> Result<Answers, String> {
    let lag = case
        .number("nw_lag")
        .ok()
        .map_or_else(|| named_lag(case.call), size)?;
    let mut answers = Answers::default();
    if calls(case, "lm") {
        let design = design(case, "lm")?;
        let fit = least_squares(&design.y, &design.x).map_err(say)?;
        let fitted: Vec<f64> = design
            .y
            .iter()
            .zip(&fit.residuals)
            .map(|(y, e)| y - e)
            .collect();
        let robust = newey_west(&row_scores(&design.x, &design.y, &fitted), &fit.bread, lag);
        let (robust, plain) = (standard_errors(&robust), standard_errors(&fit.bread));
        let sigma = fit.variance.unwrap_or(f64::NAN).sqrt();
        for (j, name) in design.names.iter().enumerate() {
            answers.set(format!("{name}_coef"), fit.coef[j]);
            answers.set(format!("{name}_ols_se"), plain[j] * sigma);
            answers.set(format!("{name}_nw_se"), robust[j]);
        }
        answers.set("trend_coef", fit.coef.get(1).copied());
        answers.set("durbin_watson", durbin_watson(&fit.residuals));
        answers.set("residual_acf1", autocorrelation(&fit.residuals, 1));
        return Ok(answers);
    }
    let design = design(case, "glm")?;
    let model = Model {
        family: family(case),
        y: &design.y,
        x: &design.x,
        offset: design.offset.as_deref(),
        penalty: None,
    };
    let fit = model.fit().map_err(say)?;
    let phi = pearson_dispersion(&design.y, &fit.mu, &fit.weight, fit.df_residual);
    let robust = newey_west(
        &row_scores(&design.x, &design.y, &fit.mu),
        &fit.covariance,
        lag,
    );
    answers.set("coef", fit.coef.as_slice());
    answers.set(
        "quasi_se",
        phi.map(|phi| fit.se().iter().map(|s| s * phi.sqrt()).collect::<Vec<_>>()),
    );
    answers.set("se", fit.se());
    answers.set("newey_west_se", standard_errors(&robust));
    answers.set("deviance", fit.deviance);
    answers.set("dispersion", phi);
    for (name, b) in design.names.iter().zip(fit.coef.iter()) {
        answers.set(format!("{name}_rate_ratio"), b.exp());
    }
    answers.set("names", design.names);
    Ok(answers)
}

/// The number in the call's `lag = …`.
fn named_lag(call: &str) -> Result<usize, String> {
    let after = call.split("lag =").nth(1).ok_or("no lag")?;
    let digits: String = after
        .trim_start()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().map_err(say)
}

pub(crate) fn charts(case: &Case) -> Result<Answers, String> {
    let mut answers = Answers::default();
    if let Ok(gaps) = case.numbers("gaps") {
        let (g, chance, t) = (g_chart(&gaps), g_chart_probability(&gaps), t_chart(&gaps));
        answers.set("g_center_mean", g.map(|l| l.centre));
        answers.set("g_ucl", g.map(|l| l.high));
        answers.set("g_lcl", g.map(|l| l.low));
        answers.set("g_prob_lower", chance.map(|l| l.low));
        answers.set("g_prob_upper", chance.map(|l| l.high));
        answers.set("g_median", chance.map(|l| l.centre));
        answers.set("t_center", t.map(|l| l.centre));
        answers.set("t_ucl", t.map(|l| l.high));
        answers.set("t_lcl", t.map(|l| l.low));
        let exponential = exponential_limits(&gaps).map(|l| vec![l.low, l.centre, l.high]);
        answers.set("exponential_prob_limits", exponential);
        return Ok(answers);
    }
    let (y, area) = (
        case.numbers("y")?,
        case.numbers("area").or_else(|_| case.numbers("exposure"))?,
    );
    let chart = u_chart(&y, &area).ok_or("no events")?;
    let first = |limits: &[_], side: fn(&crate::stats::control_chart::Limits) -> f64| {
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
