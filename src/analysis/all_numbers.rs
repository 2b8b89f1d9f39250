//! Every number of the whole per-factor analysis, ungated and ungraded, for checking against other programs.
//!
//! What people are told goes through gates, looks and grades (see [`crate::analysis::associations`]); this is
//! the same machinery without them: all factors with at least two levels and 12 nights off the commonest one.

use rayon::prelude::*;
use serde::Serialize;

use crate::analysis::joint::{JointFit, joint};
use crate::analysis::night_model::NightModel;
use crate::analysis::night_table::NightTable;
use crate::analysis::single::{Extent, SingleFit, Term, single};
use crate::stats::background::{Family, fit};
use crate::stats::block_shuffle::shuffle_p;
use crate::stats::distribution::t_quantile;

/// All numbers of one diary.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AllNumbers {
    /// Calendar nights from the first to the last recorded one.
    pub nights: usize,
    /// Recorded nights.
    pub logged: usize,
    /// Recorded nights with a cramp.
    pub cramp_nights: usize,
    /// Factors left out: fewer than two levels, or fewer than 12 nights off the commonest.
    pub skipped: Vec<String>,
    /// The others, in their order.
    pub factors: Vec<FactorNumbers>,
    /// Dispersion of the joint negative-binomial model; `None` when it is Poisson.
    pub nb_theta: Option<f64>,
}

/// The numbers of one factor. Coefficients marked `per_sd` belong to one SD of the factor.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct FactorNumbers {
    pub factor: String,
    pub n: usize,
    pub sd_x: f64,
    pub logrr: f64,
    pub logrr_se_cr3: f64,
    pub logrr_per_sd: f64,
    pub se_cr3_per_sd: f64,
    pub gstar: f64,
    pub rr_per_sd: f64,
    pub rr_per_sd_ci: Option<[f64; 2]>,
    pub p_cr3: f64,
    pub p_block_perm: Option<f64>,
    pub logit_coef: Option<f64>,
    pub logit_se: Option<f64>,
    pub joint_p_cr3: Option<f64>,
    pub nb_logrr_per_sd: Option<f64>,
    pub nb_se_per_sd: Option<f64>,
}

/// Fewest nights off the commonest value.
const FEWEST_OFF_COMMONEST: usize = 12;

/// Computes them, with `shuffles` block shuffles seeded by `seed`. `None` when no night is recorded or none had a cramp.
pub fn all_numbers(table: &NightTable, shuffles: usize, seed: u64) -> Option<AllNumbers> {
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
    let mut kept: Vec<(&str, Term)> = Vec::new();
    for factor in &table.factors {
        let values = model.rows_of(&factor.values);
        match Term::numeric(&values).filter(|_| off_commonest(&values) >= FEWEST_OFF_COMMONEST) {
            Some(term) => kept.push((&factor.name, term)),
            None => skipped.push(factor.name.clone()),
        }
    }
    let terms: Vec<&Term> = kept.iter().map(|(_, t)| t).collect();
    let (singles, together) = rayon::join(
        || {
            terms
                .par_iter()
                .map(|t| single(&model, t, Extent::Everything, null_yes_no.as_ref()))
                .collect::<Vec<_>>()
        },
        || joint(&model, &terms).map(|j| (j.negative_binomial(&model.counts), j)),
    );
    let pairs: Vec<_> = singles
        .iter()
        .filter_map(|s| s.as_ref().and_then(|s| s.pair.clone()))
        .collect();
    let mut shuffled = shuffle_p(&pairs, shuffles, seed).into_iter();
    let nb = together.as_ref().and_then(|(nb, _)| nb.as_ref());
    let mut factors = Vec::new();
    for (i, ((name, _), fit)) in kept.iter().zip(&singles).enumerate() {
        let Some(fit) = fit else {
            skipped.push((*name).to_string());
            continue;
        };
        let p_block_perm = if fit.pair.is_some() {
            shuffled.next().flatten()
        } else {
            None
        };
        let joint_fit = together.as_ref().map(|(_, j)| j);
        let nb_column = nb.and_then(|nb| nb.columns.get(i).copied());
        factors.push(numbers_of(name, fit, joint_fit, i, nb_column, p_block_perm));
    }
    Some(AllNumbers {
        nights: model.span,
        logged: model.counts.len(),
        cramp_nights: model.cramp.iter().filter(|c| **c > 0.0).count(),
        skipped,
        factors,
        nb_theta: nb.and_then(|nb| nb.theta),
    })
}

fn numbers_of(
    name: &str,
    fit: &SingleFit,
    joint: Option<&JointFit>,
    i: usize,
    nb: Option<(f64, f64)>,
    p_block_perm: Option<f64>,
) -> FactorNumbers {
    let (b, se) = (fit.beta[0], fit.se[0]);
    let half = t_quantile(0.975, fit.df) * se;
    FactorNumbers {
        factor: name.to_string(),
        n: fit.nights,
        sd_x: fit.sd,
        logrr: b / fit.sd,
        logrr_se_cr3: se / fit.sd,
        logrr_per_sd: b,
        se_cr3_per_sd: se,
        gstar: fit.g_star,
        rr_per_sd: b.exp(),
        rr_per_sd_ci: half
            .is_finite()
            .then(|| [(b - half).exp(), (b + half).exp()]),
        p_cr3: fit.p,
        p_block_perm,
        logit_coef: fit.logistic.map(|l| l.0 / fit.sd),
        logit_se: fit.logistic.map(|l| l.1 / fit.sd),
        joint_p_cr3: joint.and_then(|j| j.term(i).p),
        nb_logrr_per_sd: nb.map(|c| c.0),
        nb_se_per_sd: nb.map(|c| c.1),
    }
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
