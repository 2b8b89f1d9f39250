//! Records as rows: which columns hold what, in the order of [`Layout`](crate::store::table::Layout).

use crate::diary::word::Word;
use crate::diary::{
    ContextValue, Course, CustomFactor, Episode, Intake, Key, NightRecord, Record, Symptom, Value,
};
use crate::store::cell::{Cell, maybe_moment, maybe_word, moment, word};
use crate::store::table::Table;

/// The key columns of a record.
pub(super) fn key_cells(key: &Key) -> Vec<Cell<'_>> {
    match key {
        Key::Night(night) => vec![Cell::from(*night)],
        Key::Value(night, factor) => vec![Cell::from(*night), Cell::from(factor)],
        Key::Factor(factor) => vec![Cell::from(factor)],
        Key::Episode(id)
        | Key::Intake(id)
        | Key::Course(id)
        | Key::Symptom(id)
        | Key::Fact(id)
        | Key::Event(id)
        | Key::Exclusion(id)
        | Key::FlagNote(id)
        | Key::Look(id) => vec![Cell::from(*id)],
    }
}

/// The number of a record that has one.
pub(super) fn id_of(record: &Record) -> Option<i64> {
    match record {
        Record::Night(_) | Record::Value(_) | Record::Factor(_) => None,
        Record::Episode(r) => Some(r.id),
        Record::Intake(r) => Some(r.id),
        Record::Course(r) => Some(r.id),
        Record::Symptom(r) => Some(r.id),
        Record::Fact(r) => Some(r.id),
        Record::Event(r) => Some(r.id),
        Record::Exclusion(r) => Some(r.id),
        Record::FlagNote(r) => Some(r.id),
        Record::Look(r) => Some(r.id),
    }
}

/// The table that keeps a record.
pub(super) fn table_of(record: &Record) -> Table {
    match record {
        Record::Night(_) => Table::Night,
        Record::Episode(_) => Table::Episode,
        Record::Value(_) => Table::Context,
        Record::Factor(_) => Table::Factor,
        Record::Intake(_) => Table::Intake,
        Record::Course(_) => Table::Course,
        Record::Symptom(_) => Table::Symptom,
        Record::Fact(_) => Table::Person,
        Record::Event(_) => Table::Event,
        Record::Exclusion(_) => Table::Exclusion,
        Record::FlagNote(_) => Table::FlagNote,
        Record::Look(_) => Table::Look,
    }
}

/// Writes the columns of a record into `row`, which is emptied first.
pub(super) fn cells<'a>(record: &'a Record, row: &mut Vec<Cell<'a>>) {
    row.clear();
    match record {
        Record::Night(r) => night_cells(r, row),
        Record::Episode(r) => episode_cells(r, row),
        Record::Value(r) => value_cells(r, row),
        Record::Factor(r) => factor_cells(r, row),
        Record::Intake(r) => intake_cells(r, row),
        Record::Course(r) => course_cells(r, row),
        Record::Symptom(r) => symptom_cells(r, row),
        Record::Fact(r) => row.extend([
            r.id.into(),
            (&r.key).into(),
            (&r.value).into(),
            r.since.into(),
            r.recorded_at.into(),
        ]),
        Record::Event(r) => row.extend([
            r.id.into(),
            r.night.into(),
            (&r.text).into(),
            r.recorded_at.into(),
        ]),
        Record::Exclusion(r) => row.extend([
            r.id.into(),
            r.from.into(),
            r.to.into(),
            (&r.text).into(),
            r.recorded_at.into(),
        ]),
        Record::FlagNote(r) => row.extend([
            r.id.into(),
            (&r.flag).into(),
            word(r.action),
            r.night.into(),
            r.text.as_ref().into(),
            r.recorded_at.into(),
        ]),
        Record::Look(r) => row.extend([
            r.id.into(),
            r.cramp_nights.into(),
            r.night.into(),
            (&r.state).into(),
            r.recorded_at.into(),
        ]),
    }
}

