//! Letters, files and palettes: what every drawing rests on.

use resvg::tiny_skia::Pixmap;

use crate::render::canvas::{Area, Canvas};
use crate::render::sheet::{About, Block, DrawError, Sheet};
use crate::render::style::{Ink, Type};
use crate::render::{pdf, picture};
use crate::tests::gallery;

/// Regular type of this size.
fn face(size: f64) -> Type {
    Type::new(size, Ink::Black)
}

#[test]
fn letters_have_the_widths_of_the_font() {
    // the hmtx table of NotoSans-Regular.ttf (2048 units an em): "0" 1171, "i" 528
    assert!((face(2048.0).width("0") - 1171.0).abs() < 1e-9);
    assert!((face(2048.0).width("i") - 528.0).abs() < 1e-9);
    assert!("éµ–…".chars().all(gallery::covers));
    assert!(!"א腿😀".chars().any(gallery::covers));
}

#[test]
fn what_does_not_fit_ends_in_an_ellipsis() {
    assert_eq!(face(1.0).fit("short", 10.0), "short");
    let cut = face(1.0).fit("a name that is far too long for it", 5.0);
    assert!(cut.ends_with('…') && face(1.0).width(&cut) <= 5.0);
    assert_eq!(face(1.0).fit("wide", 0.0), "…");
}

#[test]
fn lines_never_exceed_their_room() {
    let text = "one two three fourfivesixseveneightnineten eleven";
    for room in [0.1, 2.0, 4.0, 8.0] {
        let lines = face(1.0).wrap(text, room, 100);
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        if room >= 2.0 {
            assert!(lines.iter().all(|line| face(1.0).width(line) <= room));
        }
    }
    assert_eq!(face(1.0).wrap(text, 4.0, 2).len(), 2);
    assert!(face(1.0).wrap("", 4.0, 2).is_empty());
}

fn sheet(alt: &str) -> Sheet {
    let mut canvas = Canvas::new(100.0, 60.0);
    canvas.text((5.0, 10.0), face(4.0), "words");
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
        pdf::file(&[sheet(" ")], &about()),
        Err(DrawError::NoAlternativeText(1))
    ));
    assert!(pdf::file(&[sheet("a result")], &about()).is_ok());
}

#[test]
fn the_checks_refuse_what_breaks_them() {
    gallery::checked_pdf(&[sheet("a result")], &about()).unwrap();
    // a figure's words are missed by the checks, too
    assert!(gallery::checked_pdf(&[sheet("")], &about()).is_err());
    let untitled = About {
        title: String::new(),
        ..about()
    };
    assert!(matches!(
        gallery::checked_pdf(&[sheet("a result")], &untitled),
        Err(DrawError::Pdf(_))
    ));
}

/// Few colours or many, the dots read back are the dots drawn; shades too many for a palette may be a step off.
#[test]
fn every_dot_keeps_its_colour() {
    let mixed = |c: u32| [(c * 7919) as u8, ((c * 7919) >> 8) as u8, (c * 989) as u8];
    let blue = |c: u32| [0, c as u8, (c >> 2) as u8];
    type Colour = fn(u32) -> [u8; 3];
    let cases: [(u32, Colour, u8); 6] = [
        (1, mixed, 0),
        (2, mixed, 0),
        (256, mixed, 0),
        (900, mixed, 0),
        (256, blue, 0),
        (
            512,
            |c| {
                if c < 256 {
                    [0, c as u8, 9]
                } else {
                    [c as u8, 0, 9]
                }
            },
            1,
        ),
    ];
    for (colours, colour, off) in cases {
        let mut pixels = Pixmap::new(30, 30).unwrap();
        for (i, dot) in (0_u32..).zip(pixels.data_mut().chunks_exact_mut(4)) {
            let [r, g, b] = colour(i % colours);
            dot.copy_from_slice(&[r, g, b, 255]);
        }
        let about = About {
            title: "t".into(),
            language: "en".into(),
            program: "p".into(),
            origin: "o".into(),
        };
        let file = picture::encode(&pixels, &about).unwrap();
        let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut dots = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut dots).unwrap();
        let drawn = pixels.data().chunks_exact(4).flat_map(|dot| &dot[..3]);
        let most = dots.iter().zip(drawn).map(|(a, b)| a.abs_diff(*b)).max();
        assert_eq!(most, Some(off), "{colours} colours");
    }
}
