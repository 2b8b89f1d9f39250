//! Rates side by side as rows of a small picture: how long each bar is, where its interval ends, what it rests on.

use serde::Serialize;

use crate::diary::{Diary, Night, Nights};
use crate::report::trend::Month;
use crate::stats::estimate::Estimate;
use crate::stats::rate::poisson_rate;
use crate::words::t;

/// Coverage of the intervals.
const LEVEL: f64 = 0.95;

/// One week of nights, or another stretch of them, and its rate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct WeekRate {
    /// First night.
    pub(crate) from: Night,
    /// Last night.
    pub(crate) to: Night,
    /// Nights in it, excluded ones left out; 0 when all of it is excluded.
    pub(crate) nights: usize,
    /// Nights with an answer.
    pub(crate) recorded: usize,
    /// Night cramps on them.
    pub(crate) cramps: usize,
    /// Cramps per seven recorded nights with the exact Poisson interval (Garwood 1936); `None` without a recorded
    /// night.
    pub(crate) rate_per_week: Option<Estimate>,
}

/// One row of the picture.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bar {
    /// Which stretch of time, in short.
    pub(crate) label: String,
    /// The same in full.
    pub(crate) span: String,
    /// Nights in it, excluded ones left out.
    pub(crate) nights: usize,
    /// Nights with an answer.
    pub(crate) recorded: usize,
    /// Cramps a week on them; `None` when no night is recorded.
    pub(crate) rate: Option<Estimate>,
    /// Whether the rate rests on fewer than half of the nights, or on fewer than four.
    pub(crate) sparse: bool,
}

/// Rows on one scale.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bars {
    /// The rate a bar of full length stands for, above 0; intervals may go on beyond it.
    pub(crate) to: f64,
    /// What names a row.
    pub(crate) head: &'static str,
    /// The rows, in order of time.
    pub(crate) rows: Vec<Bar>,
}

/// The `weeks` weeks of seven nights that end with `last`, in order of time.
pub(crate) fn weeks(diary: &Diary, last: Night, weeks: i64) -> Vec<WeekRate> {
    (0..weeks)
        .rev()
        .map(|back| WeekRate::of(diary, Nights::ending(last.plus(-7 * back), 7)))
        .collect()
}

/// Whether a rate rests on fewer than half of the nights, or on fewer than four.
pub(crate) fn is_sparse(nights: usize, recorded: usize) -> bool {
    recorded * 2 < nights || recorded < 4
}

impl WeekRate {
    /// The rate over some nights, however many.
    pub(crate) fn of(diary: &Diary, nights: Nights) -> Self {
        let coverage = diary.coverage(nights);
        let cramps = diary.cramps_in(nights);
        WeekRate {
            from: nights.from,
            to: nights.to,
            nights: coverage.nights,
            recorded: coverage.recorded,
            cramps,
            rate_per_week: poisson_rate(cramps as u64, coverage.recorded as f64 / 7.0, LEVEL),
        }
    }
}

impl Bars {
    /// The weeks of a weekly report.
    pub(crate) fn of_weeks(weeks: &[WeekRate]) -> Bars {
        Bars::new(
            t!(chart, "bars-from"),
            weeks
                .iter()
                .map(|w| {
                    let names = (
                        w.from.to_string(),
                        t!(chart, "to", low = w.from, high = w.to),
                    );
                    Bar::new(names, w.nights, w.recorded, w.rate_per_week)
                })
                .collect(),
        )
    }

    /// Months of a trend.
    pub(crate) fn of_months(months: &[Month]) -> Bars {
        Bars::new(
            t!(chart, "bars-month"),
            months
                .iter()
                .map(|m| {
                    let names = (m.month.clone(), m.month.clone());
                    Bar::new(names, m.nights, m.recorded, m.rate_per_week)
                })
                .collect(),
        )
    }

    /// Long enough for every rate that rests on enough nights, and for intervals up to about twice the highest of them.
    fn new(head: &'static str, rows: Vec<Bar>) -> Bars {
        let firm = rows.iter().any(|row| row.rate.is_some() && !row.sparse);
        let known = || {
            let rows = rows.iter().filter(|row| !(firm && row.sparse));
            rows.filter_map(|row| row.rate)
        };
        let top = known().map(|rate| rate.value).fold(0.0, f64::max);
        let reach = known().map(|rate| rate.high).fold(0.0, f64::max);
        let to = reach.min((top * 1.8).max(1.0));
        Bars {
            to: if to > 0.0 { to } else { 1.0 },
            head,
            rows,
        }
    }
}

impl Bar {
    fn new(
        (label, span): (String, String),
        nights: usize,
        recorded: usize,
        rate: Option<Estimate>,
    ) -> Bar {
        Bar {
            label,
            span,
            nights,
            recorded,
            rate,
            sparse: is_sparse(nights, recorded),
        }
    }
}
