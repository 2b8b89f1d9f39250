//! How the number of cramps has moved over months and years, as the person reads it.

use chrono::Datelike;
use serde::Serialize;

use crate::analysis::changes::Change;
use crate::analysis::from_diary::{content_seed, night_table};
use crate::analysis::night_table::NightCounts;
use crate::analysis::rates::Period;
use crate::analysis::trend as analysis;
use crate::diary::{Diary, Night, Nights};
use crate::report::near::{Near, near};
use crate::report::say;
use crate::stats::estimate::Estimate;

/// One calendar month.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Month {
    /// `2026-02`.
    pub(crate) month: String,
    /// Calendar nights of the diary in it, excluded ones left out.
    pub(crate) nights: usize,
    /// Nights with an answer.
    pub(crate) recorded: usize,
    /// Of those, with a cramp.
    pub(crate) cramp: usize,
    /// Cramps on them.
    pub(crate) episodes: u64,
    /// Cramps a week on recorded nights; `None` without one.
    pub(crate) rate_per_week: Option<Estimate>,
}

/// A change of level.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ChangeOf {
    /// First night of the new level.
    pub(crate) night: Night,
    /// Cramps a week before.
    pub(crate) before: Option<Estimate>,
    /// Cramps a week after.
    pub(crate) after: Option<Estimate>,
    /// Rate after over rate before.
    pub(crate) rate_ratio: Option<Estimate>,
    /// Level of the support interval.
    pub(crate) confidence: f64,
    /// Earliest night it could as well have been.
    pub(crate) earliest: Night,
    /// Latest night it could as well have been.
    pub(crate) latest: Night,
    /// Whether it is old, large and certain enough to be called a shift.
    pub(crate) level_shift: bool,
    /// Courses and events whose dates coincide with it; none of them is thereby its cause.
    pub(crate) near: Vec<Near>,
}

/// The whole answer of `cramp trend`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Trend {
    /// Version of the JSON shape.
    pub(crate) schema: u32,
    /// `trend`.
    pub(crate) kind: &'static str,
    /// Nights.
    pub(crate) nights: NightCounts,
    /// Months.
    pub(crate) months: Vec<Month>,
    /// Changes of level.
    pub(crate) changes: Vec<ChangeOf>,
    /// All that is reported as it was found: drift, season, spells, charts, clock, sides, courses, forecast.
    #[serde(flatten)]
    pub(crate) found: analysis::Trend,
    /// The answer in sentences, in reading order.
    pub(crate) sentences: Vec<String>,
    /// Before and after courses, in sentences.
    pub(crate) course_lines: Vec<String>,
}

/// The trend of a diary as known on the night of `as_of`.
pub(crate) fn trend(diary: &Diary, as_of: Night, seed: u64) -> Trend {
    let month = |p: &Period| month_of(diary, p);
    let change = |c: &Change| change_of(diary, c);
    let seed = content_seed(&night_table(diary, as_of)) ^ seed;
    let t = analysis::trend(diary, as_of, seed);
    let sentences = say::trend::sentences(&t);
    let mut course_lines = say::trend::courses(&t);
    let changes = t.changes.iter().flatten().map(change);
    course_lines.extend(changes.filter_map(|c| crate::report::near::sentence(c.night, &c.near)));
    Trend {
        schema: 1,
        kind: "trend",
        nights: t.nights,
        months: t.months.iter().map(month).collect(),
        changes: t.changes.iter().flatten().map(change).collect(),
        sentences,
        course_lines,
        found: t,
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

fn change_of(diary: &Diary, c: &Change) -> ChangeOf {
    ChangeOf {
        night: Night::of_evening(c.night),
        before: c.rate_before,
        after: c.rate_after,
        rate_ratio: c.ratio,
        confidence: 0.95,
        earliest: Night::of_evening(c.earliest),
        latest: Night::of_evening(c.latest),
        level_shift: c.level_shift,
        near: near(
            diary,
            Night::of_evening(c.earliest),
            Night::of_evening(c.latest),
        ),
    }
}
