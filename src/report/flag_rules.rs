//! Every rule in words, and every claim that is none.

use serde::Serialize;

use crate::report::say::flags as say;
use crate::rules::{Rule, Sort, Urgency};

/// One rule, listed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleLine {
    /// Its id.
    pub id: &'static str,
    /// What sort it is.
    pub sort: Sort,
    /// How soon.
    pub urgency: Urgency,
    /// How soon, in words.
    pub when: &'static str,
    /// When it fires, one line a part, deeper parts indented.
    pub condition: Vec<String>,
    /// What it says was observed.
    pub observed: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do.
    #[serde(rename = "do")]
    pub advice: String,
    /// Claim ids and literature keys.
    pub sources: &'static [&'static str],
    /// The threshold is a proposal of this program.
    pub proposal: bool,
    /// The day it was last compared with its sources.
    pub reviewed: &'static str,
}

/// A claim of the source documents that no rule rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimLine {
    /// Its id.
    pub claim: &'static str,
    /// What it says.
    pub says: &'static str,
    /// Why it is no rule.
    pub reason: &'static str,
}

/// Every rule, and every claim about diseases, thresholds, rules and groups that is none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RulesReport {
    /// Version of the shape.
    pub schema: u8,
    /// What it is.
    pub kind: &'static str,
    /// Every rule.
    pub rules: Vec<RuleLine>,
    /// Claims without a rule.
    pub claims_without_rule: Vec<ClaimLine>,
    /// What must be known to read the rules.
    pub notes: Vec<&'static str>,
}

/// Every rule in words.
pub fn rules() -> RulesReport {
    let line = |rule: &'static Rule| RuleLine {
        id: rule.id,
        sort: rule.sort,
        urgency: rule.urgency,
        when: say::heading(rule.urgency),
        condition: rule.when.explain(),
        observed: rule.observed,
        why: rule.why,
        advice: say::advice(rule),
        sources: rule.sources,
        proposal: rule.proposal,
        reviewed: rule.reviewed,
    };
    RulesReport {
        schema: 1,
        kind: "rules",
        rules: crate::rules::all().map(line).collect(),
        claims_without_rule: crate::rules::CLAIMS_WITHOUT_RULE
            .iter()
            .map(|(claim, reason)| ClaimLine {
                claim,
                says: crate::diary::claims::find(claim).map_or("", |c| c.says),
                reason,
            })
            .collect(),
        notes: say::RULE_NOTES.to_vec(),
    }
}

/// Whether a rule has this id.
pub fn is_rule(id: &str) -> bool {
    crate::rules::find(id).is_some()
}

/// The id most like a misspelt one.
pub fn nearest_rule(id: &str) -> Option<&'static str> {
    crate::diary::catalogue::nearest_of(id, crate::rules::all().map(|rule| rule.id))
}
