//! Models beyond the plain regressions: clustered, overdispersed, conditional, time to event, hurdle.

use super::answer::Answers;
use super::case::Case;
use super::formula::{Design, arguments, build, columns, design, formula, named};
use super::regression::{say, set_for_all};
use crate::stats::conditional_logistic::conditional_logistic;
use crate::stats::cox::{Intervals, Ties, cox};
use crate::stats::distribution::{chi2_upper, normal_two_sided};
use crate::stats::glm::{Family, Model};
use crate::stats::hurdle::{Counts, hurdle};
use crate::stats::matrix::standard_errors;
use crate::stats::negative_binomial::{negative_binomial, negative_binomial_profile};
use crate::stats::overdispersion::{
    cameron_trivedi, dean, index_of_dispersion, pearson_dispersion,
};
use crate::stats::robust::{clusters, cr0, cr3, effective_clusters, jackknife};
use crate::stats::standardise::standardised_risk;
use nalgebra::DMatrix;

/// The family that the call's `glm` names.
pub(crate) fn family(case: &Case) -> Family {
    let named = arguments(case.call, "glm").unwrap_or_default();
    if named.iter().any(|a| a.contains("binomial")) {
        Family::Binomial
    } else {
        Family::Poisson
    }
}

/// The label that the call takes as the cluster: `g <- d$NAME`.
fn cluster_name(call: &str) -> &str {
    let after = call.split("g <- d$").nth(1).unwrap_or("cl");
    after
        .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
        .next()
        .unwrap_or("cl")
}

pub(crate) fn cluster_robust(case: &Case) -> Result<Answers, String> {
    let Design {
        y,
        x,
        names,
        offset,
        ..
    } = design(case, "glm")?;
    let labels = columns(case).get(cluster_name(case.call))?.to_vec();
    let model = Model {
        family: family(case),
        y: &y,
        x: &x,
        offset: offset.as_deref(),
        penalty: None,
    };
    let fit = model.fit().map_err(say)?;
    let groups = clusters(&labels);
    let mut answers = Answers::default();
    answers.set("coef", fit.coef.as_slice());
    answers.set("cr0_se", standard_errors(&cr0(&x, &y, &fit, &groups)));
    answers.set(
        "cr3_onestep_se",
        cr3(&x, &y, &fit, &groups).map(|v| standard_errors(&v)),
    );
    answers.set(
        "delete_block_jackknife_se",
        jackknife(&model, &fit, &groups).map(|v| standard_errors(&v)),
    );
    answers.set("n_clusters", groups.len());
    answers.set(
        "gstar_last_coef",
        effective_clusters(&x, &fit, &groups, names.len() - 1),
    );
    answers.set("names", names);
    Ok(answers)
}

pub(crate) fn standardised(case: &Case) -> Result<Answers, String> {
    let Design { y, x, names, .. } = design(case, "glm")?;
    let term = set_for_all(case.call).ok_or("no variable is set for everyone")?;
    let j = names
        .iter()
        .position(|n| n == term)
        .ok_or("no such variable")?;
    let family = family(case);
    let fit = Model {
        family,
        y: &y,
        x: &x,
        offset: None,
        penalty: None,
    }
    .fit()
    .map_err(say)?;
    let risk = standardised_risk(family, &x, &fit.coef, &fit.covariance, j, (0.0, 1.0))
        .ok_or("no risk")?;
    let mut answers = Answers::default();
    answers.set("risk_on", risk.on);
    answers.set("risk_off", risk.off);
    answers.set("risk_difference", risk.on - risk.off);
    answers.set("risk_ratio", risk.on / risk.off);
    answers.set("se_risk_difference", risk.se_difference);
    answers.set("se_log_risk_ratio", risk.se_log_ratio);
    Ok(answers)
}

pub(crate) fn overdispersion(case: &Case) -> Result<Answers, String> {
    let Design { y, x, .. } = design(case, "glm")?;
    let fit = Model {
        family: Family::Poisson,
        y: &y,
        x: &x,
        offset: None,
        penalty: None,
    }
    .fit()
    .map_err(say)?;
    let trivedi = cameron_trivedi(&y, &fit.mu);
    let dean = dean(&y, &fit.mu);
    let index = index_of_dispersion(&y);
    let mut answers = Answers::default();
    answers.set(
        "pearson_dispersion",
        pearson_dispersion(&y, &fit.mu, &fit.mu, fit.df_residual),
    );
    answers.set("cameron_trivedi_alpha", trivedi.map(|t| t.0));
    answers.set("cameron_trivedi_t", trivedi.map(|t| t.1.statistic));
    answers.set("cameron_trivedi_p_one_sided", trivedi.map(|t| t.1.p));
    answers.set("dean_z", dean.map(|t| t.statistic));
    answers.set("dean_p_one_sided", dean.map(|t| t.p));
    answers.set("index_of_dispersion", index.map(|t| t.statistic));
    answers.set("index_chisq_p", index.map(|t| t.p));
    Ok(answers)
}

