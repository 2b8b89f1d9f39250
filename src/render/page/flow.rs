//! Parts of a page put under and beside each other, and the sheets they fill from top to bottom. A part that does not
//! fit on a sheet begins the next; nothing is cut and nothing overlaps.

use crate::render::canvas::Area;
use crate::render::chart::keyed;
use crate::render::sheet::{Block, Column, HEAD, Look, SMALL};
use crate::render::style::Ink;
use crate::report::chart::{Chart, Table};

/// The live area: it fits both papers at full size with a safe edge.
pub(super) const LIVE: (f64, f64) = (180.0, 250.0);

/// The space between two parts.
pub(super) const GAP: f64 = 3.0;
/// The size of the title of a sheet.
pub(super) const TITLE: f64 = HEAD * 1.6;

/// Blocks with the height they take, from their own upper left corner on.
pub(super) struct Part {
    blocks: Vec<Block>,
    pub(super) height: f64,
}

impl Part {
    /// What `fill` puts in a place `width` millimetres wide and as high as it needs.
    pub(super) fn of(width: f64, fill: impl FnOnce(&mut Column)) -> Part {
        let mut column = Column::new(Area::new(0.0, 0.0, width, f64::INFINITY));
        fill(&mut column);
        Part {
            height: column.y(),
            blocks: column.blocks,
        }
    }

    fn moved(self, dx: f64, dy: f64) -> Vec<Block> {
        let blocks = self.blocks.into_iter();
        blocks.map(|block| block.moved(dx, dy)).collect()
    }

    /// With `other` below, `gap` millimetres apart.
    pub(super) fn over(mut self, gap: f64, other: Part) -> Part {
        let top = self.height + gap;
        self.height = top + other.height;
        self.blocks.extend(other.moved(0.0, top));
        self
    }

    /// With `other` beside it, `x` millimetres from the left.
    pub(super) fn beside(mut self, x: f64, other: Part) -> Part {
        self.height = self.height.max(other.height);
        self.blocks.extend(other.moved(x, 0.0));
        self
    }
}

/// Two parts under each other, where each is there.
pub(super) fn stacked(upper: Option<Part>, gap: f64, lower: Option<Part>) -> Option<Part> {
    match (upper, lower) {
        (Some(upper), Some(lower)) => Some(upper.over(gap, lower)),
        (upper, lower) => upper.or(lower),
    }
}

/// Two parts beside each other, where each is there; one alone stands at the left.
pub(super) fn abreast(left: Option<Part>, x: f64, right: Option<Part>) -> Option<Part> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.beside(x, right)),
        (left, right) => left.or(right),
    }
}

/// A part across the sheet, and the space above it where it does not begin the sheet.
pub(super) struct Row {
    pub(super) above: f64,
    pub(super) part: Part,
}

/// The height of rows on one sheet.
pub(super) fn height(rows: &[Row]) -> f64 {
    rows.iter().map(|row| row.above + row.part.height).sum()
}

/// The blocks of each sheet; every sheet after the first begins with `head`. The rows stand in `room`.
pub(super) fn sheets(rows: Vec<Row>, room: Area, head: impl Fn() -> Part) -> Vec<Vec<Block>> {
    let mut sheets = vec![Vec::new()];
    let mut y = 0.0;
    for row in rows {
        let fits = y + row.above + row.part.height <= room.h + 0.01;
        if !fits && y > 0.0 {
            let head = head();
            y = head.height;
            sheets.push(head.moved(room.x, room.y));
        }
        let top = if y > 0.0 { y + row.above } else { 0.0 };
        y = top + row.part.height;
        if let Some(sheet) = sheets.last_mut() {
            sheet.extend(row.part.moved(room.x, room.y + top));
        }
    }
    sheets
}

/// A picture under its title; a plot is `height` high with its key and notes.
pub(super) fn figure(chart: &Chart, width: f64, height: f64) -> Part {
    Part::of(width, |column| {
        column.heading(&chart.title);
        let canvas = keyed(chart, width, height, SMALL);
        column.figure(&chart.alt, canvas);
    })
}

/// Parts under a heading that stays with the first of them; none without parts.
pub(super) fn titled(title: &str, parts: Vec<Part>) -> Vec<Row> {
    let rows = parts.into_iter().enumerate().map(|(at, part)| {
        if at > 0 {
            return Row { above: 0.0, part };
        }
        let heading = Part::of(LIVE.0, |column| column.heading(title));
        Row {
            above: GAP,
            part: heading.over(0.0, part),
        }
    });
    rows.collect()
}

/// A table under its caption, and what it leaves out.
pub(super) fn tabled(table: &Table, widths: &[f64], look: Look, missing: &Option<String>) -> Part {
    Part::of(widths.iter().sum(), |column| {
        column.heading(&table.caption);
        if !table.rows.is_empty() {
            column.table(table, widths, look);
        }
        if let Some(missing) = missing {
            column.gap(0.8);
            column.words(missing, Ink::Grey, 4);
        }
    })
}
