//! Records as a list: nights with what was written about them.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value as Json;

use crate::diary::factor::Catalogue;
use crate::diary::{Diary, Night, NightState, Nights, Record};
use crate::report::echo;
use crate::report::say::record as words;

/// A stretch of nights and every record in it, the latest first.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Listing {
    schema: u32,
    kind: &'static str,
    /// First night.
    pub(crate) from: Night,
    /// Last night.
    pub(crate) to: Night,
    /// Nights about which anything is written.
    pub(crate) nights: Vec<NightEntry>,
    /// Nights of the stretch about which nothing is written.
    pub(crate) unrecorded: usize,
    /// Courses in force at any time of the stretch.
    pub(crate) courses: Vec<Line>,
    /// Excluded periods that touch the stretch.
    pub(crate) exclusions: Vec<Line>,
}

/// One night with its records.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NightEntry {
    /// Which night.
    pub(crate) night: Night,
    /// Its state.
    pub(crate) state: NightState,
    /// In words: `Tue 3 Mar`.
    pub(crate) title: String,
    /// Its records.
    pub(crate) records: Vec<Line>,
    /// Factor values in one line.
    pub(crate) values: String,
}

/// One record in a list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Line {
    /// Its reference.
    pub(crate) id: String,
    /// What it says.
    pub(crate) says: String,
    /// The record itself.
    pub(crate) record: Record,
}

/// One record in full.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Full {
    schema: u32,
    kind: &'static str,
    /// Its reference.
    pub(crate) id: String,
    /// Its fields in order; null is unknown.
    pub(crate) fields: Vec<(String, Json)>,
}

/// The records of a stretch of nights.
pub(crate) fn listing(
    diary: &Diary,
    span: Nights,
    catalogue: &Catalogue,
    today: NaiveDate,
) -> Listing {
    let line = |record: Record| Line {
        id: record.key().to_string(),
        says: words::line(&record, catalogue, today),
        record,
    };
    let mut nights: Vec<NightEntry> = Vec::new();
    let mut unrecorded = 0;
    for night in span.iter().rev() {
        let mut records: Vec<Line> = Vec::new();
        let answered = diary.nights.get(&night);
        records.extend(answered.map(|n| line(Record::Night(n.clone()))));
        records.extend(
            diary
                .episodes_of(night)
                .iter()
                .map(|e| line(Record::Episode(e.clone()))),
        );
        let here = |n: Night| n == night;
        records.extend(
            diary
                .symptoms
                .iter()
                .filter(|s| here(s.night))
                .map(|s| line(Record::Symptom(s.clone()))),
        );
        records.extend(
            diary
                .intakes
                .iter()
                .filter(|i| here(i.night))
                .map(|i| line(Record::Intake(i.clone()))),
        );
        records.extend(
            diary
                .events
                .iter()
                .filter(|e| here(e.night))
                .map(|e| line(Record::Event(e.clone()))),
        );
        let values = diary.values_of(night);
        if records.is_empty() && values.is_empty() {
            unrecorded += 1;
            continue;
        }
        let words = values.iter().map(|v| {
            let shown = catalogue.find(&v.factor).map(|f| f.show(&v.value));
            format!("{}={}", v.factor, shown.unwrap_or_default())
        });
        nights.push(NightEntry {
            night,
            state: diary.state(night),
            title: words::night_words(night, today),
            values: words.collect::<Vec<_>>().join("  "),
            records,
        });
    }
    let touches = |from: NaiveDate, to: Option<NaiveDate>| {
        from <= span.to.date() && to.is_none_or(|to| to >= span.from.date())
    };
    let courses = diary.courses.iter().filter(|c| touches(c.start, c.stop));
    let exclusions = diary
        .exclusions
        .iter()
        .filter(|x| touches(x.from.date(), Some(x.to.date())));
    Listing {
        schema: 1,
        kind: "list",
        from: span.from,
        to: span.to,
        nights,
        unrecorded,
        courses: courses.map(|c| line(Record::Course(c.clone()))).collect(),
        exclusions: exclusions
            .map(|x| line(Record::Exclusion(x.clone())))
            .collect(),
    }
}

/// One record with every field.
pub(crate) fn full(record: &Record) -> Full {
    let fields = match serde_json::to_value(record) {
        Ok(Json::Object(map)) => map
            .into_iter()
            .filter(|(name, _)| name != "record")
            .collect(),
        _ => Vec::new(),
    };
    Full {
        schema: 1,
        kind: echo::kind_of(&record.key()),
        id: record.key().to_string(),
        fields,
    }
}
