//! The door: words in, text out. The only room that prints.

mod amend;
mod analyze;
pub(crate) mod ask;
mod background;
mod backup;
mod cohort;
mod cohort_kept;
mod demo;
mod demo_cohort;
mod devices;
#[cfg_attr(not(feature = "web"), allow(dead_code))]
pub(crate) mod doorstep;
#[cfg_attr(not(feature = "web"), allow(dead_code))]
pub(crate) mod drawn;
mod entries;
mod experiment;
pub(crate) mod export;
mod export_clinic;
mod export_research;
pub(crate) mod failure;
mod flags;
mod hand_out;
mod help;
mod import;
mod import_elsewhere;
mod import_files;
mod install;
mod invocation;
pub(crate) mod journal;
#[cfg_attr(not(feature = "web"), allow(dead_code))]
pub(crate) mod pictures;
pub(crate) mod read;
mod remind;
pub(crate) mod serve;
#[cfg_attr(not(feature = "web"), allow(dead_code))]
pub(crate) mod server;
mod setup;
mod unknown;
pub(crate) mod write;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

pub use failure::Failure;
use failure::fail;
pub use invocation::Environment;
pub(crate) use invocation::Invocation;

use crate::diary::Now;
use crate::render::terminal::Layout;
use crate::words::t;

/// The diary for people whose legs cramp at night.
#[derive(Debug, Parser)]
#[command(
    name = "cramp",
    version,
    about = "The diary for people whose legs cramp at night.",
    after_help = include_str!("../words/en/usage/cramp.txt"),
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

