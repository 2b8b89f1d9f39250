//! When the person was in bed in a night: as they said, as a device read, or else at the usual hours.

use chrono::{DateTime, Duration, NaiveTime, Utc};

use crate::diary::elsewhere::{BED, ReadingDraft, UP};
use crate::diary::{Diary, Night, Zone};

/// When nobody said when the person was in bed, this part of the night stands for it (local time).
const USUAL_BED: (u32, u32) = (22, 0);
const USUAL_UP: (u32, u32) = (7, 0);

/// The usual hours of a night, seconds since 1970.
pub(crate) fn usual(night: Night, zone: &Zone, now: DateTime<Utc>) -> [i64; 2] {
    [USUAL_BED, USUAL_UP].map(|(hour, minute)| {
        let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
        zone.resolve(night.at(time), now).0.utc.timestamp()
    })
}

/// When the person was in bed, seconds since 1970: as they said, as a device read (`slept` what is brought in now, sorted
/// by night), or else at the usual hours.
pub(crate) fn in_bed(
    diary: &Diary,
    slept: &[ReadingDraft],
    night: Night,
    zone: &Zone,
    now: DateTime<Utc>,
) -> [i64; 2] {
    let said = diary.nights.get(&night);
    let local = |minutes: f64| {
        let noon = night.date().and_time(NaiveTime::MIN) + Duration::hours(12);
        zone.resolve(noon + Duration::seconds((minutes * 60.0) as i64), now)
            .0
    };
    let from = slept.partition_point(|draft| draft.night < night);
    let fresh = slept.get(from..).unwrap_or_default();
    let fresh = || fresh.iter().take_while(|draft| draft.night == night);
    let read = |factor: &str| {
        let kept = diary.reading(night, factor).map(|r| r.value);
        let now = fresh().find(|draft| &*draft.factor == factor);
        now.map(|draft| draft.value).or(kept).map(local)
    };
    let bed = said.and_then(|n| n.bed_at.clone()).or_else(|| read(BED));
    let up = said.and_then(|n| n.up_at.clone()).or_else(|| read(UP));
    let [usual_bed, usual_up] = usual(night, zone, now);
    [
        bed.map_or(usual_bed, |at| at.utc.timestamp()),
        up.map_or(usual_up, |at| at.utc.timestamp()),
    ]
}
