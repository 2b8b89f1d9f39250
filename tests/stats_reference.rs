//! Every reference case in `tests/reference/`, compared by the code that `examples/verify` runs.

#[path = "../examples/verify/case.rs"]
pub(super) mod case;
#[path = "../examples/verify/expression.rs"]
mod expression;
#[path = "../examples/verify/formula.rs"]
mod formula;
#[path = "../examples/verify/model.rs"]
mod model;
#[path = "../examples/verify/roles.rs"]
mod roles;
#[path = "../examples/verify/terms.rs"]
pub(super) mod terms;

use crate::reference::answer;
use case::{Outcome, check_case};
use serde_json::{Value, json};
use std::path::Path;

fn cases_in(folder: &str) -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut cases: Vec<(String, Value)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            (
                path.file_stem().unwrap().to_string_lossy().into_owned(),
                serde_json::from_str(&text).unwrap(),
            )
        })
        .collect();
    cases.sort_by(|a, b| a.0.cmp(&b.0));
    cases
}

/// The cases computed with R, the constructed edges beside them, and those of pooled studies.
pub(super) fn cases() -> [Vec<(String, Value)>; 3] {
    [
        "tests/reference",
        "tests/reference/edges",
        "tests/reference/cohort",
    ]
    .map(cases_in)
}

#[test]
fn all_reference_values_are_met() {
    let cases = cases().concat();
    assert_eq!(cases.len(), 160);
    let mut wrong = Vec::new();
    for (name, case) in &cases {
        match check_case(case, answer) {
            Outcome::Passed(left_out) => assert!(left_out.is_empty(), "{name}: {left_out:?}"),
            Outcome::Failed(why) => wrong.push(format!("{name}: {why}")),
            Outcome::Unsupported(method) => wrong.push(format!("{name}: no method {method}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A comparison that cannot fail would prove nothing: every number moved a little must be noticed.
#[test]
fn a_wrong_value_fails_in_every_case() {
    fn moved(value: &Value) -> Option<Value> {
        match value {
            Value::Number(x) => Some(json!(x.as_f64()? * 1.01 + 0.001)),
            Value::String(x) if x == "Infinity" => Some(json!(1e9)),
            Value::Array(list) => {
                let mut list = list.clone();
                let last = list.last_mut()?;
                *last = moved(last)?;
                Some(Value::Array(list))
            }
            _ => None,
        }
    }
    let [r, _, pooled] = cases();
    for (name, case) in r.iter().step_by(4).chain(&pooled) {
        for (key, want) in case["expected"].as_object().unwrap() {
            let Some(value) = moved(&want["value"]) else {
                continue;
            };
            let orientation = [
                "r_fisher_test_p",
                "massglmnb_theta",
                "p_r_circular",
                "check_by_integration",
            ];
            if orientation.contains(&key.as_str())
                || key.starts_with("tfpw_")
                || key.starts_with("yue_wang_")
            {
                continue;
            }
            let mut altered = case.clone();
            altered["expected"] = json!({ key: { "value": value, "rel_tol": want["rel_tol"], "abs_tol": want["abs_tol"] } });
            assert!(
                matches!(check_case(&altered, answer), Outcome::Failed(_)),
                "{name}: {key} was not compared"
            );
        }
    }
}

#[test]
fn a_key_nobody_computes_fails_and_an_unknown_method_says_so() {
    let mut case = json!({
        "method": "binomial_ci",
        "data": { "x": 3, "n": 10, "p0": 0.5 },
        "expected": { "estimate": { "value": 0.3, "rel_tol": 1e-9, "abs_tol": 0 } },
    });
    assert!(matches!(check_case(&case, answer), Outcome::Passed(_)));
    case["expected"]["something_else"] = json!({ "value": 1 });
    assert!(matches!(check_case(&case, answer), Outcome::Failed(_)));
    case["method"] = json!("tea_leaves");
    assert!(matches!(check_case(&case, answer), Outcome::Unsupported(_)));
    assert!(matches!(
        check_case(&json!({ "id": 1 }), answer),
        Outcome::Failed(_)
    ));
}
