//! The words beside bars on a terminal.

use crate::diary::Night;
use crate::report::bars::Bar;
use crate::report::say;
use crate::report::say::chart::{interval, rate};

/// Heading over weeks.
pub(crate) const WEEKS: &str = "Week by week";
/// Heading over months.
pub(crate) const MONTHS: &str = "Month by month";
/// Column head of weeks, which are named by their first night.
pub(crate) const FROM: &str = "From";
/// Column head of months.
pub(crate) const MONTH: &str = "Month";
/// The other column heads.
pub(crate) const HEAD: [&str; 3] = ["Cramps a week", "95 % interval", "Recorded"];
/// The same where there is no room for bars.
pub(crate) const NARROW_HEAD: &str = "cramps a week, 95 % interval, nights recorded";
/// In place of a bar where nobody wrote anything down; never a bar of no length.
pub(crate) const NOT_RECORDED: &str = "not recorded";
/// In place of a bar where statistics skip every night.
pub(crate) const LEFT_OUT: &str = "left out";
/// What the bar of a well recorded stretch means.
pub(crate) const SOLID: &str = "rate";
/// What the bar of a stretch with few recorded nights means.
pub(crate) const HOLLOW: &str = "rate from few recorded nights";
/// What stands at the end of a bar.
pub(crate) const UPPER: &str = "upper end of the interval";
/// What stands at the end of the row instead.
pub(crate) const BEYOND: &str = "beyond the edge";

/// Two nights and all between: `2026-02-25 to 2026-03-03`.
pub(crate) fn span(from: Night, to: Night) -> String {
    format!("{from} to {to}")
}

/// `5 of 7`.
pub(crate) fn recorded(bar: &Bar) -> String {
    format!("{} of {}", bar.recorded, bar.nights)
}

/// Earlier rows that are not shown.
pub(crate) fn earlier(n: usize) -> String {
    format!(
        "{} before these: cramp trend --plain, or cramp chart trend --out trend.png",
        say::count(n, "month")
    )
}

/// A row as a sentence, for those who hear it.
pub(crate) fn sentence(bar: &Bar) -> String {
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
