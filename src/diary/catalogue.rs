//! The catalogue: every factor in force, built in or added by the person, and the nearest name to a misspelt one.

use std::collections::HashMap;

use crate::diary::factor::FactorDef;
use crate::diary::factors;
use crate::diary::record::CustomFactor;
use crate::diary::vocabulary::FactorKind;
use crate::diary::whole::Diary;

/// Every factor in force: the built-in ones in their order, then the person's own by name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Catalogue {
    defs: Vec<FactorDef>,
    places: HashMap<String, usize>,
}

impl Catalogue {
    /// The built-in factors alone.
    pub(crate) fn built_in() -> Self {
        Self::from_defs(factors::built_in().collect())
    }

    /// The built-in factors and those of the diary. A record under a built-in name can only retire it.
    pub(crate) fn of(diary: &Diary) -> Self {
        Self::with(&diary.factors)
    }

    /// As [`of`](Catalogue::of), from the factor records alone.
    pub(crate) fn with(own: &[CustomFactor]) -> Self {
        let mut defs: Vec<FactorDef> = factors::built_in().collect();
        let mut added: Vec<FactorDef> = Vec::new();
        for record in own {
            match defs.iter_mut().find(|d| *d.factor == *record.factor) {
                Some(built_in) => built_in.retired = record.retired,
                None => added.push(FactorDef::of_person(record)),
            }
        }
        added.sort_by(|a, b| a.factor.cmp(&b.factor));
        defs.append(&mut added);
        Self::from_defs(defs)
    }

    fn from_defs(defs: Vec<FactorDef>) -> Self {
        let places = defs
            .iter()
            .enumerate()
            .map(|(place, def)| (def.factor.to_string(), place))
            .collect();
        Catalogue { defs, places }
    }

    /// The factor of this name, retired ones included.
    pub(crate) fn find(&self, name: &str) -> Option<&FactorDef> {
        self.places
            .get(name)
            .and_then(|place| self.defs.get(*place))
    }

    /// The name most like `name`, by spelling or by meaning (`water` is `fluid`); `None` when nothing is close.
    pub(crate) fn nearest(&self, name: &str) -> Option<&str> {
        let name = name.to_lowercase();
        let meant = self.iter().find(|d| d.also.contains(&name.as_str()));
        match meant {
            Some(def) => Some(&def.factor),
            None => nearest_of(&name, self.iter().map(|d| &*d.factor)),
        }
    }

    /// Every factor in force, retired ones left out.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &FactorDef> {
        self.defs.iter().filter(|d| !d.retired)
    }

    /// Every factor, retired ones included.
    pub(crate) fn all(&self) -> &[FactorDef] {
        &self.defs
    }

    /// Whether `own` may be added (or replace the person's factor of the same name).
    ///
    /// # Errors
    /// A name that is taken by a built-in factor or cannot be typed, an empty range, a unit where none can be.
    pub(crate) fn check(own: &CustomFactor) -> Result<(), FactorError> {
        let name = &*own.factor;
        let letters = name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !letters || !name.starts_with(|c: char| c.is_ascii_lowercase()) || name.len() > 40 {
            return Err(FactorError::Name(name.to_string()));
        }
        if factors::built_in().any(|d| d.factor == name) && !own.retired {
            return Err(FactorError::BuiltIn(name.to_string()));
        }
        let finite = [own.min, own.max].iter().flatten().all(|x| x.is_finite());
        if !finite || matches!((own.min, own.max), (Some(min), Some(max)) if min >= max) {
            return Err(FactorError::Range(name.to_string()));
        }
        let unitless = matches!(own.kind, FactorKind::YesNo | FactorKind::Choice);
        if unitless && (own.unit.is_some() || own.min.is_some() || own.max.is_some()) {
            return Err(FactorError::Unitless(name.to_string()));
        }
        Ok(())
    }
}

/// The candidate most like `word`: at most two slips of the keys, or one in a short word. Ties go to the first.
pub(crate) fn nearest_of<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let allowed = match word.chars().count() {
        0 | 1 => 0,
        2..=4 => 1,
        _ => 2,
    };
    candidates
        .into_iter()
        .map(|c| (strsim::osa_distance(word, c), c))
        .filter(|(slips, c)| *slips <= allowed && *slips < c.chars().count())
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, c)| c)
}

/// Why a factor of the person's own cannot be added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FactorError {
    /// The name has letters that would not survive on the command line.
    #[error(
        "'{0}' cannot be a factor's name: use up to 40 small letters, digits and hyphens, beginning with a letter"
    )]
    Name(String),
    /// The name is taken by a built-in factor.
    #[error("'{0}' is a built-in factor already")]
    BuiltIn(String),
    /// The smallest value is above the largest, or one of them is not a number.
    #[error("the range of '{0}' is empty or not a number")]
    Range(String),
    /// A unit on something that has none.
    #[error("'{0}' is yes-no or a choice, which has no unit and no range")]
    Unitless(String),
}
