//! Substances a dose is counted in, and how much of the element a salt holds.

use crate::diary::medicine::class_of;
use crate::diary::record::{Course, Intake};
use crate::diary::unit::{Quantity, VITAMIN_D_IU_PER_UG};
use crate::diary::vocabulary::Basis;
use crate::diary::word::words;

words! {
    /// A nutrient whose doses are added up over factors, intakes and courses.
    Nutrient, "nutrient", {
        Magnesium = "magnesium", Calcium = "calcium", Potassium = "potassium", Sodium = "sodium",
        VitaminD = "vitamin-d", VitaminB6 = "vitamin-b6", VitaminB12 = "vitamin-b12",
        VitaminK2 = "vitamin-k2",
    }
}

impl Nutrient {
    /// The nutrient a product of this name is a dose of; `None` when it mentions none or several.
    pub(crate) fn of_name(name: &str) -> Option<Nutrient> {
        match nutrients_of(name).as_slice() {
            [nutrient] => Some(*nutrient),
            _ => None,
        }
    }

    /// The unit its amounts are added up in.
    pub(crate) fn unit(self) -> &'static str {
        match self {
            Nutrient::VitaminD | Nutrient::VitaminB12 | Nutrient::VitaminK2 => "µg",
            _ => "mg",
        }
    }

    /// Its chemical symbol, for the minerals.
    fn symbol(self) -> Option<&'static str> {
        match self {
            Nutrient::Magnesium => Some("Mg"),
            Nutrient::Calcium => Some("Ca"),
            Nutrient::Potassium => Some("K"),
            Nutrient::Sodium => Some("Na"),
            _ => None,
        }
    }
}

/// A salt a mineral is sold as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Salt {
    /// The mineral.
    pub(crate) nutrient: Nutrient,
    /// The second word of its name (`citrate`).
    pub(crate) name: &'static str,
    /// The sum formula, with the crystal water of the form usual in tablets.
    pub(crate) formula: &'static str,
}

impl Salt {
    /// Grams of the element in one gram of the salt, from standard atomic weights (key IUPAC21); `None` if the formula
    /// does not read (a test holds that all do).
    pub(crate) fn elemental_fraction(&self) -> Option<f64> {
        let element = self.nutrient.symbol()?;
        let mut whole = 0.0;
        let mut part = 0.0;
        for (symbol, count) in atoms(self.formula)? {
            let weight = count * atomic_weight(symbol)?;
            whole += weight;
            if symbol == element {
                part += weight;
            }
        }
        (part > 0.0).then(|| part / whole)
    }
}

/// Abridged standard atomic weights (IUPAC 2021, doi 10.1515/pac-2019-0603).
fn atomic_weight(symbol: &str) -> Option<f64> {
    Some(match symbol {
        "H" => 1.008,
        "C" => 12.011,
        "N" => 14.007,
        "O" => 15.999,
        "Na" => 22.990,
        "Mg" => 24.305,
        "P" => 30.974,
        "S" => 32.06,
        "Cl" => 35.45,
        "K" => 39.098,
        "Ca" => 40.078,
        _ => return None,
    })
}

/// Splits `Mg3C12H10O14` into symbols with their counts.
fn atoms(formula: &str) -> Option<Vec<(&str, f64)>> {
    let mut rest = formula;
    let mut atoms = Vec::new();
    while !rest.is_empty() {
        let after = |from: usize, keep: fn(char) -> bool| {
            rest.char_indices()
                .skip(from)
                .find(|(_, c)| !keep(*c))
                .map_or(rest.len(), |(place, _)| place)
        };
        let symbol_end = after(1, |c| c.is_ascii_lowercase());
        let count_end = after(symbol_end, |c| c.is_ascii_digit());
        let (symbol, count) = (rest.get(..symbol_end)?, rest.get(symbol_end..count_end)?);
        let count = if count.is_empty() {
            1.0
        } else {
            count.parse().ok()?
        };
        atoms.push((symbol, count));
        rest = rest.get(count_end..)?;
    }
    Some(atoms)
}

