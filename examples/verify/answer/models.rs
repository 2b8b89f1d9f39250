//! Regression models on a design that is ready: `y`, `x` as a list of columns, `names`.

use super::request::{Answers, Request, numbers, undefined};
use crate::stats::design::Design;
use crate::stats::distribution::{ChiSquared, f_upper, normal_two_sided};
use crate::stats::estimate::Estimate;
use crate::stats::firth::{average_mean, fit_firth, flic_shift};
use crate::stats::hurdle::hurdle;
use crate::stats::regression::{
    Family, Fit, SETTLED, dean, fit_with_offset, logistic, pearson_dispersion,
};
use crate::stats::solve::{FitError, profile_interval, standard_errors};
use crate::stats::special::ln_gamma;
use nalgebra::DMatrix;

pub(super) const NO_FIT: &str = "undefined: the model has no answer";

/// A model without a maximum is undefined; data that do not fit together are a mistake.
pub(super) fn no_fit(why: FitError) -> String {
    match why {
        FitError::BadInput => why.to_string(),
        _ => undefined(why),
    }
}

/// Outcome and dense design.
pub(super) struct Data<'a> {
    pub(super) y: Vec<f64>,
    pub(super) x: DMatrix<f64>,
    pub(super) design: Design,
    pub(super) names: Vec<&'a str>,
    pub(super) offset: Vec<f64>,
    pub(super) family: Family,
}

impl<'a> Data<'a> {
    pub(super) fn read(request: &Request<'a>) -> Result<Self, String> {
        let columns: Vec<Vec<f64>> = request.data["x"]
            .as_array()
            .ok_or("no columns")?
            .iter()
            .map(|column| numbers(column).ok_or("a column is no list of numbers"))
            .collect::<Result<_, _>>()?;
        let rows = columns.first().map_or(0, Vec::len);
        let y = request.numbers("y").unwrap_or_default();
        let offset = request.numbers("offset").unwrap_or_default();
        let fits = |length: usize| length == 0 || length == rows;
        if columns.iter().any(|c| c.len() != rows) || !fits(y.len()) || !fits(offset.len()) {
            return Err("columns of different lengths".to_owned());
        }
        let x = DMatrix::from_fn(rows, columns.len(), |i, j| columns[j][i]);
        Ok(Self {
            y,
            design: Design::dense(&x),
            x,
            names: request.texts("names"),
            offset,
            family: match request.text("family") {
                Ok("binomial") => Family::Logistic,
                _ => Family::Poisson,
            },
        })
    }

    pub(super) fn columns(&self) -> usize {
        self.x.ncols()
    }

    pub(super) fn fit(&self) -> Result<Fit, String> {
        self.fit_on(&self.design, &self.offset)
    }

    fn fit_on(&self, design: &Design, offset: &[f64]) -> Result<Fit, String> {
        let penalty = vec![0.0; design.columns()];
        let fit = fit_with_offset(
            design,
            &self.y,
            self.family,
            &penalty,
            None,
            offset,
            SETTLED,
        );
        fit.ok_or_else(|| NO_FIT.to_owned())
    }

    fn column(&self, name: &str) -> Result<usize, String> {
        let found = self.names.iter().position(|n| *n == name);
        found.ok_or_else(|| format!("no term {name}"))
    }

    /// The design without column `j`, and that column.
    fn without_column(&self, j: usize) -> (Design, Vec<f64>) {
        let column = self.x.column(j).iter().copied().collect();
        (Design::dense(&self.x.clone().remove_column(j)), column)
    }

    /// Log likelihood of an unpenalised fit, constants included.
    fn loglik(&self, fit: &Fit) -> f64 {
        let constants = match self.family {
            Family::Logistic => 0.0,
            _ => self.y.iter().map(|y| ln_gamma(y + 1.0)).sum(),
        };
        -0.5 * fit.deviance - constants
    }

    /// Deviance summed term by term, which keeps its digits when the fit is close.
    fn deviance(&self, fit: &Fit) -> f64 {
        if self.family == Family::Logistic {
            return fit.deviance;
        }
        let each = self.y.iter().zip(&fit.mean).map(|(y, m)| {
            let ratio = if *y > 0.0 { y * (y / m).ln() } else { 0.0 };
            2.0 * (ratio - (y - m))
        });
        each.sum()
    }

