//! Rates over time: dots with whiskers over a time axis, and under it what was taken and what happened.

use crate::diary::vocabulary::CourseKind;
use crate::render::canvas::{Anchor, Area, Canvas, Mark};
use crate::render::font::{self, Weight};
use crate::render::ink::{Ink, Stroke};
use crate::report::chart::{Axis, Bin, EventMark, Lane, LaneKind, Rates};

/// The distance between lines of hatching, millimetres.
pub(crate) const HATCH: f64 = 1.4;
/// How hatching is drawn everywhere: the look of "nobody wrote this down".
pub(crate) const HATCHING: Stroke = Stroke {
    ink: Ink::Rule,
    width: 0.16,
    dash: None,
};
/// Axes, ticks and frames.
const RULE: Stroke = Stroke {
    ink: Ink::Rule,
    width: 0.16,
    dash: None,
};
/// The level between two changes.
pub(crate) const LEVEL: Stroke = Stroke {
    ink: Ink::Vermillion,
    width: 0.7,
    dash: None,
};
/// A change of level.
pub(crate) const CHANGE: Stroke = Stroke {
    ink: Ink::Vermillion,
    width: 0.5,
    dash: Some([2.0, 1.0]),
};
/// The frame of what statistics skip.
const LEFT_OUT: Stroke = Stroke {
    ink: Ink::Grey,
    width: 0.3,
    dash: Some([0.7, 0.7]),
};
/// The height of a lane, as a part of the size of its words.
const LANE: f64 = 1.95;
/// The height of the line of an event, likewise.
const EVENT: f64 = 1.35;
const WHISKER: Stroke = Stroke {
    ink: Ink::Blue,
    width: 0.4,
    dash: None,
};

/// The part of a canvas on which values are placed.
pub(crate) struct Frame {
    /// Where it is, in millimetres.
    pub(crate) area: Area,
    x: (f64, f64),
    y: (f64, f64),
}

impl Frame {
    /// A frame whose edges are the ends of the two axes.
    pub(crate) fn new(area: Area, x: &Axis, y: &Axis) -> Frame {
        Frame {
            area,
            x: (x.from, x.to),
            y: (y.from, y.to),
        }
    }

    /// Where the value `x` stands.
    pub(crate) fn x(&self, x: f64) -> f64 {
        self.area.x + (x - self.x.0) / (self.x.1 - self.x.0) * self.area.w
    }

    /// Where the value `y` stands.
    pub(crate) fn y(&self, y: f64) -> f64 {
        self.area.bottom() - (y - self.y.0) / (self.y.1 - self.y.0) * self.area.h
    }
}

/// Draws the rates `width` wide, with a plot `height` high and as many lines under it as there are courses and events.
pub(crate) fn draw(rates: &Rates, width: f64, height: f64, size: f64) -> Canvas {
    let mut canvas = Canvas::new(width, 0.0);
    let frame = axes(&mut canvas, &rates.x, &rates.y, height, size);
    for bin in &rates.bins {
        draw_bin(&mut canvas, &frame, bin, size);
    }
    for level in &rates.levels {
        let at = frame.y(level.rate.min(rates.y.to));
        canvas.line((frame.x(level.start), at), (frame.x(level.end), at), LEVEL);
    }
    for change in &rates.changes {
        let at = frame.x(*change);
        canvas.line((at, frame.area.y), (at, frame.area.bottom()), CHANGE);
    }
    let mut y = height + size * 0.5;
    for lane in &rates.lanes {
        y = draw_lane(&mut canvas, &frame, lane, y, size);
    }
    for event in &rates.events {
        y = draw_event(&mut canvas, &frame, event, y, size);
    }
    canvas.height = y;
    canvas
}

/// The height that the lanes and events of `rates` take under the plot.
pub(crate) fn under(rates: &Rates, size: f64) -> f64 {
    size * (0.5 + rates.lanes.len() as f64 * LANE + rates.events.len() as f64 * EVENT)
}

