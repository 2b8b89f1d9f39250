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

/// What a zero-truncated count takes from μ and θ alone: ln P(0), the odds of 0 against the rest, and the denominator
/// `1 + μ/θ` of the NB2 score.
struct Truncation {
    mu: f64,
    ln_zero: f64,
    some: f64,
    spread: f64,
    /// ln(1 + μ/θ); keeps its digits where θ is large.
    ln_spread: f64,
}

impl Truncation {
    fn at(eta: f64, theta: Option<f64>) -> Self {
        let mu = eta.clamp(-700.0, 700.0).exp();
        let (over, ln_spread) = match theta {
            None => (0.0, 0.0),
            Some(theta) => (mu / theta, (mu / theta).ln_1p()),
        };
        let ln_zero = theta.map_or(-mu, |theta| -theta * ln_spread);
        Self {
            mu,
            ln_zero,
            some: -ln_zero.exp_m1(),
            spread: 1.0 + over,
            ln_spread,
        }
    }

    fn odds(&self) -> f64 {
        self.ln_zero.exp() / self.some
    }

    /// Derivative in η of the log likelihood of a count `y`.
    fn by_eta(&self, y: f64) -> f64 {
        (y - self.mu - self.odds() * self.mu) / self.spread
    }

    /// Second derivative in η, its sign turned.
    fn curvature(&self, y: f64) -> f64 {
        let odds = self.odds();
        let some = self.mu * (1.0 + odds);
        // d ln P(0) / dη = -μ / (1 + μ/θ)
        let by_zero = some * odds * self.mu / self.spread;
        (some - by_zero + self.by_eta(y) * (self.spread - 1.0)) / self.spread
    }
}

struct Truncated<'a> {
    y: &'a [f64],
    x: &'a DMatrix<f64>,
    /// The different counts, and which of them each row has: functions of a count and θ cost far more than the rest.
    distinct: Vec<f64>,
    which: Vec<usize>,
}

impl<'a> Truncated<'a> {
    fn new(y: &'a [f64], x: &'a DMatrix<f64>) -> Self {
        let mut distinct = y.to_vec();
        distinct.sort_by(f64::total_cmp);
        distinct.dedup();
        let place = |y: &f64| distinct.partition_point(|d| d < y);
        Self {
            which: y.iter().map(place).collect(),
            y,
            x,
            distinct,
        }
    }

    fn loglik(&self, beta: &DVector<f64>, theta: Option<f64>) -> f64 {
        let constant = |y: &f64| match theta {
            None => -ln_gamma(y + 1.0),
            Some(t) => ln_gamma(y + t) - ln_gamma(t) - ln_gamma(y + 1.0) - y * t.ln(),
        };
        let constants: Vec<f64> = self.distinct.iter().map(constant).collect();
        let eta = self.x * beta;
        let rows = eta.iter().zip(self.y).zip(&self.which);
        rows.map(|((&eta, &y), &k)| {
            let t = Truncation::at(eta, theta);
            let own = match theta {
                None => y * eta - t.mu,
                Some(theta) => y * t.mu.ln() - (y + theta) * t.ln_spread,
            };
            own + constants[k] - t.some.ln()
        })
        .sum()
    }

    /// Score in the coefficients and in ln θ.
    fn score(&self, beta: &DVector<f64>, theta: Option<f64>) -> (DVector<f64>, f64) {
        let eta = self.x * beta;
        let by_eta = eta.iter().zip(self.y);
        let by_eta = by_eta.map(|(&eta, &y)| Truncation::at(eta, theta).by_eta(y));
        let by_eta = DVector::from_iterator(self.y.len(), by_eta);
        let by_ln_theta = theta.map_or(0.0, |theta| self.by_ln_theta(&eta, theta));
        (self.x.tr_mul(&by_eta), by_ln_theta)
    }

    fn by_ln_theta(&self, eta: &DVector<f64>, theta: f64) -> f64 {
        let digammas = |y: &f64| digamma(y + theta) - digamma(theta);
        let digammas: Vec<f64> = self.distinct.iter().map(digammas).collect();
        let rows = eta.iter().zip(self.y).zip(&self.which);
        rows.map(|((&eta, &y), &k)| {
            let t = Truncation::at(eta, Some(theta));
            let tail = t.ln_spread - t.mu / (t.mu + theta);
            let own = digammas[k] - t.ln_spread + (t.mu - y) / (t.mu + theta);
            theta * (own - t.odds() * tail)
        })
        .sum()
    }

    /// Observed information in the coefficients (each row depends on them through η alone).
    fn information(&self, beta: &DVector<f64>, theta: Option<f64>) -> DMatrix<f64> {
        let eta = self.x * beta;
        let rows = eta.iter().zip(self.y);
        let curvature = rows.map(|(&eta, &y)| Truncation::at(eta, theta).curvature(y));
        weighted_cross(self.x, &curvature.collect::<Vec<f64>>())
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
    let data = Truncated::new(&positive_y, &positive_x);
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
