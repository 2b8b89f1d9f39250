//! What a command answers when it could not do what was asked, and the exit code for it.

use serde::Serialize;

use crate::store::StoreError;

/// What was wrong, with the offending word, and the way out.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

/// Why a command ends early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The words were not understood (exit 2).
    Words(Refusal),
    /// It could not be done (exit 1).
    Cannot(Refusal),
    /// The diary cannot be trusted or read (exit 3).
    Diary(StoreError),
    /// A stream failed; a closed pipe is success.
    Stream(std::io::Error),
    /// The answer was given; end with this code.
    Exit(u8),
}

/// A failure in the words of `cli.ftl`: `fail!(Words, "not-a-date", text)`. The way out is the hint of the message.
macro_rules! fail {
    ($kind:ident, $id:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::cli::Failure::$kind({
            let (message, hint) = $crate::words::hinted!(cli, $id $(, $name $(= $value)?)*);
            $crate::cli::failure::Refusal { message, hint }
        })
    };
}
pub(crate) use fail;

impl Failure {
    /// Words that were not understood, as the reader of lines explains it.
    pub(crate) fn words(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Failure::Words(Refusal {
            message: message.into(),
            hint: Some(hint.into()),
        })
    }

    /// Something that could not be done, and the way out.
    pub(crate) fn cannot(message: impl Into<String>, hint: Option<String>) -> Self {
        Failure::Cannot(Refusal {
            message: message.into(),
            hint,
        })
    }

    /// The exit code.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Failure::Words(_) => 2,
            Failure::Cannot(_) => 1,
            Failure::Diary(_) => 3,
            Failure::Stream(e) if e.kind() == std::io::ErrorKind::BrokenPipe => 0,
            Failure::Stream(_) => 1,
            Failure::Exit(code) => *code,
        }
    }

    /// What was wrong; `None` when the answer was given already.
    pub(crate) fn message(&self) -> Option<String> {
        match self {
            Failure::Words(refusal) | Failure::Cannot(refusal) => Some(refusal.message.clone()),
            Failure::Diary(e) => Some(e.to_string()),
            Failure::Stream(e) if e.kind() == std::io::ErrorKind::BrokenPipe => None,
            Failure::Stream(e) => Some(e.to_string()),
            Failure::Exit(_) => None,
        }
    }

    /// The way out, if there is one.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Failure::Words(refusal) | Failure::Cannot(refusal) => refusal.hint.clone(),
            Failure::Diary(e) => Some(e.hint().to_string()).filter(|h| !h.is_empty()),
            Failure::Stream(_) | Failure::Exit(_) => None,
        }
    }

    /// The failure as the JSON object of the contract.
    pub(crate) fn json(&self) -> Option<String> {
        #[derive(Serialize)]
        struct Inner {
            code: u8,
            message: String,
            hint: Option<String>,
        }
        #[derive(Serialize)]
        struct Outer {
            schema: u32,
            error: Inner,
        }
        let error = Inner {
            code: self.code(),
            message: self.message()?,
            hint: self.hint(),
        };
        serde_json::to_string(&Outer { schema: 1, error }).ok()
    }
}

impl From<StoreError> for Failure {
    fn from(e: StoreError) -> Self {
        Failure::Diary(e)
    }
}

impl From<std::io::Error> for Failure {
    fn from(e: std::io::Error) -> Self {
        Failure::Stream(e)
    }
}

impl From<crate::diary::ClockError> for Failure {
    fn from(e: crate::diary::ClockError) -> Self {
        Failure::words(e.to_string(), e.hint())
    }
}
