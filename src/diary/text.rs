//! Free text as it is typed and shown, and names as they are compared.

use crate::diary::typed::LineError;

/// Longest free text kept with a record, bytes.
pub(crate) const LONGEST_TEXT: usize = 64 * 1024;

/// A word as it is shown in a message: at most 40 characters.
pub(crate) fn shown(word: &str) -> String {
    let mut s: String = word.chars().take(40).collect();
    if s.len() < word.len() {
        s.push('…');
    }
    s
}

/// Takes control characters out of typed text (stray arrow keys, say); line breaks and tabs become spaces.
pub(crate) fn clean(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| {
            if matches!(c, '\n' | '\t' | '\r') {
                ' '
            } else {
                c
            }
        })
        .collect();
    spaced.chars().filter(|c| !c.is_control()).collect()
}

/// Free text of a record: without control characters, not empty, not longer than a note may be.
///
/// # Errors
/// `what` is empty or too long.
pub(crate) fn free_text(text: &str, what: &str) -> Result<String, LineError> {
    let text = clean(text).trim().to_string();
    if text.is_empty() {
        return Err(LineError::new(
            format!("an empty {what}"),
            "write a few words, in quotes",
        ));
    }
    if text.len() > LONGEST_TEXT {
        return Err(LineError::new(
            format!("a {what} of {} bytes is too long", text.len()),
            "keep it under 64 kB",
        ));
    }
    Ok(text)
}

/// A line split at spaces, quoted parts kept whole.
pub(crate) fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for c in line.trim().chars() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            c => word.push(c),
        }
    }
    words.extend(Some(word).filter(|w| !w.is_empty()));
    words
}

/// A name in lower case with everything but letters and digits made a single space: `Vitamin-D3` is `vitamin d3`.
pub(crate) fn plain_name(name: &str) -> String {
    let spaced: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `phrase` stands in `plain` as whole words.
pub(in crate::diary) fn has_phrase(plain: &str, phrase: &str) -> bool {
    let mut rest = plain;
    loop {
        if let Some(after) = rest.strip_prefix(phrase)
            && (after.is_empty() || after.starts_with(' '))
        {
            return true;
        }
        match rest.split_once(' ') {
            Some((_, later)) => rest = later,
            None => return false,
        }
    }
}

/// The candidate most like `word`: at most two slips of the keys, or one in a short word. Ties go to the first.
pub(crate) fn nearest_of<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let allowed = match word.chars().count() {
        0 | 1 => 0,
        2..=4 => 1,
        _ => 2,
    };
    candidates
        .into_iter()
        .map(|c| (strsim::osa_distance(word, c), c))
        .filter(|(slips, c)| *slips <= allowed && *slips < c.chars().count())
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, c)| c)
}
