//! `key=value` as people type it: reading the value into the field it belongs to, and refusals with their way out.

use chrono::NaiveDate;

use crate::diary::clock::{Now, read_when};
use crate::diary::clock_face::ClockError;
use crate::diary::text::nearest_of;
use crate::diary::unit::{self, QuantityError};
use crate::diary::word::{NotAWord, Word};

/// Where to read about quantities.
pub(crate) const UNITS_HINT: &str = "'cramp help units' shows how quantities are written";

/// A line that was refused: what was wrong and the way out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(crate) struct LineError {
    /// What was wrong, with the offending word.
    pub(crate) message: String,
    /// The way out.
    pub(crate) hint: String,
}

impl LineError {
    /// A refusal with its way out.
    pub(crate) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        LineError {
            message: message.into(),
            hint: hint.into(),
        }
    }
}

impl From<ClockError> for LineError {
    fn from(e: ClockError) -> Self {
        LineError::new(e.to_string(), e.hint())
    }
}

/// Reads a word of a closed set, with the nearest member in the refusal.
pub(crate) fn closed<W: Word + std::str::FromStr<Err = NotAWord>>(
    value: &str,
) -> Result<W, LineError> {
    let lower = value.to_lowercase();
    lower.parse::<W>().map_err(|e| {
        let hint = match nearest_of(&lower, W::ALL.iter().map(|w| w.word())) {
            Some(n) => format!("did you mean '{n}'?"),
            None => format!("write one of: {}", e.accepted.join(" ")),
        };
        LineError::new(e.to_string(), hint)
    })
}

/// A calendar day that is not in the future.
pub(crate) fn day(text: &str, now: &Now) -> Result<NaiveDate, LineError> {
    match read_when(text, now)? {
        Some(when) => Ok(when
            .at
            .map_or_else(|| when.night.date(), |at| at.local().date())),
        None => Err(LineError::new(
            format!("'{text}' was not understood"),
            "write a date as 2026-03-04, or today, yesterday, mon; a dose as 300mg; the rest as key=value",
        )),
    }
}

/// A value with the key it was typed after. `?` and `-` make the field unknown again.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Typed<'t> {
    pub(crate) key: &'t str,
    pub(crate) value: &'t str,
}

