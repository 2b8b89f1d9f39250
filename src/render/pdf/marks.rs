//! Marks drawn on a page of a PDF.

use std::sync::Arc;

use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, LineCap, Stroke as PdfStroke, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};

use crate::render::canvas::Mark;
use crate::render::font::Weight;
use crate::render::ink::{Ink, Stroke};
use crate::render::sheet::DrawError;

/// A control point this far along the radius makes four Bézier curves a circle, to 0.03 % of the radius.
const ROUND: f64 = 0.552_284_749_8;

/// The two faces, ready to be drawn with.
pub(super) struct Fonts {
    regular: Font,
    bold: Font,
}

impl Fonts {
    /// Reads both faces.
    pub(super) fn load() -> Result<Fonts, DrawError> {
        let load = |weight: Weight| {
            let data: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(weight.bytes());
            Font::new(data.into(), 0)
                .ok_or_else(|| DrawError::Pdf("the font cannot be read".to_string()))
        };
        Ok(Fonts {
            regular: load(Weight::Regular)?,
            bold: load(Weight::Bold)?,
        })
    }

    fn face(&self, weight: Weight) -> Font {
        match weight {
            Weight::Regular => self.regular.clone(),
            Weight::Bold => self.bold.clone(),
        }
    }
}

/// Draws one mark.
pub(super) fn draw(surface: &mut Surface, fonts: &Fonts, mark: &Mark) {
    let mut path = PathBuilder::new();
    let (fill, stroke) = match mark {
        Mark::Text(text) => {
            surface.set_fill(Some(paint(text.ink)));
            surface.set_stroke(None);
            let start = Point::from_xy(text.left() as f32, text.y as f32);
            let face = fonts.face(text.weight);
            surface.draw_text(
                start,
                face,
                text.size as f32,
                &text.words,
                false,
                TextDirection::LeftToRight,
            );
            return;
        }
        Mark::Lines { ends, stroke } => {
            for [from, to] in ends {
                path.move_to(from.0 as f32, from.1 as f32);
                path.line_to(to.0 as f32, to.1 as f32);
            }
            (None, Some(*stroke))
        }
        Mark::Shape {
            points,
            closed,
            fill,
            stroke,
        } => {
            for (at, (x, y)) in points.iter().enumerate() {
                if at == 0 {
                    path.move_to(*x as f32, *y as f32);
                } else {
                    path.line_to(*x as f32, *y as f32);
                }
            }
            if *closed {
                path.close();
            }
            (*fill, *stroke)
        }
        Mark::Circle {
            at,
            radius,
            fill,
            stroke,
        } => {
            circle(&mut path, *at, *radius);
            (*fill, *stroke)
        }
    };
    surface.set_fill(fill.map(paint));
    surface.set_stroke(stroke.map(line));
    if let Some(path) = path.finish()
        && (fill.is_some() || stroke.is_some())
    {
        surface.draw_path(&path);
    }
}

fn circle(path: &mut PathBuilder, (x, y): (f64, f64), r: f64) {
    let at = |dx: f64, dy: f64| ((x + dx * r) as f32, (y + dy * r) as f32);
    let (start_x, start_y) = at(1.0, 0.0);
    path.move_to(start_x, start_y);
    for [a, b, c] in [
        [(1.0, ROUND), (ROUND, 1.0), (0.0, 1.0)],
        [(-ROUND, 1.0), (-1.0, ROUND), (-1.0, 0.0)],
        [(-1.0, -ROUND), (-ROUND, -1.0), (0.0, -1.0)],
        [(ROUND, -1.0), (1.0, -ROUND), (1.0, 0.0)],
    ] {
        let ((x1, y1), (x2, y2), (x3, y3)) = (at(a.0, a.1), at(b.0, b.1), at(c.0, c.1));
        path.cubic_to(x1, y1, x2, y2, x3, y3);
    }
    path.close();
}

fn paint(ink: Ink) -> Fill {
    let [r, g, b] = ink.rgb();
    Fill {
        paint: rgb::Color::new(r, g, b).into(),
        opacity: NormalizedF32::ONE,
        rule: Default::default(),
    }
}

fn line(stroke: Stroke) -> PdfStroke {
    let [r, g, b] = stroke.ink.rgb();
    PdfStroke {
        paint: rgb::Color::new(r, g, b).into(),
        width: stroke.width as f32,
        line_cap: LineCap::Butt,
        dash: stroke.dash.map(|[on, off]| StrokeDash {
            array: vec![on as f32, off as f32],
            offset: 0.0,
        }),
        ..PdfStroke::default()
    }
}