    /// Likelihood interval of column `j` of a fit.
    fn profile(&self, fit: &Fit, j: usize) -> Result<Option<Estimate>, String> {
        let (rest, column) = self.without_column(j);
        let penalty = vec![0.0; rest.columns()];
        let mut start = fit.coefficients.clone();
        start.remove(j);
        let nearest = start.clone();
        let drop = |b: f64| {
            let mut offset: Vec<f64> = column.iter().map(|x| b * x).collect();
            let given = self.offset.iter();
            offset
                .iter_mut()
                .zip(given)
                .for_each(|(o, more)| *o += more);
            let from = |start: Option<&[f64]>| {
                fit_with_offset(
                    &rest,
                    &self.y,
                    self.family,
                    &penalty,
                    start,
                    &offset,
                    SETTLED,
                )
                .filter(|fit| fit.converged)
            };
            // A start from the value before may be too far off for a yes/no model.
            let held = from(Some(&start))
                .or_else(|| from(Some(&nearest)))
                .or_else(|| from(None))?;
            start.clone_from(&held.coefficients);
            Some(held.deviance - fit.deviance)
        };
        Ok(profile_interval(
            drop,
            fit.coefficients[j],
            fit.model_se(j),
            0.95,
            1.0,
        ))
    }
}

/// A number of each column; undefined for one that repeats columns before it.
fn of_columns(fit: &Fit, columns: usize, value: impl Fn(usize) -> f64) -> Vec<Option<f64>> {
    let defined = |j: &usize| !fit.factor.aliased(*j);
    (0..columns)
        .map(|j| Some(j).filter(defined).map(&value))
        .collect()
}

pub(super) fn coefficients(fit: &Fit, columns: usize) -> Vec<Option<f64>> {
    of_columns(fit, columns, |j| fit.coefficients[j])
}

