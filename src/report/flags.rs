//! Flags and rules as the person reads them, the questions of the weekly check, and what a clinician is told.

use chrono::NaiveDate;
use serde::Serialize;

use crate::data;
use crate::data::word::Word;
use crate::diary::told::Doubt;
use crate::diary::vocabulary::SymptomName;
use crate::diary::{Diary, Night, Nights, fact};
use crate::rules::{self, Urgency};
pub(crate) use crate::rules::{
    Ask, AtEntry, Choice, CouldNotTell, Flag, FlagsReport, LOOKBACK_NIGHTS, Talk, asks, name_of,
    set_off,
};
use crate::rules::{Missing, plain};
use crate::words::printable;
use crate::words::{date, t};

/// Flags in force on a day, from the whole diary.
pub(crate) fn flags(diary: &Diary, as_of: NaiveDate) -> FlagsReport {
    rules::evaluate(diary, as_of, true)
}

/// Flags in force on a day, from a diary that holds only the last [`LOOKBACK_NIGHTS`] nights. Which cramp was the first is
/// then not known, and the rule about medicines started before it cannot tell.
pub(crate) fn flags_of_window(diary: &Diary, as_of: NaiveDate) -> FlagsReport {
    rules::evaluate(diary, as_of, false)
}

/// Whether a rule has this id.
pub(crate) fn is_rule(id: &str) -> bool {
    rules::find(id).is_some()
}

/// The id most like a misspelt one.
pub(crate) fn nearest_rule(id: &str) -> Option<&'static str> {
    crate::diary::typed::nearest_of(id, rules::all().map(|rule| rule.id))
}

/// A question about an entry.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub(crate) enum Asked {
    /// About a sign.
    Sign(Box<Ask>),
    /// About words that can be read in two ways.
    Doubt {
        id: String,
        question: String,
        answer_with: String,
        /// The readings there are.
        choices: Vec<Choice>,
    },
}

impl Asked {
    /// What is asked about the words of the cramp `id`.
    pub(crate) fn doubt(doubt: &Doubt, id: &str) -> Asked {
        let edit = |answer: String| t!(flags, "command-edit", id, answer);
        let pain = |typed: &str| {
            let n = typed.parse::<f64>().ok();
            n.filter(|n| (0.0..=10.0).contains(n)).map(|_| Choice {
                answer: t!(flags, "choice-pain", n = typed),
                command: edit(format!("pain={typed}")),
            })
        };
        let lasted = |span: &str| Choice {
            answer: t!(flags, "choice-lasted", span),
            command: edit(format!("lasted={}", span.replace(' ', ""))),
        };
        let (topic, question, example, choices) = match doubt {
            Doubt::Pain(words) => {
                let question = t!(cli, "which-pain", words, id);
                let choices = words.split(", ").filter_map(pain).collect();
                ("severity", question, "pain=7".to_string(), choices)
            }
            Doubt::Duration(words) => {
                let question = t!(cli, "which-duration", words, id);
                let choices = words.split(", ").map(lasted).collect();
                ("duration", question, "lasted=3min".to_string(), choices)
            }
            Doubt::Number(words) => {
                let number = words.parse::<u16>().ok();
                let minutes = number.map(|n| lasted(&format!("{n} min")));
                let as_pain = pain(words);
                // what is shown is copied, so it has the number that was typed wherever that fits
                let as_typed = as_pain.as_ref().map(|_| format!("pain={words}"));
                let example = as_typed.unwrap_or_else(|| "pain=7".to_string());
                let long = number.map_or("lasted=3min".to_string(), |n| format!("lasted={n}min"));
                let question = t!(
                    cli,
                    "which-number",
                    words,
                    id,
                    pain = &example,
                    lasted = long
                );
                let choices = as_pain.into_iter().chain(minutes).collect();
                ("number", question, example, choices)
            }
        };
        Asked::Doubt {
            id: format!("{id}:{topic}"),
            question,
            answer_with: edit(example),
            choices,
        }
    }

    /// The question in words.
    pub(crate) fn question(&self) -> String {
        match self {
            Asked::Sign(ask) => ask.question.clone(),
            Asked::Doubt { question, .. } => question.clone(),
        }
    }
}

