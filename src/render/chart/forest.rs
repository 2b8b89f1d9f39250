//! Effects with intervals: one row a factor, words on the left, its interval on a common axis on the right.

use crate::render::canvas::{Anchor, Area, Canvas};
use crate::render::chart::rates::Frame;
use crate::render::font::{self, Weight};
use crate::render::ink::{Ink, Stroke};
use crate::report::chart::{Axis, Forest, ForestRow};

/// The line of no difference.
pub(crate) const NO_DIFFERENCE: Stroke = Stroke {
    ink: Ink::Grey,
    width: 0.3,
    dash: Some([0.5, 0.7]),
};
const INTERVAL: Stroke = Stroke {
    ink: Ink::Blue,
    width: 0.5,
    dash: None,
};
const RULE: Stroke = Stroke {
    ink: Ink::Rule,
    width: 0.1,
    dash: None,
};

/// The part of the width that words take.
const WORDS: f64 = 0.5;

/// The most lines the name of a factor takes.
const NAME_LINES: usize = 2;

/// Draws the forest `width` wide and as high as it has rows: each row has its words beside its interval.
pub(crate) fn draw(forest: &Forest, width: f64, size: f64) -> Canvas {
    let mut canvas = Canvas::new(width, 0.0);
    let left = width * WORDS;
    let names: Vec<Vec<String>> = forest
        .rows
        .iter()
        .map(|row| font::wrap(&row.label, size, Weight::Regular, left - size, NAME_LINES))
        .collect();
    let top = size * 1.6;
    let height = |name: &Vec<String>| size * (2.65 + 1.15 * name.len() as f64);
    let bottom = top + names.iter().map(height).sum::<f64>();
    let upright = Axis {
        title: String::new(),
        from: 0.0,
        to: 1.0,
        ticks: Vec::new(),
    };
    let frame = Frame::new(
        Area::new(left, top, width - left - 2.0, bottom - top),
        &forest.x,
        &upright,
    );
    let foot = size * 0.9;
    canvas.text(
        (frame.area.right(), foot),
        size,
        Weight::Regular,
        Anchor::End,
        Ink::Grey,
        &forest.x.title,
    );
    if let Some(counts) = forest.head.get(1) {
        let words = font::fit(counts, size, Weight::Regular, left - size);
        canvas.text(
            (0.0, foot),
            size,
            Weight::Regular,
            Anchor::Start,
            Ink::Grey,
            &words,
        );
    }
    let none = frame.x(0.0);
    canvas.line((none, top), (none, bottom), NO_DIFFERENCE);
    let mut y = top;
    for (factor, name) in forest.rows.iter().zip(&names) {
        draw_row(&mut canvas, &frame, factor, name, y, size);
        y += height(name);
    }
    canvas.line(
        (left, bottom),
        (frame.area.right(), bottom),
        Stroke::solid(Ink::Rule, 0.16),
    );
    for tick in &forest.x.ticks {
        let at = frame.x(tick.at);
        canvas.line(
            (at, bottom),
            (at, bottom + 1.0),
            Stroke::solid(Ink::Rule, 0.16),
        );
        let foot = bottom + 1.4 + size * 0.8;
        canvas.text(
            (at, foot),
            size,
            Weight::Regular,
            Anchor::Middle,
            Ink::Grey,
            &tick.label,
        );
    }
    canvas.height = bottom + size * 2.2;
    canvas
}

fn draw_row(
    canvas: &mut Canvas,
    frame: &Frame,
    factor: &ForestRow,
    name: &[String],
    y: f64,
    size: f64,
) {
    let room = frame.area.x - size;
    let ink = if factor.enough { Ink::Black } else { Ink::Grey };
    canvas.line((0.0, y), (frame.area.right(), y), RULE);
    let mut foot = y;
    let mut set = |words: &str, size: f64, step: f64, ink: Ink| {
        foot += step;
        let words = font::fit(words, size, Weight::Regular, room);
        canvas.text(
            (0.0, foot),
            size,
            Weight::Regular,
            Anchor::Start,
            ink,
            &words,
        );
    };
    for line in name {
        set(line, size, size * 1.15, ink);
    }
    let small = size * 0.85;
    set(&factor.counts, small, size * 1.1, Ink::Grey);
    set(&factor.words, small, size * 1.1, ink);
    let row = foot + size * 0.45 - y;
    if let (Some(at), Some((low, high))) = (factor.at, factor.span) {
        let ends = (frame.x(low), frame.x(at), frame.x(high));
        effect(canvas, ends, y + row / 2.0, factor.clipped, size);
    }
}

/// An effect as a square on its interval; an end that goes on beyond the axis is an arrow.
pub(crate) fn effect(
    canvas: &mut Canvas,
    (low, at, high): (f64, f64, f64),
    y: f64,
    clipped: (bool, bool),
    size: f64,
) {
    let half = size * 0.24;
    canvas.line((low, y), (high, y), INTERVAL);
    for (x, goes_on, inwards) in [(low, clipped.0, 1.0), (high, clipped.1, -1.0)] {
        if goes_on {
            let foot = x + inwards * size * 0.5;
            canvas.outline(
                vec![(x, y), (foot, y - half), (foot, y + half)],
                Some(Ink::Blue),
                None,
            );
        } else {
            canvas.line((x, y - half), (x, y + half), INTERVAL);
        }
    }
    canvas.rect(
        Area::new(at - half, y - half, 2.0 * half, 2.0 * half),
        Some(Ink::Black),
        None,
    );
}
