//! What holds for more than one night, as typed: a course (`300mg per-day=2 2026-01-10`), facts about the person
//! (`born=1958 condition+=diabetes since=2019-05-01`), a factor of one's own (`stairs type=number max=500`).

use chrono::NaiveDate;

use crate::diary::beginning::{is_span, leads_up, read_beginning};
use crate::diary::clock::{Now, read_when};
use crate::diary::clock_face::ClockError;
use crate::diary::dose::read_dose;
use crate::diary::fact::{self, NONE};
use crate::diary::names;
use crate::diary::record::{Course, CustomFactor, Fact};
use crate::diary::substance::{Nutrient, class_as_typed, is_known};
use crate::diary::typed::{Keys, LineError, Typed, day};
use crate::diary::vocabulary::{Certainty, CourseKind, FactorKind, Timing};

const COURSE: Keys<Course> = Keys {
    record: "a course",
    empty: |key| format!("write {key}=VALUE, or {key}=- to remove it"),
    keys: &[
        (&["kind"], |c, v, _| v.needed(&mut c.kind)),
        (&["class"], |c, v, _| v.word(&mut c.class)),
        (&["basis"], |c, v, _| v.word(&mut c.basis)),
        (&["dose"], |c, v, _| set_dose(c, v.known())),
        (&["per-day", "per_day"], |c, v, _| set_per_day(c, v)),
        (&["start"], |c, v, now| match v.known() {
            Some(text) => set_start(c, text, now),
            None => {
                c.start_certainty = Some(Certainty::Unknown);
                Ok(())
            }
        }),
        (&["stop"], |c, v, now| v.day(&mut c.stop, now)),
        (&["reason"], |c, v, _| v.text(&mut c.reason)),
        (&["name"], |c, v, _| {
            c.name = v.value.to_lowercase();
            Ok(())
        }),
    ],
    listed: "kind class basis dose per-day start stop reason",
};

/// Splits the words of a course into its name and the rest: a dose, `key=value`, a first day. The name ends where the
/// words behind it, apart from doses and keys, say nothing or a day.
///
/// # Errors
/// A day in the future.
pub(crate) fn split_course(
    words: &[String],
    now: &Now,
) -> Result<(String, Vec<String>), LineError> {
    for end in 1..=words.len() {
        let mut end = end;
        let (first, more) = words.split_at(1);
        let more = more.get(..end - 1).unwrap_or_default();
        let mut name: Vec<&str> = first.iter().map(String::as_str).collect();
        name.extend(plain(more));
        let mut found = extras(more);
        // the figure of `omega 3` and `vitamin b 12` is no dose
        while let Some(figure) = words
            .get(end)
            .filter(|w| w.bytes().all(|b| b.is_ascii_digit()))
        {
            let known = is_known(&name.join(" "));
            if known || !is_known(&format!("{} {figure}", name.join(" "))) {
                break;
            }
            name.push(figure);
            end += 1;
        }
        let rest = words.get(end..).unwrap_or_default();
        let behind = plain(rest).join(" ");
        if !behind.is_empty() && read_beginning(&behind, now)?.is_none() && !is_day(&behind, now)? {
            continue;
        }
        found.extend(extras(rest));
        found.extend(Some(behind).filter(|b| !b.is_empty()));
        return Ok((name.join(" ").to_lowercase(), found));
    }
    Err(LineError::new("an empty name", "write a few words"))
}

/// The words that are neither a dose nor a `key=value`.
fn plain(words: &[String]) -> Vec<&str> {
    let each = words.iter().enumerate();
    each.filter(|(at, _)| !is_extra(words, *at))
        .map(|(_, word)| word.as_str())
        .collect()
}

/// The words that are a dose or a `key=value`.
fn extras(words: &[String]) -> Vec<String> {
    let each = words.iter().enumerate();
    each.filter(|(at, _)| is_extra(words, *at))
        .map(|(_, word)| word.clone())
        .collect()
}

/// Whether a word is a dose or a `key=value`. The numbers of "2 years ago" and "since 2019" are no doses.
fn is_extra(words: &[String], at: usize) -> bool {
    let word = words.get(at).map_or("", String::as_str);
    let figure = word.bytes().all(|b| b.is_ascii_digit());
    let next = figure && words.get(at + 1).is_some_and(|next| is_span(next));
    let led = at.checked_sub(1).and_then(|before| words.get(before));
    let year = led.is_some_and(|before| leads_up(before)) && word.len() == 4;
    word.contains('=') || is_dose(word) && !next && !year
}

/// Whether words are a day that has been, as [`read_when`] reads it.
fn is_day(text: &str, now: &Now) -> Result<bool, LineError> {
    match read_when(text, now) {
        Err(future @ (ClockError::Future { .. } | ClockError::ToCome(_))) => Err(future.into()),
        read => Ok(matches!(read, Ok(Some(_)))),
    }
}

