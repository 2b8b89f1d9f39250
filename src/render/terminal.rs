//! What every report on a terminal is made of: broken lines, fields, and rates as bars, a row each. A row nobody wrote
//! about says so and has no bar. Colour is only an addition.

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

use crate::report::say::chart::{interval, rate as rate_words};
use crate::report::stretch::{Bar, Bars};
use crate::words::t;

/// The longest bar.
const LONGEST: usize = 30;
/// The shortest bar worth drawing; on a narrower terminal numbers stand alone.
const SHORTEST: usize = 8;
const BLUE: &str = "\u{1b}[34m";
const PLAIN: &str = "\u{1b}[0m";

/// The characters bars are made of.
struct Glyphs {
    /// Eighths of a character, from one to eight; only the last where there are no eighths.
    solid: &'static [char],
    hollow: char,
    line: char,
    end: char,
    beyond: char,
    base: char,
}

const FINE: Glyphs = Glyphs {
    solid: &['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'],
    hollow: '░',
    line: '╌',
    end: '┤',
    beyond: '→',
    base: '│',
};
const ASCII: Glyphs = Glyphs {
    solid: &['#'],
    hollow: ':',
    line: '-',
    end: '|',
    beyond: '>',
    base: '|',
};

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

    /// A line in bold.
    pub(crate) fn title(&mut self, title: &str) {
        self.out.push(match self.layout.color {
            true => format!("\u{1b}[1m{title}{PLAIN}"),
            false => title.to_string(),
        });
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
        let (first, rest) = (" ".repeat(indent), " ".repeat(indent + 2));
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

    /// Everything as one text.
    pub(crate) fn text(self) -> String {
        self.out.join("\n") + "\n"
    }
}

/// Rows with bars under a line of column heads, then what the characters mean.
pub(crate) fn rows(bars: &Bars, layout: Layout) -> Vec<String> {
    let Layout { color, width, .. } = layout;
    let glyphs = if layout.unicode { &FINE } else { &ASCII };
    let texts: Vec<[String; 4]> = bars.rows.iter().map(texts).collect();
    let [interval, recorded] = [t!(chart, "bars-interval"), t!(chart, "bars-recorded")];
    let heads = [bars.head, "", interval, recorded];
    let widest = |at: usize, head: &str| {
        let cells = texts.iter().filter_map(|row| row.get(at));
        cells.fold(head.chars().count(), |most, cell| {
            most.max(cell.chars().count())
        })
    };
    let columns = [0, 1, 2, 3].map(|at: usize| widest(at, heads.get(at).copied().unwrap_or("")));
    // two spaces before each column and before the bar, one line at the foot of the bar
    let words: usize = columns.iter().sum::<usize>() + 2 * 5 + 1;
    let room = width.saturating_sub(words).min(LONGEST);
    let mut out = Vec::new();
    if room < SHORTEST {
        out.extend(wrapped(t!(chart, "bars-narrow-head"), width, "  "));
        let columns = [widest(0, ""), widest(1, ""), widest(2, "")];
        let rows = bars.rows.iter().zip(&texts);
        out.extend(rows.map(|(bar, texts)| row(bar, texts, columns, "")));
    } else {
        let [w0, w1, w2, _] = columns;
        // the head of the rate stands over the bars and their numbers together
        let (head, rate, both) = (bars.head, t!(chart, "bars-rate"), room + 3 + w1);
        out.push(format!(
            "  {head:w0$}  {rate:both$}  {interval:w2$}  {recorded}"
        ));
        for (bar, texts) in bars.rows.iter().zip(&texts) {
            let drawn = drawn(bar, bars.to, room, color, glyphs) + "  ";
            out.push(row(bar, texts, [w0, w1, w2], &drawn));
        }
        out.extend(legend(bars, glyphs, width));
    }
    out.iter().map(|line| line.trim_end().to_string()).collect()
}

/// The words of a row: when, rate, interval, nights recorded.
fn texts(bar: &Bar) -> [String; 4] {
    let rate = bar.rate.as_ref();
    [
        bar.label.clone(),
        rate.map_or_else(String::new, |e| rate_words(e.value)),
        rate.map_or_else(String::new, interval),
        if bar.nights == 0 {
            String::new()
        } else {
            t!(chart, "of", part = bar.recorded, whole = bar.nights)
        },
    ]
}

