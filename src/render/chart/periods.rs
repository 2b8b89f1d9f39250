//! The nights of an experiment, put on the canvas directly: a lane for the nights with it and one for those without.
//! What counted is filled, what did not is open or framed, and what nobody wrote down is hatched.

use crate::render::canvas::{Area, Canvas};
use crate::render::chart::marks::{CALM, HATCH, LEFT_OUT, LEVEL, NOT_COUNTED, WASHOUT};
use crate::render::plot::uncrowded;
use crate::render::style::{Anchor, HATCHING, Ink, RULE, Stroke, Type};
use crate::report::chart::{LeftOut, PeriodLane, PeriodNight, Periods};

/// The heights of the parts of a lane, as parts of the size of its words: the rates, the bars, and the space below.
const NUMBERS: f64 = 1.4;
const BARS: f64 = 4.4;
const BELOW: f64 = 1.3;
/// The height of a lane of the axis with its labels, likewise.
const AXIS: f64 = 2.0;

/// Draws both lanes and the axis under them `width` wide.
pub(crate) fn periods(periods: &Periods, width: f64, size: f64) -> Canvas {
    let grey = Type::new(size, Ink::Grey);
    let bold = Type::new(size, Ink::Black).bold();
    let lanes = &periods.lanes;
    let names = bold.widest(lanes.iter().map(|lane| lane.label.as_str()));
    let rates = grey.widest(lanes.iter().map(|lane| lane.rate.as_str()));
    let gutter = names.max(rates) + size * 0.8;
    let (from, to) = (periods.x.from, periods.x.to);
    let night = (width - gutter) / (to - from);
    let x = |at: f64| gutter + (at - from) * night;
    let mut canvas = Canvas::new(width, 0.0);
    let titled = grey.anchored(Anchor::End);
    canvas.text((width, size * 0.9), titled, &periods.x.title);
    let mut y = size * 1.5;
    for lane in lanes {
        let bars = Area::new(gutter, y + size * NUMBERS, width - gutter, size * BARS);
        canvas.text((0.0, bars.y + size * 1.6), bold, &lane.label);
        canvas.text((0.0, bars.y + size * 3.0), grey, &lane.rate);
        draw_lane(&mut canvas, lane, bars, (&x, night), periods.most, size);
        y = bars.bottom() + size * BELOW;
    }
    y -= size * (BELOW - 0.6);
    canvas.line((gutter, y), (width, y), RULE);
    let part = |part: f64| gutter + part * (width - gutter);
    for tick in uncrowded(&periods.x, part, (0.0, width), grey, false) {
        let at = x(tick.at);
        canvas.line((at, y), (at, y + size * 0.31), RULE);
        let half = grey.width(&tick.label) / 2.0;
        let middle = at.max(half).min(width - half);
        let face = grey.anchored(Anchor::Middle);
        canvas.text((middle, y + size * 1.5), face, &tick.label);
    }
    canvas.height = y + size * AXIS;
    canvas
}

/// One lane; `x` says where a night begins, and how wide one is.
fn draw_lane(
    canvas: &mut Canvas,
    lane: &PeriodLane,
    bars: Area,
    (x, wide): (&dyn Fn(f64) -> f64, f64),
    most: usize,
    size: f64,
) {
    for (start, end) in &lane.runs {
        let run = Area::new(x(*start), bars.y, x(*end) - x(*start), bars.h);
        canvas.rect(run, None, Some(RULE));
    }
    for night in &lane.nights {
        let place = Area::new(x(night.at), bars.y, wide, bars.h);
        draw_night(canvas, night, place, most, size);
    }
    for (start, end) in left_out(lane) {
        let inset = wide.min(1.0) * 0.2;
        let length = x(end) - x(start) - 2.0 * inset;
        let frame = Area::new(
            x(start) + inset,
            bars.y + inset,
            length,
            bars.h - 2.0 * inset,
        );
        canvas.rect(frame, None, Some(LEFT_OUT));
    }
    for stretch in &lane.rates {
        let (left, right) = (x(stretch.start), x(stretch.end));
        if let Some(rate) = stretch.rate {
            let height = bars.bottom() - bars.h * (rate / most as f64).min(1.0);
            canvas.line((left, height), (right, height), LEVEL);
        }
        let face = Type::new(size, Ink::Black).anchored(Anchor::Middle);
        let fits = (right - left) * 0.94 / face.width(&stretch.label);
        let face = Type {
            size: size * fits.min(1.0),
            ..face
        };
        let middle = ((left + right) / 2.0, bars.y - size * 0.35);
        canvas.text(middle, face, &stretch.label);
    }
}

/// Where nights that are left out of all numbers follow each other.
fn left_out(lane: &PeriodLane) -> Vec<(f64, f64)> {
    let nights = lane.nights.iter();
    let out = nights.filter(|night| night.left_out == Some(LeftOut::Excluded));
    let out: Vec<f64> = out.map(|night| night.at).collect();
    let runs = out.chunk_by(|one, next| one + 1.0 == *next);
    runs.filter_map(|run| Some((*run.first()?, run.last()? + 1.0)))
        .collect()
}

fn draw_night(canvas: &mut Canvas, night: &PeriodNight, place: Area, most: usize, size: f64) {
    let foot = place.bottom();
    if night.left_out == Some(LeftOut::Washout) {
        let strip = Area::new(place.x, foot, place.w, size * WASHOUT);
        canvas.rect(strip, Some(Ink::Rule), None);
    }
    if night.left_out == Some(LeftOut::Excluded) {
        return;
    }
    let inset = place.w * 0.16;
    let (left, width) = (place.x + inset, place.w - 2.0 * inset);
    match night.cramps {
        None => canvas.hatch(place, HATCH * 0.6, HATCHING),
        Some(0) => {
            let middle = place.x + place.w / 2.0;
            let stroke = Stroke::solid(Ink::Black, (place.w * 0.4).min(0.25));
            canvas.line((middle, foot), (middle, foot - size * CALM), stroke);
        }
        Some(cramps) => {
            let height = place.h * cramps as f64 / most as f64;
            let bar = Area::new(left, foot - height, width, height);
            match night.left_out {
                None => canvas.rect(bar, Some(Ink::Black), None),
                Some(_) => canvas.rect(bar, None, Some(NOT_COUNTED)),
            }
        }
    }
}
