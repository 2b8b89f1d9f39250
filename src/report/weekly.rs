//! The weekly report: one week of nights, the four weeks before it, and whether the difference is more than chance.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::diary::factor::Catalogue;
use crate::diary::vocabulary::{FactorKind, Kind, Period};
use crate::diary::{Coverage, Diary, Episode, Night, NightState, Nights, Value};
use crate::report::bars::{self, WeekRate};
use crate::report::flags::Flag;
use crate::report::say;
use crate::stats::estimate::Estimate;
use crate::stats::rate::{poisson_rate, poisson_rate_ratio};
use crate::words::{nights as nights_of, short_day, t};

/// Nights before the week that a report looks at: four weeks.
pub(crate) const PREVIOUS_NIGHTS: i64 = 28;
/// Fewer recorded nights than this in the week, and no change is judged.
const WEEK_MINIMUM: usize = 4;
/// Fewer recorded nights than this in the four weeks before, and no change is judged.
const PREVIOUS_MINIMUM: usize = 14;
/// Weeks shown one by one: the week and the four before.
const WEEKS: i64 = 1 + PREVIOUS_NIGHTS / 7;
/// Nominal coverage of every interval here.
const LEVEL: f64 = 0.95;

/// A stretch of nights, both ends included.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PeriodOf {
    /// First night.
    pub(crate) from: Night,
    /// Last night.
    pub(crate) to: Night,
    /// Calendar nights.
    pub(crate) nights: usize,
}

/// How the nights of a period went.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NightsOf {
    /// Nights with an answer.
    pub(crate) recorded: usize,
    /// Recorded nights with a cramp.
    pub(crate) cramp: usize,
    /// Recorded nights without.
    pub(crate) calm: usize,
    /// Nights nobody wrote about.
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
    /// Worst pain.
    pub(crate) severity_max: Option<u8>,
    /// Median duration in seconds of those with one given.
    pub(crate) duration_s_median: Option<f64>,
    /// Longest duration in seconds.
    pub(crate) duration_s_max: Option<u32>,
    /// Cramps that woke the person.
    pub(crate) woke: usize,
    /// Cramps by day, counted apart.
    pub(crate) daytime: usize,
    /// Jerks, urges, aches and the like: written down, never counted as cramps.
    pub(crate) other: usize,
}

/// One stretch of nights in numbers.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Stretch {
    /// Which nights.
    pub(crate) period: PeriodOf,
    /// How they went.
    pub(crate) nights: NightsOf,
    /// What happened.
    pub(crate) episodes: EpisodesOf,
    /// Night cramps per seven recorded nights with the exact Poisson interval (Garwood 1936); `None` without a
    /// recorded night.
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

/// One night of the calendar strip.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StripNight {
    /// Which night.
    pub(crate) night: Night,
    /// Cramp, calm or unknown.
    pub(crate) state: NightState,
    /// Night cramps; `None` when unknown.
    pub(crate) cramps: Option<usize>,
    /// Worst pain of the night.
    pub(crate) severity_max: Option<u8>,
    /// In an excluded period.
    pub(crate) excluded: bool,
}

/// The weekly report, every number and sentence of it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Weekly {
    /// Version of the JSON shape.
    pub(crate) schema: u32,
    /// `week`.
    pub(crate) kind: &'static str,
    /// The week.
    #[serde(flatten)]
    pub(crate) week: Stretch,
    /// The four weeks before.
    pub(crate) previous: Stretch,
    /// Whether they differ.
    pub(crate) change: Change,
    /// The four weeks before and the week, each with its rate.
    pub(crate) weeks: Vec<WeekRate>,
    /// Patterns that deserve a medical check.
    pub(crate) flags: Vec<Flag>,
    /// What is missing, in sentences.
    pub(crate) missing: Vec<String>,
    /// The seven nights.
    pub(crate) strip: Vec<StripNight>,
    /// Courses that started or stopped, in sentences.
    pub(crate) courses: Vec<String>,
    /// What stood out in the recorded context, in sentences; a description, not a cause.
    pub(crate) stood_out: Vec<String>,
    /// Marks on the time axis in this week.
    pub(crate) events: Vec<String>,
    /// The report in sentences, in reading order.
    pub(crate) sentences: Vec<String>,
}

/// The weekly report for the seven nights that end with `last`. `flags` are those in force at its end.
pub(crate) fn weekly(diary: &Diary, last: Night, flags: Vec<Flag>) -> Weekly {
    let nights = Nights::ending(last, 7);
    let before = Nights::ending(nights.from.plus(-1), PREVIOUS_NIGHTS);
    let week = stretch(diary, nights);
    let previous = stretch(diary, before);
    let change = change(&week, &previous);
    let missing = missing(diary, nights, &week);
    let courses = say::courses(&diary.courses, nights);
    let stood_out = stood_out(diary, nights, before);
    let events = diary.events.iter().filter(|e| nights.contains(e.night));
    let events = events
        .map(|e| {
            t!(
                week,
                "event",
                night = short_day(e.night.date()),
                text = e.text
            )
        })
        .collect();
    let sentences = say::week_sentences(&week, &previous, &change);
    let strip = nights
        .iter()
        .map(|night| strip_night(diary, night))
        .collect();
    Weekly {
        schema: 1,
        kind: "week",
        week,
        previous,
        change,
        weeks: bars::weeks(diary, last, WEEKS),
        flags,
        missing,
        strip,
        courses,
        stood_out,
        events,
        sentences,
    }
}

