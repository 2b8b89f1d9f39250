//! Times on the clock as people say them: "half past two", "5ish", "about four in the morning", "between 2 and 3".

use chrono::{Duration, NaiveTime, Timelike};

use crate::diary::lexicon;
use crate::diary::phrase::{Break, Words};

/// A time on the clock.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Clock {
    pub(crate) time: NaiveTime,
    pub(crate) either_half: bool,
    pub(crate) about: bool,
    pub(crate) vague: bool,
}

pub(crate) fn in_half(time: NaiveTime, pm: bool) -> NaiveTime {
    time.with_hour(time.hour() % 12 + if pm { 12 } else { 0 })
        .unwrap_or(time)
}

/// Words that lead up to a time: `at about`, `around`, `just before`. Where the time begins, and whether it is about.
pub(crate) fn lead(words: &Words, at: usize) -> (usize, bool, bool) {
    let (mut to, mut about, mut led) = (at, false, false);
    loop {
        if let Some(found) = words.find(to, "about") {
            (to, about, led) = (to + found.len, true, true);
        } else if let Some(found) = words.find(to, "at") {
            (to, led) = (to + found.len, true);
        } else {
            return (to, about, led);
        }
    }
}

/// `from 3 till 3.10`, `between 2 and 3`, `3am to 3.05am`.
pub(crate) fn span(words: &Words, at: usize) -> Option<(usize, Clock, Option<Clock>)> {
    let between = words.word(at) == "between";
    let opened = between || words.word(at) == "from";
    let (begin, about, _) = lead(words, at + usize::from(opened));
    let or = words.word(begin + 1) == "or";
    let (middle, mut first, sure) = face(words, begin, opened || or)?;
    let joined = match words.word(middle) {
        "and" => between,
        "or" => true,
        "to" | "till" | "til" | "until" | "-" => !between,
        _ => false,
    };
    let (begin, later, _) = lead(words, middle + 1);
    let (end, second, second_sure) = face(words, begin, true)?;
    if !joined || !(opened || sure || or && second_sure) {
        return None;
    }
    if first.either_half && !second.either_half {
        first = Clock {
            time: in_half(first.time, second.time.hour() >= 12),
            either_half: false,
            ..first
        };
    }
    first.about |= about;
    if between || or {
        let mut half = second.time - first.time;
        if half < Duration::zero() {
            half += Duration::hours(24);
        }
        let time = first.time.overflowing_add_signed(half / 2).0;
        let about = true;
        return Some((
            end,
            Clock {
                time,
                about,
                ..first
            },
            None,
        ));
    }
    first.about |= later;
    Some((end, first, Some(second)))
}

/// A number of something, `half an` and `a couple of` included: how many, and where the unit stands.
pub(crate) fn amount(words: &Words, at: usize) -> Option<(f64, usize)> {
    if let Some(found) = words.find(at, "amount") {
        return Some((found.meaning.parse().ok()?, at + found.len));
    }
    let whole = words.number(at)?;
    let fraction = |at: usize| match words.word(at) {
        "1/2" | "½" => Some(0.5),
        "1/4" | "¼" => Some(0.25),
        "3/4" | "¾" => Some(0.75),
        _ => None,
    };
    if let Some(half) = fraction(at + 1) {
        return Some((whole + half, at + 2));
    }
    if words.word(at + 1) == "and" && words.word(at + 2) == "a" && words.word(at + 3) == "half" {
        return Some((whole + 0.5, at + 4));
    }
    // `forty five`
    let tens = whole >= 20.0
        && whole % 10.0 == 0.0
        && !words.word(at).starts_with(|c: char| c.is_ascii_digit());
    if let Some(ones) = words
        .number(at + 1)
        .filter(|n| tens && (1.0..10.0).contains(n) && words.break_before(at + 1) == Break::None)
    {
        return Some((whole + ones, at + 2));
    }
    Some((whole, at + 1))
}

/// How many seconds a unit of time has.
pub(crate) fn seconds_in(unit: &str) -> Option<u32> {
    let found = lexicon::unit_named(unit).filter(|u| u.dimension == lexicon::Dimension::Time)?;
    Some(found.scale as u32)
}

