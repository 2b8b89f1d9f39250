//! The clinician's page as HTML: one file that needs nothing from outside, with a real table beside each picture. On a
//! screen it flows and is read from top to bottom; printed it is the very sheets that PDF and SVG show.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::render::chart::keyed;
use crate::render::page::Paper;
use crate::render::picture;
use crate::render::sheet::{About, Sheet};
use crate::report::chart::{Chart, Table};
use crate::report::doctor::year::Year;
use crate::report::doctor::{Associations, Doctor, FlagLine, OwnWords, Section, SelfExperiments};

/// How wide a picture is in the flowing page, millimetres.
const WIDE: f64 = 170.0;
/// How wide a picture of few marks is.
const NARROW: f64 = 100.0;
/// The size of words in pictures: that of the words around them is 4.2 mm.
const SCREEN_TYPE: f64 = 3.6;

/// The whole page as an HTML file. `sheets` are its sheets on `paper`, for printing.
pub(crate) fn html(doctor: &Doctor, sheets: &[Sheet], paper: Paper, about: &About) -> String {
    file(flow(doctor), sheets, paper, about)
}

/// The page of a year as an HTML file.
pub(crate) fn html_of_year(year: &Year, sheets: &[Sheet], paper: Paper, about: &About) -> String {
    let drawn = |of: &Chart, width, height| match of.is_empty() {
        true => html! {},
        false => chart(of, width, height),
    };
    let flow = html! {
        main {
            header {
                h1 { (year.title) }
                p { (year.subtitle) }
                p { (year.coverage) }
                @for sentence in &year.summary { p { (sentence) } }
            }
            (drawn(&year.calendar, WIDE, 0.0))
            (flags(&year.flags, &year.flags_note))
            @if !year.headline.rows.is_empty() { (tabled(&year.headline, &year.headline_missing)) }
            (drawn(&year.onset, WIDE, 50.0))
            (drawn(&year.sides, NARROW, 0.0))
            (drawn(&year.sites, NARROW, 0.0))
            (tabled(&year.months, &None))
            (drawn(&year.trend, WIDE, 70.0))
            @if year.numbers.rate_per_week.is_some() { (drawn(&year.timeline, WIDE, 70.0)) }
            @if let Some(tried) = &year.experiments { (experiments(tried)) }
            @if !year.courses.rows.is_empty() { (tabled(&year.courses, &None)) }
            footer { @for line in &year.footer { p { (line) } } }
        }
    };
    file(flow, sheets, paper, about)
}

fn file(flow: Markup, sheets: &[Sheet], paper: Paper, about: &About) -> String {
    let style = style(paper);
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        BASE64_STANDARD.encode(Sha256::digest(style.as_bytes()))
    );
    let page = html! {
        (DOCTYPE)
        html lang=(about.language) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(about.program);
                meta name="nightcramp" content=(about.origin);
                title { (about.title) }
                style { (PreEscaped(&style)) }
            }
            body {
                (flow)
                div.sheets aria-hidden="true" {
                    @for sheet in sheets {
                        (picture::inline(std::slice::from_ref(sheet), &about.language))
                    }
                }
            }
        }
    };
    page.into_string() + "\n"
}

/// The flowing page for a screen, in the order of the sheets; what there is nothing of is left out as there.
fn flow(doctor: &Doctor) -> Markup {
    let drawn = |chart: &Chart| !chart.is_empty();
    html! {
        main {
            header {
                h1 { (doctor.title) }
                p { (doctor.subtitle) }
                p { (doctor.coverage) }
                @for (at, sentence) in doctor.summary.iter().enumerate() {
                    @if at == 0 { p { strong { (sentence) } } } @else { p { (sentence) } }
                }
            }
            (flags(&doctor.flags, &doctor.flags_note))
            (questions(&doctor.questions))
            @if !doctor.headline.rows.is_empty() { (tabled(&doctor.headline, &doctor.headline_missing)) }
            @if drawn(&doctor.sides) { (chart(&doctor.sides, NARROW, 0.0)) }
            @if drawn(&doctor.sites) { (chart(&doctor.sites, NARROW, 0.0)) }
            @if drawn(&doctor.strip) { (chart(&doctor.strip, NARROW, 0.0)) }
            @if drawn(&doctor.onset) { (chart(&doctor.onset, WIDE, 50.0)) }
            (tabled(&doctor.answers, &doctor.answers_missing))
            @if doctor.has_timeline() {
                (chart(&doctor.timeline, WIDE, 70.0))
            } @else if !doctor.taken.is_empty() {
                (section(doctor.taken_title, html! { p { (doctor.taken.join("; ")) } }))
            }
            @if let Some(tried) = &doctor.experiments { (experiments(tried)) }
            @if let Some(associations) = &doctor.associations { (second(associations)) }
            footer {
                @for line in &doctor.footer { p { (line) } }
            }
        }
    }
}

