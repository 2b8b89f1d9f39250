//! How a chart value looks: a sheet of its own, or a picture to stand in a page.

pub(crate) mod cells;
pub(crate) mod marks;
pub(crate) mod plots;

use crate::render::canvas::{Anchor, Area, Canvas, Mark};
use crate::render::sheet::{About, Block, Sheet};
use crate::render::style::{self, Ink, Weight};
use crate::report::chart::{Chart, Picture};

/// The width of a chart that stands alone, millimetres.
const WIDTH: f64 = 200.0;
/// The white edge around it.
const EDGE: f64 = 8.0;
/// The size of its words: 10 pt, so that they are legible at half size.
const TYPE: f64 = 3.6;
/// The size of its title.
const TITLE: f64 = 5.6;

/// A chart on a sheet of its own: title, coverage, picture, key and notes.
pub(crate) fn sheet(chart: &Chart) -> Sheet {
    let room = WIDTH - 2.0 * EDGE;
    let mut flow = Flow {
        blocks: Vec::new(),
        y: EDGE,
    };
    flow.words(1, TITLE, Weight::Bold, Ink::Black, room, &chart.title);
    flow.words(0, TYPE, Weight::Regular, Ink::Black, room, &chart.coverage);
    flow.y += 3.0;
    let mut canvas = picture(&chart.picture, room, room * 0.36, TYPE);
    let keyed = marks::key(&chart.key, room, TYPE);
    let top = canvas.height + 3.0;
    canvas.height = top + keyed.height;
    canvas.place(keyed, 0.0, top);
    flow.figure(&chart.alt, canvas);
    for note in &chart.notes {
        flow.words(0, TYPE, Weight::Regular, Ink::Grey, room, note);
    }
    let height = flow.y + EDGE - 2.0;
    Sheet {
        width: WIDTH,
        height,
        live: Area::new(EDGE / 2.0, EDGE / 2.0, WIDTH - EDGE, height - EDGE),
        blocks: flow.blocks,
    }
}

/// What the file of a chart says about itself.
pub(crate) fn about(chart: &Chart, program: &str, origin: &str) -> About {
    About {
        title: chart.title.clone(),
        language: "en".to_string(),
        program: program.to_string(),
        origin: origin.to_string(),
    }
}

/// The picture of a chart without its key, `width` millimetres wide: a plot with axes is `height` high, any other picture
/// as high as it needs; words are of `size` millimetres.
fn picture(picture: &Picture, width: f64, height: f64, size: f64) -> Canvas {
    match picture {
        Picture::Timeline(rates) | Picture::Trend(rates) => {
            plots::rates(rates, width, height, size)
        }
        Picture::Factors(forest) => plots::forest(forest, width, size),
        Picture::Calendar(calendar) => cells::months(calendar, width),
        Picture::Strip(strip) => cells::strip(strip, width.min(size * 26.0), size),
        Picture::Clock(clock) => plots::clock(clock, width, height, size),
        Picture::Parts(parts) => cells::parts(parts, width.min(size * 30.0), size),
    }
}

/// A chart as it stands in a page, with its key and notes under it; `height` is the room that a plot, its key and its
/// notes fill together.
pub(crate) fn keyed(chart: &Chart, width: f64, height: f64, size: f64) -> Canvas {
    let key = marks::key(&chart.key, width, size);
    let notes = chart.notes.join(" ");
    let noted = if notes.is_empty() { 0.0 } else { size * 1.35 };
    let under = match &chart.picture {
        Picture::Timeline(rates) | Picture::Trend(rates) => plots::under(rates, size),
        _ => 0.0,
    };
    let room = match &chart.picture {
        Picture::Strip(_) => width - 6.0,
        _ => width,
    };
    let plot = height - key.height - noted - 0.8 - under;
    let mut canvas = picture(&chart.picture, room, plot, size);
    let top = canvas.height + 0.8;
    canvas.height = top + key.height + noted;
    canvas.width = canvas.width.max(width);
    let words = style::fit(&notes, size, Weight::Regular, width);
    let foot = (0.0, canvas.height - size * 0.35);
    canvas.text(
        foot,
        size,
        Weight::Regular,
        Anchor::Start,
        Ink::Grey,
        &words,
    );
    canvas.place(key, 0.0, top);
    canvas
}

/// Blocks put down one under the other.
struct Flow {
    blocks: Vec<Block>,
    y: f64,
}

impl Flow {
    /// Words over the whole width, as a heading of `level` or, with level 0, as a paragraph.
    fn words(&mut self, level: u8, size: f64, weight: Weight, ink: Ink, room: f64, words: &str) {
        let mut canvas = Canvas::default();
        for line in style::wrap(words, size, weight, room, usize::MAX) {
            self.y += size * 1.3;
            canvas.text(
                (EDGE, self.y - size * 0.25),
                size,
                weight,
                Anchor::Start,
                ink,
                &line,
            );
        }
        if !canvas.marks.is_empty() {
            let marks = canvas.marks;
            self.blocks.push(if level > 0 {
                Block::Heading(level, marks)
            } else {
                Block::Paragraph(marks)
            });
        }
    }

    fn figure(&mut self, alt: &str, canvas: Canvas) {
        let marks: Vec<Mark> = canvas
            .marks
            .into_iter()
            .map(|mark| mark.moved(EDGE, self.y))
            .collect();
        self.y += canvas.height + 2.0;
        self.blocks.push(Block::Figure {
            alt: alt.to_string(),
            marks,
        });
    }
}
