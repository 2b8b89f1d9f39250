//! One entry of the diary that a rule rests on, with what it is about and how it reads in one plain line.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::diary::fact::condition;
use crate::diary::pain::Pain;
use crate::diary::vocabulary::{Kind, Outcome, Period, Side, Site, SymptomName};
use crate::diary::{
    ContextValue, Course, Episode, Experiment, Fact, Intake, Key, Night, NightRecord, Symptom,
    Value, Word,
};
use crate::words::{number, t};

/// One entry of the diary that a rule rests on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Evidence {
    /// What finds it again.
    pub(crate) key: Key,
    /// The night it is kept under; `None` for facts and courses without one.
    pub(crate) night: Option<Night>,
    /// The day to show: the night, the start of a course, the day since which a fact holds.
    pub(crate) date: Option<NaiveDate>,
    /// What it is about, in plain words ("swelling", "cramp", "diabetes"); entries are grouped by it.
    pub(crate) about: Cow<'static, str>,
    says: Says,
    /// How bad it was, 0 to 10, where that was recorded.
    pub(crate) severity: Option<f64>,
    /// Which side, where that was recorded.
    pub(crate) side: Option<Side>,
    /// Since when it has been so, where that was recorded.
    pub(crate) since: Option<NaiveDate>,
    /// Whether it is a sign although it is about an ordinary cramp.
    telling: bool,
    /// When it was written down.
    pub(crate) recorded_at: DateTime<Utc>,
}

/// The entry in one line. A rule may rest on thousands of cramps of which nobody reads a line: those are put into words
/// when somebody does.
#[derive(Debug, Clone, PartialEq)]
enum Says {
    Line(String),
    Episode(Details),
}

/// What the line of an episode tells of it.
#[derive(Debug, Clone, PartialEq)]
struct Details {
    kind: Kind,
    period: Period,
    began: Option<NaiveTime>,
    side: Option<Side>,
    site: Option<Site>,
    severity: Option<Pain>,
    duration_s: Option<u32>,
    range_s: Option<[u32; 2]>,
    awareness_lost: bool,
}

impl Serialize for Evidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (kind, id) = match self.key {
            Key::Episode(id) => ("episode", Some(id)),
            Key::Symptom(id) => ("symptom", Some(id)),
            Key::Course(id) => ("course", Some(id)),
            Key::Intake(id) => ("intake", Some(id)),
            Key::Fact(id) => ("person", Some(id)),
            Key::Experiment(id) => ("experiment", Some(id)),
            Key::Value(..) => ("value", None),
            _ => ("night", None),
        };
        let mut fields = serializer.serialize_struct("Evidence", 6)?;
        fields.serialize_field("kind", kind)?;
        fields.serialize_field("id", &id)?;
        fields.serialize_field("night", &self.night)?;
        fields.serialize_field("ref", &self.key.to_string())?;
        fields.serialize_field("date", &self.date)?;
        fields.serialize_field("says", &self.says())?;
        fields.end()
    }
}

/// A symptom as it stands in a sentence: the word of the vocabulary with spaces.
pub(crate) fn plain(name: SymptomName) -> String {
    name.word().replace('-', " ")
}

impl Evidence {
    /// An entry of no night, of which nothing but the line is known.
    fn new(
        key: Key,
        about: impl Into<Cow<'static, str>>,
        says: String,
        recorded_at: DateTime<Utc>,
    ) -> Self {
        Evidence {
            key,
            night: None,
            date: None,
            about: about.into(),
            says: Says::Line(says),
            severity: None,
            side: None,
            since: None,
            telling: false,
            recorded_at,
        }
    }

    fn on(self, night: Night) -> Self {
        Evidence {
            night: Some(night),
            date: Some(night.date()),
            ..self
        }
    }

    /// Whether it is about ordinary nights and cramps or about who the person is, and so no sign of its own.
    pub(crate) fn is_ordinary(&self) -> bool {
        !self.telling && matches!(self.key, Key::Episode(_) | Key::Night(_) | Key::Fact(_))
    }

    /// The same as a sign of its own.
    pub(crate) fn telling(self) -> Self {
        Evidence {
            telling: true,
            ..self
        }
    }

