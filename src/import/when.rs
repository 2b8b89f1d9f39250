//! Times as other programs write them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};

use crate::diary::vocabulary::Certainty;
use crate::diary::{Moment, Zone};
use crate::import::wanted::{Stop, Wanted};

/// An instant with its offset, or a clock time in year-month-day order; `None` for anything else, since the order of day
/// and month is never guessed.
///
/// # Errors
/// A clock time without an offset, and no zone was given.
pub(crate) fn iso(said: &str, wanted: &Wanted) -> Result<Option<(Moment, Certainty)>, Stop> {
    let spaced = said.replacen(' ', "T", 1);
    if let Ok(at) = DateTime::parse_from_rfc3339(&spaced) {
        let moment = wanted.lived_in().moment(at.to_utc());
        // an offset that is not this zone's was lived elsewhere; Z says nothing of where
        let elsewhere = *at.offset() != moment.offset && at.offset().local_minus_utc() != 0;
        let moment = match elsewhere {
            true => Zone::Fixed(*at.offset()).moment(at.to_utc()),
            false => moment,
        };
        return Ok(Some((moment, Certainty::Exact)));
    }
    let forms = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"];
    let mut read = forms
        .iter()
        .filter_map(|form| NaiveDateTime::parse_from_str(&spaced, form).ok());
    read.next().map(|local| wanted.local(local)).transpose()
}

/// A date and a clock time of 12 or 24 hours (`6:50 pm`, `14:58`), in separate columns.
pub(crate) fn date_and_clock(date: &str, clock: &str) -> Option<NaiveDateTime> {
    let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
    let clock = clock.to_lowercase().replace(' ', "");
    let forms = ["%I:%M%P", "%H:%M", "%H:%M:%S"];
    let mut read = forms
        .iter()
        .filter_map(|form| NaiveTime::parse_from_str(&clock, form).ok());
    Some(date.and_time(read.next()?))
}

/// A duration `h:mm:ss` in minutes; one below zero is none.
pub(crate) fn minutes(said: &str) -> Option<f64> {
    let parts: Vec<u32> = said
        .split(':')
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    match parts.as_slice() {
        [hours, minutes, seconds] if *minutes < 60 && *seconds < 60 => {
            Some(f64::from(*hours) * 60.0 + f64::from(*minutes) + f64::from(*seconds) / 60.0)
        }
        _ => None,
    }
}
