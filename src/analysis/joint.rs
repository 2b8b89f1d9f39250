//! All factors together on the background: which links hold when the others are accounted for.
//!
//! Factors that move together: those whose columns correlate beyond 0.8, or that the others predict, are
//! bundled, because no analysis of this diary can tell them apart.

use serde::Serialize;

use crate::analysis::exposure::Exposure;
use crate::analysis::model::{BACKGROUND_WIDTH, NightModel, Term, TermFit};
use crate::stats::block_jackknife::{BlockJackknife, cr3};
use crate::stats::counts::{
    NegativeBinomialFit, fit_negative_binomial, negative_binomial_interval,
};
use crate::stats::design::Design;
use crate::stats::estimate::Estimate;
use crate::stats::regression::{Family, Fit, fit, penalty};

/// Ridge on the factor columns: keeps an exact copy of another column finite.
const RIDGE: f64 = 1e-6;
/// Share of unknown nights above which a factor brings an "unknown" column of its own.
const UNKNOWN_SHARE: f64 = 0.01;

/// The joint fit without its robust errors. Coefficients are per SD, as in the single fits.
#[derive(Debug, Clone)]
struct Fitted {
    design: Design,
    fit: Fit,
    penalty: Vec<f64>,
    /// Positions in `columns` of each term's columns.
    slots: Vec<std::ops::Range<usize>>,
    /// Border column of each slot.
    columns: Vec<usize>,
}

/// The joint fit.
#[derive(Debug, Clone)]
pub(crate) struct JointFit {
    fitted: Fitted,
    robust: BlockJackknife,
}

/// A rate ratio with its likelihood interval: counts that vary more than chance alone (negative binomial), widened by
/// what blocks of nights cost.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct LikelihoodRatio {
    pub(crate) ratio: Estimate,
    /// Dispersion of the counts; `None` when they vary no more than Poisson ones, and are taken as such.
    pub(crate) theta: Option<f64>,
    /// How far the cut-off was moved: block-jackknife over model variance, at least 1.
    pub(crate) inflation: f64,
    pub(crate) with_others: bool,
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
    let fitted = fitted(model, terms)?;
    let robust = cr3(&fitted.design, &fitted.fit, model.block, &fitted.columns)?;
    Some(JointFit { fitted, robust })
}

/// The joint estimates without their robust errors: log rate ratio per SD of column `column` of the first term.
pub(crate) fn joint_estimate(model: &NightModel, terms: &[&Term], column: usize) -> Option<f64> {
    let f = fitted(model, terms)?;
    f.columns.get(column).map(|&c| f.fit.border(c))
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
    pub(crate) fn term(&self, i: usize) -> TermFit {
        self.bundle(&[i])
    }

    /// Several terms tested together by F.
    pub(crate) fn bundle(&self, terms: &[usize]) -> TermFit {
        let f = &self.fitted;
        let slots: Vec<usize> = terms.iter().flat_map(|&i| f.slots[i].clone()).collect();
        TermFit::new(&f.fit, &self.robust, &f.columns, &slots)
    }

    /// Likelihood answer for `step` SDs of column `column` of term `term`; `None` when it is not finite.
    pub(crate) fn likelihood(
        &self,
        counts: &[f64],
        term: usize,
        column: usize,
        step: f64,
    ) -> Option<LikelihoodRatio> {
        let f = &self.fitted;
        let slot = f.slots.get(term)?.clone().nth(column)?;
        let at = *f.columns.get(slot)?;
        let fitted = self.with_negative_binomial(counts)?;
        let inflation = (self.robust.se(slot) / fitted.fit.model_se(at))
            .powi(2)
            .max(1.0);
        let log_ratio =
            negative_binomial_interval(&f.design, counts, &f.penalty, &fitted, at, inflation)?;
        Some(LikelihoodRatio {
            ratio: log_ratio.finite()?.scaled(step).exp(),
            with_others: false,
            theta: fitted.theta,
            inflation,
        })
    }

    fn with_negative_binomial(&self, counts: &[f64]) -> Option<NegativeBinomialFit> {
        let f = &self.fitted;
        fit_negative_binomial(&f.design, counts, &f.penalty, &f.fit.coefficients, &[])
    }

    /// The same design with negative-binomial counts: theta by maximum likelihood, alternating with the fit.
    pub(crate) fn negative_binomial(&self, counts: &[f64]) -> Option<JointNegativeBinomial> {
        let f = self.with_negative_binomial(counts)?;
        let (fitted, theta) = (f.fit, f.theta);
        let columns = self
            .fitted
            .columns
            .iter()
            .map(|&c| (fitted.border(c), fitted.model_se(c)))
            .collect();
        Some(JointNegativeBinomial { theta, columns })
    }
}

