//! `cramp flags`: patterns that deserve a medical check, and what was done about them.

use crate::cli::failure::fail;
use crate::cli::{Failure, Invocation};
use crate::diary::typed::free_text;
use crate::diary::vocabulary::FlagAction;
use crate::diary::{FlagNote, Night, Record};
use crate::render::terminal_flags;
use crate::report::catalogue;
use crate::report::flags::{self, FlagsReport};
use crate::report::records::Notices;
use crate::words::t;

/// The exit code of `--exit-code` when something should be looked at today or now.
const URGENT: u8 = 10;

/// Patterns that deserve a medical check
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/flags.txt"))]
pub(crate) struct Args {
    /// Show the entries, the rule and the sources behind each flag
    #[arg(long)]
    why: bool,
    /// List every rule with its condition and sources
    #[arg(long, conflicts_with_all = ["why", "as_of", "seen", "discussed", "exit_code"])]
    rules: bool,
    /// Answer for a past day, from what is dated up to it
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    as_of: Option<String>,
    /// You have read this flag; it is not repeated until something new speaks for it
    #[arg(long, value_name = "ID", conflicts_with_all = ["discussed", "as_of"])]
    seen: Option<String>,
    /// You talked about this flag with a clinician: when, and what came of it
    #[arg(long, num_args = 1..=3, value_names = ["ID", "DATE", "TEXT"], conflicts_with = "as_of")]
    discussed: Vec<String>,
    /// End with code 10 when something should be looked at today or now
    #[arg(long)]
    exit_code: bool,
}

impl Args {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        if self.rules {
            return call.respond(&catalogue::rules(), terminal_flags::rules);
        }
        if let Some(id) = &self.seen {
            let tonight = Night::of_evening(call.now.today());
            return note(call, id, FlagAction::Seen, tonight, None);
        }
        if let Some((id, rest)) = self.discussed.split_first() {
            let (night, text) = day_and_text(call, rest)?;
            return note(call, id, FlagAction::Discussed, night, text);
        }
        let report = self.report(call)?;
        call.respond(&report, terminal_flags::report)?;
        Failure::exit_unless(!(self.exit_code && report.is_urgent()), URGENT)
    }

    fn report(&self, call: &Invocation<'_>) -> Result<FlagsReport, Failure> {
        let as_of = match &self.as_of {
            Some(text) => call.night(text)?.date(),
            None => call.now.today(),
        };
        let diary = call.diary(None)?;
        let report = flags::flags(&diary, as_of);
        Ok(match self.why {
            true => report.explained(),
            false => report,
        })
    }
}

/// The date and the words after an id: either may be left out.
fn day_and_text(
    call: &Invocation<'_>,
    rest: &[String],
) -> Result<(Night, Option<String>), Failure> {
    let today = Night::of_evening(call.now.today());
    let text = |text: &String| Ok::<_, Failure>(Some(free_text(text, "text")?));
    match rest {
        [] => Ok((today, None)),
        [one] => match call.night(one) {
            Ok(night) => Ok((night, None)),
            Err(_) => Ok((today, text(one)?)),
        },
        [day, words, ..] => Ok((call.night(day)?, text(words)?)),
    }
}

/// Writes down that a flag was seen or discussed.
fn note(
    call: &mut Invocation<'_>,
    id: &str,
    action: FlagAction,
    night: Night,
    text: Option<String>,
) -> Result<(), Failure> {
    if !flags::is_rule(id) {
        return Err(match flags::nearest_rule(id) {
            Some(near) => fail!(Words, "not-a-flag-near", id, near),
            None => fail!(Words, "not-a-flag", id),
        });
    }
    let note = FlagNote {
        id: 0,
        flag: id.to_string(),
        action,
        night,
        text,
        recorded_at: call.now.utc,
    };
    let record = Record::FlagNote(note);
    call.add(t!(cli, "flag-noted"), record, Notices::default())
}
