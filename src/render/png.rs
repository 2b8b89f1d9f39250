//! PNG: the SVG of a sheet turned into dots, with the fonts inside the program.

use std::sync::Arc;

use rayon::prelude::*;
use resvg::tiny_skia::{Color, Pixmap, PixmapMut, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::render::sheet::{About, DrawError, Sheet};
use crate::render::style::{self, Weight};
use crate::render::svg;

/// Dots per millimetre: 6 is 152 dots an inch, enough to print and small enough to send.
pub(crate) const DOTS_PER_MM: f32 = 6.0;
/// Rows of dots drawn at a time, each band by whichever thread is free.
const BAND: usize = 1024;

/// A PNG file showing `sheets` one below the other. The origin stands in a text chunk named "Source".
///
/// # Errors
/// When the SVG cannot be read back or the picture is too large to be held.
pub(crate) fn file(sheets: &[Sheet], about: &About) -> Result<Vec<u8>, DrawError> {
    let tree = Tree::from_str(&svg::file(sheets, about), &options())
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
