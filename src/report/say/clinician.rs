//! Flags as a clinician reads them: what the patient recorded, not what to do about it.

use chrono::NaiveDate;

use crate::report::doctor::FlagLine;
use crate::report::flags::Talk;
use crate::report::say::print::printable;
use crate::rules::Urgency;

/// The days of the entries behind a flag.
pub(crate) fn dates(first: Option<NaiveDate>, last: Option<NaiveDate>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
        (Some(day), _) | (None, Some(day)) => day.to_string(),
        (None, None) => "no date".to_string(),
    }
}

/// A flag in one line, told to a clinician and not to the person. Most observations name their days; where one does
/// not, the days of the entries follow.
pub(crate) fn flag(urgency: &str, observed: &str, dates: &str) -> String {
    let observed = &of_the_patient(observed);
    let dated = observed
        .split(|c: char| !c.is_ascii_digit() && c != '-')
        .any(|word| word.parse::<NaiveDate>().is_ok());
    if dated {
        format!("{urgency} · {observed}")
    } else {
        format!("{urgency} · {observed} Entries: {dates}.")
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
pub(crate) fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Emergency => "emergency",
        Urgency::SameDay => "same day",
        Urgency::Soon => "soon",
        Urgency::Routine => "routine",
    }
}

/// What was done about a flag, by the person's own account; `None` when nothing is recorded.
pub(crate) fn done(seen: Option<NaiveDate>, talk: Option<&Talk>) -> Option<String> {
    let Some(talk) = talk else {
        return seen.map(|seen| {
            format!("Read by the patient on {seen}; no talk with a clinician is recorded")
        });
    };
    let mut words = format!("Discussed on {}", talk.date);
    if let Some(text) = &talk.text {
        words.push_str(&format!(": {}", printable(text)));
    }
    if let Some(worse) = &talk.worse {
        words.push_str(&format!("; since then {}", printable(worse)));
    }
    Some(words)
}

/// Said once for all flags about which nothing is recorded.
pub(crate) fn note(flags: &[FlagLine]) -> Option<String> {
    let open = flags.iter().filter(|flag| flag.done.is_none()).count();
    match (open, flags.len()) {
        (0, _) => None,
        (open, all) if open == all => Some("Nothing is recorded about what was done.".to_string()),
        _ => Some("Where nothing is said, nothing is recorded about what was done.".to_string()),
    }
}

#[cfg(test)]
mod tests {
    use crate::report::say::clinician::flag;

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
