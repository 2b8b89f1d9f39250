//! Headings and legends of what stands on a terminal.

use crate::diary::{Night, NightState};
use crate::report::say;
use crate::report::weekly::StripNight;

/// Title of the trend.
pub(crate) const TREND: &str = "How it has moved";
/// Heading of the courses in the trend.
pub(crate) const BEFORE_AND_AFTER: &str = "Before and after";
/// Heading of the courses in the weekly report, and in a list.
pub(crate) const COURSES: &str = "Courses";
/// Heading of the marks on the time axis.
pub(crate) const MARKS: &str = "Marks";
/// Heading of what stood out.
pub(crate) const STOOD_OUT: &str = "Stood out (a description, not a cause)";
/// Heading of what is missing.
pub(crate) const MISSING: &str = "Missing";
/// Heading of the flags in the weekly report.
pub(crate) const FLAGS: &str = "Worth a medical check";
/// Heading of excluded periods in a list.
pub(crate) const LEFT_OUT: &str = "Left out of statistics";
/// A field of a record that nobody filled.
pub(crate) const UNKNOWN: &str = "unknown";

/// Marks of the strip of nights: cramp, calm, unknown, left out, times.
pub(crate) struct Marks {
    /// A night with a cramp.
    pub(crate) cramp: &'static str,
    /// A night without.
    pub(crate) calm: &'static str,
    /// A night nobody wrote about.
    pub(crate) unknown: &'static str,
    /// A night statistics skip.
    pub(crate) excluded: &'static str,
    /// Before the number of cramps, when more than one.
    pub(crate) times: &'static str,
    /// What they mean.
    pub(crate) legend: &'static str,
}

/// Marks for a terminal that shows UTF-8.
pub(crate) const FINE: Marks = Marks {
    cramp: "●",
    calm: "○",
    unknown: "·",
    excluded: "–",
    times: "×",
    legend: "● cramp (×2: two)   ○ calm   · not recorded   – left out",
};

/// Marks for any other.
pub(crate) const ASCII: Marks = Marks {
    cramp: "#",
    calm: "o",
    unknown: ".",
    excluded: "-",
    times: "x",
    legend: "# cramp (x2: two)   o calm   . not recorded   - left out",
};

/// The title of the weekly report.
pub(crate) fn week(from: Night, to: Night) -> String {
    format!("Week of {from} to {to}")
}

/// A night of the strip as a sentence.
pub(crate) fn strip_night(night: &StripNight) -> String {
    let state = match night.state {
        _ if night.excluded => "left out".to_string(),
        NightState::Calm => "calm".to_string(),
        NightState::Unknown => "not recorded".to_string(),
        NightState::Cramp => {
            let n = night.cramps.unwrap_or(1);
            let pain = night
                .severity_max
                .map(|s| format!(", worst pain {s} of 10"))
                .unwrap_or_default();
            format!("{}{pain}", say::count(n, "cramp"))
        }
    };
    format!("{}: {state}", say::night(night.night))
}

/// Nothing is written about a stretch of nights.
pub(crate) fn nothing_recorded(from: Night, to: Night) -> String {
    format!("Nothing recorded from {from} to {to}.")
}

/// How many nights of a list nothing is written about.
pub(crate) fn unrecorded(nights: usize, from: Night, to: Night) -> String {
    format!(
        "{} without a record between {from} and {to}: unknown, not calm.",
        say::count(nights, "night")
    )
}
