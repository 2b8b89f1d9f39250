//! The forms of the desk: each is a command line, run by the door, once for each key.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};

use crate::cli::serve::By;
use crate::cli::{Failure, ask};
use crate::diary::Now;
use crate::diary::typed::split;
use crate::diary::vocabulary::Wish;
use crate::render::web::desk::{Place, Typed, done, refusal};
use crate::render::web::{desk_entries, desk_today};
use crate::report::checkin::{Meant, Question};
use crate::store::Store;
use crate::store::devices::RequestKey;
use crate::web::app::App;
use crate::web::desk::{carried, today_page};
use crate::web::desk_answer::{in_full, refused};
use crate::web::desk_steps::steps;
use crate::web::session::Visitor;
use crate::web::{blocking, command, html};
use crate::words::t;

/// How long a line may have been looked at before the moment it was read at is forgotten.
const LOOKED_AT: TimeDelta = TimeDelta::hours(1);

/// What a form sends, by the names of its fields.
pub(crate) struct Sent(BTreeMap<String, String>);

impl Sent {
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.trim())
    }

    pub(crate) fn read(fields: BTreeMap<String, String>) -> Sent {
        Sent(fields)
    }

    /// Whether the form stood on a page of this visitor.
    pub(crate) fn is_ours(&self, visitor: &Visitor) -> bool {
        !self.get("key").is_empty() && self.0.get("csrf") == Some(&visitor.csrf)
    }

    /// The texts of the fields whose names start so.
    pub(crate) fn starting_with(&self, start: &str) -> impl Iterator<Item = (&str, &str)> {
        let fields = self
            .0
            .iter()
            .filter(move |(name, _)| name.starts_with(start));
        fields.map(|(name, text)| (name.as_str(), text.as_str()))
    }

    pub(crate) fn set(&mut self, name: String, text: String) {
        self.0.insert(name, text);
    }

    pub(crate) fn by(&self, visitor: &Visitor, dry_run: bool, app: &App) -> By {
        By {
            request: RequestKey {
                device: visitor.device.id,
                key: self.get("key").to_string(),
            },
            device: visitor.device.name.clone(),
            note: None,
            arrived: app.now().utc,
            adds_only: visitor.device.kind.adds_only(),
            dry_run,
            unanswered: None,
        }
    }

    /// The moment a line was read at, where that was not long ago; else now.
    fn moment(&self, now: Now) -> Now {
        let read = self.get("at").parse::<DateTime<Utc>>().ok();
        let recent = read.filter(|at| *at <= now.utc && now.utc - *at <= LOOKED_AT);
        Now {
            utc: recent.unwrap_or(now.utc),
            ..now
        }
    }
}

pub(crate) type Fields = Form<BTreeMap<String, String>>;

/// A form that another page made, or one of another visit: `page` draws it once more with what was typed.
pub(crate) fn not_ours(page: impl FnOnce(&str) -> String) -> Response {
    (StatusCode::FORBIDDEN, html(page(t!(desk, "form-too-old")))).into_response()
}

/// The line of a refused form, to be mended.
fn mend(app: &App, visitor: &Visitor, line: &str, why: &str) -> String {
    match carried(app, visitor) {
        Ok(carried) => desk_today::mend(line, why, &carried),
        Err(_) => refusal(Place::Today, why),
    }
}

/// Shows what a line would be written down as.
pub(crate) async fn say(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Fields,
) -> Response {
    let sent = Sent::read(fields);
    if !sent.is_ours(&visitor) {
        return not_ours(|why| mend(&app, &visitor, sent.get("line"), why));
    }
    let shown = blocking(move || {
        let (now, carried) = (app.now(), carried(&app, &visitor)?);
        let at = now.utc.to_rfc3339();
        let line = sent.get("line").to_string();
        Ok(match log(&app, &line, now, sent.by(&visitor, true, &app)) {
            Ok(lines) => html(desk_today::preview(&line, &at, &lines, &carried)),
            Err(failure) => refused(&failure, |why| desk_today::mend(&line, why, &carried)),
        })
    });
    shown
        .await
        .unwrap_or_else(|failure| refused(&failure, |why| refusal(Place::Today, why)))
}

/// Keeps the line that was looked at.
pub(crate) async fn keep(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Fields,
) -> Response {
    let sent = Sent::read(fields);
    if !sent.is_ours(&visitor) {
        return not_ours(|why| mend(&app, &visitor, sent.get("line"), why));
    }
    let kept = blocking(move || {
        let line = sent.get("line").to_string();
        let by = sent.by(&visitor, false, &app);
        let now = sent.moment(app.now());
        let carried = carried(&app, &visitor)?;
        let kept = once(&app, &by.clone(), || log(&app, &line, now, by));
        Ok(match kept {
            Ok(lines) => html(written(
                &app,
                &visitor,
                Place::Today,
                t!(desk, "kept"),
                &lines,
            )?),
            Err(failure) => refused(&failure, |why| desk_today::mend(&line, why, &carried)),
        })
    });
    kept.await
        .unwrap_or_else(|failure| refused(&failure, |why| refusal(Place::Today, why)))
}

fn log(app: &App, line: &str, now: Now, by: By) -> Result<Vec<String>, Failure> {
    run(app, &["log", "--"], line, now, by)
}

/// Runs a command with the words of a line after it.
pub(crate) fn run(
    app: &App,
    words: &[&str],
    line: &str,
    now: Now,
    by: By,
) -> Result<Vec<String>, Failure> {
    let typed = split(line);
    let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
    command::lines(app, &[words, &typed].concat(), now, by)
}

