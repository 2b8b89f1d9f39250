//! V1-V6, V12 and V14: what the association analysis says about factors whose truth is known.

use crate::analysis::analyze::{Looking, associations};
use crate::analysis::association::Grade;
use crate::analysis::evaluation::evaluate;
use crate::analysis::looks::{History, StoredLook};
use crate::analysis::night_table::NightTable;
use rayon::prelude::*;

use crate::simulate::outcome::{Figure, Limit};
use crate::simulate::world::{Chance, Exposure, KINDS, World};

/// What one evaluation said about factor 0: p and the rate ratio with its interval.
struct Said {
    p: f64,
    ratio: f64,
    covers: bool,
}

fn said(world: &World, truth: f64, seed: u64, run: usize) -> Option<Said> {
    let table = world.table(&mut Chance::new(seed, run as u64));
    let evaluation = evaluate(&table, &|_| false)?;
    let f = evaluation.factors.first().filter(|f| f.gates.is_empty())?;
    let ratio = f.rate_ratio(0)?;
    Some(Said {
        p: f.p?,
        ratio: ratio.value,
        covers: ratio.covers(truth),
    })
}

fn many(world: &World, truth: f64, seed: u64, runs: usize) -> Vec<Said> {
    (0..runs)
        .into_par_iter()
        .filter_map(|run| said(world, truth, seed, run))
        .collect()
}

fn share<T>(of: &[T], holds: impl Fn(&T) -> bool) -> f64 {
    of.iter().filter(|x| holds(x)).count() as f64 / of.len().max(1) as f64
}

fn median(mut x: Vec<f64>) -> f64 {
    x.sort_by(f64::total_cmp);
    x.get(x.len() / 2).copied().unwrap_or(f64::NAN)
}

/// 32 cells: eight exposures, two lengths, two strengths of spells.
fn cells(beta: f64) -> Vec<(World, Exposure)> {
    let mut out = Vec::new();
    for exposure in KINDS {
        for (nights, rate) in [(365, 0.25), (730, 0.25)] {
            for (rho, sd) in [(0.9, 0.5), (0.97, 0.7)] {
                let mut world = World::new(nights, rate);
                (world.rho, world.sd) = (rho, sd);
                world.exposures = vec![(exposure, beta)];
                out.push((world, exposure));
            }
        }
    }
    out
}

/// V1, V2, V4: size, coverage and bias.
pub(crate) fn size_and_coverage(runs: usize) -> Vec<Figure> {
    let (mut sizes, mut coverages, mut medians) = (Vec::new(), Vec::new(), Vec::new());
    for (k, (world, _)) in cells(0.0).iter().enumerate() {
        let s = many(world, 1.0, 100 + k as u64, runs);
        if s.len() * 4 >= runs {
            sizes.push(share(&s, |s| s.p <= 0.05));
        }
    }
    let half = runs.div_ceil(2);
    for (k, (world, exposure)) in cells(2f64.ln()).iter().enumerate() {
        let s = many(world, 2.0, 200 + k as u64, half);
        if s.len() * 4 < half {
            continue;
        }
        coverages.push(share(&s, |s| s.covers));
        if !matches!(exposure, Exposure::Courses | Exposure::Temperature) {
            let ratios: Vec<f64> = s.iter().map(|s| s.ratio).collect();
            medians.push(median(ratios));
        }
    }
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let most = |x: &[f64]| x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let least = |x: &[f64]| x.iter().copied().fold(f64::INFINITY, f64::min);
    let se = |p: f64, n: usize| 3.1 * (p * (1.0 - p) / n as f64).sqrt();
    vec![
        Figure {
            id: "V1",
            what: format!("false positives at .05, mean of {} cells", sizes.len()),
            runs,
            got: mean(&sizes),
            limit: Limit::AtMost(0.05),
        },
        Figure {
            id: "V1",
            what: "the same, worst cell".into(),
            runs,
            got: most(&sizes),
            limit: Limit::AtMost(0.05 + se(0.05, runs)),
        },
        Figure {
            id: "V2",
            what: format!(
                "coverage at rate ratio 2, mean of {} cells",
                coverages.len()
            ),
            runs: half,
            got: mean(&coverages),
            limit: Limit::AtLeast(0.945),
        },
        Figure {
            id: "V2",
            what: "the same, worst cell".into(),
            runs: half,
            got: least(&coverages),
            limit: Limit::AtLeast(0.925),
        },
        Figure {
            id: "V4",
            what: "median of the rate ratio 2, lowest cell (fast exposures)".into(),
            runs: half,
            got: least(&medians),
            limit: Limit::AtLeast(1.85),
        },
        Figure {
            id: "V4",
            what: "the same, highest cell".into(),
            runs: half,
            got: most(&medians),
            limit: Limit::AtMost(2.15),
        },
    ]
}

