//! Quantities as people type them: a number and a unit in one word (`18C`, `2m30s`, `0.3g`, `7/10`, `3x`).
//!
//! Nothing is guessed that could be read two ways. Every refusal names the word and what would have been accepted.

use crate::diary::lexicon::{Unit, accepted, same_noun, unit_named};

pub(crate) use crate::diary::lexicon::{Dimension, plain, yes_no};

/// Units of vitamin D in one microgram (EFSA 2023, key UL-D: 100 µg is 4,000 IU).
pub(crate) const VITAMIN_D_IU_PER_UG: f64 = 40.0;

/// The longest duration of an episode, seconds: 12 hours.
pub(crate) const LONGEST_EPISODE_S: u32 = 12 * 3_600;

/// The longest soreness or spell of a symptom, seconds: 14 days.
pub(crate) const LONGEST_AFTER_S: u32 = 14 * 86_400;

/// Why a word is not the quantity it should be: the word as typed, its unit where that is to blame, and what would be
/// accepted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum QuantityError {
    /// Not a number with or without a unit at all: some other word.
    #[error("'{0}' is not a number with a unit; write for example {1}")]
    NotAQuantity(String, &'static str),
    /// A number followed by something that is no unit here.
    #[error("'{0}': '{1}' is not a unit known here; accepted: {2}")]
    UnknownUnit(String, String, String),
    #[error("'{0}': '{1}' does not fit here; accepted: {2}")]
    WrongUnit(String, String, String),
    #[error("'{0}' needs a unit; write for example {1}")]
    NeedsUnit(String, String),
    /// It could be read in two ways.
    #[error("'{0}' can be read in two ways; write {1}")]
    Ambiguous(String, String),
    /// A negative amount of something that cannot be negative, or a number too large to be one.
    #[error("'{0}' is not possible: {1}")]
    Impossible(String, &'static str),
    /// Outside what is accepted.
    #[error("'{0}' is outside {1}")]
    OutOfRange(String, String),
}

/// A number with the unit it was typed with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quantity {
    /// The number, finite; a sum of hours, minutes and seconds is in seconds.
    pub(crate) number: f64,
    /// The unit as typed, lower case, `u` and `μ` for micro made `µ`; `None` for a bare number.
    pub(crate) unit: Option<String>,
    pub(crate) typed: String,
}

/// Reads `18C 64°F 45min 1h30 2m30s 1.5l 300mg 25ug 4000IU 2units 3x 7`.
///
/// # Errors
/// A word that does not begin with a number, a number without limit, a thousands separator that could be a
/// decimal comma (`1,500`), and a malformed sum (`30s2m`) are refused. The unit itself is judged by
/// [`Quantity::to`], which knows what is wanted.
pub(crate) fn parse(word: &str) -> Result<Quantity, QuantityError> {
    let (number, rest) = leading_number(word)?;
    let (number, unit) = match rest.find(|c: char| c.is_ascii_digit()) {
        _ if rest.is_empty() => (number, None),
        Some(position) => {
            let seconds = sum_of_times(word, number, rest, position)?;
            (seconds, Some("s".to_string()))
        }
        None => (number, Some(plain(rest.trim_start()))),
    };
    Ok(Quantity {
        number,
        unit,
        typed: word.to_string(),
    })
}

impl Quantity {
    /// The number in `target`. `iu_per_ug` is given for a substance whose international unit is a mass (vitamin D:
    /// [`VITAMIN_D_IU_PER_UG`]). A bare number is taken to be in `target` already.
    ///
    /// # Errors
    /// A unit that is unknown, or of another dimension than `target`.
    pub(crate) fn to(&self, target: &str, iu_per_ug: Option<f64>) -> Result<f64, QuantityError> {
        let Some(from) = self.unit.as_deref() else {
            return Ok(self.number);
        };
        let wanted = plain(target);
        if from == wanted || same_noun(from, &wanted) {
            return Ok(self.number);
        }
        let target_unit = unit_named(&wanted);
        let refused = |error: fn(String, String, String) -> QuantityError| {
            let accepted = accepted(target, iu_per_ug);
            Err(error(self.typed.clone(), from.to_string(), accepted))
        };
        let Some(from_unit) = self.unit_for(target_unit) else {
            return refused(QuantityError::UnknownUnit);
        };
        match (target_unit, iu_per_ug) {
            (Some(to), _) if from_unit.dimension == to.dimension => {
                let base = self.number * from_unit.scale + from_unit.offset;
                Ok(tidy((base - to.offset) / to.scale))
            }
            (Some(to), Some(per_ug))
                if from_unit.dimension == Dimension::International
                    && to.dimension == Dimension::Mass =>
            {
                Ok(tidy(self.number / per_ug / to.scale))
            }
            _ => refused(QuantityError::WrongUnit),
        }
    }

