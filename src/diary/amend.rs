//! Amending a record other than an episode or a night, with the words it was written with; and a symptom as typed:
//! `swelling left 4 since=2026-02-01 "evenings"`.

use chrono::NaiveTime;

use crate::diary::background_line::{amend_course, read_fact, set_factor};
use crate::diary::between::LARGEST_DIFFERENCE_CM;
use crate::diary::clock::{ClockReader, Now, read_when};
use crate::diary::dose::amend_intake;
use crate::diary::fact;
use crate::diary::factor::Catalogue;
use crate::diary::key::Record;
use crate::diary::lexicon;
use crate::diary::moment::Night;
use crate::diary::record::{ContextValue, Event, Exclusion, Fact, Symptom};
use crate::diary::typed::{Keys, LineError, day, nearest_of, no_key};
use crate::diary::unit::{self, LONGEST_AFTER_S};
use crate::diary::vocabulary::{Side, SymptomName};
use crate::diary::word::Word;

/// The record with `words` applied.
///
/// # Errors
/// A word the record has no place for, or an impossible value.
pub(crate) fn amend(
    mut record: Record,
    words: &[String],
    catalogue: &Catalogue,
    now: &Now,
) -> Result<Record, LineError> {
    match &mut record {
        Record::Course(course) => amend_course(course, words, now)?,
        Record::Symptom(symptom) => amend_symptom(symptom, words, now)?,
        Record::Intake(intake) => amend_intake(intake, words, now)?,
        Record::Value(value) => amend_value(value, words, catalogue)?,
        Record::Event(event) => amend_event(event, words, now)?,
        Record::Exclusion(exclusion) => amend_exclusion(exclusion, words, now)?,
        Record::Fact(fact) => amend_fact(fact, words, now)?,
        Record::Factor(factor) => {
            for word in words {
                match word.split_once('=') {
                    Some(("retired", v)) => {
                        factor.retired = unit::yes_no(v).unwrap_or(factor.retired)
                    }
                    Some((key, v)) => set_factor(factor, key, v, now)?,
                    None => {
                        return Err(LineError::not_understood(word, "write key=value"));
                    }
                }
            }
        }
        Record::FlagNote(note) => note.text = Some(words.join(" ")),
        Record::Follow(_)
        | Record::Look(_)
        | Record::Reply(_)
        | Record::Experiment(_)
        | Record::Adherence(_)
        | Record::Reading(_)
        | Record::Mapping(_)
        | Record::Handover(_)
        | Record::Night(_)
        | Record::Episode(_) => {
            return Err(LineError::new(
                format!("{} is not amended this way", record.key()),
                "see 'cramp edit --help'",
            ));
        }
    }
    Ok(record)
}

fn amend_value(
    value: &mut ContextValue,
    words: &[String],
    catalogue: &Catalogue,
) -> Result<(), LineError> {
    let [word] = words else {
        return Err(LineError::new(
            "a value is one word",
            "write for example 18C",
        ));
    };
    let text = word.split_once('=').map_or(word.as_str(), |(_, v)| v);
    let def = catalogue.find(&value.factor).ok_or_else(|| {
        LineError::new(
            format!("'{}' is not a factor any more", value.factor),
            "delete it instead",
        )
    })?;
    let read = def
        .read(text)
        .map_err(|e| LineError::new(e.to_string(), "'cramp factor list' shows what it accepts"))?;
    (value.value, value.unit, value.typed) = (read.value, read.unit, read.typed);
    Ok(())
}

fn amend_event(event: &mut Event, words: &[String], now: &Now) -> Result<(), LineError> {
    for word in words {
        match word.split_once('=') {
            Some(("date" | "night", v)) => event.night = Night::of_evening(day(v, now)?),
            Some(("text", v)) => event.text = v.to_string(),
            Some((key, _)) => return Err(no_key("an event", key, "date= text=")),
            None => event.text.clone_from(word),
        }
    }
    Ok(())
}

