//! How the rate has moved: months, drift, changes, season, spells, time and side, and before and after each course.
//!
//! When in the night cramps come, and on which side: tested against the hours slept and against an even split.

use chrono::Timelike;
use serde::Serialize;

use crate::analysis::changes::{
    BeforeAfter, Change, Switch, SwitchKind, before_after, changes, last_segment,
};
use crate::analysis::control_charts::{
    Gaps, MonthlyChart, Run, Spells, gaps, monthly_chart, run_of_months, spells,
};
use crate::analysis::forecast::{Forecast, forecast};
use crate::analysis::from_diary::{night_table, nights_of};
use crate::analysis::night_table::{NightCounts, NightTable, Tally, only_when_it_hurt};
use crate::analysis::rates::{
    Period, Season, Slope, months, overall_rate, season, slope, stretches,
};
use crate::diary::vocabulary::Side;
use crate::diary::{Course, Diary, Night, Nights};
use crate::stats::circular::{equal_parts, summary};
use crate::stats::estimate::Estimate;
use crate::stats::rate::{binomial_test, clopper_pearson};
use crate::stats::trend::{hamed_rao, sen_slope};

/// Nights at the end that the CUSUM judges against what came before them.
const RECENT: usize = 56;
/// Courses that switch within so many nights cannot be told apart.
const TOGETHER: usize = 14;
/// Marks looked at; beyond these, something will look unusual by luck.
const MARKS: usize = 5;
/// Recorded nights a week needs in the weekly series.
const FEWEST_IN_A_WEEK: usize = 4;

/// How the rate has moved.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Trend {
    #[serde(skip)]
    pub(crate) nights: NightCounts,
    /// Nearly only cramp nights were written down.
    pub(crate) only_when_it_hurt: bool,
    pub(crate) rate_per_week: Option<Estimate>,
    #[serde(skip)]
    pub(crate) months: Vec<Period>,
    pub(crate) stretches: Vec<Period>,
    pub(crate) slope: Option<Slope>,
    /// Weekly rates ranked against time, correlation allowed for.
    pub(crate) weekly: Option<WeeklyTrend>,
    /// Changes of level; `None` when there are too few weeks to look.
    #[serde(skip)]
    pub(crate) changes: Option<Vec<Change>>,
    /// Yearly rhythm; `None` before two years.
    pub(crate) season: Option<Season>,
    /// The recent weeks against the settled stretch before them.
    pub(crate) spells: Option<Spells>,
    pub(crate) run: Option<Run>,
    pub(crate) monthly_chart: Option<MonthlyChart>,
    pub(crate) gaps: Option<Gaps>,
    pub(crate) clock: TimeOfNight,
    pub(crate) sides: Sides,
    /// Before and after each switch of a course that leaves enough nights on both sides.
    pub(crate) courses: Vec<BeforeAfter>,
    /// Whether the diary predicts its own nights; `None` when there is too little to try.
    pub(crate) forecast: Option<Forecast>,
    /// Switches with too few recorded nights on a side.
    #[serde(skip)]
    pub(crate) courses_too_short: Vec<String>,
}

/// Mann-Kendall test of weekly rates with the variance of Hamed and Rao (1998).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct WeeklyTrend {
    /// Weeks with at least four recorded nights.
    pub(crate) weeks: usize,
    /// Corrected two-sided p.
    pub(crate) p: f64,
    /// Sen's slope: change of the weekly number of cramps in a year.
    pub(crate) per_year: Option<Estimate>,
}

/// What a picture of the trend shows; none of it uses chance.
pub(crate) struct Levels {
    pub(crate) months: Vec<Period>,
    /// Changes of level; `None` when there are too few weeks to look.
    pub(crate) changes: Option<Vec<Change>>,
    /// Yearly rhythm; `None` before two years.
    pub(crate) season: Option<Season>,
}

/// The part of [`trend`] that is drawn, without what takes longest.
pub(crate) fn levels(diary: &Diary, as_of: Night) -> Levels {
    let table = night_table(diary, as_of);
    Levels {
        months: months(&table),
        changes: changes(&table),
        season: season(&table),
    }
}

/// The trend of a diary as known on the night of `as_of`; `seed` is for the alarm levels.
pub(crate) fn trend(diary: &Diary, as_of: Night, seed: u64) -> Trend {
    let table = night_table(diary, as_of);
    let span = nights_of(diary, as_of);
    let months = months(&table);
    let (courses, courses_too_short) = courses(diary, &table);
    let nowhere = Nights {
        from: as_of,
        to: as_of.plus(-1),
    };
    let known = span.unwrap_or(nowhere);
    Trend {
        nights: table.counts(),
        only_when_it_hurt: only_when_it_hurt(&table),
        rate_per_week: overall_rate(&table),
        run: run_of_months(&months),
        monthly_chart: monthly_chart(&months),
        months,
        stretches: stretches(&table),
        slope: slope(&table),
        weekly: weekly(&table),
        changes: changes(&table),
        season: season(&table),
        spells: recent_spells(&table, seed),
        gaps: gaps(&table.counts),
        clock: time_of_night(diary, known),
        sides: sides(diary, known),
        courses,
        courses_too_short,
        forecast: forecast(&table, seed),
    }
}