    /// The dimension of the unit; `None` for a bare number or a noun such as `glasses`.
    pub(crate) fn dimension(&self) -> Option<Dimension> {
        unit_named(self.unit.as_deref()?).map(|unit| unit.dimension)
    }

    /// The typed unit; a lone `m` is minutes where a time is wanted, metres elsewhere.
    fn unit_for(&self, target: Option<&Unit>) -> Option<&'static Unit> {
        let name = self.unit.as_deref()?;
        if name == "m" && target.is_some_and(|t| t.dimension == Dimension::Time) {
            return unit_named("min");
        }
        unit_named(name)
    }
}

/// Reads a duration as whole seconds: `90s 3min 3m 2m30s 1h 1h30`, at most `longest_s`.
///
/// # Errors
/// A number without unit, a lone `m` of more than 60 (minutes or metres or months: write `min`), nothing at all (`0s`), and
/// anything longer than `longest_s` are refused.
pub(crate) fn duration_s(word: &str, longest_s: u32) -> Result<u32, QuantityError> {
    let typed = word.to_string();
    let quantity = parse(word)?;
    if quantity.unit.is_none() {
        let example = format!("{0}min or {0}s", word.trim());
        return Err(QuantityError::NeedsUnit(typed, example));
    }
    if quantity.unit.as_deref() == Some("m") && quantity.number > 60.0 {
        let number = show(quantity.number);
        let clearer = format!("{number}min, or hours and minutes such as 1h30");
        return Err(QuantityError::Ambiguous(typed, clearer));
    }
    let seconds = quantity.to("s", None)?;
    if seconds <= 0.0 {
        let why = "a duration is longer than nothing";
        return Err(QuantityError::Impossible(typed, why));
    }
    if seconds > f64::from(longest_s) {
        let most = format!("what can be recorded here: at most {}", span(longest_s));
        return Err(QuantityError::OutOfRange(typed, most));
    }
    // In range by the test above; less than half a second is still a duration.
    Ok((seconds.round() as u32).max(1))
}

/// Reads a duration or a range of it: `3min`, `2-3min`, `90s-2min`, `<1min`. First comes the duration or the lower end,
/// then the upper end.
///
/// # Errors
/// As [`duration_s`]; an upper end that is not above the lower.
pub(crate) fn duration_range(
    word: &str,
    longest_s: u32,
) -> Result<(Option<u32>, Option<u32>), QuantityError> {
    if let Some(high) = word.strip_prefix('<') {
        return Ok((None, Some(duration_s(high.trim(), longest_s)?)));
    }
    let Some((low, high)) = word.split_once('-').filter(|(low, _)| !low.is_empty()) else {
        return Ok((Some(duration_s(word, longest_s)?), None));
    };
    let (low, high) = (low.trim(), high.trim());
    let unit = parse(high)?.unit.unwrap_or_default();
    let is_bare = low.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let unit = if is_bare { unit.as_str() } else { "" };
    let shorter = duration_s(&format!("{low}{unit}"), longest_s)?;
    let longer = duration_s(high, longest_s)?;
    match shorter < longer {
        true => Ok((Some(shorter), Some(longer))),
        false => Err(QuantityError::OutOfRange(
            word.to_string(),
            "a range from the shorter to the longer".to_string(),
        )),
    }
}

/// Reads a point on a 0-to-10 scale: `7` or `7/10`.
///
/// # Errors
/// Anything over ten, a fraction, and a fraction of something else than 10 (`3/4` could be a date).
pub(crate) fn zero_to_ten(word: &str) -> Result<u8, QuantityError> {
    // A whole number from 0 to 10 by the tests in `score` and `whole`.
    whole(word, score(word, 10.0)?, 10).map(|score| score as u8)
}

/// Reads a score of `out_of`: `7` or `7/10` for ten.
///
/// # Errors
/// As [`zero_to_ten`], fractions allowed.
pub(crate) fn score(word: &str, out_of: f64) -> Result<f64, QuantityError> {
    let (text, below) = match word.split_once('/') {
        Some((text, below)) => (text, Some(below)),
        None => (word, None),
    };
    let (typed, most) = (word.to_string(), show(out_of));
    let Quantity { number, unit, .. } = parse(text.trim())?;
    if let Some(below) = below {
        let below = parse(below.trim())?;
        if below.unit.is_some() || below.number != out_of {
            let score = show(number);
            let clearer = format!("a score as {score}/{most}, a date as year-month-day");
            return Err(QuantityError::Ambiguous(typed, clearer));
        }
    }
    if let Some(unit) = unit {
        let accepted = format!("a number from 0 to {most}");
        return Err(QuantityError::WrongUnit(typed, unit, accepted));
    }
    if !(0.0..=out_of).contains(&number) {
        return Err(QuantityError::OutOfRange(typed, format!("0 to {most}")));
    }
    Ok(number)
}