/// Does `work` unless this request was answered before.
pub(crate) fn once(
    app: &App,
    by: &By,
    work: impl FnOnce() -> Result<Vec<String>, Failure>,
) -> Result<Vec<String>, Failure> {
    let store = Store::open_read(app.diary_path())?;
    let before = store.map(|store| store.done_request(&by.request));
    match before.transpose()?.flatten() {
        Some(_) => Ok(vec![t!(desk, "kept-before").to_string()]),
        None => work(),
    }
}

/// What was said of a write, with a button that takes it back.
pub(crate) fn written(
    app: &App,
    visitor: &Visitor,
    place: Place,
    title: &str,
    lines: &[String],
) -> Result<String, Failure> {
    let (carried, (undo, _)) = (carried(app, visitor)?, steps(app)?);
    let undo = undo.map(|change| desk_entries::undo(change, &carried));
    Ok(done(place, title, lines, undo))
}

/// Keeps the answers of the morning, each by itself, so that a reply that is refused loses no other.
pub(crate) async fn check_in(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Fields,
) -> Response {
    many(app, visitor, fields, Place::Today, answered, today_page).await
}

/// Takes a form of many answers, each kept or refused by itself, and draws the page it stands on.
pub(crate) async fn many(
    app: App,
    visitor: Visitor,
    fields: BTreeMap<String, String>,
    place: Place,
    answered: fn(&App, &Visitor, &Sent) -> Result<Typed, Failure>,
    page: fn(&App, &Visitor, &Typed) -> Result<String, Failure>,
) -> Response {
    let sent = Sent::read(fields);
    let drawn = blocking(move || {
        let (status, typed) = match sent.is_ours(&visitor) {
            true => {
                let typed = answered(&app, &visitor, &sent)?;
                (status_of(&typed), typed)
            }
            false => (StatusCode::FORBIDDEN, unasked(sent)),
        };
        Ok((status, page(&app, &visitor, &typed)?))
    });
    match drawn.await {
        Ok((status, page)) => (status, html(page)).into_response(),
        Err(failure) => refused(&failure, |why| refusal(place, why)),
    }
}

/// How a form of many answers is answered.
fn status_of(typed: &Typed) -> StatusCode {
    match typed.refused.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// What was typed into a form that is not ours.
fn unasked(sent: Sent) -> Typed {
    Typed {
        refused: vec![t!(desk, "form-too-old").to_string()],
        replies: sent.0,
        ..Typed::default()
    }
}

fn answered(app: &App, visitor: &Visitor, sent: &Sent) -> Result<Typed, Failure> {
    let now = app.now();
    let asked = ask::missed(Store::open_read(app.diary_path())?, &now)?;
    let mut typed = Typed::default();
    for question in &asked.questions {
        let (id, mut replies) = (question.id(), Vec::new());
        let reply = sent.get(&id);
        if !reply.is_empty() {
            replies.push((id.clone(), reply, question.clone()));
        }
        let more = format!("more {id}");
        // what it was like says that there was one
        let outcome = match reply {
            "" => "yes",
            reply => reply,
        };
        let meant = question.meant(outcome, &asked.catalogue, &now).ok();
        let details = meant.and_then(|meant| question.details(&meant));
        match (sent.get(&more), details) {
            ("", _) => {}
            (words, Some(details)) => replies = vec![(more, words, details)],
            (words, None) => {
                typed.replies.insert(more, words.to_string());
                typed.replies.insert(id.clone(), reply.to_string());
                typed
                    .refused
                    .push(t!(desk, "details-of-none", question = question.asks));
                continue;
            }
        }
        for (name, reply, question) in replies {
            let mut by = sent.by(visitor, false, app);
            by.request.key = format!("{} {name}", by.request.key);
            match answer_one(app, &question, reply, &asked, by) {
                Ok(lines) => typed.taken.extend(lines),
                Err(failure @ Failure { code: 1 | 2, .. }) => {
                    let why = in_full(&failure);
                    typed.refused.push(format!("{}\n{why}", question.asks));
                    typed.replies.insert(name.clone(), reply.to_string());
                    typed.replies.insert(id.clone(), sent.get(&id).to_string());
                }
                Err(failure) => return Err(failure),
            }
        }
    }
    if typed.taken.is_empty() && typed.refused.is_empty() {
        typed.taken.push(t!(desk, "no-reply").to_string());
    }
    Ok(typed)
}

/// Writes down what one reply stands for.
fn answer_one(
    app: &App,
    question: &Question,
    reply: &str,
    asked: &ask::CheckIn,
    by: By,
) -> Result<Vec<String>, Failure> {
    let now = app.now();
    let meant = question.meant(reply, &asked.catalogue, &now)?;
    let command = |words: &[String], command: &str| {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        command::lines(
            app,
            &[&[command, "--"], words.as_slice()].concat(),
            now.clone(),
            by.clone(),
        )
    };
    let mut store = Store::open(app.diary_path(), now.utc)?;
    store.answers(by.request.clone(), by.source());
    let journal = |what: String| format!("{}: ask: {what}", by.device);
    Ok(match &meant {
        Meant::Night(words) => command(words, "night")?,
        Meant::Log(words) => command(words, "log")?,
        Meant::Nothing => Vec::new(),
        Meant::Done(thing, night, done) => {
            // the journal names the question, not the answer: nothing shown depends on it
            let name = journal(format!("experiment {thing} {night}"));
            app.writing(|| {
                store.write(now.utc, &name, |w| {
                    w.put_adherence(thing, *night, *done, now.utc)
                })
            })?;
            vec![t!(desk, "answer-kept", question = question.asks)]
        }
        Meant::NotAgain(factor) => {
            let name = journal(format!("stop {factor}"));
            app.writing(|| store.write(now.utc, &name, |w| w.wish(factor, Wish::NotSo, &now)))?;
            vec![t!(checkin, "stopped", factor)]
        }
    })
}
