//! Clock times and instants as files write them: with an offset, or as the clock on the wall showed them.

use chrono::{DateTime, Days, NaiveDateTime, Utc};

use crate::diary::moment::ClockTime;
use crate::diary::vocabulary::Certainty;
use crate::diary::{Moment, Zone};
use crate::import::row::{Place, iso_date, sane};

/// What a time has to look like.
const NOT_A_TIME: &str = "a time is written 2026-03-04T03:10:00+00:00, or 2026-03-04 03:10";

/// Reads an instant not after `latest`; the reason when it cannot be. `zone` is the one named beside it.
pub(super) fn read_clock(
    said: &str,
    zone: Option<&Zone>,
    place: &Place,
    latest: DateTime<Utc>,
) -> Result<ClockTime, &'static str> {
    let name = zone.map(Zone::name);
    let clock = match Moment::parse(said, name.as_deref()) {
        Some(moment) => ClockTime {
            // the diary keeps whole seconds
            moment: Moment {
                utc: DateTime::from_timestamp(moment.utc.timestamp(), 0).unwrap_or(moment.utc),
                ..moment
            },
            certainty: Certainty::Exact,
            face: None,
            zone_given: zone.is_some(),
        },
        None => {
            let local = local_time(said).ok_or(NOT_A_TIME)?;
            let (moment, certainty) = zone.unwrap_or(&place.zone).resolve(local, place.now);
            ClockTime {
                moment,
                certainty,
                face: Some(local),
                zone_given: zone.is_some(),
            }
        }
    };
    if clock.moment.utc > latest {
        return Err("the time is in the future");
    }
    if !sane(clock.moment.local().date()) {
        return Err(NOT_A_TIME);
    }
    Ok(clock)
}

/// Reads when something was written down; the reason when it cannot be.
pub(super) fn written_at(said: &str, place: &Place) -> Result<DateTime<Utc>, &'static str> {
    let at = match DateTime::parse_from_rfc3339(said) {
        Ok(at) => at.with_timezone(&Utc),
        Err(_) => {
            let local = local_time(said).ok_or(NOT_A_TIME)?;
            place.zone.resolve(local, place.now).0.utc
        }
    };
    // another computer's clock may be a little ahead; a day is not a little
    if at > place.now + Days::new(1) {
        return Err("the time is in the future");
    }
    if !sane(at.date_naive()) {
        return Err(NOT_A_TIME);
    }
    DateTime::from_timestamp(at.timestamp(), 0).ok_or(NOT_A_TIME)
}

fn local_time(said: &str) -> Option<NaiveDateTime> {
    let shapes = [
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M",
    ];
    // the date strictly, so that 26-3-4 is not taken for the year 26
    iso_date(said.get(..10)?)?;
    shapes
        .iter()
        .find_map(|shape| NaiveDateTime::parse_from_str(said, shape).ok())
}
