//! A line about symptoms as people say it: "left leg swollen since yesterday and short of breath", "no swelling",
//! `swelling left 4 since=2026-02-01 "evenings"`. What names no symptom is a note.

use crate::diary::amend::{read_symptom, set_symptom};
use crate::diary::beginning::{Beginning, beginning_at};
use crate::diary::clock::{Now, When, read_when};
use crate::diary::clock_face::ClockError;
use crate::diary::clock_words::seconds_in;
use crate::diary::names::{self, SymptomNamed, words_of};
use crate::diary::phrase::Words;
use crate::diary::record::Symptom;
use crate::diary::said::negated;
use crate::diary::typed::{LineError, free_text};
use crate::diary::unit;
use crate::diary::vocabulary::{BroughtOn, Certainty, RelievedBy, SymptomName};
use crate::diary::word::Word;

/// What a line comes to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SymptomLine {
    /// The symptoms it names, in its order; at least one.
    Symptoms(Vec<Symptom>),
    /// It names none: its words.
    Note(String),
}

/// Reads a line about symptoms; noticed now unless it says otherwise.
///
/// # Errors
/// An impossible value, or a day in the future.
pub(crate) fn read_symptoms(words: &[String], now: &Now) -> Result<SymptomLine, LineError> {
    let (keyed, plain): (Vec<&String>, Vec<&String>) = words.iter().partition(|w| is_keyed(w));
    let text: Vec<&str> = plain.iter().map(|w| w.as_str()).collect();
    let text = free_text(&text.join(" "), "symptom")?;
    let line = words_of(&text, true);
    let named = names::symptoms(&line);
    if let Some(symptom) = as_written(words, &named, now)? {
        return Ok(SymptomLine::Symptoms(vec![symptom]));
    }
    let said = read_beside(&line, &named, now)?;
    // "bladder change no": the last word answers for the one symptom named.
    let denied = named.len() == 1
        && plain
            .last()
            .is_some_and(|word| word.trim().eq_ignore_ascii_case("no"));
    let mut symptoms: Vec<Symptom> = Vec::new();
    for found in &named {
        let mut symptom = Symptom::blank(
            0,
            now.moment(),
            now.this_night(),
            found.symptom,
            !found.absent && !denied,
            now.utc,
        );
        symptom.side = found.side;
        if symptom.present {
            (symptom.since, symptom.sudden, symptom.worse) = (said.since, said.sudden, said.worse);
        }
        if let Some(length) = said
            .difference
            .as_ref()
            .filter(|_| found.symptom == SymptomName::Swelling)
        {
            set_symptom(&mut symptom, "difference", length, now)?;
        }
        if let Some(when) = &said.when {
            when_noticed(&mut symptom, when, now);
        }
        symptoms.push(symptom);
    }
    let Some(first) = symptoms.first_mut() else {
        // a key that no symptom has is a slip, not a note
        for word in keyed {
            let (key, value) = word.split_once('=').unwrap_or_default();
            let mut none = Symptom::blank(
                0,
                now.moment(),
                now.this_night(),
                SymptomName::Numbness,
                true,
                now.utc,
            );
            set_symptom(&mut none, key, value, now)?;
        }
        return Ok(SymptomLine::Note(words.join(" ")));
    };
    if first.present {
        first.relieved_by = said.relieved_by;
        first.brought_on = said.brought_on;
        first.lasts_s = said.lasts_s;
    }
    if let Some(severity) = said.severity {
        first.severity = Some(severity);
        first.present &= severity > 0;
    }
    // every word stays as it was typed
    first.text = Some(text);
    for symptom in &mut symptoms {
        for word in &keyed {
            let (key, value) = word.split_once('=').unwrap_or_default();
            set_symptom(symptom, key, value, now)?;
        }
    }
    Ok(SymptomLine::Symptoms(symptoms))
}

fn is_keyed(word: &str) -> bool {
    word.split_once('=')
        .is_some_and(|(key, _)| !key.trim().contains(char::is_whitespace))
}

/// The line in the short form, the name of the vocabulary first, where the words say nothing else than it does.
fn as_written(
    words: &[String],
    named: &[SymptomNamed],
    now: &Now,
) -> Result<Option<Symptom>, LineError> {
    let Some((name, rest)) = words.split_first() else {
        return Ok(None);
    };
    let name = name.trim().to_lowercase().replace([' ', '_'], "-");
    let Some(name) = SymptomName::from_word(&name) else {
        return Ok(None);
    };
    let answer = |w: &String| matches!(w.to_lowercase().as_str(), "yes" | "no" | "0" | "0/10");
    let read = read_symptom(name.word(), rest, now);
    let says_more = match named {
        [only] => only.symptom != name || only.absent && !rest.iter().any(answer),
        _ => !rest.iter().any(|w| w.split_whitespace().nth(1).is_some()),
    };
    match read {
        Ok(symptom) if !says_more => Ok(Some(symptom)),
        Ok(_) => Ok(None),
        // a bare number that cannot be, a key that is none
        Err(error) if rest.iter().any(|w| is_keyed(w) && refuses(w, now)) => Err(error),
        Err(_) => Ok(None),
    }
}

/// Whether a `key=value` cannot be.
fn refuses(word: &str, now: &Now) -> bool {
    let words = [word.to_string()];
    read_symptom(SymptomName::Numbness.word(), &words, now).is_err()
}

