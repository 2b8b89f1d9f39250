//! The analysis on a terminal: at a glance, in full, a line a factor, and one factor by itself.

use crate::data::word::Word;
use crate::render::terminal::{self, Layout, Lines, wrapped_after};
use crate::render::terminal_forest::{self, Drawn, forest};
use crate::report::explain::Explained;
use crate::report::factors::{Entry, Factors};
use crate::report::overview::{Group, Overview, overview};
use crate::report::say::factor::nights_analysed;
use crate::words::t;

/// Lines of the analysis at a glance.
const SCREEN: usize = 24;
/// Lines for the names of one grade, before there is room for more.
const NAMES: usize = 2;
/// Links that are drawn before notices take their lines.
const FIRST_LINKS: usize = 3;

/// The analysis at a glance, on one screen; plain text has one factor a line.
pub(crate) fn at_a_glance(report: &Factors, layout: Layout) -> String {
    if layout.plain {
        return plain(report);
    }
    let mut out = Lines::new(layout);
    let title = terminal::wrapped(t!(analyze, "glance-title"), layout.width, "").len();
    let rows = screen(&overview(report), title, layout);
    out.title(t!(analyze, "glance-title"));
    out.lines(rows);
    self_test(&mut out, report);
    out.text()
}

/// What stands under the lines of the title, in at most [`SCREEN`] lines with them where the words allow: the strongest
/// links and a line of names a grade; then, as far as there is room, what weakens the links, more links, more names, and
/// the rest.
fn screen(over: &Overview, title: usize, layout: Layout) -> Vec<String> {
    let words = |text: &str| wrapped_after(&terminal::spelt(text, layout), "", "  ", layout.width);
    let each = |texts: &[String]| texts.iter().map(|text| words(text)).collect::<Vec<_>>();
    let Drawn { head, rows, legend } = forest(&over.axis, &over.links, layout);
    let is_refused = over.limits.is_empty();
    let coverage = each(&over.coverage).concat();
    let mut limits = each(&over.limits).concat();
    let last = words(t!(analyze, "glance-on"));
    let groups = over.groups.iter();
    let mut groups: Vec<Vec<String>> = groups.map(|group| listed(group, 1, layout)).collect();

    // an empty line before each part
    let parts = [!rows.is_empty(), !groups.is_empty(), true];
    let blanks = parts.iter().filter(|part| **part).count();
    let frame = title + coverage.len() + blanks + height(&groups) + limits.len() + last.len();
    let drawn = |rows: &[Vec<String>], of: usize| match of {
        0 => 1,
        _ => head.len() + legend.len() + height(rows) + usize::from(rows.len() < of),
    };
    // at least one link is drawn, however small the terminal
    let first = (1..=FIRST_LINKS.min(rows.len())).rev();
    let fits = |n: &usize| frame + drawn(rows.get(..*n).unwrap_or_default(), rows.len()) <= SCREEN;
    let first = first.clone().find(fits).unwrap_or(rows.len().min(1));
    let (shown, hidden) = rows.split_at(first);
    let mut room = SCREEN.saturating_sub(frame + drawn(shown, rows.len()));
    let take = |lines: usize, room: &mut usize| {
        let fits = lines <= *room;
        *room -= if fits { lines } else { 0 };
        fits
    };
    let (told, left) = first_of(&each(&over.notices), room);
    room -= told.len();
    let widen = |groups: &mut Vec<Vec<String>>, most: usize, room: &mut usize| {
        for (lines, group) in groups.iter_mut().zip(&over.groups) {
            let more = listed(group, most.min(lines.len() + *room), layout);
            if take(more.len().saturating_sub(lines.len()), room) {
                *lines = more;
            }
        }
    };
    let mut links = shown.concat();
    let (mut further, mut more) = (Vec::new(), hidden.len());
    if !hidden.is_empty() {
        // without a rest no line has to say that there is one
        let all = take(height(hidden).saturating_sub(1), &mut room);
        let (lines, rest) = first_of(hidden, if all { usize::MAX } else { room });
        room -= if all { 0 } else { lines.len() };
        (further, more) = (lines, rest);
    }
    links.append(&mut further);
    widen(&mut groups, NAMES, &mut room);
    let (also_told, also_left) = first_of(&each(&over.further), room);
    room -= also_told.len();
    widen(&mut groups, SCREEN, &mut room);

    let mut out = coverage;
    if !rows.is_empty() {
        out.push(String::new());
        out.extend(head);
        out.extend(links);
        if more > 0 {
            out.push(t!(analyze, "more-links", n = more));
        }
        out.extend(legend);
    } else if !is_refused {
        out.push(t!(analyze, "no-link").to_string());
    }
    if !groups.is_empty() {
        out.push(String::new());
        out.extend(groups.concat());
    }
    limits.extend(told.into_iter().chain(also_told));
    if !limits.is_empty() {
        out.push(String::new());
        out.extend(limits);
    }
    match (left + also_left, is_refused) {
        (0, true) => {}
        (0, false) => out.extend(last),
        (n, _) => out.extend(words(&t!(analyze, "glance-on-more", n))),
    }
    out
}

fn height(parts: &[Vec<String>]) -> usize {
    parts.iter().map(Vec::len).sum()
}

