//! Associations: reference values, edge cases, invariances.

mod beside;
mod cross_check;
pub(crate) mod door_edges;
mod edges;
mod jobs;
mod looks;
mod preparation;
mod time;
mod wording;

use crate::analysis::night_table::{Factor, Kind, NightTable};
use crate::analysis::self_check::{AllNumbers, all_numbers};
use chrono::NaiveDate;
use serde_json::Value;

fn case(name: &str) -> Value {
    let path = format!("{}/tests/reference/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The night table of a reference case: absent dates are unrecorded nights, null is unknown.
fn table(data: &Value) -> NightTable {
    let dates: Vec<NaiveDate> = data["date"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d.as_str().unwrap().parse().unwrap())
        .collect();
    let first = dates[0];
    let night: Vec<usize> = dates
        .iter()
        .map(|d| (*d - first).num_days() as usize)
        .collect();
    let span = night.last().unwrap() + 1;
    let spread = |column: &Value| {
        let mut out = vec![None; span];
        for (t, v) in night.iter().zip(column.as_array().unwrap()) {
            out[*t] = v.as_f64();
        }
        out
    };
    let counts = spread(&data["episodes"])
        .into_iter()
        .map(|c| c.map(|c| c as u32))
        .collect();
    let factors = data
        .as_object()
        .unwrap()
        .iter()
        .filter(|(k, _)| *k != "date" && *k != "episodes");
    let factors = factors
        .map(|(k, v)| Factor::new(k, Kind::Number, spread(v)))
        .collect();
    NightTable::new(first, counts, factors)
}

fn column(
    a: &AllNumbers,
    names: &[&str],
    get: impl Fn(&crate::analysis::self_check::FactorNumbers) -> f64,
) -> Vec<f64> {
    names
        .iter()
        .map(|n| get(a.factors.iter().find(|f| f.factor == *n).unwrap()))
        .collect()
}

fn check(name: &str) {
    let case = case(name);
    let a = all_numbers(&table(&case["data"]), 50, 1).unwrap();
    let expected = &case["expected"];
    let names: Vec<&str> = expected["factors"]["value"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_str().unwrap())
        .collect();
    assert_eq!(a.factors.len(), names.len());
    let mut wrong = Vec::new();
    let mut compare = |key: &str, got: Vec<f64>| {
        let e = &expected[key];
        for ((got, want), name) in got.iter().zip(e["value"].as_array().unwrap()).zip(&names) {
            let want = want.as_f64().unwrap();
            let allowed =
                e["abs_tol"].as_f64().unwrap() + e["rel_tol"].as_f64().unwrap() * want.abs();
            if (got - want).abs() > allowed || got.is_nan() {
                wrong.push(format!("{key} {name}: got {got}, want {want}"));
            }
        }
    };
    compare("n_known", column(&a, &names, |f| f.n as f64));
    compare("sd_x", column(&a, &names, |f| f.sd_x));
    compare("logrr_per_sd", column(&a, &names, |f| f.logrr_per_sd));
    compare("cr3_se_per_sd", column(&a, &names, |f| f.se_cr3_per_sd));
    compare("gstar", column(&a, &names, |f| f.gstar));
    compare("p_cr3", column(&a, &names, |f| f.p_cr3));
    compare(
        "joint_p_cr3",
        column(&a, &names, |f| f.joint_p_cr3.unwrap()),
    );
    compare(
        "nb_logrr_per_sd",
        column(&a, &names, |f| f.nb_logrr_per_sd.unwrap()),
    );
    compare(
        "nb_se_per_sd",
        column(&a, &names, |f| f.nb_se_per_sd.unwrap()),
    );
    compare("logit_coef", column(&a, &names, |f| f.logit_coef.unwrap()));
    compare("logit_se", column(&a, &names, |f| f.logit_se.unwrap()));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(
        a.nb_theta.is_none(),
        expected["nb_theta_infinite"]["value"]
            .as_bool()
            .unwrap_or(false)
    );
}

#[test]
fn one_year_equals_the_reference() {
    check("pipeline__nights_365");
}

#[test]
fn two_years_equal_the_reference() {
    check("pipeline__nights_730");
}

/// A repeatable sequence of numbers in 0..1.
pub(crate) fn chance(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    }
}
