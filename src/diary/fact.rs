//! Facts about the person that advice depends on (`src/data/facts.toml`, `conditions.toml`): how each is read.

use std::borrow::Cow;

use chrono::{Datelike, Days, NaiveDate, NaiveTime};

use crate::data::{
    self,
    tables::{Condition, Takes},
};
use crate::diary::clock_face::read_clock;
use crate::diary::names::{self, OTHER_CONDITION};
use crate::diary::record::Fact;
use crate::diary::typed::{LineError, nearest_of, plain_name};
use crate::diary::unit;

/// The value that says: asked, and there is none.
pub(crate) const NONE: &str = "none";

/// The fact of which each value is a long-term condition.
pub(crate) const CONDITION: &str = "condition";

/// A value as it is to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FactReading {
    /// The key that is stored (`condition` for `conditions`).
    pub(crate) key: &'static str,
    pub(crate) value: String,
    /// Set for a condition of which nobody knows which one it is: the nearest known one, when one is near.
    pub(crate) unknown: Option<Option<&'static str>>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FactError {
    /// No such key: what was typed, every key, and the most similar one as a question.
    #[error("'{0}' is not a fact that is kept; known: {1}{2}")]
    Key(String, String, String),
    /// A value that does not fit: the key, what was typed, and what would have been accepted.
    #[error("{0}={1}: accepted is {2}")]
    Value(&'static str, String, Cow<'static, str>),
}

/// The fact with this key, or with another name of it (`conditions`).
pub(crate) fn find(key: &str) -> Option<&'static data::tables::Fact> {
    data::facts()
        .iter()
        .find(|fact| fact.fact == key || fact.names.contains(&key))
}

fn keys() -> impl Iterator<Item = &'static str> {
    data::facts().iter().map(|fact| fact.fact)
}

/// The condition a name means when it is all that was said: its word, its label, or another name for it.
pub(crate) fn condition(name: &str) -> Option<&'static Condition> {
    let plain = plain_name(name);
    let is_name = |n: &str| plain == plain_name(n);
    let mut all = data::conditions().iter();
    all.find(|c| is_name(c.condition) || is_name(c.label) || c.names.contains(&plain.as_str()))
}

/// The word of the condition that `name` means, as an answer to "which one is it?"; `other` and `none` say that it is none
/// of them.
///
/// # Errors
/// A name of no condition.
pub(crate) fn known_condition(name: &str) -> Result<&'static str, LineError> {
    if name.eq_ignore_ascii_case(NONE) || name.eq_ignore_ascii_case(OTHER_CONDITION) {
        return Ok(OTHER_CONDITION);
    }
    let own = own_conditions(name, true);
    own.first().copied().ok_or_else(|| {
        let known: Vec<&str> = data::conditions().iter().map(|c| c.condition).collect();
        LineError::new(
            format!("'{name}' is not a condition of the list"),
            format!("write one of: {}", known.join(" ")),
        )
    })
}

/// The conditions of the table that a fact says the person has: those its words hold, or what the person answered they
/// are. Empty for one that nobody has answered yet; [`OTHER_CONDITION`] stands for those no rule knows.
pub(crate) fn conditions_of(fact: &Fact) -> Vec<&'static str> {
    let known = |word: &str| data::conditions().iter().find(|c| c.condition == word);
    match fact.means.as_deref().and_then(known) {
        Some(answered) => vec![answered.condition],
        None => own_conditions(&fact.value, false),
    }
}

/// Whether a fact is a condition of which nobody knows which one it is.
pub(crate) fn is_unanswered(fact: &Fact) -> bool {
    fact.key == CONDITION && fact.value != NONE && conditions_of(fact).is_empty()
}

/// The conditions that words say the person has.
fn own_conditions(words: &str, repair: bool) -> Vec<&'static str> {
    if let Some(whole) = condition(words) {
        return vec![whole.condition];
    }
    let named = names::conditions(&names::words_of(words, repair));
    let own = named.into_iter().filter(|named| !named.absent);
    own.map(|named| named.thing).collect()
}

