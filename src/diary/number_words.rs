//! Numbers about a cramp in plain words: how bad, how long, how often.

use crate::diary::clock_words::{amount, seconds_in};
use crate::diary::lexicon::unit_named;
use crate::diary::phrase::{Break, Words};
use crate::diary::said::Said;
use crate::diary::unit::LONGEST_EPISODE_S;

/// `6/10`, `seven out of ten`, `pain 8`, `pain level: 3`, `8 pain`.
pub(crate) fn pain(words: &Words, at: usize) -> Option<(usize, Said)> {
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
pub(crate) fn bare_pain(words: &Words, at: usize) -> Option<(usize, Said)> {
    let value = words.number(at)?;
    let starts = |at: usize| {
        at >= words.len()
            || words.break_before(at) > Break::None
            || !words.is_free(at) && !words.is(at, "relief")
            || ["side", "site", "joiner"]
                .iter()
                .any(|group| words.is(at, group))
    };
    let before = at == 0
        || words.break_before(at) > Break::None
        || !words.is_free(at - 1)
        || words.is(at - 1, "pain-between")
        || words.is(at - 1, "filler");
    // `right calf 6 swollen and hot`, not `left calf 3 nights`
    let behind_place = at > 0
        && words.break_before(at) == Break::None
        && ["side", "site"].iter().any(|group| words.is(at - 1, group))
        && !["counted", "factor", "measure"]
            .iter()
            .any(|group| words.is(at + 1, group))
        && words.number(at + 1).is_none()
        && unit_named(words.word(at + 1)).is_none();
    let figures = words
        .word(at)
        .bytes()
        .all(|b| b.is_ascii_digit() || b == b'.')
        && !(words.word(at).len() > 1 && words.word(at).starts_with('0'));
    if !(starts(at + 1) && before || behind_place)
        || !figures && !words.is(at.saturating_sub(1), "pain-between")
    {
        return None;
    }
    let fits = (0.0..=10.0).contains(&value) && (value * 2.0).fract() == 0.0;
    Some((at + 1, if fits { Said::Pain(value) } else { return None }))
}

/// `3 min`, `2-3 minutes`, `half a minute`, `lasted 1m30s`, `a minute or two`, `over in ten seconds`.
pub(crate) fn lasted(words: &Words, at: usize) -> Option<(usize, Said)> {
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
    // `three thirty a m`
    if words.word(next) == "m" && words.word(at) == "a" {
        return None;
    }
    let mut second = None;
    let between = words.word(next) == "and" && at > 0 && words.word(at - 1) == "between";
    if (between || matches!(words.word(next), "-" | "to" | "or"))
        && let Some((n, end)) = amount(words, next + 1)
    {
        (second, next) = (Some(n), end);
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
pub(crate) fn times(words: &Words, at: usize) -> Option<(usize, Said)> {
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
    let counted = n > 1.0 && !words.is(unit, "uncounted");
    let cramps = words.find(unit, "cramp").filter(|_| counted)?;
    Some((unit + cramps.len, Said::Times(all(n, more)?)))
}
