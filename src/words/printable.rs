//! A person's own words as they can be set in the type inside the program.
//!
//! That type (Noto Sans) has Latin, Greek and Cyrillic. Whatever it lacks is named in square brackets instead of being
//! printed as empty boxes, so that a reader knows that something was written and in which script.

/// Ranges of letters the type has, besides which printing falls back. A test holds them to the font.
pub(crate) const LETTERS: [(char, char); 25] = [
    (' ', '~'),
    ('\u{a0}', '\u{36f}'),
    ('\u{384}', '\u{38a}'),
    ('\u{38c}', '\u{38c}'),
    ('\u{38e}', '\u{3a1}'),
    ('\u{3a3}', '\u{3ce}'),
    ('\u{3d0}', '\u{527}'),
    ('\u{1e00}', '\u{1e9b}'),
    ('\u{1ea0}', '\u{1ef9}'),
    ('\u{2012}', '\u{2022}'),
    ('\u{2026}', '\u{2026}'),
    ('\u{2030}', '\u{2030}'),
    ('\u{2032}', '\u{2034}'),
    ('\u{2039}', '\u{203a}'),
    ('\u{2044}', '\u{2044}'),
    ('\u{2070}', '\u{2070}'),
    ('\u{2074}', '\u{2079}'),
    ('\u{20ac}', '\u{20ac}'),
    ('\u{2122}', '\u{2122}'),
    ('\u{2153}', '\u{2154}'),
    ('\u{2190}', '\u{2195}'),
    ('\u{2212}', '\u{2212}'),
    ('\u{2248}', '\u{2248}'),
    ('\u{2260}', '\u{2260}'),
    ('\u{2264}', '\u{2265}'),
];

/// Scripts the type lacks, by the blocks of Unicode their letters stand in.
const SCRIPTS: [(char, char, &str); 22] = [
    ('\u{530}', '\u{58f}', "Armenian"),
    ('\u{590}', '\u{5ff}', "Hebrew"),
    ('\u{600}', '\u{6ff}', "Arabic"),
    ('\u{750}', '\u{77f}', "Arabic"),
    ('\u{8a0}', '\u{8ff}', "Arabic"),
    ('\u{900}', '\u{97f}', "Devanagari"),
    ('\u{980}', '\u{9ff}', "Bengali"),
    ('\u{a00}', '\u{a7f}', "Gurmukhi"),
    ('\u{a80}', '\u{aff}', "Gujarati"),
    ('\u{b80}', '\u{bff}', "Tamil"),
    ('\u{c00}', '\u{c7f}', "Telugu"),
    ('\u{e00}', '\u{e7f}', "Thai"),
    ('\u{10a0}', '\u{10ff}', "Georgian"),
    ('\u{1100}', '\u{11ff}', "Korean"),
    ('\u{3040}', '\u{30ff}', "Japanese"),
    ('\u{3400}', '\u{9fff}', "Chinese or Japanese"),
    ('\u{ac00}', '\u{d7af}', "Korean"),
    ('\u{fb1d}', '\u{fb4f}', "Hebrew"),
    ('\u{fb50}', '\u{fdff}', "Arabic"),
    ('\u{fe70}', '\u{fefc}', "Arabic"),
    ('\u{20000}', '\u{3ffff}', "Chinese or Japanese"),
    ('\u{1f000}', '\u{1faff}', EMOJI),
];

const EMOJI: &str = "emoji";
const OTHER: &str = "another";

/// What one letter becomes.
enum Letter {
    /// Printed as it is.
    Set(char),
    /// Not printed: invisible, or a command to the direction of writing.
    Dropped,
    /// Named by its script.
    Lacking(&'static str),
}

fn letter(letter: char) -> Letter {
    match letter {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{a0}' | '\u{2000}'..='\u{200a}' => {
            Letter::Set(' ')
        }
        '\u{2010}' | '\u{2011}' => Letter::Set('-'),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => {
            Letter::Dropped
        }
        '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => Letter::Dropped,
        other if other.is_control() => Letter::Dropped,
        other
            if LETTERS
                .iter()
                .any(|(from, to)| (*from..=*to).contains(&other)) =>
        {
            Letter::Set(other)
        }
        '\u{2600}'..='\u{27bf}' => Letter::Lacking(EMOJI),
        other => {
            let script = SCRIPTS
                .iter()
                .find(|(from, to, _)| (*from..=*to).contains(&other));
            Letter::Lacking(script.map_or(OTHER, |(_, _, name)| *name))
        }
    }
}

/// `words` as they can be printed: on one line, every run of letters the type lacks named in brackets.
///
/// Words the type has are unchanged, apart from runs of white space, which become one space.
pub(crate) fn printable(words: &str) -> String {
    let mut printed = String::with_capacity(words.len());
    let mut lacking: Option<(&'static str, usize)> = None;
    // what may stand within a run of another script without ending it
    let mut between = String::new();
    for next in words.chars() {
        match (letter(next), lacking) {
            (Letter::Dropped, _) => {}
            (Letter::Lacking(script), Some((open, count))) if script == open => {
                lacking = Some((script, count + 1));
                between.clear();
            }
            (Letter::Lacking(script), open) => {
                close(&mut printed, open, &mut between);
                lacking = Some((script, 1));
            }
            (Letter::Set(set), Some(_)) if !set.is_alphanumeric() => between.push(set),
            (Letter::Set(set), open) => {
                close(&mut printed, open, &mut between);
                lacking = None;
                printed.push(set);
            }
        }
    }
    close(&mut printed, lacking, &mut between);
    printed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Ends a run: names it, then sets what followed it.
fn close(printed: &mut String, run: Option<(&'static str, usize)>, between: &mut String) {
    if let Some((script, count)) = run {
        let name = match (script, count) {
            (EMOJI, count) => format!("[{count} emoji]"),
            (script, 1) => format!("[1 letter in {script} script]"),
            (script, count) => format!("[{count} letters in {script} script]"),
        };
        printed.push_str(&name);
    }
    printed.push_str(between);
    between.clear();
}
