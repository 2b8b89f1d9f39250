//! Design matrices by rows, each row at a time, and the information of a weighted fit on them.

use nalgebra::DMatrix;

/// A design matrix with a time for each row; the first column should be the intercept.
#[derive(Debug, Clone)]
pub(crate) struct Design {
    times: Vec<usize>,
    /// Row by row.
    x: Vec<f64>,
    columns: usize,
}

impl Design {
    /// Rows at `times` (ascending) with one vector a column, each as long as `times`.
    pub(crate) fn new(times: Vec<usize>, columns: &[Vec<f64>]) -> Self {
        let x = (0..times.len()).flat_map(|i| columns.iter().map(move |c| c[i]));
        Self {
            x: x.collect(),
            columns: columns.len(),
            times,
        }
    }

    /// The same from its rows, `columns` numbers each.
    pub(crate) fn from_rows(times: Vec<usize>, x: Vec<f64>, columns: usize) -> Self {
        Self { times, x, columns }
    }

    /// The columns of `x`, every row a time of its own.
    pub(crate) fn dense(x: &DMatrix<f64>) -> Self {
        let rows = x.transpose().as_slice().to_vec();
        Self::from_rows((0..x.nrows()).collect(), rows, x.ncols())
    }

    pub(crate) fn rows(&self) -> usize {
        self.times.len()
    }

    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    pub(crate) fn times(&self) -> &[usize] {
        &self.times
    }

    pub(crate) fn row(&self, i: usize) -> &[f64] {
        &self.x[i * self.columns..(i + 1) * self.columns]
    }

    /// The rows `from..to`, one after the other.
    pub(crate) fn block(&self, from: usize, to: usize) -> &[f64] {
        &self.x[from * self.columns..to * self.columns]
    }

    /// Only the rows named by `keep` (ascending indices).
    pub(crate) fn select(&self, keep: &[usize]) -> Self {
        let times = keep.iter().map(|&i| self.times[i]).collect();
        let x = keep.iter().flat_map(|&i| self.row(i)).copied().collect();
        Self::from_rows(times, x, self.columns)
    }

    /// Linear predictor of every row for coefficients `b`.
    pub(crate) fn predict(&self, b: &[f64], out: &mut Vec<f64>) {
        let rows = self.x.chunks_exact(self.columns.max(1));
        out.clear();
        out.extend(rows.map(|x| x.iter().zip(b).map(|(x, b)| x * b).sum::<f64>()));
    }

    /// `X' v` for one number a row.
    pub(crate) fn transpose_times(&self, v: &[f64]) -> Vec<f64> {
        let mut out = vec![0.0; self.columns];
        for (x, &v) in self.x.chunks_exact(self.columns.max(1)).zip(v) {
            add_scaled(&mut out, v, x);
        }
        out
    }

    /// Information `X' diag(w) X` plus `penalty` on its diagonal, factorised. `None` when it is not finite. Columns that
    /// repeat earlier ones (relative pivot below 1e-9) are held at zero and reported as aliased.
    pub(crate) fn information(&self, w: &[f64], penalty: &[f64]) -> Option<Information> {
        let q = self.columns;
        let mut m = vec![0.0; q * q];
        for (x, &w) in self.x.chunks_exact(q.max(1)).zip(w) {
            for a in 0..q {
                add_scaled(&mut m[a * q..][..=a], w * x[a], &x[..=a]);
            }
        }
        for (a, p) in penalty.iter().enumerate().take(q) {
            m[a * q + a] += p;
        }
        Information::factor(&m, q)
    }
}

fn add_scaled(out: &mut [f64], scale: f64, x: &[f64]) {
    for (o, x) in out.iter_mut().zip(x) {
        *o += scale * x;
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Share of a column's own information below which it counts as a copy of columns before it.
const ALIASED: f64 = 1e-9;

/// A factorised information matrix.
#[derive(Debug, Clone)]
pub(crate) struct Information {
    columns: usize,
    /// Its inverse, row by row.
    inverse: Vec<f64>,
    aliased: Vec<bool>,
    log_det: f64,
}

impl Information {
    /// Cholesky of the lower triangle of a symmetric `q x q` matrix, leaving out columns that add nothing.
    fn factor(m: &[f64], q: usize) -> Option<Self> {
        let mut l = vec![0.0; q * q];
        let mut aliased = vec![false; q];
        let mut log_det = 0.0;
        for j in 0..q {
            let own = m[j * q + j];
            let pivot = own - dot(&l[j * q..][..j], &l[j * q..][..j]);
            if !pivot.is_finite() {
                return None;
            }
            if pivot <= ALIASED * own || pivot <= 0.0 {
                aliased[j] = true;
                continue;
            }
            log_det += pivot.ln();
            let root = pivot.sqrt();
            l[j * q + j] = root;
            for i in j + 1..q {
                l[i * q + j] = (m[i * q + j] - dot(&l[i * q..][..j], &l[j * q..][..j])) / root;
            }
        }
        // Columns of L^-1; an aliased column has a zero pivot and stays out of the inverse.
        let mut back = vec![0.0; q * q];
        for j in (0..q).filter(|&j| !aliased[j]) {
            back[j * q + j] = 1.0 / l[j * q + j];
            for i in (j + 1..q).filter(|&i| !aliased[i]) {
                let sum: f64 = (j..i).map(|k| l[i * q + k] * back[k * q + j]).sum();
                back[i * q + j] = -sum / l[i * q + i];
            }
        }
        let mut inverse = vec![0.0; q * q];
        for k in 0..q {
            for a in 0..=k {
                let v = back[k * q + a];
                add_scaled(&mut inverse[a * q..][..=k], v, &back[k * q..][..=k]);
            }
        }
        Some(Self {
            columns: q,
            inverse,
            aliased,
            log_det,
        })
    }

    /// Solves `M x = rhs`.
    pub(crate) fn solve(&self, rhs: &[f64]) -> Vec<f64> {
        let rows = self.inverse.chunks_exact(self.columns.max(1));
        rows.map(|row| dot(row, rhs)).collect()
    }

    /// Row `a` of the inverse.
    pub(crate) fn inverse_row(&self, a: usize) -> &[f64] {
        &self.inverse[a * self.columns..][..self.columns]
    }

    /// True for a column that repeats columns before it; its coefficient is held at zero.
    pub(crate) fn aliased(&self, column: usize) -> bool {
        self.aliased[column]
    }

    /// Natural logarithm of the determinant (aliased columns left out).
    pub(crate) fn log_det(&self) -> f64 {
        self.log_det
    }
}
