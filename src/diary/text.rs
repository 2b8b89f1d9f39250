//! Free text as it is typed and shown.

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
