//! A typed line cut into words, and the phrases of the lexicon found in it: other spellings, slips of the keys, glued
//! words. What no reader takes stays text, as it was typed.

use std::sync::OnceLock;

use crate::data;
use crate::diary::phrase_index::Index;
use crate::diary::token::cut;
pub(crate) use crate::diary::token::{Break, Token};

/// A meaning found in the lexicon, with the number of words it takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Found {
    pub(crate) group: &'static str,
    pub(crate) meaning: &'static str,
    pub(crate) len: usize,
}

/// Groups about the cramp itself, whose short words are put right too.
const REPAIRED: [&str; 14] = [
    "side", "site", "limb", "cramp", "calm", "relief", "woke", "knot", "kind", "weekday", "month",
    "number", "pain", "negation",
];

/// Groups of words too ordinary to be what a misspelt word was meant to be.
pub(crate) const SMALL: [&str; 6] = [
    "everyday",
    "filler",
    "between",
    "factor-between",
    "measure",
    "again",
];

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = Index::repairing_from(4);
        for sense in data::lexicon() {
            for phrase in &sense.words {
                // a slip is put right towards words about a cramp, and towards long words for factors and days; the
                // rest are known, and never what a misspelt one is taken for
                let least = match sense.group {
                    group if SMALL.contains(&group) => None,
                    group if REPAIRED.contains(&group) => Some(4),
                    "factor" | "exercise" | "day" | "sign" => Some(7),
                    _ => None,
                };
                let words = phrase.split(' ').collect();
                index.add(words, sense.group, sense.meaning, least);
            }
        }
        index.leave_alone(&SMALL);
        index
    })
}

/// The words of a line, which of them have been taken, and what the lexicon knows of each.
pub(crate) struct Words {
    index: &'static Index,
    tokens: Vec<Token>,
    taken: Vec<bool>,
    found: Vec<Vec<Found>>,
}

impl Words {
    /// Cuts `line` into words. Slips of the keys are put right only where `repair` allows it.
    pub(crate) fn new(line: &str, repair: bool) -> Words {
        Words::by(index(), line, repair)
    }

    /// As [`new`](Words::new), with the phrases of another index.
    pub(crate) fn by(index: &'static Index, line: &str, repair: bool) -> Words {
        let mut tokens = cut(&line.replace(" / ", "/").replace("/ ", "/"));
        if repair {
            tokens = tokens
                .into_iter()
                .flat_map(|token| unglued(index, token))
                .collect();
            for token in &mut tokens {
                if let Some(word) = repaired_word(index, token) {
                    token.word = word.to_string();
                    token.is_repaired = true;
                }
            }
        }
        let mut words = Words {
            index,
            taken: vec![false; tokens.len()],
            found: Vec::new(),
            tokens,
        };
        words.found = (0..words.len()).map(|at| words.look_up(at)).collect();
        for at in 0..words.len() {
            if let Some(found) = words.find(at, "number")
                && words.tokens[at].number.is_none()
            {
                words.tokens[at].number = found.meaning.parse().ok();
            }
        }
        words
    }

    /// The words that were read as another word: as typed, and as read.
    pub(crate) fn repaired(&self) -> Vec<(String, String)> {
        let repaired = self.tokens.iter().filter(|t| t.is_repaired);
        repaired
            .map(|t| (t.typed.clone(), t.word.clone()))
            .collect()
    }

    /// The phrases the words are looked up in.
    pub(crate) fn index(&self) -> &'static Index {
        self.index
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Every meaning whose phrase begins at `at`, the longest first.
    fn look_up(&self, at: usize) -> Vec<Found> {
        let phrases = self.index.begin_with(&self.tokens[at].word);
        let stands = |phrase: &[&str]| {
            phrase.iter().enumerate().all(|(i, word)| {
                let token = self.tokens.get(at + i);
                token.is_some_and(|t| t.word == *word && (i == 0 || t.after < Break::Stop))
            })
        };
        let mut found: Vec<Found> = phrases
            .iter()
            .filter(|(phrase, ..)| stands(phrase))
            .map(|(phrase, group, meaning)| Found {
                group,
                meaning,
                len: phrase.len(),
            })
            .collect();
        found.sort_by_key(|f| std::cmp::Reverse(f.len));
        found
    }

