//! Records as rows of cells, in the columns of [`crate::diary::columns`]: what both the CSV files and the JSON export write.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Serialize, Serializer};

use crate::diary::columns::Table;
use crate::diary::record::{CustomFactor, Episode, NightRecord};
use crate::diary::{Diary, Moment, Value, Word};

/// One cell; unknown is `Empty`.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Int(i64),
    Number(f64),
    Flag(bool),
    Words(Vec<&'a str>),
}

impl Cell<'_> {
    /// Whether nothing is known.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.is_empty(),
            Cell::Words(words) => words.is_empty(),
            _ => false,
        }
    }

    /// As it stands in a CSV file, unquoted.
    pub(super) fn plain(&self) -> Cow<'_, str> {
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Int(n) => Cow::Owned(n.to_string()),
            Cell::Number(x) => Cow::Owned(x.to_string()),
            Cell::Flag(true) => Cow::Borrowed("1"),
            Cell::Flag(false) => Cow::Borrowed("0"),
            Cell::Words(words) => Cow::Owned(words.join(";")),
        }
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Empty => s.serialize_none(),
            Cell::Text(text) => s.serialize_str(text),
            Cell::Int(n) => s.serialize_i64(*n),
            Cell::Number(x) => s.serialize_f64(*x),
            Cell::Flag(flag) => s.serialize_bool(*flag),
            Cell::Words(words) => words.serialize(s),
        }
    }
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(text))
}
fn maybe(text: Option<&str>) -> Cell<'_> {
    text.map_or(Cell::Empty, |t| Cell::Text(Cow::Borrowed(t)))
}
fn owned(text: String) -> Cell<'static> {
    Cell::Text(Cow::Owned(text))
}
fn word<W: Word>(word: W) -> Cell<'static> {
    Cell::Text(Cow::Borrowed(word.word()))
}
fn maybe_word<W: Word>(w: Option<W>) -> Cell<'static> {
    w.map_or(Cell::Empty, word)
}
fn int<N: Into<i64>>(n: Option<N>) -> Cell<'static> {
    n.map_or(Cell::Empty, |n| Cell::Int(n.into()))
}
fn number(x: Option<f64>) -> Cell<'static> {
    x.map_or(Cell::Empty, Cell::Number)
}
fn flag(b: Option<bool>) -> Cell<'static> {
    b.map_or(Cell::Empty, Cell::Flag)
}
fn date(d: Option<NaiveDate>) -> Cell<'static> {
    d.map_or(Cell::Empty, |d| owned(d.format("%Y-%m-%d").to_string()))
}
fn written(at: DateTime<Utc>) -> Cell<'static> {
    owned(at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}
fn instant(at: Option<&Moment>) -> Cell<'static> {
    at.map_or(Cell::Empty, |m| owned(m.rfc3339()))
}
/// The name of the zone, when the offset in the instant does not say it already.
fn zone(at: Option<&Moment>) -> Cell<'_> {
    match at {
        Some(m) if *m.zone != *m.offset.to_string() => text(&m.zone),
        _ => Cell::Empty,
    }
}
fn value(v: &Value) -> Cell<'_> {
    match v {
        Value::Number(x) => Cell::Number(*x),
        Value::Word(w) => text(w),
    }
}

fn night(n: &NightRecord) -> Vec<Cell<'_>> {
    vec![
        owned(n.night.to_string()),
        maybe_word(n.outcome),
        instant(n.bed_at.as_ref()),
        instant(n.up_at.as_ref()),
        int(n.sleep_quality),
        int(n.sleep_disturbance),
        int(n.sleep_lost_min),
        maybe(n.note.as_deref()),
        written(n.recorded_at),
        zone(n.bed_at.as_ref()),
        zone(n.up_at.as_ref()),
    ]
}

fn episode(e: &Episode) -> Vec<Cell<'_>> {
    vec![
        Cell::Int(e.id),
        owned(e.night.to_string()),
        instant(e.began_at.as_ref()),
        maybe(e.began_at.as_ref().map(|m| &*m.zone)),
        word(e.certainty),
        word(e.kind),
        word(e.period),
        maybe_word(e.side),
        maybe_word(e.site),
        int(e.severity),
        int(e.duration_s),
        int(e.repeats),
        flag(e.woke),
        flag(e.knot),
        Cell::Words(e.relief.iter().map(|r| r.word()).collect()),
        int(e.relief_s),
        number(e.soreness_h),
        flag(e.urge),
        flag(e.movement_relieves),
        maybe_word(e.posture),
        flag(e.awareness_lost),
        maybe(e.raw.as_deref()),
        maybe(e.note.as_deref()),
        owned(e.source.to_string()),
        written(e.recorded_at),
    ]
}

