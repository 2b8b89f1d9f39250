//! Doses as typed: `300mg`, `0.4g`, `4000IU`, `2 tablets`.

use crate::diary::entry::LineError;
use crate::diary::unit::{self, Dimension, VITAMIN_D_IU_PER_UG};

/// A dose in the unit it is kept in, and what was typed when that differs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dose {
    /// How much.
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
    let is_vitamin_d = crate::diary::nutrient::Nutrient::of_name(name)
        == Some(crate::diary::nutrient::Nutrient::VitaminD);
    let lower = quantity.unit.as_deref().unwrap_or_default().to_lowercase();
    let (target, ratio) = match (quantity.dimension(), lower.as_str()) {
        (_, "iu") if is_vitamin_d => ("µg", Some(VITAMIN_D_IU_PER_UG)),
        (Some(Dimension::Mass), "µg" | "mg") | (None, _) | (Some(_), "iu") => {
            return Ok(Dose {
                amount: quantity.number,
                unit: quantity.unit,
                typed: None,
            });
        }
        (Some(Dimension::Mass), _) => ("mg", None),
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