/// `middle of the night`, `early hours`: a part of the night, kept with the time in its middle.
pub(crate) fn vague(words: &Words, at: usize) -> Option<(usize, Clock)> {
    let found = words.find(at, "vague-time")?;
    let time = NaiveTime::parse_from_str(found.meaning, "%H:%M").ok()?;
    Some((
        at + found.len,
        Clock {
            time,
            either_half: false,
            about: true,
            vague: true,
        },
    ))
}

/// A time on the clock, with the words before and behind it.
pub(crate) fn clock(words: &Words, at: usize) -> Option<(usize, Clock)> {
    // `pain maybe six`
    if at > 0
        && (words.is(at - 1, "pain")
            || words.is(at - 1, "pain-between") && at > 1 && words.is(at - 2, "pain"))
    {
        return None;
    }
    let (begin, about, led) = lead(words, at);
    let (mut end, mut clock, sure) = face(words, begin, led)?;
    clock.about |= about;
    if matches!(words.word(end), "ish" | "or" if words.word(end) == "ish" || words.word(end + 1) == "so")
    {
        clock.about = true;
        end += if words.word(end) == "ish" { 1 } else { 2 };
    }
    (sure || led).then_some((end, clock))
}

/// A face of the clock that begins at `at`: where it ends, the time, and whether it can be nothing else. `led` says
/// that a word such as `at` stands before it, so that a bare number is an hour.
fn face(words: &Words, at: usize, led: bool) -> Option<(usize, Clock, bool)> {
    if !words.is_free(at) {
        return None;
    }
    if let Some(found) = words.find(at, "clock") {
        let time = NaiveTime::parse_from_str(found.meaning, "%H:%M").ok()?;
        return Some((at + found.len, plain(time), true));
    }
    if let Some(found) = past_or_to(words, at, led) {
        return Some(found);
    }
    let word = words.word(at);
    let number = words.number(at);
    // `1:30 min`
    if word.contains(':') && matches!(words.word(at + 1), "min" | "mins" | "minutes") {
        return None;
    }
    let (hour, minute, mut sure) = if let Some((h, m)) = word.split_once(':') {
        let mut parts = m.split(':');
        (h.parse().ok()?, parts.next()?.parse().ok()?, true)
    } else if let Some((h, m)) = word.split_once('.').filter(|(_, m)| m.len() == 2) {
        (h.parse().ok()?, m.parse().ok()?, true)
    } else if word.bytes().all(|b| b.is_ascii_digit())
        && (word.len() == 4 && (led || word.starts_with('0'))
            || (3..=4).contains(&word.len()) && words.is(at + 1, "half-of-day"))
    {
        let cut = word.len() - 2;
        (
            word.get(..cut)?.parse().ok()?,
            word.get(cut..)?.parse().ok()?,
            true,
        )
    } else {
        let number = number.filter(|n| n.fract() == 0.0 && (0.0..=24.0).contains(n))?;
        // `one fifteen`, `2 30`
        let second = words.number(at + 1).filter(|n| {
            (10.0..60.0).contains(n)
                && n.fract() == 0.0
                && (led || words.is(at + 2, "half-of-day"))
                && words.break_before(at + 1) == Break::None
                && !is_counted(words, at + 2)
        });
        if let Some(minute) = second {
            let ones = words
                .number(at + 2)
                .filter(|o| minute % 10.0 == 0.0 && minute >= 20.0 && (1.0..10.0).contains(o));
            let end = at + 2 + usize::from(ones.is_some());
            return finish(
                words,
                end,
                number as u32,
                (minute + ones.unwrap_or(0.0)) as u32,
                true,
            );
        }
        if words.word(at + 1) == "h"
            && words.number(at + 2).is_some_and(|n| n < 60.0)
            && words.token(at + 2).is_some_and(|t| !t.spaced)
        {
            return finish(
                words,
                at + 3,
                number as u32,
                words.number(at + 2)? as u32,
                true,
            )
            .map(|(e, c, _)| {
                (
                    e,
                    Clock {
                        either_half: false,
                        ..c
                    },
                    true,
                )
            });
        }
        (number as u32, 0, false)
    };
    if hour > 24 || minute > 59 {
        return None;
    }
    let written_24 = word.contains(':') || word.len() == 4 && !word.contains('.') || hour > 12;
    let (end, clock, half_said) = finish(words, at + 1, hour, minute, sure)?;
    sure |= half_said;
    if !sure && (!led || is_counted(words, at + 1)) {
        return None;
    }
    // `4.30` may be a number with decimals
    if word.contains('.') && !half_said && !led && is_counted(words, at + 1) {
        return None;
    }
    let either_half = clock.either_half && !written_24;
    Some((
        end,
        Clock {
            either_half,
            ..clock
        },
        sure || half_said,
    ))
}

