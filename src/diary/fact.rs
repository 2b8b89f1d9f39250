//! Facts about the person that advice depends on (`src/data/facts.toml`, `conditions.toml`): how each is read.

use std::borrow::Cow;

use chrono::{Datelike, Days, NaiveDate};

use crate::data::{
    self,
    tables::{Condition, Fact, Takes},
};
use crate::diary::typed::{nearest_of, plain_name};
use crate::diary::unit;

/// The value that says: asked, and there is none.
pub(crate) const NONE: &str = "none";

/// A value as it is to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FactReading {
    /// The key that is stored (`condition` for `conditions`).
    pub(crate) key: &'static str,
    /// The value that is stored.
    pub(crate) value: String,
    /// Set for a condition that no rule knows: the nearest one that rules know, when one is near.
    pub(crate) unknown: Option<Option<&'static str>>,
}

/// Why a fact was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FactError {
    /// No such key.
    #[error(
        "'{key}' is not a fact that is kept; known: {known}{}",
        did_you_mean(nearest)
    )]
    Key {
        /// What was typed.
        key: String,
        /// Every key.
        known: String,
        /// The most similar key.
        nearest: Option<&'static str>,
    },
    /// A value that does not fit.
    #[error("{key}={value}: accepted is {accepted}")]
    Value {
        /// The key.
        key: &'static str,
        /// What was typed.
        value: String,
        /// What would have been accepted.
        accepted: Cow<'static, str>,
    },
}

fn did_you_mean(nearest: &Option<&'static str>) -> String {
    match nearest {
        Some(key) => format!(" (did you mean {key}?)"),
        None => String::new(),
    }
}

/// The fact with this key, or with another name of it (`conditions`).
pub(crate) fn find(key: &str) -> Option<&'static Fact> {
    data::facts()
        .iter()
        .find(|fact| fact.fact == key || fact.names.contains(&key))
}

fn keys() -> impl Iterator<Item = &'static str> {
    data::facts().iter().map(|fact| fact.fact)
}

/// The condition a name means: its word, its label, or another name for it.
pub(crate) fn condition(name: &str) -> Option<&'static Condition> {
    let plain = plain_name(name);
    data::conditions().iter().find(|c| {
        plain == plain_name(c.condition)
            || plain == plain_name(c.label)
            || c.names.contains(&plain.as_str())
    })
}

/// Reads `key=value` as the person typed it, on the day `today`.
///
/// Year of birth: 1900 to this year. A condition outside the table is kept in the person's words and marked as unknown to the
/// rules. `none` is accepted for conditions and dates, and means asked, none.
///
/// # Errors
/// An unknown key, or a value of the wrong sort; both say what is accepted.
pub(crate) fn read(key: &str, value: &str, today: NaiveDate) -> Result<FactReading, FactError> {
    let fact = find(key).ok_or_else(|| FactError::Key {
        key: key.to_string(),
        known: keys().collect::<Vec<_>>().join(" "),
        nearest: nearest(key),
    })?;
    let value = value.trim();
    let refuse = |accepted: Cow<'static, str>| FactError::Value {
        key: fact.fact,
        value: value.chars().take(60).collect(),
        accepted,
    };
    let stored = |value: String| FactReading {
        key: fact.fact,
        value,
        unknown: None,
    };
    if fact.takes.is_date() && value.eq_ignore_ascii_case(NONE) {
        return Ok(stored(NONE.to_string()));
    }
    match &fact.takes {
        Takes::Year => value
            .parse::<i32>()
            .ok()
            .filter(|year| (1900..=today.year()).contains(year))
            .map(|year| stored(year.to_string()))
            .ok_or_else(|| refuse(format!("a year from 1900 to {}", today.year()).into())),
        Takes::YesNo => unit::yes_no(value)
            .map(|yes| stored(if yes { "yes" } else { "no" }.to_string()))
            .ok_or_else(|| refuse("yes or no".into())),
        Takes::Choice(words) => words
            .iter()
            .find(|word| word.eq_ignore_ascii_case(value))
            .map(|word| stored((*word).to_string()))
            .ok_or_else(|| refuse(words.join(" ").into())),
        Takes::PastDate => date(value)
            .filter(|date| *date <= today)
            .map(|date| stored(date.to_string()))
            .ok_or_else(|| {
                refuse("a day in the past as year-month-day, such as 2026-02-28".into())
            }),
        Takes::DueDate => date(value)
            .filter(|date| *date <= today.checked_add_days(Days::new(310)).unwrap_or(today))
            .map(|date| stored(date.to_string()))
            .ok_or_else(|| refuse("a day at most ten months ahead, as year-month-day".into())),
        Takes::Text(most) => Some(value)
            .filter(|text| is_text(text, *most))
            .map(|text| stored(text.to_string()))
            .ok_or_else(|| refuse(format!("1 to {most} letters on one line").into())),
        Takes::Condition => {
            if value.eq_ignore_ascii_case(NONE) {
                return Ok(stored(NONE.to_string()));
            }
            if let Some(known) = condition(value) {
                return Ok(stored(known.condition.to_string()));
            }
            if !is_text(value, 60) {
                return Err(refuse(
                    "a condition in up to 60 letters on one line, or none".into(),
                ));
            }
            Ok(FactReading {
                key: fact.fact,
                value: value.to_lowercase(),
                unknown: Some(nearest_condition(value)),
            })
        }
    }
}

/// The key most like a misspelt or everyday one.
pub(crate) fn nearest(key: &str) -> Option<&'static str> {
    let key = key.to_lowercase();
    let meant = data::facts()
        .iter()
        .find(|fact| fact.also.contains(&key.as_str()));
    match meant {
        Some(fact) => Some(fact.fact),
        None => nearest_of(&key, keys()),
    }
}

fn nearest_condition(name: &str) -> Option<&'static str> {
    let word = plain_name(name).replace(' ', "-");
    nearest_of(&word, data::conditions().iter().map(|c| c.condition))
}

fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|date| date.year() >= 1900)
}

fn is_text(text: &str, most: usize) -> bool {
    !text.is_empty() && text.chars().count() <= most && !text.chars().any(char::is_control)
}

impl Takes<&'static str> {
    /// Whether it is a day.
    pub(crate) fn is_date(&self) -> bool {
        matches!(self, Takes::PastDate | Takes::DueDate)
    }

    /// What may be typed, in a few words.
    pub(crate) fn accepted(&self) -> String {
        match self {
            Takes::Year => "a year such as 1958".to_string(),
            Takes::YesNo => "yes no".to_string(),
            Takes::Choice(words) => words.join(" "),
            Takes::PastDate | Takes::DueDate => "year-month-day, or none".to_string(),
            Takes::Condition => "a condition, or none".to_string(),
            Takes::Text(most) => format!("up to {most} letters"),
        }
    }

    /// The sort of value, in one word.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Takes::Year => "year",
            Takes::YesNo => "yes-no",
            Takes::Choice(_) => "choice",
            Takes::PastDate | Takes::DueDate => "date",
            Takes::Condition => "condition",
            Takes::Text(_) => "text",
        }
    }
}
