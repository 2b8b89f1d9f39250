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
pub(crate) struct NightRecord {
    /// Which night.
    pub(crate) night: Night,
    /// Cramp, calm, or not (yet) said. A row may exist for its note alone: the night is then still unknown.
    pub(crate) outcome: Option<Outcome>,
    /// When the person went to bed.
    pub(crate) bed_at: Option<Moment>,
    /// When the person got up.
    pub(crate) up_at: Option<Moment>,
    /// Sleep quality, 0 (worst) to 10 (best).
    pub(crate) sleep_quality: Option<u8>,
    /// How much the cramps disturbed sleep, 0 (not) to 10 (Sebo 2019, doi 10.4414/smw.2019.20048).
    pub(crate) sleep_disturbance: Option<u8>,
    /// Sleep lost, minutes (claim S0:O0.3).
    pub(crate) sleep_lost_min: Option<u32>,
    /// Free words.
    pub(crate) note: Option<String>,
    /// When this was written down.
    pub(crate) recorded_at: DateTime<Utc>,
}

impl NightRecord {
    /// A night about which nothing is said yet.
    pub(crate) fn blank(night: Night, recorded_at: DateTime<Utc>) -> Self {
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
pub(crate) struct Episode {
    /// Stable number, shown as `#12`.
    pub(crate) id: i64,
    /// The night it is kept under.
    pub(crate) night: Night,
    /// When it began; `None` when only the night is known.
    pub(crate) began_at: Option<Moment>,
    /// How sure the clock time is.
    pub(crate) certainty: Certainty,
    /// What it was; only `cramp` counts as one.
    pub(crate) kind: Kind,
    /// By night or by day.
    pub(crate) period: Period,
    /// Which side.
    pub(crate) side: Option<Side>,
    /// Which muscle.
    pub(crate) site: Option<Site>,
    /// Pain, 0 to 10.
    pub(crate) severity: Option<u8>,
    /// How long, seconds.
    pub(crate) duration_s: Option<u32>,
    /// How often it came back at once (claim S4:O4.3).
    pub(crate) repeats: Option<u32>,
    /// Whether it woke the person (claim S0:O0.1).
    pub(crate) woke: Option<bool>,
    /// Whether the muscle was a hard knot (claim S4:O4.6).
    pub(crate) knot: Option<bool>,
    /// What was done against it, in the order written; `[none]` is an answer, empty is not asked.
    pub(crate) relief: Vec<Relief>,
    /// How long until it eased, seconds.
    pub(crate) relief_s: Option<u32>,
    /// How long the muscle stayed sore, hours.
    pub(crate) soreness_h: Option<f64>,
    /// An urge to move the leg.
    pub(crate) urge: Option<bool>,
    /// Whether moving made it better.
    pub(crate) movement_relieves: Option<bool>,
    /// How the person lay when it began.
    pub(crate) posture: Option<Posture>,
    /// Whether awareness was lost, or somebody saw jerking.
    pub(crate) awareness_lost: Option<bool>,
    /// Exactly what was typed.
    pub(crate) raw: Option<String>,
    /// Free words.
    pub(crate) note: Option<String>,
    /// Where it came from.
    pub(crate) source: Source,
    /// When it was written down; later than `began_at` by the recall delay.
    pub(crate) recorded_at: DateTime<Utc>,
}

impl Episode {
    /// An episode of `night` of which nothing more is known.
    pub(crate) fn blank(id: i64, night: Night, recorded_at: DateTime<Utc>) -> Self {
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
    pub(crate) fn is_night_cramp(&self) -> bool {
        self.kind == Kind::Cramp && self.period == Period::Night
    }
}

/// What a factor was on one night. Unknown is the absence of the record.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub(crate) enum Value {
    /// A number in the factor's unit; yes/no is 1/0.
    Number(f64),
    /// The word of a choice.
    #[serde(serialize_with = "text")]
    Word(Arc<str>),
}

/// The value of one factor on one night.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ContextValue {
    /// The night it is kept under (the day or evening before it, by the factor's timing).
    pub(crate) night: Night,
    /// The factor's name.
    #[serde(serialize_with = "text")]
    pub(crate) factor: Arc<str>,
    /// The value, in `unit`.
    pub(crate) value: Value,
    /// The unit stored with it; `None` for yes-no, scale and choice.
    #[serde(serialize_with = "maybe_text")]
    pub(crate) unit: Option<Arc<str>>,
    /// What was typed, when it was converted (`64F`).
    #[serde(serialize_with = "maybe_text")]
    pub(crate) typed: Option<Arc<str>>,
    /// Where it came from.
    pub(crate) source: Source,
    /// When it was written down.
    pub(crate) recorded_at: DateTime<Utc>,
}

/// A factor the person added (or, with only `retired` set, a built-in one they put away).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct CustomFactor {
    /// The name used on the command line.
    #[serde(serialize_with = "text")]
    pub(crate) factor: Arc<str>,
    /// The name used in sentences.
    pub(crate) label: String,
    /// How it is measured.
    pub(crate) kind: FactorKind,
    /// Its unit.
    pub(crate) unit: Option<String>,
    /// Smallest sensible value.
    pub(crate) min: Option<f64>,
    /// Largest sensible value.
    pub(crate) max: Option<f64>,
    /// When in the day it is.
    pub(crate) timing: Timing,
    /// A heading to list it under.
    pub(crate) group: Option<String>,
    /// The words of a choice.
    pub(crate) choices: Vec<String>,
    /// Retired: kept, no longer asked about.
    pub(crate) retired: bool,
}

