//! The words of the page for a clinician.

use crate::diary::vocabulary::Side;
use crate::diary::{Coverage, Nights, Symptom};
use crate::report::say::chart::{interval, rate};
use crate::report::say::forest::{ratio, ratios};
use crate::report::say::print::printable;
use crate::report::say::{count, duration, number};
use crate::stats::estimate::Estimate;

/// The title.
pub(crate) const TITLE: &str = "Night cramp diary — recorded by the patient";
/// Heading of the headline numbers.
pub(crate) const HEADLINE: &str = "In numbers";
/// Column heads of the headline numbers.
pub(crate) const HEADLINE_HEAD: [&str; 3] = ["Measure", "Value", "From"];
/// Heading of the person's questions.
pub(crate) const QUESTIONS: &str = "Questions from the patient";
/// No question was written down.
pub(crate) const NO_QUESTIONS: &str = "None written down.";
/// Heading of the flags.
pub(crate) const FLAGS: &str = "Entries that deserve a medical check";
/// No flag; deliberately not "no warning signs".
pub(crate) const NO_FLAGS: &str = "No warning entry recorded. This is not an all-clear: only what was written down was looked at.";
/// Heading of the answers.
pub(crate) const ANSWERS: &str = "What a clinician may ask";
/// Column heads of the answers.
pub(crate) const ANSWERS_HEAD: [&str; 2] = ["Asked", "Recorded by the patient"];
/// The question about pain on walking.
pub(crate) const WALKING: &str = "Leg pain on walking";
/// The question about an urge to move.
pub(crate) const URGE: &str = "Urge to move the legs";
/// The question about numbness, tingling and weakness.
pub(crate) const NUMBNESS: &str = "Numbness or weakness";
/// The question about wasting and twitching.
pub(crate) const WASTING: &str = "Wasting or twitching";
/// The question about swelling and veins.
pub(crate) const SWELLING: &str = "Swelling or veins";
/// The question about medicines.
pub(crate) const MEDICINES: &str = "Medicines taken";
/// The question about conditions.
pub(crate) const CONDITIONS: &str = "Known conditions";
/// Title of the second page.
pub(crate) const ASSOCIATIONS: &str = "What went with cramps in this diary";
/// What an association is and is not.
pub(crate) const ASSOCIATIONS_CAUTION: [&str; 2] = [
    "An association is not a cause: both may follow from something nobody wrote down, and of many things compared some will seem to matter by chance.",
    "Counts are recorded nights. The size compares nights with and without it, allowing for drift over time, the night before and the other factors.",
];
/// Column heads of the associations.
pub(crate) const ASSOCIATIONS_HEAD: [&str; 6] = [
    "Factor",
    "Cramp nights with it",
    "Cramp nights without",
    "Size (95 % interval)",
    "q",
    "Grade",
];

const NOT_RECORDED: &str = "not recorded";

/// One row of the headline: measure, value, what it rests on.
type Row = [String; 3];

fn row(measure: &str, value: Option<String>, from: String) -> Row {
    let unknown = value.is_none();
    [
        measure.to_string(),
        value.unwrap_or_else(|| NOT_RECORDED.to_string()),
        if unknown { String::new() } else { from },
    ]
}

/// How many things had no room.
pub(crate) fn more(n: usize) -> String {
    format!("and {n} more in the diary")
}

/// The year of birth.
pub(crate) fn born(year: &str) -> String {
    format!("born {year}")
}

/// The period, and who it is about.
pub(crate) fn subtitle(nights: Nights, person: &[String]) -> String {
    let mut parts = vec![format!(
        "{} to {} ({})",
        nights.from,
        nights.to,
        length(nights.len())
    )];
    parts.extend(person.iter().cloned());
    parts.join(" · ")
}

fn length(nights: usize) -> String {
    if nights.is_multiple_of(7) {
        count(nights / 7, "week")
    } else {
        count(nights, "night")
    }
}

/// How many nights are recorded, the first thing to read.
pub(crate) fn coverage(c: Coverage) -> String {
    let mut words = format!("{} of {} recorded", c.recorded, count(c.nights, "night"));
    match c.unknown {
        0 => {}
        blank => words.push_str(&format!(", {blank} blank")),
    }
    if c.excluded > 0 {
        words.push_str(&format!(
            "; {} left out of all numbers",
            count(c.excluded, "night")
        ));
    }
    words
}

/// Cramp nights of recorded nights.
pub(crate) fn cramp_nights(cramp: usize, recorded: usize) -> Row {
    let value = (recorded > 0).then(|| format!("{cramp} of {}", count(recorded, "night")));
    row(
        "Nights with a cramp",
        value,
        count(recorded, "recorded night"),
    )
}

/// The rate.
pub(crate) fn cramps_a_week(per_week: Option<Estimate>, cramps: usize, recorded: usize) -> Row {
    let value = per_week.map(|r| format!("{} (95 % interval {})", rate(r.value), interval(&r)));
    row(
        "Cramps per week",
        value,
        format!("{cramps} in {}", count(recorded, "night")),
    )
}

/// Pain.
pub(crate) fn pain(median: Option<f64>, worst: Option<u8>, known: usize, all: usize) -> Row {
    let value = median
        .zip(worst)
        .map(|(median, worst)| format!("median {}, worst {worst}", number(median)));
    row("Pain, 0–10", value, of_cramps(known, all))
}

/// Duration.
pub(crate) fn durations(
    median: Option<f64>,
    longest: Option<u32>,
    known: usize,
    all: usize,
) -> Row {
    let value = median.zip(longest).map(|(median, longest)| {
        format!(
            "median {}, longest {}",
            duration(median),
            duration(f64::from(longest))
        )
    });
    row("Duration", value, of_cramps(known, all))
}

