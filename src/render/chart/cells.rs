//! Pictures without axes, put on the canvas directly: nights as cells (a disc for cramps, a ring for a calm night,
//! hatching for a night nobody wrote about), and the parts of a whole as bars.

use crate::diary::coverage::NightState;
use crate::render::canvas::{Area, Canvas, Point};
use crate::render::style::{Anchor, HATCHING, Ink, Stroke, Type};
use crate::report::chart::{Calendar, NightCell, Parts, Strip, Week};

/// Months side by side.
const ABREAST: usize = 3;
/// The space between two months, millimetres.
const BETWEEN: f64 = 8.0;
/// The height of a cell of a strip, as a part of its width: the disc and the pain stand side by side.
pub(crate) const FLAT: f64 = 0.7;

/// A calendar of months, three abreast.
pub(crate) fn months(calendar: &Calendar, width: f64) -> Canvas {
    let column = (width - BETWEEN * (ABREAST as f64 - 1.0)) / ABREAST as f64;
    let side = column / 7.0;
    let title = side * 0.48;
    let mut canvas = Canvas::new(width, 0.0);
    let mut y = 0.0;
    for row in calendar.months.chunks(ABREAST) {
        let heads = y + title + side * 0.55;
        let mut lowest: f64 = 0.0;
        for (at, month) in row.iter().enumerate() {
            let x = at as f64 * (column + BETWEEN);
            let bold = Type::new(title, Ink::Black).bold();
            canvas.text((x, y + title), bold, &month.label);
            weekdays(
                &mut canvas,
                &calendar.weekdays,
                (x, heads),
                side,
                side * 0.36,
            );
            let mut top = heads + side * 0.15;
            for week in &month.weeks {
                let first = Area::new(x, top, side, side);
                draw_week(&mut canvas, week, first, true);
                top += side;
            }
            lowest = lowest.max(top);
        }
        y = lowest + side * 0.7;
    }
    canvas.height = y;
    canvas
}

/// Rows of seven nights with the date of the first before each, `width` wide.
pub(crate) fn strip(strip: &Strip, width: f64, size: f64) -> Canvas {
    let grey = Type::new(size, Ink::Grey);
    let labels = strip.weeks.iter().map(|week| week.label.as_str());
    let gutter = grey.widest(labels) + size * 0.6;
    let cell = Area::new(
        gutter,
        size * 1.35,
        (width - gutter) / 7.0,
        (width - gutter) / 7.0 * FLAT,
    );
    let mut canvas = Canvas::new(width, 0.0);
    weekdays(
        &mut canvas,
        &strip.weekdays,
        (gutter, size * 0.95),
        cell.w,
        size,
    );
    let mut top = cell.y;
    for week in &strip.weeks {
        let foot = top + cell.h / 2.0 + size * 0.36;
        canvas.text((0.0, foot), grey, &week.label);
        draw_week(&mut canvas, week, Area { y: top, ..cell }, false);
        top += cell.h;
    }
    canvas.height = top;
    canvas
}

/// The names of the seven columns from `x` on.
fn weekdays(canvas: &mut Canvas, names: &[String], (x, foot): Point, side: f64, size: f64) {
    let face = Type::new(size, Ink::Grey).anchored(Anchor::Middle);
    for (at, name) in names.iter().enumerate() {
        canvas.text((x + (at as f64 + 0.5) * side, foot), face, name);
    }
}

/// Seven nights in a row that begins with the cell `first`; when `dated`, each with its day in the corner.
fn draw_week(canvas: &mut Canvas, week: &Week, first: Area, dated: bool) {
    for (at, night) in week.nights.iter().enumerate() {
        if let Some(night) = night {
            let x = first.x + at as f64 * first.w;
            draw_cell(canvas, night, Area { x, ..first }, dated);
        }
    }
}

