//! A typed line cut into words, and the phrases of the lexicon found in it: other spellings, slips of the keys, glued
//! words. What no reader takes stays text, as it was typed.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::data;

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Break {
    None,
    /// A comma, a dash, a smiley.
    Comma,
    /// The end of a sentence, a line break.
    Stop,
}

/// One word or number of a line.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// In small letters, apostrophes dropped, slips of the keys put right.
    pub(crate) word: String,
    /// The number it is, in figures or in words.
    pub(crate) number: Option<f64>,
    /// As it was typed.
    pub(crate) typed: String,
    /// What stands before it.
    pub(crate) after: Break,
    /// Whether a blank stands before it.
    pub(crate) spaced: bool,
}

/// A meaning found in the lexicon, with the number of words it takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Found {
    pub(crate) group: &'static str,
    pub(crate) meaning: &'static str,
    pub(crate) len: usize,
}

/// The phrases of the lexicon by their first word.
struct Index {
    by_first: HashMap<&'static str, Vec<(Vec<&'static str>, &'static str, &'static str)>>,
    /// Every single word of four letters or more, by its first letter, for putting slips right.
    words: HashMap<char, Vec<&'static str>>,
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = Index {
            by_first: HashMap::new(),
            words: HashMap::new(),
        };
        for sense in data::lexicon() {
            for phrase in &sense.words {
                let words: Vec<&str> = phrase.split(' ').collect();
                let Some(first) = words.first().copied() else {
                    continue;
                };
                for word in words.iter().filter(|w| w.chars().count() >= 4) {
                    let same = index.words.entry(word.chars().next().unwrap_or(' '));
                    let known = same.or_default();
                    if !known.contains(word) {
                        known.push(word);
                    }
                }
                let entries = index.by_first.entry(first).or_default();
                entries.push((words, sense.group, sense.meaning));
            }
        }
        index
    })
}

/// The words of a line, which of them have been taken, and what the lexicon knows of each.
pub(crate) struct Words {
    tokens: Vec<Token>,
    taken: Vec<bool>,
    found: Vec<Vec<Found>>,
    /// Words as typed that were read as another word.
    pub(crate) repaired: Vec<(String, String)>,
}

