//! Lists of what may be recorded, each with its sources, of the sources with what cites them, and of the rules.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::data;
use crate::data::tables::{Action, Claim, Condition, Document, Fact, Field, On, Symptom, Work};
use crate::diary::factor::{Catalogue, FactorDef};
use crate::diary::lexicon::{self, Sort};
use crate::diary::vocabulary::{
    BroughtOn, FactorKind, MedicineClass, Relief, RelievedBy, SymptomName, Timing,
};
use crate::diary::word::Word;
use crate::rules::{self, ClaimWithoutRule, Rule, Urgency};
use crate::words::t;

type Sources = &'static [&'static str];

/// A row of a list: a struct, and where each of its fields comes from.
macro_rules! row {
    ($row:ident of $from:ident: $type:ty { $($(#[$meta:meta])* $field:ident: $of:ty = $value:expr,)+ }) => {
        #[derive(Debug, Clone, PartialEq, Serialize)]
        pub(crate) struct $row {
            $($(#[$meta])* pub(crate) $field: $of,)+
        }

        impl $row {
            fn of($from: $type) -> Self {
                $row { $($field: $value,)+ }
            }
        }
    };
}

/// Every factor (`cramp factor list --json`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct FactorList {
    schema: u32,
    kind: &'static str,
    /// Built-in factors in their order, then the person's own; retired ones included and marked.
    pub(crate) factors: Vec<FactorRow>,
}

row!(FactorRow of def: &FactorDef {
    factor: String = def.factor.to_string(),
    label: String = def.label.to_string(),
    #[serde(rename = "type")]
    kind: FactorKind = def.kind,
    unit: Option<String> = def.unit.as_ref().map(ToString::to_string),
    min: Option<f64> = def.min.filter(|_| def.kind != FactorKind::YesNo),
    max: Option<f64> = def.max.filter(|_| def.kind != FactorKind::YesNo),
    choices: Vec<String> = def.choices.iter().map(ToString::to_string).collect(),
    accepted: String = def.accepted(),
    timing: Timing = def.timing,
    lags: Vec<u8> = def.lags.to_vec(),
    group: String = def.group.to_string(),
    question: String = def.question.to_string(),
    note: Option<&'static str> = def.note,
    sources: Sources = def.sources,
    built_in: bool = def.built_in,
    retired: bool = def.retired,
});

pub(crate) fn factors(catalogue: &Catalogue) -> FactorList {
    FactorList {
        schema: 1,
        kind: "factors",
        factors: catalogue.all().iter().map(FactorRow::of).collect(),
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

row!(FactRow of f: &'static Fact {
    key: &'static str = f.fact,
    label: &'static str = f.label,
    #[serde(rename = "type")]
    kind: &'static str = f.takes.word(),
    accepted: String = f.takes.accepted(),
    /// Whether several values may stand side by side.
    many: bool = f.many,
    question: &'static str = f.question,
    sources: Sources = &f.sources,
});

row!(ConditionRow of c: &'static Condition {
    condition: &'static str = c.condition,
    label: &'static str = c.label,
    /// Other names read as this one.
    also: Sources = &c.names,
    sources: Sources = &c.sources,
});

pub(crate) fn facts() -> FactList {
    FactList {
        schema: 1,
        kind: "facts",
        facts: data::facts().iter().map(FactRow::of).collect(),
        conditions: data::conditions().iter().map(ConditionRow::of).collect(),
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

row!(SymptomRow of s: &'static Symptom {
    symptom: SymptomName = s.symptom,
    label: &'static str = s.label,
    question: &'static str = s.question,
    sources: Sources = &s.sources,
});

pub(crate) fn symptoms() -> SymptomList {
    SymptomList {
        schema: 1,
        kind: "symptoms",
        symptoms: data::symptoms().iter().map(SymptomRow::of).collect(),
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

row!(FieldRow of f: &'static Field {
    field: &'static str = f.field,
    record: &'static str = match f.record {
        On::Episode => "episode",
        On::Night => "night",
    },
    label: &'static str = f.label,
    accepted: String = f.takes.accepted(),
    words: Vec<&'static str> = f.takes.words(),
    question: &'static str = f.question,
    sources: Sources = &f.sources,
});

row!(ReliefRow of a: &'static Action {
    /// Written with a plus sign in `cramp log`.
    word: Relief = a.action,
    label: &'static str = a.label,
    sources: Sources = &a.sources,
});

pub(crate) fn words() -> WordList {
    WordList {
        schema: 1,
        kind: "words",
        fields: data::fields().iter().map(FieldRow::of).collect(),
        relief: data::actions().iter().map(ReliefRow::of).collect(),
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
    for a in data::actions() {
        cite(format!("relief {}", a.action), &a.sources);
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

row!(RuleLine of rule: &'static Rule {
    id: &'static str = rule.id,
    sort: rules::Sort = rule.sort,
    urgency: Urgency = rule.urgency,
    when: &'static str = rules::heading(rule.urgency),
    /// When it fires, one line a part, deeper parts indented.
    condition: Vec<String> = rule.when.explain(),
    observed: String = rules::recorded(rule.observed, rules::Reader::Patient),
    why: &'static str = rule.why,
    #[serde(rename = "do")]
    advice: String = rules::advice(rule, None),
    sources: Sources = &rule.sources,
    /// The threshold is a proposal of this program.
    proposal: bool = rule.proposal,
    /// The day it was last compared with its sources.
    reviewed: &'static str = rule.reviewed,
});

row!(ClaimLine of entry: &'static ClaimWithoutRule {
    claim: &'static str = entry.claim,
    says: &'static str = lexicon::claim(entry.claim).map_or("", |c| c.says),
    reason: &'static str = entry.reason,
});

/// Every rule, and every claim about diseases, thresholds, rules and groups that is none (`cramp flags --rules`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct RulesReport {
    schema: u8,
    kind: &'static str,
    pub(crate) rules: Vec<RuleLine>,
    pub(crate) claims_without_rule: Vec<ClaimLine>,
    pub(crate) notes: Vec<&'static str>,
}

pub(crate) fn rules() -> RulesReport {
    RulesReport {
        schema: 1,
        kind: "rules",
        rules: rules::all().map(RuleLine::of).collect(),
        claims_without_rule: rules::claims_without_rule()
            .iter()
            .map(ClaimLine::of)
            .collect(),
        notes: vec![
            t!(flags, "rules-three-answers"),
            t!(flags, "rules-over"),
            t!(flags, "rules-frequency"),
            t!(flags, "rules-discussed"),
            t!(flags, "rules-reviewed"),
            t!(flags, "not-a-diagnosis"),
        ],
    }
}
