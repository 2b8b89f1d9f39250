//! `symptoms.csv`: things noticed between cramps, and things asked and absent.

use chrono::{DateTime, NaiveDate, Utc};

use crate::diary::moment::ClockTime as Clock;
use crate::diary::night::Night;
use crate::diary::record::Symptom;
use crate::diary::unit::LONGEST_AFTER_S;
use crate::diary::vocabulary::{BroughtOn, RelievedBy, Side, SymptomName};
use crate::import::doses::night_near;
use crate::import::episodes::{keep, put_time};
use crate::import::outcome::Bad;
use crate::import::row::{Place, Row};
use crate::import::settle::Draft;

/// One row of `symptoms.csv`.
#[derive(Debug, PartialEq)]
pub(super) struct SymptomRow {
    id: Option<i64>,
    noticed_at: Clock,
    night: Night,
    symptom: SymptomName,
    present: bool,
    side: Option<Side>,
    severity: Option<u8>,
    brought_on: Option<BroughtOn>,
    relieved_by: Option<RelievedBy>,
    lasts_s: Option<u32>,
    since: Option<NaiveDate>,
    text: Option<String>,
    recorded_at: Option<DateTime<Utc>>,
}

impl SymptomRow {
    pub(super) fn read(row: &Row<'_>, place: &Place) -> Result<Self, Bad> {
        let noticed_at = Row::needed("noticed_at", row.clock("noticed_at", "zone", place)?)?;
        Ok(SymptomRow {
            id: row.whole("id", 1, i64::MAX)?,
            night: night_near(row, &noticed_at, place)?,
            noticed_at,
            symptom: Row::needed("symptom", row.word("symptom")?)?,
            present: Row::needed("present", row.flag("present")?)?,
            side: row.word("side")?,
            severity: row.whole("severity", 0, 10)?,
            brought_on: row.word("brought_on")?,
            relieved_by: row.word("relieved_by")?,
            lasts_s: row.whole("lasts_s", 0, i64::from(LONGEST_AFTER_S))?,
            since: row.past_date("since", place)?,
            text: row.text("text")?,
            recorded_at: row.recorded_at(place)?,
        })
    }
}

impl Draft for SymptomRow {
    type Record = Symptom;
    type About = (Night, SymptomName);
    const ID_IS_A_HINT: bool = false;

    fn id(&self) -> Option<i64> {
        self.id
    }
    fn about(&self) -> Self::About {
        (self.night, self.symptom)
    }
    fn about_in_words(&self) -> String {
        format!("{} in the night of {}", self.symptom, self.night)
    }
    fn said(&self) -> usize {
        [
            self.side.is_some(),
            self.severity.is_some(),
            self.brought_on.is_some(),
            self.relieved_by.is_some(),
            self.lasts_s.is_some(),
            self.since.is_some(),
            self.text.is_some(),
        ]
        .into_iter()
        .filter(|said| *said)
        .count()
    }
    fn fresh(&self, id: i64, recorded_at: DateTime<Utc>) -> Symptom {
        let mut symptom = Symptom {
            id,
            noticed_at: self.noticed_at.moment.clone(),
            night: self.night,
            symptom: self.symptom,
            present: self.present,
            side: None,
            severity: None,
            brought_on: None,
            relieved_by: None,
            lasts_s: None,
            since: None,
            text: None,
            recorded_at,
        };
        self.apply(&mut symptom);
        symptom
    }
    fn apply(&self, s: &mut Symptom) {
        s.noticed_at = self.noticed_at.settle(Some(&s.noticed_at));
        s.present = self.present;
        keep(&mut s.side, self.side);
        keep(&mut s.severity, self.severity);
        keep(&mut s.brought_on, self.brought_on);
        keep(&mut s.relieved_by, self.relieved_by);
        keep(&mut s.lasts_s, self.lasts_s);
        keep(&mut s.since, self.since);
        keep(&mut s.text, self.text.clone());
        put_time(&mut s.recorded_at, self.recorded_at);
    }
    fn id_of(s: &Symptom) -> i64 {
        s.id
    }
    fn about_of(s: &Symptom) -> Self::About {
        (s.night, s.symptom)
    }
    fn recorded_at_of(s: &Symptom) -> DateTime<Utc> {
        s.recorded_at
    }
}
