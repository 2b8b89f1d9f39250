//! Rates as bars on a terminal, a row each. A row nobody wrote about says so and has no bar.

use crate::render::terminal::{Layout, colored, wrapped};
use crate::report::say::chart::{interval, rate as rate_words};
use crate::report::stretch::{Bar, Bars};
use crate::words::t;

/// The longest bar.
const LONGEST: usize = 30;
/// The shortest bar worth drawing; on a narrower terminal numbers stand alone.
const SHORTEST: usize = 8;

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