/// The numbers of one stretch of nights. Excluded nights are left out of all of them.
pub(crate) fn stretch(diary: &Diary, nights: Nights) -> Stretch {
    let c: Coverage = diary.coverage(nights);
    let counted = |e: &&Episode| !diary.is_excluded(e.night);
    let cramps: Vec<&Episode> = diary
        .episodes_in(nights)
        .iter()
        .filter(counted)
        .filter(|e| e.is_night_cramp())
        .collect();
    let count = diary.cramps_in(nights);
    let mut severity: Vec<f64> = cramps
        .iter()
        .filter_map(|e| e.severity)
        .map(f64::from)
        .collect();
    let mut duration: Vec<f64> = cramps
        .iter()
        .filter_map(|e| e.duration_s)
        .map(f64::from)
        .collect();
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
            severity_median: median(&mut severity),
            severity_max: cramps.iter().filter_map(|e| e.severity).max(),
            duration_s_median: median(&mut duration),
            duration_s_max: cramps.iter().filter_map(|e| e.duration_s).max(),
            woke: cramps.iter().filter(|e| e.woke == Some(true)).count(),
            daytime: others()
                .filter(|e| e.kind == Kind::Cramp && e.period == Period::Day)
                .count(),
            other: others().filter(|e| e.kind != Kind::Cramp).count(),
        },
        rate_per_week: poisson_rate(count as u64, c.recorded as f64, LEVEL).map(|r| r.scaled(7.0)),
    }
}

fn change(week: &Stretch, previous: &Stretch) -> Change {
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

fn strip_night(diary: &Diary, night: Night) -> StripNight {
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

fn missing(diary: &Diary, nights: Nights, week: &Stretch) -> Vec<String> {
    let mut out = Vec::new();
    let unknown: Vec<Night> = nights
        .iter()
        .filter(|n| !diary.is_excluded(*n) && diary.state(*n) == NightState::Unknown)
        .collect();
    if !unknown.is_empty() {
        out.push(say::unanswered(&unknown));
    }
    let cramps: Vec<&Episode> = diary
        .episodes_in(nights)
        .iter()
        .filter(|e| e.is_night_cramp())
        .collect();
    out.extend(say::lacking(&cramps));
    let bare = nights.iter().filter(|n| {
        diary.state(*n) == NightState::Cramp && diary.cramps_on(*n) == 0 && !diary.is_excluded(*n)
    });
    let bare: Vec<Night> = bare.collect();
    if !bare.is_empty() {
        out.push(say::bare_cramp_nights(&bare));
    }
    if week.nights.excluded > 0 {
        out.push(t!(
            week,
            "excluded",
            nights = nights_of(week.nights.excluded)
        ));
    }
    out
}

/// Numbers of one factor, and their unit.
type Values = (Vec<f64>, Option<Arc<str>>);

/// Factors whose week differs from the four weeks before: outside their middle 80 %, or a yes/no share 40 points off.
fn stood_out(diary: &Diary, week: Nights, before: Nights) -> Vec<String> {
    let collect = |nights: Nights| {
        let mut by: BTreeMap<Arc<str>, Values> = BTreeMap::new();
        for value in diary.values_in(nights) {
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
    let then = collect(before);
    let mut found: Vec<(f64, String)> = Vec::new();
    for (factor, (mut values, unit)) in now {
        let Some((mut earlier, _)) = then.get(&factor).cloned() else {
            continue;
        };
        if values.len() < 3 || earlier.len() < 10 {
            continue;
        }
        let (Some(a), Some(b)) = (median(&mut values), median(&mut earlier)) else {
            continue;
        };
        let def = catalogue.find(&factor);
        let label = def.map_or_else(|| factor.to_string(), |d| d.label.to_string());
        let yes_no = def.is_some_and(|d| d.kind == FactorKind::YesNo);
        if yes_no {
            let share = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
            let gap = share(&values) - share(&earlier);
            if gap.abs() >= 0.4 {
                found.push((gap.abs(), say::stood_out_share(&label, &values, &earlier)));
            }
            continue;
        }
        let tail = |q: f64| {
            earlier
                .get(((earlier.len() - 1) as f64 * q).round() as usize)
                .copied()
        };
        let (Some(low), Some(high)) = (tail(0.1), tail(0.9)) else {
            continue;
        };
        if a > high || a < low {
            let size = if b.abs() > f64::EPSILON {
                (a / b).abs().ln().abs()
            } else {
                9.0
            };
            let n = (values.len(), earlier.len());
            found.push((
                size,
                say::stood_out_number(&label, a, b, unit.as_deref(), n),
            ));
        }
    }
    found.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| x.1.cmp(&y.1)));
    found
        .into_iter()
        .take(3)
        .map(|(_, sentence)| sentence)
        .collect()
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
