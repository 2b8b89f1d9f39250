//! Counts of nights on a background that remembers: log-rate regression of all columns together, the background a
//! latent AR(1) log rate whose strength and memory are averaged over a fixed grid.
//!
//! The working covariance is `diag(1/mu) + s^2 phi^|t_i - t_j|` (S. L. Zeger, "A regression model for time series of
//! counts", Biometrika 75, 1988); it is never formed: a Kalman filter whitens every column in one pass over the nights
//! (A. C. Harvey, "Forecasting, structural time series models and the Kalman filter", 1989), so that a fit costs time
//! linear in the nights. Every coefficient has a normal prior, and the one that is judged is released from its own in
//! closed form ([`LatentFit::release`]).

use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;

use crate::stats::distribution::{chi2_upper, normal_two_sided};

/// One setting of the background: standard deviation and lag-1 correlation of its log rate, and its prior weight.
type Setting = (f64, f64, f64);

/// Standard deviations with their prior weights, and correlations with theirs: the grid is their product.
const SD: [(f64, f64); 5] = [(0.2, 1.0), (0.4, 1.0), (0.6, 0.5), (0.9, 0.2), (1.3, 0.05)];
const CORRELATION: [(f64, f64); 4] = [(0.6, 0.5), (0.85, 1.0), (0.95, 1.0), (0.985, 1.0)];
/// Strong backgrounds that forget within a night: counts more scattered than Poisson ones.
const SCATTERED: [Setting; 2] = [(1.0, 0.2, 0.02), (1.8, 0.2, 0.02)];
/// Setting at which the working response is found.
const CENTRE: (f64, f64) = (0.6, 0.9);
/// Limits of the linear predictor.
const LOWEST: f64 = -7.0;
const HIGHEST: f64 = 4.0;
/// Largest change of a coefficient in one step, and the change below which the fit has settled.
const LONGEST_STEP: f64 = 1.5;
const SETTLED: f64 = 1e-10;
const MAX_STEPS: usize = 100;
/// Information about a column without its prior below which there is nothing to judge.
const NO_INFORMATION: f64 = 1e-3;
/// Rows below which the grid is run on one thread: handing them out costs more.
const FEW_ROWS: usize = 256;

/// The 22 settings of the grid: the product with the correlation inside, then the scattered ones.
fn grid() -> Vec<Setting> {
    let product = SD.iter().flat_map(|&(s, ws)| {
        CORRELATION
            .iter()
            .map(move |&(phi, wphi)| (s, phi, ws * wphi))
    });
    product.chain(SCATTERED).collect()
}

/// What is fitted.
#[derive(Debug, Clone)]
pub(crate) struct LatentData<'a> {
    /// Calendar night of each row, ascending and distinct.
    pub(crate) times: &'a [usize],
    /// Number of events of each row.
    pub(crate) counts: &'a [f64],
    /// The columns, each as long as `counts`; the first is the intercept.
    pub(crate) columns: Vec<&'a [f64]>,
    /// Prior precision of each coefficient.
    pub(crate) precision: Vec<f64>,
    /// How many of the columns, from the first, are background.
    pub(crate) background: usize,
}

/// The normal equations of one setting, whitened.
#[derive(Debug, Clone)]
struct Whitened {
    /// `X'V^-1X` of the columns and, last, of the working response: `q + 1` by `q + 1`, lower triangle.
    cross: DMatrix<f64>,
    /// ln |V|.
    log_det: f64,
    prior_weight: f64,
}

/// One setting, solved.
#[derive(Debug, Clone)]
struct Solved {
    weight: f64,
    coefficients: DVector<f64>,
    inverse: DMatrix<f64>,
    /// Scatter of the whitened residuals, at least 1.
    kappa: f64,
}

/// The fit over the whole grid.
#[derive(Debug, Clone)]
pub(crate) struct LatentFit {
    precision: Vec<f64>,
    solved: Vec<Solved>,
    /// Coefficients at the centre of the grid (sd 0.6, correlation 0.9), priors included.
    pub(crate) centre: Vec<f64>,
}

