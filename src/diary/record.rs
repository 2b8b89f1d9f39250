//! Everything a diary holds, one struct a kind of record, and the key that finds each again.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::diary::moment::Moment;
use crate::diary::night::Night;
use crate::diary::source::Source;
use crate::diary::vocabulary::{
    Basis, BroughtOn, Certainty, CourseKind, FactorKind, FlagAction, Kind, MedicineClass, Outcome,
    Period, Posture, Relief, RelievedBy, Side, Site, SymptomName, Timing,
};

/// Shared text as plain text.
fn text<S: serde::Serializer>(text: &Arc<str>, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(text)
}

/// Shared text that may be absent.
fn maybe_text<S: serde::Serializer>(text: &Option<Arc<str>>, s: S) -> Result<S::Ok, S::Error> {
    text.as_deref().serialize(s)
}

/// One night as answered by the person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NightRecord {
    /// Which night.
    pub night: Night,
    /// Cramp, calm, or not (yet) said. A row may exist for its note alone: the night is then still unknown.
    pub outcome: Option<Outcome>,
    /// When the person went to bed.
    pub bed_at: Option<Moment>,
    /// When the person got up.
    pub up_at: Option<Moment>,
    /// Sleep quality, 0 (worst) to 10 (best).
    pub sleep_quality: Option<u8>,
    /// How much the cramps disturbed sleep, 0 (not) to 10 (Sebo 2019, doi 10.4414/smw.2019.20048).
    pub sleep_disturbance: Option<u8>,
    /// Sleep lost, minutes (claim S0:O0.3).
    pub sleep_lost_min: Option<u32>,
    /// Free words.
    pub note: Option<String>,
    /// When this was written down.
    pub recorded_at: DateTime<Utc>,
}

impl NightRecord {
    /// A night about which nothing is said yet.
    pub fn blank(night: Night, recorded_at: DateTime<Utc>) -> Self {
        NightRecord {
            night,
            outcome: None,
            bed_at: None,
            up_at: None,
            sleep_quality: None,
            sleep_disturbance: None,
            sleep_lost_min: None,
            note: None,
            recorded_at,
        }
    }
}

/// One episode: a cramp, or something that is not a cramp but was worth writing down.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Episode {
    /// Stable number, shown as `#12`.
    pub id: i64,
    /// The night it is kept under.
    pub night: Night,
    /// When it began; `None` when only the night is known.
    pub began_at: Option<Moment>,
    /// How sure the clock time is.
    pub certainty: Certainty,
    /// What it was; only `cramp` counts as one.
    pub kind: Kind,
    /// By night or by day.
    pub period: Period,
    /// Which side.
    pub side: Option<Side>,
    /// Which muscle.
    pub site: Option<Site>,
    /// Pain, 0 to 10.
    pub severity: Option<u8>,
    /// How long, seconds.
    pub duration_s: Option<u32>,
    /// How often it came back at once (claim S4:O4.3).
    pub repeats: Option<u32>,
    /// Whether it woke the person (claim S0:O0.1).
    pub woke: Option<bool>,
    /// Whether the muscle was a hard knot (claim S4:O4.6).
    pub knot: Option<bool>,
    /// What was done against it, in the order written; `[none]` is an answer, empty is not asked.
    pub relief: Vec<Relief>,
    /// How long until it eased, seconds.
    pub relief_s: Option<u32>,
    /// How long the muscle stayed sore, hours.
    pub soreness_h: Option<f64>,
    /// An urge to move the leg.
    pub urge: Option<bool>,
    /// Whether moving made it better.
    pub movement_relieves: Option<bool>,
    /// How the person lay when it began.
    pub posture: Option<Posture>,
    /// Whether awareness was lost, or somebody saw jerking.
    pub awareness_lost: Option<bool>,
    /// Exactly what was typed.
    pub raw: Option<String>,
    /// Free words.
    pub note: Option<String>,
    /// Where it came from.
    pub source: Source,
    /// When it was written down; later than `began_at` by the recall delay.
    pub recorded_at: DateTime<Utc>,
}

impl Episode {
    /// An episode of `night` of which nothing more is known.
    pub fn blank(id: i64, night: Night, recorded_at: DateTime<Utc>) -> Self {
        Episode {
            id,
            night,
            began_at: None,
            certainty: Certainty::Unknown,
            kind: Kind::Cramp,
            period: Period::Night,
            side: None,
            site: None,
            severity: None,
            duration_s: None,
            repeats: None,
            woke: None,
            knot: None,
            relief: Vec::new(),
            relief_s: None,
            soreness_h: None,
            urge: None,
            movement_relieves: None,
            posture: None,
            awareness_lost: None,
            raw: None,
            note: None,
            source: Source::PERSON,
            recorded_at,
        }
    }

    /// Whether it makes its night a cramp night: a cramp, and not by day.
    pub fn is_night_cramp(&self) -> bool {
        self.kind == Kind::Cramp && self.period == Period::Night
    }
}

/// What a factor was on one night. Unknown is the absence of the record.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A number in the factor's unit; yes/no is 1/0.
    Number(f64),
    /// The word of a choice.
    #[serde(serialize_with = "text")]
    Word(Arc<str>),
}

