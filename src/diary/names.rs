//! The names of symptoms, conditions and medicines that stand in a text, as people say them: other spellings, slips of the
//! keys, words in between, and whether it says that the thing is not there.
//!
//! The names stand in `src/data/symptoms.toml`, `conditions.toml` and `medicines.toml`, the words round them in
//! `naming.toml`. Nothing is found in words that speak of somebody else, or of what somebody is afraid of.

use std::sync::OnceLock;

use crate::data;
use crate::data::word::Word;
use crate::diary::name_match::{Match, matches};
use crate::diary::phrase::{Break, SMALL, Words};
use crate::diary::phrase_index::Index;
use crate::diary::said::negated;
use crate::diary::vocabulary::{MedicineClass, Side, SymptomName};

/// A symptom named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SymptomNamed {
    pub(crate) symptom: SymptomName,
    pub(crate) side: Option<Side>,
    /// The text says that it is not there, or not any more.
    pub(crate) absent: bool,
    /// The words it was read from, as they were typed.
    pub(crate) typed: String,
    /// The first of these words, and the one behind the last.
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// A condition or a class of medicines named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ThingNamed<T> {
    pub(crate) thing: T,
    /// The text says that it is not so.
    pub(crate) absent: bool,
    pub(crate) typed: String,
}

/// Everything named in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) symptoms: Vec<SymptomNamed>,
    /// Conditions by their word in `conditions.toml`.
    pub(crate) conditions: Vec<ThingNamed<&'static str>>,
    pub(crate) medicines: Vec<ThingNamed<MedicineClass>>,
}

/// What a text names, slips of the keys put right.
pub(crate) fn named_in(text: &str) -> Named {
    let words = words_of(text, true);
    Named {
        symptoms: symptoms(&words),
        conditions: conditions(&words),
        medicines: medicines(&words),
    }
}

/// The words of a text, looked up among the names.
pub(crate) fn words_of(text: &str, repair: bool) -> Words {
    Words::by(index(), text, repair)
}

/// A phrase as [`Words`] cuts it: at blanks and hyphens, and between letters and figures.
fn cut(phrase: &'static str) -> Vec<&'static str> {
    let mut words = Vec::new();
    for part in phrase.split([' ', '-']) {
        let mut rest = part;
        while let Some(first) = rest.chars().next() {
            let other = |c: char| c.is_ascii_digit() != first.is_ascii_digit();
            let (word, more) = rest.split_at(rest.find(other).unwrap_or(rest.len()));
            words.push(word);
            rest = more;
        }
    }
    words
}

/// Words of fewer letters than this are left as they are typed: `pain` is not `pair`.
const SHORTEST_PUT_RIGHT: usize = 5;

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = Index::repairing_from(SHORTEST_PUT_RIGHT);
        for sense in data::lexicon().iter().chain(data::naming()) {
            let named = matches!(sense.group, "part" | "done" | "supplement" | "side");
            for phrase in &sense.words {
                let least = named.then_some(SHORTEST_PUT_RIGHT - 1);
                index.add(cut(phrase), sense.group, sense.meaning, least);
            }
        }
        for entry in data::symptoms() {
            let word = entry.symptom.word();
            for name in entry.names.iter().copied().chain([word]) {
                index.add(cut(name), "symptom", word, Some(SHORTEST_PUT_RIGHT - 1));
            }
        }
        for entry in data::conditions() {
            for name in entry.names.iter().copied().chain([entry.condition]) {
                index.add(
                    cut(name),
                    "condition",
                    entry.condition,
                    Some(SHORTEST_PUT_RIGHT - 1),
                );
            }
        }
        for entry in data::medicines() {
            for name in &entry.names {
                index.add(
                    cut(name),
                    "medicine",
                    entry.class.word(),
                    Some(SHORTEST_PUT_RIGHT - 1),
                );
            }
        }
        index.leave_alone(&[SMALL.as_slice(), &["small", "someone-has"]].concat());
        index
    })
}

/// Whether the words at `at` speak of somebody who has what comes next.
fn somebody_has(words: &Words, at: usize) -> bool {
    let has = |at: usize| words.is(at, "someone-has") && words.word(at + 1) != "to";
    words.is(at, "someone") && (has(at + 1) || has(at + 2))
}

/// Whether the words before a name, in its sentence, say that it is not the person's own, or that it is only feared.
fn is_elsewhere(words: &Words, from: usize) -> bool {
    let sentence = (0..=from)
        .rev()
        .find(|at| words.break_before(*at) == Break::Stop);
    (sentence.unwrap_or(0)..from).any(|at| words.is(at, "doubt") || somebody_has(words, at))
}

/// Whether a negation stands before a name: `no swelling`, not `not only swelling`, nor `hardly any`.
fn denied_before(words: &Words, from: usize) -> bool {
    let denied = negated(words, from).is_some_and(|(at, _)| {
        !matches!(words.word(at), "hardly" | "forgot" | "skipped")
            && !matches!(words.word(at + 1), "only" | "just")
    });
    denied || words.find_before(from, "ended-before").is_some()
}

/// Whether the words behind a name say that it is over: `swelling has gone`, not `gone numb`.
fn over_behind(words: &Words, to: usize) -> bool {
    let begins = (to..to + 3).find(|at| !words.is(*at, "side") && !words.is(*at, "part"));
    let Some((at, found)) = begins.and_then(|at| Some((at, words.find(at, "ended")?))) else {
        return false;
    };
    let next = at + found.len;
    words.break_before(at) == Break::None
        && !words.is(next, "sign-word")
        && words.word(next) != "to"
}