/// The lines of as many of `parts` as fit into `room` lines, and how many do not.
fn first_of(parts: &[Vec<String>], room: usize) -> (Vec<String>, usize) {
    let mut out = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        if out.len() + part.len() > room {
            return (out, parts.len() - at);
        }
        out.extend(part.iter().cloned());
    }
    (out, 0)
}

/// The names of one grade in at most `most` lines; those that have no room are counted.
fn listed(group: &Group, most: usize, layout: Layout) -> Vec<String> {
    let of = |shown: usize| {
        let title = group.title;
        let names = group.names.get(..shown).unwrap_or_default().join(", ");
        let text = match group.names.len() - shown {
            0 => t!(analyze, "group", title, names),
            n => t!(analyze, "group-more", title, names, n),
        };
        wrapped_after(&terminal::spelt(&text, layout), "", "  ", layout.width)
    };
    let mut fitting = (1..=group.names.len()).rev().map(of);
    let fitting = fitting.find(|lines| lines.len() <= most);
    fitting.unwrap_or_else(|| of(1))
}

/// The whole analysis, every factor with all that is said of it.
pub(crate) fn in_full(report: &Factors, layout: Layout) -> String {
    if layout.plain {
        return plain(report);
    }
    let mut out = Lines::new(layout);
    out.title(t!(analyze, "title"));
    out.blank();
    out.words(0, &nights_analysed(&report.found.nights));
    out.all(0, &report.notes);
    let links = [
        "shown twice",
        "shown",
        "consistent link",
        "possible link",
        "hint",
    ];
    let sections = [
        (t!(analyze, "links"), &links[..]),
        (t!(analyze, "no-sizeable-link"), &["no sizeable link"]),
        (t!(analyze, "cannot-tell"), &["can't tell"]),
        (t!(analyze, "not-enough-yet"), &["not enough yet"]),
    ];
    for (title, grades) in sections {
        let graded = |entry: &&Entry| grades.contains(&entry.found.grade.word());
        let mut entries = report.factors.iter().filter(graded).peekable();
        if entries.peek().is_some() {
            out.heading(title);
        }
        for entry in entries {
            let grade = entry.found.grade.word();
            out.words(2, &format!("[{grade}] {}", entry.counts));
            // what is said of the factor keeps a margin on the right, too
            let sentences = entry.estimate.iter().chain(&entry.in_100_nights);
            let sentences = sentences.chain([&entry.meaning]).chain(&entry.warnings);
            let narrow = layout.width.saturating_sub(2);
            out.lines(sentences.flat_map(|words| terminal::wrapped(words, narrow, "      ")));
        }
    }
    let next: Vec<String> = report
        .record_next
        .iter()
        .map(|n| n.sentence.clone())
        .collect();
    out.section(t!(analyze, "next"), &next);
    self_test(&mut out, report);
    out.blank();
    out.line(t!(analyze, "how-on"));
    out.text()
}

/// How often shuffled diaries would have announced something, if that was asked for.
fn self_test(out: &mut Lines, report: &Factors) {
    if let Some(test) = &report.self_test {
        let sentence = std::slice::from_ref(&test.sentence);
        out.section(t!(analyze, "self-test"), sentence);
        out.all(2, &test.tomorrow);
    }
}

/// One factor a line: grade, name, counts, estimate, meaning.
fn plain(report: &Factors) -> String {
    let mut out = Lines::new(Layout::default());
    out.lines(report.notes.iter().cloned());
    out.lines(report.factors.iter().map(|f| {
        let (grade, factor) = (f.found.grade.word(), &f.found.factor);
        let estimate = f.estimate.as_deref().unwrap_or("");
        let (counts, meaning) = (&f.counts, &f.meaning);
        format!("{grade}\t{factor}\t{counts}\t{estimate}\t{meaning}")
    }));
    // what is unusual about the nights stands among the notes
    let notices = overview(report).notices.into_iter();
    out.lines(notices.filter(|notice| !report.notes.contains(notice)));
    out.lines(report.record_next.iter().map(|n| n.sentence.clone()));
    out.lines(report.self_test.iter().map(|test| test.sentence.clone()));
    out.text()
}

/// One factor in full: what is said of it, the estimate, what went into it, the looks, and checks that are not graded.
pub(crate) fn explained(report: &Explained, layout: Layout) -> String {
    let mut out = Lines::new(layout);
    let found = &report.entry.found;
    out.title(&format!("{}: {}", found.label, found.grade.word()));
    out.all(0, &report.first);
    if let Some(estimates) = &report.estimates {
        out.heading(t!(analyze, "section-estimate"));
        out.words(2, &estimates.compares);
        if layout.plain {
            let rows = estimates.rows.iter();
            out.lines(rows.map(|row| format!("{}: {}", row.label, row.ratio)));
        } else {
            out.lines(terminal_forest::estimates(estimates, layout));
        }
        out.all(2, &estimates.remarks);
    }
    for (title, lines) in &report.sections {
        out.list(title, lines);
    }
    if !report.night_lines.is_empty() {
        out.heading(t!(analyze, "last-nights"));
        out.columns(2, &report.night_lines);
    }
    out.text()
}