impl<'t> Typed<'t> {
    /// The value, unless it makes the field unknown again.
    pub(crate) fn known(self) -> Option<&'t str> {
        Some(self.value).filter(|value| !matches!(*value, "?" | "-"))
    }

    /// Reads a word of a closed set.
    pub(crate) fn word<W: Word + std::str::FromStr<Err = NotAWord>>(
        self,
        field: &mut Option<W>,
    ) -> Result<(), LineError> {
        *field = self.known().map(closed).transpose()?;
        Ok(())
    }

    /// Reads a word of a closed set into a field that is always known.
    pub(crate) fn needed<W: Word + std::str::FromStr<Err = NotAWord>>(
        self,
        field: &mut W,
    ) -> Result<(), LineError> {
        *field = closed(self.value)?;
        Ok(())
    }

    /// Reads a word of a closed set into a field that has a word for unknown.
    pub(crate) fn word_or<W: Word + std::str::FromStr<Err = NotAWord>>(
        self,
        field: &mut W,
        unknown: W,
    ) -> Result<(), LineError> {
        *field = self.known().map_or(Ok(unknown), closed)?;
        Ok(())
    }

    /// Reads yes or no.
    pub(crate) fn yes_no(self, field: &mut Option<bool>) -> Result<(), LineError> {
        let key = self.key;
        let read = |value| {
            unit::yes_no(value).ok_or_else(|| {
                LineError::new(
                    format!("'{key}={value}' is neither yes nor no"),
                    format!("write {key}=yes, {key}=no or {key}=?"),
                )
            })
        };
        *field = self.known().map(read).transpose()?;
        Ok(())
    }

    /// Reads a point on a 0-to-10 scale.
    pub(crate) fn zero_to_ten(self, field: &mut Option<u8>) -> Result<(), LineError> {
        self.quantity(field, unit::zero_to_ten)
    }

    /// Reads a duration of at most `longest_s` seconds.
    pub(crate) fn duration(self, field: &mut Option<u32>, longest_s: u32) -> Result<(), LineError> {
        self.quantity(field, |value| unit::duration_s(value, longest_s))
    }

    /// Reads how often, at most `most`.
    pub(crate) fn count(self, field: &mut Option<u32>, most: u32) -> Result<(), LineError> {
        self.quantity(field, |value| unit::count(value, most))
    }

    fn quantity<T>(
        self,
        field: &mut Option<T>,
        read: impl FnOnce(&str) -> Result<T, QuantityError>,
    ) -> Result<(), LineError> {
        let wrong = |e| LineError::new(format!("{}: {e}", self.key), UNITS_HINT);
        *field = self.known().map(read).transpose().map_err(wrong)?;
        Ok(())
    }

    /// Reads a calendar day.
    pub(crate) fn day(self, field: &mut Option<NaiveDate>, now: &Now) -> Result<(), LineError> {
        *field = self.known().map(|value| day(value, now)).transpose()?;
        Ok(())
    }

    /// Reads a number of any size.
    pub(crate) fn number(self, field: &mut Option<f64>) -> Result<(), LineError> {
        let Typed { key, value } = self;
        let number = value.parse::<f64>().ok().filter(|n| n.is_finite());
        *field = Some(number.ok_or_else(|| {
            LineError::new(
                format!("'{key}={value}' is not a number"),
                "write for example min=0 max=100",
            )
        })?);
        Ok(())
    }

    /// Takes words of which even `?` is one.
    pub(crate) fn some_text(self, field: &mut Option<String>) -> Result<(), LineError> {
        *field = Some(self.value.to_string());
        Ok(())
    }

    /// Takes free words.
    pub(crate) fn text(self, field: &mut Option<String>) -> Result<(), LineError> {
        *field = self.known().map(str::to_string);
        Ok(())
    }
}

/// Sets one field of a record as typed.
pub(crate) type Set<R> = fn(&mut R, Typed<'_>, &Now) -> Result<(), LineError>;

/// The keys a record of one kind is typed with.
pub(crate) struct Keys<R: 'static> {
    /// The record in refusals: `a course`.
    pub(crate) record: &'static str,
    /// What to write instead of an empty value; `{}` is the key.
    pub(crate) empty: fn(&str) -> String,
    /// Each key with its other spellings and what it sets.
    pub(crate) keys: &'static [(&'static [&'static str], Set<R>)],
    /// The keys as a refusal lists them.
    pub(crate) listed: &'static str,
}

impl<R> Keys<R> {
    /// Sets the field that `key` names.
    ///
    /// # Errors
    /// No such key, no value, or a value that cannot be.
    pub(crate) fn set(
        &self,
        record: &mut R,
        key: &str,
        value: &str,
        now: &Now,
    ) -> Result<(), LineError> {
        if value.trim().is_empty() {
            return Err(LineError::new(
                format!("'{key}=' has no value"),
                (self.empty)(key),
            ));
        }
        if let Some((_, set)) = self.keys.iter().find(|(names, _)| names.contains(&key)) {
            return set(record, Typed { key, value }, now);
        }
        let near = nearest_of(key, self.listed.split(' '));
        Err(LineError::new(
            format!("{} has no '{key}'", self.record),
            near.map_or(format!("keys: {}", self.listed), |n| {
                format!("did you mean '{n}'?")
            }),
        ))
    }
}

/// A key that a record does not have; `keys` are those it has.
pub(crate) fn no_key(record: &str, key: &str, keys: &str) -> LineError {
    LineError::new(format!("{record} has no '{key}'"), format!("keys: {keys}"))
}
