//! One factor seen as an exposure: its regression columns, how nights split into "with" and "without",
//! and the plain table of cramp nights on both sides.

use serde::Serialize;

use crate::analysis::model::{NightModel, Term, known};
use crate::analysis::night_table::{Factor, Kind, Shape};
use crate::stats::fisher::{FisherTest, Table, fisher_exact};
use crate::stats::rate::{RateRatio, poisson_rate_ratio};

/// Fewest nights a level of a choice needs to stand on its own; rarer ones are put together.
pub(crate) const FEWEST_AT_A_LEVEL: usize = 12;

/// What "with" means for a factor in the plain table.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) enum Split {
    #[default]
    /// Yes against no (or in force against not).
    Yes,
    Any,
    /// Above this value (the median) against at or below it.
    Above(f64),
    /// Any other level against the commonest (index into the factor's levels).
    OtherThan(usize),
}

impl Split {
    /// Whether a value counts as "with".
    pub(crate) fn has(self, x: f64) -> bool {
        match self {
            Self::Yes | Self::Any => x > 0.0,
            Self::Above(limit) => x > limit,
            Self::OtherThan(level) => x != level as f64,
        }
    }
}

/// Cramp nights and cramps with and without a factor, on recorded nights where it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub(crate) struct PlainTable {
    pub(crate) nights: usize,
    pub(crate) exposed: usize,
    #[serde(skip)]
    pub(crate) unexposed: usize,
    pub(crate) cramp_exposed: usize,
    pub(crate) cramp_unexposed: usize,
    #[serde(skip)]
    pub(crate) episodes_exposed: u64,
    #[serde(skip)]
    pub(crate) episodes_unexposed: u64,
}

impl PlainTable {
    /// Exact conditional ratio of the rates of cramps, with against without.
    pub(crate) fn rate_ratio(&self) -> Option<RateRatio> {
        poisson_rate_ratio(
            (self.episodes_exposed, self.episodes_unexposed),
            (self.exposed as f64, self.unexposed as f64),
            1.0,
            0.95,
        )
    }

    /// Fisher's exact test of cramp nights, with against without.
    pub(crate) fn fisher(&self) -> Option<FisherTest> {
        let table = Table {
            a: self.cramp_exposed as u64,
            b: (self.exposed - self.cramp_exposed) as u64,
            c: self.cramp_unexposed as u64,
            d: (self.unexposed - self.cramp_unexposed) as u64,
        };
        fisher_exact(table, 0.95)
    }

    /// Counts nights `(with?, cramps)`.
    pub(crate) fn count(nights: impl Iterator<Item = (bool, f64)>) -> Self {
        let mut t = Self::default();
        for (with, cramps) in nights {
            let cramp = usize::from(cramps > 0.0);
            t.nights += 1;
            if with {
                t.exposed += 1;
                t.cramp_exposed += cramp;
                t.episodes_exposed += cramps as u64;
            } else {
                t.unexposed += 1;
                t.cramp_unexposed += cramp;
                t.episodes_unexposed += cramps as u64;
            }
        }
        t
    }
}

/// A step of the factor the rate ratio is stated for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Step {
    YesNo,
    /// From the 10 % to the 90 % point of the person's own values.
    Range {
        from: f64,
        to: f64,
    },
    Level {
        level: String,
        /// The commonest level.
        against: String,
    },
}

/// A factor ready for the model.
#[derive(Debug, Clone)]
pub(crate) struct Exposure {
    /// Values on the recorded nights.
    pub(crate) values: Vec<Option<f64>>,
    pub(crate) split: Split,
    pub(crate) table: PlainTable,
    pub(crate) steps: Vec<Step>,
    /// For a choice, the level codes behind each column, and the commonest level.
    pub(crate) codes: Option<(Vec<Vec<f64>>, f64)>,
    pub(crate) distinct: usize,
    pub(crate) shape: Shape,
}

