//! Facts about the person as typed: `born=1958 condition+=diabetes since=2019-05-01`.

use chrono::NaiveDate;

use crate::diary::clock::Now;
use crate::diary::course_line::day;
use crate::diary::entry::LineError;
use crate::diary::fact::{self, NONE};
use crate::diary::record::Fact;

/// One change to what is known about the person.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum FactChange {
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
    pub(crate) fn replaces<'f>(&'f self, present: &'f [Fact]) -> impl Iterator<Item = &'f Fact> {
        present.iter().filter(move |f| match self {
            FactChange::Set {
                key, value, add, ..
            } => f.key == *key && f.value != *value && (!add || f.value == NONE || value == NONE),
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
pub(crate) fn read_facts(
    words: &[String],
    now: &Now,
    warnings: &mut Vec<String>,
) -> Result<Vec<FactChange>, LineError> {
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
        let def = fact::find(name);
        let removed = match (sign, value) {
            (Some('-'), _) => Some(Some(value.trim())),
            (_, "-" | "?") => Some(None),
            _ => None,
        };
        if let (Some(def), Some(value)) = (def, removed) {
            let value = value.map(|v| read_fact(def.key, v, now, warnings));
            let value = value.transpose()?.map(|(_, value)| value);
            changes.push(FactChange::Remove {
                key: def.key.to_string(),
                value,
            });
            continue;
        }
        let (key, value) = read_fact(name, value, now, warnings)?;
        let add = sign == Some('+') && def.is_some_and(|d| d.many);
        changes.push(FactChange::Set {
            key,
            value,
            since: None,
            add,
        });
    }
    Ok(changes)
}

/// Reads one fact; a condition the rules do not know is kept, with a warning.
pub(crate) fn read_fact(
    key: &str,
    value: &str,
    now: &Now,
    warnings: &mut Vec<String>,
) -> Result<(String, String), LineError> {
    let read = fact::read(key, value, now.today())
        .map_err(|e| LineError::new(e.to_string(), "'cramp me --list' shows every fact"))?;
    if let Some(near) = read.unknown {
        let near = near
            .map(|n| format!("; did you mean '{n}'?"))
            .unwrap_or_default();
        warnings.push(format!(
            "'{}' is kept, but no rule of this program knows it{near}",
            read.value
        ));
    }
    Ok((read.key.to_string(), read.value))
}
