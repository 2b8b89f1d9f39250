//! A drawing as a value: words and shapes in millimetres, in a handful of inks.
//!
//! Charts and pages are laid out on a [`Canvas`]; SVG, PNG and PDF are three ways of writing the same canvas down, so
//! that what one shows the others show too, and a test can ask where every word stands.

use crate::render::style::{self, Ink, Stroke, Weight};

/// Where a word's x lies within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// At its left end.
    Start,
    /// At its middle.
    Middle,
    /// At its right end.
    End,
}

/// A rectangle in millimetres, y growing downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    /// The left edge.
    pub(crate) x: f64,
    /// The upper edge.
    pub(crate) y: f64,
    /// The width.
    pub(crate) w: f64,
    /// The height.
    pub(crate) h: f64,
}

impl Area {
    /// A rectangle by its upper left corner and size.
    pub(crate) fn new(x: f64, y: f64, w: f64, h: f64) -> Area {
        Area { x, y, w, h }
    }

    /// The right edge.
    pub(crate) fn right(self) -> f64 {
        self.x + self.w
    }

    /// The lower edge.
    pub(crate) fn bottom(self) -> f64 {
        self.y + self.h
    }
}

/// Words on one line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Text {
    /// Where the anchor stands.
    pub(crate) x: f64,
    /// The base line.
    pub(crate) y: f64,
    /// The size of the type in millimetres (1 pt is 0.353 mm).
    pub(crate) size: f64,
    /// Regular or bold.
    pub(crate) weight: Weight,
    /// Which end `x` speaks of.
    pub(crate) anchor: Anchor,
    /// The colour.
    pub(crate) ink: Ink,
    /// The words.
    pub(crate) words: String,
}

impl Text {
    /// The width of the words in millimetres, without kerning.
    pub(crate) fn width(&self) -> f64 {
        style::width(&self.words, self.size, self.weight)
    }

    /// The left end of the words.
    pub(crate) fn left(&self) -> f64 {
        match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - self.width() / 2.0,
            Anchor::End => self.x - self.width(),
        }
    }

    /// The box of the words: from the top of a capital to the foot of a descender.
    pub(crate) fn area(&self) -> Area {
        let (up, down) = (style::CAP_HEIGHT * self.size, style::DESCENT * self.size);
        Area::new(self.left(), self.y - up, self.width(), up + down)
    }
}

/// One thing on a canvas.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mark {
    /// Words.
    Text(Text),
    /// Separate straight lines, all with one stroke.
    Lines {
        /// The two ends of each line.
        ends: Vec<[(f64, f64); 2]>,
        /// How they are drawn.
        stroke: Stroke,
    },
    /// A line through points, or a filled outline.
    Shape {
        /// The corners, in order.
        points: Vec<(f64, f64)>,
        /// Whether the last corner joins the first.
        closed: bool,
        /// The ink inside, if any.
        fill: Option<Ink>,
        /// The outline, if any.
        stroke: Option<Stroke>,
    },
    /// A circle.
    Circle {
        /// The centre.
        at: (f64, f64),
        /// The radius in millimetres.
        radius: f64,
        /// The ink inside, if any.
        fill: Option<Ink>,
        /// The outline, if any.
        stroke: Option<Stroke>,
    },
}

