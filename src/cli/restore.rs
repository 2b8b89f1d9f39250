//! `cramp restore`: the diary as a backup holds it.

use std::path::PathBuf;

use crate::cli::backup::{all, described, undone, unlock};
use crate::cli::{Context, Failure};
use crate::store::{Store, is_encrypted};

/// Bring the diary back to what a backup holds.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
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

impl Args {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        match &self.file {
            Some(file) => self.restore(ctx, file),
            None => list(ctx),
        }
    }

    fn restore(&self, ctx: &mut Context<'_, '_>, file: &std::path::Path) -> Result<(), Failure> {
        let place = ctx.place(file);
        if !place.exists() {
            return Err(Failure::cannot_but(
                format!("there is no file {}", file.display()),
                "'cramp restore --list' shows the backups beside the diary",
            ));
        }
        let key = if is_encrypted(&place).map_err(undone)? {
            Some(unlock(
                ctx,
                self.identity.as_ref(),
                self.passphrase_file.as_ref(),
            )?)
        } else {
            None
        };
        let (path, now) = (&ctx.path.clone(), ctx.now.utc);
        let done = ctx.watched("comparing and writing back", || {
            Store::restore(path, &place, now, key.as_ref())
        });
        let done = done.map_err(undone)?;
        if ctx.dress.json {
            return ctx
                .json(&serde_json::json!({ "schema": 1, "kind": "restore", "restored": done }));
        }
        let counts = done.counts;
        ctx.say(&format!(
            "Restored from {}: {} records brought back, {} changed back, {} taken away, {} were the same.",
            file.display(),
            counts.inserted,
            counts.updated,
            done.removed,
            counts.unchanged
        ))?;
        if let Some(kept) = &done.kept {
            let was = if done.was_damaged {
                "The damaged diary"
            } else {
                "The diary as it was before"
            };
            ctx.say(&format!("{was} is kept: {}", kept.display()))?;
        }
        if done.can_undo {
            ctx.say("Undo: cramp undo")?;
        }
        Ok(())
    }
}

fn list(ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
    let found = all(ctx)?;
    if ctx.dress.json {
        return ctx.json(&serde_json::json!({ "schema": 1, "kind": "backups", "backups": found }));
    }
    if found.is_empty() {
        return ctx.say(
            "No backups yet. 'cramp backup' makes one; the first write of each day does too.",
        );
    }
    let lines: Vec<String> = found.iter().map(|b| described(ctx, b)).collect();
    ctx.say(&lines.join("\n"))
}
