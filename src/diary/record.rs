//! Everything a diary holds, one struct a kind of record. `kept.rs` says how to read a field's line and how to add one.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::diary::cell::{Cell, OddRow, StoredRow};
use crate::diary::column::{Cells, Column};
use crate::diary::kept::record;
use crate::diary::moment::Moment;
use crate::diary::night::Night;
use crate::diary::source::Source;
use crate::diary::table::Half::{Beyond, Csv};
use crate::diary::table::Limit::{Future, Name, Real, Soon, Whole};
use crate::diary::table::{Field, LAYOUT, beyond, csv};
use crate::diary::unit::{LONGEST_AFTER_S, LONGEST_EPISODE_S};
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

/// An amount, which cannot be negative.
const fn amount() -> Field {
    csv().limit(Real(0.0, 1e300))
}

/// A duration in seconds.
const fn seconds(most: u32) -> Field {
    csv().limit(Whole(0, most as i64))
}

/// How long a muscle may stay sore, hours.
const SOREST_H: f64 = LONGEST_AFTER_S as f64 / 3_600.0;

record! {
    /// One night as answered by the person.
    NightRecord, NightDraft,
    Layout {
        name: "night",
        night: Some("night"),
        order: "night",
        exported: "nights",
        file: Some("nights.csv"),
        export_key: &["night"],
        ..LAYOUT
    },
    blank(night: Night, recorded_at: DateTime<Utc>) => {
        /// Which night.
        [needed] night: Night = night => csv(),
        /// Cramp, calm, or not (yet) said. A row may exist for its note alone: the night is then still unknown.
        outcome: Option<Outcome> => csv(),
        /// When the person went to bed.
        bed_at: Option<Moment> => csv().sql(&["bed_at", "bed_offset", "bed_zone"]).zone("bed_zone", Beyond).limit(Soon),
        /// When the person got up.
        up_at: Option<Moment> => csv().sql(&["up_at", "up_offset", "up_zone"]).zone("up_zone", Beyond).limit(Soon),
        /// Sleep quality, 0 (worst) to 10 (best).
        sleep_quality: Option<u8> => csv(),
        /// How much the cramps disturbed sleep, 0 (not) to 10 (Sebo 2019, doi 10.4414/smw.2019.20048).
        sleep_disturbance: Option<u8> => csv(),
        /// Sleep lost, minutes (claim S0:O0.3).
        sleep_lost_min: Option<u32> => csv().limit(Whole(0, 1_440)),
        /// Free words.
        note: Option<String> => csv(),
        /// When this was written down.
        recorded_at: DateTime<Utc> = recorded_at => csv(),
    }
}

record! {
    /// One episode: a cramp, or something that is not a cramp but was worth writing down.
    Episode, EpisodeDraft,
    Layout {
        name: "episode",
        night: Some("night"),
        order: "night, began_at, id",
        exported: "episodes",
        file: Some("episodes.csv"),
        export_key: &["id"],
        ..LAYOUT
    },
    blank(id: i64, night: Night, recorded_at: DateTime<Utc>) => {
        /// Stable number, shown as `#12`.
        id: i64 = id => csv(),
        /// The night it is kept under.
        [needed] night: Night = night => csv(),
        /// When it began; `None` when only the night is known.
        began_at: Option<Moment> => csv().sql(&["began_at", "began_offset", "began_zone"]).zone("zone", Csv),
        /// How sure the clock time is.
        certainty: Certainty = Certainty::Unknown => csv(),
        /// What it was; only `cramp` counts as one.
        kind: Kind = Kind::Cramp => csv(),
        /// By night or by day.
        period: Period = Period::Night => csv(),
        /// Which side.
        side: Option<Side> => csv(),
        /// Which muscle.
        site: Option<Site> => csv(),
        /// Pain, 0 to 10.
        severity: Option<u8> => csv(),
        /// How long, seconds.
        duration_s: Option<u32> => seconds(LONGEST_EPISODE_S),
        /// How often it came back at once (claim S4:O4.3).
        repeats: Option<u32> => csv().limit(Whole(0, 1_000)),
        /// Whether it woke the person (claim S0:O0.1).
        woke: Option<bool> => csv(),
        /// Whether the muscle was a hard knot (claim S4:O4.6).
        knot: Option<bool> => csv(),
        /// What was done against it, in the order written; `[none]` is an answer, empty is not asked.
        relief: Vec<Relief> => csv(),
        /// How long until it eased, seconds.
        relief_s: Option<u32> => seconds(LONGEST_EPISODE_S),
        /// How long the muscle stayed sore, hours.
        soreness_h: Option<f64> => csv().limit(Real(0.0, SOREST_H)),
        /// An urge to move the leg.
        urge: Option<bool> => csv(),
        /// Whether moving made it better.
        movement_relieves: Option<bool> => csv(),
        /// How the person lay when it began.
        posture: Option<Posture> => csv(),
        /// Whether awareness was lost, or somebody saw jerking.
        awareness_lost: Option<bool> => csv(),
        /// Exactly what was typed.
        raw: Option<String> => csv(),
        /// Free words.
        note: Option<String> => csv(),
        /// Where it came from.
        source: Source = Source::PERSON => csv().sql(&["origin", "origin_detail"]),
        /// When it was written down; later than `began_at` by the recall delay.
        recorded_at: DateTime<Utc> = recorded_at => csv(),
    }
}

