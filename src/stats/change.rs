//! Where a level changed: optimal segmentation of counts by PELT (R. Killick, P. Fearnhead and I. A. Eckley, JASA 107,
//! 2012), and control charts: J. C. Benneyan (Health Care Management Science 4, 2001) for gaps between events,
//! L. S. Nelson (Journal of Quality Technology 26, 1994) for the t chart, P. B. Laney (Quality Engineering 14, 2002) for
//! the u' chart.

use serde::Serialize;

/// Running sums of counts and exposure, from which the cost of any stretch follows at once.
struct Prefix {
    sum: Vec<f64>,
    exposure: Vec<f64>,
}

impl Prefix {
    fn of(x: &[f64], exposure: Option<&[f64]>) -> Self {
        let (mut s, mut m) = (0.0, 0.0);
        let running = x.iter().enumerate().map(|(i, v)| {
            s += v;
            m += exposure.and_then(|e| e.get(i)).copied().unwrap_or(1.0);
            (s, m)
        });
        let (sum, exposure) = std::iter::once((0.0, 0.0)).chain(running).unzip();
        Self { sum, exposure }
    }

    fn parts(&self, from: usize, to: usize) -> (f64, f64) {
        (
            self.sum[to] - self.sum[from],
            self.exposure[to] - self.exposure[from],
        )
    }

    /// 2(S − S·ln(S/M)), −2 log likelihood without its constant; 0 when S = 0.
    fn cost(&self, from: usize, to: usize) -> f64 {
        let (s, m) = self.parts(from, to);
        if s <= 0.0 {
            0.0
        } else {
            2.0 * (s - s * (s / m).ln())
        }
    }

    fn level(&self, from: usize, to: usize) -> f64 {
        let (s, m) = self.parts(from, to);
        s / m
    }
}

/// A segmentation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Segmentation {
    /// Index after the last value of each segment; the last entry is the length of the series.
    pub(crate) ends: Vec<usize>,
    /// Level of each segment: sum of values over sum of exposures.
    pub(crate) levels: Vec<f64>,
    /// Sum of the costs plus one penalty a change.
    pub(crate) objective: f64,
}

/// Segmentation of the counts `x` that minimises cost plus `penalty` a change, no segment shorter than `min_segment`. `exposure`
/// (positive) stands for the time at risk behind each count; without it every value counts one.
/// `None` for an empty series, a negative count or a bad exposure. A series too short to be cut is one segment.
pub(crate) fn pelt(
    x: &[f64],
    exposure: Option<&[f64]>,
    penalty: f64,
    min_segment: usize,
) -> Option<Segmentation> {
    let n = x.len();
    let shortest = min_segment.max(1);
    let bad_count = x.iter().any(|v| *v < 0.0);
    let bad_exposure =
        exposure.is_some_and(|e| e.len() != n || e.iter().any(|v| !(*v > 0.0 && v.is_finite())));
    if n == 0 || bad_count || bad_exposure || x.iter().any(|v| !v.is_finite()) || penalty.is_nan() {
        return None;
    }
    let prefix = Prefix::of(x, exposure);
    // best[t]: optimum of the first t values with a penalty before each segment, the first one's taken back.
    let mut best = vec![f64::INFINITY; n + 1];
    let mut last = vec![0; n + 1];
    best[0] = -penalty;
    // Starts still in play; one that lost at time t cannot win from t + shortest on.
    let mut starts: Vec<(usize, usize)> = vec![(0, usize::MAX)];
    for to in 1..=n {
        let whole = to == n && n < 2 * shortest;
        if to < shortest && !whole {
            continue;
        }
        starts.retain(|(_, until)| to < *until);
        for &(from, _) in &starts {
            if to - from < shortest && !whole {
                continue;
            }
            let value = best[from] + prefix.cost(from, to) + penalty;
            if value < best[to] {
                best[to] = value;
                last[to] = from;
            }
        }
        for (from, until) in &mut starts {
            let ready = to - *from >= shortest;
            if ready && *until == usize::MAX && best[*from] + prefix.cost(*from, to) > best[to] {
                *until = to + shortest;
            }
        }
        if to + shortest <= n && best[to].is_finite() {
            starts.push((to, usize::MAX));
        }
    }
    let mut ends = vec![n];
    let mut at = last[n];
    while at > 0 {
        ends.push(at);
        at = last[at];
    }
    ends.reverse();
    let starts = std::iter::once(&0).chain(&ends);
    let levels = starts.zip(&ends).map(|(&from, &to)| prefix.level(from, to));
    let levels = levels.collect();
    Some(Segmentation {
        ends,
        levels,
        objective: best[n],
    })
}

/// Where one change may lie between two neighbouring segments: all positions (length of the first part) in
/// `from..to` whose fit is within `drop` log-likelihood units of the best (1.92 for 95 %, times the dispersion).
/// Positions closer than `min_segment` to either end are left out. `None` when there is no room.
pub(crate) fn support(
    x: &[f64],
    exposure: Option<&[f64]>,
    from: usize,
    to: usize,
    min_segment: usize,
    drop: f64,
) -> Option<(usize, usize)> {
    let shortest = min_segment.max(1);
    if to > x.len() || from + 2 * shortest > to {
        return None;
    }
    let prefix = Prefix::of(x, exposure);
    let cost: Vec<(usize, f64)> = (from + shortest..=to - shortest)
        .map(|k| (k, prefix.cost(from, k) + prefix.cost(k, to)))
        .collect();
    let best = cost.iter().map(|c| c.1).fold(f64::INFINITY, f64::min);
    let mut inside = cost
        .iter()
        .filter(|c| c.1 - best <= 2.0 * drop)
        .map(|c| c.0);
    let first = inside.next()?;
    Some((first, inside.next_back().unwrap_or(first)))
}

/// Limits around a centre.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Limits {
    pub(crate) low: f64,
    pub(crate) centre: f64,
    pub(crate) high: f64,
}

/// Smallest whole gap whose cumulative geometric probability reaches `p`, for gaps with the given mean.
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
pub(crate) fn g_chart_probability(gaps: &[f64]) -> Option<Limits> {
    let mean = mean(gaps)?;
    let at = |p: f64| geometric_quantile(p, mean);
    Some(Limits {
        low: at(0.00135),
        centre: at(0.5),
        high: at(0.99865),
    })
}

/// t chart: gaps to the power 1/3.6 are near normal; limits from their mean moving range, turned back. `None` below two
/// gaps.
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
