//! The night table: one row a calendar night, with what is known of the outcome and of each factor.
//!
//! Selective logging: is a factor, or the diary as a whole, filled in differently on bad nights?

use chrono::{Days, NaiveDate};
use serde::Serialize;

use crate::stats::distribution::{normal_quantile, normal_two_sided};
use crate::stats::rate::poisson_rate_ratio;

/// How a factor is measured, as the analysis treats it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    #[default]
    YesNo,
    /// Ordered steps, scored by their number.
    Scale,
    Number,
    /// One of several words; the value is the index of the word in `levels`.
    Choice,
    /// A medicine, supplement or measure taken over a period: 1 while it is in force.
    Course,
}

/// How an amount enters the models. What is said of it stays in its own units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Shape {
    /// As it is.
    #[default]
    Straight,
    /// As ln(1 + amount): the step from none to some counts for more than the same step further up.
    Log1p,
}

impl Shape {
    /// The amount as the models see it.
    pub(crate) fn of(self, x: f64) -> f64 {
        match self {
            Self::Straight => x,
            Self::Log1p => x.max(0.0).ln_1p(),
        }
    }
}

/// One factor on every calendar night of the table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Factor {
    /// Name used on the command line.
    pub(crate) name: String,
    /// Name used in sentences.
    pub(crate) label: String,
    pub(crate) kind: Kind,
    pub(crate) shape: Shape,
    pub(crate) unit: Option<String>,
    /// Words of a choice, in the order of their index.
    pub(crate) levels: Vec<String>,
    /// Nights by which the value precedes the night it stands for (0 = the day or evening before it).
    pub(crate) lag: u8,
    /// One value a calendar night; `None` is unknown, never "no".
    pub(crate) values: Vec<Option<f64>>,
    /// How many values were written down after that night's first cramp.
    pub(crate) recalled: usize,
    /// Whether this is something done in reaction to a cramp (its values already stand one night later).
    pub(crate) reaction: bool,
    /// Whether the value is settled before sleep, and so may predict the night.
    pub(crate) before_sleep: bool,
    /// A second form of another factor (a dose beside "any"), shown but never graded.
    pub(crate) detail_of: Option<String>,
}

impl Factor {
    /// A factor with nothing but a name, a kind and values.
    pub(crate) fn new(name: &str, kind: Kind, values: Vec<Option<f64>>) -> Self {
        Self {
            name: name.to_string(),
            label: name.replace(['-', '_'], " "),
            kind,
            shape: Shape::Straight,
            unit: None,
            levels: Vec::new(),
            lag: 0,
            values,
            recalled: 0,
            reaction: false,
            before_sleep: true,
            detail_of: None,
        }
    }
}

/// Everything the association analysis needs to know of a diary.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NightTable {
    pub(crate) first: NaiveDate,
    /// Number of cramps of each calendar night; `None` when the person did not say, or the night is excluded.
    pub(crate) counts: Vec<Option<u32>>,
    pub(crate) excluded: Vec<bool>,
    pub(crate) factors: Vec<Factor>,
}

/// Plain counts of the nights of a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct NightCounts {
    pub(crate) recorded: usize,
    pub(crate) cramp: usize,
    /// Calendar nights nobody wrote about (excluded ones left out).
    pub(crate) unknown: usize,
    pub(crate) excluded: usize,
    #[serde(skip)]
    pub(crate) episodes: u64,
}

/// Recorded nights, cramp nights and cramps of a run of calendar nights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) recorded: usize,
    pub(crate) cramp: usize,
    pub(crate) episodes: u64,
}

impl Tally {
    pub(crate) fn of(counts: &[Option<u32>]) -> Self {
        let known = || counts.iter().flatten();
        Self {
            recorded: known().count(),
            cramp: known().filter(|c| **c > 0).count(),
            episodes: known().map(|c| u64::from(*c)).sum(),
        }
    }

    /// Cramps a recorded night.
    pub(crate) fn rate(self) -> f64 {
        self.episodes as f64 / self.recorded as f64
    }
}

impl NightTable {
    /// Evening of calendar night `t`.
    pub(crate) fn evening(&self, t: usize) -> NaiveDate {
        let evening = self.first.checked_add_days(Days::new(t as u64));
        evening.unwrap_or(self.first)
    }

    /// A table without excluded nights.
    pub(crate) fn new(first: NaiveDate, counts: Vec<Option<u32>>, factors: Vec<Factor>) -> Self {
        let excluded = vec![false; counts.len()];
        Self {
            first,
            counts,
            excluded,
            factors,
        }
    }

