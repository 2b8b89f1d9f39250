//! The short tables: facts about the person, events, excluded periods, and what only `diary.json` holds (flag notes
//! and looks of the analysis).

use chrono::{DateTime, NaiveDate, Utc};

use crate::diary::fact::{self, FactError, FactKind};
use crate::diary::night::Night;
use crate::diary::record::{Event, Exclusion, Fact, FlagNote, Look};
use crate::diary::vocabulary::FlagAction;
use crate::import::episodes::{keep, put_time};
use crate::import::outcome::Bad;
use crate::import::row::{Place, Row, iso_date};
use crate::import::settle::Draft;

/// The parts of [`Draft`] that are alike for every record with `id` and `recorded_at`.
macro_rules! numbered {
    ($record:ty, $about:ty, $of:expr) => {
        type Record = $record;
        type About = $about;
        const ID_IS_A_HINT: bool = true;
        fn id(&self) -> Option<i64> {
            self.id
        }
        fn id_of(record: &$record) -> i64 {
            record.id
        }
        fn about_of(record: &$record) -> $about {
            let of: fn(&$record) -> $about = $of;
            of(record)
        }
        fn recorded_at_of(record: &$record) -> DateTime<Utc> {
            record.recorded_at
        }
    };
}

/// One row of `person.csv`.
#[derive(Debug, PartialEq)]
pub(super) struct FactRow {
    id: Option<i64>,
    key: String,
    value: String,
    since: Option<NaiveDate>,
    recorded_at: Option<DateTime<Utc>>,
}

impl FactRow {
    pub(super) fn read(row: &Row<'_>, place: &Place) -> Result<Self, Bad> {
        let key = Row::needed("key", row.name("key")?)?;
        let value = Row::needed("value", row.text("value")?)?;
        let known = fact::find(&key);
        // a date that was near when it was written is far away in an old export
        let dated = known.is_some_and(|f| matches!(f.kind, FactKind::PastDate | FactKind::DueDate));
        let (key, value) = match (known, iso_date(&value)) {
            (Some(known), Some(_)) if dated => (known.key.to_string(), value),
            _ => {
                let read = fact::read(&key, &value, place.latest_date()).map_err(|e| match e {
                    FactError::Key { .. } => Bad::cell("key", &key, e.to_string()),
                    FactError::Value { .. } => Bad::cell("value", &value, e.to_string()),
                })?;
                (read.key.to_string(), read.value)
            }
        };
        Ok(FactRow {
            id: row.whole("id", 1, i64::MAX)?,
            key,
            value,
            since: row.past_date("since", place)?,
            recorded_at: row.recorded_at(place)?,
        })
    }
}

impl Draft for FactRow {
    numbered!(Fact, (String, String), |f| about_fact(&f.key, &f.value));

    fn about(&self) -> (String, String) {
        about_fact(&self.key, &self.value)
    }
    fn about_in_words(&self) -> String {
        format!("{}={}", self.key, self.value)
    }
    fn said(&self) -> usize {
        usize::from(self.since.is_some())
    }
    fn fresh(&self, id: i64, recorded_at: DateTime<Utc>) -> Fact {
        let mut fact = Fact {
            id,
            key: self.key.clone(),
            value: self.value.clone(),
            since: None,
            recorded_at,
        };
        self.apply(&mut fact);
        fact
    }
    fn apply(&self, f: &mut Fact) {
        f.value.clone_from(&self.value);
        keep(&mut f.since, self.since);
        put_time(&mut f.recorded_at, self.recorded_at);
    }
    /// A fact with one value is amended. Of others, since when is added where no date was known; another date is another
    /// time it held.
    fn amends(&self, record: &Fact) -> bool {
        record.since.is_none() || !stands_beside_others(&self.key)
    }
    fn stands_alone(&self) -> bool {
        !stands_beside_others(&self.key)
    }
}

fn stands_beside_others(key: &str) -> bool {
    fact::find(key).is_none_or(|f| f.many)
}

/// What a fact is about: its key alone when there is one value, otherwise each value for itself.
fn about_fact(key: &str, value: &str) -> (String, String) {
    let value = if stands_beside_others(key) { value } else { "" };
    (key.to_string(), value.to_string())
}

/// One row of `events.csv`.
#[derive(Debug, PartialEq)]
pub(super) struct EventRow {
    id: Option<i64>,
    night: Night,
    text: String,
    recorded_at: Option<DateTime<Utc>>,
}

impl EventRow {
    pub(super) fn read(row: &Row<'_>, place: &Place) -> Result<Self, Bad> {
        Ok(EventRow {
            id: row.whole("id", 1, i64::MAX)?,
            night: Row::needed("night", row.night("night", place)?)?,
            text: Row::needed("text", row.text("text")?)?,
            recorded_at: row.recorded_at(place)?,
        })
    }
}

impl Draft for EventRow {
    numbered!(Event, (Night, String), |e| (e.night, e.text.clone()));

    fn about(&self) -> (Night, String) {
        (self.night, self.text.clone())
    }
    fn about_in_words(&self) -> String {
        format!("an event of {}", self.night)
    }
    fn said(&self) -> usize {
        0
    }
    fn fresh(&self, id: i64, recorded_at: DateTime<Utc>) -> Event {
        Event {
            id,
            night: self.night,
            text: self.text.clone(),
            recorded_at: self.recorded_at.unwrap_or(recorded_at),
        }
    }
    fn apply(&self, e: &mut Event) {
        put_time(&mut e.recorded_at, self.recorded_at);
    }
}

