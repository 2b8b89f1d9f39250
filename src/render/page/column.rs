//! A part of the page, filled from top to bottom.

use crate::render::canvas::{Anchor, Area, Canvas, Mark};
use crate::render::font::{self, Weight};
use crate::render::ink::Ink;
use crate::render::page::{BODY, HEAD, SMALL, tables};
use crate::render::sheet::Block;
use crate::report::chart::Table;

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
        font::wrap(words, BODY, Weight::Regular, self.area.w, usize::MAX).len()
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
    pub(crate) fn table(&mut self, table: &Table, widths: &[f64], look: tables::Look) {
        let area = Area::new(self.area.x, self.y, self.area.w, self.left());
        let (blocks, bottom) = tables::draw(table, widths, look, area);
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
        for line in font::wrap(words, size, weight, self.area.w, most) {
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
