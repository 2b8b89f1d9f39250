//! Lists of what may be recorded, each with its sources, and of the sources with what cites them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::data;
use crate::data::tables::{Claim, Document, On, Work};
use crate::diary::factor::{Catalogue, FactorDef};
use crate::diary::lexicon::Sort;
use crate::diary::vocabulary::{
    BroughtOn, FactorKind, MedicineClass, Relief, RelievedBy, SymptomName, Timing,
};
use crate::diary::word::Word;
use crate::rules;
use crate::words::t;

type Sources = &'static [&'static str];

/// Every factor (`cramp factor list --json`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct FactorList {
    schema: u32,
    kind: &'static str,
    /// Built-in factors in their order, then the person's own; retired ones included and marked.
    pub(crate) factors: Vec<FactorRow>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct FactorRow {
    pub(crate) factor: String,
    pub(crate) label: String,
    #[serde(rename = "type")]
    pub(crate) kind: FactorKind,
    pub(crate) unit: Option<String>,
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
    pub(crate) choices: Vec<String>,
    pub(crate) accepted: String,
    pub(crate) timing: Timing,
    pub(crate) lags: Vec<u8>,
    pub(crate) group: String,
    pub(crate) question: String,
    pub(crate) note: Option<&'static str>,
    pub(crate) sources: Sources,
    pub(crate) built_in: bool,
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
            note: def.note,
            sources: def.sources,
            built_in: def.built_in,
            retired: def.retired,
        }
    }
}

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
    pub(crate) facts: Vec<FactRow>,
    /// Conditions rules know; others may be written too.
    pub(crate) conditions: Vec<ConditionRow>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct FactRow {
    pub(crate) key: &'static str,
    pub(crate) label: &'static str,
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) accepted: String,
    /// Whether several values may stand side by side.
    pub(crate) many: bool,
    pub(crate) question: &'static str,
    pub(crate) sources: Sources,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ConditionRow {
    pub(crate) condition: &'static str,
    pub(crate) label: &'static str,
    /// Other names read as this one.
    pub(crate) also: Sources,
    pub(crate) sources: Sources,
}

pub(crate) fn facts() -> FactList {
    let facts = data::facts().iter().map(|f| FactRow {
        key: f.fact,
        label: f.label,
        kind: f.takes.word(),
        accepted: f.takes.accepted(),
        many: f.many,
        question: f.question,
        sources: &f.sources,
    });
    let conditions = data::conditions().iter().map(|c| ConditionRow {
        condition: c.condition,
        label: c.label,
        also: &c.names,
        sources: &c.sources,
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
    pub(crate) symptoms: Vec<SymptomRow>,
    pub(crate) brought_on: &'static [BroughtOn],
    pub(crate) relieved_by: &'static [RelievedBy],
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct SymptomRow {
    pub(crate) symptom: SymptomName,
    pub(crate) label: &'static str,
    pub(crate) question: &'static str,
    pub(crate) sources: Sources,
}

pub(crate) fn symptoms() -> SymptomList {
    let rows = data::symptoms().iter().map(|s| SymptomRow {
        symptom: s.symptom,
        label: s.label,
        question: s.question,
        sources: &s.sources,
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
    pub(crate) fields: Vec<FieldRow>,
    pub(crate) relief: Vec<ReliefRow>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct FieldRow {
    pub(crate) field: &'static str,
    pub(crate) record: &'static str,
    pub(crate) label: &'static str,
    pub(crate) accepted: String,
    pub(crate) words: Vec<&'static str>,
    pub(crate) question: &'static str,
    pub(crate) sources: Sources,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ReliefRow {
    /// The word, written with a plus sign in `cramp log`.
    pub(crate) word: Relief,
    pub(crate) label: &'static str,
    pub(crate) sources: Sources,
}

pub(crate) fn words() -> WordList {
    let fields = data::fields().iter().map(|f| FieldRow {
        field: f.field,
        record: match f.record {
            On::Episode => "episode",
            On::Night => "night",
        },
        label: f.label,
        accepted: f.takes.accepted(),
        words: f.takes.words(),
        question: f.question,
        sources: &f.sources,
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

/// Where every claim and every work of the literature has its place (`cramp help sources --json`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct SourceList {
    schema: u32,
    kind: &'static str,
    pub(crate) documents: &'static [Document],
    pub(crate) claims: Vec<ClaimRow>,
    pub(crate) literature: &'static [Work],
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ClaimRow {
    pub(crate) claim: &'static str,
    /// What the document says, in our words.
    pub(crate) says: &'static str,
    /// What cites it: `factor room`, `field woke`, `relief stretch`, `me born`, `condition diabetes`, `symptom numbness`,
    /// `class statin`.
    pub(crate) recorded_as: Vec<String>,
    pub(crate) rules: Vec<&'static str>,
    /// Why nothing that can be recorded cites it; `None` when something does.
    pub(crate) reason: Option<&'static str>,
}

/// Every claim with what records it, or the reason why nothing does.
pub(crate) fn sources() -> SourceList {
    let cited = citations();
    let claims = data::claims().iter().map(|claim| {
        let recorded_as = cited.get(claim.claim).cloned().unwrap_or_default();
        let rules: Vec<&'static str> = rules::all()
            .filter(|rule| rule.sources.contains(&claim.claim))
            .map(|rule| rule.id)
            .collect();
        ClaimRow {
            claim: claim.claim,
            says: claim.says,
            reason: recorded_as.is_empty().then(|| reason(claim, &rules)),
            recorded_as,
            rules,
        }
    });
    SourceList {
        schema: 1,
        kind: "sources",
        documents: data::documents(),
        claims: claims.collect(),
        literature: data::literature(),
    }
}

/// Everything that can be recorded, by the source it cites.
pub(crate) fn citations() -> BTreeMap<&'static str, Vec<String>> {
    let mut cited: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    let mut cite = |what: String, sources: Sources| {
        for source in sources {
            cited.entry(source).or_default().push(what.clone());
        }
    };
    for factor in data::factors() {
        cite(format!("factor {}", factor.factor), &factor.sources);
    }
    for f in data::fields() {
        cite(format!("field {}", f.field), &f.sources);
    }
    for action in Relief::ALL {
        cite(
            format!("relief {action}"),
            crate::diary::lexicon::relief(*action).1,
        );
    }
    for fact in data::facts() {
        cite(format!("me {}", fact.fact), &fact.sources);
    }
    for c in data::conditions() {
        cite(format!("condition {}", c.condition), &c.sources);
    }
    for s in data::symptoms() {
        cite(format!("symptom {}", s.symptom), &s.sources);
    }
    for class in MedicineClass::ALL {
        let entry = data::medicines().iter().find(|c| c.class == *class);
        cite(format!("class {class}"), entry.map_or(&[], |c| &c.sources));
    }
    cited
}

/// Why a claim that nothing recordable cites cannot be recorded as such.
fn reason(claim: &'static Claim, rules: &[&str]) -> &'static str {
    if let Some(reason) = claim.no_record_because {
        return reason;
    }
    match claim.sort() {
        Some(Sort::Threshold | Sort::Rule | Sort::Disease) if !rules.is_empty() => {
            t!(help, "reason-judged-by-rules")
        }
        Some(Sort::Threshold | Sort::Rule | Sort::Disease) => t!(help, "reason-way-of-thinking"),
        Some(Sort::Quantity) => t!(help, "reason-figure"),
        _ => t!(help, "reason-other"),
    }
}
