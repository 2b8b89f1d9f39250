//! Everything a command may touch of the outside: the clock, the streams, the diary's path; and how it answers.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use chrono::{DateTime, Offset, Utc};
use serde::Serialize;

use crate::cli::failure::Failure;
use crate::cli::failure::fail;
use crate::cli::server::{By, Server};
use crate::diary::clock::read_when;
use crate::diary::{Diary, Night, Nights, Now, When, Zone};
use crate::render::terminal::{Layout, ascii, wrapped};
use crate::store::devices::Unanswered;
use crate::store::{Store, StoreError, Writer};
use crate::words::t;

/// What `main` found outside: clock, zone, environment variables, terminal. Tests build their own.
pub struct Environment<'w> {
    /// The present.
    pub now: DateTime<Utc>,
    /// The zone of the clock on the wall.
    pub zone: Zone,
    /// `NIGHTCRAMP_DIARY`.
    pub diary: Option<PathBuf>,
    /// `NIGHTCRAMP_NOW`.
    pub pretend_now: Option<String>,
    /// The folder the platform keeps programs' data in.
    pub data_dir: Option<PathBuf>,
    /// The folder that relative paths start from.
    pub working_dir: PathBuf,
    /// `NO_COLOR` is set, or the terminal is dumb.
    pub no_color: bool,
    /// Width of the terminal, if known.
    pub columns: Option<usize>,
    /// The terminal shows UTF-8.
    pub unicode: bool,
    /// Standard input.
    pub input: &'w mut dyn BufRead,
    /// Standard input is a terminal.
    pub input_is_terminal: bool,
    /// Reads a line from the terminal without showing it; `None` reads it from standard input.
    pub hidden_line: Option<fn() -> std::io::Result<String>>,
    /// Standard output.
    pub out: &'w mut dyn Write,
    /// Standard output is a terminal.
    pub out_is_terminal: bool,
    /// Standard error.
    pub err: &'w mut dyn Write,
    /// Standard error is a terminal.
    pub err_is_terminal: bool,
    /// The device that asks; `None` at the terminal.
    pub by: Option<By>,
    /// What serves the pages; `None` where nothing does.
    pub server: Option<Server>,
    /// How long work may take before the terminal is told about it, above zero.
    pub patience: Duration,
    /// Fills bytes with chance, for the draw of an experiment: nothing else may be random without a seed.
    pub random: &'w mut dyn FnMut(&mut [u8]) -> std::io::Result<()>,
}

/// One run of one command: the environment with the global options applied.
pub(crate) struct Invocation<'w> {
    pub(crate) env: Environment<'w>,
    /// The present, real or pretended.
    pub(crate) now: Now,
    /// Where the diary is.
    pub(crate) path: PathBuf,
    /// Answer as JSON.
    pub(crate) json: bool,
    /// How text looks.
    pub(crate) style: Layout,
    /// Seed for anything that uses chance.
    pub(crate) seed: u64,
    /// The command as it was typed, for the change journal.
    pub(crate) command: String,
}