fn amend_exclusion(x: &mut Exclusion, words: &[String], now: &Now) -> Result<(), LineError> {
    for word in words {
        match word.split_once('=') {
            Some(("from", v)) => x.from = Night::of_evening(day(v, now)?),
            Some(("to", v)) => x.to = Night::of_evening(day(v, now)?),
            Some(("text", v)) => x.text = v.to_string(),
            Some((key, _)) => return Err(no_key("an excluded period", key, "from= to= text=")),
            None => x.text.clone_from(word),
        }
    }
    if x.to < x.from {
        return Err(LineError::new(
            format!("{} comes before {}", x.to, x.from),
            "give the first night as from=",
        ));
    }
    Ok(())
}

fn amend_fact(fact: &mut Fact, words: &[String], now: &Now) -> Result<(), LineError> {
    for word in words {
        let value = match word.split_once('=') {
            Some(("since", "-" | "?")) => {
                fact.since = None;
                continue;
            }
            Some(("since", v)) => {
                fact.since = Some(day(v, now)?);
                continue;
            }
            Some(("means", "-" | "?")) => {
                fact.means = None;
                continue;
            }
            Some(("means", v)) if fact.key == fact::CONDITION => {
                fact.means = Some(fact::known_condition(v)?.to_string());
                continue;
            }
            Some((key, v)) if key == "value" || key == fact.key => v,
            Some((key, _)) => return Err(no_key("a fact", key, "value= since= means=")),
            None => word,
        };
        fact.value = read_fact(&fact.key, value, now, &mut Vec::new())?.1;
    }
    Ok(())
}

const SYMPTOM: Keys<Symptom> = Keys {
    record: "a symptom",
    empty: |key| format!("write {key}=VALUE, or {key}=? for unknown"),
    keys: &[
        (&["side"], |s, v, _| v.word(&mut s.side)),
        (&["severity"], |s, v, _| v.zero_to_ten(&mut s.severity)),
        (&["brought-on", "brought_on"], |s, v, _| {
            v.word(&mut s.brought_on)
        }),
        (&["relieved-by", "relieved_by"], |s, v, _| {
            v.word(&mut s.relieved_by)
        }),
        (&["lasts"], |s, v, _| {
            v.duration(&mut s.lasts_s, LONGEST_AFTER_S)
        }),
        (&["since"], |s, v, now| v.day(&mut s.since, now)),
        (&["text", "note"], |s, v, _| v.text(&mut s.text)),
        (&["sudden"], |s, v, _| v.yes_no(&mut s.sudden)),
        (&["worse"], |s, v, _| v.yes_no(&mut s.worse)),
        (&["difference", "difference_cm"], |s, v, _| {
            v.amount(&mut s.difference_cm, "cm", LARGEST_DIFFERENCE_CM)
        }),
    ],
    listed: "side severity brought-on relieved-by lasts since text sudden worse difference",
};

/// Reads the name of a symptom; spaces and underscores count as hyphens.
///
/// # Errors
/// A name that is not known.
fn symptom_name(text: &str) -> Result<SymptomName, LineError> {
    let name = text.trim().to_lowercase().replace([' ', '_'], "-");
    SymptomName::from_word(&name).ok_or_else(|| {
        let near = nearest_of(&name, SymptomName::ALL.iter().map(|s| s.word()));
        LineError::new(
            format!("'{text}' is not a symptom known here"),
            match near {
                Some(n) => format!("did you mean '{n}'? 'cramp symptom --list' shows all"),
                None => "'cramp symptom --list' shows all; anything else fits in 'cramp event'"
                    .to_string(),
            },
        )
    })
}

/// Reads a symptom line; noticed now unless it says otherwise.
///
/// # Errors
/// An unknown name or word, or an impossible value.
pub(crate) fn read_symptom(name: &str, words: &[String], now: &Now) -> Result<Symptom, LineError> {
    let mut symptom = Symptom::blank(
        0,
        now.moment(),
        now.this_night(),
        symptom_name(name)?,
        true,
        now.utc,
    );
    amend_symptom(&mut symptom, words, now)?;
    Ok(symptom)
}