const fn salt(nutrient: Nutrient, name: &'static str, formula: &'static str) -> Salt {
    Salt {
        nutrient,
        name,
        formula,
    }
}

/// Salts sold as supplements, in the form usual in tablets.
pub(crate) static SALTS: &[Salt] = &[
    salt(Nutrient::Magnesium, "oxide", "MgO"),
    salt(Nutrient::Magnesium, "hydroxide", "MgO2H2"),
    salt(Nutrient::Magnesium, "carbonate", "MgCO3"),
    salt(Nutrient::Magnesium, "citrate", "Mg3C12H10O14"),
    salt(Nutrient::Magnesium, "chloride", "MgCl2H12O6"),
    salt(Nutrient::Magnesium, "sulfate", "MgSO4H14O7"),
    salt(Nutrient::Magnesium, "sulphate", "MgSO4H14O7"),
    salt(Nutrient::Magnesium, "glycinate", "MgC4H8N2O4"),
    salt(Nutrient::Magnesium, "bisglycinate", "MgC4H8N2O4"),
    salt(Nutrient::Magnesium, "diglycinate", "MgC4H8N2O4"),
    salt(Nutrient::Magnesium, "malate", "MgC4H4O5"),
    salt(Nutrient::Magnesium, "lactate", "MgC6H10O6"),
    salt(Nutrient::Magnesium, "gluconate", "MgC12H22O14"),
    salt(Nutrient::Magnesium, "taurate", "MgC4H12N2O6S2"),
    salt(Nutrient::Magnesium, "threonate", "MgC8H14O10"),
    salt(Nutrient::Magnesium, "aspartate", "MgC8H12N2O8"),
    salt(Nutrient::Magnesium, "orotate", "MgC10H6N4O8"),
    salt(Nutrient::Calcium, "carbonate", "CaCO3"),
    salt(Nutrient::Calcium, "citrate", "Ca3C12H18O18"),
    salt(Nutrient::Calcium, "lactate", "CaC6H20O11"),
    salt(Nutrient::Calcium, "gluconate", "CaC12H22O14"),
    salt(Nutrient::Calcium, "phosphate", "Ca3P2O8"),
    salt(Nutrient::Potassium, "chloride", "KCl"),
    salt(Nutrient::Potassium, "citrate", "K3C6H5O7"),
    salt(Nutrient::Potassium, "gluconate", "KC6H11O7"),
    salt(Nutrient::Potassium, "bicarbonate", "KHCO3"),
    salt(Nutrient::Sodium, "chloride", "NaCl"),
    salt(Nutrient::Sodium, "bicarbonate", "NaHCO3"),
];

/// Names that mean a nutrient, as whole words of a plain name (see [`plain_name`]).
static NAMES: &[(&str, Nutrient)] = &[
    ("magnesium", Nutrient::Magnesium),
    ("calcium", Nutrient::Calcium),
    ("potassium", Nutrient::Potassium),
    ("sodium", Nutrient::Sodium),
    ("vitamin d", Nutrient::VitaminD),
    ("vitamin d2", Nutrient::VitaminD),
    ("vitamin d3", Nutrient::VitaminD),
    ("vit d", Nutrient::VitaminD),
    ("vit d3", Nutrient::VitaminD),
    ("d3", Nutrient::VitaminD),
    ("colecalciferol", Nutrient::VitaminD),
    ("cholecalciferol", Nutrient::VitaminD),
    ("ergocalciferol", Nutrient::VitaminD),
    ("vitamin b6", Nutrient::VitaminB6),
    ("vit b6", Nutrient::VitaminB6),
    ("b6", Nutrient::VitaminB6),
    ("pyridoxine", Nutrient::VitaminB6),
    ("pyridoxal", Nutrient::VitaminB6),
    ("vitamin b12", Nutrient::VitaminB12),
    ("vit b12", Nutrient::VitaminB12),
    ("b12", Nutrient::VitaminB12),
    ("cobalamin", Nutrient::VitaminB12),
    ("cyanocobalamin", Nutrient::VitaminB12),
    ("methylcobalamin", Nutrient::VitaminB12),
    ("hydroxocobalamin", Nutrient::VitaminB12),
    ("vitamin k2", Nutrient::VitaminK2),
    ("vit k2", Nutrient::VitaminK2),
    ("k2", Nutrient::VitaminK2),
    ("menaquinone", Nutrient::VitaminK2),
    ("menaquinone 7", Nutrient::VitaminK2),
    ("mk 7", Nutrient::VitaminK2),
    ("mk7", Nutrient::VitaminK2),
    ("mk 4", Nutrient::VitaminK2),
    ("mk4", Nutrient::VitaminK2),
];

