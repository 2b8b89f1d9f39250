//! Records told back: listed night by night, as they were just written, and as a change of the diary touched them.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value as Json;

use crate::diary::factor::Catalogue;
use crate::diary::line::ValueChange;
use crate::diary::pain::Pain;
use crate::diary::vocabulary::{Certainty, Kind, Outcome, Period, Posture, Relief, Side, Site};
use crate::diary::{
    Diary, Episode, Key, Moment, Night, NightRecord, NightState, Nights, Reading, Record, Value,
};
use crate::report::flags::{Asked, Flag};
use crate::report::say::record as words;
use crate::words::t;

/// Rows shown of one change; the rest are counted.
const SHOWN: usize = 6;

/// A stretch of nights and every record in it, the latest first.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Listing {
    schema: u32,
    kind: &'static str,
    pub(crate) from: Night,
    pub(crate) to: Night,
    /// Nights about which anything is written.
    pub(crate) nights: Vec<NightEntry>,
    /// Nights of the stretch about which the person wrote nothing.
    pub(crate) unrecorded: usize,
    /// Courses in force at any time of the stretch.
    pub(crate) courses: Vec<Line>,
    /// Excluded periods that touch the stretch.
    pub(crate) exclusions: Vec<Line>,
}

/// One night with its records.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NightEntry {
    pub(crate) night: Night,
    pub(crate) state: NightState,
    /// In words: `Tue 3 Mar`.
    pub(crate) title: String,
    pub(crate) records: Vec<Line>,
    /// Factor values in one line.
    pub(crate) values: String,
    /// What devices and other apps read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) readings: Vec<Line>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) says: String,
    pub(crate) record: Record,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Full {
    schema: u32,
    kind: &'static str,
    pub(crate) id: String,
    /// Its fields in order; null is unknown.
    pub(crate) fields: Vec<(String, Json)>,
}

/// The records of a stretch of nights.
pub(crate) fn listing(
    diary: &Diary,
    span: Nights,
    catalogue: &Catalogue,
    today: NaiveDate,
) -> Listing {
    let line = |record: Record| Line {
        id: record.key().to_string(),
        says: words::line(&record, catalogue, today),
        record,
    };
    let mut nights: Vec<NightEntry> = Vec::new();
    let mut unrecorded = 0;
    for night in span.iter().rev() {
        let mut records: Vec<Record> = Vec::new();
        records.extend(diary.nights.get(&night).cloned().map(Record::Night));
        let episodes = diary.episodes_of(night).iter();
        records.extend(episodes.cloned().map(Record::Episode));
        let symptoms = diary.symptoms.iter().filter(|s| s.night == night);
        records.extend(symptoms.cloned().map(Record::Symptom));
        let intakes = diary.intakes.iter().filter(|i| i.night == night);
        records.extend(intakes.cloned().map(Record::Intake));
        let events = diary.events.iter().filter(|e| e.night == night);
        records.extend(events.cloned().map(Record::Event));
        let values = diary.values_of(night);
        let readings = diary.readings_in(Nights::ending(night, 1)).iter();
        let read = |r: &Reading| Line {
            says: words::reading(r),
            ..line(Record::Reading(r.clone()))
        };
        let readings: Vec<Line> = readings.map(read).collect();
        if records.is_empty() && values.is_empty() {
            unrecorded += 1;
            if readings.is_empty() {
                continue;
            }
        }
        let words = values.iter().map(|v| {
            let shown = catalogue.find(&v.factor).map(|f| f.show(&v.value));
            format!("{}={}", v.factor, shown.unwrap_or_default())
        });
        nights.push(NightEntry {
            night,
            state: diary.state(night),
            title: words::night_words(night, today),
            values: words.collect::<Vec<_>>().join("  "),
            records: records.into_iter().map(line).collect(),
            readings,
        });
    }
    let touches = |from: NaiveDate, to: Option<NaiveDate>| {
        from <= span.to.date() && to.is_none_or(|to| to >= span.from.date())
    };
    let courses = diary.courses.iter().filter(|c| touches(c.start, c.stop));
    let exclusions = diary.exclusions.iter();
    let exclusions = exclusions.filter(|x| touches(x.from.date(), Some(x.to.date())));
    let exclusions = exclusions.cloned().map(Record::Exclusion);
    Listing {
        schema: 1,
        kind: "list",
        from: span.from,
        to: span.to,
        nights,
        unrecorded,
        courses: courses.cloned().map(Record::Course).map(line).collect(),
        exclusions: exclusions.map(line).collect(),
    }
}