/// Puts both axes down within the width of the canvas and the first `height` millimetres, and gives the frame within.
pub(crate) fn axes(canvas: &mut Canvas, x: &Axis, y: &Axis, height: f64, size: f64) -> Frame {
    let regular = Weight::Regular;
    let gutter = y
        .ticks
        .iter()
        .map(|tick| font::width(&tick.label, size, regular))
        .fold(0.0, f64::max)
        + 1.4;
    let top = size * 1.8;
    let foot = size * 2.1;
    let frame = Frame::new(
        Area::new(gutter, top, canvas.width - gutter, height - top - foot),
        x,
        y,
    );
    let area = frame.area;
    canvas.text(
        (0.0, size * 0.9),
        size,
        regular,
        Anchor::Start,
        Ink::Grey,
        &y.title,
    );
    let corner = (area.right(), size * 0.9);
    canvas.text(corner, size, regular, Anchor::End, Ink::Grey, &x.title);
    canvas.line((area.x, area.bottom()), (area.right(), area.bottom()), RULE);
    // in a low plot marks are left out rather than set over each other
    let mut last = f64::INFINITY;
    for tick in &y.ticks {
        let at = frame.y(tick.at);
        if last - at < size {
            continue;
        }
        last = at;
        canvas.line((area.x, at), (area.right(), at), RULE);
        let foot = at + font::CAP_HEIGHT * size / 2.0;
        canvas.text(
            (area.x - 1.0, foot),
            size,
            regular,
            Anchor::End,
            Ink::Grey,
            &tick.label,
        );
    }
    // a label is left out rather than set over its neighbour
    let mut free = 0.0;
    for tick in &x.ticks {
        let at = frame.x(tick.at);
        let half = font::width(&tick.label, size, regular) / 2.0;
        canvas.line((at, area.bottom()), (at, area.bottom() + 1.0), RULE);
        let middle = at.clamp(half, canvas.width - half);
        if middle - half >= free {
            let foot = area.bottom() + size * 1.4;
            canvas.text(
                (middle, foot),
                size,
                regular,
                Anchor::Middle,
                Ink::Grey,
                &tick.label,
            );
            free = middle + half + size * 0.5;
        }
    }
    frame
}

fn draw_bin(canvas: &mut Canvas, frame: &Frame, bin: &Bin, size: f64) {
    let (left, right) = (frame.x(bin.start), frame.x(bin.end));
    let Some(rate) = bin.rate else {
        let area = Area::new(left, frame.area.y, right - left, frame.area.h);
        if bin.nights > 0 {
            canvas.hatch(area, HATCH, HATCHING);
        } else {
            canvas.rect(area, None, Some(LEFT_OUT));
        }
        return;
    };
    let middle = (left + right) / 2.0;
    let top = if bin.clipped {
        frame.area.y
    } else {
        frame.y(rate.high)
    };
    whisker(canvas, middle, (frame.y(rate.low), top), bin.clipped, size);
    dot(canvas, (middle, frame.y(rate.value)), bin.sparse, size);
}

/// The interval: a line with a foot at both ends, or an arrow where it goes on.
pub(crate) fn whisker(
    canvas: &mut Canvas,
    x: f64,
    (low, high): (f64, f64),
    clipped: bool,
    size: f64,
) {
    let half = size * 0.22;
    canvas.line((x, low), (x, high), WHISKER);
    canvas.line((x - half, low), (x + half, low), WHISKER);
    if clipped {
        let foot = high + size * 0.55;
        canvas.outline(
            vec![(x, high), (x - half, foot), (x + half, foot)],
            Some(Ink::Blue),
            None,
        );
    } else {
        canvas.line((x - half, high), (x + half, high), WHISKER);
    }
}

/// The rate itself: a filled dot, or a ring where few nights were recorded.
pub(crate) fn dot(canvas: &mut Canvas, at: (f64, f64), sparse: bool, size: f64) {
    let radius = size * 0.26;
    let fill = if sparse { Ink::White } else { Ink::Black };
    canvas.circle(
        at,
        radius,
        Some(fill),
        Some(Stroke::solid(Ink::Black, size * 0.1)),
    );
}

