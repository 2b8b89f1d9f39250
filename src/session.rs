//! The public face for other Rust programs: a diary file, a moment and a zone, and the commands of `cramp` as methods
//! that give the values of the JSON contract (`schema` 1) or the text a terminal would show.
//!
//! Nothing is started and nothing is printed: each call runs the same code as the command of that name.

use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::cli::server::Random;
use crate::cli::{Environment, Failure as Refused, run};
use crate::diary::Zone;

/// A diary file, used at a stated moment in a stated zone.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// use nightcramp::Session;
///
/// let mut diary = Session::new(folder.path().join("diary.sqlite"), "2026-03-04T03:15:00Z", "Europe/London")?;
/// let logged = diary.log("left calf 6 3min +stretch")?;
/// assert_eq!(logged["night"], "2026-03-03");
/// assert_eq!(logged["duration_s"], 180);
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct Session {
    path: PathBuf,
    now: DateTime<Utc>,
    zone: Zone,
    random: Random,
}

impl Session {
    /// A diary file (made by the first entry), the moment it is used at (RFC 3339) and the zone of the clock on the
    /// wall (an IANA name or an offset such as `+01:00`).
    ///
    /// # Errors
    /// Refused when the moment or the zone cannot be read.
    ///
    /// ```
    /// use nightcramp::Session;
    /// let refused = Session::new("d.sqlite", "yesterday", "Europe/London").unwrap_err();
    /// assert_eq!((refused.code, refused.to_string().contains("yesterday")), (2, true));
    /// ```
    pub fn new(path: impl Into<PathBuf>, now: &str, zone: &str) -> Result<Self, Refused> {
        Ok(Session {
            path: path.into(),
            now: instant(now)?,
            zone: Zone::named(zone).ok_or_else(|| unread("zone", zone))?,
            // without chance no schedule is drawn
            random: |_| Err(std::io::ErrorKind::Unsupported.into()),
        })
    }

    /// Moves the present to another moment (RFC 3339).
    ///
    /// # Errors
    /// Refused when the moment cannot be read.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let mut diary = nightcramp::Session::new(folder.path().join("d"), "2026-03-04T03:15:00Z", "UTC")?;
    /// diary.move_to("2026-03-05T07:00:00Z")?;
    /// assert_eq!(diary.night("last", "calm")?["night"], "2026-03-04");
    /// # Ok(()) }
    /// ```
    pub fn move_to(&mut self, now: &str) -> Result<(), Refused> {
        self.now = instant(now)?;
        Ok(())
    }

    /// Takes chance from `random`, which should be the operating system's: an experiment draws its schedule from it.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let mut diary = nightcramp::Session::new(folder.path().join("d"), "2026-03-04T20:00:00Z", "UTC")?;
    /// diary.draw_with(|bytes| Ok(getrandom::fill(bytes)?));
    /// # Ok(()) }
    /// ```
    pub fn draw_with(&mut self, random: fn(&mut [u8]) -> std::io::Result<()>) {
        self.random = random;
    }

    /// Plans, starts, stops or evaluates an experiment, as after `cramp experiment`; without words, where they stand.
    ///
    /// # Errors
    /// Refused with the reason, such as a result before the planned end.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let mut diary = nightcramp::Session::new(folder.path().join("d"), "2026-03-04T20:00:00Z", "UTC")?;
    /// assert!(diary.experiment("result stretch").is_err());
    /// # Ok(()) }
    /// ```
    pub fn experiment(&mut self, words: &str) -> Result<Value, Refused> {
        self.line("experiment", &[words])
    }

    /// Logs a line as somebody would type it after `cramp log`; nothing typed means a cramp just now.
    ///
    /// # Errors
    /// Refused when the line cannot be kept, with the offending word.
    pub fn log(&mut self, line: &str) -> Result<Value, Refused> {
        self.line("log", &["--", line])
    }

    /// Answers for a night (`last`, `tonight`, a date, `-2`), as after `cramp night`.
    ///
    /// # Errors
    /// Refused when a word is not understood or impossible.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let mut diary = nightcramp::Session::new(folder.path().join("d"), "2026-03-04T08:00:00Z", "UTC")?;
    /// diary.night("2026-03-01", "calm room=18C")?;
    /// assert!(diary.night("2026-03-01", "room=warmish").is_err());
    /// # Ok(()) }
    /// ```
    pub fn night(&mut self, night: &str, words: &str) -> Result<Value, Refused> {
        self.line("night", &[night, words])
    }