/// A name in lower case with everything but letters and digits made a single space: `Vitamin-D3` is `vitamin d3`.
pub(crate) fn plain_name(name: &str) -> String {
    let spaced: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `phrase` stands in `plain` as whole words.
pub(in crate::diary) fn has_phrase(plain: &str, phrase: &str) -> bool {
    let mut rest = plain;
    loop {
        if let Some(after) = rest.strip_prefix(phrase)
            && (after.is_empty() || after.starts_with(' '))
        {
            return true;
        }
        match rest.split_once(' ') {
            Some((_, later)) => rest = later,
            None => return false,
        }
    }
}

/// Every nutrient a name mentions, in a fixed order (`Calcium + vitamin D` mentions two). A medicine sold as a salt
/// (`atorvastatin calcium`, `naproxen sodium`) is no supplement.
pub(crate) fn nutrients_of(name: &str) -> Vec<Nutrient> {
    let plain = plain_name(name);
    if class_of(&plain).is_some() {
        return Vec::new();
    }
    let sold_as_salt = |nutrient: Nutrient, element: &str| {
        SALTS
            .iter()
            .filter(|salt| salt.nutrient == nutrient)
            .any(|salt| has_phrase(&plain, &format!("{element} {}", salt.name)))
    };
    let mut found: Vec<Nutrient> = NAMES
        .iter()
        .filter(|(phrase, nutrient)| match nutrient {
            // Many medicines carry these two in their names, so only the plain ones count.
            Nutrient::Sodium => plain == *phrase || sold_as_salt(*nutrient, phrase),
            Nutrient::Potassium => plain.starts_with(phrase) || sold_as_salt(*nutrient, phrase),
            _ => has_phrase(&plain, phrase),
        })
        .map(|(_, nutrient)| *nutrient)
        .collect();
    found.sort();
    found.dedup();
    found
}

/// The salt a name states, if any (`magnesium citrate`).
pub(crate) fn salt_of(name: &str) -> Option<&'static Salt> {
    let plain = plain_name(name);
    let nutrients = nutrients_of(name);
    SALTS
        .iter()
        .find(|salt| nutrients.contains(&salt.nutrient) && has_phrase(&plain, salt.name))
}

/// The amount of a nutrient in one dose, in [`Nutrient::unit`]: exact when both ends agree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Amount {
    /// What.
    pub(crate) nutrient: Nutrient,
    /// The least it can be.
    pub(crate) low: f64,
    /// The most it can be.
    pub(crate) high: f64,
}

/// How much of its nutrient a dose holds. `None` when the name mentions no nutrient or several, or the unit is not one of mass.
///
/// A plain nutrient is taken as the element. A salt whose basis is given is computed; one whose basis is not given reads
/// two ways, because labels print either, and the answer is the range from the salt's share to the whole.
pub(crate) fn amount(name: &str, dose: f64, unit: &str, basis: Option<Basis>) -> Option<Amount> {
    let nutrients = nutrients_of(name);
    let [nutrient] = nutrients.as_slice() else {
        return None;
    };
    let quantity = Quantity {
        number: dose,
        unit: Some(crate::diary::unit::plain(unit)),
        typed: String::new(),
    };
    let iu = (*nutrient == Nutrient::VitaminD).then_some(VITAMIN_D_IU_PER_UG);
    let whole = quantity.to(nutrient.unit(), iu).ok()?;
    let share = salt_of(name).and_then(Salt::elemental_fraction);
    let (low, high) = match (basis, share) {
        (Some(Basis::Elemental), _) | (None, None) => (whole, whole),
        (Some(Basis::Compound), Some(share)) => (whole * share, whole * share),
        (None, Some(share)) => (whole * share, whole),
        // Some unnamed compound: at most all of it.
        (Some(Basis::Compound), None) => (0.0, whole),
    };
    Some(Amount {
        nutrient: *nutrient,
        low,
        high,
    })
}

