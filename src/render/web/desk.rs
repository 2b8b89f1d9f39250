//! What every page of the desk has: the way around, forms, what a command said, and tables.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::render::web::frame::{DESK_STYLE, frame};
use crate::render::web::own_words::{Pages, own};
pub(crate) use crate::render::web::place::Place;
use crate::report::chart::Table;
use crate::words::t;

/// What the forms of a page carry: that they are ours, and that each counts once.
#[derive(Debug, Clone)]
pub(crate) struct Carried {
    pub(crate) csrf: String,
    pub(crate) key: String,
}

impl Carried {
    /// The hidden fields of the form called `name`.
    pub(crate) fn hidden(&self, name: &str) -> Markup {
        html! {
            input type="hidden" name="csrf" value=(self.csrf);
            input type="hidden" name="key" value={ (self.key) " " (name) };
        }
    }

    /// A form that is one button, with what it sends.
    pub(crate) fn button(&self, to: &str, fields: &[(&str, &str)], label: &str) -> Markup {
        let about = fields
            .iter()
            .map(|(_, value)| *value)
            .collect::<Vec<_>>()
            .join(" ");
        html! {
            form.inline method="post" action=(to) {
                (self.hidden(&format!("{to} {about}")))
                @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
                button type="submit" { (label) }
            }
        }
    }
}

/// A page with the way to the others.
pub(crate) fn page(here: Place, title: &str, body: Markup) -> String {
    let body = html! {
        a.skip href="#main" { (t!(desk, "skip")) }
        header {
            nav aria-label=(t!(desk, "pages")) {
                ul {
                    @for place in Place::ALL {
                        li {
                            a href=(place.address()) aria-current=[(place == here).then_some("page")] { (place.name()) }
                        }
                    }
                }
            }
        }
        main #main tabindex="-1" {
            h1 { (title) }
            (body)
        }
    };
    frame(&t!(desk, "title", title), DESK_STYLE, &[], body)
}

/// A sentence that is also said at the terminal, in the words of a page.
pub(crate) fn says(text: &str) -> String {
    own(text, Pages::Desk)
}

/// A paragraph of it, where something is left.
pub(crate) fn paragraph(text: &str) -> Markup {
    let shown = says(text);
    html! { @if !shown.trim().is_empty() { p dir="auto" { (shown) } } }
}

/// What was typed into a form that was refused, and why.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typed {
    /// The replies by the names of their questions.
    pub(crate) replies: BTreeMap<String, String>,
    /// What was said of those that were taken.
    pub(crate) taken: Vec<String>,
    /// What was refused, each with its question.
    pub(crate) refused: Vec<String>,
}

/// One of several answers.
pub(crate) fn pick(at: &str, name: &str, reply: &str, shown: &str, given: Option<&str>) -> Markup {
    html! {
        label.pick for=(at) {
            input id=(at) type="radio" name=(name) value=(reply) checked[given == Some(reply)];
            span { (shown) }
        }
    }
}

/// The lines a command answers with, each a paragraph; those that belong below another are set in.
pub(crate) fn said(lines: &[String]) -> Markup {
    html! {
        @for line in lines.iter().filter(|line| !line.trim().is_empty()) {
            @let shown = says(line);
            @if shown.trim().is_empty() {} @else if line.starts_with(' ') { p.below dir="auto" { (shown.trim()) } }
            @else { p dir="auto" { (shown) } }
        }
    }
}

/// What was refused, in the words of the command.
pub(crate) fn refused(message: &str) -> Markup {
    let lines: Vec<String> = message.lines().map(str::to_string).collect();
    html! {
        section.refused role="alert" {
            h2 { (t!(desk, "refused")) }
            (said(&lines))
        }
    }
}

/// A section with sentences; none where there are no sentences.
pub(crate) fn section(title: &str, lines: &[String]) -> Markup {
    html! {
        @if !lines.is_empty() {
            section {
                h2 { (title) }
                @for line in lines { (paragraph(line)) }
            }
        }
    }
}

/// A table with its caption.
pub(crate) fn table(of: &Table) -> Markup {
    html! {
        div.wide tabindex="0" role="region" aria-label=(of.caption) {
            table {
                caption { (of.caption) }
                thead { tr { @for head in &of.head { th scope="col" { (head) } } } }
                tbody {
                    @for row in &of.rows {
                        tr {
                            @for (at, cell) in row.iter().enumerate() {
                                @if at == 0 { th scope="row" dir="auto" { (cell) } } @else { td dir="auto" { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What a form came to: what was said, and the way on.
pub(crate) fn done(here: Place, title: &str, lines: &[String], undo: Option<Markup>) -> String {
    let body = html! {
        section.done role="status" { (said(lines)) }
        @if let Some(undo) = undo { (undo) }
        p { a href=(here.address()) { (t!(desk, "back", page = here.name())) } }
    };
    page(here, title, body)
}

/// A page that says only what was refused, and the way back.
pub(crate) fn refusal(here: Place, message: &str) -> String {
    to_mend(here, message, html! {})
}

/// What was refused, the form as it was filled in, and the way back.
pub(crate) fn to_mend(here: Place, message: &str, form: Markup) -> String {
    let body = html! {
        (refused(message))
        (form)
        p { a href=(here.address()) { (t!(desk, "back", page = here.name())) } }
    };
    page(here, t!(desk, "not-done"), body)
}
