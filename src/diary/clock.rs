//! Clock words: "03:10", "yesterday 3am", "2h ago", "mon 2:30", "-1", given `now`. The past is always preferred.

use chrono::{
    DateTime, Datelike, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc, Weekday,
};

use crate::diary::moment::{Moment, Zone};
use crate::diary::night::Night;
use crate::diary::vocabulary::Certainty;

/// The present, and the zone of the clock on the wall.
#[derive(Debug, Clone, PartialEq)]
pub struct Now {
    /// The instant.
    pub utc: DateTime<Utc>,
    /// The zone clock words are read in.
    pub zone: Zone,
}

impl Now {
    /// The present as a moment.
    pub fn moment(&self) -> Moment {
        self.zone.moment(self.utc)
    }

    /// What the clock on the wall shows.
    pub fn local(&self) -> NaiveDateTime {
        self.moment().local()
    }

    /// Today's date on the wall.
    pub fn today(&self) -> NaiveDate {
        self.local().date()
    }

    /// The night of yesterday's date, whatever the hour: the one a morning answer is about.
    pub fn last_night(&self) -> Night {
        Night::of_evening(self.today()).plus(-1)
    }

    /// The night that now belongs to (noon to noon).
    pub fn this_night(&self) -> Night {
        self.moment().night()
    }
}

/// What clock words meant.
#[derive(Debug, Clone, PartialEq)]
pub struct When {
    /// The instant, when a clock time was given.
    pub at: Option<Moment>,
    /// The night it belongs to.
    pub night: Night,
    /// How sure the instant is.
    pub certainty: Certainty,
}

/// Why clock words were refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// Later than now.
    #[error("'{word}' is {when}, which is in the future")]
    Future {
        /// What was written.
        word: String,
        /// What it would have meant.
        when: String,
    },
    /// A day/month order that cannot be known.
    #[error("'{0}' could be two different dates")]
    Ambiguous(String),
    /// `m` may be minutes or months.
    #[error("'{0}' is unclear: m could be minutes or months")]
    UnclearUnit(String),
    /// Looks like a time but no clock shows it.
    #[error("'{0}' is not a time a clock shows")]
    NoSuchTime(String),
    /// Two times in one line.
    #[error("two times: '{0}' and '{1}'")]
    Two(String, String),
    /// Nothing was written.
    #[error("an empty time")]
    Empty,
}

impl ClockError {
    /// The way out.
    pub fn hint(&self) -> &'static str {
        match self {
            ClockError::Future { .. } => {
                "write a time that has passed, for example 03:10, 'yesterday 03:10' or '2h ago'"
            }
            ClockError::Ambiguous(_) => "write dates as year-month-day, for example 2026-03-04",
            ClockError::UnclearUnit(_) => {
                "write min for minutes or h for hours, for example 90min or 1h30"
            }
            ClockError::NoSuchTime(_) => {
                "times are written 03:10, 3am or 2026-03-04T03:10; dates 2026-03-04"
            }
            ClockError::Two(..) => "give one time",
            ClockError::Empty => "leave it out for now, or write a time such as 03:10",
        }
    }
}

/// The pieces of a time as they are met, word by word.
#[derive(Debug, Clone, Default, PartialEq)]
struct Pieces {
    day: Option<Day>,
    clock: Option<NaiveTime>,
    about: bool,
    instant: Option<NaiveDateTime>,
    exact: Option<DateTime<Utc>>,
    words: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Day {
    Date(NaiveDate),
    Weekday(Weekday),
    LastNight,
    NightsAgo(i64),
}

/// Reads clock words one after another, so that they may stand anywhere in a line.
#[derive(Debug, Clone)]
pub struct ClockReader<'n> {
    now: &'n Now,
    pieces: Pieces,
}

impl<'n> ClockReader<'n> {
    /// A reader that has met no clock word yet.
    pub fn new(now: &'n Now) -> Self {
        ClockReader {
            now,
            pieces: Pieces::default(),
        }
    }