fn model_errors(fit: &Fit, columns: usize) -> Vec<Option<f64>> {
    of_columns(fit, columns, |j| fit.model_se(j))
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Poisson or logistic regression with everything R's summary reports; `test` names the term to be tested.
pub(crate) fn glm(request: &Request) -> Result<Answers, String> {
    let data = Data::read(request)?;
    let (fit, p) = (data.fit()?, data.columns());
    let repeated = (0..p).filter(|j| fit.factor.aliased(*j)).count();
    let df = (data.y.len() + repeated).saturating_sub(p);
    let phi = pearson_dispersion(&data.y, &fit.mean, &fit.weight, df);
    let (coef, se) = (coefficients(&fit, p), model_errors(&fit, p));
    let each = coef.iter().zip(&se);
    let z: Vec<Option<f64>> = each.map(|(b, s)| Some((*b)? / (*s)?)).collect();
    let mut answers = Answers::default();
    answers.set("coef", coef);
    answers.set(
        "wald_p",
        z.iter()
            .map(|z| z.map(normal_two_sided))
            .collect::<Vec<_>>(),
    );
    answers.set("wald_z", z);
    let quasi = phi.map(|phi| {
        let each = se.iter().map(|s| s.map(|s| s * phi.sqrt()));
        each.collect::<Vec<_>>()
    });
    answers.set("quasi_se", quasi);
    answers.set("se", se);
    answers.set("deviance", data.deviance(&fit));
    // without an intercept there is nothing to fit
    if data.names.first() == Some(&"(Intercept)") {
        let ones = Design::dense(&DMatrix::from_element(data.y.len(), 1, 1.0));
        let null = data.fit_on(&ones, &data.offset)?;
        answers.set("null_deviance", data.deviance(&null));
    }
    answers.set("loglik", data.loglik(&fit));
    answers.set("df_residual", df);
    answers.set("pearson_dispersion", phi);
    for term in request.asked_after("profile_ci_") {
        let interval = data.profile(&fit, data.column(term)?)?;
        answers.set_interval(format!("profile_ci_{term}"), interval);
    }
    if let Some(j) = request
        .text("test")
        .ok()
        .and_then(|term| data.column(term).ok())
    {
        let (rest, _) = data.without_column(j);
        let small = data.fit_on(&rest, &data.offset)?;
        let lr = ChiSquared::new(data.deviance(&small) - data.deviance(&fit), 1);
        let score = data.design.transpose_times(&small.score);
        let information = data.design.information(&small.weight, &vec![0.0; p]);
        let along = information.ok_or(NO_FIT)?.solve(&score);
        let rao = ChiSquared::new(dot(&score, &along), 1);
        answers.set("lr_chisq", lr.statistic);
        answers.set("lr_df", lr.df);
        answers.set("lr_p", lr.p);
        answers.set("score_chisq", rao.statistic);
        answers.set("score_p", rao.p);
        answers.set(
            "quasi_F_p",
            phi.map(|phi| f_upper(lr.statistic / phi, 1.0, df as f64)),
        );
        answers.set("tested_term", data.names[j]);
    }
    answers.set("names", data.names);
    Ok(answers)
}

/// Ridge logistic regression with a free intercept.
pub(crate) fn ridge(request: &Request) -> Result<Answers, String> {
    let data = Data::read(request)?;
    let (lambda, p) = (request.number("lambda")?, data.columns());
    let free = |name: &&str| if *name == "(Intercept)" { 0.0 } else { lambda };
    let penalty: Vec<f64> = data.names.iter().map(free).collect();
    let fit = fit_with_offset(
        &data.design,
        &data.y,
        Family::Logistic,
        &penalty,
        None,
        &[],
        SETTLED,
    );
    let fit = fit.ok_or(NO_FIT)?;
    let se = model_errors(&fit, p);
    let mut answers = Answers::default();
    answers.set("coef", coefficients(&fit, p));
    answers.set("penalised_loglik", -0.5 * fit.deviance);
    // The trace of (X'WX + Λ)⁻¹X'WX.
    let each = penalty.iter().zip(&se);
    let shrunk: f64 = each
        .filter_map(|(l, s)| Some(l * s.as_ref()?.powi(2)))
        .sum();
    answers.set("edf", p as f64 - shrunk);
    answers.set("posterior_sd", se);
    answers.set("names", data.names);
    Ok(answers)
}

/// Firth's logistic regression with FLIC.
pub(crate) fn firth(request: &Request) -> Result<Answers, String> {
    let data = Data::read(request)?;
    let p = data.columns();
    let fit = fit_firth(&data.design, &data.y, &vec![0.0; p]).ok_or(NO_FIT)?;
    let mut eta = Vec::new();
    data.design.predict(&fit.coefficients, &mut eta);
    let shift = flic_shift(&data.y, &eta);
    let mut answers = Answers::default();
    answers.set("coef", coefficients(&fit, p));
    answers.set("penalised_loglik", -0.5 * fit.deviance);
    answers.set(
        "flic_intercept",
        shift.map(|shift| fit.coefficients[0] + shift),
    );
    let mean = shift.map(|s| eta.iter().map(|e| logistic(e + s)).sum::<f64>() / eta.len() as f64);
    answers.set("flic_mean_predicted", mean);
    answers.set("names", data.names);
    Ok(answers)
}

/// Average risks with the variable `term` set to 1 and to 0 for everyone.
pub(crate) fn standardised(request: &Request) -> Result<Answers, String> {
    let data = Data::read(request)?;
    if data.family != Family::Logistic {
        return Err("risks are those of a yes/no model".to_owned());
    }
    let (j, fit) = (data.column(request.text("term")?)?, data.fit()?);
    let risk = |value: f64| {
        let mut x = data.x.clone();
        x.column_mut(j).fill(value);
        let (set, mut eta) = (Design::dense(&x), Vec::new());
        set.predict(&fit.coefficients, &mut eta);
        let (mean, slope) = average_mean(&eta);
        (mean, set.transpose_times(&slope))
    };
    let ((off, g_off), (on, g_on)) = (risk(0.0), risk(1.0));
    let se = |a: f64, b: f64| {
        let g: Vec<f64> = g_on
            .iter()
            .zip(&g_off)
            .map(|(x, y)| a * x - b * y)
            .collect();
        dot(&g, &fit.factor.solve(&g)).sqrt()
    };
    let mut answers = Answers::default();
    answers.set("risk_on", on);
    answers.set("risk_off", off);
    answers.set("risk_difference", on - off);
    answers.set("risk_ratio", on / off);
    answers.set("se_risk_difference", se(1.0, 1.0));
    answers.set("se_log_risk_ratio", se(1.0 / on, 1.0 / off));
    Ok(answers)
}

pub(crate) fn overdispersion(request: &Request) -> Result<Answers, String> {
    let data = Data::read(request)?;
    let fit = data.fit()?;
    let df = data.y.len().saturating_sub(data.columns());
    let dean = dean(&data.y, &fit.mean);
    let mut answers = Answers::default();
    answers.set(
        "pearson_dispersion",
        pearson_dispersion(&data.y, &fit.mean, &fit.mean, df),
    );
    answers.set("dean_z", dean.map(|t| t.statistic));
    answers.set("dean_p_one_sided", dean.map(|t| t.p));
    Ok(answers)
}

/// A hurdle with NB2 counts.
pub(crate) fn hurdle_counts(request: &Request) -> Result<Answers, String> {
    let data = Data::read(request)?;
    let (fit, p) = (hurdle(&data.y, &data.x).map_err(no_fit)?, data.columns());
    let names = ["count_", "zero_"]
        .iter()
        .flat_map(|part| data.names.iter().map(move |n| format!("{part}{n}")))
        .collect::<Vec<_>>();
    let mut answers = Answers::default();
    answers.set(
        "names",
        names.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    answers.set("count_coef", fit.count.as_slice().to_vec());
    answers.set("zero_coef", coefficients(&fit.zero, p));
    let errors = [
        standard_errors(&fit.count_covariance),
        standard_errors(&fit.zero_covariance),
    ];
    answers.set("se", errors.concat());
    answers.set("loglik", fit.loglik);
    answers.set("theta", fit.theta);
    Ok(answers)
}
