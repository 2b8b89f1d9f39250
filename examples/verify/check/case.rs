//! Reading a reference case.

use serde_json::{Map, Value};

/// The parts of a case that a computation may use; the expected values only tell which keys are asked for.
pub(crate) struct Case<'a> {
    pub(crate) method: &'a str,
    pub(crate) data: &'a Value,
    pub(crate) call: &'a str,
    pub(crate) expected: &'a Map<String, Value>,
}

impl<'a> Case<'a> {
    pub(crate) fn read(json: &'a Value) -> Option<Self> {
        Some(Self {
            method: json.get("method")?.as_str()?,
            data: json.get("data")?,
            call: json.get("call").and_then(Value::as_str).unwrap_or(""),
            expected: json.get("expected")?.as_object()?,
        })
    }

    /// Whether a key is asked for.
    pub(crate) fn asks(&self, key: &str) -> bool {
        self.expected.contains_key(key)
    }

    /// What follows `prefix` in the keys asked for that start with it.
    pub(crate) fn asked_after(&self, prefix: &str) -> Vec<&'a str> {
        self.expected
            .keys()
            .filter_map(|key| key.strip_prefix(prefix))
            .collect()
    }

    /// One number of the data.
    pub(crate) fn number(&self, key: &str) -> Result<f64, String> {
        number(self.data.get(key).unwrap_or(&Value::Null)).ok_or_else(|| format!("no number {key}"))
    }

    /// One whole number of the data.
    pub(crate) fn count(&self, key: &str) -> Result<u64, String> {
        whole(self.number(key)?)
    }

    /// A list of numbers of the data (R writes a list of one as a scalar).
    pub(crate) fn numbers(&self, key: &str) -> Result<Vec<f64>, String> {
        numbers(self.data.get(key).unwrap_or(&Value::Null))
            .ok_or_else(|| format!("no numbers {key}"))
    }

    /// A list of whole numbers of the data.
    pub(crate) fn counts(&self, key: &str) -> Result<Vec<u64>, String> {
        self.numbers(key)?.into_iter().map(whole).collect()
    }

    /// A text of the data.
    pub(crate) fn text(&self, key: &str) -> Result<&'a str, String> {
        self.data
            .get(key)
            .and_then(Value::as_str)
            .ok_or_else(|| format!("no text {key}"))
    }
}

/// A number, or an infinity by its name.
pub(crate) fn number(value: &Value) -> Option<f64> {
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

/// A count.
pub(crate) fn whole(x: f64) -> Result<u64, String> {
    if x >= 0.0 && x.fract() == 0.0 && x < 9e15 {
        Ok(x as u64)
    } else {
        Err(format!("{x} is no count"))
    }
}
