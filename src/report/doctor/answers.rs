//! What a clinician would ask first about cramps (CKS leg cramps, 2012), answered as far as the diary does.

use crate::diary::vocabulary::{CourseKind, SymptomName};
use crate::diary::{Diary, Nights, Symptom};
use crate::report::chart::Table;
use crate::report::say::page as say;
use crate::report::say::print::printable;

/// Questions answered by symptoms, each with the symptoms that answer it.
const ASKED: [(&str, &[SymptomName]); 5] = [
    (say::WALKING, &[SymptomName::WalkingPain]),
    (say::URGE, &[SymptomName::UrgeToMove]),
    (
        say::NUMBNESS,
        &[
            SymptomName::Numbness,
            SymptomName::Tingling,
            SymptomName::Weakness,
        ],
    ),
    (
        say::WASTING,
        &[SymptomName::Wasting, SymptomName::Twitching],
    ),
    (
        say::SWELLING,
        &[SymptomName::Swelling, SymptomName::VaricoseVeins],
    ),
];

/// The answers, as rows of question and answer. What was never asked says so; it is never "no".
pub(crate) fn answers(diary: &Diary, nights: Nights) -> Table {
    let mut rows: Vec<Vec<String>> = ASKED
        .iter()
        .map(|(question, names)| vec![(*question).to_string(), symptoms(diary, names, nights)])
        .collect();
    rows.push(vec![say::MEDICINES.to_string(), medicines(diary, nights)]);
    rows.push(vec![say::CONDITIONS.to_string(), conditions(diary)]);
    Table {
        caption: say::ANSWERS.to_string(),
        head: say::ANSWERS_HEAD.map(str::to_string).to_vec(),
        rows,
    }
}

/// The newest entry of each symptom up to the end of the period.
fn symptoms(diary: &Diary, names: &[SymptomName], nights: Nights) -> String {
    let newest = |name: &SymptomName| -> Option<&Symptom> {
        diary
            .symptoms_of(*name)
            .rfind(|symptom| symptom.night <= nights.to)
    };
    let entries: Vec<&Symptom> = names.iter().filter_map(newest).collect();
    say::symptoms(&entries, names.len() > 1)
}

/// Medicines and supplements in force on the last day, by name.
fn medicines(diary: &Diary, nights: Nights) -> String {
    let taken: Vec<String> = diary
        .courses_on(nights.to.date())
        .filter(|course| course.kind != CourseKind::Measure)
        .map(|course| printable(&course.name))
        .collect();
    let asked_none = diary
        .facts_of("medicines")
        .chain(diary.facts_of("medicine"))
        .any(|fact| fact.value == "none");
    say::medicines(&taken, asked_none)
}

/// Every course in force on the last day, by name and dose.
pub(crate) fn taken(diary: &Diary, nights: Nights) -> Vec<String> {
    diary
        .courses_on(nights.to.date())
        .map(crate::report::say::chart::course)
        .collect()
}

fn conditions(diary: &Diary) -> String {
    let facts = diary
        .facts_of("condition")
        .chain(diary.facts_of("conditions"));
    let names: Vec<String> = facts.map(|fact| printable(&fact.value)).collect();
    say::conditions(&names)
}