/// Columns judged together, each without its own prior.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Released {
    /// Log rate ratio of each column.
    pub(crate) b: Vec<f64>,
    /// Their covariance, row by row.
    covariance: Vec<f64>,
    /// Two-sided p of "none of them matters": normal for one column, chi-squared for more.
    pub(crate) p: f64,
}

impl Released {
    /// Standard error of column `k`.
    pub(crate) fn se(&self, k: usize) -> f64 {
        self.covariance[k * self.b.len() + k].sqrt()
    }
}

/// Fits all columns. `None` without an event, with as few rows as background columns, or when the working response does
/// not settle.
pub(crate) fn fit_latent(data: &LatentData<'_>) -> Option<LatentFit> {
    let n = data.counts.len();
    let total: f64 = data.counts.iter().sum();
    if n <= data.background || total <= 0.0 || !total.is_finite() {
        return None;
    }
    let rows = Rows::new(data);
    let (centre, working) = rows.working_response(data, total / n as f64)?;
    let one = |&(s, phi, prior_weight): &Setting| {
        let (cross, log_det) = rows.whiten(&working, s, phi);
        Whitened {
            cross,
            log_det,
            prior_weight,
        }
    };
    let settings = grid();
    let whitened: Vec<Whitened> = if n < FEW_ROWS {
        settings.iter().map(one).collect()
    } else {
        settings.par_iter().map(one).collect()
    };
    LatentFit::solve(
        (n - data.background) as f64,
        data.precision.clone(),
        &whitened,
        centre,
    )
}

/// Mean and working response of each row at the converged coefficients.
struct Working {
    mean: Vec<f64>,
    response: Vec<f64>,
}

/// The columns row by row, with the nights between neighbouring rows.
struct Rows {
    width: usize,
    x: Vec<f64>,
    gaps: Vec<i32>,
}

impl Rows {
    fn new(data: &LatentData<'_>) -> Self {
        let width = data.columns.len();
        let n = data.counts.len();
        let mut x = Vec::with_capacity(n * width);
        for i in 0..n {
            x.extend(data.columns.iter().map(|c| c[i]));
        }
        let gap = |w: &[usize]| i32::try_from(w[1].saturating_sub(w[0])).unwrap_or(i32::MAX);
        let gaps = std::iter::once(0)
            .chain(data.times.windows(2).map(gap))
            .collect();
        Self { width, x, gaps }
    }

    /// Iterates at the centre of the grid; the coefficients and the working response there.
    fn working_response(&self, data: &LatentData<'_>, mean: f64) -> Option<(Vec<f64>, Working)> {
        let q = self.width;
        let mut b = vec![0.0; q];
        *b.first_mut()? = mean.ln();
        for _ in 0..MAX_STEPS {
            let working = self.work(data.counts, &b);
            let (cross, _) = self.whiten(&working, CENTRE.0, CENTRE.1);
            let (a, r) = normal_equations(&cross, &data.precision);
            let target = a.cholesky()?.solve(&r);
            let longest = target.iter().zip(&b).map(|(g, b)| (g - b).abs());
            let longest = longest.fold(0.0, f64::max);
            if !longest.is_finite() {
                return None;
            }
            let step = (LONGEST_STEP / longest).min(1.0);
            for (b, g) in b.iter_mut().zip(target.iter()) {
                *b += step * (g - *b);
            }
            if longest < SETTLED {
                let working = self.work(data.counts, &b);
                return Some((b, working));
            }
        }
        None
    }

    fn work(&self, counts: &[f64], b: &[f64]) -> Working {
        let rows = self.x.chunks_exact(self.width).zip(counts);
        let (mean, response) = rows
            .map(|(x, y)| {
                let eta: f64 = x.iter().zip(b).map(|(x, b)| x * b).sum();
                let eta = eta.clamp(LOWEST, HIGHEST);
                let mu = eta.exp();
                (mu, eta + (y - mu) / mu)
            })
            .unzip();
        Working { mean, response }
    }

