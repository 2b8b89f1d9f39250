//! Recorded nights ready for regression, and the background every factor is set against: whether the night before had
//! a cramp, weekend, trend and season, beside a latent log rate that remembers ([`crate::stats::latent`]).

use std::f64::consts::TAU;

use chrono::{Datelike, NaiveDate};

use crate::stats::design::Design;
use crate::stats::fill::centred_and_filled;
use crate::stats::latent::{LatentData, LatentFit, Released, fit_latent};
use crate::stats::regression::{Family, Fit, dean, fit, pearson_dispersion};
use crate::stats::shuffle::BlockPair;
use crate::stats::trend::autocorrelation_of_known;

/// Prior precision of the coefficients of the background, in the order of [`background`]: a standard deviation of 0.5,
/// and next to nothing on the intercept.
pub(crate) const BACKGROUND_PRECISION: [f64; 6] = [1e-6, 4.0, 4.0, 4.0, 4.0, 4.0];
/// Number of columns of the background.
pub(crate) const WIDTH: usize = BACKGROUND_PRECISION.len();
/// Prior precision of a factor's coefficient per step: a standard deviation of 0.5.
pub(crate) const FACTOR_PRECISION: f64 = 4.0;
/// Mean length of a year, nights.
pub(crate) const YEAR: f64 = 365.25;
/// Nights in a block of the block jackknife and of the shuffle.
pub(crate) const BLOCK: usize = 14;
/// Nights in a block when good and bad spells last unusually long.
pub(crate) const LONG_BLOCK: usize = 28;
/// Lag-14 autocorrelation of the background's residuals above which spells last unusually long.
const LONG_SPELLS: f64 = 0.1;
/// ... and by how many of its standard errors (one over the root of the pairs) it must exceed 0: without this, 43 of 300
/// simulated diaries of 110 independent nights would be told that their spells are unusual, and with it 12.
const MORE_THAN_NOISE: f64 = 1.645;
/// Cramps above this in one night (or above the 99.5 % point, if higher) are counted as that many in the models.
const WINSOR_FLOOR: f64 = 5.0;
const WINSOR_SHARE: f64 = 0.995;
/// The most any night counts: the linear predictor of the fit ends at 4, which is 55 cramps, and one absurd night of a
/// short diary would leave it without an answer for every factor.
const MOST: f64 = 50.0;

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
    /// The six columns of the background.
    columns: Vec<Vec<f64>>,
    /// The same as a design, for what is described and not judged.
    pub(crate) design: Design,
    /// Background Poisson fit of the counts, for the same.
    pub(crate) null: Fit,
    pub(crate) block: usize,
}

/// Number above which a night's cramps are taken as that many in the models: 5, or the 99.5 % point of `counts`.
pub(crate) fn winsor_limit(counts: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = counts.collect();
    sorted.sort_by(f64::total_cmp);
    let rank = (sorted.len() as f64 * WINSOR_SHARE).floor() as usize;
    let point = sorted.get(rank).or(sorted.last()).copied();
    point.unwrap_or(0.0).clamp(WINSOR_FLOOR, MOST)
}

/// The background columns of nights at `times` (ascending): the intercept; whether the night before had a cramp, about
/// the mean of `cramp`, where that is recorded, else 0; weekend about its mean; trend from -1 to 1 over `span` nights;
/// and the cosine and sine of the year. One number a night in `cramp` (1 or 0), `before` and `weekend`.
pub(crate) fn background(
    times: &[usize],
    cramp: &[f64],
    before: &[Option<bool>],
    weekend: &[f64],
    span: usize,
) -> Vec<Vec<f64>> {
    let share = cramp.iter().sum::<f64>() / cramp.len() as f64;
    let previous = |b: &Option<bool>| b.map_or(0.0, |b| f64::from(b) - share);
    let on = |value: &dyn Fn(f64) -> f64| times.iter().map(|t| value(*t as f64)).collect();
    vec![
        vec![1.0; times.len()],
        before.iter().map(previous).collect(),
        weekend.iter().map(|w| w - 2.0 / 7.0).collect(),
        on(&|t| 2.0 * t / span as f64 - 1.0),
        on(&|t| (TAU * t / YEAR).cos()),
        on(&|t| (TAU * t / YEAR).sin()),
    ]
}

