//! V1-V5, V12 and V14: what one look at a finished diary says about factors whose truth is known.

use crate::analysis::analyze::{Looking, associations};
use crate::analysis::looks::History;
use crate::simulate::chance::Chance;
use crate::simulate::one_look::{OneLook, Said};
use crate::simulate::outcome::{Figure, Limit, beyond_chance};
use crate::simulate::world::{BRIEF, HABITS, KINDS, Logging, WORLDS, World};

fn share(of: &[&Said], holds: impl Fn(&Said) -> bool) -> f64 {
    of.iter().filter(|x| holds(x)).count() as f64 / of.len() as f64
}

fn median(mut x: Vec<f64>) -> f64 {
    x.sort_by(f64::total_cmp);
    x.get(x.len() / 2).copied().unwrap_or(f64::NAN)
}

fn mean(of: &[Cell]) -> f64 {
    of.iter().map(|c| c.got).sum::<f64>() / of.len() as f64
}

/// One number of one world.
struct Cell {
    world: &'static str,
    got: f64,
    /// Number of tests behind it.
    tests: usize,
}

fn largest(of: &[Cell]) -> Option<&Cell> {
    of.iter().max_by(|a, b| a.got.total_cmp(&b.got))
}

fn smallest(of: &[Cell]) -> Option<&Cell> {
    of.iter().min_by(|a, b| a.got.total_cmp(&b.got))
}

/// Seeds differ by step, world and length.
fn seed(step: u64, world: usize, nights: usize) -> u64 {
    step * 1_000_000 + world as u64 * 10_000 + nights as u64
}

/// What is said of the targets, or of all factors where there are none.
fn of_targets<'l>(world: &World, looks: &'l [OneLook]) -> Vec<&'l Said> {
    let is_target = |s: &&Said| world.targets == 0 || s.k < world.targets;
    looks
        .iter()
        .flat_map(|l| &l.said)
        .filter(is_target)
        .collect()
}

/// What is said of true effects.
fn real<'l>(looks: &[&'l [OneLook]]) -> Vec<&'l Said> {
    let said = looks.iter().flat_map(|l| l.iter()).flat_map(|l| &l.said);
    said.filter(|s| s.has_effect).collect()
}

fn sizes(worlds: &'static [World], lengths: &[usize], step: u64, runs: usize) -> Vec<Cell> {
    let cell = |(w, world): (usize, &'static World)| {
        let at = |&nights: &usize| OneLook::many(world, nights, &[], seed(step, w, nights), runs);
        let looks: Vec<OneLook> = lengths.iter().flat_map(at).collect();
        let said = of_targets(world, &looks);
        Cell {
            world: world.name,
            got: share(&said, |s| s.p <= 0.05),
            tests: said.len(),
        }
    };
    worlds.iter().enumerate().map(cell).collect()
}

/// V1: how often p <= .05 is said of a factor without effect, at 120 and 365 nights.
pub(crate) fn size(runs: usize) -> Vec<Figure> {
    let cells = sizes(&WORLDS, &[120, 365], 1, runs);
    let mut out = vec![Figure {
        id: "V1",
        what: format!("p <= .05 without effect, mean of {} worlds", cells.len()),
        runs: 2 * runs,
        got: mean(&cells),
        limit: Limit::AtMost(0.05),
    }];
    out.extend(cells.iter().map(|c| Figure {
        id: "V1",
        what: format!("the same, {}", c.world),
        runs: c.tests,
        got: c.got,
        limit: Limit::AtMost(0.07),
    }));
    out
}

/// V1 and V2 for amounts, scales, choices, bundles and earlier days.
pub(crate) fn kinds(runs: usize) -> Vec<Figure> {
    let mut out = Vec::new();
    for nights in [120, 365, 1826] {
        let sizes = sizes(&KINDS, &[nights], 2, runs);
        out.extend(sizes.iter().map(|c| Figure {
            id: "V1",
            what: format!("p <= .05 without effect, {nights} nights, {}", c.world),
            runs: c.tests,
            got: c.got,
            limit: Limit::AtMost(0.07),
        }));
    }
    for (w, world) in KINDS.iter().enumerate() {
        let looks = OneLook::many(world, 365, &[3.0], seed(3, w, 365), 3 * runs);
        let said: Vec<&Said> = of_targets(world, &looks);
        let said: Vec<&Said> = said.into_iter().filter(|s| s.has_effect).collect();
        out.push(Figure {
            id: "V2",
            what: format!("coverage at rate ratio 3, 365 nights, {}", world.name),
            runs: said.len(),
            got: share(&said, |s| s.ratio.covers(s.truth)),
            limit: Limit::AtLeast(0.93 - beyond_chance(0.93, said.len())),
        });
    }
    out
}

