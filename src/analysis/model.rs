//! The background every factor is tested against: drift, weekend, and whether the night before had a cramp.
//!
//! One factor on the background: rate ratio, block-jackknife interval, effective blocks, shuffle residuals.

use chrono::{Datelike, NaiveDate};

use crate::stats::block_jackknife::{BlockJackknife, cr3};
use crate::stats::design::{Design, Drift};
use crate::stats::distribution::{f_upper, t_quantile, t_two_sided};
use crate::stats::estimate::Estimate;
use crate::stats::regression::{Family, Fit, KNOT_SPACING, dean, fit, pearson_dispersion, penalty};
use crate::stats::shuffle::BlockPair;
use crate::stats::trend::autocorrelation_of_known;

/// Border columns of the background: intercept, weekend, previous night.
pub(crate) const BACKGROUND_WIDTH: usize = 3;
pub(crate) const BLOCK: usize = 14;
/// Nights in a block when good and bad spells last unusually long.
pub(crate) const LONG_BLOCK: usize = 28;
/// Lag-14 autocorrelation of the background's residuals above which spells last unusually long.
const LONG_SPELLS: f64 = 0.1;
/// ... and by how many of its standard errors (one over the root of the pairs) it must exceed 0: without this, 43 of 300
/// simulated diaries of 110 independent nights would be told that their spells are unusual, and with it 12.
const MORE_THAN_NOISE: f64 = 1.645;

/// Recorded nights, ready for regression. Times count calendar nights from the first recorded one.
#[derive(Debug, Clone)]
pub(crate) struct NightModel {
    /// Calendar index (in the caller's table) of time 0.
    pub(crate) offset: usize,
    /// Calendar nights from the first to the last recorded one.
    pub(crate) span: usize,
    pub(crate) times: Vec<usize>,
    pub(crate) counts: Vec<f64>,
    pub(crate) cramp: Vec<f64>,
    pub(crate) design: Design,
    pub(crate) penalty: Vec<f64>,
    /// Background Poisson fit of the counts.
    pub(crate) null: Fit,
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
        let e = self.residuals();
        let pairs = e.iter().zip(e.iter().skip(BLOCK));
        let pairs = pairs.filter(|(a, b)| a.is_some() && b.is_some()).count();
        (autocorrelation_of_known(&e, BLOCK), pairs)
    }

    /// Pearson residuals of the background on the calendar.
    pub(crate) fn residuals(&self) -> Vec<Option<f64>> {
        let residuals = self.null.score.iter().zip(&self.null.mean);
        self.on_calendar(residuals.map(|(s, m)| Some(s / m.sqrt())))
    }

    /// One value a recorded night, each on its calendar night.
    pub(crate) fn on_calendar(
        &self,
        values: impl Iterator<Item = Option<f64>>,
    ) -> Vec<Option<f64>> {
        let mut out = vec![None; self.span];
        for (&t, value) in self.times.iter().zip(values) {
            out[t] = value;
        }
        out
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

/// The numeric columns of one factor on the recorded nights where it is known.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    /// Rows (of the night model) where the factor is known.
    pub(crate) rows: Vec<usize>,
    /// One column for a number, a scale or yes/no; one per level against the commonest for a choice.
    /// Each is divided by its sample SD.
    pub(crate) columns: Vec<Vec<f64>>,
    /// Sample SD of each column before scaling.
    pub(crate) sd: Vec<f64>,
}

impl Term {
    /// A single numeric column; `None` when fewer than two known values differ.
    pub(crate) fn numeric(values: &[Option<f64>]) -> Option<Self> {
        let (rows, values) = known(values);
        Self::scaled(rows, vec![values])
    }

