//! Experiments on a terminal: the table of designs, and where each experiment stands.

use crate::render::terminal::{Layout, Lines};
use crate::report::experiment::{Standing, Standings};
use crate::report::experiment_plan::{Design, Planned};
use crate::words::{of_100, t};

/// What each design would cost and find: what it rests on, a table, the advice.
pub(crate) fn plan(planned: &Planned, layout: Layout) -> String {
    let mut out = Lines::new(layout);
    let mut said = planned.sentences.iter();
    out.title(said.next().map_or("", String::as_str));
    out.all(0, said);
    if layout.plain {
        out.lines(planned.designs.iter().map(line));
    } else {
        out.blank();
        out.lines(table(&planned.designs));
        out.blank();
    }
    out.words(0, &planned.advice);
    out.text()
}

fn cells(design: &Design) -> [String; 4] {
    [
        design.words(),
        design.ends.to_string(),
        of_100(design.power),
        of_100(design.false_alarm),
    ]
}

/// A design a line, numbers under their heads.
fn table(designs: &[Design]) -> Vec<String> {
    let heads = [
        t!(experiment, "head-design"),
        t!(experiment, "head-ends"),
        t!(experiment, "head-power"),
        t!(experiment, "head-false"),
    ];
    let mut rows = vec![heads.map(str::to_string)];
    rows.extend(designs.iter().map(cells));
    let widest = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let [w0, w1, w2, w3] = [0, 1, 2, 3].map(widest);
    let line = |[design, ends, power, alarm]: &[String; 4]| {
        format!("  {design:<w0$}  {ends:<w1$}  {power:>w2$}  {alarm:>w3$}")
    };
    rows.iter().map(line).collect()
}

/// The same in words.
fn line(design: &Design) -> String {
    let [words, ends, power, alarm] = cells(design);
    t!(experiment, "design-line", words, ends, power, alarm)
}

/// Every experiment, one under the other.
pub(crate) fn standings(all: &Standings, layout: Layout) -> String {
    if all.experiments.is_empty() {
        return t!(experiment, "none").to_string();
    }
    let text = all.experiments.iter().map(|one| standing(one, layout));
    text.collect::<Vec<_>>().join("\n")
}

/// Where one experiment stands: tonight first, then its nights.
pub(crate) fn standing(one: &Standing, layout: Layout) -> String {
    let mut out = Lines::new(layout);
    let mut said = one.sentences.iter();
    out.title(said.next().map_or("", String::as_str));
    let coming = [&one.tonight, &one.tomorrow].into_iter().flatten();
    out.all(2, coming.map(|night| &night.sentence));
    out.all(2, said);
    out.text()
}
