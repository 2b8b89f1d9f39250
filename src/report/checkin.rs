//! The questions of the morning check-in: first the nights without an answer, then only factors the person uses.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diary::factor::{Catalogue, FactorDef};
use crate::diary::typed::LineError;
use crate::diary::unit;
use crate::diary::vocabulary::FactorKind;
use crate::diary::{Diary, Night, NightState, Nights};
use crate::words::{short_day, t};

/// How many nights back a value makes a factor one that the person uses.
pub(crate) const USED_NIGHTS: i64 = 28;
/// A factor is in use after this many values within [`USED_NIGHTS`].
const USED_TIMES: usize = 2;

/// What a question is about.
#[derive(Debug, Clone, PartialEq)]
enum About {
    Outcome,
    Factor { name: Arc<str>, yes_no: bool },
}

/// One question of the check-in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Question {
    /// The question.
    pub(crate) text: String,
    night: Night,
    about: About,
}

impl Question {
    /// The words of `cramp night` that `reply` stands for.
    ///
    /// # Errors
    /// A reply that is no answer to this question.
    pub(crate) fn words(&self, reply: &str) -> Result<Vec<String>, LineError> {
        let night = self.night.to_string();
        match &self.about {
            About::Outcome => {
                let outcome = match (reply.to_lowercase().as_str(), unit::yes_no(reply)) {
                    ("calm", _) | (_, Some(false)) => "calm",
                    ("cramp", _) | (_, Some(true)) => "cramp",
                    _ => {
                        return Err(LineError::new(
                            t!(checkin, "no-answer", reply),
                            t!(checkin, "answers"),
                        ));
                    }
                };
                Ok(vec![night, outcome.to_string()])
            }
            About::Factor { name, yes_no } => {
                let value = match unit::yes_no(reply).filter(|_| *yes_no) {
                    Some(true) => "yes",
                    Some(false) => "no",
                    None => reply,
                };
                Ok(vec![night, format!("{name}={value}")])
            }
        }
    }
}

/// The questions about `nights`, in order: unanswered nights, then the factors in use of the last of them.
pub(crate) fn questions(diary: &Diary, nights: &[Night], catalogue: &Catalogue) -> Vec<Question> {
    let open = |n: &&Night| diary.state(**n) == NightState::Unknown;
    let mut out: Vec<Question> = nights
        .iter()
        .filter(open)
        .map(|night| Question {
            text: t!(checkin, "outcome", night = short_day(night.date())),
            night: *night,
            about: About::Outcome,
        })
        .collect();
    let Some(last) = nights.iter().max() else {
        return out;
    };
    let mut used: BTreeMap<&str, usize> = BTreeMap::new();
    for value in diary.values_in(Nights::ending(last.plus(-1), USED_NIGHTS)) {
        *used.entry(value.factor.as_ref()).or_default() += 1;
    }
    for factor in catalogue.iter().filter(|f| !f.retired) {
        let often = used.get(factor.factor.as_ref()).copied().unwrap_or(0);
        let known = diary
            .values_of(*last)
            .iter()
            .any(|v| *v.factor == *factor.factor);
        if often < USED_TIMES || known {
            continue;
        }
        out.push(Question {
            text: question(factor, *last),
            night: *last,
            about: About::Factor {
                name: Arc::from(factor.factor.as_ref()),
                yes_no: factor.kind == FactorKind::YesNo,
            },
        });
    }
    out
}

fn question(factor: &FactorDef, night: Night) -> String {
    let form = match factor.kind {
        FactorKind::YesNo => t!(checkin, "yes-no").to_string(),
        _ => factor.accepted(),
    };
    let question = if factor.question.is_empty() {
        t!(checkin, "by-label", label = factor.label)
    } else {
        factor.question.to_string()
    };
    t!(
        checkin,
        "question",
        question,
        night = short_day(night.date()),
        form
    )
}

/// What is said at the end.
pub(crate) fn thanks(answers: usize) -> String {
    match answers {
        0 => t!(checkin, "nothing-written").to_string(),
        n => t!(checkin, "written", n),
    }
}