impl Exposure {
    /// The exposure a factor makes on the nights of a model.
    pub(crate) fn new(model: &NightModel, factor: &Factor) -> Self {
        let values = model.rows_of(&factor.values);
        let mut sorted: Vec<f64> = values.iter().flatten().copied().collect();
        sorted.sort_by(f64::total_cmp);
        let distinct = sorted.chunk_by(|a, b| a == b).count();
        let split = split_of(factor.kind, &sorted);
        let nights = values
            .iter()
            .zip(&model.counts)
            .filter_map(|(v, c)| v.map(|v| (split.has(v), *c)));
        let table = PlainTable::count(nights);
        let (codes, steps) = match factor.kind {
            Kind::Choice => choice_columns(factor, &values, split),
            Kind::YesNo | Kind::Course => (None, vec![Step::YesNo]),
            Kind::Scale | Kind::Number => {
                let (from, to) = (quantile(&sorted, 0.1), quantile(&sorted, 0.9));
                let range = match (from, to) {
                    (Some(from), Some(to)) if to > from => Some((from, to)),
                    // Nearly always one value: state the whole range instead.
                    _ => sorted.first().copied().zip(sorted.last().copied()),
                };
                (
                    None,
                    range
                        .map(|(from, to)| Step::Range { from, to })
                        .into_iter()
                        .collect(),
                )
            }
        };
        Self {
            values,
            split,
            table,
            steps,
            codes,
            distinct,
            shape: factor.shape,
        }
    }

    /// Its regression columns; `None` when the factor does not vary. Made when asked for: of a long diary the columns
    /// of all factors would take as much room as the diary.
    pub(crate) fn term(&self) -> Option<Term> {
        self.term_of(&self.values)
    }

    /// The same columns on the nights of another model of the same table.
    pub(crate) fn on(&self, model: &NightModel, factor: &Factor) -> Option<Term> {
        self.term_of(&model.rows_of(&factor.values))
    }

    /// Whether a value is on the "with" side of `column`: for a choice its own levels against the commonest, others on
    /// neither side, because "not the commonest" may point the other way.
    pub(crate) fn leads(&self, column: usize, value: f64) -> Option<bool> {
        match self
            .codes
            .as_ref()
            .and_then(|(g, base)| Some((g.get(column)?, base)))
        {
            Some((levels, _)) if levels.contains(&value) => Some(true),
            Some((_, base)) => (value == *base).then_some(false),
            None => Some(self.split.has(value)),
        }
    }

    /// The two values of regression column `column` that its step goes between; they are 1 apart.
    pub(crate) fn ends(&self, column: usize) -> Option<(f64, f64)> {
        match self.steps.get(column)? {
            Step::Range { from, .. } => {
                let low = self.shape.of(*from) / self.size()?;
                Some((low, low + 1.0))
            }
            Step::YesNo | Step::Level { .. } => Some((0.0, 1.0)),
        }
    }

    /// Size of the step of an amount, as the models see amounts.
    fn size(&self) -> Option<f64> {
        match self.steps.first()? {
            Step::Range { from, to } => Some(self.shape.of(*to) - self.shape.of(*from)),
            Step::YesNo | Step::Level { .. } => Some(1.0),
        }
    }

    /// The regression columns of some values: amounts in steps, or indicators of groups of level codes.
    fn term_of(&self, values: &[Option<f64>]) -> Option<Term> {
        let (rows, known) = known(values);
        let columns = match &self.codes {
            Some((groups, _)) => groups
                .iter()
                .map(|g| known.iter().map(|k| f64::from(g.contains(k))).collect())
                .collect(),
            None => {
                let size = self.size()?;
                vec![known.iter().map(|v| self.shape.of(*v) / size).collect()]
            }
        };
        Term::new(rows, columns)
    }

