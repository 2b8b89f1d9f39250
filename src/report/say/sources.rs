//! Why a claim of the source documents is not recorded.

use crate::diary::claims::{Claim, Sort};

/// Why a claim that nothing recordable cites cannot be recorded as such.
pub(crate) fn reason(claim: &Claim, rules: &[&str]) -> &'static str {
    match (claim.id, claim.sort()) {
        ("S0:C0.5", _) => {
            "a way of going about it: one change at a time, each kept as a course (cramp help prevention)"
        }
        ("S0:C0.6" | "S4:C4.10", _) => {
            "advice to see a doctor: the flags say when; that you went is recorded with cramp flags --discussed"
        }
        (_, Some(Sort::Threshold | Sort::Rule | Sort::Disease)) if !rules.is_empty() => {
            "a matter of judgement, not of recording: weighed by the rules named"
        }
        (_, Some(Sort::Threshold | Sort::Rule | Sort::Disease)) => {
            "a way of thinking, not of recording: it shapes what the program says and what it leaves out"
        }
        (_, Some(Sort::Quantity)) => "a figure for the background; nothing to record",
        _ => "not something a diary can hold",
    }
}
