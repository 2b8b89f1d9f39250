//! Many diaries together: what leaves each of them, and what they say as one cohort, in words and as a forest. Associations,
//! never causes, and nothing about one person.

use serde::Serialize;

use crate::analysis::cohort::{Person, SMALLEST_CELL};
use crate::analysis::cohort_pool::{Cohort, Gathered, NotALine, PooledFactor};
use crate::analysis::from_diary::night_table;
use crate::diary::factor::Catalogue;
use crate::diary::{Diary, Night};
use crate::report::chart::Chart;
use crate::report::chart::cohort::forest;
use crate::report::experiment_result::outcomes;
use crate::report::say::cohort::{self as say, Finding};

/// What one diary adds to a cohort, as a line of JSON; `number` is its place in a run.
///
/// # Errors
/// It cannot be written as JSON.
pub(crate) fn line(
    diary: &Diary,
    as_of: Night,
    seed: u64,
    number: Option<usize>,
) -> Result<String, serde_json::Error> {
    let mut person = Person::of(&night_table(diary, as_of));
    person.diary = number;
    let mut things: Vec<&str> = diary.experiments.iter().map(|e| e.thing.as_str()).collect();
    things.sort_unstable();
    things.dedup();
    for thing in things {
        let found = outcomes(diary, thing, as_of, seed);
        if found.is_empty() {
            continue;
        }
        let arms = found.iter().map(|(_, o)| [o.on, o.off]);
        let nights = arms.fold([0; 4], |mut sum, [on, off]| {
            let these = [on.nights, off.nights, on.cramp_nights, off.cramp_nights];
            sum.iter_mut().zip(these).for_each(|(sum, n)| *sum += n);
            sum
        });
        let found: Vec<_> = found
            .iter()
            .filter_map(|(experiment, o)| o.log_rate_ratio(experiment.design))
            .collect();
        person.add_experiments(thing, &found, nights);
    }
    serde_json::to_string(&person)
}

/// Lines of stage one as they come in.
#[derive(Debug, Default)]
pub(crate) struct Gathering {
    gathered: Gathered,
}

impl Gathering {
    /// Takes a line.
    ///
    /// # Errors
    /// What is wrong with it, in words; nothing of it is taken.
    pub(crate) fn add(&mut self, line: &str) -> Result<(), String> {
        let person: Person =
            serde_json::from_str(line).map_err(|e| say::no_line(&e.to_string()))?;
        self.gathered.add(&person).map_err(|why| match why {
            NotALine::Schema(schema) => say::other_schema(schema),
            NotALine::Factor(factor) => say::unknown_factor(&factor),
            NotALine::Number(factor) => say::no_estimate(&factor),
        })
    }

    /// What all of them say; `unread` are the numbers of the diaries that gave no line.
    pub(crate) fn report(self, unread: Vec<usize>) -> CohortReport {
        CohortReport::of(self.gathered.pool(), unread)
    }
}

/// The whole answer of `cramp cohort`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct CohortReport {
    pub(crate) schema: u32,
    pub(crate) kind: &'static str,
    /// Diaries read, a copy not counted.
    pub(crate) diaries: usize,
    /// Diaries with an estimate of anything.
    pub(crate) estimated: usize,
    /// The numbers of those without, of copies of another one, and of those that could not be read.
    pub(crate) not_enough: Vec<usize>,
    pub(crate) copies: Vec<usize>,
    pub(crate) unread: Vec<usize>,
    /// Counts below this are `null`.
    pub(crate) smallest_cell: usize,
    /// What was seen on all nights, and what was found where chance decided: never pooled with each other.
    pub(crate) observed: Vec<Finding>,
    pub(crate) experiments: Vec<Finding>,
    pub(crate) coverage: String,
    pub(crate) notes: Vec<String>,
    #[serde(skip)]
    pub(crate) chart: Chart,
}

impl CohortReport {
    fn of(cohort: Cohort, unread: Vec<usize>) -> CohortReport {
        let known = Catalogue::built_in();
        let told = |found: &PooledFactor, tried: bool| Finding {
            label: known
                .find(&found.factor)
                .map_or_else(|| found.factor.clone(), |d| d.label.to_string()),
            sentence: say::finding(found, tried),
            found: found.clone(),
        };
        let observed: Vec<Finding> = cohort.observed.iter().map(|f| told(f, false)).collect();
        let experiments: Vec<Finding> = cohort.experiments.iter().map(|f| told(f, true)).collect();
        let coverage = say::coverage(&cohort, unread.len());
        let notes = say::notes(&cohort, &observed, &experiments);
        let chart = forest(&observed, &experiments, &coverage, &notes);
        CohortReport {
            schema: 1,
            kind: "cohort",
            diaries: cohort.diaries,
            estimated: cohort.estimated,
            not_enough: cohort.not_enough,
            copies: cohort.copies,
            unread,
            smallest_cell: SMALLEST_CELL,
            observed,
            experiments,
            coverage,
            notes,
            chart,
        }
    }
}
