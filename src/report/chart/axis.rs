//! Where an axis begins and ends and which values are marked on it.

use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;

use crate::diary::{Night, Nights};
use crate::words::t;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Axis {
    pub(crate) title: String,
    pub(crate) from: f64,
    /// The value at its end; greater than `from`.
    pub(crate) to: f64,
    pub(crate) ticks: Vec<Tick>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Tick {
    pub(crate) at: f64,
    pub(crate) label: String,
}

/// The most labels a time axis carries without crowding.
const MOST_TICKS: usize = 13;

impl Tick {
    pub(crate) fn new(at: f64, label: String) -> Tick {
        Tick { at, label }
    }
}

impl Axis {
    pub(crate) fn new(
        title: &str,
        (from, to): (f64, f64),
        ticks: impl IntoIterator<Item = Tick>,
    ) -> Axis {
        Axis {
            title: title.to_string(),
            from,
            to,
            ticks: ticks.into_iter().collect(),
        }
    }

    /// An axis from zero to a round number not below `top`, with four or five marks.
    pub(crate) fn from_zero(title: &str, top: f64) -> Axis {
        let top = if top.is_finite() && top > 0.0 {
            top
        } else {
            1.0
        };
        let step = round_step(top / 4.0);
        let marks = (top / step - 1e-9).ceil().max(1.0) as usize;
        let marked = (0..=marks).map(|i| i as f64 * step);
        let ticks = marked.map(|at| Tick::new(at, plain(at)));
        Axis::new(title, (0.0, marks as f64 * step), ticks)
    }

    /// The time axis of a period: weeks when it is short, then months, then years.
    pub(crate) fn time(nights: Nights) -> Axis {
        let length = nights.len().max(1);
        let ticks = if length <= 7 * (MOST_TICKS - 1) {
            weeks(nights)
        } else {
            months(nights)
        };
        Axis::new(t!(chart, "evening"), (0.0, length as f64), ticks)
    }
}

/// The smallest of 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 25, 50 … that is not below `rough`.
fn round_step(rough: f64) -> f64 {
    let mut unit = 0.1;
    while unit * 5.0 < rough {
        unit *= 10.0;
    }
    let steps: &[f64] = if unit < 10.0 {
        &[1.0, 2.0, 5.0]
    } else {
        &[1.0, 2.0, 2.5, 5.0]
    };
    steps
        .iter()
        .map(|n| n * unit)
        .find(|step| *step >= rough)
        .unwrap_or(unit * 10.0)
}

/// Where `night` lies on an axis that begins with the first of `nights`.
pub(crate) fn place(night: Night, nights: Nights) -> f64 {
    night.since(nights.from) as f64
}

fn weeks(nights: Nights) -> Vec<Tick> {
    // counted back from the end, as the weekly stretches are; every second week where all would crowd
    let step = if nights.len() > 42 { 14 } else { 7 };
    let mut ticks: Vec<Tick> = nights
        .iter()
        .rev()
        .enumerate()
        .filter(|(back, _)| (back + 1) % step == 0)
        .map(|(_, night)| Tick::new(place(night, nights), night.to_string()))
        .collect();
    ticks.reverse();
    if ticks.is_empty() {
        ticks.push(Tick::new(0.0, nights.from.to_string()));
    }
    ticks
}

fn months(nights: Nights) -> Vec<Tick> {
    let (first, last) = (nights.from.date(), nights.to.date());
    let span = (last.year() - first.year()) * 12 + last.month0() as i32 - first.month0() as i32;
    let step = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600]
        .into_iter()
        .find(|step| span / step < MOST_TICKS as i32)
        .unwrap_or(1200);
    let mut ticks = Vec::new();
    let mut at = NaiveDate::from_ymd_opt(first.year(), 1, 1);
    while let Some(date) = at.filter(|date| *date <= last) {
        let months = date.year() * 12 + date.month0() as i32;
        if date >= first && months % step == 0 {
            let label = if step >= 12 {
                date.year().to_string()
            } else {
                month_tick(date, ticks.is_empty())
            };
            ticks.push(Tick::new(place(Night::of_evening(date), nights), label));
        }
        at = date.checked_add_months(Months::new(1));
    }
    ticks
}

/// A number without needless decimals, for an axis.
fn plain(value: f64) -> String {
    let text = format!("{value:.1}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

/// A month on an axis: three letters, and the year where it changes or the axis begins.
fn month_tick(date: NaiveDate, first: bool) -> String {
    let is_january = date.format("%m").to_string() == "01";
    let form = if first || is_january { "%b %Y" } else { "%b" };
    date.format(form).to_string()
}
