//! A laid-out sheet as a value: what stands where, and what it is (heading, paragraph, table, figure); and the columns
//! from which sheets are made, filled from top to bottom.
//!
//! The same sheet is written as PDF, SVG and PNG. What it is becomes the tags of the PDF and the groups of the SVG.

use crate::render::canvas::{Area, Canvas, Mark, Point};
use crate::render::style::{Anchor, Ink, Stroke, Type};
use crate::report::chart::Table;

/// Why a drawing could not be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DrawError {
    /// A figure without words for those who cannot see it is a mistake of the program, and is refused.
    #[error("a figure on sheet {0} has no alternative text")]
    NoAlternativeText(usize),
    #[error("the picture could not be drawn: {0}")]
    Picture(String),
    #[error("the PDF could not be written: {0}")]
    Pdf(String),
}

/// What the file says about itself, beside what it shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct About {
    pub(crate) title: String,
    /// The language of the words, as an RFC 5646 tag.
    pub(crate) language: String,
    /// The program and its version.
    pub(crate) program: String,
    /// From which diary and period it was made, for `report --verify`.
    pub(crate) origin: String,
}

impl About {
    pub(crate) fn new(title: &str, program: &str, origin: &str) -> About {
        About {
            title: title.to_string(),
            language: "en".to_string(),
            program: program.to_string(),
            origin: origin.to_string(),
        }
    }
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    /// Whether it names a column or a row.
    pub(crate) head: bool,
    pub(crate) marks: Vec<Mark>,
}

/// One row of a table, its cells from left to right.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// Whether the row names the columns.
    pub(crate) head: bool,
    pub(crate) cells: Vec<Cell>,
}

/// One part of a sheet, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    /// A heading of the given level, 1 being the title.
    Heading(u8, Vec<Mark>),
    Paragraph(Vec<Mark>),
    /// A table, and what it is about in words.
    Table {
        summary: String,
        rows: Vec<Row>,
    },
    /// A picture, with the same result in words.
    Figure {
        alt: String,
        marks: Vec<Mark>,
    },
    /// Rules and frames that say nothing.
    Ornament(Vec<Mark>),
}

impl Block {
    /// The same block, moved by (`dx`, `dy`).
    pub(crate) fn moved(self, dx: f64, dy: f64) -> Block {
        let all = |marks: Vec<Mark>| -> Vec<Mark> {
            marks.into_iter().map(|mark| mark.moved(dx, dy)).collect()
        };
        match self {
            Block::Heading(level, marks) => Block::Heading(level, all(marks)),
            Block::Paragraph(marks) => Block::Paragraph(all(marks)),
            Block::Ornament(marks) => Block::Ornament(all(marks)),
            Block::Figure { alt, marks } => Block::Figure {
                alt,
                marks: all(marks),
            },
            Block::Table { summary, mut rows } => {
                for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
                    cell.marks = all(std::mem::take(&mut cell.marks));
                }
                Block::Table { summary, rows }
            }
        }
    }

    /// Everything drawn in this block, in order.
    pub(crate) fn marks(&self) -> Vec<&Mark> {
        match self {
            Block::Heading(_, marks)
            | Block::Paragraph(marks)
            | Block::Figure { marks, .. }
            | Block::Ornament(marks) => marks.iter().collect(),
            Block::Table { rows, .. } => {
                let cells = rows.iter().flat_map(|row| &row.cells);
                cells.flat_map(|cell| &cell.marks).collect()
            }
        }
    }
}

/// A sheet of paper, or a picture: its size in millimetres, the part that may be drawn on, and what is on it in reading
/// order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sheet {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) live: Area,
    pub(crate) blocks: Vec<Block>,
}

impl Sheet {
    /// A sheet that shows nothing but a drawing whose words are given elsewhere.
    pub(crate) fn of_canvas(canvas: Canvas) -> Sheet {
        let (width, height) = (canvas.width, canvas.height);
        Sheet {
            width,
            height,
            live: Area::new(0.0, 0.0, width, height),
            blocks: vec![Block::Ornament(canvas.marks)],
        }
    }
}

/// The size of running words: 8 pt.
pub(crate) const BODY: f64 = 2.82;
/// The size of words in pictures: 7.5 pt.
pub(crate) const SMALL: f64 = 2.65;
/// The size of a heading: 9 pt.
pub(crate) const HEAD: f64 = 3.18;
/// The space between two columns of a table, millimetres.
const BETWEEN: f64 = 1.5;

/// The distance of lines, and of a base line from the foot of its line, as parts of the size.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Leading {
    pub(crate) line: f64,
    pub(crate) foot: f64,
}

/// The lines of a page, which has little room.
const TIGHT: Leading = Leading {
    line: 1.27,
    foot: 0.3,
};

/// How a table is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// The second column bold, at most two lines a row.
    Numbers,
    /// Plain, as many lines a row as it takes.
    Answers,
    /// Plain, as many lines a row as it takes, up to four.
    Wide,
}

/// A place on a sheet and what stands in it so far.
pub(crate) struct Column {
    area: Area,
    y: f64,
    leading: Leading,
    pub(crate) blocks: Vec<Block>,
}

impl Column {
    /// An empty place on a page.
    pub(crate) fn new(area: Area) -> Column {
        Column::led(area, TIGHT)
    }

    /// An empty place with lines of this distance.
    pub(crate) fn led(area: Area, leading: Leading) -> Column {
        Column {
            area,
            y: area.y,
            leading,
            blocks: Vec::new(),
        }
    }

    /// Where the next thing is put.
    pub(crate) fn y(&self) -> f64 {
        self.y
    }

    /// The height that is still free.
    pub(crate) fn left(&self) -> f64 {
        self.area.bottom() - self.y
    }

