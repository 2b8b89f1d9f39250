//! The clinician's page laid out on A4 or Letter, within 180 × 250 mm, always in the same order.
//!
//! What a diary has nothing for takes no room, and the rest moves up. What there is too much of goes on to the next
//! sheet: nothing is cut, least of all a warning.

mod flow;
mod second;
mod web;
pub(crate) mod year;

use crate::data::word::words;
use crate::render::canvas::Area;
use crate::render::chart::around;
use crate::render::page::flow::{
    GAP, LIVE, Part, Row, TITLE, abreast, figure, stacked, tabled, titled,
};
use crate::render::page::second::{experimented, second};
use crate::render::sheet::{About, BODY, Block, Column, HEAD, Look, SMALL, Sheet};
use crate::render::style::{Ink, Stroke, Type};
use crate::report::chart::Chart;
use crate::report::doctor::{Doctor, FlagLine, Section};
use crate::words::t;

pub(crate) use web::{html, html_of_year};

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

/// The height of the foot of a sheet.
const FOOT: f64 = 10.7;
/// How much wider than needed the space between two parts may get, millimetres.
const LOOSE: f64 = 2.5;
/// The height of the plot of the timeline with its axes: the least and the most.
const PLOT: (f64, f64) = (27.0, 48.0);
/// The height of the plot of the hours.
const HOURS: f64 = 25.0;
/// The left column; the right one begins a little further.
const LEFT: f64 = 106.0;
const RIGHT: (f64, f64) = (111.0, 69.0);

/// The sheets of a report: the page, and what went with cramps on a sheet of its own where there is anything to say.
pub(crate) fn sheets(doctor: &Doctor, paper: Paper) -> Vec<Sheet> {
    let live = paper.live();
    let room = Area {
        h: live.h - FOOT,
        ..live
    };
    let continued = || continued(doctor);
    let mut pages = flow::sheets(first(doctor, room.h), room, continued);
    let rows = second(doctor, room.h, continued);
    if !rows.is_empty() {
        pages.extend(flow::sheets(rows, room, continued));
    }
    laid(pages, paper, &doctor.footer)
}

/// Sheets of blocks, each with its foot and number.
fn laid(pages: Vec<Vec<Block>>, paper: Paper, footer: &[String]) -> Vec<Sheet> {
    let last = pages.len();
    let numbered = pages.into_iter().enumerate();
    let sheets = numbered.map(|(at, mut blocks)| {
        blocks.extend(foot(footer, paper.live(), &number(at + 1, last)));
        let (width, height) = paper.size();
        Sheet {
            width,
            height,
            live: paper.live(),
            blocks,
        }
    });
    sheets.collect()
}

fn number(page: usize, pages: usize) -> String {
    t!(page, "page-of", page, pages)
}

/// The report with the numbers of its sheets, the same on every paper.
pub(crate) fn numbered(mut doctor: Doctor) -> Doctor {
    let last = sheets(&doctor, Paper::A4).len();
    doctor.pages = (1..=last).map(|page| number(page, last)).collect();
    doctor
}

/// What the file of a report says about itself.
pub(crate) fn about(doctor: &Doctor) -> About {
    About::new(
        &doctor.title,
        &doctor.made_from.program,
        &doctor.made_from_line,
    )
}

/// The rows of the page on sheets `room` high, which the timeline and the spaces between the rows fill as far as they may.
fn first(doctor: &Doctor, room: f64) -> Vec<Row> {
    let mut rows = vec![Row {
        above: 0.0,
        part: head(doctor),
    }];
    rows.extend(warned(&doctor.flags, &doctor.flags_note));
    rows.extend(questions(doctor));
    let experiments = doctor.experiments.as_ref();
    let unfinished = experiments.filter(|tried| tried.results.is_empty());
    rows.extend(unfinished.into_iter().flat_map(experimented));
    let parts = [
        pictured(&doctor.sides, 50.0),
        pictured(&doctor.sites, 50.0),
        pictured(&doctor.strip, RIGHT.1),
        pictured(&doctor.onset, LEFT),
    ];
    let [sides, sites, strip, onset] = parts;
    let sides = abreast(sides, 54.0, sites);
    // the answers stand wherever there is most room
    let (beneath, beside) = match (&sides, &onset, &strip) {
        (Some(_), Some(_), _) => (sides, Some(answers(doctor, RIGHT.1))),
        (None, _, Some(_)) => (Some(answers(doctor, LEFT)), None),
        _ => (sides, Some(answers(doctor, LIVE.0))),
    };
    let numbers = stacked(numbers(doctor), GAP, beneath);
    let parts = [
        abreast(numbers, RIGHT.0, strip),
        abreast(onset, RIGHT.0, beside),
    ];
    let row = |part| Row { above: GAP, part };
    rows.extend(parts.into_iter().flatten().map(row));
    let left = room - flow::height(&rows);
    rows.extend(timeline(doctor, left - GAP).map(row));
    let spaces = rows.iter().filter(|row| row.above > 0.0).count().max(1);
    let loose = ((room - flow::height(&rows)) / spaces as f64).clamp(0.0, LOOSE);
    for row in rows.iter_mut().filter(|row| row.above > 0.0) {
        row.above += loose;
    }
    rows
}

