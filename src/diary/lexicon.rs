//! What everyday words mean: the one place that knows another spelling of a side, a place, a remedy, yes and no, a day.

use chrono::Weekday;

use crate::data::lexicon;
use crate::diary::vocabulary::{Outcome, Relief, Side, Site};
use crate::diary::word::Word;

/// What a word without a key says about a cramp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    Side(Side),
    Site(Site),
}

/// The meaning of a word, given in small letters, in a group of the lexicon (`src/data/lexicon.toml`).
fn meaning(group: &str, word: &str) -> Option<&'static str> {
    let mut senses = lexicon().iter().filter(|s| s.group == group);
    senses.find(|s| s.words.contains(&word)).map(|s| s.meaning)
}

/// The side or place a word means.
pub(crate) fn place(word: &str) -> Option<Meaning> {
    let side = meaning("side", word).and_then(Side::from_word);
    let site = || meaning("site", word).and_then(Site::from_word);
    side.map(Meaning::Side)
        .or_else(|| site().map(Meaning::Site))
}

/// The remedy a word means.
pub(crate) fn remedy(word: &str) -> Option<Relief> {
    meaning("remedy", word).and_then(Relief::from_word)
}

/// The answer for a night a word gives; `None` within is an answer taken back.
pub(crate) fn answer(word: &str) -> Option<Option<Outcome>> {
    meaning("answer", word).map(Outcome::from_word)
}

/// Yes or no, in small letters or large; `None` for any other word.
pub(crate) fn yes_no(word: &str) -> Option<bool> {
    meaning("yes-no", &word.to_ascii_lowercase()).map(|answer| answer == "yes")
}

/// The day of the week a word names.
pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    meaning("weekday", word)?.parse().ok()
}

/// Whether a word carries no fact of its own.
pub(crate) fn is_filler(word: &str) -> bool {
    meaning("filler", word).is_some()
}

/// What a relief action means, with its claims.
pub(crate) fn relief(action: Relief) -> (&'static str, &'static [&'static str]) {
    match action {
        Relief::Stretch => (
            "straighten the leg and stretch the cramped muscle",
            &["S3:A3.3", "S4:A4.1"],
        ),
        Relief::Massage => ("rub or knead the muscle", &["S3:A3.4", "S4:A4.2"]),
        Relief::Walk => ("get up and walk", &["GENERAL"]),
        Relief::Heat => ("warm the muscle", &["S4:A4.2"]),
        Relief::Press => ("press on the cramped part", &["S4:A4.1"]),
        Relief::Dorsiflex => ("lift toes and foot towards the shin", &["S3:A3.1"]),
        Relief::PullToe => (
            "take the big toe in the hand and pull the sole towards you",
            &["S3:A3.2"],
        ),
        Relief::None => ("nothing was done", &[]),
    }
}
