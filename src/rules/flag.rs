//! What a rule says when it answers Yes or cannot tell: what was observed, why it matters, whom to ask and when, what would
//! make it urgent. Never a cause, a probability or an all-clear.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use crate::data::rule::{Rule, Sort, Urgency};
use crate::diary::{Key, Night, lexicon};
use crate::rules::answer::{Finding, Missing};
use crate::rules::evidence::Evidence;
use crate::words::{nights, number, t};

/// One pattern that deserves a medical check.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Flag {
    /// The rule's id.
    pub(crate) id: &'static str,
    pub(crate) urgency: Urgency,
    /// What was observed, with dates.
    pub(crate) observed: String,
    /// The same to a clinician.
    #[serde(skip)]
    pub(crate) to_clinician: String,
    pub(crate) why: &'static str,
    /// Whom to ask, when, what to do, and what would make it more urgent.
    #[serde(rename = "do")]
    pub(crate) advice: String,
    /// Every entry behind it.
    pub(crate) evidence: Vec<Evidence>,
    /// Claim ids and literature keys.
    pub(crate) sources: &'static [&'static str],
    /// The threshold is a proposal of this program, stated by no guideline.
    pub(crate) proposal: bool,
    pub(crate) status: Persistence,
    /// The day on which it was last noticed, where that is longer ago.
    #[serde(skip)]
    pub(crate) noted_before: Option<NaiveDate>,
    /// The day of the first entry of the present run.
    pub(crate) first: Option<NaiveDate>,
    /// The day of the last entry.
    pub(crate) last: Option<NaiveDate>,
    /// The day the person said they had seen it; `None` when not, or when something new came since.
    pub(crate) seen: Option<NaiveDate>,
    /// The last talk with a clinician about it.
    pub(crate) discussed: Option<Talk>,
    /// The day the rule was last compared with its sources.
    pub(crate) reviewed: &'static str,
    /// The rule and its sources in words, when asked for (`--why`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) because: Option<Because>,
}

/// Whether the entries of a pattern span two weeks or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Persistence {
    New,
    Persistent,
}

/// A talk with a clinician about a flag.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Talk {
    pub(crate) date: NaiveDate,
    /// What came of it, in the person's words.
    pub(crate) text: Option<String>,
    /// What has become worse since, in words; `None` while nothing has.
    pub(crate) worse: Option<String>,
}

/// The rule behind a flag in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Because {
    /// Since when, on how many nights, new or persistent.
    pub(crate) lasting: String,
    /// The condition, one line a part, deeper parts indented.
    pub(crate) condition: Vec<String>,
    /// Each source with what it says or is.
    pub(crate) sources: Vec<String>,
}

/// A rule that answers Unknown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct CouldNotTell {
    /// The rule's id.
    pub(crate) id: &'static str,
    pub(crate) urgency: Urgency,
    /// Whether something beyond ordinary cramps already speaks for it.
    pub(crate) begun: bool,
    /// Whether it is about frequency and severity, and so tells how many nights are missing.
    pub(crate) ladder: bool,
    /// What would settle it.
    pub(crate) missing: Vec<Missing>,
}

impl Flag {
    /// Whether it should be looked at today or now.
    pub(crate) fn is_urgent(&self) -> bool {
        self.urgency.is_urgent()
    }

    /// Discussed, and no worse since: listed, but it does not come up again.
    pub(crate) fn is_settled(&self) -> bool {
        self.discussed.as_ref().is_some_and(|d| d.worse.is_none())
    }
}

impl CouldNotTell {
    pub(crate) fn new(rule: &Rule, finding: Finding) -> Self {
        CouldNotTell {
            id: rule.id,
            urgency: rule.urgency,
            begun: finding.evidence.iter().any(|entry| !entry.is_ordinary()),
            ladder: rule.sort == Sort::Ladder,
            missing: finding.missing,
        }
    }
}

