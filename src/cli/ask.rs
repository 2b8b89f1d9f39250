//! `cramp ask`: the morning check-in as questions, and the few questions that would settle an open check. Every answer
//! is written at once, so that nothing said is lost.

use crate::cli::background::learn;
use crate::cli::entries::{answer_night, log_words, print_tonight};
use crate::cli::failure::fail;
use crate::cli::write::{fired, taken, under};
use crate::cli::{Failure, Invocation, setup};
use crate::diary::amend::read_symptom;
use crate::diary::factor::Catalogue;
use crate::diary::vocabulary::{SymptomName, Wish};
use crate::diary::{Diary, Night, Nights, Now, Record, Word};
use crate::report::checkin::{self, Meant, Question};
use crate::report::flags::{Check, weekly_check};
use crate::report::records::Notices;
use crate::report::status;
use crate::store::{EntryError, Store, StoreError};
use crate::words::t;

/// The morning check-in as questions
#[derive(Debug, clap::Args)]
#[command(after_help = include_str!("../words/en/usage/ask.txt"))]
pub(crate) struct Ask {
    /// A night, 'week', 'symptoms' or 'setup'
    #[arg(allow_negative_numbers = true)]
    what: Option<String>,
}

impl Ask {
    pub(crate) fn run(&self, call: &mut Invocation<'_>) -> Result<(), Failure> {
        if !call.env.input_is_terminal {
            return Err(fail!(Cannot, "no-terminal"));
        }
        let last = call.now.last_night();
        match self.what.as_deref() {
            Some("symptoms") => ask_symptoms(call),
            Some("setup") => setup::ask_setup(call),
            None | Some("last") => ask_missed(call),
            Some("week") => {
                let mut nights: Vec<Night> = Nights::ending(last, 7).iter().collect();
                nights.reverse();
                ask_about(call, last.plus(-6), |_| nights)
            }
            Some(text) => {
                let night = call.night(text)?;
                ask_about(call, night, |_| vec![night])
            }
        }
    }
}

/// The check-in: last night, and a few nights before it that have no answer.
pub(crate) fn ask_missed(call: &mut Invocation<'_>) -> Result<(), Failure> {
    let asked = missed(call.open_read()?, &call.now)?;
    ask_nights(call, asked)
}

/// The questions of a check-in.
pub(crate) struct CheckIn {
    pub(crate) questions: Vec<Question>,
    /// What the replies are read with.
    pub(crate) catalogue: Catalogue,
    /// Whether there is a diary.
    exists: bool,
}

/// What the check-in asks this morning; an absent diary is an empty one.
pub(crate) fn missed(store: Option<Store>, now: &Now) -> Result<CheckIn, StoreError> {
    let last = now.last_night();
    let first = store.as_ref().map(Store::first_night);
    let first = first.transpose()?.flatten().unwrap_or(last);
    let fortnight = Nights::ending(last, status::NIGHTS);
    let span = Nights {
        from: first.max(fortnight.from),
        ..fortnight
    };
    let pick = |diary: &Diary| checkin::nights(diary, last, span);
    questions_about(store, now, span.from, pick)
}

/// The questions about the nights picked from the diary, none of them before `first`; the first one with its factors.
fn questions_about(
    store: Option<Store>,
    now: &Now,
    first: Night,
    pick: impl FnOnce(&Diary) -> Vec<Night>,
) -> Result<CheckIn, StoreError> {
    let span = Nights {
        from: first.plus(-checkin::USED_NIGHTS),
        to: now.this_night(),
    };
    let diary = store.map(|store| store.read(Some(span))).transpose()?;
    let exists = diary.is_some();
    let diary = diary.unwrap_or_default();
    let catalogue = Catalogue::of(&diary);
    let questions = checkin::questions(&diary, &pick(&diary), &catalogue, now.today());
    Ok(CheckIn {
        questions,
        catalogue,
        exists,
    })
}

fn ask_about(
    call: &mut Invocation<'_>,
    first: Night,
    pick: impl FnOnce(&Diary) -> Vec<Night>,
) -> Result<(), Failure> {
    let asked = questions_about(call.open_read()?, &call.now, first, pick)?;
    ask_nights(call, asked)
}

fn ask_nights(call: &mut Invocation<'_>, asked: CheckIn) -> Result<(), Failure> {
    print_tonight(call)?;
    if asked.questions.is_empty() {
        return call.print(match asked.exists {
            true => t!(cli, "all-answered"),
            false => t!(cli, "nothing-to-ask"),
        });
    }
    call.print(t!(cli, "keys"))?;
    ask_each(call, asked.questions, &asked.catalogue)
}

fn ask_each(
    call: &mut Invocation<'_>,
    mut questions: Vec<Question>,
    catalogue: &Catalogue,
) -> Result<(), Failure> {
    let mut at = 0;
    let mut answered = 0_usize;
    while let Some(question) = questions.get(at).cloned() {
        let Some(reply) = call.ask(&question.text)? else {
            break;
        };
        match reply.as_str() {
            "q" | "Q" => break,
            "<" => at = at.saturating_sub(1),
            "" => at += 1,
            reply => {
                let meant = question.meant(reply, catalogue, &call.now);
                let written = meant
                    .map_err(Failure::from)
                    .and_then(|meant| write_reply(call, &meant).map(|()| meant));
                if let Some(meant) = taken(call, written)? {
                    // not to know writes nothing, except over what was said before
                    let is_nothing = matches!(meant, Meant::Nothing | Meant::Done(.., None));
                    answered += usize::from(!is_nothing);
                    at += 1;
                    let more = question.details(&meant);
                    let asked = more
                        .as_ref()
                        .is_some_and(|more| questions.get(at) == Some(more));
                    if let Some(more) = more.filter(|_| !asked) {
                        questions.insert(at, more);
                    }
                }
            }
        }
    }
    match answered {
        0 => call.print(t!(checkin, "nothing-written")),
        n => call.print(&t!(checkin, "written", n)),
    }
}

fn write_reply(call: &mut Invocation<'_>, meant: &Meant) -> Result<(), Failure> {
    match meant {
        Meant::Night(words) => {
            let command = format!("ask: night {}", words.join(" "));
            let (_, notices) = under(call, command, |call| answer_night(call, words))?;
            call.print_flags(&notices.flags)?;
            call.notes(&notices.warnings)
        }
        Meant::Log(words) => {
            let command = format!("ask: log {}", words.join(" "));
            under(call, command, |call| log_words(call, words))
        }
        Meant::Done(thing, night, done) => {
            // the journal names the question, not the answer: nothing shown depends on it
            let command = format!("ask: experiment {thing} {night}");
            under(call, command, |call| {
                call.write(|w, now| w.put_adherence(thing, *night, *done, now.utc))
            })?;
            Ok(())
        }
        Meant::Nothing => Ok(()),
        Meant::NotAgain(factor) => {
            let command = format!("ask: stop {factor}");
            under(call, command, |call| {
                call.write(|w, now| w.wish(factor, Wish::NotSo, now))
            })?;
            call.print(&t!(checkin, "stopped", factor))
        }
    }
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
            if taken(call, written)?.is_some() {
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
