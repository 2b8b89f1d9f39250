//! A laid-out sheet as a value: what stands where, and what it is (heading, paragraph, table, figure).
//!
//! The same sheet is written as PDF, SVG and PNG. What it is becomes the tags of the PDF and the groups of the SVG.

use crate::render::canvas::{Area, Canvas, Mark};

/// Why a drawing could not be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DrawError {
    /// A figure without words for those who cannot see it is a mistake of the program, and is refused.
    #[error("a figure on sheet {0} has no alternative text")]
    NoAlternativeText(usize),
    /// The picture could not be drawn.
    #[error("the picture could not be drawn: {0}")]
    Picture(String),
    /// The PDF could not be written.
    #[error("the PDF could not be written: {0}")]
    Pdf(String),
}

/// What the file says about itself, beside what it shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct About {
    /// The title.
    pub(crate) title: String,
    /// The language of the words, as an RFC 5646 tag.
    pub(crate) language: String,
    /// The program and its version.
    pub(crate) program: String,
    /// From which diary and period it was made, for `report --verify`.
    pub(crate) origin: String,
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    /// Whether it names a column or a row.
    pub(crate) head: bool,
    /// What is drawn in it.
    pub(crate) marks: Vec<Mark>,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// Whether the row names the columns.
    pub(crate) head: bool,
    /// Its cells, from left to right.
    pub(crate) cells: Vec<Cell>,
}

/// One part of a sheet, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    /// A heading of the given level, 1 being the title.
    Heading(u8, Vec<Mark>),
    /// A paragraph.
    Paragraph(Vec<Mark>),
    /// A table.
    Table {
        /// What the table is about, in words.
        summary: String,
        /// Its rows.
        rows: Vec<Row>,
    },
    /// A picture, with the same result in words.
    Figure {
        /// The result in words.
        alt: String,
        /// What is drawn.
        marks: Vec<Mark>,
    },
    /// Rules and frames that say nothing.
    Ornament(Vec<Mark>),
}

impl Block {
    /// Everything drawn in this block, in order.
    pub(crate) fn marks(&self) -> Vec<&Mark> {
        match self {
            Block::Heading(_, marks)
            | Block::Paragraph(marks)
            | Block::Figure { marks, .. }
            | Block::Ornament(marks) => marks.iter().collect(),
            Block::Table { rows, .. } => rows
                .iter()
                .flat_map(|row| &row.cells)
                .flat_map(|cell| &cell.marks)
                .collect(),
        }
    }
}

/// A sheet of paper, or a picture.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sheet {
    /// The width in millimetres.
    pub(crate) width: f64,
    /// The height in millimetres.
    pub(crate) height: f64,
    /// The part that may be drawn on.
    pub(crate) live: Area,
    /// What is on it, in reading order.
    pub(crate) blocks: Vec<Block>,
}

impl Sheet {
    /// A sheet that shows nothing but a drawing whose words are given elsewhere.
    pub(crate) fn of_canvas(canvas: Canvas) -> Sheet {
        let (width, height) = (canvas.width, canvas.height);
        let blocks = vec![Block::Ornament(canvas.marks)];
        Sheet {
            width,
            height,
            live: Area::new(0.0, 0.0, width, height),
            blocks,
        }
    }
}
