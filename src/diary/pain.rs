//! Pain from 0 to 10 in steps of a half.

use crate::diary::unit::{QuantityError, score, show};

/// Pain from 0 to 10, in steps of a half.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pain {
    halves: u8,
}

impl Pain {
    /// The pain of this score; `None` outside 0 to 10 and between the halves.
    pub(crate) fn of(score: f64) -> Option<Pain> {
        let halves = score * 2.0;
        ((0.0..=20.0).contains(&halves) && halves.fract() == 0.0).then_some(Pain {
            halves: halves as u8,
        })
    }

    /// 0 to 10.
    pub(crate) fn score(self) -> f64 {
        f64::from(self.halves) / 2.0
    }

    /// The whole number it is; `None` for a half.
    pub(crate) fn whole(self) -> Option<u8> {
        self.halves.is_multiple_of(2).then_some(self.halves / 2)
    }
}

impl std::fmt::Display for Pain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&show(self.score()))
    }
}

impl serde::Serialize for Pain {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self.whole() {
            Some(whole) => s.serialize_u8(whole),
            None => s.serialize_f64(self.score()),
        }
    }
}

/// Reads a pain: `7`, `7/10`, `4.5`.
///
/// # Errors
/// As [`score`], and a fraction that is not a half.
pub(crate) fn pain(word: &str) -> Result<Pain, QuantityError> {
    let between =
        || QuantityError::OutOfRange(word.to_string(), "0 to 10 in steps of a half".to_string());
    Pain::of(score(word, 10.0)?).ok_or_else(between)
}
