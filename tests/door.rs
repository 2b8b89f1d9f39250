//! Text in, text out: a command line run in process, at a stated time, on a diary of its own.

use std::io::Cursor;
use std::path::PathBuf;

use crate::cli::{Environment, run};
use crate::diary::Zone;
use chrono::{DateTime, Utc};

/// What a command line gave.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: u8,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    /// Standard output as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}{}", self.out, self.err))
    }
}

/// A diary in a folder of its own, and the time and zone commands see.
pub(crate) struct Door {
    folder: tempfile::TempDir,
    now: DateTime<Utc>,
    zone: Zone,
    /// Whether what is said is shown on a terminal, which shows UTF-8 and has so many columns.
    shown: Option<(bool, usize)>,
    input: String,
    terminal: bool,
    hidden: Option<fn() -> std::io::Result<String>>,
}

impl Door {
    /// A new place, at `now` (RFC 3339), in London.
    pub(crate) fn at(now: &str) -> Door {
        let mut door = Door {
            folder: tempfile::tempdir().unwrap(),
            now: DateTime::UNIX_EPOCH,
            zone: Zone::named("Europe/London").unwrap(),
            shown: None,
            input: String::new(),
            terminal: false,
            hidden: None,
        };
        door.set_now(now);
        door
    }

    pub(crate) fn set_now(&mut self, now: &str) {
        self.now = DateTime::parse_from_rfc3339(now)
            .unwrap()
            .with_timezone(&Utc);
    }

    pub(crate) fn set_zone(&mut self, zone: &str) {
        self.zone = Zone::named(zone).unwrap();
    }

    /// What is said stands on a terminal, of which standard error is part; it waits a millisecond before it says that it
    /// waits.
    pub(crate) fn on_terminal(&mut self, unicode: bool, columns: usize) -> &mut Door {
        self.shown = Some((unicode, columns));
        self
    }

    /// What is said goes into a file or a pipe.
    pub(crate) fn off_terminal(&mut self) -> &mut Door {
        self.shown = None;
        self
    }

    /// What is on standard input, which then is a terminal.
    pub(crate) fn typing(&mut self, input: &str) -> &mut Door {
        self.input = input.to_string();
        self.terminal = true;
        self
    }

    /// What is piped into standard input.
    pub(crate) fn piping(&mut self, input: &str) -> &mut Door {
        self.input = input.to_string();
        self.terminal = false;
        self
    }

    /// What is typed where it does not show.
    pub(crate) fn hiding(&mut self, read: fn() -> std::io::Result<String>) -> &mut Door {
        self.hidden = Some(read);
        self.terminal = true;
        self
    }

    /// The folder that relative paths start from.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub(crate) fn diary(&self) -> PathBuf {
        self.folder.path().join("diary").join("diary.sqlite")
    }

    /// Runs a line split at spaces; double quotes keep words together.
    pub(crate) fn run(&self, line: &str) -> Said {
        let mut words: Vec<String> = Vec::new();
        let mut quoted = false;
        let mut word: Option<String> = None;
        for c in line.chars() {
            match c {
                '"' => {
                    quoted = !quoted;
                    word.get_or_insert_default();
                }
                ' ' if !quoted => words.extend(word.take()),
                _ => word.get_or_insert_default().push(c),
            }
        }
        words.extend(word);
        self.run_words(&words.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Runs words as they are.
    pub(crate) fn run_words(&self, words: &[&str]) -> Said {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut input = Cursor::new(self.input.clone().into_bytes());
        let environment = Environment {
            now: self.now,
            zone: self.zone.clone(),
            diary: Some(self.diary()),
            pretend_now: None,
            data_dir: None,
            working_dir: self.folder.path().to_path_buf(),
            no_color: true,
            columns: self.shown.map(|(_, columns)| columns),
            unicode: self.shown.is_none_or(|(unicode, _)| unicode),
            input: &mut input,
            input_is_terminal: self.terminal,
            hidden_line: self.hidden,
            out: &mut out,
            out_is_terminal: self.shown.is_some(),
            err: &mut err,
            err_is_terminal: self.shown.is_some(),
            patience: std::time::Duration::from_millis(1),
        };
        let args = std::iter::once("cramp")
            .chain(words.iter().copied())
            .map(Into::into)
            .collect();
        let code = run(args, environment);
        Said {
            code,
            out: String::from_utf8(out).unwrap(),
            err: String::from_utf8(err).unwrap(),
        }
    }

    /// Runs a line that must succeed, and gives its standard output.
    #[track_caller]
    pub(crate) fn ok(&self, line: &str) -> String {
        let said = self.run(line);
        assert_eq!(said.code, 0, "{line}: {}{}", said.out, said.err);
        said.out
    }

    /// Runs a line that must be refused with `code`, changing nothing, and gives its message.
    #[track_caller]
    pub(crate) fn refused(&self, code: u8, line: &str) -> String {
        let before = std::fs::read(self.diary()).ok();
        let said = self.run(line);
        assert_eq!(said.code, code, "{line}: {}{}", said.out, said.err);
        assert_eq!(
            said.out, "",
            "{line}: nothing on standard output when refused"
        );
        let after = std::fs::read(self.diary()).ok();
        if before.is_some() {
            assert!(
                before == after,
                "{line}: the file changed although the words were refused"
            );
        }
        said.err
    }
}
