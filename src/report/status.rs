//! Where things stand: the last cramp, the nights that wait for an answer, what to do next.

use chrono::NaiveDate;
use serde::Serialize;

use crate::diary::{Diary, Episode, Night, NightState, Nights};
use crate::report::{echo, say};

/// How many nights back the status looks for missing answers.
pub const NIGHTS: i64 = 14;

/// Where things stand.
#[derive(Debug, Clone, Serialize)]
pub struct Status {
    schema: u32,
    kind: &'static str,
    /// The latest episode.
    pub last: Option<String>,
    /// Its number.
    pub last_id: Option<i64>,
    /// Nights of the last fortnight that wait for an answer, since the diary began.
    pub awaiting: Vec<Night>,
    /// The status in sentences.
    pub sentences: Vec<String>,
}

/// The status. `span` are the nights looked at, the last of them last night; `first` is the diary's first night.
pub fn status(
    diary: &Diary,
    span: Nights,
    first: Option<Night>,
    last: Option<&Episode>,
    today: NaiveDate,
) -> Status {
    let from = first.map(|f| f.max(span.from));
    let awaiting: Vec<Night> = from
        .map(|from| Nights { from, to: span.to })
        .map(|n| {
            n.iter()
                .filter(|n| !diary.is_excluded(*n) && diary.state(*n) == NightState::Unknown)
                .collect()
        })
        .unwrap_or_default();
    let described = last.map(|e| format!("#{} {}", e.id, echo::episode(e, today)));
    let mut sentences = Vec::new();
    match (&described, first) {
        (Some(line), _) => sentences.push(format!("Last cramp: {line}.")),
        (None, Some(_)) => sentences.push("No cramp logged yet.".to_string()),
        (None, None) => {
            sentences.push("This diary is empty. Three commands make a diary:".to_string());
            sentences.push("  cramp log left calf 6 3min    a cramp, just now".to_string());
            sentences.push("  cramp night calm              last night was calm".to_string());
            sentences.push("  cramp week                    the weekly report".to_string());
            sentences.push("'cramp demo' shows a made-up diary of half a year.".to_string());
        }
    }
    if first.is_some() {
        match awaiting.as_slice() {
            [] => sentences.push(match from.filter(|f| *f > span.from) {
                Some(from) => {
                    format!(
                        "Every night since {} has an answer.",
                        echo::night_words(from, today)
                    )
                }
                None => "Every night of the last two weeks has an answer.".to_string(),
            }),
            [one] => {
                sentences.push(format!(
                    "The night of {} has no answer yet.",
                    echo::night_words(*one, today)
                ));
                let word = if *one == span.to {
                    String::new()
                } else {
                    format!("{one} ")
                };
                sentences.push(format!(
                    "Was it calm? cramp night {word}calm — a cramp? cramp log {one} …"
                ));
            }
            many => {
                sentences.push(format!(
                    "{} of the last two weeks have no answer yet; the latest is {}.",
                    say::count(many.len(), "night"),
                    many.last()
                        .map(|n| echo::night_words(*n, today))
                        .unwrap_or_default()
                ));
                sentences.push("Answer them in a minute: cramp ask week".to_string());
            }
        }
    }
    Status {
        schema: 1,
        kind: "status",
        last: described,
        last_id: last.map(|e| e.id),
        awaiting,
        sentences,
    }
}
