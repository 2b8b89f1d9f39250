//! What was written, told back as a value; its words are in [`crate::report::say::record`].

use serde::Serialize;

use crate::diary::factor::Catalogue;
use crate::diary::line::ValueChange;
use crate::diary::vocabulary::{Certainty, Kind, Outcome, Period, Relief};
use crate::diary::{Episode, Key, Moment, Night, NightRecord, Record};
use crate::report::flags::Flag;

/// The JSON echo of a logged episode.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct EpisodeEcho {
    schema: u32,
    kind: &'static str,
    id: i64,
    night: Night,
    at: Option<Moment>,
    certainty: Certainty,
    side: Option<crate::diary::vocabulary::Side>,
    site: Option<crate::diary::vocabulary::Site>,
    severity: Option<u8>,
    duration_s: Option<u32>,
    episode_kind: Kind,
    period: Period,
    relief: Vec<Relief>,
    outcome: Option<Outcome>,
    values: Vec<ValueEcho>,
    warnings: Vec<String>,
    flags: Vec<Flag>,
}

/// The JSON echo of an answered night.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NightEcho {
    schema: u32,
    kind: &'static str,
    night: Night,
    outcome: Option<Outcome>,
    values: Vec<ValueEcho>,
    warnings: Vec<String>,
    flags: Vec<Flag>,
}

/// The JSON echo of any other record: its fields, among which `kind` says what was echoed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RecordEcho {
    schema: u32,
    kind: &'static str,
    /// What a person types to name it: `c3`.
    reference: String,
    #[serde(flatten)]
    record: serde_json::Map<String, serde_json::Value>,
    warnings: Vec<String>,
    flags: Vec<Flag>,
}

/// One factor value as written; `value` is null when it was made unknown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ValueEcho {
    /// The factor's name.
    pub(crate) factor: String,
    /// The value in words with its unit; null when made unknown.
    pub(crate) shown: Option<String>,
    /// The value.
    pub(crate) value: Option<crate::diary::Value>,
    /// Its unit.
    pub(crate) unit: Option<String>,
}

/// What goes with an echo: remarks, urgent flags, and the factors written with it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Notices {
    /// Remarks.
    pub(crate) warnings: Vec<String>,
    /// Flags that this entry fired.
    pub(crate) flags: Vec<Flag>,
    /// Factor values written with it.
    pub(crate) values: Vec<ValueEcho>,
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

/// The echo of a logged episode as a value.
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
        episode_kind: e.kind,
        period: e.period,
        relief: e.relief.clone(),
        outcome,
        values: notices.values,
        warnings: notices.warnings,
        flags: notices.flags,
    }
}

/// The echo of an answered night as a value.
pub(crate) fn night_echo(n: &NightRecord, notices: Notices) -> NightEcho {
    NightEcho {
        schema: 1,
        kind: "night",
        night: n.night,
        outcome: n.outcome,
        values: notices.values,
        warnings: notices.warnings,
        flags: notices.flags,
    }
}

/// The echo of any other record as a value. A record's own kind is its `course_kind` or `factor_kind`, as an episode's
/// is its `episode_kind`; a record without a number is named by its key.
pub(crate) fn record_echo(record: &Record, notices: Notices) -> RecordEcho {
    let key = record.key();
    let mut fields = match serde_json::to_value(record) {
        Ok(serde_json::Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    };
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
    }
}

/// The word for a kind of record.
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
    }
}
