//! Single words of a time: a face (`03:10`, `3am`), a length of time (`1h30`), a written date and time.

use chrono::{DateTime, Duration, NaiveDateTime, NaiveTime, Utc};

use crate::diary::unit;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ClockError {
    /// Later than now.
    #[error("'{word}' is {when}, which is in the future")]
    Future {
        word: String,
        /// What it would have meant.
        when: String,
    },
    /// A day that has not been: `tomorrow`, `next week`.
    #[error("'{0}' is still to come")]
    ToCome(String),
    /// A day/month order that cannot be known.
    #[error("'{0}' could be two different dates")]
    Ambiguous(String),
    /// `m` may be minutes or months.
    #[error("'{0}' is unclear: m could be minutes or months")]
    UnclearUnit(String),
    /// Looks like a time but no clock shows it.
    #[error("'{0}' is not a time a clock shows")]
    NoSuchTime(String),
    #[error("two times: '{0}' and '{1}'")]
    Two(String, String),
    #[error("an empty time")]
    Empty,
}

impl ClockError {
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            ClockError::Future { .. } => {
                "write a time that has passed, for example 03:10, 'yesterday 03:10' or '2h ago'"
            }
            ClockError::ToCome(_) => {
                "the diary keeps what has been: write the day it happened, for example today or yesterday"
            }
            ClockError::Ambiguous(_) => "write dates as year-month-day, for example 2026-03-04",
            ClockError::UnclearUnit(_) => {
                "write min for minutes or h for hours, for example 90min or 1h30"
            }
            ClockError::NoSuchTime(_) => {
                "times are written 03:10, 3am or 2026-03-04T03:10; dates 2026-03-04"
            }
            ClockError::Two(..) => "give one time",
            ClockError::Empty => "leave it out to mean now, or write a time such as 03:10",
        }
    }
}

/// Reads a length of time such as `2h`, `45min`, `1h30`, `90s`, `3d`; `None` when it is none.
///
/// # Errors
/// `m` alone for more than an hour.
pub(crate) fn read_span(word: &str) -> Result<Option<Duration>, ClockError> {
    if !word.starts_with(|c: char| c.is_ascii_digit() || c == '.') || word.contains(',') {
        return Ok(None);
    }
    let Ok(quantity) = unit::parse(word) else {
        return Ok(None);
    };
    if quantity.unit.as_deref() == Some("m") && quantity.number > 60.0 {
        return Err(ClockError::UnclearUnit(word.to_string()));
    }
    let seconds = quantity.unit.as_ref().and(quantity.to("s", None).ok());
    // Whole seconds, of which a span of more than 30,000 years is refused as a time that never was.
    Ok(seconds.and_then(|s| Duration::try_seconds(s.round().min(1e12) as i64)))
}

/// A date with a clock time, with or without an offset.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum DateOrInstant {
    Local(NaiveDateTime),
    Exact(DateTime<Utc>),
}

/// `2026-03-04T03:10`, with seconds and offset or without.
pub(crate) fn read_date_time(word: &str) -> Option<DateOrInstant> {
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
pub(crate) fn read_clock(word: &str) -> Result<Option<NaiveTime>, ClockError> {
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
pub(crate) fn looks_like_a_date(word: &str) -> bool {
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
