//! The bedside: a page that only adds. Its taps are forms, so that they work without JavaScript; its script sends the same
//! forms and asks only for the part of the page that says what became of them.

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta};
use serde::Deserialize;
use serde_json::Value;

use crate::cli::Failure;
use crate::cli::failure::fail;
use crate::cli::write::with_values;
use crate::diary::typed::split;
use crate::diary::vocabulary::Relief;
use crate::diary::{Episode, Key, Record, Word};
use crate::render::web::bedside::{self, Forms, Question, Said};
use crate::report::help;
use crate::report::records::values;
use crate::report::say::record as words;
use crate::store::Store;
use crate::store::devices::RequestKey;
use crate::web::add::{Added, LONGEST_KEY, moment, once};
use crate::web::app::App;
use crate::web::session::Visitor;
use crate::web::{Answer, blocking, html};
use crate::words::t;

/// How long a cramp may be amended by the device that added it.
const AMENDED_FOR: TimeDelta = TimeDelta::minutes(10);
/// What a tap may amend; nothing else of a cramp is changed from here.
const AMENDED: [&str; 3] = ["side=", "site=", "pain="];
/// The commands that answer a question about an entry.
const ANSWERS: [&str; 2] = ["symptom", "flags answer"];
/// How many of the latest changes a cramp that may still be amended is looked for in.
const LATELY: usize = 50;
/// The tap that ends the running time.
const PASSED: &str = "passed";
/// The header of the script, which needs only a part of the page.
const PART: &str = "x-part";

/// What a form of the page sends; the script adds the two times.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Tap {
    csrf: String,
    key: String,
    at: String,
    sent: String,
    /// The request that made the cramp this is about.
    of: String,
    /// The request whose answer asked, and what it asked.
    from: String,
    ask: String,
    /// What was tapped.
    words: String,
    /// What was typed.
    line: String,
}

impl Tap {
    /// The key of the request: that of the form with what was tapped, so that two buttons of one form are two requests.
    fn request(&self) -> Result<String, Failure> {
        let key = match self.words.is_empty() {
            true => self.key.clone(),
            false => format!("{} {}", self.key, self.words),
        };
        match self.key.is_empty() || key.len() > LONGEST_KEY {
            true => Err(fail!(Words, "no-request-key")),
            false => Ok(key),
        }
    }

    /// Words with the times of this tap.
    fn added(&self, line: String) -> Added {
        Added {
            line,
            at: DateTime::parse_from_rfc3339(&self.at).ok(),
            sent: DateTime::parse_from_rfc3339(&self.sent).ok(),
        }
    }
}

/// The page before anything is tapped.
pub(crate) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let page = blocking(move || whole(&app, &visitor, &Said::default()));
    Ok(html(page.await?))
}

pub(crate) async fn cramp(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(tap): Form<Tap>,
) -> Answer {
    act(app, visitor, &headers, tap, log).await
}

pub(crate) async fn amend(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(tap): Form<Tap>,
) -> Answer {
    act(app, visitor, &headers, tap, change).await
}

pub(crate) async fn answer(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(tap): Form<Tap>,
) -> Answer {
    act(app, visitor, &headers, tap, reply).await
}

pub(crate) async fn preview(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(tap): Form<Tap>,
) -> Answer {
    act(app, visitor, &headers, tap, understand).await
}

pub(crate) async fn undo(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(tap): Form<Tap>,
) -> Answer {
    act(app, visitor, &headers, tap, take_back).await
}

/// Does what was tapped and draws what became of it. What was refused keeps what was typed.
async fn act(
    app: App,
    visitor: Visitor,
    headers: &HeaderMap,
    tap: Tap,
    work: fn(&App, &Visitor, &Tap) -> Result<Said, Failure>,
) -> Answer {
    if tap.csrf != visitor.csrf {
        return Ok(StatusCode::FORBIDDEN.into_response());
    }
    let is_part = headers.contains_key(PART);
    let drawn = blocking(move || {
        let (status, said) = match work(&app, &visitor, &tap) {
            Ok(said) => (StatusCode::OK, said),
            Err(failure) if failure.code <= 2 => (
                StatusCode::UNPROCESSABLE_ENTITY,
                refused(&app, &visitor, &tap, failure),
            ),
            Err(failure) => return Err(failure),
        };
        let page = match is_part {
            true => bedside::part(forms(&visitor, &app.secret()?), &said).into_string(),
            false => whole(&app, &visitor, &said)?,
        };
        Ok((status, page))
    });
    let (status, page) = drawn.await?;
    Ok(as_html(status, page))
}

fn as_html(status: StatusCode, page: String) -> Response {
    (status, html(page)).into_response()
}

fn forms<'f>(visitor: &'f Visitor, key: &'f str) -> Forms<'f> {
    Forms {
        csrf: &visitor.csrf,
        key,
    }
}

