//! Phrases by their first word, and the words that slips of the keys are put right towards.

use std::collections::{HashMap, HashSet};

/// A phrase as words, with its group and its meaning.
pub(crate) type Phrase = (Vec<&'static str>, &'static str, &'static str);

/// Phrases by their first word.
#[derive(Default)]
pub(crate) struct Index {
    pub(crate) by_first: HashMap<&'static str, Vec<Phrase>>,
    /// Every single word of four letters or more that is put right, by its first letter.
    pub(crate) words: HashMap<char, Vec<&'static str>>,
    /// Words that stand for themselves and are never put right into.
    pub(crate) known: HashSet<&'static str>,
    /// Other spellings, each with the word it is read as.
    pub(crate) spelt: HashMap<&'static str, &'static str>,
    /// Words of fewer letters are left as they are typed.
    pub(crate) shortest: usize,
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
        if least.is_none() {
            self.known.extend(words.iter().copied());
        }
        let long = |w: &&&str| least.is_some_and(|least| w.chars().count() >= least);
        for word in words.iter().filter(long) {
            let same = self.words.entry(word.chars().next().unwrap_or(' '));
            let known = same.or_default();
            if !known.contains(word) {
                known.push(word);
            }
        }
        if group == "spelling" && words.len() == 1 {
            self.spelt.insert(first, meaning);
        }
        let entries = self.by_first.entry(first).or_default();
        entries.push((words, group, meaning));
    }

    /// A word that means itself in ordinary speech, by these groups, is never what a misspelt one is taken for.
    pub(crate) fn leave_alone(&mut self, groups: &[&str]) {
        let by_first = &self.by_first;
        let is_small = |word: &str| {
            let senses = by_first.get(word).into_iter().flatten();
            let mut single = senses.filter(|(phrase, ..)| phrase.len() == 1).peekable();
            single.peek().is_some() && single.all(|(_, group, _)| groups.contains(group))
        };
        for words in self.words.values_mut() {
            words.retain(|word| !is_small(word));
        }
    }

    /// The phrases that begin with a word.
    pub(crate) fn begin_with(&self, word: &str) -> &[Phrase] {
        self.by_first.get(word).map_or(&[], Vec::as_slice)
    }
}
