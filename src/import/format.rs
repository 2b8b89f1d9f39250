//! What a format of another program must do.

use crate::import::gathered::Gathered;
use crate::import::given::Given;
use crate::import::wanted::{Stop, Wanted};

/// How sure it is that a file is of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Sure {
    /// It has the names of the format, some of which others have, too.
    Likely,
    /// No other format looks like it.
    Certain,
}

/// A format of another program.
pub(crate) trait Format: Sync {
    /// Its name after `--as`, which is also the source kept with what it gave.
    fn name(&self) -> &'static str;

    /// Whether a file is of this format, by its kind, its name and its first bytes.
    fn recognise(&self, given: &Given) -> Option<Sure>;

    /// Reads a file and hands on what it says. Rows that cannot be taken are refused one by one.
    ///
    /// # Errors
    /// The file as a whole cannot be taken: cut off, hostile, without a unit, without a zone where one is needed.
    fn read(&self, given: &Given, wanted: &Wanted, out: &mut Gathered<'_>) -> Result<(), Stop>;
}
