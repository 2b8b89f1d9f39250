//! Substances: the class of a medicine by its name (`src/data/medicines.toml`), the nutrient a dose is counted in, and how
//! much of the element a salt holds (`src/data/nutrients.toml`).

use crate::data::{
    self,
    tables::{Named, NutrientRow, Salt},
};
use crate::diary::experiment::Experiment;
use crate::diary::names;
use crate::diary::record::{Course, Intake};
use crate::diary::typed::{has_phrase, plain_name};
use crate::diary::unit::{Quantity, VITAMIN_D_IU_PER_UG};
pub(crate) use crate::diary::vocabulary::Nutrient;
use crate::diary::vocabulary::{Basis, CourseKind, MedicineClass};

/// The class of a medicine by its name, in any case and with any strength or form around it (`Furosemide 40 mg tablets`);
/// the first in the table when it combines several. `None` when the name is not known: the person's word then decides.
pub(crate) fn class_of(name: &str) -> Option<MedicineClass> {
    classes_of(name).first().copied()
}

/// Every class a name belongs to, in the order of the table (`co-amilofruse` has two). Slips of the keys are not put right:
/// that is done once, as it is typed.
pub(crate) fn classes_of(name: &str) -> Vec<MedicineClass> {
    named_classes(name, false)
}

/// As [`class_of`], with slips of the keys put right.
pub(crate) fn class_as_typed(name: &str) -> Option<MedicineClass> {
    class_of(name).or_else(|| named_classes(name, true).first().copied())
}

fn named_classes(name: &str, repair: bool) -> Vec<MedicineClass> {
    let named = names::medicines(&names::words_of(name, repair));
    named.into_iter().map(|named| named.thing).collect()
}

/// Whether a name says what it is: a medicine of the table, a nutrient, a supplement, a measure.
pub(crate) fn is_known(name: &str) -> bool {
    class_of(name).is_some()
        || !nutrients_of(name).is_empty()
        || names::is_supplement(name)
        || names::measure(name).is_some()
}

/// The classes of something taken: as the person gave it, or as the name says (a combined tablet has several).
fn classes(class: Option<MedicineClass>, name: &str) -> Vec<MedicineClass> {
    let by_name = classes_of(name);
    match class.filter(|class| *class != MedicineClass::Other) {
        Some(class) if !by_name.contains(&class) => vec![class],
        _ => by_name,
    }
}

impl Course {
    pub(crate) fn classes(&self) -> Vec<MedicineClass> {
        classes(self.class, &self.name)
    }

    /// Whether it is a medicine of which nobody knows what it is.
    pub(crate) fn is_unanswered(&self) -> bool {
        self.kind == CourseKind::Medicine && self.class.is_none() && !is_known(&self.name)
    }

    /// What it is a form of, when it is something done (`heat`, `massage`).
    pub(crate) fn done(&self) -> Option<&'static str> {
        (self.kind == CourseKind::Measure).then(|| names::measure(&self.name))?
    }
}

impl Intake {
    pub(crate) fn classes(&self) -> Vec<MedicineClass> {
        classes(self.class, &self.name)
    }

    /// Whether nobody knows what was taken.
    pub(crate) fn is_unanswered(&self) -> bool {
        self.class.is_none() && !is_known(&self.name)
    }
}

/// Whether a name is quinine or a drink that holds it.
pub(crate) fn is_quinine(name: &str) -> bool {
    class_of(name) == Some(MedicineClass::Quinine)
}

impl Nutrient {
    /// The nutrient a product of this name is a dose of; `None` when it mentions none or several.
    pub(crate) fn of_name(name: &str) -> Option<Nutrient> {
        match nutrients_of(name).as_slice() {
            [nutrient] => Some(*nutrient),
            _ => None,
        }
    }

    /// Whether a name mentions it, as [`nutrients_of`] tells.
    pub(crate) fn is_in(self, name: &str) -> bool {
        let plain = plain_name(name);
        let mentioned = |entry| is_mentioned(&plain, entry);
        self.entry().is_some_and(mentioned) && class_of(&plain).is_none()
    }

