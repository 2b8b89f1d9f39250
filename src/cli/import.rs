//! `cramp import`: a diary from CSV files or `diary.json`, all of it or nothing.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::cli::export::cannot_read;
use crate::cli::failure::fail;
use crate::cli::import_elsewhere::{self, Elsewhere, find};
use crate::cli::import_files::load;
use crate::cli::write::fired;
use crate::cli::{Failure, Invocation};
use crate::diary::elsewhere::Mapping;
use crate::diary::table::MANIFEST;
use crate::diary::{Diary, Key, Now, Record};
use crate::import::elsewhere::{self, Recognised};
use crate::import::{self, Changes, Count, FreeNumbers, Imported, Refused, Warning};
use crate::report::flags::Flag;
use crate::store::{Reason, Table, Writer};
use crate::words::t;

/// Rows that are named one by one on a screen.
const NAMED: usize = 20;
/// Records from which an import takes long enough to say how far it is.
const LONG: usize = 30_000;
/// Records written between two such lines.
const STEP: usize = 4_096;

/// A diary from CSV or JSON files
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/import.txt"))]
pub(crate) struct Import {
    /// A folder, one file, or the archive of an export
    #[arg(value_name = "DIR|FILE")]
    from: PathBuf,
    /// Say what would happen and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Take the rows that can be taken and leave out the rest
    #[arg(long)]
    skip_bad: bool,
    #[command(flatten)]
    elsewhere: Elsewhere,
}

/// What an import did, or why nothing was written.
#[derive(Debug, Serialize)]
struct Answer {
    schema: u32,
    kind: &'static str,
    dry_run: bool,
    written: bool,
    /// What files of other programs were recognised as.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recognised: Vec<Recognised>,
    /// Files of which no format knows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unknown: Vec<String>,
    /// Nights that what other programs wrote is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    nights: Option<usize>,
    new: usize,
    changed: usize,
    same: usize,
    files: Vec<Count>,
    refused: Vec<Refused>,
    warnings: Vec<Warning>,
    flags: Vec<Flag>,
}

impl Answer {
    /// How many rows could not be taken: of very many only the first are listed.
    fn all_refused(&self) -> usize {
        let counted = self.files.iter().map(|c| c.refused).sum();
        self.refused.len().max(counted)
    }
}