/// What the words beside the names say.
#[derive(Default)]
struct Beside {
    since: Option<chrono::NaiveDate>,
    when: Option<When>,
    severity: Option<u8>,
    relieved_by: Option<RelievedBy>,
    brought_on: Option<BroughtOn>,
    lasts_s: Option<u32>,
    sudden: Option<bool>,
    worse: Option<bool>,
    /// How much bigger one calf is, as it was written.
    difference: Option<String>,
}

fn read_beside(line: &Words, named: &[SymptomNamed], now: &Now) -> Result<Beside, LineError> {
    let mut said = Beside::default();
    let in_name = |at: usize| named.iter().any(|n| (n.from..n.to).contains(&at));
    let mut at = 0;
    while at < line.len() {
        if let Some(found) = line.find(at, "future") {
            return Err(ClockError::ToCome(line.typed(at, at + found.len)).into());
        }
        let relieved = line.find(at, "relieved-by");
        if let Some(found) = relieved.filter(|_| negated(line, at).is_none()) {
            said.relieved_by = said
                .relieved_by
                .or_else(|| RelievedBy::from_word(found.meaning));
            at += found.len;
            continue;
        }
        if let Some(found) = line.find(at, "sudden") {
            said.sudden = Some(found.meaning == "yes");
        }
        if let Some(found) = line.find(at, "worse") {
            said.worse = Some(found.meaning == "yes");
        }
        if line.number(at).is_some() && is_length(line.word(at + 1)) {
            said.difference = Some(format!("{}{}", line.word(at), line.word(at + 1)));
            at += 2;
            continue;
        }
        let brought = line.find(at, "brought-on");
        let brought = brought.and_then(|found| BroughtOn::from_word(found.meaning));
        said.brought_on = said.brought_on.or(brought);
        if in_name(at) {
            at += 1;
            continue;
        }
        let minutes = line.number(at).filter(|_| is_minutes(line.word(at + 1)));
        if let Some(minutes) = minutes.filter(|m| (0.0..=1440.0).contains(m)) {
            said.lasts_s = Some((minutes * 60.0).round() as u32);
            at += 2;
            continue;
        }
        if let Some((to, beginning)) = since(line, at, now)? {
            said.since = said.since.or(Some(beginning.day));
            at = to;
            continue;
        }
        if let Some((to, when)) = noticed(line, at, now)? {
            said.when = said.when.or(Some(when));
            at = to;
            continue;
        }
        said.severity = match severity(line, at)? {
            Some(severity) if said.severity.is_none() => Some(severity),
            _ => said.severity,
        };
        at += 1;
    }
    Ok(said)
}

fn is_length(word: &str) -> bool {
    matches!(
        word,
        "cm" | "centimetre" | "centimetres" | "centimeters" | "inch" | "inches" | "mm"
    )
}

fn is_minutes(word: &str) -> bool {
    seconds_in(word) == Some(60)
}

/// A beginning that is said as one: `since`, `for` or `ago`.
fn since(line: &Words, at: usize, now: &Now) -> Result<Option<(usize, Beginning)>, ClockError> {
    const LEADS: [&str; 7] = [
        "since", "for", "from", "started", "starting", "began", "begun",
    ];
    let is_led = LEADS.contains(&line.word(at)) && line.is(at, "since");
    let counts = line.number(at).is_some() || line.is(at, "amount");
    if !is_led && !counts {
        return Ok(None);
    }
    // an answer that only says "long ago" has no day
    let found = beginning_at(line, at, now)?;
    Ok(found.filter(|(_, b)| b.certainty != Certainty::Unknown || b.day < now.today()))
}

/// The day it was noticed: `yesterday`, `last night`, `mon`, a date.
fn noticed(line: &Words, at: usize, now: &Now) -> Result<Option<(usize, When)>, ClockError> {
    let word = line.word(at);
    let is_day = matches!(word, "yesterday" | "last") || line.is(at, "weekday") || word.len() == 10;
    if !is_day || line.is(at.saturating_sub(1), "since") {
        return Ok(None);
    }
    let words = if word == "last" { 2 } else { 1 };
    let typed = line.typed(at, (at + words).min(line.len()));
    match read_when(&typed, now) {
        Ok(when) => Ok(when.map(|when| (at + words, when))),
        Err(future @ ClockError::Future { .. }) => Err(future),
        Err(_) => Ok(None),
    }
}

/// How bad it is: a bare number from 0 to 10, or `7/10`; not the number of something.
fn severity(line: &Words, at: usize) -> Result<Option<u8>, LineError> {
    let word = line.word(at);
    let of_ten = word.ends_with("/10");
    let bare = word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty();
    let last = at + 1 == line.len();
    let counts = ["span", "measure", "counted", "part"]
        .iter()
        .any(|group| line.is(at + 1, group));
    let belongs = line.token(at + 1).is_some_and(|t| !t.spaced) || counts;
    if !(of_ten || bare && !belongs) {
        return Ok(None);
    }
    match unit::zero_to_ten(word) {
        Ok(severity) => Ok(Some(severity)),
        Err(e) if last => Err(LineError::new(
            e.to_string(),
            "how bad is a whole number from 0 to 10",
        )),
        Err(_) => Ok(None),
    }
}

fn when_noticed(symptom: &mut Symptom, when: &When, now: &Now) {
    symptom.night = when.night;
    let noon = chrono::NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
    let start = || {
        let noon = when.night.date().and_time(noon);
        now.zone.resolve(noon, now.utc).0
    };
    symptom.noticed_at = when.at.clone().unwrap_or_else(start);
}
