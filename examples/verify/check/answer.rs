//! Answers and their comparison with expected values.

use crate::stats::estimate::Estimate;
use serde_json::Value;
use std::collections::BTreeMap;

/// One computed value.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    Number(f64),
    Undefined,
    Text(String),
    Flag(bool),
    List(Vec<Answer>),
}

impl From<f64> for Answer {
    fn from(x: f64) -> Self {
        Self::Number(x)
    }
}

impl From<usize> for Answer {
    fn from(x: usize) -> Self {
        Self::Number(x as f64)
    }
}

impl From<&str> for Answer {
    fn from(x: &str) -> Self {
        Self::Text(x.to_owned())
    }
}

impl From<String> for Answer {
    fn from(x: String) -> Self {
        Self::Text(x)
    }
}

impl<T: Into<Answer>> From<Option<T>> for Answer {
    fn from(x: Option<T>) -> Self {
        x.map_or(Self::Undefined, Into::into)
    }
}

impl<T: Into<Answer>> From<Vec<T>> for Answer {
    fn from(x: Vec<T>) -> Self {
        Self::List(x.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Answer> + Copy> From<&[T]> for Answer {
    fn from(x: &[T]) -> Self {
        Self::List(x.iter().map(|&x| x.into()).collect())
    }
}

impl From<(f64, f64)> for Answer {
    fn from(x: (f64, f64)) -> Self {
        vec![x.0, x.1].into()
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(x) => write!(f, "{x:?}"),
            Self::Undefined => f.write_str("undefined"),
            Self::Text(x) => f.write_str(x),
            Self::Flag(x) => write!(f, "{x}"),
            Self::List(list) => {
                f.write_str("[")?;
                for (i, x) in list.iter().enumerate() {
                    if i > 0 {
                        f.write_str(",")?;
                    }
                    write!(f, "{x}")?;
                }
                f.write_str("]")
            }
        }
    }
}

/// Everything computed for one case, by key.
#[derive(Default)]
pub(crate) struct Answers(BTreeMap<String, Answer>);

impl Answers {
    /// Adds one answer.
    pub(crate) fn set(&mut self, key: impl Into<String>, value: impl Into<Answer>) {
        self.0.insert(key.into(), value.into());
    }

    /// Adds the interval of an estimate as a pair.
    pub(crate) fn set_interval(&mut self, key: impl Into<String>, value: Option<Estimate>) {
        self.set(key, value.map(|e| (e.low, e.high)));
    }

    /// Compares one expected entry `{value, rel_tol, abs_tol}`; the error names key, answer and wish.
    pub(crate) fn compare(&self, key: &str, want: &Value) -> Result<(), String> {
        let value = want.get("value").unwrap_or(&Value::Null);
        let tolerance = |name: &str| want.get(name).and_then(Value::as_f64).unwrap_or(0.0);
        let Some(got) = self.0.get(key) else {
            return Err(format!("{key} got nothing want {value}"));
        };
        if agrees(got, value, tolerance("rel_tol"), tolerance("abs_tol")) {
            Ok(())
        } else {
            Err(format!("{key} got {got} want {value}"))
        }
    }
}

fn agrees(got: &Answer, want: &Value, rel_tol: f64, abs_tol: f64) -> bool {
    match (got, want) {
        (Answer::Undefined, Value::Null) => true,
        (Answer::Number(x), Value::Number(number)) => number
            .as_f64()
            .is_some_and(|y| (x - y).abs() <= abs_tol + rel_tol * y.abs()),
        (Answer::Number(x), Value::String(text)) => match text.as_str() {
            "Infinity" => *x == f64::INFINITY,
            "-Infinity" => *x == f64::NEG_INFINITY,
            _ => false,
        },
        (Answer::Text(x), Value::String(text)) => x == text,
        (Answer::Flag(x), Value::Bool(flag)) => x == flag,
        (Answer::List(list), Value::Array(array)) => {
            list.len() == array.len()
                && list
                    .iter()
                    .zip(array)
                    .all(|(x, y)| agrees(x, y, rel_tol, abs_tol))
        }
        // R writes a vector of length one as a scalar.
        (Answer::List(list), one) if list.len() == 1 => agrees(&list[0], one, rel_tol, abs_tol),
        (one, Value::Array(array)) if array.len() == 1 => agrees(one, &array[0], rel_tol, abs_tol),
        _ => false,
    }
}
