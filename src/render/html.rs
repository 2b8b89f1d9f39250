//! HTML: the page as one file that needs nothing from outside, with a real table beside each picture.
//!
//! On a screen it flows and is read from top to bottom; printed it is the very sheet that PDF and SVG show.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::render::chart::{keyed, plots};
use crate::render::page::Paper;
use crate::render::sheet::{About, Sheet};
use crate::render::svg;
use crate::report::chart::{Chart, Picture, Table};
use crate::report::doctor::{Doctor, OwnWords, Section};

/// How wide a picture is in the flowing page, millimetres.
const WIDE: f64 = 170.0;
/// How wide a picture of few marks is.
const NARROW: f64 = 100.0;
/// The size of words in pictures: that of the words around them is 4.2 mm.
const TYPE: f64 = 3.6;

/// The whole page as an HTML file. `sheets` are its sheets on `paper`, for printing.
pub(crate) fn file(doctor: &Doctor, sheets: &[Sheet], paper: Paper, about: &About) -> String {
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
                title { (doctor.title) }
                style { (PreEscaped(&style)) }
            }
            body {
                (flow(doctor))
                div.sheets aria-hidden="true" {
                    @for sheet in sheets {
                        (svg::inline(std::slice::from_ref(sheet), &about.language))
                    }
                }
            }
        }
    };
    page.into_string() + "\n"
}

/// The flowing page for a screen.
fn flow(doctor: &Doctor) -> Markup {
    html! {
        main {
            header {
                h1 { (doctor.title) }
                p { (doctor.subtitle) }
                p { strong { (doctor.coverage) } }
            }
            section {
                h2 { (doctor.headline.caption) }
                (table(&doctor.headline))
            }
            (chart(&doctor.onset, WIDE, 60.0))
            (questions(&doctor.questions))
            (chart(&doctor.strip, NARROW, 0.0))
            (chart(&doctor.sides, NARROW, 0.0))
            (chart(&doctor.sites, NARROW, 0.0))
            (chart(&doctor.timeline, WIDE, 0.0))
            (flags(doctor))
            section {
                h2 { (doctor.answers.caption) }
                (table(&doctor.answers))
            }
            @if let Some(associations) = &doctor.associations {
                section {
                    h2 { (associations.title) }
                    @for line in &associations.caution { p { (line) } }
                    (table(&associations.table))
                    @if let Some(more) = &associations.more { p.grey { (more) } }
                }
            }
            footer {
                @for line in &doctor.footer { p { (line) } }
            }
        }
    }
}

/// A picture, its result in words, and its numbers as a table.
fn chart(chart: &Chart, width: f64, height: f64) -> Markup {
    let height = match &chart.picture {
        Picture::Timeline(rates) => plots::under(rates, TYPE) + 80.0,
        _ => height,
    };
    let canvas = keyed(chart, width, height, TYPE);
    let sheet = Sheet::of_canvas(canvas);
    html! {
        section {
            h2 { (chart.title) }
            figure role="img" aria-label=(chart.alt) {
                (svg::inline(&[sheet], "en"))
            }
            p { (chart.alt) }
            details {
                summary { (chart.table.caption) " – " (chart.coverage) }
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

fn questions(questions: &Section<OwnWords>) -> Markup {
    html! {
        section {
            h2 { (questions.title) }
            @if let Some(none) = &questions.none { p.grey { (none) } }
            @for question in &questions.lines { p dir="auto" { (question.text) } }
            @if let Some(more) = &questions.more { p.grey { (more) } }
        }
    }
}

fn flags(doctor: &Doctor) -> Markup {
    let flags = &doctor.flags;
    html! {
        section {
            h2 { (flags.title) }
            @if let Some(none) = &flags.none { p { (none) } }
            @for flag in &flags.lines {
                p {
                    (flag.says)
                    @if let Some(done) = &flag.done { br; span.grey { (done) } }
                }
            }
            @if let Some(more) = &flags.more { p.grey { (more) } }
            @if let Some(note) = &doctor.flags_note { p.grey { (note) } }
        }
    }
}

/// The style: flowing on a screen; on paper only the sheets.
fn style(paper: Paper) -> String {
    let (width, height) = paper.size();
    format!(
        "body{{margin:0;color:#000;background:#fff;font:16px/1.45 'Noto Sans',sans-serif}}\
         main{{max-width:46rem;margin:0 auto;padding:1rem}}h1{{font-size:1.5rem;margin:.5rem 0}}\
         h2{{font-size:1.1rem;margin:1.6rem 0 .4rem}}p{{margin:.3rem 0}}figure{{margin:.5rem 0}}\
         svg{{max-width:100%;height:auto}}table{{border-collapse:collapse}}caption{{text-align:left;color:#595959}}\
         th,td{{text-align:left;vertical-align:top;font-weight:normal;padding:.2rem .8rem .2rem 0;\
         border-bottom:1px solid #898989}}thead th{{color:#595959}}.wide{{overflow-x:auto}}.grey,footer{{color:#595959}}\
         tbody th{{min-width:8.5rem}}.unseen{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}\
         .sheets{{display:none}}@page{{size:{width}mm {height}mm;margin:0}}\
         @media print{{main{{display:none}}.sheets{{display:block}}\
         .sheets svg{{display:block;width:{width}mm;height:{height}mm;max-width:none;break-after:page}}\
         .sheets svg:last-child{{break-after:auto}}}}"
    )
}
