//! A zip archive as `cramp export` writes it, made files again. What it says of itself is not believed: neither how much
//! comes out of it, nor where its files would lie.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

/// The most files of an archive.
const MOST: usize = 64;
/// The most that may come out of one, bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// Why an archive cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// It cannot be read, in the words of its reader.
    Broken(String),
    /// More files than an export has.
    TooMany,
    /// More comes out of it than is taken.
    TooLarge,
    /// A file in a folder, or one that would lie elsewhere.
    Placed(String),
    /// Two files of one name, of which one would be lost.
    Twice,
}

/// Whether bytes begin as a zip archive does.
pub(crate) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The names in an archive on disk; `None` when it is none, or is broken.
pub(crate) fn names(path: &std::path::Path) -> Option<Vec<String>> {
    let zip = ZipArchive::new(std::fs::File::open(path).ok()?).ok()?;
    Some(
        zip.file_names()
            .filter_map(|name| Some(name.ok()?.into_owned()))
            .collect(),
    )
}

/// The files of an archive, name and content, in their order.
///
/// # Errors
/// [`Unfit`]; nothing is taken of such an archive.
pub(crate) fn files(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Unfit> {
    files_within(bytes, MOST, LARGEST)
}

/// The same with other limits.
pub(crate) fn files_within(
    bytes: &[u8],
    most: usize,
    largest: u64,
) -> Result<Vec<(String, Vec<u8>)>, Unfit> {
    let broken = |error: ZipError| Unfit::Broken(error.to_string());
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if zip.len() > most {
        return Err(Unfit::TooMany);
    }
    if zip.has_duplicate_names() {
        return Err(Unfit::Twice);
    }
    let (mut files, mut left) = (Vec::new(), largest);
    for at in 0..zip.len() {
        let file = zip.by_index(at).map_err(broken)?;
        let name = file.name().map_err(broken)?.into_owned();
        let is_plain = file.is_file() && !name.contains(['/', '\\', ':', '\0']) && name != "..";
        if !is_plain {
            return Err(Unfit::Placed(name));
        }
        let mut content = Vec::new();
        let read = file.take(left + 1).read_to_end(&mut content);
        let read = read.map_err(|error| Unfit::Broken(error.to_string()))?;
        left = left.checked_sub(read as u64).ok_or(Unfit::TooLarge)?;
        files.push((name, content));
    }
    Ok(files)
}
