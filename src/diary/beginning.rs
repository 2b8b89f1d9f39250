//! Since when something is, as people say it: "since yesterday", "for three weeks", "2 years ago", "since 2019", "years ago".

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::diary::clock::{ClockReader, Now};
use crate::diary::clock_face::ClockError;
use crate::diary::names::words_of;
use crate::diary::phrase::Words;
use crate::diary::vocabulary::Certainty;

/// The first day of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Beginning {
    pub(crate) day: NaiveDate,
    /// `Exact`, `About`, or `Unknown`: that day or any day before.
    pub(crate) certainty: Certainty,
}

/// Reads words all of which say since when; `None` when they say something else.
///
/// # Errors
/// A day in the future.
pub(crate) fn read_beginning(text: &str, now: &Now) -> Result<Option<Beginning>, ClockError> {
    let words = words_of(text, false);
    let found = beginning_at(&words, 0, now)?;
    Ok(found
        .filter(|(to, _)| *to == words.len())
        .map(|(_, beginning)| beginning))
}

/// The beginning said from `at` on, and where its words end.
///
/// # Errors
/// A day in the future.
pub(crate) fn beginning_at(
    words: &Words,
    at: usize,
    now: &Now,
) -> Result<Option<(usize, Beginning)>, ClockError> {
    let mut from = at;
    while words.is(from, "since") {
        from += 1;
    }
    let led = from > at;
    if let Some(found) = words.find(from, "start-unknown") {
        let to = from + found.len;
        return Ok(Some((to, at_or_before(now.today()))));
    }
    if let Some(found) = span_ago(words, from, led, now).or_else(|| calendar(words, from, now)) {
        return Ok(Some(found));
    }
    day(words, from, now)
}

/// Whether a word is a length of time: `years`.
pub(crate) fn is_span(word: &str) -> bool {
    words_of(word, false).is(0, "span")
}

/// Whether a word leads up to a beginning: `since`, `in`.
pub(crate) fn leads_up(word: &str) -> bool {
    words_of(word, false).is(0, "since")
}

fn at_or_before(day: NaiveDate) -> Beginning {
    Beginning {
        day,
        certainty: Certainty::Unknown,
    }
}

/// `3 weeks ago`, `for two days`, `a year ago`, `last month`.
fn span_ago(words: &Words, at: usize, led: bool, now: &Now) -> Option<(usize, Beginning)> {
    let last = words.word(at) == "last" || words.word(at) == "past";
    let (count, unit_at) = match words.number(at) {
        Some(number) => (number, at + 1),
        None if last => match words.number(at + 1) {
            Some(number) => (number, at + 2),
            None => (1.0, at + 1),
        },
        None => {
            let amount = words.find(at, "amount")?;
            (amount.meaning.parse().ok()?, at + amount.len)
        }
    };
    let unit = words.find(unit_at, "span")?.meaning;
    let after = unit_at + 1;
    let ago = matches!(words.word(after), "ago" | "now" | "back");
    if !(ago || led || last) || !(0.0..=1200.0).contains(&count) || count.fract() != 0.0 {
        return None;
    }
    let today = now.today();
    let count = count as u32;
    let day = match unit {
        "day" => today.checked_sub_days(Days::new(u64::from(count))),
        "week" => today.checked_sub_days(Days::new(u64::from(count) * 7)),
        "month" => today.checked_sub_months(Months::new(count)),
        _ => today.checked_sub_months(Months::new(count * 12)),
    }?;
    let certainty = match unit {
        "day" => Certainty::Exact,
        _ => Certainty::About,
    };
    Some((after + usize::from(ago), Beginning { day, certainty }))
}

/// `2019`, `June 2024`, `January`: on the last day of it or before; this year and this month say too little.
fn calendar(words: &Words, at: usize, now: &Now) -> Option<(usize, Beginning)> {
    let today = now.today();
    let year_at = |at: usize| {
        let year = words.number(at).filter(|n| n.fract() == 0.0)?;
        let written =
            words.word(at).len() == 4 && (1900.0..=f64::from(today.year())).contains(&year);
        written.then_some(year as i32)
    };
    let is_over = |day: NaiveDate| (day < today).then(|| at_or_before(day));
    if let Some(year) = year_at(at) {
        return Some((at + 1, is_over(NaiveDate::from_ymd_opt(year, 12, 31)?)?));
    }
    let month: u32 = words.find(at, "month")?.meaning.parse().ok()?;
    let last_day = |year: i32| {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        first.checked_add_months(Months::new(1))?.pred_opt()
    };
    match year_at(at + 1) {
        Some(year) => Some((at + 2, is_over(last_day(year)?)?)),
        None => {
            let this_year = last_day(today.year())?;
            let past = match this_year < today {
                true => this_year,
                false => last_day(today.year() - 1)?,
            };
            (month != today.month()).then(|| (at + 1, at_or_before(past)))
        }
    }
}

/// `yesterday`, `Monday`, `this morning`, `2026-02-03`.
fn day(words: &Words, at: usize, now: &Now) -> Result<Option<(usize, Beginning)>, ClockError> {
    let today = now.today();
    let exact = |to: usize, day: NaiveDate| {
        let certainty = Certainty::Exact;
        Ok(Some((to, Beginning { day, certainty })))
    };
    if words.word(at) == "this" && words.is(at + 1, "part-of-day") {
        return exact(at + 2, today);
    }
    if words.is(at, "part-of-day") && words.word(at) != "night" {
        return exact(at + 1, today);
    }
    let word = |at: usize| words.token(at).map_or("", |t| t.typed.as_str());
    let two = [word(at), word(at + 1)];
    let mut reader = ClockReader::new(now);
    let taken = match words.word(at) {
        "" => 0,
        "last" | "on" => reader.take(&two).unwrap_or(0),
        _ => reader.take(&two[..1])?,
    };
    if taken == 0 {
        return Ok(None);
    }
    let when = reader.finish()?;
    let Some(when) = when else {
        return Ok(None);
    };
    let day = when
        .at
        .map_or_else(|| when.night.date(), |at| at.local().date());
    exact(at + taken, day)
}