/// One record with every field.
pub(crate) fn full(record: &Record) -> Full {
    let fields = fields(record).into_iter();
    Full {
        schema: 1,
        kind: kind_of(&record.key()),
        id: record.key().to_string(),
        fields: fields.filter(|(name, _)| name != "record").collect(),
    }
}

/// A record's fields by name, as JSON has them.
fn fields(record: &Record) -> serde_json::Map<String, Json> {
    match serde_json::to_value(record) {
        Ok(Json::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    }
}

/// The JSON echo of a logged episode.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct EpisodeEcho {
    schema: u32,
    kind: &'static str,
    id: i64,
    night: Night,
    at: Option<Moment>,
    certainty: Certainty,
    side: Option<Side>,
    site: Option<Site>,
    severity: Option<Pain>,
    duration_s: Option<u32>,
    duration_range_s: Option<[u32; 2]>,
    repeats: Option<u32>,
    woke: Option<bool>,
    knot: Option<bool>,
    posture: Option<Posture>,
    episode_kind: Kind,
    period: Period,
    relief: Vec<Relief>,
    outcome: Option<Outcome>,
    #[serde(flatten)]
    notices: Notices,
}

/// The JSON echo of several symptoms of one line.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SymptomsEcho {
    schema: u32,
    kind: &'static str,
    symptoms: Vec<Json>,
    warnings: Vec<String>,
    flags: Vec<Flag>,
}

/// The echo of several symptoms, each with its fields and how a person names it.
pub(crate) fn symptoms_echo(symptoms: &[Record], notices: Notices) -> SymptomsEcho {
    let echo = |record: &Record| {
        let mut fields = fields(record);
        fields.insert("reference".to_string(), record.key().to_string().into());
        Json::Object(fields)
    };
    SymptomsEcho {
        schema: 1,
        kind: "symptoms",
        symptoms: symptoms.iter().map(echo).collect(),
        warnings: notices.warnings,
        flags: notices.flags,
    }
}

/// The JSON echo of an answered night.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NightEcho {
    schema: u32,
    kind: &'static str,
    night: Night,
    outcome: Option<Outcome>,
    #[serde(flatten)]
    notices: Notices,
}

/// The JSON echo of any other record: its fields, among which `kind` says what was echoed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RecordEcho {
    schema: u32,
    kind: &'static str,
    /// What a person types to name it: `c3`.
    reference: String,
    #[serde(flatten)]
    record: serde_json::Map<String, Json>,
    warnings: Vec<String>,
    flags: Vec<Flag>,
    asks: Vec<Asked>,
}

/// One factor value as written; `value` is null when it was made unknown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ValueEcho {
    pub(crate) factor: String,
    /// The value in words with its unit; null when made unknown.
    pub(crate) shown: Option<String>,
    pub(crate) value: Option<Value>,
    pub(crate) unit: Option<String>,
}

/// What goes with an echo: the factors written with it, remarks, and urgent flags.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Notices {
    pub(crate) values: Vec<ValueEcho>,
    pub(crate) warnings: Vec<String>,
    pub(crate) flags: Vec<Flag>,
    /// What is asked about the entry.
    pub(crate) asks: Vec<Asked>,
}

/// The factor changes of a line as they are echoed.
pub(crate) fn values(changes: &[ValueChange], catalogue: &Catalogue) -> Vec<ValueEcho> {
    let echo = |change: &ValueChange| {
        let to = change.to.as_ref();
        let shown = to.and_then(|to| catalogue.find(&change.factor).map(|f| f.show(&to.value)));
        ValueEcho {
            factor: change.factor.to_string(),
            shown,
            value: to.map(|to| to.value.clone()),
            unit: to.and_then(|to| to.unit.as_ref().map(ToString::to_string)),
        }
    };
    changes.iter().map(echo).collect()
}