/// The last 56 nights against the rest of the last segment between changes.
fn recent_spells(table: &NightTable, seed: u64) -> Option<Spells> {
    let (_, last) = table.recorded_span()?;
    let end = last + 1;
    let cut = end.checked_sub(RECENT)?;
    let from = last_segment(table)?.min(cut);
    spells(&table.counts[from..cut], &table.counts[cut..end], seed)
}

/// Weekly rates (cramps per seven recorded nights) of weeks with at least four recorded nights.
pub(crate) fn weekly_rates(table: &NightTable) -> Vec<f64> {
    let Some((first, last)) = table.recorded_span() else {
        return Vec::new();
    };
    let weeks = table.counts[first..=last].chunks(7);
    weeks
        .filter_map(|w| {
            let week = Tally::of(w);
            let enough = week.recorded >= FEWEST_IN_A_WEEK;
            enough.then(|| week.episodes as f64 * 7.0 / week.recorded as f64)
        })
        .collect()
}

fn weekly(table: &NightTable) -> Option<WeeklyTrend> {
    let rates = weekly_rates(table);
    let test = hamed_rao(&rates, None)?;
    let per_year = sen_slope(&rates, 0.95).map(|s| s.slope.scaled(365.25 / 7.0));
    Some(WeeklyTrend {
        weeks: rates.len(),
        p: test.p,
        per_year,
    })
}

/// Nights left out after a switch, by what is taken.
fn washout(course: &Course) -> usize {
    let name = course.name.to_lowercase();
    if name.contains("vitamin d") || name.contains("vitamin-d") {
        28
    } else if name.contains("magnesium") || name.contains("calcium") {
        7
    } else {
        14
    }
}

/// Before and after each switch of a course and each mark, in order of time; and what switched with too few nights on a
/// side.
pub(crate) fn courses(diary: &Diary, table: &NightTable) -> (Vec<BeforeAfter>, Vec<String>) {
    let at = |date: chrono::NaiveDate| {
        usize::try_from((date - table.first).num_days())
            .ok()
            .filter(|t| *t > 0 && *t < table.counts.len())
    };
    let mut switches: Vec<Switch> = Vec::new();
    let mut add = |date: Option<chrono::NaiveDate>, name: &String, kind, washout| {
        switches.extend(date.and_then(at).map(|at| Switch {
            names: vec![name.clone()],
            kind,
            at,
            washout,
        }));
    };
    for c in &diary.courses {
        let after = c.stop.and_then(|s| s.succ_opt());
        add(c.known_start(), &c.name, SwitchKind::Start, washout(c));
        add(after, &c.name, SwitchKind::Stop, washout(c));
    }
    for e in diary.events.iter().take(MARKS) {
        add(Some(e.night.date()), &e.text, SwitchKind::Mark, 14);
    }
    switches.sort_by(|a, b| (a.at, &a.names).cmp(&(b.at, &b.names)));
    let mut merged: Vec<Switch> = Vec::new();
    for s in switches {
        match merged.last_mut() {
            // A dose changed on the spot (stop and start of the same name) or several things at once: one switch.
            Some(last) if s.at - last.at < TOGETHER => {
                last.washout = last.washout.max(s.washout + s.at - last.at);
                if s.kind == SwitchKind::Start {
                    last.kind = SwitchKind::Start;
                }
                if !last.names.contains(&s.names[0]) {
                    last.names.extend(s.names);
                }
            }
            _ => merged.push(s),
        }
    }
    let dates: Vec<usize> = merged.iter().map(|s| s.at).collect();
    let (mut compared, mut short) = (Vec::new(), Vec::new());
    for s in &merged {
        let others: Vec<usize> = dates.iter().copied().filter(|d| *d != s.at).collect();
        match before_after(table, s, &others) {
            Some(b) => compared.push(b),
            None => short.extend(s.names.iter().cloned()),
        }
    }
    short.dedup();
    (compared, short)
}

/// Episodes without which neither side nor time is tested.
const FEWEST: usize = 20;
/// p below which a side stands out.
const SIDE_P: f64 = 0.01;
/// The usual window in bed when bed times are missing, hours after noon.
const USUAL_WINDOW: (f64, f64) = (11.0, 19.0);

/// Which side cramps come on (episodes on both sides left out).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Sides {
    pub(crate) left: u64,
    pub(crate) right: u64,
    pub(crate) share_left: Option<Estimate>,
    /// Exact p of an even split; `None` below 20 located cramps.
    pub(crate) p: Option<f64>,
    /// p < 0.01 and the same side leads in both halves of the diary.
    pub(crate) persistent: bool,
}

