//! Counts with variance μ + μ²/θ (NB2), log link; θ and the coefficients by joint maximum likelihood
//! (J. F. Lawless, Canadian Journal of Statistics 15, 1987).

use crate::stats::estimate::Estimate;
use crate::stats::glm::{Family, FitError, Model};
use crate::stats::matrix::{spd_inverse, standard_errors, weighted_cross};
use crate::stats::profile::{profile_interval, without_column};
use crate::stats::root::brent;
use crate::stats::special::{digamma, ln_gamma, trigamma};
use nalgebra::{DMatrix, DVector};

/// ln θ is looked for here; above, the counts are Poisson for all purposes.
const LN_THETA: (f64, f64) = (-6.0, 12.0);

/// A fitted NB2 regression.
#[derive(Debug, Clone)]
pub(crate) struct NegativeBinomial {
    /// Coefficients by column.
    pub(crate) coef: DVector<f64>,
    /// Inverse expected information of the coefficients.
    pub(crate) covariance: DMatrix<f64>,
    /// θ; infinite when the counts are no more spread than Poisson, and the fit is then the Poisson one.
    pub(crate) theta: f64,
    /// Standard error of θ from its observed information; `None` when θ is infinite or at the edge.
    pub(crate) theta_se: Option<f64>,
    /// Log likelihood.
    pub(crate) loglik: f64,
    /// Fitted means.
    pub(crate) mu: Vec<f64>,
}

impl NegativeBinomial {
    /// Standard errors of the coefficients.
    #[must_use]
    pub(crate) fn se(&self) -> Vec<f64> {
        standard_errors(&self.covariance)
    }
}

struct Data<'a> {
    y: &'a [f64],
    x: &'a DMatrix<f64>,
    offset: Option<&'a [f64]>,
}

impl Data<'_> {
    fn eta(&self, beta: &DVector<f64>) -> DVector<f64> {
        let mut eta = self.x * beta;
        for (e, o) in eta.iter_mut().zip(self.offset.unwrap_or(&[])) {
            *e += o;
        }
        eta
    }

    /// Log likelihood at fixed θ without the terms that do not depend on the coefficients.
    fn kernel(&self, eta: &DVector<f64>, theta: f64) -> f64 {
        self.y
            .iter()
            .zip(eta.iter())
            .map(|(&y, &e)| {
                let mu = Family::Poisson.mean(e);
                y * e - (y + theta) * (mu / theta).ln_1p()
            })
            .sum()
    }

    fn loglik(&self, eta: &DVector<f64>, theta: f64) -> f64 {
        let constants: f64 = self
            .y
            .iter()
            .map(|&y| ln_gamma(y + theta) - ln_gamma(theta) - ln_gamma(y + 1.0) - y * theta.ln())
            .sum();
        self.kernel(eta, theta) + constants
    }

    /// Coefficients at fixed θ, by Fisher scoring with step halving from `start`.
    fn coefficients(&self, theta: f64, start: &DVector<f64>) -> Result<DVector<f64>, FitError> {
        let mut beta = start.clone();
        let mut eta = self.eta(&beta);
        let mut value = self.kernel(&eta, theta);
        for _ in 0..200 {
            let mut residual = DVector::zeros(eta.len());
            let mut weight = vec![0.0; eta.len()];
            for (i, (&y, &e)) in self.y.iter().zip(eta.iter()).enumerate() {
                let mu = Family::Poisson.mean(e);
                let inflation = 1.0 + mu / theta;
                residual[i] = (y - mu) / inflation;
                weight[i] = mu / inflation;
            }
            let information = weighted_cross(self.x, &weight);
            let inverse = spd_inverse(&information).ok_or(FitError::NotConverged)?;
            let step = inverse * self.x.tr_mul(&residual);
            let mut size = 1.0;
            let mut moved = false;
            for _ in 0..40 {
                let next = &beta + &step * size;
                let next_eta = self.eta(&next);
                let next_value = self.kernel(&next_eta, theta);
                if next_value >= value - 1e-12 * (value.abs() + 1.0) {
                    (beta, eta, value) = (next, next_eta, next_value);
                    moved = true;
                    break;
                }
                size *= 0.5;
            }
            if !moved || step.amax() * size < 1e-12 * (1.0 + beta.amax()) {
                break;
            }
        }
        if value.is_finite() {
            Ok(beta)
        } else {
            Err(FitError::NotConverged)
        }
    }

    /// Derivative of the log likelihood with respect to θ at fixed means.
    fn theta_score(&self, eta: &DVector<f64>, theta: f64) -> f64 {
        self.y
            .iter()
            .zip(eta.iter())
            .map(|(&y, &e)| {
                let mu = Family::Poisson.mean(e);
                digamma(y + theta) - digamma(theta) - (mu / theta).ln_1p() + (mu - y) / (mu + theta)
            })
            .sum()
    }
}

