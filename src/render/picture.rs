//! SVG: a sheet as text, with real words in it, the same bytes for the same sheet; and PNG: the SVG turned into dots, with
//! the fonts inside the program.

use std::sync::Arc;

use maud::{Markup, PreEscaped, html};
use rayon::prelude::*;
use resvg::tiny_skia::{Color, Pixmap, PixmapMut, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::render::canvas::{Form, Mark, Point, Text};
use crate::render::sheet::{About, Block, DrawError, Sheet};
use crate::render::style::{self, Anchor, Ink, Weight};

/// A complete SVG file showing `sheets` one below the other.
///
/// Sizes are in millimetres. No font is embedded: words name Noto Sans and carry their width, so that another font
/// is squeezed to fit rather than running over its neighbour.
pub(crate) fn svg(sheets: &[Sheet], about: &About) -> String {
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
        Mark::Shape(form, fill, stroke) => {
            let fill = fill.map_or_else(|| "none".to_string(), colour);
            let line = stroke.map(|line| colour(line.ink));
            let width = stroke.map(|line| number(line.width));
            let dash = stroke.and_then(|line| line.dash);
            let dash = dash.map(|[on, off]| point(&(on, off)));
            let path = match form {
                Form::Lines(pieces) => pieces.iter().map(|points| trace(points)).collect(),
                Form::Outline(points) => trace(points) + "Z",
                Form::Circle((x, y), radius) => {
                    return html! {
                        circle cx=(number(*x)) cy=(number(*y)) r=(number(*radius)) fill=(fill)
                            stroke=[line] stroke-width=[width] stroke-dasharray=[dash] {}
                    };
                }
            };
            html! {
                path d=(path) fill=(fill) stroke=[line] stroke-width=[width] stroke-dasharray=[dash] {}
            }
        }
    }
}

/// A line from point to point as the data of a path.
fn trace(points: &[Point]) -> String {
    let corners: Vec<String> = points.iter().map(point).collect();
    format!("M{}", corners.join("L"))
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

fn point((x, y): &Point) -> String {
    format!("{} {}", number(*x), number(*y))
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

/// Dots per millimetre: 6 is 152 dots an inch, enough to print and small enough to send.
pub(crate) const DOTS_PER_MM: f32 = 6.0;
/// Rows of dots drawn at a time, each band by whichever thread is free.
const BAND: usize = 1024;

/// A PNG file showing `sheets` one below the other. The origin stands in a text chunk named "Source".
///
/// # Errors
/// When the SVG cannot be read back or the picture is too large to be held.
pub(crate) fn png(sheets: &[Sheet], about: &About) -> Result<Vec<u8>, DrawError> {
    let tree = Tree::from_str(&svg(sheets, about), &options())
        .map_err(|e| DrawError::Picture(e.to_string()))?;
    // usvg reads a millimetre as 96 / 25.4 units
    let scale = DOTS_PER_MM * 25.4 / 96.0;
    let size = tree.size();
    let (width, height) = (
        (size.width() * scale).round(),
        (size.height() * scale).round(),
    );
    let mut pixels = Pixmap::new(width as u32, height as u32)
        .ok_or_else(|| DrawError::Picture(format!("{width} x {height} dots are too many")))?;
    pixels.fill(Color::WHITE);
    let row = width as usize * 4;
    let bands = pixels.data_mut().par_chunks_mut(row * BAND).enumerate();
    bands.for_each(|(i, dots)| {
        let rows = (dots.len() / row) as u32;
        let down = Transform::from_translate(0.0, -((i * BAND) as f32));
        if let Some(mut band) = PixmapMut::from_bytes(dots, width as u32, rows) {
            resvg::render(&tree, down.pre_scale(scale, scale), &mut band);
        }
    });
    encode(&pixels, about).map_err(|e| DrawError::Picture(e.to_string()))
}

/// How the SVG is read: with our own fonts and nothing from outside.
fn options() -> Options<'static> {
    let mut fonts = fontdb::Database::new();
    for weight in [Weight::Regular, Weight::Bold] {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(weight.bytes())));
    }
    fonts.set_sans_serif_family(style::FAMILY);
    Options {
        fontdb: Arc::new(fonts),
        font_family: style::FAMILY.to_string(),
        ..Options::default()
    }
}

/// Most colours a picture can have to be written as places in a palette.
const PALETTE: usize = 256;

/// A page of a few inks needs a byte a dot and is written fast and small. Where its shades are too many for a palette,
/// shades a step apart, which no eye tells apart, become one; a picture of yet more colours is written dot by dot.
pub(crate) fn encode(pixels: &Pixmap, about: &About) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_depth(png::BitDepth::Eight);
    let per_metre = (DOTS_PER_MM * 1000.0) as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: png::Unit::Meter,
    }));
    encoder.add_itxt_chunk("Title".to_string(), about.title.clone())?;
    encoder.add_itxt_chunk("Software".to_string(), about.program.clone())?;
    encoder.add_itxt_chunk("Source".to_string(), about.origin.clone())?;
    let data = if let Some((palette, places)) =
        indexed(pixels, |part| part).or_else(|| indexed(pixels, coarse))
    {
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_palette(palette.concat());
        encoder.set_filter(png::Filter::NoFilter);
        encoder.set_deflate_compression(png::DeflateCompression::Level(1));
        places
    } else {
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::Fast);
        // the paper is opaque, so the fourth byte says nothing
        pixels
            .data()
            .chunks_exact(4)
            .flat_map(|dot| [dot[0], dot[1], dot[2]])
            .collect()
    };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&data)?;
    writer.finish()?;
    Ok(bytes)
}

/// The nearest multiple of three: at most one step away; black and white stay what they are.
fn coarse(part: u8) -> u8 {
    (part / 3 + u8::from(part % 3 == 2)) * 3
}

/// The colours of a picture in the order they appear, and the place of each dot's colour among them; `None` when there
/// are more than a palette holds.
fn indexed(pixels: &Pixmap, shade: impl Fn(u8) -> u8) -> Option<(Vec<[u8; 3]>, Vec<u8>)> {
    let mut palette: Vec<[u8; 3]> = Vec::with_capacity(PALETTE);
    // By the five leading bits of each part: where such a colour was last seen in the palette.
    let mut seen = vec![0_u8; 1 << 15];
    let mut places = Vec::with_capacity(pixels.data().len() / 4);
    for dot in pixels.data().chunks_exact(4) {
        let colour = [dot[0], dot[1], dot[2]].map(&shade);
        let [r, g, b] = colour.map(|part| usize::from(part >> 3));
        let guess = &mut seen[(r << 10) | (g << 5) | b];
        if palette.get(usize::from(*guess)) != Some(&colour) {
            let place = match palette.iter().position(|known| *known == colour) {
                Some(place) => place,
                None if palette.len() == PALETTE => return None,
                None => {
                    palette.push(colour);
                    palette.len() - 1
                }
            };
            *guess = u8::try_from(place).ok()?;
        }
        places.push(*guess);
    }
    Some((palette, places))
}
