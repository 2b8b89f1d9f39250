//! The door: words in, text out. The only room that prints.

pub(crate) mod analyze;
pub(crate) mod ask;
pub(crate) mod ask_symptoms;
pub(crate) mod backup;
pub(crate) mod chart;
pub(crate) mod check;
pub(crate) mod context;
pub(crate) mod course;
pub(crate) mod demo;
pub(crate) mod edit;
pub(crate) mod event;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod factor;
pub(crate) mod failure;
pub(crate) mod flags;
pub(crate) mod help;
pub(crate) mod import;
pub(crate) mod journal;
pub(crate) mod list;
pub(crate) mod locate;
pub(crate) mod log;
pub(crate) mod me;
pub(crate) mod night;
pub(crate) mod progress;
pub(crate) mod recover;
pub(crate) mod report;
pub(crate) mod restore;
pub(crate) mod status;
pub(crate) mod symptom;
pub(crate) mod took;
pub(crate) mod trend;
pub(crate) mod week;
pub(crate) mod written;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

pub use context::World;
pub(crate) use context::{Context, Dress};
pub(crate) use failure::Failure;

use crate::diary::Now;

/// The diary for people whose legs cramp at night.
#[derive(Debug, Parser)]
#[command(
    name = "cramp",
    version,
    about = "The diary for people whose legs cramp at night.",
    after_help = "A first night:\n  cramp log left calf 6 3min     a cramp, just now\n  cramp night calm               last night was calm\n  cramp week                     the weekly report\n\nThis is a diary, not a medical device, and makes no diagnosis. 'cramp help TOPIC' explains more.",
    disable_help_subcommand = true
)]
pub(crate) struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Options every command takes.
#[derive(Debug, clap::Args)]
struct Globals {
    /// The diary file [env: NIGHTCRAMP_DIARY; default: in the platform's data folder]
    #[arg(long, global = true, value_name = "FILE")]
    diary: Option<PathBuf>,
    /// Answer as JSON
    #[arg(long, global = true)]
    json: bool,
    /// One record a line, no boxes or drawings (for screen readers and scripts)
    #[arg(long, global = true)]
    plain: bool,
    /// Colour the output
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", value_parser = ["auto", "always", "never"])]
    color: String,
    /// Pretend it is this instant, for scripts and tests [env: NIGHTCRAMP_NOW]
    #[arg(long, global = true, value_name = "RFC3339")]
    now: Option<String>,
    /// Seed for anything that uses chance
    #[arg(long, global = true, value_name = "N", default_value_t = 1)]
    seed: u64,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Log a cramp: now, or at a time, with whatever you remember
    Log(log::Args),
    /// Answer for a night: calm, or what the evening before was like
    Night(night::Args),
    /// The morning check-in as questions
    Ask(ask::Args),
    /// One dose of a medicine or supplement taken
    Took(took::Args),
    /// A medicine, supplement or measure over a period
    #[command(subcommand)]
    Course(course::Course),
    /// Something noticed between cramps, or asked and absent
    Symptom(symptom::Args),
    /// Facts about you that advice depends on
    Me(me::Args),
    /// A mark on the time axis
    Event(event::Event),
    /// A period that statistics skip, visibly
    Exclude(event::Exclude),
    /// The catalogue of factors: built-in ones with their sources, and your own
    #[command(subcommand)]
    Factor(factor::Factor),
    /// Amend a record
    Edit(edit::Edit),
    /// Delete records (reversible; --forget erases for good)
    Delete(edit::Delete),
    /// Take the last change back
    Undo(journal::Undo),
    /// Bring back what undo took away
    Redo(journal::Redo),
    /// Every change ever made
    History(journal::History),
    /// Records of a stretch of nights
    List(list::List),
    /// One record in full
    Show(list::Show),
    /// The weekly trend report
    Week(week::Args),
    /// A verified copy of the diary, encrypted if wanted
    Backup(backup::Args),
    /// Bring the diary back to what a backup holds (--list shows them)
    Restore(restore::Args),
    /// Check the whole diary; repairs nothing
    Check(check::Args),
    /// Save what is readable of a damaged diary into a new one
    Recover(recover::Args),
    /// Patterns that deserve a medical check
    Flags(flags::Args),
    /// A picture of the diary: timeline, calendar, clock, factors or trend
    Chart(chart::Args),
    /// The one-page report for a clinician
    Report(report::Args),
    /// The whole diary as CSV or JSON files
    Export(export::Args),
    /// A diary from CSV or JSON files
    Import(import::Args),
    /// A made-up diary with known truth, to try everything on
    Demo(demo::Args),
    /// Months, drift, changes and season
    Trend(trend::Args),
    /// Which factors go with cramps
    Analyze(analyze::Args),
    /// One factor in full, with its nights
    Explain(explain::Args),
    /// Where the diary is
    Locate(locate::Args),
    /// Completions for a shell
    Completions(help::Completions),
    /// Manual pages
    Man(help::Man),
    /// Explain a command or a topic
    Help(help::Help),
}

/// The whole command line, for documentation and completions.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs one command line and gives the exit code.
pub fn run(args: Vec<OsString>, world: &mut World<'_>) -> u8 {
    let wants_json = args.iter().any(|a| a == "--json");
    let typed = typed(&args);
    let parsed = command()
        .try_get_matches_from(args)
        .and_then(|m| Cli::from_arg_matches(&m));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(e) => return refused_by_clap(&e, wants_json, world),
    };
    let outcome = prepare(&cli.globals, typed, world).and_then(|mut ctx| match &cli.command {
        None => status::run(&mut ctx),
        Some(command) => command.run(&mut ctx),
    });
    let flushed = world.out.flush().map_err(Failure::from);
    let Err(failure) = outcome.and(flushed) else {
        return 0;
    };
    tell_failure(&failure, wants_json, world);
    failure.code()
}

