//! Every rule in words, and every claim that is none.

use serde::Serialize;

use crate::data;
use crate::report::say::flags as say;
use crate::rules::{Rule, Sort, Urgency};

/// One rule, listed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct RuleLine {
    /// Its id.
    pub(crate) id: &'static str,
    /// What sort it is.
    pub(crate) sort: Sort,
    /// How soon.
    pub(crate) urgency: Urgency,
    /// How soon, in words.
    pub(crate) when: &'static str,
    /// When it fires, one line a part, deeper parts indented.
    pub(crate) condition: Vec<String>,
    /// What it says was observed.
    pub(crate) observed: &'static str,
    /// Why it matters.
    pub(crate) why: &'static str,
    /// What to do.
    #[serde(rename = "do")]
    pub(crate) advice: String,
    /// Claim ids and literature keys.
    pub(crate) sources: &'static [&'static str],
    /// The threshold is a proposal of this program.
    pub(crate) proposal: bool,
    /// The day it was last compared with its sources.
    pub(crate) reviewed: &'static str,
}

/// A claim of the source documents that no rule rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ClaimLine {
    /// Its id.
    pub(crate) claim: &'static str,
    /// What it says.
    pub(crate) says: &'static str,
    /// Why it is no rule.
    pub(crate) reason: &'static str,
}

/// Every rule, and every claim about diseases, thresholds, rules and groups that is none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct RulesReport {
    /// Version of the shape.
    pub(crate) schema: u8,
    /// What it is.
    pub(crate) kind: &'static str,
    /// Every rule.
    pub(crate) rules: Vec<RuleLine>,
    /// Claims without a rule.
    pub(crate) claims_without_rule: Vec<ClaimLine>,
    /// What must be known to read the rules.
    pub(crate) notes: Vec<&'static str>,
}

/// Every rule in words.
pub(crate) fn rules() -> RulesReport {
    let line = |rule: &'static Rule| RuleLine {
        id: rule.id,
        sort: rule.sort,
        urgency: rule.urgency,
        when: say::heading(rule.urgency),
        condition: rule.when.explain(),
        observed: rule.observed,
        why: rule.why,
        advice: say::advice(rule),
        sources: &rule.sources,
        proposal: rule.proposal,
        reviewed: rule.reviewed,
    };
    RulesReport {
        schema: 1,
        kind: "rules",
        rules: crate::rules::all().map(line).collect(),
        claims_without_rule: crate::rules::claims_without_rule()
            .iter()
            .map(|entry| ClaimLine {
                claim: entry.claim,
                says: crate::diary::citation::claim(entry.claim).map_or("", |c| c.says),
                reason: entry.reason,
            })
            .collect(),
        notes: say::rule_notes(),
    }
}

/// Whether a rule has this id.
pub(crate) fn is_rule(id: &str) -> bool {
    crate::rules::find(id).is_some()
}

/// The id most like a misspelt one.
pub(crate) fn nearest_rule(id: &str) -> Option<&'static str> {
    crate::diary::text::nearest_of(id, crate::rules::all().map(|rule| rule.id))
}
