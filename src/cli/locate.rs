//! `cramp locate`: where the diary is.

use crate::cli::{Context, Failure};
use crate::store::backups_folder;

/// Where the diary is.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

impl Args {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let path = ctx.path.display().to_string();
        let exists = ctx.path.exists();
        let backups = backups_folder(&ctx.path);
        if ctx.dress.json {
            return ctx.json(&serde_json::json!({
                "schema": 1, "kind": "locate", "diary": path, "exists": exists, "backups": backups.display().to_string(),
            }));
        }
        ctx.say(&path)?;
        if !exists {
            ctx.tell("note: there is no diary there yet; the first entry makes it")?;
        }
        if backups.is_dir() {
            ctx.tell(&format!("note: its backups are in {}", backups.display()))?;
        }
        Ok(())
    }
}
