//! The factors: what may be written about a night, built in (`src/data/factors.toml`) or added by the person.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::data::{self, tables::Factor};
use crate::diary::Diary;
use crate::diary::record::CustomFactor;
use crate::diary::substance::Nutrient;
use crate::diary::typed::nearest_of;
use crate::diary::vocabulary::{FactorKind, Timing};

/// One factor: what it is called, how it is measured, when in the day it is, and who says it matters. What a field means
/// is said at the head of `src/data/factors.toml`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FactorDef {
    pub(crate) factor: Cow<'static, str>,
    pub(crate) label: Cow<'static, str>,
    pub(crate) kind: FactorKind,
    /// The unit values are stored in; `None` for yes-no, scale and choice.
    pub(crate) unit: Option<Cow<'static, str>>,
    /// Smallest value accepted; 0 for yes-no and scales.
    pub(crate) min: Option<f64>,
    /// Largest value accepted; 1 for yes-no.
    pub(crate) max: Option<f64>,
    /// What one tap adds to a number, and where the first tap begins.
    pub(crate) step: f64,
    pub(crate) start: f64,
    pub(crate) bare_from: f64,
    /// The words of a choice; a choice without any takes every single word.
    pub(crate) choices: Vec<Cow<'static, str>>,
    pub(crate) timing: Timing,
    pub(crate) lags: &'static [u8],
    pub(crate) group: Cow<'static, str>,
    pub(crate) question: Cow<'static, str>,
    /// Empty for the person's own.
    pub(crate) sources: &'static [&'static str],
    pub(crate) note: Option<&'static str>,
    /// Compared by the logarithm of one plus it.
    pub(crate) log_scale: bool,
    pub(crate) nutrient: Option<Nutrient>,
    pub(crate) names: &'static [&'static str],
    pub(crate) also: &'static [&'static str],
    /// Part of the program, not added by the person.
    pub(crate) built_in: bool,
    /// Put away: kept and still readable, no longer asked about.
    pub(crate) retired: bool,
}

impl FactorDef {
    /// Whether a record under its name measures the same.
    fn is_like(&self, record: &CustomFactor) -> bool {
        self.kind == record.kind && self.unit.as_deref() == record.unit.as_deref()
    }

    /// The same factor as a record of the diary's own.
    pub(crate) fn as_custom(&self) -> CustomFactor {
        CustomFactor {
            factor: self.factor.as_ref().into(),
            label: self.label.to_string(),
            kind: self.kind,
            unit: self.unit.as_ref().map(ToString::to_string),
            min: self.min,
            max: self.max,
            timing: self.timing,
            group: Some(self.group.to_string()),
            choices: self.choices.iter().map(ToString::to_string).collect(),
            retired: false,
        }
    }

    fn built_in(entry: &'static Factor) -> Self {
        let lowest = matches!(entry.kind, FactorKind::YesNo | FactorKind::Scale).then_some(0.0);
        let highest = (entry.kind == FactorKind::YesNo).then_some(1.0);
        FactorDef {
            factor: Cow::Borrowed(entry.factor),
            label: Cow::Borrowed(entry.label),
            kind: entry.kind,
            unit: entry.unit.map(Cow::Borrowed),
            min: entry.min.or(lowest),
            max: entry.max.or(highest),
            step: entry.step.unwrap_or(1.0),
            start: entry.start.or(entry.min).unwrap_or(0.0),
            bare_from: entry.bare_from.unwrap_or(f64::NEG_INFINITY),
            choices: entry.choices.iter().copied().map(Cow::Borrowed).collect(),
            timing: entry.timing,
            lags: &entry.lags,
            group: Cow::Borrowed(entry.group),
            question: Cow::Borrowed(entry.question),
            sources: &entry.sources,
            note: entry.note,
            log_scale: entry.log_scale,
            nutrient: entry.nutrient,
            names: &entry.names,
            also: &entry.also,
            built_in: true,
            retired: false,
        }
    }

    pub(crate) fn of_person(own: &CustomFactor) -> Self {
        let (min, max) = match own.kind {
            FactorKind::YesNo => (Some(0.0), Some(1.0)),
            FactorKind::Scale => (own.min.or(Some(0.0)), own.max.or(Some(10.0))),
            FactorKind::Number => (own.min, own.max),
            FactorKind::Choice => (None, None),
        };
        let lags: &'static [u8] = match own.timing {
            Timing::Day => &[0, 1],
            Timing::Evening | Timing::Night => &[0],
        };
        let label = if own.label.trim().is_empty() {
            own.factor.to_string()
        } else {
            own.label.clone()
        };
        FactorDef {
            factor: Cow::Owned(own.factor.to_string()),
            question: Cow::Owned(format!("{label}?")),
            label: Cow::Owned(label),
            kind: own.kind,
            unit: own
                .unit
                .clone()
                .filter(|_| own.kind == FactorKind::Number)
                .map(Cow::Owned),
            min,
            max,
            step: 1.0,
            start: min.unwrap_or(0.0),
            bare_from: f64::NEG_INFINITY,
            choices: own.choices.iter().cloned().map(Cow::Owned).collect(),
            timing: own.timing,
            lags,
            group: Cow::Owned(own.group.clone().unwrap_or_else(|| "your own".to_string())),
            sources: &[],
            note: None,
            log_scale: false,
            nutrient: None,
            names: &[],
            also: &[],
            built_in: false,
            retired: own.retired,
        }
    }
}

fn built_in() -> impl Iterator<Item = FactorDef> {
    data::factors().iter().map(FactorDef::built_in)
}

/// Every factor in force: the built-in ones in their order, then the person's own by name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Catalogue {
    defs: Vec<FactorDef>,
    places: HashMap<String, usize>,
}

impl Catalogue {
    pub(crate) fn built_in() -> Self {
        Self::from_defs(built_in().collect())
    }

    /// The built-in factors and those of the diary. A record under a built-in name retires it,
    /// or stands in its place where it measures something else.
    pub(crate) fn of(diary: &Diary) -> Self {
        Self::with(&diary.factors)
    }

    /// As [`of`](Catalogue::of), from the factor records alone.
    pub(crate) fn with(own: &[CustomFactor]) -> Self {
        let mut defs: Vec<FactorDef> = built_in().collect();
        let mut added: Vec<FactorDef> = Vec::new();
        for record in own {
            match defs.iter_mut().find(|d| *d.factor == *record.factor) {
                Some(built_in) if record.retired || built_in.is_like(record) => {
                    built_in.retired = record.retired;
                }
                // one the person had before the program did: its values are what they meant by it
                Some(built_in) => *built_in = FactorDef::of_person(record),
                None => added.push(FactorDef::of_person(record)),
            }
        }
        added.sort_by(|a, b| a.factor.cmp(&b.factor));
        defs.append(&mut added);
        Self::from_defs(defs)
    }

    fn from_defs(defs: Vec<FactorDef>) -> Self {
        let mut places = HashMap::new();
        for (place, def) in defs.iter().enumerate() {
            places.insert(def.factor.to_string(), place);
            places.extend(def.names.iter().map(|name| ((*name).to_string(), place)));
        }
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
        if data::factors().iter().any(|f| f.factor == name) && !own.retired {
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
