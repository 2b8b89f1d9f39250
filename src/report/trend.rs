//! How the number of cramps has moved over months and years: what moved, how sure that is, what lies near a change, and
//! what cannot be told yet.

use chrono::{Datelike, Days, NaiveDate};
use serde::Serialize;

use crate::analysis::changes::Change;
use crate::analysis::control_charts::{Gaps, MonthlyChart, Run, Spells};
use crate::analysis::from_diary::{content_seed, night_table};
use crate::analysis::night_table::NightCounts;
use crate::analysis::rates::{Period, Season, Slope};
use crate::analysis::trend::{self as analysis, Sides, TimeOfNight};
use crate::diary::{Diary, Night, Nights};
use crate::report::say::record::course_words;
use crate::report::say::trend::courses;
use crate::report::stretch::{Bar, Bars, WEEK_MINIMUM, interval, rate};
use crate::stats::estimate::Estimate;
use crate::words::{nights, number, percent, printable, ratio, t};

/// Nights before the earliest and after the latest night of a change that still count as near it.
const REACH: i64 = 14;
/// Ends of an interval further apart than this many times leave everything open.
const TELLS_NOTHING: f64 = 100.0;

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Month {
    /// `2026-02`.
    pub(crate) month: String,
    /// Calendar nights of the diary in it, excluded ones left out.
    pub(crate) nights: usize,
    pub(crate) recorded: usize,
    pub(crate) cramp: usize,
    pub(crate) episodes: u64,
    /// Cramps a week on recorded nights; `None` without one.
    pub(crate) rate_per_week: Option<Estimate>,
}

/// A change of level with what coincides with it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Changed {
    #[serde(flatten)]
    pub(crate) change: Change,
    /// Courses and events whose dates coincide with it; none of them is thereby its cause.
    pub(crate) near: Vec<Near>,
}

/// The whole answer of `cramp trend`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Trend {
    pub(crate) schema: u32,
    pub(crate) kind: &'static str,
    pub(crate) nights: NightCounts,
    pub(crate) months: Vec<Month>,
    pub(crate) changes: Vec<Changed>,
    /// All that is reported as it was found: drift, season, spells, charts, clock, sides, courses, forecast.
    #[serde(flatten)]
    pub(crate) found: analysis::Trend,
    pub(crate) sentences: Vec<String>,
    pub(crate) course_lines: Vec<String>,
    /// The sentences again: what is said of the whole diary, and the others under their headings.
    #[serde(skip)]
    pub(crate) overall: Vec<String>,
    #[serde(skip)]
    pub(crate) sections: Vec<(&'static str, Vec<String>)>,
}

/// The trend of a diary as known on the night of `as_of`.
pub(crate) fn trend(diary: &Diary, as_of: Night, seed: u64) -> Trend {
    let seed = content_seed(&night_table(diary, as_of)) ^ seed;
    let found = analysis::trend(diary, as_of, seed);
    let changes = found.changes.iter().flatten().map(|change| Changed {
        near: near(diary, change.earliest, change.latest),
        change: change.clone(),
    });
    let changes: Vec<Changed> = changes.collect();
    let mut course_lines = courses(&found);
    let near = changes
        .iter()
        .map(|c| near_sentence(c.change.night, &c.near));
    course_lines.extend(near.flatten());
    let overall = overall(&found);
    let sections = sections(&found);
    let others = sections.iter().flat_map(|(_, said)| said);
    let sentences = overall.iter().chain(others).cloned().collect();
    Trend {
        schema: 1,
        kind: "trend",
        nights: found.nights,
        months: found.months.iter().map(|p| month_of(diary, p)).collect(),
        changes,
        sentences,
        course_lines,
        overall,
        sections,
        found,
    }
}

fn month_of(diary: &Diary, p: &Period) -> Month {
    let nights = Nights {
        from: Night::of_evening(p.from),
        to: Night::of_evening(p.to),
    };
    Month {
        month: format!("{:04}-{:02}", p.from.year(), p.from.month()),
        nights: diary.coverage(nights).nights,
        recorded: p.recorded,
        cramp: p.cramp,
        episodes: p.episodes,
        rate_per_week: p.rate_per_week,
    }
}

