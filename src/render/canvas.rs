//! A drawing as a value: words and shapes in millimetres, in a handful of inks.
//!
//! Charts and pages are laid out on a [`Canvas`]; SVG, PNG and PDF are three ways of writing the same canvas down, so
//! that what one shows the others show too, and a test can ask where every word stands.

use crate::render::style::{Anchor, CAP_HEIGHT, DESCENT, Ink, Stroke, Type};

/// A point in millimetres, y growing downwards.
pub(crate) type Point = (f64, f64);

/// A rectangle in millimetres, by its upper left corner and its size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) w: f64,
    pub(crate) h: f64,
}

impl Area {
    pub(crate) fn new(x: f64, y: f64, w: f64, h: f64) -> Area {
        Area { x, y, w, h }
    }

    /// The square around (`x`, `y`) whose edges are `half` away from it.
    pub(crate) fn square(x: f64, y: f64, half: f64) -> Area {
        Area::new(x - half, y - half, 2.0 * half, 2.0 * half)
    }

    pub(crate) fn right(self) -> f64 {
        self.x + self.w
    }

    pub(crate) fn bottom(self) -> f64 {
        self.y + self.h
    }

    /// The smallest rectangle that holds `points`; `None` when there are none.
    pub(crate) fn around<'a>(points: impl IntoIterator<Item = &'a Point>) -> Option<Area> {
        let edges = points.into_iter().fold(None, |edges, (x, y)| {
            let (l, t, r, b) = edges.unwrap_or((*x, *y, *x, *y));
            Some((x.min(l), y.min(t), x.max(r), y.max(b)))
        });
        edges.map(|(l, t, r, b): (f64, f64, f64, f64)| Area::new(l, t, r - l, b - t))
    }
}

/// Words on one line, their anchor standing on the base line at `at`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Text {
    pub(crate) at: Point,
    pub(crate) face: Type,
    pub(crate) words: String,
}

impl Text {
    pub(crate) fn width(&self) -> f64 {
        self.face.width(&self.words)
    }

    /// The left end of the words.
    pub(crate) fn left(&self) -> f64 {
        match self.face.anchor {
            Anchor::Start => self.at.0,
            Anchor::Middle => self.at.0 - self.width() / 2.0,
            Anchor::End => self.at.0 - self.width(),
        }
    }

    /// The box of the words: from the top of a capital to the foot of a descender.
    pub(crate) fn area(&self) -> Area {
        let (up, down) = (CAP_HEIGHT * self.face.size, DESCENT * self.face.size);
        Area::new(self.left(), self.at.1 - up, self.width(), up + down)
    }
}

/// One thing on a canvas.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mark {
    Text(Text),
    /// A form, what fills it and how its line is drawn.
    Shape(Form, Option<Ink>, Option<Stroke>),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Form {
    /// Open lines through points, and closed ones, which can be filled.
    Lines(Vec<Vec<Point>>),
    Outline(Vec<Point>),
    /// A circle by its middle and radius.
    Circle(Point, f64),
}

impl Mark {
    /// The same mark, moved by (`dx`, `dy`).
    pub(crate) fn moved(mut self, dx: f64, dy: f64) -> Mark {
        let shift = |(x, y): &mut Point| {
            *x += dx;
            *y += dy;
        };
        match &mut self {
            Mark::Text(text) => shift(&mut text.at),
            Mark::Shape(Form::Lines(pieces), ..) => pieces.iter_mut().flatten().for_each(shift),
            Mark::Shape(Form::Outline(points), ..) => points.iter_mut().for_each(shift),
            Mark::Shape(Form::Circle(at, _), ..) => shift(at),
        }
        self
    }

    /// The box around the mark, without the width of its outline; `None` when there is nothing in it.
    pub(crate) fn area(&self) -> Option<Area> {
        match self {
            Mark::Text(text) => Some(text.area()),
            Mark::Shape(Form::Lines(pieces), ..) => Area::around(pieces.iter().flatten()),
            Mark::Shape(Form::Outline(points), ..) => Area::around(points),
            Mark::Shape(Form::Circle((x, y), radius), ..) => Some(Area::square(*x, *y, *radius)),
        }
    }
}

/// A drawing: a size in millimetres, and what is on it, from back to front.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Canvas {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) marks: Vec<Mark>,
}

impl Canvas {
    /// An empty canvas of this many millimetres.
    pub(crate) fn new(width: f64, height: f64) -> Canvas {
        Canvas {
            width,
            height,
            marks: Vec::new(),
        }
    }

    /// Puts words down; nothing is put down for empty words.
    pub(crate) fn text(&mut self, at: Point, face: Type, words: &str) {
        if !words.trim().is_empty() {
            let words = words.to_string();
            self.marks.push(Mark::Text(Text { at, face, words }));
        }
    }

    /// Lines through points, one stroke for all; what has fewer than two points is left out.
    pub(crate) fn lines(&mut self, mut pieces: Vec<Vec<Point>>, stroke: Stroke) {
        pieces.retain(|points| points.len() > 1);
        if !pieces.is_empty() {
            let lines = Form::Lines(pieces);
            self.marks.push(Mark::Shape(lines, None, Some(stroke)));
        }
    }

    /// A straight line.
    pub(crate) fn line(&mut self, from: Point, to: Point, stroke: Stroke) {
        self.lines(vec![vec![from, to]], stroke);
    }

    /// A closed outline.
    pub(crate) fn outline(
        &mut self,
        points: Vec<Point>,
        fill: Option<Ink>,
        stroke: Option<Stroke>,
    ) {
        self.marks
            .push(Mark::Shape(Form::Outline(points), fill, stroke));
    }

    pub(crate) fn rect(&mut self, area: Area, fill: Option<Ink>, stroke: Option<Stroke>) {
        let (l, t, r, b) = (area.x, area.y, area.right(), area.bottom());
        self.outline(vec![(l, t), (r, t), (r, b), (l, b)], fill, stroke);
    }

    pub(crate) fn circle(
        &mut self,
        at: Point,
        radius: f64,
        fill: Option<Ink>,
        stroke: Option<Stroke>,
    ) {
        self.marks
            .push(Mark::Shape(Form::Circle(at, radius), fill, stroke));
    }

    /// Slanted lines over `area`, `step` millimetres apart: the look of what nobody wrote down.
    ///
    /// The lines lie on a lattice that belongs to the canvas, so that hatched neighbours join without a seam.
    pub(crate) fn hatch(&mut self, area: Area, step: f64, stroke: Stroke) {
        let (l, t, r, b) = (area.x, area.y, area.right(), area.bottom());
        let mut lines = Vec::new();
        let mut at = ((l + t) / step).ceil() * step;
        while at < r + b {
            // the line x + y = at, cut to the rectangle
            let (x0, x1) = ((at - b).max(l), (at - t).min(r));
            if x1 > x0 {
                lines.push(vec![(x0, at - x0), (x1, at - x1)]);
            }
            at += step;
        }
        self.lines(lines, stroke);
    }

    /// Everything on it, moved by (`dx`, `dy`).
    pub(crate) fn moved(self, dx: f64, dy: f64) -> Vec<Mark> {
        let marks = self.marks.into_iter();
        marks.map(|mark| mark.moved(dx, dy)).collect()
    }
}
