//! Zeros of functions of one variable, likelihood intervals, Newton's method, and the few operations on small dense
//! matrices that go with them.

use crate::stats::distribution::{ChiSquared, chi2_quantile};
use crate::stats::estimate::Estimate;
use nalgebra::{DMatrix, DVector};

/// Zero of `f` between `a` and `b`, where it must differ in sign, to `tolerance` in the argument, by the method of
/// T. J. Dekker and R. P. Brent ("Algorithms for Minimization without Derivatives", 1973, ch. 4) in the arrangement of
/// netlib's `zeroin`. `None` without a change of sign or when `f` is not a number on the way.
pub(crate) fn brent(mut f: impl FnMut(f64) -> f64, a: f64, b: f64, tolerance: f64) -> Option<f64> {
    let (mut a, mut b) = (a, b);
    let (mut fa, mut fb) = (f(a), f(b));
    if fa.is_nan() || fb.is_nan() || fa * fb > 0.0 {
        return None;
    }
    let (mut c, mut fc) = (a, fa);
    for _ in 0..1000 {
        let previous = b - a;
        if fc.abs() < fb.abs() {
            // Keep the best point in b, the one across the zero in c.
            (a, b, c) = (b, c, b);
            (fa, fb, fc) = (fb, fc, fb);
        }
        let close = 2.0 * f64::EPSILON * b.abs() + 0.5 * tolerance;
        let across = c - b;
        let mut step = 0.5 * across;
        if step.abs() <= close || fb == 0.0 {
            return Some(b);
        }
        if previous.abs() >= close && fa.abs() > fb.abs() {
            let t = fb / fa;
            let (mut p, mut q) = if a == c {
                (across * t, 1.0 - t)
            } else {
                let (q, r) = (fa / fc, fb / fc);
                (
                    t * (across * q * (q - r) - (b - a) * (r - 1.0)),
                    (q - 1.0) * (r - 1.0) * (t - 1.0),
                )
            };
            if p > 0.0 {
                q = -q;
            } else {
                p = -p;
            }
            if p < 0.75 * across * q - 0.5 * (close * q).abs() && p < (0.5 * previous * q).abs() {
                step = p / q;
            }
        }
        if step.abs() < close {
            step = close.copysign(step);
        }
        (a, fa) = (b, fb);
        b += step;
        fb = f(b);
        if fb.is_nan() {
            return None;
        }
        if fb * fc > 0.0 {
            (c, fc) = (a, fa);
        }
    }
    Some(b)
}

/// The point beyond `start` (in the direction of `step`) where `f`, negative at `start`, turns positive; infinite in
/// that direction when it does not within 60 doublings of the step.
pub(crate) fn crossing(
    mut f: impl FnMut(f64) -> f64,
    start: f64,
    step: f64,
    tolerance: f64,
) -> Option<f64> {
    let (mut inner, mut step) = (start, step);
    for _ in 0..60 {
        let outer = inner + step;
        let value = f(outer);
        if value.is_nan() {
            return None;
        }
        if value >= 0.0 {
            return brent(f, inner, outer, tolerance);
        }
        inner = outer;
        step *= 2.0;
        if inner.abs() > 1e6 * (1.0 + start.abs()) {
            break;
        }
    }
    Some(f64::INFINITY.copysign(step))
}

/// Likelihood interval of a coefficient from its profile: the points where twice the drop of the log likelihood from
/// its maximum equals the chi-squared quantile times `inflation` (1, or a variance ratio: R. E. Chandler and S. Bate,
/// Biometrika 94, 2007). `drop(b)` is that twice drop with the coefficient held at `b`. A side on which the likelihood
/// never falls that far has no bound.
pub(crate) fn profile_interval(
    mut drop: impl FnMut(f64) -> Option<f64>,
    value: f64,
    se: f64,
    level: f64,
    inflation: f64,
) -> Option<Estimate> {
    let cut = chi2_quantile(level, 1.0) * inflation;
    let step = if se.is_finite() && se > 0.0 {
        (se * cut.sqrt()).min(1e3)
    } else {
        1.0
    };
    let mut excess = |b: f64| drop(b).map_or(f64::NAN, |d| d - cut);
    let tolerance = 1e-11 * step.max(1e-6);
    let low = crossing(&mut excess, value, -step, tolerance)?;
    let high = crossing(&mut excess, value, step, tolerance)?;
    Estimate::new(value, low, high, level)
}

/// Square roots of a covariance's diagonal.
pub(crate) fn standard_errors(covariance: &DMatrix<f64>) -> Vec<f64> {
    covariance
        .diagonal()
        .iter()
        .map(|v| v.max(0.0).sqrt())
        .collect()
}

/// Columns of `x` that are no combination of those before them (Gram–Schmidt, pivot 1e-9 of the column's length).
pub(crate) fn independent_columns(x: &DMatrix<f64>) -> Vec<usize> {
    let mut basis: Vec<DVector<f64>> = Vec::new();
    let mut kept = Vec::new();
    for (j, column) in x.column_iter().enumerate() {
        let mut rest: DVector<f64> = column.into_owned();
        let length = rest.norm();
        // Twice, so that rounding in the first pass does not pass for independence.
        for _ in 0..2 {
            for b in &basis {
                let along = b.dot(&rest);
                rest.axpy(-along, b, 1.0);
            }
        }
        let left = rest.norm();
        if length > 0.0 && left > 1e-9 * length {
            basis.push(rest / left);
            kept.push(j);
        }
    }
    kept
}

