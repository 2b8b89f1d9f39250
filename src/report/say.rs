//! Wording and rounding, once for every form of output. All sentences of the diary's own reports live here, so that
//! a translation is a table.

pub(crate) mod alt;
pub(crate) mod analysis;
pub(crate) mod bars;
mod catalogue;
pub(crate) mod chart;
pub(crate) mod explain;
pub(crate) mod factor;
pub(crate) mod flags;
pub(crate) mod forest;
pub(crate) mod page;
pub(crate) mod print;
pub(crate) mod record;
pub(crate) mod terminal;
pub(crate) mod trend;

use crate::diary::{Course, Event, Night};
use crate::report::say::record::course_words;
use crate::report::weekly::{Change, Stretch};
use crate::stats::estimate::Estimate;
use crate::words;

pub(crate) use crate::words::{date, duration, number};

/// A night of these days by its evening, where the year goes without saying: `Tue 3 Mar`.
pub(crate) fn night(night: Night) -> String {
    words::short_day(night.date())
}

/// A count and its noun: `1 night`, `3 nights`.
pub(crate) fn count(n: usize, noun: &str) -> String {
    if n == 1 {
        format!("1 {noun}")
    } else {
        format!("{n} {noun}s")
    }
}

/// An interval in words: `between 1.1 and 6.2`; an open end is said as such.
pub(crate) fn interval(e: &Estimate) -> String {
    match (e.low.is_finite(), e.high.is_finite()) {
        (true, true) => format!("between {} and {}", number(e.low), number(e.high)),
        (true, false) => format!("{} or more", number(e.low)),
        (false, true) => format!("{} or less", number(e.high)),
        (false, false) => "not known".to_string(),
    }
}

/// A rate per week with its interval.
pub(crate) fn rate(e: &Estimate) -> String {
    format!(
        "{} a week ({:.0} % interval: {})",
        number(e.value),
        e.level * 100.0,
        interval(e)
    )
}

/// The weekly report in sentences.
pub(crate) fn week_sentences(week: &Stretch, previous: &Stretch, change: &Change) -> Vec<String> {
    let n = &week.nights;
    let mut out = Vec::new();
    if n.recorded == 0 {
        let of = week.period.nights - n.excluded;
        out.push(format!(
            "No night of these {of} has an answer yet, so nothing can be said about this week."
        ));
        out.push(
            "Answer for last night with 'cramp night calm' if there was no cramp, or log one with 'cramp log'."
                .to_string(),
        );
    } else {
        let of = week.period.nights - n.excluded;
        out.push(format!(
            "{} of {} recorded: {} with a cramp, {} calm{}.",
            n.recorded,
            count(of, "night"),
            n.cramp,
            n.calm,
            if n.unknown > 0 {
                format!(", {} unknown", n.unknown)
            } else {
                String::new()
            }
        ));
        out.push(episodes_sentence(week));
        if let Some(r) = &week.rate_per_week {
            out.push(format!("That is {}.", rate(r)));
        }
    }
    out.push(previous_sentence(previous));
    out.push(change_sentence(change, week, previous));
    out
}

fn episodes_sentence(week: &Stretch) -> String {
    let e = &week.episodes;
    let mut s = if e.count == 0 {
        "No night cramp on the recorded nights".to_string()
    } else {
        let mut s = count(e.count, "cramp");
        if let (Some(median), Some(max)) = (e.severity_median, e.severity_max) {
            s += &format!(", pain typically {}/10, worst {max}/10", number(median));
        }
        if let (Some(median), Some(max)) = (e.duration_s_median, e.duration_s_max) {
            s += &format!(
                ", typically {}, longest {}",
                duration(median),
                duration(f64::from(max))
            );
        }
        s
    };
    if e.daytime > 0 {
        s += &format!("; besides, {} by day", count(e.daytime, "cramp"));
    }
    match e.other {
        0 => {}
        1 => s += "; 1 entry that was not a cramp",
        n => s += &format!("; {n} entries that were not cramps"),
    }
    s + "."
}