    /// Takes as many leading words of `words` as belong to a time; 0 when the first is no clock word.
    ///
    /// # Errors
    /// A word that is clearly meant as a time but cannot be one.
    pub fn take(&mut self, words: &[&str]) -> Result<usize, ClockError> {
        let Some(first) = words.first() else {
            return Ok(0);
        };
        let word = first.trim().to_lowercase();
        let second = words.get(1).map(|w| w.trim().to_lowercase());
        if word == "now" {
            return self
                .note(first, |p, now| p.exact = Some(now.utc))
                .map(|()| 1);
        }
        if word == "last" && second.as_deref() == Some("night") {
            self.set_day(first, Day::LastNight)?;
            return Ok(2);
        }
        if second.as_deref() == Some("ago")
            && let Some(span) = read_span(&word)?
        {
            self.note(&format!("{first} ago"), |p, now| {
                p.exact = now.utc.checked_sub_signed(span);
                p.about = true;
            })?;
            return Ok(2);
        }
        if let Some(day) = self.read_day(&word)? {
            self.set_day(first, day)?;
            return Ok(1);
        }
        if let Some(at) = read_date_time(&word) {
            self.note(first, |p, _| match at {
                DateOrInstant::Local(local) => p.instant = Some(local),
                DateOrInstant::Exact(utc) => p.exact = Some(utc),
            })?;
            return Ok(1);
        }
        let (about, face) = match word.strip_prefix('~') {
            Some(rest) => (true, rest.to_string()),
            None => (false, word.clone()),
        };
        if let Some(clock) = read_clock(&face)? {
            if let Some(earlier) = self.pieces.clock.and(self.pieces.words.last()) {
                return Err(ClockError::Two(earlier.clone(), (*first).to_string()));
            }
            self.pieces.clock = Some(clock);
            self.pieces.about |= about;
            self.pieces.words.push((*first).to_string());
            return Ok(1);
        }
        if looks_like_a_date(&word) {
            return Err(ClockError::Ambiguous((*first).to_string()));
        }
        Ok(0)
    }

    /// What the words met so far mean; `None` when there were none.
    ///
    /// # Errors
    /// A time in the future.
    pub fn finish(self) -> Result<Option<When>, ClockError> {
        let Pieces {
            day,
            clock,
            about,
            instant,
            exact,
            words,
        } = self.pieces;
        let now = self.now;
        let written = words.join(" ");
        let mark = |certainty: Certainty| {
            if about && certainty == Certainty::Exact {
                Certainty::About
            } else {
                certainty
            }
        };
        if let Some(utc) = exact {
            let at = now.zone.moment(utc);
            return check(&written, now, at, mark(Certainty::Exact)).map(Some);
        }
        let at_local = |local: NaiveDateTime| {
            let (at, certainty) = now.zone.resolve(local, now.utc);
            (at, mark(certainty))
        };
        if let Some(local) = instant {
            let (at, certainty) = at_local(local);
            return check(&written, now, at, certainty).map(Some);
        }
        match (day, clock) {
            (None, None) => Ok(None),
            (None, Some(time)) => {
                let mut found = at_local(now.today().and_time(time));
                if found.0.utc > now.utc {
                    found = at_local(back(now.today(), 1).and_time(time));
                }
                check(&written, now, found.0, found.1).map(Some)
            }
            (Some(day), Some(time)) => {
                let local = match day {
                    Day::Date(date) => date.and_time(time),
                    Day::LastNight => past_at(now, now.last_night(), time),
                    Day::NightsAgo(n) => Night::of_evening(now.today()).plus(-n).at(time),
                    Day::Weekday(weekday) => {
                        let today = now.today();
                        let days = (today.weekday().num_days_from_monday() + 7
                            - weekday.num_days_from_monday())
                            % 7;
                        let date = back(today, u64::from(days));
                        if date.and_time(time) > now.local() {
                            back(date, 7).and_time(time)
                        } else {
                            date.and_time(time)
                        }
                    }
                };
                let (at, certainty) = at_local(local);
                check(&written, now, at, certainty).map(Some)
            }
            (Some(day), None) => {
                let night = night_of(day, now);
                if night.date() > now.today() {
                    return Err(ClockError::Future {
                        word: written,
                        when: format!("the night of {night}"),
                    });
                }
                Ok(Some(When {
                    at: None,
                    night,
                    certainty: Certainty::Unknown,
                }))
            }
        }
    }

