//! Proportional hazards for intervals (start, stop], with strata, tied times after Breslow or Efron, and the grouped
//! robust covariance of D. Y. Lin and L. J. Wei (JASA 84, 1989), for events that recur (P. K. Andersen and R. D. Gill,
//! Annals of Statistics 10, 1982; R. L. Prentice, B. J. Williams and A. V. Peterson, Biometrika 68, 1981).

use crate::stats::glm::FitError;
use crate::stats::matrix::{spd_inverse, standard_errors};
use crate::stats::profile::ChiSquared;
use crate::stats::robust::clusters;
use nalgebra::{DMatrix, DVector};

/// How events at the same time share the risk set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ties {
    /// All see the full risk set.
    Breslow,
    /// Each sees it reduced by its share of the events before it (B. Efron, JASA 72, 1977).
    Efron,
}

/// Rows of a counting-process table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Intervals<'a> {
    /// Time from which the row is at risk (excluded).
    pub(crate) start: &'a [f64],
    /// Time to which it is (included).
    pub(crate) stop: &'a [f64],
    /// 1 when the row ends in an event, else 0.
    pub(crate) event: &'a [f64],
    /// Covariates, one row each.
    pub(crate) x: &'a DMatrix<f64>,
    /// Stratum labels, each with its own baseline.
    pub(crate) strata: Option<&'a [f64]>,
    /// Labels of rows that belong together, for the robust covariance.
    pub(crate) cluster: Option<&'a [f64]>,
}

/// A fitted model.
#[derive(Debug, Clone)]
pub(crate) struct CoxFit {
    /// Log hazard ratios by column.
    pub(crate) coef: DVector<f64>,
    /// Inverse observed information.
    pub(crate) covariance: DMatrix<f64>,
    /// Grouped sandwich covariance (each row its own group without `cluster`).
    pub(crate) robust_covariance: DMatrix<f64>,
    /// Partial log likelihood at the fit.
    pub(crate) loglik: f64,
    /// The same with all coefficients zero.
    pub(crate) loglik_null: f64,
    /// Score test that all are zero.
    pub(crate) score: ChiSquared,
}

impl CoxFit {
    /// Model standard errors.
    #[must_use]
    pub(crate) fn se(&self) -> Vec<f64> {
        standard_errors(&self.covariance)
    }

    /// Robust standard errors.
    #[must_use]
    pub(crate) fn robust_se(&self) -> Vec<f64> {
        standard_errors(&self.robust_covariance)
    }
}

/// One event time of one stratum: who is at risk, who of them has the event.
struct Moment {
    at_risk: Vec<usize>,
    events: Vec<usize>,
}

struct Derivatives {
    loglik: f64,
    score: DVector<f64>,
    information: DMatrix<f64>,
    /// Score residuals by row, when asked for.
    residuals: Option<DMatrix<f64>>,
}

fn moments(data: &Intervals) -> Vec<Moment> {
    let n = data.stop.len();
    let same = vec![0.0; n];
    let mut moments = Vec::new();
    for rows in clusters(data.strata.unwrap_or(&same)) {
        let mut times: Vec<f64> = rows
            .iter()
            .filter(|&&i| data.event[i] == 1.0)
            .map(|&i| data.stop[i])
            .collect();
        times.sort_by(f64::total_cmp);
        times.dedup();
        for time in times {
            let at_risk: Vec<usize> = rows
                .iter()
                .copied()
                .filter(|&i| data.start[i] < time && time <= data.stop[i])
                .collect();
            let events: Vec<usize> = at_risk
                .iter()
                .copied()
                .filter(|&i| data.event[i] == 1.0 && data.stop[i] == time)
                .collect();
            moments.push(Moment { at_risk, events });
        }
    }
    moments
}

