//! Selective logging: is a factor, or the diary as a whole, filled in differently on bad nights?

use serde::Serialize;

use crate::analysis::night_table::NightTable;
use crate::stats::estimate::Estimate;
use crate::stats::rate::poisson_rate_ratio;

/// Two-sided p below which the badge is shown.
const BADGE_P: f64 = 0.01;

/// Rate of cramps on one kind of night over that on the other, exact.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct LoggingCheck {
    /// Rate ratio; `None` when one kind of night does not occur or no cramp does.
    pub(crate) ratio: Option<Estimate>,
    /// Exact central two-sided p.
    pub(crate) p: Option<f64>,
    /// Whether p < 0.01: the person fills this in differently on bad nights.
    pub(crate) selective: bool,
}

fn compare(nights: impl Iterator<Item = (bool, u32)>) -> LoggingCheck {
    let (mut cramps, mut counts) = ((0u64, 0u64), (0.0, 0.0));
    for (first, c) in nights {
        if first {
            cramps.0 += u64::from(c);
            counts.0 += 1.0;
        } else {
            cramps.1 += u64::from(c);
            counts.1 += 1.0;
        }
    }
    let exact = poisson_rate_ratio(cramps, counts, 1.0, 0.95);
    let p = exact
        .as_ref()
        .filter(|_| cramps.0 + cramps.1 > 0)
        .map(|r| r.p.central());
    LoggingCheck {
        ratio: exact.and_then(|r| r.estimate),
        p,
        selective: p.is_some_and(|p| p < BADGE_P),
    }
}

/// Cramps on recorded nights where a factor is unknown, against those where it is known.
pub(crate) fn unknown_against_known(table: &NightTable, values: &[Option<f64>]) -> LoggingCheck {
    let nights = table.counts.iter().zip(values);
    compare(nights.filter_map(|(c, v)| c.map(|c| (v.is_none(), c))))
}

/// Cramps on the first recorded night after a gap, against other recorded nights (the very first one left out).
pub(crate) fn after_a_gap(table: &NightTable) -> LoggingCheck {
    let Some((first, _)) = table.recorded_span() else {
        return compare(std::iter::empty());
    };
    let later = (first + 1..table.counts.len())
        .filter_map(|t| table.counts[t].map(|c| (table.counts[t - 1].is_none(), c)));
    compare(later)
}

/// Whether the diary was only kept on cramp nights: at least 24 recorded nights and none, or nearly none, calm.
pub(crate) fn only_when_it_hurt(table: &NightTable) -> bool {
    let c = table.counts();
    c.recorded >= 24 && c.unknown > 0 && (c.recorded - c.cramp) * 20 < c.recorded
}
