//! Where things stand: the last cramp, the nights that wait for an answer, what to do next.

use chrono::NaiveDate;
use serde::Serialize;

use crate::diary::{Diary, Episode, Night, Nights};
use crate::report::say::record::{self, night_words};
use crate::words::{lines, t};

/// How many nights back the status looks for missing answers.
pub(crate) const NIGHTS: i64 = 14;

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Status {
    schema: u32,
    kind: &'static str,
    pub(crate) last: Option<String>,
    pub(crate) last_id: Option<i64>,
    /// Nights of the last fortnight that wait for an answer, since the diary began.
    pub(crate) awaiting: Vec<Night>,
    pub(crate) sentences: Vec<String>,
}

/// The status. `span` are the nights looked at, the last of them last night; `first` is the diary's first night;
/// `is_blank` says that nothing at all is written down, not even a symptom or a course.
pub(crate) fn status(
    diary: &Diary,
    span: Nights,
    first: Option<Night>,
    last: Option<&Episode>,
    is_blank: bool,
    today: NaiveDate,
) -> Status {
    let from = first.map(|f| f.max(span.from));
    let since = from.map(|from| Nights { from, to: span.to });
    let awaiting = since.map_or_else(Vec::new, |nights| diary.unanswered(nights));
    let described = last.map(|e| format!("#{} {}", e.id, record::episode(e, today)));
    let mut sentences = match &described {
        Some(line) => vec![t!(status, "last-cramp", line)],
        None if !is_blank => vec![t!(status, "no-cramp").to_string()],
        None => lines!(status, "empty"),
    };
    if first.is_some() {
        // the diary is younger than a fortnight
        let young = from.filter(|f| *f > span.from);
        sentences.extend(unanswered(&awaiting, young, today));
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

/// Which nights wait for an answer. `young` is the first night of a diary younger than a fortnight.
fn unanswered(nights: &[Night], young: Option<Night>, today: NaiveDate) -> Vec<String> {
    let words = |night: Night| night_words(night, today);
    match nights {
        [] => vec![match young {
            None => t!(status, "all-answered").to_string(),
            Some(from) => t!(status, "all-answered-since", night = words(from)),
        }],
        [night] => vec![t!(status, "one-unanswered", night = words(*night))],
        [.., latest] => {
            let (n, latest) = (nights.len(), words(*latest));
            vec![t!(status, "unanswered", n, latest)]
        }
    }
}
