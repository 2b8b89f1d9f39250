//! `cramp ask setup`: five short questions for a new diary. Each can be skipped, each answer is written at once, and it
//! can be run again.

use chrono::{Datelike, Months};

use crate::cli::background::{learn, start_course};
use crate::cli::failure::fail;
use crate::cli::write::{taken, under};
use crate::cli::{Failure, Invocation};
use crate::data;
use crate::diary::Diary;
use crate::diary::fact::NONE;
use crate::render::terminal;
use crate::report::follow;
use crate::report::records::Notices;
use crate::words::t;

/// What each question writes; false when the reply was refused and is asked for again.
type Write = fn(&mut Invocation<'_>, &str) -> Result<bool, Failure>;

pub(super) fn ask_setup(call: &mut Invocation<'_>) -> Result<(), Failure> {
    let questions: [(&str, Write); 5] = [
        (t!(checkin, "setup-follow"), write_follow),
        (t!(checkin, "setup-gets-up"), |call, reply| {
            write_facts(call, &[format!("gets-up={reply}")])
        }),
        (t!(checkin, "setup-medicines"), write_medicines),
        (t!(checkin, "setup-conditions"), write_conditions),
        (t!(checkin, "setup-born"), |call, reply| {
            write_facts(call, &[format!("born={reply}")])
        }),
    ];
    call.print(t!(checkin, "setup-keys"))?;
    let mut at = 0;
    while let Some((question, write)) = questions.get(at) {
        if at == 0 {
            call.print(&follow::offers(call.style.width))?;
        }
        let known = known(&call.background()?, at, call);
        let question = match known.is_empty() {
            true => question.to_string(),
            false => t!(checkin, "setup-now", question, now = known),
        };
        let Some(reply) = call.ask(&question)? else {
            break;
        };
        match reply.as_str() {
            "q" | "Q" => break,
            "<" => at = at.saturating_sub(1),
            "" => at += 1,
            reply => at += usize::from(write(call, reply)?),
        }
    }
    let followed = follow::followed(&call.background()?, call.now.today());
    let done = t!(checkin, "setup-done", n = followed.len());
    call.print(&terminal::paragraphs(&[done], call.style.width))
}

/// What the diary knows already about the question in this place.
fn known(diary: &Diary, at: usize, call: &Invocation<'_>) -> String {
    let fact = |key| diary.facts_of(key).map(|f| f.value.clone()).collect();
    let list: Vec<String> = match at {
        0 => follow::followed(diary, call.now.today()),
        1 => fact("gets-up"),
        2 => {
            let running = diary.courses_on(call.now.today());
            running.map(|course| course.name.clone()).collect()
        }
        3 => fact("condition"),
        _ => fact("born"),
    };
    list.join(", ")
}

fn write_follow(call: &mut Invocation<'_>, reply: &str) -> Result<bool, Failure> {
    let offered: Vec<&str> = data::follow().iter().map(|o| o.offer).collect();
    let mut chosen: Vec<&str> = Vec::new();
    for word in reply.split([' ', ',', ';', '.']).filter(|w| !w.is_empty()) {
        let number = word.parse::<usize>().ok();
        let named = || {
            offered
                .iter()
                .position(|o| *o == word)
                .map(|place| place + 1)
        };
        match number.or_else(named) {
            Some(0) => {}
            Some(n) if n <= offered.len() => chosen.extend(offered.get(n - 1)),
            _ => {
                let most = offered.len();
                let refused = fail!(Words, "not-in-the-list", word, most);
                return Ok(taken(call, Err::<(), _>(refused))?.is_some());
            }
        }
    }
    let command = format!("ask setup: follow {}", chosen.join(" "));
    under(call, command, |call| {
        call.write(|w, now| w.follow(&offered, &chosen, now))
    })?;
    let says = follow::says(&call.background()?, call.now.today());
    call.print(&terminal::paragraphs(&[says], call.style.width))?;
    Ok(true)
}

fn write_facts(call: &mut Invocation<'_>, words: &[String]) -> Result<bool, Failure> {
    let command = format!("ask setup: me {}", words.join(" "));
    let mut notices = Notices::default();
    let written = under(call, command, |call| learn(call, words, &mut notices, true));
    let Some(lines) = taken(call, written)? else {
        return Ok(false);
    };
    call.print_flags(&notices.flags)?;
    call.print(&format!(
        "  {}",
        t!(checkin, "setup-kept", what = lines.join(", "))
    ))?;
    call.notes(&notices.warnings)?;
    Ok(true)
}

fn write_conditions(call: &mut Invocation<'_>, reply: &str) -> Result<bool, Failure> {
    let words: Vec<String> = listed(reply)
        .map(|name| match is_none(name) {
            true => format!("condition={NONE}"),
            false => format!("condition+={name}"),
        })
        .collect();
    write_facts(call, &words)
}

/// Each medicine is a course, begun when the person says; one that is refused is asked for again.
fn write_medicines(call: &mut Invocation<'_>, reply: &str) -> Result<bool, Failure> {
    if is_none(reply) {
        return write_facts(call, &[format!("taking={NONE}")]);
    }
    let mut all = true;
    for piece in listed(reply) {
        let (name, mut rest) = name_and_rest(piece);
        let since = call
            .ask(&t!(checkin, "setup-since", name))?
            .unwrap_or_default();
        let today = call.now.today();
        match since.parse::<i32>() {
            // what the person says by Enter; a date of today would make it look new
            _ if since.is_empty() => {
                let year = today.checked_sub_months(Months::new(12)).unwrap_or(today);
                rest.push(format!("start={year}"));
                rest.push(format!("reason={}", t!(checkin, "setup-long")));
            }
            Ok(year) if (1900..=today.year()).contains(&year) => {
                rest.push(format!("start={year}-01-01"));
            }
            _ => rest.push(format!("start={since}")),
        }
        all &= write_medicine(call, &name, &rest)?;
    }
    Ok(all)
}

fn write_medicine(call: &mut Invocation<'_>, name: &str, rest: &[String]) -> Result<bool, Failure> {
    let command = format!("ask setup: course start {name} {}", rest.join(" "));
    let written = under(call, command, |call| start_course(call, name, rest));
    Ok(taken(call, written)?.is_some())
}

/// A medicine as people write it: `vitamin d 1000 IU` is a name, then its dose.
fn name_and_rest(piece: &str) -> (String, Vec<String>) {
    let words: Vec<&str> = piece.split_whitespace().collect();
    let is_number = |w: &&str| w.starts_with(|c: char| c.is_ascii_digit());
    let place = words.iter().skip(1).position(is_number);
    let end = place.map_or(words.len(), |place| place + 1);
    let (name, rest) = words.split_at(end);
    let rest: Vec<String> = match rest {
        // the unit belongs to its number
        [number, unit, more @ ..] if number.parse::<f64>().is_ok() && !is_number(unit) => {
            let dose = format!("{number}{unit}");
            std::iter::once(dose)
                .chain(more.iter().map(ToString::to_string))
                .collect()
        }
        rest => rest.iter().map(ToString::to_string).collect(),
    };
    (name.join(" "), rest)
}

fn listed(reply: &str) -> impl Iterator<Item = &str> {
    reply
        .split([',', ';'])
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
}

fn is_none(reply: &str) -> bool {
    reply.trim().eq_ignore_ascii_case(NONE) || crate::diary::unit::yes_no(reply) == Some(false)
}