impl Trend {
    /// Months as rows of a picture.
    pub(crate) fn bars(months: &[Month]) -> Bars {
        let rows = months.iter().map(|m| {
            let names = (m.month.clone(), m.month.clone());
            let rate = m.rate_per_week.filter(|_| m.recorded >= WEEK_MINIMUM);
            Bar::new(names, m.nights, m.recorded, rate)
        });
        Bars::new(t!(chart, "bars-month"), rows.collect())
    }
}

/// A course that began or ended near a change, or an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Near {
    pub(crate) night: Night,
    pub(crate) what: String,
}

/// What happened near a change that may have been on any night from `earliest` to `latest`, in order of time.
pub(crate) fn near(diary: &Diary, earliest: Night, latest: Night) -> Vec<Near> {
    let (from, to) = (earliest.plus(-REACH), latest.plus(REACH));
    let mut found = Vec::new();
    for course in &diary.courses {
        let name = course_words(course);
        let ends = [
            (course.known_start(), t!(record, "started", course = name)),
            (course.stop, t!(record, "stopped", course = name)),
        ];
        for (date, what) in ends {
            found.extend(date.map(|date| Near {
                night: Night::of_evening(date),
                what: printable(&what),
            }));
        }
    }
    found.extend(diary.events.iter().map(|event| Near {
        night: event.night,
        what: printable(&event.text),
    }));
    found.retain(|near| from <= near.night && near.night <= to);
    found.sort_by_key(|near| near.night);
    found
}

/// What lies near the change of about `night`, in words that make nothing a cause; `None` when nothing does.
pub(crate) fn near_sentence(night: Night, near: &[Near]) -> Option<String> {
    let list = near.iter().map(|n| format!("{} ({})", n.what, n.night));
    let what = list.collect::<Vec<_>>().join(", ");
    (!near.is_empty()).then(|| t!(record, "near", n = near.len(), night, what))
}

/// What is said of the whole diary.
fn overall(t: &analysis::Trend) -> Vec<String> {
    let n = &t.nights;
    if n.recorded == 0 {
        return vec![t!(trend, "no-answer").to_string()];
    }
    let mut out = vec![t!(
        trend,
        "nights",
        nights = nights(n.recorded),
        cramp = n.cramp,
        unknown = n.unknown
    )];
    if t.only_when_it_hurt {
        out.push(t!(trend, "only-when-it-hurt").to_string());
    }
    let overall = t.rate_per_week.as_ref().map(rate);
    out.extend(overall.map(|rate| t!(trend, "overall", rate)));
    if n.cramp == 0 {
        out.push(t!(trend, "no-cramp").to_string());
    }
    out
}

/// What else is said of a diary with cramps, under headings.
fn sections(t: &analysis::Trend) -> Vec<(&'static str, Vec<String>)> {
    if t.nights.cramp == 0 {
        return Vec::new();
    }
    let sections = [
        (t!(trend, "section-moved"), moved(t)),
        (t!(trend, "section-night"), within_nights(t)),
    ];
    let said = sections.into_iter().filter(|(_, said)| !said.is_empty());
    said.collect()
}

/// Drift, changes of level, the last weeks, and the season.
fn moved(t: &analysis::Trend) -> Vec<String> {
    let mut out = vec![
        t.slope
            .as_ref()
            .map_or_else(|| t!(trend, "no-slope").to_string(), slope),
    ];
    match &t.changes {
        None => out.push(t!(trend, "too-few-weeks").to_string()),
        Some(changes) if changes.is_empty() => out.push(t!(trend, "no-change").to_string()),
        Some(changes) => out.extend(changes.iter().map(|c| {
            let change = t!(
                trend,
                "change",
                night = c.night,
                earliest = c.earliest,
                latest = c.latest,
                before = rate_words(c.rate_before.as_ref()),
                after = rate_words(c.rate_after.as_ref())
            );
            with_remark(change, (!c.level_shift).then(|| t!(trend, "maybe-a-spell")))
        })),
    }
    out.extend(t.spells.as_ref().map(spells));
    out.extend(t.run.as_ref().filter(|r| r.months > 0).map(run));
    out.extend(t.monthly_chart.as_ref().map(monthly));
    out.extend(t.gaps.as_ref().map(gaps));
    let season = t.season.as_ref().map(season);
    out.push(season.unwrap_or_else(|| t!(trend, "too-early-for-season").to_string()));
    let forecast = t.forecast.as_ref();
    out.extend(forecast.map(|f| {
        t!(
            trend,
            "forecast",
            better = f.shown,
            percent = percent(f.skill)
        )
    }));
    out
}