/// Reads how often: `3`, `3x`, `3 times`.
///
/// # Errors
/// Fractions, negative numbers, other units, more than `most`.
pub(crate) fn count(word: &str, most: u32) -> Result<u32, QuantityError> {
    whole(word, parse(word)?.to("x", None)?, most)
}

/// The number, if it is a whole one from 0 to `most`.
fn whole(word: &str, number: f64, most: u32) -> Result<u32, QuantityError> {
    if number.fract() != 0.0 || !(0.0..=f64::from(most)).contains(&number) {
        let accepted = format!("the whole numbers from 0 to {most}");
        return Err(QuantityError::OutOfRange(word.to_string(), accepted));
    }
    Ok(number as u32)
}

/// A number without needless digits: at most two decimals, no trailing zeros.
pub(crate) fn show(number: f64) -> String {
    let rounded = (number * 100.0).round() / 100.0;
    // Adding zero turns -0 into 0.
    format!("{}", rounded + 0.0)
}

/// Seconds in words: `45 s`, `3 min`, `2 min 30 s`, `1 h 30 min`, `2 d 4 h`.
pub(crate) fn span(seconds: u32) -> String {
    let parts = [
        (seconds / 86_400, "d"),
        (seconds % 86_400 / 3_600, "h"),
        (seconds % 3_600 / 60, "min"),
        (seconds % 60, "s"),
    ];
    let mut said: Vec<String> = parts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, unit)| format!("{n} {unit}"))
        .collect();
    if said.is_empty() {
        said.push("0 s".to_string());
    }
    said.join(" ")
}

/// Rounds away what binary arithmetic adds (0.07 g is 70 mg, not 70.00000000000001).
fn tidy(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

/// Splits a word into its leading number and the rest.
fn leading_number(word: &str) -> Result<(f64, &str), QuantityError> {
    let not_a_number =
        || QuantityError::NotAQuantity(word.to_string(), "18C, 45min, 1.5l, 300mg or 7/10");
    let (negative, unsigned) = match word.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, word.strip_prefix('+').unwrap_or(word)),
    };
    let end = unsigned
        .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
        .unwrap_or(unsigned.len());
    let (digits, rest) = unsigned.split_at(end);
    let points = digits.matches(['.', ',']).count();
    if points > 1 || points == digits.len() {
        return Err(not_a_number());
    }
    if let Some((whole, decimals)) = digits.split_once(',')
        && decimals.len() == 3
        && whole != "0"
    {
        let clearer = format!("{whole}{decimals} or {whole}.{decimals}");
        return Err(QuantityError::Ambiguous(word.to_string(), clearer));
    }
    let number: f64 = digits
        .replace(',', ".")
        .parse()
        .map_err(|_| not_a_number())?;
    if !number.is_finite() {
        let why = "the number is too large";
        return Err(QuantityError::Impossible(shortened(word), why));
    }
    Ok((if negative { -number } else { number }, rest))
}

/// Adds `1h30`, `2m30s`, `1h30min`: units in falling order, later numbers whole and below 60; a last bare number is
/// of the next smaller unit.
fn sum_of_times(word: &str, first: f64, rest: &str, position: usize) -> Result<f64, QuantityError> {
    let malformed = || QuantityError::NotAQuantity(shortened(word), "2m30s or 1h30");
    let seconds_of = |unit: &str| match unit {
        "m" => Some(60.0),
        other => unit_named(other)
            .filter(|u| u.dimension == Dimension::Time)
            .map(|u| u.scale),
    };
    let (unit, mut rest) = rest.split_at(position);
    let mut scale = seconds_of(&plain(unit.trim())).ok_or_else(malformed)?;
    if first < 0.0 {
        let why = "a duration is never negative";
        return Err(QuantityError::Impossible(shortened(word), why));
    }
    let mut total = first * scale;
    while !rest.is_empty() {
        let (number, after) = leading_number(rest)?;
        let end = after
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(after.len());
        let (unit, next) = after.split_at(end);
        let next_scale = if unit.trim().is_empty() {
            // Days are not split further without a word for it.
            match scale {
                3_600.0 => 60.0,
                60.0 => 1.0,
                _ => return Err(malformed()),
            }
        } else {
            seconds_of(&plain(unit.trim())).ok_or_else(malformed)?
        };
        if next_scale >= scale || number.fract() != 0.0 || number * next_scale >= scale {
            return Err(malformed());
        }
        total += number * next_scale;
        scale = next_scale;
        rest = next;
    }
    Ok(total)
}

/// At most forty characters of a word, for a message.
fn shortened(word: &str) -> String {
    if word.chars().count() <= 40 {
        word.to_string()
    } else {
        word.chars().take(39).chain(['…']).collect()
    }
}
