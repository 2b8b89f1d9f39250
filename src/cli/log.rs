//! `cramp log` and `cramp night`: one cramp, or the answer for a night, in one short line.

use crate::cli::write::{cleaned, set_off, with_values};
use crate::cli::{Failure, Invocation};
use crate::diary::Record;
use crate::report::records::{self, Notices};
use crate::report::say::record as words;
use crate::store::EntryError;
use crate::store::entry::Entered;

/// Log a cramp. No words means now; words may stand in any order.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp log                          a cramp, just now
  cramp log left calf 6 3min         left calf, pain 6 of 10, three minutes
  cramp log 03:10 right +stretch     at 03:10, eased by stretching
  cramp log yesterday 23:50 both 8   last evening
  cramp log 2h ago foot room=18C     with what the night was like
  cramp log kind=jerk                a jerk: kept, never counted as a cramp
  cramp log -                        read the line from standard input (keeps it out of the shell history)
Words: left right both · calf foot toes shin thigh hamstring other · 0-10 or 7/10 · 3min 90s ·
+stretch +massage +walk +heat +dorsiflex +pull-toe +press +none · key=value · \"free text\"")]
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
            return crate::cli::help::vocabulary(call);
        }
        let mut notices = Notices::default();
        let typed = match self.words.as_slice() {
            [dash] if dash == "-" => {
                let mut line = String::new();
                call.env.input.read_line(&mut line)?;
                call.command = "log -".to_string();
                crate::diary::text::split(&line)
            }
            words => words.to_vec(),
        };
        let words = cleaned(&typed, &mut notices);
        let today = call.now.today();
        let entered = call.write(|w, now| {
            let entered = w.log(&words, now)?;
            notices.entered(&entered, |night| words::night_words(night, today));
            set_off(w, now, &entered.keys, &mut notices)?;
            Ok::<_, EntryError>(entered)
        })?;
        let Record::Episode(episode) = &entered.record else {
            return Ok(());
        };
        let line = words::episode(episode, today);
        let line = format!("Logged #{}: {line}", episode.id);
        let value = records::episode_echo(episode, entered.outcome, notices.clone());
        call.echo(&with_values(line, &notices.values), &value, &notices)
    }
}

/// Answer for a night: `calm`, and factors as name=value.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  cramp night calm                          no cramp last night
  cramp night calm room=18C socks=yes       with what the night was like
  cramp night tonight exercise=45min        about the evening now beginning
  cramp night 2026-03-01 calm               a night in the past
  cramp night -2 alcohol=? stretch=-        make a factor unknown again, or remove it
  cramp night cramp                         there was one, details not known
NIGHT is 'last' (the default: yesterday's date, whatever the hour), 'tonight', a date, a weekday, -1 (= last), -2, …
'cramp factor list' shows every factor.")]
pub(crate) struct Night {
    /// The night, 'calm', and factors as name=value
    #[arg(allow_negative_numbers = true)]
    words: Vec<String>,
}

impl Night {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        if self.words.is_empty() {
            return Err(Failure::words(
                "nothing said about the night",
                "answer with 'cramp night calm', or add factors such as room=18C; 'cramp ask' asks for them",
            ));
        }
        let (entered, notices) = answer_night(call, &self.words)?;
        let Record::Night(night) = &entered.record else {
            return Ok(());
        };
        let line = format!("Noted: {}", words::night(night, call.now.today()));
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
    let entered = call.write(|w, now| {
        let entered = w.answer(&words, now)?;
        notices.entered(&entered, |night| night.to_string());
        set_off(w, now, &entered.keys, &mut notices)?;
        Ok::<_, EntryError>(entered)
    })?;
    Ok((entered, notices))
}