impl Import {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let place = call.place(&self.from);
        std::fs::metadata(&place).map_err(|e| cannot_read(&place, &e))?;
        if self.elsewhere.reads(&place) {
            return self.run_elsewhere(call, &place);
        }
        let files = load(&place)?;
        let size: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
        if size > 5_000_000 && call.env.err_is_terminal && !call.json {
            call.inform(&t!(cli, "reading", n = size / 1_000_000))?;
        }
        let answer = if self.dry_run {
            let diary = call.diary(None)?;
            self.answer(read(call, &files, &diary, &FreeNumbers::after(&diary)))
        } else {
            self.write(call, &files)?
        };
        self.print(call, &answer)
    }

    /// Imports what another program wrote.
    fn run_elsewhere(&self, call: &mut Invocation<'_>, place: &Path) -> Result<(), Failure> {
        let is_new = call.open_read()?.is_none();
        let diary = match is_new {
            true => Diary::default(),
            false => call.diary(None)?,
        };
        let asked = self.elsewhere.resolved(&diary);
        let wanted = asked.wanted(call, &diary)?;
        let found = find(call, place, &wanted)?;
        let (recognised, unknown) = (found.recognised.clone(), found.unknown.clone());
        let first = elsewhere::against(&found, &diary, &FreeNumbers::after(&diary));
        let nights = Some(first.nights);
        let changes = !first.changes.is_empty() || asked.saves();
        let answer = if self.dry_run || self.stops(&first) || !changes {
            self.answer(first)
        } else {
            // its numbers hold only where there was no diary yet
            let first = is_new.then_some(first);
            let mut store = call.open()?;
            store.backup_before(call.now.utc, Reason::Import)?;
            let (now, command) = (call.now.clone(), call.command.clone());
            store.write(now.utc, &command, |w| {
                let diary = w.read(None)?;
                let mut read = match first.filter(|_| diary == Diary::default()) {
                    Some(read) => read,
                    None => {
                        let mut free = FreeNumbers::after(&diary);
                        for table in [Table::Reading, Table::Episode] {
                            free.set(table, w.next_id(table)?);
                        }
                        elsewhere::against(&found, &diary, &free)
                    }
                };
                if let Some(mapping) = asked.mapping(&diary, now.utc) {
                    let id = match mapping.id {
                        0 => w.next_id(Table::Mapping)?,
                        id => id,
                    };
                    read.changes.mappings.push(Mapping { id, ..mapping });
                }
                self.put(call, w, &now, read)
            })?
        };
        self.print(
            call,
            &Answer {
                recognised,
                unknown,
                nights,
                ..answer
            },
        )
    }

    /// Writes what was read.
    fn put(
        &self,
        call: &mut Invocation<'_>,
        w: &mut Writer<'_>,
        now: &Now,
        mut read: Imported,
    ) -> Result<Answer, Failure> {
        let show = call.env.err_is_terminal && !call.json;
        let changes = std::mem::take(&mut read.changes);
        let keys = flagging(&changes);
        let written = !changes.is_empty();
        if let Some(id) = &read.diary_id {
            w.take_diary_id(id)?;
        }
        put(w, changes, |done, all| match show && all >= LONG {
            true => call.inform(&t!(cli, "written", done, all)),
            false => Ok(()),
        })?;
        // what was read of devices alone sets nothing off
        let flags = match keys.is_empty() {
            true => Vec::new(),
            false => fired(w, now, &keys)?,
        };
        Ok(Answer {
            flags,
            written,
            ..self.answer(read)
        })
    }

    /// Whether rows were refused that must not be left out.
    fn stops(&self, read: &Imported) -> bool {
        !read.refused.is_empty() && !self.skip_bad
    }

    fn write(
        &self,
        call: &mut Invocation<'_>,
        files: &[(String, Vec<u8>)],
    ) -> Result<Answer, Failure> {
        // A refused import leaves no empty diary behind, and one that changes nothing no backup.
        let there = call
            .open_read()?
            .map(|store| store.read(None))
            .transpose()?;
        let is_new = there.is_none();
        let diary = there.unwrap_or_default();
        let first = read(call, files, &diary, &FreeNumbers::after(&diary));
        if self.stops(&first) || !is_new && first.changes.is_empty() {
            return Ok(self.answer(first));
        }
        drop(diary);
        // its numbers hold only where there was no diary yet
        let first = is_new.then_some(first);
        let mut store = call.open()?;
        store.backup_before(call.now.utc, Reason::Import)?;
        let (now, command) = (call.now.clone(), call.command.clone());
        store.write(now.utc, &command, |w| {
            let diary = w.read(None)?;
            let read = match first.filter(|_| diary == Diary::default()) {
                Some(read) => read,
                None => read(call, files, &diary, &free_numbers(w, files, &diary)?),
            };
            if self.stops(&read) {
                return Ok(self.answer(read));
            }
            self.put(call, w, &now, read)
        })
    }

    /// The answer where nothing is written.
    fn answer(&self, read: Imported) -> Answer {
        let sum = |of: fn(&Count) -> usize| read.counts.iter().map(of).sum::<usize>();
        Answer {
            schema: 1,
            kind: "import",
            dry_run: self.dry_run,
            written: false,
            recognised: Vec::new(),
            unknown: Vec::new(),
            nights: None,
            new: sum(|c| c.new),
            changed: sum(|c| c.changed),
            same: sum(|c| c.same),
            files: read.counts,
            refused: read.refused,
            warnings: read.warnings,
            flags: Vec::new(),
        }
    }

    fn print(&self, call: &mut Invocation<'_>, answer: &Answer) -> Result<(), Failure> {
        let stopped = !answer.refused.is_empty() && !self.skip_bad;
        if call.json {
            call.print_json(answer)?;
        } else {
            call.print_flags(&answer.flags)?;
            for line in import_elsewhere::lines(&answer.recognised) {
                match stopped {
                    true => call.inform(&line)?,
                    false => call.print(&line)?,
                }
            }
            let (unknown, warnings) = (&answer.unknown, &answer.warnings);
            list_each(call, unknown, unknown.len(), |file| {
                t!(cli, "left-alone", file)
            })?;
            list_each(call, warnings, warnings.len(), |text| t!(cli, "note", text))?;
            let (refused, all) = (&answer.refused, answer.all_refused());
            list_each(call, refused, all, |text| t!(cli, "row-refused", text))?;
            if !stopped {
                if answer.nights != Some(0) {
                    call.print(&table(&answer.files))?;
                }
                if let Some(n) = answer.nights {
                    call.print(&t!(cli, "nights-touched", n))?;
                }
                call.print(match (self.dry_run, answer.written, answer.nights) {
                    (true, ..) => t!(cli, "import-dry"),
                    (_, false, Some(0)) => t!(cli, "import-nothing"),
                    (_, false, _) => t!(cli, "import-same"),
                    (_, true, _) => t!(cli, "import-undo"),
                })?;
            }
        }
        match stopped {
            true => Err(fail!(Words, "rows-refused", n = answer.all_refused())),
            false => Ok(()),
        }
    }
}

