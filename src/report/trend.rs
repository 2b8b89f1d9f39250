//! How the number of cramps has moved over months and years, as the person reads it.

use chrono::Datelike;
use serde::Serialize;

use crate::analysis::changes::Change;
use crate::analysis::from_diary::{content_seed, night_table};
use crate::analysis::night_table::NightCounts;
use crate::analysis::rates::Period;
use crate::analysis::trend as analysis;
use crate::diary::{Diary, Night, Nights};
use crate::report::near::{Near, near, sentence};
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
    /// Version of the JSON shape.
    pub(crate) schema: u32,
    /// `trend`.
    pub(crate) kind: &'static str,
    /// Nights.
    pub(crate) nights: NightCounts,
    /// Months.
    pub(crate) months: Vec<Month>,
    /// Changes of level.
    pub(crate) changes: Vec<Changed>,
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
    let seed = content_seed(&night_table(diary, as_of)) ^ seed;
    let found = analysis::trend(diary, as_of, seed);
    let changes: Vec<Changed> = found
        .changes
        .iter()
        .flatten()
        .map(|change| Changed {
            near: near(diary, change.earliest, change.latest),
            change: change.clone(),
        })
        .collect();
    let mut course_lines = say::trend::courses(&found);
    let coincidences = changes
        .iter()
        .filter_map(|c| sentence(c.change.night, &c.near));
    course_lines.extend(coincidences);
    Trend {
        schema: 1,
        kind: "trend",
        nights: found.nights,
        months: found.months.iter().map(|p| month_of(diary, p)).collect(),
        changes,
        sentences: say::trend::sentences(&found),
        course_lines,
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
