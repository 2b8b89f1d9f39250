//! The bedside: a page that only adds. Its taps are forms, so that they work without JavaScript; its script sends the same
//! forms and asks only for the part of the page that says what became of them.

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::cli::Failure;
use crate::cli::write::with_values;
use crate::diary::typed::split;
use crate::diary::vocabulary::Relief;
use crate::diary::{Episode, Record, Source, Word};
use crate::render::web::bedside::{self, CANNOT_TELL, Said};
use crate::render::web::frame::Forms;
use crate::report::help;
use crate::report::records::{Notices, values};
use crate::report::say::record as words;
use crate::store::Store;
use crate::store::devices::RequestKey;
use crate::web::add::{answered, moment, once};
use crate::web::app::App;
use crate::web::bedside_night;
use crate::web::bedside_said::{
    PASSED, fresh, last, list, of_cramp, open, question, refused, said, stored, text, unknown_entry,
};
use crate::web::bedside_tap::Tap;
use crate::web::session::Visitor;
use crate::web::undo;
use crate::web::{Answer, blocking, html};
use crate::words::t;

/// What a tap may amend; nothing else of a cramp is changed from here.
const AMENDED: [&str; 3] = ["side=", "site=", "pain="];
/// The commands that answer a question about an entry.
const ANSWERS: [&str; 3] = ["edit", "symptom", "flags answer"];
/// The header of the script, which needs only a part of the page.
pub(crate) const PART: &str = "x-part";

/// The page before anything is tapped.
pub(crate) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let page = blocking(move || {
        let said = asking(&app, &visitor, last(&app, &visitor)?)?;
        whole(&app, &visitor, &said)
    });
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

pub(crate) async fn night(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(tap): Form<Tap>,
) -> Answer {
    act(app, visitor, &headers, tap, bedside_night::answer).await
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
        let (status, mut said) = match work(&app, &visitor, &tap) {
            Ok(said) => (StatusCode::OK, said),
            Err(failure) if failure.code <= 2 => (
                StatusCode::UNPROCESSABLE_ENTITY,
                refused(&app, &visitor, &tap, failure),
            ),
            Err(failure) => return Err(failure),
        };
        // what is typed next is about the same night
        if said.night.is_empty() {
            said.night.clone_from(&tap.night);
        }
        let said = asking(&app, &visitor, said)?;
        let page = match is_part {
            true => bedside::part(forms(&visitor, &app.secret()?), &said).into_string(),
            false => whole(&app, &visitor, &said)?,
        };
        Ok((status, page))
    });
    let (status, page) = drawn.await?;
    Ok(as_html(status, page))
}

/// With the question that is open.
fn asking(app: &App, visitor: &Visitor, said: Said) -> Result<Said, Failure> {
    let first = open(app, visitor)?.into_iter().next();
    let sign = first.map(|ask| question(&ask, ""));
    Ok(Said {
        question: sign.or(said.question),
        ..said
    })
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
    let morning = bedside_night::morning(app)?;
    Ok(bedside::page(
        forms(visitor, &key),
        said,
        morning.as_ref(),
        relief.as_ref(),
    ))
}

/// Adds a cramp, now or as the words say.
fn log(app: &App, visitor: &Visitor, tap: &Tap) -> Result<Said, Failure> {
    let key = tap.request()?;
    let answer = once(
        app,
        visitor,
        key.clone(),
        &tap.added(tap.told(&app.now())?),
        "log",
    )?;
    Ok(Said {
        undo: Some(key.clone()),
        ..said(app, visitor, &key, &key, &answer)?
    })
}

