//! What became of a tap at the bedside, as the page says it, and the cramp that may still be amended.

use std::collections::HashSet;

use chrono::{NaiveDate, TimeDelta};
use serde_json::Value;

use crate::cli::Failure;
use crate::cli::write::with_values;
use crate::diary::vocabulary::Outcome;
use crate::diary::{Episode, Key, Night, Nights, Record, Word};
use crate::render::web::bedside::{Entry, Question, Said};
use crate::report::flags::{self, LOOKBACK_NIGHTS};
use crate::report::records::ValueEcho;
use crate::report::say::record as words;
use crate::store::devices::RequestKey;
use crate::web::add::moment;
use crate::web::app::App;
use crate::web::bedside_tap::Tap;
use crate::web::session::Visitor;
use crate::web::undo;
use crate::words::t;

/// How long a cramp may be amended by the device that added it.
const AMENDED_FOR: TimeDelta = TimeDelta::minutes(10);
/// How long a device is asked about what it wrote.
const ASKED_FOR: TimeDelta = TimeDelta::hours(24);
/// How many of the latest changes are looked through for what a device may be asked about.
const LATELY: u32 = 50;
/// What an answer is that says whether something was done about the thing of an experiment.
pub(crate) const DONE: &str = "done";
/// The tap that ends the running time.
pub(crate) const PASSED: &str = "passed";

/// What became of a tap: what was kept, read from the diary, and what the command had to say about it.
pub(crate) fn said(
    app: &App,
    visitor: &Visitor,
    of: &str,
    from: &str,
    answer: &Value,
) -> Result<Said, Failure> {
    let episode = match from == of {
        true => entry(app, visitor, of)?,
        false => own_entry(app, visitor, of)?,
    };
    let today = app.now().today();
    let understood: Vec<String> = list(answer, "understood").map(plain).collect();
    let first = stored(app, visitor, of).ok();
    let mut lines = match &episode {
        Some(episode) if understood.len() <= 1 => {
            let values = first.iter().flat_map(|first| list(first, "values"));
            let values: Vec<ValueEcho> = values.map(value_of).collect();
            let line = with_values(of_cramp(episode, today), &values);
            vec![t!(bedside, "kept", line)]
        }
        _ => understood.iter().map(|line| unnumbered(line)).collect(),
    };
    lines.extend(of_night(answer));
    if lines.is_empty() {
        lines.push(t!(bedside, "kept-before").to_string());
    }
    // a remark that only repeats a question in the words of a terminal is left to the question
    let asked: Vec<String> = list(answer, "asks")
        .map(|ask| text(ask, "question"))
        .collect();
    let remarks = list(answer, "warnings").map(plain);
    lines.extend(remarks.filter(|remark| !asked.contains(remark)));
    let warnings = list(answer, "flags").map(|flag| (text(flag, "urgency"), text(flag, "do")));
    // those about signs follow from the diary, and stay until they are answered
    let doubt = list(answer, "asks").find(|ask| !is_about_a_sign(ask));
    Ok(Said {
        // where nothing was written there is nothing to take back
        undo: wrote(app, visitor, of)?.then(|| of.to_string()),
        entry: episode.map(|episode| to_amend(of, &episode)),
        lines,
        warnings: warnings.collect(),
        question: doubt.map(|ask| question(ask, from)),
        night: match text(answer, "outcome") == Outcome::Cramp.word() && is_of_night(answer) {
            true => text(answer, "night"),
            false => String::new(),
        },
        ..Said::default()
    })
}

/// What this device wrote last, as long as it can be taken back.
pub(crate) fn last(app: &App, visitor: &Visitor) -> Result<Said, Failure> {
    let (now, undo) = (app.now(), undo::name(visitor));
    let found = app.look(|store| store.last_standing(visitor.device.id, &undo, &now))?;
    let Some(key) = found.flatten() else {
        return Ok(Said::default());
    };
    let answer = stored(app, visitor, &key)?;
    let mut said = said(app, visitor, &key, &key, &answer)?;
    // a warning was shown when it fired, and what is open is asked anew
    said.warnings.clear();
    said.question = None;
    if matches!(
        text(&answer, "kind").as_str(),
        "reply" | "symptom" | "symptoms"
    ) {
        said.lines = vec![t!(bedside, "answer-kept").to_string()];
    }
    Ok(said)
}

/// A cramp in one line, what helped in the words of its buttons.
pub(crate) fn of_cramp(episode: &Episode, today: NaiveDate) -> String {
    words::episode_with(episode, today, |relief| {
        let labels = relief.iter();
        let labels = labels.map(|r| t!(bedside, "relief", word = r.word()).to_lowercase());
        let relief = labels.collect::<Vec<_>>().join(", ");
        t!(bedside, "helped", relief)
    })
}

