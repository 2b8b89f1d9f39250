//! The words around the analysis of factors: what must be known to read it, and what to write down next.

use crate::analysis::night_table::NightCounts;
use crate::analysis::self_check::SelfTest;
use crate::report::say;

/// Title of the analysis.
pub(crate) const TITLE: &str = "What goes with your cramps";
/// Heading of links.
pub(crate) const LINKS: &str = "Go together with your cramps";
/// Heading of what is known to matter little.
pub(crate) const NO_SIZEABLE_LINK: &str = "No sizeable link";
/// Heading of what is undecided.
pub(crate) const CANNOT_TELL: &str = "Can't tell yet";
/// Heading of what is hardly recorded.
pub(crate) const NOT_ENOUGH: &str = "Not enough recorded yet";
/// Heading of what to record.
pub(crate) const NEXT: &str = "What to write down next";
/// Heading of the self-test.
pub(crate) const SELF_TEST: &str = "Self-test";
/// The last line.
pub(crate) const HOW_ON: &str =
    "'cramp explain FACTOR' shows one of these in full. Going together is not causing.";
/// Heading of the cramp nights of one factor.
pub(crate) const LAST_NIGHTS: &str = "The last cramp nights (--json lists every night)";
/// People may write when it hurts.
pub(crate) const SELECTIVE: &str = "Your first nights after a gap differ from other nights: you may write more, or less, when it hurts.";

/// The nights analysed.
pub(crate) fn nights(n: &NightCounts) -> String {
    format!(
        "{} recorded, {} with a cramp, {} unknown.",
        say::count(n.recorded, "night"),
        n.cramp,
        n.unknown
    )
}

/// Nights with very many cramps, which count less than they were.
pub(crate) fn capped(nights: usize, limit: f64) -> String {
    format!(
        "{} with more than {} cramps counted as that many here; the other pages keep the true numbers.",
        say::count(nights, "night"),
        say::number(limit)
    )
}

/// What nobody wrote about.
pub(crate) fn without_answer(nights: usize) -> String {
    format!(
        "{} without an answer: taken to be missing by chance, which only you can judge.",
        say::count(nights, "night")
    )
}

/// Too few nights have an answer.
pub(crate) fn answer_every_night(recorded: usize, elapsed: usize) -> String {
    format!("Answer for every night, calm ones too: {recorded} of {elapsed} have an answer.")
}

/// A factor is known on too few nights; `share` from 0 to 1.
pub(crate) fn write_every_night(label: &str, share: f64) -> String {
    format!(
        "{label}: write it down every night, 'no' or 0 too; it is known on {:.0} % of the nights.",
        share * 100.0
    )
}

/// What the self-test found.
pub(crate) fn self_test(t: &SelfTest) -> String {
    format!(
        "Your diary was shuffled {} so that no link was left. {} of the shuffled diaries still gave a hint, {} a possible link, {} a consistent link: that is how often luck alone would speak here.",
        say::count(t.runs, "time"),
        t.any_hint,
        t.any_possible,
        t.any_consistent
    )
}
