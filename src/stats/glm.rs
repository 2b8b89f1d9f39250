//! Poisson (log link) and logistic regression by iteratively reweighted least squares with step halving, with an
//! offset and a quadratic (ridge) penalty where wanted (P. McCullagh and J. A. Nelder, "Generalized Linear Models",
//! 2nd ed. 1989, ch. 2 and 4–6).

use crate::stats::matrix::{independent_columns, spd_inverse, standard_errors, weighted_cross};
use crate::stats::special::ln_gamma;
use nalgebra::{DMatrix, DVector};

/// Linear predictors are kept inside ±this, far beyond any fit that means something.
const ETA_LIMIT: f64 = 700.0;

/// The kind of outcome, each with its canonical link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// Counts, log link.
    Poisson,
    /// 0/1 outcomes (or shares of one), logit link.
    Binomial,
}

/// Why a model could not be fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FitError {
    /// There are no rows or no columns.
    #[error("there is nothing to fit")]
    Empty,
    /// Lengths differ, or a number is not finite, or an outcome is outside its range.
    #[error("the data do not fit together")]
    BadInput,
    /// All outcomes are alike (no events, or nothing but events).
    #[error("the outcome never varies")]
    NoContrast,
    /// A column is a combination of those before it.
    #[error("column {0} is a combination of the columns before it")]
    Aliased(usize),
    /// The iteration did not settle: the likelihood has no maximum.
    #[error("the fit does not settle")]
    NotConverged,
}

/// What is to be fitted: outcome, design (rows are observations), offset and penalty.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Model<'a> {
    /// The kind of outcome.
    pub(crate) family: Family,
    /// Outcome, one per row.
    pub(crate) y: &'a [f64],
    /// Design matrix, intercept column included if wanted.
    pub(crate) x: &'a DMatrix<f64>,
    /// Added to the linear predictor.
    pub(crate) offset: Option<&'a [f64]>,
    /// λ per column: the fit maximises loglik − ½·Σ λ_j β_j².
    pub(crate) penalty: Option<&'a [f64]>,
}

/// A fitted model.
#[derive(Debug, Clone)]
pub(crate) struct Fit {
    /// Coefficients by column.
    pub(crate) coef: DVector<f64>,
    /// Inverse of `information` plus the penalty: model covariance, or posterior covariance under a penalty.
    pub(crate) covariance: DMatrix<f64>,
    /// Expected information X'WX at the fit, without the penalty.
    pub(crate) information: DMatrix<f64>,
    /// Fitted means.
    pub(crate) mu: Vec<f64>,
    /// Working weights: the variances of the outcomes at the fit.
    pub(crate) weight: Vec<f64>,
    /// Deviance (without the penalty).
    pub(crate) deviance: f64,
    /// Log likelihood (without the penalty, constants included).
    pub(crate) loglik: f64,
    /// Rows minus columns.
    pub(crate) df_residual: usize,
}

impl Fit {
    /// Model standard errors.
    #[must_use]
    pub(crate) fn se(&self) -> Vec<f64> {
        standard_errors(&self.covariance)
    }

    /// Largest absolute coefficient per standard deviation of its column; beyond 10 the outcome is separated, or as
    /// good as.
    #[must_use]
    pub(crate) fn largest_scaled_coefficient(&self, x: &DMatrix<f64>) -> f64 {
        self.coef
            .iter()
            .zip(x.column_iter())
            .map(|(b, column)| b.abs() * column.variance().sqrt())
            .fold(0.0, f64::max)
    }
}

impl Family {
    /// Mean at linear predictor `eta`.
    #[must_use]
    pub(crate) fn mean(self, eta: f64) -> f64 {
        match self {
            Self::Poisson => eta.clamp(-ETA_LIMIT, ETA_LIMIT).exp(),
            Self::Binomial => 1.0 / (1.0 + (-eta).exp()),
        }
    }

    /// Variance of an outcome, which is also dμ/dη; computed from `eta` so that it keeps its digits near 0 and 1.
    #[must_use]
    pub(crate) fn variance_at(self, eta: f64) -> f64 {
        match self {
            Self::Poisson => self.mean(eta),
            Self::Binomial => {
                let e = (-eta.abs()).exp();
                e / ((1.0 + e) * (1.0 + e))
            }
        }
    }

    /// Log likelihood of one outcome at linear predictor `eta`.
    #[must_use]
    pub(crate) fn loglik(self, y: f64, eta: f64) -> f64 {
        match self {
            Self::Poisson => y * eta - self.mean(eta) - ln_gamma(y + 1.0),
            Self::Binomial => y * eta - eta.max(0.0) - (-eta.abs()).exp().ln_1p(),
        }
    }

