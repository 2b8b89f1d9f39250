//! Symmetric matrices shaped like an arrow: tridiagonal with a dense border.
//! Factorising, solving and reading selected entries of the inverse cost time linear in the length.
//!
//! The selected inverse follows Takahashi, Fagan & Chen (1973): with `T = L D L'` and `L` unit lower
//! bidiagonal, `Z = T^-1` obeys `Z[i,j] = -l[i] Z[i+1,j]` for `j > i` and `Z[i,i] = 1/d[i] - l[i] Z[i,i+1]`.

pub(crate) fn add_scaled(out: &mut [f64], scale: f64, x: &[f64]) {
    for (o, x) in out.iter_mut().zip(x) {
        *o += scale * x;
    }
}

/// A symmetric matrix `[T B; B' C]` with `T` tridiagonal.
#[derive(Debug, Clone)]
pub(crate) struct ArrowMatrix {
    pub(crate) diagonal: Vec<f64>,
    /// Couples drift columns i and i + 1.
    pub(crate) beside: Vec<f64>,
    /// K rows of the border's width.
    pub(crate) edge: Vec<f64>,
    pub(crate) corner: Vec<f64>,
    pub(crate) width: usize,
}

/// Share of a border column's own information below which it counts as a copy of columns before it.
const ALIASED: f64 = 1e-9;

