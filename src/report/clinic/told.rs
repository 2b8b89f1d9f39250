//! What a clinic's system is told, as values.

use chrono::{DateTime, NaiveDate, Utc};

use crate::diary::moment::Moment;
use crate::report::codes::{Code, ucum};

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Clinic<'a> {
    /// The random name of the diary, from which the names of all resources are derived.
    pub(crate) diary: &'a str,
    pub(crate) made: DateTime<Utc>,
    /// Year of birth, where known.
    pub(crate) born: Option<String>,
    pub(crate) seen: Vec<Seen>,
    pub(crate) taken: Vec<Taken>,
}

/// One thing noticed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Seen {
    /// Names it within the diary, for good.
    pub(crate) key: String,
    pub(crate) what: What,
    pub(crate) when: Span,
    /// When it was written down.
    pub(crate) said: DateTime<Utc>,
    pub(crate) value: Answer,
    pub(crate) site: Option<Concept>,
    pub(crate) parts: Vec<(Concept, Answer)>,
    /// How it was read, where not by the person.
    pub(crate) method: Option<&'static str>,
    /// What has to be known about the figures.
    pub(crate) note: Option<String>,
}

/// What was asked, which decides profile, category and code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Symptom,
    /// The person said that there was none.
    SymptomAbsent,
    Room,
    Sleep,
    InBed,
    Exercise,
}

/// When something was.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Span {
    Day(NaiveDate),
    /// Some time from the first day to the last; an open end is not known.
    Days(Option<NaiveDate>, Option<NaiveDate>),
    At(Moment),
    Between(Moment, Moment),
}

/// Something by its codes, broader ones last, and in words.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Concept {
    pub(crate) codes: Vec<&'static Code>,
    pub(crate) text: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answer {
    Concept(Concept),
    Whole(u8),
    Amount(Amount),
    /// The least and the most it was.
    Range(Amount, Amount),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Amount {
    pub(crate) value: f64,
    pub(crate) unit: Option<String>,
    /// The unit in UCUM, where there is one.
    pub(crate) ucum: Option<&'static str>,
}

/// A medicine or supplement as reported.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Taken {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) status: Status,
    pub(crate) when: Option<Span>,
    pub(crate) said: DateTime<Utc>,
    pub(crate) dose: Option<Amount>,
    /// So many times in so many days.
    pub(crate) times: Option<(u32, u32)>,
    pub(crate) note: Option<String>,
}

/// How far a course is, in the words of FHIR.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    Active,
    Completed,
    Intended,
}

/// How much is told.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counts {
    pub(crate) cramps: usize,
    pub(crate) calm: usize,
    pub(crate) measures: usize,
    pub(crate) taken: usize,
}

impl Clinic<'_> {
    pub(crate) fn counts(&self) -> Counts {
        let of = |what: What| self.seen.iter().filter(|s| s.what == what).count();
        let (cramps, calm) = (of(What::Symptom), of(What::SymptomAbsent));
        Counts {
            cramps,
            calm,
            measures: self.seen.len() - cramps - calm,
            taken: self.taken.len(),
        }
    }
}

impl Concept {
    pub(super) fn coded(code: &'static Code) -> Concept {
        Concept {
            codes: vec![code],
            text: None,
        }
    }

    pub(super) fn text(text: &str) -> Concept {
        Concept {
            codes: Vec::new(),
            text: Some(text.to_string()),
        }
    }
}

impl Amount {
    pub(super) fn new(value: f64, unit: &str) -> Amount {
        Amount {
            value,
            unit: Some(unit.to_string()),
            ucum: ucum(unit),
        }
    }
}

impl Seen {
    pub(super) fn new(
        key: String,
        what: What,
        when: Span,
        said: DateTime<Utc>,
        value: Answer,
    ) -> Seen {
        Seen {
            key,
            what,
            when,
            said,
            value,
            site: None,
            parts: Vec::new(),
            method: None,
            note: None,
        }
    }
}
