//! How often would this very diary announce something by luck? Its outcome is shuffled in the blocks of the analysis, so
//! that any link to the factors is gone, and the whole analysis is run again, many times.

use rayon::prelude::*;
use serde::Serialize;

use crate::analysis::analyze::{Looking, associations};
use crate::analysis::association::Grade;
use crate::analysis::looks::History;
use crate::analysis::night_table::NightTable;
use crate::stats::shuffle::{generator, shuffle};

/// Result of the self-test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct SelfTest {
    pub(crate) runs: usize,
    /// In how many of them some factor was graded "hint" or better.
    pub(crate) any_hint: usize,
    /// In how many of them some factor was graded "possible link" or better.
    pub(crate) any_possible: usize,
    /// In how many of them some factor was graded "consistent link".
    pub(crate) any_consistent: usize,
}

/// The table with its outcome shuffled in blocks of `length` calendar nights (a last, shorter block stays in place).
/// Unrecorded nights move with their block.
pub(crate) fn shuffled_outcome(table: &NightTable, length: usize, seed: u64) -> NightTable {
    let blocks = table.counts.len() / length;
    let mut order: Vec<usize> = (0..blocks).collect();
    shuffle(&mut generator(seed, 0), &mut order);
    let moved = |t: usize| order.get(t / length).map_or(t, |b| b * length + t % length);
    NightTable {
        first: table.first,
        counts: (0..table.counts.len())
            .map(|t| table.counts[moved(t)])
            .collect(),
        excluded: (0..table.excluded.len())
            .map(|t| table.excluded[moved(t)])
            .collect(),
        factors: table.factors.clone(),
    }
}

/// Analyses `runs` diaries shuffled in blocks of `length` nights. `progress` is told after each, from any thread.
pub(crate) fn self_test(
    table: &NightTable,
    length: usize,
    runs: usize,
    seed: u64,
    progress: &(dyn Fn() + Sync),
) -> SelfTest {
    let strongest: Vec<u8> = (0..runs)
        .into_par_iter()
        .map(|run| {
            let seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15u64.wrapping_mul(run as u64 + 1));
            let shuffled = shuffled_outcome(table, length, seed);
            let result = associations(&shuffled, &History::default(), Looking::Take);
            progress();
            result
                .factors
                .iter()
                .map(|f| f.grade.strength())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let at_least = |grade: Grade| strongest.iter().filter(|s| **s >= grade.strength()).count();
    SelfTest {
        runs,
        any_hint: at_least(Grade::Hint),
        any_possible: at_least(Grade::Possible),
        any_consistent: at_least(Grade::Consistent),
    }
}
