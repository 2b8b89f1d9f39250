//! Hurdle counts: a logistic model for whether anything happens and a zero-truncated Poisson or NB2 model for how much
//! when it does (J. Mullahy, Journal of Econometrics 33, 1986).

use crate::stats::glm::{Family, Fit, FitError, Model};
use crate::stats::matrix::spd_inverse;
use crate::stats::root::brent;
use crate::stats::special::{digamma, ln_gamma};
use nalgebra::{DMatrix, DVector};

/// Distribution of the positive counts before truncation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counts {
    /// Poisson.
    Poisson,
    /// NB2 with its own θ.
    NegativeBinomial,
}

/// A fitted hurdle model.
#[derive(Debug, Clone)]
pub(crate) struct Hurdle {
    /// Coefficients of the truncated count model (log link).
    pub(crate) count: DVector<f64>,
    /// Their covariance from the observed information (θ estimated along).
    pub(crate) count_covariance: DMatrix<f64>,
    /// θ of the NB2 counts.
    pub(crate) theta: Option<f64>,
    /// The logistic model of any against none.
    pub(crate) zero: Fit,
    /// Log likelihood of both parts together.
    pub(crate) loglik: f64,
}

/// Log likelihood of one positive count with its derivatives in η = ln μ and, for NB2, in ln θ.
fn positive(y: f64, eta: f64, theta: Option<f64>) -> (f64, f64, f64) {
    let mu = Family::Poisson.mean(eta);
    match theta {
        None => {
            let some = -(-mu).exp_m1();
            (
                y * eta - mu - some.ln() - ln_gamma(y + 1.0),
                y - mu / some,
                0.0,
            )
        }
        Some(theta) => {
            let ln_ratio = (mu / theta).ln_1p();
            // ln P(0) and its complement.
            let ln_zero = -theta * ln_ratio;
            let some = -ln_zero.exp_m1();
            let odds = ln_zero.exp() / some;
            let full = ln_gamma(y + theta) - ln_gamma(theta) - ln_gamma(y + 1.0)
                + y * (eta - theta.ln())
                - (y + theta) * ln_ratio;
            let by_eta = (y - mu) / (1.0 + mu / theta) - odds * mu / (1.0 + mu / theta);
            let tail = ln_ratio - mu / (mu + theta);
            let by_ln_theta = theta
                * (digamma(y + theta) - digamma(theta) - ln_ratio + (mu - y) / (mu + theta)
                    - odds * tail);
            (full - some.ln(), by_eta, by_ln_theta)
        }
    }
}

struct Truncated<'a> {
    y: &'a [f64],
    x: &'a DMatrix<f64>,
}

impl Truncated<'_> {
    fn loglik(&self, beta: &DVector<f64>, theta: Option<f64>) -> f64 {
        (self.x * beta)
            .iter()
            .zip(self.y)
            .map(|(&e, &y)| positive(y, e, theta).0)
            .sum()
    }

    /// Score in the coefficients and in ln θ.
    fn score(&self, beta: &DVector<f64>, theta: Option<f64>) -> (DVector<f64>, f64) {
        let mut by_eta = DVector::zeros(self.y.len());
        let mut by_ln_theta = 0.0;
        for (i, (&e, &y)) in (self.x * beta).iter().zip(self.y).enumerate() {
            let (_, d, t) = positive(y, e, theta);
            by_eta[i] = d;
            by_ln_theta += t;
        }
        (self.x.tr_mul(&by_eta), by_ln_theta)
    }

    /// Observed information in the coefficients, by central differences of the score in η (each row depends on the
    /// coefficients through η alone).
    fn information(&self, beta: &DVector<f64>, theta: Option<f64>) -> DMatrix<f64> {
        let h = 1e-5;
        let curvature: Vec<f64> = (self.x * beta)
            .iter()
            .zip(self.y)
            .map(|(&e, &y)| (positive(y, e - h, theta).1 - positive(y, e + h, theta).1) / (2.0 * h))
            .collect();
        crate::stats::matrix::weighted_cross(self.x, &curvature)
    }

    /// Coefficients at fixed θ by Newton's method, with a ridge added while the information is not positive.
    fn fit(&self, theta: Option<f64>, start: &DVector<f64>) -> Result<DVector<f64>, FitError> {
        let mut beta = start.clone();
        let mut value = self.loglik(&beta, theta);
        for _ in 0..200 {
            let (score, _) = self.score(&beta, theta);
            let information = self.information(&beta, theta);
            let mut lift = 0.0;
            let inverse = loop {
                let mut lifted = information.clone();
                for j in 0..beta.len() {
                    lifted[(j, j)] += lift * (1.0 + information[(j, j)].abs());
                }
                match spd_inverse(&lifted) {
                    Some(inverse) => break inverse,
                    None if lift > 1e6 => return Err(FitError::NotConverged),
                    None => lift = (lift * 10.0_f64).max(1e-3),
                }
            };
            let step = inverse * score;
            let mut size = 1.0;
            let mut moved = false;
            for _ in 0..40 {
                let next = &beta + &step * size;
                let next_value = self.loglik(&next, theta);
                if next_value >= value - 1e-12 * value.abs() {
                    (beta, value) = (next, next_value);
                    moved = true;
                    break;
                }
                size *= 0.5;
            }
            if !moved || step.amax() * size < 1e-10 * (1.0 + beta.amax()) {
                break;
            }
        }
        if value.is_finite() {
            Ok(beta)
        } else {
            Err(FitError::NotConverged)
        }
    }
}

