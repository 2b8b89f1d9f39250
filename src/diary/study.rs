//! A study that a diary is handed out to: its key file, and what the key makes of the diary's random name. The same diary
//! is the same pseudonym to a study, and another one to another study; nobody without the key can tell which is which
//! (EDPB Guidelines 01/2025: a keyed one-way function, the key kept apart).

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::diary::experiment::hexadecimal;
use crate::diary::typed::LineError;
use crate::diary::word::words;

words! {
    /// How dates leave the diary.
    Dates, "dates", {
        /// As they are.
        Exact = "exact",
        /// A number of whole weeks earlier, another one for each person.
        Shifted = "shifted",
        /// None: nights are numbered from the first.
        DayNumber = "day-number",
    }
}

/// The shortest key, bytes: 128 bits.
const SHORTEST: usize = 16;
/// Bytes of a key made here.
pub(crate) const KEY: usize = 32;
/// The furthest a person's dates are moved, weeks: ten years.
const FURTHEST_WEEKS: u64 = 521;
/// Letters that are not taken for one another when read aloud or copied by hand (D. Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What a key file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Study {
    pub(crate) name: String,
    key: Vec<u8>,
}

impl Study {
    /// Reads a key file: `name = …` and `key = …` (hexadecimal), a line each; empty lines and those that begin with `#`
    /// say nothing.
    ///
    /// # Errors
    /// A line that is neither, one of them missing or twice, a key that is none.
    pub(crate) fn read(text: &str) -> Result<Study, LineError> {
        let (mut name, mut key) = (None, None);
        for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (what, value) = line.split_once('=').unwrap_or((line, ""));
            let (what, value) = (what.trim(), value.trim());
            let held = match what {
                "name" => &mut name,
                "key" => &mut key,
                _ => return Err(no_line(number)),
            };
            if value.is_empty() {
                return Err(LineError::new(
                    format!("line {number}: '{what}' says nothing"),
                    SHAPE,
                ));
            }
            if held.replace(value.to_string()).is_some() {
                return Err(LineError::new(
                    format!("line {number}: a second '{what}'"),
                    SHAPE,
                ));
            }
        }
        let missing = |what| move || LineError::new(format!("no line '{what} = …'"), SHAPE);
        Study::new(
            &name.ok_or_else(missing("name"))?,
            bytes(&key.ok_or_else(missing("key"))?)?,
        )
    }

    /// A study by its name and key.
    ///
    /// # Errors
    /// A name of several lines or none, a key that is too short.
    pub(crate) fn new(name: &str, key: Vec<u8>) -> Result<Study, LineError> {
        let name = name.trim();
        if name.is_empty() || name.contains(char::is_control) || name.chars().count() > 100 {
            let what = "the name of a study is one line of at most 100 letters";
            return Err(LineError::new(what, "give it a short name"));
        }
        if key.len() < SHORTEST {
            let bits = key.len() * 8;
            return Err(LineError::new(
                format!("the key has {bits} bits; anybody could guess it"),
                "a key has at least 32 hexadecimal digits (128 bits)",
            ));
        }
        Ok(Study {
            name: name.to_string(),
            key,
        })
    }

    /// The key file.
    pub(crate) fn write(&self) -> String {
        format!("name = {}\nkey = {}\n", self.name, hexadecimal(&self.key))
    }

    /// What the diary with this random name is called in the study: 80 bits, `NC-7F3K-9Q2M-0A4B-XYZ1`.
    pub(crate) fn pseudonym(&self, diary: &str) -> String {
        let mac = mac(&self.key, "nightcramp pseudonym", diary.as_bytes());
        let mut letters = String::from("NC");
        let mut bits: u32 = 0;
        let mut held = 0;
        let mut written = 0;
        for byte in mac.iter().take(10) {
            bits = bits << 8 | u32::from(*byte);
            held += 8;
            while held >= 5 {
                held -= 5;
                if written % 4 == 0 {
                    letters.push('-');
                }
                let letter = ALPHABET.get((bits >> held & 31) as usize);
                letters.push(char::from(*letter.unwrap_or(&b'0')));
                written += 1;
            }
        }
        letters
    }

    /// By how many weeks the dates of this diary are moved back for the study. The key is the diary's name, which the
    /// study never learns.
    pub(crate) fn weeks_back(&self, diary: &str) -> i64 {
        let mac = mac(diary.as_bytes(), "nightcramp weeks", &self.key);
        let drawn = mac
            .iter()
            .take(8)
            .fold(0_u64, |n, b| n << 8 | u64::from(*b));
        i64::try_from(drawn % FURTHEST_WEEKS).unwrap_or(0) + 1
    }
}

const SHAPE: &str = "a key file has the lines 'name = …' and 'key = …' and no other";

fn no_line(number: usize) -> LineError {
    LineError::new(format!("line {number} is neither a name nor a key"), SHAPE)
}

/// Hexadecimal digits as bytes. The key itself is never repeated in a message.
fn bytes(text: &str) -> Result<Vec<u8>, LineError> {
    let hint = "a key is written as hexadecimal digits, two a byte";
    if !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(LineError::new("the key holds something else", hint));
    }
    if !text.len().is_multiple_of(2) {
        return Err(LineError::new("the key lacks a digit", hint));
    }
    let pair = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..text.len()).step_by(2).map(pair).collect();
    bytes.ok_or_else(|| LineError::new("the key cannot be read", hint))
}

/// HMAC-SHA-256 (RFC 2104) of a message for one purpose.
fn mac(key: &[u8], purpose: &str, message: &[u8]) -> Vec<u8> {
    // a key of any length is taken
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return Vec::new();
    };
    mac.update(purpose.as_bytes());
    mac.update(b"\n");
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}
