//! Control charts: J. C. Benneyan (Health Care Management Science 4, 2001) for the g chart of nights between events,
//! L. S. Nelson (Journal of Quality Technology 26, 1994) for the t chart, P. B. Laney (Quality Engineering 14, 2002) for
//! the u' chart.

use serde::Serialize;

/// Limits around a centre.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Limits {
    /// Lower limit.
    pub(crate) low: f64,
    /// Centre line.
    pub(crate) centre: f64,
    /// Upper limit.
    pub(crate) high: f64,
}

/// Three-sigma limits for gaps that follow the geometric distribution counted from 0: mean ± 3√(mean(mean+1)), not
/// below 0. `None` without gaps.
#[must_use]
pub(crate) fn g_chart(gaps: &[f64]) -> Option<Limits> {
    let mean = mean(gaps)?;
    let sigma = (mean * (mean + 1.0)).sqrt();
    Some(Limits {
        low: (mean - 3.0 * sigma).max(0.0),
        centre: mean,
        high: mean + 3.0 * sigma,
    })
}

/// Smallest whole gap whose cumulative geometric probability reaches `p`, for gaps with the given mean.
#[must_use]
pub(crate) fn geometric_quantile(p: f64, mean: f64) -> f64 {
    if mean <= 0.0 {
        return 0.0;
    }
    let ln_stay = -(1.0 / (mean + 1.0));
    ((-p).ln_1p() / ln_stay.ln_1p() - 1.0 - 1e-12)
        .ceil()
        .max(0.0)
}

/// Probability limits (.00135, ½, .99865) of the geometric distribution with the gaps' mean.
#[must_use]
pub(crate) fn g_chart_probability(gaps: &[f64]) -> Option<Limits> {
    let mean = mean(gaps)?;
    let at = |p: f64| geometric_quantile(p, mean);
    Some(Limits {
        low: at(0.00135),
        centre: at(0.5),
        high: at(0.99865),
    })
}

/// Probability limits of the exponential distribution with the gaps' mean, for gaps measured finely.
#[must_use]
pub(crate) fn exponential_limits(gaps: &[f64]) -> Option<Limits> {
    let mean = mean(gaps)?;
    let at = |p: f64| -mean * (-p).ln_1p();
    Some(Limits {
        low: at(0.00135),
        centre: at(0.5),
        high: at(0.99865),
    })
}

/// t chart: gaps to the power 1/3.6 are near normal; limits from their mean moving range, turned back. `None` below two
/// gaps.
#[must_use]
pub(crate) fn t_chart(gaps: &[f64]) -> Option<Limits> {
    let y: Vec<f64> = gaps.iter().map(|g| g.powf(1.0 / 3.6)).collect();
    let centre = mean(&y)?;
    let range = moving_range(&y)?;
    let back = |y: f64| y.max(0.0).powf(3.6);
    Some(Limits {
        low: back(centre - 2.66 * range),
        centre: back(centre),
        high: back(centre + 2.66 * range),
    })
}

/// A u chart with Laney's correction for more, or less, than Poisson spread.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct UChart {
    /// Overall rate.
    pub(crate) centre: f64,
    /// Poisson three-sigma limits of each period.
    pub(crate) limits: Vec<Limits>,
    /// Periods outside the Poisson limits.
    pub(crate) outside: usize,
    /// σ_z: the moving-range spread of the standardised rates, 1 for Poisson counts; `None` below two periods.
    pub(crate) sigma_z: Option<f64>,
    /// Limits widened by σ_z; empty when that is unknown.
    pub(crate) laney: Vec<Limits>,
}

/// u and u' chart of `events` in `exposure` (positive) by period; `None` without periods or exposure or when nothing
/// happened at all.
#[must_use]
pub(crate) fn u_chart(events: &[f64], exposure: &[f64]) -> Option<UChart> {
    let usable = exposure.iter().all(|t| *t > 0.0 && t.is_finite());
    let centre = events.iter().sum::<f64>() / exposure.iter().sum::<f64>();
    if events.len() != exposure.len() || !usable || !(centre > 0.0 && centre.is_finite()) {
        return None;
    }
    let sigma: Vec<f64> = exposure.iter().map(|t| (centre / t).sqrt()).collect();
    let z: Vec<f64> = events
        .iter()
        .zip(exposure)
        .zip(&sigma)
        .map(|((y, t), s)| (y / t - centre) / s)
        .collect();
    let around = |width: f64| -> Vec<Limits> {
        sigma
            .iter()
            .map(|s| Limits {
                low: (centre - 3.0 * s * width).max(0.0),
                centre,
                high: centre + 3.0 * s * width,
            })
            .collect()
    };
    let sigma_z = moving_range(&z).map(|r| r / 1.128);
    Some(UChart {
        centre,
        limits: around(1.0),
        outside: z.iter().filter(|z| z.abs() > 3.0).count(),
        sigma_z,
        laney: sigma_z.map_or_else(Vec::new, around),
    })
}

fn mean(x: &[f64]) -> Option<f64> {
    let mean = x.iter().sum::<f64>() / x.len() as f64;
    (mean.is_finite() && x.iter().all(|v| *v >= 0.0)).then_some(mean)
}

fn moving_range(x: &[f64]) -> Option<f64> {
    let steps: Vec<f64> = x.windows(2).map(|w| (w[1] - w[0]).abs()).collect();
    let mean = steps.iter().sum::<f64>() / steps.len() as f64;
    mean.is_finite().then_some(mean)
}