/// The rule and its sources in words.
pub(crate) fn because(flag: &Flag) -> Option<Because> {
    let rule = crate::rules::find(flag.id)?;
    Some(Because {
        lasting: lasting(flag),
        condition: rule.when.explain(),
        sources: rule.sources.iter().map(|key| source(key)).collect(),
    })
}

/// What was noticed longer ago than so many days may be over: the words must fit its age.
const RECENT_DAYS: i64 = 3;

/// The day on which a sign was last noticed, when that is longer ago.
pub(crate) fn noted_before(evidence: &[Evidence], as_of: NaiveDate) -> Option<NaiveDate> {
    let noticed = evidence.iter().filter(|e| e.was_noticed());
    let last = noticed.filter_map(|e| e.date).max();
    last.filter(|last| (as_of - *last).num_days() > RECENT_DAYS)
}

impl Flag {
    /// How soon, as a heading; of something urgent that was noticed longer ago, when.
    pub(crate) fn heading(&self) -> String {
        match self.noted_before.filter(|_| self.is_urgent()) {
            Some(date) if self.urgency == Urgency::Emergency => t!(flags, "emergency-noted", date),
            Some(date) => t!(flags, "same-day-noted", date),
            None => heading(self.urgency).to_string(),
        }
    }
}

/// How soon, as a heading.
pub(crate) fn heading(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Emergency => t!(flags, "emergency"),
        Urgency::SameDay => t!(flags, "same-day"),
        Urgency::Soon => t!(flags, "soon"),
        Urgency::Routine => t!(flags, "routine"),
    }
}

/// Since when, on how many nights, new or persistent.
fn lasting(flag: &Flag) -> String {
    let mut status = match flag.status {
        Persistence::New => t!(flags, "new").to_string(),
        Persistence::Persistent => t!(flags, "persistent").to_string(),
    };
    if let (Some(first), Some(last)) = (flag.first, flag.last) {
        status = t!(flags, "dated", status, first, last);
    }
    let entries = flag.evidence.len();
    let nights = nights(night_count(&flag.evidence));
    t!(flags, "lasting", status, entries, nights)
}

/// A claim id or literature key with what it says or is.
fn source(key: &str) -> String {
    if let Some(claim) = lexicon::claim(key) {
        return format!("{key}: {}", claim.says);
    }
    match lexicon::work(key) {
        Some(work) if work.place.is_empty() => format!("{key}: {}", work.what),
        Some(work) => format!("{key}: {} ({})", work.what, work.place),
        None => key.to_string(),
    }
}

/// Who reads what was observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    Patient,
    Clinician,
}

/// What was observed, with the entries' subjects and dates filled in.
pub(crate) fn observed(rule: &Rule, finding: &Finding, reader: Reader) -> String {
    let amount = finding.amount.map_or(String::new(), |(amount, unit)| {
        format!("{} {unit}", number(amount))
    });
    let what = rule
        .observed
        .replace("{what}", &subjects(&finding.evidence))
        .replace("{dates}", &between(&finding.evidence))
        .replace("{since}", &since(&finding.evidence))
        .replace("{nights}", &night_count(&finding.evidence).to_string())
        .replace("{amount}", &amount)
        .replace("  ", " ")
        .replace(" .", ".")
        .replace(" ,", ",")
        .replace(" :", ":");
    recorded(&what, reader)
}

/// "You recorded cramps that broke your sleep." to the patient is "Cramps that broke the patient's sleep." to a clinician.
pub(crate) fn recorded(what: &str, reader: Reader) -> String {
    match reader {
        Reader::Patient => {
            let what = what.replace("{your}", t!(flags, "your"));
            t!(flags, "recorded", what)
        }
        Reader::Clinician => {
            let what = what.replace("{your}", t!(flags, "their"));
            let mut letters = what.chars();
            let first = letters.next().map(char::to_uppercase);
            first.into_iter().flatten().chain(letters).collect()
        }
    }
}

