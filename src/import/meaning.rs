//! What the name of something tracked elsewhere means here.

use crate::diary::factor::{Catalogue, FactorDef};

/// What a name means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Meaning<'c> {
    Cramp,
    Factor(&'c FactorDef),
    Unknown,
}

/// What `name` means: a factor by its exact name, label or other name; or cramps.
pub(crate) fn meaning<'c>(name: &str, catalogue: &'c Catalogue) -> Meaning<'c> {
    let name = name.trim().to_lowercase();
    let dashed = name.replace(' ', "-");
    let is = |def: &&FactorDef| {
        *def.factor == dashed
            || def.label.to_lowercase() == name
            || def.also.contains(&dashed.as_str())
    };
    if let Some(def) = catalogue.iter().find(is) {
        return Meaning::Factor(def);
    }
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    match words.any(|word| word.starts_with("cramp")) || name.contains("charley horse") {
        true => Meaning::Cramp,
        false => Meaning::Unknown,
    }
}
