//! `cramp trend`: how the number of cramps has moved.

use crate::cli::analyze::{as_of, diary, layout};
use crate::cli::{Context, Failure};
use crate::render::terminal_trend;
use crate::report::trend::trend;

/// Months with their rates, drift, changes, season, and before and after of courses.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp trend
  cramp trend --json")]
pub(crate) struct Args {
    /// As things stood on this night (last night if left out)
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    until: Option<String>,
}

impl Args {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let as_of = as_of(ctx, self.until.as_deref())?;
        let (diary, seed) = (diary(ctx)?, ctx.seed);
        let report = ctx.watched("looking for changes over time", || {
            trend(&diary, as_of, seed)
        });
        if ctx.dress.json {
            return ctx.json(&report);
        }
        let (layout, unicode) = (layout(ctx), ctx.dress.unicode);
        ctx.say(&terminal_trend::trend(&report, layout, unicode))
    }
}
