//! Special functions, exact rates, proportions and tables, ranks, randomisation.

use super::request::{Answer, Answers, Request, number, numbers, undefined, whole};
use super::text::compute;
use crate::analysis::experiment_test::{DRAWS, Layout};
use crate::diary::vocabulary::ExperimentDesign;
use crate::stats::estimate::{Adjustment, adjust};
use crate::stats::fisher::{Table, fisher_exact};
use crate::stats::randomisation::start_point;
use crate::stats::ranks::{hodges_lehmann, mann_whitney, mann_whitney_exact, spearman};
use crate::stats::rate::{
    ExactP, Goal, binomial_test, clopper_pearson, nights_needed, poisson_rate, poisson_rate_ratio,
    poisson_rate_test,
};
use crate::stats::sign_flips::sign_flips;
use serde_json::Value;

/// The function is named in a text; each row of arguments is a number or a short list.
pub(crate) fn special_functions(request: &Request) -> Result<Answers, String> {
    let text = request.text("function")?;
    let mut out: Vec<Answer> = Vec::new();
    for row in request.data["args"].as_array().ok_or("no args")? {
        let args = numbers(row).ok_or("args are no numbers")?;
        let (values, is_list) = compute(text, &args)?;
        let mut values = values.into_iter();
        out.push(match is_list {
            true => values.collect::<Vec<_>>().into(),
            false => values.next().flatten().into(),
        });
    }
    let mut answers = Answers::default();
    answers.set("log_or_value", out);
    Ok(answers)
}

fn set_p(answers: &mut Answers, p: Option<ExactP>) {
    answers.set("p_two_sided", p.map(|p| p.two_sided));
    answers.set("p_less", p.map(|p| p.less));
    answers.set("p_greater", p.map(|p| p.greater));
    answers.set("p_central", p.map(|p| p.central()));
}

pub(crate) fn rate(request: &Request) -> Result<Answers, String> {
    let (x, t) = (request.count("x")?, request.number("T")?);
    let rate = poisson_rate(x, t, request.level());
    let mut answers = Answers::default();
    answers.set("rate", rate.map(|e| e.value));
    answers.set_interval("ci", rate);
    let p = poisson_rate_test(x, t, request.number("r0").unwrap_or(1.0));
    set_p(&mut answers, rate.and(p));
    Ok(answers)
}

pub(crate) fn rate_ratio(request: &Request) -> Result<Answers, String> {
    let (x, t) = (request.counts("x")?, request.numbers("T")?);
    let ([x1, x2], [t1, t2]) = (x.as_slice(), t.as_slice()) else {
        return Err("two counts and two exposures expected".to_owned());
    };
    let r0 = request.number("r0").unwrap_or(1.0);
    let ratio = poisson_rate_ratio((*x1, *x2), (*t1, *t2), r0, request.level());
    let ratio = ratio.ok_or_else(|| undefined("no ratio"))?;
    let mut answers = Answers::default();
    answers.set("rate_ratio", ratio.estimate.map(|e| e.value));
    answers.set_interval("ci", ratio.estimate);
    set_p(&mut answers, Some(ratio.p));
    Ok(answers)
}

pub(crate) fn binomial(request: &Request) -> Result<Answers, String> {
    let (x, n) = (request.count("x")?, request.count("n")?);
    let exact = clopper_pearson(x, n, request.level());
    let mut answers = Answers::default();
    answers.set("estimate", exact.map(|e| e.value));
    answers.set_interval("clopper_pearson", exact);
    let p0 = request.number("p0").unwrap_or(0.5);
    set_p(&mut answers, exact.and(binomial_test(x, n, p0)));
    Ok(answers)
}

/// A 2×2 table as a matrix object or as two rows.
fn table(request: &Request) -> Result<Table, String> {
    let tab = &request.data["tab"];
    let flat = match tab.get("by_row") {
        Some(by_row) => numbers(by_row),
        None => tab
            .as_array()
            .and_then(|rows| rows.iter().map(numbers).collect::<Option<Vec<_>>>())
            .map(|rows| rows.concat()),
    };
    let counts = flat.ok_or("no counts")?.into_iter().map(whole);
    match counts.collect::<Result<Vec<_>, _>>()?.as_slice() {
        [a, b, c, d] => Ok(Table {
            a: *a,
            b: *b,
            c: *c,
            d: *d,
        }),
        _ => Err("the table is not 2×2".to_owned()),
    }
}

pub(crate) fn fisher(request: &Request) -> Result<Answers, String> {
    let test = fisher_exact(table(request)?, request.level()).ok_or("counts too large")?;
    let mut answers = Answers::default();
    for (name, ln) in [
        ("p_two_sided", test.ln_two_sided),
        ("p_less", test.ln_less),
        ("p_greater", test.ln_greater),
        ("p_central", test.ln_central()),
    ] {
        answers.set(name, ln.exp());
        answers.set(format!("ln_{name}"), ln);
        answers.set(format!("log10_{name}"), ln / std::f64::consts::LN_10);
    }
    let smaller = test.ln_less.min(test.ln_greater).exp();
    answers.set("p_midp", 2.0 * (smaller - 0.5 * test.ln_point.exp()));
    answers.set("or_cmle", test.odds_ratio.map(|e| e.value));
    // Margins that allow one table only leave the ratio open: any value from 0 up.
    answers.set("or_lower", test.odds_ratio.map_or(0.0, |e| e.low));
    answers.set(
        "or_upper",
        test.odds_ratio.map_or(f64::INFINITY, |e| e.high),
    );
    Ok(answers)
}

