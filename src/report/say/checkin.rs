//! The questions of the morning check-in.

use crate::diary::Night;
use crate::report::say;

/// What may be answered to a question of yes and no.
pub(crate) const ANSWERS: &str = "answer y or n, or Enter";
/// The same in short, behind a question.
pub(crate) const YES_NO: &str = "y/n";

/// A reply that answers nothing.
pub(crate) fn no_answer(reply: &str) -> String {
    format!("'{reply}' is neither yes nor no")
}

/// Whether there was a cramp.
pub(crate) fn outcome(night: Night) -> String {
    format!("Night of {}: was there a cramp? [y/n]", say::night(night))
}

/// A factor of a night: its own question, or its `label` where it has none; `form` is what may be answered.
pub(crate) fn factor(question: &str, label: &str, night: Night, form: &str) -> String {
    let asked = if question.is_empty() {
        format!("{label}?")
    } else {
        question.to_string()
    };
    format!("{asked} ({}) [{form}]", say::night(night))
}

/// What is said at the end.
pub(crate) fn thanks(answers: usize) -> String {
    match answers {
        0 => "Nothing was written.".to_string(),
        n => format!(
            "{} written. Undo the last one: cramp undo",
            say::count(n, "answer")
        ),
    }
}
