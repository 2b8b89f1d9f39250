//! Models that condition the background away.
//!
//! Conditional logistic regression: within each stratum, which rows were the cases given how many there were
//! (N. E. Breslow and N. E. Day, "Statistical Methods in Cancer Research" I, 1980, ch. VII). The sums over all subsets
//! are elementary symmetric functions, built row by row (M. H. Gail, J. H. Lubin and L. V. Rubinstein, Biometrika 68,
//! 1981), here as logarithms with the mean and second moment of the subset's covariates, so that no stratum is too
//! large. Conditional Poisson regression likewise, for counts.
//!
//! Proportional hazards for intervals (start, stop], with strata, tied times after B. Efron (JASA 72, 1977), and the
//! grouped robust covariance of D. Y. Lin and L. J. Wei (JASA 84, 1989), for events that recur (P. K. Andersen and
//! R. D. Gill, Annals of Statistics 10, 1982; R. L. Prentice, B. J. Williams and A. V. Peterson, Biometrika 68, 1981).

use crate::stats::solve::{FitError, Maximum, Slope, clusters, newton};
use nalgebra::{DMatrix, DVector};

/// Logarithm of the sum over subsets of one size, with the mean and second moment of the subset sums of covariates
/// under weights exp(β'x).
#[derive(Clone)]
struct Subsets {
    ln_sum: f64,
    mean: DVector<f64>,
    second: DMatrix<f64>,
}

/// Sums over all subsets of `cases` rows.
fn subsets(rows: &[DVector<f64>], beta: &DVector<f64>, cases: usize) -> Option<Subsets> {
    let p = beta.len();
    let impossible = Subsets {
        ln_sum: f64::NEG_INFINITY,
        mean: DVector::zeros(p),
        second: DMatrix::zeros(p, p),
    };
    let mut table = vec![impossible; cases + 1];
    table[0].ln_sum = 0.0;
    for (seen, x) in rows.iter().enumerate() {
        let eta = beta.dot(x);
        let left = rows.len() - seen - 1;
        for size in (cases.saturating_sub(left).max(1)..=cases.min(seen + 1)).rev() {
            let with = table[size - 1].ln_sum + eta;
            let without = table[size].ln_sum;
            let top = with.max(without);
            let ln_sum = top + ((with - top).exp() + (without - top).exp()).ln();
            let share = (with - ln_sum).exp();
            let before = table[size - 1].clone();
            let here = &mut table[size];
            here.ln_sum = ln_sum;
            let cross = &before.mean * x.transpose();
            let second = &before.second + &cross + cross.transpose() + x * x.transpose();
            here.second *= 1.0 - share;
            here.second += second * share;
            here.mean *= 1.0 - share;
            here.mean += (before.mean + x) * share;
        }
    }
    table.pop()
}

/// Conditional logistic regression: log odds ratios by column of `x`. `stratum` labels each row; `case` is 0 or 1.
///
/// # Errors
/// [`FitError::NoContrast`] when no stratum has both cases and others or no covariate varies within them,
/// [`FitError::NotConverged`] when the likelihood rises without end (a covariate that all cases exceed the others in).
pub(crate) fn conditional_logistic(
    case: &[f64],
    x: &DMatrix<f64>,
    stratum: &[f64],
) -> Result<Maximum, FitError> {
    let (n, p) = x.shape();
    let outcomes = case.iter().all(|&c| c == 0.0 || c == 1.0);
    if n == 0
        || p == 0
        || case.len() != n
        || stratum.len() != n
        || !outcomes
        || !x.iter().all(|v| v.is_finite())
    {
        return Err(FitError::BadInput);
    }
    let mut strata: Vec<(Vec<DVector<f64>>, usize, DVector<f64>)> = Vec::new();
    for rows in clusters(stratum) {
        let cases = rows.iter().filter(|&&i| case[i] == 1.0).count();
        if cases == 0 || cases == rows.len() {
            continue;
        }
        // Centring within the stratum changes nothing but keeps the moments small.
        let mut centre = DVector::zeros(p);
        for &i in &rows {
            centre += x.row(i).transpose() / rows.len() as f64;
        }
        let list: Vec<DVector<f64>> = rows
            .iter()
            .map(|&i| x.row(i).transpose() - &centre)
            .collect();
        let mut sum = DVector::zeros(p);
        for (&i, x) in rows.iter().zip(&list) {
            if case[i] == 1.0 {
                sum += x;
            }
        }
        strata.push((list, cases, sum));
    }
    if strata.is_empty() {
        return Err(FitError::NoContrast);
    }
    newton(x, |beta| {
        let mut out = Slope::flat(p);
        for (rows, cases, sum) in &strata {
            let all = subsets(rows, beta, *cases)?;
            out.loglik += beta.dot(sum) - all.ln_sum;
            out.score += sum - &all.mean;
            out.information += all.second - &all.mean * all.mean.transpose();
        }
        out.loglik.is_finite().then_some(out)
    })
}