fn value_of(value: &Value) -> ValueEcho {
    ValueEcho {
        factor: text(value, "factor"),
        shown: Some(text(value, "shown")).filter(|shown| !shown.is_empty()),
        value: None,
        unit: None,
    }
}

/// A line of the door without the number of its record, which nobody can use at the bedside.
fn unnumbered(line: &str) -> String {
    let parts = line.split_once(": ");
    let rest = parts.filter(|(before, rest)| {
        let id = before.rsplit([' ', '#']).next().unwrap_or_default();
        let id = id.trim_matches(['(', ')']);
        [
            t!(cli, "logged", id, line = *rest),
            t!(cli, "kept-as-note", id, line = *rest),
        ]
        .iter()
        .any(|numbered| numbered == line)
    });
    match rest {
        Some((_, line)) => t!(bedside, "kept", line),
        None => line.to_string(),
    }
}

fn to_amend(of: &str, episode: &Episode) -> Entry {
    Entry {
        of: of.to_string(),
        chosen: chosen(episode),
        night: episode.night.to_string(),
    }
}

fn is_about_a_sign(ask: &Value) -> bool {
    ask.get("urgency").is_some()
}

/// The open questions about what this device wrote lately, the most urgent first. Of other entries it is told nothing.
pub(crate) fn open(app: &App, visitor: &Visitor) -> Result<Vec<Value>, Failure> {
    let now = app.now();
    let window = Nights::ending(Night::of_evening(now.today()), LOOKBACK_NIGHTS);
    let found = app.look(|store| {
        let touched = store.touched_after(now.utc - ASKED_FOR, LATELY)?;
        Ok((touched, store.lately(window)?))
    })?;
    let Some((touched, diary)) = found else {
        return Ok(Vec::new());
    };
    let written: HashSet<&Key> = touched.iter().flat_map(|(_, keys)| keys).collect();
    let asks = flags::asks(&diary, now.today(), Some(&written));
    if asks.is_empty() {
        return Ok(Vec::new());
    }
    let own = app.look(|store| store.changes_of(&visitor.device.name))?;
    let own = own.unwrap_or_default();
    let touched = touched
        .iter()
        .filter(|(id, _)| own.binary_search(id).is_ok());
    let written: HashSet<&Key> = touched.flat_map(|(_, keys)| keys).collect();
    let asks = asks.into_iter().filter(|ask| written.contains(&ask.key));
    let json =
        asks.map(|ask| serde_json::to_value(ask).map_err(|e| Failure::cannot(e.to_string(), None)));
    json.collect()
}

fn is_of_night(answer: &Value) -> bool {
    text(answer, "kind") == "night"
}

/// What was kept of a night.
fn of_night(answer: &Value) -> Vec<String> {
    let is_done = text(answer, "kind") == DONE;
    if !is_of_night(answer) && !is_done {
        return Vec::new();
    }
    let values = list(answer, "values").map(|value| {
        let (factor, shown) = (text(value, "factor"), text(value, "shown"));
        match shown.is_empty() {
            true => t!(bedside, "value-unknown", factor),
            false => t!(bedside, "value-kept", factor, shown),
        }
    });
    let mut lines: Vec<String> = values.collect();
    if lines.is_empty() {
        lines.push(t!(bedside, "night-kept", outcome = text(answer, "outcome")));
    }
    lines
}

pub(crate) fn refused(app: &App, visitor: &Visitor, tap: &Tap, failure: Failure) -> Said {
    let episode = own_entry(app, visitor, &tap.of).ok().flatten();
    Said {
        entry: episode.map(|episode| to_amend(&tap.of, &episode)),
        refused: Some((failure.message, failure.hint)),
        typed: tap.line.clone(),
        typed_for: match tap.words.ends_with('=') {
            true => tap.words.clone(),
            false => String::new(),
        },
        ..Said::default()
    }
}

pub(crate) fn question(ask: &Value, from: &str) -> Question {
    let choices: Vec<String> = list(ask, "choices")
        .map(|choice| text(choice, "answer"))
        .collect();
    let by_hand = choices.is_empty().then(|| text(ask, "answer_with"));
    Question {
        from: from.to_string(),
        id: text(ask, "id"),
        // the question of a doubt is put in the words of a terminal
        text: match is_about_a_sign(ask) {
            true => {
                // nobody at the bedside can use the number of a record
                let about = text(ask, "about");
                let numbers = [format!(" (#{about})"), format!(" ({about})")];
                let question = text(ask, "question");
                numbers
                    .iter()
                    .fold(question, |question, number| question.replace(number, ""))
            }
            false => t!(bedside, "unclear").to_string(),
        },
        safety: Some(text(ask, "safety")).filter(|text| !text.is_empty()),
        choices,
        answer_with: by_hand,
    }
}

