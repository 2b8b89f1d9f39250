//! What a command answers when it could not do what was asked, and the exit code for it.

use std::io::ErrorKind;

use serde::{Deserialize, Serialize};

use crate::store::StoreError;

/// Why a command gave no answer; the diary is then as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// The exit code the program would end with: 1 could not be done, 2 the words were not understood, 3 the diary
    /// cannot be read or trusted.
    pub code: u8,
    /// What was wrong, with the offending word; empty when the answer was given already.
    pub message: String,
    /// The way out, where there is one.
    pub hint: Option<String>,
}

/// A failure in the words of `cli.ftl`: `fail!(Words, "not-a-date", text)` when they were not understood, `Cannot` when
/// it could not be done. The way out is the hint of the message.
macro_rules! fail {
    ($kind:ident, $id:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        let (message, hint) = $crate::words::hinted!(cli, $id $(, $name $(= $value)?)*);
        $crate::cli::Failure::new($crate::cli::failure::Kind::$kind as u8, message, hint)
    }};
}
pub(crate) use fail;

/// The exit code where it could not be done, and where the words were not understood.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Cannot = 1,
    Words = 2,
}

impl Failure {
    pub(crate) fn new(code: u8, message: impl Into<String>, hint: Option<String>) -> Failure {
        let message = message.into();
        Failure {
            code,
            message,
            hint,
        }
    }

    /// Something that could not be done, and the way out.
    pub(crate) fn cannot(message: impl Into<String>, hint: Option<String>) -> Failure {
        Failure::new(Kind::Cannot as u8, message, hint)
    }

    /// Words that were not understood, as the reader of lines explains it.
    pub(crate) fn words(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Failure::new(Kind::Words as u8, message, Some(hint.into()))
    }

    /// Ends a command that has answered: with success, or with `code`.
    pub(crate) fn exit_unless(well: bool, code: u8) -> Result<(), Failure> {
        match well {
            true => Ok(()),
            false => Err(Failure::new(code, "", None)),
        }
    }

    /// The failure as the JSON object of the contract.
    pub(crate) fn json(&self) -> Option<String> {
        #[derive(Serialize)]
        struct Answer<'a> {
            schema: u32,
            error: &'a Failure,
        }
        let (schema, error) = (1, self);
        serde_json::to_string(&Answer { schema, error }).ok()
    }
}

impl From<StoreError> for Failure {
    fn from(e: StoreError) -> Self {
        let hint = Some(e.hint().to_string()).filter(|hint| !hint.is_empty());
        match e {
            StoreError::Stands(why) => Failure::cannot(why.to_string(), hint),
            _ => Failure::new(3, e.to_string(), hint),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(e: std::io::Error) -> Self {
        match e.kind() {
            // A closed pipe is success.
            ErrorKind::BrokenPipe => Failure::new(0, "", None),
            _ => Failure::cannot(e.to_string(), None),
        }
    }
}

impl From<crate::diary::ClockError> for Failure {
    fn from(e: crate::diary::ClockError) -> Self {
        Failure::words(e.to_string(), e.hint())
    }
}
