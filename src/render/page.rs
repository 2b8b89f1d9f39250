//! The clinician's page laid out: every part always in the same place, on A4 or Letter, within 180 × 250 mm.
//!
//! Nothing is moved by its content. A part that has too much to say is cut where its place ends, and the report has
//! already said how much is left out.
//!
//! As HTML the page is one file that needs nothing from outside, with a real table beside each picture: on a screen it
//! flows and is read from top to bottom; printed it is the very sheet that PDF and SVG show.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::data::word::words;
use crate::render::canvas::Area;
use crate::render::chart::{keyed, plots};
use crate::render::picture;
use crate::render::sheet::{About, Block, Column, HEAD, Look, SMALL, Sheet};
use crate::render::style::{Ink, Stroke, Type};
use crate::report::chart::{Chart, Picture, Table};
use crate::report::doctor::{Associations, Doctor, OwnWords, Section};

/// The live area: it fits both papers at full size with a safe edge.
const LIVE: (f64, f64) = (180.0, 250.0);

words! {
    /// The paper a page is printed on.
    Paper, "paper", {
        /// ISO A4, 210 × 297 mm.
        A4 = "a4",
        /// US Letter, 215.9 × 279.4 mm.
        Letter = "letter",
    }
}

impl Paper {
    /// Width and height in millimetres.
    pub(crate) fn size(self) -> (f64, f64) {
        match self {
            Paper::A4 => (210.0, 297.0),
            Paper::Letter => (215.9, 279.4),
        }
    }

    /// The live area, in the middle of the paper.
    fn live(self) -> Area {
        let (width, height) = self.size();
        let (w, h) = LIVE;
        Area::new((width - w) / 2.0, (height - h) / 2.0, w, h)
    }
}

/// The sheets of a report: one, and a second where associations are supported.
pub(crate) fn sheets(doctor: &Doctor, paper: Paper) -> Vec<Sheet> {
    let mut sheets = vec![first(doctor, paper)];
    if let Some(associations) = &doctor.associations {
        sheets.push(second(doctor, associations, paper));
    }
    sheets
}

/// What the file of a report says about itself.
pub(crate) fn about(doctor: &Doctor) -> About {
    About::new(
        &doctor.title,
        &doctor.made_from.program,
        &doctor.made_from_line,
    )
}

/// A sheet of this paper.
fn sheet(paper: Paper, blocks: Vec<Block>) -> Sheet {
    let (width, height) = paper.size();
    Sheet {
        width,
        height,
        live: paper.live(),
        blocks,
    }
}

fn first(doctor: &Doctor, paper: Paper) -> Sheet {
    let live = paper.live();
    let mut blocks = head(doctor, live);
    let part = |title: &str, [x, y, w, h]: [f64; 4]| {
        let mut column = Column::new(Area::new(live.x + x, live.y + y, w, h));
        column.heading(title);
        column
    };
    let pictured = |chart: &Chart, place: [f64; 4]| {
        let mut column = part(&chart.title, place);
        let canvas = keyed(chart, place[2], column.left(), SMALL);
        column.figure(&chart.alt, canvas);
        column.blocks
    };

    let mut numbers = part(&doctor.headline.caption, [0.0, 21.0, 110.0, 40.0]);
    numbers.table(&doctor.headline, &[29.6, 49.2, 33.2], Look::Numbers);
    blocks.extend(numbers.blocks);
    blocks.extend(pictured(&doctor.strip, [117.0, 21.0, 63.0, 70.0]));
    blocks.extend(pictured(&doctor.onset, [0.0, 61.0, 110.0, 29.0]));

    let mut questions = part(&doctor.questions.title, [0.0, 91.5, 104.0, 30.2]);
    if let Some(none) = &doctor.questions.none {
        questions.words(none, Ink::Grey, 1);
    }
    let more = doctor.questions.more.as_ref();
    let free = questions.lines_left().saturating_sub(more.iter().len());
    let each = (free / doctor.questions.lines.len().max(1)).max(1);
    for question in &doctor.questions.lines {
        questions.words(&question.printed, Ink::Black, each);
    }
    if let Some(more) = more {
        questions.words(more, Ink::Grey, 1);
    }
    blocks.extend(questions.blocks);

    blocks.extend(pictured(&doctor.sides, [110.0, 91.5, 34.0, 30.0]));
    blocks.extend(pictured(&doctor.sites, [146.0, 91.5, 34.0, 30.0]));
    blocks.extend(pictured(&doctor.timeline, [0.0, 122.0, LIVE.0, 71.5]));

    let mut flags = part(&doctor.flags.title, [0.0, 194.2, 104.0, 45.0]);
    draw_flags(&mut flags, doctor);
    blocks.extend(flags.blocks);

    let mut answers = part(&doctor.answers.caption, [108.0, 194.2, 72.0, 45.0]);
    answers.table(&doctor.answers, &[33.2, 38.8], Look::Answers);
    blocks.extend(answers.blocks);

    blocks.extend(foot(doctor, live, 0));
    sheet(paper, blocks)
}

