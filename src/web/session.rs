//! Who asks: the device of a cookie or a token, and what it may do.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use crate::diary::experiment::sha256;
use crate::store::devices::{Device, DeviceKind};
use crate::web::app::App;
use crate::web::blocking;

/// The name of the cookie.
const COOKIE: &str = "cramp";
/// How long a browser keeps it, seconds: 400 days, the longest browsers allow.
const COOKIE_LASTS: u32 = 34_560_000;

/// The device that asks.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    pub(crate) device: Device,
    /// What the forms of its pages carry, so that no other site can send one.
    pub(crate) csrf: String,
}

/// What a group of addresses takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Reading and every command.
    Desk,
    /// The page of the bedside and what it adds.
    Bedside,
    /// Adding by a program.
    Api,
}

impl Access {
    fn admits(self, kind: DeviceKind) -> bool {
        match self {
            Access::Desk => matches!(kind, DeviceKind::Owner | DeviceKind::Reader),
            Access::Bedside => kind != DeviceKind::Token,
            Access::Api => true,
        }
    }
}

/// The header that gives a browser its secret.
pub(crate) fn set_cookie(secret: &str) -> String {
    format!("{COOKIE}={secret}; HttpOnly; SameSite=Lax; Path=/; Max-Age={COOKIE_LASTS}")
}

/// The secret of a request: its cookie, or its bearer token.
fn secret(headers: &HeaderMap) -> Option<(&str, bool)> {
    let cookies = headers.get_all(header::COOKIE).iter();
    let pairs = cookies
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'));
    let mut named = pairs.filter_map(|pair| pair.trim().split_once('='));
    let cookie = named.find(|(name, _)| *name == COOKIE);
    let bearer = headers.get(header::AUTHORIZATION);
    let token = bearer.and_then(|v| v.to_str().ok()?.strip_prefix("Bearer "));
    match token {
        Some(token) => Some((token.trim(), true)),
        None => cookie.map(|(_, secret)| (secret, false)),
    }
}

/// Lets only those in who may: 401 to strangers, 403 to devices that may not. Handlers find the [`Visitor`].
pub(crate) async fn admit(
    State((app, access)): State<(App, Access)>,
    mut request: Request,
    next: Next,
) -> Response {
    let Some((secret, is_token)) = secret(request.headers()) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let csrf = sha256(format!("csrf {secret}").as_bytes());
    // a table is looked up by the hash, so the time it takes tells nothing of the secret
    let hash = sha256(secret.as_bytes());
    let found = blocking(move || app.device(&hash)).await;
    let device = match found {
        Ok(Some(device)) => device,
        Ok(None) => return StatusCode::UNAUTHORIZED.into_response(),
        Err(_) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    let writes = !matches!(*request.method(), Method::GET | Method::HEAD);
    // a write without an origin comes from no page, and so needs a token
    let from_page = request.headers().contains_key(header::ORIGIN);
    let as_issued = is_token == (device.kind == DeviceKind::Token);
    // the first page of a phone is that of the bedside
    if device.kind == DeviceKind::Bedside && as_issued && !writes && request.uri().path() == "/" {
        return Redirect::to("/bed").into_response();
    }
    if !access.admits(device.kind) || !as_issued || (writes && !from_page && !is_token) {
        return StatusCode::FORBIDDEN.into_response();
    }
    request.extensions_mut().insert(Visitor { device, csrf });
    next.run(request).await
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        let visitor = parts.extensions.get::<Visitor>().cloned();
        visitor.ok_or(StatusCode::UNAUTHORIZED)
    }
}