fn derivatives(
    x: &DMatrix<f64>,
    rows: &[DVector<f64>],
    moments: &[Moment],
    ties: Ties,
    beta: &DVector<f64>,
    with_residuals: bool,
) -> Derivatives {
    let p = beta.len();
    let eta = x * beta;
    let mut out = Derivatives {
        loglik: 0.0,
        score: DVector::zeros(p),
        information: DMatrix::zeros(p, p),
        residuals: with_residuals.then(|| DMatrix::zeros(x.nrows(), p)),
    };
    for moment in moments {
        let top = moment
            .at_risk
            .iter()
            .map(|&i| eta[i])
            .fold(f64::NEG_INFINITY, f64::max);
        let sums = |list: &[usize]| {
            let mut s0 = 0.0;
            let mut s1 = DVector::zeros(p);
            let mut s2 = DMatrix::zeros(p, p);
            for &i in list {
                let e = (eta[i] - top).exp();
                s0 += e;
                s1.axpy(e, &rows[i], 1.0);
                s2.ger(e, &rows[i], &rows[i], 1.0);
            }
            (s0, s1, s2)
        };
        let (all0, all1, all2) = sums(&moment.at_risk);
        let (own0, own1, own2) = sums(&moment.events);
        let count = moment.events.len();
        // Sums over the tied events of 1/s0 and mean/s0, for those at risk and for those with the event.
        let (mut all_rate, mut own_rate) = (0.0, 0.0);
        let (mut all_mean, mut own_mean) = (DVector::zeros(p), DVector::zeros(p));
        let mut centre = DVector::zeros(p);
        for k in 0..count {
            let share = match ties {
                Ties::Breslow => 0.0,
                Ties::Efron => k as f64 / count as f64,
            };
            let s0 = all0 - share * own0;
            let mean = (&all1 - &own1 * share) / s0;
            out.information += (&all2 - &own2 * share) / s0 - &mean * mean.transpose();
            out.loglik -= s0.ln();
            out.score -= &mean;
            all_rate += 1.0 / s0;
            own_rate += (1.0 - share) / s0;
            all_mean.axpy(1.0 / s0, &mean, 1.0);
            own_mean.axpy((1.0 - share) / s0, &mean, 1.0);
            centre.axpy(1.0 / count as f64, &mean, 1.0);
        }
        if let Some(residuals) = out.residuals.as_mut() {
            for &i in &moment.at_risk {
                let hazard = (eta[i] - top).exp();
                let change = (&all_mean - &rows[i] * all_rate) * hazard;
                let mut row = residuals.row_mut(i);
                row += change.transpose();
            }
            for &i in &moment.events {
                let hazard = (eta[i] - top).exp();
                let reduced = (&own_mean - &rows[i] * own_rate) * hazard;
                let full = (&all_mean - &rows[i] * all_rate) * hazard;
                let change = reduced - full + &rows[i] - &centre;
                let mut row = residuals.row_mut(i);
                row += change.transpose();
            }
        }
        for &i in &moment.events {
            out.loglik += eta[i] - top;
            out.score += &rows[i];
        }
    }
    out
}

/// Fits by Newton's method with step halving.
///
/// # Errors
/// [`FitError::NoContrast`] without events or without contrast at the times of events,
/// [`FitError::NotConverged`] when the likelihood has no maximum.
pub(crate) fn cox(data: &Intervals, ties: Ties) -> Result<CoxFit, FitError> {
    let (n, p) = data.x.shape();
    if n == 0 || p == 0 {
        return Err(FitError::Empty);
    }
    let lengths = [data.start.len(), data.stop.len(), data.event.len()];
    let labels = [data.strata, data.cluster];
    if lengths.iter().any(|&l| l != n)
        || labels.iter().flatten().any(|l| l.len() != n)
        || !data.x.iter().all(|v| v.is_finite())
        || !data.start.iter().zip(data.stop).all(|(a, b)| a < b)
    {
        return Err(FitError::BadInput);
    }
    let mut x = data.x.clone();
    for mut column in x.column_iter_mut() {
        let mean = column.mean();
        column.add_scalar_mut(-mean);
    }
    let rows: Vec<DVector<f64>> = x.row_iter().map(|r| r.transpose()).collect();
    let moments = moments(data);
    if moments.is_empty() {
        return Err(FitError::NoContrast);
    }
    let mut beta = DVector::zeros(p);
    let mut here = derivatives(&x, &rows, &moments, ties, &beta, false);
    let loglik_null = here.loglik;
    let inverse = spd_inverse(&here.information).ok_or(FitError::NoContrast)?;
    let score = ChiSquared::new(here.score.dot(&(inverse * &here.score)), p);
    let mut settled = 0;
    for _ in 0..100 {
        let inverse = spd_inverse(&here.information).ok_or(FitError::NotConverged)?;
        let step = inverse * &here.score;
        let mut size = 1.0;
        let mut gain = f64::NEG_INFINITY;
        for _ in 0..40 {
            let next = &beta + &step * size;
            let there = derivatives(&x, &rows, &moments, ties, &next, false);
            if there.loglik >= here.loglik - 1e-12 * here.loglik.abs() {
                gain = there.loglik - here.loglik;
                (beta, here) = (next, there);
                break;
            }
            size *= 0.5;
        }
        if gain < 1e-13 * (here.loglik.abs() + 0.1) {
            settled += 1;
            if settled > 2 || gain == f64::NEG_INFINITY {
                break;
            }
        }
    }
    let runaway = beta
        .iter()
        .zip(x.column_iter())
        .any(|(b, c)| (b * (c.max() - c.min())).abs() > 25.0);
    if runaway {
        return Err(FitError::NotConverged);
    }
    let last = derivatives(&x, &rows, &moments, ties, &beta, true);
    let covariance = spd_inverse(&last.information).ok_or(FitError::NotConverged)?;
    let residuals = last.residuals.unwrap_or_else(|| DMatrix::zeros(n, p));
    let own: Vec<f64> = (0..n).map(|i| i as f64).collect();
    let groups = clusters(data.cluster.unwrap_or(&own));
    let mut meat = DMatrix::zeros(p, p);
    for rows in groups {
        let mut sum = DVector::zeros(p);
        for i in rows {
            sum += residuals.row(i).transpose();
        }
        meat.ger(1.0, &sum, &sum, 1.0);
    }
    Ok(CoxFit {
        robust_covariance: &covariance * meat * &covariance,
        coef: beta,
        covariance,
        loglik: last.loglik,
        loglik_null,
        score,
    })
}
