//! Plotters draws here: a backend that records into a [`Canvas`], in hundredths of a millimetre.
//!
//! Axes, ticks, series and error bars are those of plotters. What it has no element for (hatching, broken lines,
//! pointed bars) is an element of ours, placed by the same chart and put on the same canvas.

use std::cell::RefCell;
use std::convert::Infallible;
use std::ops::Range;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use plotters::element::{Drawable, DynElement, IntoDynElement, PointCollection};
use plotters::prelude::{
    Cartesian2d, ChartContext, DrawingArea, DrawingAreaErrorKind, DrawingBackend, FontDesc,
    FontFamily, FontStyle, IntoDrawingArea, RGBAColor, ShapeStyle, TextStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind,
};

use crate::render::canvas::{Area, Canvas, Point};
use crate::render::style::{CAP_HEIGHT, Ink, Stroke, Type};
use crate::report::chart::{Axis, Tick};

/// Units of the backend in a millimetre.
pub(crate) const UNITS: f64 = 100.0;

/// A part of the canvas that plotters draws on.
pub(crate) type Paper = DrawingArea<Recorder, Shift>;
/// A chart with two axes of numbers.
pub(crate) type Plot = ChartContext<'static, Recorder, Cartesian2d<Scale, Scale>>;
/// Anything that can be drawn on a [`Plot`].
pub(crate) type Element = DynElement<'static, Recorder, Point>;
/// Why plotters could not draw.
pub(crate) type Failure = DrawingAreaErrorKind<Infallible>;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// The backend.
pub(crate) struct Recorder(Rc<RefCell<Canvas>>);

/// A canvas of this many millimetres with what `draw` puts on it.
///
/// Recording cannot fail; should plotters refuse to draw all the same, the picture says so instead of being incomplete.
pub(crate) fn record(
    width: f64,
    height: f64,
    draw: impl FnOnce(&Paper) -> Result<(), Failure>,
) -> Canvas {
    let canvas = Rc::new(RefCell::new(Canvas::new(width, height)));
    let drawn = draw(&Recorder(canvas.clone()).into_drawing_area());
    let mut canvas = canvas.take();
    if let Err(failure) = drawn {
        let words = failure.to_string();
        canvas.text((0.0, 4.0), Type::new(3.0, Ink::Black).bold(), &words);
    }
    canvas
}

/// Millimetres as units of the backend.
pub(crate) fn units(millimetres: f64) -> i32 {
    (millimetres * UNITS).round() as i32
}

fn millimetres((x, y): BackendCoord) -> Point {
    (f64::from(x) / UNITS, f64::from(y) / UNITS)
}

/// A filled shape of one ink.
pub(crate) fn filled(ink: Ink) -> ShapeStyle {
    ShapeStyle {
        filled: true,
        ..Stroke::solid(ink, 0.0).into()
    }
}

/// Words in regular type whose end named by `h` stands at their place; they stand on their base line.
pub(crate) fn type_of(face: Type, h: HPos) -> TextStyle<'static> {
    FontDesc::new(FontFamily::SansSerif, face.size * UNITS, FontStyle::Normal)
        .color(&RGBAColor::from(face.ink))
        .pos(Pos::new(h, VPos::Bottom))
}

impl From<Ink> for RGBAColor {
    fn from(ink: Ink) -> RGBAColor {
        let [r, g, b] = ink.rgb();
        RGBAColor(r, g, b, 1.0)
    }
}

impl From<Stroke> for ShapeStyle {
    fn from(stroke: Stroke) -> ShapeStyle {
        ShapeStyle {
            color: stroke.ink.into(),
            filled: false,
            stroke_width: units(stroke.width).unsigned_abs(),
        }
    }
}

/// The ink of a colour; colours that are none of ours do not reach the backend.
fn ink(color: BackendColor) -> Ink {
    let (r, g, b) = color.rgb;
    let inks = Ink::ON_WHITE.into_iter().chain([Ink::White]);
    inks.into_iter()
        .find(|ink| ink.rgb() == [r, g, b])
        .unwrap_or(Ink::Black)
}

/// What a shape is filled with, or how its outline is drawn.
fn look(style: &impl BackendStyle, fill: bool) -> (Option<Ink>, Option<Stroke>) {
    let ink = ink(style.color());
    if fill {
        (Some(ink), None)
    } else {
        let width = f64::from(style.stroke_width()) / UNITS;
        (None, Some(Stroke::solid(ink, width)))
    }
}

