//! The trend on a terminal: sentences first, then the months as bars with their numbers.

use crate::render::terminal::{self, bold, wrapped};
use crate::render::terminal_factors::Layout;
use crate::report::bars::Bars;
use crate::report::say::bars as say;
use crate::report::say::terminal as words;
use crate::report::trend::Trend;

/// The most months drawn one by one; plain text has them all.
const MOST_MONTHS: usize = 24;

/// The trend report. `unicode` allows characters beyond ASCII in bars.
pub(crate) fn trend(report: &Trend, layout: Layout, unicode: bool) -> String {
    let mut out = vec![bold(words::TREND, layout.color)];
    for sentence in &report.sentences {
        out.extend(wrapped(sentence, layout.width, ""));
    }
    if !report.course_lines.is_empty() {
        heading(&mut out, words::BEFORE_AND_AFTER, layout);
        for line in &report.course_lines {
            out.extend(wrapped(line, layout.width, "  "));
        }
    }
    if !report.months.is_empty() {
        heading(&mut out, say::MONTHS, layout);
        if layout.plain {
            out.extend(terminal::sentences(&Bars::of_months(&report.months)));
        } else {
            let earlier = report.months.len().saturating_sub(MOST_MONTHS);
            let newest = report.months.get(earlier..).unwrap_or_default();
            let bars = Bars::of_months(newest);
            out.extend(terminal::rows(&bars, unicode, layout.color, layout.width));
            if earlier > 0 {
                out.extend(wrapped(&say::earlier(earlier), layout.width, "  "));
            }
        }
    }
    out.join("\n") + "\n"
}

fn heading(out: &mut Vec<String>, title: &str, layout: Layout) {
    if !layout.plain {
        out.push(String::new());
    }
    out.push(bold(title, layout.color));
}
