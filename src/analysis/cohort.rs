//! What one diary adds to a cohort: the estimates that `analyze` states, as logarithms with their standard errors, and
//! counts. No night, no text and no name is among them; a factor of the person's own stays at home, and so does a count
//! below [`SMALLEST_CELL`].

use serde::{Deserialize, Serialize};

use crate::analysis::analyze::refusal;
use crate::analysis::association::NoAnalysis;
use crate::analysis::evaluation::{FactorFit, evaluate, is_exploratory};
use crate::analysis::exposure::Step;
use crate::analysis::night_table::NightTable;
use crate::data::word::words;
use crate::diary::factor::Catalogue;
use crate::stats::distribution::normal_quantile;
use crate::stats::estimate::Estimate;

/// Counts below this are not told.
pub(crate) const SMALLEST_CELL: usize = 5;
/// The shape of a line.
pub(crate) const SCHEMA: u32 = 1;

words! {
    /// What a ratio of one diary compares.
    #[derive(Default)]
    Contrast, "contrast", {
        /// Nights with it against nights without.
        #[default]
        YesNo = "yes-no",
        /// The 90 % point of the person's own values against their 10 % point.
        Step = "step-10-90",
    }
}

/// What one diary says about one thing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Part {
    pub(crate) factor: String,
    pub(crate) contrast: Contrast,
    /// Logarithm of the rate ratio; with `se` unknown where the gates are not passed.
    pub(crate) log_rate_ratio: Option<f64>,
    /// Its standard error.
    pub(crate) se: Option<f64>,
    pub(crate) nights_with: Option<usize>,
    pub(crate) nights_without: Option<usize>,
    pub(crate) cramp_nights_with: Option<usize>,
    pub(crate) cramp_nights_without: Option<usize>,
}

/// What one diary says: a line of stage one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Person {
    pub(crate) schema: u32,
    /// The number of the diary in a run; a number and no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) diary: Option<usize>,
    /// Nights with an answer, and how many of them with a cramp.
    pub(crate) nights: Option<usize>,
    pub(crate) cramp_nights: Option<usize>,
    /// Why nothing at all can be said.
    pub(crate) refused: Option<NoAnalysis>,
    /// What was seen on all nights.
    pub(crate) observed: Vec<Part>,
    /// What experiments that are over came to, apart from the rest.
    pub(crate) experiments: Vec<Part>,
}

impl Person {
    /// What the nights of a table say, without experiments.
    pub(crate) fn of(table: &NightTable) -> Person {
        let counts = table.counts();
        let refused = refusal(table);
        let mut person = Person {
            schema: SCHEMA,
            nights: told(counts.recorded),
            cramp_nights: told(counts.cramp),
            refused,
            ..Person::default()
        };
        let evaluation = match refused {
            None => evaluate(table, &|_| false),
            Some(_) => None,
        };
        if let Some(evaluation) = evaluation {
            let known = Catalogue::built_in();
            let all = table.factors.iter().zip(&evaluation.factors);
            let theirs = all.filter(|(factor, _)| !is_exploratory(factor));
            person.observed = theirs
                .filter(|(factor, _)| is_shared(&known, &factor.name))
                .filter_map(|(factor, fit)| observed(&factor.name, fit))
                .collect();
        }
        person
    }

    /// What experiments with one thing came to, each the logarithm of its rate ratio with the standard error, and their
    /// nights: a person counts once, with the mean of the logarithms by their precision.
    pub(crate) fn add_experiments(
        &mut self,
        thing: &str,
        found: &[(f64, f64)],
        nights: [usize; 4],
    ) {
        if !is_shared(&Catalogue::built_in(), thing) {
            return;
        }
        let (mut weights, mut sum) = (0.0, 0.0);
        for (log, se) in found {
            weights += 1.0 / (se * se);
            sum += log / (se * se);
        }
        let any = (weights > 0.0).then_some(());
        self.experiments.push(Part {
            log_rate_ratio: any.map(|()| sum / weights),
            se: any.map(|()| weights.sqrt().recip()),
            ..part(thing, Contrast::YesNo, nights)
        });
    }
}

/// Whether a thing is one of those every diary knows, so that its name says nothing about a person.
pub(crate) fn is_shared(known: &Catalogue, name: &str) -> bool {
    known
        .find(name)
        .is_some_and(|d| d.built_in && d.factor == name)
}

/// A count, where it is large enough to be told.
pub(crate) fn told(count: usize) -> Option<usize> {
    (count >= SMALLEST_CELL).then_some(count)
}

fn part(factor: &str, contrast: Contrast, nights: [usize; 4]) -> Part {
    let [with, without, cramp_with, cramp_without] = nights.map(told);
    Part {
        factor: factor.to_string(),
        contrast,
        nights_with: with,
        nights_without: without,
        cramp_nights_with: cramp_with,
        cramp_nights_without: cramp_without,
        ..Part::default()
    }
}

/// What a factor came to; `None` for a choice of words, of which the leading one differs from person to person, and for a
/// factor never known.
fn observed(name: &str, fit: &FactorFit) -> Option<Part> {
    let contrast = match fit.exposure.steps.first()? {
        Step::YesNo => Contrast::YesNo,
        Step::Range { .. } => Contrast::Step,
        Step::Level { .. } => return None,
    };
    let t = &fit.exposure.table;
    let open = fit.gates.is_empty();
    let found = fit.rate_ratio(0).filter(|_| open).and_then(on_log_scale);
    let nights = [t.exposed, t.unexposed, t.cramp_exposed, t.cramp_unexposed];
    (t.nights > 0).then(|| Part {
        log_rate_ratio: found.map(|(log, _)| log),
        se: found.map(|(_, se)| se),
        ..part(name, contrast, nights)
    })
}

/// Logarithm and standard error behind a ratio with an interval of its level; `None` where an end has no logarithm.
fn on_log_scale(ratio: Estimate) -> Option<(f64, f64)> {
    let width = (ratio.high / ratio.low).ln();
    let se = width / (2.0 * normal_quantile(0.5 + ratio.level / 2.0));
    let log = ratio.value.ln();
    (log.is_finite() && se.is_finite() && se > 0.0).then_some((log, se))
}
