//! The page on which a device is paired.

use maud::html;

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