fn read(
    call: &Invocation<'_>,
    files: &[(String, Vec<u8>)],
    diary: &Diary,
    free: &FreeNumbers,
) -> Imported {
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    import::read(&files, diary, free, call.now.utc, &call.now.zone)
}

/// Writes everything, a piece at a time, saying how far it is.
pub(crate) fn put(
    w: &mut Writer<'_>,
    changes: Changes,
    mut report: impl FnMut(usize, usize) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let all = changes.len();
    let mut done = 0;
    let mut reported = 0;
    let mut records = changes.into_records();
    loop {
        let piece: Vec<Record> = records.by_ref().take(STEP).collect();
        if piece.is_empty() {
            return Ok(());
        }
        done += piece.len();
        w.put_all(piece)?;
        if done - reported >= 100_000 {
            reported = done;
            report(done, all)?;
        }
    }
}

/// The first free number of each kind, drawn only where the files have rows of that kind: a number drawn is used up.
fn free_numbers(
    w: &mut Writer<'_>,
    files: &[(String, Vec<u8>)],
    diary: &Diary,
) -> Result<FreeNumbers, Failure> {
    let mut free = FreeNumbers::after(diary);
    let has = |name: &str| {
        files
            .iter()
            .any(|(file, _)| file.eq_ignore_ascii_case(name) || file.eq_ignore_ascii_case(MANIFEST))
    };
    let numbered = Table::ALL.into_iter().filter(|table| table.is_numbered());
    for table in numbered {
        if has(table.file().unwrap_or(MANIFEST)) {
            free.set(table, w.next_id(table)?);
        }
    }
    Ok(free)
}

/// The records that can set off a flag.
fn flagging(changes: &Changes) -> Vec<Key> {
    let episodes = changes.episodes.iter().map(|r| Key::Episode(r.id));
    episodes
        .chain(changes.symptoms.iter().map(|r| Key::Symptom(r.id)))
        .chain(changes.courses.iter().map(|r| Key::Course(r.id)))
        .chain(changes.intakes.iter().map(|r| Key::Intake(r.id)))
        .chain(changes.facts.iter().map(|r| Key::Fact(r.id)))
        .collect()
}

/// Names the first of `all`.
fn list_each(
    call: &mut Invocation<'_>,
    lines: &[impl std::fmt::Display],
    all: usize,
    in_words: impl Fn(String) -> String,
) -> Result<(), Failure> {
    for line in lines.iter().take(NAMED) {
        call.inform(&in_words(line.to_string()))?;
    }
    match all.saturating_sub(NAMED) {
        0 => Ok(()),
        n => call.inform(&in_words(t!(cli, "more-rows", n))),
    }
}

/// What became of the rows, a line a file.
fn table(counts: &[Count]) -> String {
    // what diary.json holds besides the files is worth a line only when there is something
    let mentioned =
        |c: &&Count| c.file.ends_with(".csv") || c.new + c.changed + c.same + c.refused > 0;
    let counts: Vec<&Count> = counts.iter().filter(mentioned).collect();
    let width = counts.iter().map(|c| c.file.chars().count()).max();
    let width = width.unwrap_or(0);
    let line = |c: &&Count| {
        let rows = t!(cli, "rows", new = c.new, changed = c.changed, same = c.same);
        let rows = match c.refused {
            0 => rows,
            refused => t!(cli, "rows-and-refused", rows, refused),
        };
        format!("{:width$}  {rows}", c.file)
    };
    counts.iter().map(line).collect::<Vec<_>>().join("\n")
}
