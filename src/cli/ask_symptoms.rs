//! `cramp ask symptoms`: the one or two questions that would settle the most important open check, about once a week.

use crate::cli::written::fired;
use crate::cli::{Context, Failure};
use crate::diary::fact_line::{FactChange, read_facts};
use crate::diary::symptom_line::read_symptom;
use crate::diary::vocabulary::SymptomName;
use crate::diary::{Diary, Fact, Nights, Record, Word};
use crate::render::terminal_flags;
use crate::report::flags::Flag;
use crate::report::flags_check::{Check, weekly_check};
use crate::store::Table;

/// What was answered.
enum Reply {
    Yes,
    No,
    Text(String),
    /// Enter: leave it unknown.
    Nothing,
    /// The input ended.
    End,
}

/// Asks, and writes each answer down at once.
pub(crate) fn run(ctx: &mut Context<'_, '_>) -> Result<(), Failure> {
    let diary = match ctx.open_read()? {
        Some(store) => store.read(None)?,
        None => Diary::default(),
    };
    let checks = weekly_check(&diary, ctx.now.today());
    if checks.is_empty() {
        return ctx.say("Nothing to ask: every check has its answers.");
    }
    ctx.say("y yes · n no · Enter leaves it unknown")?;
    for check in &checks {
        if !one(ctx, check)? {
            return Ok(());
        }
    }
    ctx.say("Thank you. 'cramp flags' shows what follows.")
}

/// One question; false when the input ended.
fn one(ctx: &mut Context<'_, '_>, check: &Check) -> Result<bool, Failure> {
    if !check.can_be_answered() {
        ctx.say(&format!("{} ({})", check.ask, check.how))?;
        return Ok(true);
    }
    if check.symptoms.is_empty() {
        return facts(ctx, check);
    }
    let names: Vec<SymptomName> = check.symptoms.iter().map(|(name, _)| *name).collect();
    match ask(ctx, &format!("{} [y/n]", check.ask), true)? {
        Reply::End => return Ok(false),
        Reply::No => symptoms(ctx, &names, "no")?,
        Reply::Yes => {
            for (name, question) in &check.symptoms {
                match ask(ctx, &format!("  {question} [y/n]"), true)? {
                    Reply::End => return Ok(false),
                    Reply::Yes => symptoms(ctx, &[*name], "yes")?,
                    Reply::No => symptoms(ctx, &[*name], "no")?,
                    Reply::Text(_) | Reply::Nothing => {}
                }
            }
            ctx.say("  Side, strength and since when can be added: cramp symptom NAME left 6 since=DATE")?;
        }
        Reply::Text(_) | Reply::Nothing => {}
    }
    Ok(true)
}

fn facts(ctx: &mut Context<'_, '_>, check: &Check) -> Result<bool, Failure> {
    for (key, question) in &check.facts {
        loop {
            let value = match ask(ctx, question, false)? {
                Reply::End => return Ok(false),
                Reply::Nothing => break,
                Reply::Yes => "yes".to_string(),
                Reply::No => "no".to_string(),
                Reply::Text(text) => text,
            };
            match fact(ctx, key, &value) {
                Ok(()) => break,
                Err(failure @ (Failure::Words { .. } | Failure::Cannot { .. })) => {
                    let hint = failure.hint().map_or(String::new(), |h| format!(" ({h})"));
                    ctx.say(&format!(
                        "  {}{hint}",
                        failure.message().unwrap_or_default()
                    ))?;
                }
                Err(other) => return Err(other),
            }
        }
    }
    Ok(true)
}

fn ask(ctx: &mut Context<'_, '_>, question: &str, yes_no: bool) -> Result<Reply, Failure> {
    loop {
        ctx.world.out.write_all(format!("{question} ").as_bytes())?;
        ctx.world.out.flush()?;
        let mut line = String::new();
        if ctx.world.input.read_line(&mut line)? == 0 {
            ctx.say("")?;
            return Ok(Reply::End);
        }
        let line = line.trim();
        match (line, crate::diary::unit::yes_no(line)) {
            ("", _) => return Ok(Reply::Nothing),
            (_, Some(true)) if yes_no => return Ok(Reply::Yes),
            (_, Some(false)) if yes_no => return Ok(Reply::No),
            _ if yes_no => ctx.say("  y or n, or Enter to leave it unknown")?,
            _ => return Ok(Reply::Text(line.to_string())),
        }
    }
}

/// Writes the same answer for each symptom, in one change.
fn symptoms(ctx: &mut Context<'_, '_>, names: &[SymptomName], word: &str) -> Result<(), Failure> {
    let now = ctx.now.clone();
    let command = format!(
        "ask symptoms: {}",
        names.iter().map(|n| n.word()).collect::<Vec<_>>().join(" ")
    );
    let mut store = ctx.open()?;
    let flags = store.write(now.utc, &command, |w| {
        let mut keys = Vec::new();
        for name in names {
            let mut symptom = read_symptom(name.word(), &[word.to_string()], &now)?;
            symptom.id = w.next_id(Table::Symptom)?;
            let record = Record::Symptom(symptom);
            keys.push(record.key());
            w.put(record)?;
        }
        fired(w, now.today(), &keys)
    })?;
    say(ctx, &flags)
}

fn fact(ctx: &mut Context<'_, '_>, key: &str, value: &str) -> Result<(), Failure> {
    let now = ctx.now.clone();
    // Several conditions may be typed in one line.
    let words: Vec<String> = match key {
        "condition" => value
            .split([',', ';'])
            .map(|v| format!("condition+={}", v.trim()))
            .collect(),
        _ => vec![format!("{key}={value}")],
    };
    let mut warnings = Vec::new();
    let changes = read_facts(&words, &now, &mut warnings)?;
    let mut store = ctx.open()?;
    let flags = store.write(
        now.utc,
        &format!("ask symptoms: {}", words.join(" ")),
        |w| {
            let here = Nights {
                from: now.this_night(),
                to: now.this_night(),
            };
            let mut keys = Vec::new();
            for change in &changes {
                let diary = w.read_without_values(Some(here))?;
                for gone in change.replaces(&diary.facts) {
                    w.remove(&Record::Fact(gone.clone()).key())?;
                }
                if let FactChange::Set {
                    key, value, since, ..
                } = change
                {
                    let present = diary.facts_of(key).find(|f| f.value == *value).cloned();
                    let id = match &present {
                        Some(fact) => fact.id,
                        None => w.next_id(Table::Fact)?,
                    };
                    let record = Record::Fact(Fact {
                        id,
                        key: key.clone(),
                        value: value.clone(),
                        since: since.or(present.and_then(|f| f.since)),
                        recorded_at: now.utc,
                    });
                    keys.push(record.key());
                    w.put(record)?;
                }
            }
            fired(w, now.today(), &keys)
        },
    )?;
    for warning in &warnings {
        ctx.tell(&format!("note: {warning}"))?;
    }
    say(ctx, &flags)
}

fn say(ctx: &mut Context<'_, '_>, flags: &[Flag]) -> Result<(), Failure> {
    let urgent = terminal_flags::at_entry(flags, ctx.dress.width);
    match urgent.is_empty() {
        true => Ok(()),
        false => ctx.say(&urgent),
    }
}