/// Sets the field of a symptom that `key` names.
///
/// # Errors
/// No such key, or an impossible value.
pub(crate) fn set_symptom(
    symptom: &mut Symptom,
    key: &str,
    value: &str,
    now: &Now,
) -> Result<(), LineError> {
    SYMPTOM.set(symptom, key, value, now)
}

pub(crate) fn amend_symptom(
    symptom: &mut Symptom,
    words: &[String],
    now: &Now,
) -> Result<(), LineError> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut clock = ClockReader::new(now);
    let mut rest = words.as_slice();
    while let Some(word) = rest.first() {
        let taken = take(symptom, &mut clock, rest, now)?;
        if taken == 0 {
            return Err(LineError::not_understood(
                word,
                "after the name come left, right or both; 0-10, yes or no; key=value (brought-on relieved-by lasts since); a time; \"text in quotes\"",
            ));
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    if let Some(when) = clock.finish()? {
        symptom.night = when.night;
        // Where only the day is known it is kept at noon, the start of that night.
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
        let start = || {
            now.zone
                .resolve(when.night.date().and_time(noon), now.utc)
                .0
        };
        symptom.noticed_at = when.at.unwrap_or_else(start);
    }
    Ok(())
}

/// Takes as many leading words as it understands; 0 when it does not understand the first.
fn take(
    symptom: &mut Symptom,
    clock: &mut ClockReader<'_>,
    rest: &[&str],
    now: &Now,
) -> Result<usize, LineError> {
    let word = rest.first().copied().unwrap_or_default();
    let lower = word.trim().to_lowercase();
    if lower.is_empty() {
        return Err(LineError::new("an empty word", "leave it out"));
    }
    let yes = |(meaning, taken)| (meaning == "yes", taken);
    if let Some((answer, taken)) = lexicon::leading("sudden", rest).map(yes) {
        symptom.sudden = Some(answer);
        return Ok(taken);
    }
    if let Some((answer, taken)) = lexicon::leading("worse", rest).map(yes) {
        symptom.worse = Some(answer);
        return Ok(taken);
    }
    if let Some((length, taken)) = difference(rest) {
        SYMPTOM.set(symptom, "difference", &length, now)?;
        return Ok(taken);
    }
    if let Some((key, value)) = word.split_once('=') {
        SYMPTOM.set(symptom, key, value, now)?;
    } else if let Some(side) = Side::from_word(&lower) {
        symptom.side = Some(side);
    } else if lower == "yes" || lower == "no" {
        symptom.present = lower == "yes";
    } else if word.split_whitespace().nth(1).is_some() && read_when(word, now)?.is_none() {
        symptom.text = Some(word.to_string());
    } else if lower.bytes().all(|b| b.is_ascii_digit()) || lower.ends_with("/10") {
        let severity = unit::zero_to_ten(&lower)
            .map_err(|e| LineError::new(e.to_string(), "how bad is a whole number from 0 to 10"))?;
        symptom.severity = Some(severity);
        symptom.present = severity > 0;
    } else {
        let taken = clock.take(rest)?;
        if taken > 0 || rest.len() > 1 || lower.len() <= 3 {
            return Ok(taken);
        }
        // A last single word in quotes cannot be told from a bare one; it is text.
        symptom.text = Some(word.to_string());
    }
    Ok(1)
}

/// A length at the beginning of the words (`3cm`, `3 cm bigger`), with the number of words it takes.
fn difference(words: &[&str]) -> Option<(String, usize)> {
    let is_length = |text: &str| {
        let read = unit::parse(text).ok();
        read.is_some_and(|read| read.dimension() == Some(lexicon::Dimension::Length))
    };
    let (length, taken) = match words {
        [length, ..] if is_length(length) => ((*length).to_string(), 1),
        [number, unit, ..] if is_length(&format!("{number}{unit}")) => {
            (format!("{number}{unit}"), 2)
        }
        _ => return None,
    };
    let bigger = lexicon::leading("bigger", words.get(taken..).unwrap_or_default());
    Some((length, taken + bigger.map_or(0, |(_, more)| more)))
}
