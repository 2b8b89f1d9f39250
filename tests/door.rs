//! Text in, text out: a command line run in process, at a stated time, on a diary of its own.

use std::cell::{Cell, RefCell};
use std::io::{BufRead, Cursor, Read, Write};
use std::path::PathBuf;
use std::rc::Rc;

use crate::cli::server::Server;
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
    /// Where the chance of the next draw stands.
    chance: Cell<u64>,
    /// What serves the pages of the next command.
    server: RefCell<Option<Server>>,
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
            chance: Cell::new(1),
            server: RefCell::new(None),
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

    /// What serves the pages of the next command.
    pub(crate) fn serving(&self, server: Server) -> &Door {
        self.server.replace(Some(server));
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
        self.run_words(&cut(line).iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// What a terminal shows: what is said, with what is typed into it standing where it was typed.
    pub(crate) fn screen(&self, line: &str) -> (u8, String) {
        let screen = Screen::default();
        let mut input = Keyboard {
            lines: self.input.clone().into_bytes(),
            read: 0,
            screen: screen.clone(),
        };
        let words = cut(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (mut out, mut err) = (screen.clone(), screen.clone());
        let code = self.run_on(&words, &mut input, &mut out, &mut err);
        let shown = screen.0.borrow().clone();
        (code, String::from_utf8(shown).unwrap())
    }

    /// Runs words as they are.
    pub(crate) fn run_words(&self, words: &[&str]) -> Said {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut input = Cursor::new(self.input.clone().into_bytes());
        let code = self.run_on(words, &mut input, &mut out, &mut err);
        Said {
            code,
            out: String::from_utf8(out).unwrap(),
            err: String::from_utf8(err).unwrap(),
        }
    }

    fn run_on(
        &self,
        words: &[&str],
        input: &mut dyn BufRead,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> u8 {
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
            input,
            input_is_terminal: self.terminal,
            hidden_line: self.hidden,
            out,
            out_is_terminal: self.shown.is_some(),
            err,
            err_is_terminal: self.shown.is_some(),
            by: None,
            server: self.server.take(),
            patience: std::time::Duration::from_millis(1),
            random: &mut |bytes| {
                for byte in bytes {
                    // D. Knuth's generator; its highest bits are as good as any coin
                    let next = self.chance.get().wrapping_mul(6_364_136_223_846_793_005);
                    self.chance
                        .set(next.wrapping_add(1_442_695_040_888_963_407));
                    *byte = (self.chance.get() >> 56) as u8;
                }
                Ok(())
            },
        };
        let args = std::iter::once("cramp")
            .chain(words.iter().copied())
            .map(Into::into)
            .collect();
        run(args, environment)
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

/// The words of a line, split at spaces; double quotes keep words together.
fn cut(line: &str) -> Vec<String> {
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
    words
}

/// A terminal on which everything stands in the order it came.
#[derive(Clone, Default)]
struct Screen(Rc<RefCell<Vec<u8>>>);

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What is typed; each line shows on the screen as it is read.
struct Keyboard {
    lines: Vec<u8>,
    read: usize,
    screen: Screen,
}

impl Read for Keyboard {
    fn read(&mut self, _buffer: &mut [u8]) -> std::io::Result<usize> {
        unreachable!("the program reads lines")
    }
}

impl BufRead for Keyboard {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        Ok(&self.lines[self.read..])
    }
    fn consume(&mut self, amount: usize) {
        let typed = &self.lines[self.read..self.read + amount];
        self.screen.write_all(typed).unwrap();
        self.read += amount;
    }
}
