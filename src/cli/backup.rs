//! `cramp backup`, `restore`, `recover` and `check`: the diary is kept safe, brought back and examined.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::cli::export::cannot_read;
use crate::cli::failure::fail;
use crate::cli::{Failure, Invocation};
use crate::diary::Word;
use crate::store::{self, Grade, Lock, Reason, Store, StoreError, Unlock};
use crate::words::t;

/// A verified copy of the diary, encrypted if wanted
#[derive(Debug, clap::Args)]
pub(crate) struct Backup {
    /// Where to put it; without this, among the backups beside the diary
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Encrypt it in the age format (with --out): asks twice for a passphrase, or reads one line from a pipe
    #[arg(long, requires = "out")]
    encrypt: bool,
    /// Encrypt for the owner of this age public key instead of with a passphrase; may be given again
    #[arg(long, value_name = "AGE1…", requires = "encrypt")]
    recipient: Vec<String>,
    /// Read the passphrase from the first line of this file
    #[arg(
        long,
        value_name = "FILE",
        requires = "encrypt",
        conflicts_with = "recipient"
    )]
    passphrase_file: Option<PathBuf>,
}

impl Backup {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        // Opened for writing: an older diary first takes its steps, and a copy cut short by a power cut its rollback.
        if !call.path.exists() {
            return Err(no_diary());
        }
        let store = call.open()?;
        let now = call.now.utc;
        let out = self.out.as_ref().map(|out| call.place(out));
        let lock = match self.encrypt {
            true => Some(self.lock(call)?),
            false => None,
        };
        let to = out.clone();
        let backup = call.watch(t!(cli, "copying"), move || match to {
            None => store.backup(now, Reason::Asked),
            Some(out) => store.backup_to(now, &out, lock.as_ref()),
        });
        let backup = backup.map_err(refused)?;
        let open_copy = out.filter(|_| !self.encrypt);
        if let Some(service) = open_copy.and_then(|out| store::synchronised_on_disk(&out)) {
            call.warn(&t!(cli, "synchronised", service))?;
        }
        let value = json!({ "schema": 1, "kind": "backup", "backup": backup });
        let mut text = t!(cli, "backed-up", backup = in_words(call, &backup));
        if self.encrypt {
            text = format!("{text}\n{}", t!(cli, "keep-it-safe"));
        }
        call.respond(&value, |_, _| text)
    }

    fn lock(&self, call: &mut Invocation<'_>) -> Result<Lock, Failure> {
        if !self.recipient.is_empty() {
            return Ok(Lock::Recipients(self.recipient.clone()));
        }
        let words = passphrase(call, self.passphrase_file.as_ref(), t!(cli, "passphrase"))?;
        let twice = self.passphrase_file.is_none() && call.env.input_is_terminal;
        if twice && passphrase(call, None, t!(cli, "passphrase-again"))? != words {
            return Err(fail!(Cannot, "passphrases-differ"));
        }
        Ok(Lock::Passphrase(words))
    }
}

/// Bring the diary back to what a backup holds (--list shows them)
#[derive(Debug, clap::Args)]
pub(crate) struct Restore {
    /// The backup
    #[arg(required_unless_present = "list", value_name = "FILE")]
    file: Option<PathBuf>,
    /// Show which backups there are
    #[arg(long, conflicts_with = "file")]
    list: bool,
    /// The age key file that opens an encrypted backup
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
    /// Read the passphrase of an encrypted backup from the first line of this file
    #[arg(long, value_name = "FILE", conflicts_with = "identity")]
    passphrase_file: Option<PathBuf>,
}

impl Restore {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        match &self.file {
            Some(file) => self.restore(call, file),
            None => list(call),
        }
    }

    fn restore(&self, call: &mut Invocation<'_>, file: &Path) -> Result<(), Failure> {
        let place = call.place(file);
        if !place.exists() {
            return Err(fail!(Cannot, "no-such-backup", file = file.display()));
        }
        let key = match store::is_encrypted(&place).map_err(refused)? {
            true => Some(self.unlock(call)?),
            false => None,
        };
        let (path, now) = (call.path.clone(), call.now.utc);
        let done = call.watch(t!(cli, "restoring"), || {
            Store::restore(&path, &place, now, key.as_ref())
        });
        let done = done.map_err(refused)?;
        let value = json!({ "schema": 1, "kind": "restore", "restored": done });
        call.respond(&value, |_, _| {
            let counts = done.counts;
            let restored = t!(
                cli,
                "restored",
                file = file.display(),
                inserted = counts.inserted,
                updated = counts.updated,
                removed = done.removed,
                unchanged = counts.unchanged,
            );
            let kept = done.kept.as_ref().map(|kept| match done.was_damaged {
                true => t!(cli, "kept-damaged", file = kept.display()),
                false => t!(cli, "kept", file = kept.display()),
            });
            let undo = done.can_undo.then(|| t!(cli, "restore-undo").to_string());
            let lines = [Some(restored), kept, undo];
            lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
        })
    }

    /// What opens an encrypted backup: a key file, or a passphrase.
    fn unlock(&self, call: &mut Invocation<'_>) -> Result<Unlock, Failure> {
        match &self.identity {
            Some(file) => read_file(call, file).map(Unlock::KeyFile),
            None => passphrase(call, self.passphrase_file.as_ref(), t!(cli, "passphrase"))
                .map(Unlock::Passphrase),
        }
    }
}

fn list(call: &mut Invocation<'_>) -> Result<(), Failure> {
    let found = store::backups(&call.path)?;
    let lines: Vec<String> = found.iter().map(|b| in_words(call, b)).collect();
    let value = json!({ "schema": 1, "kind": "backups", "backups": found });
    call.list(&value, &lines, t!(cli, "no-backups"))
}

