//! The one or two questions that would settle the most important of what could not be told.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::data::rule::{QuestionEntry, Urgency};
use crate::diary::Word;
use crate::diary::vocabulary::SymptomName;
use crate::rules::answer::{Missing, Unknown};
use crate::rules::evidence::plain;
use crate::rules::flag::CouldNotTell;

/// One question. A "no" answers for every symptom of it at once, so that a week's questions take less than a minute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Question {
    /// Stable id.
    pub(crate) id: String,
    /// The question.
    pub(crate) ask: String,
    /// How to answer it by hand.
    pub(crate) how: String,
    /// The symptoms it asks about; empty when it is about something else.
    #[serde(skip)]
    pub(crate) symptoms: &'static [SymptomName],
    /// The facts about the person it asks for (keys of `cramp me`).
    #[serde(skip)]
    pub(crate) facts: &'static [&'static str],
}

/// Which question a missing fact belongs to; `None` for a fact that no question asks for (a test holds that none is).
fn question_for(missing: &Missing) -> Option<Question> {
    let all = &crate::data::rule_book().questions;
    let by_id = |id: &str| all.iter().find(|q| q.id == id);
    if let Missing::Thing(key, name, unknown) = missing {
        let kind = match unknown {
            Unknown::Class => "unknown-medicine",
            Unknown::Condition => "unknown-condition",
            Unknown::Start => "unknown-start",
        };
        let asked = question(by_id(kind)?, None, name);
        let key = key.to_string();
        return Some(Question {
            id: format!("{kind}: {key}"),
            how: asked.how.replace("{entry}", &key),
            ..asked
        });
    }
    let id;
    let (entry, symptom, detail) = match missing {
        Missing::Symptom(name) => (all.iter().find(|q| q.symptoms.contains(name)), None, ""),
        Missing::Detail(name, detail) => (by_id("detail"), Some(*name), *detail),
        Missing::Fact(key) => (all.iter().find(|q| q.facts.contains(key)), None, ""),
        Missing::Conditions => (by_id("conditions"), None, ""),
        Missing::Medicine(_) => (by_id("medicines"), None, ""),
        Missing::Thing(..) => return None,
        Missing::Substance(_) => (by_id("supplements"), None, ""),
        Missing::Amount(what) => (by_id("amount"), None, what.as_str()),
        Missing::Cramp(detail) => (by_id("cramps"), None, *detail),
        Missing::Length(episode) => {
            id = episode.to_string();
            (by_id("length"), None, id.as_str())
        }
        Missing::Nights(_) => (by_id("more-nights"), None, ""),
        Missing::Factors(what) => (by_id("factors"), None, *what),
    };
    entry.map(|entry| question(entry, symptom, detail))
}

/// An entry of the table with its placeholders filled in.
fn question(entry: &'static QuestionEntry, symptom: Option<SymptomName>, detail: &str) -> Question {
    let fill = |text: &str| {
        text.replace("{symptom}", &symptom.map(plain).unwrap_or_default())
            .replace("{word}", symptom.map_or("", Word::word))
            .replace("{detail}", detail)
    };
    Question {
        id: match symptom {
            Some(name) => format!("{}: {detail}", plain(name)),
            None => entry.id.to_string(),
        },
        ask: fill(entry.ask),
        how: fill(entry.how),
        symptoms: &entry.symptoms,
        facts: &entry.facts,
    }
}

/// The questions that would settle what is missing, each once, in the order of the list.
pub(super) fn questions(missing: &[Missing]) -> Vec<Question> {
    let mut questions: Vec<Question> = Vec::new();
    for question in missing.iter().filter_map(question_for) {
        if questions.iter().all(|known| known.id != question.id) {
            questions.push(question);
        }
    }
    questions
}

/// How much settling a rule of this urgency is worth.
fn weight(urgency: Urgency) -> f64 {
    match urgency {
        Urgency::Emergency => 8.0,
        Urgency::SameDay => 4.0,
        Urgency::Soon => 2.0,
        Urgency::Routine => 1.0,
    }
}

/// The (at most) `count` questions that would settle most, most important first. A rule for which some entries already
/// speak counts eight times; what could be settled by several questions is shared between them.
pub(crate) fn most_useful(unclear: &[CouldNotTell], count: usize) -> Vec<Question> {
    let mut scores: BTreeMap<String, (f64, Question)> = BTreeMap::new();
    for rule in unclear {
        let mut questions: Vec<Question> = rule.missing.iter().filter_map(question_for).collect();
        questions.sort_by(|a, b| a.id.cmp(&b.id));
        questions.dedup_by(|a, b| a.id == b.id);
        let near = if rule.begun { 8.0 } else { 1.0 };
        let share = weight(rule.urgency) * near / questions.len().max(1) as f64;
        for question in questions {
            scores
                .entry(question.id.clone())
                .or_insert((0.0, question))
                .0 += share;
        }
    }
    let mut ranked: Vec<(f64, Question)> = scores.into_values().collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    ranked.truncate(count);
    ranked.into_iter().map(|(_, question)| question).collect()
}