pub(crate) fn two_samples(request: &Request) -> Result<Answers, String> {
    let (x, y) = (request.numbers("x")?, request.numbers("y")?);
    let test = mann_whitney(&x, &y);
    let mut answers = Answers::default();
    answers.set("W", test.map(|t| t.u));
    answers.set("auc", test.map(|t| t.auc));
    answers.set("p_normal", test.map(|t| t.p_normal));
    answers.set("p_normal_cc", test.map(|t| t.p_normal_corrected));
    answers.set("hodges_lehmann", hodges_lehmann(&x, &y));
    if request.asked.contains(&"p_exact") {
        answers.set("p_exact", mann_whitney_exact(&x, &y, 250));
    }
    Ok(answers)
}

pub(crate) fn correlation(request: &Request) -> Result<Answers, String> {
    let rho = spearman(&request.numbers("x")?, &request.numbers("y")?);
    let mut answers = Answers::default();
    answers.set("rho", rho.map(|c| c.value));
    answers.set("spearman_p_t", rho.map(|c| c.p));
    Ok(answers)
}

pub(crate) fn adjusted(request: &Request) -> Result<Answers, String> {
    let p: Vec<Option<f64>> = match &request.data["p"] {
        Value::Array(list) => list.iter().map(number).collect(),
        one => vec![number(one)],
    };
    let mut answers = Answers::default();
    for (key, how) in [
        ("BH", Adjustment::BenjaminiHochberg),
        ("fdr", Adjustment::BenjaminiHochberg),
        ("BY", Adjustment::BenjaminiYekutieli),
    ] {
        answers.set(key, adjust(&p, how));
    }
    Ok(answers)
}

pub(crate) fn pairs(request: &Request) -> Result<Answers, String> {
    let result = sign_flips(&request.numbers("diff")?, 20_000, 1);
    let result = result.ok_or_else(|| undefined("no pairs"))?;
    let mut answers = Answers::default();
    answers.set("n_assignments", result.assignments);
    answers.set("observed_mean", result.mean);
    answers.set("p_two_sided", result.p_two_sided);
    answers.set("p_less", result.p_less);
    answers.set("p_greater", result.p_greater);
    Ok(answers)
}

/// An experiment as the result of one goes: `counts` and `on` (1 or 0) a night, and `period` and `dropped` in pairs.
pub(crate) fn experiment(request: &Request) -> Result<Answers, String> {
    let nightly = request.data.get("period").is_none();
    let small = |key: &str| match nightly {
        true => Ok(u32::from(key == "period")),
        false => u32::try_from(request.count(key)?).map_err(|e| e.to_string()),
    };
    let layout = Layout {
        design: match nightly {
            true => ExperimentDesign::Nightly,
            false => ExperimentDesign::Pairs,
        },
        period: small("period")?,
        dropped: small("dropped")?,
    };
    let counts = request.counts("counts")?.into_iter();
    let counts: Vec<Option<u32>> = counts.map(|c| u32::try_from(c).ok()).collect();
    let on: Vec<bool> = request.counts("on")?.iter().map(|on| *on == 1).collect();
    let verdict = layout.test(&counts, &on, DRAWS, 1);
    let mut answers = Answers::default();
    answers.set("p", verdict.p);
    if request.asked.contains(&"rate_ratio") {
        let ratio = verdict.rate_ratio();
        answers.set("rate_ratio", ratio.map(|r| r.value));
        answers.set("lower", ratio.map(|r| r.low));
        answers.set("upper", ratio.map(|r| r.high));
    }
    Ok(answers)
}

pub(crate) fn phases(request: &Request) -> Result<Answers, String> {
    let from_one = |k: u64| {
        let start = usize::try_from(k).ok().and_then(|k| k.checked_sub(1));
        start.ok_or("starts count from 1")
    };
    let allowed = request
        .counts("allowed_starts_1based")?
        .into_iter()
        .map(from_one)
        .collect::<Result<Vec<_>, _>>()?;
    let actual = from_one(request.count("actual_start_1based")?)?;
    let result = start_point(&request.numbers("y")?, &allowed, actual).ok_or("no such start")?;
    let mut answers = Answers::default();
    answers.set("observed", result.observed);
    answers.set("n_assignments", result.statistics.len());
    answers.set("p_two_sided", result.p_two_sided);
    answers.set("p_less", result.p_less);
    answers.set("p_greater", result.p_greater);
    answers.set("statistics", result.statistics);
    Ok(answers)
}

pub(crate) fn nights(request: &Request) -> Result<Answers, String> {
    let (p1, p2) = (request.number("p1")?, request.number("p2")?);
    let goal = Goal {
        alpha: request.number("alpha")?,
        power: request.number("power")?,
    };
    let mut answers = Answers::default();
    for (key, share) in [("equal_split", 0.5), ("quarter_exposed", 0.25)] {
        let nights = nights_needed(p1, p2 / p1, share, goal, 1.0);
        answers.set(format!("nights_poisson_{key}"), nights);
    }
    Ok(answers)
}
