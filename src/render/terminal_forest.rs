//! Links as a picture of letters: a row each, with ratio and interval on one axis of logarithms. Each row also stands in
//! words and counts, nothing is told by colour alone.

use crate::render::terminal::{Layout, colored, spelt, wrapped_after};
use crate::report::chart::{Axis, ForestRow};
use crate::report::explain::Estimates;
use crate::report::overview::LinkRow;
use crate::words::t;

/// The shortest and the longest picture of an interval beside its words, both odd: 1 stands in the middle.
const SHORTEST: usize = 17;
const LONGEST: usize = 33;
/// A name has at least so many letters before it goes on below.
const NAME: usize = 14;
/// Spaces between columns; the label of the first tick may reach into those before the picture.
const GAP: usize = 2;

/// The characters intervals are made of.
struct Glyphs {
    value: char,
    line: char,
    low: char,
    high: char,
    before: char,
    beyond: char,
    /// The line at 1, and where an interval crosses it.
    one: char,
    crossed: char,
}

const FINE: Glyphs = Glyphs {
    value: '●',
    line: '─',
    low: '├',
    high: '┤',
    before: '←',
    beyond: '→',
    one: '│',
    crossed: '┼',
};
const ASCII: Glyphs = Glyphs {
    value: '*',
    line: '-',
    low: '[',
    high: ']',
    before: '<',
    beyond: '>',
    one: '|',
    crossed: '+',
};

fn glyphs(layout: Layout) -> &'static Glyphs {
    if layout.unicode { &FINE } else { &ASCII }
}

/// Links laid out for a width: the head, the lines of each link, and what the signs mean.
pub(crate) struct Drawn {
    pub(crate) head: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    pub(crate) legend: Vec<String>,
}

/// Draws the links side by side with their words, or below them where the width is too small.
pub(crate) fn forest(axis: &Axis, links: &[LinkRow], layout: Layout) -> Drawn {
    let links: Vec<LinkRow> = links.iter().map(|link| spelt_row(link, layout)).collect();
    let links = links.as_slice();
    let g = glyphs(layout);
    let interval = format!("{}{}{}", g.low, g.line, g.high);
    let legend = t!(analyze, "legend", value = g.value.to_string(), interval);
    let mut legend = wrapped_after(&legend, "", "  ", layout.width);
    let columns = Columns::fitting(links, layout);
    if columns.is_none() {
        let counts = spelt(t!(analyze, "head-counts-narrow"), layout);
        legend.extend(wrapped_after(&counts, "", "  ", layout.width));
    }
    let (head, rows) = match columns {
        Some(columns) => columns.draw(axis, links, layout),
        None => below(axis, links, layout),
    };
    Drawn { head, rows, legend }
}

/// Estimates of one factor under each other: label, picture, numbers; on a narrow terminal the label stands above.
pub(crate) fn estimates(of: &Estimates, layout: Layout) -> Vec<String> {
    let widest = |of: &mut dyn Iterator<Item = &str>| of.map(|text| text.chars().count()).max();
    let label = widest(&mut of.rows.iter().map(|row| row.label)).unwrap_or(0);
    let ratio = widest(&mut of.rows.iter().map(|row| row.ratio.as_str())).unwrap_or(0);
    let room = |label: usize| layout.width.saturating_sub(label + ratio + 3 * GAP);
    let is_wide = room(label) >= SHORTEST;
    let indent = if is_wide { label + GAP } else { 0 };
    let picture = room(indent.saturating_sub(GAP)).clamp(3, LONGEST);
    let picture = picture - (picture + 1) % 2;
    let before = " ".repeat(indent);
    let mut out: Vec<String> = [
        directions(picture, glyphs(layout)),
        ticks(&of.axis, picture),
    ]
    .map(|line| format!("{before}{line}").trim_end().to_string())
    .to_vec();
    for row in &of.rows {
        let drawn = picture_of(&row.place, &of.axis, picture, layout);
        let (words, ratio) = (row.label, &row.ratio);
        if is_wide {
            out.push(format!("  {words:<label$}  {drawn}  {ratio}"));
        } else {
            out.push(format!("  {words}"));
            out.push(format!("  {drawn}  {ratio}"));
        }
    }
    out
}

