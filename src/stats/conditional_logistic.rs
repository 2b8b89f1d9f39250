//! Conditional logistic regression: within each stratum, which rows were the cases given how many there were
//! (N. E. Breslow and N. E. Day, "Statistical Methods in Cancer Research" I, 1980, ch. VII). The sums over all subsets
//! are elementary symmetric functions, built row by row (M. H. Gail, J. H. Lubin and L. V. Rubinstein, Biometrika 68,
//! 1981), here as logarithms with the mean and second moment of the subset's covariates, so that no stratum is too
//! large.

use crate::stats::glm::FitError;
use crate::stats::matrix::{spd_inverse, standard_errors};
use crate::stats::profile::ChiSquared;
use nalgebra::{DMatrix, DVector};

/// A fitted conditional logistic regression.
#[derive(Debug, Clone)]
pub(crate) struct ConditionalFit {
    /// Log odds ratios by column.
    pub(crate) coef: DVector<f64>,
    /// Inverse observed information.
    pub(crate) covariance: DMatrix<f64>,
    /// Conditional log likelihood at the fit.
    pub(crate) loglik: f64,
    /// The same with all coefficients zero.
    pub(crate) loglik_null: f64,
    /// Score test that all are zero.
    pub(crate) score: ChiSquared,
    /// Strata with both cases and others, the only ones that count.
    pub(crate) informative_strata: usize,
}

impl ConditionalFit {
    /// Standard errors.
    #[must_use]
    pub(crate) fn se(&self) -> Vec<f64> {
        standard_errors(&self.covariance)
    }

    /// Likelihood ratio test that all coefficients are zero.
    #[must_use]
    pub(crate) fn likelihood_ratio(&self) -> ChiSquared {
        ChiSquared::new(2.0 * (self.loglik - self.loglik_null), self.coef.len())
    }
}

/// Logarithm of the sum over subsets of one size, with the mean and second moment of the subset sums of covariates
/// under weights exp(β'x).
#[derive(Clone)]
struct Subsets {
    ln_sum: f64,
    mean: DVector<f64>,
    second: DMatrix<f64>,
}

/// Sums over all subsets of `cases` rows.
fn subsets(rows: &[DVector<f64>], beta: &DVector<f64>, cases: usize) -> Option<Subsets> {
    let p = beta.len();
    let impossible = Subsets {
        ln_sum: f64::NEG_INFINITY,
        mean: DVector::zeros(p),
        second: DMatrix::zeros(p, p),
    };
    let mut table = vec![impossible; cases + 1];
    table[0].ln_sum = 0.0;
    for (seen, x) in rows.iter().enumerate() {
        let eta = beta.dot(x);
        let left = rows.len() - seen - 1;
        for size in (cases.saturating_sub(left).max(1)..=cases.min(seen + 1)).rev() {
            let with = table[size - 1].ln_sum + eta;
            let without = table[size].ln_sum;
            let top = with.max(without);
            let ln_sum = top + ((with - top).exp() + (without - top).exp()).ln();
            let share = (with - ln_sum).exp();
            let before = table[size - 1].clone();
            let here = &mut table[size];
            here.ln_sum = ln_sum;
            let cross = &before.mean * x.transpose();
            let second = &before.second + &cross + cross.transpose() + x * x.transpose();
            here.second *= 1.0 - share;
            here.second += second * share;
            here.mean *= 1.0 - share;
            here.mean += (before.mean + x) * share;
        }
    }
    table.pop()
}

/// Fits by Newton's method with step halving. `stratum` labels each row; `case` is 0 or 1.
///
/// # Errors
/// [`FitError::NoContrast`] when no stratum has both cases and others or no covariate varies within them,
/// [`FitError::NotConverged`] when the likelihood rises without end (a covariate that all cases exceed the others in).
pub(crate) fn conditional_logistic(
    case: &[f64],
    x: &DMatrix<f64>,
    stratum: &[f64],
) -> Result<ConditionalFit, FitError> {
    let (n, p) = x.shape();
    if n == 0 || p == 0 {
        return Err(FitError::Empty);
    }
    let outcomes = case.iter().all(|&c| c == 0.0 || c == 1.0);
    if case.len() != n || stratum.len() != n || !outcomes || !x.iter().all(|v| v.is_finite()) {
        return Err(FitError::BadInput);
    }
    let mut strata: Vec<(Vec<DVector<f64>>, usize, DVector<f64>)> = Vec::new();
    for rows in crate::stats::robust::clusters(stratum) {
        let cases = rows.iter().filter(|&&i| case[i] == 1.0).count();
        if cases == 0 || cases == rows.len() {
            continue;
        }
        // Centring within the stratum changes nothing but keeps the moments small.
        let mut centre = DVector::zeros(p);
        for &i in &rows {
            centre += x.row(i).transpose() / rows.len() as f64;
        }
        let list: Vec<DVector<f64>> = rows
            .iter()
            .map(|&i| x.row(i).transpose() - &centre)
            .collect();
        let mut sum = DVector::zeros(p);
        for (&i, x) in rows.iter().zip(&list) {
            if case[i] == 1.0 {
                sum += x;
            }
        }
        strata.push((list, cases, sum));
    }
    if strata.is_empty() {
        return Err(FitError::NoContrast);
    }
    let evaluate = |beta: &DVector<f64>| -> Option<(f64, DVector<f64>, DMatrix<f64>)> {
        let mut value = 0.0;
        let mut score = DVector::zeros(p);
        let mut information = DMatrix::zeros(p, p);
        for (rows, cases, sum) in &strata {
            let all = subsets(rows, beta, *cases)?;
            value += beta.dot(sum) - all.ln_sum;
            score += sum - &all.mean;
            information += all.second - &all.mean * all.mean.transpose();
        }
        value.is_finite().then_some((value, score, information))
    };
    let mut beta = DVector::zeros(p);
    let (loglik_null, mut score, mut information) =
        evaluate(&beta).ok_or(FitError::NotConverged)?;
    let inverse = spd_inverse(&information).ok_or(FitError::NoContrast)?;
    let score_test = ChiSquared::new(score.dot(&(inverse * &score)), p);
    let mut loglik = loglik_null;
    let mut settled = 0;
    for _ in 0..100 {
        let inverse = spd_inverse(&information).ok_or(FitError::NotConverged)?;
        let step = inverse * &score;
        let mut size = 1.0;
        let mut gain = f64::NEG_INFINITY;
        for _ in 0..40 {
            let next = &beta + &step * size;
            if let Some((value, next_score, next_information)) = evaluate(&next)
                && value >= loglik - 1e-12 * loglik.abs()
            {
                gain = value - loglik;
                (beta, loglik, score, information) = (next, value, next_score, next_information);
                break;
            }
            size *= 0.5;
        }
        if gain < 1e-13 * (loglik.abs() + 0.1) {
            settled += 1;
            if settled > 2 || gain == f64::NEG_INFINITY {
                break;
            }
        }
    }
    let covariance = spd_inverse(&information).ok_or(FitError::NotConverged)?;
    // A likelihood that rises to the end leaves a coefficient many covariate-spreads out, and a flat information.
    let runaway = beta.iter().zip(x.column_iter()).any(|(b, column)| {
        let spread = column.max() - column.min();
        (b * spread).abs() > 25.0
    });
    if runaway {
        return Err(FitError::NotConverged);
    }
    Ok(ConditionalFit {
        coef: beta,
        covariance,
        loglik,
        loglik_null,
        score: score_test,
        informative_strata: strata.len(),
    })
}
