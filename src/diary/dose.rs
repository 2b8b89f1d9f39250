//! Doses as typed: `300mg`, `0.4g`, `4000IU`, `2 tablets`.

use chrono::NaiveTime;

use crate::diary::clock::{ClockReader, Now, read_when};
use crate::diary::lexicon;
use crate::diary::names;
use crate::diary::record::Intake;
use crate::diary::substance::{Nutrient, class_as_typed, is_known};
use crate::diary::typed::{LineError, closed, free_text, no_key};
use crate::diary::unit::{self, Dimension, VITAMIN_D_IU_PER_UG};
use crate::diary::vocabulary::Basis;

/// A dose in the unit it is kept in, and what was typed when that differs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dose {
    pub(crate) amount: f64,
    /// In which unit; `None` for a bare number.
    pub(crate) unit: Option<String>,
    /// What was typed, when it was converted.
    pub(crate) typed: Option<String>,
}

/// Reads the dose of `name`. Grams become milligrams; units of vitamin D become micrograms; anything else keeps its
/// unit.
///
/// # Errors
/// A word that is no amount, or not a possible one.
pub(crate) fn read_dose(name: &str, word: &str) -> Result<Dose, LineError> {
    let wrong = |e: unit::QuantityError| {
        LineError::new(
            e.to_string(),
            "write the amount with its unit, for example 300mg, 25µg, 1000IU or 2tablets",
        )
    };
    let quantity = unit::parse(word).map_err(wrong)?;
    if quantity.number < 0.0 || quantity.number > 1e6 {
        return Err(LineError::new(
            format!("'{word}' is not a possible amount"),
            "write the amount of one dose",
        ));
    }
    let is_vitamin_d = Nutrient::of_name(name) == Some(Nutrient::VitaminD);
    let lower = quantity.unit.as_deref().unwrap_or_default().to_lowercase();
    let (target, ratio) = match (quantity.dimension(), lower.as_str()) {
        (_, "iu") if is_vitamin_d => ("µg", Some(VITAMIN_D_IU_PER_UG)),
        (Some(Dimension::Mass), unit) if is_microgram(unit) => ("µg", None),
        (Some(Dimension::Mass), unit) if unit != "mg" => ("mg", None),
        (Some(Dimension::Volume), _) => ("ml", None),
        _ => {
            return Ok(Dose {
                amount: quantity.number,
                unit: quantity.unit,
                typed: None,
            });
        }
    };
    let amount = quantity.to(target, ratio).map_err(wrong)?;
    let same = quantity.unit.as_deref() == Some(target);
    Ok(Dose {
        amount,
        unit: Some(target.to_string()),
        typed: (!same).then(|| word.to_string()),
    })
}

/// A microgram by whatever name is shown as one: as milligrams it would be a long fraction.
fn is_microgram(name: &str) -> bool {
    let named = |name| lexicon::unit_named(name).map(|unit| unit.scale);
    named(name).is_some() && named(name) == named("µg")
}

