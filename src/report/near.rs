//! What happened near a change of level: courses and events whose dates coincide with it, which makes nothing a cause.

use serde::Serialize;

use crate::diary::{Diary, Night};
use crate::report::say::print::printable;
use crate::report::say::record::course_words;
use crate::words::t;

/// Nights before the earliest and after the latest night of a change that still count as near it.
const REACH: i64 = 14;

/// A course that began or ended near a change, or an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Near {
    /// When.
    pub(crate) night: Night,
    /// What, in words.
    pub(crate) what: String,
}

/// What happened near a change that may have been on any night from `earliest` to `latest`, in order of time.
pub(crate) fn near(diary: &Diary, earliest: Night, latest: Night) -> Vec<Near> {
    let (from, to) = (earliest.plus(-REACH), latest.plus(REACH));
    let mut found = Vec::new();
    for course in &diary.courses {
        let name = course_words(course);
        let ends = [
            (Some(course.start), t!(record, "started", course = name)),
            (course.stop, t!(record, "stopped", course = name)),
        ];
        for (date, what) in ends {
            found.extend(date.map(|date| Near {
                night: Night::of_evening(date),
                what: printable(&what),
            }));
        }
    }
    found.extend(diary.events.iter().map(|event| Near {
        night: event.night,
        what: printable(&event.text),
    }));
    found.retain(|near| from <= near.night && near.night <= to);
    found.sort_by_key(|near| near.night);
    found
}

/// What lies near the change of about `night`, in words that make nothing a cause; `None` when nothing does.
pub(crate) fn sentence(night: Night, near: &[Near]) -> Option<String> {
    let list: Vec<String> = near
        .iter()
        .map(|near| format!("{} ({})", near.what, near.night))
        .collect();
    let what = list.join(", ");
    match near.len() {
        0 => None,
        1 => Some(t!(record, "near-one", night, what)),
        _ => Some(t!(record, "near-some", night, what)),
    }
}
