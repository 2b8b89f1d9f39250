//! `cramp analyze`: which factors go with cramps.

use crate::cli::event::date;
use crate::cli::{Context, Failure};
use crate::diary::{Diary, Night, Record};
use crate::render::terminal_factors::{self, Layout};
use crate::report::factors::{Factors, Wish, factors, look_record};
use crate::store::{StoreError, Table};

/// Which factors go with cramps: graded, with the reasons; nothing here is a cause.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp analyze
  cramp analyze --self-test
  cramp analyze --json --all-numbers")]
pub(crate) struct Args {
    /// As things stood on this night (last night if left out)
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    until: Option<String>,
    /// Shuffle your diary this often and say how often luck alone would speak
    #[arg(long, value_name = "TIMES", num_args = 0..=1, default_missing_value = "200", value_parser = clap::value_parser!(u16).range(1..=10_000))]
    self_test: Option<u16>,
    /// Every number of every factor, without gates and grades
    #[arg(long)]
    all_numbers: bool,
}

impl Args {
    pub(crate) fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        let as_of = as_of(ctx, self.until.as_deref())?;
        let diary = diary(ctx)?;
        let runs = self.self_test.map_or(0, usize::from);
        let wish = Wish {
            all_numbers: self.all_numbers,
            self_test: runs,
            seed: ctx.seed,
        };
        let report = with_progress(ctx, runs, |progress| factors(&diary, as_of, wish, progress));
        if self.until.is_none() {
            keep_looks(ctx, &report)?;
        }
        if ctx.dress.json {
            return ctx.json(&report);
        }
        let layout = layout(ctx);
        ctx.say(&terminal_factors::factors(&report, layout))
    }
}

/// The night a report looks back from.
pub(crate) fn as_of(ctx: &mut Context<'_, '_>, until: Option<&str>) -> Result<Night, Failure> {
    match until {
        Some(text) => date(ctx, text),
        None => Ok(ctx.now.last_night()),
    }
}

/// The whole diary; an absent one is empty.
pub(crate) fn diary(ctx: &Context<'_, '_>) -> Result<Diary, Failure> {
    Ok(match ctx.open_read()? {
        None => Diary::default(),
        Some(store) => store.read(None)?,
    })
}

pub(crate) fn layout(ctx: &Context<'_, '_>) -> Layout {
    Layout {
        plain: ctx.dress.plain,
        color: ctx.dress.color,
        width: ctx.dress.width,
    }
}

/// Runs `work`, and on a terminal counts the shuffled diaries on standard error meanwhile.
fn with_progress<T: Send>(
    ctx: &mut Context<'_, '_>,
    runs: usize,
    work: impl FnOnce(&(dyn Fn() + Sync)) -> T + Send,
) -> T {
    if runs == 0 || !ctx.world.err_is_terminal || ctx.dress.plain {
        return ctx.watched("comparing nights with and without each factor", || {
            work(&|| ())
        });
    }
    let (tell, hear) = std::sync::mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let working = scope.spawn(move || {
            work(&|| {
                // Nobody listening any more is no reason to stop counting.
                let _gone = tell.send(());
            })
        });
        for (done, ()) in hear.iter().enumerate() {
            let bar = "#".repeat(30 * (done + 1) / runs);
            let _closed = write!(
                ctx.world.err,
                "\r[{bar:<30}] {} of {runs} shuffled diaries",
                done + 1
            );
            let _closed = ctx.world.err.flush();
        }
        let _closed = writeln!(ctx.world.err);
        working
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Keeps the looks that were taken now. A diary that cannot be written to right now is no reason to be silent: the same
/// looks can be taken again from the same nights.
fn keep_looks(ctx: &mut Context<'_, '_>, report: &Factors) -> Result<(), Failure> {
    if report.found.new_looks.is_empty() {
        return Ok(());
    }
    let now = ctx.now.utc;
    let kept = ctx.open().and_then(|mut store| {
        store.write(now, crate::cli::journal::LOOKS, |w| {
            for look in &report.found.new_looks {
                let id = w.next_id(Table::Look)?;
                if let Ok(record) = look_record(look, id, now) {
                    w.put(Record::Look(record))?;
                }
            }
            Ok::<(), StoreError>(())
        })?;
        Ok(())
    });
    if kept.is_err() {
        ctx.tell("The look taken now could not be kept in the diary; it will be taken again.")?;
    }
    Ok(())
}
