//! The result of an experiment on a terminal: the numbers, what they mean, and p last.

use crate::render::terminal::{Layout, Lines};
use crate::report::experiment_result::ExperimentResult;
use crate::words::t;

/// The result; plain text has a sentence a line and no headings.
pub(crate) fn result(result: &ExperimentResult, layout: Layout) -> String {
    let mut out = Lines::new(layout);
    out.title(&result.title);
    out.all(0, &result.first);
    for (title, said) in &result.sections {
        if layout.plain {
            out.all(0, said);
        } else {
            out.section(title, said);
        }
    }
    if !layout.plain {
        out.blank();
        out.words(0, &t!(experiment, "result-picture", thing = result.thing));
    }
    out.text()
}
