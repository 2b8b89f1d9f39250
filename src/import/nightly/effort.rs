//! What is counted through a day: minutes of exercise, steps, amounts drunk. Each is kept under the night whose evening falls
//! on that day.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::diary::{Night, Zone};
use crate::import::nightly::packed::{Packed, Span};

/// The factors.
pub(crate) const EXERCISE: &str = "exercise";
pub(crate) const STEPS: &str = "steps";

/// Amounts by day.
#[derive(Debug, Default)]
pub(crate) struct Effort {
    /// By factor, day and source. The same app on a phone and on a watch, and two apps, count the same steps. Every record is
    /// kept until the end, as a record said twice counts once, and files are in no order that could be relied on.
    amounts: Packed<(&'static str, NaiveDate, u16), false>,
    /// Bouts of exercise of all sources, by the day they began on.
    bouts: BTreeMap<NaiveDate, Vec<(u32, u32)>>,
}

impl Effort {
    /// An amount counted by `source` on the day it began on.
    pub(crate) fn add(
        &mut self,
        factor: &'static str,
        source: u16,
        zone: &Zone,
        (from, to): (DateTime<Utc>, DateTime<Utc>),
        amount: f64,
    ) -> Result<(), &'static str> {
        let span = span(from, to)?;
        if !(0.0..=1e6).contains(&amount) {
            return Err("no one does as much in a day");
        }
        let day = zone.moment(from).local().date();
        let span = Span {
            from: span.0,
            lasts: span.1 - span.0,
            value: amount as f32,
        };
        self.amounts.push((factor, day, source), span);
        Ok(())
    }

    /// A bout of exercise.
    pub(crate) fn bout(
        &mut self,
        zone: &Zone,
        (from, to): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<(), &'static str> {
        let span = span(from, to)?;
        if span.1 - span.0 > 24 * 3_600 {
            return Err("longer than a day");
        }
        let day = zone.moment(from).local().date();
        self.bouts.entry(day).or_default().push(span);
        Ok(())
    }

    /// The amount of each day: of several sources the largest, since they count the same things. A source that `first`
    /// prefers counts alone.
    pub(crate) fn days(&self, first: &[u16]) -> BTreeMap<(Night, &'static str), f64> {
        let mut out: BTreeMap<(Night, &'static str), (usize, f64)> = BTreeMap::new();
        for ((factor, day, source), counted) in self.amounts.each() {
            let rank = first
                .iter()
                .position(|s| *s == source)
                .unwrap_or(first.len());
            // what one source counted; a record said twice is there once
            let amount = counted.iter().map(|span| f64::from(span.value)).sum();
            let of_day = out.entry((Night::of_evening(day), factor));
            let known = of_day.or_insert((rank, amount));
            if rank < known.0 || (rank == known.0 && amount > known.1) {
                *known = (rank, amount);
            }
        }
        for (day, bouts) in &self.bouts {
            // minutes of movement that a watch counted and bouts that were begun by hand are much the same minutes
            let minutes = together(bouts);
            let of_day = out.entry((Night::of_evening(*day), EXERCISE));
            let known = of_day.or_insert((0, minutes));
            known.1 = known.1.max(minutes);
        }
        out.into_iter()
            .map(|(of, (_, amount))| (of, (amount * 10.0).round() / 10.0))
            .collect()
    }
}

fn span(from: DateTime<Utc>, to: DateTime<Utc>) -> Result<(u32, u32), &'static str> {
    let seconds = |at: DateTime<Utc>| u32::try_from(at.timestamp());
    match (seconds(from), seconds(to)) {
        (Ok(from), Ok(to)) if from <= to => Ok((from, to)),
        (Ok(_), Ok(_)) => Err("it ends before it begins"),
        _ => Err("no device recorded this time"),
    }
}

/// Minutes in any of the bouts.
fn together(bouts: &[(u32, u32)]) -> f64 {
    let mut bouts = bouts.to_vec();
    bouts.sort_unstable();
    let mut to = 0;
    let mut seconds = 0;
    for (from, until) in bouts {
        seconds += until.saturating_sub(from.max(to));
        to = to.max(until);
    }
    f64::from(seconds) / 60.0
}
