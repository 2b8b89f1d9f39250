//! The questions that would settle what could not be told, each with its answers. Nothing is chosen before it is clicked,
//! and what is left open stays unknown.

use maud::{Markup, html};

use crate::data;
use crate::data::tables::Takes;
use crate::data::word::Word;
use crate::diary::{Diary, fact};
use crate::render::web::desk::{Carried, Typed, pick, says};
use crate::report::flags::Check;
use crate::words::t;

/// The field for something that is taken, beside the question whether all of it is written down.
pub(crate) const COURSE: &str = "course";
/// The fact that question is about.
const TAKING: &str = "taking";

/// The name of the field for a symptom.
pub(crate) fn of_symptom(word: &str) -> String {
    format!("symptom {word}")
}

/// The name of the field for a fact.
pub(crate) fn of_fact(key: &str) -> String {
    format!("me {key}")
}

/// The name of the field that says no to the symptoms it names.
pub(crate) const NONE_OF: &str = "none-of";

/// The form: what would help most, and whatever else can be said about the person.
pub(crate) fn form(checks: &[Check], diary: &Diary, typed: &Typed, carried: &Carried) -> Markup {
    let (asked, only_said): (Vec<_>, Vec<_>) =
        checks.iter().partition(|check| check.can_be_answered());
    let is_asked = |key: &str| {
        asked
            .iter()
            .any(|c| c.facts.iter().any(|(fact, _)| *fact == key))
    };
    let others = data::facts().iter().filter(|fact| !is_asked(fact.fact));
    let is_typed = |key: &str| typed.replies.contains_key(&of_fact(key));
    let is_open = data::facts()
        .iter()
        .any(|fact| !is_asked(fact.fact) && is_typed(fact.fact));
    html! {
        section {
            h2 #questions { @if asked.is_empty() { (t!(desk, "about-you")) } @else { (t!(flags, "questions")) } }
            form method="post" action="/checks" {
                (carried.hidden("checks"))
                p.hint { (t!(desk, "checks-hint")) }
                @for (at, check) in asked.iter().enumerate() { (group(at, check, diary, typed)) }
                details.check open[is_open] {
                    summary { (t!(desk, "more-about-you")) }
                    @for (n, fact) in others.enumerate() {
                        (about_person(&format!("p{n}"), fact.fact, fact.question, diary, typed))
                    }
                }
                button.main type="submit" { (t!(desk, "answer")) }
            }
            @if !only_said.is_empty() {
                ul {
                    @for check in only_said {
                        li { (says(&t!(flags, "question", ask = check.ask, how = check.how))) }
                    }
                }
            }
        }
    }
}

/// The questions of one check, open where something of it was refused.
fn group(at: usize, check: &Check, diary: &Diary, typed: &Typed) -> Markup {
    let symptoms = check
        .symptoms
        .iter()
        .map(|(name, _)| of_symptom(name.word()));
    let facts = check.facts.iter().map(|(key, _)| of_fact(key));
    let course = check.facts.iter().any(|(key, _)| *key == TAKING);
    let course = course.then(|| COURSE.to_string());
    let mut names = symptoms.chain(facts).chain(course);
    let is_typed = names.any(|name| typed.replies.contains_key(&name));
    let words: Vec<&str> = check.symptoms.iter().map(|(name, _)| name.word()).collect();
    html! {
        details.check open[is_typed] {
            summary { (check.ask) }
            @for (n, (name, question)) in check.symptoms.iter().enumerate() {
                (choice(&format!("c{at}-{n}"), &of_symptom(name.word()), question, &YES_NO, typed))
            }
            @if words.len() > 1 {
                label.pick {
                    input type="checkbox" name={ (NONE_OF) " " (at) } value=(words.join(" "));
                    span { (t!(desk, "none-of-others")) }
                }
            }
            @for (n, (key, question)) in check.facts.iter().enumerate() {
                (about_person(&format!("f{at}-{n}"), key, question, diary, typed))
            }
        }
    }
}

const YES_NO: [&str; 2] = ["yes", "no"];

fn about_person(at: &str, key: &str, question: &str, diary: &Diary, typed: &Typed) -> Markup {
    let name = of_fact(key);
    let facts = diary.facts_of(key).map(|fact| fact.value.as_str());
    let all: Vec<&str> = facts.collect();
    // the latest word counts, but for what may stand side by side
    let known = match fact::find(key).is_some_and(|fact| fact.many) {
        true => all.as_slice(),
        false => all.last().map(std::slice::from_ref).unwrap_or_default(),
    };
    html! {
        @match fact::find(key).map(|fact| &fact.takes) {
            Some(Takes::YesNo) => (choice(at, &name, question, &YES_NO, typed)),
            Some(Takes::Choice(words)) => (choice(at, &name, question, words, typed)),
            takes => (text(at, &name, question, takes.map_or("", form_of), typed)),
        }
        @if !known.is_empty() { p.hint dir="auto" { (t!(desk, "known-so-far", known = known.join(", "))) } }
        @if key == TAKING {
            (text(&format!("{at}-c"), COURSE, t!(desk, "takes-course"), t!(desk, "form-course"), typed))
        }
    }
}

/// How an answer in words is written.
fn form_of<S>(takes: &Takes<S>) -> &'static str {
    match takes {
        Takes::PastDate => t!(desk, "form-past"),
        Takes::DueDate => t!(desk, "form-due"),
        Takes::Condition => t!(desk, "form-conditions"),
        Takes::Year => t!(desk, "form-year"),
        _ => "",
    }
}

fn choice(at: &str, name: &str, question: &str, words: &[&str], typed: &Typed) -> Markup {
    let given = typed.replies.get(name).map(String::as_str);
    html! {
        fieldset {
            legend { (question) }
            @for word in words {
                (pick(&format!("{at}-{word}"), name, word, &t!(desk, "choice", word), given))
            }
            (pick(&format!("{at}-x"), name, "", t!(desk, "leave-open"), None))
        }
    }
}

fn text(at: &str, name: &str, question: &str, form: &str, typed: &Typed) -> Markup {
    let hint = format!("{at}-h");
    html! {
        div.field {
            label for=(at) { (question) }
            input id=(at) type="text" name=(name) maxlength="500" autocomplete="off" dir="auto"
                value=[typed.replies.get(name)] aria-describedby=(hint);
            span.hint id=(hint) { (form) }
        }
    }
}