/// V2, V4 and the negative control: true links of rate ratio 3 at 120 and 365 nights and of 2 at 365, in every world.
pub(crate) fn coverage(runs: usize) -> Vec<Figure> {
    let (mut covered, mut ratios, mut held) = (Vec::new(), Vec::new(), Vec::new());
    for (w, world) in WORLDS.iter().enumerate().filter(|(_, w)| w.targets > 0) {
        let at = |nights: usize, ratio: f64, step: u64| {
            OneLook::many(world, nights, &[ratio], seed(step, w, nights), runs)
        };
        let (short, three, two) = (at(120, 3.0, 4), at(365, 3.0, 4), at(365, 2.0, 5));
        let all = real(&[&short, &three, &two]);
        let cell = |got: f64, tests: usize| Cell {
            world: world.name,
            got,
            tests,
        };
        covered.push(cell(share(&all, |s| s.ratio.covers(s.truth)), all.len()));
        let twos = real(&[&two]);
        ratios.push(cell(
            median(twos.iter().map(|s| s.ratio.value).collect()),
            twos.len(),
        ));
        let announced: Vec<&Said> = real(&[&three]);
        let announced: Vec<&Said> = announced
            .into_iter()
            .filter(|s| s.shown || s.held_back)
            .collect();
        held.push(cell(share(&announced, |s| s.held_back), announced.len()));
    }
    let mut out = vec![Figure {
        id: "V2",
        what: format!(
            "coverage of a true effect, mean of {} worlds",
            covered.len()
        ),
        runs: 3 * runs,
        got: mean(&covered),
        limit: Limit::AtLeast(0.93),
    }];
    out.extend(covered.iter().map(|c| {
        let least = if c.world == "selective" { 0.86 } else { 0.93 };
        Figure {
            id: "V2",
            what: format!("the same, {}", c.world),
            runs: c.tests,
            got: c.got,
            limit: Limit::AtLeast(least - beyond_chance(least, c.tests)),
        }
    }));
    ratios.retain(|c| c.world != "selective");
    let extreme = |what: &str, cell: &Cell, limit: Limit| Figure {
        id: "V4",
        what: format!("{what} ({})", cell.world),
        runs: cell.tests,
        got: cell.got,
        limit,
    };
    let lowest = "median of the rate ratio 2, 365 nights, lowest world";
    let highest = "the same, highest world";
    out.extend(smallest(&ratios).map(|c| extreme(lowest, c, Limit::AtLeast(1.75))));
    out.extend(largest(&ratios).map(|c| extreme(highest, c, Limit::AtMost(2.25))));
    out.extend(held.iter().map(|c| Figure {
        id: "V4",
        what: format!("true links that tomorrow's value holds back, {}", c.world),
        runs: c.tests,
        got: c.got,
        limit: Limit::AtMost(0.05 + beyond_chance(0.05, c.tests)),
    }));
    out
}

/// V3: what is found in the brief world, beside someone who knows the background of every night.
pub(crate) fn power(runs: usize) -> Vec<Figure> {
    let cells = [
        (3.0, 120, Some(0.43)),
        (3.0, 180, None),
        (3.0, 365, Some(0.78)),
        (2.0, 120, None),
        (2.0, 180, None),
        (2.0, 365, Some(0.46)),
    ];
    let mut out = Vec::new();
    for (ratio, nights, least) in cells {
        let looks = OneLook::many(
            &BRIEF,
            nights,
            &[ratio],
            seed(6, ratio as usize, nights),
            runs,
        );
        let part = |n: fn(&OneLook) -> usize| {
            let real: usize = looks.iter().map(|l| l.real).sum();
            looks.iter().map(n).sum::<usize>() as f64 / real as f64
        };
        out.push(Figure {
            id: "V3",
            what: format!("rate ratio {ratio} found at one look, {nights} nights"),
            runs,
            got: part(|l| l.found),
            limit: Limit::Oracle(least, part(|l| l.found_by_oracle)),
        });
    }
    out
}

/// V5: of the links that are shown, how many are false, with three true ones.
pub(crate) fn false_share(runs: usize) -> Vec<Figure> {
    let mut out = Vec::new();
    for (w, world) in [BRIEF, HABITS].iter().enumerate() {
        let looks = OneLook::many(world, 365, &[2.0, 2.0, 1.5], seed(7, w, 365), runs);
        let shown = || looks.iter().flat_map(|l| &l.said).filter(|s| s.shown);
        out.push(Figure {
            id: "V5",
            what: format!("false among shown links, three true ones, {}", world.name),
            runs,
            got: shown().filter(|s| !s.has_effect).count() as f64 / shown().count() as f64,
            limit: Limit::AtMost(0.12),
        });
    }
    out
}

/// V12: nights written down more often after cramps.
pub(crate) fn informative(runs: usize) -> Vec<Figure> {
    let world = World {
        logging: Logging::Selective(0.95, 0.75),
        ..BRIEF
    };
    let looks = OneLook::many(&world, 365, &[], 1200, runs);
    let said: Vec<&Said> = looks.iter().flat_map(|l| &l.said).collect();
    vec![
        Figure {
            id: "V12",
            what: "median rate ratio of an unrelated factor, informative logging".into(),
            runs,
            got: median(said.iter().map(|s| s.ratio.value).collect()),
            limit: Limit::Within(0.92, 1.08),
        },
        Figure {
            id: "V12",
            what: "p <= .05 without effect, informative logging".into(),
            runs,
            got: share(&said, |s| s.p <= 0.05),
            limit: Limit::AtMost(0.07),
        },
    ]
}

/// V14: the same diary on one thread, on two, and again.
pub(crate) fn repeats() -> Vec<Figure> {
    let table = BRIEF
        .diary(730, &[2.0, 2.0], &mut Chance::new(1400, 0))
        .table;
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
