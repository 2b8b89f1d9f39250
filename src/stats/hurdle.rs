//! The hurdle model: a logistic part for whether anything happens, and a zero-truncated part for how much when it does,
//! Poisson or NB2 with variance `mu + mu^2/theta` (J. Mullahy, Journal of Econometrics 33, 1986).

use crate::stats::design::Design;
use crate::stats::regression::{Family, Fit, fit_with_offset};
use crate::stats::solve::{FitError, brent, spd_inverse, weighted_cross};
use crate::stats::special::{digamma, ln_gamma};
use nalgebra::{DMatrix, DVector};

/// Beyond this the counts are Poisson for every purpose.
const LARGEST_LN_THETA: f64 = 12.0;

const SMALLEST_LN_THETA: f64 = -6.0;

/// Relative change of the deviance that is rounding alone.
const TO_ROUNDING: f64 = 1e-14;

/// A fitted hurdle model.
#[derive(Debug, Clone)]
pub(crate) struct Hurdle {
    /// Coefficients of the truncated count model (log link).
    pub(crate) count: DVector<f64>,
    /// Their covariance from the observed information (θ estimated along).
    pub(crate) count_covariance: DMatrix<f64>,
    pub(crate) theta: Option<f64>,
    /// The logistic model of any against none, on the same columns.
    pub(crate) zero: Fit,
    /// Covariance of its coefficients.
    pub(crate) zero_covariance: DMatrix<f64>,
    pub(crate) loglik: f64,
}

/// Log likelihood of one positive count with its derivatives in η = ln μ and, for NB2, in ln θ.
fn positive(y: f64, eta: f64, theta: Option<f64>) -> (f64, f64, f64) {
    let mu = eta.clamp(-700.0, 700.0).exp();
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
        weighted_cross(self.x, &curvature)
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

/// Fits both parts on the same design, NB2 counts with their own θ.
///
/// # Errors
/// [`FitError::NoContrast`] when there are no zeros, no positive counts, or no count above one;
/// [`FitError::NotConverged`] when a part has no maximum.
pub(crate) fn hurdle(y: &[f64], x: &DMatrix<f64>) -> Result<Hurdle, FitError> {
    let some: Vec<f64> = y.iter().map(|&y| f64::from(u8::from(y > 0.0))).collect();
    let rows: Vec<usize> = (0..y.len()).filter(|&i| y[i] > 0.0).collect();
    let positive_y: Vec<f64> = rows.iter().map(|&i| y[i]).collect();
    if rows.len() == y.len() || positive_y.iter().all(|&y| y <= 1.0) {
        return Err(FitError::NoContrast);
    }
    let unpenalised = vec![0.0; x.ncols()];
    // Both parts are stated to their last digits, so the fits go on until only rounding is left.
    let fit_dense = |y: &[f64], x: &DMatrix<f64>, family: Family| {
        let design = Design::dense(x);
        fit_with_offset(&design, y, family, &unpenalised, None, &[], TO_ROUNDING)
            .ok_or(FitError::NotConverged)
    };
    let zero = fit_dense(&some, x, Family::Logistic)?;
    let zero_covariance =
        spd_inverse(&weighted_cross(x, &zero.weight)).ok_or(FitError::NotConverged)?;
    let positive_x = x.select_rows(&rows);
    let data = Truncated {
        y: &positive_y,
        x: &positive_x,
    };
    let plain = fit_dense(&positive_y, &positive_x, Family::Poisson)?;
    let mut beta = data.fit(None, &DVector::from_vec(plain.coefficients))?;
    let mut score = |ln_theta: f64| match data.fit(Some(ln_theta.exp()), &beta) {
        Ok(next) => {
            beta = next;
            data.score(&beta, Some(ln_theta.exp())).1
        }
        Err(_) => f64::NAN,
    };
    let theta = if score(LARGEST_LN_THETA) >= 0.0 {
        None
    } else {
        let root = brent(&mut score, SMALLEST_LN_THETA, LARGEST_LN_THETA, 1e-11);
        Some(root.ok_or(FitError::NotConverged)?.exp())
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
    let loglik = data.loglik(&count, theta) - 0.5 * zero.deviance;
    Ok(Hurdle {
        count,
        count_covariance,
        theta,
        zero,
        zero_covariance,
        loglik,
    })
}