    /// Notes something between cramps, as after `cramp symptom`.
    ///
    /// # Errors
    /// Refused when the name or a word is not understood.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let mut diary = nightcramp::Session::new(folder.path().join("d"), "2026-03-04T08:00:00Z", "UTC")?;
    /// assert_eq!(diary.symptom("numbness left no")?["present"], false);
    /// # Ok(()) }
    /// ```
    pub fn symptom(&mut self, words: &str) -> Result<Value, Refused> {
        self.line("symptom", &[words])
    }

    /// States facts about the person, as after `cramp me` (`born=1958 pregnant=no`).
    ///
    /// # Errors
    /// Refused when a key or a value is not understood.
    pub fn me(&mut self, facts: &str) -> Result<Value, Refused> {
        self.line("me", &[facts])
    }

    /// Starts or stops a course of a medicine, supplement or measure, as after `cramp course`.
    ///
    /// # Errors
    /// Refused when a word is not understood.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let mut diary = nightcramp::Session::new(folder.path().join("d"), "2026-03-04T08:00:00Z", "UTC")?;
    /// diary.me("born=1958")?;
    /// diary.course("start magnesium 300mg 2026-02-01")?;
    /// assert_eq!(diary.course("list")?["courses"][0]["name"], "magnesium");
    /// # Ok(()) }
    /// ```
    pub fn course(&mut self, words: &str) -> Result<Value, Refused> {
        self.line("course", &[words])
    }

    /// Takes the last change back.
    ///
    /// # Errors
    /// Refused when there is nothing to take back.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let mut diary = nightcramp::Session::new(folder.path().join("d"), "2026-03-04T08:00:00Z", "UTC")?;
    /// diary.log("left calf")?;
    /// diary.undo()?;
    /// assert_eq!(diary.undo().unwrap_err().code, 1);
    /// # Ok(()) }
    /// ```
    pub fn undo(&mut self) -> Result<Value, Refused> {
        self.json(&["undo"])
    }

    /// The weekly report of the seven nights that end on `ending` (a date), or of the last seven.
    ///
    /// # Errors
    /// Refused when the date cannot be read or the diary cannot be trusted.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let mut diary = nightcramp::Session::new(folder.path().join("d"), "2026-03-04T08:00:00Z", "UTC")?;
    /// diary.log("03:10 left calf")?;
    /// let week = diary.week(None)?;
    /// assert_eq!((&week["nights"]["cramp"], &week["nights"]["unknown"]), (&1.into(), &6.into()));
    /// # Ok(()) }
    /// ```
    pub fn week(&mut self, ending: Option<&str>) -> Result<Value, Refused> {
        match ending {
            Some(date) => self.json(&["week", "--ending", date]),
            None => self.json(&["week"]),
        }
    }

    /// Months, drift, changes and season.
    ///
    /// # Errors
    /// Refused when the diary cannot be read.
    pub fn trend(&mut self) -> Result<Value, Refused> {
        self.json(&["trend"])
    }

    /// Which factors go with the cramps, each with its count and interval.
    ///
    /// # Errors
    /// Refused when the diary cannot be read.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let mut diary = nightcramp::Session::new(folder.path().join("d"), "2026-03-04T08:00:00Z", "UTC")?;
    /// diary.night("last", "calm room=18C")?;
    /// assert_eq!(diary.analyze()?["nights"]["recorded"], 1);
    /// # Ok(()) }
    /// ```
    pub fn analyze(&mut self) -> Result<Value, Refused> {
        self.json(&["analyze"])
    }

    /// Patterns that deserve a medical check, and what could not be told.
    ///
    /// # Errors
    /// Refused when the diary cannot be read.
    pub fn flags(&mut self) -> Result<Value, Refused> {
        self.json(&["flags"])
    }

    /// Draws a chart (`timeline`, `calendar`, `clock`, `factors`, `trend`) into a file; its ending (`.svg`, `.png`,
    /// `.pdf`) chooses the form.
    ///
    /// # Errors
    /// Refused when the kind or the ending is not known, or the file cannot be written.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let mut diary = nightcramp::Session::new(folder.path().join("d"), "2026-03-04T08:00:00Z", "UTC")?;
    /// # diary.log("03:10 left calf")?;
    /// let picture = folder.path().join("calendar.svg");
    /// diary.chart("calendar", &picture)?;
    /// assert!(std::fs::read_to_string(picture)?.contains("<svg"));
    /// # Ok(()) }
    /// ```
    pub fn chart(&mut self, kind: &str, file: &Path) -> Result<(), Refused> {
        let file = file.to_string_lossy();
        self.text(&["chart", kind, "--out", &file]).map(drop)
    }