impl Invocation<'_> {
    /// Opens the diary for writing, making it on first use.
    pub(crate) fn open(&mut self) -> Result<Store, Failure> {
        self.finish()?;
        let held = self.unanswered().map(Unanswered::held);
        let written_at = self.written_at();
        let mut store = Store::open_with(&self.path, written_at, held)?;
        if let Some(by) = &self.env.by {
            store.answers(by.request.clone(), by.source());
            if by.adds_only {
                store.adds_only();
            }
            if by.dry_run {
                store.dry_run();
            }
        }
        store.daily_backup(written_at);
        for warning in store.warnings() {
            self.warn(&warning)?;
        }
        Ok(store)
    }

    /// Opens the diary for reading; `None` when there is none yet.
    pub(crate) fn open_read(&self) -> Result<Option<Store>, StoreError> {
        self.finish()?;
        Store::open_read(&self.path)
    }

    /// Finishes a write that waits for its answer, for what is read or written next must see it.
    fn finish(&self) -> Result<(), StoreError> {
        match self.unanswered() {
            Some(unanswered) => unanswered.finish(),
            None => Ok(()),
        }
    }

    /// When what is written now is written: what a device tells of may be older.
    fn written_at(&self) -> DateTime<Utc> {
        self.env.by.as_ref().map_or(self.now.utc, |by| by.arrived)
    }

    fn unanswered(&self) -> Option<&Unanswered> {
        self.env.by.as_ref()?.unanswered.as_ref()
    }

    /// The whole diary, or a stretch of it; a diary that does not exist yet is empty.
    pub(crate) fn diary(&self, span: Option<Nights>) -> Result<Diary, StoreError> {
        let diary = self
            .open_read()?
            .map_or(Ok(Diary::default()), |store| store.read(span))?;
        Ok(self.known_now(diary))
    }

    /// The diary with what is known of the time: no night to come is over, whatever night is asked about.
    pub(crate) fn known_now(&self, diary: Diary) -> Diary {
        diary.known(&self.now)
    }

    /// What does not belong to a single night (courses, facts, own factors), without reading the nights.
    pub(crate) fn background(&self) -> Result<Diary, StoreError> {
        let span = Nights::ending(self.now.this_night(), 1);
        self.open_read()?.map_or(Ok(Diary::default()), |store| {
            store.read_without_values(Some(span))
        })
    }

    /// Opens the diary and makes one change under the command as it was typed.
    pub(crate) fn write<T, E>(
        &mut self,
        change: impl FnOnce(&mut Writer<'_>, &Now) -> Result<T, E>,
    ) -> Result<T, Failure>
    where
        E: From<StoreError>,
        Failure: From<E>,
    {
        let mut store = self.open()?;
        let unanswered = self.unanswered().cloned();
        if unanswered.is_some() {
            store.stays_open();
        }
        let value = store.write(self.written_at(), &self.command, |w| change(w, &self.now))?;
        if let Some(unanswered) = unanswered {
            unanswered.hold(store);
        }
        Ok(value)
    }

    /// A path the person gave, seen from where they stand.
    pub(crate) fn place(&self, path: &Path) -> PathBuf {
        self.env.working_dir.join(path)
    }

    /// A night given by its date, a weekday, `last`, `-2`.
    pub(crate) fn night(&self, text: &str) -> Result<Night, Failure> {
        match read_when(text, &self.now)? {
            Some(When { at: Some(at), .. }) => Ok(Night::of_evening(at.local().date())),
            Some(when) => Ok(when.night),
            None => Err(fail!(Words, "not-a-date", text)),
        }
    }

    /// The night given, or last night.
    pub(crate) fn night_or_last(&self, text: Option<&str>) -> Result<Night, Failure> {
        text.map_or(Ok(self.now.last_night()), |text| self.night(text))
    }

    /// Prints a result on standard output; a newline is added where it lacks.
    pub(crate) fn print(&mut self, text: &str) -> Result<(), Failure> {
        let ascii_only = self.env.out_is_terminal && !self.env.unicode && !self.json;
        let spelt = ascii_only.then(|| ascii(text));
        let text = spelt.as_deref().unwrap_or(text);
        self.env.out.write_all(text.as_bytes())?;
        if !text.ends_with('\n') && !text.is_empty() {
            self.env.out.write_all(b"\n")?;
        }
        Ok(())
    }

    /// Prints a message on standard error.
    pub(crate) fn inform(&mut self, text: &str) -> Result<(), Failure> {
        self.env.err.write_all(text.as_bytes())?;
        if !text.ends_with('\n') {
            self.env.err.write_all(b"\n")?;
        }
        Ok(())
    }

    /// Prints a remark on standard error.
    pub(crate) fn note(&mut self, text: &str) -> Result<(), Failure> {
        self.inform(&t!(cli, "note", text))
    }

    /// Prints remarks on standard error, a line each.
    pub(crate) fn notes(&mut self, notes: &[String]) -> Result<(), Failure> {
        notes.iter().try_for_each(|text| self.note(text))
    }

    /// Prints a warning on standard error.
    pub(crate) fn warn(&mut self, text: &str) -> Result<(), Failure> {
        self.inform(&t!(cli, "warning", text))
    }

    /// Prints a value as JSON on standard output.
    pub(crate) fn print_json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(value);
        let text = text.map_err(|e| fail!(Cannot, "not-json", why = e.to_string()))?;
        self.print(&text)
    }

    /// Answers with a report: as JSON where that was asked for, else as text in the style asked for.
    pub(crate) fn respond<T: Serialize>(
        &mut self,
        value: &T,
        text: impl FnOnce(&T, Layout) -> String,
    ) -> Result<(), Failure> {
        match self.json {
            true => self.print_json(value),
            false => self.print(&text(value, self.style)),
        }
    }

    /// Answers with a list under its name: as JSON, or its lines, or `none` where there are no lines.
    pub(crate) fn list(
        &mut self,
        value: &impl Serialize,
        lines: &[String],
        none: &str,
    ) -> Result<(), Failure> {
        self.respond(value, |_, _| match lines.is_empty() {
            true => none.to_string(),
            false => lines.join("\n"),
        })
    }

    /// Asks on the terminal and reads the reply, without spaces around it; `None` when the input ended.
    pub(crate) fn ask(&mut self, question: &str) -> Result<Option<String>, Failure> {
        let question = match self.env.out_is_terminal {
            true => wrapped(question, self.style.width.saturating_sub(1), "").join("\n"),
            false => question.to_string(),
        };
        self.env.out.write_all(format!("{question} ").as_bytes())?;
        self.env.out.flush()?;
        let mut line = String::new();
        if self.env.input.read_line(&mut line)? == 0 {
            self.print("\n")?;
            return Ok(None);
        }
        Ok(Some(line.trim().to_string()))
    }

    /// Does `work`. On a terminal a line on standard error names it and counts the seconds when it takes long, and is
    /// wiped away when it is done; into a file, a pipe or with `--plain` nothing is printed.
    pub(crate) fn watch<T: Send>(&mut self, what: &str, work: impl FnOnce() -> T + Send) -> T {
        self.watch_steps(what, 0, |_, _, _| String::new(), |_| work())
    }

    /// The same for work that tells of each of its `steps`: they are counted beside a bar, which stays. `line` writes the
    /// bar, the steps done and all steps.
    pub(crate) fn watch_steps<T: Send>(
        &mut self,
        what: &str,
        steps: usize,
        line: impl Fn(&str, usize, usize) -> String,
        work: impl FnOnce(&(dyn Fn() + Sync)) -> T + Send,
    ) -> T {
        if !self.env.err_is_terminal || self.style.plain {
            return work(&|| ());
        }
        let (patience, err) = (self.env.patience, &mut *self.env.err);
        let (working, done) = channel::<()>();
        std::thread::scope(|scope| {
            let work = scope.spawn(move || {
                // The channel closes when the work ends, well or badly. Nobody listening is no reason to stop.
                work(&|| {
                    let _gone = working.send(());
                })
            });
            let (mut waited, mut step) = (Duration::ZERO, 0);
            loop {
                match done.recv_timeout(patience) {
                    Ok(()) => {
                        step += 1;
                        let bar = format!("{:<30}", "#".repeat(30 * step / steps));
                        let _closed = write!(err, "\r{}", line(&bar, step, steps));
                        let _closed = err.flush();
                    }
                    Err(RecvTimeoutError::Timeout) if steps == 0 => {
                        waited += patience;
                        let seconds = waited.as_secs();
                        rewrite_line(err, &t!(cli, "working", what, seconds));
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break,
                }
            }
            if steps > 0 {
                let _closed = writeln!(err);
            } else if !waited.is_zero() {
                rewrite_line(err, "");
            }
            work.join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }
}

/// Writes `text` over what stands in this line of the terminal. A closed stream is no reason to stop working.
fn rewrite_line(err: &mut dyn Write, text: &str) {
    const WIDEST: usize = 60;
    let _closed = write!(err, "\r{:WIDEST$}\r{text}", "");
    let _closed = err.flush();
}

/// The present a person asked to pretend. The zone is the wall's own where it agrees with the offset given.
pub(crate) fn pretend(text: &str, zone: &Zone) -> Option<Now> {
    let at = DateTime::parse_from_rfc3339(text).ok()?;
    let utc = at.with_timezone(&Utc);
    let zone = if zone.moment(utc).offset == at.offset().fix() {
        zone.clone()
    } else {
        Zone::Fixed(at.offset().fix())
    };
    Some(Now { utc, zone })
}
