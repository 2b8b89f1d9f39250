//! The forms of the desk with a few fields about one entry or one warning.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::cli::Failure;
use crate::cli::serve::By;
use crate::diary::typed::split;
use crate::render::web::desk::{Carried, Place, refusal};
use crate::render::web::{desk_entries, desk_flags};
use crate::report::{flags, follow};
use crate::store::Store;
use crate::web::app::App;
use crate::web::desk::{carried, links_page, no_page};
use crate::web::desk_answer::refused;
use crate::web::desk_steps::only;
use crate::web::desk_write::{Fields, Sent, not_ours, once, run, written};
use crate::web::session::Visitor;
use crate::web::{blocking, html};
use crate::words::t;

/// Does what a form asks for. One that is refused is drawn once more with what was typed.
pub(crate) async fn act(
    State(app): State<App>,
    Path((group, action)): Path<(String, String)>,
    visitor: Visitor,
    Form(fields): Fields,
) -> Response {
    let place = match group.as_str() {
        "flags" => Place::Warnings,
        "links" => Place::Links,
        "mornings" => Place::Today,
        _ => Place::Entries,
    };
    let sent = Sent::read(fields);
    let page = blocking(move || {
        let carried = carried(&app, &visitor)?;
        let again = |why: &str| match again((&group, &action), &sent, why, &carried) {
            Some(page) => page,
            None => refusal(place, why),
        };
        if !sent.is_ours(&visitor) {
            return Ok(not_ours(again));
        }
        match acted(&app, &visitor, &sent, (&group, &action)) {
            // what the look found stands on the page itself
            Ok(_) if place == Place::Links => Ok(html(links_page(&app, &visitor)?)),
            Ok((title, lines)) => Ok(html(written(&app, &visitor, place, title, &lines)?)),
            Err(failure) => Ok(refused(&failure, again)),
        }
    });
    page.await
        .unwrap_or_else(|failure| refused(&failure, |why| refusal(place, why)))
}

/// The form as it was filled in; none where it is a button.
fn again(action: (&str, &str), sent: &Sent, why: &str, carried: &Carried) -> Option<String> {
    let id = sent.get("id");
    match action {
        ("entries", "edit") => Some(desk_entries::again(id, sent.get("line"), why, carried)),
        ("flags", "discussed") => {
            let talk = [sent.get("date"), sent.get("text")];
            Some(desk_flags::again(id, talk, why, carried))
        }
        ("experiments", "stop") => {
            Some(desk_entries::stop_again(id, sent.get("text"), why, carried))
        }
        _ => None,
    }
}

/// Runs the command of a form.
fn acted(
    app: &App,
    visitor: &Visitor,
    sent: &Sent,
    action: (&str, &str),
) -> Result<(&'static str, Vec<String>), Failure> {
    let (now, by, id) = (app.now(), sent.by(visitor, false, app), sent.get("id"));
    let request = by.clone();
    let (title, words, line) = match action {
        ("flags", "choose") => {
            let lines = once(app, &request, || {
                let words = chosen(app, id, sent.get("answer"))?;
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                run(app, &words, "", now, by)
            });
            return Ok((t!(desk, "kept"), lines?));
        }
        ("flags", "seen") => (t!(desk, "kept"), vec!["flags", "--seen", id], ""),
        ("flags", "discussed") => {
            let mut words = vec!["flags", "--discussed", id];
            let given = [sent.get("date"), sent.get("text")];
            words.extend(given.into_iter().filter(|text| !text.is_empty()));
            (t!(desk, "kept"), words, "")
        }
        ("flags", "answer") => {
            let words = vec!["flags", "answer", id, sent.get("answer")];
            (t!(desk, "kept"), words, "")
        }
        ("entries", "edit") => {
            let words = vec!["edit", "--", id];
            (t!(desk, "amended"), words, sent.get("line"))
        }
        ("entries", "delete") => (t!(desk, "deleted"), vec!["delete", "--", id], ""),
        ("entries", "undo") => {
            let words = vec!["undo", "--only", only(sent.get("change"))];
            (t!(desk, "undone"), words, "")
        }
        ("entries", "redo") => {
            let words = vec!["redo", "--only", only(sent.get("change"))];
            (t!(desk, "redone"), words, "")
        }
        ("mornings", "follow") => {
            let lines = once(app, &request, || follow_chosen(app, sent, &by));
            return Ok((t!(desk, "kept"), lines?));
        }
        ("links", "look") => (t!(desk, "look-take"), vec!["analyze"], ""),
        ("experiments", "stop") => {
            let words = vec!["experiment", "stop", "--yes", "--", id, sent.get("text")];
            (t!(desk, "experiment-stopped"), words, "")
        }
        _ => return Err(no_page()),
    };
    let lines = once(app, &request, || run(app, &words, line, now, by))?;
    Ok((title, lines))
}

/// Follows what is ticked, and nothing else of what is offered.
fn follow_chosen(app: &App, sent: &Sent, by: &By) -> Result<Vec<String>, Failure> {
    let now = app.now();
    let offered = follow::offered(&app.background()?, now.today());
    let offered: Vec<&str> = offered.iter().map(|o| o.factor).collect();
    let mut chosen = offered.clone();
    chosen.retain(|factor| !sent.get(&format!("follow {factor}")).is_empty());
    let name = format!("{}: ask setup: follow {}", by.device, chosen.join(" "));
    app.writing(|| {
        let mut store = Store::open(app.diary_path(), now.utc)?;
        store.answers(by.request.clone(), by.source());
        store.write(now.utc, &name, |w| w.follow(&offered, &chosen, &now))
    })?;
    Ok(vec![follow::says(&app.background()?, now.today())])
}

/// The command that an answer to an open question stands for; nothing of it comes from the form.
fn chosen(app: &App, asked: &str, answer: &str) -> Result<Vec<String>, Failure> {
    let asks = flags::asks(&app.read(None)?, app.now().today(), None);
    let ask = asks.into_iter().find(|ask| ask.id == asked);
    let choice = ask.and_then(|ask| ask.choices.into_iter().find(|c| c.answer == answer));
    let choice = choice.ok_or_else(|| Failure::cannot(t!(desk, "not-asked"), None))?;
    Ok(split(choice.command.trim_start_matches("cramp ")))
}
