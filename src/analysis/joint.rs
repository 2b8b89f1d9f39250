//! All factors together on the background: which links hold when the others are accounted for.

use crate::analysis::night_model::{BACKGROUND_WIDTH, NightModel};
use crate::analysis::single::{Term, wald};
use crate::stats::background::{Family, Fit, fit, penalty};
use crate::stats::background_negative_binomial::{
    NegativeBinomialFit, fit_negative_binomial, negative_binomial_interval,
};
use crate::stats::block_jackknife::{BlockJackknife, cr3};
use crate::stats::distribution::{f_upper, t_two_sided};
use crate::stats::drift_design::Design;
use crate::stats::estimate::Estimate;

/// Ridge on the factor columns: keeps an exact copy of another column finite.
const RIDGE: f64 = 1e-6;
/// Share of unknown nights above which a factor brings an "unknown" column of its own.
const UNKNOWN_SHARE: f64 = 0.01;

/// The joint fit. Coefficients are per SD, as in the single fits.
#[derive(Debug, Clone)]
pub(crate) struct JointFit {
    design: Design,
    fit: Fit,
    penalty: Vec<f64>,
    robust: BlockJackknife,
    /// Position (among the requested robust columns) of each term's columns.
    slots: Vec<std::ops::Range<usize>>,
    columns: Vec<usize>,
    sd: Vec<Vec<f64>>,
}

/// One term of the joint fit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct JointTerm {
    /// Log rate ratio per SD of each column.
    pub(crate) beta: Vec<f64>,
    /// Block-jackknife standard error of each.
    pub(crate) se: Vec<f64>,
    /// SD of each column over the nights where it is known.
    pub(crate) sd: Vec<f64>,
    /// Effective blocks, the smallest over the columns.
    pub(crate) g_star: f64,
    /// Degrees of freedom.
    pub(crate) df: f64,
    /// Two-sided p.
    pub(crate) p: Option<f64>,
}

/// One coefficient of the negative-binomial version, by likelihood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Likelihood {
    /// Log rate ratio per SD with its likelihood interval.
    pub(crate) log_ratio: Estimate,
    /// Dispersion; `None` when the counts are no more variable than Poisson ones.
    pub(crate) theta: Option<f64>,
    /// Ratio of the block-jackknife to the model variance, at least 1, by which the cut-off was moved.
    pub(crate) inflation: f64,
}

/// Negative-binomial version of the joint fit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct JointNegativeBinomial {
    /// Dispersion; `None` when the counts are no more variable than Poisson ones.
    pub(crate) theta: Option<f64>,
    /// Log rate ratio per SD and model standard error of each column of each term, in order.
    pub(crate) columns: Vec<(f64, f64)>,
}

/// Columns a term adds to the joint design: its own, and an "unknown" one when more than 1 % is unknown.
pub(crate) fn joint_width(model: &NightModel, term: &Term) -> usize {
    term.columns.len() + usize::from(has_unknown_column(model, term))
}

fn has_unknown_column(model: &NightModel, term: &Term) -> bool {
    let n = model.design.rows();
    (n - term.rows.len()) as f64 / n as f64 > UNKNOWN_SHARE
}

/// Fits all `terms` at once. Unknown values stand at the mean, with an "unknown" column beside them.
/// `None` when there are no terms or the model cannot be fitted.
pub(crate) fn joint(model: &NightModel, terms: &[&Term]) -> Option<JointFit> {
    if terms.is_empty() {
        return None;
    }
    let Fitted {
        design,
        fit: fitted,
        penalty,
        slots,
        columns,
    } = fitted(model, terms)?;
    let robust = cr3(&design, &fitted, model.block, &columns)?;
    let sd = terms.iter().map(|t| t.sd.clone()).collect();
    Some(JointFit {
        design,
        fit: fitted,
        penalty,
        robust,
        slots,
        columns,
        sd,
    })
}

/// The joint estimates without their robust errors: log rate ratio per SD of column `column` of the first term.
pub(crate) fn joint_estimate(model: &NightModel, terms: &[&Term], column: usize) -> Option<f64> {
    let f = fitted(model, terms)?;
    f.columns.get(column).map(|&c| f.fit.border(c))
}

struct Fitted {
    design: Design,
    fit: Fit,
    penalty: Vec<f64>,
    slots: Vec<std::ops::Range<usize>>,
    columns: Vec<usize>,
}

