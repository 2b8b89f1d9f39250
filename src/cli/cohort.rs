//! `cramp cohort`: many diaries together. Stage one goes through the diaries, one at a time on each core, and keeps a line
//! of numbers a diary; stage two pools the lines.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::cli::cohort_kept::Kept;
use crate::cli::drawn::program;
use crate::cli::export::cannot_read;
use crate::cli::failure::fail;
use crate::cli::import_files::load;
use crate::cli::pictures::{Format, pictured, write};
use crate::cli::{Failure, Invocation};
use crate::diary::{Diary, Night};
use crate::import::one_person::{self, Here};
use crate::render::sheet::About;
use crate::render::{chart as drawing, cohort as drawn};
use crate::report::cohort::{CohortReport, Gathering, line};
use crate::store::Store;
use crate::words::t;

/// Diaries that each core takes before their lines are kept.
const AT_A_TIME: usize = 32;
/// Endings of diary files in a folder.
const DIARIES: [&str; 2] = ["sqlite", "db"];
/// The name that stands for standard input.
const STDIN: &str = "-";

/// What many diaries say together
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/cohort.txt"))]
pub(crate) struct Cohort {
    /// Folders of diaries or of exports; with --stage two files of lines; - for standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// A file to write: .json, .csv, .pdf, .svg or .png; may be given again
    #[arg(long, value_name = "FILE")]
    out: Vec<PathBuf>,
    /// Only the first half (the numbers of one diary, a line each) or only the second (lines pooled)
    #[arg(long, value_name = "STAGE", value_parser = ["one", "two"])]
    stage: Option<String>,
}

/// What a file of the answer may be.
enum Kind {
    Csv,
    Other(Format),
}

/// When the diaries are read, and how.
struct Reader {
    here: Here,
    last: Night,
    seed: u64,
}

impl Cohort {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let kinds: Vec<Kind> = self
            .out
            .iter()
            .map(|out| kind(out))
            .collect::<Result<_, _>>()?;
        let reader = Reader {
            here: Here {
                now: call.now.utc,
                zone: call.now.zone.clone(),
            },
            last: call.now.last_night(),
            seed: call.seed,
        };
        let report = match self.stage.as_deref() {
            Some("one") => return self.stage_one(call, &reader),
            Some(_) => self.stage_two(call)?,
            None => self.both(call, reader)?,
        };
        for (out, kind) in self.out.iter().zip(kinds) {
            let bytes = bytes(&report, kind)?;
            write(call, out, &bytes)?;
        }
        call.respond(&report, drawn::text)?;
        if !call.json {
            for out in &self.out {
                call.print(&t!(cli, "written-to", file = out.display()))?;
            }
        }
        Ok(())
    }

    /// The line of each diary on standard output.
    fn stage_one(&self, call: &mut Invocation<'_>, reader: &Reader) -> Result<(), Failure> {
        if let Some(out) = self.out.first() {
            return Err(fail!(Words, "cohort-lines-only", file = out.display()));
        }
        if self.paths == [Path::new(STDIN)] {
            let text = read_all(call)?;
            let diary = one_person::lines(&text, &reader.here)
                .map_err(|why| fail!(Words, "cohort-no-tables", why))?;
            return call.print(&reader.line(diary, None)?);
        }
        for path in diaries(call, &self.paths)? {
            let line = reader.line(reader.read(&path)?, None)?;
            call.print(&line)?;
        }
        Ok(())
    }

    fn stage_two(&self, call: &mut Invocation<'_>) -> Result<CohortReport, Failure> {
        let mut gathering = Gathering::default();
        for path in &self.paths {
            if path == Path::new(STDIN) {
                let text = read_all(call)?;
                gather(&mut gathering, text.as_bytes(), path)?;
            } else {
                let file = std::fs::File::open(call.place(path));
                let file = file.map_err(|e| cannot_read(path, &e))?;
                gather(&mut gathering, BufReader::new(file), path)?;
            }
        }
        Ok(gathering.report(Vec::new()))
    }

    fn both(&self, call: &mut Invocation<'_>, reader: Reader) -> Result<CohortReport, Failure> {
        let paths = diaries(call, &self.paths)?;
        let beside = self.out.first().map(|out| call.place(out));
        let mut kept = Kept::open(beside.as_deref(), &paths)?;
        let open = kept.open_ones();
        if kept.known() > 0 {
            call.inform(&t!(cli, "cohort-kept", n = kept.known()))?;
        }
        let bar = |bar: &str, done: usize, all: usize| t!(cli, "cohort-read", bar, done, all);
        let together = AT_A_TIME * rayon::current_num_threads();
        let what = t!(cli, "cohort-reading");
        let unread = call.watch_steps(what, open.len(), bar, |progress| {
            let mut unread: Vec<(usize, PathBuf, Failure)> = Vec::new();
            for some in open.chunks(together) {
                let lines: Vec<_> = some
                    .par_iter()
                    .map(|(number, path)| {
                        let line = reader.read(path);
                        let line = line.and_then(|diary| reader.line(diary, Some(*number)));
                        progress();
                        line
                    })
                    .collect();
                let mut told = Vec::new();
                for ((number, path), line) in some.iter().zip(lines) {
                    match line {
                        Ok(line) => told.push(line),
                        Err(why) => unread.push((*number, path.clone(), why)),
                    }
                }
                kept.add(told)?;
            }
            Ok::<_, Failure>(unread)
        })?;
        for (number, path, why) in &unread {
            let (path, why) = (path.display(), &why.message);
            call.warn(&t!(cli, "cohort-unread", number, path, why))?;
        }
        let mut gathering = Gathering::default();
        kept.each(|line| gathering.add(line))?;
        Ok(gathering.report(unread.into_iter().map(|(number, ..)| number).collect()))
    }
}