/// One dose taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Intake {
    /// Stable number, shown as `i5`.
    pub(crate) id: i64,
    /// When it was taken.
    pub(crate) taken_at: Moment,
    /// The night it is kept under.
    pub(crate) night: Night,
    /// What was taken, in the person's words, lower case.
    pub(crate) name: String,
    /// How much, in `unit`.
    pub(crate) amount: Option<f64>,
    /// Unit of the amount.
    pub(crate) unit: Option<String>,
    /// Element or compound.
    pub(crate) basis: Option<Basis>,
    /// What was typed, when it was converted (`4000IU`).
    pub(crate) typed: Option<String>,
    /// When it was written down.
    pub(crate) recorded_at: DateTime<Utc>,
}

/// A medicine, supplement or measure over a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Course {
    /// Stable number, shown as `c3`.
    pub(crate) id: i64,
    /// What, in the person's words, lower case.
    pub(crate) name: String,
    /// Medicine, supplement or measure.
    pub(crate) kind: CourseKind,
    /// The class of a medicine.
    pub(crate) class: Option<MedicineClass>,
    /// One dose, in `unit`.
    pub(crate) dose: Option<f64>,
    /// Unit of the dose.
    pub(crate) unit: Option<String>,
    /// Element or compound.
    pub(crate) basis: Option<Basis>,
    /// Doses a day.
    pub(crate) per_day: Option<f64>,
    /// First day.
    pub(crate) start: NaiveDate,
    /// Last day; `None` while it goes on.
    pub(crate) stop: Option<NaiveDate>,
    /// Why, in the person's words.
    pub(crate) reason: Option<String>,
    /// What was typed, when it was converted.
    pub(crate) typed: Option<String>,
    /// When it was written down.
    pub(crate) recorded_at: DateTime<Utc>,
}

impl Course {
    /// Whether it is in force on `date` (both ends included).
    pub(crate) fn covers(&self, date: NaiveDate) -> bool {
        self.start <= date && self.stop.is_none_or(|stop| date <= stop)
    }
}

/// Something noticed between cramps, or asked and absent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Symptom {
    /// Stable number, shown as `s3`.
    pub(crate) id: i64,
    /// When it was noticed.
    pub(crate) noticed_at: Moment,
    /// The night it is kept under.
    pub(crate) night: Night,
    /// What.
    pub(crate) symptom: SymptomName,
    /// True: noticed. False: asked and absent.
    pub(crate) present: bool,
    /// Which side.
    pub(crate) side: Option<Side>,
    /// 0 to 10.
    pub(crate) severity: Option<u8>,
    /// What brings it on.
    pub(crate) brought_on: Option<BroughtOn>,
    /// What relieves it.
    pub(crate) relieved_by: Option<RelievedBy>,
    /// How long it lasts, seconds.
    pub(crate) lasts_s: Option<u32>,
    /// Since when.
    pub(crate) since: Option<NaiveDate>,
    /// Free words.
    pub(crate) text: Option<String>,
    /// When it was written down.
    pub(crate) recorded_at: DateTime<Utc>,
}

/// A fact about the person. One row a value: several conditions are several rows; `none` means asked, none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Fact {
    /// Stable number, shown as `p2`.
    pub(crate) id: i64,
    /// Which fact (`born`, `condition`, `pregnant`, …).
    pub(crate) key: String,
    /// Its value.
    pub(crate) value: String,
    /// Since when it holds.
    pub(crate) since: Option<NaiveDate>,
    /// When it was written down.
    pub(crate) recorded_at: DateTime<Utc>,
}

/// A mark on the time axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Event {
    /// Stable number, shown as `e2`.
    pub(crate) id: i64,
    /// The night it is kept under.
    pub(crate) night: Night,
    /// What happened.
    pub(crate) text: String,
    /// When it was written down.
    pub(crate) recorded_at: DateTime<Utc>,
}

/// A period that statistics skip, visibly. Both ends included.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Exclusion {
    /// Stable number, shown as `x1`.
    pub(crate) id: i64,
    /// First night.
    pub(crate) from: Night,
    /// Last night.
    pub(crate) to: Night,
    /// Why.
    pub(crate) text: String,
    /// When it was written down.
    pub(crate) recorded_at: DateTime<Utc>,
}

/// What the person did about a flag: saw the message, or talked it over with a clinician.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct FlagNote {
    /// Stable number, shown as `g1`.
    pub(crate) id: i64,
    /// The rule's id.
    pub(crate) flag: String,
    /// Seen or discussed.
    pub(crate) action: FlagAction,
    /// The night (date) it happened.
    pub(crate) night: Night,
    /// What came of it.
    pub(crate) text: Option<String>,
    /// When it was written down.
    pub(crate) recorded_at: DateTime<Utc>,
}

/// One scheduled look of the association analysis, kept so that a later look can refer to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Look {
    /// Stable number.
    pub(crate) id: i64,
    /// Cramp nights at which this look was due (24, 48, 96, …).
    pub(crate) cramp_nights: u32,
    /// The last night it saw.
    pub(crate) night: Night,
    /// What the analysis wants to remember, as JSON it wrote itself.
    pub(crate) state: String,
    /// When it was taken.
    pub(crate) recorded_at: DateTime<Utc>,
}
