//! A help topic as text for a terminal.

use crate::render::terminal::wrapped_after;
use crate::report::help::{Block, Topic};

/// Letters kept for the term of an item; a longer one stands on a line of its own.
const TERM: usize = 18;

/// A topic as text, lines of at most `width` letters where a word is not longer itself.
pub(crate) fn topic(topic: &Topic, width: usize) -> String {
    let width = width.max(30);
    let mut lines = wrapped_after(topic.title, "", "", width);
    let mut last_was_item = false;
    for block in &topic.blocks {
        let is_item = matches!(block, Block::Item { .. });
        if !(is_item && last_was_item) {
            lines.push(String::new());
        }
        last_was_item = is_item;
        match block {
            Block::Heading { text } => {
                lines.extend(wrapped_after(&text.to_uppercase(), "", "", width))
            }
            Block::Says { text } => lines.extend(wrapped_after(text, "", "", width)),
            Block::Item { term, text } => lines.extend(item_lines(term, text, width)),
            Block::Advice(advice) => {
                for (place, line) in advice.paragraphs().iter().enumerate() {
                    let indent = if place == 0 { "" } else { "  " };
                    lines.extend(wrapped_after(line, indent, indent, width));
                }
            }
        }
    }
    lines.join("\n")
}

/// A term and its meaning; on a narrow screen, and for a long term, the meaning stands below.
fn item_lines(term: &str, text: &str, width: usize) -> Vec<String> {
    let indent = if width < 4 * TERM { 6 } else { TERM + 4 };
    let rest = " ".repeat(indent);
    if indent > TERM && term.chars().count() <= TERM {
        return wrapped_after(text, &format!("  {term:<TERM$}  "), &rest, width);
    }
    let mut lines = wrapped_after(term, "  ", "    ", width);
    if !text.is_empty() {
        lines.extend(wrapped_after(text, &rest, &rest, width));
    }
    lines
}
