//! The test of an experiment by its own randomisation: what was drawn beside what came of it, in; p, rate ratio and which
//! nights took part, out. The result and the planner's simulations go through here, so that what is promised is what is
//! done.

use crate::data::vocabulary::ExperimentDesign;
use crate::diary::experiment::BLOCK;
use crate::stats::estimate::Estimate;
use crate::stats::randomisation::{Redraws, nightly_rejects};
use crate::stats::sign_flips::{ALL_SIGNS, Pair, pair_log_ratio, pairs_rate_ratio, sign_flips};

/// Coverage of the interval.
pub(crate) const LEVEL: f64 = 0.95;
/// p at or below which a difference is called one.
pub(crate) const ALPHA: f64 = 0.05;
/// Redraws of a schedule whose assignments are too many to be counted.
pub(crate) const DRAWS: u32 = 20_000;

/// How an experiment is laid out over its nights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Layout {
    pub(crate) design: ExperimentDesign,
    /// Nights drawn together: 1 in the nightly design.
    pub(crate) period: u32,
    /// First nights of a period that do not count.
    pub(crate) dropped: u32,
}

/// An experiment's nights, tested.
#[derive(Debug, Clone)]
pub(crate) struct Verdict {
    /// `None` when there is nothing to compare.
    pub(crate) p: Option<f64>,
    /// Sign of the statistic: below 0 for fewer cramps with the thing.
    pub(crate) direction: f64,
    /// Redraws, or all assignments there are.
    pub(crate) draws: u64,
    /// Whether all assignments were counted.
    pub(crate) exact: bool,
    /// Pairs left out because one of their periods has no known night.
    pub(crate) dropped_pairs: usize,
    chance: Chance,
}

/// The chance that was in an experiment.
#[derive(Debug, Clone)]
enum Chance {
    Nights(Option<Redraws>),
    Pairs {
        pairs: Vec<Pair>,
        draws: u32,
        seed: u64,
    },
}

impl Layout {
    /// Whether the night at `place` is among the first of its period, which do not count.
    pub(crate) fn is_washout(self, place: usize) -> bool {
        place % (self.period.max(1) as usize) < self.dropped as usize
    }

    /// Nights of a pair of periods, or of a block.
    pub(crate) fn together(self) -> usize {
        match self.design {
            ExperimentDesign::Nightly => BLOCK,
            ExperimentDesign::Pairs => 2 * self.period.max(1) as usize,
        }
    }

    /// Whether each night takes part: its count is known, it is no washout, and in pairs both periods of its pair have
    /// such a night.
    pub(crate) fn takes_part(self, counts: &[Option<u32>], on: &[bool]) -> Vec<bool> {
        let places = counts.iter().enumerate();
        let mut out: Vec<bool> = places
            .map(|(t, c)| c.is_some() && !self.is_washout(t))
            .collect();
        if self.design == ExperimentDesign::Pairs {
            for (kept, on) in out
                .chunks_mut(self.together())
                .zip(on.chunks(self.together()))
            {
                let has = |wanted: bool| kept.iter().zip(on).any(|(k, on)| *k && *on == wanted);
                if !(has(true) && has(false)) {
                    kept.fill(false);
                }
            }
        }
        out
    }

    /// Tests the counts of the nights (`None` where unknown or excluded) against the schedule `on`, with so many
    /// redraws where assignments cannot all be counted.
    pub(crate) fn test(
        self,
        counts: &[Option<u32>],
        on: &[bool],
        draws: u32,
        seed: u64,
    ) -> Verdict {
        match self.design {
            ExperimentDesign::Nightly => self.test_nightly(counts, on, draws, seed),
            ExperimentDesign::Pairs => self.test_pairs(counts, on, draws, seed),
        }
    }

