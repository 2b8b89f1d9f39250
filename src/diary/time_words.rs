//! Times as people say them: "half past two", "5ish", "about four in the morning", "two nights ago", "from 3 till 3.10".

use chrono::{Datelike, Duration, NaiveDate, NaiveTime, Timelike, Weekday};

use crate::diary::clock::{Day, Now, night_of};
use crate::diary::lexicon;
use crate::diary::moment::Night;
use crate::diary::phrase::{Break, Words};

/// What was said about a time.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TimeSaid {
    Clock(Clock),
    Day(Day),
    /// A part of the day, without a time in it.
    Part(Part),
    /// So long before now, seconds; `about` unless it is now itself.
    Ago(i64),
    /// So long after the cramp before, seconds.
    Later(i64),
    /// From one time to another.
    Between(Clock, Clock),
    /// Every night from this one on.
    Since(Night),
    /// The nights from one to another.
    NightsBetween(Night, Night),
    /// So many nights, up to last night.
    Nights(i64),
}

/// A time on the clock.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Clock {
    pub(crate) time: NaiveTime,
    pub(crate) either_half: bool,
    pub(crate) about: bool,
    pub(crate) vague: bool,
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Morning,
    Afternoon,
    Evening,
}

/// A time with the words it was read from.
#[derive(Debug, Clone)]
pub(crate) struct Timed {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) said: TimeSaid,
}

/// Reads every time of a line and takes its words.
pub(crate) fn read_times(words: &mut Words, now: &Now) -> Vec<Timed> {
    const PATTERNS: [fn(&Words, usize, &Now) -> Option<(usize, TimeSaid)>; 6] =
        [span, since, ago, vague, clock, day];
    let mut times = Vec::new();
    for pattern in PATTERNS {
        let mut at = 0;
        while at < words.len() {
            match pattern(words, at, now) {
                Some((to, said)) if words.is_free(at) => {
                    words.take(at, to);
                    times.push(Timed { from: at, to, said });
                    at = to;
                }
                _ => at += 1,
            }
        }
    }
    times.sort_by_key(|t| t.from);
    let of_night = times
        .iter()
        .any(|t| matches!(t.said, TimeSaid::Day(Day::LastNight | Day::Night(_))));
    for i in 0..times.len() {
        let half = half_of_day(words, &times, i);
        let Some(Timed {
            said: TimeSaid::Clock(clock),
            ..
        }) = times.get_mut(i)
        else {
            continue;
        };
        // twelve twenty of a night is after midnight
        clock.either_half |= of_night && clock.time.hour() == 12;
        if let (true, Some(pm)) = (clock.either_half, half) {
            clock.time = in_half(clock.time, pm);
            clock.either_half = false;
        }
    }
    times
}

/// The half of the day that the words beside a time say.
fn half_of_day(words: &Words, times: &[Timed], at: usize) -> Option<bool> {
    let time = times.get(at)?;
    let near = [
        times.get(at + 1),
        at.checked_sub(1).and_then(|i| times.get(i)),
    ];
    near.into_iter().flatten().find_map(|other| {
        let apart = other.from.max(time.from) - other.to.min(time.to);
        match other.said {
            _ if apart > 2 => None,
            TimeSaid::Part(Part::Morning) | TimeSaid::Day(Day::Morning(_)) => Some(false),
            TimeSaid::Part(_) => Some(true),
            TimeSaid::Day(Day::Date(_)) if words.is(other.from, "evening") => Some(true),
            _ => None,
        }
    })
}

fn in_half(time: NaiveTime, pm: bool) -> NaiveTime {
    time.with_hour(time.hour() % 12 + if pm { 12 } else { 0 })
        .unwrap_or(time)
}

/// Words that lead up to a time: `at about`, `around`, `just before`. Where the time begins, and whether it is about.
fn lead(words: &Words, at: usize) -> (usize, bool, bool) {
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
fn span(words: &Words, at: usize, _: &Now) -> Option<(usize, TimeSaid)> {
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
        return Some((
            end,
            TimeSaid::Clock(Clock {
                time,
                about: true,
                ..first
            }),
        ));
    }
    first.about |= later;
    Some((end, TimeSaid::Between(first, second)))
}

