//! How numbers, lengths of time and dates are written, once for every text.

use chrono::{Datelike, NaiveDate};

use crate::words::message::t;

/// A date with its year, ISO 8601: `2026-03-03`.
pub(crate) fn date(date: NaiveDate) -> String {
    date.to_string()
}

/// A date of these days, where the year goes without saying: `Tue 3 Mar`.
pub(crate) fn short_day(date: NaiveDate) -> String {
    date.format("%a %-d %b").to_string()
}

/// The same in a list that may reach further back: `Tue 3 Mar`, in another year than today's `Mon 2025-03-03`.
pub(crate) fn day(date: NaiveDate, today: NaiveDate) -> String {
    if date.year() == today.year() {
        short_day(date)
    } else {
        date.format("%a %Y-%m-%d").to_string()
    }
}

/// A number with at most one decimal, never rounded to 0 when it is not 0.
pub(crate) fn number(x: f64) -> String {
    let rounded = (x * 10.0).round() / 10.0;
    if rounded == 0.0 && x != 0.0 {
        return format!("{x:.2}");
    }
    if (rounded - rounded.round()).abs() < 1e-9 {
        format!("{rounded:.0}")
    } else {
        format!("{rounded:.1}")
    }
}

/// A share from 0 to 1 as whole percent, without the sign.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

/// A rate ratio with two digits that never rounds to 0.
pub(crate) fn ratio(x: f64) -> String {
    if x >= 10.0 {
        format!("{x:.0}")
    } else if x >= 0.995 {
        format!("{x:.1}")
    } else if x >= 0.01 {
        format!("{x:.2}")
    } else {
        t!(count, "less-than-0-01").to_string()
    }
}

/// A share from 0 to 1 as so many of 100; never 0 or 100 by rounding alone.
pub(crate) fn of_100(share: f64) -> String {
    let of_100 = share * 100.0;
    if of_100 > 0.0 && of_100 < 1.0 {
        t!(count, "fewer-than-1").to_string()
    } else if of_100 < 100.0 && of_100 > 99.0 {
        t!(count, "more-than-99").to_string()
    } else {
        format!("{of_100:.0}")
    }
}

/// A p as it is printed.
pub(crate) fn p_value(p: f64) -> String {
    if p < 0.001 {
        "< 0.001".to_string()
    } else {
        format!("{p:.3}")
    }
}

/// A length of time: `40 s`, `3 min`, `1 h 30 min`.
pub(crate) fn duration(seconds: f64) -> String {
    let s = seconds.round();
    if s < 90.0 {
        return t!(count, "seconds", s = format!("{s:.0}"));
    }
    let minutes = (s / 60.0).round();
    if minutes < 90.0 {
        let min = if (s % 60.0).abs() < 1.0 {
            format!("{minutes:.0}")
        } else {
            number(s / 60.0)
        };
        return t!(count, "minutes", min);
    }
    let h = format!("{:.0}", (minutes / 60.0).floor());
    let minutes = minutes % 60.0;
    if minutes == 0.0 {
        t!(count, "hours", h)
    } else {
        t!(count, "hours-minutes", h, min = format!("{minutes:.0}"))
    }
}

/// `1 night`, `3 nights`.
pub(crate) fn nights(n: usize) -> String {
    t!(count, "nights", n)
}

/// `1 cramp`, `3 cramps`.
pub(crate) fn cramps(n: usize) -> String {
    t!(count, "cramps", n)
}