    fn read_day(&self, word: &str) -> Result<Option<Day>, ClockError> {
        let today = self.now.today();
        Ok(match word {
            "today" | "tonight" => Some(Day::Date(today)),
            "yesterday" => Some(Day::Date(back(today, 1))),
            "last" => Some(Day::LastNight),
            "mon" | "monday" => Some(Day::Weekday(Weekday::Mon)),
            "tue" | "tues" | "tuesday" => Some(Day::Weekday(Weekday::Tue)),
            "wed" | "wednesday" => Some(Day::Weekday(Weekday::Wed)),
            "thu" | "thur" | "thurs" | "thursday" => Some(Day::Weekday(Weekday::Thu)),
            "fri" | "friday" => Some(Day::Weekday(Weekday::Fri)),
            "sat" | "saturday" => Some(Day::Weekday(Weekday::Sat)),
            "sun" | "sunday" => Some(Day::Weekday(Weekday::Sun)),
            _ => {
                if let Some(n) = word.strip_prefix('-').and_then(|n| n.parse::<i64>().ok()) {
                    return Ok(Some(Day::NightsAgo(n)));
                }
                if word.len() == 10 && word.as_bytes().get(4) == Some(&b'-') {
                    let date = NaiveDate::parse_from_str(word, "%Y-%m-%d");
                    return date
                        .map(|d| Some(Day::Date(d)))
                        .map_err(|_| ClockError::NoSuchTime(word.to_string()));
                }
                None
            }
        })
    }

    fn set_day(&mut self, word: &str, day: Day) -> Result<(), ClockError> {
        if let Some(earlier) = self.pieces.day.and(self.pieces.words.first()) {
            return Err(ClockError::Two(earlier.clone(), word.to_string()));
        }
        self.pieces.day = Some(day);
        self.pieces.words.push(word.to_string());
        Ok(())
    }

    fn note(&mut self, word: &str, set: impl FnOnce(&mut Pieces, &Now)) -> Result<(), ClockError> {
        if let Some(earlier) = self.pieces.words.first() {
            return Err(ClockError::Two(earlier.clone(), word.to_string()));
        }
        set(&mut self.pieces, self.now);
        self.pieces.words.push(word.to_string());
        Ok(())
    }
}

/// Reads a whole phrase as a time; `None` when any word of it is no clock word.
///
/// # Errors
/// As [`ClockReader::take`] and [`ClockReader::finish`].
pub fn read_when(text: &str, now: &Now) -> Result<Option<When>, ClockError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() {
        return Err(ClockError::Empty);
    }
    let mut reader = ClockReader::new(now);
    let mut rest = words.as_slice();
    while !rest.is_empty() {
        let taken = reader.take(rest)?;
        if taken == 0 {
            return Ok(None);
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    reader.finish()
}

/// Reads a length of time such as `2h`, `45min`, `1h30`, `90s`, `3 days` (as `3d`); `None` when it is none.
///
/// # Errors
/// `m` alone for more than an hour.
pub fn read_span(word: &str) -> Result<Option<Duration>, ClockError> {
    let mut total = 0_i64;
    let mut number = String::new();
    let mut unit = String::new();
    let mut any = false;
    let mut last_scale = 1_i64;
    let mut flush = |number: &mut String, unit: &mut String| -> Result<bool, ClockError> {
        let Ok(n) = number.parse::<f64>() else {
            return Ok(false);
        };
        let scale = match unit.as_str() {
            "s" | "sec" | "secs" | "second" | "seconds" => 1,
            "m" => {
                if n > 60.0 {
                    return Err(ClockError::UnclearUnit(word.to_string()));
                }
                60
            }
            "min" | "mins" | "minute" | "minutes" => 60,
            "h" | "hr" | "hrs" | "hour" | "hours" => 3_600,
            "d" | "day" | "days" => 86_400,
            "" if last_scale == 3_600 => 60,
            _ => return Ok(false),
        };
        last_scale = scale;
        #[allow(clippy::cast_possible_truncation)]
        {
            total = total.saturating_add((n * scale as f64).round().min(1e12) as i64);
        }
        number.clear();
        unit.clear();
        any = true;
        Ok(true)
    };
    for c in word.chars() {
        if c.is_ascii_digit() || c == '.' {
            if !unit.is_empty() && !flush(&mut number, &mut unit)? {
                return Ok(None);
            }
            number.push(c);
        } else {
            unit.push(c);
        }
    }
    if number.is_empty() || !flush(&mut number, &mut unit)? || !any {
        return Ok(None);
    }
    Ok(Duration::try_seconds(total))
}

enum DateOrInstant {
    Local(NaiveDateTime),
    Exact(DateTime<Utc>),
}

fn read_date_time(word: &str) -> Option<DateOrInstant> {
    if !word.contains('t') || word.len() < 15 {
        return None;
    }
    let upper = word.to_uppercase();
    if let Ok(at) = DateTime::parse_from_rfc3339(&upper) {
        return Some(DateOrInstant::Exact(at.with_timezone(&Utc)));
    }
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(&upper, form).ok())
        .map(DateOrInstant::Local)
}

