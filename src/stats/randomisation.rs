//! Tests by the randomisation an experiment really used (E. S. Edgington and P. Onghena, "Randomization Tests", 4th ed.
//! 2007): valid whatever the autocorrelation, because the only chance in them is the draw of the schedule.

use crate::stats::estimate::Estimate;
use crate::stats::shuffle::{below, generator, shuffle};
use crate::stats::solve::brent;
use rayon::prelude::*;

/// Sign-flip test of paired differences.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SignFlips {
    pub(crate) mean: f64,
    /// Sign assignments there are, 2 to the number of pairs.
    pub(crate) assignments: f64,
    /// Share of assignments with a mean at least as far from zero.
    pub(crate) p_two_sided: f64,
    /// Share with a mean as large or larger.
    pub(crate) p_greater: f64,
    /// Share with a mean as small or smaller.
    pub(crate) p_less: f64,
}

/// Largest number of pairs whose assignments are all counted.
const ALL_SIGNS: usize = 20;

/// Each pair's order was drawn by coin, so under no effect each difference had either sign: exact over all signs to 20
/// pairs (one sign changed at a time, Gray code), `draws` random ones above, where p = (1 + hits)/(1 + draws). Ties
/// count against the finding. `None` without pairs.
pub(crate) fn sign_flips(differences: &[f64], draws: u32, seed: u64) -> Option<SignFlips> {
    let n = differences.len();
    if n == 0 || differences.iter().any(|d| !d.is_finite()) {
        return None;
    }
    let seen: f64 = differences.iter().sum();
    let slack = 1e-12
        * differences
            .iter()
            .map(|d| d.abs())
            .sum::<f64>()
            .max(f64::MIN_POSITIVE);
    let tally = |sum: f64| {
        [
            u64::from(sum.abs() >= seen.abs() - slack),
            u64::from(sum >= seen - slack),
            u64::from(sum <= seen + slack),
        ]
    };
    let add = |a: [u64; 3], b: [u64; 3]| [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
    let (hits, all) = if n <= ALL_SIGNS {
        let mut signs = differences.to_vec();
        let mut sum = seen;
        let mut hits = tally(sum);
        for step in 1_u64..1 << n {
            let k = step.trailing_zeros() as usize;
            signs[k] = -signs[k];
            sum += 2.0 * signs[k];
            // Rounding must not pile up over a million additions.
            if step % 1024 == 0 {
                sum = signs.iter().sum();
            }
            hits = add(hits, tally(sum));
        }
        (hits, (1_u64 << n) as f64)
    } else {
        let hits = (0..u64::from(draws))
            .into_par_iter()
            .map(|draw| {
                let mut random = generator(seed, draw);
                tally(
                    differences
                        .iter()
                        .map(|d| if below(&mut random, 2) == 0 { *d } else { -d })
                        .sum(),
                )
            })
            .reduce(|| [0; 3], add);
        (add(hits, [1; 3]), f64::from(draws) + 1.0)
    };
    Some(SignFlips {
        mean: seen / n as f64,
        assignments: 2.0_f64.powi(i32::try_from(n).unwrap_or(i32::MAX)),
        p_two_sided: hits[0] as f64 / all,
        p_greater: hits[1] as f64 / all,
        p_less: hits[2] as f64 / all,
    })
}

/// Log rate ratio of each pair of periods, ln((S_on+½)/N_on) − ln((S_off+½)/N_off), from (events, nights) of both;
/// `None` when a period has no nights.
pub(crate) fn pair_log_ratio(on: (u64, u64), off: (u64, u64)) -> Option<f64> {
    let ln_rate = |(events, nights): (u64, u64)| {
        (nights > 0).then(|| ((events as f64 + 0.5) / nights as f64).ln())
    };
    Some(ln_rate(on)? - ln_rate(off)?)
}

/// Result of a design in which the moment of change was drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StartPoint {
    /// Mean from the actual start on, less the mean before.
    pub(crate) observed: f64,
    /// The same for every start that could have been drawn.
    pub(crate) statistics: Vec<f64>,
    /// Share at least as far from zero.
    pub(crate) p_two_sided: f64,
    /// Share as small or smaller.
    pub(crate) p_less: f64,
    /// Share as large or larger.
    pub(crate) p_greater: f64,
}

/// Edgington's design with one change at a start drawn from `allowed` (indices from 0, each with something before it).
/// `None` when a start is out of range or the actual one was not allowed.
pub(crate) fn start_point(y: &[f64], allowed: &[usize], actual: usize) -> Option<StartPoint> {
    let n = y.len();
    if !allowed.contains(&actual) || allowed.iter().any(|&k| k == 0 || k >= n) {
        return None;
    }
    let difference = |k: usize| {
        let (before, after) = y.split_at(k);
        after.iter().sum::<f64>() / after.len() as f64
            - before.iter().sum::<f64>() / before.len() as f64
    };
    let statistics: Vec<f64> = allowed.iter().map(|&k| difference(k)).collect();
    let observed = difference(actual);
    let slack = 1e-12;
    let share = |hit: &dyn Fn(f64) -> bool| {
        statistics.iter().filter(|t| hit(**t)).count() as f64 / statistics.len() as f64
    };
    Some(StartPoint {
        observed,
        p_two_sided: share(&|t| t.abs() >= observed.abs() - slack),
        p_less: share(&|t| t <= observed + slack),
        p_greater: share(&|t| t >= observed - slack),
        statistics,
    })
}

