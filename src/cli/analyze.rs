//! `cramp analyze`: the one command that reads and still writes: it keeps the look it takes, and says so.

use std::borrow::Borrow;

use crate::cli::background::learn;
use crate::cli::failure::fail;
use crate::cli::{Failure, Invocation};
use crate::diary::{Diary, Night, Record, Table};
use crate::render::terminal_analysis;
use crate::report::factors::{Factors, Wish, factors};
use crate::report::looks::{FIRST_LOOK, look_record};
use crate::report::records::Notices;
use crate::store::{LOOKS, StoreError};
use crate::words::t;

/// Which factors go with cramps
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/analyze.txt"))]
pub(crate) struct Analyze {
    /// As things stood on this night (last night if left out); no look is then taken
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    until: Option<String>,
    /// Shuffle your diary this often and say how often luck alone would speak
    #[arg(long, value_name = "TIMES", num_args = 0..=1, default_missing_value = "200", value_parser = clap::value_parser!(u16).range(1..=10_000))]
    self_test: Option<u16>,
    /// Take no look for links, even when one is due
    #[arg(long)]
    no_look: bool,
    /// When to look for links first: after 26w or 52w of diary, or now
    #[arg(long, value_name = "WHEN")]
    first_look: Option<String>,
    /// All that is said of every factor, instead of one screen
    #[arg(long)]
    long: bool,
}

/// What became of a look that was taken.
enum Kept {
    InTheDiary,
    /// Another process took one in between.
    Overtaken,
    Not,
}

impl Analyze {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        let as_of = call.night_or_last(self.until.as_deref())?;
        if let Some(choice) = &self.first_look {
            choose_first_look(call, choice)?;
        }
        let diary = call.diary(None)?;
        let wish = Wish {
            take_look: !self.no_look && self.until.is_none(),
            self_test: self.self_test.map_or(0, usize::from),
            seed: call.seed,
        };
        let looks = diary.looks.len();
        let mut report = analysed(call, diary, as_of, wish);
        let without = Wish {
            take_look: false,
            self_test: 0,
            ..wish
        };
        // What a look announces counts only once its cost is kept.
        let kept = keep_look(call, &report, looks);
        if matches!(kept, Kept::Not) {
            call.inform(t!(cli, "look-not-kept"))?;
        }
        if !matches!(kept, Kept::InTheDiary) {
            let self_test = report.self_test.take();
            let diary = call.diary(None)?;
            report = Factors {
                self_test,
                ..analysed(call, diary, as_of, without)
            };
        }
        let text = match self.long {
            true => terminal_analysis::in_full,
            false => terminal_analysis::at_a_glance,
        };
        call.respond(&report, text)
    }
}

/// Takes the look that is due, for a diary whose person has not asked for it: the demo.
pub(super) fn first_look(
    call: &mut Invocation<'_>,
    diary: &Diary,
    as_of: Night,
) -> Result<(), Failure> {
    let wish = Wish {
        take_look: true,
        self_test: 0,
        seed: call.seed,
    };
    let report = analysed(call, diary, as_of, wish);
    match keep_look(call, &report, diary.looks.len()) {
        Kept::InTheDiary => Ok(()),
        Kept::Overtaken | Kept::Not => call.inform(t!(cli, "look-not-kept")),
    }
}

fn analysed(
    call: &mut Invocation<'_>,
    diary: impl Borrow<Diary> + Send,
    as_of: Night,
    wish: Wish,
) -> Factors {
    let bar = |bar: &str, done: usize, runs: usize| t!(cli, "shuffled", bar, done, runs);
    let what = t!(cli, "comparing-factors");
    call.watch_steps(what, wish.self_test, bar, |progress| {
        factors(diary, as_of, wish, progress)
    })
}

/// Keeps the look that was taken now, if there is one. `before` is how many the diary held when it was read. A diary
/// that cannot be written to right now is no reason to be silent.
fn keep_look(call: &mut Invocation<'_>, report: &Factors, before: usize) -> Kept {
    let Some(look) = &report.found.look_taken else {
        return Kept::InTheDiary;
    };
    let now = call.now.utc;
    let (Ok(record), Ok(mut store)) = (look_record(look, now), call.open()) else {
        return Kept::Not;
    };
    let kept = store.write::<_, StoreError>(now, LOOKS, |w| {
        if w.keys(Table::Look)?.len() != before {
            return Ok(Kept::Overtaken);
        }
        w.add(Record::Look(record))?;
        Ok(Kept::InTheDiary)
    });
    kept.unwrap_or(Kept::Not)
}

/// Keeps when to look first. Once a look is taken there is nothing to choose any more.
fn choose_first_look(call: &mut Invocation<'_>, choice: &str) -> Result<(), Failure> {
    if !call.background()?.looks.is_empty() {
        return Err(fail!(Cannot, "first-look-taken"));
    }
    let mut notices = Notices::default();
    let lines = learn(
        call,
        &[format!("{FIRST_LOOK}={choice}")],
        &mut notices,
        false,
    )?;
    call.inform(&t!(cli, "echo", line = lines.join(", ")))?;
    call.notes(&notices.warnings)
}
