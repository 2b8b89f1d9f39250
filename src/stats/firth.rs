//! Yes/no regression with Jeffreys' penalty, finite when a factor separates cramp nights from calm ones: D. Firth,
//! Biometrika 80 (1993); G. Heinze and M. Schemper, Statistics in Medicine 21 (2002); the FLIC intercept of R. Puhr et
//! al., Statistics in Medicine 36 (2017).

use crate::stats::design::{Design, Information};
use crate::stats::regression::{Fit, logistic, logistic_variance};

/// Added to every diagonal entry of the information matrix.
const JITTER: f64 = 1e-10;

const MAX_STEPS: usize = 200;

/// No coefficient moves further at once.
const LONGEST_STEP: f64 = 2.0;

struct Point {
    mean: Vec<f64>,
    weight: Vec<f64>,
    /// Derivative of the penalised likelihood with respect to each row's linear predictor.
    score: Vec<f64>,
    factor: Information,
    /// Twice the negative penalised log likelihood.
    objective: f64,
}

/// Maximises `loglik - 1/2 penalty·b² + 1/2 ln det(X'WX + penalty)`. The `score` of the result holds the modified
/// contributions `y - mu + h (1/2 - mu)`, h the leverages.
///
/// `None` when there are no rows or the information is not positive definite.
pub(crate) fn fit_firth(design: &Design, y: &[f64], penalty: &[f64]) -> Option<Fit> {
    if design.rows() == 0 || design.columns() == 0 || y.len() != design.rows() {
        return None;
    }
    let mut b = vec![0.0; design.columns()];
    let mut now = at(design, y, penalty, &b)?;
    let mut converged = false;
    for _ in 0..MAX_STEPS {
        let mut gradient = design.transpose_times(&now.score);
        for ((g, p), b) in gradient.iter_mut().zip(penalty).zip(&b) {
            *g -= p * b;
        }
        let mut step = now.factor.solve(&gradient);
        let largest = step.iter().fold(0.0f64, |m, s| m.max(s.abs()));
        if largest > LONGEST_STEP {
            step.iter_mut().for_each(|s| *s *= LONGEST_STEP / largest);
        }
        if largest < 1e-10 {
            converged = true;
            break;
        }
        let mut length = 1.0;
        let next = loop {
            let trial: Vec<f64> = b.iter().zip(&step).map(|(b, s)| b + length * s).collect();
            match at(design, y, penalty, &trial) {
                Some(p) if p.objective <= now.objective + 1e-11 * (now.objective.abs() + 1.0) => {
                    b = trial;
                    break Some(p);
                }
                _ if length < 1e-6 => break None,
                _ => length /= 2.0,
            }
        };
        let Some(next) = next else {
            // Nothing better within a millionth of a step: the maximum, to rounding.
            converged = largest < 1e-5;
            break;
        };
        now = next;
    }
    Some(Fit {
        coefficients: b,
        mean: now.mean,
        weight: now.weight,
        score: now.score,
        factor: now.factor,
        deviance: now.objective,
        converged,
    })
}

fn at(design: &Design, y: &[f64], penalty: &[f64], b: &[f64]) -> Option<Point> {
    let mut eta = Vec::new();
    design.predict(b, &mut eta);
    let mean: Vec<f64> = eta.iter().map(|&e| logistic(e)).collect();
    let weight: Vec<f64> = eta.iter().map(|&e| logistic_variance(e)).collect();
    let ridge: Vec<f64> = penalty.iter().map(|p| p + JITTER).collect();
    let factor = design.information(&weight, &ridge)?;
    let loglik: f64 = eta
        .iter()
        .zip(y)
        .map(|(&e, &y)| y * e - e.max(0.0) - (-e.abs()).exp().ln_1p())
        .sum();
    let ridge: f64 = penalty.iter().zip(b).map(|(p, b)| p * b * b).sum();
    let objective = -2.0 * loglik + ridge - factor.log_det();
    let leverage = leverages(design, &factor, &weight);
    let score = y
        .iter()
        .zip(&mean)
        .zip(&leverage)
        .map(|((y, m), h)| y - m + h * (0.5 - m))
        .collect();
    objective.is_finite().then_some(Point {
        mean,
        weight,
        score,
        factor,
        objective,
    })
}

/// `w x' M^-1 x` of every row.
fn leverages(design: &Design, factor: &Information, weight: &[f64]) -> Vec<f64> {
    let of = |(i, w): (usize, &f64)| {
        let row = design.row(i);
        w * row
            .iter()
            .zip(factor.solve(row))
            .map(|(a, b)| a * b)
            .sum::<f64>()
    };
    weight.iter().enumerate().map(of).collect()
}

/// What has to be added to every linear predictor `eta` of a logistic fit, so that the mean prediction equals the
/// observed share. `None` when all outcomes are alike.
pub(crate) fn flic_shift(y: &[f64], eta: &[f64]) -> Option<f64> {
    let events: f64 = y.iter().sum();
    if events <= 0.0 || events >= y.len() as f64 {
        return None;
    }
    let mut shift = 0.0;
    for _ in 0..200 {
        let (mut expected, mut slope) = (0.0, 0.0);
        for &e in eta.iter() {
            expected += logistic(e + shift);
            slope += logistic_variance(e + shift);
        }
        let step = ((events - expected) / slope).clamp(-2.0, 2.0);
        shift += step;
        if step.abs() < 1e-15 * (1.0 + shift.abs()) {
            break;
        }
    }
    Some(shift)
}

/// Average probability over linear predictors, and its derivative with respect to each of them (X' of which is the gradient in
/// the coefficients): marginal standardisation after J. M. Bieler et al., American Journal of Epidemiology 171 (2010).
pub(crate) fn average_mean(eta: &[f64]) -> (f64, Vec<f64>) {
    let n = eta.len() as f64;
    let mean = eta.iter().map(|&e| logistic(e)).sum::<f64>() / n;
    (
        mean,
        eta.iter().map(|&e| logistic_variance(e) / n).collect(),
    )
}
