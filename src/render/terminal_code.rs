//! A QR code in the terminal, for the camera of a phone.

use qrcode::render::unicode::Dense1x2;
use qrcode::{EcLevel, QrCode};

use crate::render::terminal::Layout;

/// Draws `text`, bright on dark as most terminals are, with the empty margin a camera needs. `None` where drawings are
/// not wanted, or the text is too long for a code.
pub(crate) fn code(text: &str, layout: Layout) -> Option<String> {
    if layout.plain {
        return None;
    }
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    if !layout.unicode {
        let mut squares = code.render::<char>();
        let squares = squares.module_dimensions(2, 1);
        return Some(squares.light_color('#').dark_color(' ').build());
    }
    let mut squares = code.render::<Dense1x2>();
    let squares = squares.light_color(Dense1x2::Dark);
    let drawn = squares.dark_color(Dense1x2::Light).build();
    if !layout.color {
        return Some(drawn);
    }
    // white on black whatever the theme: a camera wants the dark squares darker than the rest
    const WHITE_ON_BLACK: &str = "\u{1b}[38;5;231;48;5;16m";
    const PLAIN: &str = "\u{1b}[0m";
    let lines = drawn
        .lines()
        .map(|line| format!("{WHITE_ON_BLACK}{line}{PLAIN}"));
    Some(lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a camera sees: a square of cells, true where it is dark.
    fn seen(drawn: &str) -> Vec<Vec<bool>> {
        let halves = |c: char| match c {
            '█' => (false, false),
            '▀' => (false, true),
            '▄' => (true, false),
            _ => (true, true),
        };
        let rows = drawn.lines().flat_map(|line| {
            let cells: Vec<_> = line.chars().map(halves).collect();
            let upper = cells.iter().map(|c| c.0).collect();
            [upper, cells.iter().map(|c| c.1).collect::<Vec<bool>>()]
        });
        rows.collect()
    }

    #[test]
    fn a_camera_reads_the_address_from_the_terminal() {
        let layout = Layout {
            plain: false,
            color: false,
            unicode: true,
            width: 80,
        };
        let address = "http://192.168.178.120:7466/pair#0123456789abcdef0123456789abcdef";
        let drawn = code(address, layout).unwrap();
        let cells = seen(&drawn);
        let width = cells[0].len();
        assert!(width <= 80, "{width} columns");
        const PIXELS: usize = 4;
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(
            width * PIXELS,
            cells.len() * PIXELS,
            |x, y| match cells[y / PIXELS][x / PIXELS] {
                true => 0,
                false => 255,
            },
        );
        let grids = image.detect_grids();
        assert_eq!(grids[0].decode().unwrap().1, address);
        assert!(
            code(
                address,
                Layout {
                    plain: true,
                    ..layout
                }
            )
            .is_none()
        );
    }
}
