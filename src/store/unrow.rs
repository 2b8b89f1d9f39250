//! Rows as records: the inverse of [`row`](crate::store::row).

use std::sync::Arc;

use crate::diary::vocabulary::Relief;
use crate::diary::word::Word;
use crate::diary::{
    ContextValue, Course, CustomFactor, Episode, Event, Exclusion, Fact, FlagNote, Intake, Key,
    Look, NightRecord, Record, Source, Symptom, Value,
};
use crate::store::columns::{Columns, Names};
use crate::store::error::StoreError;
use crate::store::table::Table;

/// Reads a row back, refusing whatever this program would not have written.
pub(super) fn record(
    table: Table,
    c: &mut Columns<'_>,
    names: &mut Names,
) -> Result<Record, StoreError> {
    Ok(match table {
        Table::Night => Record::Night(NightRecord {
            night: c.night()?,
            outcome: c.maybe_word()?,
            bed_at: c.maybe_moment(names)?,
            up_at: c.maybe_moment(names)?,
            sleep_quality: c.maybe_scale()?,
            sleep_disturbance: c.maybe_scale()?,
            sleep_lost_min: c.maybe_whole()?,
            note: c.maybe_string()?,
            recorded_at: c.instant()?,
        }),
        Table::Episode => Record::Episode(Episode {
            id: c.id()?,
            night: c.night()?,
            began_at: c.maybe_moment(names)?,
            certainty: c.word()?,
            kind: c.word()?,
            period: c.word()?,
            side: c.maybe_word()?,
            site: c.maybe_word()?,
            severity: c.maybe_scale()?,
            duration_s: c.maybe_whole()?,
            repeats: c.maybe_whole()?,
            woke: c.maybe_bool()?,
            knot: c.maybe_bool()?,
            relief: relief(c)?,
            relief_s: c.maybe_whole()?,
            soreness_h: c.maybe_real()?,
            urge: c.maybe_bool()?,
            movement_relieves: c.maybe_bool()?,
            posture: c.maybe_word()?,
            awareness_lost: c.maybe_bool()?,
            raw: c.maybe_string()?,
            note: c.maybe_string()?,
            source: source(c, names)?,
            recorded_at: c.instant()?,
        }),
        Table::Context => Record::Value(ContextValue {
            night: c.night()?,
            factor: names.shared(c.str()?),
            value: match (c.maybe_real()?, c.maybe_str()?) {
                (Some(number), None) => Value::Number(number),
                (None, Some(choice)) => Value::Word(names.shared(choice)),
                _ => return Err(c.odd("needs a number or a word, and only one of them")),
            },
            unit: names.maybe(c.maybe_str()?),
            typed: names.maybe(c.maybe_str()?),
            source: source(c, names)?,
            recorded_at: c.instant()?,
        }),
        Table::Factor => Record::Factor(CustomFactor {
            factor: names.shared(c.str()?),
            label: c.string()?,
            kind: c.word()?,
            unit: c.maybe_string()?,
            min: c.maybe_real()?,
            max: c.maybe_real()?,
            timing: c.word()?,
            group: c.maybe_string()?,
            choices: choices(c)?,
            retired: c.bool()?,
        }),
        Table::Intake => Record::Intake(Intake {
            id: c.id()?,
            taken_at: c.moment(names)?,
            night: c.night()?,
            name: c.string()?,
            amount: c.maybe_real()?,
            unit: c.maybe_string()?,
            basis: c.maybe_word()?,
            typed: c.maybe_string()?,
            recorded_at: c.instant()?,
        }),
        Table::Course => Record::Course(Course {
            id: c.id()?,
            name: c.string()?,
            kind: c.word()?,
            class: c.maybe_word()?,
            dose: c.maybe_real()?,
            unit: c.maybe_string()?,
            basis: c.maybe_word()?,
            per_day: c.maybe_real()?,
            start: c.date()?,
            stop: c.maybe_date()?,
            reason: c.maybe_string()?,
            typed: c.maybe_string()?,
            recorded_at: c.instant()?,
        }),
        Table::Symptom => Record::Symptom(Symptom {
            id: c.id()?,
            noticed_at: c.moment(names)?,
            night: c.night()?,
            symptom: c.word()?,
            present: c.bool()?,
            side: c.maybe_word()?,
            severity: c.maybe_scale()?,
            brought_on: c.maybe_word()?,
            relieved_by: c.maybe_word()?,
            lasts_s: c.maybe_whole()?,
            since: c.maybe_date()?,
            text: c.maybe_string()?,
            recorded_at: c.instant()?,
        }),
        Table::Person => Record::Fact(Fact {
            id: c.id()?,
            key: c.string()?,
            value: c.string()?,
            since: c.maybe_date()?,
            recorded_at: c.instant()?,
        }),
        Table::Event => Record::Event(Event {
            id: c.id()?,
            night: c.night()?,
            text: c.string()?,
            recorded_at: c.instant()?,
        }),
        Table::Exclusion => Record::Exclusion(Exclusion {
            id: c.id()?,
            from: c.night()?,
            to: c.night()?,
            text: c.string()?,
            recorded_at: c.instant()?,
        }),
        Table::FlagNote => Record::FlagNote(FlagNote {
            id: c.id()?,
            flag: c.string()?,
            action: c.word()?,
            night: c.night()?,
            text: c.maybe_string()?,
            recorded_at: c.instant()?,
        }),
        Table::Look => Record::Look(Look {
            id: c.id()?,
            cramp_nights: c.whole()?,
            night: c.night()?,
            state: c.string()?,
            recorded_at: c.instant()?,
        }),
    })
}

fn source(c: &mut Columns<'_>, names: &mut Names) -> Result<Source, StoreError> {
    Ok(Source {
        origin: c.word()?,
        detail: names.maybe(c.maybe_str()?),
    })
}

fn relief(c: &mut Columns<'_>) -> Result<Vec<Relief>, StoreError> {
    let Some(joined) = c.maybe_str()? else {
        return Ok(Vec::new());
    };
    joined
        .split(';')
        .map(|w| Relief::from_word(w).ok_or_else(|| c.odd(format_args!("relief holds '{w}'"))))
        .collect()
}

fn choices(c: &mut Columns<'_>) -> Result<Vec<String>, StoreError> {
    let text = c.str()?;
    serde_json::from_str(text).map_err(|_| c.odd("choices is not a list of words"))
}

/// The key of a row whose key columns these are.
pub(super) fn key(table: Table, c: &mut Columns<'_>) -> Result<Key, StoreError> {
    Ok(match table {
        Table::Night => Key::Night(c.night()?),
        Table::Context => Key::Value(c.night()?, Arc::from(c.str()?)),
        Table::Factor => Key::Factor(Arc::from(c.str()?)),
        Table::Episode => Key::Episode(c.id()?),
        Table::Intake => Key::Intake(c.id()?),
        Table::Course => Key::Course(c.id()?),
        Table::Symptom => Key::Symptom(c.id()?),
        Table::Person => Key::Fact(c.id()?),
        Table::Event => Key::Event(c.id()?),
        Table::Exclusion => Key::Exclusion(c.id()?),
        Table::FlagNote => Key::FlagNote(c.id()?),
        Table::Look => Key::Look(c.id()?),
    })
}
