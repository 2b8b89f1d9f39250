//! Holds the crate's numbers to a folder of reference cases:
//! `cargo run --release --example verify -- FOLDER`.
//!
//! One line a case (`ok ID`, `FAIL ID key got … want …`, `unsupported METHOD (ID)`), then the totals; the exit code is
//! 1 when a case failed and 2 when the folder could not be read. The shape of a case is described in
//! `tests/reference/README.md`.

pub(crate) mod check;

use crate::verify::check::{Outcome, check_case};
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

pub fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("usage: verify FOLDER");
        return ExitCode::from(2);
    };
    let files = match json_files(Path::new(&folder)) {
        Ok(files) => files,
        Err(error) => {
            eprintln!("cannot read {}: {error}", Path::new(&folder).display());
            return ExitCode::from(2);
        }
    };
    let (mut passed, mut failed, mut unsupported) = (0, 0, 0);
    for file in files {
        let name = file
            .file_stem()
            .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let outcome = std::fs::read_to_string(&file)
            .map_err(|error| error.to_string())
            .and_then(|text| serde_json::from_str(&text).map_err(|error| error.to_string()))
            .map_or_else(
                |error| Outcome::Failed(format!("file got {error} want a case")),
                |case| check_case(&case),
            );
        match outcome {
            Outcome::Passed => {
                passed += 1;
                println!("ok {name}");
            }
            Outcome::Failed(why) => {
                failed += 1;
                println!("FAIL {name} {why}");
            }
            Outcome::Unsupported(method) => {
                unsupported += 1;
                println!("unsupported {method} ({name})");
            }
        }
    }
    println!("{passed} passed, {failed} failed, {unsupported} unsupported");
    if failed > 0 {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    }
}
