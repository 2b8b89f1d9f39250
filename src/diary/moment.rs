//! When and whence: the night, the unit everything is kept under; instants with the offset and zone that were in force,
//! and what a clock face meant; where a record came from.

use std::sync::Arc;

use chrono::{
    DateTime, Datelike, Days, Duration, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime,
    Offset as _, Timelike, Utc,
};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use serde::Serialize;

use crate::diary::vocabulary::{Certainty, Origin};

/// One night, noon to noon, named by the date of its evening: 03:10 on 4 March belongs to the night of 3 March.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Night(NaiveDate);

impl Night {
    /// The night whose evening falls on `date`.
    pub(crate) fn of_evening(date: NaiveDate) -> Self {
        Night(date)
    }

    /// The night a local clock time belongs to: before noon it is still the night of the day before.
    pub(crate) fn of_local(local: NaiveDateTime) -> Self {
        let date = local.date();
        if local.hour() < 12 {
            Night(date.checked_sub_days(Days::new(1)).unwrap_or(date))
        } else {
            Night(date)
        }
    }

    /// The date of the evening.
    pub(crate) fn date(self) -> NaiveDate {
        self.0
    }

    /// Days since 1 January of year 1: a plain number for distances and regression.
    pub(crate) fn number(self) -> i32 {
        self.0.num_days_from_ce()
    }

    /// The night with this [`number`](Night::number).
    pub(crate) fn from_number(number: i32) -> Option<Self> {
        NaiveDate::from_num_days_from_ce_opt(number).map(Night)
    }

    /// The night `days` later (earlier if negative); stays put at the end of the calendar.
    pub(crate) fn plus(self, days: i64) -> Self {
        let moved = if days >= 0 {
            self.0.checked_add_days(Days::new(days.unsigned_abs()))
        } else {
            self.0.checked_sub_days(Days::new(days.unsigned_abs()))
        };
        Night(moved.unwrap_or(self.0))
    }

    /// Nights from `other` to `self`; negative when `self` is earlier.
    pub(crate) fn since(self, other: Night) -> i64 {
        (self.0 - other.0).num_days()
    }

    /// The local clock time at which `time` falls in this night.
    pub(crate) fn at(self, time: NaiveTime) -> NaiveDateTime {
        if time.hour() < 12 {
            self.plus(1).0.and_time(time)
        } else {
            self.0.and_time(time)
        }
    }
}

impl std::fmt::Display for Night {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // chrono's own form is ISO 8601 and needs no format to be parsed, a night after another
        write!(f, "{}", self.0)
    }
}

impl crate::words::Argument for Night {
    fn value(&self) -> crate::words::Value<'_> {
        self.0.to_string().into()
    }
}

impl std::str::FromStr for Night {
    type Err = chrono::ParseError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Night)
    }
}

impl serde::Serialize for Night {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Night {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A run of nights, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Nights {
    /// The first night.
    pub(crate) from: Night,
    /// The last night.
    pub(crate) to: Night,
}

impl Nights {
    /// The `count` nights that end with `last`; `count` below 1 is taken as 1.
    pub(crate) fn ending(last: Night, count: i64) -> Self {
        Nights {
            from: last.plus(1 - count.max(1)),
            to: last,
        }
    }

    /// How many nights; 0 when the ends are the wrong way round.
    pub(crate) fn len(self) -> usize {
        usize::try_from(self.to.since(self.from) + 1).unwrap_or(0)
    }

    /// True when the ends are the wrong way round.
    pub(crate) fn is_empty(self) -> bool {
        self.to < self.from
    }

    /// Whether `night` lies within.
    pub(crate) fn contains(self, night: Night) -> bool {
        self.from <= night && night <= self.to
    }

