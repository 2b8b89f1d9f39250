//! What happened near a change of level, in words that make nothing a cause.

use crate::diary::record::Event;
use crate::diary::{Course, Night};
use crate::report::near::Near;
use crate::report::say::print::printable;
use crate::report::say::record::course_words;

/// A course that began.
pub(crate) fn started(course: &Course) -> String {
    printable(&format!("{} started", course_words(course)))
}

/// A course that ended.
pub(crate) fn stopped(course: &Course) -> String {
    printable(&format!("{} stopped", course_words(course)))
}

/// An event, in the person's words.
pub(crate) fn event(event: &Event) -> String {
    printable(&event.text)
}

/// What lies near the change of about `night`; `None` when nothing does.
pub(crate) fn sentence(night: Night, near: &[Near]) -> Option<String> {
    let list: Vec<String> = near
        .iter()
        .map(|near| format!("{} ({})", near.what, near.night))
        .collect();
    let that = match near.len() {
        0 => return None,
        1 => "That this coincides in time does not make it the cause.",
        _ => "That these coincide in time does not make any of them the cause.",
    };
    Some(format!(
        "Near the change of about {night}: {}. {that}",
        list.join(", ")
    ))
}
