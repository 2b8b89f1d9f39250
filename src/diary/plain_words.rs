//! What plain words say about a cramp, numbers and times aside: whether there was one, where, what was done, what the
//! muscle and the sleeper did. Each pattern takes the words it is sure of and leaves the others.

use crate::data::word::Word;
use crate::diary::number_words::{bare_pain, lasted, pain, stretch_of_time, times};
use crate::diary::phrase::{Break, Words};
use crate::diary::said::{Pattern, Said, negated};
use crate::diary::vocabulary::{Kind, Posture, Relief, Side, Site};

/// Whether there was a cramp at all; read before everything else.
pub(crate) const ANSWERS: [Pattern; 6] = [
    small_words,
    elsewhere,
    no_cramp,
    not_the_other_side,
    long_relief,
    long_body,
];

/// Everything about a cramp that has no number in it, and the numbers; read after times and factors.
pub(crate) const DETAILS: [Pattern; 9] = [
    pain, lasted, times, relief, body, site, side, cramp, bare_pain,
];

/// `both times`, `full stop`, `right after`: nothing, though a word of it would mean something by itself.
fn small_words(words: &Words, at: usize) -> Option<(usize, Said)> {
    let found = words.find(at, "filler").filter(|f| f.len > 1)?;
    Some((at + found.len, Said::Nothing))
}

fn elsewhere(words: &Words, at: usize) -> Option<(usize, Said)> {
    if let Some(found) = words.find(at, "elsewhere") {
        return Some((at + found.len, Said::Elsewhere));
    }
    // `my mum gets these`, `the dog kicked`; not `my husband had to massage it`, `the baby woke me`
    words.find(at, "relative")?;
    let has = words.find(at + 1, "has-it")?;
    let to = at + 1 + has.len;
    (!matches!(words.word(to), "to" | "me")).then_some((to, Said::Elsewhere))
}

/// `no cramps`, `didn't have any cramps`, `0 cramps`, `cramp free`, `all quiet`; and `not really a cramp`.
fn no_cramp(words: &Words, at: usize) -> Option<(usize, Said)> {
    // `slept through`, not `slept through it`
    if let Some(found) = words
        .find(at, "calm")
        .filter(|f| words.is_longest(at, f.len))
    {
        let is_sure = (at..at + found.len).any(|i| words.is(i, "cramp") || words.word(i) == "calm");
        return Some((at + found.len, Said::NoCramp(is_sure)));
    }
    // a lone word that would mean something else in a sentence: `nothing`, `none`
    if let Some(found) = words.find(at, "calm-alone") {
        let to = at + found.len;
        let is_day = |at: usize| ["day", "weekday"].iter().any(|group| words.is(at, group));
        let behind_day =
            at > 0 && (is_day(at - 1) || matches!(words.word(at - 1), "night" | "nights"));
        let begins = words.break_before(at) > Break::None || behind_day;
        let ends = to >= words.len() || words.break_before(to) > Break::None || is_day(to);
        if begins && (ends || matches!(words.word(to), "on" | "from" | "since")) {
            return Some((to, Said::NoCramp(false)));
        }
    }
    if words.number(at) == Some(0.0) && words.is(at + 1, "cramp") {
        return Some((at + 2, Said::NoCramp(true)));
    }
    let found = words.find(at, "negation")?;
    let mut single = found.meaning == "none";
    let begin = at + found.len;
    for to in begin..begin + 5 {
        if words.break_before(to) != Break::None {
            return None;
        }
        // `never had one last night`
        let one = matches!(words.word(to), "one" | "any" | "ones")
            && to > at + 1
            && (to + 1 >= words.len()
                || words.break_before(to + 1) > Break::None
                || words.is(to + 1, "day"));
        if one {
            return Some((to + 1, Said::NoCramp(true)));
        }
        let denied = words.find(to, "cramp").or_else(|| words.find(to, "denied"));
        if let Some(cramp) = denied {
            let end = to + cramp.len;
            // `no cramp until 4am, then left calf`
            if let Some(until) = words.find(end, "denied-until") {
                return Some((end + until.len, Said::Nothing));
            }
            // `didn't cramp`, `no cramp`, against `wasn't a cramp`
            let said = if single {
                Said::NoCramp(true)
            } else {
                Said::NotACramp
            };
            return Some((end, said));
        }
        if !words.is(to, "between") {
            return None;
        }
        // `not from cramp`, `not a single one`; `not a twinge`
        single |= matches!(words.word(to), "single" | "one" | "any" | "from");
        single |= words.is(to + 1, "denied");
    }
    None
}

/// `not the left this time`: the words are read, and say nothing.
fn not_the_other_side(words: &Words, at: usize) -> Option<(usize, Said)> {
    // `none in the left, right calf 2am`
    let is_none = matches!(words.word(at), "none" | "nothing") && words.word(at + 1) == "in";
    let to = at + 2 + usize::from(matches!(words.word(at + 2), "the" | "my"));
    if is_none && words.is(to, "side") {
        return Some((to + 1, Said::Nothing));
    }
    let found = words
        .find(at, "negation")
        .filter(|f| f.meaning == "is-not")?;
    let begin = at + found.len;
    let to = begin + usize::from(matches!(words.word(begin), "the" | "my" | "in"));
    let place = words.find(to, "side").or_else(|| words.find(to, "site"))?;
    let mut end = to + place.len;
    end += words.find(end, "site").map_or(0, |site| site.len);
    end += if words.word(end) == "this" && words.word(end + 1) == "time" {
        2
    } else {
        0
    };
    Some((end, Said::Again))
}