/// Times woken.
pub(crate) fn woken(woken: usize, known: usize, all: usize) -> Row {
    let value = (known > 0).then(|| count(woken, "time"));
    row("Woken by a cramp", value, of_cramps(known, all))
}

/// Sleep lost, in minutes.
pub(crate) fn sleep_lost(median: Option<f64>, total: f64, nights: usize) -> Row {
    let value = median.map(|median| {
        format!(
            "median {}, {} in all",
            duration(median * 60.0),
            duration(total * 60.0)
        )
    });
    row("Sleep lost", value, count(nights, "night"))
}

/// Cramps by day, which are never among the night cramps. None written down is not the same as none.
pub(crate) fn daytime(cramps: usize) -> Row {
    let value = if cramps == 0 {
        "none written down".to_string()
    } else {
        cramps.to_string()
    };
    row("Cramps by day", Some(value), "counted apart".to_string())
}

fn of_cramps(known: usize, all: usize) -> String {
    format!("{known} of {}", count(all, "cramp"))
}

/// The newest entries of some symptoms; `named` when more than one could be meant.
pub(crate) fn symptoms(entries: &[&Symptom], named: bool) -> String {
    let say = |symptom: &&Symptom| {
        let mut words = if symptom.present { "yes" } else { "no" }.to_string();
        if named {
            words = format!("{} {words}", symptom.symptom.to_string().replace('-', " "));
        }
        words.push_str(&format!(" ({}", symptom.night));
        match symptom.side {
            Some(Side::Both) => words.push_str(", both sides"),
            Some(side) => words.push_str(&format!(", {side}")),
            None => {}
        }
        if let Some(severity) = symptom.severity.filter(|_| symptom.present) {
            words.push_str(&format!(", {severity}/10"));
        }
        if let Some(on) = symptom.brought_on.filter(|_| symptom.present) {
            words.push_str(&format!(", brought on by {on}"));
        }
        if let Some(by) = symptom.relieved_by.filter(|_| symptom.present) {
            words.push_str(&format!(", relieved by {by}"));
        }
        words + ")"
    };
    if entries.is_empty() {
        return NOT_RECORDED.to_string();
    }
    entries.iter().map(say).collect::<Vec<_>>().join("; ")
}

/// Medicines and supplements in force on the last day.
pub(crate) fn medicines(taken: &[String], asked_none: bool) -> String {
    match (taken.len(), asked_none) {
        (0, true) => "none (asked)".to_string(),
        (0, false) => NOT_RECORDED.to_string(),
        (n @ 1..=3, _) => format!("{n}: {}", taken.join(", ")),
        (n, _) => {
            let first: Vec<&str> = taken.iter().take(3).map(String::as_str).collect();
            format!("{n}: {} and {} more", first.join(", "), n - 3)
        }
    }
}

/// Conditions; `none` means asked and none.
pub(crate) fn conditions(names: &[String]) -> String {
    match names {
        [] => NOT_RECORDED.to_string(),
        [one] if one == "none" => "none (asked)".to_string(),
        names => names
            .iter()
            .filter(|name| *name != "none")
            .cloned()
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// What must be known to read the page, and what it was made from.
pub(crate) fn footer(program: &str, hash: &str) -> Vec<String> {
    vec![
        "Self-reported. A blank night is not a calm night. Associations are not causes. Not a diagnosis.".to_string(),
        "Intervals are 95 % and suppose that cramps come independently of each other; often they come in spells.".to_string(),
        format!("{program} · data SHA-256 {hash}"),
    ]
}

/// Which page of how many.
pub(crate) fn page_of(page: usize, pages: usize) -> String {
    format!("page {page} of {pages}")
}

/// Whether a diary still gives a page.
pub(crate) fn verdict(
    same_bytes: bool,
    same_data: bool,
    same_program: bool,
    program: &str,
) -> String {
    match (same_bytes, same_data, same_program) {
        (true, _, _) => "The diary still gives exactly this page.".to_string(),
        (false, false, _) => {
            "The diary no longer gives this page: what it holds for this time has changed since.".to_string()
        }
        (false, true, false) => {
            format!("The data are the same, but the page was made by {program}; this version sets it differently.")
        }
        (false, true, true) => {
            "The data are the same, but the page they give is another: the file was changed afterwards, or the analysis has kept a look at other data since.".to_string()
        }
    }
}

/// A factor, and how long before the night.
pub(crate) fn association_factor(label: &str, lag: u8) -> String {
    let label = printable(label);
    match lag {
        0 => label,
        // some names say themselves when it was
        _ if label.contains("before") => label,
        1 => format!("{label}, the day before"),
        n => format!("{label}, {n} days before"),
    }
}

/// Cramp nights of nights, with the share.
pub(crate) fn cramp_nights_of(cramp: usize, nights: usize) -> String {
    match nights {
        0 => "0 nights".to_string(),
        n => format!(
            "{cramp} of {} ({:.0} %)",
            count(n, "night"),
            cramp as f64 / n as f64 * 100.0
        ),
    }
}

/// The size of an association.
pub(crate) fn association_effect(measure: &str, estimate: &Estimate, per: &str) -> String {
    format!(
        "{measure} {} ({}), {}",
        ratio(estimate.value),
        ratios(estimate),
        printable(per)
    )
}

/// A false discovery rate.
pub(crate) fn q(q: f64) -> String {
    if q < 0.001 {
        "under 0.001".to_string()
    } else {
        format!("{q:.3}")
    }
}
