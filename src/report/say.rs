//! Sentences that have to choose between texts, for every form of output. The texts stand in `src/words/en/`.

pub(crate) mod alt;
mod catalogue;
pub(crate) mod chart;
pub(crate) mod explain;
pub(crate) mod factor;
pub(crate) mod page;
pub(crate) mod print;
pub(crate) mod record;
pub(crate) mod trend;

use chrono::NaiveDate;

use crate::diary::{Course, Episode, Night, NightState, Nights};
use crate::report::say::record::course_words;
use crate::report::weekly::{Change, Stretch, StripNight};
use crate::stats::estimate::Estimate;
use crate::words::{cramps, duration, nights, number, percent, short_day, t};

/// A night of these days by its evening, where the year goes without saying: `Tue 3 Mar`.
fn night(night: Night) -> String {
    short_day(night.date())
}

/// An interval in words: `between 1.1 and 6.2`; an open end is said as such.
pub(crate) fn interval(e: &Estimate) -> String {
    let (low, high) = (number(e.low), number(e.high));
    match (e.low.is_finite(), e.high.is_finite()) {
        (true, true) => t!(week, "between", low, high),
        (true, false) => t!(week, "or-more", low),
        (false, true) => t!(week, "or-less", high),
        (false, false) => t!(week, "not-known").to_string(),
    }
}

/// A rate per week with its interval.
pub(crate) fn rate(e: &Estimate) -> String {
    let (rate, level) = (number(e.value), percent(e.level));
    t!(week, "rate", rate, level, interval = interval(e))
}

/// The weekly report in sentences.
pub(crate) fn week_sentences(week: &Stretch, previous: &Stretch, change: &Change) -> Vec<String> {
    let n = &week.nights;
    let of = week.period.nights - n.excluded;
    let mut out = Vec::new();
    if n.recorded == 0 {
        out.push(t!(week, "nothing", nights = of));
        out.push(t!(week, "how-to-begin").to_string());
    } else {
        let (recorded, nights, cramp, calm) = (n.recorded, nights(of), n.cramp, n.calm);
        out.push(match n.unknown {
            0 => t!(week, "nights", recorded, nights, cramp, calm),
            unknown => t!(
                week,
                "nights-unknown",
                recorded,
                nights,
                cramp,
                calm,
                unknown
            ),
        });
        out.push(episodes_sentence(week));
        out.extend(
            week.rate_per_week
                .as_ref()
                .map(|r| t!(week, "that-is", rate = rate(r))),
        );
    }
    out.push(previous_sentence(previous));
    out.push(change_sentence(change, week, previous));
    out
}

fn episodes_sentence(week: &Stretch) -> String {
    let e = &week.episodes;
    let mut said = t!(week, "no-night-cramp").to_string();
    if e.count > 0 {
        said = cramps(e.count);
        if let (Some(median), Some(worst)) = (e.severity_median, e.severity_max) {
            said = t!(
                week,
                "with-pain",
                cramps = said,
                median = number(median),
                worst
            );
        }
        if let (Some(median), Some(longest)) = (e.duration_s_median, e.duration_s_max) {
            let (median, longest) = (duration(median), duration(f64::from(longest)));
            said = t!(week, "with-duration", cramps = said, median, longest);
        }
    }
    if e.daytime > 0 {
        said = t!(week, "by-day", cramps = said, by_day = cramps(e.daytime));
    }
    if e.other > 0 {
        said = t!(week, "other", cramps = said, n = e.other);
    }
    t!(week, "episodes", cramps = said)
}

fn previous_sentence(previous: &Stretch) -> String {
    let n = &previous.nights;
    match &previous.rate_per_week {
        Some(r) if n.recorded > 0 => t!(
            week,
            "before",
            cramps = cramps(previous.episodes.count),
            cramp = n.cramp,
            recorded = n.recorded,
            rate = rate(r)
        ),
        _ => t!(week, "nothing-before").to_string(),
    }
}

