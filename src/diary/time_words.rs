//! Times as people say them: "half past two", "5ish", "about four in the morning", "two nights ago", "from 3 till 3.10".

use chrono::{Datelike, NaiveDate, Timelike, Weekday};

use crate::diary::clock::{Day, Now, night_of};
use crate::diary::clock_face::{DateOrInstant, read_date_time};
use crate::diary::clock_words::{Clock, amount, clock, in_half, lead, seconds_in, span, vague};
use crate::diary::moment::Night;
use crate::diary::phrase::Words;

/// What was said about a time.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TimeSaid {
    Clock(Clock),
    /// A date with its time, as programs write it.
    Written(DateOrInstant),
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
    type Pattern = fn(&Words, usize, &Now) -> Option<(usize, TimeSaid)>;
    const PATTERNS: [Pattern; 6] = [between, since, ago, part_of_night, clock_time, day];
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

fn between(words: &Words, at: usize, _: &Now) -> Option<(usize, TimeSaid)> {
    let (end, from, to) = span(words, at)?;
    Some((
        end,
        to.map_or(TimeSaid::Clock(from), |to| TimeSaid::Between(from, to)),
    ))
}

fn part_of_night(words: &Words, at: usize, _: &Now) -> Option<(usize, TimeSaid)> {
    vague(words, at).map(|(end, clock)| (end, TimeSaid::Clock(clock)))
}

fn clock_time(words: &Words, at: usize, _: &Now) -> Option<(usize, TimeSaid)> {
    if let Some(written) = read_date_time(words.word(at)) {
        return Some((at + 1, TimeSaid::Written(written)));
    }
    clock(words, at).map(|(end, clock)| (end, TimeSaid::Clock(clock)))
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
    if begin == at && !matches!(words.word(end + 1), "in" | "running" | "without") {
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
