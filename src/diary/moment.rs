//! Instants with the offset and zone that were in force, and what a clock face meant.

use std::sync::Arc;

use chrono::{DateTime, Duration, FixedOffset, LocalResult, NaiveDateTime, Offset, TimeZone, Utc};

use crate::diary::night::Night;
use crate::diary::vocabulary::Certainty;

/// The rules that turn a clock time into an instant: a named zone, or a fixed offset.
#[derive(Debug, Clone, PartialEq)]
pub enum Zone {
    /// A zone of the IANA table, with its clock changes.
    Named(chrono_tz::Tz),
    /// A fixed offset, used when no zone is known.
    Fixed(FixedOffset),
}

impl Zone {
    /// A zone by its IANA name, or a fixed offset such as `+02:00`.
    pub fn named(name: &str) -> Option<Zone> {
        if let Ok(tz) = name.parse::<chrono_tz::Tz>() {
            return Some(Zone::Named(tz));
        }
        name.parse::<FixedOffset>().ok().map(Zone::Fixed)
    }

    /// The name as it is stored beside an instant.
    pub(crate) fn name(&self) -> String {
        match self {
            Zone::Named(tz) => tz.name().to_string(),
            Zone::Fixed(offset) => offset.to_string(),
        }
    }

    /// The instant `utc` as the clock on this wall shows it.
    pub(crate) fn moment(&self, utc: DateTime<Utc>) -> Moment {
        let offset = match self {
            Zone::Named(tz) => tz.offset_from_utc_datetime(&utc.naive_utc()).fix(),
            Zone::Fixed(offset) => *offset,
        };
        Moment {
            utc,
            offset,
            zone: Arc::from(self.name()),
        }
    }

    /// What instant a clock time was.
    ///
    /// A time the clock showed twice is the first of the two, unless the second is the latest one not after
    /// `now` and less than three hours ago (someone logging what has just happened). A time the clock jumped over
    /// is read with the offset before the jump, so 01:30 becomes 02:30. Both are marked, neither refused.
    pub(crate) fn resolve(&self, local: NaiveDateTime, now: DateTime<Utc>) -> (Moment, Certainty) {
        let at = |offset: FixedOffset| {
            let utc = DateTime::<Utc>::from_naive_utc_and_offset(local - offset, Utc);
            self.moment(utc)
        };
        match self {
            Zone::Fixed(offset) => (at(*offset), Certainty::Exact),
            Zone::Named(tz) => match tz.offset_from_local_datetime(&local) {
                LocalResult::Single(offset) => (at(offset.fix()), Certainty::Exact),
                LocalResult::Ambiguous(first, second) => {
                    let (first, second) = (at(first.fix()), at(second.fix()));
                    let just_now = second.utc <= now && now - second.utc < Duration::hours(3);
                    (
                        if just_now { second } else { first },
                        Certainty::RepeatedHour,
                    )
                }
                LocalResult::None => {
                    let before = tz
                        .offset_from_utc_datetime(&(local - Duration::hours(26)))
                        .fix();
                    (at(before), Certainty::SkippedHour)
                }
            },
        }
    }
}

/// An instant as it was lived: UTC, the offset in force, and the name of the zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Moment {
    /// The instant.
    pub(crate) utc: DateTime<Utc>,
    /// The offset of the clock on the wall.
    pub(crate) offset: FixedOffset,
    /// The zone's name, or the offset written out where no zone was known.
    pub(crate) zone: Arc<str>,
}

impl Moment {
    /// What the clock on the wall showed.
    pub(crate) fn local(&self) -> NaiveDateTime {
        self.utc.with_timezone(&self.offset).naive_local()
    }

    /// The night it belongs to, by the clock on the wall.
    pub(crate) fn night(&self) -> Night {
        Night::of_local(self.local())
    }

    /// RFC 3339 with the offset, to the second.
    pub(crate) fn rfc3339(&self) -> String {
        self.utc
            .with_timezone(&self.offset)
            .to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
    }

