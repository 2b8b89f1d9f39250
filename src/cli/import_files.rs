//! The files of a diary that `cramp import` is given: of a folder, of an archive, or one.

use std::path::Path;

use crate::cli::Failure;
use crate::cli::export::cannot_read;
use crate::cli::failure::fail;
use crate::diary::Table;
use crate::diary::table::MANIFEST;
use crate::import::archive::{self, Unfit};

/// The files of a folder or an archive that may be part of a diary, or the one file named.
pub(super) fn load(from: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let meta = std::fs::metadata(from).map_err(|e| cannot_read(from, &e))?;
    let mut paths = vec![from.to_path_buf()];
    if meta.is_dir() {
        paths = std::fs::read_dir(from)
            .and_then(|entries| entries.map(|e| e.map(|e| e.path())).collect())
            .map_err(|e| cannot_read(from, &e))?;
        paths.retain(|path| path.is_file() && may_be_part(&file_name(path)));
        paths.sort();
    }
    let mut files = Vec::new();
    for path in paths {
        let bytes = std::fs::read(&path).map_err(|e| cannot_read(&path, &e))?;
        files.push((file_name(&path), bytes));
    }
    match files.as_slice() {
        [(_, bytes)] if !meta.is_dir() && archive::is_archive(bytes) => {
            files = archive::files(bytes).map_err(|unfit| refuse(from, unfit))?;
            files.retain(|(name, _)| may_be_part(name));
        }
        _ => {}
    }
    if files.is_empty() {
        let files = Table::ALL.into_iter().filter_map(Table::file);
        let names: Vec<&str> = files.chain([MANIFEST]).collect();
        let (folder, names) = (from.display(), names.join(" "));
        return Err(fail!(Cannot, "no-diary-files", folder, names));
    }
    Ok(files)
}

fn may_be_part(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".csv") || name == MANIFEST
}

fn refuse(from: &Path, unfit: Unfit) -> Failure {
    let file = file_name(from);
    match unfit {
        Unfit::Broken(why) => fail!(Cannot, "archive-broken", file, why),
        Unfit::TooMany => fail!(Cannot, "archive-too-many", file),
        Unfit::TooLarge => fail!(Cannot, "archive-too-large", file),
        Unfit::Twice => fail!(Cannot, "archive-twice", file),
        Unfit::Placed(name) => fail!(Cannot, "archive-placed", file, name),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
