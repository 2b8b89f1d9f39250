//! Lists of what may be recorded, each with its sources.

use serde::Serialize;

use crate::diary::catalogue::Catalogue;
use crate::diary::fact::{CONDITIONS, FACTS};
use crate::diary::factor::FactorDef;
use crate::diary::field::{self, FIELDS, On};
use crate::diary::symptom;
use crate::diary::vocabulary::{BroughtOn, FactorKind, Relief, RelievedBy, SymptomName, Timing};
use crate::diary::word::Word;

/// Every factor (`cramp factor list --json`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct FactorList {
    schema: u32,
    kind: &'static str,
    /// Built-in factors in their order, then the person's own; retired ones included and marked.
    pub(crate) factors: Vec<FactorRow>,
}

/// One factor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct FactorRow {
    /// The name on the command line.
    pub(crate) factor: String,
    /// The name in sentences.
    pub(crate) label: String,
    /// How it is measured.
    #[serde(rename = "type")]
    pub(crate) kind: FactorKind,
    /// The unit values are kept in.
    pub(crate) unit: Option<String>,
    /// Smallest value accepted.
    pub(crate) min: Option<f64>,
    /// Largest value accepted.
    pub(crate) max: Option<f64>,
    /// The words of a choice.
    pub(crate) choices: Vec<String>,
    /// What may be typed, in words.
    pub(crate) accepted: String,
    /// The part of the day it speaks of.
    pub(crate) timing: Timing,
    /// Days before the night at which a link is looked for.
    pub(crate) lags: Vec<u8>,
    /// The heading it is listed under.
    pub(crate) group: String,
    /// The question of the check-in.
    pub(crate) question: String,
    /// Contradictions between the sources, or how the value is meant.
    pub(crate) note: Option<String>,
    /// Claims and literature keys.
    pub(crate) sources: Vec<&'static str>,
    /// Part of the program, not added by the person.
    pub(crate) built_in: bool,
    /// Put away.
    pub(crate) retired: bool,
}

impl From<&FactorDef> for FactorRow {
    fn from(def: &FactorDef) -> Self {
        FactorRow {
            factor: def.factor.to_string(),
            label: def.label.to_string(),
            kind: def.kind,
            unit: def.unit.as_ref().map(ToString::to_string),
            min: def.min.filter(|_| def.kind != FactorKind::YesNo),
            max: def.max.filter(|_| def.kind != FactorKind::YesNo),
            choices: def.choices.iter().map(ToString::to_string).collect(),
            accepted: def.accepted(),
            timing: def.timing,
            lags: def.lags.to_vec(),
            group: def.group.to_string(),
            question: def.question.to_string(),
            note: def.note.map(str::to_string),
            sources: def.sources.to_vec(),
            built_in: def.built_in,
            retired: def.retired,
        }
    }
}

/// Every factor of a catalogue.
pub(crate) fn factors(catalogue: &Catalogue) -> FactorList {
    FactorList {
        schema: 1,
        kind: "factors",
        factors: catalogue.all().iter().map(FactorRow::from).collect(),
    }
}

/// Every fact about the person (`cramp me --list --json`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct FactList {
    schema: u32,
    kind: &'static str,
    /// Every fact.
    pub(crate) facts: Vec<FactRow>,
    /// Conditions rules know; others may be written too.
    pub(crate) conditions: Vec<ConditionRow>,
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct FactRow {
    /// The key.
    pub(crate) key: &'static str,
    /// The name in sentences.
    pub(crate) label: &'static str,
    /// The sort of value.
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    /// What may be typed.
    pub(crate) accepted: String,
    /// Whether several values may stand side by side.
    pub(crate) many: bool,
    /// The question that asks for it.
    pub(crate) question: &'static str,
    /// Claims and literature keys.
    pub(crate) sources: &'static [&'static str],
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ConditionRow {
    /// The word that is stored.
    pub(crate) condition: &'static str,
    /// The name in sentences.
    pub(crate) label: &'static str,
    /// Other names read as this one.
    pub(crate) also: &'static [&'static str],
    /// Claims and literature keys.
    pub(crate) sources: &'static [&'static str],
}