impl Episode {
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

/// A factor's value: in the database a number or a word, and NULL in the other's place.
impl Column for Value {
    type Given = Value;
    const WIDTH: usize = 2;
    const REAL: bool = true;
    fn cell(&self) -> Cell<'_> {
        match self {
            Value::Number(number) => number.cell(),
            Value::Word(word) => word.cell(),
        }
    }
    fn write<'a>(&'a self, row: &mut Vec<Cell<'a>>) {
        row.extend(match self {
            Value::Number(_) => [self.cell(), Cell::Null],
            Value::Word(_) => [Cell::Null, self.cell()],
        });
    }
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow> {
        match (Column::read(row)?, Column::read(row)?) {
            (Some(number), None) => Ok(Value::Number(number)),
            (None, Some(word)) => Ok(Value::Word(word)),
            _ => Err(row.odd("needs a number or a word, and only one of them")),
        }
    }
    /// The importer reads values by what their factors take; here a number is one, and anything else is a word.
    fn import<C: Cells>(cells: &C, field: &Field) -> Result<Option<Value>, C::Error> {
        Ok(cells.name(field.name)?.map(|text| match text.parse() {
            Ok(number) => Value::Number(number),
            Err(_) => Value::Word(Arc::from(text)),
        }))
    }
    fn amend(&mut self, given: &Value) {
        self.clone_from(given);
    }
}

record! {
    /// The value of one factor on one night.
    ContextValue, ValueDraft,
    Layout {
        name: "context",
        key: 2,
        night: Some("night"),
        order: "night, factor",
        exported: "context",
        file: Some("context.csv"),
        export_key: &["night", "factor", "value"],
        ..LAYOUT
    },
    blank(night: Night, factor: Arc<str>, value: Value, source: Source, recorded_at: DateTime<Utc>) => {
        /// The night it is kept under (the day or evening before it, by the factor's timing).
        [needed] night: Night = night => csv(),
        /// The factor's name.
        #[serde(serialize_with = "text")]
        [needed] factor: Arc<str> = factor => csv().limit(Name),
        /// The value, in `unit`.
        [needed] value: Value = value => csv().sql(&["number", "word"]),
        /// The unit stored with it; `None` for yes-no, scale and choice.
        #[serde(serialize_with = "maybe_text")]
        unit: Option<Arc<str>> => csv().limit(Name),
        /// What was typed, when it was converted (`64F`).
        #[serde(serialize_with = "maybe_text")]
        typed: Option<Arc<str>> => beyond(),
        /// Where it came from.
        source: Source = source => csv().sql(&["origin", "origin_detail"]),
        /// When it was written down.
        recorded_at: DateTime<Utc> = recorded_at => csv(),
    }
}

record! {
    /// A factor the person added (or, with only `retired` set, a built-in one they put away).
    CustomFactor, FactorDraft,
    Layout {
        name: "factor",
        order: "factor",
        exported: "factors",
        file: Some("factors.csv"),
        export_key: &["factor"],
        ..LAYOUT
    },
    blank(factor: Arc<str>, kind: FactorKind, timing: Timing) => {
        /// The name used on the command line.
        #[serde(serialize_with = "text")]
        [needed] factor: Arc<str> = factor => csv().limit(Name),
        /// The name used in sentences.
        label: String => csv(),
        /// How it is measured.
        [needed] kind: FactorKind = kind => csv().named("type"),
        /// Its unit.
        unit: Option<String> => csv().limit(Name),
        /// Smallest sensible value.
        min: Option<f64> => csv(),
        /// Largest sensible value.
        max: Option<f64> => csv(),
        /// When in the day it is.
        timing: Timing = timing => csv(),
        /// A heading to list it under.
        group: Option<String> => csv().sql(&["heading"]),
        /// The words of a choice.
        choices: Vec<String> => beyond(),
        /// Retired: kept, no longer asked about.
        retired: bool => beyond().quiet(),
    }
}

