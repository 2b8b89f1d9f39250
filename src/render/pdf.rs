//! PDF: tagged, with the fonts inside. Headings, paragraphs, tables and figures are what they are called; every
//! figure carries its result in words, or nothing is written.

mod marks;

use std::num::{NonZeroU16, NonZeroU32};

use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Point, Transform};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
};
use krilla::{Document, SerializeSettings};

use crate::render::canvas::{Anchor, Mark, Text};
use crate::render::pdf::marks::{Fonts, draw};
use crate::render::sheet::{About, Block, Cell, DrawError, Row, Sheet};

/// Points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;

/// A PDF file with one page a sheet.
///
/// # Errors
/// When a figure has no alternative text, or the file cannot be written.
pub(crate) fn file(sheets: &[Sheet], about: &About) -> Result<Vec<u8>, DrawError> {
    write(sheets, about, SerializeSettings::default())
}

/// The same with the checks that krilla makes for ISO 14289-1 (PDF/UA-1) switched on: a file that breaks one is refused.
///
/// They are a part of the standard's rules only, so what the program hands out is written by [`file()`] and claims no
/// conformance; this is for holding the pages to the checks.
///
/// # Errors
/// As [`file()`], and when a check fails.
pub(crate) fn checked(sheets: &[Sheet], about: &About) -> Result<Vec<u8>, DrawError> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|e| DrawError::Pdf(format!("{e:?}")))?;
    let settings = SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    };
    write(sheets, about, settings)
}

fn write(
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
    let span = NonZeroU32::new(cell.span).filter(|span| span.get() > 1);
    if cell.head {
        let scope = if row.head {
            TableHeaderScope::Column
        } else {
            TableHeaderScope::Row
        };
        TagKind::from(Tag::TH(scope).with_col_span(span))
    } else {
        TagKind::from(Tag::TD.with_col_span(span))
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

#[cfg(test)]
mod tests {
    use crate::render::canvas::{Anchor, Area, Canvas};
    use crate::render::font::Weight;
    use crate::render::ink::Ink;
    use crate::render::pdf::{checked, file};
    use crate::render::sheet::{About, Block, DrawError, Sheet};

    fn sheet(alt: &str) -> Sheet {
        let mut canvas = Canvas::new(100.0, 60.0);
        canvas.text(
            (5.0, 10.0),
            4.0,
            Weight::Regular,
            Anchor::Start,
            Ink::Black,
            "words",
        );
        let heading = Block::Heading(1, canvas.marks.clone());
        let figure = Block::Figure {
            alt: alt.to_string(),
            marks: canvas.marks,
        };
        let live = Area::new(0.0, 0.0, 100.0, 60.0);
        Sheet {
            width: 100.0,
            height: 60.0,
            live,
            blocks: vec![heading, figure],
        }
    }

    fn about() -> About {
        About {
            title: "T".into(),
            language: "en".into(),
            program: "p".into(),
            origin: "o".into(),
        }
    }

    #[test]
    fn a_figure_without_words_is_refused() {
        assert!(matches!(
            file(&[sheet(" ")], &about()),
            Err(DrawError::NoAlternativeText(1))
        ));
        assert!(file(&[sheet("a result")], &about()).is_ok());
    }

    #[test]
    fn the_checks_refuse_what_breaks_them() {
        checked(&[sheet("a result")], &about()).unwrap();
        // a figure's words are missed by the checks, too
        assert!(checked(&[sheet("")], &about()).is_err());
        let untitled = About {
            title: String::new(),
            ..about()
        };
        assert!(matches!(
            checked(&[sheet("a result")], &untitled),
            Err(DrawError::Pdf(_))
        ));
    }
}
