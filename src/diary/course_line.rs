//! A course as typed: `300mg kind=supplement per-day=2 2026-01-10`.

use chrono::NaiveDate;

use crate::diary::clock::{Now, read_when};
use crate::diary::dose::{Dose, read_dose};
use crate::diary::entry::LineError;
use crate::diary::medicine::class_of;
use crate::diary::nutrient::Nutrient;
use crate::diary::record::Course;
use crate::diary::vocabulary::{CourseKind, MedicineClass};

/// A course of `name` that starts as `words` say, today if they do not.
///
/// # Errors
/// A word that is neither a dose, a key of a course, nor a date.
pub(crate) fn start_from(name: &str, words: &[String], now: &Now) -> Result<Course, LineError> {
    let class = class_of(name);
    let mut course = Course {
        id: 0,
        name: name.to_string(),
        kind: CourseKind::Measure,
        class,
        dose: None,
        unit: None,
        basis: None,
        per_day: None,
        start: now.today(),
        stop: None,
        reason: None,
        typed: None,
        recorded_at: now.utc,
    };
    let kind_given = words.iter().any(|w| w.starts_with("kind="));
    apply(&mut course, words, now)?;
    if !kind_given {
        course.kind = if Nutrient::of_name(name).is_some() && course.class.is_none() {
            CourseKind::Supplement
        } else if course.class.is_some() || course.dose.is_some() {
            CourseKind::Medicine
        } else {
            CourseKind::Measure
        };
    }
    Ok(course)
}

/// Applies words to a course: a dose, `key=value` (`-` or `?` removes), a first day.
///
/// # Errors
/// As [`start_from`]; also a last day before the first, or a date in the future.
pub(crate) fn apply(course: &mut Course, words: &[String], now: &Now) -> Result<(), LineError> {
    let mut dates: Vec<&str> = Vec::new();
    for word in words {
        let Some((key, value)) = word.split_once('=') else {
            if word.starts_with(|c: char| c.is_ascii_digit()) && !looks_dated(word) {
                let Dose {
                    amount,
                    unit,
                    typed,
                } = read_dose(&course.name, word)?;
                (course.dose, course.unit, course.typed) = (Some(amount), unit, typed);
            } else {
                dates.push(word);
            }
            continue;
        };
        set(course, key, value, now)?;
    }
    if !dates.is_empty() {
        course.start = day(&dates.join(" "), now)?;
    }
    if let Some(stop) = course.stop.filter(|stop| *stop < course.start) {
        return Err(LineError::new(
            format!(
                "the last day {stop} comes before the first, {}",
                course.start
            ),
            "give the last day on or after the first",
        ));
    }
    Ok(())
}

fn set(course: &mut Course, key: &str, value: &str, now: &Now) -> Result<(), LineError> {
    if value.is_empty() {
        return Err(LineError::new(
            format!("'{key}=' has no value"),
            format!("write {key}=VALUE, or {key}=- to remove it"),
        ));
    }
    let clear = matches!(value, "-" | "?");
    match key {
        "kind" => course.kind = closed(value)?,
        "class" => {
            course.class = if clear {
                None
            } else {
                Some(closed::<MedicineClass>(value)?)
            }
        }
        "basis" => course.basis = if clear { None } else { Some(closed(value)?) },
        "dose" if clear => (course.dose, course.unit, course.typed) = (None, None, None),
        "dose" => {
            let Dose {
                amount,
                unit,
                typed,
            } = read_dose(&course.name, value)?;
            (course.dose, course.unit, course.typed) = (Some(amount), unit, typed);
        }
        "per-day" | "per_day" => {
            let n = value
                .trim_end_matches(['x', '/'])
                .parse::<f64>()
                .ok()
                .filter(|n| *n > 0.0 && *n <= 48.0);
            course.per_day = match (clear, n) {
                (true, _) => None,
                (_, Some(n)) => Some(n),
                _ => {
                    return Err(LineError::new(
                        format!("'{value}' is not a number of doses a day"),
                        "write per-day=2, or per-day=0.5 for every other day",
                    ));
                }
            };
        }
        "start" => course.start = day(value, now)?,
        "stop" => course.stop = if clear { None } else { Some(day(value, now)?) },
        "reason" => course.reason = (!clear).then(|| value.to_string()),
        "name" => course.name = value.to_lowercase(),
        _ => {
            let keys = [
                "kind", "class", "basis", "dose", "per-day", "start", "stop", "reason",
            ];
            let near = crate::diary::text::nearest_of(key, keys);
            return Err(LineError::new(
                format!("a course has no '{key}'"),
                near.map_or(format!("keys: {}", keys.join(" ")), |n| {
                    format!("did you mean '{n}'?")
                }),
            ));
        }
    }
    Ok(())
}

/// Reads a word of a closed set, with the nearest member in the refusal.
pub(crate) fn closed<W>(value: &str) -> Result<W, LineError>
where
    W: crate::diary::word::Word + std::str::FromStr<Err = crate::diary::NotAWord>,
{
    crate::diary::entry_fields::closed::<W>(false, value)?
        .ok_or_else(|| LineError::new(format!("'{value}' says nothing"), "write a word"))
}

/// A calendar day that is not in the future.
pub(crate) fn day(text: &str, now: &Now) -> Result<NaiveDate, LineError> {
    match read_when(text, now)? {
        Some(when) => Ok(when
            .at
            .map_or_else(|| when.night.date(), |at| at.local().date())),
        None => Err(LineError::new(
            format!("'{text}' was not understood"),
            "write a date as 2026-03-04, or today, yesterday, mon; a dose as 300mg; the rest as key=value",
        )),
    }
}

fn looks_dated(word: &str) -> bool {
    word.len() >= 8 && word.matches('-').count() == 2
        || word.contains('/')
        || word.matches('.').count() == 2
}
