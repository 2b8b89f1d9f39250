//! Supplements and drinks that have a limit: how they are recognised and how much of the element a dose holds.

use crate::data::rule::Substance;
use crate::diary::medicine;
use crate::diary::nutrient::{self, Nutrient, nutrients_of, plain_name};
use crate::diary::vocabulary::Basis;

/// An amount known to lie between two bounds; equal bounds are an exact amount.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Amount {
    /// At least this much.
    pub(crate) low: f64,
    /// At most this much; infinite when the amount was not recorded.
    pub(crate) high: f64,
}

impl Amount {
    /// Not recorded.
    pub(crate) const UNKNOWN: Amount = Amount {
        low: 0.0,
        high: f64::INFINITY,
    };

    /// Exactly this much.
    pub(crate) fn exactly(value: f64) -> Self {
        Amount {
            low: value,
            high: value,
        }
    }

    /// Both together.
    pub(crate) fn plus(self, other: Amount) -> Self {
        Amount {
            low: self.low + other.low,
            high: self.high + other.high,
        }
    }

    /// So many times as much.
    pub(crate) fn times(self, count: f64) -> Self {
        Amount {
            low: self.low * count,
            high: if self.high.is_finite() {
                self.high * count
            } else {
                self.high
            },
        }
    }
}

impl Substance {
    /// The nutrient, except for quinine.
    pub(crate) fn nutrient(self) -> Option<Nutrient> {
        match self {
            Substance::Magnesium => Some(Nutrient::Magnesium),
            Substance::Calcium => Some(Nutrient::Calcium),
            Substance::Potassium => Some(Nutrient::Potassium),
            Substance::Salt => Some(Nutrient::Sodium),
            Substance::VitaminD => Some(Nutrient::VitaminD),
            Substance::VitaminB6 => Some(Nutrient::VitaminB6),
            Substance::VitaminK2 => Some(Nutrient::VitaminK2),
            Substance::Quinine => None,
        }
    }

    /// As it stands in a sentence.
    pub(crate) fn plain(self) -> &'static str {
        match self {
            Substance::Magnesium => "magnesium",
            Substance::Calcium => "calcium",
            Substance::Potassium => "potassium",
            Substance::Salt => "salt",
            Substance::VitaminD => "vitamin D",
            Substance::VitaminB6 => "vitamin B6",
            Substance::VitaminK2 => "vitamin K2",
            Substance::Quinine => "quinine or tonic water",
        }
    }

    /// The factor of the night that states its amount, in the built-in catalogue.
    pub(crate) fn factor(self) -> Option<&'static str> {
        match self {
            Substance::Magnesium => Some("magnesium"),
            Substance::Calcium => Some("calcium"),
            Substance::Potassium => Some("potassium"),
            Substance::VitaminD => Some("vitamin-d"),
            Substance::VitaminB6 => Some("vitamin-b6"),
            Substance::VitaminK2 => Some("vitamin-k2"),
            Substance::Salt | Substance::Quinine => None,
        }
    }

    /// Whether a product of this name holds it. "Atorvastatin calcium" is a medicine, not a calcium supplement.
    pub(crate) fn named(self, name: &str) -> bool {
        let plain = plain_name(name);
        match self.nutrient() {
            None => medicine::is_quinine(name),
            Some(_) if !medicine::classes_of(name).is_empty() => false,
            Some(nutrient) => {
                nutrients_of(name).contains(&nutrient)
                    || self == Substance::Potassium && plain.contains("salt substitute")
                    || self == Substance::Salt
                        && (plain == "salt" || plain.starts_with("salt tablet"))
            }
        }
    }

    /// How much of it one dose of the product `name` holds, in this substance's own unit.
    ///
    /// A salt that is named without saying whether its weight or the element's is meant lies between the two. A bare
    /// name ("magnesium") is taken as the element, as labels state it. Anything that does not tell is unknown.
    pub(crate) fn amount(
        self,
        name: &str,
        dose: Option<f64>,
        unit: Option<&str>,
        basis: Option<Basis>,
    ) -> Amount {
        let (Some(dose), Some(unit)) = (dose, unit) else {
            return Amount::UNKNOWN;
        };
        match nutrient::amount(name, dose, unit, basis) {
            Some(amount) if self.nutrient() == Some(amount.nutrient) => Amount {
                low: amount.low,
                high: amount.high,
            },
            _ => Amount::UNKNOWN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dose_is_exact_only_when_the_basis_is_known() {
        let of =
            |name: &str, basis| Substance::Magnesium.amount(name, Some(400.0), Some("mg"), basis);
        assert_eq!(of("magnesium", None), Amount::exactly(400.0));
        let open = of("magnesium citrate", None);
        assert!(open.low < 65.0 && open.high == 400.0);
        let compound = of("magnesium citrate", Some(Basis::Compound));
        assert!((compound.low - 64.65).abs() < 0.1 && compound.low == compound.high);
        assert_eq!(of("magnesium", Some(Basis::Compound)).low, 0.0);
        assert_eq!(
            Substance::Magnesium.amount("magnesium", None, None, None),
            Amount::UNKNOWN
        );
        assert_eq!(
            Substance::Magnesium.amount("calcium and magnesium", Some(400.0), Some("mg"), None),
            Amount::UNKNOWN
        );
    }

    #[test]
    fn a_medicine_is_not_a_supplement() {
        assert!(!Substance::Calcium.named("atorvastatin calcium"));
        assert!(!Substance::Potassium.named("losartan potassium"));
        assert!(Substance::Magnesium.named("chelated magnesium"));
        assert!(Substance::VitaminK2.named("vitamin k2 mk-7"));
        assert!(Substance::Quinine.named("tonic water"));
        assert!(Substance::Quinine.named("quinine sulfate"));
        assert!(Substance::Potassium.named("salt substitute"));
        assert!(!Substance::VitaminD.named("vitamin b12"));
    }
}
