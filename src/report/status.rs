//! Where things stand: the last cramp, the nights that wait for an answer, what to do next.

use chrono::NaiveDate;
use serde::Serialize;

use crate::diary::{Diary, Episode, Night, NightState, Nights};
use crate::report::say::{record as words, status as say};

/// How many nights back the status looks for missing answers.
pub(crate) const NIGHTS: i64 = 14;

/// Where things stand.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Status {
    schema: u32,
    kind: &'static str,
    /// The latest episode.
    pub(crate) last: Option<String>,
    /// Its number.
    pub(crate) last_id: Option<i64>,
    /// Nights of the last fortnight that wait for an answer, since the diary began.
    pub(crate) awaiting: Vec<Night>,
    /// The status in sentences.
    pub(crate) sentences: Vec<String>,
}

/// The status. `span` are the nights looked at, the last of them last night; `first` is the diary's first night.
pub(crate) fn status(
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
    let described = last.map(|e| format!("#{} {}", e.id, words::episode(e, today)));
    let mut sentences = match (&described, first) {
        (Some(line), _) => vec![say::last_cramp(line)],
        (None, Some(_)) => vec![say::NO_CRAMP.to_string()],
        (None, None) => say::EMPTY.map(str::to_string).to_vec(),
    };
    if first.is_some() {
        // the diary is younger than a fortnight
        let young = from.filter(|f| *f > span.from);
        sentences.extend(say::awaiting(&awaiting, young, span.to, today));
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