    /// Cross products of all columns and the response, whitened by the Kalman filter of one setting, and ln |V|.
    /// Rows are summed in their order, so that the answer is the same to the last bit on any number of threads.
    fn whiten(&self, working: &Working, s: f64, phi: f64) -> (DMatrix<f64>, f64) {
        let (q, m) = (self.width, self.width + 1);
        let (mut state, mut white) = (vec![0.0; m], vec![0.0; 4 * m]);
        let mut cross = vec![0.0; m * m];
        let stationary = s * s;
        let (mut p, mut log_det, mut product) = (stationary, 0.0, 1.0f64);
        let mut filled = 0;
        let rows = self.x.chunks_exact(q).zip(&self.gaps);
        for (i, (x, &gap)) in rows.enumerate() {
            let mut f = 1.0;
            if i > 0 {
                f = if gap == 1 { phi } else { phi.powi(gap) };
                p = stationary + f * f * (p - stationary);
            }
            let total = p + 1.0 / working.mean[i];
            let (gain, root) = (p / total, total.sqrt().recip());
            let (out, last) = white[filled * m..][..m].split_at_mut(q);
            let (states, of_response) = state.split_at_mut(q);
            let response = &working.response[i..=i];
            filter(out, states, x, (f, gain, root));
            filter(last, of_response, response, (f, gain, root));
            p -= gain * p;
            // The logarithm of a product of a few: one logarithm takes as long as several rows.
            product *= total;
            filled += 1;
            if filled == 4 {
                add_four(&mut cross, &white, m);
                log_det += product.ln();
                (filled, product) = (0, 1.0);
            }
        }
        white[filled * m..].fill(0.0);
        add_four(&mut cross, &white, m);
        log_det += product.ln();
        (DMatrix::from_row_slice(m, m, &cross), log_det)
    }
}

/// One step of the filter for every column: what is new in its value, scaled, and its state after it.
fn filter(out: &mut [f64], state: &mut [f64], values: &[f64], (f, gain, root): (f64, f64, f64)) {
    for ((o, s), value) in out.iter_mut().zip(state).zip(values) {
        let a = f * *s;
        let new = value - a;
        *o = new * root;
        *s = a + gain * new;
    }
}

/// Adds the cross products of four rows of `m` numbers to the lower triangle of a row-major matrix.
fn add_four(cross: &mut [f64], rows: &[f64], m: usize) {
    let (a, rest) = rows.split_at(m);
    let (b, rest) = rest.split_at(m);
    let (c, d) = rest.split_at(m);
    for i in 0..m {
        let out = &mut cross[i * m..][..=i];
        let (ai, bi, ci, di) = (a[i], b[i], c[i], d[i]);
        let rows = a.iter().zip(b).zip(c).zip(d);
        for (o, (((aj, bj), cj), dj)) in out.iter_mut().zip(rows) {
            *o += ai * aj + bi * bj + ci * cj + di * dj;
        }
    }
}

/// `X'V^-1X + P` and `X'V^-1z` out of the cross products.
fn normal_equations(cross: &DMatrix<f64>, precision: &[f64]) -> (DMatrix<f64>, DVector<f64>) {
    let q = precision.len();
    let a = DMatrix::from_fn(q, q, |i, j| {
        let own = if i == j { precision[i] } else { 0.0 };
        cross[(i.max(j), i.min(j))] + own
    });
    (a, DVector::from_fn(q, |j, _| cross[(q, j)]))
}