/// The words of a link as the terminal can show them.
fn spelt_row(link: &LinkRow, layout: Layout) -> LinkRow {
    let spell = |text: &Option<String>| text.as_ref().map(|text| spelt(text, layout));
    LinkRow {
        name: spelt(&link.name, layout),
        contrast: spell(&link.contrast),
        sides: spell(&link.sides),
        counts: spelt(&link.counts, layout),
        ..link.clone()
    }
}

/// Widths of the columns, in letters.
struct Columns {
    name: usize,
    grade: usize,
    picture: usize,
}

impl Columns {
    /// Columns for these links; `None` where names would have no room.
    fn fitting(links: &[LinkRow], layout: Layout) -> Option<Columns> {
        let widest = |of: &dyn Fn(&LinkRow) -> usize| links.iter().map(of).max().unwrap_or(0);
        let grade = widest(&|link| link.grade.chars().count());
        let heads = [
            spelt(t!(analyze, "head-counts"), layout),
            spelt(t!(analyze, "head-sides"), layout),
        ];
        let heads = heads.iter().map(|head| head.chars().count()).max();
        let counts = widest(&|link| link.counts.chars().count()).max(heads.unwrap_or(0));
        let left = layout.width.checked_sub(grade + counts + 3 * GAP)?;
        let wish = |link: &LinkRow| {
            let contrast = link
                .contrast
                .as_ref()
                .map_or(0, |c| c.chars().count() + GAP);
            link.name.chars().count().max(contrast)
        };
        let name = widest(&wish).max(NAME);
        let picture = left.saturating_sub(name).clamp(SHORTEST, LONGEST);
        // 1 stands in the middle of an odd number of letters
        let picture = picture - (picture + 1) % 2;
        let name = left
            .checked_sub(picture)
            .filter(|room| *room >= NAME)?
            .min(name);
        Some(Columns {
            name,
            grade,
            picture,
        })
    }

    fn draw(
        &self,
        axis: &Axis,
        links: &[LinkRow],
        layout: Layout,
    ) -> (Vec<String>, Vec<Vec<String>>) {
        let Columns {
            name,
            grade,
            picture,
            ..
        } = self;
        let before = " ".repeat(name + grade + 2 * GAP);
        let counts = [
            spelt(t!(analyze, "head-counts"), layout),
            spelt(t!(analyze, "head-sides"), layout),
        ];
        let scale = [directions(*picture, glyphs(layout)), ticks(axis, *picture)];
        let head = scale.iter().zip(counts).map(|(scale, counts)| {
            let left = " ".repeat(name + grade + GAP);
            format!("{left}{scale} {counts}")
        });
        let rows = links.iter().map(|link| {
            let mut words = wrapped_after(&link.name, "", "  ", *name).into_iter();
            let first = words.next().unwrap_or_default();
            let picture = picture_of(&link.place, axis, *picture, layout);
            let (grade, counts) = (link.grade, &link.counts);
            let (w_name, w_grade) = (self.name, self.grade);
            let mut lines = vec![format!(
                "{first:<w_name$}  {grade:<w_grade$}  {picture}  {counts}"
            )];
            let contrast = link.contrast.iter().map(|contrast| format!("  {contrast}"));
            let mut below: Vec<String> = words.chain(contrast).collect();
            if let Some(sides) = &link.sides {
                let at = before.len() + self.picture + GAP;
                add_on_the_right(&mut below, sides, at, layout.width);
            }
            lines.extend(below);
            lines
        });
        (head.collect(), rows.collect())
    }
}

/// Puts words at column `at` of the last line, or where else they fit, or on a line of their own.
fn add_on_the_right(lines: &mut Vec<String>, words: &str, at: usize, width: usize) {
    let last = lines.last().map_or(0, |line| line.chars().count());
    let furthest = width.saturating_sub(words.chars().count());
    let at = match last + GAP <= furthest {
        true => at.max(last + GAP).min(furthest),
        false => at.min(furthest),
    };
    match lines.last_mut().filter(|_| last + GAP <= at) {
        Some(line) => *line = format!("{line:<at$}{words}"),
        None => lines.push(format!("{:at$}{words}", "")),
    }
}

