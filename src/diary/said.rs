//! What some words of a line say about a cramp, and how patterns take them.

use crate::diary::phrase::{Break, Words};
use crate::diary::vocabulary::{Kind, Posture, Relief, Side, Site};

/// What some words of a line say.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Said {
    /// A cramp, and nothing more.
    Cramp,
    /// There was no cramp; false where only the night was quiet.
    NoCramp(bool),
    /// What there was, was not a cramp.
    NotACramp,
    /// Another one, like the one before.
    Again,
    /// The place that was said before it is taken back.
    Correction,
    Side(Side),
    /// The muscle; true where the side stands before it.
    Site(Site, bool),
    /// Pain, 0 to 10.
    Pain(f64),
    /// Seconds; the second is the upper end of a range.
    Lasted(u32, Option<u32>),
    /// How many cramps there were in all.
    Times(u32),
    Relief(Relief),
    Woke(bool),
    Posture(Posture),
    Knot(bool),
    Kind(Kind),
    /// By day.
    ByDay,
    /// Nothing of its own.
    Nothing,
    /// The words around it speak of something else: another person, a film, an alarm.
    Elsewhere,
}

/// Something said, with the words it was read from.
#[derive(Debug, Clone)]
pub(crate) struct Fact {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) said: Said,
}

pub(crate) type Pattern = fn(&Words, usize) -> Option<(usize, Said)>;

/// Reads every fact of `patterns`, one pattern after the other, and takes its words.
pub(crate) fn read_facts(words: &mut Words, patterns: &[Pattern]) -> Vec<Fact> {
    let mut facts = Vec::new();
    for pattern in patterns {
        let mut at = 0;
        while at < words.len() {
            match pattern(words, at).filter(|_| words.is_free(at)) {
                Some((to, said)) => {
                    words.take(at, to);
                    facts.push(Fact { from: at, to, said });
                    at = to;
                }
                None => at += 1,
            }
        }
    }
    facts
}

/// Whether a negation stands before `at`, with nothing but small words between.
pub(crate) fn negated(words: &Words, at: usize) -> Option<(usize, &'static str)> {
    let mut begin = at;
    for _ in 0..5 {
        if words.break_before(begin) != Break::None && begin != at {
            return None;
        }
        if let Some((from, found)) = words.find_before(begin, "negation") {
            return words
                .break_before(begin)
                .eq(&Break::None)
                .then_some((from, found.meaning));
        }
        if begin == 0 || words.break_before(begin) != Break::None || !words.is(begin - 1, "between")
        {
            return None;
        }
        begin -= 1;
    }
    None
}
