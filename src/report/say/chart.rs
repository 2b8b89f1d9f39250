//! The words of charts: titles, axes, keys, alternative texts and the rounding of their numbers.

use chrono::{Datelike, NaiveDate};

use crate::analysis::rates::Season;

use crate::diary::night::{Night, Nights};
use crate::diary::record::Course;
use crate::diary::whole::{Coverage, NightState};
use crate::report::chart::{KeyEntry, KeyMark};
use crate::report::say::count;
use crate::report::say::print::printable;
use crate::stats::estimate::Estimate;

/// Title of the timeline.
pub(crate) const TIMELINE: &str = "Cramps per week";
/// Title of the calendar.
pub(crate) const CALENDAR: &str = "Every night";
/// Title of the trend.
pub(crate) const TREND: &str = "The rate over time";
/// Title of the strip of nights.
pub(crate) const STRIP: &str = "Night by night";
/// Title of the clock.
pub(crate) const CLOCK: &str = "When cramps began";
/// Title of the axis of a clock.
pub(crate) const CLOCK_TIME: &str = "by the clock";
/// Title of the counts of a clock.
pub(crate) const CRAMPS: &str = "cramps that began in each hour";
/// Column heads of the clock's table.
pub(crate) const CLOCK_HEAD: [&str; 2] = ["Began", "Cramps"];
/// Column heads of a table of parts.
pub(crate) const PARTS_HEAD: [&str; 2] = ["", "Cramps"];
/// There is nothing to count because nothing is recorded.
pub(crate) const NOTHING_RECORDED: &str = "Nothing is recorded.";
/// Nights are recorded, and none had a cramp.
pub(crate) const NO_CRAMP: &str = "No cramp on the recorded nights.";
/// The muscles that are not named one by one.
pub(crate) const ELSEWHERE: &str = "elsewhere";
/// The part nobody wrote down.
pub(crate) const NOT_RECORDED: &str = "not recorded";
/// The measure of a rate axis.
pub(crate) const CRAMPS_A_WEEK: &str = "cramps per 7 recorded nights";
/// The title of a time axis.
pub(crate) const EVENING: &str = "by the evening of the night";
/// What a date of a night means.
pub(crate) const NIGHT_IS: &str = "A night is named by the date of its evening.";
/// The heads of a week's columns, Monday first.
pub(crate) const WEEKDAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
/// Column heads of the timeline's table.
pub(crate) const TIMELINE_HEAD: [&str; 6] = [
    "From",
    "To",
    "Nights recorded",
    "Cramps",
    "Cramps per week",
    "95 % interval",
];
/// Column heads of the calendar's table.
pub(crate) const CALENDAR_HEAD: [&str; 4] = ["Night", "Recorded as", "Cramps", "Worst pain (0–10)"];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A thing that can be left out for want of room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    /// A course or an excluded period.
    Course,
    /// An event.
    Event,
    /// A factor.
    Factor,
}

/// "and 3 more …", when something was left out.
pub(crate) fn more(count: usize, what: Counted) -> Option<String> {
    let (one, many) = match what {
        Counted::Course => ("course, begun earlier", "courses, begun earlier"),
        Counted::Event => ("event, of earlier", "events, of earlier"),
        Counted::Factor => ("factor with less to say", "factors with less to say"),
    };
    match count {
        0 => None,
        1 => Some(format!("And 1 more {one}, not drawn.")),
        n => Some(format!("And {n} more {many}, not drawn.")),
    }
}

/// A number without needless decimals, for an axis.
pub(crate) fn plain(value: f64) -> String {
    let text = format!("{value:.1}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

/// A rate with one decimal, or two where one would make it nothing.
pub(crate) fn rate(value: f64) -> String {
    if value > 0.0 && value < 0.05 {
        format!("{value:.2}")
    } else {
        format!("{value:.1}")
    }
}

/// The two ends of an interval.
pub(crate) fn interval(estimate: &Estimate) -> String {
    if estimate.high.is_finite() {
        format!("{} to {}", rate(estimate.low), rate(estimate.high))
    } else {
        format!("{} or more", rate(estimate.low))
    }
}

/// "5 of 7".
pub(crate) fn of(part: usize, whole: usize) -> String {
    format!("{part} of {whole}")
}

/// Two letters for the day of the week.
pub(crate) fn weekday(date: NaiveDate) -> &'static str {
    WEEKDAYS
        .get(date.weekday().num_days_from_monday() as usize)
        .copied()
        .unwrap_or("")
}

/// A full hour of the clock: "03:00".
pub(crate) fn hour(hour: usize) -> String {
    format!("{:02}:00", hour % 24)
}

/// The hour that begins at `from`: "03:00–04:00".
pub(crate) fn hour_span(from: usize) -> String {
    format!("{}–{}", hour(from), hour(from + 1))
}

/// Which of `all` cramps a picture of clock times leaves out: those without a time, and those `outside` its hours.
pub(crate) fn clock_notes(c: Coverage, all: usize, timed: usize, outside: usize) -> Vec<String> {
    let mut notes = Vec::new();
    if c.recorded == 0 {
        notes.push(NOTHING_RECORDED.to_string());
    } else if all == 0 {
        notes.push(NO_CRAMP.to_string());
    } else if timed == 0 {
        notes.push(format!("No clock time is recorded for {}.", these(all)));
    } else if all > timed {
        notes.push(format!(
            "Not drawn: {} without a clock time.",
            count(all - timed, "cramp")
        ));
    }
    if outside > 0 {
        notes.push(format!(
            "Not drawn: {} that began between 12:00 and 18:00.",
            count(outside, "cramp")
        ));
    }
    notes
}

/// "the cramp", "any of the 7 cramps".
fn these(cramps: usize) -> String {
    match cramps {
        1 => "the cramp".to_string(),
        n => format!("any of the {n} cramps"),
    }
}

/// The title of counts by side or by site.
pub(crate) fn parts_title(what: &str, all: usize) -> String {
    format!("{what} ({})", count(all, "cramp"))
}

/// The name of a month with its year.
pub(crate) fn month(date: NaiveDate) -> String {
    format!("{} {}", month_name(date), date.year())
}

fn month_name(date: NaiveDate) -> &'static str {
    MONTHS.get(date.month0() as usize).copied().unwrap_or("")
}