impl Command {
    fn run(&self, ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
        match self {
            Command::Log(c) => c.run(ctx),
            Command::Night(c) => c.run(ctx),
            Command::Ask(c) => c.run(ctx),
            Command::Took(c) => c.run(ctx),
            Command::Course(c) => c.run(ctx),
            Command::Symptom(c) => c.run(ctx),
            Command::Me(c) => c.run(ctx),
            Command::Event(c) => c.run(ctx),
            Command::Exclude(c) => c.run(ctx),
            Command::Factor(c) => c.run(ctx),
            Command::Edit(c) => c.run(ctx),
            Command::Delete(c) => c.run(ctx),
            Command::Undo(c) => c.run(ctx),
            Command::Redo(c) => c.run(ctx),
            Command::History(c) => c.run(ctx),
            Command::List(c) => c.run(ctx),
            Command::Show(c) => c.run(ctx),
            Command::Week(c) => c.run(ctx),
            Command::Backup(c) => c.run(ctx),
            Command::Restore(c) => c.run(ctx),
            Command::Check(c) => c.run(ctx),
            Command::Recover(c) => c.run(ctx),
            Command::Flags(c) => c.run(ctx),
            Command::Chart(c) => c.run(ctx),
            Command::Report(c) => c.run(ctx),
            Command::Export(c) => c.run(ctx),
            Command::Import(c) => c.run(ctx),
            Command::Demo(c) => c.run(ctx),
            Command::Trend(c) => c.run(ctx),
            Command::Analyze(c) => c.run(ctx),
            Command::Explain(c) => c.run(ctx),
            Command::Locate(c) => c.run(ctx),
            Command::Completions(c) => c.run(ctx),
            Command::Man(c) => c.run(ctx),
            Command::Help(c) => c.run(ctx),
        }
    }
}

/// The line as typed, for the change journal, without the options every command takes.
fn typed(args: &[OsString]) -> String {
    let mut words = Vec::new();
    let mut rest = args.iter().skip(1).map(|a| a.to_string_lossy());
    while let Some(word) = rest.next() {
        match word.as_ref() {
            "--json" | "--plain" => {}
            "--diary" | "--now" | "--color" | "--seed" => {
                let _value = rest.next();
            }
            w if ["--diary=", "--now=", "--color=", "--seed="]
                .iter()
                .any(|o| w.starts_with(o)) => {}
            w if w.contains(char::is_whitespace) => words.push(format!("\"{w}\"")),
            w => words.push(w.to_string()),
        }
    }
    words.join(" ")
}

fn prepare<'c, 'w>(
    globals: &Globals,
    typed: String,
    world: &'c mut World<'w>,
) -> Result<Context<'c, 'w>, Failure> {
    let pretend = globals.now.clone().or_else(|| world.pretend_now.clone());
    let now = match pretend {
        None => Now {
            utc: world.now,
            zone: world.zone.clone(),
        },
        Some(text) => context::pretend(&text, &world.zone).ok_or_else(|| {
            Failure::words(
                format!("'{text}' is not an instant"),
                "write it as 2026-03-04T08:00:00+00:00",
            )
        })?,
    };
    let default = || {
        world
            .data_dir
            .as_ref()
            .map(|d| d.join("nightcramp").join("diary.sqlite"))
    };
    let path = globals
        .diary
        .clone()
        .or_else(|| world.diary.clone())
        .or_else(default);
    let path = path.ok_or_else(|| {
        Failure::cannot_but(
            "no place for the diary is known",
            "name one with --diary FILE",
        )
    })?;
    let color = match globals.color.as_str() {
        "always" => true,
        "never" => false,
        _ => world.out_is_terminal && !world.no_color,
    };
    let dress = Dress {
        json: globals.json,
        plain: globals.plain,
        color: color && !globals.plain && !globals.json,
        unicode: world.unicode && !globals.plain,
        width: world.columns.unwrap_or(80).clamp(40, 80),
    };
    let path = world.working_dir.join(path);
    Ok(Context {
        world,
        now,
        path,
        dress,
        seed: globals.seed,
        command: typed,
    })
}

fn refused_by_clap(e: &clap::Error, json: bool, world: &mut World<'_>) -> u8 {
    use clap::error::ErrorKind;
    let text = e.render();
    if matches!(e.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // A closed pipe while showing help is success.
        let _closed = write!(world.out, "{text}");
        return 0;
    }
    let text = text.to_string();
    let failure = if json {
        let first = text
            .lines()
            .next()
            .unwrap_or_default()
            .trim_start_matches("error: ");
        let tip = text.lines().find_map(|l| l.trim().strip_prefix("tip: "));
        Failure::Words {
            message: first.to_string(),
            hint: Some(tip.unwrap_or("see 'cramp --help'").to_string()),
        }
    } else {
        let _closed = write!(world.err, "{text}");
        Failure::Exit(2)
    };
    tell_failure(&failure, json, world);
    2
}

fn tell_failure(failure: &Failure, json: bool, world: &mut World<'_>) {
    // Nothing more can be done when standard error itself is closed.
    if json {
        if let Some(text) = failure.json() {
            let _closed = writeln!(world.err, "{text}");
        }
        return;
    }
    if let Some(message) = failure.message() {
        let _closed = writeln!(world.err, "cramp: {message}");
        if let Some(hint) = failure.hint() {
            let _closed = writeln!(world.err, "  {hint}");
        }
    }
}
