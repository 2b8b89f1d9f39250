//! `cramp help sources`: the documents the program answers to, and where each of their claims has its place.

use crate::report::help::{Topic, heading, item, says};
use crate::report::source_list::{self, ClaimRow};

/// Every source.
pub(super) fn sources() -> Topic {
    let list = source_list::sources();
    let mut blocks = vec![
        says(
            "Everything that may be recorded, and every rule, names who says that it matters. A source such as S0:F0.7 is a claim of one of five \
             web articles for lay readers, translated by machine; GAR15 is a work of the literature. A claim is what a document says, not what is \
             known: where studies disagree, the place that cites it says so.",
        ),
        heading("Documents"),
    ];
    blocks.extend(list.documents.iter().map(|d| item(d.document, d.about)));
    blocks.push(heading("Claims that cannot be recorded, and why"));
    let (held, other): (Vec<_>, Vec<_>) = list.claims.iter().partition(|c| c.reason.is_none());
    blocks.extend(other.iter().map(|claim| {
        let reason = claim.reason.unwrap_or_default();
        item(
            claim.claim,
            format!("{}: {reason}{}", claim.says, rules(claim)),
        )
    }));
    blocks.push(heading("Claims and where they are recorded"));
    blocks.extend(held.iter().map(|claim| {
        let places = claim.recorded_as.join(", ");
        item(
            claim.claim,
            format!("{}: {places}{}", claim.says, rules(claim)),
        )
    }));
    blocks.push(heading("Literature"));
    blocks.push(says(
        "Mostly read as abstract or first page; read the full text before relying on more than is said here.",
    ));
    blocks.extend(list.literature.iter().map(|work| {
        item(
            work.key,
            format!("{}. {}", work.what, work.place).trim_end(),
        )
    }));
    Topic::new("sources", "Who says so", blocks)
}

/// The rules that rest on a claim, to follow what records it.
fn rules(claim: &ClaimRow) -> String {
    if claim.rules.is_empty() {
        String::new()
    } else {
        format!("; rules: {}", claim.rules.join(", "))
    }
}
