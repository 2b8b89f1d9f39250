//! The weekly check: the one or two questions that would settle the most important of what could not be told.

use chrono::NaiveDate;

use crate::data;
use crate::diary::vocabulary::SymptomName;
use crate::diary::{Diary, fact};
use crate::rules::evaluate;

/// One question of the check, with what its answer means.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Check {
    /// The question.
    pub(crate) ask: String,
    /// Symptoms it asks about: "no" means that each is absent, "yes" leads to each one's own question.
    pub(crate) symptoms: Vec<(SymptomName, &'static str)>,
    /// Facts about the person it asks for, each with its own question.
    pub(crate) facts: Vec<(&'static str, &'static str)>,
    /// How to answer it another time, for what is not answered by yes, no or a word.
    pub(crate) how: String,
}

impl Check {
    /// Whether it can be answered here; the others are only said.
    pub(crate) fn can_be_answered(&self) -> bool {
        !self.symptoms.is_empty() || !self.facts.is_empty()
    }
}

/// The questions of the weekly check on a day; none when every rule can be answered.
pub(crate) fn weekly_check(diary: &Diary, as_of: NaiveDate) -> Vec<Check> {
    evaluate(diary, as_of, true)
        .questions
        .into_iter()
        .map(|question| Check {
            ask: question.ask,
            symptoms: question
                .symptoms
                .iter()
                .map(|name| (*name, question_of(*name)))
                .collect(),
            facts: question
                .facts
                .iter()
                .filter_map(|key| fact::find(key))
                .map(|fact| (fact.fact, fact.question))
                .collect(),
            how: question.how,
        })
        .collect()
}

fn question_of(symptom: SymptomName) -> &'static str {
    data::symptoms()
        .iter()
        .find(|entry| entry.symptom == symptom)
        .map_or("", |entry| entry.question)
}
