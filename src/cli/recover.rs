//! `cramp recover`: what is readable of a damaged diary, in a new one.

use std::path::PathBuf;

use crate::cli::backup::undone;
use crate::cli::{Context, Failure};
use crate::store::Store;

/// Save what is readable of a damaged diary into a new one; the damaged file is left as it is.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The damaged file; without this, the diary
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// The new diary; without this, the damaged file's name with .recovered
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Args {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let from = self
            .file
            .as_ref()
            .map_or_else(|| ctx.path.clone(), |f| ctx.place(f));
        if !from.exists() {
            return Err(Failure::cannot(format!(
                "there is no file {}",
                from.display()
            )));
        }
        let into = self.out.as_ref().map_or_else(
            || {
                let mut name = from.file_name().unwrap_or_default().to_os_string();
                name.push(".recovered");
                from.with_file_name(name)
            },
            |out| ctx.place(out),
        );
        let now = ctx.now.utc;
        let report = ctx.watched("reading what can be read", || {
            Store::recover(&from, &into, now)
        });
        let report = report.map_err(undone)?;
        if ctx.dress.json {
            return ctx
                .json(&serde_json::json!({ "schema": 1, "kind": "recover", "recovered": report }));
        }
        let saved: Vec<String> = report
            .saved
            .iter()
            .map(|(table, n)| format!("{table} {n}"))
            .collect();
        ctx.say(&format!(
            "Saved into {}: {}.",
            into.display(),
            saved.join(", ")
        ))?;
        if !report.from_journal.is_empty() {
            ctx.say(&format!(
                "Saved from the change journal: {}.",
                report.from_journal.join(", ")
            ))?;
        }
        if report.unreadable_pages > 0 {
            ctx.say(&format!(
                "{} of {} pages could not be read.",
                report.unreadable_pages, report.pages
            ))?;
        }
        if report.lost.is_empty() {
            ctx.say("Nothing is lost.")?;
        }
        for lost in &report.lost {
            ctx.say(&format!("LOST: {}: {}", lost.place, lost.what))?;
        }
        ctx.say(&format!(
            "The damaged file was not touched; the history of changes stays in it. To go on with what was saved: cramp restore {}",
            into.display()
        ))
    }
}
