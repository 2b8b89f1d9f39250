//! V10: experiments on oneself, simulated: false alarms, coverage, and whether the planner keeps its promise.

use rayon::prelude::*;

use crate::analysis::experiment_plan::{Background, Plan, Wished, promise};
use crate::analysis::experiment_test::{ALPHA, Verdict};
use crate::simulate::chance::Chance;
use crate::simulate::outcome::{Figure, Limit};
use crate::stats::sign_flips::sign_flips;

/// Nights like those of many diaries: neighbours alike, a tenth unanswered.
const NIGHTS: Background = Background {
    rate: 0.3,
    sd: 0.5,
    phi: 0.9,
    extra: 1.0,
    answered: 0.9,
    nights: 365,
};
/// Redraws of a simulated experiment.
const REDRAWS: u32 = 1_999;
/// Experiments whose p are looked at together.
const EVEN: usize = 2_000;
/// The effect that power is asked for.
const HALF: f64 = 0.5;

/// Every design of the menu: false alarms, coverage without an effect and with a halving, the promise against what is
/// found, and how even p is where it can take many values.
pub(crate) fn all(runs: usize) -> Vec<Figure> {
    let mut out = Vec::new();
    for (place, plan) in Plan::menu(&Wished::default()).iter().enumerate() {
        let seed = 1_000 + place as u64;
        let came = |effect: f64, seed: u64| many(&NIGHTS, plan, effect, runs, seed);
        let (none, half) = (came(1.0, seed), came(HALF, seed + 100));
        let promised = promise(&NIGHTS, plan, HALF, runs, seed + 200, &|_| {});
        let covered = |all: &[Verdict], effect: f64| {
            share(all, |v| v.rate_ratio().is_none_or(|r| r.covers(effect)))
        };
        let found = share(&half, |v| shown(v) && v.direction < 0.0);
        let busy = Background {
            rate: 40.0,
            ..NIGHTS
        };
        let figures = [
            (
                "found without effect",
                share(&none, shown),
                Limit::AtMost(0.055),
            ),
            (
                "coverage without effect",
                covered(&none, 1.0),
                Limit::Within(0.935, 0.965),
            ),
            (
                "coverage of a halving",
                covered(&half, HALF),
                Limit::Within(0.935, 0.965),
            ),
            (
                "halving found",
                found,
                Limit::Within(promised.power - 0.03, promised.power + 0.03),
            ),
            (
                "p from even, counts of forty",
                unevenness(&many(&busy, plan, 1.0, EVEN, seed + 300)),
                Limit::AtMost(1.63 / (EVEN as f64).sqrt()),
            ),
        ];
        for (what, got, limit) in figures {
            out.push(Figure {
                id: "V10",
                what: format!("{what}, {}", name(plan)),
                runs: if what.starts_with("p from") {
                    EVEN
                } else {
                    runs
                },
                got,
                limit,
            });
        }
    }
    out.push(Figure {
        id: "V10",
        what: "largest difference of the exact p from counting all assignments".into(),
        runs: 50,
        got: worst_enumeration(),
        limit: Limit::AtMost(1e-12),
    });
    out
}

fn name(plan: &Plan) -> String {
    match plan.pairs {
        Some(pairs) => format!("{pairs} pairs of {} nights", plan.period),
        None => format!("{} nights in blocks of 4", plan.nights),
    }
}

fn shown(verdict: &Verdict) -> bool {
    verdict.p.is_some_and(|p| p <= ALPHA)
}

fn share(all: &[Verdict], holds: impl Fn(&Verdict) -> bool) -> f64 {
    all.iter().filter(|v| holds(v)).count() as f64 / all.len().max(1) as f64
}

/// So many experiments of a design.
fn many(nights: &Background, plan: &Plan, effect: f64, runs: usize, seed: u64) -> Vec<Verdict> {
    let one = |run: usize| {
        let mut chance = Chance::new(seed, run as u64);
        let drawn = plan.draw(&mut |bytes| {
            chance.fill(bytes);
            Ok(())
        });
        let on = drawn.ok()?;
        let rates = nights.rates(plan.nights, &mut chance);
        let counts = nights.counts(&rates, &on, effect, &mut chance);
        Some(plan.layout().test(&counts, &on, REDRAWS, chance.number()))
    };
    (0..runs).into_par_iter().filter_map(one).collect()
}

/// Largest distance of the distribution of p from an even one (A. N. Kolmogorov, 1933).
fn unevenness(all: &[Verdict]) -> f64 {
    let mut p: Vec<f64> = all.iter().filter_map(|v| v.p).collect();
    p.sort_by(f64::total_cmp);
    let n = p.len() as f64;
    // At each p the share up to it; equal ones count together.
    let far = |(k, x): (usize, &f64)| {
        let last = p.get(k + 1).is_none_or(|next| next > x);
        if last {
            ((k + 1) as f64 / n - x).abs()
        } else {
            0.0
        }
    };
    p.iter().enumerate().map(far).fold(0.0, f64::max)
}

/// Largest difference of the p of the sign flips from counting them one by one.
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