/// Reads `key=value` as the person typed it, on the day `today`.
///
/// Year of birth: 1900 to this year. A condition outside the table is kept in the person's words and marked as unknown to the
/// rules. `none` is accepted for conditions and dates, and means asked, none.
///
/// # Errors
/// An unknown key, or a value of the wrong sort; both say what is accepted.
pub(crate) fn read(key: &str, value: &str, today: NaiveDate) -> Result<FactReading, FactError> {
    let fact = find(key).ok_or_else(|| {
        let known = keys().collect::<Vec<_>>().join(" ");
        let near = nearest(key).map(|near| format!(" (did you mean {near}?)"));
        FactError::Key(key.to_string(), known, near.unwrap_or_default())
    })?;
    let value = value.trim();
    let mut unknown = None;
    let none = value.eq_ignore_ascii_case(NONE);
    let stored: Result<String, Cow<'static, str>> = match &fact.takes {
        Takes::PastDate | Takes::DueDate | Takes::Condition if none => Ok(NONE.to_string()),
        Takes::Year => value
            .parse::<i32>()
            .ok()
            .filter(|year| (1900..=today.year()).contains(year))
            .map(|year| year.to_string())
            .ok_or_else(|| format!("a year from 1900 to {}", today.year()).into()),
        Takes::YesNo => unit::yes_no(value)
            .map(|yes| if yes { "yes" } else { "no" }.to_string())
            .ok_or("yes or no".into()),
        Takes::Choice(words) => words
            .iter()
            .find(|word| word.eq_ignore_ascii_case(value))
            .map(|word| (*word).to_string())
            .ok_or_else(|| words.join(" ").into()),
        Takes::PastDate => date(value)
            .filter(|date| *date <= today)
            .map(|date| date.to_string())
            .ok_or("a day in the past as year-month-day, such as 2026-02-28".into()),
        Takes::DueDate => date(value)
            .filter(|date| *date <= today.checked_add_days(Days::new(310)).unwrap_or(today))
            .map(|date| date.to_string())
            .ok_or("a day at most ten months ahead, as year-month-day".into()),
        Takes::Clock => time_of_day(value)
            .map(|time| time.format("%H:%M").to_string())
            .ok_or("a time of day such as 07:00".into()),
        Takes::Text(most) => Some(value)
            .filter(|text| is_text(text, *most))
            .map(str::to_string)
            .ok_or_else(|| format!("1 to {most} letters on one line").into()),
        Takes::Pressure => pressure(value).ok_or("upper and lower figure, such as 150/95".into()),
        Takes::Condition => match condition(value).filter(|c| c.condition != OTHER_CONDITION) {
            Some(known) => Ok(known.condition.to_string()),
            None if is_text(value, 60) => {
                let own = own_conditions(value, true);
                let as_typed = own_conditions(value, false);
                match own.as_slice() {
                    // only a slip of the keys stands between the words and a name
                    [known] if as_typed.is_empty() && *known != OTHER_CONDITION => {
                        Ok((*known).to_string())
                    }
                    _ => {
                        if own.is_empty() {
                            unknown = Some(nearest_condition(value));
                        }
                        Ok(value.to_lowercase())
                    }
                }
            }
            None => Err("a condition in up to 60 letters on one line, or none".into()),
        },
    };
    match stored {
        Ok(value) => Ok(FactReading {
            key: fact.fact,
            value,
            unknown,
        }),
        Err(accepted) => {
            let typed = value.chars().take(60).collect();
            Err(FactError::Value(fact.fact, typed, accepted))
        }
    }
}

/// `150/95` or `150 over 95` as it is kept: both figures possible, the upper one the larger.
fn pressure(text: &str) -> Option<String> {
    let (upper, lower) = text.split_once('/').or_else(|| text.split_once("over"))?;
    let figure = |text: &str| {
        text.trim()
            .trim_end_matches("mmHg")
            .trim()
            .parse::<u16>()
            .ok()
    };
    let (upper, lower) = (figure(upper)?, figure(lower)?);
    let possible = (50..=300).contains(&upper) && (20..=200).contains(&lower) && upper > lower;
    possible.then(|| format!("{upper}/{lower}"))
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

/// A time of day; a whole number is the hour.
fn time_of_day(text: &str) -> Option<NaiveTime> {
    let hour = || NaiveTime::from_hms_opt(text.parse().ok()?, 0, 0);
    read_clock(&text.replace(' ', ""))
        .ok()
        .flatten()
        .or_else(hour)
}

fn is_text(text: &str, most: usize) -> bool {
    !text.is_empty() && text.chars().count() <= most && !text.chars().any(char::is_control)
}

impl Takes<&'static str> {
    pub(crate) fn is_date(&self) -> bool {
        matches!(self, Takes::PastDate | Takes::DueDate)
    }

    /// What may be typed, in a few words.
    pub(crate) fn accepted(&self) -> String {
        match self {
            Takes::Year => "a year such as 1958".to_string(),
            Takes::YesNo => "yes no".to_string(),
            Takes::Pressure => "a reading such as 150/95".to_string(),
            Takes::Choice(words) => words.join(" "),
            Takes::PastDate | Takes::DueDate => "year-month-day, or none".to_string(),
            Takes::Condition => "a condition, or none".to_string(),
            Takes::Text(most) => format!("up to {most} letters"),
            Takes::Clock => "a time such as 07:00".to_string(),
        }
    }

    /// The sort of value, in one word.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Takes::Year => "year",
            Takes::YesNo => "yes-no",
            Takes::Pressure => "pressure",
            Takes::Choice(_) => "choice",
            Takes::PastDate | Takes::DueDate => "date",
            Takes::Condition => "condition",
            Takes::Text(_) => "text",
            Takes::Clock => "time",
        }
    }
}