/// The commands with the arguments each takes, which also run it and have its line of help.
macro_rules! commands {
    ($($(#[$attribute:meta])* $name:ident($arguments:ty),)*) => {
        #[derive(Debug, Subcommand)]
        enum Command {
            $($(#[$attribute])* $name($arguments),)*
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
    Log(entries::Log),
    Night(entries::NightAnswer),
    Ask(ask::Ask),
    Took(entries::Took),
    #[command(subcommand)]
    Course(background::Course),
    Symptom(entries::Symptom),
    Me(background::Me),
    Event(entries::Event),
    Exclude(entries::Exclude),
    #[command(subcommand)]
    Factor(background::Factor),
    Edit(amend::Edit),
    Delete(amend::Delete),
    Undo(journal::Undo),
    Redo(journal::Redo),
    History(journal::History),
    List(read::List),
    Show(read::Show),
    Week(read::Week),
    Backup(backup::Backup),
    Restore(backup::Restore),
    Check(backup::Check),
    Recover(backup::Recover),
    Flags(flags::Args),
    Chart(pictures::Chart),
    Report(pictures::Report),
    Export(hand_out::Export),
    Import(import::Import),
    Cohort(cohort::Cohort),
    Demo(demo::Demo),
    Trend(read::Trend),
    Analyze(analyze::Analyze),
    Explain(read::Explain),
    Experiment(experiment::Experiment),
    Serve(serve::Serve),
    Devices(devices::Devices),
    Remind(remind::Remind),
    Locate(read::Locate),
    Completions(help::Completions),
    Man(help::Man),
    Help(help::Help),
}

/// The whole command line, for documentation and completions.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs one command line and returns the exit code.
pub fn run(args: Vec<OsString>, mut env: Environment<'_>) -> u8 {
    let json = args.iter().any(|a| a == "--json");
    let own = own_words(&args);
    let parsed = command()
        .try_get_matches_from(&args)
        .and_then(|m| Cli::from_arg_matches(&m));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(e) if is_no_command(&e, &own) => {
            let failure = no_command(&own, &env);
            return report_failure(&failure, json, &mut env);
        }
        Err(e) => return refused_by_clap(&e, json, &mut env),
    };
    let (now, path) = match (now(&cli.globals, &env), path(&cli.globals, &env)) {
        (Ok(now), Ok(path)) => (now, path),
        (Err(failure), _) | (_, Err(failure)) => return report_failure(&failure, json, &mut env),
    };
    let typed = typed(&own);
    let command = match &env.by {
        Some(by) => format!("{}: {typed}", by.device),
        None => typed,
    };
    let mut call = Invocation {
        json: cli.globals.json,
        style: style(&cli.globals, &env),
        env,
        now,
        path,
        seed: cli.globals.seed,
        command,
    };
    let outcome = match &cli.command {
        None => read::status(&mut call),
        Some(Command::Night(answer))
            if answer.is_empty() && call.env.input_is_terminal && !call.json =>
        {
            ask::ask_missed(&mut call)
        }
        Some(command) => command.run(&mut call),
    };
    let flushed = call.env.out.flush().map_err(Failure::from);
    match outcome.and(flushed) {
        Ok(()) => 0,
        Err(failure) => report_failure(&failure, json, &mut call.env),
    }
}

/// The words of a line without the options every command takes.
fn own_words(args: &[OsString]) -> Vec<String> {
    const OF_ALL: [&str; 4] = ["--diary", "--now", "--color", "--seed"];
    let mut words = Vec::new();
    let mut rest = args.iter().skip(1).map(|a| a.to_string_lossy());
    while let Some(word) = rest.next() {
        match word.as_ref() {
            "--json" | "--plain" => {}
            w if OF_ALL.contains(&w) => {
                let _value = rest.next();
            }
            w if w
                .split_once('=')
                .is_some_and(|(name, _)| OF_ALL.contains(&name)) => {}
            w => words.push(w.to_string()),
        }
    }
    words
}

/// The line as typed, for the change journal; without the name of a sensor, which may say whose room it hangs in and is
/// kept nowhere.
fn typed(words: &[String]) -> String {
    const NAMES_A_SENSOR: &str = "--entity";
    let is_import = words.first().is_some_and(|word| word == "import");
    let mut before = "";
    let kept = words.iter().map(|word| {
        let said = match word.split_once('=') {
            _ if !is_import => word.clone(),
            _ if before == NAMES_A_SENSOR => "…".to_string(),
            Some((NAMES_A_SENSOR, _)) => format!("{NAMES_A_SENSOR}=…"),
            _ => word.clone(),
        };
        before = word;
        match said.contains(char::is_whitespace) {
            true => format!("\"{said}\""),
            false => said,
        }
    });
    kept.collect::<Vec<_>>().join(" ")
}

/// Whether the first word of the line should have been a command and is none.
fn is_no_command(e: &clap::Error, words: &[String]) -> bool {
    use clap::error::{ContextKind, ContextValue, ErrorKind};
    let named = e.get(ContextKind::InvalidSubcommand);
    e.kind() == ErrorKind::InvalidSubcommand
        && matches!((named, words.first()), (Some(ContextValue::String(word)), Some(first)) if word == first)
}

fn no_command(words: &[String], env: &Environment<'_>) -> Failure {
    let now = Now {
        utc: env.now,
        zone: env.zone.clone(),
    };
    let known = command();
    let names = known.get_subcommands().map(|c| c.get_name().to_string());
    unknown::no_command(words, &names.collect::<Vec<_>>(), &now)
}

fn now(globals: &Globals, env: &Environment<'_>) -> Result<Now, Failure> {
    let Some(text) = globals.now.as_ref().or(env.pretend_now.as_ref()) else {
        return Ok(Now {
            utc: env.now,
            zone: env.zone.clone(),
        });
    };
    invocation::pretend(text, &env.zone).ok_or_else(|| fail!(Words, "not-an-instant", text))
}

fn path(globals: &Globals, env: &Environment<'_>) -> Result<PathBuf, Failure> {
    let default = env
        .data_dir
        .as_ref()
        .map(|d| d.join("nightcramp").join("diary.sqlite"));
    let named = globals.diary.clone().or_else(|| env.diary.clone());
    let path = named.or(default).ok_or_else(|| fail!(Cannot, "no-place"))?;
    Ok(env.working_dir.join(path))
}

fn style(globals: &Globals, env: &Environment<'_>) -> Layout {
    let color = match globals.color.as_str() {
        "always" => true,
        "never" => false,
        _ => env.out_is_terminal && !env.no_color,
    };
    Layout {
        plain: globals.plain,
        color: color && !globals.plain && !globals.json,
        unicode: env.unicode && !globals.plain,
        width: match env.by {
            // a page breaks its lines itself
            Some(_) => usize::from(u16::MAX),
            None => env.columns.unwrap_or(80).clamp(40, 80),
        },
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
        tip.unwrap_or(t!(cli, "see-help")),
    );
    report_failure(&failure, json, env)
}

/// Prints what went wrong on standard error, and returns the exit code.
fn report_failure(failure: &Failure, json: bool, env: &mut Environment<'_>) -> u8 {
    // Nothing more can be done when standard error itself is closed.
    if failure.message.is_empty() {
        return failure.code;
    }
    if json {
        let _closed = writeln!(env.err, "{}", failure.json().unwrap_or_default());
    } else {
        let _closed = writeln!(env.err, "cramp: {failure}");
        if let Some(hint) = &failure.hint {
            let _closed = writeln!(env.err, "  {hint}");
        }
    }
    failure.code
}
