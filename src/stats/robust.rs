//! Covariances that do not believe the model's variance: rows may belong together in clusters (blocks of days), or be
//! correlated along time.
//!
//! K.-Y. Liang and S. L. Zeger, Biometrika 73 (1986) for CR0; the cluster jackknife and its one-step form CR3 after
//! J. G. MacKinnon, M. Ø. Nielsen and M. D. Webb, arXiv 2301.04527 and 2406.00650; effective clusters after
//! A. V. Carter, K. T. Schnepel and D. G. Steigerwald, Review of Economics and Statistics 99 (2017); W. K. Newey and
//! K. D. West, Econometrica 55 (1987).

use crate::stats::glm::{Fit, Model};
use crate::stats::matrix::{spd_inverse, weighted_cross};
use nalgebra::{DMatrix, DVector};

/// Rows of each cluster, clusters in order of first appearance of their label.
#[must_use]
pub(crate) fn clusters(labels: &[f64]) -> Vec<Vec<usize>> {
    let mut seen: std::collections::HashMap<u64, usize> = std::collections::HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (i, label) in labels.iter().enumerate() {
        let group = *seen.entry(label.to_bits()).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        if let Some(rows) = groups.get_mut(group) {
            rows.push(i);
        }
    }
    groups
}

/// Score and information of one cluster.
fn pieces(x: &DMatrix<f64>, y: &[f64], fit: &Fit, rows: &[usize]) -> (DVector<f64>, DMatrix<f64>) {
    let part = x.select_rows(rows);
    let residual = DVector::from_iterator(rows.len(), rows.iter().map(|&i| y[i] - fit.mu[i]));
    let weight: Vec<f64> = rows.iter().map(|&i| fit.weight[i]).collect();
    (part.tr_mul(&residual), weighted_cross(&part, &weight))
}

/// Sandwich covariance with clusters and no correction (CR0).
#[must_use]
pub(crate) fn cr0(x: &DMatrix<f64>, y: &[f64], fit: &Fit, groups: &[Vec<usize>]) -> DMatrix<f64> {
    let p = x.ncols();
    let mut meat = DMatrix::zeros(p, p);
    for rows in groups {
        let (score, _) = pieces(x, y, fit, rows);
        meat.ger(1.0, &score, &score, 1.0);
    }
    &fit.covariance * meat * &fit.covariance
}

/// One-step cluster jackknife (CR3): with M the (penalised) information, A_g and s_g a cluster's information and
/// score, V = (G−1)/G · Σ d_g d_g', d_g = (M − A_g)⁻¹ s_g, which is the usual
/// M⁻¹ Σ X_g'W½(I−H_gg)⁻¹ r_g r_g'(…)' M⁻¹ without any cluster-sized matrix. `None` with fewer than two clusters, or
/// when one cluster alone determines some coefficient (smallest eigenvalue of I − H_gg below 1e-6): without that
/// cluster there is nothing to compare, and merging it with others leaves that so. Drop the column, or penalise it.
#[must_use]
pub(crate) fn cr3(
    x: &DMatrix<f64>,
    y: &[f64],
    fit: &Fit,
    groups: &[Vec<usize>],
) -> Option<DMatrix<f64>> {
    let p = x.ncols();
    let total = fit.covariance.clone().cholesky()?;
    let information = total.inverse();
    let root = total.l();
    let parts: Vec<(DVector<f64>, DMatrix<f64>)> =
        groups.iter().map(|rows| pieces(x, y, fit, rows)).collect();
    let count = parts.len();
    // Eigenvalues of I − H_gg other than one are those of I − M^-½ A_g M^-½.
    let decides =
        |own: &DMatrix<f64>| (root.tr_mul(own) * &root).symmetric_eigenvalues().max() > 1.0 - 1e-6;
    if count < 2 || parts.iter().any(|(_, own)| decides(own)) {
        return None;
    }
    let mut sum = DMatrix::zeros(p, p);
    for (score, own) in &parts {
        let change = spd_inverse(&(&information - own))? * score;
        sum.ger(1.0, &change, &change, 1.0);
    }
    Some(sum * ((count as f64 - 1.0) / count as f64))
}

/// Cluster jackknife by refitting without each cluster, centred at the full estimate; `None` when a refit has no
/// solution or there are fewer than two clusters.
#[must_use]
pub(crate) fn jackknife(model: &Model, fit: &Fit, groups: &[Vec<usize>]) -> Option<DMatrix<f64>> {
    if groups.len() < 2 {
        return None;
    }
    let (n, p) = model.x.shape();
    let mut sum = DMatrix::zeros(p, p);
    for rows in groups {
        let mut keep = vec![true; n];
        for &i in rows {
            keep[i] = false;
        }
        let kept: Vec<usize> = (0..n).filter(|&i| keep[i]).collect();
        let x = model.x.select_rows(&kept);
        let y: Vec<f64> = kept.iter().map(|&i| model.y[i]).collect();
        let offset: Option<Vec<f64>> = model.offset.map(|o| kept.iter().map(|&i| o[i]).collect());
        let part = Model {
            x: &x,
            y: &y,
            offset: offset.as_deref(),
            ..*model
        };
        let change = part.fit_from(Some(&fit.coef), 100, 1e-13).ok()?.coef - &fit.coef;
        sum.ger(1.0, &change, &change, 1.0);
    }
    let count = groups.len() as f64;
    Some(sum * ((count - 1.0) / count))
}

/// G*, the effective number of clusters for coefficient `j`: (Σ A_g)²/Σ A_g² with A_g = Σ w_i q_i² over the cluster and
/// q = X·M⁻¹·e_j. `None` when the coefficient carries no information.
#[must_use]
pub(crate) fn effective_clusters(
    x: &DMatrix<f64>,
    fit: &Fit,
    groups: &[Vec<usize>],
    j: usize,
) -> Option<f64> {
    let q = x * fit.covariance.column(j);
    let (mut sum, mut squares) = (0.0, 0.0);
    for rows in groups {
        let a: f64 = rows.iter().map(|&i| fit.weight[i] * q[i] * q[i]).sum();
        sum += a;
        squares += a * a;
    }
    (squares > 0.0).then(|| sum * sum / squares)
}

/// Newey–West covariance for rows in time order: Bartlett weights 1 − k/(lag+1), no prewhitening, no correction of
/// degrees of freedom. `score` holds each row's contribution x_i·(y_i − μ_i), `bread` the inverse information.
#[must_use]
pub(crate) fn newey_west(score: &DMatrix<f64>, bread: &DMatrix<f64>, lag: usize) -> DMatrix<f64> {
    let n = score.nrows();
    let mut meat = score.tr_mul(score);
    for k in 1..=lag.min(n.saturating_sub(1)) {
        let weight = 1.0 - k as f64 / (lag as f64 + 1.0);
        let cross = score.rows(k, n - k).tr_mul(&score.rows(0, n - k));
        meat += (&cross + cross.transpose()) * weight;
    }
    bread * meat * bread
}

/// The rows x_i·(y_i − μ_i) of a fit, for [`newey_west`].
#[must_use]
pub(crate) fn row_scores(x: &DMatrix<f64>, y: &[f64], mu: &[f64]) -> DMatrix<f64> {
    let mut scores = x.clone();
    for ((mut row, y), m) in scores.row_iter_mut().zip(y).zip(mu) {
        row *= y - m;
    }
    scores
}
