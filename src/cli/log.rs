//! `cramp log` and `cramp night`: one cramp, or the answer for a night, in one short line.

use crate::cli::failure::fail;
use crate::cli::help::listed;
use crate::cli::write::{cleaned, with_values};
use crate::cli::{Failure, Invocation};
use crate::diary::Record;
use crate::report::catalogue::{self, WordList};
use crate::report::records::{self, Notices};
use crate::report::say::record as words;
use crate::store::entry::Entered;
use crate::words::t;

/// Log a cramp: now, or at a time, with whatever you remember
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/log.txt"))]
pub(crate) struct Log {
    /// What you remember, in any order
    #[arg(allow_negative_numbers = true)]
    words: Vec<String>,
    /// List every word the line may hold
    #[arg(long = "words")]
    list: bool,
}

impl Log {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        if self.list {
            return listed(call, &catalogue::words(), WordList::topic);
        }
        let mut notices = Notices::default();
        let typed = match self.words.as_slice() {
            [dash] if dash == "-" => {
                let mut line = String::new();
                call.env.input.read_line(&mut line)?;
                call.command = "log -".to_string();
                crate::diary::typed::split(&line)
            }
            words => words.to_vec(),
        };
        let words = cleaned(&typed, &mut notices);
        let today = call.now.today();
        let name = |night| words::night_words(night, today);
        let entered = call.enter(&mut notices, name, |w, now| w.log(&words, now))?;
        let Record::Episode(episode) = &entered.record else {
            return Ok(());
        };
        let line = words::episode(episode, today);
        let line = t!(cli, "logged", id = episode.id.to_string(), line);
        let value = records::episode_echo(episode, entered.outcome, notices.clone());
        call.echo(&with_values(line, &notices.values), &value, &notices)
    }
}

/// Answer for a night: calm, or what the evening before was like
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/night.txt"))]
pub(crate) struct Night {
    /// The night, 'calm', and factors as name=value
    #[arg(allow_negative_numbers = true)]
    words: Vec<String>,
}

impl Night {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        if self.words.is_empty() {
            return Err(fail!(Words, "no-answer-given"));
        }
        let (entered, notices) = answer_night(call, &self.words)?;
        let Record::Night(night) = &entered.record else {
            return Ok(());
        };
        let line = t!(cli, "noted", line = words::night(night, call.now.today()));
        let value = records::night_echo(night, notices.clone());
        call.echo(&with_values(line, &notices.values), &value, &notices)
    }
}

/// Writes an answer for a night in one transaction, and returns the night as it now stands.
pub(crate) fn answer_night(
    call: &mut Invocation<'_>,
    words: &[String],
) -> Result<(Entered, Notices), Failure> {
    let mut notices = Notices::default();
    let words = cleaned(words, &mut notices);
    let entered = call.enter(
        &mut notices,
        |night| night.to_string(),
        |w, now| w.answer(&words, now),
    )?;
    Ok((entered, notices))
}
