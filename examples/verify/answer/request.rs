//! What is asked, and what is answered.

use crate::stats::estimate::Estimate;
use serde_json::{Map, Value};

/// The data of one question, with the keys wanted.
pub(crate) struct Request<'a> {
    pub(crate) data: &'a Value,
    pub(crate) asked: &'a [&'a str],
}

impl<'a> Request<'a> {
    /// What follows `prefix` in the keys asked for that start with it.
    pub(crate) fn asked_after(&self, prefix: &str) -> Vec<&'a str> {
        self.asked
            .iter()
            .filter_map(|key| key.strip_prefix(prefix))
            .collect()
    }

    /// One number of the data.
    pub(crate) fn number(&self, key: &str) -> Result<f64, String> {
        number(&self.data[key]).ok_or_else(|| format!("no number {key}"))
    }

    /// The level of the intervals, 0.95 unless the data say otherwise.
    pub(crate) fn level(&self) -> f64 {
        self.number("level").unwrap_or(0.95)
    }

    /// One whole number of the data.
    pub(crate) fn count(&self, key: &str) -> Result<u64, String> {
        whole(self.number(key)?)
    }

    /// A list of numbers of the data (R writes a list of one as a scalar).
    pub(crate) fn numbers(&self, key: &str) -> Result<Vec<f64>, String> {
        numbers(&self.data[key]).ok_or_else(|| format!("no numbers {key}"))
    }

    /// A list of whole numbers of the data.
    pub(crate) fn counts(&self, key: &str) -> Result<Vec<u64>, String> {
        self.numbers(key)?.into_iter().map(whole).collect()
    }

    /// A text of the data.
    pub(crate) fn text(&self, key: &str) -> Result<&'a str, String> {
        self.data[key]
            .as_str()
            .ok_or_else(|| format!("no text {key}"))
    }

    /// A list of texts of the data, empty when there is none.
    pub(crate) fn texts(&self, key: &str) -> Vec<&'a str> {
        let list = self.data[key].as_array().into_iter().flatten();
        list.filter_map(Value::as_str).collect()
    }
}

/// How a refusal begins where the data have no such number: what R would answer with NA.
pub(crate) const UNDEFINED: &str = "undefined";

/// The refusal of numbers that these data do not have.
pub(crate) fn undefined(why: impl std::fmt::Display) -> String {
    format!("{UNDEFINED}: {why}")
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

/// Everything computed for one question, by key.
#[derive(Default)]
pub(crate) struct Answers(Map<String, Value>);

impl Answers {
    /// Adds one answer.
    pub(crate) fn set(&mut self, key: impl Into<String>, value: impl Into<Answer>) {
        self.0.insert(key.into(), value.into().0);
    }

    /// Adds the interval of an estimate as a pair.
    pub(crate) fn set_interval(&mut self, key: impl Into<String>, value: Option<Estimate>) {
        self.set(key, value.map(|e| vec![e.low, e.high]));
    }

    pub(crate) fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}

/// One answer as JSON.
pub(crate) struct Answer(pub(crate) Value);

impl From<f64> for Answer {
    fn from(x: f64) -> Self {
        Self(match x {
            f64::INFINITY => "Infinity".into(),
            f64::NEG_INFINITY => "-Infinity".into(),
            // Not a number is a mistake of ours and must not pass for an undefined one.
            x if x.is_nan() => "NaN".into(),
            x => x.into(),
        })
    }
}

impl From<usize> for Answer {
    fn from(x: usize) -> Self {
        Self((x as f64).into())
    }
}

impl From<bool> for Answer {
    fn from(x: bool) -> Self {
        Self(x.into())
    }
}

impl From<&str> for Answer {
    fn from(x: &str) -> Self {
        Self(x.into())
    }
}

impl<T: Into<Answer>> From<Option<T>> for Answer {
    fn from(x: Option<T>) -> Self {
        x.map_or(Self(Value::Null), Into::into)
    }
}

impl<T: Into<Answer>> From<Vec<T>> for Answer {
    fn from(x: Vec<T>) -> Self {
        Self(x.into_iter().map(|x| x.into().0).collect())
    }
}