    /// The unit its amounts are added up in.
    pub(crate) fn unit(self) -> &'static str {
        self.entry().map_or("mg", |entry| entry.unit)
    }

    fn entry(self) -> Option<&'static NutrientRow> {
        data::nutrients()
            .iter()
            .find(|entry| entry.nutrient == self)
    }

    /// Grams of the element in one gram of the salt, from standard atomic weights (key IUPAC21); `None` if the formula
    /// does not read (a test holds that all do).
    fn fraction_of(self, salt: &Salt) -> Option<f64> {
        let element = self.entry()?.symbol?;
        let mut whole = 0.0;
        let mut part = 0.0;
        for (symbol, count) in atoms(salt.formula)? {
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

/// Every nutrient a name mentions, in a fixed order (`Calcium + vitamin D` mentions two). A medicine sold as a salt
/// (`atorvastatin calcium`, `naproxen sodium`) is no supplement.
pub(crate) fn nutrients_of(name: &str) -> Vec<Nutrient> {
    let plain = plain_name(name);
    let mentioned = data::nutrients().iter().filter(|e| is_mentioned(&plain, e));
    let mentioned: Vec<Nutrient> = mentioned.map(|entry| entry.nutrient).collect();
    // to look for medicines takes longer, and most names hold no nutrient
    match mentioned.is_empty() || class_of(&plain).is_none() {
        true => mentioned,
        false => Vec::new(),
    }
}

fn is_mentioned(plain: &str, entry: &NutrientRow) -> bool {
    entry.names.iter().any(|name| mentions(plain, entry, name))
}

fn mentions(plain: &str, entry: &NutrientRow, name: &str) -> bool {
    let sold_as_salt = || {
        let mut salts = entry.salts.iter().flat_map(|salt| &salt.names);
        salts.any(|salt| has_phrase(plain, &format!("{name} {salt}")))
    };
    match entry.named {
        Named::Anywhere => has_phrase(plain, name),
        Named::First => plain.starts_with(name) || sold_as_salt(),
        Named::Alone => plain == name || sold_as_salt(),
    }
}

/// What the name of a product says a dose of it holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Product {
    nutrient: Nutrient,
    /// Grams of the element in one gram, where the name states a salt (`magnesium citrate`).
    share: Option<f64>,
}

/// The amount of a nutrient in one dose, in [`Nutrient::unit`]: exact when both ends agree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Amount {
    pub(crate) nutrient: Nutrient,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Product {
    /// The plain nutrient, under no other name.
    pub(crate) fn plain(nutrient: Nutrient) -> Product {
        Product {
            nutrient,
            share: None,
        }
    }

    /// The product of this name; `None` when it mentions no nutrient or several.
    pub(crate) fn named(name: &str) -> Option<Product> {
        let nutrient = Nutrient::of_name(name)?;
        let plain = plain_name(name);
        let stated = |salt: &&Salt| salt.names.iter().any(|name| has_phrase(&plain, name));
        let salt = nutrient.entry()?.salts.iter().find(stated);
        Some(Product {
            nutrient,
            share: salt.and_then(|salt| nutrient.fraction_of(salt)),
        })
    }

    /// How much of its nutrient a dose holds. `None` when the unit is not one of mass.
    ///
    /// A plain nutrient is taken as the element. A salt whose basis is given is computed; one whose basis is not given
    /// reads two ways, because labels print either, and the answer is the range from the salt's share to the whole.
    pub(crate) fn amount(self, dose: f64, unit: &str, basis: Option<Basis>) -> Option<Amount> {
        let nutrient = self.nutrient;
        let quantity = Quantity {
            number: dose,
            unit: Some(crate::diary::unit::plain(unit)),
            typed: String::new(),
        };
        let iu = (nutrient == Nutrient::VitaminD).then_some(VITAMIN_D_IU_PER_UG);
        let whole = quantity.to(nutrient.unit(), iu).ok()?;
        let (low, high) = match (basis, self.share) {
            (Some(Basis::Elemental), _) | (None, None) => (whole, whole),
            (Some(Basis::Compound), Some(share)) => (whole * share, whole * share),
            (None, Some(share)) => (whole * share, whole),
            // Some unnamed compound: at most all of it.
            (Some(Basis::Compound), None) => (0.0, whole),
        };
        Some(Amount {
            nutrient,
            low,
            high,
        })
    }
}

/// How much of its nutrient a dose of the product `name` holds, as [`Product::amount`].
pub(crate) fn amount(name: &str, dose: f64, unit: &str, basis: Option<Basis>) -> Option<Amount> {
    Product::named(name)?.amount(dose, unit, basis)
}

/// The amount of a single dose taken; `None` when name, amount or unit do not tell.
pub(crate) fn amount_of_intake(intake: &Intake) -> Option<Amount> {
    let (dose, unit) = (intake.amount?, intake.unit.as_deref()?);
    amount(&intake.name, dose, unit, intake.basis)
}

/// The amount a course gives in a day: one dose times doses a day (once, when not said).
pub(crate) fn daily_amount_of_course(course: &Course) -> Option<Amount> {
    let per_day = course.per_day.unwrap_or(1.0);
    let (dose, unit) = (course.dose?, course.unit.as_deref()?);
    let dose = amount(&course.name, dose, unit, course.basis)?;
    Some(Amount {
        low: dose.low * per_day,
        high: dose.high * per_day,
        ..dose
    })
}

/// How much of its nutrient an "on" day of an experiment holds. What "on" is may name the salt.
pub(crate) fn amount_of_experiment(experiment: &Experiment) -> Option<Amount> {
    let thing = &experiment.thing;
    let named = experiment.on.as_ref().map(|on| format!("{thing} {on}"));
    let same = |name: &String| Nutrient::of_name(name) == Nutrient::of_name(thing);
    let name = named.filter(same).unwrap_or_else(|| thing.clone());
    let (dose, unit) = (experiment.dose?, experiment.unit.as_deref()?);
    amount(&name, dose, unit, experiment.basis)
}
