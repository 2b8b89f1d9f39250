//! The page on which a device is paired.

use maud::{DOCTYPE, html};

use crate::render::web::frame::frame;
use crate::words::t;

pub(crate) fn page() -> String {
    let body = html! {
        main {
            h1 { (t!(serve, "pair-title")) }
            p #state role="status" data-failed=(t!(serve, "pair-failed")) { (t!(serve, "pairing")) }
            noscript { p { (t!(serve, "pair-needs-script")) } }
        }
    };
    frame(t!(serve, "pair-title"), "/bed.css", &["/pair.js"], body)
}

/// A page to be opened as a file, which leads on to `address` at once.
pub(crate) fn leads_to(address: &str) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="referrer" content="no-referrer";
                meta http-equiv="refresh" content={ "0; url=" (address) };
                title { (t!(serve, "pair-title")) }
            }
            body { p { a href=(address) { (t!(serve, "go-on")) } } }
        }
    };
    page.into_string()
}