impl Reader {
    fn line(&self, diary: Diary, number: Option<usize>) -> Result<String, Failure> {
        let line = line(&diary, self.last, self.seed, number);
        line.map_err(|e| fail!(Cannot, "not-json", why = e.to_string()))
    }

    fn read(&self, path: &Path) -> Result<Diary, Failure> {
        if path.is_dir() || path.extension().is_some_and(|e| e == "json") {
            let files = load(path)?;
            return one_person::files(&files, &self.here)
                .map_err(|why| fail!(Cannot, "cohort-no-tables", why));
        }
        let store = Store::open_read(path)?;
        let store = store.ok_or_else(|| fail!(Cannot, "cohort-no-diary", file = path.display()))?;
        Ok(store.read(None)?)
    }
}

fn kind(out: &Path) -> Result<Kind, Failure> {
    if out
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("csv"))
    {
        return Ok(Kind::Csv);
    }
    match Format::of(out) {
        Ok(Format::Html) | Err(_) => Err(fail!(Words, "cohort-kind", file = out.display())),
        Ok(format) => Ok(Kind::Other(format)),
    }
}

fn bytes(report: &CohortReport, kind: Kind) -> Result<Vec<u8>, Failure> {
    let format = match kind {
        Kind::Csv => return Ok(drawn::csv(report).into_bytes()),
        Kind::Other(format) => format,
    };
    let origin = format!("nightcramp-cohort diaries={}", report.diaries);
    let about = About::new(&report.chart.title, &program(), &origin);
    match pictured(&[drawing::sheet(&report.chart)], &about, format) {
        Some(picture) => Ok(picture?),
        None => {
            let text = serde_json::to_string_pretty(report);
            let text = text.map_err(|e| fail!(Cannot, "not-json", why = e.to_string()))?;
            Ok((text + "\n").into_bytes())
        }
    }
}

fn read_all(call: &mut Invocation<'_>) -> Result<String, Failure> {
    let mut text = String::new();
    while call.env.input.read_line(&mut text)? > 0 {}
    Ok(text)
}

fn gather(gathering: &mut Gathering, lines: impl BufRead, path: &Path) -> Result<(), Failure> {
    for (at, line) in lines.lines().enumerate() {
        let line = line.map_err(|e| cannot_read(path, &e))?;
        if line.trim().is_empty() {
            continue;
        }
        let (file, number) = (path.display(), at + 1);
        gathering
            .add(&line)
            .map_err(|why| fail!(Words, "cohort-line", file, number, why))?;
    }
    Ok(())
}

/// The diaries at some places, each folder's in the order of their names.
fn diaries(call: &Invocation<'_>, places: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in places {
        let place = call.place(path);
        let before = found.len();
        walk(&place, &mut found).map_err(|e| cannot_read(path, &e))?;
        if found.len() == before {
            return Err(fail!(Cannot, "cohort-empty", folder = path.display()));
        }
    }
    // a diary named twice is one diary
    let mut seen = HashSet::new();
    found.retain(|path| seen.insert(path.clone()));
    Ok(found)
}

/// A file as it is; of a folder with tables the folder; of any other its diaries and those of the folders in it. Backups
/// are copies of a diary that stands beside them, and links lead anywhere.
fn walk(place: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if !std::fs::metadata(place)?.is_dir() {
        found.push(place.to_path_buf());
        return Ok(());
    }
    if place.join("nights.csv").exists() || place.join("diary.json").exists() {
        found.push(place.to_path_buf());
        return Ok(());
    }
    let entries = std::fs::read_dir(place)?.collect::<Result<Vec<_>, _>>()?;
    let mut entries: Vec<(PathBuf, bool)> = entries
        .into_iter()
        .filter_map(|entry| {
            let kind = entry.file_type().ok()?;
            (!kind.is_symlink()).then(|| (entry.path(), kind.is_dir()))
        })
        .collect();
    entries.sort();
    for (path, folder) in entries {
        let diary = path
            .extension()
            .is_some_and(|e| DIARIES.iter().any(|d| e == *d));
        let backups = path.extension().is_some_and(|e| e == "backups");
        if folder && !backups {
            walk(&path, found)?;
        } else if !folder && diary {
            found.push(path);
        }
    }
    Ok(())
}