/// Fits both parts on the same design.
///
/// # Errors
/// [`FitError::NoContrast`] when there are no zeros, no positive counts, or no count above one; otherwise as
/// [`Model::fit`].
pub(crate) fn hurdle(y: &[f64], x: &DMatrix<f64>, counts: Counts) -> Result<Hurdle, FitError> {
    let some: Vec<f64> = y.iter().map(|&y| f64::from(u8::from(y > 0.0))).collect();
    let zero = Model {
        family: Family::Binomial,
        y: &some,
        x,
        offset: None,
        penalty: None,
    }
    .fit()?;
    let rows: Vec<usize> = (0..y.len()).filter(|&i| y[i] > 0.0).collect();
    let positive_y: Vec<f64> = rows.iter().map(|&i| y[i]).collect();
    if positive_y.iter().all(|&y| y <= 1.0) {
        return Err(FitError::NoContrast);
    }
    let positive_x = x.select_rows(&rows);
    let data = Truncated {
        y: &positive_y,
        x: &positive_x,
    };
    let plain = Model {
        family: Family::Poisson,
        y: &positive_y,
        x: &positive_x,
        offset: None,
        penalty: None,
    }
    .fit()?;
    let mut beta = data.fit(None, &plain.coef)?;
    let theta = match counts {
        Counts::Poisson => None,
        Counts::NegativeBinomial => {
            let mut score = |ln_theta: f64| match data.fit(Some(ln_theta.exp()), &beta) {
                Ok(next) => {
                    beta = next;
                    data.score(&beta, Some(ln_theta.exp())).1
                }
                Err(_) => f64::NAN,
            };
            let ln_theta = if score(12.0) >= 0.0 {
                None
            } else {
                Some(brent(&mut score, -6.0, 12.0, 1e-11).ok_or(FitError::NotConverged)?)
            };
            ln_theta.map(f64::exp)
        }
    };
    let count = data.fit(theta, &beta)?;
    let p = count.len();
    let information = data.information(&count, theta);
    let count_covariance = match theta {
        None => spd_inverse(&information).ok_or(FitError::NotConverged)?,
        Some(theta) => {
            let h = 1e-4_f64;
            let (up, up_t) = data.score(&count, Some(theta * h.exp()));
            let (down, down_t) = data.score(&count, Some(theta * (-h).exp()));
            let mut joint = information.resize(p + 1, p + 1, 0.0);
            for j in 0..p {
                let cross = (down[j] - up[j]) / (2.0 * h);
                joint[(j, p)] = cross;
                joint[(p, j)] = cross;
            }
            joint[(p, p)] = (down_t - up_t) / (2.0 * h);
            spd_inverse(&joint)
                .ok_or(FitError::NotConverged)?
                .view((0, 0), (p, p))
                .into_owned()
        }
    };
    let loglik = zero.loglik + data.loglik(&count, theta);
    Ok(Hurdle {
        count,
        count_covariance,
        theta,
        zero,
        loglik,
    })
}
