//! `cramp check`: whether the diary is as it was written.

use crate::cli::backup::nothing_yet;
use crate::cli::{Context, Failure};
use crate::store::{Grade, Store};

/// Check the whole diary: structure, checksums, journal, and whether the records can be true.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

impl Args {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let (path, now) = (&ctx.path.clone(), ctx.now.utc);
        let found = ctx.watched("reading every page and record", || Store::check(path, now));
        let found = found?.ok_or_else(nothing_yet)?;
        let sound = found.is_sound();
        if ctx.dress.json {
            ctx.json(&serde_json::json!({
                "schema": 1, "kind": "check", "sound": sound, "clean": found.is_clean(), "check": found
            }))?;
        } else {
            let mut findings = found.findings.iter().peekable();
            while let Some(finding) = findings.next() {
                let grade = match finding.grade {
                    Grade::Damage => "DAMAGE",
                    Grade::Doubtful => "doubtful",
                    Grade::Notice => "notice",
                };
                ctx.say(&format!("{grade}: {}: {}", finding.place, finding.what))?;
                // The same way out is said once, below all it mends.
                if findings.peek().is_none_or(|next| next.mend != finding.mend) {
                    ctx.say(&format!("  {}", finding.mend))?;
                }
            }
            ctx.say(if found.is_clean() {
                "The diary is whole: structure, checksums and journal agree, and nothing in it is doubtful."
            } else if sound {
                "The diary is whole: what is on the disk is what was written. Nothing was changed by this check."
            } else {
                "The diary is damaged. Nothing was changed by this check."
            })?;
        }
        if sound { Ok(()) } else { Err(Failure::Exit(3)) }
    }
}
