//! Pairing: a page reads the code from the fragment of its address, which no log and no Referer holds, and exchanges it
//! for a cookie.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use crate::diary::experiment::sha256;
use crate::render::web::pair;
use crate::store::Store;
use crate::store::devices::DeviceKind;
use crate::web::app::App;
use crate::web::session::set_cookie;
use crate::web::{Answer, blocking};

/// A code as its page sends it.
#[derive(Debug, Deserialize)]
pub(crate) struct Code {
    code: String,
}

/// The page that reads the fragment.
pub(crate) async fn page() -> Response {
    crate::web::html(pair::page())
}

/// Exchanges a code for a cookie and says which page is the device's.
pub(crate) async fn pair(
    State(app): State<App>,
    headers: HeaderMap,
    Json(Code { code }): Json<Code>,
) -> Answer {
    let origin = headers.get(header::ORIGIN).and_then(|o| o.to_str().ok());
    let is_private = origin.is_some_and(is_private);
    let paired = blocking(move || {
        let (now, hash, secret) = (app.now().utc, sha256(code.as_bytes()), app.secret()?);
        let mut store = Store::open(app.diary_path(), now)?;
        // the pages of a reader would cross the network in clear
        let offered = store.offered(&hash, now)?;
        let is_allowed = |(_, kind): &(String, DeviceKind)| {
            is_private || matches!(kind, DeviceKind::Bedside | DeviceKind::Token)
        };
        if !offered.as_ref().is_some_and(is_allowed) {
            app.failed(&mut store)?;
            return Ok(None);
        }
        let kind = store.pair(&hash, &sha256(secret.as_bytes()), now)?;
        app.waiting().entered(&hash);
        Ok(kind.map(|kind| (kind, secret)))
    });
    let Some((kind, secret)) = paired.await? else {
        return Ok(StatusCode::FORBIDDEN.into_response());
    };
    let to = match kind {
        DeviceKind::Bedside | DeviceKind::Token => "/bed",
        DeviceKind::Owner | DeviceKind::Reader => "/",
    };
    let cookie = [(header::SET_COOKIE, set_cookie(&secret))];
    Ok((cookie, Json(json!({ "to": to }))).into_response())
}

/// Whether an origin is this computer, or is encrypted on its way.
fn is_private(origin: &str) -> bool {
    let own = ["http://localhost", "http://127.0.0.1", "http://[::1]"];
    let is_own = |own: &str| {
        let rest = origin.strip_prefix(own);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    };
    origin.starts_with("https://") || own.into_iter().any(is_own)
}