fn whole(app: &App, visitor: &Visitor, said: &Said) -> Result<String, Failure> {
    let key = app.secret()?;
    let relief = help::topic("relief");
    Ok(bedside::page(forms(visitor, &key), said, relief.as_ref()))
}

/// Adds a cramp, now or as the words say.
fn log(app: &App, visitor: &Visitor, tap: &Tap) -> Result<Said, Failure> {
    let key = tap.request()?;
    let answer = once(
        app,
        visitor,
        key.clone(),
        &tap.added(tap.line.clone()),
        "log",
    )?;
    said(app, visitor, &key, &key, &answer)
}

/// Amends the cramp that a request of this device added.
fn change(app: &App, visitor: &Visitor, tap: &Tap) -> Result<Said, Failure> {
    let key = tap.request()?;
    let episode = fresh(app, visitor, tap)?;
    let words = match tap.words.as_str() {
        PASSED => lasted(app, tap, &episode)?,
        words if words.starts_with('+') => helped(words, &episode)?,
        words if AMENDED.iter().any(|known| words.starts_with(known)) => words.to_string(),
        _ => return Err(unknown_entry()),
    };
    let line = format!("{} {words}", episode.id);
    let answer = once(app, visitor, key.clone(), &tap.added(line), "edit")?;
    said(app, visitor, &tap.of, &key, &answer)
}

/// The time from the beginning of a cramp to the tap, as it is typed.
fn lasted(app: &App, tap: &Tap, episode: &Episode) -> Result<String, Failure> {
    let (now, _) = moment(&tap.added(String::new()), &app.now());
    let began = episode.began_at.as_ref().ok_or_else(unknown_entry)?;
    let seconds = (now.utc - began.utc).num_seconds().max(1);
    Ok(format!("lasted={seconds}s"))
}

/// What helped, with one thing more, or one less where it was there already; nothing stands alone.
fn helped(tapped: &str, episode: &Episode) -> Result<String, Failure> {
    let tapped = Relief::from_word(tapped.trim_start_matches('+')).ok_or_else(unknown_entry)?;
    let before = episode.relief.iter().copied();
    let mut helped: Vec<Relief> = before
        .filter(|r| *r != tapped && *r != Relief::None)
        .collect();
    if tapped == Relief::None {
        helped.clear();
    }
    if !episode.relief.contains(&tapped) {
        helped.push(tapped);
    }
    let words: Vec<String> = helped.iter().map(|r| format!("+{}", r.word())).collect();
    Ok(match words.is_empty() {
        true => "relief=?".to_string(),
        false => words.join(" "),
    })
}

/// Answers a question with the command that the question itself came with; nothing of it comes from the device.
fn reply(app: &App, visitor: &Visitor, tap: &Tap) -> Result<Said, Failure> {
    let key = tap.request()?;
    let asking = stored(app, visitor, &tap.from)?;
    let asks = asking.get("asks").and_then(Value::as_array);
    let ask = asks.and_then(|asks| asks.iter().find(|ask| text(ask, "id") == tap.ask));
    let field = match tap.words.as_str() {
        "yes" => "answer_with",
        _ => "otherwise",
    };
    let command = ask.map(|ask| text(ask, field)).unwrap_or_default();
    let command = ANSWERS.iter().find_map(|answer| {
        let line = command.strip_prefix("cramp ")?.strip_prefix(answer)?;
        Some((*answer, line.trim_start()))
    });
    let (command, line) = command.ok_or_else(unknown_entry)?;
    let answer = once(
        app,
        visitor,
        key.clone(),
        &tap.added(line.to_string()),
        command,
    )?;
    said(app, visitor, &tap.of, &key, &answer)
}

/// What the words would be kept as; nothing is.
fn understand(app: &App, _: &Visitor, tap: &Tap) -> Result<Said, Failure> {
    let (now, _) = moment(&tap.added(String::new()), &app.now());
    let mut store = Store::open(app.diary_path(), now.utc)?;
    store.dry_run();
    let typed = split(&tap.line);
    let logged = app.writing(|| store.write(now.utc, "", |w| w.log(&typed, &now)))?;
    let lines = logged.entries.iter().map(|entered| {
        let line = words::line(&entered.record, &entered.catalogue, now.today());
        with_values(line, &values(&entered.values, &entered.catalogue))
    });
    Ok(Said {
        lines: lines.chain(logged.remarks.iter().cloned()).collect(),
        is_preview: true,
        typed: tap.line.clone(),
        ..Said::default()
    })
}

