//! What an experiment is about: a factor of the catalogue or the person's own, or a supplement with the dose of a day.

use crate::data;
use crate::data::tables::Factor;
use crate::data::word::Word;
use crate::diary::dose::read_dose;
use crate::diary::factor::{Catalogue, FactorDef};
use crate::diary::names;
use crate::diary::substance::{Nutrient, nutrients_of};
use crate::diary::typed::{clean, nearest_of, plain_name, shown};
use crate::diary::vocabulary::{Basis, CourseKind, ExperimentDesign, FactorKind};
use crate::diary::{Diary, unit};

/// Designs of what is done for one night and leaves nothing behind.
const BOTH: &[ExperimentDesign] = &[ExperimentDesign::Nightly, ExperimentDesign::Pairs];
/// Designs of what lasts.
const PAIRS: &[ExperimentDesign] = &[ExperimentDesign::Pairs];

/// A thing lots can be drawn for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Thing {
    /// The name it is kept under.
    pub(crate) name: String,
    /// The name in sentences.
    pub(crate) label: String,
    pub(crate) designs: &'static [ExperimentDesign],
    /// Why lots are drawn so; the built-in factors say it.
    pub(crate) why: Option<&'static str>,
    pub(crate) supplement: bool,
}

impl Thing {
    /// The one nutrient it is a dose of.
    pub(crate) fn nutrient(&self) -> Option<Nutrient> {
        Nutrient::of_name(&self.name).filter(|_| self.supplement)
    }

    /// Whether `name` is the same thing, or a dose of the same substance.
    pub(crate) fn is_also(&self, name: &str) -> bool {
        let nutrient = self.nutrient();
        let holds = |other: Nutrient| Some(other) == nutrient;
        plain_name(name) == plain_name(&self.name) || nutrients_of(name).into_iter().any(holds)
    }
}

/// Why lots cannot be drawn for what was named.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum NotDrawn {
    /// No name.
    Empty,
    /// Nothing recorded has this name; the nearest that is known.
    NotKnown { typed: String, near: Option<String> },
    /// A factor of which lots make no sense, or could do harm.
    Never { label: String, why: &'static str },
    /// A number, a scale or a choice: one of the person's own that is yes or no can be tried.
    NotYesNo { label: String, factor: String },
    /// A factor that was put away.
    PutAway { factor: String },
    /// It holds several substances, whose limits cannot be looked at one by one.
    Several { label: String },
    /// A factor of the person's own that is called by a supplement, and kept under another name.
    Supplement { label: String },
}

/// What `typed` names.
///
/// # Errors
/// Why lots cannot be drawn for it.
pub(crate) fn thing_named(diary: &Diary, typed: &str) -> Result<Thing, NotDrawn> {
    let name = clean(typed).trim().to_lowercase();
    if name.is_empty() {
        return Err(NotDrawn::Empty);
    }
    let catalogue = Catalogue::of(diary);
    let hyphened = plain_name(&name).replace(' ', "-");
    let by_label = || {
        catalogue
            .iter()
            .find(|def| def.label.to_lowercase() == name)
    };
    let found = catalogue.find(&name).or_else(|| catalogue.find(&hyphened));
    if let Some(def) = found.or_else(by_label) {
        return factor(def);
    }
    if is_supplement_named(&name) || is_taken(diary, &name) {
        return supplement(&name);
    }
    let near = catalogue.nearest(&hyphened).map(str::to_string);
    let near = near.or_else(|| nearest_supplement(&name).map(str::to_string));
    let typed = shown(&name);
    Err(NotDrawn::NotKnown { typed, near })
}

fn factor(def: &FactorDef) -> Result<Thing, NotDrawn> {
    let (name, label) = (def.factor.to_string(), def.label.to_string());
    if def.retired {
        return Err(NotDrawn::PutAway { factor: name });
    }
    let entry: Option<&Factor> = match def.built_in {
        true => data::factors().iter().find(|entry| entry.factor == name),
        false => None,
    };
    if def.nutrient.is_some() {
        return supplement(&name);
    }
    if let Some(why) = entry
        .filter(|entry| entry.trial.is_none())
        .and_then(|entry| entry.trial_why)
    {
        return Err(NotDrawn::Never { label, why });
    }
    if def.kind != FactorKind::YesNo {
        return Err(NotDrawn::NotYesNo {
            label,
            factor: name,
        });
    }
    if entry.is_none() {
        if is_supplement_named(&name) {
            return supplement(&name);
        }
        let is_like_one = |text: &str| is_supplement_named(text) || names::is_supplement(text);
        if is_like_one(&label) || is_like_one(&name) {
            return Err(NotDrawn::Supplement { label });
        }
    }
    Ok(Thing {
        name,
        label,
        designs: match entry.and_then(|entry| entry.trial) {
            Some(ExperimentDesign::Pairs) => PAIRS,
            Some(ExperimentDesign::Nightly) | None => BOTH,
        },
        why: entry.and_then(|entry| entry.trial_why),
        supplement: false,
    })
}

