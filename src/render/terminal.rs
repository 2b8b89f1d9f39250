//! What every report on a terminal is made of: broken lines, titles, items and fields. Colour is only an addition.

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

use crate::words::t;

const BLUE: &str = "\u{1b}[34m";
const PLAIN: &str = "\u{1b}[0m";

/// How text is laid out.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Layout {
    /// One record a line.
    pub(crate) plain: bool,
    /// Bold headings, blue bars.
    pub(crate) color: bool,
    /// Characters beyond ASCII.
    pub(crate) unicode: bool,
    /// Columns.
    pub(crate) width: usize,
}

/// The lines of a report, put down one after the other.
pub(crate) struct Lines {
    pub(crate) layout: Layout,
    out: Vec<String>,
}

impl Lines {
    pub(crate) fn new(layout: Layout) -> Lines {
        let out = Vec::new();
        Lines { layout, out }
    }

    /// A line as it is.
    pub(crate) fn line(&mut self, line: impl Into<String>) {
        self.out.push(line.into());
    }

    /// Lines as they are.
    pub(crate) fn lines(&mut self, lines: impl IntoIterator<Item = String>) {
        self.out.extend(lines);
    }

    pub(crate) fn blank(&mut self) {
        self.line("");
    }

    /// A line in bold, or two where it does not fit.
    pub(crate) fn title(&mut self, title: &str) {
        for line in wrapped(title, self.layout.width, "") {
            self.out.push(match self.layout.color {
                true => format!("\u{1b}[1m{line}{PLAIN}"),
                false => line,
            });
        }
    }

    /// A title with a line free above it, unless the text is plain.
    pub(crate) fn heading(&mut self, title: &str) {
        if !self.layout.plain {
            self.blank();
        }
        self.title(title);
    }

    /// Words broken to the width, `indent` columns from the left.
    pub(crate) fn words(&mut self, indent: usize, words: &str) {
        let broken = wrapped(words, self.layout.width, &" ".repeat(indent));
        self.out.extend(broken);
    }

    /// An item of a list: what does not fit on its line goes on two columns further in.
    pub(crate) fn item(&mut self, indent: usize, words: &str) {
        let hanging = if self.layout.plain { 0 } else { 2 };
        let (first, rest) = (" ".repeat(indent), " ".repeat(indent + hanging));
        let width = self.layout.width.max(20 + indent);
        self.out.extend(wrapped_after(words, &first, &rest, width));
    }

    /// Words broken to the width, for each of several.
    pub(crate) fn all(&mut self, indent: usize, sentences: impl IntoIterator<Item: AsRef<str>>) {
        for words in sentences {
            self.words(indent, words.as_ref());
        }
    }

    /// A heading with lines under it; nothing where there are no lines.
    pub(crate) fn section(&mut self, title: &str, lines: &[String]) {
        if !lines.is_empty() {
            self.heading(title);
            self.all(2, lines);
        }
    }

    /// A heading with items under it; nothing where there are none.
    pub(crate) fn list(&mut self, title: &str, items: &[String]) {
        if !items.is_empty() {
            self.heading(title);
            items.iter().for_each(|item| self.item(2, item));
        }
    }

    /// Short lines side by side, as many as the width has room for; plain text has one a line.
    pub(crate) fn columns(&mut self, indent: usize, lines: &[String]) {
        let widest = lines.iter().map(|line| line.chars().count()).max();
        let each = widest.unwrap_or(0) + 3;
        let beside = match self.layout.plain {
            true => 1,
            false => (self.layout.width.saturating_sub(indent) / each).max(1),
        };
        for row in lines.chunks(beside) {
            let row: String = row.iter().map(|line| format!("{line:<each$}")).collect();
            self.line(format!("{}{}", " ".repeat(indent), row.trim_end()));
        }
    }

    /// Everything as one text.
    pub(crate) fn text(self) -> String {
        self.out.join("\n") + "\n"
    }
}

/// The blue of a bar, where there is colour.
pub(crate) fn colored(text: &str, color: bool) -> String {
    match color {
        true => format!("{BLUE}{text}{PLAIN}"),
        false => text.to_string(),
    }
}

/// One record, a field a line; unknown fields are said to be unknown.
pub(crate) fn fields(id: &str, fields: &[(String, serde_json::Value)]) -> String {
    let mut out = vec![id.to_string()];
    for (name, value) in fields {
        let shown = match value {
            serde_json::Value::Null => t!(week, "unknown").to_string(),
            serde_json::Value::String(s) => crate::diary::typed::clean(s),
            serde_json::Value::Array(list) if list.is_empty() => t!(week, "unknown").to_string(),
            serde_json::Value::Array(list) => {
                let words = list
                    .iter()
                    .map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_string));
                words.collect::<Vec<_>>().join(" ")
            }
            other => other.to_string(),
        };
        out.push(format!("  {name:<18} {shown}"));
    }
    out.join("\n") + "\n"
}

/// Sentences a line each, broken at spaces; a line that begins with a space is shown as it is.
pub(crate) fn paragraphs(sentences: &[String], width: usize) -> String {
    let mut out = Vec::new();
    for sentence in sentences {
        if sentence.starts_with(' ') {
            out.push(sentence.clone());
        } else {
            out.extend(wrapped(sentence, width, ""));
        }
    }
    out.join("\n") + "\n"
}

/// A sentence broken at spaces so that no line is longer than `width`, where words allow.
pub(crate) fn wrapped(text: &str, width: usize, indent: &str) -> Vec<String> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    wrapped_after(text, indent, indent, width.max(20 + indent.len()))
}

/// `text` in lines of at most `width` letters, the first after `first`, the others after `rest`.
pub(crate) fn wrapped_after(text: &str, first: &str, rest: &str, width: usize) -> Vec<String> {
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = textwrap::wrap(&text, options).into_iter();
    lines.map(|line| line.trim_end().to_string()).collect()
}

/// Text as the terminal can show it, so that its letters can be counted.
pub(crate) fn spelt(text: &str, layout: Layout) -> String {
    match layout.unicode {
        true => text.to_string(),
        false => ascii(text),
    }
}

/// The program's own signs in letters a terminal without UTF-8 shows. What a person wrote in other letters stays as it is.
pub(crate) fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '–' | '—' | '−' | '·' => out.push('-'),
            '…' => out.push_str("..."),
            '×' => out.push('x'),
            '°' => out.push_str("deg"),
            'µ' | 'μ' => out.push('u'),
            '≥' => out.push_str(">="),
            '≤' => out.push_str("<="),
            '½' => out.push_str("1/2"),
            '¼' => out.push_str("1/4"),
            '⅛' => out.push_str("1/8"),
            other => out.push(other),
        }
    }
    out
}
