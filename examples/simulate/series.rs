//! V7-V9, V11 and V13: trend, changes, switches, spells and forecasts.

use crate::analysis::changes::{changes, placebo};
use crate::analysis::control_charts::ever_alarmed;
use crate::analysis::forecast::forecast;
use crate::analysis::rates::slope;
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