/// Amends the cramp that a request of this device added.
fn change(app: &App, visitor: &Visitor, tap: &Tap) -> Result<Said, Failure> {
    let key = tap.request()?;
    let episode = fresh(app, visitor, tap)?;
    let words = match tap.words.as_str() {
        // it passed at the first tap, or in the time that was typed
        PASSED if episode.duration_s.is_some() || episode.duration_max_s.is_some() => {
            return said(app, visitor, &tap.of, "", &Value::Null);
        }
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

/// Answers a question with the command that the question itself comes with; nothing of it comes from the device.
fn reply(app: &App, visitor: &Visitor, tap: &Tap) -> Result<Said, Failure> {
    let key = tap.request()?;
    let request = RequestKey {
        device: visitor.device.id,
        key: key.clone(),
    };
    let answer = match answered(app, &request)? {
        Some(before) => before,
        None => {
            let ask = asked(app, visitor, tap)?;
            if tap.words == CANNOT_TELL {
                let urgency = text(&ask, "urgency");
                return Ok(Said {
                    lines: vec![t!(bedside, "stays-unknown", urgency)],
                    ..said(app, visitor, &tap.of, "", &Value::Null)?
                });
            }
            let mut choices = list(&ask, "choices");
            let choice = choices.find(|choice| text(choice, "answer") == tap.words);
            let command = choice.map(|choice| text(choice, "command"));
            let command = command.ok_or_else(unknown_entry)?;
            let command = ANSWERS.iter().find_map(|answer| {
                let line = command.strip_prefix("cramp ")?.strip_prefix(answer)?;
                Some((*answer, line.trim_start()))
            });
            let (command, line) = command.ok_or_else(unknown_entry)?;
            let added = tap.added(line.to_string());
            once(app, visitor, key.clone(), &added, command)?
        }
    };
    let mut said = said(app, visitor, &tap.of, &key, &answer)?;
    said.lines = vec![t!(bedside, "answered", answer = tap.words)];
    said.undo = Some(key);
    Ok(said)
}

/// The question a tap answers, as it is still open.
fn asked(app: &App, visitor: &Visitor, tap: &Tap) -> Result<Value, Failure> {
    let asks = match tap.from.as_str() {
        "" => open(app, visitor)?,
        from => list(&stored(app, visitor, from)?, "asks")
            .cloned()
            .collect(),
    };
    let mut asks = asks.into_iter();
    let ask = asks.find(|ask| text(ask, "id") == tap.ask);
    ask.ok_or_else(|| Failure::cannot(t!(bedside, "not-asked"), None))
}

/// What the words would be kept as; nothing is.
fn understand(app: &App, visitor: &Visitor, tap: &Tap) -> Result<Said, Failure> {
    let arrived = app.now();
    let (now, _) = moment(&tap.added(String::new()), &arrived);
    let mut store = Store::open(app.diary_path(), arrived.utc)?;
    store.dry_run();
    store.adds_only();
    let request = RequestKey {
        device: visitor.device.id,
        key: String::new(),
    };
    store.answers(request, Source::PERSON);
    let typed = split(&tap.told(&app.now())?);
    let logged = app.writing(|| store.write(arrived.utc, "", |w| w.log(&typed, &now)))?;
    let lines = logged.entries.iter().map(|entered| {
        let line = match &entered.record {
            Record::Episode(episode) => of_cramp(episode, now.today()),
            record => words::line(record, &entered.catalogue, now.today()),
        };
        with_values(line, &values(&entered.values, &entered.catalogue))
    });
    let mut notices = Notices::default();
    for entered in &logged.entries {
        let name = |night| words::night_words(night, now.today());
        notices.remarks(&entered.remarks, name);
    }
    let remarks = notices.warnings.iter().chain(&logged.remarks).cloned();
    Ok(Said {
        lines: lines.chain(remarks).collect(),
        is_preview: true,
        typed: tap.line.clone(),
        ..Said::default()
    })
}

/// Takes the cramp back.
fn take_back(app: &App, visitor: &Visitor, tap: &Tap) -> Result<Said, Failure> {
    // a tap that waited is held against the time it was made, one that says no time against this one
    let now = match tap.sent.is_empty() {
        true => app.now(),
        false => moment(&tap.added(String::new()), &app.now()).0,
    };
    undo::once(app, visitor, tap.request()?, Some(&tap.of), &now)?;
    Ok(Said {
        lines: vec![t!(bedside, "taken-back").to_string()],
        ..Said::default()
    })
}