/// The value of one factor on one night.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContextValue {
    /// The night it is kept under (the day or evening before it, by the factor's timing).
    pub night: Night,
    /// The factor's name.
    #[serde(serialize_with = "text")]
    pub factor: Arc<str>,
    /// The value, in `unit`.
    pub value: Value,
    /// The unit stored with it; `None` for yes-no, scale and choice.
    #[serde(serialize_with = "maybe_text")]
    pub unit: Option<Arc<str>>,
    /// What was typed, when it was converted (`64F`).
    #[serde(serialize_with = "maybe_text")]
    pub typed: Option<Arc<str>>,
    /// Where it came from.
    pub source: Source,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
}

/// A factor the person added (or, with only `retired` set, a built-in one they put away).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CustomFactor {
    /// The name used on the command line.
    #[serde(serialize_with = "text")]
    pub factor: Arc<str>,
    /// The name used in sentences.
    pub label: String,
    /// How it is measured.
    pub kind: FactorKind,
    /// Its unit.
    pub unit: Option<String>,
    /// Smallest sensible value.
    pub min: Option<f64>,
    /// Largest sensible value.
    pub max: Option<f64>,
    /// When in the day it is.
    pub timing: Timing,
    /// A heading to list it under.
    pub group: Option<String>,
    /// The words of a choice.
    pub choices: Vec<String>,
    /// Retired: kept, no longer asked about.
    pub retired: bool,
}

/// One dose taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Intake {
    /// Stable number, shown as `i5`.
    pub id: i64,
    /// When it was taken.
    pub taken_at: Moment,
    /// The night it is kept under.
    pub night: Night,
    /// What was taken, in the person's words, lower case.
    pub name: String,
    /// How much, in `unit`.
    pub amount: Option<f64>,
    /// Unit of the amount.
    pub unit: Option<String>,
    /// Element or compound.
    pub basis: Option<Basis>,
    /// What was typed, when it was converted (`4000IU`).
    pub typed: Option<String>,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
}

/// A medicine, supplement or measure over a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Course {
    /// Stable number, shown as `c3`.
    pub id: i64,
    /// What, in the person's words, lower case.
    pub name: String,
    /// Medicine, supplement or measure.
    pub kind: CourseKind,
    /// The class of a medicine.
    pub class: Option<MedicineClass>,
    /// One dose, in `unit`.
    pub dose: Option<f64>,
    /// Unit of the dose.
    pub unit: Option<String>,
    /// Element or compound.
    pub basis: Option<Basis>,
    /// Doses a day.
    pub per_day: Option<f64>,
    /// First day.
    pub start: NaiveDate,
    /// Last day; `None` while it goes on.
    pub stop: Option<NaiveDate>,
    /// Why, in the person's words.
    pub reason: Option<String>,
    /// What was typed, when it was converted.
    pub typed: Option<String>,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
}

impl Course {
    /// Whether it is in force on `date` (both ends included).
    pub fn covers(&self, date: NaiveDate) -> bool {
        self.start <= date && self.stop.is_none_or(|stop| date <= stop)
    }
}

/// Something noticed between cramps, or asked and absent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Symptom {
    /// Stable number, shown as `s3`.
    pub id: i64,
    /// When it was noticed.
    pub noticed_at: Moment,
    /// The night it is kept under.
    pub night: Night,
    /// What.
    pub symptom: SymptomName,
    /// True: noticed. False: asked and absent.
    pub present: bool,
    /// Which side.
    pub side: Option<Side>,
    /// 0 to 10.
    pub severity: Option<u8>,
    /// What brings it on.
    pub brought_on: Option<BroughtOn>,
    /// What relieves it.
    pub relieved_by: Option<RelievedBy>,
    /// How long it lasts, seconds.
    pub lasts_s: Option<u32>,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// Free words.
    pub text: Option<String>,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
}

/// A fact about the person. One row a value: several conditions are several rows; `none` means asked, none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    /// Stable number, shown as `p2`.
    pub id: i64,
    /// Which fact (`born`, `condition`, `pregnant`, …).
    pub key: String,
    /// Its value.
    pub value: String,
    /// Since when it holds.
    pub since: Option<NaiveDate>,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
}

/// A mark on the time axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// Stable number, shown as `e2`.
    pub id: i64,
    /// The night it is kept under.
    pub night: Night,
    /// What happened.
    pub text: String,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
}

/// A period that statistics skip, visibly. Both ends included.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exclusion {
    /// Stable number, shown as `x1`.
    pub id: i64,
    /// First night.
    pub from: Night,
    /// Last night.
    pub to: Night,
    /// Why.
    pub text: String,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
}

/// What the person did about a flag: saw the message, or talked it over with a clinician.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FlagNote {
    /// Stable number, shown as `g1`.
    pub id: i64,
    /// The rule's id.
    pub flag: String,
    /// Seen or discussed.
    pub action: FlagAction,
    /// The night (date) it happened.
    pub night: Night,
    /// What came of it.
    pub text: Option<String>,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
}

/// One scheduled look of the association analysis, kept so that a later look can refer to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Look {
    /// Stable number.
    pub id: i64,
    /// Cramp nights at which this look was due (24, 48, 96, …).
    pub cramp_nights: u32,
    /// The last night it saw.
    pub night: Night,
    /// What the analysis wants to remember, as JSON it wrote itself.
    pub state: String,
    /// When it was taken.
    pub recorded_at: DateTime<Utc>,
}
