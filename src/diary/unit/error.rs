//! Why a typed quantity was refused, in words.

/// Why a word is not the quantity it should be.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum QuantityError {
    /// Not a number with or without a unit at all: some other word.
    #[error("'{word}' is not a number with a unit; write for example {example}")]
    NotAQuantity {
        /// What was typed.
        word: String,
        /// What it could look like.
        example: &'static str,
    },
    /// A number followed by something that is no unit here.
    #[error("'{word}': '{unit}' is not a unit known here; accepted: {accepted}")]
    UnknownUnit {
        /// What was typed.
        word: String,
        /// The part that is no unit.
        unit: String,
        /// The units accepted.
        accepted: String,
    },
    /// A known unit of something else.
    #[error("'{word}': '{unit}' does not fit here; accepted: {accepted}")]
    WrongUnit {
        /// What was typed.
        word: String,
        /// The unit.
        unit: String,
        /// The units accepted.
        accepted: String,
    },
    /// No unit where one is needed.
    #[error("'{word}' needs a unit; write for example {example}")]
    NeedsUnit {
        /// What was typed.
        word: String,
        /// The same number with the units it could have.
        example: String,
    },
    /// It could be read in two ways.
    #[error("'{word}' can be read in two ways; write {instead}")]
    Ambiguous {
        /// What was typed.
        word: String,
        /// Clear ways to write it.
        instead: String,
    },
    /// A negative amount of something that cannot be negative, or a number too large to be one.
    #[error("'{word}' is not possible: {why}")]
    Impossible {
        /// What was typed.
        word: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// Outside what is accepted.
    #[error("'{word}' is outside {accepted}")]
    OutOfRange {
        /// What was typed.
        word: String,
        /// The accepted range in words.
        accepted: String,
    },
}

impl QuantityError {
    /// True when the word is not a quantity of any kind, so that it may be read as another sort of word; false when
    /// it is recognisably a quantity whose value is impossible, ambiguous or of the wrong kind.
    pub(crate) fn is_another_word(&self) -> bool {
        matches!(
            self,
            QuantityError::NotAQuantity { .. } | QuantityError::UnknownUnit { .. }
        )
    }
}
