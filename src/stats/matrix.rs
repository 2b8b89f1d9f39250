//! The few operations on dense matrices that the regressions share.

use nalgebra::{DMatrix, DVector};

/// Square roots of a covariance's diagonal.
#[must_use]
pub(crate) fn standard_errors(covariance: &DMatrix<f64>) -> Vec<f64> {
    covariance
        .diagonal()
        .iter()
        .map(|v| v.max(0.0).sqrt())
        .collect()
}

/// Columns of `x` that are no combination of those before them (Gram–Schmidt, pivot 1e-9 of the column's length).
#[must_use]
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
#[must_use]
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
#[must_use]
pub(crate) fn weighted_cross(x: &DMatrix<f64>, w: &[f64]) -> DMatrix<f64> {
    let mut wx = x.clone();
    for (mut row, &w) in wx.row_iter_mut().zip(w) {
        row *= w;
    }
    x.tr_mul(&wx)
}
