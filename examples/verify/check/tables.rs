//! Contingency tables, ranks, multiplicity and randomisation.

use super::answer::Answers;
use super::case::{Case, number, numbers, whole};
use crate::stats::estimate::Estimate;
use crate::stats::fisher::{Table, fisher_exact};
use crate::stats::multiplicity::{Adjustment, adjust};
use crate::stats::permutation::two_group;
use crate::stats::randomisation::{sign_flips, start_point};
use crate::stats::rank_correlation::{kendall, spearman, spearman_exact};
use crate::stats::rank_test::{hodges_lehmann, mann_whitney, mann_whitney_exact, signed_rank};
use crate::stats::root::brent;
use crate::stats::stratified::{CellSum, cochran_armitage, mantel_haenszel};
use serde_json::Value;

/// A 2×2 table as a matrix object or as two rows.
fn table(case: &Case) -> Result<Table, String> {
    let tab = case.data.get("tab").ok_or("no table")?;
    let flat = match tab.get("by_row") {
        Some(by_row) => numbers(by_row),
        None => tab
            .as_array()
            .and_then(|rows| rows.iter().map(numbers).collect::<Option<Vec<_>>>())
            .map(|rows| rows.concat()),
    };
    let counts = flat
        .ok_or("no counts")?
        .into_iter()
        .map(whole)
        .collect::<Result<Vec<_>, _>>()?;
    match counts.as_slice() {
        [a, b, c, d] => Ok(Table {
            a: *a,
            b: *b,
            c: *c,
            d: *d,
        }),
        _ => Err("the table is not 2×2".to_owned()),
    }
}

pub(crate) fn fisher(case: &Case) -> Result<Answers, String> {
    let test = fisher_exact(table(case)?, 0.95).ok_or("counts too large")?;
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
    answers.set("p_midp", test.mid_p());
    answers.set("or_cmle", test.odds_ratio.map(|e| e.value));
    // Margins that allow one table only say nothing about the ratio: any value from 0 up.
    answers.set("or_lower", test.odds_ratio.map_or(0.0, |e| e.low));
    answers.set(
        "or_upper",
        test.odds_ratio.map_or(f64::INFINITY, |e| e.high),
    );
    Ok(answers)
}

/// What R's search for a common odds ratio answers. `mantelhaen.test` looks for the zero in (0, 1), of the ratio or of
/// its inverse, and stops within 1.2e-4 of it, which is 6 % of an odds ratio of 500; the reference values carry that
/// error (their notes say so). The crate's exact value must lie within R's tolerance, and then the search is repeated
/// to R's stopping point, so that like is compared with like.
fn stopped_as_r(exact: f64, zero: &dyn Fn(f64) -> f64) -> f64 {
    let tolerance = f64::EPSILON.powf(0.25);
    if exact == 0.0 || exact.is_infinite() {
        return exact;
    }
    let found = if exact < 1.0 {
        brent(zero, 0.0, 1.0, tolerance)
    } else {
        brent(|t| zero(1.0 / t), f64::EPSILON, 1.0, tolerance).map(|t| 1.0 / t)
    };
    let distance = |r: f64| {
        if exact < 1.0 {
            (r - exact).abs()
        } else {
            (1.0 / r - 1.0 / exact).abs()
        }
    };
    found.filter(|r| distance(*r) <= tolerance).unwrap_or(exact)
}

/// Cells in R's order: the first index runs fastest.
pub(crate) fn strata(case: &Case) -> Result<Answers, String> {
    let (cells, dim) = (case.counts("cells")?, case.counts("dim")?);
    if dim.len() != 3 || dim[0] != 2 || dim[1] != 2 {
        return Err("only 2×2 strata are offered".to_owned());
    }
    let tables: Vec<Table> = cells
        .chunks_exact(4)
        .map(|c| Table {
            a: c[0],
            c: c[1],
            b: c[2],
            d: c[3],
        })
        .collect();
    let result = mantel_haenszel(&tables, 0.95);
    let mut answers = Answers::default();
    answers.set("mh_or", result.odds_ratio.map(|e| e.value));
    answers.set_interval("mh_ci_rbg", result.odds_ratio);
    answers.set("chisq_uncorrected", result.test.map(|t| t.statistic));
    answers.set("p_uncorrected", result.test.map(|t| t.p));
    answers.set("chisq_corrected", result.corrected.map(|t| t.statistic));
    answers.set("p_corrected", result.corrected.map(|t| t.p));
    answers.set("p_exact", result.p_exact);
    let sum = CellSum::of(&tables).ok_or("too many cells")?;
    let as_r = |exact: fn(&Estimate) -> f64, zero: &dyn Fn(f64) -> f64| {
        result.conditional.map(|e| stopped_as_r(exact(&e), zero))
    };
    answers.set(
        "or_conditional_mle",
        as_r(|e| e.value, &|psi| sum.excess(psi)),
    );
    let low = as_r(|e| e.low, &|psi| sum.greater(psi) - 0.025);
    let high = as_r(|e| e.high, &|psi| sum.less(psi) - 0.025);
    answers.set("ci_exact", vec![low, high]);
    Ok(answers)
}