/// On a narrow terminal: names and grades, and below each its picture and counts.
fn below(axis: &Axis, links: &[LinkRow], layout: Layout) -> (Vec<String>, Vec<Vec<String>>) {
    let counts = links.iter().map(|link| link.counts.chars().count());
    let counts = counts.max().unwrap_or(0);
    let room = layout.width.saturating_sub(counts + 2 * GAP).min(LONGEST);
    let picture = room.max(3) - (room.max(3) + 1) % 2;
    let head = [directions(picture, glyphs(layout)), ticks(axis, picture)];
    let head = head.map(|line| line.trim_end().to_string());
    let rows = links.iter().map(|link| {
        let what = match &link.contrast {
            Some(contrast) => format!("{}, {contrast}: {}", link.name, link.grade),
            None => format!("{}: {}", link.name, link.grade),
        };
        let mut lines = wrapped_after(&what, "", "  ", layout.width);
        if let Some(sides) = &link.sides {
            let at = picture + 2 * GAP;
            add_on_the_right(&mut lines, sides, at, layout.width);
        }
        let drawn = picture_of(&link.place, axis, picture, layout);
        lines.push(format!("  {drawn}  {}", link.counts));
        lines
    });
    (head.to_vec(), rows.collect())
}

/// Where a value of the axis stands, in columns from 0.
fn column(value: f64, axis: &Axis, columns: usize) -> usize {
    let share = (value - axis.from) / (axis.to - axis.from);
    let last = columns.saturating_sub(1);
    ((share * last as f64).round().max(0.0) as usize).min(last)
}

/// Which way is fewer and which is more, around the middle; [`GAP`] letters stand before the picture, one after it.
fn directions(columns: usize, g: &Glyphs) -> String {
    let fewer = format!("{} {}", g.before, t!(analyze, "head-fewer"));
    let more = format!("{} {}", t!(analyze, "head-more"), g.beyond);
    let left = GAP + columns / 2 - 1;
    let line = format!("{fewer:>left$}   {more}");
    format!("{line:<width$}", width = columns + GAP + 1)
}

/// The values marked on the axis, each centred on its place, from 1 outwards as far as they do not touch.
fn ticks(axis: &Axis, columns: usize) -> String {
    let mut line = vec![' '; columns + GAP + 1];
    let mut ticks: Vec<_> = axis.ticks.iter().collect();
    ticks.sort_by(|a, b| a.at.abs().total_cmp(&b.at.abs()));
    for tick in ticks {
        let wide = tick.label.chars().count();
        let middle = column(tick.at, axis, columns) + GAP;
        let start = middle
            .saturating_sub(wide / 2)
            .min(line.len().saturating_sub(wide));
        let around = start.saturating_sub(1)..(start + wide + 1).min(line.len());
        let is_free = line
            .get(around)
            .is_some_and(|part| part.iter().all(|c| *c == ' '));
        if is_free {
            let places = line.iter_mut().skip(start);
            places
                .zip(tick.label.chars())
                .for_each(|(place, letter)| *place = letter);
        }
    }
    line.into_iter().collect()
}

/// A ratio and its interval on the line of the axis.
fn picture_of(row: &ForestRow, axis: &Axis, columns: usize, layout: Layout) -> String {
    let g = glyphs(layout);
    let mut line = vec![' '; columns];
    let one = column(0.0, axis, columns);
    let mut put = |at: usize, glyph: char| {
        if let Some(place) = line.get_mut(at) {
            *place = glyph;
        }
    };
    put(one, g.one);
    let (Some(at), Some((low, high))) = (row.at, row.span) else {
        return line.into_iter().collect();
    };
    let [at, low, high] = [at, low, high].map(|x| column(x, axis, columns));
    for place in low..=high {
        put(place, if place == one { g.crossed } else { g.line });
    }
    if low < high {
        put(low, g.low);
        put(high, g.high);
    }
    put(at, g.value);
    // what goes on beyond the edge says so, above all else
    if row.clipped.0 {
        put(low, g.before);
    }
    if row.clipped.1 {
        put(high, g.beyond);
    }
    let part = |range: std::ops::Range<usize>| -> String {
        line.get(range).unwrap_or_default().iter().collect()
    };
    let (first, last) = (low.min(at), high.max(at) + 1);
    let interval = colored(&part(first..last), layout.color);
    format!("{}{interval}{}", part(0..first), part(last..columns))
}
