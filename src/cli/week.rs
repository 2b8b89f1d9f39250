//! `cramp week`: the weekly trend report.

use crate::cli::event::date;
use crate::cli::{Context, Failure};
use crate::diary::{Diary, Nights};
use crate::report::{flags, weekly};

/// The weekly report: seven nights, and the four weeks before them.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp week
  cramp week --ending 2026-03-01
  cramp week --json")]
pub(crate) struct Args {
    /// The last night of the week (last night if left out)
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    ending: Option<String>,
}

impl Args {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let last = match &self.ending {
            Some(text) => date(ctx, text)?,
            None => ctx.now.last_night(),
        };
        let report = report(ctx, last)?;
        if ctx.dress.json {
            return ctx.json(&report);
        }
        let dress = ctx.dress;
        ctx.say(&crate::render::terminal_week::week(
            &report,
            dress.plain,
            dress.color,
            dress.unicode,
            dress.width,
        ))
    }
}

/// The report for the week that ends with `last`; an absent diary is an empty one.
pub(crate) fn report(
    ctx: &Context<'_, '_>,
    last: crate::diary::Night,
) -> Result<weekly::Weekly, Failure> {
    let (diary, fired) = match ctx.open_read()? {
        None => (Diary::default(), Vec::new()),
        Some(store) => {
            let window = Nights::ending(last, flags::LOOKBACK_NIGHTS);
            let diary = store.read(Some(window))?;
            let fired = flags::flags_of_window(&diary, last.plus(1).date()).flags;
            (diary, fired)
        }
    };
    Ok(weekly::weekly(&diary, last, fired))
}
