//! One factor on the background: rate ratio, block-jackknife interval, effective blocks, shuffle residuals.

use crate::analysis::night_model::{BACKGROUND_WIDTH, NightModel};
use crate::stats::background::{Family, Fit, fit};
use crate::stats::block_jackknife::cr3;
use crate::stats::block_shuffle::BlockPair;
use crate::stats::distribution::{f_upper, t_two_sided};
use crate::stats::drift_design::Design;

/// The numeric columns of one factor on the recorded nights where it is known.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    /// Rows (of the night model) where the factor is known.
    pub(crate) rows: Vec<usize>,
    /// One column for a number, a scale or yes/no; one per level against the commonest for a choice.
    /// Each is divided by its sample SD.
    pub(crate) columns: Vec<Vec<f64>>,
    /// Sample SD of each column before scaling.
    pub(crate) sd: Vec<f64>,
}

impl Term {
    /// A single numeric column; `None` when fewer than two known values differ.
    pub(crate) fn numeric(values: &[Option<f64>]) -> Option<Self> {
        let (rows, known): (Vec<usize>, Vec<f64>) = values
            .iter()
            .enumerate()
            .filter_map(|(i, v)| v.map(|v| (i, v)))
            .unzip();
        Self::scaled(rows, vec![known])
    }

    /// Columns of indicators or numbers on `rows`, scaled; `None` when one of them does not vary.
    pub(crate) fn scaled(rows: Vec<usize>, mut columns: Vec<Vec<f64>>) -> Option<Self> {
        let mut sds = Vec::with_capacity(columns.len());
        for column in &mut columns {
            let sd = sample_sd(column).filter(|sd| *sd > 0.0)?;
            column.iter_mut().for_each(|x| *x /= sd);
            sds.push(sd);
        }
        (!columns.is_empty()).then_some(Self {
            rows,
            columns,
            sd: sds,
        })
    }
}

/// Sample standard deviation (divisor n - 1); `None` with fewer than two values.
pub(crate) fn sample_sd(x: &[f64]) -> Option<f64> {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    let squares: f64 = x.iter().map(|x| (x - mean) * (x - mean)).sum();
    (x.len() > 1).then(|| (squares / (n - 1.0)).sqrt())
}

/// A factor's own fit. Coefficients are per SD of the column.
#[derive(Debug, Clone)]
pub(crate) struct SingleFit {
    /// Nights in the fit.
    pub(crate) nights: usize,
    /// SD of the first column.
    pub(crate) sd: f64,
    /// Log rate ratio per SD of each column.
    pub(crate) beta: Vec<f64>,
    /// Block-jackknife standard error of each.
    pub(crate) se: Vec<f64>,
    /// Effective blocks, the smallest over the columns.
    pub(crate) g_star: f64,
    /// Degrees of freedom of the t (or F) reference.
    pub(crate) df: f64,
    /// Two-sided p of "no association".
    pub(crate) p: f64,
    /// Ratio of block-jackknife to model variance of the first column.
    pub(crate) inflation: f64,
    /// Outcome and exposure residuals for the shuffle (one-column terms).
    pub(crate) pair: Option<BlockPair>,
    /// Yes/no outcome: log odds ratio per SD and its model standard error (one-column terms).
    pub(crate) logistic: Option<(f64, f64)>,
}

/// What to compute beside the estimate itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// The estimate, its interval and its p.
    Estimate,
    /// The shuffle residuals and the yes/no model too.
    Everything,
}

