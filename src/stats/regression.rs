//! Penalised regression of counts or yes/no answers, by iteratively reweighted least squares (Fisher scoring) with step
//! halving on the penalised deviance (P. McCullagh and J. A. Nelder, "Generalized Linear Models", 2nd ed. 1989).

use crate::stats::design::{Design, Information};
use crate::stats::distribution::normal_upper;

/// Added to every diagonal entry of the information matrix.
const JITTER: f64 = 1e-10;

const MAX_STEPS: usize = 100;
/// Relative change of the deviance below which a fit has settled.
pub(crate) const SETTLED: f64 = 1e-10;

/// Mean of a yes/no outcome at linear predictor `eta`.
pub(crate) fn logistic(eta: f64) -> f64 {
    1.0 / (1.0 + (-eta).exp())
}

/// Variance of a yes/no outcome, which is also dμ/dη; computed from `eta` so that it keeps its digits near 0 and 1.
pub(crate) fn logistic_variance(eta: f64) -> f64 {
    let e = (-eta.abs()).exp();
    e / ((1.0 + e) * (1.0 + e))
}

/// What is being modelled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Family {
    /// Counts, log link. Used as a pseudo-likelihood: nothing here claims the counts are Poisson.
    Poisson,
    /// Yes (1) or no (0), logit link.
    Logistic,
}

/// A fitted model.
#[derive(Debug, Clone)]
pub(crate) struct Fit {
    pub(crate) coefficients: Vec<f64>,
    pub(crate) mean: Vec<f64>,
    /// Fisher weight of each row.
    pub(crate) weight: Vec<f64>,
    /// Derivative of the log-likelihood with respect to each row's linear predictor.
    pub(crate) score: Vec<f64>,
    /// Factorised (penalised) information at the solution.
    pub(crate) factor: Information,
    /// Penalised deviance, up to a constant of the data.
    pub(crate) deviance: f64,
    /// False when the step limit was reached first.
    pub(crate) converged: bool,
}

impl Fit {
    /// Model-based standard error of coefficient `j` (no allowance for dependence).
    pub(crate) fn model_se(&self, j: usize) -> f64 {
        self.factor.inverse_row(j)[j].sqrt()
    }

    /// Largest absolute coefficient per standard deviation of its column; beyond 10 the outcome is separated, or
    /// as good as.
    pub(crate) fn largest_scaled_coefficient(&self, design: &Design) -> f64 {
        let n = design.rows() as f64;
        let scaled = |j: usize| {
            let column = || (0..design.rows()).map(|i| design.row(i)[j]);
            let mean = column().sum::<f64>() / n;
            let squares: f64 = column().map(|x| (x - mean).powi(2)).sum();
            self.coefficients[j].abs() * (squares / n).sqrt()
        };
        (0..design.columns()).map(scaled).fold(0.0, f64::max)
    }
}

struct Data<'a> {
    design: &'a Design,
    y: &'a [f64],
    family: Family,
    penalty: &'a [f64],
    offset: &'a [f64],
}

struct State {
    mean: Vec<f64>,
    weight: Vec<f64>,
    score: Vec<f64>,
    eta: Vec<f64>,
    objective: f64,
}

/// Fits `y` (one number a row) with ridge `penalty` (one number a coefficient). `start` gives starting
/// coefficients; a shorter vector is a nested model's and is padded with zeros at the end.
///
/// `None` when there are no rows or the information is not positive definite.
pub(crate) fn fit(
    design: &Design,
    y: &[f64],
    family: Family,
    penalty: &[f64],
    start: Option<&[f64]>,
) -> Option<Fit> {
    fit_with_offset(design, y, family, penalty, start, &[], SETTLED)
}

/// The same with `offset` added to the linear predictor of each row (nothing when it is empty), until the deviance
/// changes by less than `settled` of itself.
pub(crate) fn fit_with_offset(
    design: &Design,
    y: &[f64],
    family: Family,
    penalty: &[f64],
    start: Option<&[f64]>,
    offset: &[f64],
    settled: f64,
) -> Option<Fit> {
    if design.rows() == 0 || design.columns() == 0 || y.len() != design.rows() {
        return None;
    }
    let ridge: Vec<f64> = penalty.iter().map(|p| p + JITTER).collect();
    let mut b = start_values(design, y, family, start);
    let mut now = State::empty(design.rows());
    let data = Data {
        design,
        y,
        family,
        penalty,
        offset,
    };
    now.evaluate(&data, &b);
    let mut next = State::empty(design.rows());
    let newton_step = |at: &State, b: &[f64]| -> Option<Vec<f64>> {
        let mut gradient = design.transpose_times(&at.score);
        for ((g, p), b) in gradient.iter_mut().zip(penalty).zip(b) {
            *g -= p * b;
        }
        let factor = design.information(&at.weight, &ridge)?;
        Some(factor.solve(&gradient))
    };
    let mut converged = false;
    for _ in 0..MAX_STEPS {
        let step = newton_step(&now, &b)?;
        let moved = line_search(&data, &mut b, &step, &now, &mut next);
        let change = now.objective - next.objective;
        if moved {
            std::mem::swap(&mut now, &mut next);
        }
        if !moved || change.abs() < settled * (now.objective.abs() + 1.0) {
            converged = moved || step.iter().all(|s| s.abs() < 1e-6);
            break;
        }
    }
    // A deviance this large no longer feels the last digits of a coefficient (one night with a million cramps); plain
    // Newton steps still do. A column that separates the counts has no end and is left where it stopped.
    for _ in 0..if now.objective.abs() > 1e4 { 2 } else { 0 } {
        let step = newton_step(&now, &b)?;
        if step.iter().any(|s| s.abs() > 1e-2) {
            break;
        }
        b.iter_mut().zip(&step).for_each(|(b, s)| *b += s);
        now.evaluate(&data, &b);
    }
    let factor = design.information(&now.weight, &ridge)?;
    Some(Fit {
        coefficients: b,
        mean: now.mean,
        weight: now.weight,
        score: now.score,
        factor,
        deviance: now.objective,
        converged,
    })
}

