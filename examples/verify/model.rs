//! What a case asks, in the words of the crate: R's call is read, and its model becomes a design.

use super::case::Case;
use super::expression::split_outside;
use super::formula::{Design, arguments, arguments_of, assigned, build, design, formula, named};
use super::roles::{by_group, only_number, under_roles};
use serde_json::{Map, Value, json};

/// The method to ask for and its data.
pub(crate) fn request<'a>(case: &Case<'a>) -> Result<(&'a str, Value), String> {
    let mut data = match case.method {
        "poisson_glm"
        | "logistic_ml"
        | "cluster_robust"
        | "standardised_risk"
        | "overdispersion_test" => design_data(&design(case, "glm")?),
        "logistic_ridge" => design_data(&design(case, "model.matrix")?),
        "logistic_firth" => design_data(&design(case, "logistf")?),
        "clogit" => design_data(&without_intercept(design(case, "clogit")?)),
        "cox_recurrent" => intervals(case)?,
        // Zero inflation has no meaning for one person, and the counts of a hurdle are NB2.
        "hurdle_zero_inflated" => {
            let call = arguments(case.call, "hurdle").unwrap_or_default();
            if named(&call, "dist") != Some("negbin") {
                return Ok((case.method, Value::Null));
            }
            return Ok((
                "hurdle",
                Value::Object(design_data(&design(case, "hurdle")?)),
            ));
        }
        // The columns of a JSON object have no order of their own.
        "latent_joint" => {
            let mut data = case.data.clone();
            data["names"] = json!(case.listed("names"));
            return Ok((case.method, data));
        }
        "special_functions" => {
            let mut data = case.data.clone();
            // the text may stand in the call alone, or be more than a name only there
            let text = data.get("function").and_then(Value::as_str).unwrap_or("");
            if !text.contains([' ', '(']) && case.call.contains('(') {
                data["function"] = case.call.into();
            }
            return Ok((case.method, data));
        }
        _ => {
            let mut data = under_roles(case);
            if let Some((x, y)) = by_group(case) {
                (data["x"], data["y"]) = (json!(x), json!(y));
            }
            return Ok((case.method, data));
        }
    };
    let call = arguments(case.call, "glm").unwrap_or_default();
    if case.method == "logistic_ml" || call.iter().any(|a| a.contains("binomial")) {
        data.insert("family".to_owned(), "binomial".into());
    }
    if case.method == "logistic_ridge"
        && let Some(lambda) = only_number(case, "lambda")
    {
        data.insert("lambda".to_owned(), lambda.into());
    }
    // `update(f, . ~ . - term)` tests a term, and `dd$term <- v` sets a variable for everyone.
    let tested = case
        .call
        .split(". ~ . -")
        .nth(1)
        .and_then(|rest| rest.split(')').next());
    let set = case
        .call
        .split("dd$")
        .nth(1)
        .and_then(|rest| rest.split("<-").next());
    for (key, term) in [("test", tested), ("term", set)] {
        if let Some(term) = term {
            data.insert(key.to_owned(), term.trim().into());
        }
    }
    if case.method == "cluster_robust" {
        let labels = cluster_labels(case)?;
        data.insert("cluster".to_owned(), labels.into());
    }
    Ok((case.method, Value::Object(data)))
}

fn design_data(design: &Design) -> Map<String, Value> {
    let mut data = Map::new();
    data.insert("y".to_owned(), json!(design.y));
    data.insert("x".to_owned(), json!(design.x));
    data.insert("names".to_owned(), json!(design.names));
    let others = [
        ("offset", &design.offset),
        ("strata", &design.strata),
        ("cluster", &design.cluster),
    ];
    for (key, column) in others {
        if let Some(column) = column {
            data.insert(key.to_owned(), json!(column));
        }
    }
    data
}

fn without_intercept(mut design: Design) -> Design {
    if let Some(at) = design.names.iter().position(|name| name == "(Intercept)") {
        design.names.remove(at);
        design.x.remove(at);
    }
    design
}

/// The labels that the call clusters by: `cluster = g`, where `g <- d$NAME` may come before.
fn cluster_labels(case: &Case) -> Result<Vec<f64>, String> {
    let columns = assigned(case);
    let by = arguments_of(case.call, "vcovCL", |_| true);
    let by = by.as_ref().and_then(|list| named(list, "cluster"));
    let by = by.map_or("g", |by| by.trim_start_matches(['~', ' ']));
    columns.evaluate(by).or_else(|_| columns.evaluate("cl"))
}

/// `coxph(Surv(start, stop, event) ~ …)`, or without the start.
fn intervals(case: &Case) -> Result<Map<String, Value>, String> {
    let arguments = arguments(case.call, "coxph").ok_or("no coxph() in the call")?;
    let formula = formula(&arguments).ok_or("no formula")?;
    let surv = formula
        .split_once("Surv(")
        .and_then(|s| s.1.split_once(')'))
        .ok_or("no Surv()")?
        .0;
    let columns = assigned(case);
    let mut data = design_data(&without_intercept(build(formula, &columns, &[])?));
    let parts = split_outside(surv, ',');
    let keys: &[&str] = match parts.len() {
        3 => &["start", "stop", "event"],
        2 => &["stop", "event"],
        _ => return Err("Surv() needs two or three columns".to_owned()),
    };
    for (key, part) in keys.iter().zip(parts) {
        data.insert((*key).to_owned(), json!(columns.evaluate(part)?));
    }
    if let Some(ties) = named(&arguments, "ties") {
        data.insert("ties".to_owned(), ties.into());
    }
    Ok(data)
}