/// The side said within a name, just before it, or just behind.
fn side_of(words: &Words, from: usize, to: usize) -> Option<Side> {
    let side = |at: usize| {
        let found = words.find(at, "side")?;
        let after_than = (at.saturating_sub(2)..at).any(|i| words.word(i) == "than");
        let letter = words.word(at).len() < 2;
        (!after_than && !letter).then(|| Side::from_word(found.meaning))?
    };
    let near = |at: usize| words.break_before(at) == Break::None;
    let within = (from..to).find_map(side);
    let before = (from.saturating_sub(3)..from).rev();
    let before = before.take_while(|at| near(at + 1)).find_map(side);
    let behind = (to..to + 4).take_while(|at| near(*at)).find_map(side);
    before.or(within).or(behind)
}

/// The symptoms a text names, in its order.
pub(crate) fn symptoms(words: &Words) -> Vec<SymptomNamed> {
    let mut named: Vec<SymptomNamed> = Vec::new();
    for (_, found) in matches(words, &["symptom"], true) {
        let Some(symptom) = SymptomName::from_word(found.meaning) else {
            continue;
        };
        let (from, to) = (found.from(), found.to());
        if is_elsewhere(words, from) {
            continue;
        }
        // `no swelling or redness`: the first "no" holds for the second
        let carried = named.last().is_some_and(|before| {
            let joined = before.to..from;
            let joins = |at: usize| words.is(at, "or") || words.is(at, "small");
            before.absent
                && before.to <= from
                && words.word(before.to) != "but"
                && joined.len() <= 2
                && joined.clone().all(joins)
                && (!joined.is_empty() || words.break_before(from) == Break::Comma)
        });
        let absent =
            found.denied || carried || denied_before(words, from) || over_behind(words, to);
        let new = SymptomNamed {
            symptom,
            side: side_of(words, from, to),
            absent,
            typed: words.typed(from, to),
            from,
            to,
        };
        match named.iter_mut().find(|n| n.symptom == symptom) {
            // said twice; what is there outweighs what is not
            Some(before) if before.side == new.side || new.side.is_none() => {
                before.absent &= new.absent;
            }
            Some(before) if before.side.is_none() => *before = new,
            _ => named.push(new),
        }
    }
    named
}

/// The conditions a text names that are the person's own.
pub(crate) fn conditions(words: &Words) -> Vec<ThingNamed<&'static str>> {
    let mut named: Vec<ThingNamed<&'static str>> = Vec::new();
    let not_own = (0..words.len()).any(|at| words.is(at, "not-own"));
    for (group, found) in matches(words, &["condition", "not-a-condition"], false) {
        let known = named.iter().any(|n| n.thing == found.meaning);
        if group != "condition" || known || not_own || is_elsewhere(words, found.from()) {
            continue;
        }
        named.push(ThingNamed {
            thing: found.meaning,
            absent: denied_before(words, found.from()),
            typed: words.typed(found.from(), found.to()),
        });
    }
    if named.iter().any(|n| n.thing != OTHER_CONDITION) {
        named.retain(|n| n.thing != OTHER_CONDITION);
    }
    named
}

/// The condition that stands for all those no rule knows.
pub(crate) const OTHER_CONDITION: &str = "other";

/// The classes of medicines a text names, in the order of the table.
pub(crate) fn medicines(words: &Words) -> Vec<ThingNamed<MedicineClass>> {
    let mut named: Vec<ThingNamed<MedicineClass>> = Vec::new();
    for (_, found) in matches(words, &["medicine"], false) {
        let class = MedicineClass::from_word(found.meaning);
        let Some(class) = class.filter(|c| named.iter().all(|n| n.thing != *c)) else {
            continue;
        };
        named.push(ThingNamed {
            thing: class,
            absent: denied_before(words, found.from()),
            typed: words.typed(found.from(), found.to()),
        });
    }
    if named.iter().any(|n| n.thing != MedicineClass::Other) {
        named.retain(|n| n.thing != MedicineClass::Other);
    }
    let place = |class: MedicineClass| data::medicines().iter().position(|c| c.class == class);
    named.sort_by_key(|n| place(n.thing));
    named
}

/// What a measure is a form of (`stretch`, `massage`, `heat`, …), when the text names one and nothing else.
pub(crate) fn measure(text: &str) -> Option<&'static str> {
    let words = words_of(text, true);
    let found = longest(&words, "done")?;
    const BESIDE: [&str; 7] = [
        "small",
        "filler",
        "between",
        "part",
        "evening",
        "part-of-day",
        "day",
    ];
    let beside = |at: usize| {
        let small = BESIDE.iter().any(|group| words.is(at, group));
        found.places.contains(&at) || small || words.number(at).is_some()
    };
    (0..words.len()).all(beside).then_some(found.meaning)
}

/// Whether the text names something taken that no rule about medicines reads.
pub(crate) fn is_supplement(text: &str) -> bool {
    longest(&words_of(text, true), "supplement").is_some()
}

/// As [`is_supplement`], where the name is spelt as the table has it.
pub(crate) fn is_supplement_spelt(text: &str) -> bool {
    longest(&words_of(text, false), "supplement").is_some()
}

/// Whether a word is a form a medicine comes in, which may stand behind its name.
pub(crate) fn is_form(word: Option<&String>) -> bool {
    word.is_some_and(|word| words_of(word, false).is(0, "form"))
}

/// The name of a group that has most words.
fn longest(words: &Words, group: &str) -> Option<Match> {
    let found = matches(words, &[group], false).into_iter();
    found
        .map(|(_, found)| found)
        .max_by_key(|found| found.places.len())
}