/// Conditional Poisson regression: counts compared only within strata, whatever each stratum's own level
/// (Armstrong, Gasparrini & Tobias 2014, BMC Med Res Methodol 14:122).
///
/// Log rate ratio per unit of `x` and its model standard error, from Newton steps on the conditional likelihood.
///
/// `rows` are `(stratum, x, count)` sorted by stratum. `None` without contrast within any stratum that has counts,
/// or when the likelihood has no finite maximum.
pub(crate) fn conditional_poisson(rows: &[(usize, f64, f64)]) -> Option<(f64, f64)> {
    let mut b = 0.0;
    for _ in 0..50 {
        let (mut score, mut information) = (0.0, 0.0);
        for stratum in rows.chunk_by(|a, b| a.0 == b.0) {
            let total: f64 = stratum.iter().map(|r| r.2).sum();
            if total == 0.0 {
                continue;
            }
            let largest = stratum
                .iter()
                .map(|r| r.1 * b)
                .fold(f64::NEG_INFINITY, f64::max);
            let (mut s0, mut s1, mut s2) = (0.0, 0.0, 0.0);
            for (_, x, y) in stratum {
                let e = (x * b - largest).exp();
                s0 += e;
                s1 += e * x;
                s2 += e * x * x;
                score += x * y;
            }
            let mean = s1 / s0;
            score -= total * mean;
            information += total * (s2 / s0 - mean * mean);
        }
        if information <= 1e-10 {
            return None;
        }
        let step = (score / information).clamp(-2.0, 2.0);
        b += step;
        if b.abs() > 30.0 {
            return None;
        }
        if step.abs() < 1e-10 {
            return Some((b, information.sqrt().recip()));
        }
    }
    None
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

/// One event time of one stratum: who is at risk, who of them has the event.
struct Moment {
    at_risk: Vec<usize>,
    events: Vec<usize>,
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

/// Partial likelihood with its derivatives; adds the score residuals by row to `residuals`, when given.
fn derivatives(
    x: &DMatrix<f64>,
    rows: &[DVector<f64>],
    moments: &[Moment],
    beta: &DVector<f64>,
    mut residuals: Option<&mut DMatrix<f64>>,
) -> Slope {
    let p = beta.len();
    let eta = x * beta;
    let mut out = Slope::flat(p);
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
            let share = k as f64 / count as f64;
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
        if let Some(residuals) = residuals.as_mut() {
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

/// A fitted model.
#[derive(Debug, Clone)]
pub(crate) struct CoxFit {
    /// Log hazard ratios by column, with the model's covariance.
    pub(crate) model: Maximum,
    /// Grouped sandwich covariance (each row its own group without `cluster`).
    pub(crate) robust_covariance: DMatrix<f64>,
}

/// Proportional hazards with ties after Efron.
///
/// # Errors
/// [`FitError::NoContrast`] without events or without contrast at the times of events,
/// [`FitError::NotConverged`] when the likelihood has no maximum.
pub(crate) fn cox(data: &Intervals) -> Result<CoxFit, FitError> {
    let (n, p) = data.x.shape();
    let lengths = [data.start.len(), data.stop.len(), data.event.len()];
    let labels = [data.strata, data.cluster];
    if n == 0
        || p == 0
        || lengths.iter().any(|&l| l != n)
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
    let model = newton(&x, |beta| {
        Some(derivatives(&x, &rows, &moments, beta, None))
    })?;
    let mut residuals = DMatrix::zeros(n, p);
    derivatives(&x, &rows, &moments, &model.coef, Some(&mut residuals));
    let own: Vec<f64> = (0..n).map(|i| i as f64).collect();
    let mut meat = DMatrix::zeros(p, p);
    for rows in clusters(data.cluster.unwrap_or(&own)) {
        let mut sum = DVector::zeros(p);
        for i in rows {
            sum += residuals.row(i).transpose();
        }
        meat.ger(1.0, &sum, &sum, 1.0);
    }
    Ok(CoxFit {
        robust_covariance: &model.covariance * meat * &model.covariance,
        model,
    })
}
