//! The page that stands where another one was asked for: why it is not there, and the way out.

use maud::html;

use crate::render::web::frame::{BED_STYLE, DESK_STYLE, frame};
use crate::words::t;

/// Where a refused request asked for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Desk,
    Bedside,
}

/// Says `why`; `leads_on` where the page of this side may well open.
pub(crate) fn page(side: Side, why: &str, leads_on: bool) -> String {
    let (style, to) = match side {
        Side::Desk => (DESK_STYLE, "/"),
        Side::Bedside => (BED_STYLE, "/bed"),
    };
    let title = t!(desk, "nothing-here");
    let body = html! {
        main {
            h1 { (title) }
            p role="alert" { (why) }
            @if leads_on { p { a href=(to) { (t!(serve, "go-on")) } } }
        }
    };
    frame(&t!(desk, "title", title), style, &[], body)
}
