//! Yes, No or Unknown, with the entries that say so and the facts that are missing.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::diary::vocabulary::{Side, SymptomName};
use crate::diary::{Key, Night, Word};

/// What a condition answers. Unknown is an answer of its own: it is never read as No.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Answer {
    /// The diary says so.
    Yes,
    /// The diary says it is not so.
    No,
    /// The diary does not say.
    Unknown,
}

/// What kind of record an evidence entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub(crate) enum EvidenceKind {
    Episode,
    Night,
    Symptom,
    Course,
    Intake,
    Value,
    Person,
}

/// One entry of the diary that a rule rests on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Evidence {
    /// What kind of record it is.
    pub(crate) kind: EvidenceKind,
    /// What finds it again.
    pub(crate) key: Key,
    /// The night it is kept under; `None` for facts and courses without one.
    pub(crate) night: Option<Night>,
    /// The day to show: the night, the start of a course, the day since which a fact holds.
    pub(crate) date: Option<NaiveDate>,
    /// What it is about, in plain words ("swelling", "cramp", "diabetes"); entries are grouped by it.
    pub(crate) about: String,
    /// The entry in one line.
    pub(crate) says: String,
    /// How bad it was, 0 to 10, where that was recorded.
    pub(crate) severity: Option<u8>,
    /// Which side, where that was recorded.
    pub(crate) side: Option<Side>,
    /// When it was written down.
    pub(crate) recorded_at: DateTime<Utc>,
}

/// A fact that would be needed to tell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Missing {
    /// A symptom that was not asked about in the time that matters.
    Symptom(SymptomName),
    /// A detail of a symptom that was recorded ("which side").
    Detail(SymptomName, &'static str),
    /// A fact about the person that was never asked.
    Fact(&'static str),
    /// Whether one of these conditions applies.
    Conditions,
    /// Whether a medicine of this sort is taken.
    Medicine(&'static str),
    /// Whether a supplement or drink is taken, or how much of it.
    Substance(&'static str),
    /// How much of the element a recorded dose holds.
    Amount(String),
    /// A detail of the cramps that was not recorded ("how long it lasted").
    Cramp(&'static str),
    /// This many more nights need an answer.
    Nights(usize),
    /// Something else about the nights that was not recorded ("exercise and tiredness on cramp nights").
    Factors(&'static str),
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Missing::Symptom(name) => write!(f, "{}: not asked lately", plain(*name)),
            Missing::Detail(name, detail) => write!(f, "{}: {detail}", plain(*name)),
            Missing::Fact(key) => write!(f, "{key}: never asked"),
            Missing::Conditions => write!(f, "known conditions: not all asked"),
            Missing::Medicine(what) => write!(f, "whether you take {what}"),
            Missing::Substance(what) => write!(f, "whether you take {what}, and how much"),
            Missing::Amount(what) => write!(f, "{what}"),
            Missing::Cramp(detail) => write!(f, "cramps: {detail}"),
            Missing::Nights(1) => write!(f, "cannot tell yet: 1 more night (cramp or calm)"),
            Missing::Nights(n) => write!(f, "cannot tell yet: {n} more nights (cramp or calm)"),
            Missing::Factors(what) => write!(f, "{what}"),
        }
    }
}

/// A symptom as it stands in a sentence: the word of the vocabulary with spaces.
pub(crate) fn plain(name: SymptomName) -> String {
    name.word().replace('-', " ")
}

/// The answer of a condition, with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Finding {
    /// Yes, No or Unknown.
    pub(crate) answer: Answer,
    /// The entries that speak for it: all of them when Yes, those found so far when Unknown, none when No.
    pub(crate) evidence: Vec<Evidence>,
    /// What would settle it; empty unless Unknown.
    pub(crate) missing: Vec<Missing>,
    /// The largest daily amount and its unit, where a dose is what was found.
    pub(crate) amount: Option<(f64, &'static str)>,
}

impl Finding {
    /// Yes, because of these entries.
    pub(crate) fn yes(evidence: Vec<Evidence>) -> Self {
        Finding {
            answer: Answer::Yes,
            evidence,
            missing: Vec::new(),
            amount: None,
        }
    }

    /// No.
    pub(crate) fn no() -> Self {
        Finding {
            answer: Answer::No,
            evidence: Vec::new(),
            missing: Vec::new(),
            amount: None,
        }
    }

    /// Unknown for want of `missing`.
    pub(crate) fn unknown(missing: Vec<Missing>) -> Self {
        Finding {
            answer: Answer::Unknown,
            evidence: Vec::new(),
            missing,
            amount: None,
        }
    }

    /// Unknown so far, although some entries already speak for it.
    pub(crate) fn partly(evidence: Vec<Evidence>, missing: Vec<Missing>) -> Self {
        Finding {
            answer: Answer::Unknown,
            evidence,
            missing,
            amount: None,
        }
    }

    /// At least `needed` of `parts` hold (Kleene's three-valued logic: all of them is "and", one of them is "or").
    pub(crate) fn at_least(needed: usize, parts: Vec<Finding>) -> Self {
        let yes = parts.iter().filter(|p| p.answer == Answer::Yes).count();
        let open = parts.iter().filter(|p| p.answer == Answer::Unknown).count();
        if yes + open < needed {
            return Finding::no();
        }
        let settled = yes >= needed;
        let mut evidence = Vec::new();
        let mut missing = Vec::new();
        let mut amount = None;
        for part in parts {
            match part.answer {
                Answer::Yes => {
                    evidence.extend(part.evidence);
                    amount = amount.or(part.amount);
                }
                Answer::Unknown if !settled => {
                    evidence.extend(part.evidence);
                    missing.extend(part.missing);
                }
                _ => {}
            }
        }
        let mut finding = Finding {
            answer: if settled {
                Answer::Yes
            } else {
                Answer::Unknown
            },
            evidence,
            missing,
            amount,
        };
        finding.tidy();
        finding
    }

    /// Yes unless the part is known to hold; used where a missing fact must not silence a warning.
    pub(crate) fn unless(part: Finding) -> Self {
        match part.answer {
            Answer::Yes => Finding::no(),
            _ => Finding::yes(Vec::new()),
        }
    }

    /// Puts evidence and missing facts into one order, each once.
    fn tidy(&mut self) {
        self.evidence
            .sort_by(|a, b| (a.date, &a.key).cmp(&(b.date, &b.key)));
        self.evidence.dedup_by(|a, b| a.key == b.key);
        self.missing.sort();
        self.missing.dedup();
    }
}
