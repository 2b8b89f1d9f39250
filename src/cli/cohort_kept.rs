//! What a run of `cramp cohort` keeps beside its output, so that it can be broken off and taken up again: the lines of
//! stage one, in which a diary is a number, and the list that says which file has which number. The list stays at home.

use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use crate::cli::Failure;
use crate::cli::drawn::program;
use crate::cli::export::{cannot_read, cannot_write, replace};

/// One diary of the list. A diary that changed, or one read by another version, is a new one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Listed {
    number: usize,
    file: String,
    bytes: u64,
    /// Microseconds since 1970.
    changed: u64,
    program: String,
}

/// The lines of a run.
pub(crate) struct Kept {
    /// The diaries of this run with their numbers.
    diaries: Vec<(usize, PathBuf)>,
    /// Numbers of which there is a line.
    done: HashSet<usize>,
    lines: Lines,
}

/// Where the lines are.
enum Lines {
    /// Nothing is written: there is no place for it.
    Held(Vec<String>),
    In(PathBuf, File),
}

/// All that is read of a line to know whose it is.
#[derive(Deserialize)]
struct Number {
    diary: usize,
}

impl Kept {
    /// Takes up what an earlier run left beside `out`, and numbers the diaries that are new.
    ///
    /// # Errors
    /// The files cannot be read or written.
    pub(crate) fn open(out: Option<&Path>, paths: &[PathBuf]) -> Result<Kept, Failure> {
        let Some(out) = out else {
            let numbered = paths.iter().enumerate();
            return Ok(Kept {
                diaries: numbered.map(|(at, path)| (at + 1, path.clone())).collect(),
                done: HashSet::new(),
                lines: Lines::Held(Vec::new()),
            });
        };
        let list = out.with_extension("diaries.csv");
        let lines = out.with_extension("stage-one.jsonl");
        let diaries = numbered(&list, paths)?;
        let (file, done) = taken_up(&lines)?;
        Ok(Kept {
            diaries,
            done,
            lines: Lines::In(lines, file),
        })
    }

    /// The diaries of which there is no line yet.
    pub(crate) fn open_ones(&self) -> Vec<(usize, PathBuf)> {
        let open = self.diaries.iter().filter(|(n, _)| !self.done.contains(n));
        open.cloned().collect()
    }

    /// How many diaries of this run have a line from an earlier one.
    pub(crate) fn known(&self) -> usize {
        self.diaries.len() - self.open_ones().len()
    }

    /// Keeps more lines.
    ///
    /// # Errors
    /// They cannot be written.
    pub(crate) fn add(&mut self, more: Vec<String>) -> Result<(), Failure> {
        match &mut self.lines {
            Lines::Held(held) => {
                held.extend(more);
                Ok(())
            }
            Lines::In(path, file) => {
                let text: String = more.iter().map(|line| format!("{line}\n")).collect();
                file.write_all(text.as_bytes())
                    .map_err(|e| cannot_write(path, &e))
            }
        }
    }

    /// Calls `each` with every line of this run.
    ///
    /// # Errors
    /// The lines cannot be read again, or what `each` says of one.
    pub(crate) fn each(
        self,
        mut each: impl FnMut(&str) -> Result<(), String>,
    ) -> Result<(), Failure> {
        let wrong = |path: &Path, why: String| {
            cannot_read(
                path,
                &std::io::Error::new(std::io::ErrorKind::InvalidData, why),
            )
        };
        let (path, mut file) = match self.lines {
            Lines::Held(held) => {
                let mut lines = held.iter();
                return lines.try_for_each(|l| each(l).map_err(|why| wrong(Path::new("-"), why)));
            }
            Lines::In(path, file) => (path, file),
        };
        let numbers: HashSet<usize> = self.diaries.iter().map(|(n, _)| *n).collect();
        file.seek(SeekFrom::Start(0))
            .map_err(|e| cannot_read(&path, &e))?;
        for line in BufReader::new(file).lines() {
            let line = line.map_err(|e| cannot_read(&path, &e))?;
            if number_of(line.as_bytes()).is_some_and(|n| numbers.contains(&n)) {
                each(&line).map_err(|why| wrong(&path, why))?;
            }
        }
        Ok(())
    }
}

fn number_of(line: &[u8]) -> Option<usize> {
    serde_json::from_slice::<Number>(line).ok().map(|n| n.diary)
}

/// The number of each diary: the one it has in the list, or the next free one, which is put there.
fn numbered(list: &Path, paths: &[PathBuf]) -> Result<Vec<(usize, PathBuf)>, Failure> {
    let unread = |e: csv::Error| cannot_read(list, &std::io::Error::other(e));
    let mut listed: Vec<Listed> = match list.exists() {
        true => csv::Reader::from_path(list)
            .and_then(|mut reader| reader.deserialize().collect())
            .map_err(unread)?,
        false => Vec::new(),
    };
    let key = |l: &Listed| (l.file.clone(), l.bytes, l.changed, l.program.clone());
    let known: HashMap<_, usize> = listed.iter().map(|l| (key(l), l.number)).collect();
    let mut next = listed.iter().map(|l| l.number).max().unwrap_or(0);
    let mut diaries = Vec::with_capacity(paths.len());
    for path in paths {
        let (bytes, changed) = stamp(path).map_err(|e| cannot_read(path, &e))?;
        let mut diary = Listed {
            number: 0,
            file: path.display().to_string(),
            bytes,
            changed,
            program: program(),
        };
        diary.number = match known.get(&key(&diary)) {
            Some(number) => *number,
            None => {
                next += 1;
                next
            }
        };
        diaries.push((diary.number, path.clone()));
        if !known.contains_key(&key(&diary)) {
            listed.push(diary);
        }
    }
    let mut out = csv::Writer::from_writer(Vec::new());
    for diary in &listed {
        out.serialize(diary).map_err(unread)?;
    }
    let text = out.into_inner().unwrap_or_default();
    replace(list, &text).map_err(|e| cannot_write(list, &e))?;
    Ok(diaries)
}

/// Size of a file and when it changed; of a folder of all its files.
fn stamp(path: &Path) -> std::io::Result<(u64, u64)> {
    let of = |path: &Path| {
        let meta = std::fs::metadata(path)?;
        let since = meta.modified()?.duration_since(UNIX_EPOCH);
        Ok::<_, std::io::Error>((meta.len(), since.map_or(0, |d| d.as_micros() as u64)))
    };
    if !path.is_dir() {
        return of(path);
    }
    let mut all = (0, 0);
    for entry in std::fs::read_dir(path)? {
        let (bytes, changed) = of(&entry?.path())?;
        all = (all.0 + bytes, all.1.max(changed));
    }
    Ok(all)
}

/// The file of lines, ready for more, and the numbers in it. A last line that was cut off is taken away.
fn taken_up(path: &Path) -> Result<(File, HashSet<usize>), Failure> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(|e| cannot_write(path, &e))?;
    let read = |file: &mut File| {
        let (mut done, mut good, mut line) = (HashSet::new(), 0, Vec::new());
        let mut reader = BufReader::new(&mut *file);
        while reader.read_until(b'\n', &mut line)? > 0 {
            match number_of(&line) {
                Some(number) if line.ends_with(b"\n") => done.insert(number),
                _ => break,
            };
            good += line.len() as u64;
            line.clear();
        }
        file.set_len(good)?;
        file.seek(SeekFrom::End(0))?;
        Ok::<_, std::io::Error>(done)
    };
    let done = read(&mut file).map_err(|e| cannot_read(path, &e))?;
    Ok((file, done))
}