    /// Columns of indicators or numbers on `rows`, scaled; `None` when one of them does not vary.
    pub(crate) fn scaled(rows: Vec<usize>, mut columns: Vec<Vec<f64>>) -> Option<Self> {
        let mut sds = Vec::with_capacity(columns.len());
        for column in &mut columns {
            let sd = sample_sd(column).filter(|sd| *sd > 0.0)?;
            column.iter_mut().for_each(|x| *x /= sd);
            sds.push(sd);
        }
        (!columns.is_empty()).then_some(Self {
            rows,
            columns,
            sd: sds,
        })
    }
}

/// Where a column is known, and its values there.
pub(crate) fn known<T: Copy + Into<f64>>(values: &[Option<T>]) -> (Vec<usize>, Vec<f64>) {
    let places = values.iter().enumerate();
    places.filter_map(|(i, v)| v.map(|v| (i, v.into()))).unzip()
}

/// Sample standard deviation (divisor n - 1); `None` with fewer than two values.
pub(crate) fn sample_sd(x: &[f64]) -> Option<f64> {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    let squares: f64 = x.iter().map(|x| (x - mean) * (x - mean)).sum();
    (x.len() > 1).then(|| (squares / (n - 1.0)).sqrt())
}

/// Some columns of a fit, tested together. Coefficients are per SD of the column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TermFit {
    pub(crate) beta: Vec<f64>,
    pub(crate) se: Vec<f64>,
    /// Effective blocks, the smallest over the columns.
    pub(crate) g_star: f64,
    /// Degrees of freedom of the t (or F) reference.
    pub(crate) df: f64,
    /// Two-sided p of "no association"; `None` when it is undefined.
    pub(crate) p: Option<f64>,
}

impl TermFit {
    /// The columns at `slots` of a jackknife, `columns` being the border column behind each slot: t for one, F for more.
    pub(crate) fn new(
        fit: &Fit,
        robust: &BlockJackknife,
        columns: &[usize],
        slots: &[usize],
    ) -> Self {
        let beta: Vec<f64> = slots.iter().map(|&s| fit.border(columns[s])).collect();
        let se: Vec<f64> = slots.iter().map(|&s| robust.se(s)).collect();
        let g_star = slots
            .iter()
            .map(|&s| robust.effective_blocks[s])
            .fold(f64::INFINITY, f64::min);
        let df = (g_star - 1.0).max(1.0);
        let p = if let ([b], [se]) = (beta.as_slice(), se.as_slice()) {
            Some(t_two_sided(b / se, df))
        } else {
            let q = slots.len();
            let covariance = (0..q * q)
                .map(|i| robust.covariance(slots[i / q], slots[i % q]))
                .collect();
            wald(&beta, covariance).map(|w| f_upper(w / q as f64, q as f64, df))
        };
        Self {
            beta,
            se,
            g_star,
            df,
            p: p.filter(|p| p.is_finite()),
        }
    }

    /// Rate ratio of `step` SDs of column `column` with its 95 % interval.
    pub(crate) fn rate_ratio(&self, column: usize, step: f64) -> Option<Estimate> {
        let b = self.beta.get(column)? * step;
        let half = t_quantile(0.975, self.df) * self.se.get(column)? * step;
        Estimate::around(b, half, 0.95).map(Estimate::exp)
    }
}

/// `b' V^-1 b`; `None` when V is not positive definite.
fn wald(b: &[f64], covariance: Vec<f64>) -> Option<f64> {
    let v = nalgebra::DMatrix::from_row_slice(b.len(), b.len(), &covariance);
    let b = nalgebra::DVector::from_column_slice(b);
    Some(b.dot(&v.cholesky()?.solve(&b)))
}

/// A factor's own fit.
#[derive(Debug, Clone)]
pub(crate) struct SingleFit {
    pub(crate) term: TermFit,
    pub(crate) p: f64,
    /// Ratio of block-jackknife to model variance of the first column.
    pub(crate) inflation: f64,
}

