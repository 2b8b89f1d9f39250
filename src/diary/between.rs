//! What a diary holds between its nights: doses, courses, symptoms, facts about the person, marks on the time axis and
//! what was done about flags. `kept.rs` says how to read a field's line and how to add one.

use chrono::{DateTime, NaiveDate, Utc};

use crate::diary::kept::record;
use crate::diary::moment::Moment;
use crate::diary::moment::Night;
use crate::diary::table::Half::Beyond;
use crate::diary::table::Limit::{Future, Name, Real};
use crate::diary::table::{Field, beyond, csv, layout, seconds};
use crate::diary::unit::LONGEST_AFTER_S;
use crate::diary::vocabulary::{
    Basis, BroughtOn, Certainty, CourseKind, FlagAction, MedicineClass, RelievedBy, ReplyAnswer,
    Side, SymptomName, Wish,
};

/// How much bigger one calf may be than the other, cm.
pub(crate) const LARGEST_DIFFERENCE_CM: f64 = 50.0;

/// An amount, which cannot be negative.
const fn amount() -> Field {
    csv().limit(Real(0.0, 1e300))
}

record! {
    /// One dose taken.
    Intake, IntakeDraft,
    layout("intake", "intakes", "night, taken_at, id").nightly()
        .csv("intakes.csv", &["taken_at", "name", "amount", "unit"]),
    blank(id: i64, taken_at: Moment, night: Night, name: String, recorded_at: DateTime<Utc>) => {
        id: i64 = id => beyond(),
        [needed] taken_at: Moment = taken_at =>
            csv().sql(&["taken_at", "taken_offset", "taken_zone"]).zone("zone", Beyond),
        night: Night = night => csv(),
        /// What was taken, in the person's words, lower case.
        [needed] name: String = name => csv().limit(Name),
        amount: Option<f64> => amount(),
        unit: Option<String> => csv().limit(Name),
        basis: Option<Basis> => csv(),
        /// What was typed, when it was converted (`4000IU`).
        typed: Option<String> => beyond(),
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
        /// The class of a medicine, as the name says or the person answered.
        class: Option<MedicineClass> => csv(),
    }
}

record! {
    /// A medicine, supplement or measure over a period.
    Course, CourseDraft,
    layout("course", "courses", "start, id").csv("courses.csv", &["name", "start", "dose", "unit"]),
    blank(id: i64, name: String, kind: CourseKind, start: NaiveDate, recorded_at: DateTime<Utc>) => {
        id: i64 = id => beyond(),
        /// What, in the person's words, lower case.
        [needed] name: String = name => csv().limit(Name),
        [needed] kind: CourseKind = kind => csv(),
        class: Option<MedicineClass> => csv(),
        dose: Option<f64> => amount(),
        unit: Option<String> => csv().limit(Name),
        basis: Option<Basis> => csv(),
        per_day: Option<f64> => amount(),
        [needed] start: NaiveDate = start => csv(),
        /// Last day; `None` while it goes on. A course may be planned to end in the future.
        stop: Option<NaiveDate> => csv().limit(Future),
        reason: Option<String> => csv(),
        /// What was typed, when it was converted.
        typed: Option<String> => beyond(),
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
        /// How sure the first day is; `unknown`: it began on that day or, as far as is known, any day before.
        start_certainty: Option<Certainty> => csv(),
    }
}

impl Course {
    /// Whether it is in force on `date` (both ends included).
    pub(crate) fn covers(&self, date: NaiveDate) -> bool {
        self.start <= date && self.stop.is_none_or(|stop| date <= stop)
    }

    /// The day it began; `None` when it began on the day written down or any day before.
    pub(crate) fn known_start(&self) -> Option<NaiveDate> {
        (self.start_certainty != Some(Certainty::Unknown)).then_some(self.start)
    }
}

record! {
    /// Something noticed between cramps, or asked and absent.
    Symptom, SymptomDraft,
    layout("symptom", "symptoms", "night, noticed_at, id").nightly().csv("symptoms.csv", &["id"]),
    blank(
        id: i64, noticed_at: Moment, night: Night, symptom: SymptomName, present: bool,
        recorded_at: DateTime<Utc>
    ) => {
        id: i64 = id => csv(),
        [needed] noticed_at: Moment = noticed_at =>
            csv().sql(&["noticed_at", "noticed_offset", "noticed_zone"]).zone("zone", Beyond),
        night: Night = night => csv(),
        [needed] symptom: SymptomName = symptom => csv(),
        /// True: noticed. False: asked and absent.
        [needed] present: bool = present => csv(),
        side: Option<Side> => csv(),
        severity: Option<u8> => csv(),
        brought_on: Option<BroughtOn> => csv(),
        relieved_by: Option<RelievedBy> => csv(),
        /// How long it lasts, seconds.
        lasts_s: Option<u32> => seconds(LONGEST_AFTER_S),
        since: Option<NaiveDate> => csv(),
        text: Option<String> => csv(),
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
        /// Whether it came on suddenly.
        sudden: Option<bool> => csv(),
        /// Whether it is getting worse.
        worse: Option<bool> => csv(),
        /// How much bigger the calf is than the other one, cm.
        difference_cm: Option<f64> => csv().limit(Real(0.0, LARGEST_DIFFERENCE_CM)),
    }
}

