//! Patterns that deserve a medical check, as the person reads them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::diary::{Diary, Key};

/// Nights back from the present that an entry's flags may look at.
pub const ENTRY_NIGHTS: i64 = 400;
/// Nights back from the day asked for that any flag looks at.
pub const LOOKBACK_NIGHTS: i64 = 400;

/// One pattern that deserves a medical check.
#[derive(Debug, Clone, Serialize)]
pub struct Flag {
    /// The rule's id.
    pub id: String,
}

/// All flags.
#[derive(Debug, Clone, Serialize)]
pub struct FlagsReport {
    /// Those in force.
    pub flags: Vec<Flag>,
}

/// Flags that new records fire.
pub fn at_entry(_diary: &Diary, _as_of: NaiveDate, _new: &[Key]) -> Vec<Flag> {
    Vec::new()
}

/// Flags in force.
pub fn flags(_diary: &Diary, _as_of: NaiveDate) -> FlagsReport {
    FlagsReport { flags: Vec::new() }
}