fn supplement(name: &str) -> Result<Thing, NotDrawn> {
    let label = name.replace('-', " ");
    match nutrients_of(name).len() {
        0 | 1 => Ok(Thing {
            name: name.to_string(),
            label,
            designs: PAIRS,
            why: None,
            supplement: true,
        }),
        _ => Err(NotDrawn::Several { label }),
    }
}

/// Whether a text names a supplement as the tables spell it.
pub(crate) fn is_supplement_named(text: &str) -> bool {
    !nutrients_of(text).is_empty() || names::is_supplement_spelt(text)
}

/// Whether it is written down as a supplement.
fn is_taken(diary: &Diary, name: &str) -> bool {
    let mut supplements = diary
        .courses
        .iter()
        .filter(|c| c.kind == CourseKind::Supplement);
    supplements.any(|c| plain_name(&c.name) == plain_name(name))
}

fn nearest_supplement(name: &str) -> Option<&'static str> {
    let named = data::naming()
        .iter()
        .filter(|sense| sense.group == "supplement");
    let nutrients = data::nutrients()
        .iter()
        .flat_map(|n| n.names.iter().copied());
    let words = named.flat_map(|sense| sense.words.iter().copied());
    nearest_of(&plain_name(name), words.chain(nutrients))
}

/// The dose of an "on" day.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dose {
    pub(crate) amount: f64,
    pub(crate) unit: String,
    pub(crate) basis: Option<Basis>,
}

/// Why a dose cannot be told.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum NoDose {
    /// None was said.
    Missing,
    /// No amount with a unit, or several of them.
    NotRead { typed: String },
    /// Tablets or drops, of which nobody said how much they hold.
    Contents { unit: String },
    /// The weight of a salt, or of what is in it.
    Basis,
}

/// Reads the dose of an "on" day: `300 mg`, `2x150mg elemental`, `1000 IU`.
///
/// # Errors
/// Why it cannot be told.
pub(crate) fn read_dose_of_day(thing: &Thing, on: Option<&str>) -> Result<Dose, NoDose> {
    let on = on.ok_or(NoDose::Missing)?;
    let not_read = || NoDose::NotRead { typed: shown(on) };
    let plain = on.to_lowercase().replace('×', "x").replace(" x ", "x ");
    let mut words = plain
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| matches!(c, ',' | '(' | ')' | ';')));
    let (mut basis, mut times) = (None, 1.0);
    let mut amount: Option<String> = None;
    while let Some(word) = words.next() {
        let known = Basis::from_word(word.strip_prefix("basis=").unwrap_or(word));
        if known.is_some() {
            basis = known;
            continue;
        }
        // `2x` stands before the amount of one dose, or at its front
        let word = match word.split_once('x') {
            Some((count, one)) if is_figure(count) => {
                let count = count.parse::<f64>().ok();
                let doses = count.filter(|n| (1.0..=MOST_DOSES).contains(n));
                times = doses.ok_or_else(not_read)?;
                one
            }
            _ => word,
        };
        if !word.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        if amount.is_some() {
            return Err(not_read());
        }
        let has_unit = word.chars().any(char::is_alphabetic);
        let unit = match has_unit {
            true => "",
            false => words.next().unwrap_or_default(),
        };
        amount = Some(format!("{word}{unit}"));
    }
    let amount = amount.ok_or_else(not_read)?;
    let dose = read_dose(&thing.name, &amount).map_err(|_| not_read())?;
    let unit = dose.unit.ok_or_else(not_read)?;
    let total = dose.amount * times;
    if !(total > 0.0 && total.is_finite()) {
        return Err(not_read());
    }
    if let Some(nutrient) = thing.nutrient() {
        let read = unit::parse(&format!("1{unit}"));
        let weighs = read.is_ok_and(|q| q.to(nutrient.unit(), None).is_ok());
        if !weighs {
            return Err(NoDose::Contents { unit });
        }
    }
    Ok(Dose {
        amount: total,
        unit,
        basis,
    })
}

/// Most doses of a day.
const MOST_DOSES: f64 = 24.0;

fn is_figure(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}
