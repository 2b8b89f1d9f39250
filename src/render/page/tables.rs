//! Tables on the page.

use crate::render::canvas::{Anchor, Area, Canvas};
use crate::render::font::{self, Weight};
use crate::render::ink::{Ink, Stroke};
use crate::render::page::column::LEADING;
use crate::render::page::{BODY, SMALL};
use crate::render::sheet::{Block, Cell, Row};
use crate::report::chart::Table;

/// How a table is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// The second column bold, one line a row.
    Numbers,
    /// Plain, at most two lines a row.
    Answers,
    /// Plain, as many lines a row as it takes, up to four.
    Wide,
}

impl Look {
    fn lines(self) -> usize {
        match self {
            Look::Numbers => 1,
            Look::Answers => 2,
            Look::Wide => 4,
        }
    }

    fn weight(self, column: usize) -> Weight {
        if self == Look::Numbers && column == 1 {
            Weight::Bold
        } else {
            Weight::Regular
        }
    }
}

/// The space between two columns, millimetres.
const BETWEEN: f64 = 1.5;

/// Draws `table` into `area`, with rules between the rows; gives the blocks and where the table ends. Rows for which
/// there is no room left are cut to one line before they are left out.
pub(crate) fn draw(table: &Table, widths: &[f64], look: Look, area: Area) -> (Vec<Block>, f64) {
    let mut rules = Canvas::default();
    let mut rows = Vec::new();
    let mut y = area.y;
    let head: Vec<Vec<String>> = set(&table.head, widths, SMALL, look, 1);
    rows.push(row(
        &head,
        widths,
        (area.x, y),
        (SMALL, Ink::Grey),
        look,
        true,
    ));
    y += SMALL * LEADING + 0.4;
    for (at, cells) in table.rows.iter().enumerate() {
        // every row still to come keeps at least one line
        let reserve = (table.rows.len() - at - 1) as f64 * (BODY * LEADING + 0.7);
        let room = ((area.bottom() - y - reserve) / (BODY * LEADING))
            .floor()
            .max(1.0) as usize;
        let lines = set(cells, widths, BODY, look, look.lines().min(room));
        let height =
            lines.iter().map(Vec::len).max().unwrap_or(1).max(1) as f64 * BODY * LEADING + 0.7;
        rules.line(
            (area.x, y),
            (area.x + widths.iter().sum::<f64>(), y),
            Stroke::solid(Ink::Rule, 0.1),
        );
        rows.push(row(
            &lines,
            widths,
            (area.x, y + 0.35),
            (BODY, Ink::Black),
            look,
            false,
        ));
        y += height;
    }
    let summary = table.caption.clone();
    (
        vec![Block::Ornament(rules.marks), Block::Table { summary, rows }],
        y,
    )
}

/// The cells of a row broken into lines.
fn set(cells: &[String], widths: &[f64], size: f64, look: Look, most: usize) -> Vec<Vec<String>> {
    let columns = cells.iter().zip(widths).enumerate();
    columns
        .map(|(at, (words, width))| font::wrap(words, size, look.weight(at), width - BETWEEN, most))
        .collect()
}

fn row(
    cells: &[Vec<String>],
    widths: &[f64],
    (x, y): (f64, f64),
    (size, ink): (f64, Ink),
    look: Look,
    head: bool,
) -> Row {
    let mut left = x;
    let mut row = Row {
        head,
        cells: Vec::new(),
    };
    for (at, (lines, width)) in cells.iter().zip(widths).enumerate() {
        let mut canvas = Canvas::default();
        for (line, words) in lines.iter().enumerate() {
            let foot = y + (line as f64 + 1.0) * size * LEADING - size * 0.3;
            let weight = if head {
                Weight::Regular
            } else {
                look.weight(at)
            };
            canvas.text((left, foot), size, weight, Anchor::Start, ink, words);
        }
        row.cells.push(Cell {
            head: head || at == 0,
            span: 1,
            marks: canvas.marks,
        });
        left += width;
    }
    row
}
