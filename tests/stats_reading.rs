//! How `examples/verify` reads a case: whatever its columns are called, in whatever order its terms stand, and what R leaves
//! undefined.

use super::stats_reference::case::{Outcome, check_case};
use super::stats_reference::cases;
use super::stats_reference::terms::expand;
use crate::reference::answer;
use serde_json::{Map, Value, json};

pub(super) fn outcome(case: &Value) -> String {
    match check_case(case, answer) {
        Outcome::Passed(left_out) if left_out.is_empty() => "passed".to_owned(),
        Outcome::Passed(left_out) => format!("passed without {}", left_out.join(", ")),
        Outcome::Failed(why) => why,
        Outcome::Unsupported(method) => format!("unsupported {method}"),
    }
}

/// An expected value to a relative error of 1e-9.
fn about(value: Value) -> Value {
    json!({ "value": value, "rel_tol": 1e-9, "abs_tol": 1e-12 })
}

pub(super) fn expecting(
    method: &str,
    data: Value,
    call: &str,
    expected: &[(&str, Value)],
) -> Value {
    let expected: Map<String, Value> = expected
        .iter()
        .map(|(key, value)| ((*key).to_owned(), about(value.clone())))
        .collect();
    json!({ "method": method, "data": data, "call": call, "expected": expected })
}

/// `text` with each of `names` as a whole word renamed, except where it names an argument.
fn renamed(text: &str, names: &[String]) -> String {
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| part(c) != part(first)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let argument = after.trim_start().starts_with('=') && !after.trim_start().starts_with("==");
        if names.iter().any(|name| name == word) && !argument {
            out.push_str("zz_");
        }
        out.push_str(word);
        rest = after;
    }
    out
}

fn renamed_value(value: &Value, names: &[String]) -> Value {
    match value {
        Value::String(text) => match text.split_once('_') {
            Some((part @ ("count" | "zero"), term)) => {
                format!("{part}_{}", renamed(term, names)).into()
            }
            _ => renamed(text, names).into(),
        },
        Value::Array(list) => list.iter().map(|v| renamed_value(v, names)).collect(),
        other => other.clone(),
    }
}

/// Keys of the data that are settings of a method and not columns.
const SETTINGS: [&str; 15] = [
    "d",
    "function",
    "args",
    "lambda",
    "cost",
    "penalty",
    "min_segment",
    "lags",
    "alpha",
    "power",
    "p1",
    "p2",
    "nights_elapsed",
    "day",
    "tab",
];

/// A case with its data under other names.
fn under_other_names(case: &Value) -> Value {
    let is_column = |key: &&String| !SETTINGS.contains(&key.as_str());
    let of = |value: &Value| -> Vec<String> {
        let keys = value.as_object().into_iter().flat_map(Map::keys);
        keys.filter(is_column).cloned().collect()
    };
    let mut names = of(&case["data"]);
    names.extend(of(&case["data"]["d"]));
    let rename = |table: &Value| -> Map<String, Value> {
        let pairs = table.as_object().into_iter().flatten();
        let pairs = pairs.map(|(key, value)| (renamed(key, &names), value.clone()));
        pairs.collect()
    };
    let mut altered = case.clone();
    altered["data"] = Value::Object(rename(&case["data"]));
    if case["data"]["d"].is_object() {
        altered["data"]["d"] = Value::Object(rename(&case["data"]["d"]));
    }
    altered["call"] = renamed(case["call"].as_str().unwrap_or(""), &names).into();
    let expected = case["expected"].as_object().unwrap().iter();
    let expected = expected.map(|(key, want)| {
        let mut want = want.clone();
        want["value"] = renamed_value(&want["value"], &names);
        let key = match key.strip_prefix("profile_ci_") {
            Some(term) => format!("profile_ci_{}", renamed(term, &names)),
            None => key.clone(),
        };
        (key, want)
    });
    altered["expected"] = Value::Object(expected.collect());
    altered
}