    /// Reads RFC 3339; `zone` names the zone, or the offset is taken as its name.
    pub(crate) fn parse(text: &str, zone: Option<&str>) -> Option<Moment> {
        let at = DateTime::parse_from_rfc3339(text).ok()?;
        let name = zone.map_or_else(|| at.offset().to_string(), str::to_string);
        Some(Moment {
            utc: at.with_timezone(&Utc),
            offset: *at.offset(),
            zone: Arc::from(name),
        })
    }
}

/// A clock time as a file writes it, and how much of it was said.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ClockTime {
    /// The instant it was read as.
    pub(crate) moment: Moment,
    /// How sure that is.
    pub(crate) certainty: Certainty,
    /// The face of the clock, where the offset from UTC was not written.
    pub(crate) face: Option<NaiveDateTime>,
    /// The zone was named.
    pub(crate) zone_given: bool,
}

impl ClockTime {
    /// The moment to keep, `kept` being the one the diary has: that one when it says the same.
    pub(crate) fn settle(&self, kept: Option<&Moment>) -> Moment {
        match kept {
            Some(kept) if self.says(kept) => kept.clone(),
            _ => self.moment.clone(),
        }
    }

    fn says(&self, kept: &Moment) -> bool {
        if self.zone_given && kept.zone != self.moment.zone {
            return false;
        }
        let Some(face) = self.face else {
            return kept.utc.timestamp() == self.moment.utc.timestamp()
                && kept.offset == self.moment.offset;
        };
        // without an offset only the face of the clock was said, wherever that was: it is what the kept zone showed, or
        // jumped over
        let there = || Zone::named(&kept.zone).map(|zone| zone.resolve(face, kept.utc).0.utc);
        kept.local() == face || there() == Some(kept.utc)
    }
}

impl From<ClockTime> for Moment {
    fn from(time: ClockTime) -> Self {
        time.moment
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.utc, self.offset.local_minus_utc(), &self.zone).cmp(&(
            other.utc,
            other.offset.local_minus_utc(),
            &other.zone,
        ))
    }
}

impl serde::Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&self.rfc3339())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn london() -> Zone {
        Zone::named("Europe/London").unwrap()
    }
    fn clock(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }
    fn utc(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text)
            .unwrap()
            .with_timezone(&Utc)
    }

    #[test]
    fn a_repeated_hour_is_the_first_unless_it_just_happened() {
        let morning = utc("2026-10-25T08:00:00Z");
        let (first, mark) = london().resolve(clock("2026-10-25 01:30"), morning);
        assert_eq!(
            (first.rfc3339().as_str(), mark),
            ("2026-10-25T01:30:00+01:00", Certainty::RepeatedHour)
        );
        let (second, _) = london().resolve(clock("2026-10-25 01:30"), utc("2026-10-25T01:35:00Z"));
        assert_eq!(second.rfc3339(), "2026-10-25T01:30:00+00:00");
        let (early, _) = london().resolve(clock("2026-10-25 01:30"), utc("2026-10-25T00:35:00Z"));
        assert_eq!(early.rfc3339(), "2026-10-25T01:30:00+01:00");
    }

    #[test]
    fn a_skipped_hour_moves_on_by_the_jump() {
        let (at, mark) = london().resolve(clock("2026-03-29 01:30"), utc("2026-03-29T08:00:00Z"));
        assert_eq!(
            (at.rfc3339().as_str(), mark),
            ("2026-03-29T02:30:00+01:00", Certainty::SkippedHour)
        );
    }

    #[test]
    fn a_fixed_offset_is_a_zone_of_its_own() {
        let zone = Zone::named("+05:30").unwrap();
        let (at, mark) = zone.resolve(clock("2026-03-04 03:10"), utc("2026-03-04T08:00:00Z"));
        assert_eq!(
            (at.rfc3339().as_str(), mark),
            ("2026-03-04T03:10:00+05:30", Certainty::Exact)
        );
        assert_eq!(&*at.zone, "+05:30");
    }
}
