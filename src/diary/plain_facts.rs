//! Facts about the person in plain words: `pregnant`, `on dialysis`, `type 2 diabetes`, `long flight yesterday`,
//! `bp 150/95`. Each becomes the `key=value` it stands for.

use chrono::NaiveDate;

use crate::diary::beginning::beginning_at;
use crate::diary::clock::Now;
use crate::diary::fact::{self, CONDITION, NONE};
use crate::diary::names;
use crate::diary::phrase::Words;
use crate::diary::said::negated;
use crate::diary::typed::LineError;

/// The line with its plain words as `key=value`; words behind `condition=` belong to the condition.
///
/// # Errors
/// A day in the future, or words that say what the person does not have.
pub(crate) fn keyed(words: &[String], now: &Now) -> Result<Vec<String>, LineError> {
    let mut out: Vec<String> = Vec::new();
    let mut plain: Vec<&str> = Vec::new();
    for word in words {
        if !word.contains('=') {
            plain.push(word);
            continue;
        }
        close(&mut out, &mut plain, now)?;
        out.push(word.clone());
    }
    close(&mut out, &mut plain, now)?;
    Ok(out)
}

/// Reads the plain words collected so far.
fn close(out: &mut Vec<String>, plain: &mut Vec<&str>, now: &Now) -> Result<(), LineError> {
    if plain.is_empty() {
        return Ok(());
    }
    let text = plain.join(" ");
    plain.clear();
    let facts = facts(&text, now)?;
    let before = out.last_mut().filter(|last| names_condition(last));
    match before {
        Some(condition) if facts.is_empty() => *condition = format!("{condition} {text}"),
        _ if facts.is_empty() => out.extend(own_condition(&text)?),
        _ => out.extend(facts),
    }
    Ok(())
}

fn names_condition(word: &str) -> bool {
    let key = word.split_once('=').map_or("", |(key, _)| key);
    let found = fact::find(key.trim_end_matches(['+', '-']));
    found.is_some_and(|found| found.fact == CONDITION)
}

/// Words that hold no other fact: a condition in the person's words, whether known or to be asked about.
fn own_condition(text: &str) -> Result<Vec<String>, LineError> {
    let is_word = !text.contains(char::is_whitespace);
    let near = fact::find(text)
        .map(|f| f.fact)
        .or_else(|| fact::nearest(text));
    if let Some(near) = near.filter(|_| is_word && names::named_in(text).conditions.is_empty()) {
        return Err(LineError::not_understood(
            text,
            format!("write facts as key=value: did you mean {near}=?"),
        ));
    }
    let parts = text
        .split([',', ';'])
        .map(str::trim)
        .filter(|p| !p.is_empty());
    let parts: Vec<&str> = parts.collect();
    for part in &parts {
        let named = names::named_in(part).conditions;
        if !named.is_empty() && named.iter().all(|named| named.absent) {
            return Err(LineError::new(
                format!("'{part}' says what you do not have"),
                "only what there is is written down; when all is: cramp me all-conditions=yes",
            ));
        }
    }
    Ok(parts.iter().map(|p| format!("{CONDITION}+={p}")).collect())
}

/// The facts of [fact] in `naming.toml` that a text states, and the conditions it names beside them.
fn facts(text: &str, now: &Now) -> Result<Vec<String>, LineError> {
    let words = names::words_of(text, true);
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(found) = words.find(at, "fact") else {
            at += 1;
            continue;
        };
        let to = at + found.len;
        let denied = negated(&words, at).is_some();
        let (key, value) = found.meaning.split_once('=').unwrap_or_default();
        let value = match value {
            "DATE" if denied => Some(NONE.to_string()),
            "DATE" => Some(day_beside(&words, at, to, now)?.to_string()),
            "PRESSURE" => pressure_behind(&words, to),
            "YEAR" => words.number(to).map(|year| year.to_string()),
            "yes" if denied => Some("no".to_string()),
            value => (!denied).then(|| value.to_string()),
        };
        at = to;
        out.extend(value.map(|value| format!("{key}={value}")));
    }
    if !out.is_empty() {
        let named = names::conditions(&words).into_iter().filter(|n| !n.absent);
        let beside = named.filter(|n| n.thing != names::OTHER_CONDITION);
        let is_fact = |typed: &str| names::words_of(typed, true).is(0, "fact");
        out.extend(
            beside
                .filter(|n| !is_fact(&n.typed))
                .map(|n| format!("{CONDITION}+={}", n.typed)),
        );
    }
    Ok(out)
}

/// The day said beside words, or else today.
fn day_beside(words: &Words, from: usize, to: usize, now: &Now) -> Result<NaiveDate, LineError> {
    for at in (to..words.len()).chain(0..from) {
        if let Some((_, beginning)) = beginning_at(words, at, now)? {
            return Ok(beginning.day);
        }
    }
    Ok(now.today())
}

/// `150/95`, `150 over 95`, with `of` or `was` before it.
fn pressure_behind(words: &Words, to: usize) -> Option<String> {
    let at = (to..to + 3).find(|at| words.word(*at).starts_with(|c: char| c.is_ascii_digit()))?;
    match words.word(at) {
        both if both.contains('/') => Some(both.to_string()),
        upper => {
            let lower = at + 1 + usize::from(matches!(words.word(at + 1), "over" | "on"));
            words.number(lower)?;
            Some(format!("{upper}/{}", words.word(lower)))
        }
    }
}