/// A clock face: `03:10`, `3:10pm`, `3am`, `noon`, `midnight`.
fn read_clock(word: &str) -> Result<Option<NaiveTime>, ClockError> {
    match word {
        "noon" => return Ok(NaiveTime::from_hms_opt(12, 0, 0)),
        "midnight" => return Ok(NaiveTime::from_hms_opt(0, 0, 0)),
        _ => {}
    }
    let (face, half) = match (word.strip_suffix("am"), word.strip_suffix("pm")) {
        (Some(face), _) => (face, Some(false)),
        (_, Some(face)) => (face, Some(true)),
        _ => (word, None),
    };
    let no_such = || ClockError::NoSuchTime(word.to_string());
    let numeric = |s: &str| !s.is_empty() && s.len() <= 2 && s.bytes().all(|b| b.is_ascii_digit());
    let (hour, minute, second) = match face.split(':').collect::<Vec<_>>().as_slice() {
        [h, m] if numeric(h) && numeric(m) => (*h, *m, "0"),
        [h, m, s] if numeric(h) && numeric(m) && numeric(s) => (*h, *m, *s),
        [h] if half.is_some() && numeric(h) => (*h, "0", "0"),
        _ => return Ok(None),
    };
    if face.contains(':') && minute.len() != 2 {
        return Err(no_such());
    }
    let (Ok(hour), Ok(minute), Ok(second)) = (
        hour.parse::<u32>(),
        minute.parse::<u32>(),
        second.parse::<u32>(),
    ) else {
        return Ok(None);
    };
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return Err(no_such()),
        Some(pm) => hour % 12 + if pm { 12 } else { 0 },
    };
    NaiveTime::from_hms_opt(hour, minute, second)
        .map(Some)
        .ok_or_else(no_such)
}

/// `3/4`, `4.3.2026`, `03-04`: a date whose order would have to be guessed.
fn looks_like_a_date(word: &str) -> bool {
    ['/', '.', '-'].iter().any(|sep| {
        let parts: Vec<&str> = word.trim_end_matches('.').split(*sep).collect();
        let enough = if *sep == '.' {
            parts.len() == 3
        } else {
            (2..=3).contains(&parts.len())
        };
        enough
            && parts
                .iter()
                .all(|p| !p.is_empty() && p.len() <= 4 && p.bytes().all(|b| b.is_ascii_digit()))
    })
}

fn back(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(date)
}

/// `time` in `night`, or in the night before when that is still to come.
fn past_at(now: &Now, night: Night, time: NaiveTime) -> NaiveDateTime {
    let local = night.at(time);
    if local > now.local() {
        night.plus(-1).at(time)
    } else {
        local
    }
}

fn night_of(day: Day, now: &Now) -> Night {
    let today = now.today();
    match day {
        Day::Date(date) => Night::of_evening(date),
        Day::LastNight => now.last_night(),
        Day::NightsAgo(n) => Night::of_evening(today).plus(-n),
        Day::Weekday(weekday) => {
            let days =
                (today.weekday().num_days_from_monday() + 6 - weekday.num_days_from_monday()) % 7
                    + 1;
            Night::of_evening(back(today, u64::from(days)))
        }
    }
}

