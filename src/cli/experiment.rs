//! `cramp experiment`: one thing tried by chance. The draw comes from the operating system; nothing here compares nights.

use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::cli::export::{cannot_read, cannot_write, replace};
use crate::cli::failure::Kind;
use crate::cli::{Failure, Invocation};
use crate::diary::typed::free_text;
use crate::diary::unit::yes_no;
use crate::render::{terminal_experiment, terminal_experiment_result};
use crate::report::experiment::{self as report, Refusal};
use crate::report::experiment_draw::{draw, question};
use crate::report::experiment_plan::{Planned, TICKS, Wish, plan, read_effect};
use crate::report::experiment_result::{NoResult, has_result, result};
use crate::report::experiment_trial::Trial;
use crate::store::ExperimentError;
use crate::words::{hinted, t};

/// Try one thing by chance, and where experiments stand
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/experiment.txt"))]
pub(crate) struct Experiment {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// What each design would cost and find; writes nothing
    Plan(PlanArgs),
    /// Draw the schedule and begin tonight
    Start(StartArgs),
    /// End one early, without a result
    Stop(StopArgs),
    /// What came out, after the last night
    Result(ResultArgs),
    /// Whether plan and schedule are those of the first day
    Verify(VerifyArgs),
}

/// What to try, and how long.
#[derive(Debug, clap::Args)]
struct PlanArgs {
    /// A yes-or-no factor, or a supplement
    thing: String,
    /// What its two sides are: on="300 mg at bedtime" off="none" basis=elemental
    words: Vec<String>,
    /// The effect worth knowing: half, third, or 0.7 for seven cramps where there were ten
    #[arg(
        long,
        value_name = "EFFECT",
        default_value = "half",
        allow_hyphen_values = true
    )]
    effect: String,
    /// Nights, each drawn by itself
    #[arg(long, value_name = "N", conflicts_with = "pairs")]
    nights: Option<usize>,
    /// Pairs of periods, the order of each drawn
    #[arg(long, value_name = "K")]
    pairs: Option<usize>,
    /// Nights of a period: 14, of which the first 4 do not count, or 28 (7)
    #[arg(long, value_name = "NIGHTS")]
    period: Option<u32>,
}

#[derive(Debug, clap::Args)]
struct StartArgs {
    #[command(flatten)]
    plan: PlanArgs,
    /// Start although it would probably find nothing
    #[arg(long)]
    anyway: bool,
    /// Two labels A and B, and a key file for a friend who fills the capsules
    #[arg(long, value_name = "KEYFILE")]
    blind: Option<PathBuf>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

#[derive(Debug, clap::Args)]
struct StopArgs {
    /// Which experiment
    thing: String,
    /// Why
    reason: String,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

#[derive(Debug, clap::Args)]
struct ResultArgs {
    /// Which experiment
    thing: String,
    /// The friend's key file, which opens a blinded one
    #[arg(long, value_name = "KEYFILE")]
    key: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct VerifyArgs {
    /// Which experiment
    thing: String,
    /// The seal as it was printed at the start
    #[arg(long, value_name = "HEX")]
    seal: Option<String>,
}

impl Experiment {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        match &self.what {
            None => status(call),
            Some(What::Plan(args)) => args.run(call),
            Some(What::Start(args)) => args.run(call),
            Some(What::Stop(args)) => args.run(call),
            Some(What::Result(args)) => args.run(call),
            Some(What::Verify(args)) => args.run(call),
        }
    }
}

fn cannot((message, hint): Refusal) -> Failure {
    Failure::cannot(message, hint)
}

fn misread((message, hint): Refusal) -> Failure {
    Failure::new(Kind::Words as u8, message, hint)
}

fn status(call: &mut Invocation<'_>) -> Result<(), Failure> {
    let standings = report::standings(&call.diary(None)?, &call.now);
    call.respond(&standings, terminal_experiment::standings)
}

impl PlanArgs {
    fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let (_, _, planned) = self.planned(call)?;
        call.respond(&planned, terminal_experiment::plan)
    }

