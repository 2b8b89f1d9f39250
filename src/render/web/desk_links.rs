//! What goes with the cramps: the forest plot, every factor with its counts and its grade in words, and one by itself.

use maud::{Markup, html};

use crate::data::word::Word;
use crate::render::web::desk::{Carried, Place, page, paragraph, says, section};
use crate::render::web::desk_charts::picture;
use crate::report::chart::Chart;
use crate::report::explain::Explained;
use crate::report::factors::{Entry, Factors};
use crate::report::overview::overview;
use crate::words::t;

/// The answer of `cramp analyze --no-look`, and a button for the look that is due.
pub(crate) fn links(report: &Factors, chart: &Chart, carried: &Carried) -> String {
    let over = overview(report);
    let body = html! {
        @for line in &over.coverage { (paragraph(line)) }
        @if !over.links.is_empty() || !report.factors.is_empty() { (picture(chart, "/chart/factors.svg")) }
        @if over.links.is_empty() && !over.limits.is_empty() { p { (t!(analyze, "no-link")) } }
        @for line in over.limits.iter().chain(&over.notices).chain(&over.further) { (paragraph(line)) }
        @if report.found.look_due {
            p { (t!(desk, "look-means")) }
            (carried.button("/act/links/look", &[], t!(desk, "look-take")))
        }
        @if !report.factors.is_empty() {
            section {
                h2 #every { (t!(desk, "every-factor")) }
                div.wide tabindex="0" role="region" aria-labelledby="every" {
                    table {
                        thead {
                            tr {
                                th scope="col" { (t!(desk, "factor")) }
                                th scope="col" { (t!(desk, "grade")) }
                                th scope="col" { (t!(desk, "counts")) }
                                th scope="col" { (t!(desk, "meaning")) }
                            }
                        }
                        tbody { @for entry in &report.factors { (row(entry)) } }
                    }
                }
            }
        }
    };
    page(Place::Links, Place::Links.name(), body)
}

fn row(entry: &Entry) -> Markup {
    let found = &entry.found;
    let is_link = found.grade.is_link();
    let sentences = entry.estimate.iter().chain(&entry.in_100_nights);
    html! {
        tr {
            th scope="row" { a href={ "/links/" (found.factor) } { (found.label) } }
            td { span.grade.link[is_link] { (found.grade.word()) } }
            td { (entry.counts) }
            td {
                @for line in sentences { (paragraph(line)) }
                (paragraph(&entry.meaning))
                @for warning in &entry.warnings { (paragraph(warning)) }
            }
        }
    }
}

/// The answer of `cramp explain FACTOR`.
pub(crate) fn explained(report: &Explained) -> String {
    let found = &report.entry.found;
    let title = t!(
        desk,
        "factor-grade",
        label = found.label,
        grade = found.grade.word()
    );
    let body = html! {
        @for line in &report.first { (paragraph(line)) }
        @if let Some(estimates) = &report.estimates {
            section {
                h2 { (t!(analyze, "section-estimate")) }
                p { (estimates.compares) }
                ul { @for row in &estimates.rows { li { (row.label) ": " (row.ratio) } } }
                @for line in &estimates.remarks { (paragraph(line)) }
            }
        }
        @for (title, lines) in &report.sections { (section(title, lines)) }
        @if !report.night_lines.is_empty() {
            section {
                h2 { (says(t!(analyze, "last-nights"))) }
                ul { @for line in &report.night_lines { li { (line) } } }
            }
        }
        p { a href="/links" { (t!(desk, "back", page = Place::Links.name())) } }
    };
    page(Place::Links, &title, body)
}