    /// Writes the clinician's report into a file; its ending (`.pdf`, `.html`, `.svg`, `.png`, `.json`) chooses the
    /// form.
    ///
    /// # Errors
    /// Refused when the ending is not known, or the file cannot be written.
    pub fn report(&mut self, file: &Path) -> Result<(), Refused> {
        let file = file.to_string_lossy();
        self.text(&["report", "--out", &file]).map(drop)
    }

    /// Writes the whole diary as CSV files with a `diary.json` into a folder.
    ///
    /// # Errors
    /// Refused when the folder cannot be written.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let at = |name: &str| folder.path().join(name);
    /// # let mut diary = nightcramp::Session::new(at("d"), "2026-03-04T08:00:00Z", "UTC")?;
    /// # diary.log("03:10 left calf")?;
    /// diary.export(&at("csv"))?;
    /// let mut copy = nightcramp::Session::new(at("copy"), "2026-03-04T08:00:00Z", "UTC")?;
    /// copy.import(&at("csv"))?;
    /// assert_eq!(copy.week(None)?["episodes"], diary.week(None)?["episodes"]);
    /// # Ok(()) }
    /// ```
    pub fn export(&mut self, folder: &Path) -> Result<Value, Refused> {
        self.json(&["export", &folder.to_string_lossy()])
    }

    /// Takes in a folder or a file in the format of [`Session::export`], all of it or nothing.
    ///
    /// # Errors
    /// Refused when a row cannot be taken, with file, line and reason.
    pub fn import(&mut self, from: &Path) -> Result<Value, Refused> {
        self.json(&["import", &from.to_string_lossy()])
    }

    /// Runs any command line and gives the text it prints.
    ///
    /// # Errors
    /// Refused as the command refuses.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let mut diary = nightcramp::Session::new(folder.path().join("d"), "2026-03-04T08:00:00Z", "UTC")?;
    /// assert!(diary.text(&["log", "left", "calf"])?.starts_with("Logged #1"));
    /// assert_eq!(diary.text(&["lgo"]).unwrap_err().code, 2);
    /// # Ok(()) }
    /// ```
    pub fn text(&mut self, words: &[&str]) -> Result<String, Refused> {
        match self.run(words) {
            (0, out, _) => Ok(out),
            (code, _, err) => Err(Refused::new(code, err.trim(), None)),
        }
    }

    /// Runs any command line with `--json` and gives its value.
    ///
    /// # Errors
    /// Refused as the command refuses, or when it has no JSON.
    pub fn json(&mut self, words: &[&str]) -> Result<Value, Refused> {
        let with_json: Vec<&str> = std::iter::once("--json")
            .chain(words.iter().copied())
            .collect();
        let (code, out, err) = self.run(&with_json);
        if code == 0 {
            return serde_json::from_str(&out).map_err(|why| {
                let message = format!("no JSON from '{}': {why}", words.join(" "));
                Refused::new(1, message, None)
            });
        }
        #[derive(serde::Deserialize)]
        struct Answer {
            error: Refused,
        }
        let answer = serde_json::from_str(&err);
        Err(answer.map_or(Refused::new(code, err, None), |Answer { error }| error))
    }

    fn line(&mut self, command: &str, parts: &[&str]) -> Result<Value, Refused> {
        let words: Vec<&str> = std::iter::once(command)
            .chain(parts.iter().flat_map(|part| part.split_whitespace()))
            .collect();
        self.json(&words)
    }

    fn run(&self, words: &[&str]) -> (u8, String, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut input = Cursor::new(Vec::new());
        let mut random = self.random;
        let environment = Environment {
            now: self.now,
            zone: self.zone.clone(),
            diary: Some(self.path.clone()),
            pretend_now: None,
            data_dir: None,
            working_dir: PathBuf::new(),
            no_color: true,
            columns: None,
            unicode: true,
            input: &mut input,
            input_is_terminal: false,
            hidden_line: None,
            out: &mut out,
            out_is_terminal: false,
            err: &mut err,
            err_is_terminal: false,
            by: None,
            server: None,
            patience: Duration::MAX,
            random: &mut random,
        };
        let args = std::iter::once("cramp")
            .chain(words.iter().copied())
            .map(Into::into)
            .collect();
        let code = run(args, environment);
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        (code, text(out), text(err))
    }
}

fn instant(text: &str) -> Result<DateTime<Utc>, Refused> {
    DateTime::parse_from_rfc3339(text)
        .map(|at| at.to_utc())
        .map_err(|_| unread("instant", text))
}

fn unread(what: &str, text: &str) -> Refused {
    Refused::new(2, format!("'{text}' is not a known {what}"), None)
}
