//! The page of the bedside.

use maud::html;

use crate::render::web::frame::frame;
use crate::words::t;

/// The page with its one button.
pub(crate) fn page(csrf: &str) -> String {
    let body = html! {
        main data-csrf=(csrf) {
            button #cramp type="button" { (t!(bedside, "cramp-now")) }
        }
    };
    frame(t!(bedside, "cramp-now"), "/bed.css", &[], body)
}
