//! How the rate has moved: months, drift, changes, season, spells, time and side, and before and after each course.

use serde::Serialize;

use crate::analysis::changes::{Change, changes, last_segment};
use crate::analysis::clock::{Sides, TimeOfNight, sides, time_of_night};
use crate::analysis::control_charts::{
    Gaps, MonthlyChart, Run, gaps, monthly_chart, run_of_months,
};
use crate::analysis::course_effect::{BeforeAfter, Switch, SwitchKind, before_after};
use crate::analysis::forecast::{Forecast, forecast};
use crate::analysis::from_diary::{night_table, nights_of};
use crate::analysis::months::{Period, months, overall_rate, stretches};
use crate::analysis::night_table::{NightCounts, NightTable};
use crate::analysis::seasons::{Season, Slope, season, slope};
use crate::analysis::selective::only_when_it_hurt;
use crate::analysis::spells::{Spells, spells};
use crate::diary::{Course, Diary, Night};
use crate::stats::estimate::Estimate;
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
    /// Plain counts.
    #[serde(skip)]
    pub(crate) nights: NightCounts,
    /// Nearly only cramp nights were written down.
    pub(crate) only_when_it_hurt: bool,
    /// First and last calendar night looked at.
    #[serde(skip)]
    pub(crate) span: Option<(Night, Night)>,
    /// Cramps a week over everything.
    pub(crate) rate_per_week: Option<Estimate>,
    /// Calendar months.
    #[serde(skip)]
    pub(crate) months: Vec<Period>,
    /// 56-night stretches.
    pub(crate) stretches: Vec<Period>,
    /// Log-linear drift.
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
    /// Months on one side of the earlier rate.
    pub(crate) run: Option<Run>,
    /// Months against the usual variation.
    pub(crate) monthly_chart: Option<MonthlyChart>,
    /// Gaps between rare cramps.
    pub(crate) gaps: Option<Gaps>,
    /// Time of night.
    pub(crate) clock: TimeOfNight,
    /// Left and right.
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

/// The trend of a diary as known on the night of `as_of`; `seed` is for the alarm levels.
pub(crate) fn trend(diary: &Diary, as_of: Night, seed: u64) -> Trend {
    let table = night_table(diary, as_of);
    let span = nights_of(diary, as_of);
    let months = months(&table);
    let (courses, courses_too_short) = courses(diary, &table);
    let nowhere = crate::diary::Nights {
        from: as_of,
        to: as_of.plus(-1),
    };
    Trend {
        nights: table.counts(),
        only_when_it_hurt: only_when_it_hurt(&table),
        span: span.map(|s| (s.from, s.to)),
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
        clock: time_of_night(diary, span.unwrap_or(nowhere)),
        sides: sides(diary, span.unwrap_or(nowhere)),
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
            let known = w.iter().flatten().count();
            let cramps: u64 = w.iter().flatten().map(|c| u64::from(*c)).sum();
            (known >= FEWEST_IN_A_WEEK).then(|| cramps as f64 * 7.0 / known as f64)
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

fn courses(diary: &Diary, table: &NightTable) -> (Vec<BeforeAfter>, Vec<String>) {
    let at = |date: chrono::NaiveDate| {
        usize::try_from((date - table.first).num_days())
            .ok()
            .filter(|t| *t > 0 && *t < table.counts.len())
    };
    let mut switches: Vec<Switch> = Vec::new();
    for c in &diary.courses {
        let ends = [
            (Some(c.start), SwitchKind::Start),
            (c.stop.and_then(|s| s.succ_opt()), SwitchKind::Stop),
        ];
        for (date, kind) in ends {
            if let Some(at) = date.and_then(at) {
                switches.push(Switch {
                    names: vec![c.name.clone()],
                    kind,
                    at,
                    washout: washout(c),
                });
            }
        }
    }
    for e in diary.events.iter().take(MARKS) {
        if let Some(at) = at(e.night.date()) {
            switches.push(Switch {
                names: vec![e.text.clone()],
                kind: SwitchKind::Mark,
                at,
                washout: 14,
            });
        }
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