pub(crate) fn episode_echo(e: &Episode, outcome: Option<Outcome>, notices: Notices) -> EpisodeEcho {
    EpisodeEcho {
        schema: 1,
        kind: "episode",
        id: e.id,
        night: e.night,
        at: e.began_at.clone(),
        certainty: e.certainty,
        side: e.side,
        site: e.site,
        severity: e.severity,
        duration_s: e.duration_s,
        duration_range_s: e.duration_range_s(),
        repeats: e.repeats,
        woke: e.woke,
        knot: e.knot,
        posture: e.posture,
        episode_kind: e.kind,
        period: e.period,
        relief: e.relief.clone(),
        outcome,
        notices,
    }
}

pub(crate) fn night_echo(n: &NightRecord, notices: Notices) -> NightEcho {
    NightEcho {
        schema: 1,
        kind: "night",
        night: n.night,
        outcome: n.outcome,
        notices,
    }
}

/// The echo of any other record as a value. A record's own kind is its `course_kind` or `factor_kind`, as an episode's
/// is its `episode_kind`; a record without a number is named by its key.
pub(crate) fn record_echo(record: &Record, notices: Notices) -> RecordEcho {
    let key = record.key();
    let mut fields = fields(record);
    if let Some(own) = fields.remove("kind") {
        fields.insert(format!("{}_kind", kind_of(&key)), own);
    }
    fields.entry("id").or_insert_with(|| key.to_string().into());
    RecordEcho {
        schema: 1,
        kind: kind_of(&key),
        reference: key.to_string(),
        record: fields,
        warnings: notices.warnings,
        flags: notices.flags,
        asks: notices.asks,
    }
}

pub(crate) fn kind_of(key: &Key) -> &'static str {
    match key {
        Key::Night(_) => "night",
        Key::Episode(_) => "episode",
        Key::Value(..) => "context",
        Key::Factor(_) => "factor",
        Key::Intake(_) => "intake",
        Key::Course(_) => "course",
        Key::Symptom(_) => "symptom",
        Key::Fact(_) => "person",
        Key::Event(_) => "event",
        Key::Exclusion(_) => "exclusion",
        Key::FlagNote(_) => "flag",
        Key::Look(_) => "look",
        Key::Follow(_) => "follow",
        Key::Reply(_) => "reply",
        Key::Experiment(_) => "experiment",
        Key::Adherence(_) => "adherence",
        Key::Reading(_) => "reading",
        Key::Mapping(_) => "mapping",
        Key::Handover(_) => "handover",
    }
}

/// One change of the diary.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ChangeLine {
    pub(crate) id: i64,
    pub(crate) at: Moment,
    pub(crate) command: String,
    /// `done`, `undone` or `superseded`.
    pub(crate) state: &'static str,
    pub(crate) records: usize,
    /// The first of them, in words.
    pub(crate) rows: Vec<String>,
}

/// The first `rows` of a change that touched so many `records`, each a record before and after it.
pub(crate) fn change_rows<'r>(
    records: usize,
    rows: impl Iterator<Item = (Option<&'r Record>, Option<&'r Record>)>,
    catalogue: &Catalogue,
    today: NaiveDate,
) -> Vec<String> {
    let line = |r: &Record| words::line(r, catalogue, today);
    let describe = |row| match row {
        (None, Some(after)) => format!("+ {} {}", Record::key(after), line(after)),
        (Some(before), None) => format!("- {} {}", Record::key(before), line(before)),
        (Some(before), Some(after)) => {
            let (key, before) = (Record::key(after).to_string(), line(before));
            t!(record, "was", key, after = line(after), before)
        }
        (None, None) => String::new(),
    };
    let mut rows: Vec<String> = rows.take(SHOWN).map(describe).collect();
    if records > rows.len() {
        rows.push(t!(record, "more-records", n = records - rows.len()));
    }
    rows
}

impl ChangeLine {
    /// The change as text.
    pub(crate) fn text(&self) -> String {
        let state = match self.state {
            "undone" => format!(" [{}]", t!(record, "undone")),
            "superseded" => format!(" [{}]", t!(record, "superseded")),
            _ => String::new(),
        };
        let at = self.at.local().format("%Y-%m-%d %H:%M");
        let (id, command) = (self.id, &self.command);
        let mut lines = vec![format!("{id}  {at}  cramp {command}{state}")];
        lines.extend(self.rows.iter().map(|r| format!("     {r}")));
        lines.join("\n")
    }
}
