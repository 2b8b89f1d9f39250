//! The words beside bars on a terminal.

use crate::diary::Night;
use crate::report::bars::Bar;
use crate::report::say;
use crate::report::say::chart::{interval, rate};

/// Heading over weeks.
pub const WEEKS: &str = "Week by week";
/// Heading over months.
pub const MONTHS: &str = "Month by month";
/// Column head of weeks, which are named by their first night.
pub const FROM: &str = "From";
/// Column head of months.
pub const MONTH: &str = "Month";
/// The other column heads.
pub const HEAD: [&str; 3] = ["Cramps a week", "95 % interval", "Recorded"];
/// The same where there is no room for bars.
pub const NARROW_HEAD: &str = "cramps a week, 95 % interval, nights recorded";
/// In place of a bar where nobody wrote anything down; never a bar of no length.
pub const NOT_RECORDED: &str = "not recorded";
/// In place of a bar where statistics skip every night.
pub const LEFT_OUT: &str = "left out";
/// What the bar of a well recorded stretch means.
pub const SOLID: &str = "rate";
/// What the bar of a stretch with few recorded nights means.
pub const HOLLOW: &str = "rate from few recorded nights";
/// What stands at the end of a bar.
pub const UPPER: &str = "upper end of the interval";
/// What stands at the end of the row instead.
pub const BEYOND: &str = "beyond the edge";

/// Two nights and all between: `2026-02-25 to 2026-03-03`.
pub fn span(from: Night, to: Night) -> String {
    format!("{from} to {to}")
}

/// `5 of 7`.
pub fn recorded(bar: &Bar) -> String {
    format!("{} of {}", bar.recorded, bar.nights)
}

/// Earlier rows that are not shown.
pub fn earlier(n: usize) -> String {
    format!(
        "{} before these: cramp trend --plain, or cramp chart trend --out trend.png",
        say::count(n, "month")
    )
}

/// A row as a sentence, for those who hear it.
pub fn sentence(bar: &Bar) -> String {
    let label = &bar.span;
    let Some(e) = &bar.rate else {
        return if bar.nights == 0 {
            format!("{label}: left out of statistics.")
        } else {
            format!(
                "{label}: not recorded (0 of {}).",
                say::count(bar.nights, "night")
            )
        };
    };
    format!(
        "{label}: {} cramps a week, 95 % interval {}, {} recorded.",
        rate(e.value),
        interval(e),
        format_args!("{} of {}", bar.recorded, say::count(bar.nights, "night"))
    )
}