fn night_cells<'a>(r: &'a NightRecord, row: &mut Vec<Cell<'a>>) {
    row.extend([r.night.into(), maybe_word(r.outcome)]);
    row.extend(maybe_moment(r.bed_at.as_ref()));
    row.extend(maybe_moment(r.up_at.as_ref()));
    row.extend([
        r.sleep_quality.into(),
        r.sleep_disturbance.into(),
        r.sleep_lost_min.into(),
        r.note.as_ref().into(),
        r.recorded_at.into(),
    ]);
}

fn episode_cells<'a>(r: &'a Episode, row: &mut Vec<Cell<'a>>) {
    row.extend([r.id.into(), r.night.into()]);
    row.extend(maybe_moment(r.began_at.as_ref()));
    let relief = r
        .relief
        .iter()
        .map(|w| w.word())
        .collect::<Vec<_>>()
        .join(";");
    row.extend([
        word(r.certainty),
        word(r.kind),
        word(r.period),
        maybe_word(r.side),
        maybe_word(r.site),
        r.severity.into(),
        r.duration_s.into(),
        r.repeats.into(),
        r.woke.into(),
        r.knot.into(),
        if relief.is_empty() {
            Cell::Null
        } else {
            Cell::Text(relief.into())
        },
        r.relief_s.into(),
        r.soreness_h.into(),
        r.urge.into(),
        r.movement_relieves.into(),
        maybe_word(r.posture),
        r.awareness_lost.into(),
        r.raw.as_ref().into(),
        r.note.as_ref().into(),
        word(r.source.origin),
        r.source.detail.as_ref().into(),
        r.recorded_at.into(),
    ]);
}

fn value_cells<'a>(r: &'a ContextValue, row: &mut Vec<Cell<'a>>) {
    let (number, choice) = match &r.value {
        Value::Number(n) => (Cell::from(*n), Cell::Null),
        Value::Word(w) => (Cell::Null, Cell::from(w)),
    };
    row.extend([
        r.night.into(),
        (&r.factor).into(),
        number,
        choice,
        r.unit.as_ref().into(),
        r.typed.as_ref().into(),
        word(r.source.origin),
        r.source.detail.as_ref().into(),
        r.recorded_at.into(),
    ]);
}

fn factor_cells<'a>(r: &'a CustomFactor, row: &mut Vec<Cell<'a>>) {
    row.extend([
        (&r.factor).into(),
        (&r.label).into(),
        word(r.kind),
        r.unit.as_ref().into(),
        r.min.into(),
        r.max.into(),
        word(r.timing),
        r.group.as_ref().into(),
        Cell::Text(
            serde_json::Value::from(r.choices.clone())
                .to_string()
                .into(),
        ),
        r.retired.into(),
    ]);
}

fn intake_cells<'a>(r: &'a Intake, row: &mut Vec<Cell<'a>>) {
    row.push(r.id.into());
    row.extend(moment(&r.taken_at));
    row.extend([
        r.night.into(),
        (&r.name).into(),
        r.amount.into(),
        r.unit.as_ref().into(),
        maybe_word(r.basis),
        r.typed.as_ref().into(),
        r.recorded_at.into(),
    ]);
}

fn course_cells<'a>(r: &'a Course, row: &mut Vec<Cell<'a>>) {
    row.extend([
        r.id.into(),
        (&r.name).into(),
        word(r.kind),
        maybe_word(r.class),
        r.dose.into(),
        r.unit.as_ref().into(),
        maybe_word(r.basis),
        r.per_day.into(),
        r.start.into(),
        r.stop.into(),
        r.reason.as_ref().into(),
        r.typed.as_ref().into(),
        r.recorded_at.into(),
    ]);
}

fn symptom_cells<'a>(r: &'a Symptom, row: &mut Vec<Cell<'a>>) {
    row.push(r.id.into());
    row.extend(moment(&r.noticed_at));
    row.extend([
        r.night.into(),
        word(r.symptom),
        r.present.into(),
        maybe_word(r.side),
        r.severity.into(),
        maybe_word(r.brought_on),
        maybe_word(r.relieved_by),
        r.lasts_s.into(),
        r.since.into(),
        r.text.as_ref().into(),
        r.recorded_at.into(),
    ]);
}