fn previous_sentence(previous: &Stretch) -> String {
    let n = &previous.nights;
    match (&previous.rate_per_week, n.recorded) {
        (Some(r), recorded) if recorded > 0 => format!(
            "The four weeks before: {} on {} of {} recorded nights, {}.",
            count(previous.episodes.count, "cramp"),
            n.cramp,
            n.recorded,
            rate(r)
        ),
        _ => "The four weeks before have no recorded night to compare with.".to_string(),
    }
}

fn change_sentence(change: &Change, week: &Stretch, previous: &Stretch) -> String {
    let ratio = change.rate_ratio.as_ref().map(|r| {
        let factor = if r.value.is_finite() {
            number(r.value)
        } else {
            "many".to_string()
        };
        format!(" ({factor} times, 95 % interval: {})", interval(r))
    });
    let ratio = ratio.unwrap_or_default();
    match change.verdict {
        "up" => format!(
            "More than in the four weeks before, and more than chance alone would easily give{ratio}."
        ),
        "down" => {
            format!(
                "Fewer than in the four weeks before, and more of a difference than chance alone would easily give{ratio}."
            )
        }
        "no clear change" => {
            format!("No clear change: a difference like this comes up by chance{ratio}.")
        }
        _ => {
            let (a, b) = (week.nights.recorded, previous.nights.recorded);
            format!(
                "Not enough data to judge a change: {a} recorded nights this week (4 needed), {b} in the four weeks before (14 needed)."
            )
        }
    }
}

/// A course that started within the week.
pub(crate) fn course_started(course: &Course) -> String {
    format!(
        "{} started on {}.",
        course_words(course),
        date(course.start)
    )
}

/// A course that stopped within the week; `None` while it goes on.
pub(crate) fn course_stopped(course: &Course) -> Option<String> {
    let stop = course.stop?;
    Some(format!(
        "{} stopped on {}.",
        course_words(course),
        date(stop)
    ))
}

/// A mark on the time axis.
pub(crate) fn event(event: &Event) -> String {
    format!("{}: {}", night(event.night), event.text)
}

/// Nights without an answer.
pub(crate) fn unanswered(nights: &[Night]) -> String {
    let list: Vec<String> = nights.iter().map(|n| night(*n)).collect();
    format!(
        "{} without an answer ({}): unknown, not calm.",
        count(nights.len(), "night"),
        list.join(", ")
    )
}

/// A field some cramps lack.
pub(crate) fn lacking(what: &str, n: usize, of: usize) -> String {
    format!("The {what} is missing for {n} of {}.", count(of, "cramp"))
}

/// Cramp nights without an episode.
pub(crate) fn bare_cramp_nights(nights: &[Night]) -> String {
    let list: Vec<String> = nights.iter().map(|n| night(*n)).collect();
    format!(
        "A cramp without details on {}; counted as one cramp.",
        list.join(", ")
    )
}

/// Excluded nights.
pub(crate) fn excluded(n: usize) -> String {
    format!(
        "{} in a period you excluded; left out of every number here.",
        count(n, "night")
    )
}

/// A yes/no factor that stood out.
pub(crate) fn stood_out_share(label: &str, week: &[f64], before: &[f64]) -> String {
    let yes = |v: &[f64]| v.iter().filter(|x| **x > 0.5).count();
    format!(
        "{label}: yes on {} of {} recorded nights this week, {} of {} in the four weeks before.",
        yes(week),
        week.len(),
        yes(before),
        before.len()
    )
}

/// A measured factor that stood out. `n` is how many nights had a value, this week and before.
pub(crate) fn stood_out_number(
    label: &str,
    week: f64,
    before: f64,
    unit: Option<&str>,
    n: (usize, usize),
) -> String {
    let unit = unit.map(|u| format!(" {u}")).unwrap_or_default();
    format!(
        "{label}: typically {}{unit} this week ({}), {}{unit} in the four weeks before ({}).",
        number(week),
        count(n.0, "night"),
        number(before),
        count(n.1, "night")
    )
}
