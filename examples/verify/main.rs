//! Holds the program's numbers to a folder of reference cases:
//! `cargo run --release --example verify -- FOLDER`.
//!
//! One line a case (`ok ID`, with the keys that the program does not offer, `FAIL ID key got … want …`,
//! `unsupported METHOD (ID)`), then the totals; the exit code is 1 when a case failed and 2 when the folder could not be
//! read. The shape of a case is described in
//! `tests/reference/README.md`.

mod case;
mod expression;
mod formula;
mod model;
mod roles;
mod terms;

use case::{Outcome, check_case};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn json_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort();
    Ok(files)
}

fn check_file(file: &Path) -> Outcome {
    let case = std::fs::read_to_string(file)
        .map_err(|error| error.to_string())
        .and_then(|text| serde_json::from_str(&text).map_err(|error| error.to_string()));
    match case {
        Ok(case) => check_case(&case, nightcramp::reference::answer),
        Err(error) => Outcome::Failed(format!("file got {error} want a case")),
    }
}

/// Writes a line for each case and the totals; the number that failed.
fn verify(files: &[PathBuf], out: &mut impl Write) -> std::io::Result<usize> {
    let (mut passed, mut failed, mut unsupported) = (0, 0, 0);
    for file in files {
        let stem = file.file_stem().unwrap_or_default();
        let name = stem.to_string_lossy();
        match check_file(file) {
            Outcome::Passed(left_out) if left_out.is_empty() => {
                passed += 1;
                writeln!(out, "ok {name}")?;
            }
            Outcome::Passed(left_out) => {
                passed += 1;
                writeln!(out, "ok {name} (not offered: {})", left_out.join(", "))?;
            }
            Outcome::Failed(why) => {
                failed += 1;
                writeln!(out, "FAIL {name} {why}")?;
            }
            Outcome::Unsupported(method) => {
                unsupported += 1;
                writeln!(out, "unsupported {method} ({name})")?;
            }
        }
    }
    writeln!(
        out,
        "{passed} passed, {failed} failed, {unsupported} unsupported"
    )?;
    Ok(failed)
}

fn main() -> ExitCode {
    let mut errors = std::io::stderr();
    let Some(folder) = std::env::args_os().nth(1) else {
        let _ = writeln!(errors, "usage: verify FOLDER");
        return ExitCode::from(2);
    };
    let folder = Path::new(&folder);
    let files = match json_files(folder) {
        Ok(files) => files,
        Err(error) => {
            let _ = writeln!(errors, "cannot read {}: {error}", folder.display());
            return ExitCode::from(2);
        }
    };
    match verify(&files, &mut std::io::stdout()) {
        Ok(0) => ExitCode::SUCCESS,
        _ => ExitCode::from(1),
    }
}
