//! A rule as a value: what it watches for, what it says, and who says so.

use serde::Serialize;

use crate::rules::answer::Finding;
use crate::rules::condition::Condition;
use crate::rules::view::At;

/// How soon somebody should look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Urgency {
    /// At the next visit.
    Routine,
    /// Within about two weeks.
    Soon,
    /// Today.
    SameDay,
    /// Now, by the emergency number.
    Emergency,
}

impl Urgency {
    /// The word used in JSON.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Urgency::Routine => "routine",
            Urgency::Soon => "soon",
            Urgency::SameDay => "same-day",
            Urgency::Emergency => "emergency",
        }
    }

    /// Whether it must be said at once, above everything else.
    pub(crate) fn is_urgent(self) -> bool {
        self >= Urgency::SameDay
    }
}

/// What sort of rule it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Sort {
    /// One entry is enough; excluded periods are no excuse (clinical.md section 4).
    RedFlag,
    /// Frequency, severity and persistence (section 3).
    Ladder,
    /// A pattern of signs or a known condition (section 3).
    Pattern,
    /// Supplements, drinks and measures that can do harm (section 6).
    Safety,
}

/// One rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rule {
    /// Stable id, used by `--seen` and `--discussed`.
    pub(crate) id: &'static str,
    /// What sort it is.
    pub(crate) sort: Sort,
    /// How soon.
    pub(crate) urgency: Urgency,
    /// When it fires.
    pub(crate) when: Condition,
    /// What was observed. `{what}` is what the entries are about, `{dates}` when, `{nights}` on how many nights,
    /// `{amount}` the largest daily amount.
    pub(crate) observed: &'static str,
    /// Why it matters.
    pub(crate) why: &'static str,
    /// Whom to ask, after "Ask" or "Call".
    pub(crate) whom: &'static str,
    /// What to do, in full sentences.
    pub(crate) advice: &'static str,
    /// What would make it more urgent.
    pub(crate) worse: &'static str,
    /// Claims (`S1:D1.2c`) and literature keys (`CG147`).
    pub(crate) sources: &'static [&'static str],
    /// The threshold is a proposal of this program; no guideline states it.
    pub(crate) proposal: bool,
    /// The day the rule was last compared with its sources.
    pub(crate) reviewed: &'static str,
}

/// The day all rules were last compared with their sources. A clinician has not reviewed them yet.
pub(crate) const REVIEWED: &str = "2026-11-22";

impl Rule {
    /// What the diary answers on the day of `at`.
    pub(crate) fn evaluate(&self, at: At) -> Finding {
        self.when
            .evaluate(at.counting_excluded(self.sort == Sort::RedFlag))
    }

    /// Every sentence it can say, for checks of the wording.
    pub(crate) fn texts(&self) -> [&'static str; 4] {
        [self.observed, self.why, self.advice, self.worse]
    }
}

impl Condition {
    /// The answer of the whole tree on the day of `at`.
    pub(crate) fn evaluate(&self, at: At) -> Finding {
        let each = |parts: &[Condition]| parts.iter().map(|p| p.evaluate(at)).collect::<Vec<_>>();
        match self {
            Condition::All(parts) => Finding::at_least(parts.len(), each(parts)),
            Condition::Any(parts) => Finding::at_least(1, each(parts)),
            Condition::AtLeast(needed, parts) => Finding::at_least(*needed, each(parts)),
            Condition::Unless(part) => Finding::unless(part.evaluate(at)),
            Condition::Symptom(test) => test.evaluate(at),
            Condition::Episodes(test) => test.evaluate(at),
            Condition::Burden(burden) => burden.evaluate(at),
            Condition::Person(test) => test.evaluate(at),
            Condition::Medicine(test) => test.evaluate(at),
            Condition::Substance(test) => test.evaluate(at),
            Condition::Factor(test) => test.evaluate(at),
        }
    }
}
