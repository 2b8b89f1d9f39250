//! Patterns that deserve a medical check, as the person reads them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::diary::{Coverage, Diary, Key};
use crate::report::say::flags as say;
pub(crate) use crate::rules::{Earlier, Talk};
use crate::rules::{
    Evaluation, Evidence, Fired, Persistence, Question, Sort, Unclear, Urgency, evaluate,
};

/// Nights back from the present that an entry's flags may look at.
pub(crate) const ENTRY_NIGHTS: i64 = crate::rules::LOOKBACK_NIGHTS;
/// Nights back from the day asked for that any flag looks at.
pub(crate) const LOOKBACK_NIGHTS: i64 = crate::rules::LOOKBACK_NIGHTS;

/// What is said when nothing fires.

/// One pattern that deserves a medical check.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Flag {
    /// The rule's id.
    pub(crate) id: &'static str,
    /// How soon.
    pub(crate) urgency: Urgency,
    /// What was observed, with dates.
    pub(crate) observed: String,
    /// Why it matters.
    pub(crate) why: &'static str,
    /// Whom to ask, when, what to do, and what would make it more urgent.
    #[serde(rename = "do")]
    pub(crate) advice: String,
    /// Every entry behind it.
    pub(crate) evidence: Vec<Evidence>,
    /// Claim ids and literature keys.
    pub(crate) sources: &'static [&'static str],
    /// The threshold is a proposal of this program, stated by no guideline.
    pub(crate) proposal: bool,
    /// New, or persistent for two weeks or more.
    pub(crate) status: Persistence,
    /// The day of the first entry of the present run.
    pub(crate) first: Option<NaiveDate>,
    /// The day of the last entry.
    pub(crate) last: Option<NaiveDate>,
    /// The day the person said they had seen it; `None` when not, or when something new came since.
    pub(crate) seen: Option<NaiveDate>,
    /// The last talk with a clinician about it.
    pub(crate) discussed: Option<Talk>,
    /// The day the rule was last compared with its sources.
    pub(crate) reviewed: &'static str,
    /// The rule and its sources in words, when asked for (`--why`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) because: Option<Because>,
}

/// The rule behind a flag in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Because {
    /// Since when, on how many nights, new or persistent.
    pub(crate) lasting: String,
    /// The condition, one line a part, deeper parts indented.
    pub(crate) condition: Vec<String>,
    /// Each source with what it says or is.
    pub(crate) sources: Vec<String>,
}

impl Flag {
    /// How soon, as a heading.
    pub(crate) fn heading(&self) -> &'static str {
        say::heading(self.urgency)
    }

    /// Whether it should be looked at today or now.
    pub(crate) fn is_urgent(&self) -> bool {
        self.urgency.is_urgent()
    }
}

/// A rule that could not be answered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct CouldNotTell {
    /// The rule's id.
    pub(crate) id: &'static str,
    /// How soon it would be looked at.
    pub(crate) urgency: Urgency,
    /// Whether something recorded already speaks for it.
    pub(crate) begun: bool,
    /// Whether it is about frequency and severity, and so tells how many nights are missing.
    pub(crate) ladder: bool,
    /// What would settle it.
    pub(crate) missing: Vec<String>,
}

/// All flags on one day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct FlagsReport {
    /// Version of the shape.
    pub(crate) schema: u8,
    /// What it is.
    pub(crate) kind: &'static str,
    /// The day.
    pub(crate) as_of: NaiveDate,
    /// Flags in force, the most urgent first.
    pub(crate) flags: Vec<Flag>,
    /// Flags that were discussed with a clinician and are no worse since.
    pub(crate) discussed: Vec<Flag>,
    /// Flags of earlier.
    pub(crate) earlier: Vec<Earlier>,
    /// Rules that could not be answered, and why.
    pub(crate) could_not_tell: Vec<CouldNotTell>,
    /// The one or two questions that would settle the most important of them.
    pub(crate) questions: Vec<Question>,
    /// How well the last four weeks are recorded.
    pub(crate) coverage: Coverage,
    /// What else must be known: nights missing, periods left out, and what this is not.
    pub(crate) notes: Vec<String>,
}

impl FlagsReport {
    /// Flags in force, then those that were discussed: what a clinician wants to see.
    pub(crate) fn for_clinician(&self) -> impl Iterator<Item = &Flag> {
        self.flags.iter().chain(&self.discussed)
    }

