//! The weekly report: one week of nights, the four weeks before it, and whether the difference is more than chance.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use crate::diary::factor::Catalogue;
use crate::diary::vocabulary::FactorKind;
use crate::diary::{Course, Diary, Episode, Event, Night, NightState, Nights, Value};
use crate::report::experiment::Tonight;
use crate::report::experiment_safety::StopOffer;
use crate::report::flags::{Ask, Flag};
use crate::report::say::factor;
use crate::report::say::record::course_words;
use crate::report::stretch::{
    Bar, Bars, Change, Stretch, StripNight, WeekRate, change, interval, median, rate, stretch,
    weeks,
};
use crate::words::{cramps, duration, nights as nights_of, number, short_day, t};

/// Nights before the week that a report looks at: four weeks.
pub(crate) const PREVIOUS_NIGHTS: i64 = 28;
/// Weeks shown one by one: the week and the four before.
const WEEKS: i64 = 1 + PREVIOUS_NIGHTS / 7;

/// The weekly report, every number and sentence of it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Weekly {
    pub(crate) schema: u32,
    pub(crate) kind: &'static str,
    #[serde(flatten)]
    pub(crate) week: Stretch,
    pub(crate) previous: Stretch,
    pub(crate) change: Change,
    /// The four weeks before and the week, each with its rate.
    pub(crate) weeks: Vec<WeekRate>,
    pub(crate) flags: Vec<Flag>,
    /// What has come up since a running experiment began; only in the report of the last seven nights.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) stop_offers: Vec<StopOffer>,
    /// What is asked about entries that could begin an urgent warning.
    pub(crate) asks: Vec<Ask>,
    pub(crate) missing: Vec<String>,
    pub(crate) strip: Vec<StripNight>,
    /// Courses that started or stopped, in sentences.
    pub(crate) courses: Vec<String>,
    /// What stood out in the recorded context, in sentences; a description, not a cause.
    pub(crate) stood_out: Vec<String>,
    /// Marks on the time axis in this week.
    pub(crate) events: Vec<String>,
    pub(crate) sentences: Vec<String>,
    /// What tonight is to be, for every experiment that runs; in the report of this week.
    pub(crate) tonight: Vec<Tonight>,
}

/// The weekly report for the seven nights that end with `last`. `flags` and `asks` are those of its end.
pub(crate) fn weekly(diary: &Diary, last: Night, flags: Vec<Flag>, asks: Vec<Ask>) -> Weekly {
    let nights = Nights::ending(last, 7);
    let before = Nights::ending(nights.from.plus(-1), PREVIOUS_NIGHTS);
    let week = stretch(diary, nights);
    let previous = stretch(diary, before);
    let change = change(&week, &previous);
    let missing = missing(diary, nights, &week);
    let courses = courses(&diary.courses, nights);
    let stood_out = stood_out(diary, nights, before);
    let events = diary.events.iter().filter(|e| nights.contains(e.night));
    let night = |e: &Event| short_day(e.night.date());
    let events = events.map(|e| t!(week, "event", night = night(e), text = e.text));
    let sentences = sentences(&week, &previous, &change);
    let strip = nights.iter().map(|night| StripNight::of(diary, night));
    Weekly {
        schema: 1,
        kind: "week",
        week,
        previous,
        change,
        weeks: weeks(diary, last, WEEKS),
        flags,
        stop_offers: Vec::new(),
        asks,
        missing,
        strip: strip.collect(),
        courses,
        stood_out,
        events: events.collect(),
        sentences,
        tonight: Vec::new(),
    }
}

impl Weekly {
    /// The weeks as rows of a picture.
    pub(crate) fn bars(&self) -> Bars {
        let rows = self.weeks.iter().map(|w| {
            let names = (
                w.from.to_string(),
                t!(chart, "to", low = w.from, high = w.to),
            );
            Bar::new(names, w.nights, w.recorded, w.rate_per_week)
        });
        Bars::new(t!(chart, "bars-from"), rows.collect())
    }
}

/// The weekly report in sentences.
fn sentences(week: &Stretch, previous: &Stretch, change: &Change) -> Vec<String> {
    let n = &week.nights;
    let of = week.period.nights - n.excluded;
    let mut out = Vec::new();
    if n.recorded == 0 {
        out.push(t!(week, "nothing", nights = of));
        out.push(t!(week, "how-to-begin").to_string());
    } else {
        out.push(t!(
            week,
            "nights",
            recorded = n.recorded,
            nights = nights_of(of),
            cramp = n.cramp,
            calm = n.calm,
            unknown = n.unknown
        ));
        out.push(episodes_sentence(week));
        let rate = week.rate_per_week.as_ref().map(rate);
        out.push(match rate {
            Some(rate) => t!(week, "that-is", rate),
            None => t!(week, "too-few").to_string(),
        });
    }
    out.push(previous_sentence(previous));
    if previous.nights.recorded > 0 {
        out.push(change_sentence(change, week, previous));
    }
    out
}

