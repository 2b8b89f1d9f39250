//! PDF: tagged, with the fonts inside. Headings, paragraphs, tables and figures are what they are called; every
//! figure carries its result in words, or nothing is written.

use std::num::NonZeroU16;
use std::sync::Arc;

use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, LineCap, Stroke as PdfStroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
};
use krilla::text::{Font, TextDirection};
use krilla::{Document, SerializeSettings};

use crate::render::canvas::{self, Form, Mark};
use crate::render::sheet::{About, Block, Cell, DrawError, Row, Sheet};
use crate::render::style::{Ink, Stroke, Weight};

/// Points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;

/// A PDF file with one page a sheet.
///
/// # Errors
/// When a figure has no alternative text, or the file cannot be written.
pub(crate) fn file(sheets: &[Sheet], about: &About) -> Result<Vec<u8>, DrawError> {
    write(sheets, about, SerializeSettings::default())
}

/// A PDF file written with these settings of the writer.
///
/// # Errors
/// As [`file()`], and when a check that the settings ask for fails.
pub(crate) fn write(
    sheets: &[Sheet],
    about: &About,
    settings: SerializeSettings,
) -> Result<Vec<u8>, DrawError> {
    for (at, sheet) in sheets.iter().enumerate() {
        let mute =
            |block: &Block| matches!(block, Block::Figure { alt, .. } if alt.trim().is_empty());
        if sheet.blocks.iter().any(mute) {
            return Err(DrawError::NoAlternativeText(at + 1));
        }
    }
    let fonts = Fonts {
        regular: font(Weight::Regular)?,
        bold: font(Weight::Bold)?,
    };
    let mut document = Document::new_with(settings);
    let mut tree = TagTree::new().with_lang(Some(about.language.clone()));
    for sheet in sheets {
        let size = PageSettings::from_wh(
            (sheet.width * POINTS) as f32,
            (sheet.height * POINTS) as f32,
        )
        .ok_or_else(|| DrawError::Pdf("a page without size".to_string()))?;
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        surface.push_transform(&Transform::from_scale(POINTS as f32, POINTS as f32));
        let mut pen = Pen {
            surface: &mut surface,
            fonts: &fonts,
        };
        for group in sheet.blocks.iter().filter_map(|block| pen.block(block)) {
            tree.push(group);
        }
        surface.pop();
        surface.finish();
        page.finish();
    }
    document.set_outline(outline(sheets));
    document.set_tag_tree(tree);
    document.set_metadata(
        Metadata::new()
            .title(about.title.clone())
            .language(about.language.clone())
            .creator(about.program.clone())
            .keywords(vec![about.origin.clone()]),
    );
    document
        .finish()
        .map_err(|e| DrawError::Pdf(format!("{e:?}")))
}

/// The faces, and the page that is drawn on.
struct Pen<'a, 'b> {
    surface: &'a mut Surface<'b>,
    fonts: &'a Fonts,
}

impl Pen<'_, '_> {
    /// Draws a block and gives its place in the structure; `None` for what says nothing.
    fn block(&mut self, block: &Block) -> Option<TagGroup> {
        match block {
            Block::Heading(level, marks) => {
                let level = NonZeroU16::new(u16::from(*level).max(1))?;
                Some(self.leaf(Tag::Hn(level, Some(words_of(marks))), marks))
            }
            Block::Paragraph(marks) => Some(self.leaf(Tag::P, marks)),
            Block::Figure { alt, marks } => Some(self.leaf(Tag::Figure(Some(alt.clone())), marks)),
            Block::Table { summary, rows } => {
                let mut table = TagGroup::new(Tag::Table.with_summary(Some(summary.clone())));
                for row in rows {
                    let mut group = TagGroup::new(Tag::TR);
                    for cell in &row.cells {
                        group.push(self.leaf(cell_tag(row, cell), &cell.marks));
                    }
                    table.push(group);
                }
                Some(table)
            }
            Block::Ornament(marks) => {
                let artifact = Artifact::with_kind(ArtifactType::Layout);
                self.surface.start_tagged(ContentTag::Artifact(artifact));
                marks.iter().for_each(|mark| self.draw(mark, ""));
                self.surface.end_tagged();
                None
            }
        }
    }

