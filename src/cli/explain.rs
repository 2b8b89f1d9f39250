//! `cramp explain FACTOR`: one factor in full, with its nights.

use crate::cli::analyze::{as_of, diary, layout};
use crate::cli::{Context, Failure};
use crate::render::terminal_factors;
use crate::report::explain::explain;

/// One factor in full: its nights, levels, bounds and checks.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp explain exercise
  cramp explain magnesium --json")]
pub(crate) struct Args {
    /// The factor, as 'cramp factor list' and 'cramp analyze' name it
    factor: String,
    /// As things stood on this night (last night if left out)
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    until: Option<String>,
}

impl Args {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let as_of = as_of(ctx, self.until.as_deref())?;
        let diary = diary(ctx)?;
        let (factor, seed) = (&self.factor, ctx.seed);
        let explained = ctx.watched("comparing nights with and without it", || {
            explain(&diary, as_of, factor, seed)
        });
        let explained = explained.map_err(|e| {
            let hint = match (&e.nearest, e.known.is_empty()) {
                (Some(near), _) => format!("did you mean '{near}'?"),
                (None, true) => {
                    "write factors down with 'cramp night room=18C exercise=45min'".to_string()
                }
                (None, false) => format!("written down so far: {}", e.known.join(" ")),
            };
            Failure::cannot_but(e.to_string(), hint)
        })?;
        if ctx.dress.json {
            return ctx.json(&explained);
        }
        let layout = layout(ctx);
        ctx.say(&terminal_factors::explained(&explained, layout))
    }
}