/// Every fact and condition.
pub(crate) fn facts() -> FactList {
    let facts = FACTS.iter().map(|f| FactRow {
        key: f.key,
        label: f.label,
        kind: f.kind.word(),
        accepted: f.kind.accepted(),
        many: f.many,
        question: f.question,
        sources: f.sources,
    });
    let conditions = CONDITIONS.iter().map(|c| ConditionRow {
        condition: c.condition,
        label: c.label,
        also: c.also,
        sources: c.sources,
    });
    FactList {
        schema: 1,
        kind: "facts",
        facts: facts.collect(),
        conditions: conditions.collect(),
    }
}

/// Every symptom (`cramp symptom --list --json`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct SymptomList {
    schema: u32,
    kind: &'static str,
    /// Every symptom, in the order of the vocabulary.
    pub(crate) symptoms: Vec<SymptomRow>,
    /// Words for what brings a symptom on.
    pub(crate) brought_on: &'static [BroughtOn],
    /// Words for what relieves it.
    pub(crate) relieved_by: &'static [RelievedBy],
}

/// One symptom.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct SymptomRow {
    /// The word on the command line.
    pub(crate) symptom: SymptomName,
    /// The name in sentences.
    pub(crate) label: &'static str,
    /// The question of the weekly check.
    pub(crate) question: &'static str,
    /// Claims and literature keys.
    pub(crate) sources: &'static [&'static str],
}

/// Every symptom.
pub(crate) fn symptoms() -> SymptomList {
    let rows = SymptomName::ALL.iter().map(|name| {
        let about = symptom::about(*name);
        SymptomRow {
            symptom: *name,
            label: about.label,
            question: about.question,
            sources: about.sources,
        }
    });
    SymptomList {
        schema: 1,
        kind: "symptoms",
        symptoms: rows.collect(),
        brought_on: BroughtOn::ALL,
        relieved_by: RelievedBy::ALL,
    }
}

/// The words of `cramp log` and `cramp night` (`cramp log --words --json`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct WordList {
    schema: u32,
    kind: &'static str,
    /// Every field of an episode and of a night.
    pub(crate) fields: Vec<FieldRow>,
    /// What each relief action means.
    pub(crate) relief: Vec<ReliefRow>,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct FieldRow {
    /// The key.
    pub(crate) field: &'static str,
    /// `episode` or `night`.
    pub(crate) record: &'static str,
    /// The name in sentences.
    pub(crate) label: &'static str,
    /// What may be typed, in words.
    pub(crate) accepted: String,
    /// Every accepted word, where it is a closed set.
    pub(crate) words: Vec<&'static str>,
    /// The question that asks for it.
    pub(crate) question: &'static str,
    /// Claims and literature keys.
    pub(crate) sources: &'static [&'static str],
}

/// One relief action.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ReliefRow {
    /// The word, written with a plus sign in `cramp log`.
    pub(crate) word: Relief,
    /// What it means.
    pub(crate) label: &'static str,
    /// Claims and literature keys.
    pub(crate) sources: &'static [&'static str],
}

/// The words of an episode and of a night.
pub(crate) fn words() -> WordList {
    let fields = FIELDS.iter().map(|f| FieldRow {
        field: f.field,
        record: match f.on() {
            On::Episode => "episode",
            On::Night => "night",
        },
        label: f.label,
        accepted: f.takes.accepted(),
        words: f.takes.words(),
        question: f.question,
        sources: f.sources,
    });
    let relief = Relief::ALL.iter().map(|word| {
        let (label, sources) = crate::diary::lexicon::relief(*word);
        ReliefRow {
            word: *word,
            label,
            sources,
        }
    });
    WordList {
        schema: 1,
        kind: "words",
        fields: fields.collect(),
        relief: relief.collect(),
    }
}