    /// What is to be tried, and what each design promises, computed under a bar.
    fn planned(&self, call: &mut Invocation<'_>) -> Result<(Trial, Wish, Planned), Failure> {
        let effect = read_effect(&self.effect).map_err(misread)?;
        let wish = Wish {
            effect,
            nights: self.nights,
            pairs: self.pairs,
            period: self.period,
        };
        wish.check().map_err(misread)?;
        let diary = call.diary(None)?;
        let (design, today) = (wish.design(), call.now.today());
        let trial = Trial::read(&diary, &self.thing, &self.words, design, today);
        let trial = trial.map_err(cannot)?;
        let (now, seed) = (call.now.clone(), call.seed);
        let bar = |bar: &str, done: usize, all: usize| t!(experiment, "planning", bar, done, all);
        let planned = call.watch_steps("", TICKS, bar, |progress| {
            plan(&diary, &trial, &wish, &now, seed, progress)
        });
        Ok((trial, wish, planned.map_err(cannot)?))
    }
}

impl StartArgs {
    fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let (trial, wish, planned) = self.plan.planned(call)?;
        let design = planned.to_start(self.anyway).map_err(cannot)?;
        agreed(call, self.yes, &question(&trial, design, call.now.today()))?;
        let now = call.now.clone();
        let random = &mut *call.env.random;
        let blinded = self.blind.is_some();
        let drawn = draw(&trial, design, wish.effect, &now, blinded, random);
        let drawn = drawn.map_err(|_| cannot(hinted!(experiment, "no-chance")))?;
        let friend = self.blind.as_deref().zip(drawn.key_file);
        if let Some((file, key)) = &friend {
            write_key(call, file, &key.text)?;
        }
        let written = call.write(|w, now| w.start_experiment(drawn.experiment, now));
        if let (Err(_), Some((file, _))) = (&written, &friend) {
            // without an experiment the key opens nothing; what cannot be removed does no harm
            let _left = std::fs::remove_file(call.place(file));
        }
        let id = written?.id;
        let diary = call.diary(None)?;
        let mut begun = diary.experiments.iter().filter(|e| e.id == id);
        let begun = begun.next().map(|e| report::begun(&diary, e, &call.now));
        call.respond(&begun, |begun, layout| {
            begun.as_ref().map_or_else(String::new, |begun| {
                terminal_experiment::standing(begun, layout)
            })
        })?;
        match friend {
            Some((file, _)) if !call.json => {
                call.print(&t!(experiment, "key-written", file = file.display()))
            }
            _ => Ok(()),
        }
    }
}

/// Writes the friend's file where none is yet, readable for its owner only.
fn write_key(call: &Invocation<'_>, file: &Path, text: &str) -> Result<(), Failure> {
    let place = call.place(file);
    if place.exists() {
        let file = file.display();
        return Err(cannot(hinted!(experiment, "key-exists", file)));
    }
    replace(&place, text.as_bytes()).map_err(|e| cannot_write(file, &e))
}

/// Asks on a terminal; elsewhere only `--yes` agrees.
fn agreed(call: &mut Invocation<'_>, yes: bool, question: &str) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    if !call.env.input_is_terminal {
        return Err(cannot(hinted!(experiment, "nobody-to-ask")));
    }
    let reply = call.ask(question)?.unwrap_or_default();
    match yes_no(&reply) {
        Some(true) => Ok(()),
        _ => Err(cannot(hinted!(experiment, "nothing-done"))),
    }
}

impl StopArgs {
    fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let reason = free_text(&self.reason, "why")?;
        let diary = call.diary(None)?;
        let thing = report::find(&diary, &self.thing)
            .map_err(cannot)?
            .thing
            .clone();
        agreed(call, self.yes, &report::question_stop(&diary, &thing))?;
        call.write(|w, now| w.stop_experiment(&thing, &reason, now))?;
        let diary = call.diary(None)?;
        let stopped = report::find(&diary, &thing).map_err(cannot)?;
        let standing = report::standing(&diary, stopped, &call.now);
        call.respond(&standing, terminal_experiment::standing)
    }
}

impl ResultArgs {
    fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let mut diary = call.diary(None)?;
        let found = report::find(&diary, &self.thing).map_err(cannot)?;
        let (mut found, thing) = (found.clone(), found.thing.clone());
        let sealed = has_result(&found, call.now.last_night());
        if let (Some(file), Err(NoResult::NotOpened)) = (&self.key, sealed) {
            let key = std::fs::read_to_string(call.place(file));
            let key = key.map_err(|e| cannot_read(file, &e))?;
            let label = report::opened_by(&found, &key).map_err(cannot)?;
            found = call.write(|w, _| w.open_experiment(found.id, label))?;
            diary = call.diary(None)?;
        }
        let (now, seed) = (call.now.clone(), call.seed);
        let found = call.watch(t!(cli, "comparing"), || result(&diary, &found, &now, seed));
        let found = found.map_err(|why| cannot(why.refusal(&thing)))?;
        call.respond(&found, terminal_experiment_result::result)
    }
}

impl From<ExperimentError> for Failure {
    fn from(e: ExperimentError) -> Self {
        match e {
            ExperimentError::Store(e) => e.into(),
            other => cannot(other.said()),
        }
    }
}

impl VerifyArgs {
    fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let diary = call.diary(None)?;
        let found = match &self.seal {
            Some(seal) => report::find_sealed(&diary, &self.thing, seal),
            None => report::find(&diary, &self.thing),
        };
        let found = found.map_err(cannot)?;
        let standing = report::verified(&diary, found, self.seal.as_deref(), &call.now);
        call.respond(&standing, terminal_experiment::standing)?;
        Failure::exit_unless(standing.sound == Some(true), 1)
    }
}
