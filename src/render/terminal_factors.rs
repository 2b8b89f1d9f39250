//! The analysis of factors, one factor in full, and the trend, on a terminal.

use crate::render::terminal::{self, bold, wrapped};
use crate::report::explain::Explained;
use crate::report::factors::{Entry, Factors};
use crate::report::say::factor::nights_analysed;
use crate::report::trend::Trend;
use crate::words::t;

/// How text is laid out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    /// One record a line.
    pub(crate) plain: bool,
    /// Bold headings.
    pub(crate) color: bool,
    /// Columns.
    pub(crate) width: usize,
}

/// The whole analysis.
pub(crate) fn factors(report: &Factors, layout: Layout) -> String {
    if layout.plain {
        return plain(report);
    }
    let mut out = vec![bold(t!(analyze, "title"), layout.color), String::new()];
    let nights = nights_analysed(&report.found.nights);
    out.extend(wrapped(&nights, layout.width, ""));
    for note in &report.notes {
        out.extend(wrapped(note, layout.width, ""));
    }
    let sections = [
        (
            t!(analyze, "links"),
            &[
                "shown twice",
                "shown",
                "consistent link",
                "possible link",
                "hint",
            ][..],
        ),
        (t!(analyze, "no-sizeable-link"), &["no sizeable link"]),
        (t!(analyze, "cannot-tell"), &["can't tell"]),
        (t!(analyze, "not-enough-yet"), &["not enough yet"]),
    ];
    for (title, grades) in sections {
        let entries: Vec<&Entry> = report
            .factors
            .iter()
            .filter(|f| grades.contains(&f.found.grade.word()))
            .collect();
        if entries.is_empty() {
            continue;
        }
        out.push(String::new());
        out.push(bold(title, layout.color));
        for entry in entries {
            out.extend(of_entry(entry, layout.width));
        }
    }
    section(&mut out, t!(analyze, "next"), &report.record_next, layout);
    if let Some(test) = &report.self_test {
        section(
            &mut out,
            t!(analyze, "self-test"),
            std::slice::from_ref(&test.sentence),
            layout,
        );
        for line in &test.tomorrow {
            out.extend(wrapped(line, layout.width, "  "));
        }
    }
    out.push(String::new());
    out.push(t!(analyze, "how-on").to_string());
    out.join("\n") + "\n"
}

fn of_entry(entry: &Entry, width: usize) -> Vec<String> {
    let mut out = wrapped(
        &format!("[{}] {}", entry.found.grade.word(), entry.counts),
        width,
        "  ",
    );
    for line in entry
        .estimate
        .iter()
        .chain(&entry.in_100_nights)
        .chain([&entry.meaning])
        .chain(&entry.warnings)
    {
        out.extend(wrapped(line, width.saturating_sub(2), "      "));
    }
    out
}

/// One factor a line: grade, name, counts, meaning.
fn plain(report: &Factors) -> String {
    let mut out: Vec<String> = report.notes.clone();
    out.extend(report.factors.iter().map(|f| {
        let estimate = f.estimate.as_deref().unwrap_or("");
        format!(
            "{}\t{}\t{}\t{estimate}\t{}",
            f.found.grade.word(),
            f.found.factor,
            f.counts,
            f.meaning
        )
    }));
    out.extend(report.record_next.iter().cloned());
    out.extend(report.self_test.iter().map(|t| t.sentence.clone()));
    out.join("\n") + "\n"
}

fn heading(out: &mut Vec<String>, title: &str, layout: Layout) {
    if !layout.plain {
        out.push(String::new());
    }
    out.push(bold(title, layout.color));
}

fn section(out: &mut Vec<String>, title: &str, lines: &[String], layout: Layout) {
    if lines.is_empty() {
        return;
    }
    heading(out, title, layout);
    for line in lines {
        out.extend(wrapped(line, layout.width, "  "));
    }
}

/// One factor in full.
pub(crate) fn explained(report: &Explained, layout: Layout) -> String {
    let mut out = vec![bold(
        &format!(
            "{}: {}",
            report.entry.found.label,
            report.entry.found.grade.word()
        ),
        layout.color,
    )];
    for sentence in &report.sentences {
        out.extend(wrapped(sentence, layout.width, ""));
    }
    let t = &report.table;
    let width = [&t.with, &t.without]
        .map(|w| w.chars().count())
        .into_iter()
        .max()
        .unwrap_or(0);
    let row = |words: &str, a: &str, b: &str| {
        let gap = (width + 2).saturating_sub(words.chars().count());
        format!("  {words}{:gap$}{a:>7} {b:>7}", "")
    };
    let cells = |words: &str, c: [usize; 2]| row(words, &c[0].to_string(), &c[1].to_string());
    heading(&mut out, "Plain counts of nights", layout);
    out.push(row("", "cramp", "calm"));
    out.push(cells(&t.with, t.exposed));
    out.push(cells(&t.without, t.unexposed));
    for line in &report.plain_lines {
        out.extend(wrapped(line, layout.width, "  "));
    }
    section(&mut out, "By level", &report.level_lines, layout);
    for s in &report.sections {
        section(&mut out, s.title, &s.lines, layout);
    }
    section(
        &mut out,
        t!(analyze, "last-nights"),
        &report.night_lines,
        layout,
    );
    out.join("\n") + "\n"
}

/// The most months drawn one by one; plain text has them all.
const MOST_MONTHS: usize = 24;

/// The trend report. `unicode` allows characters beyond ASCII in bars.
pub(crate) fn trend(report: &Trend, layout: Layout, unicode: bool) -> String {
    let mut out = vec![bold(t!(trend, "title"), layout.color)];
    for sentence in &report.sentences {
        out.extend(wrapped(sentence, layout.width, ""));
    }
    if !report.course_lines.is_empty() {
        heading(&mut out, t!(trend, "before-and-after"), layout);
        for line in &report.course_lines {
            out.extend(wrapped(line, layout.width, "  "));
        }
    }
    if !report.months.is_empty() {
        heading(&mut out, t!(chart, "bars-months"), layout);
        if layout.plain {
            out.extend(terminal::sentences(&Trend::bars(&report.months)));
        } else {
            let earlier = report.months.len().saturating_sub(MOST_MONTHS);
            let newest = report.months.get(earlier..).unwrap_or_default();
            let bars = Trend::bars(newest);
            out.extend(terminal::rows(&bars, unicode, layout.color, layout.width));
            if earlier > 0 {
                out.extend(wrapped(
                    &t!(chart, "bars-earlier", n = earlier),
                    layout.width,
                    "  ",
                ));
            }
        }
    }
    out.join("\n") + "\n"
}