fn start_values(design: &Design, y: &[f64], family: Family, start: Option<&[f64]>) -> Vec<f64> {
    let mut b = vec![0.0; design.columns()];
    if let Some(start) = start {
        for (b, s) in b.iter_mut().zip(start) {
            *b = *s;
        }
        return b;
    }
    let mean = y.iter().sum::<f64>() / y.len() as f64;
    b[0] = match family {
        Family::Logistic => {
            let m = mean.clamp(0.001, 0.999);
            (m / (1.0 - m)).ln()
        }
        _ => mean.clamp(0.001, 1e9).ln(),
    };
    b
}

/// Takes the longest halved step that does not raise the objective; false when none does.
fn line_search(
    data: &Data<'_>,
    b: &mut Vec<f64>,
    step: &[f64],
    now: &State,
    next: &mut State,
) -> bool {
    let mut length = 1.0;
    while length >= 1e-6 {
        let trial: Vec<f64> = b.iter().zip(step).map(|(b, s)| b + length * s).collect();
        next.evaluate(data, &trial);
        if next.objective.is_finite() && next.objective <= now.objective + 1e-10 {
            *b = trial;
            return true;
        }
        length /= 2.0;
    }
    false
}

impl State {
    fn empty(rows: usize) -> Self {
        let zeros = || Vec::with_capacity(rows);
        Self {
            mean: zeros(),
            weight: zeros(),
            score: zeros(),
            eta: zeros(),
            objective: f64::INFINITY,
        }
    }

    fn evaluate(&mut self, data: &Data<'_>, b: &[f64]) {
        let Data {
            design,
            y,
            family,
            penalty,
            offset,
        } = *data;
        design.predict(b, &mut self.eta);
        for (eta, offset) in self.eta.iter_mut().zip(offset) {
            *eta += offset;
        }
        self.mean.clear();
        self.weight.clear();
        self.score.clear();
        let mut deviance = 0.0;
        let (lowest, highest) = match family {
            Family::Logistic => (-30.0, 30.0),
            _ => (-30.0, 12.0),
        };
        for (&eta, &y) in self.eta.iter().zip(y) {
            let eta = eta.clamp(lowest, highest);
            let (mean, weight, score, part) = match family {
                Family::Poisson => {
                    let mu = eta.exp();
                    (mu, mu, y - mu, 2.0 * (mu - y * eta))
                }
                Family::Logistic => {
                    let mu = logistic(eta);
                    // Near one the mean has no digits left for its distance from it.
                    let ln_calm = if eta > 12.0 {
                        -eta - (-eta).exp().ln_1p()
                    } else {
                        (-mu).ln_1p()
                    };
                    let part = if y > 0.0 { mu.ln() } else { ln_calm };
                    (mu, mu * (1.0 - mu), y - mu, -2.0 * part)
                }
            };
            self.mean.push(mean);
            self.weight.push(weight);
            self.score.push(score);
            deviance += part;
        }
        self.objective = deviance + penalty.iter().zip(b).map(|(p, b)| p * b * b).sum::<f64>();
    }
}

/// A statistic with its p.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Test {
    pub(crate) statistic: f64,
    pub(crate) p: f64,
}

/// Pearson's dispersion Σ(y−μ)²/v divided by the residual degrees of freedom, v being the model's variances (the means
/// for Poisson); `None` without degrees of freedom or with a variance of zero.
pub(crate) fn pearson_dispersion(
    y: &[f64],
    mu: &[f64],
    variance: &[f64],
    df_residual: usize,
) -> Option<f64> {
    let sum: f64 = y
        .iter()
        .zip(mu)
        .zip(variance)
        .map(|((y, m), v)| (y - m).powi(2) / v)
        .sum();
    (df_residual > 0 && sum.is_finite()).then(|| sum / df_residual as f64)
}

/// The score test of C. Dean and J. F. Lawless (JASA 84, 1989) against NB2 alternatives, one-sided.
pub(crate) fn dean(y: &[f64], mu: &[f64]) -> Option<Test> {
    let top: f64 = y.iter().zip(mu).map(|(y, m)| (y - m).powi(2) - y).sum();
    let z = top / (2.0 * mu.iter().map(|m| m * m).sum::<f64>()).sqrt();
    z.is_finite().then(|| Test {
        statistic: z,
        p: normal_upper(z),
    })
}
