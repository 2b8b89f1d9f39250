//! SVG: a sheet as text, with real words in it, the same bytes for the same sheet.

use maud::{Markup, PreEscaped, html};

use crate::render::canvas::{Mark, Point, Text};
use crate::render::sheet::{About, Block, Sheet};
use crate::render::style::{self, Anchor, Ink, Stroke, Weight};

/// A complete SVG file showing `sheets` one below the other.
///
/// Sizes are in millimetres. No font is embedded: words name Noto Sans and carry their width, so that another font
/// is squeezed to fit rather than running over its neighbour.
pub(crate) fn file(sheets: &[Sheet], about: &About) -> String {
    let head = html! {
        title { (legal(&about.title)) }
        desc { (legal(&alternatives(sheets))) }
        metadata { (legal(&about.program)) " " (legal(&about.origin)) }
    };
    let name_space = Some("http://www.w3.org/2000/svg");
    let picture = element(sheets, name_space, &about.language, &head);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}",
        picture.into_string()
    )
}

/// An `<svg>` element to stand inside an HTML page, without a title of its own: the page says what it shows.
pub(crate) fn inline(sheets: &[Sheet], language: &str) -> Markup {
    element(sheets, None, language, &html! {})
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

/// The whole picture after its `head`; without a name space it stands in a page and is hidden from readers of words.
fn element(sheets: &[Sheet], name_space: Option<&str>, language: &str, head: &Markup) -> Markup {
    let width = number(sheets.iter().map(|sheet| sheet.width).fold(0.0, f64::max));
    let height = number(sheets.iter().map(|sheet| sheet.height).sum());
    let hidden = name_space.is_none().then_some("true");
    let tops = sheets.iter().scan(0.0, |next, sheet| {
        let top = *next;
        *next += sheet.height;
        Some(top)
    });
    html! {
        svg xmlns=[name_space] aria-hidden=[hidden] width={(width) "mm"} height={(height) "mm"}
            viewBox={"0 0 " (width) " " (height)} lang=(language)
            font-family={(style::FAMILY) ", sans-serif"} {
            (NEW_LINE)
            (head)
            @for (sheet, top) in sheets.iter().zip(tops) {
                g transform={"translate(0 " (number(top)) ")"} {
                    rect width=(number(sheet.width)) height=(number(sheet.height)) fill="#FFFFFF" {}
                    @for block in &sheet.blocks {
                        (NEW_LINE)
                        g { @for mark in block.marks() { (NEW_LINE) (draw(mark)) } }
                    }
                }
            }
        }
        (NEW_LINE)
    }
}

/// One mark a line, so that two pictures can be compared line by line.
const NEW_LINE: PreEscaped<&str> = PreEscaped("\n");

fn draw(mark: &Mark) -> Markup {
    match mark {
        Mark::Text(text) => words(text),
        Mark::Path {
            pieces,
            closed,
            fill,
            stroke,
        } => {
            let end = if *closed { "Z" } else { "" };
            let pieces = pieces.iter().map(|points| {
                let corners: Vec<String> = points.iter().map(|at| point(*at)).collect();
                format!("M{}{end}", corners.join("L"))
            });
            let (width, dash) = (
                stroke.map(|line| number(line.width)),
                stroke.and_then(dashes),
            );
            html! {
                path d=(pieces.collect::<String>()) fill=(inside(*fill))
                    stroke=[stroke.map(|line| colour(line.ink))] stroke-width=[width] stroke-dasharray=[dash] {}
            }
        }
        Mark::Circle {
            at,
            radius,
            fill,
            stroke,
        } => {
            let (width, dash) = (
                stroke.map(|line| number(line.width)),
                stroke.and_then(dashes),
            );
            html! {
                circle cx=(number(at.0)) cy=(number(at.1)) r=(number(*radius)) fill=(inside(*fill))
                    stroke=[stroke.map(|line| colour(line.ink))] stroke-width=[width] stroke-dasharray=[dash] {}
            }
        }
    }
}

fn words(text: &Text) -> Markup {
    let face = text.face;
    let anchor = match face.anchor {
        Anchor::Start => None,
        Anchor::Middle => Some("middle"),
        Anchor::End => Some("end"),
    };
    let weight = (face.weight == Weight::Bold).then_some("bold");
    html! {
        text x=(number(text.at.0)) y=(number(text.at.1)) font-size=(number(face.size))
            fill=(colour(face.ink)) text-anchor=[anchor] font-weight=[weight]
            textLength=(number(text.width())) lengthAdjust="spacingAndGlyphs" {
            (legal(&text.words))
        }
    }
}

fn point((x, y): Point) -> String {
    format!("{} {}", number(x), number(y))
}

fn inside(fill: Option<Ink>) -> String {
    fill.map_or_else(|| "none".to_string(), colour)
}

fn dashes(stroke: Stroke) -> Option<String> {
    stroke.dash.map(|[on, off]| point((on, off)))
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

/// Words without the letters that XML does not allow at all, which become the replacement character.
fn legal(words: &str) -> String {
    words.replace(
        |letter: char| {
            letter < ' ' && !"\t\n\r".contains(letter) || "\u{fffe}\u{ffff}".contains(letter)
        },
        "\u{fffd}",
    )
}
