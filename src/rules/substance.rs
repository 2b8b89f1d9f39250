//! Supplements and drinks that have a limit: how they are recognised and how much of the element a dose holds.

use crate::diary::vocabulary::Basis;

/// A substance whose daily amount matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Substance {
    Magnesium,
    Calcium,
    Potassium,
    Salt,
    VitaminD,
    VitaminB6,
    VitaminK2,
    /// Quinine tablets and tonic water.
    Quinine,
}

/// An amount known to lie between two bounds; equal bounds are an exact amount.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount {
    /// At least this much.
    pub low: f64,
    /// At most this much; infinite when the amount was not recorded.
    pub high: f64,
}

impl Amount {
    /// Not recorded.
    pub const UNKNOWN: Amount = Amount {
        low: 0.0,
        high: f64::INFINITY,
    };

    /// Exactly this much.
    pub fn exactly(value: f64) -> Self {
        Amount {
            low: value,
            high: value,
        }
    }

    /// Both together.
    pub fn plus(self, other: Amount) -> Self {
        Amount {
            low: self.low + other.low,
            high: self.high + other.high,
        }
    }
}

/// How many grams of the element are in one gram of a compound.
#[derive(Debug, Clone, Copy)]
pub struct Salt {
    /// The element.
    pub element: Substance,
    /// The word by which the compound is recognised in a name.
    pub word: &'static str,
    /// Atoms of the element in one formula unit.
    pub atoms: f64,
    /// Molar mass of the compound, g/mol.
    pub molar_mass: f64,
    /// The formula the mass belongs to. Where hydrates differ, the form usual in tablets.
    pub formula: &'static str,
}

/// Standard atomic masses (IUPAC 2021, abridged; doi 10.1515/pac-2019-0603): Mg 24.305, Ca 40.078, K 39.098, Na 22.990.
const MG: f64 = 24.305;
const CA: f64 = 40.078;
const K: f64 = 39.098;
const NA: f64 = 22.990;

const fn salt(
    element: Substance,
    word: &'static str,
    atoms: f64,
    molar_mass: f64,
    formula: &'static str,
) -> Salt {
    Salt {
        element,
        word,
        atoms,
        molar_mass,
        formula,
    }
}

/// The compounds known by name. Molar masses are sums of the same table of atomic masses over the formula.
/// Longer words stand before those they contain.
pub static SALTS: &[Salt] = &[
    salt(Substance::Magnesium, "oxide", 1.0, 40.304, "MgO"),
    salt(Substance::Magnesium, "hydroxide", 1.0, 58.319, "Mg(OH)2"),
    salt(Substance::Magnesium, "carbonate", 1.0, 84.313, "MgCO3"),
    salt(Substance::Magnesium, "citrate", 3.0, 451.11, "Mg3(C6H5O7)2"),
    salt(
        Substance::Magnesium,
        "bisglycinate",
        1.0,
        172.42,
        "Mg(C2H4NO2)2",
    ),
    salt(
        Substance::Magnesium,
        "diglycinate",
        1.0,
        172.42,
        "Mg(C2H4NO2)2",
    ),
    salt(
        Substance::Magnesium,
        "glycinate",
        1.0,
        172.42,
        "Mg(C2H4NO2)2",
    ),
    salt(Substance::Magnesium, "chloride", 1.0, 203.30, "MgCl2.6H2O"),
    salt(Substance::Magnesium, "sulfate", 1.0, 246.47, "MgSO4.7H2O"),
    salt(Substance::Magnesium, "sulphate", 1.0, 246.47, "MgSO4.7H2O"),
    salt(Substance::Magnesium, "lactate", 1.0, 202.45, "Mg(C3H5O3)2"),
    salt(Substance::Magnesium, "malate", 1.0, 156.38, "MgC4H4O5"),
    salt(
        Substance::Magnesium,
        "aspartate",
        1.0,
        288.50,
        "Mg(C4H6NO4)2",
    ),
    salt(
        Substance::Magnesium,
        "gluconate",
        1.0,
        414.60,
        "Mg(C6H11O7)2",
    ),
    salt(
        Substance::Magnesium,
        "threonate",
        1.0,
        294.50,
        "Mg(C4H7O5)2",
    ),
    salt(
        Substance::Magnesium,
        "taurate",
        1.0,
        272.58,
        "Mg(C2H6NO3S)2",
    ),
    salt(Substance::Calcium, "carbonate", 1.0, 100.086, "CaCO3"),
    salt(
        Substance::Calcium,
        "citrate",
        3.0,
        570.49,
        "Ca3(C6H5O7)2.4H2O",
    ),
    salt(
        Substance::Calcium,
        "lactate",
        1.0,
        308.29,
        "Ca(C3H5O3)2.5H2O",
    ),
    salt(Substance::Calcium, "gluconate", 1.0, 430.37, "Ca(C6H11O7)2"),
    salt(Substance::Calcium, "phosphate", 3.0, 310.18, "Ca3(PO4)2"),
    salt(Substance::Potassium, "chloride", 1.0, 74.55, "KCl"),
    salt(Substance::Potassium, "bicarbonate", 1.0, 100.11, "KHCO3"),
    salt(Substance::Potassium, "citrate", 3.0, 306.39, "K3C6H5O7"),
    salt(Substance::Potassium, "gluconate", 1.0, 234.24, "KC6H11O7"),
    salt(Substance::Salt, "chloride", 1.0, 58.44, "NaCl"),
];

