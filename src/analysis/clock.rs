//! When in the night cramps come, and on which side: tested against the hours slept and against an even split.

use serde::Serialize;

use chrono::Timelike;

use crate::diary::vocabulary::Side;
use crate::diary::{Diary, Nights};
use crate::stats::circular::summary;
use crate::stats::estimate::Estimate;
use crate::stats::proportion::{binomial_test, clopper_pearson};
use crate::stats::uniformity::equal_parts;

/// Episodes without which neither side nor time is tested.
const FEWEST: usize = 20;
/// p below which a side stands out.
const SIDE_P: f64 = 0.01;
/// The usual window in bed when bed times are missing, hours after noon.
const USUAL_WINDOW: (f64, f64) = (11.0, 19.0);

/// Which side cramps come on (episodes on both sides left out).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Sides {
    /// Night cramps on the left.
    pub(crate) left: u64,
    /// On the right.
    pub(crate) right: u64,
    /// Share on the left, exact interval.
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
    /// First cramps with a known time.
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
    /// Minutes after midnight.
    pub(crate) minutes: f64,
    /// Mean resultant length: 0 spread over the clock, 1 all at one time.
    pub(crate) concentration: f64,
    /// Concentration of the von Mises distribution with that length; `None` when all are at one time.
    pub(crate) kappa: Option<f64>,
    /// Circular standard deviation, in minutes.
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
        let bed = diary
            .nights
            .get(&night)
            .and_then(|n| Some((n.bed_at.as_ref()?.utc, n.up_at.as_ref()?.utc)));
        if let Some((bed, up)) = bed.filter(|(bed, up)| up > bed) {
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
