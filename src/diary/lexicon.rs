//! What everyday words mean: the one place that knows another spelling of a side, a place, a remedy, yes and no, a day, a
//! unit and how units convert; and the sources that are cited.
//!
//! What factors, fields, rules and advice cite: claims of the five documents the diary answers to, and the literature.
//!
//! The documents are web articles for lay readers, translated by machine. A claim is what one of them says, not what is
//! known: where studies agree or disagree is said where the claim is used. Most of the literature was read as abstract
//! or first page while the program was planned; read the full text before relying on more than what is said here.
//! Keys that end in a letter name one finding of several.

use chrono::Weekday;

use crate::data;
pub(crate) use crate::data::tables::{Claim, Work};
use crate::diary::vocabulary::{Outcome, Relief};
use crate::diary::word::{Word, words};

/// The meaning of a word, given in small letters, in a group of the lexicon (`src/data/lexicon.toml`).
fn meaning(group: &str, word: &str) -> Option<&'static str> {
    let mut senses = data::lexicon().iter().filter(|s| s.group == group);
    senses.find(|s| s.words.contains(&word)).map(|s| s.meaning)
}

/// Whether a word, given in small letters, has a meaning by itself.
pub(crate) fn is_known(word: &str) -> bool {
    data::lexicon().iter().any(|s| s.words.contains(&word))
}

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

/// The meaning of the longest phrase of a group at the beginning of `words`, and how many of them it takes. Several words
/// may stand in one, as in quotes.
pub(crate) fn leading(group: &str, words: &[&str]) -> Option<(&'static str, usize)> {
    const LONGEST: usize = 5;
    let most = words.len().min(LONGEST);
    (1..=most).rev().find_map(|taken| {
        let phrase = words.get(..taken)?.join(" ").to_lowercase();
        meaning(group, phrase.trim()).map(|meaning| (meaning, taken))
    })
}

/// The word of a choice that words mean, in small letters; the choice has a group of its name.
pub(crate) fn choice(group: &str, words: &str) -> Option<&'static str> {
    meaning(group, words)
}

/// Yes or no as people answer a question, in small letters.
pub(crate) fn reply(words: &str) -> Option<bool> {
    meaning("reply", words).map(|answer| answer == "yes")
}

/// The day of the week a word names.
pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    meaning("weekday", word)?.parse().ok()
}

/// What a unit measures; only units of one dimension convert into each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dimension {
    Temperature,
    Time,
    Volume,
    Mass,
    /// International units: a mass only when the substance is known.
    International,
    Length,
    Count,
}

/// One unit: its spellings (lower case, the first is the symbol shown), and `base = number * scale + offset`.
pub(crate) struct Unit {
    names: &'static str,
    pub(crate) dimension: Dimension,
    pub(crate) scale: f64,
    pub(crate) offset: f64,
}

const fn unit(names: &'static str, dimension: Dimension, scale: f64) -> Unit {
    Unit {
        names,
        dimension,
        scale,
        offset: 0.0,
    }
}

/// Base units: °C, s, ml, µg, IU, m, times. The foot is 0.3048 m exactly (international yard and pound, 1959).
static UNITS: &[Unit] = &[
    unit("°c c celsius degc", Dimension::Temperature, 1.0),
    Unit {
        offset: -160.0 / 9.0,
        ..unit("°f f fahrenheit degf", Dimension::Temperature, 5.0 / 9.0)
    },
    unit("s sec secs second seconds", Dimension::Time, 1.0),
    unit("min mins minute minutes", Dimension::Time, 60.0),
    unit("h hr hrs hour hours", Dimension::Time, 3_600.0),
    unit("d day days", Dimension::Time, 86_400.0),
    unit(
        "ml millilitre millilitres milliliter milliliters",
        Dimension::Volume,
        1.0,
    ),
    unit("cl", Dimension::Volume, 10.0),
    unit("dl", Dimension::Volume, 100.0),
    unit("l litre litres liter liters", Dimension::Volume, 1_000.0),
    unit("µg ug mcg microgram micrograms", Dimension::Mass, 1.0),
    unit("mg milligram milligrams", Dimension::Mass, 1_000.0),
    unit("g gram grams", Dimension::Mass, 1_000_000.0),
    unit("iu i.u. ie ui", Dimension::International, 1.0),
    unit("m metre metres meter meters", Dimension::Length, 1.0),
    unit("ft foot feet", Dimension::Length, 0.3048),
    unit("km", Dimension::Length, 1_000.0),
    unit(
        "cm centimetre centimetres centimeter centimeters",
        Dimension::Length,
        0.01,
    ),
    unit("inch inches", Dimension::Length, 0.0254),
    unit("x × times", Dimension::Count, 1.0),
];

impl Unit {
    fn names(&self) -> impl Iterator<Item = &'static str> {
        self.names.split(' ')
    }
}

/// The spellings accepted where `target` is wanted.
pub(crate) fn accepted(target: &str, iu_per_ug: Option<f64>) -> String {
    if target.is_empty() {
        return "a number without a unit".to_string();
    }
    let Some(unit) = unit_named(&plain(target)) else {
        return target.to_string();
    };
    let mut symbols: Vec<&str> = UNITS
        .iter()
        .filter(|u| u.dimension == unit.dimension)
        .filter_map(|u| {
            // Plain letters are easier to type than a degree sign or µ.
            match u.names().next() {
                Some("°c") => Some("C"),
                Some("°f") => Some("F"),
                Some("µg") => Some("ug"),
                first => first,
            }
        })
        .collect();
    if iu_per_ug.is_some() {
        symbols.push("IU");
    }
    symbols.join(" ")
}

pub(crate) fn unit_named(name: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|unit| unit.names().any(|n| n == name))
}

/// A unit's spelling as [`Quantity`](crate::diary::unit::Quantity) keeps it: lower case, one sign for micro.
pub(crate) fn plain(unit: &str) -> String {
    unit.to_lowercase().replace('μ', "µ")
}

/// `glass` and `glasses`, `unit` and `units`: the same noun in one or many.
pub(crate) fn same_noun(a: &str, b: &str) -> bool {
    let stem = |noun: &str| -> String {
        let noun = noun
            .strip_suffix("es")
            .filter(|s| s.ends_with("ss"))
            .unwrap_or(noun);
        if noun.ends_with("ss") || noun.chars().count() < 4 {
            noun.to_string()
        } else {
            noun.strip_suffix('s').unwrap_or(noun).to_string()
        }
    };
    stem(a) == stem(b)
}

words! {
    /// What a claim is about, by the letter of its id: something that is said to bring cramps on; a countermeasure; an
    /// action during a cramp; a disease, or a sign of one; when to see a doctor; a rule for deciding; how a cramp goes;
    /// a number; people said to be at risk.
    Sort, "sort", {
        Factor = "F", Countermeasure = "C", Action = "A", Disease = "D", Threshold = "T", Rule = "R", Outcome = "O",
        Quantity = "Q", Group = "G",
    }
}

impl Claim {
    /// What it is about; `None` for an id that names no sort (a test holds that there is none).
    pub(crate) fn sort(&self) -> Option<Sort> {
        Sort::from_word(self.claim.split(':').nth(1)?.get(..1)?)
    }
}

pub(crate) fn claim(id: &str) -> Option<&'static Claim> {
    data::claims().iter().find(|claim| claim.claim == id)
}

/// The work of the literature with this key.
pub(crate) fn work(key: &str) -> Option<&'static Work> {
    data::literature().iter().find(|work| work.key == key)
}