    /// The direction of [`Layout::test`] and whether its p is at most [`ALPHA`], without redraws that cannot change it any
    /// more. `None` when there is nothing to compare.
    pub(crate) fn finds(
        self,
        counts: &[Option<u32>],
        on: &[bool],
        draws: u32,
        seed: u64,
    ) -> Option<(f64, bool)> {
        match self.design {
            ExperimentDesign::Nightly => {
                let (y, blocks) = in_blocks(counts);
                let known = counts.iter().any(Option::is_some);
                let found = nightly_rejects(&y, on, &blocks, draws, seed, ALPHA);
                found.filter(|_| known)
            }
            ExperimentDesign::Pairs => {
                let verdict = self.test_pairs(counts, on, draws, seed);
                verdict.p.map(|p| (verdict.direction, p <= ALPHA))
            }
        }
    }

    fn test_nightly(self, counts: &[Option<u32>], on: &[bool], draws: u32, seed: u64) -> Verdict {
        let (y, blocks) = in_blocks(counts);
        let known = counts.iter().any(Option::is_some);
        let redraws = Redraws::new(&y, on, &blocks, draws, seed).filter(|_| known);
        let found = redraws.as_ref().map(Redraws::test);
        Verdict {
            p: found.map(|f| f.p_two_sided),
            direction: found.map_or(0.0, |f| f.statistic),
            draws: u64::from(draws),
            exact: false,
            dropped_pairs: 0,
            chance: Chance::Nights(redraws),
        }
    }

    fn test_pairs(self, counts: &[Option<u32>], on: &[bool], draws: u32, seed: u64) -> Verdict {
        let pairs = self.pairs(counts, on);
        let log_ratios: Vec<f64> = pairs.iter().filter_map(|p| pair_log_ratio(*p)).collect();
        let found = sign_flips(&log_ratios, draws, seed);
        let exact = log_ratios.len() <= ALL_SIGNS;
        Verdict {
            p: found.map(|f| f.p_two_sided),
            direction: found.map_or(0.0, |f| f.mean),
            draws: if exact {
                1 << log_ratios.len()
            } else {
                u64::from(draws)
            },
            exact,
            dropped_pairs: pairs.len() - log_ratios.len(),
            chance: Chance::Pairs { pairs, draws, seed },
        }
    }

    /// Cramps and known nights of each pair, on and off.
    fn pairs(self, counts: &[Option<u32>], on: &[bool]) -> Vec<Pair> {
        let mut out = vec![[(0, 0); 2]; counts.len().div_ceil(self.together())];
        for (t, (count, on)) in counts.iter().zip(on).enumerate() {
            let Some(count) = count.filter(|_| !self.is_washout(t)) else {
                continue;
            };
            if let Some(pair) = out.get_mut(t / self.together()) {
                let side = &mut pair[usize::from(!on)];
                side.0 += u64::from(count);
                side.1 += 1;
            }
        }
        out
    }
}

/// The counts as numbers, and the block of each.
fn in_blocks(counts: &[Option<u32>]) -> (Vec<Option<f64>>, Vec<f64>) {
    let y: Vec<Option<f64>> = counts.iter().map(|c| c.map(f64::from)).collect();
    let blocks = (0..y.len()).map(|t| (t / BLOCK) as f64).collect();
    (y, blocks)
}

impl Verdict {
    /// Rate on over rate off with the ratios that the test does not reject. `None` without cramps, or with a side without
    /// nights; no bounds with fewer than six pairs.
    ///
    /// In pairs the ratio is the likeliest one given the cramps of each pair, the interval that of the mean of the log
    /// ratios: the two can part when cramps are few, and the interval is widened to hold the ratio.
    pub(crate) fn rate_ratio(&self) -> Option<Estimate> {
        match &self.chance {
            Chance::Nights(redraws) => redraws.as_ref()?.rate_ratio(LEVEL),
            Chance::Pairs { pairs, draws, seed } => pairs_rate_ratio(pairs, LEVEL, *draws, *seed),
        }
    }
}