/// V3: power at rate ratio 2.
pub(crate) fn power(runs: usize) -> Vec<Figure> {
    let cases = [
        (
            "independent, one year, .25 a night",
            Exposure::Independent,
            365,
            0.25,
            0.70,
        ),
        (
            "weekday habit, one year, .25 a night",
            Exposure::Weekday,
            365,
            0.25,
            0.75,
        ),
        (
            "courses of 60 nights, three years",
            Exposure::Courses,
            1095,
            0.25,
            0.55,
        ),
        (
            "independent, rare (.06), three years",
            Exposure::Independent,
            1095,
            0.06,
            0.65,
        ),
    ];
    let figure = |(what, exposure, nights, rate, limit): (&str, Exposure, usize, f64, f64)| {
        let mut world = World::new(nights, rate);
        world.exposures = vec![(exposure, 2f64.ln())];
        let found = many(&world, 2.0, 300 + nights as u64, runs);
        let got = found.iter().filter(|s| s.p <= 0.05).count() as f64 / runs as f64;
        Figure {
            id: "V3",
            what: format!("power, {what}"),
            runs,
            got,
            limit: Limit::AtLeast(limit),
        }
    };
    cases.into_iter().map(figure).collect()
}

/// Fifteen factors that share habits; those in `real` double the rate.
fn fifteen(nights: usize, real: &[usize]) -> World {
    use Exposure::{
        Courses, Independent, Reaction, Runs, SecondHabit, Stress, Temperature, Weekday,
    };
    let kinds = [
        Independent,
        Weekday,
        Runs,
        Independent,
        Independent,
        Weekday,
        SecondHabit,
        SecondHabit,
        Runs,
        Courses,
        Temperature,
        Stress,
        Reaction,
        Weekday,
        Independent,
    ];
    let mut world = World::new(nights, 0.25);
    world.exposures = kinds
        .iter()
        .enumerate()
        .map(|(k, e)| (*e, if real.contains(&k) { 2f64.ln() } else { 0.0 }))
        .collect();
    world
}

/// V5: false discovery rate at q <= .10 and what is found.
pub(crate) fn discoveries(runs: usize) -> Vec<Figure> {
    let real = [0, 1, 2];
    let mut out = Vec::new();
    for (nights, found_at_least) in [(365, 1.2), (730, 2.2), (1460, 2.6)] {
        let world = fifteen(nights, &real);
        let counts: Vec<(f64, f64)> = (0..runs)
            .into_par_iter()
            .map(|run| {
                let table = world.table(&mut Chance::new(500 + nights as u64, run as u64));
                let found = associations(&table, &History::default(), Looking::Take);
                let named: Vec<usize> = (0..15)
                    .filter(|&i| found.factors[i].grade >= Grade::Possible)
                    .collect();
                let right = named.iter().filter(|i| real.contains(i)).count() as f64;
                (
                    (named.len() as f64 - right) / (named.len() as f64).max(1.0),
                    right,
                )
            })
            .collect();
        let mean =
            |f: fn(&(f64, f64)) -> f64| counts.iter().map(f).sum::<f64>() / counts.len() as f64;
        out.push(Figure {
            id: "V5",
            what: format!("false discovery rate, {nights} nights"),
            runs,
            got: mean(|c| c.0),
            limit: Limit::AtMost(0.10),
        });
        out.push(Figure {
            id: "V5",
            what: format!("of 3 real factors found, {nights} nights"),
            runs,
            got: mean(|c| c.1),
            limit: Limit::AtLeast(found_at_least),
        });
    }
    out
}

