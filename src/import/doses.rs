//! `intakes.csv` and `courses.csv`: single doses, and medicines, supplements and measures over a period.

use chrono::{DateTime, NaiveDate, Utc};

use crate::diary::moment::ClockTime as Clock;
use crate::diary::night::Night;
use crate::diary::record::{Course, Intake};
use crate::diary::vocabulary::{Basis, CourseKind, MedicineClass};
use crate::import::episodes::{keep, put_time};
use crate::import::outcome::Bad;
use crate::import::row::{Place, Row};
use crate::import::settle::Draft;

/// One row of `intakes.csv`.
#[derive(Debug, PartialEq)]
pub(super) struct IntakeRow {
    id: Option<i64>,
    taken_at: Clock,
    night: Night,
    name: String,
    amount: Option<f64>,
    unit: Option<String>,
    basis: Option<Basis>,
    typed: Option<String>,
    recorded_at: Option<DateTime<Utc>>,
}

/// The night said, or that of the clock time; they may be one apart (a morning dose before the night to come).
pub(super) fn night_near(row: &Row<'_>, clock: &Clock, place: &Place) -> Result<Night, Bad> {
    let own = clock.moment.night();
    match row.night("night", place)? {
        Some(night) if night.since(own).abs() > 1 => {
            let reason = format!("the time given belongs to the night of {own}");
            Err(Bad::cell("night", &night.to_string(), reason))
        }
        night => Ok(night.unwrap_or(own)),
    }
}

fn amount(row: &Row<'_>, column: &'static str) -> Result<Option<f64>, Bad> {
    row.number(column, 0.0, 1e300)
}

impl IntakeRow {
    pub(super) fn read(row: &Row<'_>, place: &Place) -> Result<Self, Bad> {
        let taken_at = Row::needed("taken_at", row.clock("taken_at", "zone", place)?)?;
        Ok(IntakeRow {
            id: row.whole("id", 1, i64::MAX)?,
            night: night_near(row, &taken_at, place)?,
            taken_at,
            // the diary keeps names in lower case
            name: Row::needed("name", row.name("name")?)?.to_lowercase(),
            amount: amount(row, "amount")?,
            unit: row.name("unit")?,
            basis: row.word("basis")?,
            typed: row.text("typed")?,
            recorded_at: row.recorded_at(place)?,
        })
    }
}

impl Draft for IntakeRow {
    type Record = Intake;
    type About = (Night, String);
    const ID_IS_A_HINT: bool = true;

    fn id(&self) -> Option<i64> {
        self.id
    }
    fn about(&self) -> Self::About {
        (self.night, self.name.clone())
    }
    fn about_in_words(&self) -> String {
        format!("{} in the night of {}", self.name, self.night)
    }
    fn said(&self) -> usize {
        usize::from(self.amount.is_some())
            + usize::from(self.unit.is_some())
            + usize::from(self.basis.is_some())
    }
    fn fresh(&self, id: i64, recorded_at: DateTime<Utc>) -> Intake {
        let mut intake = Intake {
            id,
            taken_at: self.taken_at.moment.clone(),
            night: self.night,
            name: self.name.clone(),
            amount: None,
            unit: None,
            basis: None,
            typed: None,
            recorded_at,
        };
        self.apply(&mut intake);
        intake
    }
    fn apply(&self, i: &mut Intake) {
        i.taken_at = self.taken_at.settle(Some(&i.taken_at));
        keep(&mut i.amount, self.amount);
        keep(&mut i.unit, self.unit.clone());
        keep(&mut i.basis, self.basis);
        keep(&mut i.typed, self.typed.clone());
        put_time(&mut i.recorded_at, self.recorded_at);
    }
    fn id_of(i: &Intake) -> i64 {
        i.id
    }
    fn about_of(i: &Intake) -> Self::About {
        (i.night, i.name.clone())
    }
    fn recorded_at_of(i: &Intake) -> DateTime<Utc> {
        i.recorded_at
    }
}

/// One row of `courses.csv`.
#[derive(Debug, PartialEq)]
pub(super) struct CourseRow {
    id: Option<i64>,
    name: String,
    kind: CourseKind,
    class: Option<MedicineClass>,
    dose: Option<f64>,
    unit: Option<String>,
    basis: Option<Basis>,
    per_day: Option<f64>,
    start: NaiveDate,
    stop: Option<NaiveDate>,
    reason: Option<String>,
    typed: Option<String>,
    recorded_at: Option<DateTime<Utc>>,
}

impl CourseRow {
    pub(super) fn read(row: &Row<'_>, place: &Place) -> Result<Self, Bad> {
        let start = Row::needed("start", row.past_date("start", place)?)?;
        // a course may be planned to end in the future
        let stop = row.date("stop")?;
        if let Some(stop) = stop.filter(|stop| *stop < start) {
            return Err(Bad::cell(
                "stop",
                &stop.to_string(),
                format!("it is before the start, {start}"),
            ));
        }
        Ok(CourseRow {
            id: row.whole("id", 1, i64::MAX)?,
            // the diary keeps names in lower case
            name: Row::needed("name", row.name("name")?)?.to_lowercase(),
            kind: Row::needed("kind", row.word("kind")?)?,
            class: row.word("class")?,
            dose: amount(row, "dose")?,
            unit: row.name("unit")?,
            basis: row.word("basis")?,
            per_day: amount(row, "per_day")?,
            start,
            stop,
            reason: row.text("reason")?,
            typed: row.text("typed")?,
            recorded_at: row.recorded_at(place)?,
        })
    }
}

impl Draft for CourseRow {
    type Record = Course;
    type About = (String, NaiveDate);
    const ID_IS_A_HINT: bool = true;

    fn id(&self) -> Option<i64> {
        self.id
    }
    fn about(&self) -> Self::About {
        (self.name.clone(), self.start)
    }
    fn about_in_words(&self) -> String {
        format!("{} from {}", self.name, self.start)
    }
    fn said(&self) -> usize {
        [
            self.class.is_some(),
            self.dose.is_some(),
            self.unit.is_some(),
            self.basis.is_some(),
            self.per_day.is_some(),
            self.stop.is_some(),
            self.reason.is_some(),
        ]
        .into_iter()
        .filter(|said| *said)
        .count()
    }
    fn fresh(&self, id: i64, recorded_at: DateTime<Utc>) -> Course {
        let mut course = Course {
            id,
            name: self.name.clone(),
            kind: self.kind,
            class: None,
            dose: None,
            unit: None,
            basis: None,
            per_day: None,
            start: self.start,
            stop: None,
            reason: None,
            typed: None,
            recorded_at,
        };
        self.apply(&mut course);
        course
    }
    fn apply(&self, c: &mut Course) {
        c.kind = self.kind;
        keep(&mut c.class, self.class);
        keep(&mut c.dose, self.dose);
        keep(&mut c.unit, self.unit.clone());
        keep(&mut c.basis, self.basis);
        keep(&mut c.per_day, self.per_day);
        keep(&mut c.stop, self.stop);
        keep(&mut c.reason, self.reason.clone());
        keep(&mut c.typed, self.typed.clone());
        put_time(&mut c.recorded_at, self.recorded_at);
    }
    /// The same thing started on the same day is the same course, ended or corrected since.
    fn amends(&self, _record: &Course) -> bool {
        true
    }
    fn id_of(c: &Course) -> i64 {
        c.id
    }
    fn about_of(c: &Course) -> Self::About {
        (c.name.clone(), c.start)
    }
    fn recorded_at_of(c: &Course) -> DateTime<Utc> {
        c.recorded_at
    }
}
