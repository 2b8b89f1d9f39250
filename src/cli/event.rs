//! `cramp event` and `cramp exclude`: marks on the time axis, and periods that statistics skip.

use crate::cli::written::{answer_record, catalogue, free_text};
use crate::cli::{Context, Failure};
use crate::diary::clock::read_when;
use crate::diary::{Night, Record, When};
use crate::report::echo::Aside;
use crate::store::Table;

/// A mark on the time axis.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp event \"new shoes\"
  cramp event \"moved house\" 2026-02-14")]
pub(crate) struct Event {
    /// What happened
    text: String,
    /// The date (today if left out)
    #[arg(allow_negative_numbers = true, num_args = 0..)]
    date: Vec<String>,
}

impl Event {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let text = free_text(&self.text, "text")?;
        let night = match self.date.as_slice() {
            [] => Night::of_evening(ctx.now.today()),
            words => date(ctx, &words.join(" "))?,
        };
        let mut store = ctx.open()?;
        let now = ctx.now.utc;
        let (record, catalogue) = store.write(now, &ctx.command.clone(), |w| {
            let id = w.next_id(Table::Event)?;
            let record = Record::Event(crate::diary::Event {
                id,
                night,
                text,
                recorded_at: now,
            });
            w.put(record.clone())?;
            Ok::<_, Failure>((record, catalogue(w, night)?))
        })?;
        answer_record(ctx, "Marked", &record, &catalogue, Aside::default())
    }
}

/// A period that statistics skip, visibly.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp exclude 2026-02-01 2026-02-07 \"fever\"
  cramp exclude -9 -3 travel
Both ends are included. The nights stay in the diary; every report says how many were left out.")]
pub(crate) struct Exclude {
    /// First night
    #[arg(allow_negative_numbers = true)]
    from: String,
    /// Last night
    #[arg(allow_negative_numbers = true)]
    to: String,
    /// Why
    text: Vec<String>,
}

impl Exclude {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let (from, to) = (date(ctx, &self.from)?, date(ctx, &self.to)?);
        if to < from {
            return Err(Failure::words(
                format!("{} comes before {}", self.to, self.from),
                "write the first night, then the last",
            ));
        }
        let text = free_text(&self.text.join(" "), "reason")?;
        let mut store = ctx.open()?;
        let now = ctx.now.utc;
        let (record, catalogue) = store.write(now, &ctx.command.clone(), |w| {
            let id = w.next_id(Table::Exclusion)?;
            let record = Record::Exclusion(crate::diary::Exclusion {
                id,
                from,
                to,
                text,
                recorded_at: now,
            });
            w.put(record.clone())?;
            Ok::<_, Failure>((record, catalogue(w, to)?))
        })?;
        answer_record(ctx, "Excluded", &record, &catalogue, Aside::default())
    }
}

/// A night given by its date, a weekday, `last`, `-2`.
pub(crate) fn date(ctx: &Context<'_, '_>, text: &str) -> Result<Night, Failure> {
    match read_when(text, &ctx.now)? {
        Some(When {
            night, at: None, ..
        }) => Ok(night),
        Some(When { at: Some(at), .. }) => Ok(Night::of_evening(at.local().date())),
        None => Err(Failure::words(
            format!("'{text}' is not a date"),
            "write it as 2026-03-04, or as today, yesterday, mon, -2",
        )),
    }
}
