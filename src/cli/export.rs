//! The whole diary as files that anybody can read, and that `cramp import` takes back; and how any file is put in place.

use std::fs::{DirBuilder, File};
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use crate::cli::failure::fail;
use crate::cli::{Failure, Invocation};
use crate::diary::Diary;
use crate::diary::Table;
use crate::diary::table::MANIFEST;
use crate::import::archive;
use crate::render::{self, export};
use crate::store::Draft;
use crate::words::t;

/// Writes the diary to a folder or one archive, as CSV or JSON files.
pub(crate) fn run(call: &mut Invocation<'_>, folder: &Path, json: bool) -> Result<(), Failure> {
    let folder = &call.place(folder);
    let store = call.open_read()?;
    let store = store.ok_or_else(|| fail!(Cannot, "nothing-to-export"))?;
    let at = call.now.local();
    let (diary, written) = call.watch(t!(cli, "writing-files"), move || {
        let diary = store.read(None)?;
        let name = store.diary_id()?;
        let files = files_of(&diary, name.as_deref(), json);
        let written = match is_archive(folder) {
            true => write_archive(folder, &files, at)?,
            false => write(folder, &files, json)?,
        };
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

/// Whether one archive is asked for.
fn is_archive(path: &Path) -> bool {
    let ending = path.extension();
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) && !path.is_dir()
}

fn files_of(diary: &Diary, name: Option<&str>, json: bool) -> Vec<(&'static str, String)> {
    match json {
        true => vec![(MANIFEST, export::whole(diary, name))],
        false => export::files(diary, name),
    }
}

/// Writes the export as one archive. Nothing but an earlier export is ever replaced.
fn write_archive(
    file: &Path,
    files: &[(&'static str, String)],
    at: NaiveDateTime,
) -> Result<Vec<PathBuf>, Failure> {
    if file.exists() {
        let held = std::fs::read(file).map_err(|e| cannot_read(file, &e))?;
        let held = archive::files(&held).unwrap_or_default();
        let is_ours = |(name, content): &(String, Vec<u8>)| name == MANIFEST && says_so(content);
        if !held.iter().any(is_ours) {
            let file = file.display();
            return Err(fail!(Cannot, "not-an-export-file", file));
        }
    }
    let packed = render::archive::archive(files, at);
    packed
        .and_then(|packed| replace(file, &packed))
        .map_err(|e| cannot_write(file, &e))?;
    Ok(vec![file.to_path_buf()])
}

/// Writes the export and names its files. Nothing but an earlier export is ever replaced.
fn write(
    folder: &Path,
    files: &[(&'static str, String)],
    json: bool,
) -> Result<Vec<PathBuf>, Failure> {
    make_folder(folder)?;
    refuse_strangers(folder, json)?;
    let mut written = Vec::new();
    for (name, content) in files {
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
    read.is_ok() && says_so(&head)
}

/// Whether a `diary.json` begins as one of an export does.
fn says_so(content: &[u8]) -> bool {
    let head = content.get(..200).unwrap_or(content);
    let head = String::from_utf8_lossy(head).replace(char::is_whitespace, "");
    head.starts_with("{\"schema\":1,\"kind\":")
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
