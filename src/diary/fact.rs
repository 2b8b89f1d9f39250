//! Facts about the person.

use crate::diary::clock::Now;
use crate::diary::entry::LineError;

/// Reads the value of one fact.
///
/// # Errors
/// An impossible value.
pub fn read_value(_key: &str, value: &str, _now: &Now) -> Result<String, LineError> {
    Ok(value.to_string())
}

/// Whether a fact may have several values.
pub fn is_many(_key: &str) -> bool {
    true
}

/// The key's one spelling.
///
/// # Errors
/// An unknown fact.
pub fn known_key(name: &str) -> Result<String, LineError> {
    Ok(name.to_string())
}
