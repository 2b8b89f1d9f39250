//! What is known of a night's factors: what the person said, and what was read where they said nothing.

use std::borrow::Cow;

use chrono::{DateTime, Duration, Utc};

use crate::diary::elsewhere::{ASLEEP, BED, Reading, UP};
use crate::diary::key::Diary;
use crate::diary::moment::{Moment, Night, Nights};
use crate::diary::record::ContextValue;

impl Diary {
    /// What is known of factors on a stretch of nights: the person's own values and, where they said nothing, the
    /// reading that covers most of the night. Sorted by night, then factor.
    pub(crate) fn known_values(&self, nights: Nights) -> Cow<'_, [ContextValue]> {
        if !self
            .values
            .is_sorted_by(|a, b| (a.night, &a.factor) <= (b.night, &b.factor))
        {
            let mut sorted = Diary {
                values: self.values.clone(),
                readings: self.readings.clone(),
                ..Diary::default()
            };
            sorted.sort();
            return Cow::Owned(sorted.known_values(nights).into_owned());
        }
        let own = self.values_in(nights);
        let readings = self.readings_in(nights).iter();
        let mut fullest: Vec<&Reading> = readings
            .filter(|r| r.counts() && ![BED, UP, ASLEEP].contains(&&*r.factor))
            .collect();
        if fullest.is_empty() {
            return Cow::Borrowed(own);
        }
        let covered = |r: &Reading| r.coverage.unwrap_or(1.0);
        fullest.sort_by(|a, b| {
            let by_coverage = covered(b).total_cmp(&covered(a));
            let name = (a.night, &a.factor).cmp(&(b.night, &b.factor));
            name.then(by_coverage).then(a.source.cmp(&b.source))
        });
        fullest
            .dedup_by(|later, first| (later.night, &later.factor) == (first.night, &first.factor));
        let mut all = own.to_vec();
        let said = |r: &Reading| {
            own.binary_search_by(|v| (v.night, &v.factor).cmp(&(r.night, &r.factor)))
                .is_ok()
        };
        all.extend(
            fullest
                .into_iter()
                .filter(|r| !said(r))
                .map(Reading::as_value),
        );
        all.sort_by(|a, b| (a.night, &a.factor).cmp(&(b.night, &b.factor)));
        Cow::Owned(all)
    }

    /// What counts of a night's readings of `factor`: the one that covers most.
    pub(crate) fn reading(&self, night: Night, factor: &str) -> Option<&Reading> {
        let readings = self.readings_in(Nights::ending(night, 1)).iter();
        let of = readings.filter(|r| &*r.factor == factor && r.counts());
        of.max_by(|a, b| {
            a.coverage
                .unwrap_or(1.0)
                .total_cmp(&b.coverage.unwrap_or(1.0))
        })
    }

    /// When the person went to bed and got up: as they said, else as a device read, whose clock time is taken to have had
    /// the offset of `at`. `None` where either is unknown or they are the wrong way round.
    pub(crate) fn in_bed(&self, night: Night, at: &Moment) -> Option<[DateTime<Utc>; 2]> {
        let said = self.nights.get(&night);
        let read = |factor| {
            let minutes = self.reading(night, factor)?.value;
            let noon = night.date().and_hms_opt(12, 0, 0)? - at.offset;
            Some(noon.and_utc() + Duration::seconds((minutes * 60.0) as i64))
        };
        let bed = said.and_then(|n| n.bed_at.as_ref()).map(|m| m.utc);
        let up = said.and_then(|n| n.up_at.as_ref()).map(|m| m.utc);
        let bed = bed.or_else(|| read(BED))?;
        let up = up.or_else(|| read(UP))?;
        (bed < up).then_some([bed, up])
    }
}
