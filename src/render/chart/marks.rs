//! The marks of the charts, each drawn the same in the picture and in its key, and the key itself.

use plotters::coord::types::RangedCoordf64;
use plotters::element::{Circle, ErrorBar, IntoDynElement, PathElement, Rectangle};
use plotters::prelude::Cartesian2d;

use crate::diary::coverage::NightState;
use crate::diary::moment::Night;
use crate::diary::pain::Pain;
use crate::diary::vocabulary::CourseKind;
use crate::render::canvas::{Area, Canvas, Point};
use crate::render::chart::cells::{FLAT, draw_cell};
use crate::render::plot::{Element, filled, own, record, units};
use crate::render::style::{HATCHING, Ink, RULE, Stroke, Type};
use crate::report::chart::{KeyEntry, KeyMark, LaneKind, NightCell};

/// The distance between lines of hatching, millimetres.
pub(crate) const HATCH: f64 = 1.4;
/// The level between two changes.
pub(crate) const LEVEL: Stroke = Stroke::solid(Ink::Vermillion, 0.7);
/// A change of level.
pub(crate) const CHANGE: Stroke = Stroke::broken(Ink::Vermillion, 0.5, [2.0, 1.0]);
/// The frame of what statistics skip.
pub(crate) const LEFT_OUT: Stroke = Stroke::broken(Ink::Grey, 0.3, [0.7, 0.7]);
/// The smooth curve over the bars of a clock.
pub(crate) const DENSITY: Stroke = Stroke::broken(Ink::Blue, 0.5, [1.6, 0.8]);
/// The line of no difference.
pub(crate) const NO_DIFFERENCE: Stroke = Stroke::broken(Ink::Grey, 0.3, [0.5, 0.7]);
/// The outline of a bar under a curve.
pub(crate) const OPEN_BAR: Stroke = Stroke::solid(Ink::Black, 0.35);
/// The outline of the cramps of a night that does not count.
pub(crate) const NOT_COUNTED: Stroke = Stroke::solid(Ink::Black, 0.18);
/// The height of the mark of a calm night of an experiment, and of one that does not count yet, as parts of the size of words.
pub(crate) const CALM: f64 = 0.45;
pub(crate) const WASHOUT: f64 = 0.3;
/// The interval of a rate.
const WHISKER: Stroke = Stroke::solid(Ink::Blue, 0.4);
/// The interval of an effect.
const INTERVAL: Stroke = Stroke::solid(Ink::Blue, 0.5);

/// Where the effect of the next person lies, under the interval of a mean.
pub(crate) const PREDICTION: Stroke = Stroke::solid(Ink::Grey, 0.2);

/// A line through points; a broken one keeps its dashes where plotters would cut it into pieces.
pub(crate) fn path(points: Vec<Point>, stroke: Stroke) -> Element {
    own(points, move |canvas, at| {
        canvas.lines(vec![at.to_vec()], stroke);
    })
}

/// What `draw` puts on the area between two corners.
fn between(corners: [Point; 2], draw: impl Fn(&mut Canvas, Area) + 'static) -> Element {
    own(corners.to_vec(), move |canvas, at| {
        if let Some(area) = Area::around(at) {
            draw(canvas, area);
        }
    })
}

/// Hatching between two corners.
pub(crate) fn hatched(corners: [Point; 2], step: f64) -> Element {
    between(corners, move |canvas, area| {
        canvas.hatch(area, step, HATCHING)
    })
}

/// An outline between two corners.
pub(crate) fn framed(corners: [Point; 2], stroke: Stroke) -> Element {
    between(corners, move |canvas, area| {
        canvas.rect(area, None, Some(stroke))
    })
}

/// A rate on its interval; `high` is the end of the axis where the interval goes on beyond it.
pub(crate) fn rate(
    x: f64,
    (low, value, high): (f64, f64, f64),
    sparse: bool,
    clipped: bool,
    size: f64,
) -> Vec<Element> {
    let mut marks = if clipped {
        vec![arrow(x, low, high, size)]
    } else {
        let width = units(size * 0.44).unsigned_abs();
        vec![ErrorBar::new_vertical(x, low, value, high, WHISKER, width).into_dyn()]
    };
    // the rate itself: a filled dot, or a ring where few nights were recorded
    let radius = units(size * 0.26);
    let inside = if sparse { Ink::White } else { Ink::Black };
    let edge = Stroke::solid(Ink::Black, size * 0.1);
    marks.push(Circle::new((x, value), radius, filled(inside)).into_dyn());
    marks.push(Circle::new((x, value), radius, edge).into_dyn());
    marks
}

