//! Design matrices whose first columns are a piecewise-linear drift, never stored, and whose
//! information matrix is therefore an arrow (see [`crate::stats::arrow`]).

use crate::stats::arrow::{ArrowMatrix, add_scaled};
use nalgebra::DMatrix;

/// A drift made of hat functions `h_j(t) = max(0, 1 - |t K/n - j|)`, `j = 1..K`, on the times `0..n`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Drift {
    length: usize,
    knots: usize,
}

impl Drift {
    /// A drift over `length` times with a knot about every `spacing` of them, at least one
    /// (halves round to even).
    pub(crate) fn every(length: usize, spacing: usize) -> Self {
        let knots = (length as f64 / spacing.max(1) as f64).round_ties_even() as usize;
        Self {
            length,
            knots: knots.max(1),
        }
    }

    /// No drift at all: the design is its border alone.
    pub(crate) fn none() -> Self {
        Self {
            length: 1,
            knots: 0,
        }
    }

    /// The at most two neighbouring drift columns that are not zero at time `t < length`.
    fn hat(&self, t: usize) -> Hat {
        if self.knots == 0 {
            return Hat {
                column: 0,
                weight: [0.0, 0.0],
            };
        }
        let position = t as f64 / (self.length as f64 / self.knots as f64);
        let left = (position.floor() as usize).min(self.knots - 1);
        let part = position - left as f64;
        // The knot at time 0 is the intercept's, so before the first knot only the rising half counts.
        if left == 0 {
            Hat {
                column: 0,
                weight: [part, 0.0],
            }
        } else {
            Hat {
                column: left - 1,
                weight: [1.0 - part, part],
            }
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Hat {
    column: usize,
    weight: [f64; 2],
}

/// A design matrix: K drift columns (never stored) followed by a dense border.
///
/// Coefficients are ordered drift first, border last; the first border column should be the intercept.
#[derive(Debug, Clone)]
pub(crate) struct Design {
    drift: Drift,
    hats: Vec<Hat>,
    border: Vec<f64>,
    width: usize,
    times: Vec<usize>,
}

impl Design {
    /// Rows at `times` (ascending, each below the drift's length) with `border` row by row,
    /// `width` numbers a row. Rows beyond the shorter of the two are left out.
    pub(crate) fn new(drift: Drift, times: Vec<usize>, border: Vec<f64>, width: usize) -> Self {
        let hats = times.iter().map(|&t| drift.hat(t)).collect();
        Self {
            drift,
            hats,
            border,
            width,
            times,
        }
    }

    /// A design without drift: the columns of `x`, and every row a time of its own.
    pub(crate) fn dense(x: &DMatrix<f64>) -> Self {
        let border = x.transpose().as_slice().to_vec();
        Self::new(Drift::none(), (0..x.nrows()).collect(), border, x.ncols())
    }

    pub(crate) fn rows(&self) -> usize {
        self.times.len()
    }

    /// Number of border columns, q.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Number of drift columns, K.
    pub(crate) fn knots(&self) -> usize {
        self.drift.knots
    }

    /// Number of coefficients, K + q.
    pub(crate) fn columns(&self) -> usize {
        self.drift.knots + self.width
    }

    pub(crate) fn times(&self) -> &[usize] {
        &self.times
    }

    pub(crate) fn border(&self, i: usize) -> &[f64] {
        &self.border[i * self.width..(i + 1) * self.width]
    }

    /// The same rows with one more border column, at the end.
    pub(crate) fn with_column(&self, column: &[f64]) -> Self {
        let mut border = Vec::with_capacity(self.border.len() + column.len());
        for (i, &x) in column.iter().enumerate() {
            border.extend_from_slice(self.border(i));
            border.push(x);
        }
        self.with_border(border, self.width + 1)
    }

    /// The same rows and drift with another border, `width` numbers a row.
    pub(crate) fn with_border(&self, border: Vec<f64>, width: usize) -> Self {
        Self {
            drift: self.drift,
            hats: self.hats.clone(),
            border,
            width,
            times: self.times.clone(),
        }
    }

    /// The design without border column `column`, and that column; `None` when there is none.
    pub(crate) fn without_column(&self, column: usize) -> Option<(Self, Vec<f64>)> {
        let taken = (0..self.rows())
            .map(|i| self.border(i).get(column).copied())
            .collect::<Option<_>>()?;
        let border = (0..self.rows())
            .flat_map(|i| {
                let row = self.border(i).iter().enumerate();
                row.filter(|(j, _)| *j != column).map(|(_, v)| *v)
            })
            .collect();
        let rest = self.with_border(border, self.width.checked_sub(1)?);
        Some((rest, taken))
    }

    /// Only the rows named by `keep` (ascending indices).
    pub(crate) fn select(&self, keep: &[usize]) -> Self {
        let mut border = Vec::with_capacity(keep.len() * self.width);
        for &i in keep {
            border.extend_from_slice(self.border(i));
        }
        Self {
            drift: self.drift,
            hats: keep.iter().map(|&i| self.hats[i]).collect(),
            border,
            width: self.width,
            times: keep.iter().map(|&i| self.times[i]).collect(),
        }
    }

    /// Linear predictor of every row for coefficients `b` (K + q of them).
    pub(crate) fn predict(&self, b: &[f64], out: &mut Vec<f64>) {
        match self.width {
            3 => self.predicted(b, out, 3),
            4 => self.predicted(b, out, 4),
            5 => self.predicted(b, out, 5),
            q => self.predicted(b, out, q),
        }
    }

    #[inline(always)]
    fn predicted(&self, b: &[f64], out: &mut Vec<f64>, q: usize) {
        let (drift, border) = b.split_at(self.drift.knots);
        let border = &border[..q];
        out.clear();
        out.extend(
            self.hats
                .iter()
                .zip(self.border.chunks_exact(q.max(1)))
                .map(|(h, x)| {
                    let mut dense = 0.0;
                    for j in 0..q {
                        dense += x[j] * border[j];
                    }
                    dense + h.dot(drift)
                }),
        );
    }

    /// `X' v` for one number a row.
    pub(crate) fn transpose_times(&self, v: &[f64]) -> Vec<f64> {
        let k = self.drift.knots;
        let mut out = vec![0.0; self.columns()];
        let (drift, border) = out.split_at_mut(k);
        for ((h, x), &v) in self
            .hats
            .iter()
            .zip(self.border.chunks_exact(self.width.max(1)))
            .zip(v)
        {
            h.add_to(drift, v);
            for (o, x) in border.iter_mut().zip(x) {
                *o += x * v;
            }
        }
        out
    }

    /// Information `X' diag(w) X` plus `penalty` on its diagonal.
    pub(crate) fn information(&self, w: &[f64], penalty: &[f64]) -> ArrowMatrix {
        let (k, q) = (self.drift.knots, self.width);
        let mut m = ArrowMatrix {
            diagonal: vec![0.0; k],
            beside: vec![0.0; k],
            edge: vec![0.0; k * q],
            corner: vec![0.0; q * q],
            width: q,
        };
        // A width the compiler knows lets it unroll the loops; per-factor fits have these.
        match q {
            3 => self.accumulate(&mut m, w, 3),
            4 => self.accumulate(&mut m, w, 4),
            5 => self.accumulate(&mut m, w, 5),
            _ => self.accumulate(&mut m, w, q),
        }
        for a in 0..q {
            for b in 0..a {
                m.corner[b * q + a] = m.corner[a * q + b];
            }
            m.corner[a * q + a] += penalty[k + a];
        }
        for (d, p) in m.diagonal.iter_mut().zip(penalty) {
            *d += p;
        }
        m
    }

    /// Adds every row to an information matrix whose corner is filled below the diagonal only.
    #[inline(always)]
    fn accumulate(&self, m: &mut ArrowMatrix, w: &[f64], q: usize) {
        let k = self.drift.knots;
        for ((h, x), &w) in self
            .hats
            .iter()
            .zip(self.border.chunks_exact(q.max(1)))
            .zip(w)
        {
            if k > 0 {
                let [a, b] = h.weight;
                m.diagonal[h.column] += w * a * a;
                add_scaled(&mut m.edge[h.column * q..][..q], w * a, x);
                if b != 0.0 {
                    m.beside[h.column] += w * a * b;
                    m.diagonal[h.column + 1] += w * b * b;
                    add_scaled(&mut m.edge[(h.column + 1) * q..][..q], w * b, x);
                }
            }
            for a in 0..q {
                add_scaled(&mut m.corner[a * q..][..=a], w * x[a], &x[..=a]);
            }
        }
    }

    /// The columns that rows `from..to` touch, as a dense block: first drift column, number of drift
    /// columns, and the rows (drift columns, then the border).
    pub(crate) fn block(&self, from: usize, to: usize, out: &mut Vec<f64>) -> (usize, usize) {
        let hats = &self.hats[from..to];
        let first = hats.iter().map(|h| h.column).min().unwrap_or(0);
        let last = hats
            .iter()
            .map(|h| h.column + usize::from(h.weight[1] != 0.0))
            .max()
            .unwrap_or(0);
        let near = if self.drift.knots == 0 {
            0
        } else {
            last + 1 - first
        };
        let m = near + self.width;
        out.clear();
        out.resize((to - from) * m, 0.0);
        for ((row, h), i) in out.chunks_exact_mut(m.max(1)).zip(hats).zip(from..to) {
            if near > 0 {
                row[h.column - first] = h.weight[0];
                if h.weight[1] != 0.0 {
                    row[h.column - first + 1] = h.weight[1];
                }
            }
            row[near..].copy_from_slice(self.border(i));
        }
        (first, near)
    }
}

impl Hat {
    fn dot(&self, drift: &[f64]) -> f64 {
        let a = drift.get(self.column).map_or(0.0, |d| d * self.weight[0]);
        a + drift
            .get(self.column + 1)
            .map_or(0.0, |d| d * self.weight[1])
    }

    fn add_to(&self, drift: &mut [f64], v: f64) {
        for (offset, w) in self.weight.iter().enumerate() {
            if let Some(d) = drift.get_mut(self.column + offset) {
                *d += w * v;
            }
        }
    }
}
