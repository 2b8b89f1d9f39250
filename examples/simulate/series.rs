//! V7-V11 and V13: trend, changes, switches, experiments, spells and forecasts.

use crate::analysis::changes::{changes, placebo};
use crate::analysis::control_charts::ever_alarmed;
use crate::analysis::forecast::forecast;
use crate::analysis::rates::slope;
use crate::stats::randomisation::{nightly, pair_log_ratio, sign_flips};
use rayon::prelude::*;

use crate::simulate::chance::Chance;
use crate::simulate::outcome::{Figure, Limit};
use crate::simulate::world::{Background, NOISE, STEADY, World};

fn share_of(runs: usize, holds: impl Fn(usize) -> Option<bool> + Sync + Send) -> f64 {
    let answers: Vec<bool> = (0..runs).into_par_iter().filter_map(holds).collect();
    answers.iter().filter(|a| **a).count() as f64 / answers.len().max(1) as f64
}

/// Steady nights with other spells.
fn spelled(rho: f64, sd: f64) -> World {
    World {
        background: Background::Ar(rho, sd),
        ..STEADY
    }
}

/// V7: "has drifted" where nothing drifts.
pub(crate) fn trend(runs: usize) -> Vec<Figure> {
    let cases = [
        ("52 weeks, usual spells", 364, 0.9, 0.5, 0.075),
        ("104 weeks, usual spells", 728, 0.9, 0.5, 0.075),
        ("104 weeks, month-long spells", 728, 0.97, 0.7, 0.15),
    ];
    let figure = |(what, nights, rho, sd, limit): (&str, usize, f64, f64, f64)| {
        let world = spelled(rho, sd);
        let got = share_of(runs, |run| {
            let mut chance = Chance::new(700, run as u64);
            Some(slope(&world.series(nights, &mut chance))?.drifted)
        });
        Figure {
            id: "V7",
            what: format!("drift called where there is none, {what}"),
            runs,
            got,
            limit: Limit::AtMost(limit),
        }
    };
    cases.into_iter().map(figure).collect()
}

/// V8: changes where there are none, and one that is.
pub(crate) fn change_points(runs: usize) -> Vec<Figure> {
    let mut out: Vec<Figure> = [52usize, 104, 156]
        .into_iter()
        .map(|weeks| {
            let got = share_of(runs, |run| {
                let mut chance = Chance::new(800 + weeks as u64, run as u64);
                Some(!changes(&STEADY.series(weeks * 7, &mut chance))?.is_empty())
            });
            Figure {
                id: "V8",
                what: format!("change called where there is none, {weeks} weeks"),
                runs,
                got,
                limit: Limit::AtMost(0.05),
            }
        })
        .collect();
    let tries = runs.div_ceil(4);
    let got = share_of(tries, |run| {
        let mut chance = Chance::new(810, run as u64);
        let mut table = STEADY.series(3650, &mut chance);
        // Halved from the middle on, by thinning.
        for c in table.counts.iter_mut().skip(1825).flatten() {
            *c = (0..*c).filter(|_| chance.yes(0.5)).count() as u32;
        }
        let at = table.first + chrono::Days::new(1825);
        Some(
            changes(&table)?
                .iter()
                .any(|c| (c.night.date() - at).num_days().abs() <= 42),
        )
    });
    out.push(Figure {
        id: "V8",
        what: "halving in ten years found within six weeks".into(),
        runs: tries,
        got,
        limit: Limit::AtLeast(0.5),
    });
    out
}

/// V9: before and after a switch that does nothing.
pub(crate) fn switches(runs: usize) -> Vec<Figure> {
    [1460usize, 2190]
        .into_iter()
        .map(|nights| {
            let world = World {
                season: 0.35,
                ..STEADY
            };
            let got = share_of(runs, |run| {
                let mut chance = Chance::new(900, run as u64);
                let table = world.series(nights, &mut chance);
                let at = 100 + (chance.uniform() * (nights as f64 - 250.0)) as usize;
                Some(placebo(&table.counts, at, 14, &[at]).0? <= 0.05)
            });
            Figure {
                id: "V9",
                what: format!("placebo switch p <= .05 where nothing changed, {nights} nights"),
                runs,
                got,
                limit: Limit::AtMost(0.075),
            }
        })
        .collect()
}