impl NightModel {
    /// The nights of a calendar that starts at `first`. `None` when no night is recorded, or none of the recorded ones
    /// had a cramp.
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
        if !nights.iter().flatten().any(|c| *c > 0.0) {
            return None;
        }
        let count = |(t, c): (usize, &Option<f64>)| c.or_else(|| fill(offset + t)).map(|c| (t, c));
        let (times, counts): (Vec<usize>, Vec<f64>) =
            nights.iter().enumerate().filter_map(count).unzip();
        let cramp: Vec<f64> = counts.iter().map(|c| f64::from(*c > 0.0)).collect();
        let before: Vec<Option<bool>> = times
            .iter()
            .map(|t| nights[t.checked_sub(1)?].map(|c| c > 0.0))
            .collect();
        let weekday = first.weekday().num_days_from_monday() as usize + offset;
        let weekend = times.iter().map(|t| f64::from((weekday + t) % 7 >= 5));
        let weekend: Vec<f64> = weekend.collect();
        let columns = background(&times, &cramp, &before, &weekend, span);
        let design = Design::new(times.clone(), &columns);
        let null = fit(
            &design,
            &counts,
            Family::Poisson,
            &BACKGROUND_PRECISION,
            None,
        )?;
        Some(Self {
            offset,
            span,
            times,
            counts,
            cramp,
            columns,
            design,
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
    fn residuals(&self) -> Vec<Option<f64>> {
        let residuals = self.null.score.iter().zip(&self.null.mean);
        let mut out = vec![None; self.span];
        for (&t, (score, mean)) in self.times.iter().zip(residuals) {
            out[t] = Some(score / mean.sqrt());
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

    pub(crate) fn cramp_nights(&self) -> usize {
        self.cramp.iter().filter(|c| **c > 0.0).count()
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

    /// Fits `columns` (centred and filled, one number a recorded night) together on the background. `None` when the
    /// fit does not settle.
    pub(crate) fn fit_latent<'c>(
        &'c self,
        columns: impl Iterator<Item = &'c Vec<f64>>,
    ) -> Option<LatentFit> {
        let mut all: Vec<&[f64]> = self.columns.iter().map(Vec::as_slice).collect();
        all.extend(columns.map(Vec::as_slice));
        let mut precision = BACKGROUND_PRECISION.to_vec();
        precision.resize(all.len(), FACTOR_PRECISION);
        fit_latent(&LatentData {
            times: &self.times,
            counts: &self.counts,
            columns: all,
            precision,
            background: WIDTH,
        })
    }

    /// Judges `own` columns with `others` beside them, all centred and filled.
    pub(crate) fn release<'c>(
        &'c self,
        own: &'c [Vec<f64>],
        others: impl Iterator<Item = &'c Vec<f64>>,
    ) -> Option<Released> {
        let fit = self.fit_latent(own.iter().chain(others))?;
        fit.release(&(WIDTH..WIDTH + own.len()).collect::<Vec<_>>())
    }
}

/// The numeric columns of one factor on the recorded nights where it is known, per step of the factor.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    /// Rows (of the night model) where the factor is known.
    pub(crate) rows: Vec<usize>,
    /// One column for a number, a scale or yes/no; one per level against the commonest for a choice.
    pub(crate) columns: Vec<Vec<f64>>,
}

impl Term {
    /// Columns on `rows`; `None` when there is none or one of them does not vary.
    pub(crate) fn new(rows: Vec<usize>, columns: Vec<Vec<f64>>) -> Option<Self> {
        let varies = |c: &Vec<f64>| c.iter().any(|x| *x != c[0]);
        (!columns.is_empty() && columns.iter().all(varies)).then_some(Self { rows, columns })
    }

    /// The columns on all nights of `model`, each about its mean, an unknown value filled from the nearest known nights.
    pub(crate) fn filled(&self, model: &NightModel) -> Vec<Vec<f64>> {
        let of = |column: &Vec<f64>| {
            let mut values = vec![None; model.times.len()];
            for (&row, &x) in self.rows.iter().zip(column) {
                values[row] = Some(x);
            }
            let n = column.len() as f64;
            let mean = column.iter().sum::<f64>() / n;
            let squares: f64 = column.iter().map(|x| (x - mean) * (x - mean)).sum();
            let binary = column.iter().all(|x| *x == 0.0 || *x == 1.0);
            let variance = squares / if binary { n } else { n - 1.0 };
            centred_and_filled(&model.times, &values, mean, variance)
        };
        self.columns.iter().map(of).collect()
    }

    /// The term reduced to one of its columns.
    pub(crate) fn one(&self, column: usize) -> Option<Self> {
        Self::new(self.rows.clone(), vec![self.columns.get(column)?.clone()])
    }
}

/// Where a column is known, and its values there.
pub(crate) fn known<T: Copy + Into<f64>>(values: &[Option<T>]) -> (Vec<usize>, Vec<f64>) {
    let places = values.iter().enumerate();
    places.filter_map(|(i, v)| v.map(|v| (i, v.into()))).unzip()
}

/// The background and the counts on the nights where a term is known, its columns beside.
pub(crate) fn with_term(model: &NightModel, term: &Term) -> (Design, Vec<f64>) {
    let row = |(k, &i): (usize, &usize)| {
        let own = term.columns.iter().map(move |c| c[k]);
        model.design.row(i).iter().copied().chain(own)
    };
    let x = term.rows.iter().enumerate().flat_map(row).collect();
    let times = term.rows.iter().map(|&i| model.times[i]).collect();
    let design = Design::from_rows(times, x, WIDTH + term.columns.len());
    (design, term.rows.iter().map(|&i| model.counts[i]).collect())
}

/// The prior precisions of the background and of `columns` more without one.
pub(crate) fn penalty(columns: usize) -> Vec<f64> {
    let mut out = BACKGROUND_PRECISION.to_vec();
    out.resize(WIDTH + columns, 0.0);
    out
}

/// A term alone on the background, nights taken as independent: for comparing treatments of what is missing, never
/// stated with an interval. `None` when the model cannot be fitted or the background explains a column completely.
pub(crate) fn plain_fit(model: &NightModel, term: &Term) -> Option<Fit> {
    let (design, y) = with_term(model, term);
    let start = Some(model.null.coefficients.as_slice());
    let penalty = penalty(term.columns.len());
    let f = fit(&design, &y, Family::Poisson, &penalty, start)?;
    let aliased = (WIDTH..design.columns()).any(|c| f.factor.aliased(c));
    (!aliased).then_some(f)
}

/// What the block shuffle of a one-column term works on: residual of the counts on the background beside the exposure
/// residualised on it with the same weights. `None` when the background cannot be fitted on its nights.
pub(crate) fn shuffle_pair(model: &NightModel, term: &Term) -> Option<BlockPair> {
    let base = model.design.select(&term.rows);
    let y: Vec<f64> = term.rows.iter().map(|&i| model.counts[i]).collect();
    let start = Some(model.null.coefficients.as_slice());
    let null = fit(&base, &y, Family::Poisson, &BACKGROUND_PRECISION, start)?;
    let x = term.columns.first()?;
    let weighted: Vec<f64> = x.iter().zip(&null.weight).map(|(x, w)| x * w).collect();
    let explained = null.factor.solve(&base.transpose_times(&weighted));
    let mut fitted = Vec::new();
    base.predict(&explained, &mut fitted);
    let residual = x.iter().zip(&fitted).map(|(x, f)| x - f);
    let rows = base.times().iter().zip(&null.score).zip(residual);
    let rows = rows.map(|((t, e), x)| (*t, *e, x));
    Some(BlockPair::new(model.span, model.block, rows))
}