/// Takes the cramp back.
fn take_back(app: &App, visitor: &Visitor, tap: &Tap) -> Result<Said, Failure> {
    let key = tap.request()?;
    let request = RequestKey {
        device: visitor.device.id,
        key: key.clone(),
    };
    let done = match Store::open_read(app.diary_path())? {
        Some(store) => store.done_request(&request)?.is_some(),
        None => false,
    };
    if !done {
        let episode = fresh(app, visitor, tap)?;
        let line = episode.id.to_string();
        once(app, visitor, key, &tap.added(line), "delete")?;
    }
    Ok(Said {
        lines: vec![t!(bedside, "taken-back").to_string()],
        ..Said::default()
    })
}

/// What became of a tap: what was kept, read from the diary, and what the command had to say about it.
fn said(
    app: &App,
    visitor: &Visitor,
    of: &str,
    from: &str,
    answer: &Value,
) -> Result<Said, Failure> {
    let episode = entry(app, visitor, of)?;
    let today = app.now().today();
    let understood: Vec<String> = list(answer, "understood").map(plain).collect();
    let mut lines = match &episode {
        Some(episode) if understood.len() <= 1 => {
            vec![t!(bedside, "kept", line = words::episode(episode, today))]
        }
        _ => understood,
    };
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
    let questions = list(answer, "asks").map(|ask| question(ask, from));
    Ok(Said {
        entry: episode.map(|episode| (of.to_string(), chosen(&episode))),
        lines,
        warnings: warnings.collect(),
        questions: questions.collect(),
        ..Said::default()
    })
}

fn refused(app: &App, visitor: &Visitor, tap: &Tap, failure: Failure) -> Said {
    let episode = entry(app, visitor, &tap.of).ok().flatten();
    Said {
        entry: episode.map(|episode| (tap.of.clone(), chosen(&episode))),
        refused: Some((failure.message, failure.hint)),
        typed: tap.line.clone(),
        ..Said::default()
    }
}

fn question(ask: &Value, from: &str) -> Question {
    let (answer_with, otherwise) = (text(ask, "answer_with"), text(ask, "otherwise"));
    let yes_no = answer_with.starts_with("cramp symptom ") && !otherwise.is_empty();
    // words that can be read in two ways: the pain has its own taps, and the rest can wait for the computer
    let is_doubt = otherwise.is_empty();
    Question {
        from: from.to_string(),
        id: text(ask, "id"),
        text: match is_doubt {
            true => t!(bedside, "unclear").to_string(),
            false => text(ask, "question"),
        },
        safety: Some(text(ask, "safety")).filter(|text| !text.is_empty()),
        answer_with: (!yes_no).then_some(answer_with),
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
fn stored(app: &App, visitor: &Visitor, key: &str) -> Result<Value, Failure> {
    let request = RequestKey {
        device: visitor.device.id,
        key: key.to_string(),
    };
    let store = Store::open_read(app.diary_path())?.ok_or_else(unknown_entry)?;
    let done = store.done_request(&request)?.ok_or_else(unknown_entry)?;
    let answer = done
        .answer
        .and_then(|text| serde_json::from_str(&text).ok());
    Ok(answer.unwrap_or(Value::Null))
}

/// The cramp a request of this device added; the last one where the line told of several.
fn entry(app: &App, visitor: &Visitor, of: &str) -> Result<Option<Episode>, Failure> {
    let request = RequestKey {
        device: visitor.device.id,
        key: of.to_string(),
    };
    let Some(store) = Store::open_read(app.diary_path())? else {
        return Ok(None);
    };
    let Some(done) = store.done_request(&request)? else {
        return Ok(None);
    };
    let lately = store.history(LATELY)?;
    let change = lately.iter().find(|change| change.id == done.change);
    let rows = change.map(|change| change.rows.as_slice());
    let added = rows.unwrap_or_default().iter();
    let added = added.filter_map(|row| match &row.after {
        Some(Record::Episode(episode)) => Some(episode.id),
        _ => None,
    });
    let Some(id) = added.last() else {
        return Ok(None);
    };
    Ok(match store.get(&Key::Episode(id))? {
        Some(Record::Episode(episode)) => Some(episode),
        _ => None,
    })
}

/// The same, while it may be amended; taps that waited on the phone are held against the time they were made.
fn fresh(app: &App, visitor: &Visitor, tap: &Tap) -> Result<Episode, Failure> {
    let episode = entry(app, visitor, &tap.of)?.ok_or_else(unknown_entry)?;
    let (now, _) = moment(&tap.added(String::new()), &app.now());
    match now.utc - episode.recorded_at > AMENDED_FOR {
        true => Err(Failure::cannot(t!(bedside, "too-late"), None)),
        false => Ok(episode),
    }
}

fn unknown_entry() -> Failure {
    Failure::cannot(t!(bedside, "unknown-entry"), None)
}

fn list<'v>(value: &'v Value, field: &str) -> impl Iterator<Item = &'v Value> {
    value
        .get(field)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn text(value: &Value, field: &str) -> String {
    value.get(field).map(plain).unwrap_or_default()
}

fn plain(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}