    /// Draws marks as one run of tagged content.
    fn leaf(&mut self, tag: impl Into<TagKind>, marks: &[Mark]) -> TagGroup {
        let is_text = |mark: &&Mark| matches!(mark, Mark::Text(_));
        let mut left = marks.iter().filter(is_text).count();
        let content = if left == marks.len() {
            ContentTag::Span(SpanTag::empty())
        } else {
            ContentTag::Other
        };
        let mut group = TagGroup::new(tag);
        group.push(self.surface.start_tagged(content));
        for mark in marks {
            // lines of one paragraph are parted by a space, so that a reader of the text does not join their words
            self.draw(mark, if left > 1 { " " } else { "" });
            left -= usize::from(is_text(&mark));
        }
        self.surface.end_tagged();
        group
    }

    /// Draws one mark; words are followed by `after`.
    fn draw(&mut self, mark: &Mark, after: &str) {
        let mut path = PathBuilder::new();
        let (form, fill, stroke) = match mark {
            Mark::Shape(form, fill, stroke) => (form, *fill, *stroke),
            Mark::Text(text) => {
                self.surface.set_fill(Some(paint(text.face.ink)));
                self.surface.set_stroke(None);
                self.surface.draw_text(
                    Point::from_xy(text.left() as f32, text.at.1 as f32),
                    match text.face.weight {
                        Weight::Regular => self.fonts.regular.clone(),
                        Weight::Bold => self.fonts.bold.clone(),
                    },
                    text.face.size as f32,
                    &format!("{}{after}", text.words),
                    false,
                    TextDirection::LeftToRight,
                );
                return;
            }
        };
        match form {
            Form::Lines(pieces) => pieces.iter().for_each(|points| trace(&mut path, points)),
            Form::Outline(points) => {
                trace(&mut path, points);
                path.close();
            }
            Form::Circle(at, radius) => circle(&mut path, *at, *radius),
        }
        self.surface.set_fill(fill.map(paint));
        self.surface.set_stroke(stroke.map(line));
        if let Some(path) = path.finish()
            && (fill.is_some() || stroke.is_some())
        {
            self.surface.draw_path(&path);
        }
    }
}

fn cell_tag(row: &Row, cell: &Cell) -> TagKind {
    match (cell.head, row.head) {
        (true, true) => TagKind::from(Tag::TH(TableHeaderScope::Column)),
        (true, false) => TagKind::from(Tag::TH(TableHeaderScope::Row)),
        (false, _) => TagKind::from(Tag::TD),
    }
}

/// The words of marks, lines joined by a space.
fn words_of(marks: &[Mark]) -> String {
    let lines = marks.iter().filter_map(|mark| match mark {
        Mark::Text(text) => Some(text.words.as_str()),
        _ => None,
    });
    lines.collect::<Vec<_>>().join(" ")
}

/// The headings of all sheets, each with its place.
fn outline(sheets: &[Sheet]) -> Outline {
    let mut outline = Outline::new();
    for (at, sheet) in sheets.iter().enumerate() {
        for block in &sheet.blocks {
            if let Block::Heading(_, marks) = block
                && let Some(area) = marks.first().and_then(Mark::area)
            {
                let place = Point::from_xy((area.x * POINTS) as f32, (area.y * POINTS) as f32);
                outline.push_child(OutlineNode::new(
                    words_of(marks),
                    XyzDestination::new(at, place),
                ));
            }
        }
    }
    outline
}

/// A control point this far along the radius makes four Bézier curves a circle, to 0.03 % of the radius.
const ROUND: f64 = 0.552_284_749_8;

/// The two faces, ready to be drawn with.
struct Fonts {
    regular: Font,
    bold: Font,
}

fn font(weight: Weight) -> Result<Font, DrawError> {
    let data: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(weight.bytes());
    Font::new(data.into(), 0).ok_or_else(|| DrawError::Pdf("the font cannot be read".to_string()))
}

fn trace(path: &mut PathBuilder, points: &[canvas::Point]) {
    for (at, (x, y)) in points.iter().enumerate() {
        match at {
            0 => path.move_to(*x as f32, *y as f32),
            _ => path.line_to(*x as f32, *y as f32),
        }
    }
}

fn circle(path: &mut PathBuilder, (x, y): canvas::Point, r: f64) {
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