/// A course of `name` that starts as `words` say, today if they do not. What the name does not tell is a medicine of
/// unknown class, to be asked about.
///
/// # Errors
/// A word that is neither a dose, a key of a course, nor a date.
pub(crate) fn read_course(name: &str, words: &[String], now: &Now) -> Result<Course, LineError> {
    let kind = CourseKind::Medicine;
    let mut course = Course::blank(0, name.to_string(), kind, now.today(), now.utc);
    course.class = class_as_typed(name);
    amend_course(&mut course, words, now)?;
    if !words.iter().any(|w| w.starts_with("kind=")) {
        let is_taken = course.class.is_some();
        let is_supplement = Nutrient::of_name(name).is_some() || names::is_supplement(name);
        course.kind = match names::measure(name) {
            _ if is_taken => CourseKind::Medicine,
            _ if is_supplement => CourseKind::Supplement,
            Some(_) => CourseKind::Measure,
            None => CourseKind::Medicine,
        };
    }
    Ok(course)
}

/// Applies words to a course: a dose, `key=value` (`-` or `?` removes), a first day.
///
/// # Errors
/// As [`read_course`]; also a last day before the first, or a date in the future.
pub(crate) fn amend_course(
    course: &mut Course,
    words: &[String],
    now: &Now,
) -> Result<(), LineError> {
    let mut dates: Vec<&str> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        match word.split_once('=') {
            Some((key, value)) => COURSE.set(course, key, value, now)?,
            None if word.contains(' ') => dates.push(word),
            None if is_extra(words, at) => set_dose(course, Some(word))?,
            None => dates.push(word),
        }
    }
    if !dates.is_empty() {
        set_start(course, &dates.join(" "), now)?;
    }
    match course.stop.filter(|stop| *stop < course.start) {
        None => Ok(()),
        Some(stop) => Err(LineError::new(
            format!(
                "the last day {stop} comes before the first, {}",
                course.start
            ),
            "give the last day on or after the first",
        )),
    }
}

/// Sets the first day: a day, or words such as "two years ago" and "years ago".
fn set_start(course: &mut Course, text: &str, now: &Now) -> Result<(), LineError> {
    let (start, certainty) = match read_beginning(text, now)? {
        Some(beginning) => (beginning.day, beginning.certainty),
        None => (day(text, now)?, Certainty::Exact),
    };
    course.start = start;
    course.start_certainty = Some(certainty).filter(|c| *c != Certainty::Exact);
    Ok(())
}

/// A number that is not part of a date.
fn is_dose(word: &str) -> bool {
    let is_date = word.len() >= 8 && word.matches('-').count() == 2
        || word.contains('/')
        || word.matches('.').count() == 2;
    word.starts_with(|c: char| c.is_ascii_digit()) && !is_date
}

fn set_dose(course: &mut Course, value: Option<&str>) -> Result<(), LineError> {
    (course.dose, course.unit, course.typed) = match value {
        None => (None, None, None),
        Some(value) => {
            let dose = read_dose(&course.name, value)?;
            (Some(dose.amount), dose.unit, dose.typed)
        }
    };
    Ok(())
}

fn set_per_day(course: &mut Course, typed: Typed<'_>) -> Result<(), LineError> {
    let read = |value: &str| {
        let n = value.trim_end_matches(['x', '/']).parse::<f64>().ok();
        n.filter(|n| *n > 0.0 && *n <= 48.0).ok_or_else(|| {
            LineError::new(
                format!("'{value}' is not a number of doses a day"),
                "write per-day=2, or per-day=0.5 for every other day",
            )
        })
    };
    course.per_day = typed.known().map(read).transpose()?;
    Ok(())
}

/// One change to what is known about the person.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum FactChange {
    /// A value; `add` keeps the other values of the key.
    Set {
        key: String,
        value: String,
        since: Option<NaiveDate>,
        add: bool,
    },
    /// One value, or every value of the key, is removed: unknown again.
    Remove { key: String, value: Option<String> },
}

impl FactChange {
    /// The present facts this change takes away.
    pub(crate) fn replaces<'f>(&'f self, present: &'f [Fact]) -> impl Iterator<Item = &'f Fact> {
        present.iter().filter(move |f| match self {
            FactChange::Set {
                key, value, add, ..
            } => f.key == *key && f.value != *value && (!add || f.value == NONE || value == NONE),
            FactChange::Remove { key, value } => {
                f.key == *key && value.as_ref().is_none_or(|v| f.value == *v)
            }
        })
    }
}

