//! Phrases by their first word, and the words that slips of the keys are put right towards.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// A phrase as words, with its group and its meaning.
pub(crate) type Phrase = (Vec<&'static str>, &'static str, &'static str);

/// Phrases by their first word.
#[derive(Default)]
pub(crate) struct Index {
    by_first: HashMap<&'static str, Vec<Phrase>>,
    /// Other spellings, each with the word it is read as.
    pub(crate) spelt: HashMap<&'static str, &'static str>,
    /// Words of fewer letters are left as they are typed.
    pub(crate) shortest: usize,
    /// Every word of every phrase, with the letters from which slips are put right towards it.
    all: Vec<(&'static str, Option<usize>)>,
    /// Groups of words that mean themselves in ordinary speech.
    ordinary: Vec<&'static str>,
    /// Made when a word is met that begins no phrase.
    repair: OnceLock<Repair>,
}

/// What a misspelt word may have been meant to be.
#[derive(Default)]
struct Repair {
    /// Words that are put right towards, by their first letter.
    words: HashMap<char, Vec<&'static str>>,
    /// Words that stand for themselves and are never put right into.
    known: HashSet<&'static str>,
}

impl Index {
    /// An index in which words of `shortest` letters or more are put right.
    pub(crate) fn repairing_from(shortest: usize) -> Index {
        Index {
            shortest,
            ..Index::default()
        }
    }

    /// Adds a phrase; slips are put right towards its words of at least `least` letters, where that is given.
    pub(crate) fn add(
        &mut self,
        words: Vec<&'static str>,
        group: &'static str,
        meaning: &'static str,
        least: Option<usize>,
    ) {
        let Some(first) = words.first().copied() else {
            return;
        };
        self.all.extend(words.iter().map(|word| (*word, least)));
        if group == "spelling" && words.len() == 1 {
            self.spelt.insert(first, meaning);
        }
        let entries = self.by_first.entry(first).or_default();
        entries.push((words, group, meaning));
    }

    /// A word that means itself in ordinary speech, by these groups, is never what a misspelt one is taken for.
    pub(crate) fn leave_alone(&mut self, groups: &[&'static str]) {
        self.ordinary = groups.to_vec();
    }

    /// The phrases that begin with a word.
    pub(crate) fn begin_with(&self, word: &str) -> &[Phrase] {
        self.by_first.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether a word stands in a phrase, and so is spelt right.
    pub(crate) fn is_known(&self, word: &str) -> bool {
        let begins = |word: &str| word.chars().next().unwrap_or(' ');
        self.by_first.contains_key(word)
            || self.repair().known.contains(word)
            || self.near(begins(word)).contains(&word)
    }

    /// The words a misspelt one that begins with this letter may have been meant to be.
    pub(crate) fn near(&self, first: char) -> &[&'static str] {
        let words = self.repair().words.get(&first);
        words.map_or(&[], Vec::as_slice)
    }

    fn repair(&self) -> &Repair {
        self.repair.get_or_init(|| {
            let mut repair = Repair::default();
            let mut met = HashSet::new();
            for (word, least) in &self.all {
                match least {
                    None => {
                        repair.known.insert(word);
                    }
                    Some(least) => {
                        let is_long = word.chars().count() >= *least;
                        if is_long && !self.is_ordinary(word) && met.insert(word) {
                            let first = word.chars().next().unwrap_or(' ');
                            repair.words.entry(first).or_default().push(word);
                        }
                    }
                }
            }
            repair
        })
    }

    fn is_ordinary(&self, word: &str) -> bool {
        let single = |(phrase, ..): &&Phrase| phrase.len() == 1;
        let mut single = self.begin_with(word).iter().filter(single).peekable();
        single.peek().is_some() && single.all(|(_, group, _)| self.ordinary.contains(group))
    }
}