/// One night in its cell: what is known of it, its worst pain beside or below, and its day in the corner when `dated`.
pub(crate) fn draw_cell(canvas: &mut Canvas, night: &NightCell, area: Area, dated: bool) {
    let side = area.h;
    let frame = if night.excluded {
        Stroke::broken(Ink::Grey, side * 0.05, [side * 0.09; 2])
    } else {
        Stroke::solid(Ink::Rule, side * 0.02)
    };
    if night.state == NightState::Unknown {
        hatch_around_day(canvas, area, dated);
    }
    canvas.rect(area, None, Some(frame));
    if dated {
        let corner = (area.x + side * 0.06, area.y + side * 0.29);
        canvas.text(corner, Type::new(side * 0.26, Ink::Grey), &night.day);
    }
    // the disc leaves the day its corner and the pain the foot of a square cell, or the right half of a wide one
    let centre = area.y + side * 0.5;
    let (middle, radius) = match (dated, night.worst) {
        (true, _) => ((area.right() - side * 0.32, area.y + side * 0.32), 0.25),
        (false, Some(_)) => ((area.x + side * 0.38, centre), 0.3),
        (false, None) => ((area.x + area.w / 2.0, centre), 0.3),
    };
    match night.state {
        NightState::Unknown => {}
        NightState::Calm => {
            let ring = Stroke::solid(Ink::Black, side * 0.05);
            canvas.circle(middle, side * radius * 0.75, None, Some(ring));
        }
        NightState::Cramp => {
            disc(canvas, night, middle, side * radius);
            pain(canvas, night, area, dated);
        }
    }
}

/// Hatches a cell; when `dated`, the corner with the day is left free so that it can be read.
fn hatch_around_day(canvas: &mut Canvas, area: Area, dated: bool) {
    let Area { x, y, w, h: side } = area;
    let step = side * 0.2;
    if !dated {
        canvas.hatch(area, step, HATCHING);
        return;
    }
    let (right, down) = (side * 0.45, side * 0.4);
    canvas.hatch(Area::new(x, y + down, w, side - down), step, HATCHING);
    canvas.hatch(Area::new(x + right, y, w - right, down), step, HATCHING);
}

/// The number of cramps on a disc.
fn disc(canvas: &mut Canvas, night: &NightCell, middle: Point, radius: f64) {
    canvas.circle(middle, radius, Some(Ink::Black), None);
    if let Some(cramps) = night.cramps {
        let words = cramps.to_string();
        let size = radius
            * match words.len() {
                1 => 1.5,
                2 => 1.15,
                3 => 0.85,
                _ => 0.65,
            };
        let face = Type::new(size, Ink::White).bold().anchored(Anchor::Middle);
        canvas.text((middle.0, middle.1 + size * 0.357), face, &words);
    }
}

/// The worst pain, large enough to be read in a copy of a print, and still clear of the disc.
fn pain(canvas: &mut Canvas, night: &NightCell, area: Area, dated: bool) {
    let Some(worst) = night.worst else {
        return;
    };
    let (side, words) = (area.h, worst.to_string());
    let face = Type::new(side * if dated { 0.38 } else { 0.52 }, Ink::Black).bold();
    let (left, foot) = if dated {
        (area.x + side * 0.06, area.y + side * 0.93)
    } else {
        (
            area.x + side * 0.74,
            area.y + side * 0.5 + face.size * 0.357,
        )
    };
    // a half takes three letters
    let fits = (area.right() - side * 0.04 - left) / face.width(&words);
    let size = face.size * fits.min(1.0);
    canvas.text((left, foot), Type { size, ..face }, &words);
}

/// One line a part: name, count and bar. What was not recorded is hatched.
pub(crate) fn parts(parts: &Parts, width: f64, size: f64) -> Canvas {
    let black = Type::new(size, Ink::Black);
    let mut canvas = Canvas::new(width, 0.0);
    let counts: Vec<String> = parts.rows.iter().map(|row| row.count.to_string()).collect();
    let names = black.widest(parts.rows.iter().map(|row| row.label.as_str()));
    let numbers = black.widest(counts.iter().map(String::as_str));
    let left = names + size * 0.8 + numbers + size * 0.6;
    let mut y = 0.0;
    for (row, count) in parts.rows.iter().zip(&counts) {
        let foot = y + size;
        canvas.text((0.0, foot), black, &row.label);
        let end = (left - size * 0.6, foot);
        canvas.text(end, black.anchored(Anchor::End), count);
        let length = (row.count as f64 / parts.to) * (width - left);
        let area = Area::new(left, foot - size * 0.78, length, size * 0.85);
        if row.count > 0 && row.unknown {
            canvas.hatch(area, size * 0.35, HATCHING);
            canvas.rect(area, None, Some(HATCHING));
        } else if row.count > 0 {
            canvas.rect(area, Some(Ink::Black), None);
        }
        y += size * 1.35;
    }
    canvas.height = y;
    canvas
}
