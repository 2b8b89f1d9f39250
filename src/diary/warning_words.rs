//! Warning words in what a person wrote: which symptoms a text may speak of, as typed, and not where it denies them.

use crate::data::word::Word;
use crate::diary::phrase::{Break, Words};
use crate::diary::vocabulary::{Side, SymptomName};

/// A symptom that a text may speak of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sign {
    pub(crate) symptom: SymptomName,
    /// The side named in the same text, when it names one only.
    pub(crate) side: Option<Side>,
    /// The first of its words and the one after its last.
    from: usize,
    to: usize,
}

/// The signs of one text.
pub(crate) struct Signs {
    words: Words,
    pub(crate) signs: Vec<Sign>,
}

/// The warning words of `text`, each symptom once.
pub(crate) fn signs(text: &str) -> Signs {
    let words = Words::new(text, true);
    let mut signs: Vec<Sign> = Vec::new();
    let side = only_side(&words);
    let mut at = 0;
    while at < words.len() {
        let Some(found) = words.find(at, "sign") else {
            at += 1;
            continue;
        };
        let to = at + found.len;
        let symptom = SymptomName::from_word(found.meaning);
        let is_new = |s: &SymptomName| signs.iter().all(|sign| sign.symptom != *s);
        let named = symptom.filter(is_new);
        if let Some(symptom) = named.filter(|_| !is_denied(&words, at, to)) {
            signs.push(Sign {
                symptom,
                side,
                from: at,
                to,
            });
        }
        at = to;
    }
    Signs { words, signs }
}

impl Signs {
    /// The words of `signs` as they were typed; those that stand close together in one piece, the others apart.
    pub(crate) fn typed(&self, signs: &[&Sign]) -> Vec<String> {
        let mut spans: Vec<(usize, usize)> = Vec::new();
        for sign in signs {
            match spans.last_mut() {
                Some((_, to)) if self.is_near(*to, sign.from) => *to = sign.to,
                _ => spans.push((sign.from, sign.to)),
            }
        }
        let typed = spans
            .into_iter()
            .map(|(from, to)| self.words.typed(from, to));
        typed.collect()
    }

    /// Whether at most two words and no end of a sentence part two signs.
    fn is_near(&self, to: usize, from: usize) -> bool {
        from <= to + 2 && (to..=from).all(|at| self.words.break_before(at) < Break::Stop)
    }
}

/// The one side a text names.
fn only_side(words: &Words) -> Option<Side> {
    let found = (0..words.len()).filter_map(|at| words.find(at, "side"));
    let mut sides = found.filter_map(|found| Side::from_word(found.meaning));
    let first = sides.next()?;
    sides.all(|side| side == first).then_some(first)
}

/// Whether the words before a sign, or right behind it, say that it is not there.
fn is_denied(words: &Words, from: usize, to: usize) -> bool {
    let ends = |at: usize| at >= words.len() || words.break_before(at) > Break::None;
    if matches!(words.word(to), "no" | "none") && ends(to + 1) {
        return true;
    }
    // "never so swollen before" says that it is now
    if words.word(to) == "before" {
        return false;
    }
    let mut at = from;
    loop {
        if words.break_before(at) > Break::None {
            return false;
        }
        if ["negation", "is-not"]
            .iter()
            .any(|group| words.find_before(at, group).is_some())
        {
            return true;
        }
        let word = words.word(at.wrapping_sub(1));
        let skipped = || {
            let groups = ["between", "side", "site", "limb"];
            let mut found = groups.iter().map(|group| words.find_before(at, group));
            found.find_map(|found| found.map(|(start, _)| start))
        };
        let before = match word {
            // "no rash or swelling" denies both
            "or" | "nor" => {
                let sign = words.find_before(at - 1, "sign");
                sign.map_or(at.checked_sub(2), |(start, _)| Some(start))
            }
            "longer" | "signs" | "sign" => Some(at - 1),
            _ => skipped(),
        };
        match before {
            Some(start) if start < at => at = start,
            _ => return false,
        }
    }
}
