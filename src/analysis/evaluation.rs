//! One pass of the association analysis over a night table: gates, all factors in one fit, and by themselves those that
//! are only explored.

use std::ops::Range;

use rayon::prelude::*;

use crate::analysis::bundle::{Bundle, bundles};
use crate::analysis::exposure::Exposure;
use crate::analysis::gate::{Gate, coverage, gates};
use crate::analysis::model::{NightModel, WIDTH, winsor_limit};
use crate::analysis::night_table::{Factor, NightTable};
use crate::stats::estimate::Estimate;
use crate::stats::latent::{LatentFit, Released};

/// Most factors in one fit; beyond, those with the most nights on their rarer side enter.
pub(crate) const MOST_FACTORS: usize = 40;

/// What one pass found for one factor.
#[derive(Debug, Clone)]
pub(crate) struct FactorFit {
    pub(crate) exposure: Exposure,
    /// Gates it fails; empty when something may be said.
    pub(crate) gates: Vec<Gate>,
    pub(crate) coverage: f64,
    /// Its columns with the other factors beside them (an exploratory one: the announced ones).
    pub(crate) released: Option<Released>,
    /// Whether it is one of the things tested.
    pub(crate) in_family: bool,
    /// There were more than [`MOST_FACTORS`], and others had more to say.
    pub(crate) left_out: bool,
    /// Two-sided p; for a bundle, of its members together.
    pub(crate) p: Option<f64>,
    /// Positions of the other factors it cannot be told apart from.
    pub(crate) bundled_with: Vec<usize>,
}

/// What one pass found.
#[derive(Debug, Clone)]
pub(crate) struct Evaluation {
    pub(crate) model: NightModel,
    pub(crate) factors: Vec<FactorFit>,
    /// The joint fit; `None` when nothing passed the gates or it does not settle.
    pub(crate) fit: Option<LatentFit>,
    /// What was tested together.
    pub(crate) tests: Vec<Test>,
    pub(crate) winsorised: Winsorised,
    /// Columns of the joint fit, without the background.
    columns: Vec<Vec<f64>>,
    /// Where those of the announced factors stand among them.
    kept: Vec<Range<usize>>,
}

/// One thing tested: a bundle of one or more factors (positions in the table).
#[derive(Debug, Clone)]
pub(crate) struct Test {
    pub(crate) factors: Bundle,
    /// Where its columns stand among those of the joint fit.
    place: Range<usize>,
}

/// What winsorising did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Winsorised {
    pub(crate) nights: usize,
    pub(crate) limit: f64,
}

/// Whether a factor is only explored: done in reaction to a cramp, an earlier day's value, or a detail of another.
pub(crate) fn is_exploratory(factor: &Factor) -> bool {
    factor.lag > 0 || factor.reaction || factor.detail_of.is_some()
}

/// Counts above the limit lowered to it.
pub(crate) fn winsorise(counts: &[Option<u32>]) -> (Vec<Option<f64>>, Winsorised) {
    let limit = winsor_limit(counts.iter().flatten().map(|c| f64::from(*c)));
    let counts = counts.iter().map(|c| c.map(f64::from));
    let nights = counts.clone().flatten().filter(|c| *c > limit).count();
    let lowered = counts.map(|c| c.map(|c| c.min(limit))).collect();
    (lowered, Winsorised { nights, limit })
}

/// Runs one pass; exploratory factors are set beside the `announced` ones. `None` when no night is recorded or none had
/// a cramp.
pub(crate) fn evaluate(
    table: &NightTable,
    announced: &(dyn Fn(&str) -> bool + Sync),
) -> Option<Evaluation> {
    let (counts, winsorised) = winsorise(&table.counts);
    let model = NightModel::new(table.first, &counts)?.with_blocks_for_spells();
    let factors = table
        .factors
        .par_iter()
        .map(|factor| {
            let exposure = Exposure::new(&model, factor);
            let gates = gates(&model, &exposure);
            FactorFit {
                coverage: coverage(&model, &exposure),
                in_family: gates.is_empty() && !is_exploratory(factor),
                exposure,
                gates,
                released: None,
                left_out: false,
                p: None,
                bundled_with: Vec::new(),
            }
        })
        .collect();
    let mut evaluation = Evaluation {
        model,
        factors,
        fit: None,
        tests: Vec::new(),
        winsorised,
        columns: Vec::new(),
        kept: Vec::new(),
    };
    evaluation.admit();
    evaluation.fit = (!evaluation.columns.is_empty())
        .then(|| evaluation.model.fit_latent(evaluation.columns.iter()))
        .flatten();
    evaluation.judge();
    evaluation.explore(table, announced);
    Some(evaluation)
}

impl Evaluation {
    /// Chooses what enters the joint fit, and groups what goes together.
    fn admit(&mut self) {
        let mut admitted: Vec<usize> = (0..self.factors.len())
            .filter(|&i| self.factors[i].in_family && self.factors[i].exposure.term().is_some())
            .collect();
        if admitted.len() > MOST_FACTORS {
            let t = |i: usize| &self.factors[i].exposure.table;
            admitted.sort_by_key(|&i| std::cmp::Reverse(t(i).exposed.min(t(i).unexposed)));
            for i in admitted.split_off(MOST_FACTORS) {
                self.factors[i].left_out = true;
                self.factors[i].in_family = false;
            }
            admitted.sort_unstable();
        }
        let mut filled: Vec<Vec<Vec<f64>>> = admitted.par_iter().map(|&i| self.filled(i)).collect();
        let columns: Vec<&[Vec<f64>]> = filled.iter().map(Vec::as_slice).collect();
        for group in bundles(&columns) {
            let from = self.columns.len();
            for &i in &group.modelled {
                self.columns.append(&mut filled[i]);
            }
            let in_table = |m: Vec<usize>| m.into_iter().map(|i| admitted[i]).collect();
            self.tests.push(Test {
                factors: Bundle {
                    members: in_table(group.members),
                    modelled: in_table(group.modelled),
                },
                place: from..self.columns.len(),
            });
        }
    }

