//! A symptom as typed: `swelling left 4 since=2026-02-01 "evenings"`.

use crate::diary::clock::{ClockReader, Now, read_when};
use crate::diary::course_line::{closed, day};
use crate::diary::entry::LineError;
use crate::diary::factor::nearest_of;
use crate::diary::record::Symptom;
use crate::diary::unit::{self, LONGEST_AFTER_S};
use crate::diary::vocabulary::{Side, SymptomName};
use crate::diary::word::Word;

/// Reads the name of a symptom; spaces and underscores count as hyphens.
///
/// # Errors
/// A name that is not known.
pub(crate) fn symptom_name(text: &str) -> Result<SymptomName, LineError> {
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
    let mut symptom = Symptom {
        id: 0,
        noticed_at: now.moment(),
        night: now.this_night(),
        symptom: symptom_name(name)?,
        present: true,
        side: None,
        severity: None,
        brought_on: None,
        relieved_by: None,
        lasts_s: None,
        since: None,
        text: None,
        recorded_at: now.utc,
    };
    apply(&mut symptom, words, now)?;
    Ok(symptom)
}

/// Applies words to a symptom.
///
/// # Errors
/// As [`read_symptom`].
pub(crate) fn apply(symptom: &mut Symptom, words: &[String], now: &Now) -> Result<(), LineError> {
    let refs: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut clock = ClockReader::new(now);
    let mut at = 0;
    while let Some(word) = refs.get(at) {
        let taken = take(symptom, &mut clock, &refs, at, now)?;
        if taken == 0 {
            return Err(LineError::new(
                format!("'{word}' was not understood"),
                "after the name come left, right or both; 0-10, yes or no; key=value (brought-on relieved-by lasts since); a time; \"text in quotes\"",
            ));
        }
        at += taken;
    }
    if let Some(when) = clock.finish()? {
        symptom.night = when.night;
        symptom.noticed_at = match when.at {
            Some(at) => at,
            // Only the day is known: keep it at noon, the start of that night.
            None => {
                now.zone
                    .resolve(
                        when.night.date().and_time(chrono::NaiveTime::MIN)
                            + chrono::Duration::hours(12),
                        now.utc,
                    )
                    .0
            }
        };
    }
    Ok(())
}

fn take(
    symptom: &mut Symptom,
    clock: &mut ClockReader<'_>,
    refs: &[&str],
    at: usize,
    now: &Now,
) -> Result<usize, LineError> {
    let Some(word) = refs.get(at) else {
        return Ok(0);
    };
    let lower = word.trim().to_lowercase();
    if lower.is_empty() {
        return Err(LineError::new("an empty word", "leave it out"));
    }
    if let Some((key, value)) = word.split_once('=') {
        set(symptom, key, value, now)?;
        return Ok(1);
    }
    if let Some(side) = Side::from_word(&lower) {
        symptom.side = Some(side);
        return Ok(1);
    }
    if lower == "yes" || lower == "no" {
        symptom.present = lower == "yes";
        return Ok(1);
    }
    if word.split_whitespace().nth(1).is_some() && read_when(word, now)?.is_none() {
        symptom.text = Some((*word).to_string());
        return Ok(1);
    }
    if lower.bytes().all(|b| b.is_ascii_digit()) || lower.ends_with("/10") {
        let severity = unit::zero_to_ten(&lower)
            .map_err(|e| LineError::new(e.to_string(), "how bad is a whole number from 0 to 10"))?;
        symptom.severity = Some(severity);
        symptom.present = severity > 0;
        return Ok(1);
    }
    let taken = clock.take(refs.get(at..).unwrap_or_default())?;
    if taken == 0 && refs.len() == at + 1 && lower.len() > 3 {
        // A last single word in quotes cannot be told from a bare one; it is text.
        symptom.text = Some((*word).to_string());
        return Ok(1);
    }
    Ok(taken)
}

fn set(symptom: &mut Symptom, key: &str, value: &str, now: &Now) -> Result<(), LineError> {
    if value.is_empty() {
        return Err(LineError::new(
            format!("'{key}=' has no value"),
            format!("write {key}=VALUE, or {key}=? for unknown"),
        ));
    }
    let clear = matches!(value, "-" | "?");
    match key.replace('_', "-").as_str() {
        "side" => symptom.side = if clear { None } else { Some(closed(value)?) },
        "severity" => {
            symptom.severity =
                crate::diary::entry_fields::set(clear, || unit::zero_to_ten(value), key)?;
        }
        "brought-on" => symptom.brought_on = if clear { None } else { Some(closed(value)?) },
        "relieved-by" => symptom.relieved_by = if clear { None } else { Some(closed(value)?) },
        "lasts" => {
            symptom.lasts_s = crate::diary::entry_fields::set(
                clear,
                || unit::duration_s(value, LONGEST_AFTER_S),
                key,
            )?;
        }
        "since" => symptom.since = if clear { None } else { Some(day(value, now)?) },
        "text" | "note" => symptom.text = (!clear).then(|| value.to_string()),
        _ => {
            let keys = [
                "side",
                "severity",
                "brought-on",
                "relieved-by",
                "lasts",
                "since",
                "text",
            ];
            let near = nearest_of(key, keys);
            return Err(LineError::new(
                format!("a symptom has no '{key}'"),
                near.map_or(format!("keys: {}", keys.join(" ")), |n| {
                    format!("did you mean '{n}'?")
                }),
            ));
        }
    }
    Ok(())
}
