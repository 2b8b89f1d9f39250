//! The trend on a terminal: sentences first, then the months with their numbers.

use crate::render::terminal::{bold, wrapped};
use crate::render::terminal_factors::Layout;
use crate::report::say;
use crate::report::trend::{Month, Trend};

/// The trend report.
pub fn trend(report: &Trend, layout: Layout) -> String {
    let mut out = vec![bold("How it has moved", layout.color)];
    for sentence in &report.sentences {
        out.extend(wrapped(sentence, layout.width, ""));
    }
    if !report.course_lines.is_empty() {
        heading(&mut out, "Before and after", layout);
        for line in &report.course_lines {
            out.extend(wrapped(line, layout.width, "  "));
        }
    }
    if !report.months.is_empty() {
        heading(
            &mut out,
            "Months (cramps a week on recorded nights, 95 % interval)",
            layout,
        );
        out.extend(report.months.iter().map(month));
    }
    out.join("\n") + "\n"
}

fn heading(out: &mut Vec<String>, title: &str, layout: Layout) {
    if !layout.plain {
        out.push(String::new());
    }
    out.push(bold(title, layout.color));
}

fn month(m: &Month) -> String {
    let nights = format!("{} of {} recorded nights", m.cramp, m.recorded);
    match &m.rate_per_week {
        None => format!("  {}  no recorded night", m.month),
        Some(r) => format!(
            "  {}  {:>5}  ({})  {nights}",
            m.month,
            say::number(r.value),
            say::interval(r)
        ),
    }
}