/// One question of the check, with what its answer means.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Check {
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
    flags(diary, as_of)
        .questions
        .into_iter()
        .map(|question| Check {
            ask: question.ask,
            symptoms: question
                .symptoms
                .iter()
                .filter(|name| !noticed_lately(diary, **name, as_of))
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

/// Whether a symptom was noticed in the four weeks a question speaks of, and not answered with no since. One "no" to a
/// whole list does not take back what was written down.
fn noticed_lately(diary: &Diary, name: SymptomName, as_of: NaiveDate) -> bool {
    let lately = Nights::ending(Night::of_evening(as_of), 28);
    let entries = diary.symptoms.iter().filter(|s| s.symptom == name);
    let last = entries
        .filter(|s| lately.contains(s.night))
        .max_by_key(|s| (s.night, s.id));
    last.is_some_and(|s| s.present)
}

/// How a symptom is asked about by itself.
pub(crate) fn question_of(symptom: SymptomName) -> &'static str {
    data::symptoms()
        .iter()
        .find(|entry| entry.symptom == symptom)
        .map_or("", |entry| entry.question)
}

/// A flag in one paragraph: what was observed, whom to ask and when, and what was done about it. What is urgent says why
/// at once; of the others `--why` does.
pub(crate) fn paragraph(flag: &Flag) -> String {
    let mut parts = vec![flag.observed.clone(), flag.advice.clone()];
    if flag.is_urgent() {
        parts.push(flag.why.to_string());
    }
    parts.extend(flag.seen.map(|date| t!(flags, "seen", date)));
    parts.extend(flag.discussed.as_ref().map(talk));
    parts.push(format!("[{}]", flag.id));
    parts.join(" ")
}

/// The flags whose exact limits no guideline states.
pub(crate) fn own_limits(flags: &[Flag]) -> Option<String> {
    let own = flags.iter().filter(|flag| flag.proposal);
    let ids: Vec<&str> = own.map(|flag| flag.id).collect();
    (!ids.is_empty()).then(|| t!(flags, "own-limits", n = ids.len(), ids = ids.join(", ")))
}

/// What is missing to tell, the signs that were not asked about together.
pub(crate) fn lacking(missing: &[Missing]) -> String {
    let signs = missing.iter().filter_map(|missing| match missing {
        Missing::Symptom(name) => Some(plain(*name)),
        _ => None,
    });
    let signs: Vec<String> = signs.collect();
    let together = (!signs.is_empty()).then(|| t!(rules, "not-asked", what = signs.join(", ")));
    let others = missing.iter().filter(|m| !matches!(m, Missing::Symptom(_)));
    let words = |missing: &Missing| match missing {
        Missing::Nights(n) => t!(flags, "more-nights", n = *n),
        other => other.to_string(),
    };
    let parts = together.into_iter().chain(others.map(words));
    parts.collect::<Vec<_>>().join("; ")
}

/// A talk about a flag, and why it is back.
pub(crate) fn talk(talk: &Talk) -> String {
    let date = talk.date;
    let mut line = match &talk.text {
        Some(text) => t!(flags, "talk-about", date, text),
        None => t!(flags, "talk", date),
    };
    if let Some(worse) = &talk.worse {
        line = format!("{line} {}", t!(flags, "back", worse));
    }
    line
}

/// The days of the entries behind a flag.
pub(crate) fn days(first: Option<NaiveDate>, last: Option<NaiveDate>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first != last => t!(flags, "dates", first, last),
        (Some(day), _) | (None, Some(day)) => date(day),
        (None, None) => t!(flags, "no-date").to_string(),
    }
}

/// A flag in one line, told to a clinician and not to the person. Most observations name their days; where one does
/// not, the days of the entries follow.
pub(crate) fn clinician_flag(urgency: &str, observed: &str, dates: &str) -> String {
    let dated = observed
        .split(|c: char| !c.is_ascii_digit() && c != '-')
        .any(|word| word.parse::<NaiveDate>().is_ok());
    if dated {
        t!(flags, "clinician-flag", urgency, observed)
    } else {
        t!(flags, "clinician-entries", urgency, observed, dates)
    }
}

/// An open question about an entry, told to a clinician.
pub(crate) fn clinician_ask(observed: &str) -> String {
    t!(flags, "clinician-ask", observed)
}

/// How soon, for a clinician.
pub(crate) fn clinician_urgency(urgency: Urgency) -> String {
    t!(flags, "clinician-urgency", urgency = urgency.word())
}

/// What was done about a flag, by the person's own account; `None` when nothing is recorded.
pub(crate) fn done(seen: Option<NaiveDate>, talk: Option<&Talk>) -> Option<String> {
    let Some(talk) = talk else {
        return seen.map(|date| t!(flags, "clinician-read", date));
    };
    let date = talk.date;
    let said = match &talk.text {
        Some(text) => t!(flags, "clinician-talk-about", date, text = printable(text)),
        None => t!(flags, "clinician-talk", date),
    };
    let worse = talk.worse.as_deref().map(printable);
    Some(worse.map_or(said.clone(), |worse| {
        t!(flags, "clinician-since", talk = said, worse)
    }))
}

/// Said once for the `open` flags of `all` about which nothing is recorded.
pub(crate) fn note(open: usize, all: usize) -> Option<String> {
    (open > 0).then(|| t!(flags, "clinician-not-done", all = open == all))
}
