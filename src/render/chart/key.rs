//! The key of a chart: each mark as it is drawn, and what it means.

use crate::diary::night::Night;
use crate::diary::vocabulary::CourseKind;
use crate::diary::whole::NightState;
use crate::render::canvas::{Anchor, Area, Canvas};
use crate::render::chart::cells::draw_cell;
use crate::render::chart::forest;
use crate::render::chart::rates::{CHANGE, HATCHING, LEVEL, dot, draw_bar, triangle, whisker};
use crate::render::font::{self, Weight};
use crate::render::ink::{Ink, Stroke};
use crate::report::chart::{KeyEntry, KeyMark, LaneKind, NightCell};

/// The key as lines of marks and words, `width` millimetres wide.
pub(crate) fn draw(entries: &[KeyEntry], width: f64, size: f64) -> Canvas {
    let mut canvas = Canvas::new(width, 0.0);
    let line = size * 1.8;
    let swatch = size * 2.2;
    let mut x = 0.0;
    let mut y = 0.0;
    for entry in entries {
        let words = font::fit(&entry.words, size, Weight::Regular, width - swatch - size);
        let wide = swatch + font::width(&words, size, Weight::Regular);
        if x > 0.0 && x + wide > width {
            x = 0.0;
            y += line;
        }
        draw_mark(
            &mut canvas,
            entry.mark,
            Area::new(x, y + size * 0.2, swatch - size * 0.5, size * 1.3),
            size,
        );
        canvas.text(
            (x + swatch, y + size * 1.2),
            size,
            Weight::Regular,
            Anchor::Start,
            Ink::Black,
            &words,
        );
        x += wide + size * 1.3;
    }
    canvas.height = if entries.is_empty() { 0.0 } else { y + line };
    canvas
}

fn draw_mark(canvas: &mut Canvas, mark: KeyMark, area: Area, size: f64) {
    let middle = (area.x + area.w / 2.0, area.y + area.h / 2.0);
    let ends = (area.bottom(), area.y);
    let bar = Area::new(area.x, middle.1 - size * 0.25, area.w, size * 0.5);
    let upright = Area::new(middle.0 - size * 0.4, area.y, size * 0.8, area.h);
    match mark {
        KeyMark::Rate | KeyMark::SparseRate => {
            whisker(canvas, middle.0, ends, false, size);
            dot(canvas, middle, mark == KeyMark::SparseRate, size);
        }
        KeyMark::Clipped => whisker(canvas, middle.0, ends, true, size),
        KeyMark::Hatched => {
            canvas.hatch(area, 0.9, HATCHING);
            canvas.rect(area, None, Some(Stroke::solid(Ink::Rule, 0.16)));
        }
        KeyMark::Medicine => draw_bar(
            canvas,
            LaneKind::Course(CourseKind::Medicine),
            bar,
            false,
            false,
        ),
        KeyMark::Supplement => draw_bar(
            canvas,
            LaneKind::Course(CourseKind::Supplement),
            bar,
            false,
            false,
        ),
        KeyMark::Measure => draw_bar(
            canvas,
            LaneKind::Course(CourseKind::Measure),
            bar,
            false,
            false,
        ),
        KeyMark::Excluded => draw_bar(canvas, LaneKind::Excluded, bar, false, false),
        KeyMark::Event => triangle(canvas, middle.0, middle.1 + size * 0.35, size),
        KeyMark::Count => canvas.rect(upright, Some(Ink::Black), None),
        KeyMark::OpenCount => canvas.rect(upright, None, Some(Stroke::solid(Ink::Black, 0.35))),
        KeyMark::Density => {
            canvas.line(
                (area.x, middle.1),
                (area.right(), middle.1),
                crate::render::chart::bars::DENSITY,
            );
        }
        KeyMark::Effect => forest::effect(
            canvas,
            (area.x, middle.0, area.right()),
            middle.1,
            (false, false),
            size,
        ),
        KeyMark::NoDifference => canvas.line(
            (middle.0, area.y),
            (middle.0, area.bottom()),
            forest::NO_DIFFERENCE,
        ),
        KeyMark::Level => canvas.line((area.x, middle.1), (area.right(), middle.1), LEVEL),
        KeyMark::Change => canvas.line((middle.0, area.y), (middle.0, area.bottom()), CHANGE),
        KeyMark::CalmNight => sample(canvas, NightState::Calm, false, middle, size),
        KeyMark::CrampNight => sample(canvas, NightState::Cramp, false, middle, size),
        KeyMark::UnknownNight => sample(canvas, NightState::Unknown, false, middle, size),
        KeyMark::ExcludedNight => sample(canvas, NightState::Calm, true, middle, size),
    }
}

/// A cell as it looks in the picture; an example night has two cramps and a worst pain of 7.
fn sample(canvas: &mut Canvas, state: NightState, excluded: bool, middle: (f64, f64), size: f64) {
    let side = size * 1.65;
    let cramp = state == NightState::Cramp;
    let night = NightCell {
        night: Night::of_evening(chrono::NaiveDate::default()),
        day: String::new(),
        state,
        cramps: cramp.then_some(2),
        worst: cramp.then_some(7),
        excluded,
    };
    draw_cell(
        canvas,
        &night,
        Area::new(middle.0 - side / 2.0, middle.1 - side / 2.0, side, side),
    );
}

#[cfg(test)]
mod tests {
    use crate::render::chart::key::draw;
    use crate::render::png;
    use crate::render::sheet::{About, Sheet};
    use crate::report::chart::{KeyEntry, KeyMark};

    /// A mark as grey dots, the way a copier shows it.
    fn grey(mark: KeyMark) -> Vec<f64> {
        let canvas = draw(
            &[KeyEntry {
                mark,
                words: String::new(),
            }],
            12.0,
            3.6,
        );
        let about = About {
            title: String::new(),
            language: "en".into(),
            program: String::new(),
            origin: String::new(),
        };
        let file = png::file(&[Sheet::of_canvas(canvas)], &about).unwrap();
        let mut decoder = ::png::Decoder::new(std::io::Cursor::new(file));
        // colours, not places in a palette
        decoder.set_transformations(::png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut dots = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut dots).unwrap();
        // luma of ITU-R BT.601, as most copiers use
        dots.chunks_exact(3)
            .map(|dot| {
                0.299 * f64::from(dot[0]) + 0.587 * f64::from(dot[1]) + 0.114 * f64::from(dot[2])
            })
            .collect()
    }

    #[test]
    fn marks_are_told_apart_without_colour() {
        let marks: Vec<(KeyMark, Vec<f64>)> = KeyMark::ALL
            .iter()
            .map(|mark| (*mark, grey(*mark)))
            .collect();
        for (at, (one, a)) in marks.iter().enumerate() {
            let ink: f64 = a.iter().map(|dot| 255.0 - dot).sum();
            assert!(ink > 0.0, "{one:?} is not drawn");
            for (other, b) in marks.iter().skip(at + 1) {
                let apart: f64 = a.iter().zip(b).map(|(x, y)| (x - y).abs()).sum();
                let both: f64 = ink + b.iter().map(|dot| 255.0 - dot).sum::<f64>();
                assert!(
                    apart > 0.15 * both,
                    "{one:?} and {other:?} look alike in grey: {:.2}",
                    apart / both
                );
            }
        }
    }
}