    /// How often the known values change between "with" and "without", in the order of the nights.
    pub(crate) fn switches(&self) -> usize {
        let sides: Vec<bool> = self
            .values
            .iter()
            .flatten()
            .map(|v| self.split.has(*v))
            .collect();
        sides.windows(2).filter(|w| w[0] != w[1]).count()
    }
}

/// The plain table of a factor, counts as they were written down; needs no model.
pub(crate) fn plain_table(counts: &[Option<u32>], factor: &Factor) -> (Split, PlainTable) {
    let nights: Vec<(f64, u32)> = counts
        .iter()
        .zip(&factor.values)
        .filter_map(|(c, v)| Some(((*v)?, (*c)?)))
        .collect();
    let mut sorted: Vec<f64> = nights.iter().map(|n| n.0).collect();
    sorted.sort_by(f64::total_cmp);
    let split = split_of(factor.kind, &sorted);
    let table = PlainTable::count(nights.iter().map(|(v, c)| (split.has(*v), f64::from(*c))));
    (split, table)
}

fn split_of(kind: Kind, sorted: &[f64]) -> Split {
    match kind {
        Kind::YesNo | Kind::Course => Split::Yes,
        Kind::Choice => Split::OtherThan(commonest(sorted)),
        Kind::Scale | Kind::Number => numeric_split(sorted),
    }
}

/// How sorted numbers split: any against none when 0 is common, else above the median (or the smaller of two values).
pub(crate) fn numeric_split(sorted: &[f64]) -> Split {
    let distinct = sorted.chunk_by(|a, b| a == b).count();
    let smallest = sorted.first().copied().unwrap_or(0.0);
    let zeros = sorted.iter().filter(|x| **x == 0.0).count();
    if smallest == 0.0 && (distinct == 2 || zeros as f64 > 0.3 * sorted.len() as f64) {
        Split::Any
    } else if distinct == 2 {
        Split::Above(smallest)
    } else {
        Split::Above(quantile(sorted, 0.5).unwrap_or(0.0))
    }
}

fn commonest(sorted: &[f64]) -> usize {
    let runs = sorted.chunk_by(|a, b| a == b);
    // The first of equally common levels, so that the answer does not depend on the order of nights.
    let best = runs.fold((0, 0.0), |best, run| {
        if run.len() > best.0 {
            (run.len(), run[0])
        } else {
            best
        }
    });
    best.1 as usize
}

type Codes = Option<(Vec<Vec<f64>>, f64)>;

/// Each level against the commonest; rare levels together as "other".
fn choice_columns(factor: &Factor, values: &[Option<f64>], split: Split) -> (Codes, Vec<Step>) {
    let Split::OtherThan(base) = split else {
        return (None, Vec::new());
    };
    let name = |level: f64| {
        factor
            .levels
            .get(level as usize)
            .cloned()
            .unwrap_or_else(|| level.to_string())
    };
    let mut known: Vec<f64> = values.iter().flatten().copied().collect();
    known.sort_by(f64::total_cmp);
    let base = base as f64;
    let (mut groups, mut steps, mut rare) = (Vec::new(), Vec::new(), Vec::new());
    for run in known.chunk_by(|a, b| a == b).filter(|run| run[0] != base) {
        if run.len() < FEWEST_AT_A_LEVEL {
            rare.push(run[0]);
        } else {
            steps.push(Step::Level {
                level: name(run[0]),
                against: name(base),
            });
            groups.push(vec![run[0]]);
        }
    }
    if !rare.is_empty() {
        steps.push(Step::Level {
            level: "other".to_string(),
            against: name(base),
        });
        groups.push(rare);
    }
    (Some((groups, base)), steps)
}

/// Quantile by linear interpolation between order statistics (Hyndman & Fan 1996, type 7).
pub(crate) fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = p * last as f64;
    let low = position.floor() as usize;
    let part = position - low as f64;
    Some(sorted[low] + part * (sorted[(low + 1).min(last)] - sorted[low]))
}