/// Sides of the night cramps of a stretch.
pub(crate) fn sides(diary: &Diary, nights: Nights) -> Sides {
    let located: Vec<bool> = diary
        .episodes_in(nights)
        .iter()
        .filter(|e| e.is_night_cramp())
        .filter_map(|e| match e.side {
            Some(Side::Left) => Some(true),
            Some(Side::Right) => Some(false),
            _ => None,
        })
        .collect();
    let left = located.iter().filter(|l| **l).count() as u64;
    let total = located.len() as u64;
    let p = (located.len() >= FEWEST)
        .then(|| binomial_test(left, total, 0.5).map(|p| p.central()))
        .flatten();
    let (a, b) = located.split_at(located.len() / 2);
    let leads =
        |half: &[bool], side: bool| 2 * half.iter().filter(|l| **l == side).count() > half.len();
    let same = [true, false].iter().any(|s| leads(a, *s) && leads(b, *s));
    Sides {
        left,
        right: total - left,
        share_left: clopper_pearson(left, total, 0.95),
        p,
        persistent: p.is_some_and(|p| p < SIDE_P) && same,
    }
}

/// When the first cramp of a night comes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct TimeOfNight {
    pub(crate) timed: usize,
    /// Of those, on nights with known bed and rising times.
    pub(crate) with_bed_times: usize,
    /// First cramps in each hour of the clock (0-23).
    pub(crate) hours: Vec<u32>,
    /// First cramps in the first, middle and last third of the time in bed.
    pub(crate) thirds: [u64; 3],
    /// Whether the thirds use the person's own bed times (else 23:00 to 07:00).
    pub(crate) own_bed_times: bool,
    /// p of an even spread over the thirds; `None` below 20.
    pub(crate) p: Option<f64>,
    /// Mean time (minutes after midnight) and concentration 0-1; `None` below 20 or when undefined.
    pub(crate) mean: Option<MeanTime>,
}

/// A circular mean.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct MeanTime {
    pub(crate) minutes: f64,
    /// Mean resultant length: 0 spread over the clock, 1 all at one time.
    pub(crate) concentration: f64,
    /// Concentration of the von Mises distribution with that length; `None` when all are at one time.
    pub(crate) kappa: Option<f64>,
    pub(crate) spread_minutes: Option<f64>,
}

/// Times of the first night cramp of each night of a stretch.
pub(crate) fn time_of_night(diary: &Diary, nights: Nights) -> TimeOfNight {
    let mut hours = vec![0u32; 24];
    let (mut own, mut usual): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    let mut angles: Vec<f64> = Vec::new();
    for episodes in diary
        .episodes_in(nights)
        .chunk_by(|a, b| a.night == b.night)
    {
        let first = episodes
            .iter()
            .filter(|e| e.is_night_cramp())
            .find_map(|e| e.began_at.as_ref());
        let (Some(at), Some(night)) = (first, episodes.first().map(|e| e.night)) else {
            continue;
        };
        let time = at.local().time();
        let hour = f64::from(time.num_seconds_from_midnight()) / 3600.0;
        if let Some(h) = hours.get_mut(time.hour() as usize) {
            *h += 1;
        }
        angles.push(hour / 24.0 * std::f64::consts::TAU);
        if let Some([bed, up]) = diary.in_bed(night, at) {
            let part = (at.utc - bed).num_seconds() as f64 / (up - bed).num_seconds() as f64;
            if (0.0..=1.0).contains(&part) {
                own.push(part);
            }
        }
        let after_noon = (hour + 12.0).rem_euclid(24.0);
        let part = (after_noon - USUAL_WINDOW.0) / (USUAL_WINDOW.1 - USUAL_WINDOW.0);
        if (0.0..=1.0).contains(&part) {
            usual.push(part);
        }
    }
    let own_bed_times = own.len() >= FEWEST;
    let parts = if own_bed_times { &own } else { &usual };
    let (thirds, test) = equal_parts(parts, 3).map_or((vec![0; 3], None), |(t, p)| (t, Some(p)));
    TimeOfNight {
        timed: angles.len(),
        with_bed_times: own.len(),
        hours,
        thirds: [0, 1, 2].map(|k| thirds.get(k).copied().unwrap_or(0)),
        own_bed_times,
        p: test.filter(|_| parts.len() >= FEWEST).map(|t| t.p),
        mean: (angles.len() >= FEWEST)
            .then(|| mean_time(&angles))
            .flatten(),
    }
}

fn mean_time(angles: &[f64]) -> Option<MeanTime> {
    let circle = summary(angles)?;
    let minutes = |radians: f64| radians / std::f64::consts::TAU * 1440.0;
    Some(MeanTime {
        minutes: minutes(circle.mean?),
        concentration: circle.resultant,
        kappa: Some(circle.kappa).filter(|k| k.is_finite()),
        spread_minutes: circle.standard_deviation.map(minutes),
    })
}
