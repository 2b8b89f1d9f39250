//! What is written down, night by night, to be amended or taken back; and every change there was.

use maud::{Markup, html};

use crate::diary::experiment::State;
use crate::render::web::desk::{Carried, Place, page, paragraph, to_mend};
use crate::report::experiment::{Standing, Standings};
use crate::report::records::{ChangeLine, Line, Listing};
use crate::words::{nights, t};

/// The records of a stretch of nights, and where the ones before and after it are; `steps` are the changes that can be
/// taken back and brought back next.
pub(crate) fn entries(
    list: &Listing,
    earlier: &str,
    later: Option<&str>,
    standings: &Standings,
    history: &[ChangeLine],
    steps: (Option<i64>, Option<i64>),
    carried: &Carried,
) -> String {
    let (from, to) = (list.from, list.to);
    let body = html! {
        p { (t!(chart, "to", low = from, high = to)) }
        nav.around aria-label=(t!(desk, "other-weeks")) {
            a href={ "/entries?until=" (earlier) } { (t!(desk, "earlier")) }
            @if let Some(later) = later { a href={ "/entries?until=" (later) } { (t!(desk, "later")) } }
            a href="#history" { (t!(desk, "history")) }
        }
        @if list.nights.is_empty() { p { (t!(week, "nothing-recorded", from, to)) } }
        @for night in &list.nights {
            section {
                h2 { (night.night) " " (night.title) }
                ul.records { @for record in &night.records { (entry(record, carried)) } }
                @if !night.values.is_empty() { p.values { (night.values) } }
                @for read in &night.readings { p.values { (read.says) } }
            }
        }
        (lasting(t!(week, "courses"), &list.courses, carried))
        (lasting(t!(week, "left-out"), &list.exclusions, carried))
        p.hint { (t!(week, "unrecorded", nights = nights(list.unrecorded), from, to)) }
        @if !standings.experiments.is_empty() {
            section {
                h2 { (t!(desk, "experiments")) }
                @for experiment in &standings.experiments {
                    h3 { (experiment.thing) ", " (t!(chart, "to", low = experiment.from, high = experiment.to)) }
                    @for sentence in &experiment.sentences { (paragraph(sentence)) }
                    (stop(experiment, carried))
                }
                p { a href="/charts" { (t!(desk, "on-the-timeline")) } }
            }
        }
        (changes(history, steps, carried))
    };
    page(Place::Entries, Place::Entries.name(), body)
}

/// What ends an experiment before its last night.
fn stop(experiment: &Standing, carried: &Carried) -> Markup {
    let thing = &experiment.thing;
    html! {
        @if experiment.state == State::Running {
            details {
                summary { (t!(desk, "experiment-stop")) }
                (stop_form(thing, "", carried))
            }
        }
    }
}

fn stop_form(thing: &str, why: &str, carried: &Carried) -> Markup {
    html! {
        form method="post" action="/act/experiments/stop" {
            (carried.hidden(&format!("stop {thing}")))
            input type="hidden" name="id" value=(thing);
            label { (t!(desk, "experiment-why")) " "
                input.line type="text" name="text" value=(why) maxlength="2000" required dir="auto"; }
            button type="submit" { (t!(desk, "experiment-stop")) }
        }
    }
}

/// An end that was refused, to be mended.
pub(crate) fn stop_again(thing: &str, text: &str, why: &str, carried: &Carried) -> String {
    to_mend(Place::Entries, why, stop_form(thing, text, carried))
}

fn lasting(title: &str, records: &[Line], carried: &Carried) -> Markup {
    html! {
        @if !records.is_empty() {
            section {
                h2 { (title) }
                ul.records { @for record in records { (entry(record, carried)) } }
            }
        }
    }
}

/// One record with its forms.
fn entry(record: &Line, carried: &Carried) -> Markup {
    let id = record.id.trim_start_matches('#');
    html! {
        li {
            span dir="auto" { strong { (record.id) } " " (record.says) }
            details {
                summary aria-label=(t!(desk, "change-which", id)) { (t!(desk, "change")) }
                (edit(id, "", carried))
                (carried.button("/act/entries/delete", &[("id", id)], t!(desk, "delete")))
            }
        }
    }
}

/// What is to change of a record.
fn edit(id: &str, line: &str, carried: &Carried) -> Markup {
    html! {
        form method="post" action="/act/entries/edit" {
            (carried.hidden(&format!("edit {id}")))
            input type="hidden" name="id" value=(id);
            label { (t!(desk, "change-to")) " "
                input.line type="text" name="line" value=(line) maxlength="2000" required dir="auto"; }
            button type="submit" { (t!(desk, "save")) }
        }
    }
}

/// A change that was refused, to be mended.
pub(crate) fn again(id: &str, line: &str, why: &str, carried: &Carried) -> String {
    let body = html! {
        h2 { (t!(desk, "change-which", id)) }
        (edit(id, line, carried))
    };
    to_mend(Place::Entries, why, body)
}

/// The last changes, the newest first, and the two steps.
fn changes(
    history: &[ChangeLine],
    (back, forth): (Option<i64>, Option<i64>),
    carried: &Carried,
) -> Markup {
    html! {
        section {
            h2 #history { (t!(desk, "history")) }
            @if history.is_empty() { p { (t!(cli, "no-changes")) } }
            div.actions {
                @if let Some(change) = back { (undo(change, carried)) }
                @if let Some(change) = forth { (step("redo", change, &t!(desk, "redo", change = change.to_string()), carried)) }
            }
            ol.history {
                @for change in history {
                    li {
                        p dir="auto" { (tapped(change)) }
                        @for row in &change.rows { p.below dir="auto" { (row) } }
                    }
                }
            }
        }
    }
}

/// When a change was, and what was typed or tapped, without what only a terminal needs.
fn tapped(change: &ChangeLine) -> String {
    let text = change.text();
    let head = text.lines().next().unwrap_or_default();
    let head = head.replacen("  cramp ", "  ", 1);
    let words = head.split(' ').filter(|word| !word.starts_with("--"));
    words.collect::<Vec<_>>().join(" ")
}

/// The button that takes a change back while it is the newest.
pub(crate) fn undo(change: i64, carried: &Carried) -> Markup {
    step(
        "undo",
        change,
        &t!(desk, "undo", change = change.to_string()),
        carried,
    )
}

fn step(way: &str, change: i64, label: &str, carried: &Carried) -> Markup {
    let (to, id) = (format!("/act/entries/{way}"), change.to_string());
    carried.button(&to, &[("change", &id)], label)
}