/// When only the night of a dose is known it is kept at 21:00 of that evening.
const EVENING: NaiveTime = match NaiveTime::from_hms_opt(21, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Reads a dose that was taken, in words as they are typed: its name, its amount if it is known, then a time (now if there
/// is none) and `basis=`, `class=`.
///
/// # Errors
/// An amount, a time, a basis or a class that is none; any other word.
pub(crate) fn read_intake(words: &[String], now: &Now) -> Result<Intake, LineError> {
    let words: Vec<String> = match words.split_first() {
        // what stands in quotes is the name
        Some((name, rest)) => {
            let rest = rest.iter().flat_map(|w| w.split_whitespace());
            std::iter::once(name.clone())
                .chain(rest.map(str::to_string))
                .collect()
        }
        None => Vec::new(),
    };
    let is_amount = |w: &String| {
        w.starts_with(|c: char| c.is_ascii_digit()) && !w.contains([':', '=']) && !is_date(w)
    };
    let amount_at = (1..words.len()).find(|at| is_amount(&words[*at]));
    let ends: Vec<usize> = match amount_at {
        Some(at) => vec![at],
        None => (1..=words.len()).collect(),
    };
    let mut refused = LineError::new("an empty name", "write a few words");
    for end in ends {
        let name = words.get(..end).unwrap_or_default().join(" ");
        let (amount, rest) = match amount_at {
            Some(at) => (words.get(at).map(String::as_str), words.get(at + 1..)),
            None => (None, words.get(end..)),
        };
        match intake(&name, amount, rest.unwrap_or_default(), now) {
            Ok(intake) => return Ok(intake),
            // behind a name that is known, and the form it comes in, a word that is no time is a slip
            Err(error) if is_known(&name) && !names::is_form(words.get(end)) => return Err(error),
            Err(error) if end == 1 || amount.is_some() => refused = error,
            Err(_) => {}
        }
    }
    Err(refused)
}

fn is_date(word: &str) -> bool {
    word.len() >= 8 && word.matches('-').count() == 2
}

fn intake(
    name: &str,
    amount: Option<&str>,
    rest: &[String],
    now: &Now,
) -> Result<Intake, LineError> {
    let name = free_text(name, "name")?.to_lowercase();
    let dose = amount.map(|amount| read_dose(&name, amount)).transpose()?;
    let mut clock = ClockReader::new(now);
    let mut basis: Option<Basis> = None;
    let mut class = class_as_typed(&name);
    let words: Vec<&str> = rest.iter().map(String::as_str).collect();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        match word.split_once('=') {
            Some(("basis", value)) => {
                basis = Some(value.parse::<Basis>().map_err(|e| {
                    LineError::new(e.to_string(), "write basis=elemental or basis=compound")
                })?);
                at += 1;
                continue;
            }
            Some(("class", value)) => {
                class = Some(closed(value)?);
                at += 1;
                continue;
            }
            _ => {}
        }
        let taken = clock.take(words.get(at..).unwrap_or_default())?;
        if taken == 0 {
            return Err(LineError::not_understood(
                word,
                "after the amount comes a time such as 21:30 or 'yesterday 20:00', or basis=elemental",
            ));
        }
        at += taken;
    }
    let (taken_at, night) = match clock.finish()? {
        None => (now.moment(), now.this_night()),
        Some(when) => {
            let evening = || now.zone.resolve(when.night.at(EVENING), now.utc).0;
            (when.at.unwrap_or_else(evening), when.night)
        }
    };
    let (amount, unit, typed) = dose.map_or((None, None, None), |dose| {
        (Some(dose.amount), dose.unit, dose.typed)
    });
    Ok(Intake {
        amount,
        unit,
        basis,
        typed,
        class,
        ..Intake::blank(0, taken_at, night, name, now.utc)
    })
}

pub(crate) fn amend_intake(
    intake: &mut Intake,
    words: &[String],
    now: &Now,
) -> Result<(), LineError> {
    for word in words {
        let is_amount = word.starts_with(|c: char| c.is_ascii_digit()) && !word.contains(':');
        match word.split_once('=') {
            Some(("amount", v)) => set_amount(intake, v)?,
            Some(("name", v)) => intake.name = v.to_lowercase(),
            Some(("class", "-" | "?")) => intake.class = None,
            Some(("class", v)) => intake.class = Some(closed(v)?),
            Some(("basis", "-" | "?")) => intake.basis = None,
            Some(("basis", v)) => intake.basis = Some(closed(v)?),
            Some(("at" | "when", v)) => set_time(intake, v, now)?,
            Some((key, _)) => return Err(no_key("a dose", key, "name= amount= basis= class= at=")),
            None if is_amount => set_amount(intake, word)?,
            None => set_time(intake, word, now)?,
        }
    }
    Ok(())
}

fn set_amount(intake: &mut Intake, value: &str) -> Result<(), LineError> {
    let dose = read_dose(&intake.name, value)?;
    (intake.amount, intake.unit, intake.typed) = (Some(dose.amount), dose.unit, dose.typed);
    Ok(())
}

fn set_time(intake: &mut Intake, text: &str, now: &Now) -> Result<(), LineError> {
    let when = read_when(text, now)?.ok_or_else(|| {
        LineError::not_understood(
            text,
            "write an amount such as 300mg, or a time such as 21:30",
        )
    })?;
    intake.night = when.night;
    if let Some(at) = when.at {
        intake.taken_at = at;
    }
    Ok(())
}
