//! What everyday words mean: the one place that knows another spelling of a side, a place, a remedy, yes and no, a day.

use chrono::Weekday;

use crate::diary::vocabulary::{Outcome, Relief, Side, Site};
use crate::diary::word::Word;

/// What a word without a key says about a cramp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    Side(Side),
    Site(Site),
}

/// Other spellings of sides and places; the words of the vocabulary itself stand for themselves.
const PLACES: &[(&[&str], Meaning)] = &[
    (&["l"], Meaning::Side(Side::Left)),
    (&["r"], Meaning::Side(Side::Right)),
    (&["b"], Meaning::Side(Side::Both)),
    (&["calves"], Meaning::Site(Site::Calf)),
    (&["feet"], Meaning::Site(Site::Foot)),
    (&["toe"], Meaning::Site(Site::Toes)),
    (&["shins"], Meaning::Site(Site::Shin)),
    (&["thighs"], Meaning::Site(Site::Thigh)),
    (&["hamstrings"], Meaning::Site(Site::Hamstring)),
];

/// Other names of what is done against a cramp.
const REMEDIES: &[(&[&str], Relief)] = &[
    (&["stretching"], Relief::Stretch),
    (&["massaging"], Relief::Massage),
    (&["walking"], Relief::Walk),
    (&["warmth"], Relief::Heat),
    (&["pull_toe", "pulltoe"], Relief::PullToe),
];

/// Answers for a night; `None` is an answer taken back.
const ANSWERS: &[(&[&str], Option<Outcome>)] = &[
    (&["calm"], Some(Outcome::Calm)),
    (&["cramp", "cramps"], Some(Outcome::Cramp)),
    (&["?", "unknown"], None),
];

const YES_NO: &[(&[&str], bool)] = &[
    (&["yes", "y", "true", "1", "on"], true),
    (&["no", "n", "false", "0", "off"], false),
];

const WEEKDAYS: &[(&[&str], Weekday)] = &[
    (&["mon", "monday"], Weekday::Mon),
    (&["tue", "tues", "tuesday"], Weekday::Tue),
    (&["wed", "wednesday"], Weekday::Wed),
    (&["thu", "thur", "thurs", "thursday"], Weekday::Thu),
    (&["fri", "friday"], Weekday::Fri),
    (&["sat", "saturday"], Weekday::Sat),
    (&["sun", "sunday"], Weekday::Sun),
];

/// Words that carry no fact of their own.
const FILLERS: &[&str] = &[
    "a", "about", "and", "at", "cramp", "cramps", "for", "hurt", "in", "leg", "my", "pain", "the",
    "with",
];

fn find<T: Copy>(table: &[(&[&str], T)], word: &str) -> Option<T> {
    let mut rows = table.iter();
    rows.find(|(words, _)| words.contains(&word))
        .map(|(_, meaning)| *meaning)
}

/// The side or place a word means; all words are given in small letters.
pub(crate) fn place(word: &str) -> Option<Meaning> {
    find(PLACES, word)
        .or_else(|| Side::from_word(word).map(Meaning::Side))
        .or_else(|| Site::from_word(word).map(Meaning::Site))
}

/// The remedy a word means.
pub(crate) fn remedy(word: &str) -> Option<Relief> {
    find(REMEDIES, word).or_else(|| Relief::from_word(word))
}

/// The answer for a night a word gives.
pub(crate) fn answer(word: &str) -> Option<Option<Outcome>> {
    find(ANSWERS, word)
}

/// Yes or no, in small letters or large; `None` for any other word.
pub(crate) fn yes_no(word: &str) -> Option<bool> {
    find(YES_NO, word.to_ascii_lowercase().as_str())
}

/// The day of the week a word names.
pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    find(WEEKDAYS, word)
}

/// Whether a word carries no fact of its own.
pub(crate) fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word)
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
