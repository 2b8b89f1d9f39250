//! Medicines that matter for cramps: the class of common generic names (`src/data/medicines.toml`).

use crate::data;
use crate::diary::text::{has_phrase, nearest_of, plain_name};
use crate::diary::vocabulary::MedicineClass;

/// The class of a medicine by its generic name, in any case and with any strength or form around it (`Furosemide 40 mg
/// tablets`); the first in the table when it combines several. `None` when the name is not known: the person's word then
/// decides.
pub(crate) fn class_of(name: &str) -> Option<MedicineClass> {
    classes_in(name).next()
}

/// Every class a name belongs to, in the order of the table (`co-amilofruse` has two).
pub(crate) fn classes_of(name: &str) -> Vec<MedicineClass> {
    classes_in(name).collect()
}

fn classes_in(name: &str) -> impl Iterator<Item = MedicineClass> {
    let plain = plain_name(name);
    data::medicines()
        .iter()
        .filter(move |class| class.names.iter().any(|known| has_phrase(&plain, known)))
        .map(|class| class.class)
}

/// The known generic name most like a misspelt one.
pub(crate) fn nearest_name(name: &str) -> Option<&'static str> {
    let plain = plain_name(name);
    // Short names are too alike: one slip turns one into another.
    if plain.chars().count() < 6 {
        return None;
    }
    let names = data::medicines().iter().flat_map(|class| &class.names);
    nearest_of(&plain, names.copied())
}

/// Whether a name is quinine or a drink that holds it.
pub(crate) fn is_quinine(name: &str) -> bool {
    class_of(name) == Some(MedicineClass::Quinine)
}