fn draw_lane(canvas: &mut Canvas, frame: &Frame, lane: &Lane, y: f64, size: f64) -> f64 {
    let (left, right) = (frame.x(lane.start), frame.x(lane.end));
    let words = format!("{} – {}", lane.label, lane.dates);
    beside(canvas, left, y + size * 0.95, size, &words);
    let bar = Area::new(left, y + size * 1.24, (right - left).max(0.8), size * 0.42);
    draw_bar(canvas, lane.kind, bar, lane.began_before, lane.goes_on);
    y + size * LANE
}

/// A bar whose look says what kind of thing it is; an end that goes on is drawn as a point.
pub(crate) fn draw_bar(
    canvas: &mut Canvas,
    kind: LaneKind,
    bar: Area,
    began_before: bool,
    goes_on: bool,
) {
    let (l, t, r, b) = (bar.x, bar.y, bar.right(), bar.bottom());
    let middle = (t + b) / 2.0;
    let point = (bar.h * 0.8).min(bar.w / 2.0);
    let mut outline = Vec::new();
    if began_before {
        outline.extend([(l + point, b), (l, middle), (l + point, t)]);
    } else {
        outline.extend([(l, b), (l, t)]);
    }
    if goes_on {
        outline.extend([(r - point, t), (r, middle), (r - point, b)]);
    } else {
        outline.extend([(r, t), (r, b)]);
    }
    let edge = Stroke::solid(Ink::Vermillion, 0.3);
    match kind {
        LaneKind::Course(CourseKind::Medicine) => {
            canvas.outline(outline, Some(Ink::Vermillion), Some(edge))
        }
        LaneKind::Course(CourseKind::Supplement) => canvas.outline(outline, None, Some(edge)),
        LaneKind::Course(CourseKind::Measure) => {
            let mut stripes = Vec::new();
            let mut x = l + 0.9;
            while x < r - if goes_on { point } else { 0.2 } {
                stripes.push([(x, t), (x, b)]);
                x += 0.9;
            }
            canvas.outline(outline, None, Some(edge));
            canvas.marks.push(Mark::Lines {
                ends: stripes,
                stroke: edge,
            });
        }
        LaneKind::Excluded => canvas.outline(outline, None, Some(LEFT_OUT)),
    }
}

fn draw_event(canvas: &mut Canvas, frame: &Frame, event: &EventMark, y: f64, size: f64) -> f64 {
    let at = frame.x(event.at);
    let foot = y + size * 0.95;
    canvas.line(
        (at, frame.area.y),
        (at, frame.area.bottom()),
        Stroke::dashed(Ink::Grey, 0.2, 0.9),
    );
    triangle(canvas, at, foot, size);
    let words = format!("{} – {}", event.night, event.text);
    let room = canvas.width - at - size * 0.7;
    let wide = font::width(&words, size, Weight::Regular);
    if wide <= room || at < canvas.width / 2.0 {
        beside(canvas, at + size * 0.7, foot, size, &words);
    } else {
        let words = font::fit(&words, size, Weight::Regular, at - size * 0.7);
        canvas.text(
            (at - size * 0.7, foot),
            size,
            Weight::Regular,
            Anchor::End,
            Ink::Black,
            &words,
        );
    }
    y + size * EVENT
}

/// The mark of an event, standing on `foot`.
pub(crate) fn triangle(canvas: &mut Canvas, x: f64, foot: f64, size: f64) {
    let half = size * 0.36;
    let top = foot - size * 0.7;
    canvas.outline(
        vec![(x, top), (x - half, foot), (x + half, foot)],
        Some(Ink::Black),
        None,
    );
}

/// Words that begin at `x`, or further left so that they end within the canvas; cut when even that is not enough.
fn beside(canvas: &mut Canvas, x: f64, foot: f64, size: f64, words: &str) {
    let words = font::fit(words, size, Weight::Regular, canvas.width);
    let start = x
        .min(canvas.width - font::width(&words, size, Weight::Regular))
        .max(0.0);
    canvas.text(
        (start, foot),
        size,
        Weight::Regular,
        Anchor::Start,
        Ink::Black,
        &words,
    );
}
