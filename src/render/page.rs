//! The clinician's page laid out: every part always in the same place, on A4 or Letter, within 180 × 250 mm.
//!
//! Nothing is moved by its content. A part that has too much to say is cut where its place ends, and the report has
//! already said how much is left out.

use crate::render::canvas::{Area, Canvas};
use crate::render::chart::keyed;
use crate::render::column::{Column, HEAD, Look, SMALL};
use crate::render::sheet::{About, Block, Sheet};
use crate::render::style::{Ink, Stroke, Weight};
use crate::report::doctor::{Associations, Doctor};

/// The live area: it fits both papers at full size with a safe edge.
const LIVE: (f64, f64) = (180.0, 250.0);

/// The paper a page is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paper {
    /// ISO A4, 210 × 297 mm.
    A4,
    /// US Letter, 215.9 × 279.4 mm.
    Letter,
}

impl Paper {
    /// The paper named `a4` or `letter`.
    pub(crate) fn named(name: &str) -> Option<Paper> {
        match name {
            "a4" | "A4" => Some(Paper::A4),
            "letter" | "Letter" => Some(Paper::Letter),
            _ => None,
        }
    }

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Paper::A4 => "a4",
            Paper::Letter => "letter",
        }
    }

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
        Area::new(
            (width - LIVE.0) / 2.0,
            (height - LIVE.1) / 2.0,
            LIVE.0,
            LIVE.1,
        )
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
    About {
        title: doctor.title.clone(),
        language: "en".to_string(),
        program: doctor.made_from.program.clone(),
        origin: doctor.made_from_line.clone(),
    }
}

fn first(doctor: &Doctor, paper: Paper) -> Sheet {
    let live = paper.live();
    let mut blocks = head(doctor, live);
    let part =
        |x: f64, y: f64, w: f64, h: f64| Column::new(Area::new(live.x + x, live.y + y, w, h));

    let mut numbers = part(0.0, 21.0, 110.0, 40.0);
    numbers.heading(&doctor.headline.caption);
    numbers.table(&doctor.headline, &[29.6, 49.2, 33.2], Look::Numbers);
    blocks.extend(numbers.blocks);

    let mut strip = part(117.0, 21.0, 63.0, 70.0);
    strip.heading(&doctor.strip.title);
    strip.figure(&doctor.strip.alt, keyed(&doctor.strip, 63.0, 0.0, SMALL));
    blocks.extend(strip.blocks);

    let mut onset = part(0.0, 61.0, 110.0, 29.0);
    onset.heading(&doctor.onset.title);
    let room = onset.left();
    onset.figure(&doctor.onset.alt, keyed(&doctor.onset, 110.0, room, SMALL));
    blocks.extend(onset.blocks);

    let mut questions = part(0.0, 91.5, 104.0, 30.2);
    questions.heading(&doctor.questions.title);
    if let Some(none) = &doctor.questions.none {
        questions.words(none, Ink::Grey, 1);
    }
    let free = questions
        .lines_left()
        .saturating_sub(usize::from(doctor.questions.more.is_some()));
    let each = (free / doctor.questions.lines.len().max(1)).max(1);
    for question in &doctor.questions.lines {
        questions.words(&question.printed, Ink::Black, each);
    }
    if let Some(more) = &doctor.questions.more {
        questions.words(more, Ink::Grey, 1);
    }
    blocks.extend(questions.blocks);

    for (chart, x) in [(&doctor.sides, 110.0), (&doctor.sites, 146.0)] {
        let mut column = part(x, 91.5, 34.0, 30.0);
        column.heading(&chart.title);
        column.figure(&chart.alt, keyed(chart, 34.0, 0.0, SMALL));
        blocks.extend(column.blocks);
    }

    let mut timeline = part(0.0, 122.0, LIVE.0, 71.5);
    timeline.heading(&doctor.timeline.title);
    let room = timeline.left();
    timeline.figure(
        &doctor.timeline.alt,
        keyed(&doctor.timeline, LIVE.0, room, SMALL),
    );
    blocks.extend(timeline.blocks);

    let mut flags = part(0.0, 194.2, 104.0, 45.0);
    flags.heading(&doctor.flags.title);
    draw_flags(&mut flags, doctor);
    blocks.extend(flags.blocks);

    let mut answers = part(108.0, 194.2, 72.0, 45.0);
    answers.heading(&doctor.answers.caption);
    answers.table(&doctor.answers, &[33.2, 38.8], Look::Answers);
    blocks.extend(answers.blocks);

    blocks.extend(foot(doctor, live, 0));
    let (width, height) = paper.size();
    Sheet {
        width,
        height,
        live,
        blocks,
    }
}

/// Title, period and coverage.
fn head(doctor: &Doctor, live: Area) -> Vec<Block> {
    let mut top = Column::new(Area::new(live.x, live.y, live.w, 19.0));
    top.title(&doctor.title);
    top.line(&doctor.subtitle, HEAD, Weight::Regular);
    top.line(&doctor.coverage, HEAD * 1.15, Weight::Bold);
    let mut rule = Canvas::default();
    let y = live.y + 18.6;
    rule.line(
        (live.x, y),
        (live.right(), y),
        Stroke::solid(Ink::Black, 0.3),
    );
    top.blocks.push(Block::Ornament(rule.marks));
    top.blocks
}

/// What must be known to read the page, and which sheet of how many it is; `page` counts from 0.
fn foot(doctor: &Doctor, live: Area, page: usize) -> Vec<Block> {
    let y = live.y + 239.3;
    let mut rule = Canvas::default();
    rule.line(
        (live.x, y),
        (live.right(), y),
        Stroke::solid(Ink::Rule, 0.2),
    );
    let mut column = Column::new(Area::new(live.x, y + 0.6, live.w, live.bottom() - y - 0.6));
    column.blocks.push(Block::Ornament(rule.marks));
    for line in &doctor.footer {
        column.small(line);
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
    column.title(&associations.title);
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
    let (width, height) = paper.size();
    Sheet {
        width,
        height,
        live,
        blocks,
    }
}
