//! Yes, No or Unknown, with the entries that say so and the facts that are missing.

use crate::diary::Key;
use crate::diary::vocabulary::SymptomName;
use crate::rules::evidence::{Evidence, plain};
use crate::words::t;

/// What a condition answers. Unknown is an answer of its own: it is never read as No.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Answer {
    /// The diary says so.
    Yes,
    /// The diary says it is not so.
    No,
    /// The diary does not say.
    Unknown,
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
    /// What something the person wrote down is: the entry, its name, and what is not known of it.
    Thing(Key, String, Unknown),
    /// Whether a supplement or drink is taken, or how much of it.
    Substance(&'static str),
    /// How much of the element a recorded dose holds.
    Amount(String),
    /// A detail of the cramps that was not recorded ("how long it lasted").
    Cramp(&'static str),
    /// Whether the cramp of this number lasted as long as it may have.
    Length(i64),
    /// This many more nights need an answer.
    Nights(usize),
    /// Something else about the nights that was not recorded ("exercise and tiredness on cramp nights").
    Factors(&'static str),
}

/// What is not known of something the person wrote down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Unknown {
    /// Which class of medicine it is.
    Class,
    /// Which condition it is.
    Condition,
    /// Since when it is taken.
    Start,
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&match self {
            Missing::Symptom(name) => t!(rules, "not-asked", what = plain(*name)),
            Missing::Detail(name, detail) => t!(rules, "detail", what = plain(*name), detail),
            Missing::Fact(key) => t!(rules, "never-asked", key),
            Missing::Conditions => t!(rules, "conditions-not-asked").to_string(),
            Missing::Medicine(what) => t!(rules, "whether-taken", what),
            Missing::Thing(_, name, Unknown::Start) => t!(rules, "start-not-known", name),
            Missing::Thing(_, name, _) => t!(rules, "thing-not-known", name),
            Missing::Substance(what) => t!(rules, "whether-taken-amount", what),
            Missing::Amount(what) => what.clone(),
            Missing::Cramp(detail) => t!(rules, "cramp-detail", detail),
            Missing::Length(id) => t!(rules, "cramp-length", id = id.to_string()),
            Missing::Nights(n) => t!(rules, "nights-needed", n),
            Missing::Factors(what) => (*what).to_string(),
        })
    }
}

impl serde::Serialize for Missing {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
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
            ..Finding::partly(evidence, Vec::new())
        }
    }

    /// No.
    pub(crate) fn no() -> Self {
        Finding {
            answer: Answer::No,
            ..Finding::partly(Vec::new(), Vec::new())
        }
    }

    /// Unknown for want of one fact.
    pub(crate) fn unknown(missing: Missing) -> Self {
        Finding::partly(Vec::new(), vec![missing])
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

    /// Yes when there are entries; otherwise No when that is `known` to be so, or Unknown for want of a fact.
    pub(crate) fn of(evidence: Vec<Evidence>, known: bool, missing: Missing) -> Self {
        match known {
            _ if !evidence.is_empty() => Finding::yes(evidence),
            true => Finding::no(),
            false => Finding::unknown(missing),
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
        let mut finding = match settled {
            true => Finding::yes(Vec::new()),
            false => Finding::partly(Vec::new(), Vec::new()),
        };
        for part in parts {
            match part.answer {
                Answer::Yes => finding.amount = finding.amount.or(part.amount),
                Answer::Unknown if !settled => finding.missing.extend(part.missing),
                _ => continue,
            }
            finding.evidence.extend(part.evidence);
        }
        finding.tidy();
        finding
    }

    /// Yes unless the part answers `silencing`; used where a missing fact must not silence a warning.
    pub(crate) fn unless(part: Finding, silencing: Answer) -> Self {
        match part.answer == silencing {
            true => Finding::no(),
            false => Finding::yes(Vec::new()),
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
