//! Every number of the whole per-factor analysis, ungated and ungraded, for checking against other programs.
//!
//! What people are told goes through gates, looks and grades (see [`crate::analysis::analyze`]); this is
//! the same machinery without them: all factors with at least two levels and 12 nights off the commonest one.
//!
//! How often would this very diary announce something by luck? Its outcome is shuffled in the blocks of the analysis, so
//! that any link to the factors is gone, and the whole analysis is run again, many times.

use rayon::prelude::*;
use serde::Serialize;

use crate::analysis::analyze::associations;
use crate::analysis::association::Grade;
use crate::analysis::exposure::{PlainTable, numeric_split};
use crate::analysis::joint::joint;
use crate::analysis::model::{NightModel, Term, shuffle_pair, single, yes_no};
use crate::analysis::night_table::NightTable;
use crate::analysis::sensitivity::Resampling;
use crate::analysis::trend::weekly_rates;
use crate::stats::change::pelt;
use crate::stats::distribution::t_quantile;
use crate::stats::estimate::{Adjustment, adjust};
use crate::stats::ranks::{mann_whitney, spearman};
use crate::stats::regression::{Family, Fit, fit};
use crate::stats::shuffle::{BlockPair, generator, shuffle, shuffle_p};
use crate::stats::trend::{hamed_rao, sen_slope};

/// All numbers of one diary.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct AllNumbers {
    /// Calendar nights from the first to the last recorded one.
    pub(crate) nights: usize,
    pub(crate) logged: usize,
    pub(crate) cramp_nights: usize,
    /// Nights in a block of the robust variance and the shuffle: always 14 here, and amounts always enter as they are,
    /// so that the numbers can be set beside those of other programs. The graded analysis takes 28 when spells last
    /// unusually long, and the logarithm of minutes of exercise.
    pub(crate) block_nights: usize,
    /// Factors left out: fewer than two levels, or fewer than 12 nights off the commonest.
    pub(crate) skipped: Vec<String>,
    pub(crate) factors: Vec<FactorNumbers>,
    /// Dispersion of the joint negative-binomial model; `None` when it is Poisson.
    pub(crate) nb_theta: Option<f64>,
    /// Weekly rates ranked against time.
    pub(crate) mk: Option<WeeklyNumbers>,
    /// Weeks after which the weekly rate (rounded) changes, the last one being the number of weeks.
    pub(crate) changepoints: Vec<usize>,
}

/// Mann-Kendall with Hamed and Rao's variance, and Sen's slope, of weekly rates.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct WeeklyNumbers {
    pub(crate) s: f64,
    pub(crate) var_hr: f64,
    pub(crate) z: f64,
    pub(crate) p: f64,
    pub(crate) sen_per_week: Option<f64>,
}

/// The numbers of one factor. Coefficients marked `per_sd` belong to one SD of the factor.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(crate) struct FactorNumbers {
    pub(crate) factor: String,
    pub(crate) n: usize,
    pub(crate) fisher_p: Option<f64>,
    pub(crate) fisher_or: Option<f64>,
    pub(crate) fisher_ci: Option<[Option<f64>; 2]>,
    pub(crate) rate_ratio_p: Option<f64>,
    pub(crate) wilcoxon_p: Option<f64>,
    pub(crate) spearman: Option<f64>,
    pub(crate) sd_x: f64,
    pub(crate) logrr: f64,
    pub(crate) logrr_se_cr3: f64,
    pub(crate) logrr_per_sd: f64,
    pub(crate) se_cr3_per_sd: f64,
    pub(crate) gstar: f64,
    pub(crate) rr_per_sd: f64,
    pub(crate) rr_per_sd_ci: Option<[f64; 2]>,
    pub(crate) p_cr3: f64,
    pub(crate) p_block_perm: Option<f64>,
    pub(crate) logit_coef: Option<f64>,
    pub(crate) logit_se: Option<f64>,
    pub(crate) joint_p_cr3: Option<f64>,
    pub(crate) nb_logrr_per_sd: Option<f64>,
    pub(crate) nb_se_per_sd: Option<f64>,
    pub(crate) q_bh: Option<f64>,
    pub(crate) q_by: Option<f64>,
}