/// Fits `term` on the background, leaving out nights where it is unknown. `None` when the model cannot be fitted: too
/// few blocks, or a factor the background explains completely.
pub(crate) fn single(model: &NightModel, term: &Term) -> Option<SingleFit> {
    let (base, y) = known_nights(model, term);
    if !y.iter().any(|y| *y > 0.0) {
        return None;
    }
    let (design, penalty) = with_columns(model, term, base);
    let full = fit(
        &design,
        &y,
        Family::Poisson,
        &penalty,
        Some(&model.null.coefficients),
    )?;
    let slots: Vec<usize> = (0..term.columns.len()).collect();
    let columns: Vec<usize> = slots.iter().map(|s| BACKGROUND_WIDTH + s).collect();
    if columns.iter().any(|&c| full.factor.aliased(c)) {
        return None;
    }
    let robust = cr3(&design, &full, model.block, &columns)?;
    let term = TermFit::new(&full, &robust, &columns, &slots);
    Some(SingleFit {
        p: term.p?,
        inflation: (term.se[0] / full.model_se(BACKGROUND_WIDTH)).powi(2),
        term,
    })
}

/// The background and the counts on the nights where the factor is known.
fn known_nights(model: &NightModel, term: &Term) -> (Design, Vec<f64>) {
    let base = if term.rows.len() == model.design.rows() {
        model.design.clone()
    } else {
        model.design.select(&term.rows)
    };
    let y = term.rows.iter().map(|&i| model.counts[i]).collect();
    (base, y)
}

/// The background on some nights with the columns of a term, and the ridge on both.
pub(crate) fn with_columns(model: &NightModel, term: &Term, base: Design) -> (Design, Vec<f64>) {
    let design = term.columns.iter().fold(base, |d, c| d.with_column(c));
    let mut penalty = model.penalty.clone();
    penalty.resize(design.columns(), 0.0);
    (design, penalty)
}

/// What the block shuffle of a one-column term works on: residual of the counts on the background beside the exposure
/// residualised on it with the same weights. `None` when the background cannot be fitted on its nights.
pub(crate) fn shuffle_pair(model: &NightModel, term: &Term) -> Option<BlockPair> {
    let (base, y) = known_nights(model, term);
    let refitted;
    let null = if y.len() == model.counts.len() {
        &model.null
    } else {
        refitted = fit(
            &base,
            &y,
            Family::Poisson,
            &model.penalty,
            Some(&model.null.coefficients),
        )?;
        &refitted
    };
    let residual = residual_exposure(&base, null, &null.weight, &term.columns[0]);
    let rows = base.times().iter().zip(&null.score).zip(&residual);
    let rows = rows.map(|((t, e), x)| (*t, *e, *x));
    Some(BlockPair::new(model.span, model.block, rows))
}

/// What a background fit leaves of `x` on the rows of `design`, with the weight of each row.
pub(crate) fn residual_exposure(
    design: &Design,
    null: &Fit,
    weight: &[f64],
    x: &[f64],
) -> Vec<f64> {
    let weighted: Vec<f64> = x.iter().zip(weight).map(|(x, w)| x * w).collect();
    let explained = null.factor.solve(&design.transpose_times(&weighted));
    let mut fitted = Vec::new();
    design.predict(&explained, &mut fitted);
    x.iter().zip(&fitted).map(|(x, f)| x - f).collect()
}

/// The yes/no model of a one-column term: log odds ratio per SD and its model standard error. `null` is the background's
/// own fit, a start for it.
pub(crate) fn yes_no(model: &NightModel, term: &Term, null: Option<&Fit>) -> Option<(f64, f64)> {
    let (base, _) = known_nights(model, term);
    let (design, penalty) = with_columns(model, term, base);
    let cramp: Vec<f64> = term.rows.iter().map(|&i| model.cramp[i]).collect();
    let start = null.map(|n| n.coefficients.as_slice());
    let f = fit(&design, &cramp, Family::Logistic, &penalty, start)?;
    Some((f.border(BACKGROUND_WIDTH), f.model_se(BACKGROUND_WIDTH)))
}