impl DrawingBackend for Recorder {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let canvas = self.0.borrow();
        let size = |length: f64| units(length).unsigned_abs();
        (size(canvas.width), size(canvas.height))
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, color: BackendColor) -> Drawn {
        let (x, y) = millimetres(at);
        let area = Area::new(x, y, 1.0 / UNITS, 1.0 / UNITS);
        self.0.borrow_mut().rect(area, Some(ink(color)), None);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        lower_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let ((l, t), (r, b)) = (millimetres(upper_left), millimetres(lower_right));
        let (inside, outline) = look(style, fill);
        let area = Area::new(l, t, r - l, b - t);
        self.0.borrow_mut().rect(area, inside, outline);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let points = path.into_iter().map(millimetres).collect();
        if let (_, Some(stroke)) = look(style, false) {
            self.0.borrow_mut().lines(vec![points], stroke);
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let (inside, outline) = look(style, fill);
        let radius = f64::from(radius) / UNITS;
        let mut canvas = self.0.borrow_mut();
        canvas.circle(millimetres(center), radius, inside, outline);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        let corners = corners.into_iter().map(millimetres).collect();
        let (inside, _) = look(style, true);
        self.0.borrow_mut().outline(corners, inside, None);
        Ok(())
    }

    /// Words are moved sideways rather than cut where they would leave the canvas.
    fn draw_text<S: BackendTextStyle>(
        &mut self,
        words: &str,
        style: &S,
        at: BackendCoord,
    ) -> Drawn {
        let (x, y) = millimetres(at);
        let face = face(style, style.size() / UNITS);
        let width = face.width(words);
        let left = match style.anchor().h_pos {
            HPos::Left => x,
            HPos::Center => x - width / 2.0,
            HPos::Right => x - width,
        };
        let foot = match style.anchor().v_pos {
            VPos::Top => y + CAP_HEIGHT * face.size,
            VPos::Center => y + CAP_HEIGHT * face.size / 2.0,
            VPos::Bottom => y,
        };
        let mut canvas = self.0.borrow_mut();
        let left = left.min(canvas.width - width).max(0.0);
        canvas.text((left, foot), face, words);
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        words: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let width = face(style, style.size()).width(words);
        let height = style.size() * CAP_HEIGHT;
        Ok((width.round() as u32, height.round() as u32))
    }
}

fn face(style: &impl BackendTextStyle, size: f64) -> Type {
    let face = Type::new(size, ink(style.color()));
    match style.style() {
        FontStyle::Bold => face.bold(),
        _ => face,
    }
}

/// An element of ours: points placed by the chart, and how they are drawn, in millimetres.
struct Own<F> {
    points: Vec<Point>,
    draw: F,
}

/// What `draw` puts on the canvas, given where `points` stand on it.
pub(crate) fn own(points: Vec<Point>, draw: impl Fn(&mut Canvas, &[Point]) + 'static) -> Element {
    Own { points, draw }.into_dyn()
}

impl<'a, F> PointCollection<'a, Point> for &'a Own<F> {
    type Point = &'a Point;
    type IntoIter = &'a [(f64, f64)];

    fn point_iter(self) -> &'a [(f64, f64)] {
        &self.points
    }
}

impl<F: Fn(&mut Canvas, &[Point])> Drawable<Recorder> for Own<F> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        backend: &mut Recorder,
        _: (u32, u32),
    ) -> Drawn {
        let points: Vec<Point> = points.map(millimetres).collect();
        (self.draw)(&mut backend.0.borrow_mut(), &points);
        Ok(())
    }
}

/// The values of an axis with the marks that the report chose, where plotters would choose its own.
pub(crate) struct Scale {
    from: f64,
    to: f64,
    marks: Vec<Tick>,
}

impl Scale {
    /// Values between `from`, at the left or at the bottom, and `to`.
    pub(crate) fn new(from: f64, to: f64, marks: Vec<Tick>) -> Scale {
        Scale { from, to, marks }
    }
}

/// The marks of `axis`, those without their label that would stand over one before, or, `from_end`, over one after.
/// `place` says where a part of the axis, 0 to 1, stands; labels stay between `from` and `to`.
pub(crate) fn uncrowded(
    axis: &Axis,
    place: impl Fn(f64) -> f64,
    (from, to): (f64, f64),
    face: Type,
    from_end: bool,
) -> Vec<Tick> {
    let mut ticks = axis.ticks.clone();
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let mut keep = |tick: &mut Tick| {
        let half = face.width(&tick.label) / 2.0;
        let at = place((tick.at - axis.from) / (axis.to - axis.from));
        let middle = at.max(from + half).min(to - half);
        let (left, right) = (middle - half, middle + half);
        let space = face.size * 0.4;
        if taken
            .iter()
            .all(|(l, r)| right + space <= *l || *r + space <= left)
        {
            taken.push((left, right));
        } else {
            tick.label.clear();
        }
    };
    if from_end {
        ticks.iter_mut().rev().for_each(&mut keep);
    } else {
        ticks.iter_mut().for_each(&mut keep);
    }
    ticks
}

impl Ranged for Scale {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (start, end): (i32, i32)) -> i32 {
        let part = (value - self.from) / (self.to - self.from);
        start + (part * f64::from(end - start)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        if hint.weight().allow_light_points() {
            return Vec::new();
        }
        self.marks.iter().map(|tick| tick.at).collect()
    }

    fn range(&self) -> Range<f64> {
        self.from..self.to
    }
}

impl ValueFormatter<f64> for Scale {
    fn format_ext(&self, value: &f64) -> String {
        let tick = self.marks.iter().find(|tick| tick.at == *value);
        tick.map_or_else(String::new, |tick| tick.label.clone())
    }
}