/// Solves the symmetric positive definite system by Cholesky on unit-diagonal scale; the inverse comes with it.
pub(crate) fn spd_inverse(a: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    let scale: Vec<f64> = a.diagonal().iter().map(|v| 1.0 / v.sqrt()).collect();
    if scale.iter().any(|s| !s.is_finite()) {
        return None;
    }
    let scaled = DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| a[(i, j)] * scale[i] * scale[j]);
    let inverse = scaled.cholesky()?.inverse();
    Some(DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| {
        inverse[(i, j)] * scale[i] * scale[j]
    }))
}

/// X'·diag(w)·X.
pub(crate) fn weighted_cross(x: &DMatrix<f64>, w: &[f64]) -> DMatrix<f64> {
    let mut wx = x.clone();
    for (mut row, &w) in wx.row_iter_mut().zip(w) {
        row *= w;
    }
    x.tr_mul(&wx)
}

/// Rows of each cluster, clusters in order of first appearance of their label.
pub(crate) fn clusters(labels: &[f64]) -> Vec<Vec<usize>> {
    let mut seen: std::collections::HashMap<u64, usize> = std::collections::HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (i, label) in labels.iter().enumerate() {
        let group = *seen.entry(label.to_bits()).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        if let Some(rows) = groups.get_mut(group) {
            rows.push(i);
        }
    }
    groups
}

/// Why a model could not be fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FitError {
    /// Lengths differ, or a number is not finite, or there are no rows or no columns.
    #[error("the data do not fit together")]
    BadInput,
    /// Nothing varies that could be compared.
    #[error("the outcome never varies")]
    NoContrast,
    /// The iteration did not settle: the likelihood has no maximum.
    #[error("the fit does not settle")]
    NotConverged,
}

/// A log likelihood at some coefficients, with its derivatives.
pub(crate) struct Slope {
    pub(crate) loglik: f64,
    pub(crate) score: DVector<f64>,
    pub(crate) information: DMatrix<f64>,
}

impl Slope {
    /// Nothing seen yet of `p` coefficients.
    pub(crate) fn flat(p: usize) -> Self {
        Self {
            loglik: 0.0,
            score: DVector::zeros(p),
            information: DMatrix::zeros(p, p),
        }
    }
}

/// The maximum of a partial or conditional likelihood.
#[derive(Debug, Clone)]
pub(crate) struct Maximum {
    pub(crate) coef: DVector<f64>,
    /// Inverse observed information.
    pub(crate) covariance: DMatrix<f64>,
    pub(crate) loglik: f64,
    /// The same with all coefficients zero.
    pub(crate) loglik_null: f64,
    pub(crate) score: ChiSquared,
}

/// Maximises a concave log likelihood of the columns of `x` from zero, by Newton's method with step halving.
///
/// # Errors
/// [`FitError::NoContrast`] when the information is singular at zero, [`FitError::NotConverged`] when the likelihood
/// rises without end.
pub(crate) fn newton(
    x: &DMatrix<f64>,
    at: impl Fn(&DVector<f64>) -> Option<Slope>,
) -> Result<Maximum, FitError> {
    let mut beta = DVector::zeros(x.ncols());
    let mut here = at(&beta).ok_or(FitError::NotConverged)?;
    let loglik_null = here.loglik;
    let inverse = spd_inverse(&here.information).ok_or(FitError::NoContrast)?;
    let score = ChiSquared::new(here.score.dot(&(inverse * &here.score)), x.ncols());
    let mut settled = 0;
    for _ in 0..100 {
        let inverse = spd_inverse(&here.information).ok_or(FitError::NotConverged)?;
        let step = inverse * &here.score;
        let mut size = 1.0;
        let mut gain = f64::NEG_INFINITY;
        for _ in 0..40 {
            let next = &beta + &step * size;
            if let Some(there) = at(&next)
                && there.loglik >= here.loglik - 1e-12 * here.loglik.abs()
            {
                gain = there.loglik - here.loglik;
                (beta, here) = (next, there);
                break;
            }
            size *= 0.5;
        }
        // Once the likelihood is flat two more steps bring the coefficients to rounding.
        if gain < 1e-13 * (here.loglik.abs() + 0.1) {
            settled += 1;
            if settled > 2 || gain == f64::NEG_INFINITY {
                break;
            }
        }
    }
    // A likelihood that rises to the end leaves a coefficient many covariate-spreads out, and a flat information.
    let runaway = beta
        .iter()
        .zip(x.column_iter())
        .any(|(b, c)| (b * (c.max() - c.min())).abs() > 25.0);
    if runaway {
        return Err(FitError::NotConverged);
    }
    Ok(Maximum {
        covariance: spd_inverse(&here.information).ok_or(FitError::NotConverged)?,
        coef: beta,
        loglik: here.loglik,
        loglik_null,
        score,
    })
}
