//! What may be said about many diaries together: associations, never causes, and nothing about one person.

use serde::Serialize;

use crate::analysis::cohort::{Contrast, SMALLEST_CELL};
use crate::analysis::cohort_pool::{Cohort, PooledFactor};
use crate::report::say::factor::interval;
use crate::stats::estimate::Estimate;
use crate::words::{nights, percent, ratio, t};

/// Share of the variance between people from which they are said to differ.
const DIFFER: f64 = 0.25;
/// p below which small diaries are said to differ from large ones (M. Egger and others, 1997, ask for .1).
const SMALL_DIARIES_P: f64 = 0.1;

/// One factor with its sentence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Finding {
    #[serde(flatten)]
    pub(crate) found: PooledFactor,
    pub(crate) label: String,
    pub(crate) sentence: String,
}

impl Finding {
    /// Whether there is a mean to show.
    pub(crate) fn is_pooled(&self) -> bool {
        self.found.ratio.is_some()
    }

    /// Whether the ratio compares a person's own high and low values.
    pub(crate) fn is_step(&self) -> bool {
        self.found.contrast == Contrast::Step
    }
}

pub(crate) fn no_line(why: &str) -> String {
    t!(cohort, "no-line", why)
}

pub(crate) fn other_schema(schema: u32) -> String {
    t!(cohort, "other-schema", schema)
}

pub(crate) fn unknown_factor(factor: &str) -> String {
    t!(cohort, "unknown-factor", factor)
}

pub(crate) fn no_estimate(factor: &str) -> String {
    t!(cohort, "no-estimate", factor)
}

/// How many diaries it rests on.
pub(crate) fn coverage(cohort: &Cohort, unread: usize) -> String {
    let (diaries, estimated) = (cohort.diaries, cohort.estimated);
    match unread {
        0 => t!(cohort, "coverage", diaries, estimated),
        _ => t!(cohort, "coverage-unread", diaries, estimated, unread),
    }
}

/// What a ratio compares: "on nights with it", "at people's own high values rather than low ones".
pub(crate) fn step(contrast: Contrast) -> &'static str {
    match contrast {
        Contrast::YesNo => t!(cohort, "step-yes-no"),
        Contrast::Step => t!(cohort, "step-own"),
    }
}

/// The same in few words, for a column.
pub(crate) fn brief(contrast: Contrast) -> &'static str {
    match contrast {
        Contrast::YesNo => t!(cohort, "brief-yes-no"),
        Contrast::Step => t!(cohort, "brief-own"),
    }
}

/// "1.4 times (95 % interval 1.2 to 1.7)".
pub(crate) fn mean(mean: &Estimate) -> String {
    let (value, interval) = (ratio(mean.value), interval(mean));
    t!(cohort, "mean", value, interval)
}

/// "0.8 to 2.4".
pub(crate) fn range(of: &Estimate) -> String {
    let (low, high) = (ratio(of.low), ratio(of.high));
    t!(cohort, "range", low, high)
}

/// How many people, or that they are too few to be told.
pub(crate) fn people(found: &PooledFactor) -> String {
    match found.people {
        Some(n) => {
            let (people, nights) = (t!(cohort, "people", n), nights(found.nights.unwrap_or(0)));
            t!(cohort, "people-nights", people, nights)
        }
        None => t!(cohort, "few-people", n = SMALLEST_CELL),
    }
}

/// People who wrote it down without enough for an estimate; empty where there is nobody.
pub(crate) fn not_enough(found: &PooledFactor) -> String {
    match found.not_enough {
        Some(0) => String::new(),
        Some(n) => t!(cohort, "not-enough", n),
        None => t!(cohort, "few-not-enough", n = SMALLEST_CELL),
    }
}

/// All that is said of one factor.
pub(crate) fn finding(found: &PooledFactor, tried: bool) -> String {
    let (Some(mean_ratio), Some(n)) = (&found.ratio, found.people) else {
        return t!(cohort, "too-few", n = SMALLEST_CELL);
    };
    let step = step(found.contrast);
    let mean = mean(mean_ratio);
    let mut said = vec![match tried {
        true => t!(cohort, "tried", n, mean),
        false => t!(cohort, "observed", n, mean, step),
    }];
    let share = found.i2.unwrap_or(0.0);
    if let Some(next) = &found.prediction {
        let (low, high) = (ratio(next.low), ratio(next.high));
        said.push(match share > DIFFER {
            true => t!(cohort, "next-differs", low, high, share = percent(share)),
            false => t!(cohort, "next", low, high),
        });
    }
    if let (Some(above), Some(below)) = (found.above, found.below) {
        said.push(t!(cohort, "sides", above, below));
    }
    if found.leave_one_out.is_some_and(|l| l.decides) {
        said.push(t!(cohort, "one-decides").to_string());
    }
    if found.small_diaries.is_some_and(|s| s.p < SMALL_DIARIES_P) {
        said.push(t!(cohort, "small-diaries").to_string());
    }
    said.join(" ")
}

/// What must be known to read it.
pub(crate) fn notes(cohort: &Cohort, observed: &[Finding], experiments: &[Finding]) -> Vec<String> {
    let mut notes = Vec::new();
    let few = cohort.not_enough.len();
    if few > 0 {
        notes.push(t!(cohort, "without-estimate", n = few));
    }
    let copies = cohort.copies.len();
    if copies > 0 {
        notes.push(t!(cohort, "copies", n = copies));
    }
    let pooled = |all: &[Finding]| all.iter().filter(|f| f.is_pooled()).count();
    if pooled(observed) > 0 {
        notes.push(t!(cohort, "no-cause").to_string());
    }
    if observed.iter().any(|f| f.is_pooled() && f.is_step()) {
        notes.push(t!(cohort, "own-step").to_string());
    }
    if pooled(experiments) > 0 {
        notes.push(t!(cohort, "by-chance").to_string());
    }
    let tested = pooled(observed) + pooled(experiments);
    notes.push(match tested {
        0 => t!(cohort, "nothing-pooled", n = SMALLEST_CELL),
        _ => t!(cohort, "no-person").to_string(),
    });
    notes
}

/// The forest in words, for those who cannot see it.
pub(crate) fn alt(observed: &[Finding], experiments: &[Finding]) -> String {
    let all = observed.iter().chain(experiments);
    let pooled: Vec<String> = all
        .filter(|f| f.is_pooled())
        .map(|f| {
            let (label, sentence) = (&f.label, &f.sentence);
            t!(cohort, "alt-row", label, sentence)
        })
        .collect();
    match pooled.is_empty() {
        true => t!(cohort, "alt-nothing").to_string(),
        false => pooled.join(" "),
    }
}
