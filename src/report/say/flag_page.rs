//! The words around flags and rules on a terminal.

use chrono::NaiveDate;

use crate::report::flags::{EarlierFlag, Talk};

/// Heading of flags that were discussed.
pub(crate) const DISCUSSED: &str = "Discussed with a clinician, no worse since:";
/// Heading of flags of an earlier time.
pub(crate) const EARLIER: &str = "Earlier:";
/// Heading of the questions that would settle most.
pub(crate) const QUESTIONS: &str = "These answers would tell most (cramp ask symptoms):";
/// Heading of claims without a rule.
pub(crate) const CLAIMS: &str = "Claims of the source documents that are no rule, and why:";
/// Heading of the entries behind a flag.
pub(crate) const ENTRIES: &str = "Entries:";
/// Heading of a rule's condition.
pub(crate) const CONDITION: &str = "The rule fires when:";
/// Heading of a rule's sources.
pub(crate) const SOURCES: &str = "Sources:";
/// Heading of rules that could not be answered.
pub(crate) const COULD_NOT_TELL: &str = "Could not tell:";

/// How to say that a flag was read.
pub(crate) fn when_read(id: &str) -> String {
    format!("When you have read this: cramp flags --seen {id}")
}

/// A flag of an earlier time.
pub(crate) fn earlier(flag: &EarlierFlag) -> String {
    let dates = crate::report::say::clinician::dates(flag.first, flag.last);
    format!("{}: {dates}, {}", flag.id, flag.status)
}

/// How a question is answered.
pub(crate) fn how(how: &str) -> String {
    format!("answer: {how}")
}

/// Why a rule is there.
pub(crate) fn why(why: &str) -> String {
    format!("Why: {why}")
}

/// What a rule says to do.
pub(crate) fn to_do(advice: &str) -> String {
    format!("Do: {advice}")
}

/// The keys of a rule's sources.
pub(crate) fn sources(keys: &[&str]) -> String {
    format!("{SOURCES} {}", keys.join(" "))
}

/// Why a flag matters.
pub(crate) fn why_it_matters(why: &str) -> String {
    format!("Why it matters: {why}")
}

/// What to do about a flag.
pub(crate) fn what_to_do(advice: &str) -> String {
    format!("What to do: {advice}")
}

/// When the person said they had read it.
pub(crate) fn seen(seen: NaiveDate) -> String {
    format!("Seen on {seen}.")
}

/// A talk about a flag, and why it is back.
pub(crate) fn talk(talk: &Talk) -> String {
    let mut line = format!("Discussed on {}", talk.date);
    if let Some(text) = &talk.text {
        line.push_str(&format!(": {text}"));
    }
    line.push('.');
    if let Some(worse) = &talk.worse {
        line.push_str(&format!(" It is back because {worse}."));
    }
    line
}

/// When a rule was last compared with its sources.
pub(crate) fn reviewed(date: &str) -> String {
    format!("Compared with its sources on {date}.")
}

/// Rules that could not be answered and are not listed; `alone` when none is.
pub(crate) fn more_unclear(rest: usize, alone: bool) -> String {
    let and = if alone { "" } else { "and " };
    let more = if alone { "" } else { " more" };
    format!("{and}{rest}{more} patterns, for want of answers (all with --json).")
}
