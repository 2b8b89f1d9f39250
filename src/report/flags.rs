//! Patterns that deserve a medical check, as the person reads them.

use serde::Serialize;

/// One pattern that deserves a medical check.
#[derive(Debug, Clone, Serialize)]
pub struct Flag {
    /// The rule's id.
    pub id: String,
}
