//! How a chart value looks: a sheet of its own, or a picture to stand in a page.

pub(crate) mod cells;
mod forest;
pub(crate) mod marks;
pub(crate) mod periods;
pub(crate) mod plots;

use crate::render::canvas::{Area, Canvas};
use crate::render::sheet::{About, Column, Leading, Sheet};
use crate::render::style::{Ink, Type};
use crate::report::chart::{Chart, Picture};

/// The width of a chart that stands alone, millimetres.
const WIDTH: f64 = 200.0;
/// The white edge around it.
const EDGE: f64 = 8.0;
/// The size of its words: 10 pt, so that they are legible at half size.
const TYPE: f64 = 3.6;
/// The size of its title.
const TITLE: f64 = 5.6;
/// The distance of its lines.
const LEADING: Leading = Leading {
    line: 1.3,
    foot: 0.25,
};

/// A chart on a sheet of its own: title, coverage, picture, key and notes.
pub(crate) fn sheet(chart: &Chart) -> Sheet {
    let room = WIDTH - 2.0 * EDGE;
    let mut column = Column::led(Area::new(EDGE, EDGE, room, f64::INFINITY), LEADING);
    column.title(&chart.title, TITLE, usize::MAX);
    column.lines(&chart.coverage, Type::new(TYPE, Ink::Black), usize::MAX);
    column.gap(3.0);
    let mut canvas = picture(&chart.picture, room, room * 0.36, TYPE);
    let key = marks::key(&chart.key, room, TYPE);
    let top = canvas.height + 3.0;
    canvas.height = top + key.height;
    canvas.marks.extend(key.moved(0.0, top));
    column.figure(&chart.alt, canvas);
    column.gap(2.0);
    for note in &chart.notes {
        column.lines(note, Type::new(TYPE, Ink::Grey), usize::MAX);
    }
    let height = column.y() + EDGE - 2.0;
    Sheet {
        width: WIDTH,
        height,
        live: Area::new(EDGE / 2.0, EDGE / 2.0, WIDTH - EDGE, height - EDGE),
        blocks: column.blocks,
    }
}

/// What the file of a chart says about itself.
pub(crate) fn about(chart: &Chart, program: &str, origin: &str) -> About {
    About::new(&chart.title, program, origin)
}

/// The picture of a chart without its key, `width` millimetres wide: a plot with axes is `height` high, any other picture
/// as high as it needs; words are of `size` millimetres.
fn picture(picture: &Picture, width: f64, height: f64, size: f64) -> Canvas {
    match picture {
        Picture::Timeline(rates) | Picture::Trend(rates) => {
            plots::rates(rates, width, height, size)
        }
        Picture::Factors(forest) => forest::forest(forest, width, size),
        Picture::Calendar(calendar) => cells::months(calendar, width),
        Picture::Strip(strip) => cells::strip(strip, width.min(size * 27.0), size),
        Picture::Clock(clock) => plots::clock(clock, width, height, size),
        Picture::Parts(parts) => cells::parts(parts, width.min(size * 30.0), size),
        Picture::Experiment(of) => periods::periods(of, width, size),
    }
}

/// The height that the key, the notes, and the lines of courses and events take beside the plot of a chart.
pub(crate) fn around(chart: &Chart, width: f64, size: f64) -> f64 {
    let under = match &chart.picture {
        Picture::Timeline(rates) | Picture::Trend(rates) => plots::under(rates, size),
        _ => 0.0,
    };
    let key = marks::key(&chart.key, width, size);
    key.height + noted(chart, size) + ABOVE_KEY + under
}

/// The space between a picture and its key, millimetres.
const ABOVE_KEY: f64 = 0.8;

/// The height of the notes under a key.
fn noted(chart: &Chart, size: f64) -> f64 {
    if chart.notes.is_empty() {
        0.0
    } else {
        size * 1.35
    }
}

/// A chart as it stands in a page, with its key and notes under it; a plot is `height` high, any other picture as high as
/// it needs.
pub(crate) fn keyed(chart: &Chart, width: f64, height: f64, size: f64) -> Canvas {
    let key = marks::key(&chart.key, width, size);
    let notes = chart.notes.join(" ");
    let mut canvas = picture(&chart.picture, width, height, size);
    let top = canvas.height + ABOVE_KEY;
    canvas.height = top + key.height + noted(chart, size);
    canvas.width = canvas.width.max(width);
    let grey = Type::new(size, Ink::Grey);
    let foot = (0.0, canvas.height - size * 0.35);
    canvas.text(foot, grey, &grey.fit(&notes, width));
    canvas.marks.extend(key.moved(0.0, top));
    canvas
}
