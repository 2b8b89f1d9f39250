//! Each kind of record as an entry a rule can point at, in one plain line.

use crate::diary::fact::condition;
use crate::diary::vocabulary::{Kind, Period, Side};
use crate::diary::{ContextValue, Course, Episode, Fact, Intake, Key, NightRecord, Symptom, Value};
use crate::rules::answer::{Evidence, EvidenceKind, plain};

impl Evidence {
    /// An episode.
    pub(crate) fn episode(episode: &Episode) -> Self {
        let mut says = match (episode.kind, episode.period) {
            (Kind::Cramp, Period::Day) => "cramp by day".to_string(),
            (kind, _) => kind.to_string(),
        };
        if let Some(at) = &episode.began_at {
            says.push_str(&at.local().format(" at %H:%M").to_string());
        }
        match (episode.side, episode.site) {
            (Some(Side::Both), Some(site)) => says.push_str(&format!(", {site}, both sides")),
            (Some(side), Some(site)) => says.push_str(&format!(", {side} {site}")),
            (Some(side), None) => says.push_str(&format!(", {side} side")),
            (None, Some(site)) => says.push_str(&format!(", {site}")),
            (None, None) => {}
        }
        if let Some(severity) = episode.severity {
            says.push_str(&format!(", pain {severity}/10"));
        }
        if let Some(seconds) = episode.duration_s {
            says.push_str(&format!(", {}", duration(seconds)));
        }
        if episode.awareness_lost == Some(true) {
            says.push_str(", awareness lost or jerking seen");
        }
        Evidence {
            kind: EvidenceKind::Episode,
            key: Key::Episode(episode.id),
            night: Some(episode.night),
            date: Some(episode.night.date()),
            about: match episode.kind {
                Kind::Cramp => "cramps".into(),
                Kind::Jerk => "jerks".into(),
                Kind::Urge => "an urge to move".into(),
                Kind::Ache => "aching".into(),
                Kind::Tingle => "tingling".into(),
                Kind::Unknown => "something not named".into(),
            },
            says,
            severity: episode.severity,
            side: episode.side,
            recorded_at: episode.recorded_at,
        }
    }

    /// A symptom.
    pub(crate) fn symptom(symptom: &Symptom) -> Self {
        let about = plain(symptom.symptom);
        let mut says = about.clone();
        match symptom.side {
            Some(Side::Both) => says.push_str(", both sides"),
            Some(side) => says.push_str(&format!(", {side} side")),
            None => {}
        }
        if let Some(severity) = symptom.severity {
            says.push_str(&format!(", {severity}/10"));
        }
        if let Some(brought) = symptom.brought_on {
            says.push_str(&format!(", brought on by {brought}"));
        }
        if let Some(relieved) = symptom.relieved_by {
            says.push_str(&format!(", relieved by {relieved}"));
        }
        if let Some(seconds) = symptom.lasts_s {
            says.push_str(&format!(", lasts {}", duration(seconds)));
        }
        if let Some(since) = symptom.since {
            says.push_str(&format!(", since {since}"));
        }
        if let Some(text) = &symptom.text {
            says.push_str(&format!(", \"{text}\""));
        }
        Evidence {
            kind: EvidenceKind::Symptom,
            key: Key::Symptom(symptom.id),
            night: Some(symptom.night),
            date: Some(symptom.noticed_at.local().date()),
            about,
            says,
            severity: symptom.severity,
            side: symptom.side,
            recorded_at: symptom.recorded_at,
        }
    }

    /// A night as answered.
    pub(crate) fn night(record: &NightRecord) -> Self {
        let mut says = record
            .outcome
            .map_or("night".to_string(), |o| format!("night answered: {o}"));
        if let Some(score) = record.sleep_disturbance {
            says.push_str(&format!(", sleep disturbed {score}/10"));
        }
        if let Some(minutes) = record.sleep_lost_min {
            says.push_str(&format!(", {minutes} min of sleep lost"));
        }
        Evidence {
            kind: EvidenceKind::Night,
            key: Key::Night(record.night),
            night: Some(record.night),
            date: Some(record.night.date()),
            about: "cramps".into(),
            says,
            severity: None,
            side: None,
            recorded_at: record.recorded_at,
        }
    }

