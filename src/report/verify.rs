//! Whether a diary still gives a page that was written earlier.

use serde::Serialize;

use crate::report::origin::MadeFrom;
use crate::report::say::page as say;

/// The answer to "does the diary still give this page?".
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Verdict {
    /// Version of the JSON shape.
    pub(crate) schema: u32,
    /// `verify`.
    pub(crate) kind: &'static str,
    /// Whether it does, to the byte.
    pub(crate) still_gives_it: bool,
    /// Whether the data of the period are the same.
    pub(crate) same_data: bool,
    /// Whether the same version of the program made it.
    pub(crate) same_program: bool,
    /// What the file says it was made from.
    pub(crate) file: MadeFrom,
    /// The same, from the diary now.
    pub(crate) diary: MadeFrom,
    /// The answer in words.
    pub(crate) sentence: String,
}

/// Compares what a `file` says it was made from with what the `diary` gives now; `same_bytes` when the page made again
/// is the file.
pub(crate) fn verdict(file: &MadeFrom, diary: &MadeFrom, same_bytes: bool) -> Verdict {
    let same_data = file.data_sha256 == diary.data_sha256;
    let same_program = file.program == diary.program;
    Verdict {
        schema: 1,
        kind: "verify",
        still_gives_it: same_bytes,
        same_data,
        same_program,
        file: file.clone(),
        diary: diary.clone(),
        sentence: say::verdict(same_bytes, same_data, same_program, &file.program),
    }
}
