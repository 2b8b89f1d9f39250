//! Counts as bars: by the hour of the night, and by the parts of a whole.

use crate::render::canvas::{Anchor, Area, Canvas};
use crate::render::chart::rates::{HATCH, HATCHING, axes};
use crate::render::font::{self, Weight};
use crate::render::ink::{Ink, Stroke};
use crate::report::chart::{Clock, Parts};

/// The smooth curve over the bars of a clock.
pub(crate) const DENSITY: Stroke = Stroke {
    ink: Ink::Blue,
    width: 0.5,
    dash: Some([1.6, 0.8]),
};

/// Bars over the hours of the night, `height` high with its axes; each bar carries its number.
pub(crate) fn clock(clock: &Clock, width: f64, height: f64, size: f64) -> Canvas {
    let mut canvas = Canvas::new(width, height);
    let frame = axes(&mut canvas, &clock.x, &clock.y, height, size);
    if !clock.known {
        canvas.hatch(frame.area, HATCH, HATCHING);
    }
    let smooth = !clock.density.is_empty();
    for bar in clock.bars.iter().filter(|bar| bar.count > 0) {
        let (left, right) = (frame.x(bar.start), frame.x(bar.end));
        let inset = (right - left) * 0.12;
        let top = frame.y(bar.count as f64);
        let area = Area::new(
            left + inset,
            top,
            right - left - 2.0 * inset,
            frame.area.bottom() - top,
        );
        let number = bar.count.to_string();
        let fits = (right - left) * 0.94 / font::width(&number, size, Weight::Regular);
        // under a curve bars are open and their numbers stand in a row above, where neither hides the other
        let foot = if smooth {
            frame.area.y + size * 0.8
        } else {
            top - size * 0.2
        };
        let (fill, edge) = if smooth {
            (None, Some(Stroke::solid(Ink::Black, 0.35)))
        } else {
            (Some(Ink::Black), None)
        };
        canvas.rect(area, fill, edge);
        let above = ((left + right) / 2.0, foot);
        canvas.text(
            above,
            size * fits.min(1.0),
            Weight::Regular,
            Anchor::Middle,
            Ink::Black,
            &number,
        );
    }
    canvas.path(
        clock
            .density
            .iter()
            .map(|(x, y)| (frame.x(*x), frame.y(*y)))
            .collect(),
        DENSITY,
    );
    canvas
}

/// One line a part: name, count and bar. What was not recorded is hatched.
pub(crate) fn parts(parts: &Parts, width: f64, size: f64) -> Canvas {
    let line = size * 1.35;
    let mut canvas = Canvas::new(width, 0.0);
    let wide = |words: &str| font::width(words, size, Weight::Regular);
    let names = parts
        .rows
        .iter()
        .map(|row| wide(&row.label))
        .fold(0.0, f64::max);
    let counts = parts
        .rows
        .iter()
        .map(|row| wide(&row.count.to_string()))
        .fold(0.0, f64::max);
    let left = names + size * 0.8 + counts + size * 0.6;
    let mut y = 0.0;
    for row in &parts.rows {
        let foot = y + size;
        canvas.text(
            (0.0, foot),
            size,
            Weight::Regular,
            Anchor::Start,
            Ink::Black,
            &row.label,
        );
        let count = row.count.to_string();
        canvas.text(
            (left - size * 0.6, foot),
            size,
            Weight::Regular,
            Anchor::End,
            Ink::Black,
            &count,
        );
        let length = (row.count as f64 / parts.to) * (width - left);
        if row.count > 0 {
            let area = Area::new(left, foot - size * 0.78, length, size * 0.85);
            if row.unknown {
                canvas.hatch(area, size * 0.35, HATCHING);
                canvas.rect(area, None, Some(HATCHING));
            } else {
                canvas.rect(area, Some(Ink::Black), None);
            }
        }
        y += line;
    }
    canvas.height = y;
    canvas
}
