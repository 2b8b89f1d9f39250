//! Amending a record other than an episode or a night, with the words it was written with.

use crate::diary::clock::Now;
use crate::diary::course_line::{self, closed, day};
use crate::diary::dose::{Dose, read_dose};
use crate::diary::entry::LineError;
use crate::diary::fact_line::read_fact;
use crate::diary::factor::Catalogue;
use crate::diary::factor_line;
use crate::diary::key::Record;
use crate::diary::night::Night;
use crate::diary::symptom_line;

/// The record with `words` applied.
///
/// # Errors
/// A word the record has no place for, or an impossible value.
pub(crate) fn amend(
    record: Record,
    words: &[String],
    catalogue: &Catalogue,
    now: &Now,
) -> Result<Record, LineError> {
    match record {
        Record::Course(mut course) => {
            course_line::apply(&mut course, words, now)?;
            Ok(Record::Course(course))
        }
        Record::Symptom(mut symptom) => {
            symptom_line::apply(&mut symptom, words, now)?;
            Ok(Record::Symptom(symptom))
        }
        Record::Value(mut value) => {
            let text = single(words, "a value")?;
            let def = catalogue.find(&value.factor).ok_or_else(|| {
                LineError::new(
                    format!("'{}' is not a factor any more", value.factor),
                    "delete it instead",
                )
            })?;
            let read = def.read(text).map_err(|e| {
                LineError::new(e.to_string(), "'cramp factor list' shows what it accepts")
            })?;
            (value.value, value.unit, value.typed) = (read.value, read.unit, read.typed);
            Ok(Record::Value(value))
        }
        Record::Event(mut event) => {
            for word in words {
                match pair(word) {
                    Some(("date" | "night", v)) => event.night = Night::of_evening(day(v, now)?),
                    Some(("text", v)) => event.text = v.to_string(),
                    Some((key, _)) => return Err(no_key("an event", key, "date= text=")),
                    None => event.text.clone_from(word),
                }
            }
            Ok(Record::Event(event))
        }
        Record::Exclusion(mut x) => {
            for word in words {
                match pair(word) {
                    Some(("from", v)) => x.from = Night::of_evening(day(v, now)?),
                    Some(("to", v)) => x.to = Night::of_evening(day(v, now)?),
                    Some(("text", v)) => x.text = v.to_string(),
                    Some((key, _)) => {
                        return Err(no_key("an excluded period", key, "from= to= text="));
                    }
                    None => x.text.clone_from(word),
                }
            }
            if x.to < x.from {
                return Err(LineError::new(
                    format!("{} comes before {}", x.to, x.from),
                    "give the first night as from=",
                ));
            }
            Ok(Record::Exclusion(x))
        }
        Record::Intake(mut intake) => {
            for word in words {
                match pair(word) {
                    Some(("amount", v)) => {
                        let Dose {
                            amount,
                            unit,
                            typed,
                        } = read_dose(&intake.name, v)?;
                        (intake.amount, intake.unit, intake.typed) = (Some(amount), unit, typed);
                    }
                    Some(("name", v)) => intake.name = v.to_lowercase(),
                    Some(("basis", "-" | "?")) => intake.basis = None,
                    Some(("basis", v)) => intake.basis = Some(closed(v)?),
                    Some(("at" | "when", v)) => set_time(&mut intake, v, now)?,
                    Some((key, _)) => {
                        return Err(no_key("a dose", key, "name= amount= basis= at="));
                    }
                    None if word.starts_with(|c: char| c.is_ascii_digit())
                        && !word.contains(':') =>
                    {
                        let Dose {
                            amount,
                            unit,
                            typed,
                        } = read_dose(&intake.name, word)?;
                        (intake.amount, intake.unit, intake.typed) = (Some(amount), unit, typed);
                    }
                    None => set_time(&mut intake, word, now)?,
                }
            }
            Ok(Record::Intake(intake))
        }
        Record::Fact(mut f) => {
            for word in words {
                match pair(word) {
                    Some(("since", "-" | "?")) => f.since = None,
                    Some(("since", v)) => f.since = Some(day(v, now)?),
                    Some(("value", v)) => f.value = read_fact(&f.key, v, now, &mut Vec::new())?.1,
                    Some((key, v)) if key == f.key => {
                        f.value = read_fact(&f.key, v, now, &mut Vec::new())?.1
                    }
                    Some((key, _)) => return Err(no_key("a fact", key, "value= since=")),
                    None => f.value = read_fact(&f.key, word, now, &mut Vec::new())?.1,
                }
            }
            Ok(Record::Fact(f))
        }
        Record::Factor(mut factor) => {
            for word in words {
                match pair(word) {
                    Some(("retired", v)) => {
                        factor.retired = crate::diary::unit::yes_no(v).unwrap_or(factor.retired)
                    }
                    Some((key, v)) => factor_line::apply(&mut factor, key, v)?,
                    None => {
                        return Err(LineError::new(
                            format!("'{word}' was not understood"),
                            "write key=value",
                        ));
                    }
                }
            }
            Ok(Record::Factor(factor))
        }
        Record::FlagNote(mut note) => {
            note.text = Some(words.join(" "));
            Ok(Record::FlagNote(note))
        }
        other @ (Record::Look(_) | Record::Night(_) | Record::Episode(_)) => Err(LineError::new(
            format!("{} is not amended this way", other.key()),
            "see 'cramp edit --help'",
        )),
    }
}

fn set_time(intake: &mut crate::diary::Intake, text: &str, now: &Now) -> Result<(), LineError> {
    let when = crate::diary::clock::read_when(text, now)?.ok_or_else(|| {
        LineError::new(
            format!("'{text}' was not understood"),
            "write an amount such as 300mg, or a time such as 21:30",
        )
    })?;
    intake.night = when.night;
    if let Some(at) = when.at {
        intake.taken_at = at;
    }
    Ok(())
}

fn pair(word: &str) -> Option<(&str, &str)> {
    word.split_once('=')
}

fn single<'w>(words: &'w [String], what: &str) -> Result<&'w str, LineError> {
    match words {
        [one] => Ok(one.split_once('=').map_or(one.as_str(), |(_, v)| v)),
        _ => Err(LineError::new(
            format!("{what} is one word"),
            "write for example 18C",
        )),
    }
}

fn no_key(what: &str, key: &str, keys: &str) -> LineError {
    LineError::new(format!("{what} has no '{key}'"), format!("keys: {keys}"))
}