fn factor(f: &CustomFactor) -> Vec<Cell<'_>> {
    vec![
        text(&f.factor),
        text(&f.label),
        word(f.kind),
        maybe(f.unit.as_deref()),
        number(f.min),
        number(f.max),
        word(f.timing),
        maybe(f.group.as_deref()),
        Cell::Words(f.choices.iter().map(String::as_str).collect()),
        // not retired is the ordinary case and says nothing
        if f.retired {
            Cell::Flag(true)
        } else {
            Cell::Empty
        },
    ]
}

/// Calls `each` with every row of `table`, its cells in the order of [`Table::columns`].
pub(super) fn each_row<'a>(diary: &'a Diary, table: &Table, each: &mut dyn FnMut(&[Cell<'a>])) {
    match table.name {
        "nights" => diary.nights.values().for_each(|n| each(&night(n))),
        "episodes" => diary.episodes.iter().for_each(|e| each(&episode(e))),
        "factors" => diary.factors.iter().for_each(|f| each(&factor(f))),
        "context" => context(diary, each),
        "intakes" | "courses" => doses(diary, table, each),
        "symptoms" => symptoms(diary, each),
        _ => marks(diary, table, each),
    }
}

fn context<'a>(diary: &'a Diary, each: &mut dyn FnMut(&[Cell<'a>])) {
    for v in &diary.values {
        each(&[
            owned(v.night.to_string()),
            text(&v.factor),
            value(&v.value),
            maybe(v.unit.as_deref()),
            owned(v.source.to_string()),
            written(v.recorded_at),
            maybe(v.typed.as_deref()),
        ]);
    }
}

fn doses<'a>(diary: &'a Diary, table: &Table, each: &mut dyn FnMut(&[Cell<'a>])) {
    if table.name == "intakes" {
        for i in &diary.intakes {
            each(&[
                instant(Some(&i.taken_at)),
                owned(i.night.to_string()),
                text(&i.name),
                number(i.amount),
                maybe(i.unit.as_deref()),
                maybe_word(i.basis),
                Cell::Int(i.id),
                zone(Some(&i.taken_at)),
                maybe(i.typed.as_deref()),
                written(i.recorded_at),
            ]);
        }
        return;
    }
    for c in &diary.courses {
        each(&[
            text(&c.name),
            word(c.kind),
            maybe_word(c.class),
            number(c.dose),
            maybe(c.unit.as_deref()),
            maybe_word(c.basis),
            number(c.per_day),
            date(Some(c.start)),
            date(c.stop),
            maybe(c.reason.as_deref()),
            Cell::Int(c.id),
            maybe(c.typed.as_deref()),
            written(c.recorded_at),
        ]);
    }
}

fn symptoms<'a>(diary: &'a Diary, each: &mut dyn FnMut(&[Cell<'a>])) {
    for s in &diary.symptoms {
        each(&[
            Cell::Int(s.id),
            instant(Some(&s.noticed_at)),
            owned(s.night.to_string()),
            word(s.symptom),
            Cell::Flag(s.present),
            maybe_word(s.side),
            int(s.severity),
            maybe_word(s.brought_on),
            maybe_word(s.relieved_by),
            int(s.lasts_s),
            date(s.since),
            maybe(s.text.as_deref()),
            zone(Some(&s.noticed_at)),
            written(s.recorded_at),
        ]);
    }
}

fn marks<'a>(diary: &'a Diary, table: &Table, each: &mut dyn FnMut(&[Cell<'a>])) {
    match table.name {
        "person" => {
            for f in &diary.facts {
                let at = written(f.recorded_at);
                each(&[
                    text(&f.key),
                    text(&f.value),
                    date(f.since),
                    Cell::Int(f.id),
                    at,
                ]);
            }
        }
        "events" => {
            for e in &diary.events {
                let (night, at) = (owned(e.night.to_string()), written(e.recorded_at));
                each(&[night, text(&e.text), Cell::Int(e.id), at]);
            }
        }
        "exclusions" => {
            for x in &diary.exclusions {
                let (from, to) = (owned(x.from.to_string()), owned(x.to.to_string()));
                each(&[
                    from,
                    to,
                    text(&x.text),
                    Cell::Int(x.id),
                    written(x.recorded_at),
                ]);
            }
        }
        "flag_notes" => {
            for g in &diary.flag_notes {
                each(&[
                    Cell::Int(g.id),
                    text(&g.flag),
                    word(g.action),
                    owned(g.night.to_string()),
                    maybe(g.text.as_deref()),
                    written(g.recorded_at),
                ]);
            }
        }
        "looks" => {
            for l in &diary.looks {
                each(&[
                    Cell::Int(l.id),
                    Cell::Int(l.cramp_nights.into()),
                    owned(l.night.to_string()),
                    text(&l.state),
                    written(l.recorded_at),
                ]);
            }
        }
        _ => {}
    }
}
