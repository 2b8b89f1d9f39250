//! What every writing command shares: cleaned words, the catalogue in force, the flags an entry fires, the echo.

use serde::Serialize;

use crate::cli::{Context, Failure};
use crate::diary::entry::{LineError, ValueChange};
use crate::diary::factor::Catalogue;
use crate::diary::text::{LONGEST_TEXT, clean};
use crate::diary::{ContextValue, Diary, Key, Night, NightRecord, Nights, Record, Source};
use crate::report::echo::{self, Aside, ValueEcho};
use crate::report::flags::{self, Flag};
use crate::report::say::record as words;
use crate::store::Writer;

impl From<LineError> for Failure {
    fn from(e: LineError) -> Self {
        Failure::words(e.message, e.hint)
    }
}

/// Words as typed, without control characters; says so when there were any.
pub(crate) fn cleaned(words: &[String], warnings: &mut Vec<String>) -> Vec<String> {
    let out: Vec<String> = words.iter().map(|w| clean(w)).collect();
    if out.as_slice() != words {
        warnings.push("control characters were left out of the text".to_string());
    }
    out
}

/// Free text of a record: cleaned, not empty, not longer than a note may be.
pub(crate) fn free_text(text: &str, what: &str) -> Result<String, Failure> {
    let text = clean(text).trim().to_string();
    if text.is_empty() {
        return Err(Failure::words(
            format!("an empty {what}"),
            "write a few words, in quotes",
        ));
    }
    if text.len() > LONGEST_TEXT {
        return Err(Failure::words(
            format!("a {what} of {} bytes is too long", text.len()),
            "keep it under 64 kB",
        ));
    }
    Ok(text)
}

/// The factors in force, read inside the transaction.
pub(crate) fn catalogue(w: &Writer<'_>, night: Night) -> Result<Catalogue, Failure> {
    Ok(Catalogue::of(&w.read_without_values(Some(Nights {
        from: night,
        to: night,
    }))?))
}

/// The night as it stands, or blank.
pub(crate) fn present_night(
    w: &Writer<'_>,
    night: Night,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<NightRecord, Failure> {
    Ok(match w.get(&Key::Night(night))? {
        Some(Record::Night(present)) => present,
        _ => NightRecord::blank(night, now),
    })
}

/// Writes the factor changes of a line and gives their echo and keys.
pub(crate) fn put_values(
    w: &mut Writer<'_>,
    night: Night,
    changes: &[ValueChange],
    catalogue: &Catalogue,
    now: chrono::DateTime<chrono::Utc>,
    keys: &mut Vec<Key>,
) -> Result<Vec<ValueEcho>, Failure> {
    let mut echoes = Vec::new();
    for change in changes {
        let key = Key::Value(night, change.factor.clone());
        let shown =
            |value: &crate::diary::Value| catalogue.find(&change.factor).map(|f| f.show(value));
        match &change.to {
            None => {
                w.remove(&key)?;
                echoes.push(ValueEcho {
                    factor: change.factor.to_string(),
                    shown: None,
                    value: None,
                    unit: None,
                });
            }
            Some(crate::diary::factor::Reading { value, unit, typed }) => {
                w.put(Record::Value(ContextValue {
                    night,
                    factor: change.factor.clone(),
                    value: value.clone(),
                    unit: unit.clone(),
                    typed: typed.clone(),
                    source: Source::PERSON,
                    recorded_at: now,
                }))?;
                keys.push(key);
                echoes.push(ValueEcho {
                    factor: change.factor.to_string(),
                    shown: shown(value),
                    value: Some(value.clone()),
                    unit: unit.as_ref().map(ToString::to_string),
                });
            }
        }
    }
    Ok(echoes)
}

/// Adds what the records just written set off: flags, and the questions that would settle whether an urgent one fires.
pub(crate) fn set_off(
    w: &Writer<'_>,
    today: chrono::NaiveDate,
    keys: &[Key],
    aside: &mut Aside,
) -> Result<(), Failure> {
    let found = at_entry(w, today, keys)?;
    let asked = found
        .questions
        .iter()
        .map(|q| format!("{} To answer: {}", q.ask, q.how));
    aside.warnings.extend(asked);
    aside.flags = found.flags;
    Ok(())
}

/// Flags that the records just written fire, not yet seen by the person.
pub(crate) fn fired(
    w: &Writer<'_>,
    today: chrono::NaiveDate,
    keys: &[Key],
) -> Result<Vec<Flag>, Failure> {
    Ok(at_entry(w, today, keys)?.flags)
}

fn at_entry(
    w: &Writer<'_>,
    today: chrono::NaiveDate,
    keys: &[Key],
) -> Result<flags::AtEntry, Failure> {
    let last = Night::of_evening(today);
    let window = Nights::ending(last, flags::ENTRY_NIGHTS);
    let earliest = keys.iter().filter_map(|k| match k {
        Key::Night(n) | Key::Value(n, _) => Some(*n),
        _ => None,
    });
    let from = earliest.min().map_or(window.from, |n| n.min(window.from));
    let diary: Diary = w.read(Some(Nights { from, to: last }))?;
    Ok(flags::set_off(&diary, today, keys))
}

/// Says what an entry set off, above everything else, then the echo, then remarks.
pub(crate) fn answer(
    ctx: &mut Context<'_, '_>,
    line: &str,
    value: &impl Serialize,
    aside: &Aside,
) -> Result<(), Failure> {
    if ctx.dress.json {
        return ctx.json(value);
    }
    let urgent = crate::render::terminal_flags::at_entry(&aside.flags, ctx.dress.width);
    if !urgent.is_empty() {
        ctx.say(&urgent)?;
    }
    ctx.say(line)?;
    for warning in &aside.warnings {
        ctx.tell(&format!("note: {warning}"))?;
    }
    Ok(())
}

/// The echo of a record other than an episode or a night.
pub(crate) fn answer_record(
    ctx: &mut Context<'_, '_>,
    verb: &str,
    record: &Record,
    catalogue: &Catalogue,
    aside: Aside,
) -> Result<(), Failure> {
    let said = words::line(record, catalogue, ctx.now.today());
    let line = format!("{verb} {}: {said}. Undo: cramp undo", record.key());
    let value = echo::record_echo(record, aside.clone());
    answer(ctx, &line, &value, &aside)
}

/// Factor values as they are read back: `room=18 °C, socks unknown`.
pub(crate) fn values_line(values: &[ValueEcho]) -> String {
    let words = values.iter().map(|v| match &v.shown {
        Some(shown) => format!("{}={shown}", v.factor),
        None => format!("{} unknown", v.factor),
    });
    words.collect::<Vec<_>>().join(", ")
}
