//! Before and after a course began or ended: two rates, and how unusual their difference is among dates on which
//! nothing was switched. Capped at "hint": people start things when cramps are at their worst.

use chrono::NaiveDate;
use serde::Serialize;

use crate::analysis::look::evening;
use crate::analysis::months::{Period, period};
use crate::analysis::night_table::NightTable;
use crate::stats::estimate::Estimate;
use crate::stats::rate::poisson_rate_ratio;

/// Recorded nights compared on each side.
pub(crate) const WINDOW: usize = 56;
/// Switch dates without a switch the comparison needs.
const FEWEST_DATES: usize = 60;
/// Recorded nights without which a side says nothing.
const FEWEST_ON_A_SIDE: usize = 28;

/// What a switch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SwitchKind {
    /// A course began.
    Start,
    /// A course ended.
    Stop,
    /// A mark the person set on the time axis.
    Mark,
}

/// One switch: a course, or several within 14 nights, starting or stopping.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Switch {
    /// Names of the courses.
    pub(crate) names: Vec<String>,
    /// Start, stop or mark.
    pub(crate) kind: SwitchKind,
    /// Calendar night of the switch in the table (the first night under the new state).
    pub(crate) at: usize,
    /// Nights left out after it.
    pub(crate) washout: usize,
}

/// What came before and after a switch.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct BeforeAfter {
    /// Names of the courses (several that switched within 14 nights cannot be told apart).
    pub(crate) courses: Vec<String>,
    /// Start, stop or mark.
    pub(crate) kind: SwitchKind,
    /// First evening under the new state.
    pub(crate) date: NaiveDate,
    /// Nights left out after it.
    pub(crate) washout: usize,
    /// 56 recorded nights before.
    pub(crate) before: Period,
    /// 56 recorded nights after, once the washout is over.
    pub(crate) after: Period,
    /// Rate after over rate before, exact interval (too narrow when nights resemble each other).
    pub(crate) ratio: Option<Estimate>,
    /// Share of dates without a switch that differ at least as much; `None` with fewer than 60 such dates.
    pub(crate) p: Option<f64>,
    /// How many dates it was compared with.
    pub(crate) dates: usize,
    /// The 28 nights before.
    pub(crate) month_before: Period,
    /// The year before.
    pub(crate) year_before: Period,
    /// p <= 0.05: at most a hint.
    pub(crate) hint: bool,
}

/// Compares before and after one switch. `None` when a side has fewer than 28 recorded nights.
pub(crate) fn before_after(
    table: &NightTable,
    switch: &Switch,
    others: &[usize],
) -> Option<BeforeAfter> {
    let sides = sides(&table.counts, switch.at, switch.washout)?;
    let before = period(table, sides.before.0, sides.before.1);
    let after = period(table, sides.after.0, sides.after.1);
    if before.recorded.min(after.recorded) < FEWEST_ON_A_SIDE {
        return None;
    }
    let exact = poisson_rate_ratio(
        (after.episodes, before.episodes),
        (after.recorded as f64, before.recorded as f64),
        1.0,
        0.95,
    );
    let mut switches = others.to_vec();
    switches.push(switch.at);
    let (p, dates) = placebo(&table.counts, switch.at, switch.washout, &switches);
    Some(BeforeAfter {
        courses: switch.names.clone(),
        kind: switch.kind,
        date: evening(table, switch.at),
        washout: switch.washout,
        ratio: exact.and_then(|r| r.estimate),
        p,
        dates,
        month_before: period(table, switch.at.saturating_sub(28), switch.at),
        year_before: period(
            table,
            switch.at.saturating_sub(365 + 28),
            switch.at.saturating_sub(28),
        ),
        hint: p.is_some_and(|p| p <= 0.05),
        before,
        after,
    })
}

struct Sides {
    before: (usize, usize),
    after: (usize, usize),
}

/// Calendar ranges holding the last 56 recorded nights before `at` and the first 56 after the washout.
fn sides(counts: &[Option<u32>], at: usize, washout: usize) -> Option<Sides> {
    let start = at + washout;
    if at == 0 || start >= counts.len() {
        return None;
    }
    let mut known = 0;
    let from = (0..at).rev().find(|&t| {
        known += usize::from(counts[t].is_some());
        known == WINDOW
    });
    known = 0;
    let to = (start..counts.len()).find(|&t| {
        known += usize::from(counts[t].is_some());
        known == WINDOW
    });
    Some(Sides {
        before: (from.unwrap_or(0), at),
        after: (start, to.map_or(counts.len(), |t| t + 1)),
    })
}

/// |ln| of the ratio of rates after and before a date, half a cramp added to each side.
fn statistic(counts: &[Option<u32>], at: usize, washout: usize) -> Option<f64> {
    let s = sides(counts, at, washout)?;
    let total = |range: (usize, usize)| -> (f64, f64) {
        let known = counts[range.0..range.1].iter().flatten();
        known.fold((0.5, 0.0), |a, c| (a.0 + f64::from(*c), a.1 + 1.0))
    };
    let ((a, n), (b, m)) = (total(s.after), total(s.before));
    (n.min(m) >= FEWEST_ON_A_SIDE as f64).then(|| ((a / n) / (b / m)).ln().abs())
}

/// p of the switch at `at` among weekly dates at least window + washout from every real switch, and their number.
pub(crate) fn placebo(
    counts: &[Option<u32>],
    at: usize,
    washout: usize,
    switches: &[usize],
) -> (Option<f64>, usize) {
    let Some(observed) = statistic(counts, at, washout) else {
        return (None, 0);
    };
    let clear = WINDOW + washout;
    let dates = (at % 7..counts.len())
        .step_by(7)
        .filter(|d| switches.iter().all(|s| d.abs_diff(*s) >= clear));
    let (mut n, mut as_large) = (0usize, 0usize);
    for value in dates
        .filter(|d| *d >= WINDOW && d + washout + WINDOW <= counts.len())
        .filter_map(|d| statistic(counts, d, washout))
    {
        n += 1;
        as_large += usize::from(value >= observed);
    }
    (
        (n >= FEWEST_DATES).then(|| (1 + as_large) as f64 / (1 + n) as f64),
        n,
    )
}