/// V10: randomised experiments without an effect, and the exact p against counting every assignment.
pub(crate) fn experiments(runs: usize) -> Vec<Figure> {
    let limit = 0.05 + 2.6 * (0.05f64 * 0.95 / runs as f64).sqrt();
    let mut out = Vec::new();
    for (pairs, period, dropped) in [(8usize, 14usize, 4usize), (12, 14, 4), (8, 28, 7)] {
        let got = share_of(runs, |run| {
            let mut chance = Chance::new(1000 + (pairs * period) as u64, run as u64);
            let counts = STEADY.series(pairs * period * 2, &mut chance).counts;
            let total = |k: usize| {
                let nights = &counts[k * period + dropped..(k + 1) * period];
                (
                    nights.iter().flatten().map(|c| u64::from(*c)).sum::<u64>(),
                    nights.iter().flatten().count() as u64,
                )
            };
            let d: Option<Vec<f64>> = (0..pairs)
                .map(|p| {
                    let (a, b) = (total(2 * p), total(2 * p + 1));
                    if chance.yes(0.5) {
                        pair_log_ratio(a, b)
                    } else {
                        pair_log_ratio(b, a)
                    }
                })
                .collect();
            Some(sign_flips(&d?, 2000, 1)?.p_two_sided <= 0.05)
        });
        out.push(Figure {
            id: "V10",
            what: format!("experiment without effect, {pairs} pairs of {period} nights"),
            runs,
            got,
            limit: Limit::AtMost(limit),
        });
    }
    let few = runs.min(200);
    let got = share_of(few, |run| {
        let mut chance = Chance::new(1050, run as u64);
        let y: Vec<Option<f64>> = STEADY
            .series(168, &mut chance)
            .counts
            .iter()
            .map(|c| c.map(f64::from))
            .collect();
        let mut on = vec![false; y.len()];
        for block in on.chunks_mut(4) {
            let first = (chance.uniform() * 4.0) as usize;
            let second = (first + 1 + (chance.uniform() * 3.0) as usize) % 4;
            for k in [first, second] {
                if let Some(o) = block.get_mut(k) {
                    *o = true;
                }
            }
        }
        let blocks: Vec<f64> = (0..y.len()).map(|t| (t / 4) as f64).collect();
        Some(nightly(&y, &on, &blocks, 0.95, 999, run as u64)?.p_two_sided <= 0.05)
    });
    out.push(Figure {
        id: "V10",
        what: "experiment without effect, 168 nights in blocks of 4".into(),
        runs: few,
        got,
        limit: Limit::AtMost(0.05 + 2.6 * (0.05f64 * 0.95 / few as f64).sqrt()),
    });
    out.push(Figure {
        id: "V10",
        what: "largest difference of the exact p from counting all assignments".into(),
        runs: 50,
        got: worst_enumeration(),
        limit: Limit::AtMost(1e-12),
    });
    out
}

fn worst_enumeration() -> f64 {
    let mut worst = 0.0f64;
    for run in 0..50 {
        let mut chance = Chance::new(1090, run);
        let d: Vec<f64> = (0..6 + run as usize % 5).map(|_| chance.normal()).collect();
        let seen = d.iter().sum::<f64>().abs();
        let all = 1u32 << d.len();
        let hits = (0..all)
            .filter(|m| {
                d.iter()
                    .enumerate()
                    .map(|(k, d)| if m >> k & 1 == 1 { -d } else { *d })
                    .sum::<f64>()
                    .abs()
                    >= seen - 1e-9
            })
            .count();
        let p = sign_flips(&d, 0, 1).map_or(f64::NAN, |s| s.p_two_sided);
        worst = worst.max((p - hits as f64 / f64::from(all)).abs());
    }
    worst
}

/// V11: alarms in a year without change.
pub(crate) fn spells(runs: usize) -> Vec<Figure> {
    let got = share_of(runs, |run| {
        let counts = STEADY
            .series(730, &mut Chance::new(1100, run as u64))
            .counts;
        ever_alarmed(&counts[..365], &counts[365..], run as u64)
    });
    vec![Figure {
        id: "V11",
        what: "years without change that raise the spell alarm".into(),
        runs,
        got,
        limit: Limit::AtMost(0.13),
    }]
}

/// V13: forecasts shown for pure noise.
pub(crate) fn forecasts(runs: usize) -> Vec<Figure> {
    let got = share_of(runs, |run| {
        let table = NOISE.series(540, &mut Chance::new(1300, run as u64));
        Some(forecast(&table, run as u64)?.shown)
    });
    vec![Figure {
        id: "V13",
        what: "forecast shown for nights that are pure noise".into(),
        runs,
        got,
        limit: Limit::AtMost(0.05),
    }]
}
