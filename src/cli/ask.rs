//! `cramp ask`: the morning check-in as questions, and the few questions that would settle an open check. Every answer
//! is written at once, so that nothing said is lost.

use crate::cli::background::learn;
use crate::cli::entries::answer_night;
use crate::cli::failure::fail;
use crate::cli::write::fired;
use crate::cli::{Failure, Invocation};
use crate::diary::amend::read_symptom;
use crate::diary::factor::Catalogue;
use crate::diary::vocabulary::SymptomName;
use crate::diary::{Night, Nights, Record, Word};
use crate::report::flags::{Check, weekly_check};
use crate::report::records::Notices;
use crate::report::status::{self, Question};
use crate::store::EntryError;
use crate::words::t;

/// The morning check-in as questions
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/ask.txt"))]
pub(crate) struct Ask {
    /// A night, 'week' or 'symptoms'
    #[arg(allow_negative_numbers = true)]
    what: Option<String>,
}

impl Ask {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        if !call.env.input_is_terminal {
            return Err(fail!(Cannot, "no-terminal"));
        }
        let last = call.now.last_night();
        let nights: Vec<Night> = match self.what.as_deref() {
            Some("symptoms") => return ask_symptoms(call),
            None | Some("last") => vec![last],
            Some("week") => Nights::ending(last, 7).iter().collect(),
            Some(text) => vec![call.night(text)?],
        };
        let first = nights.iter().min().copied().unwrap_or(last);
        let span = Nights {
            from: first.plus(-status::USED_NIGHTS),
            to: call.now.this_night(),
        };
        let diary = call.open_read()?.map(|store| store.read(Some(span)));
        let diary = diary.transpose()?;
        let exists = diary.is_some();
        let diary = diary.unwrap_or_default();
        let questions = status::questions(&diary, &nights, &Catalogue::of(&diary));
        if questions.is_empty() {
            return call.print(match exists {
                true => t!(cli, "all-answered"),
                false => t!(cli, "nothing-to-ask"),
            });
        }
        call.print(t!(cli, "keys"))?;
        ask_nights(call, &questions)
    }
}

fn ask_nights(call: &mut Invocation<'_>, questions: &[Question]) -> Result<(), Failure> {
    let mut at = 0;
    let mut answered = 0_usize;
    while let Some(question) = questions.get(at) {
        let Some(reply) = call.ask(&question.text)? else {
            break;
        };
        match reply.as_str() {
            "<" => at = at.saturating_sub(1),
            "" => at += 1,
            reply => {
                let written = write_reply(call, question, reply);
                if accepted(call, written)? {
                    answered += 1;
                    at += 1;
                }
            }
        }
    }
    match answered {
        0 => call.print(t!(checkin, "nothing-written")),
        n => call.print(&t!(checkin, "written", n)),
    }
}

fn write_reply(call: &mut Invocation<'_>, question: &Question, reply: &str) -> Result<(), Failure> {
    let words = question.words(reply)?;
    let command = format!("ask: night {}", words.join(" "));
    let written = under(call, command, |call| answer_night(call, &words));
    let (_, notices) = written?;
    call.print_flags(&notices.flags)?;
    call.notes(&notices.warnings)
}

/// Whether an answer was taken; one that was refused is explained, so that it can be given again.
fn accepted(call: &mut Invocation<'_>, written: Result<(), Failure>) -> Result<bool, Failure> {
    match written {
        Ok(()) => Ok(true),
        Err(Failure {
            code: 1 | 2,
            message,
            hint,
        }) => {
            call.print(&match hint {
                Some(hint) => t!(cli, "refused-hint", message, hint),
                None => t!(cli, "refused", message),
            })?;
            Ok(false)
        }
        Err(other) => Err(other),
    }
}

/// Does `work` under another name in the change journal.
fn under<'w, T>(
    call: &mut Invocation<'w>,
    command: String,
    work: impl FnOnce(&mut Invocation<'w>) -> T,
) -> T {
    let typed = std::mem::replace(&mut call.command, command);
    let done = work(call);
    call.command = typed;
    done
}

/// A reply to a question with yes or no.
enum Reply {
    Yes,
    No,
    /// Enter: leave it unknown.
    Nothing,
    /// The input ended.
    End,
}

