//! A line that begins with no command: the nearest command is named, or what the line says as an entry. Nothing is
//! written.

use crate::cli::failure::fail;
use crate::cli::{Failure, typed};
use crate::diary::Now;
use crate::diary::entry::LineReader;
use crate::diary::factor::Catalogue;
use crate::diary::lexicon;
use crate::diary::line::LineKind;
use crate::diary::typed::nearest_of;

/// What to answer to `words`, the first of which is none of the `commands`.
pub(super) fn no_command(words: &[String], commands: &[String], now: &Now) -> Failure {
    let Some((first, rest)) = words.split_first() else {
        return fail!(Words, "no-command", word = "");
    };
    let small = first.to_lowercase();
    let near = nearest_of(&small, commands.iter().map(String::as_str));
    let line = match near.filter(|_| !lexicon::is_known(&small)) {
        Some(near) => line(near, rest),
        None if is_entry(words, now) => line("log", words),
        None => return fail!(Words, "no-command", word = first),
    };
    fail!(Words, "no-command-near", word = first, line)
}

fn line(command: &str, words: &[String]) -> String {
    format!("{command} {}", typed(words)).trim_end().to_string()
}

/// Whether the reader of entries understands something of the words.
fn is_entry(words: &[String], now: &Now) -> bool {
    let catalogue = Catalogue::built_in();
    let reader = LineReader::new(LineKind::Episode, &catalogue, now);
    reader.read(words).is_ok_and(|account| {
        let understood = !account.episodes.is_empty() || !account.nights.is_empty();
        let nothing = account.unread.join(" ") == words.join(" ");
        understood && !nothing && !account.is_note
    })
}
