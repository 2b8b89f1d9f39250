//! SVG: a sheet as text, with real words in it, the same bytes for the same sheet.

use std::fmt::Write as _;

use crate::render::canvas::{Anchor, Mark, Text};
use crate::render::font::{self, Weight};
use crate::render::ink::{Ink, Stroke};
use crate::render::sheet::{About, Block, Sheet};

/// A complete SVG file showing `sheets` one below the other.
///
/// Sizes are in millimetres. No font is embedded: words name Noto Sans and carry their width, so that another font
/// is squeezed to fit rather than running over its neighbour.
pub(crate) fn file(sheets: &[Sheet], about: &About) -> String {
    let alt = alternatives(sheets);
    let mut svg = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    open(
        &mut svg,
        sheets,
        " xmlns=\"http://www.w3.org/2000/svg\"",
        &about.language,
    );
    let _ = write!(
        svg,
        "<title>{}</title>\n<desc>{}</desc>\n",
        escape(&about.title),
        escape(&alt)
    );
    let _ = writeln!(
        svg,
        "<metadata>{} {}</metadata>",
        escape(&about.program),
        escape(&about.origin)
    );
    body(&mut svg, sheets);
    svg.push_str("</svg>\n");
    svg
}

/// An `<svg>` element to stand inside an HTML page, without a title of its own: the page says what it shows.
pub(crate) fn inline(sheets: &[Sheet], language: &str) -> String {
    let mut svg = String::new();
    open(&mut svg, sheets, " aria-hidden=\"true\"", language);
    body(&mut svg, sheets);
    svg.push_str("</svg>");
    svg
}

/// The alternative texts of all figures, in order.
fn alternatives(sheets: &[Sheet]) -> String {
    let alts = sheets
        .iter()
        .flat_map(|sheet| &sheet.blocks)
        .filter_map(|block| match block {
            Block::Figure { alt, .. } => Some(alt.as_str()),
            _ => None,
        });
    alts.collect::<Vec<_>>().join(" ")
}

fn open(svg: &mut String, sheets: &[Sheet], attributes: &str, language: &str) {
    let width = number(sheets.iter().map(|sheet| sheet.width).fold(0.0, f64::max));
    let height = number(sheets.iter().map(|sheet| sheet.height).sum());
    let _ = writeln!(
        svg,
        "<svg{attributes} width=\"{width}mm\" height=\"{height}mm\" viewBox=\"0 0 {width} {height}\" \
         lang=\"{language}\" font-family=\"{}, sans-serif\">",
        font::FAMILY
    );
}

fn body(svg: &mut String, sheets: &[Sheet]) {
    let mut top = 0.0;
    for sheet in sheets {
        let (width, height) = (number(sheet.width), number(sheet.height));
        let _ = writeln!(svg, "<g transform=\"translate(0 {})\">", number(top));
        let _ = writeln!(
            svg,
            "<rect width=\"{width}\" height=\"{height}\" fill=\"#FFFFFF\"/>"
        );
        for block in &sheet.blocks {
            svg.push_str("<g>\n");
            for mark in block.marks() {
                draw(svg, mark);
            }
            svg.push_str("</g>\n");
        }
        svg.push_str("</g>\n");
        top += sheet.height;
    }
}

fn draw(svg: &mut String, mark: &Mark) {
    let _ = match mark {
        Mark::Text(text) => return words(svg, text),
        Mark::Lines { ends, stroke } => {
            let mut d = String::new();
            for [from, to] in ends {
                let _ = write!(
                    d,
                    "M{} {}L{} {}",
                    number(from.0),
                    number(from.1),
                    number(to.0),
                    number(to.1)
                );
            }
            writeln!(
                svg,
                "<path d=\"{d}\" fill=\"none\"{}/>",
                outline(Some(*stroke))
            )
        }
        Mark::Shape {
            points,
            closed,
            fill,
            stroke,
        } => {
            let mut d = String::new();
            for (at, (x, y)) in points.iter().enumerate() {
                let _ = write!(
                    d,
                    "{}{} {}",
                    if at == 0 { 'M' } else { 'L' },
                    number(*x),
                    number(*y)
                );
            }
            let end = if *closed { "Z" } else { "" };
            writeln!(
                svg,
                "<path d=\"{d}{end}\"{}{}/>",
                inside(*fill),
                outline(*stroke)
            )
        }
        Mark::Circle {
            at,
            radius,
            fill,
            stroke,
        } => writeln!(
            svg,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}{}/>",
            number(at.0),
            number(at.1),
            number(*radius),
            inside(*fill),
            outline(*stroke)
        ),
    };
}

fn words(svg: &mut String, text: &Text) {
    let anchor = match text.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let weight = match text.weight {
        Weight::Regular => "",
        Weight::Bold => " font-weight=\"bold\"",
    };
    let _ = writeln!(
        svg,
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\"{anchor}{weight} textLength=\"{}\" \
         lengthAdjust=\"spacingAndGlyphs\">{}</text>",
        number(text.x),
        number(text.y),
        number(text.size),
        colour(text.ink),
        number(text.width()),
        escape(&text.words)
    );
}

fn inside(fill: Option<Ink>) -> String {
    fill.map_or_else(
        || " fill=\"none\"".to_string(),
        |ink| format!(" fill=\"{}\"", colour(ink)),
    )
}

fn outline(stroke: Option<Stroke>) -> String {
    let Some(stroke) = stroke else {
        return String::new();
    };
    let dash = stroke.dash.map_or_else(String::new, |[on, off]| {
        format!(" stroke-dasharray=\"{} {}\"", number(on), number(off))
    });
    format!(
        " stroke=\"{}\" stroke-width=\"{}\"{dash}",
        colour(stroke.ink),
        number(stroke.width)
    )
}

fn colour(ink: Ink) -> String {
    let [r, g, b] = ink.rgb();
    format!("#{r:02X}{g:02X}{b:02X}")
}

/// A length to the hundredth of a millimetre, without needless zeros, so that equal sheets give equal bytes.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_string()
    } else {
        text.to_string()
    }
}

/// Words made safe for XML; letters XML does not allow at all become the replacement character.
pub(crate) fn escape(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\u{0}'..='\u{8}'
            | '\u{b}'
            | '\u{c}'
            | '\u{e}'..='\u{1f}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                safe.push('\u{fffd}');
            }
            letter => safe.push(letter),
        }
    }
    safe
}