/// Reads `key=value`, `key+=value`, `key-=value`, `key=-`; `since=DATE` goes with the fact before it.
///
/// # Errors
/// An unknown fact, an impossible value, a word without `=`.
pub(crate) fn read_facts(
    words: &[String],
    now: &Now,
    warnings: &mut Vec<String>,
) -> Result<Vec<FactChange>, LineError> {
    let mut changes: Vec<FactChange> = Vec::new();
    for word in words {
        let Some((left, value)) = word.split_once('=') else {
            return Err(LineError::not_understood(
                word,
                "write facts as key=value, for example born=1958; 'cramp me --list' shows all",
            ));
        };
        let sign = left.chars().next_back().filter(|c| matches!(c, '+' | '-'));
        let name = left.strip_suffix(['+', '-']).unwrap_or(left);
        if value.trim().is_empty() {
            return Err(LineError::new(
                format!("'{left}=' has no value"),
                format!("write {left}=VALUE, or {name}=- to remove it"),
            ));
        }
        if name == "since" {
            let day = day(value, now)?;
            let Some(FactChange::Set { since, .. }) = changes.last_mut() else {
                return Err(LineError::new(
                    "'since=' stands alone",
                    "put it after the fact it belongs to",
                ));
            };
            *since = Some(day);
            continue;
        }
        let def = fact::find(name);
        changes.push(match (def, sign, value) {
            (Some(def), Some('-'), _) => FactChange::Remove {
                key: def.fact.to_string(),
                value: Some(read_fact(def.fact, value.trim(), now, warnings)?.1),
            },
            (Some(def), _, "-" | "?") => FactChange::Remove {
                key: def.fact.to_string(),
                value: None,
            },
            _ => {
                let (key, value) = read_fact(name, value, now, warnings)?;
                FactChange::Set {
                    key,
                    value,
                    since: None,
                    add: sign == Some('+') && def.is_some_and(|d| d.many),
                }
            }
        });
    }
    Ok(changes)
}

/// Reads one fact; a condition the rules do not know is kept, with a warning.
pub(crate) fn read_fact(
    key: &str,
    value: &str,
    now: &Now,
    warnings: &mut Vec<String>,
) -> Result<(String, String), LineError> {
    let read = fact::read(key, value, now.today())
        .map_err(|e| LineError::new(e.to_string(), "'cramp me --list' shows every fact"))?;
    if let Some(near) = read.unknown.flatten() {
        warnings.push(format!("did you mean '{near}'?"));
    }
    Ok((read.key.to_string(), read.value))
}

const FACTOR: Keys<CustomFactor> = Keys {
    record: "a factor",
    empty: |key| format!("write {key}=VALUE"),
    keys: &[
        (&["type", "kind"], |f, v, _| v.needed(&mut f.kind)),
        (&["label"], |f, v, _| {
            f.label = v.value.to_string();
            Ok(())
        }),
        (&["unit"], |f, v, _| v.some_text(&mut f.unit)),
        (&["min"], |f, v, _| v.number(&mut f.min)),
        (&["max"], |f, v, _| v.number(&mut f.max)),
        (&["timing"], |f, v, _| v.needed(&mut f.timing)),
        (&["group"], |f, v, _| v.some_text(&mut f.group)),
        (&["choices"], |f, v, _| {
            let words = v.value.split([',', ';']).map(|w| w.trim().to_lowercase());
            f.kind = FactorKind::Choice;
            f.choices = words.filter(|w| !w.is_empty()).collect();
            Ok(())
        }),
    ],
    listed: "type label unit min max timing group choices",
};

/// Reads the name and keys of a factor; yes/no about the evening unless it says otherwise.
///
/// # Errors
/// A name that cannot stand before `=`, an unknown key, a range the wrong way round.
pub(crate) fn read_factor(
    name: &str,
    words: &[String],
    now: &Now,
) -> Result<CustomFactor, LineError> {
    let name = name.trim().to_lowercase().replace('_', "-");
    let letters = name.chars().all(|c| c.is_alphanumeric() || c == '-');
    let begins_badly = name.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    if name.is_empty() || !letters || begins_badly || name.len() > 40 {
        return Err(LineError::new(
            format!("'{name}' cannot be the name of a factor"),
            "use a letter first, then letters, digits and hyphens, at most 40",
        ));
    }
    let mut factor = CustomFactor::blank(name.as_str().into(), FactorKind::YesNo, Timing::Evening);
    factor.label = sentence_case(&name);
    for word in words {
        let Some((key, value)) = word.split_once('=') else {
            return Err(LineError::not_understood(
                word,
                "describe the factor as key=value: type= label= unit= min= max= timing= group= choices=",
            ));
        };
        set_factor(&mut factor, key, value, now)?;
    }
    if factor.kind == FactorKind::Scale && factor.min.is_none() && factor.max.is_none() {
        (factor.min, factor.max) = (Some(0.0), Some(10.0));
    }
    match (factor.min, factor.max) {
        (Some(min), Some(max)) if min >= max => Err(LineError::new(
            format!("min={min} is not below max={max}"),
            "give the smaller as min",
        )),
        _ => Ok(factor),
    }
}

pub(crate) fn set_factor(
    factor: &mut CustomFactor,
    key: &str,
    value: &str,
    now: &Now,
) -> Result<(), LineError> {
    FACTOR.set(factor, key, value, now)
}

fn sentence_case(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut chars = words.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).collect()
}