/// Title, period, coverage, and the sentences that come first.
fn head(doctor: &Doctor) -> Part {
    Part::of(LIVE.0, |top| {
        top.title(&doctor.title, TITLE, 1);
        let plain = Type::new(HEAD, Ink::Black);
        top.lines(&doctor.subtitle, plain, 1);
        top.lines(&doctor.coverage, plain, 2);
        top.gap(1.2);
        for (at, sentence) in doctor.summary.iter().enumerate() {
            let face = if at == 0 {
                Type::new(HEAD * 1.15, Ink::Black).bold()
            } else {
                plain
            };
            top.lines(sentence, face, 3);
        }
        top.gap(1.6);
        top.rule(top.y(), Stroke::solid(Ink::Black, 0.3));
    })
}

/// What begins a sheet that goes on where the last one ended.
fn continued(doctor: &Doctor) -> Part {
    Part::of(LIVE.0, |top| {
        top.title(&doctor.title, HEAD * 1.2, 1);
        top.lines(&doctor.subtitle, Type::new(HEAD, Ink::Black), 1);
    })
}

/// What must be known to read the page, and which sheet of how many it is.
fn foot(footer: &[String], live: Area, number: &str) -> Vec<Block> {
    let y = live.bottom() - FOOT;
    let mut column = Column::new(Area::new(live.x, y + 0.6, live.w, FOOT - 0.6));
    column.rule(y, Stroke::solid(Ink::Rule, 0.2));
    for line in footer {
        column.lines(line, Type::new(SMALL, Ink::Grey), 2);
    }
    column.at_right(number);
    column.blocks
}

/// A picture under its title; `None` when there is nothing in it.
fn pictured(chart: &Chart, width: f64) -> Option<Part> {
    (!chart.is_empty()).then(|| figure(chart, width, HOURS))
}

/// Flags, all of them, the most urgent first and each on as many lines as it takes.
fn warned(flags: &Section<FlagLine>, note: &Option<String>) -> Vec<Row> {
    let mut parts = Vec::new();
    let mut part = |words: &str, face: Type, beneath: Option<&String>| {
        parts.push(Part::of(LIVE.0, |column| {
            column.lines(words, face, usize::MAX);
            if let Some(beneath) = beneath {
                column.words(beneath, Ink::Grey, usize::MAX);
            }
        }));
    };
    if let Some(none) = &flags.none {
        part(none, Type::new(BODY, Ink::Black), None);
    }
    for flag in &flags.lines {
        let face = Type::new(BODY, Ink::Black);
        let face = if flag.urgent { face.bold() } else { face };
        part(&flag.says, face, flag.done.as_ref());
    }
    for line in flags.more.iter().chain(note) {
        part(line, Type::new(BODY, Ink::Grey), None);
    }
    titled(&flags.title, parts)
}

/// The patient's questions; none take no room.
fn questions(doctor: &Doctor) -> Vec<Row> {
    let questions = &doctor.questions;
    let lines = questions.lines.iter().map(|own| (&own.printed, Ink::Black));
    let lines = lines.chain(questions.more.iter().map(|more| (more, Ink::Grey)));
    let parts = lines.map(|(words, ink)| Part::of(LIVE.0, |column| column.words(words, ink, 3)));
    titled(&questions.title, parts.collect())
}

/// The headline numbers, and what of them nobody recorded.
fn numbers(doctor: &Doctor) -> Option<Part> {
    (!doctor.headline.rows.is_empty()).then(|| {
        let widths = [29.6, 49.6, 26.8];
        tabled(
            &doctor.headline,
            &widths,
            Look::Numbers,
            &doctor.headline_missing,
        )
    })
}

/// What a clinician may ask, as far as it is answered.
fn answers(doctor: &Doctor, width: f64) -> Part {
    let widths = [33.2, width - 33.2];
    let missing = &doctor.answers_missing;
    tabled(&doctor.answers, &widths, Look::Answers, missing)
}

/// Cramps a week with courses and events, in a plot as high as `room` allows; without a rate to draw, what is taken by
/// name.
fn timeline(doctor: &Doctor, room: f64) -> Option<Part> {
    let chart = &doctor.timeline;
    if !doctor.has_timeline() {
        let taken = doctor.taken.join("; ");
        let part = |column: &mut Column| {
            column.heading(doctor.taken_title);
            column.words(&taken, Ink::Black, 6);
        };
        return (!taken.is_empty()).then(|| Part::of(LIVE.0, part));
    }
    let (least, most) = PLOT;
    let other = HEAD * 1.27 + 0.6 + around(chart, LIVE.0, SMALL);
    // on a sheet of its own it takes what it likes
    let plot = if least + other > room {
        most
    } else {
        (room - other).min(most)
    };
    Some(figure(chart, LIVE.0, plot))
}
