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

use crate::render::canvas::{Anchor, Mark, Text};
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
    let fonts = Fonts::load()?;
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
        for block in &sheet.blocks {
            if let Some(group) = tagged(&mut surface, &fonts, block) {
                tree.push(group);
            }
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

/// Draws a block and gives its place in the structure; `None` for what says nothing.
fn tagged(surface: &mut Surface, fonts: &Fonts, block: &Block) -> Option<TagGroup> {
    match block {
        Block::Heading(level, marks) => {
            let level = NonZeroU16::new(u16::from(*level).max(1))?;
            Some(leaf(
                surface,
                fonts,
                TagKind::from(Tag::Hn(level, Some(words_of(marks)))),
                marks,
            ))
        }
        Block::Paragraph(marks) => Some(leaf(surface, fonts, TagKind::from(Tag::P), marks)),
        Block::Figure { alt, marks } => Some(leaf(
            surface,
            fonts,
            TagKind::from(Tag::Figure(Some(alt.clone()))),
            marks,
        )),
        Block::Table { summary, rows } => {
            let mut table = TagGroup::new(Tag::Table.with_summary(Some(summary.clone())));
            for row in rows {
                table.push(table_row(surface, fonts, row));
            }
            Some(table)
        }
        Block::Ornament(marks) => {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
                ArtifactType::Layout,
            )));
            marks.iter().for_each(|mark| draw(surface, fonts, mark));
            surface.end_tagged();
            None
        }
    }
}

/// The words of marks, lines joined by a space.
fn words_of(marks: &[Mark]) -> String {
    let lines = marks.iter().filter_map(|mark| {
        if let Mark::Text(text) = mark {
            Some(text.words.as_str())
        } else {
            None
        }
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

fn table_row(surface: &mut Surface, fonts: &Fonts, row: &Row) -> TagGroup {
    let mut group = TagGroup::new(Tag::TR);
    for cell in &row.cells {
        group.push(leaf(surface, fonts, cell_tag(row, cell), &cell.marks));
    }
    group
}

fn cell_tag(row: &Row, cell: &Cell) -> TagKind {
    match (cell.head, row.head) {
        (true, true) => TagKind::from(Tag::TH(TableHeaderScope::Column)),
        (true, false) => TagKind::from(Tag::TH(TableHeaderScope::Row)),
        (false, _) => TagKind::from(Tag::TD),
    }
}

/// Draws marks as one run of tagged content.
fn leaf(surface: &mut Surface, fonts: &Fonts, tag: TagKind, marks: &[Mark]) -> TagGroup {
    let words_only = marks.iter().all(|mark| matches!(mark, Mark::Text(_)));
    let content = if words_only {
        ContentTag::Span(SpanTag::empty())
    } else {
        ContentTag::Other
    };
    let mut group = TagGroup::new(tag);
    group.push(surface.start_tagged(content));
    let mut left = marks
        .iter()
        .filter(|mark| matches!(mark, Mark::Text(_)))
        .count();
    for mark in marks {
        match mark {
            // lines of one paragraph are parted by a space, so that a reader of the text does not join their words
            Mark::Text(text) if left > 1 => {
                draw(
                    surface,
                    fonts,
                    &Mark::Text(Text {
                        words: format!("{} ", text.words),
                        x: text.left(),
                        anchor: Anchor::Start,
                        ..text.clone()
                    }),
                );
            }
            mark => draw(surface, fonts, mark),
        }
        left -= usize::from(matches!(mark, Mark::Text(_)));
    }
    surface.end_tagged();
    group
}

/// A control point this far along the radius makes four Bézier curves a circle, to 0.03 % of the radius.
const ROUND: f64 = 0.552_284_749_8;

/// The two faces, ready to be drawn with.
struct Fonts {
    regular: Font,
    bold: Font,
}

impl Fonts {
    /// Reads both faces.
    fn load() -> Result<Fonts, DrawError> {
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
fn draw(surface: &mut Surface, fonts: &Fonts, mark: &Mark) {
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