/// Whether the word at `at` is counted or measured by the number before it: `6 times`, `5 min`, `2 beers`.
fn is_counted(words: &Words, at: usize) -> bool {
    if words.break_before(at) != Break::None {
        return false;
    }
    let word = words.word(at);
    lexicon::unit_named(word).is_some() && word != "m"
        || words.is(at, "counted")
        || words.is(at, "factor")
        || matches!(word, "out" | "of")
        || word.starts_with('/')
}

/// A time from its hour and minute, with `am`, `pm`, `o'clock`, `in the morning` behind it; the last says whether any
/// of these stood there.
fn finish(
    words: &Words,
    mut end: usize,
    hour: u32,
    minute: u32,
    _: bool,
) -> Option<(usize, Clock, bool)> {
    let mut either_half = (1..=12).contains(&hour);
    let mut hour = hour % 24;
    let mut said = false;
    let mut about = false;
    if words.word(end) == "ish" {
        about = true;
        said = true;
        end += 1;
    }
    if words.word(end) == "oclock" {
        said = true;
        end += 1;
    }
    if words.word(end) == "ish" {
        about = true;
        end += 1;
    }
    if let Some(half) = words.find(end, "half-of-day") {
        let pm = match half.meaning {
            "am" => false,
            "pm" => true,
            // at night: before four it is after midnight
            _ => (5..12).contains(&hour),
        };
        if hour <= 12 {
            hour = hour % 12 + if pm { 12 } else { 0 };
        }
        either_half = false;
        said = true;
        end += half.len;
    }
    let time = NaiveTime::from_hms_opt(hour, minute, 0)?;
    Some((
        end,
        Clock {
            time,
            either_half,
            about,
            vague: false,
        },
        said,
    ))
}

fn plain(time: NaiveTime) -> Clock {
    Clock {
        time,
        either_half: false,
        about: false,
        vague: false,
    }
}

/// `half past two`, `half 4`, `quarter to 5`, `ten past four`, `twenty to five`.
fn past_or_to(words: &Words, at: usize, led: bool) -> Option<(usize, Clock, bool)> {
    let (minutes, mut next, figures) = match words.word(at) {
        "half" => (30.0, at + 1, false),
        "quarter" => (15.0, at + 1, false),
        "a" if words.word(at + 1) == "quarter" => (15.0, at + 2, false),
        _ => {
            let (n, next) = amount(words, at)?;
            let typed = words.word(at).starts_with(|c: char| c.is_ascii_digit());
            (n, next, typed)
        }
    };
    if minutes.fract() != 0.0 || !(1.0..=30.0).contains(&minutes) {
        return None;
    }
    let unit = matches!(words.word(next), "min" | "mins" | "minutes" | "minute");
    next += usize::from(unit);
    let (to, hour_at) = match words.word(next) {
        "past" | "after" => (false, next + 1),
        "to" | "til" | "till" | "before" => (true, next + 1),
        _ if words.word(at) == "half" => (false, next),
        _ => return None,
    };
    let hour = words
        .number(hour_at)
        .filter(|n| n.fract() == 0.0 && (1.0..=12.0).contains(n))?;
    // `five to ten minutes`, `4 to 6`, `2 to 3`
    let is_range = to && (is_counted(words, hour_at + 1) || figures && !led && !unit);
    if is_range || minutes % 5.0 != 0.0 && !unit {
        return None;
    }
    let (hour, minute) = if to {
        ((hour as u32 + 11) % 12, 60 - minutes as u32)
    } else {
        (hour as u32 % 12, minutes as u32)
    };
    let hour = if hour == 0 { 12 } else { hour };
    let (end, clock, _) = finish(words, hour_at + 1, hour, minute % 60, true)?;
    Some((end, clock, true))
}
