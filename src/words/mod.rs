//! Texts by id: every sentence, label and heading stands in a Fluent file of `src/words/en/`, one a topic, and is asked
//! for with [`t`] where it is used. A file is parsed when the first of its messages is needed, and only then.
//!
//! Numbers and dates come in as text made by [`number`] and its neighbours, so that one place decides how they are
//! written; a count comes in as a number, so that Fluent can choose the plural.

mod help;
pub(crate) mod message;
mod number;
mod printable;

pub(crate) use crate::words::help::HELP;
pub(crate) use crate::words::message::{Argument, Value, hinted, lines, t};
pub(crate) use crate::words::number::{
    cramps, date, day, duration, nights, number, of_100, p_value, percent, ratio, short_day,
};
#[cfg(test)]
pub(crate) use crate::words::printable::LETTERS;
pub(crate) use crate::words::printable::printable;
