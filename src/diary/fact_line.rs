//! Facts about the person as typed: `born=1958 condition+=diabetes since=2019-05-01`.

use chrono::NaiveDate;

use crate::diary::clock::Now;
use crate::diary::course_line::day;
use crate::diary::entry::LineError;
use crate::diary::fact::{is_many, known_key, read_value};
use crate::diary::record::Fact;

/// One change to what is known about the person.
#[derive(Debug, Clone, PartialEq)]
pub enum FactChange {
    /// A value; `add` keeps the other values of the key.
    Set {
        /// Which fact.
        key: String,
        /// Its value.
        value: String,
        /// Since when.
        since: Option<NaiveDate>,
        /// Keep the other values.
        add: bool,
    },
    /// One value, or every value of the key, is removed: unknown again.
    Remove {
        /// Which fact.
        key: String,
        /// Which value; all of them when `None`.
        value: Option<String>,
    },
}

impl FactChange {
    /// The present facts this change takes away.
    pub fn replaces<'f>(&'f self, present: &'f [Fact]) -> impl Iterator<Item = &'f Fact> {
        present.iter().filter(move |f| match self {
            FactChange::Set {
                key, value, add, ..
            } => {
                f.key == *key && f.value != *value && (!add || f.value == "none" || value == "none")
            }
            FactChange::Remove { key, value } => {
                f.key == *key && value.as_ref().is_none_or(|v| f.value == *v)
            }
        })
    }
}

/// Reads `key=value`, `key+=value`, `key-=value`, `key=-`; `since=DATE` goes with the fact before it.
///
/// # Errors
/// An unknown fact, an impossible value, a word without `=`.
pub fn read_facts(words: &[String], now: &Now) -> Result<Vec<FactChange>, LineError> {
    let mut changes: Vec<FactChange> = Vec::new();
    for word in words {
        let Some((left, value)) = word.split_once('=') else {
            return Err(LineError::new(
                format!("'{word}' was not understood"),
                "write facts as key=value, for example born=1958; 'cramp me --list' shows all",
            ));
        };
        let (name, sign) = match left.strip_suffix(['+', '-']) {
            Some(name) => (name, left.chars().next_back()),
            None => (left, None),
        };
        if value.trim().is_empty() {
            return Err(LineError::new(
                format!("'{left}=' has no value"),
                format!("write {left}=VALUE, or {name}=- to remove it"),
            ));
        }
        if name == "since" {
            let since = day(value, now)?;
            match changes.last_mut() {
                Some(FactChange::Set { since: s, .. }) => *s = Some(since),
                _ => {
                    return Err(LineError::new(
                        "'since=' stands alone",
                        "put it after the fact it belongs to",
                    ));
                }
            }
            continue;
        }
        let key = known_key(name)?;
        changes.push(match (sign, value) {
            (Some('-'), _) => FactChange::Remove {
                key,
                value: Some(value.trim().to_lowercase()),
            },
            (_, "-" | "?") => FactChange::Remove { key, value: None },
            (sign, _) => {
                let value = read_value(&key, value, now)?;
                let add = sign == Some('+') && is_many(&key);
                FactChange::Set {
                    key,
                    value,
                    since: None,
                    add,
                }
            }
        });
    }
    Ok(changes)
}