/// `since Tuesday`, `from the 10th to the 13th`, `the last two nights`, `for 3 nights`.
fn since(words: &Words, at: usize, now: &Now) -> Option<(usize, TimeSaid)> {
    let night = |at: usize, led: bool| {
        let begin = at + usize::from(led && words.word(at) == "from");
        let (end, said) = match written_date(words, begin, now.today(), true) {
            Some((end, date)) => (end, TimeSaid::Day(Day::Date(date))),
            None => day(words, begin, now)?,
        };
        match said {
            TimeSaid::Day(day) => Some((end, day_as_night(day, now))),
            _ => None,
        }
    };
    if let Some((middle, first)) = night(at, true)
        && matches!(
            words.word(middle),
            "to" | "till" | "til" | "until" | "thru" | "through" | "-"
        )
        && let Some((end, last)) = night(middle + 1, false)
        && first < last
    {
        return Some((end, TimeSaid::NightsBetween(first, last)));
    }
    if words.word(at) == "since" {
        let (to, said) = day(words, at + 1, now)?;
        let TimeSaid::Day(day) = said else {
            return None;
        };
        return Some((to, TimeSaid::Since(day_as_night(day, now))));
    }
    let mut begin = at;
    while ["for", "the", "last", "past", "all"].contains(&words.word(begin)) {
        begin += 1;
    }
    if words.word(at) == "all" && words.word(begin) == "week" {
        return Some((begin + 1, TimeSaid::Nights(7)));
    }
    let number = words
        .number(begin)
        .filter(|n| n.fract() == 0.0 && (2.0..=60.0).contains(n))?;
    let mut end = begin + 1;
    end += usize::from(words.word(end) == "calm");
    if begin == at && !matches!(words.word(end + 1), "in" | "running") {
        return None;
    }
    if !matches!(words.word(end), "nights" | "night" | "days") || words.word(end + 1) == "ago" {
        return None;
    }
    end += 1;
    if words.word(end) == "in" && words.word(end + 2) == "row" {
        end += 3;
    } else if words.word(end) == "running" {
        end += 1;
    }
    Some((end, TimeSaid::Nights(number as i64)))
}