/// A row: its label, the bar already drawn, and the numbers.
fn row(
    bar: &Bar,
    [label, rate, interval, recorded]: &[String; 4],
    [w0, w1, w2]: [usize; 3],
    drawn: &str,
) -> String {
    if bar.rate.is_some() {
        return format!("  {label:<w0$}  {drawn}{rate:>w1$}  {interval:<w2$}  {recorded}");
    }
    let why = match bar.nights {
        0 => t!(chart, "bars-left-out"),
        _ if bar.recorded > 0 => t!(chart, "bars-too-few"),
        _ => t!(chart, "not-recorded"),
    };
    let blank = drawn.chars().count() + w1 + 2 + w2;
    format!("  {label:<w0$}  {why:<blank$}  {recorded}")
}

/// The bar itself: its foot, its length, and a thin line to the upper end of the interval.
fn drawn(bar: &Bar, to: f64, room: usize, color: bool, glyphs: &Glyphs) -> String {
    let Some(e) = &bar.rate else {
        return " ".repeat(room + 1);
    };
    let fine = glyphs.solid.len();
    let parts = |rate: f64| (rate / to * (room * fine) as f64).round().max(0.0) as usize;
    let mut filled = String::new();
    // a bar that goes on leaves room for the mark that says so
    let most = if e.value > to * 1.001 { room - 1 } else { room };
    let full = parts(e.value).min(most * fine);
    if bar.sparse {
        filled.extend(std::iter::repeat_n(glyphs.hollow, full.div_ceil(fine)));
    } else {
        filled.extend(std::iter::repeat_n(
            glyphs.solid.last().copied().unwrap_or('#'),
            full / fine,
        ));
        // what is more than nothing is never drawn as nothing
        let rest = full % fine;
        let rest = if full == 0 && e.value > 0.0 { 1 } else { rest };
        filled.extend(rest.checked_sub(1).and_then(|at| glyphs.solid.get(at)));
    }
    let at = filled.chars().count();
    let clipped = e.high > to * 1.001;
    let end = if clipped {
        room
    } else {
        parts(e.high).div_ceil(fine).min(room)
    };
    let mut line = String::new();
    if end > at {
        line.extend(std::iter::repeat_n(glyphs.line, end - at - 1));
        line.push(if clipped { glyphs.beyond } else { glyphs.end });
    }
    let blank = " ".repeat(room.saturating_sub(at + line.chars().count()));
    let filled = colored(&filled, color);
    format!("{}{filled}{line}{blank}", glyphs.base)
}

/// The blue of a bar, where there is colour.
pub(crate) fn colored(text: &str, color: bool) -> String {
    match color {
        true => format!("{BLUE}{text}{PLAIN}"),
        false => text.to_string(),
    }
}

/// What the characters mean, those that occur.
fn legend(bars: &Bars, glyphs: &Glyphs, width: usize) -> Vec<String> {
    let solid = glyphs.solid.last().copied().unwrap_or('#');
    let occurs = |test: fn(&Bar, &Bars, f64) -> bool| {
        let mut known = bars
            .rows
            .iter()
            .filter_map(|bar| Some((bar, bar.rate?.high)));
        known.any(|(bar, high)| test(bar, bars, high))
    };
    let entries = [
        (
            occurs(|bar, _, _| !bar.sparse),
            solid,
            t!(chart, "bars-solid"),
        ),
        (
            occurs(|bar, _, _| bar.sparse),
            glyphs.hollow,
            t!(chart, "bars-hollow"),
        ),
        (occurs(|_, _, _| true), glyphs.end, t!(chart, "bars-upper")),
        (
            occurs(|_, bars, high| high > bars.to * 1.001),
            glyphs.beyond,
            t!(chart, "bars-beyond"),
        ),
    ];
    let mut lines: Vec<String> = Vec::new();
    for (_, glyph, words) in entries.iter().filter(|(occurs, _, _)| *occurs) {
        let entry = format!("{glyph} {words}");
        match lines.last_mut() {
            Some(line) if line.chars().count() + 3 + entry.chars().count() <= width => {
                *line += &format!("   {entry}");
            }
            _ => lines.push(format!("  {entry}")),
        }
    }
    lines
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
