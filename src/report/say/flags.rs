//! The wording of flags: observed, why, whom to ask and when, what would make it urgent. Never a cause, a probability or
//! an all-clear.

use chrono::NaiveDate;

use crate::diary::{Key, citation};
use crate::report::flags::{Flag, Talk};
use crate::report::say::print::printable;
use crate::rules::evaluate::{dates, night_count};
use crate::rules::{Evaluation, Evidence, Finding, Persistence, Rule, Urgency};
use crate::words::{date, nights, number, t};

/// What must be known to read the rules.
pub(crate) fn rule_notes() -> Vec<&'static str> {
    vec![
        t!(flags, "rules-three-answers"),
        t!(flags, "rules-frequency"),
        t!(flags, "rules-discussed"),
        t!(flags, "rules-reviewed"),
        t!(flags, "not-a-diagnosis"),
    ]
}

/// How soon, as a heading.
pub(crate) fn heading(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Emergency => t!(flags, "emergency"),
        Urgency::SameDay => t!(flags, "same-day"),
        Urgency::Soon => t!(flags, "soon"),
        Urgency::Routine => t!(flags, "routine"),
    }
}

/// Since when, on how many nights, new or persistent.
pub(crate) fn lasting(flag: &Flag) -> String {
    let on: std::collections::BTreeSet<_> = flag.evidence.iter().filter_map(|e| e.night).collect();
    let mut status = match flag.status {
        Persistence::New => t!(flags, "new").to_string(),
        Persistence::Persistent => t!(flags, "persistent").to_string(),
    };
    if let (Some(first), Some(last)) = (flag.first, flag.last) {
        status = t!(flags, "dated", status, first, last);
    }
    let entries = flag.evidence.len();
    t!(flags, "lasting", status, entries, nights = nights(on.len()))
}

/// A claim id or literature key with what it says or is.
pub(crate) fn source(key: &str) -> String {
    if let Some(claim) = citation::claim(key) {
        return format!("{key}: {}", claim.says);
    }
    match citation::work(key) {
        Some(work) if work.place.is_empty() => format!("{key}: {}", work.what),
        Some(work) => format!("{key}: {} ({})", work.what, work.place),
        None => key.to_string(),
    }
}