record! {
    /// One dose taken.
    Intake, IntakeDraft,
    Layout {
        name: "intake",
        night: Some("night"),
        order: "night, taken_at, id",
        exported: "intakes",
        file: Some("intakes.csv"),
        export_key: &["taken_at", "name", "amount", "unit"],
        ..LAYOUT
    },
    blank(id: i64, taken_at: Moment, night: Night, name: String, recorded_at: DateTime<Utc>) => {
        /// Stable number, shown as `i5`.
        id: i64 = id => beyond(),
        /// When it was taken.
        [needed] taken_at: Moment = taken_at =>
            csv().sql(&["taken_at", "taken_offset", "taken_zone"]).zone("zone", Beyond),
        /// The night it is kept under.
        night: Night = night => csv(),
        /// What was taken, in the person's words, lower case.
        [needed] name: String = name => csv().limit(Name),
        /// How much, in `unit`.
        amount: Option<f64> => amount(),
        /// Unit of the amount.
        unit: Option<String> => csv().limit(Name),
        /// Element or compound.
        basis: Option<Basis> => csv(),
        /// What was typed, when it was converted (`4000IU`).
        typed: Option<String> => beyond(),
        /// When it was written down.
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
    }
}

record! {
    /// A medicine, supplement or measure over a period.
    Course, CourseDraft,
    Layout {
        name: "course",
        order: "start, id",
        exported: "courses",
        file: Some("courses.csv"),
        export_key: &["name", "start", "dose", "unit"],
        ..LAYOUT
    },
    blank(id: i64, name: String, kind: CourseKind, start: NaiveDate, recorded_at: DateTime<Utc>) => {
        /// Stable number, shown as `c3`.
        id: i64 = id => beyond(),
        /// What, in the person's words, lower case.
        [needed] name: String = name => csv().limit(Name),
        /// Medicine, supplement or measure.
        [needed] kind: CourseKind = kind => csv(),
        /// The class of a medicine.
        class: Option<MedicineClass> => csv(),
        /// One dose, in `unit`.
        dose: Option<f64> => amount(),
        /// Unit of the dose.
        unit: Option<String> => csv().limit(Name),
        /// Element or compound.
        basis: Option<Basis> => csv(),
        /// Doses a day.
        per_day: Option<f64> => amount(),
        /// First day.
        [needed] start: NaiveDate = start => csv(),
        /// Last day; `None` while it goes on. A course may be planned to end in the future.
        stop: Option<NaiveDate> => csv().limit(Future),
        /// Why, in the person's words.
        reason: Option<String> => csv(),
        /// What was typed, when it was converted.
        typed: Option<String> => beyond(),
        /// When it was written down.
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
    }
}

impl Course {
    /// Whether it is in force on `date` (both ends included).
    pub(crate) fn covers(&self, date: NaiveDate) -> bool {
        self.start <= date && self.stop.is_none_or(|stop| date <= stop)
    }
}

record! {
    /// Something noticed between cramps, or asked and absent.
    Symptom, SymptomDraft,
    Layout {
        name: "symptom",
        night: Some("night"),
        order: "night, noticed_at, id",
        exported: "symptoms",
        file: Some("symptoms.csv"),
        export_key: &["id"],
        ..LAYOUT
    },
    blank(
        id: i64, noticed_at: Moment, night: Night, symptom: SymptomName, present: bool,
        recorded_at: DateTime<Utc>
    ) => {
        /// Stable number, shown as `s3`.
        id: i64 = id => csv(),
        /// When it was noticed.
        [needed] noticed_at: Moment = noticed_at =>
            csv().sql(&["noticed_at", "noticed_offset", "noticed_zone"]).zone("zone", Beyond),
        /// The night it is kept under.
        night: Night = night => csv(),
        /// What.
        [needed] symptom: SymptomName = symptom => csv(),
        /// True: noticed. False: asked and absent.
        [needed] present: bool = present => csv(),
        /// Which side.
        side: Option<Side> => csv(),
        /// 0 to 10.
        severity: Option<u8> => csv(),
        /// What brings it on.
        brought_on: Option<BroughtOn> => csv(),
        /// What relieves it.
        relieved_by: Option<RelievedBy> => csv(),
        /// How long it lasts, seconds.
        lasts_s: Option<u32> => seconds(LONGEST_AFTER_S),
        /// Since when.
        since: Option<NaiveDate> => csv(),
        /// Free words.
        text: Option<String> => csv(),
        /// When it was written down.
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
    }
}

