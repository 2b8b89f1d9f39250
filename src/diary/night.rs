//! The night: the unit everything is kept under. It runs noon to noon and is named by the date of its evening.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

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

#[cfg(test)]
mod tests {
    use super::*;

    fn night(text: &str) -> Night {
        text.parse().unwrap()
    }

    #[test]
    fn small_hours_belong_to_the_evening_before() {
        let at =
            |t: &str| Night::of_local(NaiveDateTime::parse_from_str(t, "%Y-%m-%d %H:%M").unwrap());
        assert_eq!(at("2026-03-04 03:10"), night("2026-03-03"));
        assert_eq!(at("2026-03-04 11:59"), night("2026-03-03"));
        assert_eq!(at("2026-03-04 12:00"), night("2026-03-04"));
        assert_eq!(at("2026-03-03 23:50"), night("2026-03-03"));
        assert_eq!(at("2028-03-01 00:10"), night("2028-02-29"));
    }

    #[test]
    fn a_range_counts_both_ends() {
        let week = Nights::ending(night("2026-03-03"), 7);
        assert_eq!((week.from, week.len()), (night("2026-02-25"), 7));
        assert_eq!(week.iter().count(), 7);
        assert_eq!(
            Nights {
                from: week.to,
                to: week.from
            }
            .len(),
            0
        );
    }
}
