//! The door: words in, text out. The only room that prints.

mod amend;
mod ask;
mod background;
mod backup;
mod demo;
mod entries;
mod export;
mod failure;
mod flags;
mod help;
mod import;
mod invocation;
mod journal;
mod log;
mod pictures;
mod read;
mod write;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

pub(crate) use failure::Failure;
pub use invocation::Environment;
pub(crate) use invocation::{Invocation, Style};

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
struct Cli {
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

/// The commands: each variant with its line of help and the arguments it takes, which also run it.
macro_rules! commands {
    ($($(#[$about:meta])* $name:ident($arguments:ty),)*) => {
        #[derive(Debug, Subcommand)]
        enum Command {
            $($(#[$about])* $name($arguments),)*
        }

        impl Command {
            fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
                match self {
                    $(Command::$name(command) => command.run(call),)*
                }
            }
        }
    };
}

commands! {
    /// Log a cramp: now, or at a time, with whatever you remember
    Log(log::Log),
    /// Answer for a night: calm, or what the evening before was like
    Night(log::Night),
    /// The morning check-in as questions
    Ask(ask::Ask),
    /// One dose of a medicine or supplement taken
    Took(entries::Took),
    /// A medicine, supplement or measure over a period
    #[command(subcommand)]
    Course(background::Course),
    /// Something noticed between cramps, or asked and absent
    Symptom(entries::Symptom),
    /// Facts about you that advice depends on
    Me(background::Me),
    /// A mark on the time axis
    Event(entries::Event),
    /// A period that statistics skip, visibly
    Exclude(entries::Exclude),
    /// The catalogue of factors: built-in ones with their sources, and your own
    #[command(subcommand)]
    Factor(background::Factor),
    /// Amend a record
    Edit(amend::Edit),
    /// Delete records (reversible; --forget erases for good)
    Delete(amend::Delete),
    /// Take the last change back
    Undo(journal::Undo),
    /// Bring back what undo took away
    Redo(journal::Redo),
    /// Every change ever made
    History(journal::History),
    /// Records of a stretch of nights
    List(read::List),
    /// One record in full
    Show(read::Show),
    /// The weekly trend report
    Week(read::Week),
    /// A verified copy of the diary, encrypted if wanted
    Backup(backup::Backup),
    /// Bring the diary back to what a backup holds (--list shows them)
    Restore(backup::Restore),
    /// Check the whole diary; repairs nothing
    Check(backup::Check),
    /// Save what is readable of a damaged diary into a new one
    Recover(backup::Recover),
    /// Patterns that deserve a medical check
    Flags(flags::Args),
    /// A picture of the diary: timeline, calendar, clock, factors or trend
    Chart(pictures::Chart),
    /// The one-page report for a clinician
    Report(pictures::Report),
    /// The whole diary as CSV or JSON files
    Export(export::Export),
    /// A diary from CSV or JSON files
    Import(import::Import),
    /// A made-up diary with known truth, to try everything on
    Demo(demo::Demo),
    /// Months, drift, changes and season
    Trend(read::Trend),
    /// Which factors go with cramps
    Analyze(read::Analyze),
    /// One factor in full, with its nights
    Explain(read::Explain),
    /// Where the diary is
    Locate(read::Locate),
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

/// Runs one command line and returns the exit code.
pub fn run(args: Vec<OsString>, mut env: Environment<'_>) -> u8 {
    let json = args.iter().any(|a| a == "--json");
    let typed = typed(&args);
    let parsed = command()
        .try_get_matches_from(args)
        .and_then(|m| Cli::from_arg_matches(&m));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(e) => return refused_by_clap(&e, json, &mut env),
    };
    let (now, path) = match (now(&cli.globals, &env), path(&cli.globals, &env)) {
        (Ok(now), Ok(path)) => (now, path),
        (Err(failure), _) | (_, Err(failure)) => return report_failure(&failure, json, &mut env),
    };
    let mut call = Invocation {
        style: style(&cli.globals, &env),
        env,
        now,
        path,
        seed: cli.globals.seed,
        command: typed,
    };
    let outcome = match &cli.command {
        None => read::status(&mut call),
        Some(command) => command.run(&mut call),
    };
    let flushed = call.env.out.flush().map_err(Failure::from);
    match outcome.and(flushed) {
        Ok(()) => 0,
        Err(failure) => report_failure(&failure, json, &mut call.env),
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

fn now(globals: &Globals, env: &Environment<'_>) -> Result<Now, Failure> {
    let Some(text) = globals.now.as_ref().or(env.pretend_now.as_ref()) else {
        return Ok(Now {
            utc: env.now,
            zone: env.zone.clone(),
        });
    };
    invocation::pretend(text, &env.zone).ok_or_else(|| {
        Failure::words(
            format!("'{text}' is not an instant"),
            "write it as 2026-03-04T08:00:00+00:00",
        )
    })
}

fn path(globals: &Globals, env: &Environment<'_>) -> Result<PathBuf, Failure> {
    let default = env
        .data_dir
        .as_ref()
        .map(|d| d.join("nightcramp").join("diary.sqlite"));
    let named = globals.diary.clone().or_else(|| env.diary.clone());
    let path = named.or(default).ok_or_else(|| {
        Failure::cannot_but(
            "no place for the diary is known",
            "name one with --diary FILE",
        )
    })?;
    Ok(env.working_dir.join(path))
}

fn style(globals: &Globals, env: &Environment<'_>) -> Style {
    let color = match globals.color.as_str() {
        "always" => true,
        "never" => false,
        _ => env.out_is_terminal && !env.no_color,
    };
    Style {
        json: globals.json,
        plain: globals.plain,
        color: color && !globals.plain && !globals.json,
        unicode: env.unicode && !globals.plain,
        width: env.columns.unwrap_or(80).clamp(40, 80),
    }
}

fn refused_by_clap(e: &clap::Error, json: bool, env: &mut Environment<'_>) -> u8 {
    use clap::error::ErrorKind;
    let text = e.render().to_string();
    if matches!(e.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // A closed pipe while showing help is success.
        let _closed = write!(env.out, "{text}");
        return 0;
    }
    if !json {
        let _closed = write!(env.err, "{text}");
        return 2;
    }
    let first = text.lines().next().unwrap_or_default();
    let tip = text.lines().find_map(|l| l.trim().strip_prefix("tip: "));
    let failure = Failure::words(
        first.trim_start_matches("error: "),
        tip.unwrap_or("see 'cramp --help'"),
    );
    report_failure(&failure, json, env)
}

/// Prints what went wrong on standard error, and returns the exit code.
fn report_failure(failure: &Failure, json: bool, env: &mut Environment<'_>) -> u8 {
    // Nothing more can be done when standard error itself is closed.
    if json {
        if let Some(text) = failure.json() {
            let _closed = writeln!(env.err, "{text}");
        }
    } else if let Some(message) = failure.message() {
        let _closed = writeln!(env.err, "cramp: {message}");
        if let Some(hint) = failure.hint() {
            let _closed = writeln!(env.err, "  {hint}");
        }
    }
    failure.code()
}
