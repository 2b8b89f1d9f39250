//! Everything a command may touch of the outside: the clock's answer, the streams, the diary's path.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Offset, Utc};
use serde::Serialize;

use crate::cli::failure::Failure;
use crate::diary::{Now, Zone};
use crate::store::{Store, StoreError};

/// What `main` found outside: clock, zone, environment, terminal. Tests build their own.
pub struct World<'w> {
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
    /// How long work may take before the terminal is told about it, above zero.
    pub patience: Duration,
}

/// How output is dressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dress {
    /// As JSON.
    pub(crate) json: bool,
    /// One record a line, no boxes or drawings.
    pub(crate) plain: bool,
    /// With colour (never the only carrier of meaning).
    pub(crate) color: bool,
    /// With characters beyond ASCII in drawings.
    pub(crate) unicode: bool,
    /// Columns to fill.
    pub(crate) width: usize,
}

/// A command's view of the world, with the global options applied.
pub(crate) struct Context<'c, 'w> {
    /// The outside.
    pub(crate) world: &'c mut World<'w>,
    /// The present, real or pretended.
    pub(crate) now: Now,
    /// Where the diary is.
    pub(crate) path: PathBuf,
    /// How output is dressed.
    pub(crate) dress: Dress,
    /// Seed for anything that uses chance.
    pub(crate) seed: u64,
    /// The command as it was typed, for the change journal.
    pub(crate) command: String,
}

impl Context<'_, '_> {
    /// Opens the diary for writing, making it on first use.
    ///
    /// # Errors
    /// The diary cannot be trusted or reached.
    pub(crate) fn open(&mut self) -> Result<Store, Failure> {
        let mut store = Store::open(&self.path, self.now.utc)?;
        store.daily_backup(self.now.utc);
        for warning in store.warnings() {
            self.tell(&format!("warning: {warning}"))?;
        }
        Ok(store)
    }

    /// Opens the diary for reading; `None` when there is none yet.
    ///
    /// # Errors
    /// The diary cannot be trusted or reached.
    pub(crate) fn open_read(&self) -> Result<Option<Store>, StoreError> {
        Store::open_read(&self.path)
    }

    /// A path the person gave, seen from where they stand.
    pub(crate) fn place(&self, path: &Path) -> PathBuf {
        self.world.working_dir.join(path)
    }

    /// Says a result on standard output; a newline is added where it lacks.
    ///
    /// # Errors
    /// The stream is closed.
    pub(crate) fn say(&mut self, text: &str) -> Result<(), Failure> {
        let poor = self.world.out_is_terminal && !self.world.unicode && !self.dress.json;
        let spelt = poor.then(|| crate::render::terminal::ascii(text));
        let text = spelt.as_deref().unwrap_or(text);
        self.world.out.write_all(text.as_bytes())?;
        if !text.ends_with('\n') && !text.is_empty() {
            self.world.out.write_all(b"\n")?;
        }
        Ok(())
    }

    /// Says a message on standard error.
    ///
    /// # Errors
    /// The stream is closed.
    pub(crate) fn tell(&mut self, text: &str) -> Result<(), Failure> {
        self.world.err.write_all(text.as_bytes())?;
        if !text.ends_with('\n') {
            self.world.err.write_all(b"\n")?;
        }
        Ok(())
    }

    /// Says a value as JSON on standard output.
    ///
    /// # Errors
    /// The stream is closed.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(value).map_err(|e| {
            Failure::cannot(format!("the answer could not be written as JSON: {e}"))
        })?;
        self.say(&text)
    }
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
