//! The background every factor is tested against: drift, weekend, and whether the night before had a cramp.

use chrono::{Datelike, NaiveDate};

use crate::stats::background::{Family, Fit, KNOT_SPACING, fit, penalty};
use crate::stats::drift_design::{Design, Drift};

/// Border columns of the background: intercept, weekend, previous night.
pub const BACKGROUND_WIDTH: usize = 3;
/// Nights in a block of the jackknife and of the shuffle.
pub const BLOCK: usize = 14;

/// Recorded nights, ready for regression. Times count calendar nights from the first recorded one.
#[derive(Debug, Clone)]
pub struct NightModel {
    /// Calendar index (in the caller's table) of time 0.
    pub offset: usize,
    /// Calendar nights from the first to the last recorded one.
    pub span: usize,
    /// Time of each recorded night.
    pub times: Vec<usize>,
    /// Number of cramps on each recorded night.
    pub counts: Vec<f64>,
    /// 1 on a cramp night, else 0.
    pub cramp: Vec<f64>,
    /// The background design.
    pub design: Design,
    /// Ridge on its coefficients.
    pub penalty: Vec<f64>,
    /// Background Poisson fit of the counts.
    pub null: Fit,
}

impl NightModel {
    /// Fits the background to the calendar nights starting at `first`. `None` when no night is recorded,
    /// or none of the recorded ones had a cramp.
    pub fn new(first: NaiveDate, counts: &[Option<f64>]) -> Option<Self> {
        Self::with_filled(first, counts, |_| None)
    }

    /// The same with `fill` standing in as the count of unrecorded nights between the first and the last recorded
    /// one. Whether the night before had a cramp stays unknown after an unrecorded night.
    pub fn with_filled(
        first: NaiveDate,
        counts: &[Option<f64>],
        fill: impl Fn(usize) -> Option<f64>,
    ) -> Option<Self> {
        let offset = counts.iter().position(Option::is_some)?;
        let span = counts.iter().rposition(Option::is_some)? + 1 - offset;
        let nights = &counts[offset..offset + span];
        let recorded = nights.iter().flatten().count();
        let share = nights.iter().flatten().filter(|c| **c > 0.0).count() as f64 / recorded as f64;
        if share == 0.0 {
            return None;
        }
        let count = |(t, c): (usize, &Option<f64>)| c.or_else(|| fill(offset + t)).map(|c| (t, c));
        let (times, counts): (Vec<usize>, Vec<f64>) =
            nights.iter().enumerate().filter_map(count).unzip();
        let cramp: Vec<f64> = counts.iter().map(|c| f64::from(*c > 0.0)).collect();
        let weekday = first.weekday().num_days_from_monday() as usize + offset;
        let mut border = Vec::with_capacity(times.len() * BACKGROUND_WIDTH);
        for &t in &times {
            let before = t.checked_sub(1).and_then(|b| nights[b]);
            let weekend = (weekday + t) % 7 >= 5;
            border.extend([
                1.0,
                f64::from(weekend),
                before.map_or(share, |c| f64::from(c > 0.0)),
            ]);
        }
        let design = Design::new(
            Drift::every(span, KNOT_SPACING),
            times.clone(),
            border,
            BACKGROUND_WIDTH,
        );
        let penalty = penalty(&design, &[0.0; BACKGROUND_WIDTH]);
        let null = fit(&design, &counts, Family::Poisson, &penalty, None)?;
        Some(Self {
            offset,
            span,
            times,
            counts,
            cramp,
            design,
            penalty,
            null,
        })
    }

    /// The values of a calendar column on the recorded nights.
    pub fn rows_of(&self, values: &[Option<f64>]) -> Vec<Option<f64>> {
        self.times
            .iter()
            .map(|t| values.get(self.offset + t).copied().flatten())
            .collect()
    }

    /// Pearson dispersion of the background fit, at least 0; `None` without degrees of freedom.
    pub fn dispersion(&self) -> Option<f64> {
        let df = self
            .counts
            .len()
            .checked_sub(self.design.columns())
            .filter(|d| *d > 0)?;
        let pearson: f64 = self
            .null
            .score
            .iter()
            .zip(&self.null.mean)
            .map(|(e, m)| e * e / m)
            .sum();
        Some(pearson / df as f64)
    }
}
