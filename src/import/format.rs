//! What other programs write: one trait, one file a format in `format/`, and the table of them.
//!
//! # How to add a format
//! Its file in `format/` with a unit struct that implements [`Format`], and its line in [`FORMATS`]. It recognises its file
//! by the names in it, never by their place, reads it as a stream, and hands each thing it finds to [`Gathered`], which
//! knows nights, limits and duplicates. It keeps nothing of the device's or owner's name, of places, or of notes.

mod govee;

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

/// Every format, in the order in which a file is held against them.
pub(crate) static FORMATS: &[&dyn Format] = &[&govee::Govee];

/// The format a file is of: the one asked for, or the one that is surest of it.
pub(crate) fn recognise(given: &Given, wanted: &Wanted) -> Option<(&'static dyn Format, Sure)> {
    let known = FORMATS.iter().copied();
    if let Some(name) = &wanted.format {
        let named = known.filter(|format| format.name() == name);
        let read = named.filter_map(|format| Some((format, format.recognise(given)?)));
        return read.last();
    }
    let sure = known.filter_map(|format| Some((format, format.recognise(given)?)));
    // the first of the surest
    sure.reduce(|best, next| if next.1 > best.1 { next } else { best })
}
