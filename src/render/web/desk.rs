//! The pages of the desk.

use maud::html;

use crate::render::web::frame::frame;
use crate::report::weekly::Weekly;
use crate::words::t;

/// This week and the four before, as the weekly report says them.
pub(crate) fn week(report: &Weekly) -> String {
    let body = html! {
        main {
            h1 { (t!(desk, "this-week")) }
            @for sentence in &report.sentences { p { (sentence) } }
        }
    };
    frame(t!(desk, "this-week"), "/desk.css", &[], body)
}
