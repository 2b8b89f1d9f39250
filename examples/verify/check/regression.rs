//! Regression models: Poisson, logistic, ridge, Firth, standardised risks.

use super::answer::Answers;
use super::case::Case;
use super::formula::{Design, arguments, design};
use crate::stats::distribution::{f_upper, normal_two_sided};
use crate::stats::firth::{firth, firth_null, firth_p, firth_profile, flic_intercept};
use crate::stats::glm::{Family, Fit, Model};
use crate::stats::profile::{glm_profile, likelihood_ratio, score_test, without_column};
use nalgebra::DMatrix;

pub(crate) fn say(error: impl std::fmt::Display) -> String {
    error.to_string()
}

pub(crate) fn pearson_dispersion(y: &[f64], fit: &Fit) -> f64 {
    let sum: f64 = y
        .iter()
        .zip(&fit.mu)
        .zip(&fit.weight)
        .map(|((y, m), w)| (y - m).powi(2) / w)
        .sum();
    sum / fit.df_residual as f64
}

/// The column that `update(f, . ~ . - term)` drops.
fn dropped(case: &Case, names: &[String]) -> Option<usize> {
    let after = case.call.split(". ~ . -").nth(1)?;
    let term = after.split(')').next()?.trim();
    names.iter().position(|name| name == term)
}

/// `glm` with everything the reference summary reports.
pub(crate) fn glm(case: &Case, family: Family) -> Result<Answers, String> {
    let Design {
        y,
        x,
        names,
        offset,
        ..
    } = design(case, "glm")?;
    let model = Model {
        family,
        y: &y,
        x: &x,
        offset: offset.as_deref(),
        penalty: None,
    };
    let fit = model.fit().map_err(say)?;
    let se = fit.se();
    let z: Vec<f64> = fit.coef.iter().zip(&se).map(|(b, s)| b / s).collect();
    let ones = DMatrix::from_element(y.len(), 1, 1.0);
    let null = Model { x: &ones, ..model }.fit().map_err(say)?;
    let phi = pearson_dispersion(&y, &fit);
    let mut answers = Answers::default();
    answers.set("coef", fit.coef.as_slice());
    answers.set(
        "wald_p",
        z.iter().map(|&z| normal_two_sided(z)).collect::<Vec<_>>(),
    );
    answers.set("wald_z", z);
    answers.set(
        "quasi_se",
        se.iter().map(|s| s * phi.sqrt()).collect::<Vec<_>>(),
    );
    answers.set("se", se);
    answers.set("deviance", fit.deviance);
    answers.set("null_deviance", null.deviance);
    answers.set("loglik", fit.loglik);
    answers.set("df_residual", fit.df_residual);
    answers.set("pearson_dispersion", phi);
    for term in case.asked_after("profile_ci_") {
        let j = names
            .iter()
            .position(|name| name == term)
            .ok_or("no such term")?;
        answers.set_interval(
            format!("profile_ci_{term}"),
            glm_profile(&model, &fit, j, 0.95, 1.0),
        );
    }
    if let Some(j) = dropped(case, &names) {
        let rest = without_column(&x, j);
        let small = Model { x: &rest, ..model }.fit().map_err(say)?;
        let lr = likelihood_ratio(&fit, &small);
        let score = score_test(&model, &small).map_err(say)?;
        answers.set("lr_chisq", lr.statistic);
        answers.set("lr_df", lr.df);
        answers.set("lr_p", lr.p);
        answers.set("score_chisq", score.statistic);
        answers.set("score_p", score.p);
        let df = (lr.df as f64, fit.df_residual as f64);
        answers.set("quasi_F_p", f_upper(lr.statistic / df.0 / phi, df.0, df.1));
        answers.set("tested_term", names[j].as_str());
    }
    answers.set("names", names);
    Ok(answers)
}

