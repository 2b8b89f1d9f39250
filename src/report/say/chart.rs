//! The words of charts that have to be chosen: coverage, notes, keys, and the rounding of their numbers.

use chrono::NaiveDate;

use crate::analysis::rates::Season;
use crate::diary::moment::{Night, Nights};
use crate::diary::record::Course;
use crate::diary::whole::{Coverage, NightState};
use crate::report::chart::{KeyEntry, KeyMark};
use crate::stats::estimate::Estimate;
use crate::words::{cramps, nights, printable, ratio, t};

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

/// "And 3 more …", when something was left out.
pub(crate) fn more(n: usize, what: Counted) -> Option<String> {
    (n > 0).then(|| match what {
        Counted::Course => t!(chart, "more-courses", n),
        Counted::Event => t!(chart, "more-events", n),
        Counted::Factor => t!(chart, "more-factors", n),
    })
}

/// A number as it was written: up to three decimals, none of them needless.
pub(crate) fn number(value: f64) -> String {
    let text = format!("{value:.3}");
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
    let low = rate(estimate.low);
    if estimate.high.is_finite() {
        t!(chart, "to", low, high = rate(estimate.high))
    } else {
        t!(chart, "or-more", low)
    }
}

/// Two letters for the day of the week.
pub(crate) fn weekday(date: NaiveDate) -> String {
    let day = date.format("%a").to_string();
    day.chars().take(2).collect()
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
        notes.push(t!(chart, "nothing-recorded").to_string());
    } else if all == 0 {
        notes.push(t!(chart, "no-cramp").to_string());
    } else if timed == 0 {
        notes.push(t!(chart, "no-clock-time", n = all));
    } else if all > timed {
        notes.push(t!(
            chart,
            "without-clock-time",
            cramps = cramps(all - timed)
        ));
    }
    if outside > 0 {
        notes.push(t!(chart, "by-day", cramps = cramps(outside)));
    }
    notes
}

/// What is to be known about changes and seasons.
pub(crate) fn trend_notes(changes: &[Night], looked: bool, season: Option<&Season>) -> Vec<String> {
    let mut notes = vec![if !looked {
        t!(chart, "too-few-weeks").to_string()
    } else if changes.is_empty() {
        t!(chart, "no-change").to_string()
    } else {
        let nights: Vec<String> = changes.iter().map(Night::to_string).collect();
        t!(chart, "changes", nights = nights.join(", "))
    }];
    let season = season.filter(|season| season.persistent);
    notes.extend(season.map(|season| t!(chart, "rhythm", ratio = ratio(season.peak_to_trough))));
    notes
}

/// The dates of a course or a period.
pub(crate) fn dates(from: Night, to: Option<Night>) -> String {
    match to {
        Some(to) if to == from => format!("{from}"),
        Some(to) => t!(chart, "to", low = from, high = to),
        None => t!(chart, "since", from),
    }
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
    match course.per_day {
        Some(n) => t!(chart, "per-day", course = words, n = number(n)),
        None => words,
    }
}

/// How much of a period is recorded; what every picture says first.
pub(crate) fn coverage(period: Nights, c: Coverage) -> String {
    let mut coverage = t!(
        chart,
        "coverage",
        from = period.from,
        to = period.to,
        recorded = c.recorded,
        nights = nights(c.nights)
    );
    if c.unknown > 0 {
        coverage = t!(chart, "coverage-blank", coverage, blank = c.unknown);
    }
    if c.excluded > 0 {
        coverage = t!(chart, "coverage-left-out", coverage, excluded = c.excluded);
    }
    coverage
}

/// The word for the state of a night.
pub(crate) fn state(state: NightState) -> &'static str {
    match state {
        NightState::Cramp => t!(chart, "state-cramp"),
        NightState::Calm => t!(chart, "state-calm"),
        NightState::Unknown => t!(chart, "state-unknown"),
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
        KeyMark::Rate => t!(chart, "key-rate"),
        KeyMark::SparseRate => t!(chart, "key-sparse-rate"),
        KeyMark::Clipped => t!(chart, "key-clipped"),
        KeyMark::Hatched | KeyMark::UnknownNight => t!(chart, "key-hatched"),
        KeyMark::Medicine => t!(chart, "key-medicine"),
        KeyMark::Supplement => t!(chart, "key-supplement"),
        KeyMark::Measure => t!(chart, "key-measure"),
        KeyMark::Excluded | KeyMark::ExcludedNight => t!(chart, "key-excluded"),
        KeyMark::Event => t!(chart, "key-event"),
        KeyMark::Count | KeyMark::OpenCount => t!(chart, "key-count"),
        KeyMark::Density => t!(chart, "key-density"),
        KeyMark::Effect => t!(chart, "key-effect"),
        KeyMark::NoDifference => t!(chart, "key-no-difference"),
        KeyMark::Level => t!(chart, "key-level"),
        KeyMark::Change => t!(chart, "key-change"),
        KeyMark::CalmNight => t!(chart, "key-calm-night"),
        KeyMark::CrampNight => t!(chart, "key-cramp-night"),
    }
}
