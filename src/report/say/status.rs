//! Where things stand, in sentences.

use chrono::NaiveDate;

use crate::diary::Night;
use crate::report::say;
use crate::report::say::record::night_words;

/// Nothing but calm nights so far.
pub(crate) const NO_CRAMP: &str = "No cramp logged yet.";

/// What to do with an empty diary.
pub(crate) const EMPTY: [&str; 5] = [
    "This diary is empty. Three commands make a diary:",
    "  cramp log left calf 6 3min    a cramp, just now",
    "  cramp night calm              last night was calm",
    "  cramp week                    the weekly report",
    "'cramp demo' shows a made-up diary of half a year.",
];

/// The latest episode.
pub(crate) fn last_cramp(line: &str) -> String {
    format!("Last cramp: {line}.")
}

/// Which nights wait for an answer, and how to give it. `young` is the first night of a diary younger than a fortnight,
/// `last` is last night.
pub(crate) fn awaiting(
    nights: &[Night],
    young: Option<Night>,
    last: Night,
    today: NaiveDate,
) -> Vec<String> {
    match nights {
        [] => vec![young.map_or_else(
            || "Every night of the last two weeks has an answer.".to_string(),
            |from| {
                format!(
                    "Every night since {} has an answer.",
                    night_words(from, today)
                )
            },
        )],
        [one] => {
            let word = if *one == last {
                String::new()
            } else {
                format!("{one} ")
            };
            vec![
                format!(
                    "The night of {} has no answer yet.",
                    night_words(*one, today)
                ),
                format!("Was it calm? cramp night {word}calm — a cramp? cramp log {one} …"),
            ]
        }
        [.., latest] => vec![
            format!(
                "{} of the last two weeks have no answer yet; the latest is {}.",
                say::count(nights.len(), "night"),
                night_words(*latest, today)
            ),
            "Answer them in a minute: cramp ask week".to_string(),
        ],
    }
}