/// `stretched it`, `walked it off`, `rubbed`, `ice pack`, `nothing helped`.
/// Of several words, such as `hot water bottle`, it is read before the factors.
fn long_relief(words: &Words, at: usize) -> Option<(usize, Said)> {
    relief(words, at).filter(|(to, _)| to - at > 1)
}

fn relief(words: &Words, at: usize) -> Option<(usize, Said)> {
    let found = words.find(at, "relief")?;
    let to = at + found.len;
    if words.is(to, "no-help")
        || words.is(to, "beforehand")
        || at > 0 && words.find_before(at, "cause").is_some()
        || negated(words, at).is_some()
    {
        return None;
    }
    Some((to, Said::Relief(Relief::from_word(found.meaning)?)))
}

/// Of three words and more, such as `like a golf ball`, it is read before the factors.
fn long_body(words: &Words, at: usize) -> Option<(usize, Said)> {
    body(words, at).filter(|(to, said)| to - at > 2 && *said != Said::ByDay)
}

/// What the muscle and the sleeper did, what kind it was, whether it was by day.
fn body(words: &Words, at: usize) -> Option<(usize, Said)> {
    type Read = fn(&str) -> Option<Said>;
    const GROUPS: [(&str, Read); 6] = [
        ("woke", |m| Some(Said::Woke(m == "yes"))),
        ("knot", |m| Some(Said::Knot(m == "yes"))),
        ("posture", |m| Posture::from_word(m).map(Said::Posture)),
        ("kind", |m| Kind::from_word(m).map(Said::Kind)),
        ("by-day", |_| Some(Said::ByDay)),
        ("again", |_| Some(Said::Again)),
    ];
    let (found, read) = GROUPS
        .iter()
        .find_map(|(group, read)| Some((words.find(at, group)?, read)))?;
    let said = read(found.meaning)?;
    let to = at + found.len;
    // `11 hours sat down` is a journey, not how the sleeper lay
    let is_measured = |from: usize| stretch_of_time(words, from).is_some_and(|(.., end)| end == at);
    if matches!(said, Said::Posture(_)) && (at.saturating_sub(3)..at).any(is_measured) {
        return None;
    }
    match (negated(words, at), said) {
        (None, said) => Some((to, said)),
        (Some(_), Said::Woke(true)) => Some((to, Said::Woke(false))),
        (Some(_), Said::Knot(true)) => Some((to, Said::Knot(false))),
        _ => None,
    }
}

fn side(words: &Words, at: usize) -> Option<(usize, Said)> {
    // `left no right calf`
    if words.word(at) == "no" && words.is(at + 1, "side") && words.is_free(at) {
        return Some((at + 1, Said::Correction));
    }
    if let Some(found) = words.find(at, "correction") {
        return Some((at + found.len, Said::Correction));
    }
    // `my write calf`, as a telephone hears it
    let heard = words.find(at, "side-heard").filter(|f| {
        ["site", "limb"]
            .iter()
            .any(|group| words.is(at + f.len, group))
    });
    let found = words.find(at, "side").or(heard)?;
    let to = at + found.len;
    // `left the window open`
    let is_verb = found.meaning == "left"
        && words.word(at) == "left"
        && matches!(
            words.word(to),
            "the" | "my" | "a" | "it" | "him" | "her" | "for" | "home" | "work"
        )
        && (to..to + 3).all(|i| !words.is(i, "site"));
    if is_verb {
        return None;
    }
    // `left or right calf` is neither
    let or = |at: usize| words.word(at) == "or";
    if or(to) && words.is(to + 1, "side") || at > 1 && or(at - 1) && words.is(at - 2, "side") {
        return None;
    }
    // a letter is a side only beside a place
    if words.word(at).len() < 3
        && !(to..to + 2)
            .chain(at.saturating_sub(2)..at)
            .any(|i| words.is(i, "site") || words.is(i, "limb"))
    {
        return None;
    }
    Some((to, Said::Side(Side::from_word(found.meaning)?)))
}

fn site(words: &Words, at: usize) -> Option<(usize, Said)> {
    // `back of my left thigh`, `back of the lower leg`
    if words.word(at) == "back" && words.word(at + 1) == "of" {
        let muscle = (at + 2..at + 6).find_map(|i| match words.word(i) {
            "thigh" | "thighs" => Some(Site::Hamstring),
            "leg" | "legs" => Some(Site::Calf),
            _ => None,
        });
        return muscle.map(|site| (at + 2, Said::Site(site, false)));
    }
    let found = words.find(at, "site")?;
    let sided = at > 0 && words.is(at - 1, "side");
    Some((
        at + found.len,
        Said::Site(Site::from_word(found.meaning)?, sided),
    ))
}

fn cramp(words: &Words, at: usize) -> Option<(usize, Said)> {
    let found = words.find(at, "cramp")?;
    if negated(words, at).is_some() {
        return None;
    }
    Some((at + found.len, Said::Cramp))
}
