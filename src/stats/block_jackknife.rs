//! Cluster-robust variance by leaving out whole blocks of time (CR3, linearised cluster jackknife:
//! MacKinnon, Nielsen & Webb 2023, arXiv 2301.04527), and the effective number of blocks
//! (Carter, Schnepel & Steigerwald 2017).

use crate::stats::design::Design;
use crate::stats::regression::Fit;

/// Added to the diagonal of `I - H` of each block.
const JITTER: f64 = 1e-9;
/// A block whose `I - H` has a smaller eigenvalue determines a coefficient alone.
const SINGULAR: f64 = 1e-6;

/// Robust covariance of some coefficients.
#[derive(Debug, Clone)]
pub(crate) struct BlockJackknife {
    columns: usize,
    covariance: Vec<f64>,
    /// Effective number of independent blocks for each coefficient, G*.
    pub(crate) effective_blocks: Vec<f64>,
}

impl BlockJackknife {
    /// Covariance of the `a`-th and `b`-th requested coefficients.
    pub(crate) fn covariance(&self, a: usize, b: usize) -> f64 {
        self.covariance[a * self.columns + b]
    }

    /// Standard error of the `a`-th requested coefficient.
    pub(crate) fn se(&self, a: usize) -> f64 {
        self.covariance(a, a).sqrt()
    }

    /// Degrees of freedom for its t statistic: G* - 1, at least 1.
    pub(crate) fn df(&self, a: usize) -> f64 {
        (self.effective_blocks[a] - 1.0).max(1.0)
    }
}

/// CR3 covariance of the columns `columns` of a fit, with rows grouped by `time / length`.
///
/// `None` with fewer than two blocks, no columns, or a block that determines a coefficient alone.
pub(crate) fn cr3(
    design: &Design,
    fit: &Fit,
    length: usize,
    columns: &[usize],
) -> Option<BlockJackknife> {
    jackknife(design, fit, length, Wanted::Columns(columns))
}

/// The same for linear combinations of the coefficients (each as long as the coefficients): the delta method's gradients.
pub(crate) fn cr3_along(
    design: &Design,
    fit: &Fit,
    length: usize,
    combinations: &[Vec<f64>],
) -> Option<BlockJackknife> {
    let rows: Vec<Vec<f64>> = combinations
        .iter()
        .map(|c| {
            let mut q = Vec::new();
            design.predict(&fit.factor.solve(c), &mut q);
            q.iter_mut()
                .zip(&fit.weight)
                .for_each(|(q, w)| *q *= w.sqrt());
            q
        })
        .collect();
    jackknife(design, fit, length, Wanted::Rows(&rows))
}

/// What the covariance is wanted of.
#[derive(Clone, Copy)]
enum Wanted<'a> {
    /// Columns of the design.
    Columns(&'a [usize]),
    /// Combinations c, as `W^1/2 X I^-1 c` for all rows.
    Rows(&'a [Vec<f64>]),
}

impl Wanted<'_> {
    fn len(self) -> usize {
        match self {
            Self::Columns(columns) => columns.len(),
            Self::Rows(rows) => rows.len(),
        }
    }
}

fn jackknife(
    design: &Design,
    fit: &Fit,
    length: usize,
    wanted: Wanted<'_>,
) -> Option<BlockJackknife> {
    let ranges = block_ranges(design.times(), length);
    let c = wanted.len();
    if ranges.len() < 2 || c == 0 {
        return None;
    }
    let mut work = Workspace::default();
    let mut sums = vec![0.0; c * c];
    let (mut weight, mut weight_squared) = (vec![0.0; c], vec![0.0; c]);
    for &range in &ranges {
        if work.is_singular(design, fit, range) {
            return None;
        }
        work.add(wanted, range, &mut sums, &mut weight, &mut weight_squared);
    }
    let blocks = ranges.len();
    let scale = (blocks as f64 - 1.0) / blocks as f64;
    sums.iter_mut().for_each(|s| *s *= scale);
    let effective_blocks = weight
        .iter()
        .zip(&weight_squared)
        .map(|(w, s)| if *s > 0.0 { w * w / s } else { 0.0 })
        .collect();
    Some(BlockJackknife {
        columns: c,
        covariance: sums,
        effective_blocks,
    })
}

/// Row ranges of equal `time / length`.
pub(crate) fn block_ranges(times: &[usize], length: usize) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let mut from = 0;
    for i in 1..=times.len() {
        if i == times.len() || times[i] / length != times[from] / length {
            ranges.push((from, i));
            from = i;
        }
    }
    ranges
}