    /// The word at `at`; empty beyond the ends.
    pub(crate) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| t.word.as_str())
    }

    pub(crate) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The number at `at`, unless it has been taken.
    pub(crate) fn number(&self, at: usize) -> Option<f64> {
        let token = self.tokens.get(at).filter(|_| self.is_free(at))?;
        token.number
    }

    /// What stands before the word at `at`.
    pub(crate) fn break_before(&self, at: usize) -> Break {
        self.tokens.get(at).map_or(Break::Stop, |t| t.after)
    }

    /// The longest meaning of `group` that begins at `at`, of words that have not been taken.
    pub(crate) fn find(&self, at: usize, group: &str) -> Option<Found> {
        let mut found = self.found.get(at)?.iter().copied();
        found.find(|f| f.group == group && self.are_free(at, f.len))
    }

    /// Whether a meaning of `group` begins at `at`, taken or not.
    pub(crate) fn is(&self, at: usize, group: &str) -> bool {
        self.found
            .get(at)
            .is_some_and(|f| f.iter().any(|f| f.group == group))
    }

    /// As [`find`](Words::find), a meaning that ends just before `at`.
    pub(crate) fn find_before(&self, at: usize, group: &str) -> Option<(usize, Found)> {
        (at.saturating_sub(6)..at).find_map(|from| {
            let found = self.find(from, group)?;
            (from + found.len == at).then_some((from, found))
        })
    }

    /// Whether no longer phrase of any meaning begins at `at`.
    pub(crate) fn is_longest(&self, at: usize, len: usize) -> bool {
        self.found
            .get(at)
            .is_some_and(|f| f.iter().all(|f| f.len <= len))
    }

    pub(crate) fn is_free(&self, at: usize) -> bool {
        self.taken.get(at) == Some(&false)
    }

    fn are_free(&self, at: usize, len: usize) -> bool {
        (at..at + len).all(|i| self.is_free(i))
    }

    /// Takes words, so that no other pattern reads them.
    pub(crate) fn take(&mut self, from: usize, to: usize) {
        for taken in self.taken.iter_mut().take(to).skip(from) {
            *taken = true;
        }
    }

    /// Gives words back, so that they stay text.
    pub(crate) fn give_back(&mut self, from: usize, to: usize) {
        for taken in self.taken.iter_mut().take(to).skip(from) {
            *taken = false;
        }
    }

    /// The words nobody took, as they were typed, each run of them apart; `noise` says which carry nothing.
    pub(crate) fn left(&self, from: usize, to: usize) -> Vec<String> {
        let mut runs = Vec::new();
        let mut at = from;
        while at < to {
            let mut end = at;
            while end < to && self.is_free(end) {
                end += 1;
            }
            let (mut first, mut last) = (at, end);
            while first < last && self.is_noise(first) {
                first += 1;
            }
            while last > first && self.is_noise(last - 1) {
                last -= 1;
            }
            if first < last {
                runs.push(self.typed(first, last));
            }
            at = end.max(at) + 1;
        }
        runs
    }

    fn is_noise(&self, at: usize) -> bool {
        let filler = |f: &Found| f.group == "filler" && f.len == 1;
        self.found[at].iter().any(filler) || !self.word(at).contains(char::is_alphanumeric)
    }

    /// Whether a word that nobody took says something.
    pub(crate) fn has_unread(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| self.is_free(at) && !self.is_noise(at))
    }

    /// The words as they were typed.
    pub(crate) fn typed(&self, from: usize, to: usize) -> String {
        let mut text = String::new();
        for (i, token) in self.tokens[from..to].iter().enumerate() {
            match token.after {
                _ if i == 0 => {}
                Break::Comma => text.push_str(if token.spaced { ", " } else { "," }),
                Break::Stop => text.push_str(". "),
                Break::None if token.spaced => text.push(' '),
                Break::None => {}
            }
            text.push_str(&token.typed);
        }
        text
    }
}

/// The word of the lexicon that was meant: one slip of the keys in a word of four to seven letters, two in a longer
/// one, and no word of another meaning as near.
fn repaired_word(index: &Index, token: &Token) -> Option<&'static str> {
    let word = token.word.as_str();
    if let Some(meant) = index.spelt.get(word) {
        return Some(meant);
    }
    let letters = word.chars().count();
    let first = word.chars().next()?;
    // `clf` has lost its vowel
    let is_short = letters == 3 && !word.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let is_short = is_short && index.shortest <= 4;
    let is_word = word.chars().all(char::is_alphabetic);
    if letters < index.shortest && !is_short || !is_word || index.is_known(word) {
        return None;
    }
    let allowed = if letters >= 7 { 2 } else { 1 };
    let near = index.near(first).iter().filter_map(|candidate| {
        let fits = candidate.chars().count().abs_diff(letters) <= allowed;
        let slips = fits.then(|| strsim::osa_distance(word, candidate))?;
        // two slips only behind the same two letters
        // and only where letters were left out
        let begins = |n: usize| word.get(..n) == candidate.get(..n);
        let left_out = candidate.len() > word.len() && begins(2) || letters > 8 && begins(3);
        let fits = letters > 3 || candidate.len() == 4;
        (fits && slips <= 1 || slips <= allowed && left_out).then_some((slips, *candidate))
    });
    let near: Vec<(usize, &str)> = near.collect();
    let least = near.iter().map(|(slips, _)| *slips).min()?;
    let mut nearest = near
        .iter()
        .filter(|(slips, _)| *slips == least)
        .map(|(_, w)| *w);
    let meant = nearest.next()?;
    let means = |word: &str| index.begin_with(word).iter();
    let is_like = |other: &str| {
        means(other).any(|a| {
            a.0.len() == 1 && means(meant).any(|b| b.0.len() == 1 && (a.1, a.2) == (b.1, b.2))
        })
    };
    nearest.all(is_like).then_some(meant)
}

/// `leftcalf` as `left` and `calf`.
fn unglued(index: &Index, token: Token) -> Vec<Token> {
    let known = |word: &str| {
        let mut senses = index.begin_with(word).iter();
        senses.any(|(p, group, _)| p.len() == 1 && matches!(*group, "side" | "site"))
    };
    let whole = !index.begin_with(&token.word).is_empty();
    if token.number.is_some() || whole || !token.word.is_ascii() {
        return vec![token];
    }
    for cut in 1..token.word.len() {
        let (a, b) = token.word.split_at(cut);
        if known(a) && known(b) && a.len() + b.len() >= 5 {
            let part = |word: &str, after: Break, spaced: bool, typed: String| Token {
                word: word.to_string(),
                number: None,
                typed,
                after,
                spaced,
                is_repaired: false,
            };
            return vec![
                part(
                    a,
                    token.after,
                    token.spaced,
                    token.typed.chars().take(cut).collect(),
                ),
                part(
                    b,
                    Break::None,
                    false,
                    token.typed.chars().skip(cut).collect(),
                ),
            ];
        }
    }
    vec![token]
}
