//! Single clock words: a face (`03:10`, `3am`), a length of time (`1h30`), a written date and time.

use chrono::{DateTime, Duration, NaiveDateTime, NaiveTime, Utc};

use crate::diary::clock::ClockError;

/// Reads a length of time such as `2h`, `45min`, `1h30`, `90s`, `3 days` (as `3d`); `None` when it is none.
///
/// # Errors
/// `m` alone for more than an hour.
pub(crate) fn read_span(word: &str) -> Result<Option<Duration>, ClockError> {
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

/// A date with a clock time, with or without an offset.
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
