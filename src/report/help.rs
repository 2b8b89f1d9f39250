//! Help topics: what the program explains without a diary, as values and as plain text.

mod advice;
mod entering;
mod evidence;
mod prevention;
mod sources;
mod trust;

use serde::Serialize;

pub(crate) use crate::report::help::advice::Advice;

/// One topic.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Topic {
    schema: u32,
    kind: &'static str,
    /// The word after `cramp help`.
    pub(crate) name: &'static str,
    /// Its title.
    pub(crate) title: &'static str,
    /// What it says, in order.
    pub(crate) blocks: Vec<Block>,
}

/// One piece of a topic.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub(crate) enum Block {
    /// A heading.
    Heading {
        /// Its words.
        text: String,
    },
    /// A paragraph.
    Says {
        /// Its words.
        text: String,
    },
    /// Something that is written literally, or named, and what it means.
    Item {
        /// The literal words or the name.
        term: String,
        /// What it means.
        text: String,
    },
    /// One measure, with its evidence.
    Advice(Advice),
}

/// Letters kept for the term of an item; a longer one stands on a line of its own.
const TERM: usize = 18;

/// A heading.
pub(in crate::report) fn heading(text: impl Into<String>) -> Block {
    Block::Heading { text: text.into() }
}

/// A paragraph.
pub(in crate::report) fn says(text: impl Into<String>) -> Block {
    Block::Says { text: text.into() }
}

/// A literal word and its meaning.
pub(in crate::report) fn item(term: impl Into<String>, text: impl Into<String>) -> Block {
    Block::Item {
        term: term.into(),
        text: text.into(),
    }
}

impl Topic {
    pub(in crate::report) fn new(
        name: &'static str,
        title: &'static str,
        blocks: Vec<Block>,
    ) -> Self {
        Topic {
            schema: 1,
            kind: "help",
            name,
            title,
            blocks,
        }
    }

    /// The topic as text, lines of at most `width` letters where a word is not longer itself.
    pub(crate) fn text(&self, width: usize) -> String {
        let width = width.max(30);
        let mut lines = wrap(self.title, "", "", width);
        let mut last_was_item = false;
        for block in &self.blocks {
            let is_item = matches!(block, Block::Item { .. });
            if !(is_item && last_was_item) {
                lines.push(String::new());
            }
            last_was_item = is_item;
            match block {
                Block::Heading { text } => {
                    lines.extend(wrap(&text.to_uppercase(), "", "", width));
                }
                Block::Says { text } => lines.extend(wrap(text, "", "", width)),
                Block::Item { term, text } => {
                    // On a narrow screen, and for a long term, the meaning stands below.
                    let indent = if width < 4 * TERM { 6 } else { TERM + 4 };
                    let rest = " ".repeat(indent);
                    if indent > TERM && term.chars().count() <= TERM {
                        let first = format!("  {term:<TERM$}  ");
                        lines.extend(wrap(text, &first, &rest, width));
                    } else {
                        lines.extend(wrap(term, "  ", "    ", width));
                        if !text.is_empty() {
                            lines.extend(wrap(text, &rest, &rest, width));
                        }
                    }
                }
                Block::Advice(advice) => {
                    for (place, line) in advice.lines().iter().enumerate() {
                        let indent = if place == 0 { "" } else { "  " };
                        lines.extend(wrap(line, indent, indent, width));
                    }
                }
            }
        }
        lines.join("\n")
    }
}

/// Breaks `text` into lines of at most `width` letters, the first after `first`, the others after `rest`.
fn wrap(text: &str, first: &str, rest: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_string();
    let mut is_empty = true;
    for word in text.split_whitespace() {
        let room = line.chars().count() + usize::from(!is_empty) + word.chars().count();
        if !is_empty && room > width {
            lines.push(std::mem::replace(&mut line, rest.to_string()));
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    lines.push(line.trim_end().to_string());
    lines
}

/// Every topic, in the order they are listed.
pub(crate) fn topics() -> Vec<Topic> {
    vec![
        entering::dates(),
        entering::night(),
        entering::units(),
        entering::factors(),
        entering::import(),
        evidence::relief(),
        prevention::prevention(),
        trust::flags(),
        trust::statistics(),
        trust::privacy(),
        sources::sources(),
    ]
}