fn check(word: &str, now: &Now, at: Moment, certainty: Certainty) -> Result<When, ClockError> {
    if at.utc > now.utc {
        let when = at.local().format("%a %-d %b %Y %H:%M").to_string();
        return Err(ClockError::Future {
            word: word.to_string(),
            when,
        });
    }
    Ok(When {
        night: at.night(),
        at: Some(at),
        certainty,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(text: &str) -> Now {
        let at = DateTime::parse_from_rfc3339(text).unwrap();
        Now {
            utc: at.with_timezone(&Utc),
            zone: Zone::named("Europe/London").unwrap(),
        }
    }

    /// What `text` means at `at`: the local time or the night.
    fn means(text: &str, at: &str) -> String {
        match read_when(text, &now(at)) {
            Ok(Some(w)) => w.at.map_or(format!("night {}", w.night), |m| m.rfc3339()),
            Ok(None) => "no time".into(),
            Err(e) => e.to_string(),
        }
    }

    #[test]
    fn the_past_is_preferred() {
        // Wednesday 4 March 2026, 08:00 in London.
        let at = "2026-03-04T08:00:00Z";
        for (text, want) in [
            ("03:10", "2026-03-04T03:10:00+00:00"),
            ("3am", "2026-03-04T03:00:00+00:00"),
            ("23:50", "2026-03-03T23:50:00+00:00"),
            ("11:30pm", "2026-03-03T23:30:00+00:00"),
            ("12am", "2026-03-04T00:00:00+00:00"),
            ("12pm", "2026-03-03T12:00:00+00:00"),
            ("midnight", "2026-03-04T00:00:00+00:00"),
            ("now", "2026-03-04T08:00:00+00:00"),
            ("2h ago", "2026-03-04T06:00:00+00:00"),
            ("45min ago", "2026-03-04T07:15:00+00:00"),
            ("1h30 ago", "2026-03-04T06:30:00+00:00"),
            ("45m ago", "2026-03-04T07:15:00+00:00"),
            ("yesterday 03:10", "2026-03-03T03:10:00+00:00"),
            ("03:10 yesterday", "2026-03-03T03:10:00+00:00"),
            ("last night 3am", "2026-03-04T03:00:00+00:00"),
            ("last night 23:00", "2026-03-03T23:00:00+00:00"),
            ("-1 3am", "2026-03-04T03:00:00+00:00"),
            ("-2 3am", "2026-03-03T03:00:00+00:00"),
            ("mon 2:30", "2026-03-02T02:30:00+00:00"),
            ("wed 2:30", "2026-03-04T02:30:00+00:00"),
            ("wed 9:30", "2026-02-25T09:30:00+00:00"),
            ("2026-03-01 03:10", "2026-03-01T03:10:00+00:00"),
            ("2026-03-01T03:10", "2026-03-01T03:10:00+00:00"),
            ("2026-03-01T03:10:00+05:30", "2026-02-28T21:40:00+00:00"),
            ("2026-03-01", "night 2026-03-01"),
            ("yesterday", "night 2026-03-03"),
            ("last", "night 2026-03-03"),
            ("tonight", "night 2026-03-04"),
            ("-1", "night 2026-03-03"),
            ("wed", "night 2026-02-25"),
            ("tue", "night 2026-03-03"),
            ("hello", "no time"),
            ("7", "no time"),
        ] {
            assert_eq!(means(text, at), want, "{text}");
        }
    }

    #[test]
    fn after_midnight_yesterday_is_the_calendar_day_before() {
        let at = "2026-03-04T00:30:00Z";
        assert_eq!(means("yesterday 23:50", at), "2026-03-03T23:50:00+00:00");
        assert_eq!(means("last night 3am", at), "2026-03-03T03:00:00+00:00");
        assert_eq!(means("00:10", at), "2026-03-04T00:10:00+00:00");
        assert_eq!(means("last", at), "night 2026-03-03");
    }

    #[test]
    fn what_cannot_be_known_is_refused_by_name() {
        let at = "2026-03-04T08:00:00Z";
        for (text, want) in [
            (
                "2026-03-05",
                "'2026-03-05' is the night of 2026-03-05, which is in the future",
            ),
            (
                "today 09:00",
                "'today 09:00' is Wed 4 Mar 2026 09:00, which is in the future",
            ),
            ("3/4", "'3/4' could be two different dates"),
            ("4.3.2026", "'4.3.2026' could be two different dates"),
            ("2026-02-30", "'2026-02-30' is not a time a clock shows"),
            ("25:10", "'25:10' is not a time a clock shows"),
            ("13pm", "'13pm' is not a time a clock shows"),
            ("90m ago", "'90m' is unclear: m could be minutes or months"),
            ("03:10 04:10", "two times: '03:10' and '04:10'"),
            ("", "an empty time"),
        ] {
            assert_eq!(means(text, at), want, "{text}");
        }
    }

    #[test]
    fn a_clock_change_is_resolved_and_marked() {
        let read = |text: &str, at: &str| {
            let w = read_when(text, &now(at)).unwrap().unwrap();
            (w.at.unwrap().rfc3339(), w.certainty)
        };
        assert_eq!(
            read("01:30", "2026-10-25T08:00:00Z"),
            ("2026-10-25T01:30:00+01:00".into(), Certainty::RepeatedHour)
        );
        assert_eq!(
            read("01:30", "2026-03-29T08:00:00Z"),
            ("2026-03-29T02:30:00+01:00".into(), Certainty::SkippedHour)
        );
    }
}
