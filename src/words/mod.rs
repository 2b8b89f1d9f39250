//! Texts by id: every sentence, label and heading stands in a Fluent file of `src/words/en/`, one a topic, and is asked
//! for with [`t`] where it is used. A file is parsed when the first of its messages is needed, and only then.
//!
//! Numbers and dates come in as text made by [`number`] and its neighbours, so that one place decides how they are
//! written; a count comes in as a number, so that Fluent can choose the plural.

#[cfg_attr(not(feature = "web"), allow(dead_code))]
pub(crate) mod message;
mod number;
mod printable;

pub(crate) use crate::words::message::{Argument, Value, hinted, lines, t};
pub(crate) use crate::words::number::{
    cramps, date, day, duration, nights, number, of_100, p_value, percent, ratio, short_day,
};
#[cfg(test)]
pub(crate) use crate::words::printable::LETTERS;
pub(crate) use crate::words::printable::printable;

/// Declares the pages of help: each is a topic and the Markdown of its name below `en/help/`.
macro_rules! pages {
    ($($topic:literal),+ $(,)?) => {
        /// The topic and the page of each, in the order they are listed.
        pub(crate) const HELP: &[(&str, &str)] = &[
            $((
                $topic,
                include_str!(concat!("en/help/", $topic, ".md")),
            )),+
        ];
    };
}

pages!(
    "dates",
    "night",
    "units",
    "factors",
    "import",
    "bring-in",
    "relief",
    "prevention",
    "experiments",
    "cohort",
    "flags",
    "statistics",
    "handover",
    "privacy",
    "pages",
    "recipes",
    "sources",
);
