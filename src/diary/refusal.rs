//! A line that was refused, and the way out.

use crate::diary::clock::ClockError;

/// A line that was refused: what was wrong and the way out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(crate) struct LineError {
    /// What was wrong, with the offending word.
    pub(crate) message: String,
    /// The way out.
    pub(crate) hint: String,
}

impl LineError {
    /// A refusal with its way out.
    pub(crate) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        LineError {
            message: message.into(),
            hint: hint.into(),
        }
    }
}

impl From<ClockError> for LineError {
    fn from(e: ClockError) -> Self {
        LineError::new(e.to_string(), e.hint())
    }
}