/// Maximum likelihood NB2 regression of counts `y` on `x` with an optional offset.
///
/// # Errors
/// Those of the Poisson regression it starts from (no events, aliased columns, bad input).
pub(crate) fn negative_binomial(
    y: &[f64],
    x: &DMatrix<f64>,
    offset: Option<&[f64]>,
) -> Result<NegativeBinomial, FitError> {
    let poisson = Model {
        family: Family::Poisson,
        y,
        x,
        offset,
        penalty: None,
    }
    .fit()?;
    let data = Data { y, x, offset };
    let mut beta = poisson.coef.clone();
    let mut score = |ln_theta: f64| {
        let theta = ln_theta.exp();
        match data.coefficients(theta, &beta) {
            Ok(next) => {
                beta = next;
                data.theta_score(&data.eta(&beta), theta) * theta
            }
            Err(_) => f64::NAN,
        }
    };
    let at_top = score(LN_THETA.1);
    let at_bottom = score(LN_THETA.0);
    if at_top.is_nan() || at_bottom.is_nan() {
        return Err(FitError::NotConverged);
    }
    if at_top >= 0.0 {
        return Ok(NegativeBinomial {
            coef: poisson.coef,
            covariance: poisson.covariance,
            theta: f64::INFINITY,
            theta_se: None,
            loglik: poisson.loglik,
            mu: poisson.mu,
        });
    }
    let ln_theta = if at_bottom <= 0.0 {
        LN_THETA.0
    } else {
        brent(&mut score, LN_THETA.0, LN_THETA.1, 1e-13).ok_or(FitError::NotConverged)?
    };
    let theta = ln_theta.exp();
    let coef = data.coefficients(theta, &beta)?;
    let eta = data.eta(&coef);
    let mu: Vec<f64> = eta.iter().map(|&e| Family::Poisson.mean(e)).collect();
    let weight: Vec<f64> = mu.iter().map(|m| m / (1.0 + m / theta)).collect();
    let covariance = spd_inverse(&weighted_cross(x, &weight)).ok_or(FitError::NotConverged)?;
    let information: f64 = y
        .iter()
        .zip(&mu)
        .map(|(&y, &m)| {
            trigamma(theta) - trigamma(y + theta) - 1.0 / theta + 2.0 / (m + theta)
                - (y + theta) / ((m + theta) * (m + theta))
        })
        .sum();
    Ok(NegativeBinomial {
        loglik: data.loglik(&eta, theta),
        coef,
        covariance,
        theta,
        theta_se: (information > 0.0 && ln_theta > LN_THETA.0).then(|| 1.0 / information.sqrt()),
        mu,
    })
}

/// Profile likelihood interval of coefficient `j`, θ and the other coefficients re-maximised at every step;
/// `inflation` as in [`profile_interval`].
#[must_use]
pub(crate) fn negative_binomial_profile(
    y: &[f64],
    x: &DMatrix<f64>,
    offset: Option<&[f64]>,
    fit: &NegativeBinomial,
    j: usize,
    level: f64,
    inflation: f64,
) -> Option<Estimate> {
    let rest = without_column(x, j);
    if rest.ncols() == 0 {
        return None;
    }
    let column = x.column(j);
    let drop = |b: f64| {
        let held: Vec<f64> = column
            .iter()
            .enumerate()
            .map(|(i, x)| b * x + offset.and_then(|o| o.get(i)).copied().unwrap_or(0.0))
            .collect();
        let inner = negative_binomial(y, &rest, Some(&held)).ok()?;
        Some(2.0 * (fit.loglik - inner.loglik))
    };
    profile_interval(
        drop,
        fit.coef[j],
        fit.covariance[(j, j)].sqrt(),
        level,
        inflation,
    )
}