/// Fewest nights off the commonest value.
const FEWEST_OFF_COMMONEST: usize = 12;

/// Computes them, with `shuffles` block shuffles seeded by `seed`. `None` when no night is recorded or none had a cramp.
pub(crate) fn all_numbers(table: &NightTable, shuffles: usize, seed: u64) -> Option<AllNumbers> {
    let counts: Vec<Option<f64>> = table.counts.iter().map(|c| c.map(f64::from)).collect();
    let model = NightModel::new(table.first, &counts)?;
    let null_yes_no = fit(
        &model.design,
        &model.cramp,
        Family::Logistic,
        &model.penalty,
        None,
    );
    let mut skipped = Vec::new();
    let mut kept: Vec<(&str, Term, Vec<Option<f64>>)> = Vec::new();
    for factor in &table.factors {
        let values = model.rows_of(&factor.values);
        match Term::numeric(&values).filter(|_| off_commonest(&values) >= FEWEST_OFF_COMMONEST) {
            Some(term) => kept.push((&factor.name, term, values)),
            None => skipped.push(factor.name.clone()),
        }
    }
    let terms: Vec<&Term> = kept.iter().map(|k| &k.1).collect();
    let (alone, ((together, nb), weekly)) = rayon::join(
        || -> Vec<Option<(FactorNumbers, Option<BlockPair>)>> {
            let alone = kept.par_iter().map(|(name, term, values)| {
                let numbers = alone(&model, name, term, values, null_yes_no.as_ref())?;
                Some((numbers, shuffle_pair(&model, term)))
            });
            alone.collect()
        },
        || {
            let joint = joint(&model, &terms);
            let nb = joint
                .as_ref()
                .and_then(|j| j.negative_binomial(&model.counts));
            ((joint, nb), weekly(table))
        },
    );
    let pairs = alone.iter().flatten().filter_map(|(_, pair)| pair.clone());
    let mut shuffled = shuffle_p(&pairs.collect::<Vec<_>>(), shuffles, seed).into_iter();
    let mut factors = Vec::new();
    for (i, found) in alone.into_iter().enumerate() {
        let Some((numbers, pair)) = found else {
            skipped.push(kept[i].0.to_string());
            continue;
        };
        let nb = nb.as_ref().and_then(|nb| nb.columns.get(i));
        factors.push(FactorNumbers {
            p_block_perm: pair.and_then(|_| shuffled.next().flatten()),
            joint_p_cr3: together.as_ref().and_then(|j| j.term(i).p),
            nb_logrr_per_sd: nb.map(|c| c.0),
            nb_se_per_sd: nb.map(|c| c.1),
            ..numbers
        });
    }
    let p: Vec<Option<f64>> = factors
        .iter()
        .map(|f| f.joint_p_cr3.map(|j| f.p_cr3.max(j)))
        .collect();
    let (bh, by) = (
        adjust(&p, Adjustment::BenjaminiHochberg),
        adjust(&p, Adjustment::BenjaminiYekutieli),
    );
    for (f, (bh, by)) in factors.iter_mut().zip(bh.into_iter().zip(by)) {
        (f.q_bh, f.q_by) = (bh, by);
    }
    Some(AllNumbers {
        nights: model.span,
        logged: model.counts.len(),
        cramp_nights: model.cramp.iter().filter(|c| **c > 0.0).count(),
        block_nights: model.block,
        skipped,
        factors,
        nb_theta: nb.and_then(|nb| nb.theta),
        mk: weekly.0,
        changepoints: weekly.1,
    })
}

