//! What an experiment is about: a thing that may be tried, and its two sides in the person's words.

use chrono::NaiveDate;

use crate::diary::Diary;
use crate::diary::typed::{LineError, closed, free_text, shown};
use crate::diary::vocabulary::{Basis, ExperimentDesign};
use crate::report::experiment::Refusal;
use crate::report::experiment_safety::{Safety, ToAnswer, Wanted, may_try, notes};
use crate::report::say::page::mid_sentence;
use crate::words::{hinted, printable, t};

/// Letters that say what one side is; they stand in every line about tonight.
const LONGEST_SIDE: usize = 120;

/// What is to be tried, and what its two sides are.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Trial {
    /// The factor, or the name of the supplement, lower case.
    pub(crate) thing: String,
    /// Its name within a sentence.
    pub(crate) label: String,
    /// What it does may last beyond one night, so only whole periods can be compared.
    pub(crate) lasts: bool,
    pub(crate) on: Option<String>,
    pub(crate) off: Option<String>,
    /// The dose of an "on" day: how much, of what unit, and of what it is the weight.
    pub(crate) dose: Option<(f64, String)>,
    pub(crate) basis: Option<Basis>,
    /// What must be known before it begins, each a sentence.
    pub(crate) notes: Vec<String>,
}

impl Trial {
    /// Reads what is to be tried and its words `on=… off=…`. `design` is the one asked for, if one was.
    ///
    /// # Errors
    /// It may not be tried, or not before something is answered; or a word means nothing here.
    pub(crate) fn read(
        diary: &Diary,
        name: &str,
        words: &[String],
        design: Option<ExperimentDesign>,
        today: NaiveDate,
    ) -> Result<Trial, Refusal> {
        let thing = free_text(name, "name").map_err(told)?;
        let (mut on, mut off) = (None, None);
        let mut basis: Option<&str> = None;
        for word in words {
            match word.split_once('=') {
                Some(("on", value)) => on = Some(free_text(value, "on").map_err(told)?),
                Some(("off", value)) => off = Some(free_text(value, "off").map_err(told)?),
                Some(("basis", value)) => {
                    closed::<Basis>(value).map_err(told)?;
                    basis = Some(word);
                }
                _ => {
                    let word = printable(&shown(word));
                    return Err(hinted!(experiment, "unknown-word", word));
                }
            }
        }
        let longest = [&on, &off].into_iter().flatten();
        let longest = longest.map(|side: &String| side.chars().count()).max();
        if longest.is_some_and(|letters| letters > LONGEST_SIDE) {
            return Err(hinted!(experiment, "long-side", most = LONGEST_SIDE));
        }
        // of what a dose is the weight belongs to the dose
        let dose = basis.map(|basis| format!("{} {basis}", on.as_deref().unwrap_or_default()));
        let wanted = Wanted {
            thing: &thing,
            on: dose.as_deref().or(on.as_deref()),
            off: off.as_deref(),
            design,
        };
        match may_try(diary, &wanted, today) {
            Safety::Allowed(allowed) => Ok(Trial {
                notes: notes(&allowed),
                label: mid_sentence(&allowed.label),
                lasts: !allowed.designs.contains(&ExperimentDesign::Nightly),
                basis: allowed.dose.as_ref().and_then(|dose| dose.basis),
                dose: allowed.dose.map(|dose| (dose.amount, dose.unit)),
                thing: allowed.thing,
                on,
                off,
            }),
            Safety::Refused(refused) => Err((refused.message, refused.hint)),
            Safety::Unknown(open) => Err(to_answer(&open)),
        }
    }
}

fn told(e: LineError) -> Refusal {
    (e.message, Some(e.hint).filter(|hint| !hint.is_empty()))
}

/// What has to be answered first, each question with its answer below.
fn to_answer(open: &[ToAnswer]) -> Refusal {
    let first = t!(experiment, "answer-first", n = open.len());
    let lines = open
        .iter()
        .map(|q| t!(experiment, "answer-so", ask = q.ask, how = q.how));
    let lines: Vec<String> = lines.collect();
    (first, Some(lines.join("\n  ")))
}