/// Absolute correlation above which two factors are one bundle.
pub(crate) const SAME: f64 = 0.8;
/// Above this, a second member adds nothing that could be estimated.
const COPY: f64 = 0.98;
/// Variance inflation above which a factor joins the one it resembles most.
const INFLATION: f64 = 5.0;

/// A group of factors tested as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bundle {
    pub(crate) members: Vec<usize>,
    /// Members that enter the model; copies of an earlier member stay out.
    pub(crate) modelled: Vec<usize>,
}

/// Groups `exposures`; a factor that goes with nothing is a bundle of one.
pub(crate) fn bundles(exposures: &[&Exposure]) -> Vec<Bundle> {
    let n = exposures.len();
    let with_earlier = |i: usize| {
        let earlier = exposures[..i].iter();
        earlier
            .map(|e| largest_correlation(exposures[i], e))
            .collect()
    };
    let r: Vec<Vec<f64>> = (0..n).map(with_earlier).collect();
    let between = |a: usize, b: usize| if a > b { r[a][b] } else { r[b][a] };
    let mut group: Vec<usize> = (0..n).collect();
    let join = |group: &mut Vec<usize>, a: usize, b: usize| {
        let (keep, drop) = (group[a].min(group[b]), group[a].max(group[b]));
        group
            .iter_mut()
            .filter(|g| **g == drop)
            .for_each(|g| *g = keep);
    };
    for a in 0..n {
        for b in 0..a {
            if between(a, b).abs() > SAME {
                join(&mut group, a, b);
            }
        }
    }
    for a in inflated(n, &between, &group) {
        let nearest = (0..n)
            .filter(|b| *b != a)
            .max_by(|x, y| between(a, *x).abs().total_cmp(&between(a, *y).abs()));
        if let Some(b) = nearest {
            join(&mut group, a, b);
        }
    }
    let mut out: Vec<Bundle> = Vec::new();
    for lead in 0..n {
        let members: Vec<usize> = (0..n).filter(|m| group[*m] == lead).collect();
        if members.is_empty() {
            continue;
        }
        let mut modelled: Vec<usize> = Vec::new();
        for &m in &members {
            if modelled.iter().all(|&k| between(m, k).abs() <= COPY) {
                modelled.push(m);
            }
        }
        out.push(Bundle { members, modelled });
    }
    out
}

/// Factors standing alone whose variance inflation, given one of each other group, exceeds the limit.
fn inflated(n: usize, between: &dyn Fn(usize, usize) -> f64, group: &[usize]) -> Vec<usize> {
    let leads: Vec<usize> = (0..n).filter(|i| group[*i] == *i).collect();
    if leads.len() < 3 {
        return Vec::new();
    }
    let size = leads.len();
    let m = nalgebra::DMatrix::from_fn(size, size, |i, j| {
        if i == j {
            1.0 + 1e-6
        } else {
            between(leads[i], leads[j])
        }
    });
    let alone = |lead: usize| group.iter().filter(|g| **g == lead).count() == 1;
    // Correlations over different nights need not form a proper matrix; then nothing can be concluded here.
    m.cholesky().map_or_else(Vec::new, |c| {
        let inverse = c.inverse();
        (0..size)
            .filter(|&i| inverse[(i, i)] > INFLATION && alone(leads[i]))
            .map(|i| leads[i])
            .collect()
    })
}

/// The correlation largest in size between any columns of two factors, on nights where both are known.
fn largest_correlation(a: &Exposure, b: &Exposure) -> f64 {
    let (Some(a), Some(b)) = (&a.term, &b.term) else {
        return 0.0;
    };
    let mut best = 0.0f64;
    for x in &a.columns {
        for y in &b.columns {
            let r = correlation(&a.rows, x, &b.rows, y);
            if r.abs() > best.abs() {
                best = r;
            }
        }
    }
    best
}

fn correlation(rows_x: &[usize], x: &[f64], rows_y: &[usize], y: &[f64]) -> f64 {
    let (mut n, mut sx, mut sy, mut sxx, mut syy, mut sxy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    let (mut i, mut j) = (0, 0);
    while i < rows_x.len() && j < rows_y.len() {
        match rows_x[i].cmp(&rows_y[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                let (a, b) = (x[i], y[j]);
                n += 1.0;
                sx += a;
                sy += b;
                sxx += a * a;
                syy += b * b;
                sxy += a * b;
                i += 1;
                j += 1;
            }
        }
    }
    let (vx, vy) = (sxx - sx * sx / n, syy - sy * sy / n);
    let r = (sxy - sx * sy / n) / (vx * vy).sqrt();
    if r.is_finite() { r } else { 0.0 }
}
