//! The page that stands where another one was asked for: why it is not there, and the way out.

use maud::html;

use crate::render::web::frame::{BED_STYLE, DESK_STYLE, frame};
use crate::render::web::own_words::Pages;
use crate::words::t;

/// Says `why`; `leads_on` where the page of this side may well open.
pub(crate) fn page(side: Pages, why: &str, leads_on: bool) -> String {
    let (style, to) = match side {
        Pages::Desk => (DESK_STYLE, "/"),
        Pages::Bedside => (BED_STYLE, "/bed"),
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
