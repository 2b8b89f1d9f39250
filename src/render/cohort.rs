//! What many diaries say together, on a terminal and as a table for other programs.

use crate::render::terminal::{Layout, Lines};
use crate::report::cohort::CohortReport;
use crate::report::say::cohort::Finding;
use crate::words::t;

/// The report on a terminal.
pub(crate) fn text(report: &CohortReport, layout: Layout) -> String {
    let mut out = Lines::new(layout);
    out.title(t!(cohort, "title"));
    out.words(0, &report.coverage);
    let said = |all: &[Finding]| -> Vec<String> {
        let lines = all.iter().map(|f| {
            let (label, sentence) = (&f.label, &f.sentence);
            t!(cohort, "line", label, sentence)
        });
        lines.collect()
    };
    out.list(
        t!(cohort, "heading-experiments"),
        &said(&report.experiments),
    );
    out.list(t!(cohort, "heading-observed"), &said(&report.observed));
    out.section(t!(cohort, "heading-notes"), &report.notes);
    out.text()
}

/// The columns of the table. A cell is empty where a number is not told or does not exist.
const COLUMNS: [&str; 28] = [
    "source",
    "factor",
    "label",
    "contrast",
    "people",
    "not_enough",
    "nights",
    "ratio",
    "low",
    "high",
    "se_log",
    "p",
    "q",
    "next_low",
    "next_high",
    "tau2",
    "tau2_se",
    "i2",
    "h2",
    "heterogeneity",
    "heterogeneity_p",
    "above",
    "below",
    "without_one_low",
    "without_one_high",
    "one_decides",
    "small_diaries_slope",
    "small_diaries_p",
];

/// The numbers as CSV, a row a factor.
pub(crate) fn csv(report: &CohortReport) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    // writing into memory fails only where a row has another number of columns than the head
    let _ = out.write_record(COLUMNS);
    let families = [
        ("experiments", &report.experiments),
        ("observed", &report.observed),
    ];
    for (source, family) in families {
        for finding in family {
            let _ = out.write_record(row(source, finding));
        }
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn row(source: &str, finding: &Finding) -> [String; 28] {
    fn cell(value: Option<impl ToString>) -> String {
        value.map_or_else(String::new, |value| value.to_string())
    }
    let f = &finding.found;
    let (ratio, next, without, small) = (f.ratio, f.prediction, f.leave_one_out, f.small_diaries);
    [
        source.to_string(),
        f.factor.clone(),
        finding.label.clone(),
        f.contrast.to_string(),
        cell(f.people),
        cell(f.not_enough),
        cell(f.nights),
        cell(ratio.map(|e| e.value)),
        cell(ratio.map(|e| e.low)),
        cell(ratio.map(|e| e.high)),
        cell(f.se),
        cell(f.p),
        cell(f.q),
        cell(next.map(|e| e.low)),
        cell(next.map(|e| e.high)),
        cell(f.tau2),
        cell(f.tau2_se),
        cell(f.i2),
        cell(f.h2),
        cell(f.heterogeneity),
        cell(f.heterogeneity_p),
        cell(f.above),
        cell(f.below),
        cell(without.map(|l| l.low)),
        cell(without.map(|l| l.high)),
        cell(without.map(|l| u8::from(l.decides))),
        cell(small.map(|s| s.slope)),
        cell(small.map(|s| s.p)),
    ]
}
