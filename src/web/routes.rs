//! Every address of the pages.

use std::borrow::Cow;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::{get, post};

use crate::web::app::App;
use crate::web::guard::guard;
use crate::web::pack::pack;
use crate::web::pairing;
use crate::web::session::{Access, admit};
use crate::web::{add, bedside, desk, desk_act, desk_files, desk_import, desk_write, undo};

/// The largest body of a request, bytes; imports have a limit of their own.
const LARGEST_BODY: usize = 16 * 1024;

/// The pages as a service.
pub(crate) fn router(app: App) -> Router {
    let admit = |access| from_fn_with_state((app.clone(), access), admit);
    let desk = Router::new()
        .route("/", get(desk::today))
        .route("/say", post(desk_write::say))
        .route("/keep", post(desk_write::keep))
        .route("/check-in", post(desk_write::check_in))
        .route("/calendar", get(desk::calendar))
        .route("/charts", get(desk::charts))
        .route("/chart/{file}", get(desk::chart))
        .route("/chart/experiment/{file}", get(desk::experiment))
        .route("/links", get(desk::links))
        .route("/links/{factor}", get(desk::explained))
        .route("/flags", get(desk::warnings))
        .route("/entries", get(desk::entries))
        .route("/act/{group}/{action}", post(desk_act::act))
        .route("/files", get(desk_files::page))
        .route("/report.pdf", get(desk_files::report))
        .route("/export.zip", get(desk_files::archived))
        .route("/export/{name}", get(desk_files::exported))
        .route("/backup", post(desk_files::backup))
        .route(
            "/import",
            post(desk_import::look).layer(DefaultBodyLimit::max(desk_import::LARGEST)),
        )
        .route("/import/keep", post(desk_import::keep))
        .route_layer(admit(Access::Desk));
    let bedside = Router::new()
        .route("/bed", get(bedside::page).layer(from_fn(pack)))
        .route("/bed/cramp", post(bedside::cramp))
        .route("/bed/amend", post(bedside::amend))
        .route("/bed/answer", post(bedside::answer))
        .route("/bed/preview", post(bedside::preview))
        .route("/bed/night", post(bedside::night))
        .route("/bed/undo", post(bedside::undo))
        .route("/api/undo", post(undo::undo))
        .route_layer(admit(Access::Bedside));
    let api = Router::new()
        .route("/api/cramp", post(add::cramp))
        .route("/api/night", post(add::night))
        .route_layer(admit(Access::Api));
    Router::new()
        .route("/enter", get(pairing::page))
        .route("/pair", get(pairing::page).post(pairing::pair))
        .route(
            "/bed.css",
            get(|| asset(CSS, small(include_str!("../render/web/bed.css")))).layer(from_fn(pack)),
        )
        .route(
            "/bed.js",
            get(|| asset(SCRIPT, small(include_str!("../render/web/bed.js")))).layer(from_fn(pack)),
        )
        .route(
            "/desk.css",
            get(|| asset(CSS, include_str!("../render/web/desk.css"))),
        )
        .route(
            "/pair.js",
            get(|| asset(SCRIPT, include_str!("../render/web/pair.js"))),
        )
        .route(
            "/icon.svg",
            get(|| asset(SVG, include_str!("../render/web/icon.svg"))),
        )
        .merge(desk)
        .merge(bedside)
        .merge(api)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(app.clone(), guard))
        .with_state(app)
}

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// A file that stands in the program.
async fn asset(kind: &'static str, text: impl Into<Cow<'static, str>>) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "max-age=3600"),
    ];
    (headers, text.into())
}

/// The bedside loads over a weak network at night: without indentation and lines of comment.
fn small(text: &str) -> String {
    let lines = text.lines().map(str::trim_start);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}