/// Result of nightly randomisation in blocks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Nightly {
    /// Sum over the "on" nights of the outcome centred within its block.
    pub(crate) statistic: f64,
    /// Two-sided p over redraws of the schedule, the actual one counted.
    pub(crate) p_two_sided: f64,
    /// Rate on over rate off with the interval of all ratios that the test does not reject; `None` when no rate can be
    /// formed. Sides without a bound are 0 or infinite.
    pub(crate) rate_ratio: Option<Estimate>,
}

/// Test of an experiment that drew on and off anew in every block of nights (e.g. two on, two off in four). `block`
/// labels the nights' blocks, `on` the schedule as assigned, `y` the outcome, `None` where unknown; the redraws
/// permute each block's schedule, unknown nights included. `None` without a block holding both.
pub(crate) fn nightly(
    y: &[Option<f64>],
    on: &[bool],
    block: &[f64],
    level: f64,
    draws: u32,
    seed: u64,
) -> Option<Nightly> {
    let n = y.len();
    if on.len() != n || block.len() != n {
        return None;
    }
    let groups = crate::stats::solve::clusters(block);
    if !groups
        .iter()
        .any(|rows| rows.iter().any(|&i| on[i]) && rows.iter().any(|&i| !on[i]))
    {
        return None;
    }
    // One generator per draw: the schedules are the same for every ratio tried.
    let schedules: Vec<Vec<bool>> = (0..u64::from(draws))
        .into_par_iter()
        .map(|draw| {
            let mut random = generator(seed, draw);
            let mut schedule = on.to_vec();
            for rows in &groups {
                let mut values: Vec<bool> = rows.iter().map(|&i| on[i]).collect();
                shuffle(&mut random, &mut values);
                for (&i, v) in rows.iter().zip(values) {
                    schedule[i] = v;
                }
            }
            schedule
        })
        .collect();
    let test = |ratio: f64| {
        // Under this ratio the on nights would have had y/ratio without the treatment.
        let mut centred = vec![0.0; n];
        for rows in &groups {
            let value = |i: usize| y[i].map(|v| if on[i] { v / ratio } else { v });
            let known: Vec<f64> = rows.iter().filter_map(|&i| value(i)).collect();
            if known.is_empty() {
                continue;
            }
            let mean = known.iter().sum::<f64>() / known.len() as f64;
            for &i in rows {
                centred[i] = value(i).map_or(0.0, |v| v - mean);
            }
        }
        let sum = |schedule: &[bool]| -> f64 {
            centred
                .iter()
                .zip(schedule)
                .filter(|(_, on)| **on)
                .map(|(c, _)| c)
                .sum()
        };
        let seen = sum(on);
        let slack = 1e-12 * centred.iter().map(|c| c.abs()).sum::<f64>();
        let hits = schedules
            .par_iter()
            .filter(|s| sum(s).abs() >= seen.abs() - slack)
            .count();
        (seen, (1.0 + hits as f64) / (1.0 + f64::from(draws)))
    };
    let (statistic, p_two_sided) = test(1.0);
    let rate = |wanted: bool| {
        let kept: Vec<f64> = y
            .iter()
            .zip(on)
            .filter(|(_, on)| **on == wanted)
            .filter_map(|(y, _)| *y)
            .collect();
        (!kept.is_empty()).then(|| kept.iter().sum::<f64>() / kept.len() as f64)
    };
    let ratio = match (rate(true), rate(false)) {
        (Some(on), Some(off)) if on > 0.0 || off > 0.0 => Some(on / off),
        _ => None,
    };
    let rate_ratio = ratio.and_then(|value| {
        let kept = |ln: f64| test(ln.exp()).1 - (1.0 - level);
        let start = if value > 0.0 && value.is_finite() {
            value.ln()
        } else {
            0.0
        };
        let edge = |direction: f64| {
            let outer = start + direction * 6.0;
            if kept(outer) > 0.0 {
                return None;
            }
            brent(kept, start, outer, 1e-3)
        };
        let low = if value > 0.0 {
            edge(-1.0).map_or(0.0, f64::exp)
        } else {
            0.0
        };
        let high = if value.is_finite() {
            edge(1.0).map_or(f64::INFINITY, f64::exp)
        } else {
            f64::INFINITY
        };
        Estimate::new(value, low, high, level)
    });
    Some(Nightly {
        statistic,
        p_two_sided,
        rate_ratio,
    })
}
