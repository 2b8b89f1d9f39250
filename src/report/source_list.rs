//! Where every claim of the source documents has its place: what records it, which rules rest on it, or why neither.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diary::catalogue::Catalogue;
use crate::diary::claims::{CLAIMS, Claim, DOCUMENTS, Sort};
use crate::diary::fact::{CONDITIONS, FACTS};
use crate::diary::field::{self, FIELDS};
use crate::diary::literature::WORKS;
use crate::diary::medicine;
use crate::diary::symptom;
use crate::diary::vocabulary::{MedicineClass, Relief, SymptomName};
use crate::diary::word::Word;
use crate::rules;
use crate::words::t;

/// Where every claim and every work of the literature has its place (`cramp help sources --json`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct SourceList {
    schema: u32,
    kind: &'static str,
    /// The source documents.
    pub(crate) documents: Vec<DocumentRow>,
    /// Every claim.
    pub(crate) claims: Vec<ClaimRow>,
    /// Every work.
    pub(crate) literature: Vec<WorkRow>,
}

/// One source document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct DocumentRow {
    /// The name claims begin with.
    pub(crate) document: &'static str,
    /// What it is about.
    pub(crate) about: &'static str,
}

/// One claim.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ClaimRow {
    /// Its id.
    pub(crate) claim: &'static str,
    /// What the document says, in our words.
    pub(crate) says: &'static str,
    /// What cites it: `factor room`, `field woke`, `relief stretch`, `me born`, `condition diabetes`, `symptom numbness`,
    /// `class statin`.
    pub(crate) recorded_as: Vec<String>,
    /// Rules that rest on it (`cramp flags --rules`).
    pub(crate) rules: Vec<&'static str>,
    /// Why nothing that can be recorded cites it; `None` when something does.
    pub(crate) reason: Option<&'static str>,
}

/// One work of the literature.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct WorkRow {
    /// Its key.
    pub(crate) key: &'static str,
    /// What it is.
    pub(crate) what: &'static str,
    /// Where to find it.
    pub(crate) place: &'static str,
}

/// Every claim with what records it, or the reason why nothing does.
pub(crate) fn sources() -> SourceList {
    let cited = citations();
    let claims = CLAIMS.iter().map(|claim| {
        let recorded_as = cited.get(claim.id).cloned().unwrap_or_default();
        let rules: Vec<&'static str> = rules::all()
            .filter(|rule| rule.sources.contains(&claim.id))
            .map(|rule| rule.id)
            .collect();
        ClaimRow {
            claim: claim.id,
            says: claim.says,
            reason: recorded_as.is_empty().then(|| reason(claim, &rules)),
            recorded_as,
            rules,
        }
    });
    let documents = DOCUMENTS
        .iter()
        .map(|(document, about)| DocumentRow { document, about });
    let literature = WORKS.iter().map(|work| WorkRow {
        key: work.key,
        what: work.what,
        place: work.place,
    });
    SourceList {
        schema: 1,
        kind: "sources",
        documents: documents.collect(),
        claims: claims.collect(),
        literature: literature.collect(),
    }
}

/// Everything that can be recorded, by the source it cites.
pub(crate) fn citations() -> BTreeMap<&'static str, Vec<String>> {
    let mut cited: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    let mut cite = |what: String, sources: &[&'static str]| {
        for source in sources {
            cited.entry(source).or_default().push(what.clone());
        }
    };
    for def in Catalogue::built_in().iter() {
        cite(format!("factor {}", def.factor), def.sources);
    }
    for f in FIELDS {
        cite(format!("field {}", f.field), f.sources);
    }
    for action in Relief::ALL {
        cite(
            format!("relief {action}"),
            crate::diary::lexicon::relief(*action).1,
        );
    }
    for fact in FACTS {
        cite(format!("me {}", fact.key), fact.sources);
    }
    for c in CONDITIONS {
        cite(format!("condition {}", c.condition), c.sources);
    }
    for name in SymptomName::ALL {
        cite(format!("symptom {name}"), symptom::about(*name).sources);
    }
    for class in MedicineClass::ALL {
        cite(format!("class {class}"), medicine::about(*class).sources);
    }
    cited
}

/// Why a claim that nothing recordable cites cannot be recorded as such.
fn reason(claim: &Claim, rules: &[&str]) -> &'static str {
    match (claim.id, claim.sort()) {
        ("S0:C0.5", _) => t!(help, "reason-change-one-thing"),
        ("S0:C0.6" | "S4:C4.10", _) => t!(help, "reason-see-a-doctor"),
        (_, Some(Sort::Threshold | Sort::Rule | Sort::Disease)) if !rules.is_empty() => {
            t!(help, "reason-judged-by-rules")
        }
        (_, Some(Sort::Threshold | Sort::Rule | Sort::Disease)) => {
            t!(help, "reason-way-of-thinking")
        }
        (_, Some(Sort::Quantity)) => t!(help, "reason-figure"),
        _ => t!(help, "reason-other"),
    }
}