/// `nb_case(X, d$y, …)` with the columns that the call binds to an intercept.
pub(crate) fn nb(case: &Case) -> Result<Answers, String> {
    let columns = columns(case);
    let between = |from: &str, to: &str| {
        case.call
            .split(from)
            .nth(1)
            .and_then(|s| s.split(to).next())
    };
    let response = between("nb_case(X, d$", ",")
        .or_else(|| between("nb_case(X, d$", ")"))
        .ok_or("no response")?;
    let listed = between("d[, c(", ")").ok_or("no columns")?;
    let terms: Vec<&str> = listed
        .split(',')
        .map(|t| t.trim().trim_matches(['\'', '"']))
        .collect();
    let Design { y, x, names, .. } = build(
        &format!("{response} ~ {}", terms.join(" + ")),
        &columns,
        &[],
    )?;
    let fit = negative_binomial(&y, &x, None).map_err(say)?;
    let poisson = Model {
        family: Family::Poisson,
        y: &y,
        x: &x,
        offset: None,
        penalty: None,
    }
    .fit()
    .map_err(say)?;
    let lr = 2.0 * (fit.loglik - poisson.loglik);
    let mut answers = Answers::default();
    answers.set("coef", fit.coef.as_slice());
    answers.set("se", fit.se());
    answers.set("theta", fit.theta);
    answers.set("theta_se", fit.theta_se);
    answers.set("loglik", fit.loglik);
    answers.set("poisson_loglik", poisson.loglik);
    answers.set("lr_overdispersion", lr);
    answers.set("lr_overdispersion_p", chi2_upper(lr.max(0.0), 1.0) / 2.0);
    for term in case.asked_after("profile_ci_") {
        let j = names
            .iter()
            .position(|name| name == term)
            .ok_or("no such term")?;
        let interval = negative_binomial_profile(&y, &x, None, &fit, j, 0.95, 1.0);
        answers.set_interval(format!("profile_ci_{term}"), interval);
    }
    answers.set("names", names);
    Ok(answers)
}

/// The columns of a design without its intercept.
fn no_intercept(design: &Design) -> (DMatrix<f64>, Vec<String>) {
    let kept: Vec<usize> = (0..design.names.len())
        .filter(|&j| design.names[j] != "(Intercept)")
        .collect();
    (
        design.x.select_columns(&kept),
        kept.iter().map(|&j| design.names[j].clone()).collect(),
    )
}

pub(crate) fn clogit(case: &Case) -> Result<Answers, String> {
    let design = design(case, "clogit")?;
    let (x, names) = no_intercept(&design);
    let one = vec![1.0; design.y.len()];
    let fit = conditional_logistic(&design.y, &x, design.strata.as_deref().unwrap_or(&one))
        .map_err(say)?;
    let se = fit.se();
    let mut answers = Answers::default();
    answers.set(
        "wald_p",
        fit.coef
            .iter()
            .zip(&se)
            .map(|(b, s)| normal_two_sided(b / s))
            .collect::<Vec<_>>(),
    );
    answers.set("coef", fit.coef.as_slice());
    answers.set("se", se);
    answers.set("loglik", fit.loglik);
    answers.set("loglik_null", fit.loglik_null);
    answers.set("score_chisq", fit.score.statistic);
    answers.set("lr_p", fit.likelihood_ratio().p);
    answers.set("names", names);
    Ok(answers)
}

pub(crate) fn cox_recurrent(case: &Case) -> Result<Answers, String> {
    let arguments = arguments(case.call, "coxph").ok_or("no coxph() in the call")?;
    let formula = formula(&arguments).ok_or("no formula")?;
    let surv = formula
        .split_once("Surv(")
        .and_then(|s| s.1.split_once(')'))
        .ok_or("no Surv()")?
        .0;
    let parts: Vec<&str> = surv.split(',').map(str::trim).collect();
    let columns = columns(case);
    let design = build(formula, &columns, &[])?;
    let (x, names) = no_intercept(&design);
    let (start, stop, event) = match parts.as_slice() {
        [start, stop, event] => (
            columns.evaluate(start)?,
            columns.evaluate(stop)?,
            columns.evaluate(event)?,
        ),
        [stop, event] => {
            let stop = columns.evaluate(stop)?;
            (
                vec![f64::NEG_INFINITY; stop.len()],
                stop,
                columns.evaluate(event)?,
            )
        }
        _ => return Err("Surv() needs two or three columns".to_owned()),
    };
    let data = Intervals {
        start: &start,
        stop: &stop,
        event: &event,
        x: &x,
        strata: design.strata.as_deref(),
        cluster: design.cluster.as_deref(),
    };
    let ties = if named(&arguments, "ties") == Some("breslow") {
        Ties::Breslow
    } else {
        Ties::Efron
    };
    let fit = cox(&data, ties).map_err(say)?;
    let mut answers = Answers::default();
    answers.set("coef", fit.coef.as_slice());
    answers.set("model_se", fit.se());
    answers.set(
        "robust_se",
        if data.cluster.is_some() {
            fit.robust_se()
        } else {
            fit.se()
        },
    );
    answers.set("loglik", fit.loglik);
    answers.set("loglik_null", fit.loglik_null);
    answers.set("score_chisq", fit.score.statistic);
    answers.set("names", names);
    Ok(answers)
}

pub(crate) fn hurdle_counts(case: &Case) -> Result<Answers, String> {
    let Design { y, x, names, .. } = design(case, "hurdle")?;
    let arguments = arguments(case.call, "hurdle").unwrap_or_default();
    let counts = if named(&arguments, "dist").unwrap_or("poisson") == "poisson" {
        Counts::Poisson
    } else {
        Counts::NegativeBinomial
    };
    let fit = hurdle(&y, &x, counts).map_err(say)?;
    let mut answers = Answers::default();
    let prefixed = |prefix: &str| {
        names
            .iter()
            .map(|n| format!("{prefix}{n}"))
            .collect::<Vec<_>>()
    };
    answers.set("names", [prefixed("count_"), prefixed("zero_")].concat());
    answers.set("count_coef", fit.count.as_slice());
    answers.set("zero_coef", fit.zero.coef.as_slice());
    answers.set(
        "se",
        [standard_errors(&fit.count_covariance), fit.zero.se()].concat(),
    );
    answers.set("loglik", fit.loglik);
    answers.set("theta", fit.theta);
    Ok(answers)
}