/// Whom to ask, when, what to do, and what would make it more urgent; in words that fit something `noted` longer ago.
pub(crate) fn advice(rule: &Rule, noted: Option<NaiveDate>) -> String {
    let whom = rule.whom;
    let first = match (rule.urgency, noted) {
        (Urgency::Emergency, Some(date)) => t!(flags, "call-if", date),
        (Urgency::SameDay, Some(date)) => t!(flags, "contact-today-if", date, whom),
        (Urgency::Emergency, None) => t!(flags, "call").to_string(),
        (Urgency::SameDay, None) => t!(flags, "contact-today", whom),
        (Urgency::Soon, _) => t!(flags, "contact-soon", whom),
        (Urgency::Routine, _) => t!(flags, "next-visit", whom),
    };
    let parts: Vec<&str> = [first.as_str(), rule.advice, rule.worse]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" ")
}

/// What the entries are about, each once, in the order of the dates: "swelling (left) and calf tenderness (left)".
fn subjects(evidence: &[Evidence]) -> String {
    let mut named: Vec<(&str, Vec<String>)> = Vec::new();
    for entry in evidence {
        let side = match (&entry.key, entry.side) {
            (Key::Symptom(_), Some(side)) => Some(side.to_string()),
            _ => None,
        };
        match named.iter_mut().find(|(about, _)| *about == entry.about) {
            Some((_, sides)) => sides.extend(side.filter(|s| !sides.contains(s))),
            None => named.push((&entry.about, side.into_iter().collect())),
        }
    }
    let named: Vec<String> = named
        .into_iter()
        .map(|(about, sides)| match sides.is_empty() {
            true => about.to_string(),
            false => format!("{about} ({})", sides.join(", ")),
        })
        .collect();
    match named.split_last() {
        None => t!(flags, "an-entry").to_string(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => t!(flags, "and", first = rest.join(", "), last),
    }
}

/// "on 2026-03-03", "in the night of 2026-03-03", "between 2026-03-03 and 2026-03-20", or nothing when no entry has a date.
fn between(evidence: &[Evidence]) -> String {
    let by_day = |e: &Evidence| !matches!(e.key, Key::Episode(_) | Key::Night(_));
    let only_nights = !evidence.iter().any(|e| e.date.is_some() && by_day(e));
    match dates(evidence) {
        (Some(date), Some(last)) if date == last && only_nights => t!(flags, "in-night", date),
        (Some(date), Some(last)) if date == last => t!(flags, "on", date),
        (Some(first), Some(last)) => t!(flags, "between", first, last),
        _ => String::new(),
    }
}

/// ", since 2026-03-02" when the start of what is named was entered; nothing when it was not, or not for all of it.
fn since(evidence: &[Evidence]) -> String {
    let signs = evidence.iter().filter(|e| matches!(e.key, Key::Symptom(_)));
    let mut starts: BTreeMap<&str, Option<NaiveDate>> = BTreeMap::new();
    for sign in signs {
        let start = starts.entry(&sign.about).or_default();
        *start = (*start).into_iter().chain(sign.since).min();
    }
    let days: BTreeSet<Option<NaiveDate>> = starts.into_values().collect();
    match (days.len(), days.first()) {
        (1, Some(Some(date))) => t!(flags, "since", date),
        _ => String::new(),
    }
}

/// First and last day of the entries: of those kept under nights, or of the others when there are none.
pub(crate) fn dates(evidence: &[Evidence]) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let of = |nightly: bool| -> Vec<NaiveDate> {
        evidence
            .iter()
            .filter(|e| e.night.is_some() == nightly)
            .filter_map(|e| e.date)
            .collect()
    };
    let mut days = of(true);
    if days.is_empty() {
        days = of(false);
    }
    (days.iter().min().copied(), days.iter().max().copied())
}

/// On how many different nights the entries are.
fn night_count(evidence: &[Evidence]) -> usize {
    let nights: BTreeSet<Night> = evidence.iter().filter_map(|e| e.night).collect();
    nights.len()
}
