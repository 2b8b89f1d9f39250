//! Special functions, exact rates and proportions.

use super::answer::{Answer, Answers};
use super::case::{Case, numbers};
use crate::stats::distribution::normal_ln_upper;
use crate::stats::proportion::{binomial_test, clopper_pearson, jeffreys, wilson};
use crate::stats::rate::{ExactP, poisson_rate, poisson_rate_ratio, poisson_rate_test};
use crate::stats::special::{beta_tails, digamma, gamma_tails, ln_gamma, trigamma};
use serde_json::Value;

/// The function is named in words; each argument is a number or a short list.
pub(crate) fn special_functions(case: &Case) -> Result<Answers, String> {
    let name = case.text("function")?.to_lowercase();
    let rows = case
        .data
        .get("args")
        .and_then(Value::as_array)
        .ok_or("no args")?;
    let mut out: Vec<Answer> = Vec::new();
    for row in rows {
        let args = numbers(row).ok_or("args are no numbers")?;
        let value: Answer = match args.as_slice() {
            [a, b, x] if name.contains("incomplete beta") => beta_tails(*a, *b, *x).lower.into(),
            [a, x] if name.contains("lower gamma") => gamma_tails(*a, *x).lower.into(),
            [a, x] if name.contains("upper gamma") => gamma_tails(*a, *x).upper.into(),
            [z] if name.contains("p(z>z)") => normal_ln_upper(*z).into(),
            [x] if name.contains("digamma") => vec![digamma(*x), trigamma(*x), ln_gamma(*x)].into(),
            _ => return Err(format!("unknown function {name}")),
        };
        out.push(value);
    }
    let mut answers = Answers::default();
    answers.set("log_or_value", Answer::List(out));
    Ok(answers)
}

fn set_p(answers: &mut Answers, p: &ExactP) {
    answers.set("p_two_sided", p.two_sided);
    answers.set("p_less", p.less);
    answers.set("p_greater", p.greater);
    answers.set("p_central", p.central());
}

pub(crate) fn rate(case: &Case) -> Result<Answers, String> {
    let (x, t) = (case.count("x")?, case.number("T")?);
    let rate = poisson_rate(x, t, 0.95);
    let mut answers = Answers::default();
    answers.set("rate", rate.map(|e| e.value));
    answers.set_interval("ci", rate);
    let p = poisson_rate_test(x, t, case.number("r0").unwrap_or(1.0));
    set_p(&mut answers, &p.ok_or("no test")?);
    Ok(answers)
}

pub(crate) fn rate_ratio(case: &Case) -> Result<Answers, String> {
    let (x, t) = (case.counts("x")?, case.numbers("T")?);
    let ([x1, x2], [t1, t2]) = (x.as_slice(), t.as_slice()) else {
        return Err("two counts and two exposures expected".to_owned());
    };
    let r0 = case.number("r0").unwrap_or(1.0);
    let ratio = poisson_rate_ratio((*x1, *x2), (*t1, *t2), r0, 0.95).ok_or("no ratio")?;
    let mut answers = Answers::default();
    answers.set("rate_ratio", ratio.estimate.map(|e| e.value));
    answers.set_interval("ci", ratio.estimate);
    set_p(&mut answers, &ratio.p);
    Ok(answers)
}

pub(crate) fn binomial(case: &Case) -> Result<Answers, String> {
    let (x, n) = (case.count("x")?, case.count("n")?);
    let exact = clopper_pearson(x, n, 0.95);
    let mut answers = Answers::default();
    answers.set("estimate", exact.map(|e| e.value));
    answers.set_interval("clopper_pearson", exact);
    answers.set_interval("wilson", wilson(x, n, 0.95));
    answers.set_interval("jeffreys", jeffreys(x, n, 0.95));
    set_p(
        &mut answers,
        &binomial_test(x, n, case.number("p0").unwrap_or(0.5)).ok_or("no test")?,
    );
    Ok(answers)
}