impl ArrowMatrix {
    /// Factorises the matrix. `None` when the drift part is not positive definite. Border columns that
    /// repeat earlier ones (relative pivot below 1e-9) are held at zero and reported as aliased.
    pub(crate) fn factor(self) -> Option<ArrowFactor> {
        let (k, q) = (self.diagonal.len(), self.width);
        let mut pivot = self.diagonal;
        let mut lower = vec![0.0; k];
        for i in 0..k {
            if !(pivot[i] > 0.0 && pivot[i].is_finite()) {
                return None;
            }
            if i + 1 < k {
                lower[i] = self.beside[i] / pivot[i];
                pivot[i + 1] -= lower[i] * self.beside[i];
            }
        }
        let mut solved = self.edge.clone();
        solve_tridiagonal(&pivot, &lower, &mut solved, q);
        let mut schur = self.corner.clone();
        for (b, y) in self
            .edge
            .chunks_exact(q.max(1))
            .zip(solved.chunks_exact(q.max(1)))
        {
            for (a, &ba) in b.iter().enumerate() {
                add_scaled(&mut schur[a * q..][..q], -ba, y);
            }
        }
        let own: Vec<f64> = (0..q).map(|a| self.corner[a * q + a]).collect();
        let (inverse, aliased, log_det) = invert(&schur, &own, q)?;
        let spread = solved
            .chunks_exact(q.max(1))
            .flat_map(|y| {
                (0..q)
                    .map(|a| dot(y, &inverse[a * q..][..q]))
                    .collect::<Vec<_>>()
            })
            .collect();
        let mut near = vec![0.0; k];
        for i in (0..k).rev() {
            let below = if i + 1 < k {
                lower[i] * lower[i] * near[i + 1]
            } else {
                0.0
            };
            near[i] = 1.0 / pivot[i] + below;
        }
        let log_det = log_det + pivot.iter().map(|d| d.ln()).sum::<f64>();
        Some(ArrowFactor {
            pivot,
            lower,
            solved,
            inverse,
            spread,
            near,
            aliased,
            log_det,
            width: q,
        })
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn solve_tridiagonal(pivot: &[f64], lower: &[f64], rhs: &mut [f64], width: usize) {
    let k = pivot.len();
    for i in 1..k {
        let (done, rest) = rhs.split_at_mut(i * width);
        add_scaled(&mut rest[..width], -lower[i - 1], &done[(i - 1) * width..]);
    }
    for i in (0..k).rev() {
        let (row, later) = rhs[i * width..].split_at_mut(width);
        row.iter_mut().for_each(|r| *r /= pivot[i]);
        if i + 1 < k {
            add_scaled(row, -lower[i], &later[..width]);
        }
    }
}

/// Inverse of a symmetric `q x q` matrix by Cholesky, leaving out columns that add nothing.
fn invert(m: &[f64], own: &[f64], q: usize) -> Option<(Vec<f64>, Vec<bool>, f64)> {
    let mut l = vec![0.0; q * q];
    let mut aliased = vec![false; q];
    let mut log_det = 0.0;
    for j in 0..q {
        let pivot = m[j * q + j] - dot(&l[j * q..][..j], &l[j * q..][..j]);
        if !pivot.is_finite() {
            return None;
        }
        if pivot <= ALIASED * own[j] || pivot <= 0.0 {
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
    for j in 0..q {
        if aliased[j] {
            continue;
        }
        back[j * q + j] = 1.0 / l[j * q + j];
        for i in j + 1..q {
            if aliased[i] {
                continue;
            }
            let sum: f64 = (j..i).map(|k| l[i * q + k] * back[k * q + j]).sum();
            back[i * q + j] = -sum / l[i * q + i];
        }
    }
    let mut inverse = vec![0.0; q * q];
    for k in 0..q {
        for a in 0..=k {
            let v = back[k * q + a];
            if v != 0.0 {
                add_scaled(&mut inverse[a * q..][..=k], v, &back[k * q..][..=k]);
            }
        }
    }
    Some((inverse, aliased, log_det))
}

/// A factorised [`ArrowMatrix`].
#[derive(Debug, Clone)]
pub(crate) struct ArrowFactor {
    pivot: Vec<f64>,
    lower: Vec<f64>,
    solved: Vec<f64>,
    inverse: Vec<f64>,
    spread: Vec<f64>,
    near: Vec<f64>,
    aliased: Vec<bool>,
    log_det: f64,
    width: usize,
}

impl ArrowFactor {
    /// Solves `M x = rhs` (K + q numbers, drift first).
    pub(crate) fn solve(&self, rhs: &[f64]) -> Vec<f64> {
        let (k, q) = (self.pivot.len(), self.width);
        let mut x = rhs.to_vec();
        let (drift, border) = x.split_at_mut(k);
        let mut reduced = border.to_vec();
        for (y, &r) in self.solved.chunks_exact(q.max(1)).zip(drift.iter()) {
            add_scaled(&mut reduced, -r, y);
        }
        solve_tridiagonal(&self.pivot, &self.lower, drift, 1);
        for (a, b) in border.iter_mut().enumerate() {
            *b = dot(&self.inverse[a * q..][..q], &reduced);
        }
        for (d, y) in drift.iter_mut().zip(self.solved.chunks_exact(q.max(1))) {
            *d -= dot(y, border);
        }
        x
    }

    /// Entry `(a, b)` of the inverse within the border (numbered from its first column).
    pub(crate) fn border_inverse(&self, a: usize, b: usize) -> f64 {
        self.inverse[a * self.width + b]
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// True for a border column that repeats columns before it; its coefficient is held at zero.
    pub(crate) fn aliased(&self, column: usize) -> bool {
        self.aliased[column]
    }

    /// Natural logarithm of the determinant (aliased columns left out).
    pub(crate) fn log_det(&self) -> f64 {
        self.log_det
    }

    /// The inverse restricted to `near` drift columns from `first` and the whole border, row by row.
    pub(crate) fn inverse_block(&self, first: usize, near: usize, out: &mut Vec<f64>) {
        let q = self.width;
        let m = near + q;
        out.clear();
        out.resize(m * m, 0.0);
        for j in 0..near {
            let spread = &self.spread[(first + j) * q..][..q];
            let mut z = self.near[first + j];
            for i in (0..=j).rev() {
                if i < j {
                    z *= -self.lower[first + i];
                }
                let value = z + dot(&self.solved[(first + i) * q..][..q], spread);
                out[i * m + j] = value;
                out[j * m + i] = value;
            }
            for (a, s) in spread.iter().enumerate() {
                out[j * m + near + a] = -s;
                out[(near + a) * m + j] = -s;
            }
        }
        for a in 0..q {
            out[(near + a) * m + near..][..q].copy_from_slice(&self.inverse[a * q..][..q]);
        }
    }
}