    /// How many nights of each state there are.
    pub(crate) fn counts(&self) -> NightCounts {
        let tally = Tally::of(&self.counts);
        let excluded = self.excluded.iter().filter(|x| **x).count();
        NightCounts {
            recorded: tally.recorded,
            cramp: tally.cramp,
            unknown: self.counts.len().saturating_sub(tally.recorded + excluded),
            excluded,
            episodes: tally.episodes,
        }
    }

    /// Index of the first and last recorded night; `None` when there is none.
    pub(crate) fn recorded_span(&self) -> Option<(usize, usize)> {
        let first = self.counts.iter().position(Option::is_some)?;
        let last = self.counts.iter().rposition(Option::is_some)?;
        Some((first, last))
    }

    /// Only the first `nights` calendar nights: the table as it was then.
    pub(crate) fn until(&self, nights: usize) -> Self {
        let cut = |f: &Factor| Factor {
            values: f.values.iter().take(nights).copied().collect(),
            ..f.clone()
        };
        Self {
            first: self.first,
            counts: self.counts.iter().take(nights).copied().collect(),
            excluded: self.excluded.iter().take(nights).copied().collect(),
            factors: self.factors.iter().map(cut).collect(),
        }
    }

    /// Only the calendar nights after that of `evening`; `None` when there are none.
    pub(crate) fn after(&self, evening: NaiveDate) -> Option<Self> {
        let from = usize::try_from((evening - self.first).num_days() + 1).unwrap_or(0);
        let later = |f: &Factor| Factor {
            values: f.values.get(from..).unwrap_or_default().to_vec(),
            ..f.clone()
        };
        Some(Self {
            first: self.evening(from),
            counts: self.counts.get(from..).filter(|c| !c.is_empty())?.to_vec(),
            excluded: self.excluded.get(from..)?.to_vec(),
            factors: self.factors.iter().map(later).collect(),
        })
    }
}

/// Two-sided p below which the badge is shown.
const BADGE_P: f64 = 0.01;

/// Whether the rates of cramps on two kinds of night differ beyond 0.01, by an exact central p that is asked for more
/// where nights vary more than Poisson counts do: a link makes them vary, and would otherwise raise the badge by itself.
fn differ(nights: impl Iterator<Item = (bool, u32)>) -> bool {
    let (mut cramps, mut squares, mut counts) = ([0u64; 2], [0.0; 2], [0.0; 2]);
    for (first, c) in nights {
        let kind = usize::from(first);
        cramps[kind] += u64::from(c);
        squares[kind] += f64::from(c) * f64::from(c);
        counts[kind] += 1.0;
    }
    let [rest, first] = cramps;
    let Some(ratio) = poisson_rate_ratio((first, rest), (counts[1], counts[0]), 1.0, 0.95) else {
        return false;
    };
    let within = |k: usize| squares[k] - (cramps[k] as f64).powi(2) / counts[k];
    let nights = counts[0] + counts[1];
    let mean = (first + rest) as f64 / nights;
    let scatter = (within(0) + within(1)) / (nights - 2.0) / mean;
    let needed = normal_quantile(1.0 - BADGE_P / 2.0) * scatter.max(1.0).sqrt();
    first + rest > 0 && ratio.p.central() < normal_two_sided(needed)
}

/// Cramps on recorded nights where a factor is unknown, against those where it is known.
pub(crate) fn unknown_against_known(table: &NightTable, values: &[Option<f64>]) -> bool {
    let nights = table.counts.iter().zip(values);
    differ(nights.filter_map(|(c, v)| c.map(|c| (v.is_none(), c))))
}

/// Cramps on the first recorded night after a gap, against other recorded nights (the very first one left out).
pub(crate) fn after_a_gap(table: &NightTable) -> bool {
    let Some((first, _)) = table.recorded_span() else {
        return false;
    };
    let later = (first + 1..table.counts.len())
        .filter_map(|t| table.counts[t].map(|c| (table.counts[t - 1].is_none(), c)));
    differ(later)
}

/// Whether the diary was only kept on cramp nights: at least 24 recorded nights and none, or nearly none, calm.
pub(crate) fn only_when_it_hurt(table: &NightTable) -> bool {
    let c = table.counts();
    c.recorded >= 24 && c.unknown > 0 && (c.recorded - c.cramp) * 20 < c.recorded
}
