//! PNG: the SVG of a sheet turned into dots, with the fonts inside the program.

use std::sync::Arc;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::render::font::{self, Weight};
use crate::render::sheet::{About, DrawError, Sheet};
use crate::render::svg;

/// Dots per millimetre: 6 is 152 dots an inch, enough to print and small enough to send.
pub const DOTS_PER_MM: f32 = 6.0;

/// A PNG file showing `sheets` one below the other. The origin stands in a text chunk named "Source".
///
/// # Errors
/// When the SVG cannot be read back or the picture is too large to be held.
pub fn file(sheets: &[Sheet], about: &About) -> Result<Vec<u8>, DrawError> {
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
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixels.as_mut(),
    );
    encode(&pixels, about).map_err(|e| DrawError::Picture(e.to_string()))
}

/// How the SVG is read: with our own fonts and nothing from outside.
fn options() -> Options<'static> {
    let mut fonts = fontdb::Database::new();
    for weight in [Weight::Regular, Weight::Bold] {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(weight.bytes())));
    }
    fonts.set_sans_serif_family(font::FAMILY);
    Options {
        fontdb: Arc::new(fonts),
        font_family: font::FAMILY.to_string(),
        ..Options::default()
    }
}

fn encode(pixels: &Pixmap, about: &About) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Rgb);
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
    let mut writer = encoder.write_header()?;
    // the paper is opaque, so the fourth byte says nothing
    let rgb: Vec<u8> = pixels
        .data()
        .chunks_exact(4)
        .flat_map(|dot| dot.iter().take(3).copied())
        .collect();
    writer.write_image_data(&rgb)?;
    writer.finish()?;
    Ok(bytes)
}