/// The amount of a single dose taken; `None` when name, amount or unit do not tell.
pub(crate) fn amount_of_intake(intake: &Intake) -> Option<Amount> {
    amount(
        &intake.name,
        intake.amount?,
        intake.unit.as_deref()?,
        intake.basis,
    )
}

/// The amount a course gives in a day: one dose times doses a day (once, when not said).
pub(crate) fn daily_amount_of_course(course: &Course) -> Option<Amount> {
    let per_day = course.per_day.unwrap_or(1.0);
    let dose = amount(
        &course.name,
        course.dose?,
        course.unit.as_deref()?,
        course.basis,
    )?;
    Some(Amount {
        low: dose.low * per_day,
        high: dose.high * per_day,
        ..dose
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(nutrient: Nutrient, name: &str) -> f64 {
        SALTS
            .iter()
            .find(|s| s.nutrient == nutrient && s.name == name)
            .and_then(Salt::elemental_fraction)
            .unwrap()
    }

    #[test]
    fn salts_hold_what_pharmacy_tables_say() {
        for (nutrient, name, want) in [
            (Nutrient::Magnesium, "oxide", 0.603),
            (Nutrient::Magnesium, "citrate", 0.1616),
            (Nutrient::Magnesium, "glycinate", 0.141),
            (Nutrient::Magnesium, "chloride", 0.1196),
            (Nutrient::Magnesium, "sulfate", 0.0986),
            (Nutrient::Calcium, "carbonate", 0.4004),
            (Nutrient::Calcium, "citrate", 0.2108),
            (Nutrient::Potassium, "chloride", 0.5244),
        ] {
            assert!((fraction(nutrient, name) - want).abs() < 5e-4, "{name}");
        }
        assert!(SALTS.iter().all(|s| s.elemental_fraction().is_some()));
    }

    #[test]
    fn a_salt_without_basis_gives_a_range() {
        let exact = amount("magnesium", 300.0, "mg", None).unwrap();
        assert_eq!((exact.low, exact.high), (300.0, 300.0));
        let range = amount("Magnesium citrate", 1.0, "g", None).unwrap();
        assert!((range.low - 161.6).abs() < 0.1 && range.high == 1_000.0);
        let salt = amount("magnesium citrate", 1_000.0, "mg", Some(Basis::Compound)).unwrap();
        assert_eq!(salt.low, salt.high);
        let d = amount("Vitamin D3", 4_000.0, "IU", None).unwrap();
        assert_eq!((d.nutrient, d.high), (Nutrient::VitaminD, 100.0));
        assert_eq!(amount("calcium + vitamin d", 500.0, "mg", None), None);
        assert_eq!(amount("multivitamin", 1.0, "tablet", None), None);
        assert_eq!(amount("magnesium", 1.0, "tablet", None), None);
        assert_eq!(amount("magnesium", 400.0, "IU", None), None);
    }

    #[test]
    fn names_are_whole_words() {
        assert_eq!(nutrients_of("Vit-D"), [Nutrient::VitaminD]);
        assert_eq!(nutrients_of("MK-7"), [Nutrient::VitaminK2]);
        assert_eq!(nutrients_of("naproxen sodium"), []);
        assert_eq!(nutrients_of("losartan potassium"), []);
        assert_eq!(nutrients_of("atorvastatin calcium"), []);
        assert_eq!(nutrients_of("sodium valproate"), []);
        assert_eq!(
            nutrients_of("Slow-release potassium chloride"),
            [Nutrient::Potassium]
        );
        assert_eq!(nutrients_of("dekacalcium"), []);
    }
}