fn change_sentence(change: &Change, week: &Stretch, previous: &Stretch) -> String {
    let ratio = change.rate_ratio.as_ref().map(|r| {
        let times = if r.value.is_finite() {
            number(r.value)
        } else {
            t!(week, "many").to_string()
        };
        t!(week, "ratio", times, interval = interval(r))
    });
    match (change.verdict, ratio) {
        ("up", Some(ratio)) => t!(week, "up-times", ratio),
        ("up", None) => t!(week, "up").to_string(),
        ("down", Some(ratio)) => t!(week, "down-times", ratio),
        ("down", None) => t!(week, "down").to_string(),
        ("no clear change", Some(ratio)) => t!(week, "no-clear-change-times", ratio),
        ("no clear change", None) => t!(week, "no-clear-change").to_string(),
        _ => {
            let before = previous.nights.recorded;
            t!(week, "not-enough", week = week.nights.recorded, before)
        }
    }
}

/// Courses that began or ended within the week.
pub(crate) fn courses(courses: &[Course], within: Nights) -> Vec<String> {
    let in_week = |date: &NaiveDate| within.contains(Night::of_evening(*date));
    let mut out = Vec::new();
    for course in courses {
        let name = course_words(course);
        let started = Some(course.start).filter(in_week);
        out.extend(started.map(|date| t!(week, "course-started", course = name, date)));
        let stopped = course.stop.filter(in_week);
        out.extend(stopped.map(|date| t!(week, "course-stopped", course = name, date)));
    }
    out
}

/// What was not written down about some of the week's cramps.
pub(crate) fn lacking(of: &[&Episode]) -> Vec<String> {
    let cramps = cramps(of.len());
    let lacking = |lacks: fn(&Episode) -> bool| {
        Some(of.iter().filter(|e| lacks(e)).count()).filter(|n| *n > 0)
    };
    let pain = lacking(|e| e.severity.is_none());
    let duration = lacking(|e| e.duration_s.is_none());
    let time = lacking(|e| e.began_at.is_none());
    [
        pain.map(|n| t!(week, "lacking-pain", n, cramps)),
        duration.map(|n| t!(week, "lacking-duration", n, cramps)),
        time.map(|n| t!(week, "lacking-time", n, cramps)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn list(of: &[Night]) -> String {
    let nights: Vec<String> = of.iter().map(|n| night(*n)).collect();
    nights.join(", ")
}

/// Nights without an answer.
pub(crate) fn unanswered(nights: &[Night]) -> String {
    t!(week, "unanswered", n = nights.len(), nights = list(nights))
}

/// Cramp nights without an episode.
pub(crate) fn bare_cramp_nights(nights: &[Night]) -> String {
    t!(week, "no-details", nights = list(nights))
}

/// A yes/no factor that stood out.
pub(crate) fn stood_out_share(label: &str, week: &[f64], before: &[f64]) -> String {
    let yes = |v: &[f64]| v.iter().filter(|x| **x > 0.5).count();
    t!(
        week,
        "stood-out-share",
        label,
        yes = yes(week),
        of = week.len(),
        yes_before = yes(before),
        of_before = before.len()
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
    t!(
        week,
        "stood-out-number",
        label,
        value = factor::value(week, unit),
        nights = nights(n.0),
        value_before = factor::value(before, unit),
        nights_before = nights(n.1)
    )
}

/// A night of the strip as a sentence.
pub(crate) fn strip_night(strip: &StripNight) -> String {
    let night = night(strip.night);
    match strip.state {
        _ if strip.excluded => t!(week, "strip-left-out", night),
        NightState::Calm => t!(week, "strip-calm", night),
        NightState::Unknown => t!(week, "strip-unknown", night),
        NightState::Cramp => {
            let cramps = cramps(strip.cramps.unwrap_or(1));
            match strip.severity_max {
                Some(pain) => t!(week, "strip-pain", night, cramps, pain),
                None => t!(week, "strip-cramp", night, cramps),
            }
        }
    }
}