/// The time of night, and the side.
fn within_nights(t: &analysis::Trend) -> Vec<String> {
    clock(&t.clock).into_iter().chain(sides(&t.sides)).collect()
}

fn with_remark(sentence: String, remark: Option<&str>) -> String {
    remark.map_or(sentence.clone(), |remark| format!("{sentence} {remark}"))
}

fn rate_words(e: Option<&Estimate>) -> String {
    match e {
        Some(e) => t!(
            trend,
            "rate",
            rate = number(e.value),
            interval = interval(e)
        ),
        None => t!(trend, "unknown-rate").to_string(),
    }
}

fn slope(s: &Slope) -> String {
    let e = &s.ratio_per_year;
    if e.high - e.low < 1e-9 {
        return t!(trend, "always-the-same").to_string();
    }
    let (ratio, low, high) = (ratio(e.value), ratio(e.low), ratio(e.high));
    let sentence = if s.drifted {
        t!(trend, "drifted", ratio, low, high)
    } else if e.high > TELLS_NOTHING * e.low {
        t!(trend, "drift-unknown").to_string()
    } else {
        t!(trend, "no-clear-drift", ratio, low, high)
    };
    let remark = (!s.season_separated).then(|| t!(trend, "season-not-apart"));
    with_remark(sentence, remark)
}

fn spells(s: &Spells) -> String {
    let rate = number(s.baseline_rate * 7.0);
    let spell = match (s.worse.alarm, s.better.alarm) {
        (true, _) => "worse",
        (false, true) => "better",
        (false, false) => "none",
    };
    t!(trend, "spell", spell, rate)
}

pub(crate) fn run(r: &Run) -> String {
    t!(
        trend,
        "run",
        months = r.months,
        above = r.above,
        rate = number(r.centre),
        flagged = r.flagged
    )
}

pub(crate) fn monthly(c: &MonthlyChart) -> String {
    let out = c.months.iter().filter_map(|m| {
        let month = m.from.format("%B %Y").to_string();
        Some(t!(trend, "month", month, above = m.above?))
    });
    let out: Vec<String> = out.collect();
    t!(trend, "months", n = out.len(), months = out.join(", "))
}

pub(crate) fn gaps(g: &Gaps) -> String {
    let (mean, open, limit) = (number(g.mean), g.open, number(g.long));
    let long = g.longer_than_limit;
    let mut out = vec![t!(trend, "gap", mean, open, limit, long)];
    if g.outside > 0 {
        out.push(t!(trend, "gaps-outside", gaps = g.complete, n = g.outside));
    }
    out.extend(g.decades.map(|t| {
        let (nights, limit) = (number(t.centre), number(t.high));
        t!(trend, "gaps-decades", nights, limit)
    }));
    out.join(" ")
}

fn season(s: &Season) -> String {
    if !s.persistent {
        return t!(trend, "no-season").to_string();
    }
    let ratio = ratio(s.peak_to_trough);
    let peak = NaiveDate::from_ymd_opt(2001, 1, 1)
        .and_then(|d| d.checked_add_days(Days::new(u64::from(s.peak_day) - 1)));
    match peak {
        Some(d) => t!(trend, "season", day = d.format("%-d %B").to_string(), ratio),
        None => t!(trend, "season-undated", ratio),
    }
}

fn clock(c: &TimeOfNight) -> Option<String> {
    let p = c.p?;
    let [first, middle, last] = c.thirds;
    let window = if c.own_bed_times { "bed" } else { "clock" };
    let uneven = p < 0.01;
    Some(t!(trend, "thirds", first, middle, last, window, uneven))
}

fn sides(s: &Sides) -> Option<String> {
    s.p?;
    let (left, right, lasting) = (s.left, s.right, s.persistent);
    Some(t!(trend, "sides", left, right, lasting))
}