impl Salt {
    /// Grams of the element in one gram of the compound.
    pub fn fraction(&self) -> f64 {
        let atomic = match self.element {
            Substance::Magnesium => MG,
            Substance::Calcium => CA,
            Substance::Potassium => K,
            _ => NA,
        };
        self.atoms * atomic / self.molar_mass
    }
}

/// Words that may stand before the name of a mineral without making it something else. "Atorvastatin calcium" is not
/// a calcium supplement.
const BEFORE: &[&str] = &[
    "elemental",
    "chelated",
    "liquid",
    "marine",
    "coral",
    "effervescent",
    "buffered",
    "oral",
    "slow",
    "release",
    "modified",
    "tablet",
    "tablets",
    "capsule",
    "spray",
    "powder",
    "food",
    "grade",
    "my",
    "extra",
];

impl Substance {
    /// Every one.
    pub const ALL: [Substance; 8] = [
        Substance::Magnesium,
        Substance::Calcium,
        Substance::Potassium,
        Substance::Salt,
        Substance::VitaminD,
        Substance::VitaminB6,
        Substance::VitaminK2,
        Substance::Quinine,
    ];

    /// As it stands in a sentence.
    pub fn plain(self) -> &'static str {
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

    /// The unit its limits are stated in.
    pub fn unit(self) -> &'static str {
        match self {
            Substance::VitaminD | Substance::VitaminK2 => "µg",
            _ => "mg",
        }
    }

    /// The factors of the night that state its amount (names of the built-in catalogue).
    pub fn factors(self) -> &'static [&'static str] {
        match self {
            Substance::Magnesium => &["magnesium"],
            Substance::Calcium => &["calcium"],
            Substance::Potassium => &["potassium"],
            Substance::Salt => &[],
            Substance::VitaminD => &["vitamin-d"],
            Substance::VitaminB6 => &["vitamin-b6"],
            Substance::VitaminK2 => &["vitamin-k2"],
            Substance::Quinine => &[],
        }
    }

    /// Whether a product of this name (lower case) holds it.
    pub fn named(self, name: &str) -> bool {
        let words = tokens(name);
        let mineral = |wanted: &str| {
            words.iter().position(|w| w == wanted).is_some_and(|at| {
                words.iter().take(at).all(|w| {
                    BEFORE.contains(&w.as_str()) || Substance::ALL.iter().any(|s| s.plain() == w)
                })
            })
        };
        let has = |wanted: &str| words.iter().any(|w| w == wanted);
        let vitamin = |letter: &str| {
            words
                .windows(2)
                .any(|pair| matches!(pair, [a, b] if (a == "vitamin" || a == "vit") && b == letter))
        };
        match self {
            Substance::Magnesium => mineral("magnesium"),
            Substance::Calcium => mineral("calcium"),
            Substance::Potassium => {
                mineral("potassium") || name.contains("salt substitute") || has("losalt")
            }
            Substance::Salt => {
                mineral("salt") && !name.contains("substitute")
                    || mineral("sodium") && has("chloride")
            }
            Substance::VitaminD => {
                vitamin("d")
                    || vitamin("d3")
                    || vitamin("d2")
                    || has("d3")
                    || has("cholecalciferol")
                    || has("colecalciferol")
                    || has("ergocalciferol")
            }
            Substance::VitaminB6 => vitamin("b6") || has("b6") || has("pyridoxine"),
            Substance::VitaminK2 => {
                vitamin("k2")
                    || has("k2")
                    || has("mk7")
                    || has("menaquinone")
                    || name.contains("mk-7")
            }
            Substance::Quinine => has("quinine") || has("tonic"),
        }
    }

    /// How much of it `amount` `unit` of the product `name` holds, in this substance's own unit.
    ///
    /// A salt that is named without saying whether its weight or the element's is meant lies between the two. A bare
    /// name ("magnesium") is taken as the element, as labels state it. An unknown unit is an unknown amount.
    pub fn amount(
        self,
        name: &str,
        amount: Option<f64>,
        unit: Option<&str>,
        basis: Option<Basis>,
    ) -> Amount {
        let (Some(amount), Some(unit)) = (amount, unit) else {
            return Amount::UNKNOWN;
        };
        // The amount of a product of several substances belongs to the one named first.
        let first = Substance::ALL
            .into_iter()
            .filter(|s| s.named(name))
            .min_by_key(|s| s.position(name));
        if first.is_some_and(|s| s != self) {
            return Amount::UNKNOWN;
        }
        let Some(milligrams) = self.milligrams(amount, unit) else {
            return Amount::UNKNOWN;
        };
        let total = if self.unit() == "µg" {
            milligrams * 1000.0
        } else {
            milligrams
        };
        let words = tokens(name);
        let salt = SALTS
            .iter()
            .find(|s| s.element == self && words.iter().any(|w| w == s.word));
        match (basis, salt) {
            (Some(Basis::Elemental), _) => Amount::exactly(total),
            (Some(Basis::Compound), Some(salt)) => Amount::exactly(total * salt.fraction()),
            (Some(Basis::Compound), None) if self.has_salts() => Amount {
                low: 0.0,
                high: total,
            },
            (None, Some(salt)) => Amount {
                low: total * salt.fraction(),
                high: total,
            },
            _ => Amount::exactly(total),
        }
    }

    fn has_salts(self) -> bool {
        SALTS.iter().any(|s| s.element == self)
    }

    fn position(self, name: &str) -> usize {
        let start = match self {
            Substance::VitaminD => ["vitamin d", "vitamin-d", "d3", "calciferol"]
                .iter()
                .filter_map(|w| name.find(w))
                .min(),
            Substance::VitaminB6 => ["b6", "pyridoxine"]
                .iter()
                .filter_map(|w| name.find(w))
                .min(),
            Substance::VitaminK2 => ["k2", "mk", "menaquinone"]
                .iter()
                .filter_map(|w| name.find(w))
                .min(),
            Substance::Salt => ["salt", "sodium"].iter().filter_map(|w| name.find(w)).min(),
            Substance::Quinine => ["quinine", "tonic"]
                .iter()
                .filter_map(|w| name.find(w))
                .min(),
            other => name.find(other.plain()),
        };
        start.unwrap_or(usize::MAX)
    }

    fn milligrams(self, amount: f64, unit: &str) -> Option<f64> {
        match unit.to_lowercase().as_str() {
            "mg" => Some(amount),
            "g" => Some(amount * 1000.0),
            "µg" | "μg" | "ug" | "mcg" => Some(amount / 1000.0),
            // 1 µg of vitamin D is 40 IU (UL-D).
            "iu" if self == Substance::VitaminD => Some(amount / 40.0 / 1000.0),
            _ => None,
        }
    }
}

