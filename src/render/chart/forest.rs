//! Effects with their intervals, one row a factor: its name, its nights, the interval on a logarithmic axis, and the
//! same as numbers with the grade.

use plotters::element::PathElement;
use plotters::prelude::{ChartBuilder, LabelAreaPosition};
use plotters::style::text_anchor::HPos;

use crate::render::canvas::Canvas;
use crate::render::chart::marks::{NO_DIFFERENCE, PREDICTION, effect, path};
use crate::render::plot::{Element, Scale, own, record, type_of, uncrowded, units};
use crate::render::style::{Ink, RULE, Stroke, Type};
use crate::report::chart::{Forest, ForestRow};

/// Where the four columns begin, as parts of the width: name, nights, intervals, numbers.
const COLUMNS: [f64; 4] = [0.0, 0.26, 0.53, 0.8];
/// The most lines a name, what is compared, each half of the nights, an effect and a grade take.
const LINES: usize = 2;
/// The distance of lines, as a part of their size.
const LINE: f64 = 1.25;
/// The space above and below the lines of a row, likewise.
const EDGE: f64 = 0.45;

/// The words of a row in their columns.
struct Words {
    name: Vec<String>,
    nights: Vec<String>,
    numbers: Vec<String>,
    ink: Ink,
}

impl Words {
    fn of(row: &ForestRow, width: f64, size: f64) -> Words {
        let ink = if row.enough { Ink::Black } else { Ink::Grey };
        let face = Type::new(size, ink);
        let [_, nights_at, plot_at, numbers_at] = COLUMNS.map(|part| part * width);
        let nights_room = plot_at - nights_at - size;
        let mut nights = face.wrap(&row.with, nights_room, LINES);
        nights.extend(face.wrap(&row.without, nights_room, LINES));
        let numbers_room = width - numbers_at;
        let numbers = match &row.size {
            Some(effect) => {
                let mut numbers = face.wrap(effect, numbers_room, LINES);
                numbers.extend(face.wrap(&row.grade, numbers_room, LINES));
                numbers
            }
            None => face.wrap(&row.words, numbers_room, 2 * LINES),
        };
        // a name is cut before what is compared is
        let name_room = nights_at - size;
        let contrast = row.contrast.iter();
        let contrast: Vec<String> = contrast
            .flat_map(|contrast| face.wrap(contrast, name_room, LINES))
            .collect();
        let mut name = face.wrap(&row.name, name_room, 2 * LINES - contrast.len());
        name.extend(contrast);
        Words {
            name,
            nights,
            numbers,
            ink,
        }
    }

    fn height(&self, size: f64) -> f64 {
        let lines = self.name.len().max(self.nights.len());
        size * (LINE * lines.max(self.numbers.len()) as f64 + 2.0 * EDGE)
    }

    /// The words from `top` downwards on a drawing `width` wide.
    fn draw(self, top: f64, width: f64, size: f64) -> Element {
        let face = Type::new(size, self.ink);
        own(Vec::new(), move |canvas, _| {
            let columns = [(0, &self.name), (1, &self.nights), (3, &self.numbers)];
            for (at, lines) in columns {
                let left = COLUMNS.get(at).copied().unwrap_or(0.0) * width;
                let mut foot = top + size * EDGE;
                for words in lines {
                    foot += size * LINE;
                    canvas.text((left, foot - size * 0.25), face, words);
                }
            }
        })
    }
}

/// Draws the forest `width` wide and as high as it has rows.
pub(crate) fn forest(forest: &Forest, width: f64, size: f64) -> Canvas {
    let [_, nights_at, plot_at, numbers_at] = COLUMNS.map(|part| part * width);
    let grey = Type::new(size, Ink::Grey);
    let rows: Vec<Words> = forest
        .rows
        .iter()
        .map(|row| Words::of(row, width, size))
        .collect();
    let heights: Vec<f64> = rows.iter().map(|row| row.height(size)).collect();
    let all: f64 = heights.iter().sum();
    // the heads of the columns: those of the table, and between them the name of the axis
    let rooms = [nights_at, plot_at - nights_at, width - numbers_at];
    let lefts = [0.0, nights_at, numbers_at];
    let mut heads: Vec<(f64, Vec<String>)> = (forest.head.iter().zip(rooms).zip(lefts))
        .map(|((head, room), left)| (left, grey.wrap(head, room - size, 3)))
        .collect();
    heads.push((
        plot_at,
        grey.wrap(&forest.x.title, numbers_at - plot_at - size, 3),
    ));
    let lines = heads.iter().map(|(_, lines)| lines.len()).max();
    let top = size * (LINE * lines.unwrap_or(0) as f64 + 0.4);
    let foot = size * 2.2;
    let plot_width = numbers_at - plot_at - size;
    let ticks = uncrowded(
        &forest.x,
        |part| part * plot_width,
        (f64::NEG_INFINITY, f64::INFINITY),
        grey,
        true,
    );
    record(width, top + all + foot, |paper| {
        let from_left = type_of(grey, HPos::Left);
        for (left, lines) in &heads {
            for (at, words) in lines.iter().rev().enumerate() {
                let y = top - size * (0.65 + LINE * at as f64);
                paper.draw_text(words, &from_left, (units(*left), units(y)))?;
            }
        }
        // the upright axis counts millimetres down from the first row; without a row there is still an axis below
        let mut plot = ChartBuilder::on(paper)
            .margin_top(units(top))
            .margin_left(units(plot_at))
            .margin_right(units(width - numbers_at + size))
            .set_label_area_size(LabelAreaPosition::Bottom, units(foot))
            .build_cartesian_2d(
                Scale::new(forest.x.from, forest.x.to, ticks),
                Scale::new(all.max(1.0), 0.0, Vec::new()),
            )?;
        plot.configure_mesh()
            .disable_mesh()
            .disable_y_axis()
            .axis_style(RULE)
            .label_style(from_left)
            .set_tick_mark_size(LabelAreaPosition::Bottom, units(size * 0.31))
            .draw()?;
        plot.draw_series([path(vec![(0.0, 0.0), (0.0, all)], NO_DIFFERENCE)])?;
        let mut y = 0.0;
        for ((row, words), height) in forest.rows.iter().zip(rows).zip(heights) {
            let rule = vec![(0, units(top + y)), (units(width), units(top + y))];
            paper.draw(&PathElement::new(rule, Stroke::solid(Ink::Rule, 0.1)))?;
            plot.draw_series([words.draw(top + y, width, size)])?;
            let middle = y + height / 2.0;
            if let Some((low, high)) = row.beyond {
                plot.draw_series([path(vec![(low, middle), (high, middle)], PREDICTION)])?;
            }
            if let (Some(at), Some((low, high))) = (row.at, row.span) {
                plot.draw_series(effect((low, at, high), middle, row.clipped, size))?;
            }
            y += height;
        }
        Ok(())
    })
}