impl Words {
    /// Cuts `line` into words. Slips of the keys are put right only where `repair` allows it.
    pub(crate) fn new(line: &str, repair: bool) -> Words {
        let mut tokens = cut(line);
        let mut repaired = Vec::new();
        if repair {
            tokens = tokens
                .into_iter()
                .flat_map(|token| unglued(token))
                .collect();
            for token in &mut tokens {
                if let Some(word) = repaired_word(token) {
                    repaired.push((token.typed.clone(), word.to_string()));
                    token.word = word.to_string();
                }
            }
        }
        let mut words = Words {
            taken: vec![false; tokens.len()],
            found: Vec::new(),
            tokens,
            repaired,
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

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Every meaning whose phrase begins at `at`, the longest first.
    fn look_up(&self, at: usize) -> Vec<Found> {
        let Some(phrases) = index().by_first.get(self.tokens[at].word.as_str()) else {
            return Vec::new();
        };
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
    fn typed(&self, from: usize, to: usize) -> String {
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
/// one, and no other word as near.
fn repaired_word(token: &Token) -> Option<&'static str> {
    let word = token.word.as_str();
    let letters = word.chars().count();
    let first = word.chars().next()?;
    let is_known = |w: &str| {
        index().by_first.contains_key(w)
            || index().words.get(&first).is_some_and(|k| k.contains(&w))
    };
    if letters < 4 && !(letters == 3 && first != 'c') || token.number.is_some() || is_known(word) {
        if letters != 3 || is_known(word) || token.number.is_some() {
            return None;
        }
    }
    if !word.chars().all(char::is_alphabetic) {
        return None;
    }
    let allowed = if letters >= 8 { 2 } else { 1 };
    let mut nearest: Option<(usize, &'static str)> = None;
    let mut tied = false;
    for candidate in index().words.get(&first).into_iter().flatten().copied() {
        let length = candidate.chars().count();
        // a short word is put right only where letters were swapped or one was left out
        if length.abs_diff(letters) > allowed || letters == 3 && length != 4 {
            continue;
        }
        let slips = strsim::osa_distance(word, candidate);
        match nearest {
            _ if slips > allowed => {}
            Some((least, _)) if slips > least => {}
            Some((least, other)) if slips == least => tied |= other != candidate,
            _ => (nearest, tied) = (Some((slips, candidate)), false),
        }
    }
    let (_, meant) = nearest.filter(|_| !tied)?;
    // an everyday word that is near a word of the lexicon is itself
    let everyday = |f: &(Vec<&str>, &str, &str)| f.1 == "everyday";
    let own = index().by_first.get(meant);
    (!own.is_some_and(|senses| senses.iter().all(everyday))).then_some(meant)
}

/// `leftcalf` as `left` and `calf`.
fn unglued(token: Token) -> Vec<Token> {
    let known = |word: &str| {
        let senses = index().by_first.get(word);
        senses.is_some_and(|senses| {
            senses
                .iter()
                .any(|(p, group, _)| p.len() == 1 && matches!(*group, "side" | "site"))
        })
    };
    let whole = index().by_first.contains_key(token.word.as_str());
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

/// Cuts a line into words and numbers: `5min` is two, `6/10`, `3:10` and `4.5` are one.
fn cut(line: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut after = Break::None;
    for typed in line.split_whitespace() {
        let chars: Vec<char> = typed.chars().collect();
        let mut spaced = true;
        let mut at = 0;
        if let Some(date) = whole_date(typed) {
            push(&mut tokens, date, &mut after, &mut spaced);
            continue;
        }
        while at < chars.len() {
            let end = word_end(&chars, at);
            if end > at {
                let text: String = chars[at..end].iter().collect();
                push(&mut tokens, text, &mut after, &mut spaced);
                at = end;
                continue;
            }
            after = after.max(match chars[at] {
                '.' | '!' | '?' | ';' => Break::Stop,
                '\'' | '’' | '"' | '“' | '”' | '°' | '~' | '+' | '/' | '(' | ')' | '#' | '*' => {
                    Break::None
                }
                '-' if at > 0 && chars.get(at + 1).is_some_and(|c| c.is_alphanumeric()) => {
                    Break::None
                }
                _ => Break::Comma,
            });
            // `2-3` is from two to three
            let digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
            if matches!(chars[at], '-' | '–')
                && at > 0
                && digit(chars.get(at - 1))
                && digit(chars.get(at + 1))
            {
                push(
                    &mut tokens,
                    "-".to_string(),
                    &mut Break::None.clone(),
                    &mut false.clone(),
                );
                after = Break::None;
            }
            if chars[at] == '~' {
                push(&mut tokens, "~".to_string(), &mut after, &mut spaced);
            }
            at += 1;
        }
    }
    if let Some(first) = tokens.first_mut() {
        first.after = Break::Stop;
    }
    tokens
}

/// `2026-03-04` (with or without a time), or `-2` for the night before last.
fn whole_date(typed: &str) -> Option<String> {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let bare = typed.trim_end_matches([',', '.', ';']);
    let is_date = bare.len() >= 10
        && bare.get(..4).is_some_and(digits)
        && bare.as_bytes().get(4) == Some(&b'-')
        && bare.get(5..7).is_some_and(digits);
    let is_back = bare.strip_prefix('-').is_some_and(digits);
    (is_date || is_back).then(|| bare.to_lowercase())
}

fn push(tokens: &mut Vec<Token>, typed: String, after: &mut Break, spaced: &mut bool) {
    let lower = typed.to_lowercase();
    let word: String = lower
        .chars()
        .filter(|c| !matches!(c, '\'' | '’' | '.'))
        .collect();
    let number = number(&lower);
    tokens.push(Token {
        word: if number.is_some() { lower } else { word },
        number,
        typed,
        after: std::mem::replace(after, Break::None),
        spaced: std::mem::replace(spaced, false),
    });
}

/// The number a word in figures is: `4.5`, `1,5`, `½`.
fn number(word: &str) -> Option<f64> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return match word {
            "½" => Some(0.5),
            "¼" => Some(0.25),
            "¾" => Some(0.75),
            _ => None,
        };
    }
    word.replace(',', ".")
        .parse()
        .ok()
        .filter(|n: &f64| n.is_finite())
}

/// Where the word or number that begins at `at` ends; `at` where none begins.
fn word_end(chars: &[char], at: usize) -> usize {
    let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    let mut end = at;
    if digit(at) {
        while digit(end) || matches!(chars.get(end), Some('.' | ':' | ',' | '/')) && digit(end + 1)
        {
            end += 1;
        }
        return end;
    }
    if chars.get(at).is_some_and(|c| matches!(c, '½' | '¼' | '¾')) {
        return at + 1;
    }
    // a.m. and p.m. are words
    let dotted = |i: usize| {
        chars.get(i) == Some(&'.') && chars.get(i + 1).is_some_and(|c| matches!(c, 'm' | 'M'))
    };
    while chars.get(end).is_some_and(|c| {
        c.is_alphabetic()
            || matches!(c, '_')
            || matches!(c, '\'' | '’')
                && end > at
                && chars.get(end + 1).is_some_and(|c| c.is_alphabetic())
    }) {
        end += 1;
    }
    if end == at + 1 && matches!(chars.get(at), Some('a' | 'A' | 'p' | 'P')) && dotted(end) {
        end += 2;
        if chars.get(end) == Some(&'.') {
            end += 1;
        }
    }
    end
}