    /// The entry in one line.
    pub(crate) fn says(&self) -> Cow<'_, str> {
        match &self.says {
            Says::Line(line) => Cow::Borrowed(line),
            Says::Episode(details) => Cow::Owned(details.line()),
        }
    }

    /// Whether it tells of something that was noticed on a day, and may since be over.
    pub(crate) fn was_noticed(&self) -> bool {
        matches!(self.key, Key::Episode(_) | Key::Symptom(_))
    }

    /// An episode.
    pub(crate) fn episode(episode: &Episode) -> Self {
        let about = match episode.kind {
            Kind::Cramp => "cramps",
            Kind::Jerk => "jerks",
            Kind::Urge => "an urge to move",
            Kind::Ache => "aching",
            Kind::Tingle => "tingling",
            Kind::Unknown => "something not named",
        };
        let says = Says::Episode(Details {
            kind: episode.kind,
            period: episode.period,
            began: episode.began_at.as_ref().map(|at| at.local().time()),
            side: episode.side,
            site: episode.site,
            severity: episode.severity,
            duration_s: episode.duration_s,
            range_s: episode.duration_range_s(),
            awareness_lost: episode.awareness_lost == Some(true),
        });
        let key = Key::Episode(episode.id);
        Evidence {
            severity: episode.severity.map(Pain::score),
            side: episode.side,
            says,
            ..Evidence::new(key, about, String::new(), episode.recorded_at).on(episode.night)
        }
    }

    /// A symptom.
    pub(crate) fn symptom(symptom: &Symptom) -> Self {
        let about = plain(symptom.symptom);
        let side = symptom.side.map(|side| match side {
            Side::Both => "both sides".to_string(),
            side => format!("{side} side"),
        });
        let details = [
            side,
            symptom.severity.map(|severity| format!("{severity}/10")),
            symptom.brought_on.map(|by| format!("brought on by {by}")),
            symptom.relieved_by.map(|by| format!("relieved by {by}")),
            symptom
                .lasts_s
                .map(|seconds| format!("lasts {}", duration(seconds))),
            symptom.since.map(|since| format!("since {since}")),
            symptom.sudden.map(|sudden| t!(record, "sudden", sudden)),
            symptom.worse.map(|worse| t!(record, "worse", worse)),
            symptom
                .difference_cm
                .map(|cm| t!(record, "difference", cm = number(cm))),
            symptom.text.as_ref().map(|text| format!("\"{text}\"")),
        ];
        let says = line(about.clone(), details);
        Evidence {
            night: Some(symptom.night),
            date: Some(symptom.noticed_at.local().date()),
            severity: symptom.severity.map(f64::from),
            side: symptom.side,
            since: symptom.since,
            ..Evidence::new(Key::Symptom(symptom.id), about, says, symptom.recorded_at)
        }
    }

    /// A night as answered.
    pub(crate) fn night(record: &NightRecord) -> Self {
        let answered = |outcome: Outcome| format!("night answered: {outcome}");
        let disturbed = |score| format!("sleep disturbed {score}/10");
        let lost = |minutes| format!("{minutes} min of sleep lost");
        let details = [
            record.sleep_disturbance.map(disturbed),
            record.sleep_lost_min.map(lost),
        ];
        let says = line(
            record.outcome.map_or("night".to_string(), answered),
            details,
        );
        let key = Key::Night(record.night);
        Evidence::new(key, "cramps", says, record.recorded_at).on(record.night)
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
        let key = Key::Course(course.id);
        Evidence {
            date: Some(course.start),
            ..Evidence::new(key, course.name.clone(), says, course.recorded_at)
        }
    }

    /// An experiment, which says nothing of any single night.
    pub(crate) fn experiment(experiment: &Experiment) -> Self {
        let what = match &experiment.on {
            Some(on) => format!("{} {on}", experiment.thing),
            None => experiment.thing.clone(),
        };
        let from = experiment.from.date();
        let says = t!(rules, "in-an-experiment", what, from);
        let key = Key::Experiment(experiment.id);
        Evidence {
            date: Some(from),
            ..Evidence::new(key, experiment.thing.clone(), says, experiment.recorded_at)
        }
    }

    /// A single dose.
    pub(crate) fn intake(intake: &Intake) -> Self {
        let says = match (intake.amount, &intake.unit) {
            (Some(amount), Some(unit)) => format!("{} {amount} {unit}", intake.name),
            _ => intake.name.clone(),
        };
        let key = Key::Intake(intake.id);
        Evidence {
            night: Some(intake.night),
            date: Some(intake.taken_at.local().date()),
            ..Evidence::new(key, intake.name.clone(), says, intake.recorded_at)
        }
    }

    /// A factor of a night.
    pub(crate) fn value(value: &ContextValue) -> Self {
        let number = match &value.value {
            Value::Number(number) => format!("{number}"),
            Value::Word(word) => word.to_string(),
        };
        let unit = value.unit.as_deref();
        let unit = unit.map_or(String::new(), |u| format!(" {u}"));
        let about = value.factor.replace('-', " ");
        let says = format!("{about}: {number}{unit}");
        let key = Key::Value(value.night, value.factor.clone());
        Evidence::new(key, about, says, value.recorded_at).on(value.night)
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
            "flight" => "a long flight".into(),
            "blood-pressure" => format!("blood pressure {}", fact.value),
            other => other.replace('-', " "),
        };
        let says = match fact.since {
            Some(since) => format!("{} = {}, since {since}", fact.key, fact.value),
            None => format!("{} = {}", fact.key, fact.value),
        };
        Evidence {
            date: fact.since,
            ..Evidence::new(Key::Fact(fact.id), about, says, fact.recorded_at)
        }
    }
}

impl Details {
    fn line(&self) -> String {
        let mut says = match (self.kind, self.period) {
            (Kind::Cramp, Period::Day) => "cramp by day".to_string(),
            (kind, _) => kind.to_string(),
        };
        if let Some(began) = self.began {
            says.push_str(&began.format(" at %H:%M").to_string());
        }
        let place = match (self.side, self.site) {
            (Some(Side::Both), Some(site)) => Some(format!("{site}, both sides")),
            (Some(side), Some(site)) => Some(format!("{side} {site}")),
            (Some(side), None) => Some(format!("{side} side")),
            (None, site) => site.map(|site| site.to_string()),
        };
        let details = [
            place,
            self.severity.map(|severity| format!("pain {severity}/10")),
            match self.range_s {
                Some([low, high]) => Some(format!("{} to {}", duration(low), duration(high))),
                None => self.duration_s.map(duration),
            },
            self.awareness_lost
                .then(|| "awareness lost or jerking seen".to_string()),
        ];
        line(says, details)
    }
}

/// What it is, with the details that were recorded.
fn line<const N: usize>(what: String, details: [Option<String>; N]) -> String {
    let parts = [what].into_iter().chain(details.into_iter().flatten());
    parts.collect::<Vec<_>>().join(", ")
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
