//! A stretch of nights in numbers, two of them compared, and rates side by side as rows of a small picture: how long each
//! bar is, where its interval ends, what it rests on.

use serde::Serialize;

use crate::analysis::rates::weekly_rate;
use crate::diary::pain::Pain;
use crate::diary::vocabulary::{Kind, Period};
use crate::diary::{Diary, Episode, Night, NightState, Nights};
use crate::report::say::chart;
use crate::stats::estimate::Estimate;
use crate::stats::rate::poisson_rate_ratio;
use crate::words::{cramps, nights as nights_of, number, percent, short_day, t};

/// Fewer recorded nights than this, and there are counts but no rate, and no change is judged.
pub(crate) const WEEK_MINIMUM: usize = 4;
/// Fewer recorded nights than this in the four weeks before, and no change is judged.
const PREVIOUS_MINIMUM: usize = 14;
/// Nominal coverage of every interval here.
const LEVEL: f64 = 0.95;

/// A stretch of nights, both ends included.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PeriodOf {
    pub(crate) from: Night,
    pub(crate) to: Night,
    pub(crate) nights: usize,
}

/// How the nights of a period went.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NightsOf {
    pub(crate) recorded: usize,
    pub(crate) cramp: usize,
    pub(crate) calm: usize,
    pub(crate) unknown: usize,
    /// Nights in an excluded period, not counted above.
    pub(crate) excluded: usize,
}

/// The episodes of a period.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct EpisodesOf {
    /// Night cramps on recorded nights; a night answered `cramp` without details counts one.
    pub(crate) count: usize,
    /// Median pain, 0-10, of those with one given.
    pub(crate) severity_median: Option<f64>,
    pub(crate) severity_max: Option<Pain>,
    /// Median duration in seconds of those with one given.
    pub(crate) duration_s_median: Option<f64>,
    /// Longest duration in seconds.
    pub(crate) duration_s_max: Option<u32>,
    pub(crate) woke: usize,
    /// Cramps by day, counted apart.
    pub(crate) daytime: usize,
    /// Jerks, urges, aches and the like: written down, never counted as cramps.
    pub(crate) other: usize,
}

/// One stretch of nights in numbers.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Stretch {
    pub(crate) period: PeriodOf,
    pub(crate) nights: NightsOf,
    pub(crate) episodes: EpisodesOf,
    pub(crate) rate_per_week: Option<Estimate>,
}

/// Whether the week differs from the four weeks before.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Change {
    /// `up`, `down`, `no clear change` or `not enough data`.
    pub(crate) verdict: &'static str,
    /// Rate of the week over rate of the four weeks before, exact conditional interval.
    pub(crate) rate_ratio: Option<Estimate>,
}

/// One week of nights, or another stretch of them, and its rate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct WeekRate {
    pub(crate) from: Night,
    pub(crate) to: Night,
    /// Nights in it, excluded ones left out; 0 when all of it is excluded.
    pub(crate) nights: usize,
    pub(crate) recorded: usize,
    pub(crate) cramps: usize,
    pub(crate) rate_per_week: Option<Estimate>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bar {
    pub(crate) label: String,
    pub(crate) span: String,
    /// Nights in it, excluded ones left out.
    pub(crate) nights: usize,
    pub(crate) recorded: usize,
    /// Cramps a week on them; `None` when too few nights are recorded.
    pub(crate) rate: Option<Estimate>,
    /// Whether the rate rests on fewer than half of the nights, or on fewer than four.
    pub(crate) sparse: bool,
}

/// Rows on one scale.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bars {
    /// The rate a bar of full length stands for, above 0; intervals may go on beyond it.
    pub(crate) to: f64,
    pub(crate) head: &'static str,
    pub(crate) rows: Vec<Bar>,
}

/// The numbers of one stretch of nights. Excluded nights are left out of all of them.
pub(crate) fn stretch(diary: &Diary, nights: Nights) -> Stretch {
    let c = diary.coverage(nights);
    let counted = |e: &&Episode| !diary.is_excluded(e.night);
    let cramps: Vec<&Episode> = diary
        .episodes_in(nights)
        .iter()
        .filter(counted)
        .filter(|e| e.is_night_cramp())
        .collect();
    let count = diary.cramps_in(nights);
    let numbers = |of: fn(&Episode) -> Option<f64>| -> Vec<f64> {
        cramps.iter().filter_map(|e| of(e)).collect()
    };
    let others = || diary.episodes_in(nights).iter().filter(counted);
    Stretch {
        period: PeriodOf {
            from: nights.from,
            to: nights.to,
            nights: nights.len(),
        },
        nights: NightsOf {
            recorded: c.recorded,
            cramp: c.cramp,
            calm: c.calm,
            unknown: c.unknown,
            excluded: c.excluded,
        },
        episodes: EpisodesOf {
            count,
            severity_median: median(&mut numbers(|e| e.severity.map(Pain::score))),
            severity_max: cramps.iter().filter_map(|e| e.severity).max(),
            duration_s_median: median(&mut numbers(|e| e.duration_s.map(f64::from))),
            duration_s_max: cramps.iter().filter_map(|e| e.duration_s).max(),
            woke: cramps.iter().filter(|e| e.woke == Some(true)).count(),
            daytime: others()
                .filter(|e| e.kind == Kind::Cramp && e.period == Period::Day)
                .count(),
            other: others().filter(|e| e.kind != Kind::Cramp).count(),
        },
        rate_per_week: rate_of(count, c.recorded),
    }
}