    /// The columns of factor `i` on all recorded nights.
    pub(crate) fn filled(&self, i: usize) -> Vec<Vec<f64>> {
        let term = self.factors[i].exposure.term();
        term.map_or_else(Vec::new, |t| t.filled(&self.model))
    }

    /// p of every test, and the estimate of every factor in it.
    fn judge(&mut self) {
        for test in self.tests.clone() {
            let place: Vec<usize> = test.place.clone().map(|c| WIDTH + c).collect();
            let together = self.fit.as_ref().and_then(|f| f.release(&place));
            let members = &test.factors.members;
            for &m in members {
                let own = match members.len() {
                    1 => together.clone(),
                    _ => self.in_place_of(&test.place, m),
                };
                let factor = &mut self.factors[m];
                factor.p = together.as_ref().map(|t| t.p);
                if own.is_none() || factor.p.is_none() {
                    factor.gates.push(Gate::NoModel);
                    factor.in_family = false;
                }
                factor.released = own;
                factor.bundled_with = members.iter().copied().filter(|o| *o != m).collect();
            }
        }
        let factors = &self.factors;
        let tested = |t: &Test| t.factors.members.iter().all(|&m| factors[m].in_family);
        self.tests.retain(tested);
    }

    /// Factor `i` in the place of its whole bundle: no member's own part beside the others may be stated.
    fn in_place_of(&self, place: &Range<usize>, i: usize) -> Option<Released> {
        let others = self.columns[..place.start].iter();
        let others = others.chain(&self.columns[place.end..]);
        self.model.release(&self.filled(i), others)
    }

    /// Estimates what is only explored.
    fn explore(&mut self, table: &NightTable, announced: &(dyn Fn(&str) -> bool + Sync)) {
        let is_kept = |t: &&Test| {
            let mut members = t.factors.members.iter();
            members.any(|&m| announced(&table.factors[m].name))
        };
        let kept = self.tests.iter().filter(is_kept);
        self.kept = kept.map(|t| t.place.clone()).collect();
        let found: Vec<Option<Released>> = (0..self.factors.len())
            .into_par_iter()
            .map(|i| {
                let explored =
                    self.factors[i].gates.is_empty() && is_exploratory(&table.factors[i]);
                explored
                    .then(|| self.beside_announced(&self.filled(i)))
                    .flatten()
            })
            .collect();
        for ((factor, found), def) in self.factors.iter_mut().zip(found).zip(&table.factors) {
            if factor.gates.is_empty() && is_exploratory(def) {
                factor.p = found.as_ref().map(|f| f.p);
                factor.released = found;
                if factor.p.is_none() {
                    factor.gates.push(Gate::NoModel);
                }
            }
        }
    }

    /// `own` columns by themselves, with the announced factors kept in: how anything is explored.
    pub(crate) fn beside_announced(&self, own: &[Vec<f64>]) -> Option<Released> {
        let kept = self
            .kept
            .iter()
            .flat_map(|place| &self.columns[place.clone()]);
        self.model.release(own, kept)
    }

    /// Rate ratio of factor `i` without the other factors, its leading column.
    pub(crate) fn alone(&self, i: usize) -> Option<Estimate> {
        let released = self.model.release(&self.filled(i), std::iter::empty())?;
        rate_ratio(&released, self.factors[i].leading_column())
    }

    /// `extra` columns in the joint fit of all factors (or, of an explored factor `i`, beside its own): the negative
    /// control of factor `i`.
    pub(crate) fn with_extra(&self, i: usize, extra: &[Vec<f64>]) -> Option<Released> {
        let own = self.filled(i);
        let in_fit = self.tests.iter().any(|t| t.factors.modelled.contains(&i));
        let others: Vec<&Vec<f64>> = if in_fit {
            self.columns.iter().collect()
        } else {
            own.iter().collect()
        };
        self.model.release(extra, others.into_iter())
    }
}

/// Rate ratio of a released column with its 95 % interval.
pub(crate) fn rate_ratio(released: &Released, column: usize) -> Option<Estimate> {
    let b = *released.b.get(column)?;
    let half = crate::stats::distribution::normal_quantile(0.975) * released.se(column);
    Estimate::around(b, half, 0.95).map(Estimate::exp)
}

impl FactorFit {
    /// Rate ratio of step `column` with its 95 % interval, the other factors accounted for.
    pub(crate) fn rate_ratio(&self, column: usize) -> Option<Estimate> {
        rate_ratio(self.released.as_ref()?, column)
    }

    /// The column whose estimate stands for the factor: the only one, or the level furthest from no difference.
    pub(crate) fn leading_column(&self) -> usize {
        let z = |k: usize| {
            let released = self.released.as_ref().filter(|r| k < r.b.len());
            released.map_or(0.0, |r| (r.b[k] / r.se(k)).abs())
        };
        let columns = self.exposure.steps.len();
        (0..columns)
            .max_by(|a, b| z(*a).total_cmp(&z(*b)).then(b.cmp(a)))
            .unwrap_or(0)
    }

    /// Log rate ratio of the leading column.
    pub(crate) fn direction(&self) -> Option<f64> {
        let released = self.released.as_ref()?;
        released.b.get(self.leading_column()).copied()
    }
}