/// Factors ever graded "consistent" when a diary is looked at every 28 nights as it grows.
fn ever_consistent(table: &NightTable) -> Vec<bool> {
    let mut looks: Vec<StoredLook> = Vec::new();
    let mut flagged = vec![false; table.factors.len()];
    for nights in (28..=table.counts.len()).step_by(28) {
        let history = History::replay(&looks);
        let then = associations(&table.until(nights), &history, Looking::Take);
        looks.extend(then.look_taken.as_ref().map(StoredLook::from));
        for (flag, f) in flagged.iter_mut().zip(&then.factors) {
            *flag |= f.grade == Grade::Consistent;
        }
    }
    flagged
}

/// V6: five years of looks.
pub(crate) fn looks(runs: usize) -> Vec<Figure> {
    let flagged = |real: &[usize], seed: u64| -> Vec<Vec<bool>> {
        let world = fifteen(1826, real);
        (0..runs)
            .into_par_iter()
            .map(|run| ever_consistent(&world.table(&mut Chance::new(seed, run as u64))))
            .collect()
    };
    let null = flagged(&[], 600);
    let real = [0, 1];
    let signal = flagged(&real, 601);
    let false_flags = signal
        .iter()
        .map(|f| (0..15).filter(|i| f[*i] && !real.contains(i)).count())
        .sum::<usize>();
    let found = signal
        .iter()
        .map(|f| real.iter().filter(|i| f[**i]).count())
        .sum::<usize>();
    let n = runs as f64;
    vec![
        Figure {
            id: "V6",
            what: "diaries without links that ever show \"consistent\" in five years".into(),
            runs,
            got: share(&null, |f| f.contains(&true)),
            limit: Limit::AtMost(0.05),
        },
        Figure {
            id: "V6",
            what: "false \"consistent\" a diary with two real factors".into(),
            runs,
            got: false_flags as f64 / n,
            limit: Limit::AtMost(0.25),
        },
        Figure {
            id: "V6",
            what: "rate ratio 2 called \"consistent\" within five years".into(),
            runs,
            got: found as f64 / (2.0 * n),
            limit: Limit::AtLeast(0.95),
        },
    ]
}

/// V12: nights written down more often after cramps.
pub(crate) fn informative(runs: usize) -> Vec<Figure> {
    let mut out = Vec::new();
    for (name, exposure) in [
        ("independent", Exposure::Independent),
        ("runs", Exposure::Runs),
    ] {
        let mut world = World::new(365, 0.3);
        world.informative = Some((0.95, 0.75));
        world.exposures = vec![(exposure, 0.0)];
        let s = many(&world, 1.0, 1200, runs);
        let se = 2.6 * (0.05f64 * 0.95 / runs as f64).sqrt();
        out.push(Figure {
            id: "V12",
            what: format!("median rate ratio of an unrelated factor ({name}), informative logging"),
            runs,
            got: median(s.iter().map(|s| s.ratio).collect()),
            limit: Limit::Within(0.92, 1.08),
        });
        out.push(Figure {
            id: "V12",
            what: format!("false positives at .05 ({name}), informative logging"),
            runs,
            got: share(&s, |s| s.p <= 0.05),
            limit: Limit::AtMost(0.075f64.max(0.05 + se)),
        });
    }
    out
}

/// V14: the same diary on one thread, on two, and again.
pub(crate) fn repeats() -> Vec<Figure> {
    let table = fifteen(730, &[0, 1]).table(&mut Chance::new(1400, 0));
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .ok()?;
        let result = pool.install(|| associations(&table, &History::default(), Looking::Take));
        serde_json::to_string(&result).ok()
    };
    let (one, two, again) = (run(1), run(2), run(2));
    let differences =
        usize::from(one != two) + usize::from(two != again) + usize::from(one.is_none());
    vec![Figure {
        id: "V14",
        what: "answers that differ on 1 and 2 threads, or when repeated".into(),
        runs: 3,
        got: differences as f64,
        limit: Limit::AtMost(0.0),
    }]
}
