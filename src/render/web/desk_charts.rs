//! Pictures on a page: the program's own files, their result in words, and their numbers as a table.

use maud::{Markup, html};

use crate::render::web::desk::{Place, page, paragraph, says, table};
use crate::report::chart::Chart;
use crate::words::t;

/// A picture by its address.
pub(crate) fn picture(chart: &Chart, address: &str) -> Markup {
    html! {
        section {
            h2 { (chart.title) }
            (paragraph(&chart.coverage))
            figure tabindex="0" aria-label=(chart.title) { img src=(address) alt=(chart.alt); }
            @for note in &chart.notes { p.hint { (says(note)) } }
            @if !chart.table.rows.is_empty() {
                details {
                    summary { (t!(desk, "as-table")) }
                    (table(&chart.table))
                }
            }
        }
    }
}

/// A page of pictures.
pub(crate) fn charts(here: Place, charts: &[(Chart, String)]) -> String {
    let body = html! {
        @for (chart, address) in charts { (picture(chart, address)) }
    };
    page(here, here.name(), body)
}