/// What of a cramp can be tapped, as its buttons say it.
fn chosen(episode: &Episode) -> Vec<String> {
    let side = episode.side.map(|side| format!("side={}", side.word()));
    let site = episode.site.map(|site| format!("site={}", site.word()));
    let pain = episode.severity.map(|pain| format!("pain={pain}"));
    let passed = episode.duration_s.map(|_| PASSED.to_string());
    let relief = episode.relief.iter().map(|r| format!("+{}", r.word()));
    let single = [side, site, pain, passed];
    single.into_iter().flatten().chain(relief).collect()
}

/// What a request of this device was answered.
pub(crate) fn stored(app: &App, visitor: &Visitor, key: &str) -> Result<Value, Failure> {
    let request = RequestKey {
        device: visitor.device.id,
        key: key.to_string(),
    };
    let done = app.look(|store| store.done_request(&request))?.flatten();
    let done = done.ok_or_else(unknown_entry)?;
    let answer = done
        .answer
        .and_then(|text| serde_json::from_str(&text).ok());
    Ok(answer.unwrap_or(Value::Null))
}

/// The cramp a request of this device added, if it may be shown: what others did to it is not for a device that only adds.
fn own_entry(app: &App, visitor: &Visitor, of: &str) -> Result<Option<Episode>, Failure> {
    let episode = entry(app, visitor, of)?;
    let Some(cramp) = episode.as_ref().filter(|_| visitor.device.kind.adds_only()) else {
        return Ok(episode);
    };
    let (device, undo) = (visitor.device.id, undo::name(visitor));
    let (key, cramp) = (of.to_string(), Key::Episode(cramp.id));
    let is_own = app.look(
        |store| match store.done_request(&RequestKey { device, key })? {
            Some(done) => store.is_its_own(device, done.change, &undo, &cramp),
            None => Ok(false),
        },
    )?;
    Ok(episode.filter(|_| is_own == Some(true)))
}

/// Whether a request of this device made a change.
fn wrote(app: &App, visitor: &Visitor, of: &str) -> Result<bool, Failure> {
    let request = RequestKey {
        device: visitor.device.id,
        key: of.to_string(),
    };
    let change = app.look(|store| match store.done_request(&request)? {
        Some(done) => store.change_unless_forgotten(done.change),
        None => Ok(None),
    })?;
    Ok(change.flatten().is_some())
}

/// The cramp a request of this device added; the last one where the line told of several.
fn entry(app: &App, visitor: &Visitor, of: &str) -> Result<Option<Episode>, Failure> {
    let request = RequestKey {
        device: visitor.device.id,
        key: of.to_string(),
    };
    let found = app.look(|store| {
        let Some(done) = store.done_request(&request)? else {
            return Ok(None);
        };
        let change = store.change_unless_forgotten(done.change)?;
        let rows = change.map_or_else(Vec::new, |change| change.rows);
        let mut added = rows.iter().filter_map(|row| match &row.after {
            Some(Record::Episode(episode)) => Some(episode.id),
            _ => None,
        });
        match added.next_back() {
            Some(id) => store.get(&Key::Episode(id)),
            None => Ok(None),
        }
    })?;
    Ok(match found.flatten() {
        Some(Record::Episode(episode)) => Some(episode),
        _ => None,
    })
}

/// The same, while it may be amended; taps that waited on the phone are held against the time they were made.
pub(crate) fn fresh(app: &App, visitor: &Visitor, tap: &Tap) -> Result<Episode, Failure> {
    let episode = entry(app, visitor, &tap.of)?.ok_or_else(unknown_entry)?;
    let (now, _) = moment(&tap.added(String::new()), &app.now());
    match now.utc - episode.recorded_at > AMENDED_FOR {
        true => Err(Failure::cannot(t!(bedside, "too-late"), None)),
        false => Ok(episode),
    }
}

pub(crate) fn unknown_entry() -> Failure {
    Failure::cannot(t!(bedside, "unknown-entry"), None)
}

pub(crate) fn list<'v>(value: &'v Value, field: &str) -> impl Iterator<Item = &'v Value> {
    value
        .get(field)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

pub(crate) fn text(value: &Value, field: &str) -> String {
    value.get(field).map(plain).unwrap_or_default()
}

pub(crate) fn plain(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}
