//! Free text and `key=value` as people type them: names as they are compared, values read into the field they belong to,
//! and refusals with their way out.

use chrono::NaiveDate;

use crate::diary::clock::{Now, read_when};
use crate::diary::clock_face::{ClockError, read_clock};
use crate::diary::moment::{Moment, Night};
use crate::diary::unit::{self, QuantityError};
use crate::diary::word::Word;

pub(crate) const UNITS_HINT: &str = "'cramp help units' shows how quantities are written";

/// A line that was refused: what was wrong and the way out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(crate) struct LineError {
    /// What was wrong, with the offending word.
    pub(crate) message: String,
    pub(crate) hint: String,
}

impl LineError {
    pub(crate) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        LineError {
            message: message.into(),
            hint: hint.into(),
        }
    }

    /// A word that means nothing here.
    pub(crate) fn not_understood(word: &str, hint: impl Into<String>) -> Self {
        LineError::new(format!("'{word}' was not understood"), hint)
    }
}

impl From<ClockError> for LineError {
    fn from(e: ClockError) -> Self {
        LineError::new(e.to_string(), e.hint())
    }
}

/// Reads a word of a closed set, with the nearest member in the refusal.
pub(crate) fn closed<W: Word>(value: &str) -> Result<W, LineError> {
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
        None => Err(LineError::not_understood(
            text,
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
    pub(crate) fn word<W: Word>(self, field: &mut Option<W>) -> Result<(), LineError> {
        *field = self.known().map(closed).transpose()?;
        Ok(())
    }

    /// Reads a word of a closed set into a field that is always known.
    pub(crate) fn needed<W: Word>(self, field: &mut W) -> Result<(), LineError> {
        *field = closed(self.value)?;
        Ok(())
    }

    /// Reads a word of a closed set into a field that has a word for unknown.
    pub(crate) fn word_or<W: Word>(self, field: &mut W, unknown: W) -> Result<(), LineError> {
        *field = self.known().map_or(Ok(unknown), closed)?;
        Ok(())
    }

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

    pub(crate) fn zero_to_ten(self, field: &mut Option<u8>) -> Result<(), LineError> {
        self.quantity(field, unit::zero_to_ten)
    }

    pub(crate) fn pain(
        self,
        field: &mut Option<crate::diary::pain::Pain>,
    ) -> Result<(), LineError> {
        self.quantity(field, crate::diary::pain::pain)
    }

    /// Reads a duration, or the ends of a range of it.
    pub(crate) fn range(
        self,
        field: &mut Option<(Option<u32>, Option<u32>)>,
        longest_s: u32,
    ) -> Result<(), LineError> {
        self.quantity(field, |value| unit::duration_range(value, longest_s))
    }

    pub(crate) fn duration(self, field: &mut Option<u32>, longest_s: u32) -> Result<(), LineError> {
        self.quantity(field, |value| unit::duration_s(value, longest_s))
    }

    /// Reads an amount of 0 to `most` into `unit`.
    pub(crate) fn amount(
        self,
        field: &mut Option<f64>,
        unit: &str,
        most: f64,
    ) -> Result<(), LineError> {
        self.quantity(field, |value| {
            let number = unit::parse(value)?.to(unit, None)?;
            let fits = (0.0..=most).contains(&number);
            let accepted = || format!("0 to {} {unit}", unit::show(most));
            let refused = || QuantityError::OutOfRange(value.to_string(), accepted());
            fits.then_some(number).ok_or_else(refused)
        })
    }

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

    pub(crate) fn day(self, field: &mut Option<NaiveDate>, now: &Now) -> Result<(), LineError> {
        *field = self.known().map(|value| day(value, now)).transpose()?;
        Ok(())
    }

    /// Reads a clock time of this night, or an instant.
    pub(crate) fn time(
        self,
        field: &mut Option<Moment>,
        night: Night,
        now: &Now,
    ) -> Result<(), LineError> {
        let read = |value: &str| {
            if let Some(moment) = Moment::parse(value, None) {
                return Ok(moment);
            }
            let face = read_clock(&value.to_lowercase())?
                .ok_or_else(|| ClockError::NoSuchTime(value.to_string()))?;
            Ok::<_, LineError>(now.zone.resolve(night.at(face), now.utc).0)
        };
        *field = self.known().map(read).transpose()?;
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

pub(crate) const LONGEST_TEXT: usize = 64 * 1024;

/// A word as it is shown in a message: at most 40 characters.
pub(crate) fn shown(word: &str) -> String {
    let mut s: String = word.chars().take(40).collect();
    if s.len() < word.len() {
        s.push('…');
    }
    s
}

/// Takes control characters out of typed text (stray arrow keys, say); line breaks and tabs become spaces.
pub(crate) fn clean(text: &str) -> String {
    let spaced = text.replace(['\n', '\t', '\r'], " ");
    spaced.chars().filter(|c| !c.is_control()).collect()
}

/// Free text of a record: without control characters, not empty, not longer than a note may be.
///
/// # Errors
/// `what` is empty or too long.
pub(crate) fn free_text(text: &str, what: &str) -> Result<String, LineError> {
    let text = clean(text).trim().to_string();
    if text.is_empty() {
        return Err(LineError::new(
            format!("an empty {what}"),
            "write a few words, in quotes",
        ));
    }
    if text.len() > LONGEST_TEXT {
        return Err(LineError::new(
            format!("a {what} of {} bytes is too long", text.len()),
            "keep it under 64 kB",
        ));
    }
    Ok(text)
}

/// A line split at spaces, quoted parts kept whole.
pub(crate) fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for c in line.trim().chars() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            c => word.push(c),
        }
    }
    words.extend(Some(word).filter(|w| !w.is_empty()));
    words
}

/// A name in lower case with everything but letters and digits made a single space: `Vitamin-D3` is `vitamin d3`.
pub(crate) fn plain_name(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether `phrase` stands in `plain` as whole words.
pub(crate) fn has_phrase(plain: &str, phrase: &str) -> bool {
    let spaces = plain.match_indices(' ').map(|(at, _)| at + 1);
    let mut starts = std::iter::once(0).chain(spaces);
    starts.any(|at| {
        let rest = plain.get(at..).and_then(|word| word.strip_prefix(phrase));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

/// The candidate most like `word`: at most two slips of the keys, or one in a short word. Ties go to the first.
pub(crate) fn nearest_of<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let allowed = match word.chars().count() {
        0 | 1 => 0,
        2..=4 => 1,
        _ => 2,
    };
    candidates
        .into_iter()
        .map(|c| (strsim::osa_distance(word, c), c))
        .filter(|(slips, c)| *slips <= allowed && *slips < c.chars().count())
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, c)| c)
}