record! {
    /// A fact about the person. One row a value: several conditions are several rows; `none` means asked, none.
    Fact, FactDraft,
    layout("person", "person", "id").csv("person.csv", &["key", "value", "since"]),
    blank(id: i64, key: String, value: String, recorded_at: DateTime<Utc>) => {
        id: i64 = id => beyond(),
        /// Which fact (`born`, `condition`, `pregnant`, …).
        [needed] key: String = key => csv().limit(Name),
        [needed] value: String = value => csv(),
        since: Option<NaiveDate> => csv(),
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
        /// Which condition of the table a condition in the person's words is, as they answered; `other`: none of them.
        means: Option<String> => csv().limit(Name),
    }
}

record! {
    /// A mark on the time axis.
    Event, EventDraft,
    layout("event", "events", "night, id").nightly().csv("events.csv", &["night", "text"]),
    blank(id: i64, night: Night, text: String, recorded_at: DateTime<Utc>) => {
        id: i64 = id => beyond(),
        [needed] night: Night = night => csv(),
        [needed] text: String = text => csv(),
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
    }
}

record! {
    /// A period that statistics skip, visibly. Both ends included; a journey may be planned, so both may be in the
    /// future.
    Exclusion, ExclusionDraft,
    layout("exclusion", "exclusions", "from_night, id").csv("exclusions.csv", &["from", "to", "text"]),
    blank(id: i64, from: Night, to: Night, recorded_at: DateTime<Utc>) => {
        id: i64 = id => beyond(),
        [needed] from: Night = from => csv().sql(&["from_night"]).limit(Future),
        [needed] to: Night = to => csv().sql(&["to_night"]).limit(Future),
        text: String => csv(),
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
    }
}

record! {
    /// What the person did about a flag: saw the message, or talked it over with a clinician.
    FlagNote, FlagNoteDraft,
    layout("flag_note", "flag_notes", "night, id"),
    blank(id: i64, flag: String, action: FlagAction, night: Night, recorded_at: DateTime<Utc>) => {
        id: i64 = id => beyond(),
        [needed] flag: String = flag => beyond().limit(Name),
        [needed] action: FlagAction = action => beyond(),
        /// The night (date) it happened.
        [needed] night: Night = night => beyond(),
        text: Option<String> => beyond(),
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
    }
}

record! {
    /// One look of the association analysis: a moment at which it may announce links. Kept for good, for what it spent is
    /// spent.
    Look, LookDraft,
    layout("look", "looks", "cramp_nights, id"),
    blank(id: i64, cramp_nights: u32, night: Night, state: String, recorded_at: DateTime<Utc>) => {
        id: i64 = id => beyond(),
        /// Cramp nights it saw.
        [needed] cramp_nights: u32 = cramp_nights => beyond(),
        /// The last night it saw.
        [needed] night: Night = night => beyond(),
        /// What the analysis wants to remember, as JSON it wrote itself.
        [needed] state: String = state => beyond(),
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
    }
}

record! {
    /// A factor the person wants to be asked about night by night, or not again.
    Follow, FollowDraft,
    layout("follow", "follows", "since, id"),
    blank(id: i64, factor: String, wish: Wish, since: NaiveDate, recorded_at: DateTime<Utc>) => {
        id: i64 = id => beyond(),
        /// The factor it is about.
        [needed] factor: String = factor => beyond().limit(Name),
        [needed] wish: Wish = wish => beyond(),
        [needed] since: NaiveDate = since => beyond(),
        /// Last day; `None` while it holds.
        until: Option<NaiveDate> => beyond().limit(Future),
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
    }
}

impl Follow {
    /// Whether it holds on `date` (both ends included).
    pub(crate) fn covers(&self, date: NaiveDate) -> bool {
        self.since <= date && self.until.is_none_or(|until| date <= until)
    }
}

record! {
    /// How the person answered a question about an entry.
    Reply, ReplyDraft,
    layout("reply", "replies", "id"),
    blank(id: i64, about: String, question: String, answer: ReplyAnswer, recorded_at: DateTime<Utc>) => {
        id: i64 = id => beyond(),
        /// The entry it was asked about, as a person names it: `12`, `s3`, `e5`, `2026-03-03`.
        [needed] about: String = about => beyond().limit(Name),
        /// The symptom it asked for, or the detail.
        [needed] question: String = question => beyond().limit(Name),
        [needed] answer: ReplyAnswer = answer => beyond(),
        recorded_at: DateTime<Utc> = recorded_at => beyond(),
    }
}
