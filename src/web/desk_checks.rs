//! The questions that would settle what could not be told, answered by a form: each answer is a command line of its own, so
//! that one that is refused loses no other.

use axum::Form;
use axum::extract::State;
use axum::response::Response;

use crate::cli::Failure;
use crate::data::facts;
use crate::diary::Word;
use crate::diary::fact::CONDITION;
use crate::diary::typed::split;
use crate::diary::vocabulary::SymptomName;
use crate::render::web::desk::{Place, Typed};
use crate::render::web::desk_checks::{COURSE, NONE_OF, of_fact, of_symptom};
use crate::report::flags::question_of;
use crate::web::app::App;
use crate::web::command;
use crate::web::desk::warnings_page;
use crate::web::desk_answer::in_full;
use crate::web::desk_write::{Fields, Sent, many, once};
use crate::web::session::Visitor;
use crate::words::t;

/// Writes down what was answered. What was left open is not written.
pub(crate) async fn answer(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Fields,
) -> Response {
    many(
        app,
        visitor,
        fields,
        Place::Warnings,
        answered,
        warnings_page,
    )
    .await
}

/// One answer: the field it came from, the question, and its command.
struct Given {
    field: String,
    question: String,
    words: Vec<String>,
}

fn answered(app: &App, visitor: &Visitor, sent: &Sent) -> Result<Typed, Failure> {
    let mut typed = Typed::default();
    for given in given(sent) {
        let mut by = sent.by(visitor, false, app);
        by.request.key = format!("{} {}", by.request.key, given.field);
        let words: Vec<&str> = given.words.iter().map(String::as_str).collect();
        let written = once(app, &by.clone(), || {
            command::lines(app, &words, app.now(), by)
        });
        match written {
            // what is said of several answers is said once
            Ok(lines) => {
                for line in lines {
                    if !typed.taken.contains(&line) {
                        typed.taken.push(line);
                    }
                }
            }
            Err(failure @ Failure { code: 1 | 2, .. }) => {
                let why = in_full(&failure);
                typed.refused.push(format!("{}\n{why}", given.question));
                let text = sent.get(&given.field).to_string();
                typed.replies.insert(given.field, text);
            }
            Err(failure) => return Err(failure),
        }
    }
    if typed.taken.is_empty() && typed.refused.is_empty() {
        typed.taken.push(t!(desk, "no-reply").to_string());
    }
    Ok(typed)
}

/// What was answered.
fn given(sent: &Sent) -> Vec<Given> {
    let mut out = Vec::new();
    let denied = sent.starting_with(NONE_OF).map(|(_, words)| words);
    let denied: Vec<&str> = denied.flat_map(str::split_whitespace).collect();
    for name in SymptomName::ALL.iter().copied() {
        let (word, field) = (name.word(), of_symptom(name.word()));
        let reply = match sent.get(&field) {
            "" if denied.contains(&word) => "no",
            reply => reply,
        };
        let mut words = vec!["symptom", "--", word];
        match reply {
            "yes" => {}
            "no" => words.push("no"),
            _ => continue,
        }
        out.push(Given {
            field,
            question: question_of(name).to_string(),
            words: words.into_iter().map(str::to_string).collect(),
        });
    }
    for fact in facts() {
        let field = of_fact(fact.fact);
        let reply = sent.get(&field);
        if reply.is_empty() {
            continue;
        }
        let mut words = vec!["me".to_string(), "--".to_string()];
        match fact.fact == CONDITION {
            true => words.extend(conditions(reply)),
            false => words.push(format!("{}={reply}", fact.fact)),
        }
        out.push(Given {
            field,
            question: fact.question.to_string(),
            words,
        });
    }
    let course = sent.get(COURSE);
    if !course.is_empty() {
        let words = ["course", "start", "--"].map(str::to_string);
        out.push(Given {
            field: COURSE.to_string(),
            question: t!(desk, "takes-course").to_string(),
            words: words.into_iter().chain(split(course)).collect(),
        });
    }
    out
}

/// Several conditions may be typed in one line; none stands alone.
fn conditions(reply: &str) -> Vec<String> {
    if reply.eq_ignore_ascii_case("none") {
        return vec!["conditions=none".to_string()];
    }
    let names = reply.split([',', ';']).map(str::trim);
    let names = names.filter(|name| !name.is_empty());
    names.map(|name| format!("{CONDITION}+={name}")).collect()
}