    /// A course.
    pub(crate) fn course(course: &Course) -> Self {
        let mut says = course.name.clone();
        if let (Some(dose), Some(unit)) = (course.dose, &course.unit) {
            says.push_str(&format!(" {dose} {unit}"));
            if let Some(times) = course.per_day {
                says.push_str(&format!(" {times}x a day"));
            }
        }
        says.push_str(&format!(" from {}", course.start));
        if let Some(stop) = course.stop {
            says.push_str(&format!(" to {stop}"));
        }
        Evidence {
            kind: EvidenceKind::Course,
            key: Key::Course(course.id),
            night: None,
            date: Some(course.start),
            about: course.name.clone(),
            says,
            severity: None,
            side: None,
            recorded_at: course.recorded_at,
        }
    }

    /// A single dose.
    pub(crate) fn intake(intake: &Intake) -> Self {
        let says = match (intake.amount, &intake.unit) {
            (Some(amount), Some(unit)) => format!("{} {amount} {unit}", intake.name),
            _ => intake.name.clone(),
        };
        Evidence {
            kind: EvidenceKind::Intake,
            key: Key::Intake(intake.id),
            night: Some(intake.night),
            date: Some(intake.taken_at.local().date()),
            about: intake.name.clone(),
            says,
            severity: None,
            side: None,
            recorded_at: intake.recorded_at,
        }
    }

    /// A factor of a night.
    pub(crate) fn value(value: &ContextValue) -> Self {
        let number = match &value.value {
            Value::Number(number) => format!("{number}"),
            Value::Word(word) => word.to_string(),
        };
        let unit = value
            .unit
            .as_deref()
            .map_or(String::new(), |u| format!(" {u}"));
        Evidence {
            kind: EvidenceKind::Value,
            key: Key::Value(value.night, value.factor.clone()),
            night: Some(value.night),
            date: Some(value.night.date()),
            about: value.factor.replace('-', " "),
            says: format!("{}: {number}{unit}", value.factor.replace('-', " ")),
            severity: None,
            side: None,
            recorded_at: value.recorded_at,
        }
    }

    /// A fact about the person.
    pub(crate) fn fact(fact: &Fact) -> Self {
        let about = match fact.key.as_str() {
            "condition" => match condition(&fact.value) {
                Some(known) => in_sentence(known.label),
                None => fact.value.replace('-', " "),
            },
            "pregnant" => "pregnancy".into(),
            "born" => format!("born {}", fact.value),
            "smoker" => "smoking".into(),
            "immobile" => "lying or sitting still for days".into(),
            "surgery" => "an operation".into(),
            other => other.replace('-', " "),
        };
        let says = match fact.since {
            Some(since) => format!("{} = {}, since {since}", fact.key, fact.value),
            None => format!("{} = {}", fact.key, fact.value),
        };
        Evidence {
            kind: EvidenceKind::Person,
            key: Key::Fact(fact.id),
            night: None,
            date: fact.since,
            about,
            says,
            severity: None,
            side: None,
            recorded_at: fact.recorded_at,
        }
    }
}

/// A label as it stands within a sentence: a small first letter, except for names of people.
fn in_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match letters.next() {
        Some(first) if !label.starts_with("Parkinson") => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => label.to_string(),
    }
}

/// Seconds as people say them.
fn duration(seconds: u32) -> String {
    match seconds {
        0..=90 => format!("{seconds} s"),
        91..=5399 => format!("{} min", (seconds + 30) / 60),
        5400..=172_799 => format!("{} h", (seconds + 1800) / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}