/// Cramps a week; `None` from fewer than four recorded nights, of which one cramp would already be two a week.
fn rate_of(cramps: usize, recorded: usize) -> Option<Estimate> {
    let enough = recorded >= WEEK_MINIMUM;
    weekly_rate(cramps as u64, recorded).filter(|_| enough)
}

pub(crate) fn change(week: &Stretch, previous: &Stretch) -> Change {
    let (a, b) = (week, previous);
    let enough = a.nights.recorded >= WEEK_MINIMUM && b.nights.recorded >= PREVIOUS_MINIMUM;
    let ratio = poisson_rate_ratio(
        (a.episodes.count as u64, b.episodes.count as u64),
        (a.nights.recorded as f64, b.nights.recorded as f64),
        1.0,
        LEVEL,
    );
    let estimate = ratio.as_ref().and_then(|r| r.estimate);
    let verdict = match (&ratio, estimate) {
        _ if !enough => "not enough data",
        (Some(r), Some(e)) if r.p.central() <= 1.0 - LEVEL => {
            if e.value > 1.0 {
                "up"
            } else {
                "down"
            }
        }
        _ => "no clear change",
    };
    Change {
        verdict,
        rate_ratio: estimate.filter(|_| enough),
    }
}

/// The `weeks` weeks of seven nights that end with `last`, in order of time; one of too few nights has no rate.
pub(crate) fn weeks(diary: &Diary, last: Night, weeks: i64) -> Vec<WeekRate> {
    let week = |back: i64| {
        let week = WeekRate::of(diary, Nights::ending(last.plus(-7 * back), 7));
        WeekRate {
            rate_per_week: rate_of(week.cramps, week.recorded),
            ..week
        }
    };
    (0..weeks).rev().map(week).collect()
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
            rate_per_week: weekly_rate(cramps as u64, coverage.recorded),
        }
    }
}

impl Bars {
    /// Long enough for every rate that rests on enough nights, and for intervals up to about twice the highest of them.
    pub(crate) fn new(head: &'static str, rows: Vec<Bar>) -> Bars {
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
    pub(crate) fn new(
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

    /// The row as a sentence, for those who hear it.
    pub(crate) fn sentence(&self) -> String {
        let (label, nights) = (&self.span, nights_of(self.nights));
        match &self.rate {
            None if self.nights == 0 => t!(chart, "bar-left-out", label),
            None if self.recorded > 0 => {
                t!(
                    chart,
                    "bar-too-few",
                    label,
                    recorded = self.recorded,
                    nights
                )
            }
            None => t!(chart, "bar-not-recorded", label, nights),
            Some(e) => {
                let (rate, interval) = (chart::rate(e.value), chart::interval(e));
                t!(
                    chart,
                    "bar",
                    label,
                    rate,
                    interval,
                    recorded = self.recorded,
                    nights
                )
            }
        }
    }
}

/// One night of the calendar strip.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StripNight {
    pub(crate) night: Night,
    pub(crate) state: NightState,
    /// Night cramps; `None` when unknown.
    pub(crate) cramps: Option<usize>,
    pub(crate) severity_max: Option<Pain>,
    pub(crate) excluded: bool,
}

impl StripNight {
    pub(crate) fn of(diary: &Diary, night: Night) -> Self {
        let cramps = diary
            .episodes_of(night)
            .iter()
            .filter(|e| e.is_night_cramp());
        StripNight {
            night,
            state: diary.state(night),
            cramps: diary.cramp_count(night),
            severity_max: cramps.filter_map(|e| e.severity).max(),
            excluded: diary.is_excluded(night),
        }
    }

    /// The night as a sentence.
    pub(crate) fn sentence(&self) -> String {
        let night = short_day(self.night.date());
        match self.state {
            _ if self.excluded => t!(week, "strip-left-out", night),
            NightState::Calm => t!(week, "strip-calm", night),
            NightState::Unknown => t!(week, "strip-unknown", night),
            NightState::Cramp => {
                let cramps = cramps(self.cramps.unwrap_or(1));
                match self.severity_max {
                    Some(pain) => t!(week, "strip-pain", night, cramps, pain = pain.to_string()),
                    None => t!(week, "strip-cramp", night, cramps),
                }
            }
        }
    }
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

/// The median, sorting in place; `None` of nothing.
pub(crate) fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let n = values.len();
    let upper = *values.get(n / 2)?;
    if n % 2 == 1 {
        return Some(upper);
    }
    values.get(n / 2 - 1).map(|lower| (lower + upper) / 2.0)
}
