//! One look at a finished diary: what was said of every factor beside its truth, and what could have been said with the
//! background known.

use rayon::prelude::*;

use crate::analysis::analyze::{Looking, associations};
use crate::analysis::association::{Associations, Caution, Grade};
use crate::analysis::exposure::Step;
use crate::analysis::looks::{History, spent_by};
use crate::simulate::chance::Chance;
use crate::simulate::world::{Diary, World};
use crate::stats::distribution::chi2_upper;
use crate::stats::estimate::{Adjustment, Estimate, adjust};

/// What was said of one factor that passed the gates.
pub(crate) struct Said {
    /// Position of the factor.
    pub(crate) k: usize,
    /// Its true rate ratio over the stated step.
    pub(crate) truth: f64,
    pub(crate) has_effect: bool,
    pub(crate) p: f64,
    pub(crate) ratio: Estimate,
    /// Whether a link was shown.
    pub(crate) shown: bool,
    /// Whether it was announced, and held back because tomorrow's value goes with tonight's cramps.
    pub(crate) held_back: bool,
}

/// What was said of a diary.
pub(crate) struct OneLook {
    pub(crate) said: Vec<Said>,
    /// True effects, how many of them were shown, and how many someone would have found who knows the background.
    pub(crate) real: usize,
    pub(crate) found: usize,
    pub(crate) found_by_oracle: usize,
}

impl OneLook {
    pub(crate) fn of(diary: &Diary) -> Self {
        let found = associations(&diary.table, &History::default(), Looking::Take);
        let mut said = Vec::new();
        for (k, f) in found.factors.iter().enumerate() {
            let (Some(p), Some(effect)) = (f.p, &f.effect) else {
                continue;
            };
            let units = match &f.step {
                Some(Step::Range { from, to }) => to - from,
                Some(Step::Level { level, .. }) if level != "effective" => 0.0,
                _ => 1.0,
            };
            let has_effect = diary.effects[k] != 0.0;
            said.push(Said {
                k,
                truth: (diary.effects[k] * units).exp(),
                has_effect,
                p,
                ratio: effect.estimate,
                shown: f.grade >= Grade::Possible,
                held_back: f.cautions.contains(&Caution::Tomorrow),
            });
        }
        let real = diary.effects.iter().filter(|e| **e != 0.0).count();
        Self {
            found: said.iter().filter(|s| s.has_effect && s.shown).count(),
            said,
            real,
            found_by_oracle: if real == 0 { 0 } else { oracle(diary, &found) },
        }
    }

    /// Looks at so many diaries of a world, each when it has `nights` nights.
    pub(crate) fn many(
        world: &World,
        nights: usize,
        ratios: &[f64],
        seed: u64,
        runs: usize,
    ) -> Vec<Self> {
        (0..runs)
            .into_par_iter()
            .map(|run| {
                let mut chance = Chance::new(seed, run as u64);
                Self::of(&world.diary(nights, ratios, &mut chance))
            })
            .collect()
    }
}

/// Number of true effects that would be announced by one likelihood ratio a factor, the true rate of every night and
/// the effects of all other factors known, with the same spending and adjustment. No honest analysis can be expected to
/// find more.
fn oracle(diary: &Diary, found: &Associations) -> usize {
    let w = spent_by(found.nights.cramp);
    let p: Vec<Option<f64>> = found
        .factors
        .iter()
        .enumerate()
        .map(|(k, f)| {
            f.in_family
                .then(|| (likelihood_ratio(diary, k) / w).min(1.0))
        })
        .collect();
    let q = adjust(&p, Adjustment::BenjaminiHochberg);
    let announced = q.iter().zip(&diary.effects);
    announced
        .filter(|(q, effect)| **effect != 0.0 && q.is_some_and(|q| q <= 0.06))
        .count()
}

/// p of factor `k` with everything else known (Poisson counts).
fn likelihood_ratio(diary: &Diary, k: usize) -> f64 {
    let table = &diary.table;
    let rows: Vec<(f64, f64, f64)> = (0..table.counts.len())
        .filter_map(|t| {
            table.factors[k].values[t]?;
            let x = diary.units[k][t];
            let others = diary.rate[t] * (-diary.effects[k] * x).exp();
            Some((f64::from(table.counts[t]?), x, others))
        })
        .collect();
    let log_likelihood = |b: f64| -> f64 {
        let terms = rows
            .iter()
            .map(|(y, x, others)| y * b * x - others * (b * x).exp());
        terms.sum()
    };
    let mut b = diary.effects[k];
    for _ in 0..50 {
        let (mut score, mut information) = (0.0, 1e-9);
        for (y, x, others) in &rows {
            let mean = others * (b * x).exp();
            score += x * (y - mean);
            information += x * x * mean;
        }
        b = (b + (score / information).clamp(-1.0, 1.0)).clamp(-8.0, 8.0);
    }
    chi2_upper(
        2.0 * (log_likelihood(b) - log_likelihood(0.0)).max(0.0),
        1.0,
    )
}