/// What was observed, with the entries' subjects and dates filled in.
pub(crate) fn observed(rule: &Rule, finding: &Finding) -> String {
    let amount = finding.amount.map_or(String::new(), |(amount, unit)| {
        format!("{} {unit}", number(amount))
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
    let whom = rule.whom;
    let first = match rule.urgency {
        Urgency::Emergency => t!(flags, "call").to_string(),
        Urgency::SameDay => t!(flags, "contact-today", whom),
        Urgency::Soon => t!(flags, "contact-soon", whom),
        Urgency::Routine => t!(flags, "next-visit", whom),
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
        let side = match (&entry.key, entry.side) {
            (Key::Symptom(_), Some(side)) => Some(side.to_string()),
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
        None => t!(flags, "an-entry").to_string(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => t!(flags, "and", first = rest.join(", "), last),
    }
}

/// "on 2026-03-03", "in the night of 2026-03-03", "between 2026-03-03 and 2026-03-20", or nothing when no entry has a date.
fn between(evidence: &[Evidence]) -> String {
    let by_day = |e: &Evidence| !matches!(e.key, Key::Episode(_) | Key::Night(_));
    let only_nights = !evidence.iter().any(|e| e.date.is_some() && by_day(e));
    match dates(evidence) {
        (Some(date), Some(last)) if date == last && only_nights => t!(flags, "in-night", date),
        (Some(date), Some(last)) if date == last => t!(flags, "on", date),
        (Some(first), Some(last)) => t!(flags, "between", first, last),
        _ => String::new(),
    }
}

/// What else must be known to read the flags.
pub(crate) fn notes(evaluation: &Evaluation) -> Vec<String> {
    let c = evaluation.coverage;
    let mut notes = vec![t!(
        flags,
        "coverage",
        recorded = c.recorded,
        nights = c.nights
    )];
    notes.extend(evaluation.excluded.iter().map(|period| {
        t!(
            flags,
            "excluded",
            from = period.from,
            to = period.to,
            why = period.text
        )
    }));
    notes.push(t!(flags, "not-a-diagnosis").to_string());
    notes
}

/// A talk about a flag, and why it is back.
pub(crate) fn talk(talk: &Talk) -> String {
    let date = talk.date;
    let mut line = match &talk.text {
        Some(text) => t!(flags, "talk-about", date, text),
        None => t!(flags, "talk", date),
    };
    if let Some(worse) = &talk.worse {
        line = format!("{line} {}", t!(flags, "back", worse));
    }
    line
}

/// The days of the entries behind a flag.
pub(crate) fn days(first: Option<NaiveDate>, last: Option<NaiveDate>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first != last => t!(flags, "dates", first, last),
        (Some(day), _) | (None, Some(day)) => date(day),
        (None, None) => t!(flags, "no-date").to_string(),
    }
}

/// A flag in one line, told to a clinician and not to the person. Most observations name their days; where one does
/// not, the days of the entries follow.
pub(crate) fn clinician_flag(urgency: &str, observed: &str, dates: &str) -> String {
    let observed = of_the_patient(observed);
    let dated = observed
        .split(|c: char| !c.is_ascii_digit() && c != '-')
        .any(|word| word.parse::<NaiveDate>().is_ok());
    if dated {
        t!(flags, "clinician-flag", urgency, observed)
    } else {
        t!(flags, "clinician-entries", urgency, observed, dates)
    }
}

/// "You recorded cramps that broke your sleep." to the person is "Cramps that broke their sleep." to a clinician.
fn of_the_patient(observed: &str) -> String {
    let rest = observed.strip_prefix("You recorded ").unwrap_or(observed);
    let mut letters = rest.chars();
    let first = letters.next().map(char::to_uppercase);
    let words: String = first.into_iter().flatten().chain(letters).collect();
    words.replace(" your ", " their ")
}

/// How soon, for a clinician.
pub(crate) fn clinician_urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Emergency => t!(flags, "clinician-emergency"),
        Urgency::SameDay => t!(flags, "clinician-same-day"),
        Urgency::Soon => t!(flags, "clinician-soon"),
        Urgency::Routine => t!(flags, "clinician-routine"),
    }
}

/// What was done about a flag, by the person's own account; `None` when nothing is recorded.
pub(crate) fn done(seen: Option<NaiveDate>, talk: Option<&Talk>) -> Option<String> {
    let Some(talk) = talk else {
        return seen.map(|date| t!(flags, "clinician-read", date));
    };
    let date = talk.date;
    let said = match &talk.text {
        Some(text) => t!(flags, "clinician-talk-about", date, text = printable(text)),
        None => t!(flags, "clinician-talk", date),
    };
    Some(match &talk.worse {
        Some(worse) => t!(
            flags,
            "clinician-since",
            talk = said,
            worse = printable(worse)
        ),
        None => said,
    })
}

/// Said once for the `open` flags of `all` about which nothing is recorded.
pub(crate) fn note(open: usize, all: usize) -> Option<String> {
    match (open, all) {
        (0, _) => None,
        (open, all) if open == all => Some(t!(flags, "clinician-nothing-done").to_string()),
        _ => Some(t!(flags, "clinician-some-done").to_string()),
    }
}

#[cfg(test)]
mod tests {
    use crate::report::say::flags::clinician_flag as flag;

    #[test]
    fn a_clinician_is_not_told_what_you_recorded() {
        assert_eq!(
            flag(
                "routine",
                "You recorded cramps that broke your sleep between 2026-10-26 and 2026-11-16.",
                "2026-08-04 to 2026-11-16"
            ),
            "routine · Cramps that broke their sleep between 2026-10-26 and 2026-11-16."
        );
        assert_eq!(
            flag(
                "soon",
                "You recorded magnesium. Cramps still came.",
                "2026-10-05"
            ),
            "soon · Magnesium. Cramps still came. Entries: 2026-10-05."
        );
        for rule in crate::rules::all() {
            let said = flag("soon", rule.observed, "2026-10-05").to_lowercase();
            let second_person = |word: &str| matches!(word, "you" | "your" | "yours");
            assert!(
                !said.split(|c: char| !c.is_alphabetic()).any(second_person),
                "{said}"
            );
        }
    }
}
