//! Were stated probabilities any good? G. W. Brier (Monthly Weather Review 78, 1950), A. H. Murphy's decomposition
//! (Journal of Applied Meteorology 12, 1973), D. J. Spiegelhalter's z (Statistics in Medicine 5, 1986) and D. R. Cox's
//! calibration (Biometrika 45, 1958).

use crate::stats::glm::{Family, Model};
use crate::stats::rank_test::mid_ranks;
use nalgebra::DMatrix;

/// Scores of probability forecasts of yes/no outcomes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scores {
    /// Mean squared distance of probability and outcome.
    pub(crate) brier: f64,
    /// Brier score of always saying the overall share; also Murphy's uncertainty.
    pub(crate) climatology: f64,
    /// 1 − brier/climatology; `None` when every outcome is alike.
    pub(crate) skill: Option<f64>,
    /// Mean negative log likelihood; infinite when something said to be impossible happened.
    pub(crate) log_score: f64,
    /// Chance that a yes was given a higher probability than a no; `None` when every outcome is alike.
    pub(crate) auc: Option<f64>,
    /// Intercept of the logistic recalibration with slope one; `None` when it has no solution.
    pub(crate) calibration_intercept: Option<f64>,
    /// Slope of the logistic recalibration; `None` when it has no solution.
    pub(crate) calibration_slope: Option<f64>,
    /// Murphy's reliability over ten bins floor(10p).
    pub(crate) reliability: f64,
    /// Murphy's resolution over the same bins.
    pub(crate) resolution: f64,
    /// Spiegelhalter's z for calibration; `None` when every probability is 0, ½ or 1.
    pub(crate) spiegelhalter_z: Option<f64>,
}

/// Scores probabilities `p` of outcomes `y` (0 or 1); `None` without forecasts or with numbers out of range.
#[must_use]
pub(crate) fn scores(p: &[f64], y: &[f64]) -> Option<Scores> {
    let n = y.len();
    let inside =
        p.iter().all(|p| (0.0..=1.0).contains(p)) && y.iter().all(|y| *y == 0.0 || *y == 1.0);
    if n == 0 || p.len() != n || !inside {
        return None;
    }
    let size = n as f64;
    let yes: f64 = y.iter().sum();
    let base = yes / size;
    let climatology = base * (1.0 - base);
    let brier = p.iter().zip(y).map(|(p, y)| (p - y).powi(2)).sum::<f64>() / size;
    let log_score = -p
        .iter()
        .zip(y)
        .map(|(p, y)| if *y == 1.0 { p.ln() } else { (-p).ln_1p() })
        .sum::<f64>()
        / size;
    let varied = climatology > 0.0;
    let auc = varied.then(|| {
        let ranks = mid_ranks(p).0;
        let sum: f64 = ranks
            .iter()
            .zip(y)
            .filter(|(_, y)| **y == 1.0)
            .map(|(r, _)| r)
            .sum();
        (sum - yes * (yes + 1.0) / 2.0) / (yes * (size - yes))
    });
    let (calibration_intercept, calibration_slope) = recalibrate(p, y);
    let (mut reliability, mut resolution) = (0.0, 0.0);
    let mut bins = [(0.0_f64, 0.0_f64, 0.0_f64); 10];
    for (p, y) in p.iter().zip(y) {
        let at = ((p * 10.0).floor() as usize).min(9);
        if let Some(bin) = bins.get_mut(at) {
            bin.0 += 1.0;
            bin.1 += p;
            bin.2 += y;
        }
    }
    for (count, said, was) in bins.into_iter().filter(|b| b.0 > 0.0) {
        reliability += (said - was).powi(2) / count;
        resolution += count * (was / count - base).powi(2);
    }
    let spread: f64 = p
        .iter()
        .map(|p| (1.0 - 2.0 * p).powi(2) * p * (1.0 - p))
        .sum();
    let top: f64 = p
        .iter()
        .zip(y)
        .map(|(p, y)| (y - p) * (1.0 - 2.0 * p))
        .sum();
    Some(Scores {
        brier,
        climatology,
        skill: varied.then(|| 1.0 - brier / climatology),
        log_score,
        auc,
        calibration_intercept,
        calibration_slope,
        reliability: reliability / size,
        resolution: resolution / size,
        spiegelhalter_z: (spread > 0.0).then(|| top / spread.sqrt()),
    })
}

fn recalibrate(p: &[f64], y: &[f64]) -> (Option<f64>, Option<f64>) {
    let logit: Vec<f64> = p.iter().map(|p| p.ln() - (-p).ln_1p()).collect();
    if logit.iter().any(|l| !l.is_finite()) {
        return (None, None);
    }
    let n = y.len();
    let one = DMatrix::from_element(n, 1, 1.0);
    let both = DMatrix::from_fn(n, 2, |i, j| if j == 0 { 1.0 } else { logit[i] });
    let family = Family::Binomial;
    let shift = Model {
        family,
        y,
        x: &one,
        offset: Some(&logit),
        penalty: None,
    }
    .fit()
    .ok();
    let slope = Model {
        family,
        y,
        x: &both,
        offset: None,
        penalty: None,
    }
    .fit()
    .ok()
    .filter(|fit| fit.largest_scaled_coefficient(&both) < 10.0);
    let coefficient =
        |fit: Option<crate::stats::glm::Fit>, j: usize| fit.and_then(|f| f.coef.get(j).copied());
    (coefficient(shift, 0), coefficient(slope, 1))
}
