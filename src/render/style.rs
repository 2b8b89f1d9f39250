//! What everything on paper is made of: a few inks, lines drawn with them, and the letters of Noto Sans.
//!
//! The fonts are inside the program, so that none of the system is needed and every width is known.

use std::sync::LazyLock;

use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;
use ttf_parser::Face;

/// A colour. Three inks and two greys are all there are: meaning is carried by shape, never by colour alone.
///
/// Contrast on white (WCAG 2.2, 1.4.3 and 1.4.11): black 21, blue 5.2, vermillion 3.9, text grey 7.0, rule grey 3.5.
/// Blue and vermillion are those of Okabe and Ito, told apart by people with any common colour blindness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    /// `#000000`, for words and for cramps.
    Black,
    /// `#0072B2`, for estimates and intervals.
    Blue,
    /// `#D55E00`, for courses and changes; too light for small words.
    Vermillion,
    /// `#595959`, for words of lesser weight.
    Grey,
    /// `#898989`, for rules, ticks and hatching.
    Rule,
    /// `#FFFFFF`, for words on a filled mark.
    White,
}

impl Ink {
    /// Every ink that is put on white paper.
    pub(crate) const ON_WHITE: [Ink; 5] =
        [Ink::Black, Ink::Blue, Ink::Vermillion, Ink::Grey, Ink::Rule];

    /// Red, green and blue, 0 to 255.
    pub(crate) fn rgb(self) -> [u8; 3] {
        match self {
            Ink::Black => [0x00, 0x00, 0x00],
            Ink::Blue => [0x00, 0x72, 0xB2],
            Ink::Vermillion => [0xD5, 0x5E, 0x00],
            Ink::Grey => [0x59, 0x59, 0x59],
            Ink::Rule => [0x89, 0x89, 0x89],
            Ink::White => [0xFF, 0xFF, 0xFF],
        }
    }
}

/// A line to be drawn: its ink, its width in millimetres, and whether it is dashed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stroke {
    pub(crate) ink: Ink,
    pub(crate) width: f64,
    /// The length of dash and gap in millimetres, for a broken line.
    pub(crate) dash: Option<[f64; 2]>,
}

impl Stroke {
    /// A solid line.
    pub(crate) const fn solid(ink: Ink, width: f64) -> Stroke {
        Stroke {
            ink,
            width,
            dash: None,
        }
    }

    /// A broken line, with dashes and gaps of these lengths in millimetres.
    pub(crate) const fn broken(ink: Ink, width: f64, dash: [f64; 2]) -> Stroke {
        Stroke {
            ink,
            width,
            dash: Some(dash),
        }
    }
}

/// Axes, ticks and frames.
pub(crate) const RULE: Stroke = Stroke::solid(Ink::Rule, 0.16);
/// How hatching is drawn everywhere: the look of "nobody wrote this down".
pub(crate) const HATCHING: Stroke = RULE;

/// The family every written text names.
pub(crate) const FAMILY: &str = "Noto Sans";

/// Height of a capital letter, as a part of the size.
pub(crate) const CAP_HEIGHT: f64 = 0.714;

/// Depth of a descender such as that of "g", as a part of the size.
pub(crate) const DESCENT: f64 = 0.24;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
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
pub(crate) fn advance(letter: char, weight: Weight) -> Option<f64> {
    let face = match weight {
        Weight::Regular => REGULAR.as_ref(),
        Weight::Bold => BOLD.as_ref(),
    }?;
    let units = face.glyph_hor_advance(face.glyph_index(letter)?)?;
    Some(f64::from(units) / f64::from(face.units_per_em()))
}

/// Which point of the words stands where they are put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// How words are set. The size is in millimetres (1 pt is 0.353 mm).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Type {
    pub(crate) size: f64,
    pub(crate) weight: Weight,
    pub(crate) anchor: Anchor,
    pub(crate) ink: Ink,
}

impl Type {
    /// Regular type that begins where it is put.
    pub(crate) const fn new(size: f64, ink: Ink) -> Type {
        Type {
            size,
            weight: Weight::Regular,
            anchor: Anchor::Start,
            ink,
        }
    }

    pub(crate) const fn bold(self) -> Type {
        Type {
            weight: Weight::Bold,
            ..self
        }
    }

    pub(crate) const fn anchored(self, anchor: Anchor) -> Type {
        Type { anchor, ..self }
    }

    fn advance(self, letter: char) -> f64 {
        advance(letter, self.weight).unwrap_or(1.0) * self.size
    }

    /// The width of `words` on one line, in millimetres.
    ///
    /// Kerning is left out: it mostly draws letters together, so the words are never wider than this says by more than
    /// a hair. A letter the font lacks counts as a full square.
    pub(crate) fn width(self, words: &str) -> f64 {
        let letters = words.chars();
        let advances = letters.map(|letter| advance(letter, self.weight).unwrap_or(1.0));
        advances.sum::<f64>() * self.size
    }

    /// The width of the widest of `words`.
    pub(crate) fn widest<'a>(self, words: impl Iterator<Item = &'a str>) -> f64 {
        words.map(|words| self.width(words)).fold(0.0, f64::max)
    }

    /// `words` cut to at most `room`, ending in "…" when something was cut.
    pub(crate) fn fit(self, words: &str, room: f64) -> String {
        if self.width(words) <= room {
            return words.to_string();
        }
        let mut left = room - self.width("…");
        let kept = words.chars().take_while(|letter| {
            left -= self.advance(*letter);
            left >= 0.0
        });
        format!("{}…", kept.collect::<String>().trim_end())
    }

    /// `words` broken at spaces into lines of at most `room`; a word longer than a line is broken where the line ends.
    ///
    /// With more than `most` lines the last one kept ends in "…".
    pub(crate) fn wrap(self, words: &str, room: f64, most: usize) -> Vec<String> {
        let mut pieces = Vec::new();
        for mut word in words.split_whitespace() {
            while self.width(word) > room && word.chars().count() > 1 {
                let (line, rest) = word.split_at(self.longest(word, room));
                pieces.push(Piece {
                    words: line,
                    width: room,
                    space: 0.0,
                });
                word = rest;
            }
            pieces.push(Piece {
                words: word,
                width: self.width(word),
                space: self.width(" "),
            });
        }
        let mut lines: Vec<String> = Vec::new();
        for line in wrap_first_fit(&pieces, &[room]) {
            let words: Vec<&str> = line.iter().map(|piece| piece.words).collect();
            lines.push(words.join(" "));
        }
        lines.retain(|line| !line.is_empty());
        if lines.len() > most {
            let rest = lines.split_off(most.max(1)).join(" ");
            if let Some(last) = lines.last_mut() {
                *last = self.fit(&format!("{last} {rest}"), room);
            }
        }
        lines
    }

    /// How many bytes of `word` fit in `room`; at least one letter, so that breaking always ends.
    fn longest(self, word: &str, room: f64) -> usize {
        let mut left = room;
        for (at, letter) in word.char_indices() {
            left -= self.advance(letter);
            if left < 0.0 && at > 0 {
                return at;
            }
        }
        word.len()
    }
}

/// A word, or a part of one that is longer than a line.
#[derive(Debug, Clone)]
struct Piece<'a> {
    words: &'a str,
    width: f64,
    space: f64,
}

impl Fragment for Piece<'_> {
    fn width(&self) -> f64 {
        self.width
    }

    fn whitespace_width(&self) -> f64 {
        self.space
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}
