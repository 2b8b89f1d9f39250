//! The wording of flags: observed, why, whom to ask and when, what would make it urgent. Never a cause, a probability or
//! an all-clear.

use crate::diary::{claims, literature};
use crate::report::flags::Flag;
use crate::report::say;
use crate::rules::evaluate::{dates, night_count};
use crate::rules::{Evaluation, Evidence, EvidenceKind, Finding, Persistence, Rule, Urgency};

/// What is said when nothing fires. It is about the entries, not about the person.
pub(crate) const NOTHING: &str = "No warning entry recorded.";
/// What flags are not.
const NOT_A_DIAGNOSIS: &str =
    "This is a diary. It makes no diagnosis, and it cannot see what was not written down.";
/// Said wherever a threshold of our own is shown.
pub(crate) const OWN_THRESHOLD: &str =
    "The exact limit is a proposal of this program; no guideline states it.";

/// What must be known to read the rules.
pub(crate) const RULE_NOTES: &[&str] = &[
    "Each rule answers yes, no or unknown; what was not written down is unknown and never no.",
    "Yes about frequency is said on recorded nights alone; no is said only when 10 of 14 nights are recorded.",
    "A flag that was discussed returns when it gets worse: a red or same-day flag with any new entry; the others with a new sign, two points more on ten, a larger dose, or half as many nights more (and at least two) in four weeks.",
    "The rules were compared with their sources by the makers of this program. No clinician has reviewed them yet.",
    NOT_A_DIAGNOSIS,
];

/// How soon, as a heading.
pub(crate) fn heading(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Emergency => "EMERGENCY: call now",
        Urgency::SameDay => "TODAY",
        Urgency::Soon => "SOON (about two weeks)",
        Urgency::Routine => "AT YOUR NEXT VISIT",
    }
}

/// Since when, on how many nights, new or persistent.
pub(crate) fn lasting(flag: &Flag) -> String {
    let nights: std::collections::BTreeSet<_> =
        flag.evidence.iter().filter_map(|e| e.night).collect();
    let mut text = match flag.status {
        Persistence::New => "New".to_string(),
        Persistence::Persistent => "Persistent".to_string(),
    };
    if let (Some(first), Some(last)) = (flag.first, flag.last) {
        text.push_str(&format!(": first entry {first}, last entry {last}"));
    }
    format!(
        "{text}; {}, {}.",
        say::count(flag.evidence.len(), "entry").replace("entrys", "entries"),
        say::count(nights.len(), "night")
    )
}

/// A claim id or literature key with what it says or is.
pub(crate) fn source(key: &str) -> String {
    if let Some(claim) = claims::find(key) {
        return format!("{key}: {}", claim.says);
    }
    match literature::find(key) {
        Some(work) if work.place.is_empty() => format!("{key}: {}", work.what),
        Some(work) => format!("{key}: {} ({})", work.what, work.place),
        None => key.to_string(),
    }
}

/// What was observed, with the entries' subjects and dates filled in.
pub(crate) fn observed(rule: &Rule, finding: &Finding) -> String {
    let amount = finding.amount.map_or(String::new(), |(amount, unit)| {
        format!("{} {unit}", say::number(amount))
    });
    rule.observed
        .replace("{what}", &subjects(&finding.evidence))
        .replace("{dates}", &between(&finding.evidence))
        .replace("{nights}", &night_count(&finding.evidence).to_string())
        .replace("{amount}", &amount)
        .replace("  ", " ")
        .replace(" .", ".")
        .replace(" ,", ",")
        .replace(" :", ":")
}

/// Whom to ask, when, what to do, and what would make it more urgent.
pub(crate) fn advice(rule: &Rule) -> String {
    let first = match rule.urgency {
        Urgency::Emergency => {
            "Call your emergency number now, for example 112, 999 or 911.".to_string()
        }
        Urgency::SameDay => format!("Contact {} today.", rule.whom),
        Urgency::Soon => format!("Contact {} within about two weeks.", rule.whom),
        Urgency::Routine => format!("Bring it up with {} at your next visit.", rule.whom),
    };
    let parts: Vec<&str> = [first.as_str(), rule.advice, rule.worse]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" ")
}

/// What the entries are about, each once, in the order of the dates: "swelling (left) and calf tenderness (left)".
fn subjects(evidence: &[Evidence]) -> String {
    let mut named: Vec<(String, Vec<String>)> = Vec::new();
    for entry in evidence {
        let side = match (entry.kind, entry.side) {
            (EvidenceKind::Symptom, Some(side)) => Some(side.to_string()),
            _ => None,
        };
        match named.iter_mut().find(|(about, _)| *about == entry.about) {
            Some((_, sides)) => sides.extend(side.filter(|s| !sides.contains(s))),
            None => named.push((entry.about.clone(), side.into_iter().collect())),
        }
    }
    let named: Vec<String> = named
        .into_iter()
        .map(|(about, sides)| match sides.is_empty() {
            true => about,
            false => format!("{about} ({})", sides.join(", ")),
        })
        .collect();
    match named.split_last() {
        None => "an entry".to_string(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// "on 2026-03-03", "in the night of 2026-03-03", "between 2026-03-03 and 2026-03-20", or nothing when no entry has a date.
fn between(evidence: &[Evidence]) -> String {
    let day = say::date;
    let by_day = |e: &Evidence| !matches!(e.kind, EvidenceKind::Episode | EvidenceKind::Night);
    let only_nights = !evidence.iter().any(|e| e.date.is_some() && by_day(e));
    match dates(evidence) {
        (Some(first), Some(last)) if first == last && only_nights => {
            format!("in the night of {}", day(first))
        }
        (Some(first), Some(last)) if first == last => format!("on {}", day(first)),
        (Some(first), Some(last)) => format!("between {} and {}", day(first), day(last)),
        _ => String::new(),
    }
}

/// What else must be known to read the flags.
pub(crate) fn notes(evaluation: &Evaluation) -> Vec<String> {
    let mut notes = Vec::new();
    let coverage = evaluation.coverage;
    notes.push(format!(
        "{} of the last {} nights are recorded. A night that is not recorded never counts as calm.",
        coverage.recorded, coverage.nights
    ));
    for period in &evaluation.excluded {
        notes.push(format!(
            "Left out of frequency: {} to {} ({}).",
            say::date(period.from.date()),
            say::date(period.to.date()),
            period.text
        ));
    }
    notes.push(NOT_A_DIAGNOSIS.to_string());
    notes
}