    fn saturated(self, y: f64) -> f64 {
        let xlogx = |v: f64| if v > 0.0 { v * v.ln() } else { 0.0 };
        match self {
            Self::Poisson => xlogx(y) - y - ln_gamma(y + 1.0),
            Self::Binomial => xlogx(y) + xlogx(1.0 - y),
        }
    }

    fn accepts(self, y: f64) -> bool {
        match self {
            Self::Poisson => y >= 0.0 && y.is_finite(),
            Self::Binomial => (0.0..=1.0).contains(&y),
        }
    }
}

impl Model<'_> {
    fn check(&self) -> Result<(), FitError> {
        let (n, p) = self.x.shape();
        if n == 0 || p == 0 {
            return Err(FitError::Empty);
        }
        let lengths = self.y.len() == n
            && self
                .offset
                .is_none_or(|o| o.len() == n && o.iter().all(|v| v.is_finite()))
            && self
                .penalty
                .is_none_or(|l| l.len() == p && l.iter().all(|v| *v >= 0.0));
        if !lengths
            || !self.y.iter().all(|&y| self.family.accepts(y))
            || !self.x.iter().all(|v| v.is_finite())
        {
            return Err(FitError::BadInput);
        }
        let degenerate = match self.family {
            Family::Poisson => self.y.iter().all(|&y| y == 0.0),
            Family::Binomial => {
                self.y.iter().all(|&y| y == 0.0) || self.y.iter().all(|&y| y == 1.0)
            }
        };
        if degenerate {
            Err(FitError::NoContrast)
        } else {
            Ok(())
        }
    }

    fn eta(&self, beta: &DVector<f64>) -> DVector<f64> {
        let mut eta = self.x * beta;
        if let Some(offset) = self.offset {
            for (e, o) in eta.iter_mut().zip(offset) {
                *e += o;
            }
        }
        eta
    }

    fn penalty_of(&self, j: usize) -> f64 {
        self.penalty.and_then(|l| l.get(j)).copied().unwrap_or(0.0)
    }

    /// Penalised log likelihood up to a constant.
    fn objective(&self, beta: &DVector<f64>, eta: &DVector<f64>) -> f64 {
        let fit: f64 = self
            .y
            .iter()
            .zip(eta.iter())
            .map(|(&y, &e)| match self.family {
                Family::Poisson => y * e - self.family.mean(e),
                Family::Binomial => self.family.loglik(y, e),
            })
            .sum();
        let ridge: f64 = beta
            .iter()
            .enumerate()
            .map(|(j, b)| self.penalty_of(j) * b * b)
            .sum();
        fit - 0.5 * ridge
    }

    /// Score of the penalised log likelihood and its expected information, penalty included.
    fn score_and_information(
        &self,
        beta: &DVector<f64>,
        eta: &DVector<f64>,
    ) -> (DVector<f64>, DMatrix<f64>) {
        let residual = DVector::from_iterator(
            self.y.len(),
            self.y
                .iter()
                .zip(eta.iter())
                .map(|(&y, &e)| y - self.family.mean(e)),
        );
        let weight: Vec<f64> = eta.iter().map(|&e| self.family.variance_at(e)).collect();
        let mut score = self.x.tr_mul(&residual);
        let mut information = weighted_cross(self.x, &weight);
        for j in 0..beta.len() {
            score[j] -= self.penalty_of(j) * beta[j];
            information[(j, j)] += self.penalty_of(j);
        }
        (score, information)
    }

    /// Maximum of the (penalised) likelihood.
    ///
    /// # Errors
    /// See [`FitError`]; a likelihood without a maximum (complete separation) gives [`FitError::NotConverged`] or
    /// coefficients that [`Fit::largest_scaled_coefficient`] shows to be out of bounds.
    pub(crate) fn fit(&self) -> Result<Fit, FitError> {
        self.fit_from(None, 200, 1e-13)
    }

    /// As [`Model::fit`], from given coefficients, with at most `steps` steps, until the deviance changes by less than
    /// `tolerance` of itself. A fit that has used up its steps is returned as it stands if the deviance was falling.
    ///
    /// # Errors
    /// See [`FitError`].
    pub(crate) fn fit_from(
        &self,
        start: Option<&DVector<f64>>,
        steps: usize,
        tolerance: f64,
    ) -> Result<Fit, FitError> {
        self.check()?;
        let independent = independent_columns(self.x);
        if self.penalty.is_none() && independent.len() < self.x.ncols() {
            let missing = (0..self.x.ncols())
                .find(|j| !independent.contains(j))
                .unwrap_or(0);
            return Err(FitError::Aliased(missing));
        }
        let mut beta = match start {
            Some(start) => start.clone(),
            None => self.first_step().ok_or(FitError::NotConverged)?,
        };
        let mut eta = self.eta(&beta);
        let mut value = self.objective(&beta, &eta);
        if !value.is_finite() {
            return Err(FitError::NotConverged);
        }
        let scale = value.abs() + 0.1;
        let mut settled = 0;
        for _ in 0..steps {
            let (score, information) = self.score_and_information(&beta, &eta);
            let Some(inverse) = spd_inverse(&information) else {
                break;
            };
            let step = inverse * score;
            let mut size = 1.0;
            let mut gain = f64::NEG_INFINITY;
            for _ in 0..40 {
                let next = &beta + &step * size;
                let next_eta = self.eta(&next);
                let next_value = self.objective(&next, &next_eta);
                gain = next_value - value;
                if gain >= -1e-12 * scale {
                    (beta, eta, value) = (next, next_eta, next_value);
                    break;
                }
                size *= 0.5;
            }
            if gain.is_nan() || gain < -1e-12 * scale {
                break;
            }
            // Once the likelihood is flat two more full steps bring the coefficients to rounding.
            if gain.abs() < tolerance * (value.abs() + 0.1) {
                settled += 1;
                if settled > 2 || tolerance > 1e-10 {
                    break;
                }
            }
        }
        self.finish(beta, &eta)
    }

    /// Weighted least squares from means near the outcomes themselves.
    fn first_step(&self) -> Option<DVector<f64>> {
        let n = self.y.len();
        let mut weight = Vec::with_capacity(n);
        let mut working = DVector::zeros(n);
        for (i, &y) in self.y.iter().enumerate() {
            let (mu, eta, w) = match self.family {
                Family::Poisson => (y + 0.1, (y + 0.1).ln(), y + 0.1),
                Family::Binomial => {
                    let mu = (y + 0.5) / 2.0;
                    (mu, (mu / (1.0 - mu)).ln(), mu * (1.0 - mu))
                }
            };
            let offset = self.offset.and_then(|o| o.get(i)).copied().unwrap_or(0.0);
            weight.push(w);
            working[i] = w * (eta - offset + (y - mu) / w);
        }
        let mut information = weighted_cross(self.x, &weight);
        for j in 0..information.ncols() {
            information[(j, j)] += self.penalty_of(j);
        }
        Some(spd_inverse(&information)? * self.x.tr_mul(&working))
    }

    fn finish(&self, beta: DVector<f64>, eta: &DVector<f64>) -> Result<Fit, FitError> {
        let (n, p) = self.x.shape();
        let mu: Vec<f64> = eta.iter().map(|&e| self.family.mean(e)).collect();
        let weight: Vec<f64> = eta.iter().map(|&e| self.family.variance_at(e)).collect();
        let information = weighted_cross(self.x, &weight);
        let mut penalised = information.clone();
        for j in 0..p {
            penalised[(j, j)] += self.penalty_of(j);
        }
        let covariance = spd_inverse(&penalised).ok_or(FitError::NotConverged)?;
        let loglik: f64 = self
            .y
            .iter()
            .zip(eta.iter())
            .map(|(&y, &e)| self.family.loglik(y, e))
            .sum();
        let saturated: f64 = self.y.iter().map(|&y| self.family.saturated(y)).sum();
        if !loglik.is_finite() || beta.iter().any(|b| !b.is_finite()) {
            return Err(FitError::NotConverged);
        }
        Ok(Fit {
            coef: beta,
            covariance,
            information,
            mu,
            weight,
            deviance: deviance(self.family, self.y, eta).unwrap_or(2.0 * (saturated - loglik)),
            loglik,
            df_residual: n.saturating_sub(p),
        })
    }
}

/// Deviance summed term by term, which keeps its digits when the fit is close.
fn deviance(family: Family, y: &[f64], eta: &DVector<f64>) -> Option<f64> {
    let total: f64 = y
        .iter()
        .zip(eta.iter())
        .map(|(&y, &e)| match family {
            Family::Poisson => {
                let mu = family.mean(e);
                let ratio = if y > 0.0 { y * (y / mu).ln() } else { 0.0 };
                2.0 * (ratio - (y - mu))
            }
            Family::Binomial => 2.0 * (family.saturated(y) - family.loglik(y, e)),
        })
        .sum();
    total.is_finite().then_some(total)
}
