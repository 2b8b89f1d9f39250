//! Where the true value of the next study lies, with τ² as uncertain as it is.
//!
//! The usual interval, mean ± t·√(τ̂² + se²) ([`crate::stats::meta::Pooled::prediction`]), takes the estimate of τ² for its
//! true value and holds too few of the next studies where their errors are as large as τ (C. Partlett and R. D. Riley,
//! Statistics in Medicine 36, 2017). Here τ² has a confidence distribution, over which the next study is averaged: the idea
//! of K. Nagashima, H. Noma and T. A. Furukawa (Statistical Methods in Medical Research 28, 2019), with two changes. Their
//! distribution of τ² inverts that of Cochran's Q, which needs all eigenvalues of a matrix as large as the number of
//! studies; here it inverts the generalised Q, Σ(y − mean)²/(v + τ²), which is χ² on k − 1 degrees of freedom at the true τ²
//! whatever that is (W. Viechtbauer, Statistics in Medicine 26, 2007), at one pass a point. With it goes, as in the pivots
//! of H. K. Iyer, C. M. Wang and T. Mathew (JASA 99, 2004), a mean that is normal at each τ². And they draw; here it is an
//! integral, so that the answer has no chance in it.

use std::f64::consts::FRAC_PI_2;

use crate::stats::distribution::normal_upper;
use crate::stats::estimate::Estimate;
use crate::stats::meta::{Pooled, Study, Weighted};
use crate::stats::solve::brent;
use crate::stats::special::{Tails, gamma_tails, ln_poisson_term};

/// Share of the distribution of τ² that is left out at an end.
const LEFT_OUT: f64 = 1e-10;
/// Halvings by which an end is found, and steps on the way to it: each is e times as far.
const HALVINGS: usize = 40;
const STEPS: usize = 200;
/// Distance of the points of the integral, and how far they reach, on the scale of H. Takahasi and M. Mori (Publications of
/// the RIMS 9, 1974). Half the distance changes nothing beyond [`LEFT_OUT`].
const STEP: f64 = 0.05;
const REACH: i32 = 60;

/// One τ²: the share it stands for, and the normal distribution of the next study there.
struct Point {
    share: f64,
    mean: f64,
    sd: f64,
}

/// Where the true value of the next study lies, at the level of `mean` and never narrower than its interval. `mean` is that of
/// `pooled`, or one by other weights, around which the answer is then moved. `None` where nothing can be pooled.
pub(crate) fn next_study(studies: &[Study], pooled: &Pooled, mean: Estimate) -> Option<Estimate> {
    let level = mean.level;
    let mut points = Spread::of(studies)?.points();
    for point in &mut points {
        point.mean += mean.value - pooled.mean.value;
    }
    let whole: f64 = points.iter().map(|p| p.share).sum();
    let below = |x: f64| -> f64 {
        let part = |p: &Point| p.share * normal_upper((p.mean - x) / p.sd);
        points.iter().map(part).sum::<f64>() / whole
    };
    let end = |tail: f64| {
        // at ten standard deviations from every mean there is nothing beyond
        let reach = |p: &Point| (p.mean - mean.value).abs() + 10.0 * p.sd;
        let reach = points.iter().map(reach).fold(0.0, f64::max);
        let (from, to) = (mean.value - reach, mean.value + reach);
        brent(|x| below(x) - tail, from, to, 0.0)
    };
    let (low, high) = (end((1.0 - level) / 2.0)?, end((1.0 + level) / 2.0)?);
    Estimate::new(mean.value, low.min(mean.low), high.max(mean.high), level)
}

/// The confidence distribution of τ².
struct Spread<'a> {
    studies: &'a [Study],
    /// Half the degrees of freedom.
    shape: f64,
    /// Sampling variance of a typical study: τ² = `typical`·(eˣ − 1) at place x.
    typical: f64,
}

impl<'a> Spread<'a> {
    fn of(studies: &'a [Study]) -> Option<Self> {
        let k = studies.len() as f64;
        let typical = k / Weighted::at(studies, 0.0).total;
        (k >= 2.0 && typical > 0.0 && typical.is_finite()).then_some(Self {
            studies,
            shape: (k - 1.0) / 2.0,
            typical,
        })
    }

    fn tau2(&self, place: f64) -> f64 {
        self.typical * place.exp_m1()
    }

    /// How much of the distribution lies at or below a place (`upper`), and above it (`lower`): a larger τ² leaves a smaller
    /// sum of squares.
    fn share(&self, place: f64) -> Tails {
        let there = Weighted::at(self.studies, self.tau2(place));
        gamma_tails(self.shape, there.squares / 2.0)
    }

    /// The places between which the distribution lies.
    fn ends(&self) -> (f64, f64) {
        let between = |mut low: f64, mut high: f64, is_before: &dyn Fn(f64) -> bool| {
            for _ in 0..HALVINGS {
                let middle = (low + high) / 2.0;
                match is_before(middle) {
                    true => low = middle,
                    false => high = middle,
                }
            }
            (low, high)
        };
        let is_inside = |place: f64| self.share(place).lower > LEFT_OUT;
        let mut beyond = 1.0;
        for _ in 0..STEPS {
            if !is_inside(beyond) {
                break;
            }
            beyond += 1.0;
        }
        let (_, high) = between(0.0, beyond, &is_inside);
        let is_nothing = |place: f64| self.share(place).upper < LEFT_OUT;
        let low = match is_nothing(0.0) {
            true => between(0.0, high, &is_nothing).0,
            false => 0.0,
        };
        (low, high)
    }

    fn points(&self) -> Vec<Point> {
        let none = Weighted::at(self.studies, 0.0);
        let mut points = vec![Point {
            share: self.share(0.0).upper,
            mean: none.mean,
            sd: none.total.recip().sqrt(),
        }];
        let (low, high) = self.ends();
        let half = (high - low) / 2.0;
        for step in -REACH..=REACH {
            let t = f64::from(step) * STEP;
            let bend = FRAC_PI_2 * t.sinh();
            let place = low + half * (1.0 + bend.tanh());
            let width = STEP * half * FRAC_PI_2 * t.cosh() / bend.cosh().powi(2);
            let tau2 = self.tau2(place);
            let there = Weighted::at(self.studies, tau2);
            // d τ² / d place
            let stretch = self.typical * place.exp();
            points.push(Point {
                share: self.density(&there) * stretch * width,
                mean: there.mean,
                sd: (tau2 + there.total.recip()).sqrt(),
            });
        }
        points.retain(|p| p.share > 0.0 && p.sd.is_finite());
        points
    }

    /// Density of τ²: that of χ² at the sum of squares, times how fast the sum falls, which is y′PPy.
    fn density(&self, there: &Weighted) -> f64 {
        let half = there.squares / 2.0;
        let term = ln_poisson_term(self.shape, half).exp();
        match half > 0.0 {
            true => 0.5 * term * self.shape / half * there.score,
            false => 0.0,
        }
    }
}
