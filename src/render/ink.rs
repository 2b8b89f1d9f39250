//! The inks, and the lines drawn with them.

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
    /// The colour.
    pub(crate) ink: Ink,
    /// The width in millimetres.
    pub(crate) width: f64,
    /// The length of dash and gap in millimetres, for a broken line.
    pub(crate) dash: Option<[f64; 2]>,
}

impl Stroke {
    /// A solid line.
    pub(crate) fn solid(ink: Ink, width: f64) -> Stroke {
        Stroke {
            ink,
            width,
            dash: None,
        }
    }

    /// A broken line, with dashes and gaps of `length` millimetres.
    pub(crate) fn dashed(ink: Ink, width: f64, length: f64) -> Stroke {
        Stroke {
            ink,
            width,
            dash: Some([length, length]),
        }
    }
}
