//! `cramp flags`: patterns that deserve a medical check, and what was done about them.

use crate::cli::failure::fail;
use crate::cli::read::record_key;
use crate::cli::write::set_off;
use crate::cli::{Failure, Invocation};
use crate::diary::factor::Catalogue;
use crate::diary::typed::free_text;
use crate::diary::vocabulary::{FlagAction, ReplyAnswer, Side, SymptomName};
use crate::diary::{FlagNote, Key, Night, Record, Reply, Symptom, Word, unit};
use crate::render::terminal_flags;
use crate::report::catalogue;
use crate::report::flags::{self, FlagsReport};
use crate::report::records::Notices;
use crate::report::said;
use crate::report::say::record as words;
use crate::store::StoreError;
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
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Answer a question about an entry: yes, no, or done (it is looked after)
    Answer {
        /// The entry it is about: 12, s3, e5, 2026-03-03
        #[arg(allow_negative_numbers = true)]
        id: String,
        /// yes, no, or done
        answer: String,
    },
}

impl Args {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        if let Some(Action::Answer { id, answer }) = &self.action {
            return reply(call, id, answer);
        }
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

/// Writes down the answer to the question about an entry, and asks the next one about it.
fn reply(call: &mut Invocation<'_>, id: &str, answer: &str) -> Result<(), Failure> {
    let key = record_key(call, id)?;
    let asks = flags::asks(&call.diary(None)?, call.now.today(), None);
    let Some(ask) = asks.into_iter().find(|ask| ask.key == key) else {
        return Err(fail!(Cannot, "nothing-asked", id));
    };
    let lower = answer.to_lowercase();
    let (answer, yes) = match (ReplyAnswer::from_word(&lower), unit::yes_no(&lower)) {
        (Some(answer), _) => (answer, false),
        (None, Some(yes)) => (ReplyAnswer::No, yes),
        (None, None) => return Err(fail!(Words, "not-a-reply", answer)),
    };
    let records = match (answer, ask.is_about_text(), ask.symptoms.as_slice()) {
        (ReplyAnswer::No, _, [symptom]) if yes => vec![noticed(call, *symptom, true, ask.side)],
        (ReplyAnswer::No, false, symptoms) if !yes && !symptoms.is_empty() => {
            let absent = symptoms.iter().map(|s| noticed(call, *s, false, None));
            absent.collect()
        }
        (ReplyAnswer::No, false, _) => {
            return Err(fail!(Cannot, "needs-more", how = ask.answer_with));
        }
        _ => {
            let (about, question) = (flags::name_of(&key), ask.topic.to_string());
            vec![Record::Reply(Reply::blank(
                0,
                about,
                question,
                answer,
                call.now.utc,
            ))]
        }
    };
    let mut notices = Notices::default();
    let records = call.write(|w, now| {
        let records = records.into_iter().map(|record| w.add(record));
        let records = records.collect::<Result<Vec<Record>, StoreError>>()?;
        let mut keys: Vec<Key> = records.iter().map(Record::key).collect();
        keys.push(key.clone());
        set_off(w, now, &keys, &mut notices)?;
        Ok::<_, StoreError>(records)
    })?;
    let (today, catalogue) = (call.now.today(), Catalogue::built_in());
    let lines = records.iter().map(|record| {
        let (verb, key) = (t!(cli, "replied"), record.key().to_string());
        t!(
            cli,
            "record-written",
            verb,
            key,
            line = words::line(record, &catalogue, today)
        )
    });
    let lines: Vec<String> = lines.collect();
    let value = said::reply_echo(&ask.id, &records, notices.clone());
    call.echo(&lines.join("\n"), &value, &notices)
}

/// A symptom as it is noticed, or asked about and absent, now.
fn noticed(call: &Invocation<'_>, name: SymptomName, present: bool, side: Option<Side>) -> Record {
    let (now, night) = (&call.now, call.now.this_night());
    Record::Symptom(Symptom {
        side,
        ..Symptom::blank(0, now.moment(), night, name, present, now.utc)
    })
}
