//! The files of the pages that stand in the program.

use std::borrow::Cow;

use axum::http::header;
use axum::response::IntoResponse;

pub(crate) const CSS: &str = "text/css; charset=utf-8";
pub(crate) const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// What the page of the bedside is made of: address, kind and text. A phone may keep them.
pub(crate) const BEDSIDE: [(&str, &str, &str); 3] = [
    ("/bed.css", CSS, include_str!("../render/web/bed.css")),
    ("/bed.js", SCRIPT, include_str!("../render/web/bed.js")),
    (ICON, SVG, include_str!("../render/web/icon.svg")),
];

/// The picture of the program, at any size.
pub(crate) const ICON: &str = "/icon.svg";

/// A file as an answer.
pub(crate) async fn asset(
    kind: &'static str,
    text: impl Into<Cow<'static, str>>,
) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "max-age=3600"),
    ];
    (headers, text.into())
}

/// The bedside loads over a weak network at night: without indentation and lines of comment.
pub(crate) fn small(text: &str) -> String {
    let lines = text.lines().map(str::trim_start);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}