fn episodes_sentence(week: &Stretch) -> String {
    let e = &week.episodes;
    let mut said = t!(week, "no-night-cramp").to_string();
    if e.count > 0 {
        said = cramps(e.count);
        if let (Some(median), Some(worst)) = (e.severity_median, e.severity_max) {
            let (median, worst) = (number(median), worst.to_string());
            let same = median == worst;
            said = t!(week, "with-pain", cramps = said, same, median, worst);
        }
        if let (Some(median), Some(longest)) = (e.duration_s_median, e.duration_s_max) {
            let (median, longest) = (duration(median), duration(f64::from(longest)));
            let same = median == longest;
            said = t!(week, "with-duration", cramps = said, same, median, longest);
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
        None if n.recorded > 0 => t!(
            week,
            "before-few",
            cramps = cramps(previous.episodes.count),
            cramp = n.cramp,
            recorded = n.recorded
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
fn courses(courses: &[Course], within: Nights) -> Vec<String> {
    let in_week = |date: &NaiveDate| within.contains(Night::of_evening(*date));
    let mut out = Vec::new();
    for course in courses {
        let name = course_words(course);
        let started = course.known_start().filter(in_week);
        out.extend(started.map(|date| t!(week, "course-started", course = name, date)));
        let stopped = course.stop.filter(in_week);
        out.extend(stopped.map(|date| t!(week, "course-stopped", course = name, date)));
    }
    out
}

fn missing(diary: &Diary, nights: Nights, week: &Stretch) -> Vec<String> {
    let mut out = Vec::new();
    let unknown = diary.unanswered(nights);
    if !unknown.is_empty() {
        let nights = list(&unknown);
        out.push(t!(week, "unanswered", n = unknown.len(), nights));
    }
    let cramps: Vec<&Episode> = diary
        .episodes_in(nights)
        .iter()
        .filter(|e| e.is_night_cramp())
        .collect();
    out.extend(lacking(&cramps));
    let bare = nights.iter().filter(|n| {
        diary.state(*n) == NightState::Cramp && diary.cramps_on(*n) == 0 && !diary.is_excluded(*n)
    });
    let bare: Vec<Night> = bare.collect();
    if !bare.is_empty() {
        out.push(t!(week, "no-details", nights = list(&bare)));
    }
    if week.nights.excluded > 0 {
        let nights = nights_of(week.nights.excluded);
        out.push(t!(week, "excluded", nights));
    }
    out
}

/// What was not written down about some of the week's cramps.
fn lacking(of: &[&Episode]) -> Vec<String> {
    let cramps = cramps(of.len());
    let lacking = |what: &str, lacks: fn(&Episode) -> bool| {
        let n = of.iter().filter(|e| lacks(e)).count();
        (n > 0).then(|| t!(week, "lacking", what, n, cramps))
    };
    let pain = lacking("pain", |e| e.severity.is_none());
    let duration = lacking("duration", |e| e.duration_s.is_none());
    let time = lacking("time", |e| e.began_at.is_none());
    [pain, duration, time].into_iter().flatten().collect()
}

fn list(of: &[Night]) -> String {
    let nights: Vec<String> = of.iter().map(|n| short_day(n.date())).collect();
    nights.join(", ")
}

/// Numbers of one factor, and their unit.
type Values = (Vec<f64>, Option<Arc<str>>);

/// Factors whose week differs from the four weeks before: outside their middle 80 %, or a yes/no share 40 points off.
fn stood_out(diary: &Diary, week: Nights, before: Nights) -> Vec<String> {
    let collect = |nights: Nights| {
        let mut by: BTreeMap<Arc<str>, Values> = BTreeMap::new();
        for value in diary.known_values(nights).iter() {
            if let Value::Number(x) = value.value
                && !diary.is_excluded(value.night)
            {
                let entry = by.entry(value.factor.clone()).or_default();
                entry.0.push(x);
                entry.1 = value.unit.clone();
            }
        }
        by
    };
    let catalogue = Catalogue::of(diary);
    let now = collect(week);
    let mut then = collect(before);
    let mut found: Vec<(f64, String)> = Vec::new();
    for (factor, (mut values, unit)) in now {
        let Some((earlier, _)) = then.get_mut(&factor) else {
            continue;
        };
        if values.len() < 3 || earlier.len() < 10 {
            continue;
        }
        let def = catalogue.find(&factor);
        let label = def.map_or_else(|| factor.to_string(), |d| d.label.to_string());
        found.extend(match def.map(|d| d.kind) {
            Some(FactorKind::YesNo) => share_differs(&label, &values, earlier),
            _ => median_differs(&label, &mut values, earlier, unit.as_deref()),
        });
    }
    found.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| x.1.cmp(&y.1)));
    let most = found.into_iter().take(3);
    most.map(|(_, sentence)| sentence).collect()
}

fn share_differs(label: &str, now: &[f64], before: &[f64]) -> Option<(f64, String)> {
    let share = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
    let yes = |v: &[f64]| v.iter().filter(|x| **x > 0.5).count();
    let gap = (share(now) - share(before)).abs();
    let sentence = t!(
        week,
        "stood-out-share",
        label,
        yes = yes(now),
        of = now.len(),
        yes_before = yes(before),
        of_before = before.len()
    );
    (gap >= 0.4).then_some((gap, sentence))
}

fn median_differs(
    label: &str,
    now: &mut [f64],
    before: &mut [f64],
    unit: Option<&str>,
) -> Option<(f64, String)> {
    let (a, b) = (median(now)?, median(before)?);
    let tail = |q: f64| before.get(((before.len() - 1) as f64 * q).round() as usize);
    let usual = *tail(0.1)?..=*tail(0.9)?;
    let size = match b.abs() > f64::EPSILON {
        true => (a / b).abs().ln().abs(),
        false => 9.0,
    };
    let sentence = t!(
        week,
        "stood-out-number",
        label,
        value = factor::value(a, unit),
        nights = nights_of(now.len()),
        value_before = factor::value(b, unit),
        nights_before = nights_of(before.len())
    );
    (!usual.contains(&a)).then_some((size, sentence))
}