/// A month on an axis: three letters, and the year where it changes or the axis begins.
pub(crate) fn month_tick(date: NaiveDate, first: bool) -> String {
    let short: String = month_name(date).chars().take(3).collect();
    if first || date.month() == 1 {
        format!("{short} {}", date.year())
    } else {
        short
    }
}

/// A day on an axis.
pub(crate) fn day(date: NaiveDate) -> String {
    date.to_string()
}

/// The measure of a rate axis, and what one mark stands for.
pub(crate) fn rate_axis(weeks: usize) -> String {
    match weeks {
        1 => format!("{CRAMPS_A_WEEK}, one mark a week"),
        n => format!("{CRAMPS_A_WEEK}, one mark for every {n} weeks"),
    }
}

/// The measure of a rate axis with one mark a month.
pub(crate) fn monthly_axis() -> String {
    format!("{CRAMPS_A_WEEK}, one mark a month")
}

/// What is to be known about changes and seasons.
pub(crate) fn trend_notes(changes: &[Night], looked: bool, season: Option<&Season>) -> Vec<String> {
    let mut notes = Vec::new();
    if !looked {
        notes.push("Too few weeks are recorded to look for changes of level.".to_string());
    } else if changes.is_empty() {
        notes.push("No change of level stands out from chance.".to_string());
    } else {
        let nights: Vec<String> = changes.iter().map(Night::to_string).collect();
        notes.push(format!("The level changed about {}.", nights.join(", ")));
    }
    if let Some(season) = season.filter(|season| season.persistent) {
        notes.push(format!(
            "There is a yearly rhythm: about {} times as many cramps at its peak as at its lowest.",
            rate(season.peak_to_trough)
        ));
    }
    notes
}

/// Why a calendar begins later than asked.
pub(crate) fn only_since(night: Night) -> String {
    format!("Shown are the nights since {night}.")
}

/// The dates of a course or a period.
pub(crate) fn dates(from: Night, to: Option<Night>) -> String {
    match to {
        Some(to) if to == from => format!("{from}"),
        Some(to) => format!("{from} to {to}"),
        None => format!("since {from}"),
    }
}

/// The label of an excluded period.
pub(crate) fn left_out(why: &str) -> String {
    format!("left out: {}", printable(why))
}

/// A course by name and dose: "magnesium 300 mg, 1 a day".
pub(crate) fn course(course: &Course) -> String {
    let mut words = printable(&course.name);
    if let Some(dose) = course.dose {
        words.push_str(&format!(" {}", number(dose)));
        if let Some(unit) = &course.unit {
            words.push_str(&format!(" {}", printable(unit)));
        }
    }
    if let Some(per_day) = course.per_day {
        words.push_str(&format!(", {} a day", number(per_day)));
    }
    words
}

/// A number as it was written: up to three decimals, none of them needless.
pub(crate) fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

/// How much of a period is recorded; what every picture says first.
pub(crate) fn coverage(nights: Nights, c: Coverage) -> String {
    let mut words = format!(
        "{} to {}: {} recorded",
        nights.from,
        nights.to,
        format_args!("{} of {}", c.recorded, count(c.nights, "night"))
    );
    if c.unknown > 0 {
        words.push_str(&format!(", {} blank", c.unknown));
    }
    if c.excluded > 0 {
        words.push_str(&format!(", {} left out", c.excluded));
    }
    words
}

/// The word for the state of a night.
pub(crate) fn state(state: NightState) -> &'static str {
    match state {
        NightState::Cramp => "cramp",
        NightState::Calm => "calm",
        NightState::Unknown => "not recorded",
    }
}

/// The key entries whose mark occurs in the picture.
pub(crate) fn key(marks: &[(KeyMark, bool)]) -> Vec<KeyEntry> {
    let present = marks.iter().filter(|(_, present)| *present);
    present
        .map(|(mark, _)| KeyEntry {
            mark: *mark,
            words: key_words(*mark).to_string(),
        })
        .collect()
}

fn key_words(mark: KeyMark) -> &'static str {
    match mark {
        KeyMark::Rate => "rate and its 95 % interval",
        KeyMark::SparseRate => "rate from few recorded nights",
        KeyMark::Clipped => "interval goes on beyond the axis",
        KeyMark::Hatched => "not recorded",
        KeyMark::Medicine => "medicine",
        KeyMark::Supplement => "supplement",
        KeyMark::Measure => "measure",
        KeyMark::Excluded => "left out of the numbers",
        KeyMark::Event => "event",
        KeyMark::Count | KeyMark::OpenCount => "cramps that began in this hour",
        KeyMark::Density => "the same, smoothed",
        KeyMark::Effect => "times as many cramps, and 95 % interval",
        KeyMark::NoDifference => "1: no difference",
        KeyMark::Level => "level between changes",
        KeyMark::Change => "change of level",
        KeyMark::CalmNight => "recorded, no cramp",
        KeyMark::CrampNight => "2 cramps, worst pain 7 of 10",
        KeyMark::UnknownNight => "not recorded",
        KeyMark::ExcludedNight => "left out of the numbers",
    }
}