/// What the patient tried on chance's choice.
fn experiments(tried: &SelfExperiments) -> Markup {
    html! {
        (section(&tried.table.caption, html! {
            @if !tried.table.rows.is_empty() { (table(&tried.table)) }
            @for note in &tried.notes { p.grey { (note) } }
            @for line in &tried.lines { p { (line) } }
        }))
        @if let Some(picture) = &tried.chart { (chart(picture, WIDE, 0.0)) }
    }
}

/// What went with cramps.
fn second(associations: &Associations) -> Markup {
    html! {
        section {
            h2 { (associations.title) }
            p { (associations.nights) }
            @for line in &associations.caution { p { (line) } }
        }
        @if let Some(forest) = &associations.forest { (chart(forest, WIDE, 0.0)) }
        @for line in associations.more.iter().chain(&associations.notices).chain(&associations.grades) { p.grey { (line) } }
        @if let Some(none) = &associations.no_links { p { (none) } }
        @for list in &associations.lists {
            section {
                h2 { (list.names.title) }
                p.grey { (list.means) }
                ul { @for name in list.names.lines.iter().chain(&list.names.more) { li { (name) } } }
            }
        }
        @if let Some(courses) = &associations.courses {
            (tabled(&courses.table, &courses.more))
            p.grey { (courses.caution) }
        }
    }
}

/// A table under its caption, and what it leaves out.
fn tabled(of: &Table, missing: &Option<String>) -> Markup {
    section(
        &of.caption,
        html! {
            @if !of.rows.is_empty() { (table(of)) }
            @if let Some(missing) = missing { p.grey { (missing) } }
        },
    )
}

fn section(title: &str, body: Markup) -> Markup {
    html! { section { h2 { (title) } (body) } }
}

/// A picture, its result in words, and its numbers as a table.
fn chart(chart: &Chart, width: f64, height: f64) -> Markup {
    let canvas = keyed(chart, width, height, SCREEN_TYPE);
    let sheet = Sheet::of_canvas(canvas);
    html! {
        section {
            h2 { (chart.title) }
            figure role="img" aria-label=(chart.alt) {
                (picture::inline(&[sheet], "en"))
            }
            p { (chart.alt) }
            details {
                summary {
                    (chart.table.caption)
                    @if !chart.coverage.is_empty() { " – " (chart.coverage) }
                }
                (table(&chart.table))
            }
        }
    }
}

fn table(table: &Table) -> Markup {
    html! {
        div.wide {
            table {
                caption.unseen { (table.caption) }
                thead { tr { @for head in &table.head { th scope="col" { (head) } } } }
                tbody {
                    @for row in &table.rows {
                        tr {
                            @for (at, cell) in row.iter().enumerate() {
                                @if at == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The patient's questions; none take no room.
fn questions(questions: &Section<OwnWords>) -> Markup {
    html! {
        @if !questions.lines.is_empty() {
            section {
                h2 { (questions.title) }
                @for question in &questions.lines { p dir="auto" { (question.text) } }
                @if let Some(more) = &questions.more { p.grey { (more) } }
            }
        }
    }
}

fn flags(flags: &Section<FlagLine>, note: &Option<String>) -> Markup {
    html! {
        section {
            h2 { (flags.title) }
            @if let Some(none) = &flags.none { p { (none) } }
            @for flag in &flags.lines {
                p {
                    @if flag.urgent { strong { (flag.says) } } @else { (flag.says) }
                    @if let Some(done) = &flag.done { br; span.grey { (done) } }
                }
            }
            @if let Some(more) = &flags.more { p.grey { (more) } }
            @if let Some(note) = note { p.grey { (note) } }
        }
    }
}

/// The style: flowing on a screen; on paper only the sheets.
fn style(paper: Paper) -> String {
    let (width, height) = paper.size();
    let rules: String = include_str!("../page.css").lines().collect();
    rules
        .replace("WIDTH", &width.to_string())
        .replace("HEIGHT", &height.to_string())
}
