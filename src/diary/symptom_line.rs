//! A symptom as typed: `swelling left 4 since=2026-02-01 "evenings"`.

use chrono::NaiveTime;

use crate::diary::clock::{ClockReader, Now, read_when};
use crate::diary::record::Symptom;
use crate::diary::text::nearest_of;
use crate::diary::typed::{Keys, LineError};
use crate::diary::unit::{self, LONGEST_AFTER_S};
use crate::diary::vocabulary::{Side, SymptomName};
use crate::diary::word::Word;

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
    ],
    listed: "side severity brought-on relieved-by lasts since text",
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
    amend_symptom(&mut symptom, words, now)?;
    Ok(symptom)
}

/// Applies words to a symptom.
///
/// # Errors
/// As [`read_symptom`].
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
            return Err(LineError::new(
                format!("'{word}' was not understood"),
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
