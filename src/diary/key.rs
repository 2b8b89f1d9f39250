//! Any one record, and the key that finds it again.

use std::sync::Arc;

use serde::Serialize;

use crate::diary::night::Night;
use crate::diary::record::{
    ContextValue, Course, CustomFactor, Episode, Event, Exclusion, Fact, FlagNote, Intake, Look,
    NightRecord, Symptom,
};

/// Which record: the kind and what finds it again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub(crate) enum Key {
    Night(Night),
    Episode(i64),
    Value(Night, Arc<str>),
    Factor(Arc<str>),
    Intake(i64),
    Course(i64),
    Symptom(i64),
    Fact(i64),
    Event(i64),
    Exclusion(i64),
    FlagNote(i64),
    Look(i64),
}

impl std::fmt::Display for Key {
    /// The reference a person types: `#12`, `2026-03-03`, `2026-03-03:room`, `c3`, …
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Key::Night(night) => write!(f, "{night}"),
            Key::Episode(id) => write!(f, "#{id}"),
            Key::Value(night, factor) => write!(f, "{night}:{factor}"),
            Key::Factor(factor) => write!(f, "factor:{factor}"),
            Key::Intake(id) => write!(f, "i{id}"),
            Key::Course(id) => write!(f, "c{id}"),
            Key::Symptom(id) => write!(f, "s{id}"),
            Key::Fact(id) => write!(f, "p{id}"),
            Key::Event(id) => write!(f, "e{id}"),
            Key::Exclusion(id) => write!(f, "x{id}"),
            Key::FlagNote(id) => write!(f, "g{id}"),
            Key::Look(id) => write!(f, "look{id}"),
        }
    }
}

impl Key {
    /// Reads a reference as [`Display`](std::fmt::Display) writes it; a bare number is an episode.
    pub(crate) fn parse(text: &str) -> Option<Key> {
        if let Ok(id) = text.trim_start_matches(['#', '@']).parse::<i64>() {
            return Some(Key::Episode(id)).filter(|_| id > 0);
        }
        if let Some(name) = text.strip_prefix("factor:") {
            return Some(Key::Factor(Arc::from(name)));
        }
        if let Ok(night) = text.parse::<Night>() {
            return Some(Key::Night(night));
        }
        if let Some((night, factor)) = text.split_once(':')
            && let Ok(night) = night.parse::<Night>()
        {
            return Some(Key::Value(night, Arc::from(factor)));
        }
        let letter = text.chars().next()?;
        let id: i64 = text
            .get(letter.len_utf8()..)?
            .parse()
            .ok()
            .filter(|id| *id > 0)?;
        match letter {
            'i' => Some(Key::Intake(id)),
            'c' => Some(Key::Course(id)),
            's' => Some(Key::Symptom(id)),
            'p' => Some(Key::Fact(id)),
            'e' => Some(Key::Event(id)),
            'x' => Some(Key::Exclusion(id)),
            'g' => Some(Key::FlagNote(id)),
            _ => None,
        }
    }
}

/// Any one record.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "record", rename_all = "kebab-case")]
#[allow(missing_docs)]
pub(crate) enum Record {
    Night(NightRecord),
    Episode(Episode),
    Value(ContextValue),
    Factor(CustomFactor),
    Intake(Intake),
    Course(Course),
    Symptom(Symptom),
    Fact(Fact),
    Event(Event),
    Exclusion(Exclusion),
    FlagNote(FlagNote),
    Look(Look),
}

impl Record {
    /// What finds it again.
    pub(crate) fn key(&self) -> Key {
        match self {
            Record::Night(r) => Key::Night(r.night),
            Record::Episode(r) => Key::Episode(r.id),
            Record::Value(r) => Key::Value(r.night, r.factor.clone()),
            Record::Factor(r) => Key::Factor(r.factor.clone()),
            Record::Intake(r) => Key::Intake(r.id),
            Record::Course(r) => Key::Course(r.id),
            Record::Symptom(r) => Key::Symptom(r.id),
            Record::Fact(r) => Key::Fact(r.id),
            Record::Event(r) => Key::Event(r.id),
            Record::Exclusion(r) => Key::Exclusion(r.id),
            Record::FlagNote(r) => Key::FlagNote(r.id),
            Record::Look(r) => Key::Look(r.id),
        }
    }
}