    /// How many lines of this size still fit.
    fn fitting(&self, size: f64) -> usize {
        ((self.left() + 0.01) / (size * self.leading.line)).floor() as usize
    }

    /// Leaves `height` free.
    pub(crate) fn gap(&mut self, height: f64) {
        self.y += height;
    }

    /// A title that begins the sheet.
    pub(crate) fn title(&mut self, words: &str, size: f64, most: usize) {
        let face = Type::new(size, Ink::Black).bold();
        self.set(words, face, most, |marks| Block::Heading(1, marks));
    }

    /// The heading of a part.
    pub(crate) fn heading(&mut self, words: &str) {
        let face = Type::new(HEAD, Ink::Black).bold();
        self.set(words, face, 1, |marks| Block::Heading(2, marks));
        self.y += 0.6;
    }

    /// A paragraph of at most `most` lines of running words.
    pub(crate) fn words(&mut self, words: &str, ink: Ink, most: usize) {
        self.lines(words, Type::new(BODY, ink), most);
    }

    /// A paragraph of at most `most` lines.
    pub(crate) fn lines(&mut self, words: &str, face: Type, most: usize) {
        self.set(words, face, most, Block::Paragraph);
    }

    /// Words at the right end of the last line.
    pub(crate) fn at_right(&mut self, words: &str) {
        let mut canvas = Canvas::default();
        let foot = (self.area.right(), self.y - SMALL * self.leading.foot);
        canvas.text(
            foot,
            Type::new(SMALL, Ink::Grey).anchored(Anchor::End),
            words,
        );
        self.blocks.push(Block::Paragraph(canvas.marks));
    }

    /// A line across that says nothing, `y` millimetres down the sheet.
    pub(crate) fn rule(&mut self, y: f64, stroke: Stroke) {
        let mut rule = Canvas::default();
        rule.line((self.area.x, y), (self.area.right(), y), stroke);
        self.blocks.push(Block::Ornament(rule.marks));
    }

    /// A picture, with its result in words.
    pub(crate) fn figure(&mut self, alt: &str, canvas: Canvas) {
        let height = canvas.height;
        self.blocks.push(Block::Figure {
            alt: alt.to_string(),
            marks: canvas.moved(self.area.x, self.y),
        });
        self.y += height;
    }

    /// Lines that fit both in `most` and in what is left of the place; the last ends in "…" where words are cut.
    fn set(&mut self, words: &str, face: Type, most: usize, block: impl Fn(Vec<Mark>) -> Block) {
        let most = most.min(self.fitting(face.size));
        if most == 0 {
            return;
        }
        let mut canvas = Canvas::default();
        for line in face.wrap(words, self.area.w, most) {
            self.y += face.size * self.leading.line;
            let foot = self.y - face.size * self.leading.foot;
            canvas.text((self.area.x, foot), face, &line);
        }
        if !canvas.marks.is_empty() {
            self.blocks.push(block(canvas.marks));
        }
    }

    /// A table with columns of the given widths and rules between its rows. Rows for which there is no room left are
    /// cut to one line before they are left out.
    pub(crate) fn table(&mut self, table: &Table, widths: &[f64], look: Look) {
        let line = BODY * self.leading.line;
        let mut rules = Canvas::default();
        let head = Type::new(SMALL, Ink::Grey);
        let (head, _) = self.row(&table.head, widths, (head, head), (self.y, 1), true);
        let mut rows = vec![head];
        self.y += SMALL * self.leading.line + 0.4;
        let face = Type::new(BODY, Ink::Black);
        let (second, most) = match look {
            Look::Numbers => (face.bold(), 2),
            Look::Answers => (face, usize::MAX),
            Look::Wide => (face, 4),
        };
        for (at, cells) in table.rows.iter().enumerate() {
            // every row still to come keeps at least one line
            let reserve = (table.rows.len() - at - 1) as f64 * (line + 0.7);
            let room = ((self.left() - reserve) / line).floor().max(1.0) as usize;
            let place = (self.y + 0.35, most.min(room));
            let (row, lines) = self.row(cells, widths, (face, second), place, false);
            let right = self.area.x + widths.iter().sum::<f64>();
            let stroke = Stroke::solid(Ink::Rule, 0.1);
            rules.line((self.area.x, self.y), (right, self.y), stroke);
            rows.push(row);
            self.y += lines.max(1) as f64 * line + 0.7;
        }
        self.blocks.push(Block::Ornament(rules.marks));
        self.blocks.push(Block::Table {
            summary: table.caption.clone(),
            rows,
        });
    }

    /// A row of cells from `y` downwards, each at most `most` lines high, and how many lines the highest takes.
    fn row(
        &self,
        cells: &[String],
        widths: &[f64],
        (face, second): (Type, Type),
        (y, most): (f64, usize),
        head: bool,
    ) -> (Row, usize) {
        let (mut left, mut highest) = (self.area.x, 0);
        let mut row = Row {
            head,
            cells: Vec::new(),
        };
        for (at, (words, width)) in cells.iter().zip(widths).enumerate() {
            let face = if at == 1 { second } else { face };
            let lines = face.wrap(words, width - BETWEEN, most);
            let mut canvas = Canvas::default();
            for (at, words) in lines.iter().enumerate() {
                let down = (at as f64 + 1.0) * face.size * self.leading.line;
                let foot: Point = (left, y + down - face.size * self.leading.foot);
                canvas.text(foot, face, words);
            }
            row.cells.push(Cell {
                head: head || at == 0,
                marks: canvas.marks,
            });
            highest = highest.max(lines.len());
            left += width;
        }
        (row, highest)
    }
}
