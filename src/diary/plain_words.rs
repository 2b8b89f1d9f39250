//! What plain words say about a cramp, apart from its time: where, how bad, how long, how often, what was done, what the
//! muscle and the sleeper did. Each pattern takes the words it is sure of and leaves the others.

use crate::data::word::Word;
use crate::diary::phrase::{Break, Words};
use crate::diary::time_words::{amount, seconds_in};
use crate::diary::unit::LONGEST_EPISODE_S;
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

type Pattern = fn(&Words, usize) -> Option<(usize, Said)>;

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
    let mut to = at + found.len;
    let mut single = found.meaning == "none";
    for _ in 0..5 {
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
        to += 1;
    }
    None
}

/// `not the left this time`: the words are read, and say nothing.
fn not_the_other_side(words: &Words, at: usize) -> Option<(usize, Said)> {
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

/// `6/10`, `seven out of ten`, `pain 8`, `pain level: 3`, `8 pain`.
fn pain(words: &Words, at: usize) -> Option<(usize, Said)> {
    let mut begin = at;
    let mut named = false;
    if let Some(found) = words.find(at, "pain") {
        begin += found.len;
        named = true;
        while words.is(begin, "pain-between") {
            begin += 1;
        }
    }
    let (value, mut end) = score(words, begin)?;
    let out_of_ten = end > begin + 1 || words.word(begin).contains('/');
    if !named && !out_of_ten {
        let behind = words
            .find(end, "pain")
            .filter(|_| words.break_before(end) == Break::None)?;
        end += behind.len;
    }
    // `pain 6-7` is neither
    let ranged = matches!(words.word(end), "-" | "to" | "or") && words.number(end + 1).is_some();
    let measured = !out_of_ten
        && (seconds_in(words.word(end)).is_some() && words.break_before(end) == Break::None
            || words.is(end, "half-of-day"));
    // `slept 6/10`
    let is_other = !named && at > 0 && words.is(at - 1, "not-lasted-before");
    let now = words.word(end) == "now" || at > 0 && words.word(at - 1) == "now";
    if ranged || measured || is_other || now && words.break_before(end) == Break::None {
        return None;
    }
    let whole = (value * 2.0).fract() == 0.0;
    let said = match (0.0..=10.0).contains(&value) && whole {
        true => Said::Pain(value),
        false => return None,
    };
    Some((end, said))
}

/// A number, with `/10` or `out of ten` where it stands.
fn score(words: &Words, at: usize) -> Option<(f64, usize)> {
    if let Some((n, ten)) = words.word(at).split_once('/').filter(|_| words.is_free(at)) {
        return (ten == "10").then(|| Some((n.replace(',', ".").parse().ok()?, at + 1)))?;
    }
    let value = words.number(at)?;
    let is_ten = |at: usize| words.number(at) == Some(10.0);
    let of = match (words.word(at + 1), words.word(at + 2)) {
        ("out", "of") => at + 3,
        ("of" | "over" | "outof", _) => at + 2,
        _ => return Some((value, at + 1)),
    };
    Some((value, if is_ten(of) { of + 1 } else { at + 1 }))
}

/// A bare number that nothing else explains: `left calf 6`.
fn bare_pain(words: &Words, at: usize) -> Option<(usize, Said)> {
    let value = words.number(at)?;
    let starts = |at: usize| {
        at >= words.len()
            || words.break_before(at) > Break::None
            || !words.is_free(at)
            || words.is(at, "joiner")
    };
    let before = at == 0
        || words.break_before(at) > Break::None
        || !words.is_free(at - 1)
        || words.is(at - 1, "pain-between")
        || words.is(at - 1, "filler");
    let figures = words
        .word(at)
        .bytes()
        .all(|b| b.is_ascii_digit() || b == b'.');
    if !starts(at + 1) || !before || !figures && !words.is(at.saturating_sub(1), "pain-between") {
        return None;
    }
    let fits = (0.0..=10.0).contains(&value) && (value * 2.0).fract() == 0.0;
    Some((at + 1, if fits { Said::Pain(value) } else { return None }))
}

/// `3 min`, `2-3 minutes`, `half a minute`, `lasted 1m30s`, `a minute or two`, `over in ten seconds`.
fn lasted(words: &Words, at: usize) -> Option<(usize, Said)> {
    let mut begin = at;
    while words.is(begin, "lasted") {
        begin += 1;
    }
    let below = match (words.word(begin), words.word(begin + 1)) {
        ("less" | "shorter", "than") => 2,
        ("under" | "within", _) => 1,
        _ => 0,
    };
    let (mut low, mut high, end) = stretch_of_time(words, begin + below)?;
    if below > 0 {
        (low, high) = (0.0, Some(high.unwrap_or(low)));
    }
    let after = |word: &str| words.word(end) == word && words.break_before(end) == Break::None;
    let is_other = words.is(end, "not-lasted") && words.break_before(end) == Break::None
        || after("ago")
        || after("later");
    let owner = (begin.saturating_sub(4)..begin)
        .rev()
        .take_while(|i| words.break_before(i + 1) == Break::None);
    let of_other = owner.into_iter().any(|i| {
        words.is(i, "not-lasted-before") || words.is(i, "exercise") || words.is(i, "relief")
    });
    if is_other
        || of_other
        || high.unwrap_or(low) > f64::from(LONGEST_EPISODE_S)
        || high.is_none() && low < 1.0
    {
        return None;
    }
    let whole = |s: f64| s.round() as u32;
    Some((end, Said::Lasted(whole(low), high.map(whole))))
}

/// A length of time in seconds, or the two ends of a range, and where it ends.
pub(crate) fn stretch_of_time(words: &Words, at: usize) -> Option<(f64, Option<f64>, usize)> {
    if let Some(found) = words.find(at, "stretch-of-time") {
        let mut ends = found.meaning.split('-').map(str::parse::<f64>);
        let low = ends.next()?.ok()?;
        return Some((low, ends.next().and_then(Result::ok), at + found.len));
    }
    // `1:30 min`
    if let Some((m, s)) = words
        .word(at)
        .split_once(':')
        .filter(|_| words.is_free(at) && seconds_in(words.word(at + 1)) == Some(60))
    {
        return Some((
            m.parse::<f64>().ok()? * 60.0 + s.parse::<f64>().ok()?,
            None,
            at + 2,
        ));
    }
    let (first, mut next) = amount(words, at)?;
    let mut second = None;
    if matches!(words.word(next), "-" | "to" | "or")
        || words.word(next) == "and" && at > 0 && words.word(at - 1) == "between"
    {
        if let Some((n, end)) = amount(words, next + 1) {
            (second, next) = (Some(n), end);
        }
    }
    if !words.is_free(next) || words.break_before(next) > Break::None {
        return None;
    }
    let scale = f64::from(minute_or(words, next)?);
    next += 1;
    let mut low = first * scale;
    let high = second.map(|n| n * scale).filter(|high| *high > low);
    // `1 min 20`, `1m30s`, `2 minutes and 10 seconds`
    let rest = next + usize::from(words.word(next) == "and");
    if high.is_none()
        && let Some((n, end)) =
            amount(words, rest).filter(|_| words.break_before(rest) == Break::None)
    {
        let unit = minute_or(words, end);
        let tight = rest == next
            && scale >= 60.0
            && unit.is_none()
            && n < 60.0
            && end == rest + 1
            && (end >= words.len()
                || words.break_before(end) > Break::None
                || words.is(end, "side")
                || words.is(end, "site"));
        match unit.filter(|u| f64::from(*u) < scale) {
            Some(smaller) => {
                low += n * f64::from(smaller);
                next = end + 1;
            }
            None if tight => {
                low += n * scale / 60.0;
                next = end;
            }
            None => {}
        }
    }
    Some((low, high, next))
}

/// Seconds in the unit at `at`; a lone `m` is minutes.
fn minute_or(words: &Words, at: usize) -> Option<u32> {
    match words.word(at) {
        "m" => Some(60),
        "d" | "day" | "days" => None,
        unit => seconds_in(unit),
    }
}

/// `twice`, `x3`, `three times`, `four cramps`, `2 more times`.
fn times(words: &Words, at: usize) -> Option<(usize, Said)> {
    let all = |n: f64, more: bool| {
        let n = if more { n + 1.0 } else { n };
        (n.fract() == 0.0 && (1.0..=1000.0).contains(&n)).then_some(n as u32)
    };
    if words.word(at) == "twice" {
        return Some((at + 1, Said::Times(2)));
    }
    if words.word(at) == "thrice" {
        return Some((at + 1, Said::Times(3)));
    }
    if words.word(at) == "x" {
        let n = words
            .number(at + 1)
            .filter(|_| words.break_before(at + 1) == Break::None)?;
        return Some((at + 2, Said::Times(all(n, false)?)));
    }
    let (n, next) = amount(words, at)?;
    let more = words.word(next) == "more";
    let mut unit = next + usize::from(more);
    // `then two more`
    if more && (unit >= words.len() || words.break_before(unit) > Break::None) {
        return Some((unit, Said::Times(all(n, true)?)));
    }
    if matches!(
        words.word(unit),
        "separate" | "bad" | "short" | "little" | "big" | "small" | "different" | "distinct"
    ) {
        unit += 1;
    }
    if words.break_before(unit) != Break::None
        || matches!(words.word(at.saturating_sub(1)), "or" | "-" | "to")
    {
        return None;
    }
    let times = matches!(words.word(unit), "x" | "times" | "time");
    if times && words.word(unit + 1) != "this" && words.word(unit + 1) != "a" {
        return Some((unit + 1, Said::Times(all(n, more)?)));
    }
    let cramps = words.find(unit, "cramp").filter(|_| n > 1.0)?;
    Some((unit + cramps.len, Said::Times(all(n, more)?)))
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
    const GROUPS: [(&str, fn(&str) -> Option<Said>); 6] = [
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
