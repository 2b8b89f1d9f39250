//! `cramp export --format research`: what a study is given, shown before it is written, and kept in the diary afterwards.

use std::path::{Path, PathBuf};

use crate::cli::export::{cannot_read, cannot_write, make_folder, replace};
use crate::cli::export_clinic::named;
use crate::cli::failure::fail;
use crate::cli::{Failure, Invocation};
use crate::diary::elsewhere::Handover;
use crate::diary::study::{Dates, KEY, Study};
use crate::diary::typed::LineError;
use crate::diary::{Record, Table, Word, sha256};
use crate::render::redcap;
use crate::render::research::{self as files, PACKAGE};
use crate::render::terminal::wrapped;
use crate::report::research::{Research, research};
use crate::store::StoreError;
use crate::words::t;

/// Rows of a table that are shown.
const SHOWN: usize = 3;

/// What only a study is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Tables {
    /// The key file the study gave you (--format research)
    #[arg(long, value_name = "KEY-FILE")]
    study: Option<PathBuf>,
    /// Make the key file of a new study of this name, instead of an export (--format research)
    #[arg(long, value_name = "NAME", conflicts_with = "study")]
    new_study: Option<String>,
    /// How dates are written: exact, shifted by whole weeks, or not at all [default: day-number]
    #[arg(long, value_name = "DATES")]
    dates: Option<Dates>,
    /// Also as REDCap imports it (--format research)
    #[arg(long)]
    redcap: bool,
    /// Write it without being asked (--format research)
    #[arg(long)]
    yes: bool,
}

impl Tables {
    pub(crate) fn is_asked(&self) -> bool {
        let named = self.study.is_some() || self.new_study.is_some() || self.dates.is_some();
        named || self.redcap || self.yes
    }

    pub(crate) fn run(&self, call: &mut Invocation<'_>, place: &Path) -> Result<(), Failure> {
        if let Some(name) = &self.new_study {
            return new_study(call, name, place);
        }
        let file = self.study.as_ref();
        let file = file.ok_or_else(|| fail!(Words, "no-study"))?;
        let study = read(&call.place(file), file)?;
        let folder = call.place(place);
        refuse_filled(&folder)?;
        let dates = self.dates.unwrap_or(Dates::DayNumber);
        let (store, name) = named(call)?;
        let (for_redcap, for_study) = (self.redcap, &study);
        let (told, written) = call.watch(t!(cli, "writing-files"), move || {
            let diary = store.read(None)?;
            let told = research(&diary, &name, for_study, dates);
            let told = told.ok_or_else(|| fail!(Cannot, "no-nights-to-hand-out"))?;
            let mut written = files::files(&told);
            if for_redcap {
                written.extend(redcap::files(&told));
            }
            Ok::<_, Failure>((told, written))
        })?;
        if !self.agreed(call, &study, &told, place)? {
            return Err(fail!(Cannot, "not-handed-out"));
        }
        make_folder(&folder)?;
        for (name, content) in &written {
            let path = folder.join(name);
            replace(&path, content.as_bytes()).map_err(|e| cannot_write(&path, &e))?;
        }
        let hash = written.iter().find(|(name, _)| name == PACKAGE);
        let hash = hash.map_or_else(String::new, |(_, content)| sha256(content.as_bytes()));
        let nights = u32::try_from(told.nights.rows.len()).unwrap_or(u32::MAX);
        call.write::<_, StoreError>(|w, now| {
            let id = w.next_id(Table::Handover)?;
            let (study, dates) = (study.name.clone(), dates.to_string());
            let handover = Handover::blank(id, study, dates, nights, hash.clone(), now.utc);
            w.put(Record::Handover(handover))
        })?;
        if call.json {
            let names = written.iter().map(|(name, _)| place.join(name));
            let names: Vec<String> = names.map(|p| p.display().to_string()).collect();
            return call.print_json(&serde_json::json!({
                "schema": 1, "kind": "export", "format": "research", "files": names,
                "study": study.name, "record_id": told.record_id, "dates": dates.word(),
                "nights": nights, "cramps": told.cramps.rows.len(), "sha256": hash,
            }));
        }
        let cramps = told.cramps.rows.len();
        let (study, folder) = (&study.name, place.display());
        call.print(&t!(research, "written", study, nights, cramps, folder))?;
        call.print(t!(research, "kept-in-history"))?;
        call.note(t!(cli, "not-encrypted"))
    }

