//! What a phone keeps of the bedside, so that it opens as an app and while the computer sleeps: where the address is encrypted
//! or this computer's own, a browser runs the worker that keeps it.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::diary::experiment::sha256;
use crate::render::web::bedside::{self, Said};
use crate::render::web::frame::Forms;
use crate::report::help;
use crate::web::app::App;
use crate::web::assets::{BEDSIDE, ICON, SCRIPT, asset, small};
use crate::web::session::Visitor;
use crate::web::{Answer, html};
use crate::words::t;

const WORKER: &str = include_str!("../render/web/bed-worker.js");
/// The colour of the page, so that nothing white shows while the app opens.
const DARK: &str = "#0b0907";

/// The page that is kept: what was asked, said or warned of today would be read another day.
pub(crate) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let key = app.secret()?;
    Ok(html(plain(Forms {
        csrf: &visitor.csrf,
        key: &key,
    })))
}

fn plain(forms: Forms<'_>) -> String {
    let said = Said {
        is_kept: true,
        ..Said::default()
    };
    bedside::page(forms, &said, None, help::topic("relief").as_ref())
}

/// The worker. Its text differs with anything it keeps, so that a new program replaces what an older one left on the phone;
/// browsers ask for it anew by themselves.
pub(crate) async fn worker() -> Response {
    let nobody = Forms { csrf: "", key: "" };
    let texts = BEDSIDE.iter().map(|(_, _, text)| *text);
    let all: String = texts.chain([WORKER, plain(nobody).as_str()]).collect();
    let version = sha256(all.as_bytes());
    let files = BEDSIDE.map(|(address, ..)| address);
    let text = small(WORKER)
        .replace("{version}", &version)
        .replace("{files}", &json!(files).to_string());
    ([(header::CONTENT_TYPE, SCRIPT)], text).into_response()
}

/// What the page is as an app of the phone.
pub(crate) async fn manifest() -> impl IntoResponse {
    let manifest = json!({
        "id": "/bed",
        "name": t!(bedside, "app-name"),
        "start_url": "/bed",
        "scope": "/bed",
        "display": "standalone",
        "background_color": DARK,
        "theme_color": DARK,
        "icons": [{ "src": ICON, "sizes": "any", "type": "image/svg+xml" }],
    });
    asset("application/manifest+json", manifest.to_string()).await
}