/// Ridge logistic regression with a free intercept.
pub(crate) fn ridge(case: &Case) -> Result<Answers, String> {
    let Design { y, x, names, .. } = design(case, "model.matrix")?;
    let lambda = case.number("lambda")?;
    let penalty: Vec<f64> = names
        .iter()
        .map(|n| if n == "(Intercept)" { 0.0 } else { lambda })
        .collect();
    let model = Model {
        family: Family::Binomial,
        y: &y,
        x: &x,
        offset: None,
        penalty: Some(&penalty),
    };
    let fit = model.fit().map_err(say)?;
    let cost: f64 = fit
        .coef
        .iter()
        .zip(&penalty)
        .map(|(b, l)| 0.5 * l * b * b)
        .sum();
    let mut answers = Answers::default();
    answers.set("coef", fit.coef.as_slice());
    answers.set("penalised_loglik", fit.loglik - cost);
    answers.set("edf", (&fit.covariance * &fit.information).trace());
    answers.set("posterior_sd", fit.se());
    answers.set("names", names);
    Ok(answers)
}

/// Firth's logistic regression as `logistf` reports it, with FLIC.
pub(crate) fn firth_logistic(case: &Case) -> Result<Answers, String> {
    let Design { y, x, names, .. } = design(case, "logistf")?;
    let family = Family::Binomial;
    let fit = firth(family, &y, &x).map_err(say)?;
    let intervals: Vec<_> = (0..names.len())
        .map(|j| firth_profile(family, &y, &x, &fit, j, 0.95))
        .collect();
    let mut answers = Answers::default();
    answers.set("coef", fit.coef.as_slice());
    answers.set(
        "se",
        crate::stats::matrix::standard_errors(&fit.augmented_covariance),
    );
    answers.set(
        "profile_lower",
        intervals
            .iter()
            .map(|e| e.map(|e| e.low))
            .collect::<Vec<_>>(),
    );
    answers.set(
        "profile_upper",
        intervals
            .iter()
            .map(|e| e.map(|e| e.high))
            .collect::<Vec<_>>(),
    );
    answers.set(
        "profile_p",
        (0..names.len())
            .map(|j| firth_p(family, &y, &x, &fit, j))
            .collect::<Vec<_>>(),
    );
    answers.set("penalised_loglik", fit.penalised_loglik);
    answers.set(
        "penalised_loglik_null",
        firth_null(family, &y, &x, 0).map_err(say)?,
    );
    let flic = flic_intercept(&y, &x, &fit, 0);
    answers.set("flic_intercept", flic);
    let mean = flic.map(|intercept| {
        let shift = intercept - fit.coef[0];
        let sum: f64 = (&x * &fit.coef)
            .iter()
            .map(|e| family.mean(e + shift))
            .sum();
        sum / y.len() as f64
    });
    answers.set("flic_mean_predicted", mean);
    // The reference calls an outcome separated when 25 unpenalised steps carry a coefficient beyond 12.
    let model = Model {
        family,
        y: &y,
        x: &x,
        offset: None,
        penalty: None,
    };
    let separated = model
        .fit_from(None, 24, 1e-8)
        .map_or(true, |fit| fit.coef.iter().any(|b| b.abs() > 12.0));
    answers.set("separated", usize::from(separated));
    answers.set("names", names);
    Ok(answers)
}

/// Firth's Poisson regression as `brglm2` reports it.
pub(crate) fn firth_poisson(case: &Case) -> Result<Answers, String> {
    let Design { y, x, names, .. } = design(case, "glm")?;
    let fit = firth(Family::Poisson, &y, &x).map_err(say)?;
    let mut answers = Answers::default();
    answers.set("coef", fit.coef.as_slice());
    answers.set("se", crate::stats::matrix::standard_errors(&fit.covariance));
    answers.set("names", names);
    Ok(answers)
}

/// The variable that a `dd$x <- v` in the call sets for everyone.
pub(crate) fn set_for_all(call: &str) -> Option<&str> {
    let after = call.split("dd$").nth(1)?;
    after.split("<-").next().map(str::trim)
}

/// Whether a call fits a model of this name.
pub(crate) fn calls(case: &Case, function: &str) -> bool {
    arguments(case.call, function).is_some()
}
