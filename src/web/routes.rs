//! Every address of the pages.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use crate::web::app::App;
use crate::web::assets::{BEDSIDE, CSS, SCRIPT, asset, small};
use crate::web::guard::guard;
use crate::web::pack::pack;
use crate::web::pairing;
use crate::web::session::{Access, admit};
use crate::web::{
    add, bedside, desk, desk_act, desk_checks, desk_files, desk_import, desk_write, kept, undo,
};

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
        .route("/checks", post(desk_checks::answer))
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
        .route("/bed/kept", get(kept::page).layer(from_fn(pack)))
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
    let files = BEDSIDE
        .iter()
        .fold(Router::new(), |files, (path, kind, text)| {
            let file = get(|| asset(kind, small(text)));
            files.route(path, file.layer(from_fn(pack)))
        });
    Router::new()
        .route("/enter", get(pairing::page))
        .route("/pair", get(pairing::page).post(pairing::pair))
        .route("/bed-worker.js", get(kept::worker).layer(from_fn(pack)))
        .route("/bed.webmanifest", get(kept::manifest))
        .route(
            "/desk.css",
            get(|| asset(CSS, include_str!("../render/web/desk.css"))),
        )
        .route(
            "/pair.js",
            get(|| asset(SCRIPT, include_str!("../render/web/pair.js"))),
        )
        .merge(files)
        .merge(desk)
        .merge(bedside)
        .merge(api)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(app.clone(), guard))
        .with_state(app)
}