    /// Shows what would be written and asks.
    fn agreed(
        &self,
        call: &mut Invocation<'_>,
        study: &Study,
        told: &Research,
        place: &Path,
    ) -> Result<bool, Failure> {
        if !call.json {
            let lines = preview(study, told, place, call.style.width);
            call.inform(&lines.join("\n"))?;
        }
        if self.yes {
            return Ok(true);
        }
        if call.json || !call.env.input_is_terminal {
            return Err(fail!(Cannot, "not-asked"));
        }
        let question = t!(research, "ask", study = &study.name);
        let reply = call.ask(&question)?.unwrap_or_default();
        Ok(matches!(reply.to_lowercase().as_str(), "y" | "yes"))
    }
}

/// What would be written: for whom, how dates are, every column, and the first rows as they are.
fn preview(study: &Study, told: &Research, place: &Path, width: usize) -> Vec<String> {
    let (record, folder) = (&told.record_id, place.display());
    let title = t!(research, "title", study = &study.name, record, folder);
    let mut lines = wrapped(&title, width, "");
    lines.push(match told.dates {
        Dates::Exact => t!(research, "dates-exact").to_string(),
        Dates::Shifted => t!(research, "dates-shifted").to_string(),
        Dates::DayNumber => t!(research, "dates-day-number").to_string(),
    });
    for table in told.tables() {
        let columns: Vec<&str> = table.columns.iter().map(|c| &*c.name).collect();
        let (file, rows, columns) = (table.file(), table.rows.len(), columns.join(" "));
        lines.push(String::new());
        lines.extend(wrapped(
            &t!(research, "table", file, rows, columns),
            width,
            "  ",
        ));
        if rows > 0 {
            lines.push(t!(research, "first-rows").to_string());
            lines.extend(files::first_rows(table, SHOWN));
        }
    }
    lines.push(String::new());
    lines.push(t!(research, "left-behind").to_string());
    lines
}

fn read(path: &Path, shown: &Path) -> Result<Study, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| cannot_read(shown, &e))?;
    let refused = |e: LineError| {
        let (file, why, hint) = (shown.display(), e.message, e.hint);
        fail!(Words, "not-a-key-file", file, why, hint)
    };
    Study::read(&text).map_err(refused)
}

/// A folder in which something lies could mix what two exports say, or give away another mode's dates.
fn refuse_filled(folder: &Path) -> Result<(), Failure> {
    let there = std::fs::read_dir(folder)
        .ok()
        .and_then(|mut list| list.next());
    match there {
        Some(_) => Err(fail!(Cannot, "folder-not-empty", folder = folder.display())),
        None => Ok(()),
    }
}

fn new_study(call: &mut Invocation<'_>, name: &str, file: &Path) -> Result<(), Failure> {
    let place = call.place(file);
    if place.symlink_metadata().is_ok() {
        return Err(fail!(Cannot, "key-file-there", file = file.display()));
    }
    let mut key = vec![0; KEY];
    (call.env.random)(&mut key).map_err(|e| cannot_write(file, &e))?;
    let study = Study::new(name, key).map_err(|e| Failure::words(e.message, e.hint))?;
    replace(&place, study.write().as_bytes()).map_err(|e| cannot_write(file, &e))?;
    if call.json {
        return call.print_json(&serde_json::json!({
            "schema": 1, "kind": "study", "study": study.name, "file": file.display().to_string(),
        }));
    }
    let (study, file) = (&study.name, file.display());
    call.print(&t!(research, "study-made", study, file))
}
