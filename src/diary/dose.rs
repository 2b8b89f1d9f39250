//! Doses as typed: `300mg`, `0.4g`, `4000IU`, `2 tablets`.

use chrono::NaiveTime;

use crate::diary::clock::{ClockReader, Now, read_when};
use crate::diary::record::Intake;
use crate::diary::substance::Nutrient;
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
        (Some(Dimension::Mass), unit) if !matches!(unit, "µg" | "mg") => ("mg", None),
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

/// When only the night of a dose is known it is kept at 21:00 of that evening.
const EVENING: NaiveTime = match NaiveTime::from_hms_opt(21, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Reads a dose that was taken: its name, its amount, then a time (now if there is none) and `basis=`.
///
/// # Errors
/// An amount, a time or a basis that is none; any other word.
pub(crate) fn read_intake(
    name: &str,
    amount: &str,
    rest: &[String],
    now: &Now,
) -> Result<Intake, LineError> {
    let name = free_text(name, "name")?.to_lowercase();
    let dose = read_dose(&name, amount)?;
    let mut clock = ClockReader::new(now);
    let mut basis: Option<Basis> = None;
    let words: Vec<&str> = rest.iter().flat_map(|w| w.split_whitespace()).collect();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if let Some(value) = word.strip_prefix("basis=") {
            let parsed = value.parse::<Basis>();
            basis = Some(parsed.map_err(|e| {
                LineError::new(e.to_string(), "write basis=elemental or basis=compound")
            })?);
            at += 1;
            continue;
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
    Ok(Intake {
        amount: Some(dose.amount),
        unit: dose.unit,
        basis,
        typed: dose.typed,
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
            Some(("basis", "-" | "?")) => intake.basis = None,
            Some(("basis", v)) => intake.basis = Some(closed(v)?),
            Some(("at" | "when", v)) => set_time(intake, v, now)?,
            Some((key, _)) => return Err(no_key("a dose", key, "name= amount= basis= at=")),
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
