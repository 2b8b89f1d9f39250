//! Amending a record other than an episode or a night, with the words it was written with.

use crate::diary::background_line::{amend_course, read_fact, set_factor};
use crate::diary::clock::Now;
use crate::diary::dose::amend_intake;
use crate::diary::factor::Catalogue;
use crate::diary::key::Record;
use crate::diary::night::Night;
use crate::diary::record::{ContextValue, Event, Exclusion, Fact};
use crate::diary::symptom_line::amend_symptom;
use crate::diary::typed::{LineError, day, no_key};

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
                        factor.retired = crate::diary::unit::yes_no(v).unwrap_or(factor.retired)
                    }
                    Some((key, v)) => set_factor(factor, key, v, now)?,
                    None => {
                        return Err(LineError::new(
                            format!("'{word}' was not understood"),
                            "write key=value",
                        ));
                    }
                }
            }
        }
        Record::FlagNote(note) => note.text = Some(words.join(" ")),
        Record::Look(_) | Record::Night(_) | Record::Episode(_) => {
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
            Some((key, v)) if key == "value" || key == fact.key => v,
            Some((key, _)) => return Err(no_key("a fact", key, "value= since=")),
            None => word,
        };
        fact.value = read_fact(&fact.key, value, now, &mut Vec::new())?.1;
    }
    Ok(())
}