#[derive(Default)]
struct Workspace {
    /// Rows scaled by the root of the weight.
    x: Vec<f64>,
    /// The same times the inverse information.
    spread: Vec<f64>,
    lower: Vec<f64>,
    residual: Vec<f64>,
    m: usize,
}

impl Workspace {
    /// Prepares block `range`: its leverage factorised and its adjusted residuals solved.
    /// True when the block determines a coefficient alone.
    fn is_singular(&mut self, design: &Design, fit: &Fit, (from, to): (usize, usize)) -> bool {
        let n = to - from;
        let m = design.columns();
        self.m = m;
        self.x.clear();
        self.x.extend_from_slice(design.block(from, to));
        self.spread.clear();
        self.residual.clear();
        for (i, row) in (from..to).zip(self.x.chunks_exact_mut(m)) {
            let root = fit.weight[i].sqrt();
            row.iter_mut().for_each(|x| *x *= root);
            self.residual.push(fit.score[i] / root);
            self.spread.extend(fit.factor.solve(row));
        }
        self.lower.clear();
        self.lower.resize(n * n, 0.0);
        for i in 0..n {
            for j in 0..=i {
                let h: f64 = self.spread[i * m..][..m]
                    .iter()
                    .zip(&self.x[j * m..][..m])
                    .map(|(a, b)| a * b)
                    .sum();
                self.lower[i * n + j] = -h;
            }
            self.lower[i * n + i] += 1.0 + JITTER;
        }
        let Some(pivot) = cholesky(&mut self.lower, n) else {
            return true;
        };
        // The smallest pivot bounds the smallest eigenvalue from above, so only a small one needs a closer look.
        if pivot < 1e-3 && smallest_eigenvalue(&self.lower, n) < SINGULAR {
            return true;
        }
        solve_cholesky(&self.lower, n, &mut self.residual);
        false
    }

    fn add(
        &self,
        wanted: Wanted<'_>,
        (from, _): (usize, usize),
        sums: &mut [f64],
        weight: &mut [f64],
        weight_squared: &mut [f64],
    ) {
        let c = wanted.len();
        let mut s = vec![0.0; c];
        for k in 0..c {
            let mut a = 0.0;
            for (i, (row, e)) in self
                .spread
                .chunks_exact(self.m)
                .zip(&self.residual)
                .enumerate()
            {
                let q = match wanted {
                    Wanted::Columns(columns) => row[columns[k]],
                    Wanted::Rows(rows) => rows[k][from + i],
                };
                s[k] += q * e;
                a += q * q;
            }
            weight[k] += a;
            weight_squared[k] += a * a;
        }
        for a in 0..c {
            for b in 0..c {
                sums[a * c + b] += s[a] * s[b];
            }
        }
    }
}

/// In-place lower Cholesky factor; the smallest pivot, or `None` when not positive definite.
fn cholesky(a: &mut [f64], n: usize) -> Option<f64> {
    let mut smallest = f64::INFINITY;
    for i in 0..n {
        let (above, rest) = a.split_at_mut(i * n);
        let row = &mut rest[..n];
        for j in 0..i {
            let other = &above[j * n..][..=j];
            let sum: f64 = row[..j].iter().zip(other).map(|(x, y)| x * y).sum();
            row[j] = (row[j] - sum) / other[j];
        }
        let pivot = row[i] - row[..i].iter().map(|x| x * x).sum::<f64>();
        if !(pivot > 0.0 && pivot.is_finite()) {
            return None;
        }
        smallest = smallest.min(pivot);
        row[i] = pivot.sqrt();
    }
    Some(smallest)
}

fn solve_cholesky(l: &[f64], n: usize, b: &mut [f64]) {
    for i in 0..n {
        let sum: f64 = l[i * n..][..i]
            .iter()
            .zip(b.iter())
            .map(|(x, y)| x * y)
            .sum();
        b[i] = (b[i] - sum) / l[i * n + i];
    }
    for i in (0..n).rev() {
        let v = b[i] / l[i * n + i];
        b[i] = v;
        for (j, y) in b[..i].iter_mut().enumerate() {
            *y -= l[i * n + j] * v;
        }
    }
}

/// Smallest eigenvalue from a Cholesky factor, by inverse iteration.
fn smallest_eigenvalue(l: &[f64], n: usize) -> f64 {
    let mut v: Vec<f64> = (0..n).map(|i| 1.0 + i as f64 * 0.37 % 1.0).collect();
    let mut value = f64::INFINITY;
    for _ in 0..30 {
        let norm = v.iter().map(|x| x * x).sum::<f64>().sqrt();
        v.iter_mut().for_each(|x| *x /= norm);
        solve_cholesky(l, n, &mut v);
        value = v.iter().map(|x| x * x).sum::<f64>().sqrt().recip();
    }
    value
}