/// One row of `exclusions.csv`.
#[derive(Debug, PartialEq)]
pub(super) struct ExclusionRow {
    id: Option<i64>,
    from: Night,
    to: Night,
    text: Option<String>,
    recorded_at: Option<DateTime<Utc>>,
}

impl ExclusionRow {
    pub(super) fn read(row: &Row<'_>, place: &Place) -> Result<Self, Bad> {
        // a journey may be planned, so both ends may be in the future
        let from = Night::of_evening(Row::needed("from", row.date("from")?)?);
        let to = Night::of_evening(Row::needed("to", row.date("to")?)?);
        if to < from {
            let reason = format!("it is before 'from', {from}");
            return Err(Bad::cell("to", &to.to_string(), reason));
        }
        Ok(ExclusionRow {
            id: row.whole("id", 1, i64::MAX)?,
            from,
            to,
            text: row.text("text")?,
            recorded_at: row.recorded_at(place)?,
        })
    }
}

impl Draft for ExclusionRow {
    numbered!(Exclusion, (Night, Night), |x| (x.from, x.to));

    fn about(&self) -> (Night, Night) {
        (self.from, self.to)
    }
    fn about_in_words(&self) -> String {
        format!("{} to {}", self.from, self.to)
    }
    fn said(&self) -> usize {
        usize::from(self.text.is_some())
    }
    fn fresh(&self, id: i64, recorded_at: DateTime<Utc>) -> Exclusion {
        Exclusion {
            id,
            from: self.from,
            to: self.to,
            text: self.text.clone().unwrap_or_default(),
            recorded_at: self.recorded_at.unwrap_or(recorded_at),
        }
    }
    fn apply(&self, x: &mut Exclusion) {
        if let Some(text) = &self.text {
            x.text.clone_from(text);
        }
        put_time(&mut x.recorded_at, self.recorded_at);
    }
    /// The same period with another reason is the same period.
    fn amends(&self, _record: &Exclusion) -> bool {
        true
    }
}

/// One flag note of `diary.json`.
#[derive(Debug, PartialEq)]
pub(super) struct FlagNoteRow {
    id: Option<i64>,
    flag: String,
    action: FlagAction,
    night: Night,
    text: Option<String>,
    recorded_at: Option<DateTime<Utc>>,
}

impl FlagNoteRow {
    pub(super) fn read(row: &Row<'_>, place: &Place) -> Result<Self, Bad> {
        Ok(FlagNoteRow {
            id: row.whole("id", 1, i64::MAX)?,
            flag: Row::needed("flag", row.name("flag")?)?,
            action: Row::needed("action", row.word("action")?)?,
            night: Row::needed("night", row.night("night", place)?)?,
            text: row.text("text")?,
            recorded_at: row.recorded_at(place)?,
        })
    }
}

impl Draft for FlagNoteRow {
    numbered!(FlagNote, (String, Night), |g| (g.flag.clone(), g.night));

    fn about(&self) -> (String, Night) {
        (self.flag.clone(), self.night)
    }
    fn about_in_words(&self) -> String {
        format!("a note on {} of {}", self.flag, self.night)
    }
    fn said(&self) -> usize {
        usize::from(self.text.is_some())
    }
    fn fresh(&self, id: i64, recorded_at: DateTime<Utc>) -> FlagNote {
        FlagNote {
            id,
            flag: self.flag.clone(),
            action: self.action,
            night: self.night,
            text: self.text.clone(),
            recorded_at: self.recorded_at.unwrap_or(recorded_at),
        }
    }
    fn apply(&self, g: &mut FlagNote) {
        g.action = self.action;
        keep(&mut g.text, self.text.clone());
        put_time(&mut g.recorded_at, self.recorded_at);
    }
}

/// One look of the analysis in `diary.json`.
#[derive(Debug, PartialEq)]
pub(super) struct LookRow {
    id: Option<i64>,
    cramp_nights: u32,
    night: Night,
    state: String,
    recorded_at: Option<DateTime<Utc>>,
}

impl LookRow {
    pub(super) fn read(row: &Row<'_>, place: &Place) -> Result<Self, Bad> {
        Ok(LookRow {
            id: row.whole("id", 1, i64::MAX)?,
            cramp_nights: Row::needed(
                "cramp_nights",
                row.whole("cramp_nights", 0, i64::from(u32::MAX))?,
            )?,
            night: Row::needed("night", row.night("night", place)?)?,
            state: Row::needed("state", row.raw("state").filter(|s| !s.is_empty()))?.to_string(),
            recorded_at: row.recorded_at(place)?,
        })
    }
}

impl Draft for LookRow {
    numbered!(Look, u32, |l| l.cramp_nights);

    fn about(&self) -> u32 {
        self.cramp_nights
    }
    fn about_in_words(&self) -> String {
        format!("the look at {} cramp nights", self.cramp_nights)
    }
    fn said(&self) -> usize {
        0
    }
    fn fresh(&self, id: i64, recorded_at: DateTime<Utc>) -> Look {
        Look {
            id,
            cramp_nights: self.cramp_nights,
            night: self.night,
            state: self.state.clone(),
            recorded_at: self.recorded_at.unwrap_or(recorded_at),
        }
    }
    /// A look the diary has taken itself stands: it says what was seen then.
    fn apply(&self, _look: &mut Look) {}
}