/// An interval that goes on beyond the axis.
fn arrow(x: f64, low: f64, high: f64, size: f64) -> Element {
    let half = size * 0.22;
    own(vec![(x, low), (x, high)], move |canvas, at| {
        if let [(x, low), (_, high)] = *at {
            canvas.line((x, low), (x, high), WHISKER);
            canvas.line((x - half, low), (x + half, low), WHISKER);
            let foot = high + size * 0.55;
            let head = vec![(x, high), (x - half, foot), (x + half, foot)];
            canvas.outline(head, Some(Ink::Blue), None);
        }
    })
}

/// An effect as a square on its interval; an end that goes on beyond the axis is an arrow, and an effect beyond the axis
/// has no square.
pub(crate) fn effect(
    (low, at, high): (f64, f64, f64),
    y: f64,
    clipped: (bool, bool),
    size: f64,
) -> Vec<Element> {
    let half = size * 0.26;
    let mut marks = Vec::new();
    if clipped == (false, false) {
        let width = units(size * 0.4).unsigned_abs();
        marks.push(ErrorBar::new_horizontal(y, low, at, high, INTERVAL, width).into_dyn());
    } else {
        marks.push(PathElement::new(vec![(low, y), (high, y)], INTERVAL).into_dyn());
        for (x, goes_on, inwards) in [(low, clipped.0, 1.0), (high, clipped.1, -1.0)] {
            marks.push(own(vec![(x, y)], move |canvas, at| {
                for (x, y) in at.iter().copied() {
                    let foot = x + inwards * size * 0.5;
                    if goes_on {
                        let head = vec![(x, y), (foot, y - half), (foot, y + half)];
                        canvas.outline(head, Some(Ink::Blue), None);
                    } else {
                        canvas.line((x, y - half), (x, y + half), INTERVAL);
                    }
                }
            }));
        }
    }
    let beyond = (clipped.0 && at <= low) || (clipped.1 && at >= high);
    let place = if beyond { Vec::new() } else { vec![(at, y)] };
    marks.push(own(place, move |canvas, at| {
        for (x, y) in at {
            canvas.rect(Area::square(*x, *y, half), Some(Ink::Black), None);
        }
    }));
    marks
}

/// The mark of an event, standing on `foot`.
pub(crate) fn triangle(canvas: &mut Canvas, x: f64, foot: f64, size: f64) {
    let half = size * 0.36;
    let corners = vec![(x, foot - size * 0.7), (x - half, foot), (x + half, foot)];
    canvas.outline(corners, Some(Ink::Black), None);
}

/// A bar whose look says what kind of thing it is; an end that goes on is drawn as a point.
pub(crate) fn lane_bar(
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
            canvas.outline(outline, Some(Ink::Vermillion), Some(edge));
        }
        LaneKind::Course(CourseKind::Supplement) => canvas.outline(outline, None, Some(edge)),
        LaneKind::Course(CourseKind::Measure) => {
            let mut stripes = Vec::new();
            let mut x = l + 0.9;
            while x < r - if goes_on { point } else { 0.2 } {
                stripes.push(vec![(x, t), (x, b)]);
                x += 0.9;
            }
            canvas.outline(outline, None, Some(edge));
            canvas.lines(stripes, edge);
        }
        LaneKind::Excluded => canvas.outline(outline, None, Some(LEFT_OUT)),
    }
}

/// The key as lines of marks and words, `width` millimetres wide.
pub(crate) fn key(entries: &[KeyEntry], width: f64, size: f64) -> Canvas {
    let (line, swatch) = (size * 1.8, size * 2.8);
    let black = Type::new(size, Ink::Black);
    let (mut x, mut y) = (0.0, 0.0);
    let mut placed = Vec::new();
    for entry in entries {
        let words = black.fit(&entry.words, width - swatch - size);
        let wide = swatch + black.width(&words);
        if x > 0.0 && x + wide > width {
            (x, y) = (0.0, y + line);
        }
        placed.push((entry.mark, x, y, words));
        x += wide + size * 1.3;
    }
    let height = if entries.is_empty() { 0.0 } else { y + line };
    record(width, height, |paper| {
        // values of this chart are millimetres, growing downwards
        let (w, h) = (units(width), units(height));
        let spec: Cartesian2d<RangedCoordf64, RangedCoordf64> =
            Cartesian2d::new(0.0..width, 0.0..height, (0..w, 0..h));
        let area = paper.apply_coord_spec(spec);
        for (mark, x, y, words) in placed {
            let sample = Area::new(x, y + size * 0.2, swatch - size * 0.5, size * 1.3);
            for element in key_mark(mark, sample, size) {
                area.draw(&element)?;
            }
            let foot = (x + swatch, y + size * 1.2);
            area.draw(&own(vec![foot], move |canvas, at| {
                for at in at {
                    canvas.text(*at, black, &words);
                }
            }))?;
        }
        Ok(())
    })
}