    /// Every night in order.
    pub(crate) fn iter(self) -> impl DoubleEndedIterator<Item = Night> {
        (self.from.number()..=self.to.number()).filter_map(Night::from_number)
    }
}

/// The rules that turn a clock time into an instant: a named zone, or a fixed offset.
#[derive(Debug, Clone, PartialEq)]
pub enum Zone {
    /// A zone of the IANA table, with its clock changes.
    Named(TimeZone),
    /// A fixed offset, used when no zone is known.
    Fixed(FixedOffset),
}

impl Default for Zone {
    fn default() -> Self {
        Zone::Named(TimeZone::UTC)
    }
}

impl Zone {
    /// A zone by its IANA name, or a fixed offset such as `+02:00`.
    pub fn named(name: &str) -> Option<Zone> {
        match TimeZone::get(name) {
            Ok(zone) if zone.iana_name().is_some() => Some(Zone::Named(zone)),
            _ => name.parse::<FixedOffset>().ok().map(Zone::Fixed),
        }
    }

    /// The name as it is stored beside an instant.
    pub(crate) fn name(&self) -> String {
        match self {
            Zone::Named(zone) => zone.iana_name().unwrap_or("UTC").to_string(),
            Zone::Fixed(offset) => offset.to_string(),
        }
    }

    /// The instant `utc` as the clock on this wall shows it.
    pub(crate) fn moment(&self, utc: DateTime<Utc>) -> Moment {
        let offset = match self {
            Zone::Named(zone) => {
                // the zone table ends with the year 9999, as the calendar of a diary does
                let instant = jiff::Timestamp::from_second(utc.timestamp()).unwrap_or_default();
                fixed(zone.to_offset(instant))
            }
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
        let zone = match self {
            Zone::Fixed(offset) => return (at(*offset), Certainty::Exact),
            Zone::Named(zone) => zone,
        };
        match zone.to_ambiguous_timestamp(civil(local)).offset() {
            AmbiguousOffset::Unambiguous { offset } => (at(fixed(offset)), Certainty::Exact),
            AmbiguousOffset::Fold { before, after } => {
                let (first, second) = (at(fixed(before)), at(fixed(after)));
                let just_now = second.utc <= now && now - second.utc < Duration::hours(3);
                (
                    if just_now { second } else { first },
                    Certainty::RepeatedHour,
                )
            }
            AmbiguousOffset::Gap { before, .. } => (at(fixed(before)), Certainty::SkippedHour),
        }
    }
}

/// An offset of the zone table as chrono holds it.
fn fixed(offset: Offset) -> FixedOffset {
    FixedOffset::east_opt(offset.seconds()).unwrap_or(Utc.fix())
}

/// A clock face as the zone table reads it, to the second.
fn civil(local: NaiveDateTime) -> jiff::civil::DateTime {
    let part = |number: u32| i8::try_from(number).unwrap_or(0);
    jiff::civil::DateTime::new(
        i16::try_from(local.year()).unwrap_or(i16::MAX),
        part(local.month()),
        part(local.day()),
        part(local.hour()),
        part(local.minute()),
        part(local.second()),
        0,
    )
    .unwrap_or(jiff::civil::DateTime::MAX)
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

/// Where a record came from: who or what, and optionally which (`import:carData`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Source {
    /// Person, import or device.
    pub(crate) origin: Origin,
    /// Which one, in free words.
    pub(crate) detail: Option<Arc<str>>,
}

impl Source {
    /// Typed by the person.
    pub(crate) const PERSON: Source = Source {
        origin: Origin::Person,
        detail: None,
    };
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.detail {
            Some(detail) => write!(f, "{}:{detail}", self.origin),
            None => write!(f, "{}", self.origin),
        }
    }
}

impl std::str::FromStr for Source {
    type Err = crate::diary::word::NotAWord;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (origin, detail) = match text.split_once(':') {
            Some((origin, detail)) => (origin, Some(Arc::from(detail))),
            None => (text, None),
        };
        Ok(Source {
            origin: origin.parse()?,
            detail,
        })
    }
}

impl Serialize for Source {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
