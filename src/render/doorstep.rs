//! The file that leads a browser to the pages. Its style is the browser's own, as it is seen for a moment at most.

use maud::{DOCTYPE, html};

use crate::words::t;

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
