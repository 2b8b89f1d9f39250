//! The background every factor is tested against: drift, weekend, and whether the night before had a cramp.

use chrono::{Datelike, NaiveDate};

use crate::stats::background::{Family, Fit, KNOT_SPACING, fit, penalty};
use crate::stats::drift_design::{Design, Drift};
use crate::stats::overdispersion::{dean, pearson_dispersion};
use crate::stats::serial::autocorrelation_of_known;

/// Border columns of the background: intercept, weekend, previous night.
pub(crate) const BACKGROUND_WIDTH: usize = 3;
/// Nights in a block of the jackknife and of the shuffle.
pub(crate) const BLOCK: usize = 14;
/// Nights in a block when good and bad spells last unusually long.
pub(crate) const LONG_BLOCK: usize = 28;
/// Lag-14 autocorrelation of the background's residuals above which spells last unusually long.
const LONG_SPELLS: f64 = 0.1;
/// ... and by how many of its standard errors (one over the root of the pairs) it must exceed 0. Without this, 1 in 7
/// diaries of 110 independent nights would be told that their spells are unusual (43 of 300 simulated; with it, 12);
/// from 271 pairs on it asks nothing more than 0.1 does.
const MORE_THAN_NOISE: f64 = 1.645;

/// Recorded nights, ready for regression. Times count calendar nights from the first recorded one.
#[derive(Debug, Clone)]
pub(crate) struct NightModel {
    /// Calendar index (in the caller's table) of time 0.
    pub(crate) offset: usize,
    /// Calendar nights from the first to the last recorded one.
    pub(crate) span: usize,
    /// Time of each recorded night.
    pub(crate) times: Vec<usize>,
    /// Number of cramps on each recorded night.
    pub(crate) counts: Vec<f64>,
    /// 1 on a cramp night, else 0.
    pub(crate) cramp: Vec<f64>,
    /// The background design.
    pub(crate) design: Design,
    /// Ridge on its coefficients.
    pub(crate) penalty: Vec<f64>,
    /// Background Poisson fit of the counts.
    pub(crate) null: Fit,
    /// Nights in a block of the jackknife and of the shuffle.
    pub(crate) block: usize,
}

impl NightModel {
    /// Fits the background to the calendar nights starting at `first`. `None` when no night is recorded,
    /// or none of the recorded ones had a cramp.
    pub(crate) fn new(first: NaiveDate, counts: &[Option<f64>]) -> Option<Self> {
        Self::with_filled(first, counts, |_| None)
    }

    /// The same with `fill` standing in as the count of unrecorded nights between the first and the last recorded
    /// one. Whether the night before had a cramp stays unknown after an unrecorded night.
    pub(crate) fn with_filled(
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
            block: BLOCK,
        })
    }

    /// The same with blocks of 28 nights when the residuals of two nights 14 apart still resemble each other: blocks
    /// of 14 would then not be independent of each other.
    pub(crate) fn with_blocks_for_spells(mut self) -> Self {
        let (r, pairs) = self.spell_autocorrelation();
        if r > LONG_SPELLS && r * (pairs as f64).sqrt() > MORE_THAN_NOISE {
            self.block = LONG_BLOCK;
        }
        self
    }

    /// Lag-14 autocorrelation of the background's residuals, and the number of pairs of nights it rests on.
    pub(crate) fn spell_autocorrelation(&self) -> (f64, usize) {
        let mut e = vec![None; self.span];
        for ((&t, s), m) in self.times.iter().zip(&self.null.score).zip(&self.null.mean) {
            e[t] = Some(s / m.sqrt());
        }
        let known: Vec<f64> = e.iter().flatten().copied().collect();
        let mean = known.iter().sum::<f64>() / known.len().max(1) as f64;
        let pairs = e.iter().zip(e.iter().skip(BLOCK));
        let pairs = pairs.filter(|(a, b)| a.is_some() && b.is_some()).count();
        (autocorrelation_of_known(&e, mean, BLOCK), pairs)
    }

    /// The values of a calendar column on the recorded nights.
    pub(crate) fn rows_of(&self, values: &[Option<f64>]) -> Vec<Option<f64>> {
        self.times
            .iter()
            .map(|t| values.get(self.offset + t).copied().flatten())
            .collect()
    }

    /// Pearson dispersion of the background fit; `None` without degrees of freedom.
    pub(crate) fn dispersion(&self) -> Option<f64> {
        let df = self.counts.len().checked_sub(self.design.columns())?;
        pearson_dispersion(&self.counts, &self.null.mean, &self.null.mean, df)
    }

    /// One-sided p that the counts vary more than Poisson ones around the background (Dean's score test).
    pub(crate) fn overdispersion_p(&self) -> Option<f64> {
        dean(&self.counts, &self.null.mean).map(|t| t.p)
    }
}