    /// Whether a flag in force should be looked at today or now.
    pub(crate) fn is_urgent(&self) -> bool {
        self.flags.iter().any(|f| f.urgency.is_urgent())
    }

    /// Urgent flags that the person has not said they have seen: they stand above everything else.
    pub(crate) fn unseen_urgent(&self) -> impl Iterator<Item = &Flag> {
        self.flags
            .iter()
            .filter(|f| f.urgency.is_urgent() && f.seen.is_none())
    }
}

impl FlagsReport {
    /// With the rule and its sources behind each flag.
    pub(crate) fn explained(mut self) -> Self {
        for flag in self.flags.iter_mut().chain(&mut self.discussed) {
            flag.because = because(flag);
        }
        self
    }
}

/// What new records set off.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct AtEntry {
    /// Flags, the most urgent first.
    pub(crate) flags: Vec<Flag>,
    /// At most two questions that would settle whether an urgent rule fires too.
    pub(crate) questions: Vec<Question>,
}

/// Flags in force on a day, from the whole diary.
pub(crate) fn flags(diary: &Diary, as_of: NaiveDate) -> FlagsReport {
    report(&evaluate(diary, as_of, true))
}

/// Flags in force on a day, from a diary that holds only the last [`LOOKBACK_NIGHTS`] nights. Which cramp was the first is
/// then not known, and the rule about medicines started before it cannot tell.
pub(crate) fn flags_of_window(diary: &Diary, as_of: NaiveDate) -> FlagsReport {
    report(&evaluate(diary, as_of, false))
}

/// Flags that the records `new` set off: what must be said right after they are written. Flags already seen stay silent
/// unless something new speaks for them; flags discussed with a clinician, unless they became worse.
pub(crate) fn at_entry(diary: &Diary, as_of: NaiveDate, new: &[Key]) -> Vec<Flag> {
    set_off(diary, as_of, new).flags
}

/// [`at_entry`], with the questions to put when an urgent rule lacks an answer.
pub(crate) fn set_off(diary: &Diary, as_of: NaiveDate, new: &[Key]) -> AtEntry {
    let (fired, unclear) = crate::rules::evaluate::at_entry(diary, as_of, new);
    AtEntry {
        flags: fired.iter().map(flag).collect(),
        questions: crate::rules::question::most_useful(&unclear, 2),
    }
}

/// The words of an evaluation.
fn report(evaluation: &Evaluation) -> FlagsReport {
    let all = |settled: bool| {
        evaluation
            .fired
            .iter()
            .filter(|f| f.is_settled() == settled)
            .map(flag)
            .collect()
    };
    FlagsReport {
        schema: 1,
        kind: "flags",
        as_of: evaluation.as_of,
        flags: all(false),
        discussed: all(true),
        earlier: evaluation.earlier.clone(),
        could_not_tell: evaluation.unclear.iter().map(could_not_tell).collect(),
        questions: evaluation.questions.clone(),
        coverage: evaluation.coverage,
        notes: say::notes(evaluation),
    }
}

fn flag(fired: &Fired) -> Flag {
    let rule = fired.rule;
    Flag {
        id: rule.id,
        urgency: rule.urgency,
        observed: say::observed(rule, &fired.finding),
        why: rule.why,
        advice: say::advice(rule),
        evidence: fired.finding.evidence.clone(),
        sources: &rule.sources,
        proposal: rule.proposal,
        status: fired.persistence,
        first: fired.first,
        last: fired.last,
        seen: fired.seen,
        discussed: fired.discussed.clone(),
        reviewed: rule.reviewed,
        because: None,
    }
}

/// The rule and its sources in words.
fn because(flag: &Flag) -> Option<Because> {
    let rule = crate::rules::find(flag.id)?;
    Some(Because {
        lasting: say::lasting(flag),
        condition: rule.when.explain(),
        sources: rule.sources.iter().map(|s| say::source(s)).collect(),
    })
}

fn could_not_tell(unclear: &Unclear) -> CouldNotTell {
    CouldNotTell {
        id: unclear.rule.id,
        urgency: unclear.rule.urgency,
        begun: unclear.is_near(),
        ladder: unclear.rule.sort == Sort::Ladder,
        missing: unclear.missing.iter().map(ToString::to_string).collect(),
    }
}
