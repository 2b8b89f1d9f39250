//! A part of the clinician's page, filled from top to bottom with words, tables and pictures.

use crate::render::canvas::{Anchor, Area, Canvas, Mark};
use crate::render::sheet::{Block, Cell, Row};
use crate::render::style::{self, Ink, Stroke, Weight};
use crate::report::chart::Table;

/// The size of running words: 8 pt.
const BODY: f64 = 2.82;
/// The size of words in pictures: 7.5 pt.
pub(crate) const SMALL: f64 = 2.65;
/// The size of a heading: 9 pt.
pub(crate) const HEAD: f64 = 3.18;
/// The distance of lines, as a part of the size.
pub(crate) const LEADING: f64 = 1.27;

/// A place on the page and what stands in it so far.
pub(crate) struct Column {
    area: Area,
    y: f64,
    /// What stands in it.
    pub(crate) blocks: Vec<Block>,
}

impl Column {
    /// An empty place.
    pub(crate) fn new(area: Area) -> Column {
        Column {
            area,
            y: area.y,
            blocks: Vec::new(),
        }
    }

    /// The height that is still free.
    pub(crate) fn left(&self) -> f64 {
        self.area.bottom() - self.y
    }

    /// How many lines of running words still fit.
    pub(crate) fn lines_left(&self) -> usize {
        ((self.left() + 0.01) / (BODY * LEADING)).floor() as usize
    }

    /// How many lines `words` take when nothing is cut.
    pub(crate) fn lines_of(&self, words: &str) -> usize {
        style::wrap(words, BODY, Weight::Regular, self.area.w, usize::MAX).len()
    }

    /// Leaves `height` free.
    pub(crate) fn gap(&mut self, height: f64) {
        self.y += height;
    }

    /// The title of the page.
    pub(crate) fn title(&mut self, words: &str) {
        let size = HEAD * 1.6;
        self.set(words, (size, Weight::Bold, Ink::Black), 1, |marks| {
            Block::Heading(1, marks)
        });
    }

    /// The heading of a part.
    pub(crate) fn heading(&mut self, words: &str) {
        self.set(words, (HEAD, Weight::Bold, Ink::Black), 1, |marks| {
            Block::Heading(2, marks)
        });
        self.y += 0.6;
    }

    /// One line of any size.
    pub(crate) fn line(&mut self, words: &str, size: f64, weight: Weight) {
        self.set(words, (size, weight, Ink::Black), 1, Block::Paragraph);
    }

    /// A paragraph of at most `most` lines.
    pub(crate) fn words(&mut self, words: &str, ink: Ink, most: usize) {
        self.set(words, (BODY, Weight::Regular, ink), most, Block::Paragraph);
    }

    /// A line of the footer.
    pub(crate) fn small(&mut self, words: &str) {
        self.set(
            words,
            (SMALL, Weight::Regular, Ink::Grey),
            2,
            Block::Paragraph,
        );
    }

    /// Words at the right end of the last line.
    pub(crate) fn at_right(&mut self, words: &str) {
        let mut canvas = Canvas::default();
        let foot = (self.area.right(), self.y - SMALL * 0.3);
        canvas.text(foot, SMALL, Weight::Regular, Anchor::End, Ink::Grey, words);
        self.blocks.push(Block::Paragraph(canvas.marks));
    }

    /// A table with columns of the given widths.
    pub(crate) fn table(&mut self, table: &Table, widths: &[f64], look: Look) {
        let area = Area::new(self.area.x, self.y, self.area.w, self.left());
        let (blocks, bottom) = draw_table(table, widths, look, area);
        self.blocks.extend(blocks);
        self.y = bottom;
    }

    /// A picture.
    pub(crate) fn figure(&mut self, alt: &str, canvas: Canvas) {
        let marks: Vec<Mark> = canvas
            .marks
            .into_iter()
            .map(|mark| mark.moved(self.area.x, self.y))
            .collect();
        self.y += canvas.height;
        self.blocks.push(Block::Figure {
            alt: alt.to_string(),
            marks,
        });
    }

    /// Lines that fit both in `most` and in what is left of the place; the last ends in "…" where words are cut.
    fn set(
        &mut self,
        words: &str,
        (size, weight, ink): (f64, Weight, Ink),
        most: usize,
        block: impl Fn(Vec<Mark>) -> Block,
    ) {
        let step = size * LEADING;
        let free = ((self.left() + 0.01) / step).floor() as usize;
        let most = most.min(free);
        if most == 0 {
            return;
        }
        let mut canvas = Canvas::default();
        for line in style::wrap(words, size, weight, self.area.w, most) {
            self.y += step;
            canvas.text(
                (self.area.x, self.y - size * 0.3),
                size,
                weight,
                Anchor::Start,
                ink,
                &line,
            );
        }
        if !canvas.marks.is_empty() {
            self.blocks.push(block(canvas.marks));
        }
    }
}

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
fn draw_table(table: &Table, widths: &[f64], look: Look, area: Area) -> (Vec<Block>, f64) {
    let mut rules = Canvas::default();
    let mut rows = Vec::new();
    let mut y = area.y;
    let head: Vec<Vec<String>> = set_cells(&table.head, widths, SMALL, look, 1);
    rows.push(set_row(
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
        let lines = set_cells(cells, widths, BODY, look, look.lines().min(room));
        let height =
            lines.iter().map(Vec::len).max().unwrap_or(1).max(1) as f64 * BODY * LEADING + 0.7;
        rules.line(
            (area.x, y),
            (area.x + widths.iter().sum::<f64>(), y),
            Stroke::solid(Ink::Rule, 0.1),
        );
        rows.push(set_row(
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
fn set_cells(
    cells: &[String],
    widths: &[f64],
    size: f64,
    look: Look,
    most: usize,
) -> Vec<Vec<String>> {
    let columns = cells.iter().zip(widths).enumerate();
    columns
        .map(|(at, (words, width))| {
            style::wrap(words, size, look.weight(at), width - BETWEEN, most)
        })
        .collect()
}

fn set_row(
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
            marks: canvas.marks,
        });
        left += width;
    }
    row
}