/// The size of the title of a sheet.
const TITLE: f64 = HEAD * 1.6;

/// Title, period and coverage.
fn head(doctor: &Doctor, live: Area) -> Vec<Block> {
    let mut top = Column::new(Area::new(live.x, live.y, live.w, 19.0));
    top.title(&doctor.title, TITLE, 1);
    top.lines(&doctor.subtitle, Type::new(HEAD, Ink::Black), 1);
    let bold = Type::new(HEAD * 1.15, Ink::Black).bold();
    top.lines(&doctor.coverage, bold, 1);
    top.rule(live.y + 18.6, Stroke::solid(Ink::Black, 0.3));
    top.blocks
}

/// What must be known to read the page, and which sheet of how many it is; `page` counts from 0.
fn foot(doctor: &Doctor, live: Area, page: usize) -> Vec<Block> {
    let y = live.y + 239.3;
    let mut column = Column::new(Area::new(live.x, y + 0.6, live.w, live.bottom() - y - 0.6));
    column.rule(y, Stroke::solid(Ink::Rule, 0.2));
    for line in &doctor.footer {
        column.lines(line, Type::new(SMALL, Ink::Grey), 2);
    }
    column.at_right(doctor.pages.get(page).map_or("", String::as_str));
    column.blocks
}

/// Flags, the most urgent first: each has a line, and the lines that are left go to the first ones.
fn draw_flags(column: &mut Column, doctor: &Doctor) {
    let flags = &doctor.flags;
    if let Some(none) = &flags.none {
        column.words(none, Ink::Black, 3);
    }
    let fixed: Vec<&String> = flags.more.iter().chain(&doctor.flags_note).collect();
    let done = flags
        .lines
        .iter()
        .filter(|flag| flag.done.is_some())
        .count();
    let mut free = column
        .lines_left()
        .saturating_sub(fixed.len() + done + flags.lines.len());
    for flag in &flags.lines {
        let extra = column.lines_of(&flag.says).saturating_sub(1).min(free);
        free -= extra;
        column.words(&flag.says, Ink::Black, 1 + extra);
        if let Some(done) = &flag.done {
            column.words(done, Ink::Grey, 1);
        }
    }
    for line in fixed {
        column.words(line, Ink::Grey, 1);
    }
}

/// The sheet of the associations.
fn second(doctor: &Doctor, associations: &Associations, paper: Paper) -> Sheet {
    let live = paper.live();
    let mut column = Column::new(Area::new(live.x, live.y, live.w, 200.0));
    column.title(&associations.title, TITLE, 1);
    column.words(&doctor.subtitle, Ink::Black, 1);
    column.gap(2.0);
    for caution in &associations.caution {
        column.words(caution, Ink::Black, 3);
    }
    column.gap(3.0);
    column.table(
        &associations.table,
        &[38.0, 33.0, 33.0, 37.0, 12.0, 27.0],
        Look::Wide,
    );
    if let Some(more) = &associations.more {
        column.gap(2.0);
        column.words(more, Ink::Grey, 1);
    }
    let mut blocks = column.blocks;
    blocks.extend(foot(doctor, live, 1));
    sheet(paper, blocks)
}

/// How wide a picture is in the flowing page, millimetres.
const WIDE: f64 = 170.0;
/// How wide a picture of few marks is.
const NARROW: f64 = 100.0;
/// The size of words in pictures: that of the words around them is 4.2 mm.
const SCREEN_TYPE: f64 = 3.6;

/// The whole page as an HTML file. `sheets` are its sheets on `paper`, for printing.
pub(crate) fn html(doctor: &Doctor, sheets: &[Sheet], paper: Paper, about: &About) -> String {
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
                        (picture::inline(std::slice::from_ref(sheet), &about.language))
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
            (section(&doctor.headline.caption, table(&doctor.headline)))
            (chart(&doctor.onset, WIDE, 60.0))
            (questions(&doctor.questions))
            (chart(&doctor.strip, NARROW, 0.0))
            (chart(&doctor.sides, NARROW, 0.0))
            (chart(&doctor.sites, NARROW, 0.0))
            (chart(&doctor.timeline, WIDE, 0.0))
            (flags(doctor))
            (section(&doctor.answers.caption, table(&doctor.answers)))
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

fn section(title: &str, body: Markup) -> Markup {
    html! { section { h2 { (title) } (body) } }
}

/// A picture, its result in words, and its numbers as a table.
fn chart(chart: &Chart, width: f64, height: f64) -> Markup {
    let height = match &chart.picture {
        Picture::Timeline(rates) => plots::under(rates, SCREEN_TYPE) + 80.0,
        _ => height,
    };
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
    let rules: String = include_str!("page.css").lines().collect();
    rules
        .replace("WIDTH", &width.to_string())
        .replace("HEIGHT", &height.to_string())
}
