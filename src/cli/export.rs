//! The whole diary as files that anybody can read, and that `cramp import` takes back; and how any file is put in place.

use std::fs::{DirBuilder, File};
use std::path::{Path, PathBuf};

use crate::cli::failure::fail;
use crate::cli::{Failure, Invocation};
use crate::diary::Diary;
use crate::diary::Table;
use crate::diary::table::MANIFEST;
use crate::render::export;
use crate::store::Draft;
use crate::words::t;

/// Writes the diary to a folder, as CSV or JSON files.
pub(crate) fn run(call: &mut Invocation<'_>, folder: &Path, json: bool) -> Result<(), Failure> {
    let folder = &call.place(folder);
    let store = call.open_read()?;
    let store = store.ok_or_else(|| fail!(Cannot, "nothing-to-export"))?;
    let (diary, written) = call.watch(t!(cli, "writing-files"), move || {
        let diary = store.read(None)?;
        let name = store.diary_id()?;
        let written = write(folder, &diary, name.as_deref(), json)?;
        Ok::<_, Failure>((diary, written))
    })?;
    if call.json {
        let format = if json { "json" } else { "csv" };
        return say_files(call, format, &written);
    }
    call.print(&t!(
        cli,
        "exported",
        nights = diary.nights.len(),
        episodes = diary.episodes.len(),
        values = diary.values.len(),
        folder = folder.display(),
        files = written.len(),
    ))?;
    call.note(t!(cli, "not-encrypted"))
}

/// Answers with the files written, as JSON.
pub(crate) fn say_files(
    call: &mut Invocation<'_>,
    format: &str,
    written: &[PathBuf],
) -> Result<(), Failure> {
    let files: Vec<String> = written.iter().map(|p| p.display().to_string()).collect();
    call.print_json(&serde_json::json!({
        "schema": 1, "kind": "export", "format": format, "files": files,
    }))
}

/// Writes the export and names its files. Nothing but an earlier export is ever replaced.
fn write(
    folder: &Path,
    diary: &Diary,
    name: Option<&str>,
    json: bool,
) -> Result<Vec<PathBuf>, Failure> {
    let files = if json {
        vec![(MANIFEST, export::whole(diary, name))]
    } else {
        export::files(diary, name)
    };
    make_folder(folder)?;
    refuse_strangers(folder, json)?;
    let mut written = Vec::new();
    for (name, content) in &files {
        let path = folder.join(name);
        replace(&path, content.as_bytes()).map_err(|e| cannot_write(&path, &e))?;
        written.push(path);
    }
    Ok(written)
}

/// Makes a folder that only its owner can look into.
pub(crate) fn make_folder(folder: &Path) -> Result<(), Failure> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|e| cannot_write(folder, &e))
}

/// Refuses a folder with files that an export would replace but did not write, or that would be mistaken for part of it.
fn refuse_strangers(folder: &Path, json: bool) -> Result<(), Failure> {
    let there = |name: &str| folder.join(name).exists();
    let tables: Vec<&str> = Table::ALL.into_iter().filter_map(Table::file).collect();
    let csv = tables.iter().copied().find(|name| there(name));
    let (folder_name, manifest) = (folder.display(), folder.join(MANIFEST));
    let stranger = match csv {
        Some(file) if json => {
            return Err(fail!(Cannot, "holds-csv", folder = folder_name, file));
        }
        _ => csv.or_else(|| manifest.exists().then_some(MANIFEST)),
    };
    match stranger {
        Some(file) if !is_export(&manifest) => {
            Err(fail!(Cannot, "not-an-export", folder = folder_name, file))
        }
        _ => Ok(()),
    }
}

/// Whether a file says it is the `diary.json` of an export.
fn is_export(path: &Path) -> bool {
    use std::io::Read;
    let mut head = Vec::new();
    let read = File::open(path).and_then(|f| f.take(200).read_to_end(&mut head));
    let head = String::from_utf8_lossy(&head).replace(char::is_whitespace, "");
    read.is_ok() && head.starts_with("{\"schema\":1,\"kind\":")
}

/// Puts a file in place whole or not at all, readable for its owner only.
pub(crate) fn replace(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let draft = Draft::beside(path)?;
    std::fs::write(draft.path(), content)?;
    draft.replace(path)
}

pub(crate) fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    let (file, why) = (path.display(), error.to_string());
    fail!(Cannot, "cannot-write", file, why)
}

pub(crate) fn cannot_read(path: &Path, error: &std::io::Error) -> Failure {
    let (file, why) = (path.display(), error.to_string());
    fail!(Cannot, "cannot-read", file, why)
}