/// The words of a name: letters and digits, lower case.
fn tokens(name: &str) -> Vec<String> {
    name.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_string)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_salt_holds_its_share_of_the_element() {
        let of = |word: &str| SALTS.iter().find(|s| s.word == word).unwrap().fraction();
        // Percentages as pharmacopoeias and labels give them: MgO 60.3 %, CaCO3 40.0 %, Mg citrate 16.2 %.
        assert!((of("oxide") - 0.603).abs() < 0.001);
        assert!((of("citrate") - 0.1616).abs() < 0.001);
        let chalk = SALTS.iter().find(|s| s.formula == "CaCO3").unwrap();
        assert!((chalk.fraction() - 0.4004).abs() < 0.0005);
    }

    #[test]
    fn a_dose_is_exact_only_when_the_basis_is_known() {
        let mg = Substance::Magnesium;
        assert_eq!(
            mg.amount("magnesium", Some(300.0), Some("mg"), None),
            Amount::exactly(300.0)
        );
        let open = mg.amount("magnesium citrate", Some(400.0), Some("mg"), None);
        assert!(open.low < 65.0 && open.high == 400.0);
        let compound = mg.amount(
            "magnesium citrate",
            Some(400.0),
            Some("mg"),
            Some(Basis::Compound),
        );
        assert!((compound.low - 64.65).abs() < 0.1 && compound.low == compound.high);
        assert_eq!(
            mg.amount("magnesium", Some(400.0), Some("mg"), Some(Basis::Compound))
                .low,
            0.0
        );
        assert_eq!(mg.amount("magnesium", None, None, None), Amount::UNKNOWN);
        assert_eq!(
            mg.amount("magnesium", Some(2.0), Some("tablet"), None),
            Amount::UNKNOWN
        );
    }

    #[test]
    fn units_of_vitamins() {
        let d = Substance::VitaminD;
        assert_eq!(
            d.amount("vitamin d3", Some(4000.0), Some("IU"), None),
            Amount::exactly(100.0)
        );
        assert_eq!(
            d.amount("d3", Some(25.0), Some("µg"), None),
            Amount::exactly(25.0)
        );
        assert_eq!(
            d.amount("calcium and vitamin d3", Some(600.0), Some("mg"), None),
            Amount::UNKNOWN
        );
        assert_eq!(
            Substance::Calcium.amount("calcium and vitamin d3", Some(600.0), Some("mg"), None),
            Amount::exactly(600.0)
        );
    }

    #[test]
    fn a_medicine_is_not_a_supplement() {
        assert!(!Substance::Calcium.named("atorvastatin calcium"));
        assert!(!Substance::Potassium.named("losartan potassium"));
        assert!(Substance::Magnesium.named("chelated magnesium"));
        assert!(Substance::VitaminK2.named("vitamin k2 mk-7"));
        assert!(Substance::Quinine.named("tonic water"));
        assert!(!Substance::VitaminD.named("vitamin b12"));
    }
}