fn fitted(model: &NightModel, terms: &[&Term]) -> Option<Fitted> {
    let n = model.design.rows();
    let mut added: Vec<Vec<f64>> = Vec::new();
    let (mut slots, mut columns) = (Vec::new(), Vec::new());
    for term in terms {
        let start = columns.len();
        for known in &term.columns {
            let mean = known.iter().sum::<f64>() / known.len() as f64;
            let mut column = vec![mean; n];
            for (&row, &x) in term.rows.iter().zip(known) {
                column[row] = x;
            }
            columns.push(BACKGROUND_WIDTH + added.len());
            added.push(column);
        }
        slots.push(start..columns.len());
        if has_unknown_column(model, term) {
            let mut unknown = vec![1.0; n];
            for &row in &term.rows {
                unknown[row] = 0.0;
            }
            added.push(unknown);
        }
    }
    let width = BACKGROUND_WIDTH + added.len();
    let mut border = Vec::with_capacity(n * width);
    for i in 0..n {
        border.extend_from_slice(model.design.border(i));
        border.extend(added.iter().map(|c| c[i]));
    }
    let design = model.design.with_border(border, width);
    let mut ridge = vec![0.0; BACKGROUND_WIDTH];
    ridge.resize(width, RIDGE);
    let penalty = penalty(&design, &ridge);
    let fitted = fit(
        &design,
        &model.counts,
        Family::Poisson,
        &penalty,
        Some(&model.null.coefficients),
    )?;
    Some(Fitted {
        design,
        fit: fitted,
        penalty,
        slots,
        columns,
    })
}

impl JointFit {
    /// Term `i`, tested alone within the joint model.
    pub(crate) fn term(&self, i: usize) -> JointTerm {
        self.bundle(&[i])
    }

    /// Several terms tested together by F.
    pub(crate) fn bundle(&self, terms: &[usize]) -> JointTerm {
        let slots: Vec<usize> = terms.iter().flat_map(|&i| self.slots[i].clone()).collect();
        let beta: Vec<f64> = slots
            .iter()
            .map(|&s| self.fit.border(self.columns[s]))
            .collect();
        let se: Vec<f64> = slots.iter().map(|&s| self.robust.se(s)).collect();
        let sd = terms.iter().flat_map(|&i| self.sd[i].clone()).collect();
        let g_star = slots
            .iter()
            .map(|&s| self.robust.effective_blocks[s])
            .fold(f64::INFINITY, f64::min);
        let df = (g_star - 1.0).max(1.0);
        let p = if let ([b], [se]) = (beta.as_slice(), se.as_slice()) {
            Some(t_two_sided(b / se, df))
        } else {
            let q = slots.len();
            let covariance = (0..q * q)
                .map(|i| self.robust.covariance(slots[i / q], slots[i % q]))
                .collect();
            wald(&beta, covariance).map(|w| f_upper(w / q as f64, q as f64, df))
        };
        JointTerm {
            beta,
            se,
            sd,
            g_star,
            df,
            p: p.filter(|p| p.is_finite()),
        }
    }

    /// Likelihood interval of column `column` of term `term` with negative-binomial counts.
    pub(crate) fn likelihood(
        &self,
        counts: &[f64],
        term: usize,
        column: usize,
    ) -> Option<Likelihood> {
        let slot = self.slots.get(term)?.clone().nth(column)?;
        let at = *self.columns.get(slot)?;
        let fitted = self.with_negative_binomial(counts)?;
        let inflation = (self.robust.se(slot) / fitted.fit.model_se(at))
            .powi(2)
            .max(1.0);
        let log_ratio = negative_binomial_interval(
            &self.design,
            counts,
            &self.penalty,
            &fitted,
            at,
            inflation,
        )?;
        let finite = [log_ratio.value, log_ratio.low, log_ratio.high]
            .iter()
            .all(|x| x.is_finite());
        finite.then_some(Likelihood {
            log_ratio,
            theta: fitted.theta,
            inflation,
        })
    }

    fn with_negative_binomial(&self, counts: &[f64]) -> Option<NegativeBinomialFit> {
        fit_negative_binomial(
            &self.design,
            counts,
            &self.penalty,
            &self.fit.coefficients,
            &[],
        )
    }

    /// The same design with negative-binomial counts: theta by maximum likelihood, alternating with the fit.
    pub(crate) fn negative_binomial(&self, counts: &[f64]) -> Option<JointNegativeBinomial> {
        let f = self.with_negative_binomial(counts)?;
        let (fitted, theta) = (f.fit, f.theta);
        let columns = self
            .columns
            .iter()
            .map(|&c| (fitted.border(c), fitted.model_se(c)))
            .collect();
        Some(JointNegativeBinomial { theta, columns })
    }
}