#[test]
fn columns_may_have_any_name() {
    let [computed, edges, _] = cases();
    let with_text = computed.iter().chain(&edges).filter(|(_, case)| {
        case["method"] != "pipeline" && case["call"].as_str().is_some_and(|call| call.contains('('))
    });
    let mut wrong = Vec::new();
    let mut tried = 0;
    for (name, case) in with_text {
        tried += 1;
        let said = outcome(&under_other_names(case));
        if said != "passed" {
            wrong.push(format!("{name}: {said}"));
        }
    }
    assert!(tried > 60, "{tried}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Terms of a right-hand side, as R labels them.
fn labels(text: &str) -> String {
    let others = ["p".to_owned(), "q".to_owned()];
    let read = expand(text, &others).unwrap();
    let label = |term: &Vec<usize>| {
        let names: Vec<&str> = term.iter().map(|at| read.variables[*at].as_str()).collect();
        names.join(":")
    };
    let mut all: Vec<String> = read.terms.iter().map(label).collect();
    if read.intercept {
        all.insert(0, "1".to_owned());
    }
    all.join(" ")
}

#[test]
fn terms_are_ordered_as_r_orders_them() {
    for (text, want) in [
        ("a + b", "1 a b"),
        ("a:b + b + a", "1 b a a:b"),
        ("b:a + a", "1 a b:a"),
        ("a*b", "1 a b a:b"),
        ("a*b*c", "1 a b c a:b a:c b:c a:b:c"),
        ("c + a*b + d", "1 c a b d a:b"),
        ("a*b + a*c", "1 a b c a:b a:c"),
        ("(a + b + c)^2", "1 a b c a:b a:c b:c"),
        ("(a + b):c + b", "1 b a:c b:c"),
        ("a*b - a:b", "1 a b"),
        ("a*b - b", "1 a a:b"),
        ("a/b", "1 a a:b"),
        ("a %in% b", "1 a:b"),
        ("a + a + b:a + a:b", "1 a a:b"),
        ("a - 1", "a"),
        ("0 + a", "a"),
        (". + a", "1 p q a"),
        (".^2", "1 p q p:q"),
        (
            "log(a + 1):I(b^2) + cos(2*pi*a/12)",
            "1 cos(2*pi*a/12) log(a + 1):I(b^2)",
        ),
        ("a + offset(log(n)) + strata(s) + cluster(id)", "1 a"),
        ("1", "1"),
    ] {
        assert_eq!(labels(text), want, "{text}");
    }
    let read = expand("a + offset(log(n)) + strata(s) + cluster(id)", &[]).unwrap();
    assert_eq!(read.offsets, ["log(n)"]);
    assert_eq!(
        (read.strata.as_deref(), read.cluster.as_deref()),
        (Some("s"), Some("id"))
    );
}

/// Two groups of nights, by the weekday and the week: a saturated model, whose coefficients are logarithms of ratios.
#[test]
fn interactions_come_behind_main_effects_and_carry_their_numbers() {
    let d = json!({ "n": [4, 6, 10, 30], "late": [0, 1, 0, 1], "hot": [0, 0, 1, 1], "nights": [2, 2, 2, 2] });
    let [rate, hot, late, both] = [2.0_f64, 2.5, 1.5, 2.0].map(f64::ln);
    for (right, names, coef) in [
        (
            "hot*late",
            ["(Intercept)", "hot", "late", "hot:late"],
            [rate, hot, late, both],
        ),
        (
            "late:hot + hot + late",
            ["(Intercept)", "hot", "late", "late:hot"],
            [rate, hot, late, both],
        ),
        (
            "late*hot",
            ["(Intercept)", "late", "hot", "late:hot"],
            [rate, late, hot, both],
        ),
        (
            "(late + hot)^2",
            ["(Intercept)", "late", "hot", "late:hot"],
            [rate, late, hot, both],
        ),
    ] {
        for offset in [
            " + offset(log(nights)), poisson, d",
            ", poisson, d, offset = log(nights)",
        ] {
            let call = format!("f <- glm(n ~ {right}{offset}, control = tight)");
            let expected = [("names", json!(names)), ("coef", json!(coef))];
            let case = expecting("poisson_glm", json!({ "d": d }), &call, &expected);
            assert_eq!(outcome(&case), "passed", "{call}");
        }
    }
}

/// A factor by its levels: the first is left out, except where nothing else stands for it.
#[test]
fn factors_are_coded_as_r_codes_them() {
    let d = json!({ "n": [4, 4, 8, 8, 2, 2], "g": [1, 1, 2, 2, 5, 5] });
    let (ln2, ln4) = (2.0_f64.ln(), 4.0_f64.ln());
    for (call, names, coef) in [
        (
            "glm(n ~ factor(g), poisson, d)",
            ["(Intercept)", "factor(g)2", "factor(g)5"],
            [ln4, ln2, -ln2],
        ),
        (
            "d$g <- factor(d$g); f <- glm(n ~ g, family = poisson(link = log), data = d)",
            ["(Intercept)", "g2", "g5"],
            [ln4, ln2, -ln2],
        ),
        (
            "glm(n ~ 0 + factor(g), poisson, d)",
            ["factor(g)1", "factor(g)2", "factor(g)5"],
            [ln4, ln4 + ln2, ln2],
        ),
    ] {
        let expected = [("names", json!(names)), ("coef", json!(coef))];
        let case = expecting("poisson_glm", json!({ "d": d }), call, &expected);
        assert_eq!(outcome(&case), "passed", "{call}");
    }
}

/// What R leaves undefined is `null`, and only "undefined" answers it.
#[test]
fn undefined_is_answered_by_undefined() {
    let d = json!({ "y": [0, 1, 2, 4], "x": [0, 0, 1, 1], "twice": [0, 0, 2, 2], "one": [1, 1, 1, 1], "none": [0, 0, 0, 0] });
    let b = [0.5_f64.ln(), 6.0_f64.ln()];
    let mut wrong = Vec::new();
    for (method, data, call, expected) in [
        (
            "poisson_glm",
            json!({ "d": d }),
            "glm(y ~ x + twice, poisson, d)",
            vec![
                ("names", json!(["(Intercept)", "x", "twice"])),
                ("coef", json!([b[0], b[1], null])),
            ],
        ),
        (
            "poisson_glm",
            json!({ "d": d }),
            "glm(y ~ one + x, poisson, d)",
            vec![("coef", json!([b[0], null, b[1]]))],
        ),
        (
            "clogit",
            json!({ "d": { "case": [1, 0, 1, 0], "x": [1, 1, 0, 0], "set": [1, 1, 2, 2] } }),
            "clogit(case ~ x + strata(set), data = d)",
            vec![
                ("names", json!("x")),
                ("coef", json!(null)),
                ("se", json!([null])),
            ],
        ),
        (
            "mann_whitney",
            json!({ "x": [], "y": [1, 2] }),
            "wilcox.test(x, y)",
            vec![("auc", json!(null)), ("hodges_lehmann", json!(null))],
        ),
        (
            "rank_correlation",
            json!({ "x": [1, 2, 3], "y": [4, 4, 4] }),
            "cor.test(x, y)",
            vec![("rho", json!(null)), ("spearman_p_t", json!(null))],
        ),
        (
            "poisson_rate_exact",
            json!({ "x": 0, "T": 0, "r0": 1 }),
            "poisson.test(x, T, r = r0)",
            vec![
                ("rate", json!(null)),
                ("ci", json!([null, null])),
                ("p_two_sided", json!(null)),
            ],
        ),
        (
            "poisson_rate_ratio_exact",
            json!({ "x": [0, 0], "T": [5, 5], "r0": 1 }),
            "poisson.test(x, T, r = r0)",
            vec![("rate_ratio", json!(null))],
        ),
        (
            "binomial_ci",
            json!({ "x": 0, "n": 0, "p0": 0.5 }),
            "binom.test(x, n, p0)",
            vec![("estimate", json!(null))],
        ),
        (
            "p_adjust",
            json!({ "p": [0.01, null, 0.04] }),
            "p.adjust(p, 'BH')",
            vec![("BH", json!([0.02, null, 0.04]))],
        ),
        (
            "serial_correlation",
            json!({ "x": [3, 3, 3, 3], "lags": 2 }),
            "acf(x, lag.max = lags)",
            vec![("acf", json!([null, null]))],
        ),
        (
            "changepoint",
            json!({ "x": [], "cost": "poisson", "penalty": 3, "min_segment": 1 }),
            "optpart(x, cost, penalty, min_segment)",
            vec![("n_changes", json!(null))],
        ),
        (
            "spc_limits",
            json!({ "y": [0, 0, 0], "area": [1, 1, 1] }),
            "u <- sum(y)/sum(area)",
            vec![("laney_sigma_z", json!(null))],
        ),
        (
            "randomisation_paired",
            json!({ "diff": [] }),
            "mean(diff)",
            vec![("observed_mean", json!(null))],
        ),
        (
            "special_functions",
            json!({ "function": "pchisq(q, df)", "args": [[1, -2]] }),
            "",
            vec![("log_or_value", json!([null]))],
        ),
    ] {
        let case = expecting(method, data.clone(), call, &expected);
        let said = outcome(&case);
        if said != "passed" {
            wrong.push(format!("{method} {data}: {said}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}",
        wrong.join(
            "
"
        )
    );
    // a number where R has none, and none where R has one, are both wrong
    for (x, want) in [
        (json!([1, 2, 3]), json!(null)),
        (json!([2, 2, 2]), json!(0.5)),
    ] {
        let data = json!({ "x": x, "y": [1, 3, 2] });
        let case = expecting("rank_correlation", data, "cor.test(x, y)", &[("rho", want)]);
        assert!(outcome(&case).starts_with("rho got"), "{}", outcome(&case));
    }
}

/// A number that the program does not have is named, and does not hide the others.
#[test]
fn keys_that_are_not_offered_are_named_and_the_others_compared() {
    let with = |estimate: f64| {
        let expected = [("estimate", json!(estimate)), ("wilson", json!([0.1, 0.6]))];
        let data = json!({ "k": 3, "nights": 10, "p": 0.5 });
        outcome(&expecting(
            "binomial_ci",
            data,
            "binom.test(k, nights, p)",
            &expected,
        ))
    };
    assert_eq!(with(0.3), "passed without wilson");
    assert!(with(0.31).starts_with("estimate got 0.3 want 0.31"));
    let data = json!({ "x": 3, "n": 10 });
    let only = expecting("binomial_ci", data, "", &[("wilson", json!([0.1, 0.6]))]);
    assert_eq!(outcome(&only), "unsupported binomial_ci");
}

#[test]
fn roles_are_found_in_the_call() {
    for (method, data, call, expected) in [
        (
            "poisson_rate_exact",
            json!({ "nights": 30, "cramps": 6, "before": 0.3 }),
            "t <- poisson.test(cramps, nights, r = before, conf.level = 0.9)",
            vec![("rate", json!(0.2))],
        ),
        (
            "poisson_rate_exact",
            json!({ "a": 6, "b": 30, "c": 0.3 }),
            "poisson.test(T = b, r = c, x = a)",
            vec![("rate", json!(0.2))],
        ),
        (
            "mann_whitney",
            json!({ "d": { "score": [1, 5, 2, 6], "grp": [0, 1, 0, 1] } }),
            "a <- d$score[d$grp == 1]; b <- d$score[d$grp == 0]; wilcox.test(a, b, exact = FALSE)",
            vec![("W", json!(4)), ("auc", json!(1))],
        ),
        (
            "mann_whitney",
            json!({ "d": { "score": [1, 5, 2, 6], "grp": [0, 1, 0, 1] } }),
            "wilcox.test(score ~ grp, data = d)",
            vec![("W", json!(0)), ("auc", json!(0))],
        ),
        (
            "rank_correlation",
            json!({ "tuna": [1, 2, 3, 4], "light": [8, 6, 4, 1] }),
            "cor.test(tuna, light, method = 'spearman')",
            vec![("rho", json!(-1))],
        ),
        (
            "spc_limits",
            json!({ "seen": [2, 4, 3], "nights": [10, 20, 15] }),
            "u <- sum(seen)/sum(nights); r <- seen/nights",
            vec![("u_bar", json!(0.2))],
        ),
        (
            "spc_limits",
            json!({ "waits": [3, 5, 7] }),
            "g <- mean(waits)",
            vec![("g_center_mean", json!(5))],
        ),
        (
            "changepoint",
            json!({ "cost": "poisson", "k": [1, 1, 1, 9, 9, 9], "pen": 2, "least": 2 }),
            "optpart(k, cost, pen, least)",
            vec![("segment_ends", json!([3, 6]))],
        ),
        (
            "fisher_exact",
            json!({ "m": [[3, 1], [1, 3]] }),
            "fisher.test(m)",
            vec![("p_two_sided", json!(0.485_714_285_714_285_7))],
        ),
    ] {
        assert_eq!(
            outcome(&expecting(method, data, call, &expected)),
            "passed",
            "{call}"
        );
    }
}

/// The order of the factors is that of the case's names, not that of a JSON object.
#[test]
fn factors_of_the_joint_fit_may_have_any_name_and_order() {
    let [computed, ..] = cases();
    let joint = computed
        .iter()
        .filter(|(_, case)| case["method"] == "latent_joint");
    let mut tried = 0;
    for (name, case) in joint {
        let other = |factor: &str| match factor.strip_prefix('f') {
            Some(number) => format!("factor {}", 99 - number.parse::<usize>().unwrap()),
            None => factor.to_owned(),
        };
        let mut altered = case.clone();
        let table = case["data"]["d"].as_object().unwrap().iter();
        let table = table.map(|(key, values)| (other(key), values.clone()));
        altered["data"]["d"] = Value::Object(table.collect());
        let names = case["expected"]["names"]["value"]
            .as_array()
            .unwrap()
            .iter();
        let names: Vec<String> = names.map(|n| other(n.as_str().unwrap())).collect();
        altered["expected"]["names"]["value"] = json!(names);
        assert_eq!(outcome(&altered), "passed", "{name}");
        altered["expected"]["names"]["value"][0] = json!("another");
        assert_ne!(outcome(&altered), "passed", "{name}");
        tried += 1;
    }
    assert!(tried > 2, "{tried}");
}