/// The numbers of one factor by itself: its model on the background, exact and rank answers on its plain table.
fn alone(
    model: &NightModel,
    name: &str,
    term: &Term,
    values: &[Option<f64>],
    null_yes_no: Option<&Fit>,
) -> Option<FactorNumbers> {
    let fit = single(model, term)?;
    let (sd, b, se) = (term.sd[0], fit.term.beta[0], fit.term.se[0]);
    let half = t_quantile(0.975, fit.term.df) * se;
    let logistic = yes_no(model, term, null_yes_no);
    let known = values.iter().zip(&model.counts);
    let (x, y): (Vec<f64>, Vec<f64>) = known.filter_map(|(v, c)| v.map(|v| (v, *c))).unzip();
    let mut sorted = x.clone();
    sorted.sort_by(f64::total_cmp);
    let split = numeric_split(&sorted);
    let t = PlainTable::count(x.iter().zip(&y).map(|(v, c)| (split.has(*v), *c)));
    let fisher = t.fisher();
    let odds = fisher.as_ref().and_then(|f| f.odds_ratio);
    let finite = |x: f64| Some(x).filter(|x| x.is_finite());
    let side = |cramp: bool| -> Vec<f64> {
        let side = x.iter().zip(&y).filter(|(_, c)| (**c > 0.0) == cramp);
        side.map(|(v, _)| *v).collect()
    };
    Some(FactorNumbers {
        factor: name.to_string(),
        n: y.len(),
        fisher_p: fisher.as_ref().map(|f| f.ln_two_sided.exp()),
        fisher_or: odds.and_then(|r| finite(r.value)),
        fisher_ci: odds.map(|r| [finite(r.low), finite(r.high)]),
        rate_ratio_p: t.rate_ratio().map(|r| r.p.two_sided),
        wilcoxon_p: mann_whitney(&side(true), &side(false)).map(|m| m.p_normal_corrected),
        spearman: spearman(&x, &y).map(|r| r.value),
        sd_x: sd,
        logrr: b / sd,
        logrr_se_cr3: se / sd,
        logrr_per_sd: b,
        se_cr3_per_sd: se,
        gstar: fit.term.g_star,
        rr_per_sd: b.exp(),
        rr_per_sd_ci: half
            .is_finite()
            .then(|| [(b - half).exp(), (b + half).exp()]),
        p_cr3: fit.p,
        logit_coef: logistic.map(|l| l.0 / sd),
        logit_se: logistic.map(|l| l.1 / sd),
        ..FactorNumbers::default()
    })
}

/// Trend and change points of the weekly rates, the latter rounded to whole cramps.
fn weekly(table: &NightTable) -> (Option<WeeklyNumbers>, Vec<usize>) {
    let rates = weekly_rates(table);
    let slope = sen_slope(&rates, 0.95).map(|s| s.slope.value);
    let mk = hamed_rao(&rates, None).map(|t| WeeklyNumbers {
        s: t.score,
        var_hr: t.variance,
        z: t.z,
        p: t.p,
        sen_per_week: slope,
    });
    let whole: Vec<f64> = rates.iter().map(|r| r.round_ties_even()).collect();
    let n = whole.len() as f64;
    let mean = whole.iter().sum::<f64>() / n;
    let variance = whole.iter().map(|w| (w - mean) * (w - mean)).sum::<f64>() / (n - 1.0);
    let phi = (variance / mean).max(1.0);
    let cuts = pelt(&whole, None, 4.0 * phi * n.ln(), 4).map_or_else(Vec::new, |s| s.ends);
    (mk, cuts)
}

/// Nights whose value is not the commonest one; 0 with fewer than two levels.
fn off_commonest(values: &[Option<f64>]) -> usize {
    let mut known: Vec<f64> = values.iter().flatten().copied().collect();
    known.sort_by(f64::total_cmp);
    let most = known
        .chunk_by(|a, b| a == b)
        .map(<[f64]>::len)
        .max()
        .unwrap_or(0);
    known.len() - most
}

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
    draws: Resampling,
    progress: &(dyn Fn() + Sync),
) -> SelfTest {
    let strongest: Vec<u8> = (0..runs)
        .into_par_iter()
        .map(|run| {
            let seed = draws
                .seed
                .wrapping_add(0x9E37_79B9_7F4A_7C15u64.wrapping_mul(run as u64 + 1));
            let result = associations(
                &shuffled_outcome(table, length, seed),
                &[],
                Resampling { seed, ..draws },
            );
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