/// A drawing: a size, and what is on it, from back to front.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Canvas {
    /// The width in millimetres.
    pub(crate) width: f64,
    /// The height in millimetres.
    pub(crate) height: f64,
    /// What is drawn, in order.
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
    pub(crate) fn text(
        &mut self,
        at: (f64, f64),
        size: f64,
        weight: Weight,
        anchor: Anchor,
        ink: Ink,
        words: &str,
    ) {
        if !words.trim().is_empty() {
            self.marks.push(Mark::Text(Text {
                x: at.0,
                y: at.1,
                size,
                weight,
                anchor,
                ink,
                words: words.to_string(),
            }));
        }
    }

    /// A straight line.
    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: Stroke) {
        self.marks.push(Mark::Lines {
            ends: vec![[from, to]],
            stroke,
        });
    }

    /// A line through `points`; fewer than two draw nothing.
    pub(crate) fn path(&mut self, points: Vec<(f64, f64)>, stroke: Stroke) {
        if points.len() > 1 {
            self.marks.push(Mark::Shape {
                points,
                closed: false,
                fill: None,
                stroke: Some(stroke),
            });
        }
    }

    /// A closed outline.
    pub(crate) fn outline(
        &mut self,
        points: Vec<(f64, f64)>,
        fill: Option<Ink>,
        stroke: Option<Stroke>,
    ) {
        self.marks.push(Mark::Shape {
            points,
            closed: true,
            fill,
            stroke,
        });
    }

    /// A rectangle.
    pub(crate) fn rect(&mut self, area: Area, fill: Option<Ink>, stroke: Option<Stroke>) {
        let (l, t, r, b) = (area.x, area.y, area.right(), area.bottom());
        self.outline(vec![(l, t), (r, t), (r, b), (l, b)], fill, stroke);
    }

    /// A circle.
    pub(crate) fn circle(
        &mut self,
        at: (f64, f64),
        radius: f64,
        fill: Option<Ink>,
        stroke: Option<Stroke>,
    ) {
        self.marks.push(Mark::Circle {
            at,
            radius,
            fill,
            stroke,
        });
    }

    /// Slanted lines over `area`, `step` millimetres apart: the look of what nobody wrote down.
    ///
    /// The lines lie on a lattice that belongs to the canvas, so that hatched neighbours join without a seam.
    pub(crate) fn hatch(&mut self, area: Area, step: f64, stroke: Stroke) {
        let (l, t, r, b) = (area.x, area.y, area.right(), area.bottom());
        let first = ((l + t) / step).ceil();
        let mut ends = Vec::new();
        let mut at = first * step;
        while at < r + b {
            // the line x + y = at, cut to the rectangle
            let (x0, x1) = ((at - b).max(l), (at - t).min(r));
            if x1 > x0 {
                ends.push([(x0, at - x0), (x1, at - x1)]);
            }
            at += step;
        }
        if !ends.is_empty() {
            self.marks.push(Mark::Lines { ends, stroke });
        }
    }

    /// Puts everything of `other` down, moved by (`dx`, `dy`).
    pub(crate) fn place(&mut self, other: Canvas, dx: f64, dy: f64) {
        self.marks
            .extend(other.marks.into_iter().map(|mark| mark.moved(dx, dy)));
    }
}

impl Mark {
    /// The same mark, moved by (`dx`, `dy`).
    pub(crate) fn moved(self, dx: f64, dy: f64) -> Mark {
        let shift = |(x, y): (f64, f64)| (x + dx, y + dy);
        match self {
            Mark::Text(text) => Mark::Text(Text {
                x: text.x + dx,
                y: text.y + dy,
                ..text
            }),
            Mark::Lines { ends, stroke } => Mark::Lines {
                ends: ends
                    .into_iter()
                    .map(|[a, b]| [shift(a), shift(b)])
                    .collect(),
                stroke,
            },
            Mark::Shape {
                points,
                closed,
                fill,
                stroke,
            } => Mark::Shape {
                points: points.into_iter().map(shift).collect(),
                closed,
                fill,
                stroke,
            },
            Mark::Circle {
                at,
                radius,
                fill,
                stroke,
            } => Mark::Circle {
                at: shift(at),
                radius,
                fill,
                stroke,
            },
        }
    }

    /// The box around the mark, without the width of its outline; `None` when there is nothing in it.
    pub(crate) fn area(&self) -> Option<Area> {
        let points: Vec<(f64, f64)> = match self {
            Mark::Text(text) => return Some(text.area()),
            Mark::Circle { at, radius, .. } => {
                return Some(Area::new(
                    at.0 - radius,
                    at.1 - radius,
                    2.0 * radius,
                    2.0 * radius,
                ));
            }
            Mark::Lines { ends, .. } => ends.iter().flatten().copied().collect(),
            Mark::Shape { points, .. } => points.clone(),
        };
        let first = points.first()?;
        let (mut l, mut t, mut r, mut b) = (first.0, first.1, first.0, first.1);
        for (x, y) in points {
            (l, t, r, b) = (l.min(x), t.min(y), r.max(x), b.max(y));
        }
        Some(Area::new(l, t, r - l, b - t))
    }
}