record! {
    /// A fact about the person. One row a value: several conditions are several rows; `none` means asked, none.
    Fact, FactDraft,
    Layout {
        name: "person",
        exported: "person",
        file: Some("person.csv"),
        export_key: &["key", "value", "since"],
        ..LAYOUT
    },
    blank(id: i64, key: String, value: String, recorded_at: DateTime<Utc>) => {
        /// Stable number, shown as `p2`.
        id: i64 = id => beyond(),
        /// Which fact (`born`, `condition`, `pregnant`, …).
        [needed] key: String = key => csv().limit(Name),
        /// Its value.
        [needed] value: String = value => csv(),
        /// Since when it holds.
        since: Option<NaiveDate> => csv(),
        /// When it was written down.
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
    }
}

record! {
    /// A mark on the time axis.
    Event, EventDraft,
    Layout {
        name: "event",
        night: Some("night"),
        order: "night, id",
        exported: "events",
        file: Some("events.csv"),
        export_key: &["night", "text"],
        ..LAYOUT
    },
    blank(id: i64, night: Night, text: String, recorded_at: DateTime<Utc>) => {
        /// Stable number, shown as `e2`.
        id: i64 = id => beyond(),
        /// The night it is kept under.
        [needed] night: Night = night => csv(),
        /// What happened.
        [needed] text: String = text => csv(),
        /// When it was written down.
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
    }
}

record! {
    /// A period that statistics skip, visibly. Both ends included; a journey may be planned, so both may be in the
    /// future.
    Exclusion, ExclusionDraft,
    Layout {
        name: "exclusion",
        order: "from_night, id",
        exported: "exclusions",
        file: Some("exclusions.csv"),
        export_key: &["from", "to", "text"],
        ..LAYOUT
    },
    blank(id: i64, from: Night, to: Night, recorded_at: DateTime<Utc>) => {
        /// Stable number, shown as `x1`.
        id: i64 = id => beyond(),
        /// First night.
        [needed] from: Night = from => csv().sql(&["from_night"]).limit(Future),
        /// Last night.
        [needed] to: Night = to => csv().sql(&["to_night"]).limit(Future),
        /// Why.
        text: String => csv(),
        /// When it was written down.
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
    }
}

record! {
    /// What the person did about a flag: saw the message, or talked it over with a clinician.
    FlagNote, FlagNoteDraft,
    Layout { name: "flag_note", order: "night, id", exported: "flag_notes", ..LAYOUT },
    blank(id: i64, flag: String, action: FlagAction, night: Night, recorded_at: DateTime<Utc>) => {
        /// Stable number, shown as `g1`.
        id: i64 = id => beyond(),
        /// The rule's id.
        [needed] flag: String = flag => beyond().limit(Name),
        /// Seen or discussed.
        [needed] action: FlagAction = action => beyond(),
        /// The night (date) it happened.
        [needed] night: Night = night => beyond(),
        /// What came of it.
        text: Option<String> => beyond(),
        /// When it was written down.
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
    }
}

record! {
    /// One scheduled look of the association analysis, kept so that a later look can refer to it.
    Look, LookDraft,
    Layout { name: "look", order: "cramp_nights, id", exported: "looks", ..LAYOUT },
    blank(id: i64, cramp_nights: u32, night: Night, state: String, recorded_at: DateTime<Utc>) => {
        /// Stable number.
        id: i64 = id => beyond(),
        /// Cramp nights at which this look was due (24, 48, 96, …).
        [needed] cramp_nights: u32 = cramp_nights => beyond(),
        /// The last night it saw.
        [needed] night: Night = night => beyond(),
        /// What the analysis wants to remember, as JSON it wrote itself.
        [needed] state: String = state => beyond(),
        /// When it was taken.
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
    }
}
