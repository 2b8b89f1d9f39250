//! The measures of the type inside the program: Noto Sans, regular and bold, so that no font of the system is needed.

use std::sync::LazyLock;

use ttf_parser::Face;

/// The family every written text names.
pub(crate) const FAMILY: &str = "Noto Sans";

/// Height of a capital letter, as a part of the size.
pub(crate) const CAP_HEIGHT: f64 = 0.714;

/// Depth of a descender such as that of "g", as a part of the size.
pub(crate) const DESCENT: f64 = 0.24;

/// Regular or bold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Regular.
    Regular,
    /// Bold.
    Bold,
}

impl Weight {
    /// The font file.
    pub(crate) fn bytes(self) -> &'static [u8] {
        match self {
            Weight::Regular => notosans::REGULAR_TTF,
            Weight::Bold => notosans::BOLD_TTF,
        }
    }
}

static REGULAR: LazyLock<Option<Face<'static>>> =
    LazyLock::new(|| Face::parse(notosans::REGULAR_TTF, 0).ok());
static BOLD: LazyLock<Option<Face<'static>>> =
    LazyLock::new(|| Face::parse(notosans::BOLD_TTF, 0).ok());

/// The advance of one letter as a part of the size; `None` when the font has no glyph for it.
fn advance(letter: char, weight: Weight) -> Option<f64> {
    let face = match weight {
        Weight::Regular => REGULAR.as_ref(),
        Weight::Bold => BOLD.as_ref(),
    }?;
    let units = face.glyph_hor_advance(face.glyph_index(letter)?)?;
    Some(f64::from(units) / f64::from(face.units_per_em()))
}

/// Whether the font has a glyph for `letter`.
pub(crate) fn covers(letter: char) -> bool {
    advance(letter, Weight::Regular).is_some() && advance(letter, Weight::Bold).is_some()
}

/// The width of `words` on one line, in the unit of `size`.
///
/// Kerning is left out: it mostly draws letters together, so the words are never wider than this says by more than
/// a hair. A letter the font lacks counts as a full square.
pub(crate) fn width(words: &str, size: f64, weight: Weight) -> f64 {
    words
        .chars()
        .map(|letter| advance(letter, weight).unwrap_or(1.0))
        .sum::<f64>()
        * size
}

/// `words` cut to at most `room`, ending in "…" when something was cut.
pub(crate) fn fit(words: &str, size: f64, weight: Weight, room: f64) -> String {
    if width(words, size, weight) <= room {
        return words.to_string();
    }
    let letters: Vec<char> = words.chars().collect();
    let mut room_left = room - width("…", size, weight);
    let mut kept = 0;
    for letter in &letters {
        room_left -= advance(*letter, weight).unwrap_or(1.0) * size;
        if room_left < 0.0 {
            break;
        }
        kept += 1;
    }
    let text: String = letters.iter().take(kept).collect();
    format!("{}…", text.trim_end())
}

/// `words` broken at spaces into lines of at most `room`; a word longer than a line is broken where the line ends.
///
/// With more than `most` lines the last one kept ends in "…".
pub(crate) fn wrap(words: &str, size: f64, weight: Weight, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in words.split_whitespace() {
        let mut word = word.to_string();
        let joined = if line.is_empty() {
            word.clone()
        } else {
            format!("{line} {word}")
        };
        if width(&joined, size, weight) <= room {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        while width(&word, size, weight) > room && word.chars().count() > 1 {
            let cut = longest(&word, size, weight, room);
            lines.push(word.drain(..cut).collect());
        }
        line = word;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() > most {
        let rest = lines.split_off(most.max(1)).join(" ");
        if let Some(last) = lines.last_mut() {
            *last = fit(&format!("{last} {rest}"), size, weight, room);
        }
    }
    lines
}

/// How many bytes of `word` fit in `room`; at least one letter, so that breaking always ends.
fn longest(word: &str, size: f64, weight: Weight, room: f64) -> usize {
    let mut left = room;
    for (at, letter) in word.char_indices() {
        left -= advance(letter, weight).unwrap_or(1.0) * size;
        if left < 0.0 && at > 0 {
            return at;
        }
    }
    word.len()
}

#[cfg(test)]
mod tests {
    use crate::render::font::{Weight, covers, fit, width, wrap};

    #[test]
    fn letters_have_the_widths_of_the_font() {
        // the hmtx table of NotoSans-Regular.ttf (2048 units an em): "0" 1171, "i" 528
        assert!((width("0", 2048.0, Weight::Regular) - 1171.0).abs() < 1e-9);
        assert!((width("i", 2048.0, Weight::Regular) - 528.0).abs() < 1e-9);
        assert!(covers('é') && covers('µ') && covers('–') && covers('…'));
        assert!(!covers('א') && !covers('腿') && !covers('😀'));
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        assert_eq!(fit("short", 1.0, Weight::Regular, 10.0), "short");
        let cut = fit(
            "a name that is far too long for it",
            1.0,
            Weight::Regular,
            5.0,
        );
        assert!(cut.ends_with('…') && width(&cut, 1.0, Weight::Regular) <= 5.0);
        assert_eq!(fit("wide", 1.0, Weight::Regular, 0.0), "…");
    }

    #[test]
    fn lines_never_exceed_their_room() {
        let text = "one two three fourfivesixseveneightnineten eleven";
        for room in [0.1, 2.0, 4.0, 8.0] {
            let lines = wrap(text, 1.0, Weight::Regular, room, 100);
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
            if room >= 2.0 {
                assert!(
                    lines
                        .iter()
                        .all(|line| width(line, 1.0, Weight::Regular) <= room)
                );
            }
        }
        assert_eq!(wrap(text, 1.0, Weight::Regular, 4.0, 2).len(), 2);
        assert!(wrap("", 1.0, Weight::Regular, 4.0, 2).is_empty());
    }
}
