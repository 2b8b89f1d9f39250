//! Reading a reference case and comparing it: what the case asks is computed from its method, data and call, never
//! looked up by its name.

use super::model::request;
use serde_json::{Map, Value};

/// What became of one case.
pub(crate) enum Outcome {
    /// Every number that the program has agreed; the keys it has no number for.
    Passed(Vec<String>),
    /// The first disagreement: `key got … want …`.
    Failed(String),
    /// The method is not offered.
    Unsupported(String),
}

/// What computes the numbers: method, data and keys in, an object with the keys out.
pub(crate) type Compute = fn(&str, &Value, &[&str]) -> Option<Result<Value, String>>;

/// The parts of a case that a computation may use; the expected values only tell which keys are asked for.
pub(crate) struct Case<'a> {
    pub(crate) method: &'a str,
    pub(crate) data: &'a Value,
    pub(crate) call: &'a str,
    pub(crate) expected: &'a Map<String, Value>,
}

impl<'a> Case<'a> {
    fn read(json: &'a Value) -> Option<Self> {
        Some(Self {
            method: json.get("method")?.as_str()?,
            data: json.get("data")?,
            call: json.get("call").and_then(Value::as_str).unwrap_or(""),
            expected: json.get("expected")?.as_object()?,
        })
    }

    /// The texts that are expected under `key`: the order of columns, which a JSON object does not keep.
    pub(crate) fn listed(&self, key: &str) -> Vec<&'a str> {
        let value = self.expected.get(key).and_then(|key| key.get("value"));
        let list = value.and_then(Value::as_array).into_iter().flatten();
        list.filter_map(Value::as_str).collect()
    }
}

/// A number, or an infinity by its name.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(x) => x.as_f64(),
        Value::String(x) if x == "Infinity" => Some(f64::INFINITY),
        Value::String(x) if x == "-Infinity" => Some(f64::NEG_INFINITY),
        Value::Array(list) if list.len() == 1 => number(&list[0]),
        _ => None,
    }
}

/// A list of numbers, or a single one.
pub(crate) fn numbers(value: &Value) -> Option<Vec<f64>> {
    match value {
        Value::Array(list) => list.iter().map(number).collect(),
        one => number(one).map(|x| vec![x]),
    }
}

/// Keys that a case carries for orientation only (the folder's README).
fn for_orientation(key: &str) -> bool {
    matches!(
        key,
        "r_fisher_test_p" | "massglmnb_theta" | "p_r_circular" | "check_by_integration"
    ) || key.starts_with("tfpw_")
        || key.starts_with("yue_wang_")
}

/// Computes what a case asks for and compares every required number.
pub(crate) fn check_case(json: &Value, compute: Compute) -> Outcome {
    let Some(case) = Case::read(json) else {
        let why = "case got no method, data or expected values want all three";
        return Outcome::Failed(why.to_owned());
    };
    let required = |key: &&String| !for_orientation(key);
    let keys: Vec<&str> = case
        .expected
        .keys()
        .filter(required)
        .map(String::as_str)
        .collect();
    let failed = |why: String| Outcome::Failed(format!("computation got {why} want numbers"));
    let (method, data) = match request(&case) {
        Ok(request) => request,
        Err(why) => return failed(why),
    };
    // a method may be offered without some of the keys of a case: the others are compared
    let offered = |key: &&str| compute(method, &data, &[*key]).is_some();
    let (keys, left_out): (Vec<&str>, Vec<&str>) = match compute(method, &data, &keys) {
        Some(_) => (keys, Vec::new()),
        None => keys.into_iter().partition(offered),
    };
    let answers = match compute(method, &data, &keys) {
        Some(_) if keys.iter().all(|key| *key == "names") => None,
        answered => answered,
    };
    let answers = match answers {
        None => return Outcome::Unsupported(case.method.to_owned()),
        Some(Err(why)) => return failed(why),
        Some(Ok(answers)) => answers,
    };
    let wrong: Vec<String> = keys
        .iter()
        .filter_map(|key| compare(key, answers.get(key), &case.expected[*key]))
        .collect();
    match wrong.as_slice() {
        [] => Outcome::Passed(left_out.into_iter().map(str::to_owned).collect()),
        [one] => Outcome::Failed(one.clone()),
        [first, more @ ..] => Outcome::Failed(format!("{first} (and {} more)", more.len())),
    }
}

/// What is wrong with an answer, against an entry `{value, rel_tol, abs_tol}`.
fn compare(key: &str, got: Option<&Value>, want: &Value) -> Option<String> {
    let value = want.get("value").unwrap_or(&Value::Null);
    let tolerance = |name: &str| want.get(name).and_then(Value::as_f64).unwrap_or(0.0);
    let Some(got) = got else {
        return Some(format!("{key} got nothing want {value}"));
    };
    let fine = agrees(got, value, tolerance("rel_tol"), tolerance("abs_tol"));
    (!fine).then(|| format!("{key} got {} want {value}", written(got)))
}

fn written(got: &Value) -> String {
    match got {
        Value::Null => "undefined".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(list) => {
            let list: Vec<String> = list.iter().map(written).collect();
            format!("[{}]", list.join(","))
        }
        other => other.to_string(),
    }
}

fn agrees(got: &Value, want: &Value, rel_tol: f64, abs_tol: f64) -> bool {
    match (got, want) {
        (Value::Number(x), Value::Number(y)) => x
            .as_f64()
            .zip(y.as_f64())
            .is_some_and(|(x, y)| (x - y).abs() <= abs_tol + rel_tol * y.abs()),
        (Value::Array(list), Value::Array(array)) => {
            list.len() == array.len()
                && list
                    .iter()
                    .zip(array)
                    .all(|(x, y)| agrees(x, y, rel_tol, abs_tol))
        }
        // An interval or a list of which nothing is defined.
        (Value::Null, Value::Array(array)) if !array.is_empty() => array.iter().all(Value::is_null),
        // R writes a vector of length one as a scalar.
        (Value::Array(list), one) if list.len() == 1 => agrees(&list[0], one, rel_tol, abs_tol),
        (one, Value::Array(array)) if array.len() == 1 => agrees(one, &array[0], rel_tol, abs_tol),
        (got, want) => got == want,
    }
}
