//! `cramp backup`: a verified copy of the diary, encrypted if wanted.

use std::path::PathBuf;

use crate::cli::{Context, Failure};
use crate::store::{Backup, Lock, Reason, StoreError, Unlock, synchronised_on_disk};

/// A verified copy of the diary.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
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

/// What is said while it lasts.
const COPYING: &str = "copying and verifying";

impl Args {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        // Opened for writing: an older diary first takes its steps, and a copy cut short by a power cut its rollback.
        if !ctx.path.exists() {
            return Err(nothing_yet());
        }
        let store = ctx.open()?;
        let now = ctx.now.utc;
        let backup = match &self.out {
            None => ctx.watched(COPYING, move || store.backup(now, Reason::Asked)),
            Some(out) => {
                let lock = if self.encrypt {
                    Some(self.lock(ctx)?)
                } else {
                    None
                };
                let out = ctx.place(out);
                ctx.watched(COPYING, move || store.backup_to(now, &out, lock.as_ref()))
            }
        };
        let backup = backup.map_err(undone)?;
        if !self.encrypt
            && let Some(service) = self
                .out
                .as_ref()
                .and_then(|out| synchronised_on_disk(&ctx.place(out)))
        {
            ctx.tell(&format!(
                "warning: {service} copies this folder to other machines, and the copy is not encrypted; --encrypt makes one that is"
            ))?;
        }
        if ctx.dress.json {
            return ctx
                .json(&serde_json::json!({ "schema": 1, "kind": "backup", "backup": backup }));
        }
        ctx.say(&format!(
            "Backed up and verified: {}",
            described(ctx, &backup)
        ))?;
        if self.encrypt {
            ctx.say("It opens with 'cramp restore' or the age program, and with its passphrase or key only: keep that safe.")?;
        }
        Ok(())
    }

    fn lock(&self, ctx: &mut Context<'_, '_>) -> Result<Lock, Failure> {
        if !self.recipient.is_empty() {
            return Ok(Lock::Recipients(self.recipient.clone()));
        }
        let words = passphrase(ctx, self.passphrase_file.as_ref(), "Passphrase")?;
        if self.passphrase_file.is_none() && ctx.world.input_is_terminal {
            let again = passphrase(ctx, None, "The same again")?;
            if again != words {
                return Err(Failure::cannot_but(
                    "the two passphrases differ; nothing was written",
                    "try again; --passphrase-file FILE reads it from a file instead",
                ));
            }
        }
        Ok(Lock::Passphrase(words))
    }
}

/// One line of a backup: when, why, how large, where.
pub(crate) fn described(ctx: &Context<'_, '_>, backup: &Backup) -> String {
    let when = backup.made_at.map_or_else(
        || "time unknown    ".to_string(),
        |at| {
            ctx.now
                .zone
                .moment(at)
                .local()
                .format("%Y-%m-%d %H:%M")
                .to_string()
        },
    );
    let why = backup.reason.map_or("unknown", Reason::word);
    let sealed = if backup.manifest.is_some() {
        ""
    } else {
        ", no manifest"
    };
    format!(
        "{when}  {why:7}  {} bytes{sealed}  {}",
        backup.bytes,
        backup.path.display()
    )
}

/// A passphrase from a file, from the terminal, or from the first line of a pipe.
pub(crate) fn passphrase(
    ctx: &mut Context<'_, '_>,
    file: Option<&PathBuf>,
    prompt: &str,
) -> Result<String, Failure> {
    let text = match file {
        Some(file) => std::fs::read_to_string(ctx.place(file))
            .map_err(|why| Failure::cannot(format!("{} cannot be read: {why}", file.display())))?,
        None => typed_line(ctx, prompt)?,
    };
    let words = text.lines().next().unwrap_or_default().to_string();
    if words.is_empty() {
        return Err(Failure::cannot_but(
            "no passphrase was given; nothing was done",
            "type one, pipe one in, or name a file with --passphrase-file FILE",
        ));
    }
    Ok(words)
}

/// One line from the terminal, which does not show as it is typed, or from a pipe.
fn typed_line(ctx: &mut Context<'_, '_>, prompt: &str) -> Result<String, Failure> {
    let mut line = String::new();
    if !ctx.world.input_is_terminal {
        ctx.world.input.read_line(&mut line)?;
        return Ok(line);
    }
    ctx.tell(&format!("{prompt} (it does not show as you type):"))?;
    match ctx.world.hidden_line {
        Some(read) => read().map_err(|why| {
            Failure::cannot_but(
                format!("no passphrase was read: {why}; nothing was done"),
                "--passphrase-file FILE reads it from a file instead",
            )
        }),
        None => {
            ctx.world.input.read_line(&mut line)?;
            Ok(line)
        }
    }
}

/// What opens an encrypted backup: a key file, or a passphrase.
pub(crate) fn unlock(
    ctx: &mut Context<'_, '_>,
    identity: Option<&PathBuf>,
    passphrase_file: Option<&PathBuf>,
) -> Result<Unlock, Failure> {
    match identity {
        Some(file) => std::fs::read_to_string(ctx.place(file))
            .map(Unlock::KeyFile)
            .map_err(|why| Failure::cannot(format!("{} cannot be read: {why}", file.display()))),
        None => passphrase(ctx, passphrase_file, "Passphrase").map(Unlock::Passphrase),
    }
}

/// What was refused for its own sake is no fault of the diary.
pub(crate) fn undone(error: StoreError) -> Failure {
    match error {
        StoreError::Refused(why) => Failure::cannot(why),
        other => Failure::Diary(other),
    }
}

/// There is no diary to work on.
pub(crate) fn nothing_yet() -> Failure {
    Failure::cannot_but(
        "there is no diary yet",
        "the first entry makes it: cramp log",
    )
}

/// The backups beside the diary, newest first.
pub(crate) fn all(ctx: &Context<'_, '_>) -> Result<Vec<Backup>, Failure> {
    Ok(crate::store::backups(&ctx.path)?)
}
