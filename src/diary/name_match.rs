//! Names in a text: the words of a name in their order, with small words in between where the name allows it.

use crate::diary::phrase::{Break, Words};

/// A name found, with the places of its words.
#[derive(Debug, Clone)]
pub(crate) struct Match {
    pub(crate) meaning: &'static str,
    pub(crate) places: Vec<usize>,
    /// A negation stands between its words.
    pub(crate) denied: bool,
    /// No word of the name is a placeholder.
    literal: bool,
}

impl Match {
    pub(crate) fn from(&self) -> usize {
        self.places.first().copied().unwrap_or(0)
    }

    pub(crate) fn to(&self) -> usize {
        self.places.last().map_or(0, |last| last + 1)
    }

    /// Whether it says less than another: all of its words are words of the other, which has more or says it outright.
    fn is_part_of(&self, other: &Match) -> bool {
        let within = self.places.iter().all(|place| other.places.contains(place));
        let less = self.places.len() < other.places.len();
        let vaguer = self.places.len() == other.places.len() && other.literal && !self.literal;
        within && (less || vaguer)
    }
}

/// Whether the word at `at` is a word of a name, or one of those its placeholder stands for.
fn fits(words: &Words, at: usize, word: &str) -> bool {
    let Some(part) = word.strip_prefix('<').and_then(|w| w.strip_suffix('>')) else {
        return words.word(at) == word;
    };
    let is = |part: &str| {
        let found = words.find(at, "part");
        found.is_some_and(|found| found.meaning == part && found.len == 1)
    };
    match part {
        "limb" => ["leg", "foot", "arm"].into_iter().any(is),
        part => is(part),
    }
}

/// The most small words between two words of a name.
const MOST_BETWEEN: usize = 5;

/// A name whose first word stands at `at`; with `loose` small words may stand between its words.
fn matched(
    words: &Words,
    at: usize,
    phrase: &[&'static str],
    loose: bool,
) -> Option<(Vec<usize>, bool)> {
    let (first, rest) = phrase.split_first()?;
    if !fits(words, at, first) {
        return None;
    }
    let loose = loose && !words.is(at, "small");
    let mut places = vec![at];
    let mut denied = false;
    let mut next = at + 1;
    for word in rest {
        let mut skipped = 0;
        while !fits(words, next, word) {
            let denies = words.is(next, "negation");
            let may_stand = ["small", "sign-word", "side"]
                .iter()
                .any(|group| words.is(next, group));
            if !loose || skipped == MOST_BETWEEN || !(may_stand || denies) {
                return None;
            }
            denied |= denies;
            skipped += 1;
            next += 1;
        }
        if words.break_before(next) == Break::Stop {
            return None;
        }
        places.push(next);
        next += 1;
    }
    Some((places, denied))
}

/// Every name of a group, without those that are part of a longer one of the groups given.
pub(crate) fn matches(words: &Words, groups: &[&str], loose: bool) -> Vec<(&'static str, Match)> {
    const PARTS: [&str; 4] = ["<leg>", "<foot>", "<arm>", "<limb>"];
    let mut found: Vec<(&'static str, Match)> = Vec::new();
    for at in 0..words.len() {
        let typed = words.index().begin_with(words.word(at)).iter();
        let parts = PARTS.iter().filter(|part| fits(words, at, part));
        let by_part = parts.flat_map(|part| words.index().begin_with(part));
        for (phrase, group, meaning) in typed.chain(by_part) {
            if !groups.contains(group) {
                continue;
            }
            if let Some((places, denied)) = matched(words, at, phrase, loose) {
                let new = Match {
                    meaning,
                    places,
                    denied,
                    literal: !phrase.iter().any(|word| word.starts_with('<')),
                };
                found.push((group, new));
            }
        }
    }
    let whole = |m: &Match| !found.iter().any(|(_, other)| m.is_part_of(other));
    let mut kept: Vec<(&'static str, Match)> =
        found.iter().filter(|(_, m)| whole(m)).cloned().collect();
    kept.sort_by_key(|(_, m)| (m.from(), m.to(), m.meaning));
    kept.dedup_by(|(_, a), (_, b)| a.meaning == b.meaning && a.places == b.places);
    kept
}
