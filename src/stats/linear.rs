//! Ordinary least squares, for series on the log scale (J. Lopez Bernal, S. Cummins and A. Gasparrini, International
//! Journal of Epidemiology 46, 2017, on interrupted time series).

use crate::stats::glm::FitError;
use crate::stats::matrix::{independent_columns, spd_inverse};
use nalgebra::{DMatrix, DVector};

/// A least-squares fit.
#[derive(Debug, Clone)]
pub(crate) struct LeastSquares {
    /// Coefficients by column.
    pub(crate) coef: DVector<f64>,
    /// (X'X)⁻¹.
    pub(crate) bread: DMatrix<f64>,
    /// Residuals by row.
    pub(crate) residuals: Vec<f64>,
    /// Residual sum of squares over rows less columns; `None` when no degree of freedom is left.
    pub(crate) variance: Option<f64>,
}

/// Fits `y` on `x`.
///
/// # Errors
/// [`FitError::Empty`], [`FitError::BadInput`] and [`FitError::Aliased`] as named there.
pub(crate) fn least_squares(y: &[f64], x: &DMatrix<f64>) -> Result<LeastSquares, FitError> {
    let (n, p) = x.shape();
    if n == 0 || p == 0 {
        return Err(FitError::Empty);
    }
    if y.len() != n || !y.iter().chain(x.iter()).all(|v| v.is_finite()) {
        return Err(FitError::BadInput);
    }
    let independent = independent_columns(x);
    if let Some(j) = (0..p).find(|j| !independent.contains(j)) {
        return Err(FitError::Aliased(j));
    }
    let target = DVector::from_column_slice(y);
    let (q, r) = x.clone().qr().unpack();
    let coef = r
        .solve_upper_triangular(&q.tr_mul(&target))
        .ok_or(FitError::NotConverged)?;
    let residuals: Vec<f64> = (target - x * &coef).iter().copied().collect();
    let bread = spd_inverse(&x.tr_mul(x)).ok_or(FitError::NotConverged)?;
    let rss: f64 = residuals.iter().map(|e| e * e).sum();
    Ok(LeastSquares {
        coef,
        bread,
        residuals,
        variance: (n > p).then(|| rss / (n - p) as f64),
    })
}

/// J. Durbin and G. S. Watson's statistic (Biometrika 37, 1950): near 2 without lag-1 autocorrelation; `None` when the
/// residuals are all zero.
#[must_use]
pub(crate) fn durbin_watson(residuals: &[f64]) -> Option<f64> {
    let total: f64 = residuals.iter().map(|e| e * e).sum();
    let steps: f64 = residuals.windows(2).map(|w| (w[1] - w[0]).powi(2)).sum();
    (total > 0.0).then(|| steps / total)
}
