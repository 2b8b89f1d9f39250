//! Where things stand: the last cramp, the nights that wait for an answer, what to do next; and the questions of the
//! morning check-in: first the nights without an answer, then only factors the person uses.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use crate::diary::factor::{Catalogue, FactorDef};
use crate::diary::typed::LineError;
use crate::diary::unit;
use crate::diary::vocabulary::FactorKind;
use crate::diary::{Diary, Episode, Night, NightState, Nights};
use crate::report::say::record::{self, night_words};
use crate::words::{lines, short_day, t};

/// How many nights back the status looks for missing answers.
pub(crate) const NIGHTS: i64 = 14;

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Status {
    schema: u32,
    kind: &'static str,
    pub(crate) last: Option<String>,
    pub(crate) last_id: Option<i64>,
    /// Nights of the last fortnight that wait for an answer, since the diary began.
    pub(crate) awaiting: Vec<Night>,
    pub(crate) sentences: Vec<String>,
}

/// The status. `span` are the nights looked at, the last of them last night; `first` is the diary's first night.
pub(crate) fn status(
    diary: &Diary,
    span: Nights,
    first: Option<Night>,
    last: Option<&Episode>,
    today: NaiveDate,
) -> Status {
    let from = first.map(|f| f.max(span.from));
    let since = from.map(|from| Nights { from, to: span.to });
    let awaiting = since.map_or_else(Vec::new, |nights| diary.unanswered(nights));
    let described = last.map(|e| format!("#{} {}", e.id, record::episode(e, today)));
    let mut sentences = match (&described, first) {
        (Some(line), _) => vec![t!(status, "last-cramp", line)],
        (None, Some(_)) => vec![t!(status, "no-cramp").to_string()],
        (None, None) => lines!(status, "empty"),
    };
    if first.is_some() {
        // the diary is younger than a fortnight
        let young = from.filter(|f| *f > span.from);
        sentences.extend(unanswered(&awaiting, young, span.to, today));
    }
    Status {
        schema: 1,
        kind: "status",
        last: described,
        last_id: last.map(|e| e.id),
        awaiting,
        sentences,
    }
}

/// Which nights wait for an answer, and how to give it. `young` is the first night of a diary younger than a fortnight,
/// `last` is last night.
fn unanswered(
    nights: &[Night],
    young: Option<Night>,
    last: Night,
    today: NaiveDate,
) -> Vec<String> {
    let words = |night: Night| night_words(night, today);
    match nights {
        [] => vec![match young {
            None => t!(status, "all-answered").to_string(),
            Some(from) => t!(status, "all-answered-since", night = words(from)),
        }],
        [night] => vec![
            t!(status, "one-unanswered", night = words(*night)),
            t!(status, "answer-night", night, last_night = *night == last),
        ],
        [.., latest] => {
            let (n, latest) = (nights.len(), words(*latest));
            vec![
                t!(status, "unanswered", n, latest),
                t!(status, "answer-week").to_string(),
            ]
        }
    }
}

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

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Question {
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
    let question = match factor.question.is_empty() {
        true => t!(checkin, "by-label", label = factor.label),
        false => factor.question.to_string(),
    };
    let night = short_day(night.date());
    t!(checkin, "question", question, night, form)
}