/// Fits `term` on the background, leaving out nights where it is unknown.
///
/// `null_yes_no` is the background's yes/no fit, a start for the yes/no model. `None` when the model
/// cannot be fitted: too few blocks, or a factor the background explains completely.
pub(crate) fn single(
    model: &NightModel,
    term: &Term,
    extent: Extent,
    null_yes_no: Option<&Fit>,
) -> Option<SingleFit> {
    let q = term.columns.len();
    let (base, y) = known_nights(model, term);
    if !y.iter().any(|y| *y > 0.0) {
        return None;
    }
    let design = term
        .columns
        .iter()
        .fold(base.clone(), |d, c| d.with_column(c));
    let mut penalty = model.penalty.clone();
    penalty.resize(design.columns(), 0.0);
    let full = fit(
        &design,
        &y,
        Family::Poisson,
        &penalty,
        Some(&model.null.coefficients),
    )?;
    let columns: Vec<usize> = (BACKGROUND_WIDTH..BACKGROUND_WIDTH + q).collect();
    if columns.iter().any(|&c| full.factor.aliased(c)) {
        return None;
    }
    let robust = cr3(&design, &full, model.block, &columns)?;
    let beta: Vec<f64> = columns.iter().map(|&c| full.border(c)).collect();
    let se: Vec<f64> = (0..q).map(|a| robust.se(a)).collect();
    let g_star = robust
        .effective_blocks
        .iter()
        .copied()
        .fold(f64::INFINITY, f64::min);
    let df = (g_star - 1.0).max(1.0);
    let p = if q == 1 {
        t_two_sided(beta[0] / se[0], df)
    } else {
        let covariance: Vec<f64> = (0..q * q)
            .map(|i| robust.covariance(i / q, i % q))
            .collect();
        f_upper(wald(&beta, covariance)? / q as f64, q as f64, df)
    };
    if !p.is_finite() {
        return None;
    }
    let inflation = (se[0] / full.model_se(BACKGROUND_WIDTH)).powi(2);
    let pair = match extent {
        Extent::Everything if q == 1 => residuals(model, term, &base, &y),
        _ => None,
    };
    let logistic = match extent {
        Extent::Everything if q == 1 => yes_no(model, term, &design, &penalty, null_yes_no),
        _ => None,
    };
    Some(SingleFit {
        nights: y.len(),
        sd: term.sd[0],
        beta,
        se,
        g_star,
        df,
        p,
        inflation,
        pair,
        logistic,
    })
}

/// `b' V^-1 b`; `None` when V is not positive definite.
pub(crate) fn wald(b: &[f64], covariance: Vec<f64>) -> Option<f64> {
    let v = nalgebra::DMatrix::from_row_slice(b.len(), b.len(), &covariance);
    let b = nalgebra::DVector::from_column_slice(b);
    Some(b.dot(&v.cholesky()?.solve(&b)))
}

/// The background and the counts on the nights where the factor is known.
fn known_nights(model: &NightModel, term: &Term) -> (Design, Vec<f64>) {
    let base = if term.rows.len() == model.design.rows() {
        model.design.clone()
    } else {
        model.design.select(&term.rows)
    };
    let y = term.rows.iter().map(|&i| model.counts[i]).collect();
    (base, y)
}

/// What the block shuffle of a one-column term works on; `None` when the background cannot be fitted on its nights.
pub(crate) fn shuffle_pair(model: &NightModel, term: &Term) -> Option<BlockPair> {
    let (base, y) = known_nights(model, term);
    residuals(model, term, &base, &y)
}

/// Residual of the counts on the background beside the exposure residualised on it with the same weights.
fn residuals(model: &NightModel, term: &Term, base: &Design, y: &[f64]) -> Option<BlockPair> {
    let refitted;
    let null = if y.len() == model.counts.len() {
        &model.null
    } else {
        refitted = fit(
            base,
            y,
            Family::Poisson,
            &model.penalty,
            Some(&model.null.coefficients),
        )?;
        &refitted
    };
    let x = &term.columns[0];
    let weighted: Vec<f64> = x.iter().zip(&null.weight).map(|(x, w)| x * w).collect();
    let explained = null.factor.solve(&base.transpose_times(&weighted));
    let mut fitted = Vec::new();
    base.predict(&explained, &mut fitted);
    let rows = base
        .times()
        .iter()
        .zip(&null.score)
        .zip(x.iter().zip(&fitted));
    Some(BlockPair::new(
        model.span,
        model.block,
        rows.map(|((t, e), (x, f))| (*t, *e, x - f)),
    ))
}

fn yes_no(
    model: &NightModel,
    term: &Term,
    design: &Design,
    penalty: &[f64],
    null: Option<&Fit>,
) -> Option<(f64, f64)> {
    let c: Vec<f64> = term.rows.iter().map(|&i| model.cramp[i]).collect();
    let f = fit(
        design,
        &c,
        Family::Logistic,
        penalty,
        null.map(|n| n.coefficients.as_slice()),
    )?;
    Some((f.border(BACKGROUND_WIDTH), f.model_se(BACKGROUND_WIDTH)))
}