/// `20 mins ago`, `an hour ago`, `two nights ago`, `half an hour later`, `just now`.
fn ago(words: &Words, at: usize, now: &Now) -> Option<(usize, TimeSaid)> {
    let today = now.today();
    let (begin, _, _) = lead(words, at);
    if let Some((count, unit_at)) = amount(words, begin) {
        let unit = words.word(unit_at);
        let (end, backward) = match words.word(unit_at + 1) {
            "ago" => (unit_at + 2, true),
            "later" | "after" => (unit_at + 2, false),
            _ => return None,
        };
        if matches!(unit, "night" | "nights") && backward {
            let night = Night::of_evening(today).plus(-(count.round() as i64));
            return Some((end, TimeSaid::Day(Day::Night(night))));
        }
        if matches!(unit, "day" | "days") && backward {
            let date = Night::of_evening(today)
                .plus(-(count.round() as i64))
                .date();
            return Some((end, TimeSaid::Day(Day::Date(date))));
        }
        let seconds = (count * f64::from(seconds_in(unit)?)).round() as i64;
        return Some((
            end,
            if backward {
                TimeSaid::Ago(seconds)
            } else {
                TimeSaid::Later(seconds)
            },
        ));
    }
    let found = words.find(at, "now")?;
    Some((at + found.len, TimeSaid::Ago(0)))
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
fn vague(words: &Words, at: usize, _: &Now) -> Option<(usize, TimeSaid)> {
    let found = words.find(at, "vague-time")?;
    let time = NaiveTime::parse_from_str(found.meaning, "%H:%M").ok()?;
    Some((
        at + found.len,
        TimeSaid::Clock(Clock {
            time,
            either_half: false,
            about: true,
            vague: true,
        }),
    ))
}

/// A time on the clock, with the words before and behind it.
fn clock(words: &Words, at: usize, _: &Now) -> Option<(usize, TimeSaid)> {
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
    (sure || led).then_some((end, TimeSaid::Clock(clock)))
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
                && led
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

/// A day or a night, or a part of the day.
fn day(words: &Words, at: usize, now: &Now) -> Option<(usize, TimeSaid)> {
    let today = now.today();
    let back = |days: i64| Night::of_evening(today).plus(-days).date();
    if let Some(found) = words.find(at, "day") {
        let end = at + found.len;
        let day = match found.meaning {
            "today" => Day::Date(today),
            "tonight" => Day::Night(now.this_night()),
            "yesterday" => Day::Date(back(1)),
            "day-before-yesterday" => Day::Date(back(2)),
            "this-morning" => Day::Morning(today),
            "yesterday-morning" => Day::Morning(back(1)),
            "this-evening" => {
                return Some((end, TimeSaid::Day(Day::Night(Night::of_evening(today)))));
            }
            "last-night" => Day::LastNight,
            _ => Day::Night(now.last_night().plus(-1)),
        };
        return Some((end, TimeSaid::Day(day)));
    }
    if let Some(found) = words.find(at, "part-of-day") {
        let part = match found.meaning {
            "morning" => Part::Morning,
            "afternoon" => Part::Afternoon,
            _ => Part::Evening,
        };
        return Some((at + found.len, TimeSaid::Part(part)));
    }
    let begin = at + usize::from(matches!(words.word(at), "on" | "last"));
    // `sat on the sofa` is no Saturday
    let is_posture = words.is(begin, "posture") && !words.is_longest(begin, 1);
    if let Some(weekday) = words.find(begin, "weekday").filter(|_| !is_posture) {
        let weekday: Weekday = weekday.meaning.parse().ok()?;
        let end = begin + 1;
        let date = {
            let days =
                (today.weekday().num_days_from_monday() + 7 - weekday.num_days_from_monday()) % 7;
            back(i64::from(days))
        };
        return Some(match words.word(end) {
            "night" | "nights" => {
                let night = Night::of_evening(date);
                let night = if night > now.last_night() && night != now.this_night() {
                    night.plus(-7)
                } else {
                    night
                };
                (end + 1, TimeSaid::Day(Day::Night(night)))
            }
            "morning" => (end + 1, TimeSaid::Day(Day::Morning(date))),
            _ => (end, TimeSaid::Day(Day::Weekday(weekday))),
        });
    }
    if let Some((end, date)) = written_date(words, begin, today, begin > at) {
        return Some((end, TimeSaid::Day(Day::Date(date))));
    }
    let nights = words
        .word(at)
        .strip_prefix('-')
        .and_then(|n| n.parse::<i64>().ok())?;
    Some((at + 1, TimeSaid::Day(Day::NightsAgo(nights))))
}

/// `2026-03-04`, `2 march`, `march 2nd`, `on the 1st`.
fn written_date(
    words: &Words,
    at: usize,
    today: NaiveDate,
    led: bool,
) -> Option<(usize, NaiveDate)> {
    if let Ok(date) = NaiveDate::parse_from_str(words.word(at), "%Y-%m-%d") {
        return words.is_free(at).then_some((at + 1, date));
    }
    if let Some(date) = slashed_date(words.word(at), today).filter(|_| words.is_free(at)) {
        return Some((at + 1, date));
    }
    let begin = at + usize::from(words.word(at) == "the");
    let ordinal = |at: usize| matches!(words.word(at), "st" | "nd" | "rd" | "th");
    let day_number = |at: usize| {
        let n = words
            .number(at)
            .filter(|n| n.fract() == 0.0 && (1.0..=31.0).contains(n))?;
        Some((at + 1 + usize::from(ordinal(at + 1)), n as u32))
    };
    let month = |at: usize| {
        words
            .find(at, "month")
            .and_then(|m| m.meaning.parse::<u32>().ok())
    };
    let latest = |month: u32, day: u32| {
        let years = [today.year(), today.year() - 1];
        years
            .into_iter()
            .filter_map(|y| NaiveDate::from_ymd_opt(y, month, day))
            .find(|d| *d <= today)
    };
    if let Some((mut end, day)) = day_number(begin) {
        let is_ordinal = end > begin + 1;
        end += usize::from(words.word(end) == "of");
        if let Some(month) = month(end) {
            return Some((end + 1, latest(month, day)?));
        }
        if is_ordinal && led {
            let this =
                NaiveDate::from_ymd_opt(today.year(), today.month(), day).filter(|d| *d <= today);
            let before = || {
                let (y, m) = if today.month() == 1 {
                    (today.year() - 1, 12)
                } else {
                    (today.year(), today.month() - 1)
                };
                NaiveDate::from_ymd_opt(y, m, day)
            };
            let end = begin + 2;
            let is_count = matches!(words.word(end), "time" | "night" | "one" | "cramp" | "day");
            return this
                .or_else(before)
                .filter(|_| !is_count)
                .map(|date| (end, date));
        }
        return None;
    }
    let month = month(begin)?;
    let (end, day) = day_number(begin + 1)?;
    Some((end, latest(month, day)?))
}

/// `12/4`: the day and month in the order in which it was in the last month, where only one order was.
fn slashed_date(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (a, b) = word.split_once('/')?;
    let (a, b): (u32, u32) = (a.parse().ok()?, b.parse().ok()?);
    // `7/10` is a pain, `1/2` a half
    if b == 10 && a <= 10 || matches!(word, "1/2" | "1/4" | "3/4") {
        return None;
    }
    let recent = |day: u32, month: u32| {
        let years = [today.year(), today.year() - 1].into_iter();
        let mut dates = years.filter_map(|y| NaiveDate::from_ymd_opt(y, month, day));
        dates.find(|d| *d <= today && (today - *d).num_days() <= 31)
    };
    match (recent(a, b), recent(b, a)) {
        (Some(one), Some(other)) => (one == other).then_some(one),
        (one, other) => one.or(other),
    }
}

/// The night a day means when no time is given.
pub(crate) fn day_as_night(day: Day, now: &Now) -> Night {
    night_of(day, now)
}