pub(crate) fn proportions_trend(case: &Case) -> Result<Answers, String> {
    let (events, n) = (case.numbers("events")?, case.numbers("n")?);
    let score = case
        .numbers("score")
        .unwrap_or_else(|_| (1..=n.len()).map(|i| i as f64).collect());
    let test = cochran_armitage(&events, &n, &score);
    let mut answers = Answers::default();
    answers.set("chisq", test.map(|t| t.statistic));
    answers.set("p", test.map(|t| t.p));
    Ok(answers)
}

pub(crate) fn two_samples(case: &Case) -> Result<Answers, String> {
    let (x, y) = (case.numbers("x")?, case.numbers("y")?);
    let test = mann_whitney(&x, &y);
    let mut answers = Answers::default();
    answers.set("W", test.map(|t| t.u));
    answers.set("auc", test.map(|t| t.auc));
    answers.set("p_normal", test.map(|t| t.p_normal));
    answers.set("p_normal_cc", test.map(|t| t.p_normal_corrected));
    answers.set("hodges_lehmann", hodges_lehmann(&x, &y));
    if case.asks("p_exact") {
        answers.set("p_exact", mann_whitney_exact(&x, &y, 250));
    }
    Ok(answers)
}

pub(crate) fn paired_ranks(case: &Case) -> Result<Answers, String> {
    let test = signed_rank(&case.numbers("diff")?);
    let mut answers = Answers::default();
    answers.set("V", test.map_or(0.0, |t| t.v));
    answers.set("p_normal", test.map(|t| t.p_normal));
    answers.set("p_normal_cc", test.map(|t| t.p_normal_corrected));
    answers.set("p_exact", test.and_then(|t| t.p_exact));
    Ok(answers)
}

pub(crate) fn correlation(case: &Case) -> Result<Answers, String> {
    let (x, y) = (case.numbers("x")?, case.numbers("y")?);
    let (rho, tau) = (spearman(&x, &y), kendall(&x, &y));
    let mut answers = Answers::default();
    answers.set("rho", rho.map(|c| c.value));
    answers.set("spearman_p_t", rho.map(|c| c.p));
    answers.set("spearman_p_exact", spearman_exact(&x, &y));
    answers.set("tau_b", tau.map(|t| t.tau));
    answers.set("kendall_z", tau.map(|t| t.z));
    answers.set("kendall_p_normal", tau.map(|t| t.p_normal));
    answers.set("kendall_p_exact", tau.and_then(|t| t.p_exact));
    Ok(answers)
}

pub(crate) fn adjusted(case: &Case) -> Result<Answers, String> {
    let p: Vec<Option<f64>> = match case.data.get("p") {
        Some(Value::Array(list)) => list.iter().map(number).collect(),
        Some(one) => vec![number(one)],
        None => return Err("no p".to_owned()),
    };
    let mut answers = Answers::default();
    for (key, how) in [
        ("BH", Adjustment::BenjaminiHochberg),
        ("fdr", Adjustment::BenjaminiHochberg),
        ("BY", Adjustment::BenjaminiYekutieli),
        ("holm", Adjustment::Holm),
        ("bonferroni", Adjustment::Bonferroni),
        ("hochberg", Adjustment::Hochberg),
    ] {
        answers.set(key, adjust(&p, how));
    }
    Ok(answers)
}

pub(crate) fn permutation(case: &Case) -> Result<Answers, String> {
    let (y, g) = (case.numbers("y")?, case.numbers("g")?);
    let first: Vec<bool> = g.iter().map(|g| *g == 1.0).collect();
    let result = two_group(&y, &first, 200_000, 1).ok_or("one of the groups is empty")?;
    let mut answers = Answers::default();
    answers.set("n_assignments", result.assignments);
    answers.set("observed_diff", result.difference);
    answers.set("p_two_sided", result.p_two_sided);
    answers.set("p_less", result.p_less);
    answers.set("p_greater", result.p_greater);
    Ok(answers)
}

pub(crate) fn pairs(case: &Case) -> Result<Answers, String> {
    let result = sign_flips(&case.numbers("diff")?, 20_000, 1).ok_or("no pairs")?;
    let mut answers = Answers::default();
    answers.set("n_assignments", result.assignments);
    answers.set("observed_mean", result.mean);
    answers.set("p_two_sided", result.p_two_sided);
    answers.set("p_less", result.p_less);
    answers.set("p_greater", result.p_greater);
    Ok(answers)
}

pub(crate) fn phases(case: &Case) -> Result<Answers, String> {
    let from_one = |k: u64| {
        usize::try_from(k)
            .ok()
            .and_then(|k| k.checked_sub(1))
            .ok_or("starts count from 1")
    };
    let allowed = case
        .counts("allowed_starts_1based")?
        .into_iter()
        .map(from_one)
        .collect::<Result<Vec<_>, _>>()?;
    let actual = from_one(case.count("actual_start_1based")?)?;
    let result = start_point(&case.numbers("y")?, &allowed, actual).ok_or("no such start")?;
    let mut answers = Answers::default();
    answers.set("observed", result.observed);
    answers.set("n_assignments", result.statistics.len());
    answers.set("p_two_sided", result.p_two_sided);
    answers.set("p_less", result.p_less);
    answers.set("p_greater", result.p_greater);
    answers.set("statistics", result.statistics);
    Ok(answers)
}