fn ask_symptoms(call: &mut Invocation<'_>) -> Result<(), Failure> {
    let diary = call.diary(None)?;
    let checks = weekly_check(&diary, call.now.today());
    if checks.is_empty() {
        return call.print(t!(cli, "all-checks-answered"));
    }
    call.print(t!(cli, "keys-yes-no"))?;
    for check in &checks {
        if !ask_check(call, check)? {
            return Ok(());
        }
    }
    call.print(t!(cli, "checks-thanks"))
}

/// The questions of one check; false when the input ended.
fn ask_check(call: &mut Invocation<'_>, check: &Check) -> Result<bool, Failure> {
    if !check.can_be_answered() {
        call.print(&t!(
            cli,
            "check-elsewhere",
            question = check.ask,
            how = check.how
        ))?;
        return Ok(true);
    }
    if check.symptoms.is_empty() {
        return ask_facts(call, check);
    }
    let names: Vec<SymptomName> = check.symptoms.iter().map(|(name, _)| *name).collect();
    match ask_yes_no(call, &t!(cli, "check", question = check.ask))? {
        Reply::End => return Ok(false),
        Reply::Nothing => return Ok(true),
        Reply::No => {
            write_symptoms(call, &names, "no")?;
            return Ok(true);
        }
        Reply::Yes => {}
    }
    for (name, question) in &check.symptoms {
        match ask_yes_no(call, &t!(cli, "check-symptom", question))? {
            Reply::End => return Ok(false),
            Reply::Yes => write_symptoms(call, &[*name], "yes")?,
            Reply::No => write_symptoms(call, &[*name], "no")?,
            Reply::Nothing => {}
        }
    }
    call.print(&format!("  {}", t!(cli, "check-details")))?;
    Ok(true)
}

fn ask_facts(call: &mut Invocation<'_>, check: &Check) -> Result<bool, Failure> {
    for (key, question) in &check.facts {
        loop {
            let reply = match call.ask(question)? {
                None => return Ok(false),
                Some(reply) if reply.is_empty() => break,
                Some(reply) => reply,
            };
            let written = write_fact(call, key, &reply);
            if accepted(call, written)? {
                break;
            }
        }
    }
    Ok(true)
}

fn ask_yes_no(call: &mut Invocation<'_>, question: &str) -> Result<Reply, Failure> {
    loop {
        let Some(line) = call.ask(question)? else {
            return Ok(Reply::End);
        };
        match crate::diary::unit::yes_no(&line) {
            _ if line.is_empty() => return Ok(Reply::Nothing),
            Some(true) => return Ok(Reply::Yes),
            Some(false) => return Ok(Reply::No),
            None => call.print(&format!("  {}", t!(cli, "y-or-n")))?,
        }
    }
}

/// Writes the same answer for each symptom, in one change.
fn write_symptoms(
    call: &mut Invocation<'_>,
    names: &[SymptomName],
    word: &str,
) -> Result<(), Failure> {
    let list: Vec<&str> = names.iter().map(|n| n.word()).collect();
    let command = format!("ask symptoms: {}", list.join(" "));
    let flags = under(call, command, |call| {
        call.write(|w, now| {
            let mut keys = Vec::new();
            for name in names {
                let symptom = read_symptom(name.word(), &[word.to_string()], now)?;
                keys.push(w.add(Record::Symptom(symptom))?.key());
            }
            Ok::<_, EntryError>(fired(w, now, &keys)?)
        })
    })?;
    call.print_flags(&flags)
}

fn write_fact(call: &mut Invocation<'_>, key: &str, reply: &str) -> Result<(), Failure> {
    // Several conditions may be typed in one line.
    let words: Vec<String> = match key {
        "condition" => reply
            .split([',', ';'])
            .map(|v| format!("condition+={}", v.trim()))
            .collect(),
        _ => vec![format!("{key}={reply}")],
    };
    let command = format!("ask symptoms: {}", words.join(" "));
    let mut notices = Notices::default();
    under(call, command, |call| {
        learn(call, &words, &mut notices, false)
    })?;
    call.notes(&notices.warnings)?;
    call.print_flags(&notices.flags)
}