impl LatentFit {
    fn solve(
        freedom: f64,
        precision: Vec<f64>,
        whitened: &[Whitened],
        centre: Vec<f64>,
    ) -> Option<Self> {
        let q = precision.len();
        let mut log_weights = Vec::with_capacity(whitened.len());
        let mut solved = Vec::with_capacity(whitened.len());
        for w in whitened {
            let (a, r) = normal_equations(&w.cross, &precision);
            let factor = a.cholesky()?;
            let coefficients = factor.solve(&r);
            let rss = (w.cross[(q, q)] - coefficients.dot(&r)).max(f64::MIN_POSITIVE);
            let log_det: f64 = factor.l_dirty().diagonal().iter().map(|d| d.ln()).sum();
            log_weights.push(
                -0.5 * w.log_det - log_det - 0.5 * freedom * (rss / freedom).ln()
                    + w.prior_weight.ln(),
            );
            solved.push(Solved {
                weight: 0.0,
                coefficients,
                inverse: factor.inverse(),
                kappa: (rss / freedom).max(1.0),
            });
        }
        let best = log_weights
            .iter()
            .copied()
            .fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = log_weights.iter().map(|l| (l - best).exp()).collect();
        let total: f64 = weights.iter().sum();
        if !total.is_finite() {
            return None;
        }
        for (s, w) in solved.iter_mut().zip(&weights) {
            s.weight = w / total;
        }
        Some(Self {
            precision,
            solved,
            centre,
        })
    }

    /// Weight of each setting of the grid, in its order; they sum to 1.
    pub(crate) fn grid_weights(&self) -> Vec<f64> {
        self.solved.iter().map(|s| s.weight).collect()
    }

    /// Scatter of the counts beyond the background, averaged over the grid; 1 for none.
    pub(crate) fn kappa(&self) -> f64 {
        self.solved.iter().map(|s| s.weight * s.kappa).sum()
    }

    /// Standard deviation and lag-1 correlation of the latent log rate, variances averaged over the grid.
    pub(crate) fn latent(&self) -> (f64, f64) {
        let (mut variance, mut covariance) = (0.0, 0.0);
        for (solved, (s, phi, _)) in self.solved.iter().zip(grid()) {
            variance += solved.weight * s * s;
            covariance += solved.weight * s * s * phi;
        }
        (variance.sqrt(), covariance / variance)
    }

    /// Weight of the two settings that stand for counts more scattered than Poisson ones.
    pub(crate) fn scattered(&self) -> f64 {
        let last = self.solved.iter().rev().take(SCATTERED.len());
        last.map(|s| s.weight).sum()
    }

    /// Judges `columns` together, released from their own priors and averaged over the grid. `None` when the nights
    /// hold no information about them.
    pub(crate) fn release(&self, columns: &[usize]) -> Option<Released> {
        let k = columns.len();
        let mut parts = Vec::with_capacity(self.solved.len());
        let mut mean = DVector::zeros(k);
        for s in &self.solved {
            let block = DMatrix::from_fn(k, k, |i, j| s.inverse[(columns[i], columns[j])]);
            let with_prior = block.cholesky()?.inverse();
            let own = DMatrix::from_fn(k, k, |i, j| {
                let prior = if i == j {
                    self.precision[columns[i]]
                } else {
                    0.0
                };
                with_prior[(i, j)] - prior
            });
            if (0..k).any(|i| own[(i, i)].is_nan() || own[(i, i)] < NO_INFORMATION) {
                return None;
            }
            let shrunk = DVector::from_fn(k, |i, _| s.coefficients[columns[i]]);
            let factor = own.cholesky()?;
            let b = factor.solve(&(with_prior * shrunk));
            mean += &b * s.weight;
            parts.push((s.weight, b, factor.inverse() * s.kappa));
        }
        let mut covariance = DMatrix::zeros(k, k);
        for (weight, b, own) in parts {
            let apart = b - &mean;
            covariance += (own + &apart * apart.transpose()) * weight;
        }
        let p = if k == 1 {
            normal_two_sided(mean[0] / covariance[(0, 0)].sqrt())
        } else {
            let w = mean.dot(&covariance.clone().cholesky()?.solve(&mean));
            chi2_upper(w, k as f64)
        };
        p.is_finite().then(|| Released {
            b: mean.iter().copied().collect(),
            covariance: covariance.iter().copied().collect(),
            p,
        })
    }
}
