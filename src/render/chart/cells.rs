//! Pictures without axes, put on the canvas directly: nights as cells (a disc for cramps, a ring for a calm night,
//! hatching for a night nobody wrote about), and the parts of a whole as bars.

use crate::diary::whole::NightState;
use crate::render::canvas::{Anchor, Area, Canvas};
use crate::render::style::{self, HATCHING, Ink, Stroke, Weight};
use crate::report::chart::{Calendar, Month, NightCell, Parts, Strip};

/// Months side by side.
const ABREAST: usize = 3;
/// The space between two months, millimetres.
const BETWEEN: f64 = 8.0;

/// A calendar of months, three abreast.
pub(crate) fn months(calendar: &Calendar, width: f64) -> Canvas {
    let column = (width - BETWEEN * (ABREAST as f64 - 1.0)) / ABREAST as f64;
    let side = column / 7.0;
    let mut canvas = Canvas::new(width, 0.0);
    let mut y = 0.0;
    for row in calendar.months.chunks(ABREAST) {
        let mut lowest: f64 = 0.0;
        for (at, month) in row.iter().enumerate() {
            let x = at as f64 * (column + BETWEEN);
            lowest = lowest.max(draw_month(
                &mut canvas,
                month,
                &calendar.weekdays,
                (x, y),
                side,
            ));
        }
        y = lowest + side * 0.7;
    }
    canvas.height = y;
    canvas
}

/// Rows of seven nights with the date of the first before each, `width` wide.
pub(crate) fn strip(strip: &Strip, width: f64, size: f64) -> Canvas {
    let labels = strip
        .weeks
        .iter()
        .map(|week| style::width(&week.label, size, Weight::Regular));
    let gutter = labels.fold(0.0, f64::max) + size * 0.6;
    let side = (width - gutter) / 7.0;
    let mut canvas = Canvas::new(width, 0.0);
    for (at, name) in strip.weekdays.iter().enumerate() {
        let middle = gutter + (at as f64 + 0.5) * side;
        canvas.text(
            (middle, size * 0.95),
            size,
            Weight::Regular,
            Anchor::Middle,
            Ink::Grey,
            name,
        );
    }
    let mut top = size * 1.35;
    for week in &strip.weeks {
        let foot = top + side / 2.0 + size * 0.36;
        canvas.text(
            (0.0, foot),
            size,
            Weight::Regular,
            Anchor::Start,
            Ink::Grey,
            &week.label,
        );
        for (at, night) in week.nights.iter().enumerate() {
            if let Some(night) = night {
                let undated = NightCell {
                    day: String::new(),
                    ..night.clone()
                };
                draw_cell(
                    &mut canvas,
                    &undated,
                    Area::new(gutter + at as f64 * side, top, side, side),
                );
            }
        }
        top += side;
    }
    canvas.height = top;
    canvas
}

fn draw_month(
    canvas: &mut Canvas,
    month: &Month,
    weekdays: &[String],
    (x, y): (f64, f64),
    side: f64,
) -> f64 {
    let title = side * 0.48;
    canvas.text(
        (x, y + title),
        title,
        Weight::Bold,
        Anchor::Start,
        Ink::Black,
        &month.label,
    );
    let size = side * 0.36;
    let heads = y + title + side * 0.55;
    for (at, name) in weekdays.iter().enumerate() {
        let middle = x + (at as f64 + 0.5) * side;
        canvas.text(
            (middle, heads),
            size,
            Weight::Regular,
            Anchor::Middle,
            Ink::Grey,
            name,
        );
    }
    let mut top = heads + side * 0.15;
    for week in &month.weeks {
        for (at, night) in week.nights.iter().enumerate() {
            if let Some(night) = night {
                draw_cell(
                    canvas,
                    night,
                    Area::new(x + at as f64 * side, top, side, side),
                );
            }
        }
        top += side;
    }
    top
}

/// One night in a square: its day in the corner, what is known of it in the middle.
pub(crate) fn draw_cell(canvas: &mut Canvas, night: &NightCell, area: Area) {
    let side = area.h;
    let frame = if night.excluded {
        Stroke::dashed(Ink::Grey, side * 0.05, side * 0.09)
    } else {
        Stroke::solid(Ink::Rule, side * 0.02)
    };
    if night.state == NightState::Unknown {
        hatch_around_day(canvas, area, !night.day.is_empty());
    }
    canvas.rect(area, None, Some(frame));
    let corner = (area.x + side * 0.06, area.y + side * 0.29);
    canvas.text(
        corner,
        side * 0.26,
        Weight::Regular,
        Anchor::Start,
        Ink::Grey,
        &night.day,
    );
    let down = if night.day.is_empty() { 0.5 } else { 0.57 };
    let middle = (area.x + area.w - side * 0.34, area.y + side * down);
    match night.state {
        NightState::Unknown => {}
        NightState::Calm => canvas.circle(
            middle,
            side * 0.22,
            None,
            Some(Stroke::solid(Ink::Black, side * 0.05)),
        ),
        NightState::Cramp => disc(canvas, night, middle, area),
    }
}

/// Hatches a cell; when `dated`, the corner with the day is left free so that it can be read.
fn hatch_around_day(canvas: &mut Canvas, area: Area, dated: bool) {
    let side = area.h;
    let step = side * 0.2;
    if !dated {
        canvas.hatch(area, step, HATCHING);
        return;
    }
    let (w, h) = (side * 0.45, side * 0.4);
    canvas.hatch(
        Area::new(area.x, area.y + h, area.w, area.h - h),
        step,
        HATCHING,
    );
    canvas.hatch(Area::new(area.x + w, area.y, area.w - w, h), step, HATCHING);
}

fn disc(canvas: &mut Canvas, night: &NightCell, middle: (f64, f64), area: Area) {
    let side = area.h;
    canvas.circle(middle, side * 0.295, Some(Ink::Black), None);
    if let Some(cramps) = night.cramps {
        let words = cramps.to_string();
        let size = side
            * [0.44, 0.33, 0.24]
                .get(words.len() - 1)
                .copied()
                .unwrap_or(0.18);
        let foot = middle.1 + size * 0.357;
        canvas.text(
            (middle.0, foot),
            size,
            Weight::Bold,
            Anchor::Middle,
            Ink::White,
            &words,
        );
    }
    if let Some(worst) = night.worst {
        let foot = (area.x + side * 0.06, area.y + side * 0.93);
        let words = worst.to_string();
        // ten takes two digits and still must not touch the disc
        let size = if words.len() > 1 {
            side * 0.27
        } else {
            side * 0.34
        };
        canvas.text(foot, size, Weight::Bold, Anchor::Start, Ink::Black, &words);
    }
}

/// One line a part: name, count and bar. What was not recorded is hatched.
pub(crate) fn parts(parts: &Parts, width: f64, size: f64) -> Canvas {
    let line = size * 1.35;
    let mut canvas = Canvas::new(width, 0.0);
    let wide = |words: &str| style::width(words, size, Weight::Regular);
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
