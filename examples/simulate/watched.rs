//! V6: diaries that are watched month by month from their first night.

use rayon::prelude::*;

use crate::analysis::analyze::{Looking, associations};
use crate::analysis::association::Grade;
use crate::analysis::looks::{FIRST_LOOK, History, StoredLook};
use crate::analysis::night_table::{NightTable, Tally};
use crate::simulate::chance::Chance;
use crate::simulate::outcome::{Figure, Limit, beyond_chance};
use crate::simulate::world::{BRIEF, EVERY_KIND, OVERDISP, WORLDS, WORST, World};

/// Nights between two visits of someone who watches.
const MONTH: usize = 30;

/// The highest grade that each factor has ever shown.
fn highest(table: &NightTable) -> Vec<Grade> {
    let mut looks: Vec<StoredLook> = Vec::new();
    let mut highest = vec![Grade::NotEnough; table.factors.len()];
    let mut something_announced = false;
    for nights in (MONTH..=table.counts.len()).step_by(MONTH) {
        let history = History::replay(&looks);
        let cramp_nights = Tally::of(&table.counts[..nights]).cramp;
        // Nothing can be shown that no look has announced.
        if cramp_nights < history.next_due().max(FIRST_LOOK) && !something_announced {
            continue;
        }
        let then = associations(&table.until(nights), &history, Looking::Take);
        looks.extend(then.look_taken.as_ref().map(StoredLook::from));
        something_announced |= then.factors.iter().any(|f| f.announced.is_some());
        for (highest, f) in highest.iter_mut().zip(&then.factors) {
            *highest = f.grade.max(*highest);
        }
    }
    highest
}

/// Whether anything false was ever shown as possible, and as consistent.
fn ever_false(world: &World, nights: usize, seed: u64, runs: usize) -> Vec<(bool, bool)> {
    (0..runs)
        .into_par_iter()
        .map(|run| {
            let diary = world.diary(nights, &[], &mut Chance::new(seed, run as u64));
            let highest = highest(&diary.table);
            let any = |grade: Grade| highest.iter().any(|g| *g >= grade);
            (any(Grade::Possible), any(Grade::Consistent))
        })
        .collect()
}

fn figures(worlds: &[World], years: usize, seed: u64, runs: usize) -> Vec<Figure> {
    let nights = years * 365;
    let (mut out, mut consistent) = (Vec::new(), 0);
    for (w, world) in worlds.iter().enumerate() {
        let seen = ever_false(world, nights, seed + w as u64, runs);
        consistent += seen.iter().filter(|s| s.1).count();
        out.push(Figure {
            id: "V6",
            what: format!("any false link in {years} watched years, {}", world.name),
            runs,
            got: seen.iter().filter(|s| s.0).count() as f64 / runs as f64,
            limit: Limit::AtMost(0.05 + beyond_chance(0.05, runs)),
        });
    }
    let all = runs * worlds.len();
    out.push(Figure {
        id: "V6",
        what: format!("any false \"consistent\" in {years} watched years, these worlds together"),
        runs: all,
        got: consistent as f64 / all as f64,
        limit: Limit::AtMost(0.02),
    });
    out
}

/// Two watched years without any effect: the three weakest worlds, or all.
pub(crate) fn two_years(all: bool) -> Vec<Figure> {
    match all {
        true => figures(&WORLDS, 2, 6000, 300),
        false => figures(&[BRIEF, OVERDISP, WORST], 2, 6100, 200),
    }
}

/// More watched years without any effect: counts far more scattered than Poisson ones, and factors of every kind.
pub(crate) fn more_years(runs: usize) -> Vec<Figure> {
    let mut out = figures(&[OVERDISP], 3, 6300, runs);
    out.extend(figures(&[BRIEF, OVERDISP, EVERY_KIND], 5, 6200, runs));
    out
}
