//! From what a chart was made, as a line that every form of it carries.

use serde::Serialize;

use crate::diary::{Diary, Nights};
use crate::report::doctor::data_hash::chart_hash;

/// From what a chart was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct MadeFrom {
    /// The program and its version.
    pub(crate) program: String,
    /// The kind of chart.
    pub(crate) chart: String,
    /// First night of the period.
    pub(crate) from: String,
    /// Last night of the period.
    pub(crate) to: String,
    /// SHA-256 of the records it shows, in hexadecimal: those of the period, factor values only where they are used.
    pub(crate) data_sha256: String,
}

impl MadeFrom {
    /// What `chart` of `nights` is made from; `values` when it uses factor values.
    pub(crate) fn new(
        program: &str,
        chart: &str,
        diary: &Diary,
        nights: Nights,
        values: bool,
    ) -> Self {
        MadeFrom {
            program: program.to_string(),
            chart: chart.to_string(),
            from: nights.from.to_string(),
            to: nights.to.to_string(),
            data_sha256: chart_hash(diary, nights, values),
        }
    }

    /// The line. It has no letter that PDF or SVG would write differently.
    pub(crate) fn line(&self) -> String {
        format!(
            "nightcramp-chart program={} chart={} from={} to={} sha256={} end",
            self.program.replace(' ', "/"),
            self.chart,
            self.from,
            self.to,
            self.data_sha256
        )
    }
}