/// One line of a backup: when, why, how large, where.
fn in_words(call: &Invocation<'_>, backup: &store::Backup) -> String {
    let zone = &call.now.zone;
    let when = backup.made_at.map_or_else(
        || format!("{:16}", t!(cli, "time-unknown")),
        |at| zone.moment(at).local().format("%Y-%m-%d %H:%M").to_string(),
    );
    let why = backup.reason.map_or(t!(cli, "why-unknown"), Reason::word);
    let why = format!("{why:7}");
    // Without the thousands Fluent would have to be told not to group.
    let (bytes, file) = (backup.bytes.to_string(), backup.path.display());
    match backup.manifest {
        Some(_) => t!(cli, "backup", when, why, bytes, file),
        None => t!(cli, "backup-without-manifest", when, why, bytes, file),
    }
}

/// A passphrase from a file, from the terminal, or from the first line of a pipe.
fn passphrase(
    call: &mut Invocation<'_>,
    file: Option<&PathBuf>,
    prompt: &str,
) -> Result<String, Failure> {
    let text = match file {
        Some(file) => read_file(call, file)?,
        None => typed_line(call, prompt)?,
    };
    let words = text.lines().next().unwrap_or_default().to_string();
    if words.is_empty() {
        return Err(fail!(Cannot, "no-passphrase"));
    }
    Ok(words)
}

/// One line from the terminal, which does not show as it is typed, or from a pipe.
fn typed_line(call: &mut Invocation<'_>, prompt: &str) -> Result<String, Failure> {
    if call.env.input_is_terminal {
        call.inform(prompt)?;
        if let Some(read) = call.env.hidden_line {
            return read().map_err(|why| fail!(Cannot, "passphrase-unread", why = why.to_string()));
        }
    }
    let mut line = String::new();
    call.env.input.read_line(&mut line)?;
    Ok(line)
}

fn read_file(call: &Invocation<'_>, file: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(call.place(file)).map_err(|why| cannot_read(file, &why))
}

/// Save what is readable of a damaged diary into a new one
#[derive(Debug, clap::Args)]
pub(crate) struct Recover {
    /// The damaged file; without this, the diary
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// The new diary; without this, the damaged file's name with .recovered
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Recover {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let named = self.file.as_ref().map(|f| call.place(f));
        let from = named.unwrap_or_else(|| call.path.clone());
        if !from.exists() {
            return Err(fail!(Cannot, "no-file", file = from.display()));
        }
        let into = self.out.as_ref().map(|out| call.place(out));
        let into = into.unwrap_or_else(|| {
            let mut name = from.file_name().unwrap_or_default().to_os_string();
            name.push(".recovered");
            from.with_file_name(name)
        });
        let now = call.now.utc;
        let report = call.watch(t!(cli, "recovering"), || Store::recover(&from, &into, now));
        let report = report.map_err(refused)?;
        let value = json!({ "schema": 1, "kind": "recover", "recovered": report });
        call.respond(&value, |_, _| {
            let into = into.display();
            let saved: Vec<String> = report
                .saved
                .iter()
                .map(|(table, n)| format!("{table} {n}"))
                .collect();
            let mut lines = vec![t!(cli, "saved", file = into, tables = saved.join(", "))];
            if !report.from_journal.is_empty() {
                let list = report.from_journal.join(", ");
                lines.push(t!(cli, "saved-from-journal", list));
            }
            if report.unreadable_pages > 0 {
                let (unreadable, pages) = (report.unreadable_pages, report.pages);
                lines.push(t!(cli, "unreadable-pages", unreadable, pages));
            }
            if report.lost.is_empty() {
                lines.push(t!(cli, "nothing-lost").to_string());
            }
            let lost = report.lost.iter();
            lines.extend(lost.map(|l| t!(cli, "lost", place = l.place, what = l.what)));
            lines.push(t!(cli, "go-on-with-recovered", file = into));
            lines.join("\n")
        })
    }
}

/// Check the whole diary; repairs nothing
#[derive(Debug, clap::Args)]
pub(crate) struct Check {}

impl Check {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let (path, now) = (call.path.clone(), call.now.utc);
        let found = call.watch(t!(cli, "checking"), || Store::check(&path, now));
        let found = found?.ok_or_else(no_diary)?;
        let (sound, clean) = (found.is_sound(), found.is_clean());
        let value = json!({
            "schema": 1, "kind": "check", "sound": sound, "clean": clean, "check": found
        });
        call.respond(&value, |_, _| {
            let mut lines = Vec::new();
            let mut findings = found.findings.iter().peekable();
            while let Some(finding) = findings.next() {
                let (place, what) = (&finding.place, &finding.what);
                lines.push(match finding.grade {
                    Grade::Damage => t!(cli, "damage", place, what),
                    Grade::Doubtful => t!(cli, "doubtful", place, what),
                    Grade::Notice => t!(cli, "notice", place, what),
                });
                // The same way out is given once, below all it mends.
                if findings.peek().is_none_or(|next| next.mend != finding.mend) {
                    lines.push(t!(cli, "mend", mend = finding.mend));
                }
            }
            let verdict = match (clean, sound) {
                (true, _) => t!(cli, "whole"),
                (_, true) => t!(cli, "whole-but-doubtful"),
                _ => t!(cli, "damaged"),
            };
            lines.push(verdict.to_string());
            lines.join("\n")
        })?;
        Failure::exit_unless(sound, 3)
    }
}

/// What was refused for its own sake is no fault of the diary.
fn refused(error: StoreError) -> Failure {
    match error {
        StoreError::Refused(why) => Failure::cannot(why, None),
        other => other.into(),
    }
}

fn no_diary() -> Failure {
    fail!(Cannot, "no-diary")
}