fn key_mark(mark: KeyMark, area: Area, size: f64) -> Vec<Element> {
    let (x, y) = (area.x + area.w / 2.0, area.y + area.h / 2.0);
    let (l, t, r, b) = (area.x, area.y, area.right(), area.bottom());
    let upright = [(x - size * 0.4, t), (x + size * 0.4, b)];
    let lane = |kind| {
        let bar = Area::new(l, y - size * 0.25, area.w, size * 0.5);
        own(Vec::new(), move |canvas, _| {
            lane_bar(canvas, kind, bar, false, false)
        })
    };
    let course = |kind| lane(LaneKind::Course(kind));
    let night = |state, excluded| {
        let draw =
            move |canvas: &mut Canvas, _: &[_]| sample(canvas, state, excluded, (x, y), size);
        own(Vec::new(), draw)
    };
    let one = match mark {
        KeyMark::Rate => return rate(x, (b, y, t), false, false, size),
        KeyMark::SparseRate => return rate(x, (b, y, t), true, false, size),
        KeyMark::Effect | KeyMark::Mean => {
            return effect((l, x, r), y, (false, false), size);
        }
        KeyMark::Prediction => path(vec![(l, y), (r, y)], PREDICTION),
        KeyMark::Hatched => {
            return vec![
                hatched([(l, t), (r, b)], 0.9),
                framed([(l, t), (r, b)], RULE),
            ];
        }
        KeyMark::Clipped => arrow(x, b, t, size),
        KeyMark::Medicine => course(CourseKind::Medicine),
        KeyMark::Supplement => course(CourseKind::Supplement),
        KeyMark::Measure => course(CourseKind::Measure),
        KeyMark::Excluded => lane(LaneKind::Excluded),
        KeyMark::Event => own(Vec::new(), move |canvas, _| {
            triangle(canvas, x, y + size * 0.35, size);
        }),
        KeyMark::Count => Rectangle::new(upright, filled(Ink::Black)).into_dyn(),
        KeyMark::OpenCount => Rectangle::new(upright, OPEN_BAR).into_dyn(),
        KeyMark::Density => path(vec![(l, y), (r, y)], DENSITY),
        KeyMark::Level => path(vec![(l, y), (r, y)], LEVEL),
        KeyMark::NoDifference => path(vec![(x, t), (x, b)], NO_DIFFERENCE),
        KeyMark::Change => path(vec![(x, t), (x, b)], CHANGE),
        KeyMark::CalmNight => night(NightState::Calm, false),
        KeyMark::CrampNight => night(NightState::Cramp, false),
        KeyMark::UnknownNight => night(NightState::Unknown, false),
        KeyMark::ExcludedNight => night(NightState::Calm, true),
        KeyMark::CrampsOfNight => Rectangle::new(upright, filled(Ink::Black)).into_dyn(),
        KeyMark::NotCounted => Rectangle::new(upright, NOT_COUNTED).into_dyn(),
        KeyMark::CalmTick => {
            let calm = Stroke::solid(Ink::Black, 0.25);
            let foot = y + size * 0.4;
            return vec![
                path(vec![(x, foot), (x, foot - size * CALM)], calm),
                path(vec![(l, foot), (r, foot)], RULE),
            ];
        }
        KeyMark::Washout => {
            let strip = [(l, y - size * WASHOUT / 2.0), (r, y + size * WASHOUT / 2.0)];
            Rectangle::new(strip, filled(Ink::Rule)).into_dyn()
        }
        KeyMark::PeriodRate => path(vec![(l, y), (r, y)], LEVEL),
    };
    vec![one]
}

/// A cell as it looks in the picture; an example night has two cramps and a worst pain of 7.
fn sample(canvas: &mut Canvas, state: NightState, excluded: bool, (x, y): (f64, f64), size: f64) {
    let cramp = state == NightState::Cramp;
    let night = NightCell {
        night: Night::of_evening(chrono::NaiveDate::default()),
        day: String::new(),
        state,
        cramps: cramp.then_some(2),
        worst: cramp.then(|| Pain::of(7.0)).flatten(),
        excluded,
    };
    let (wide, high) = (size * 1.68 / FLAT, size * 1.68);
    let area = Area::new(x - wide / 2.0, y - high / 2.0, wide, high);
    draw_cell(canvas, &night, area, false);
}
