//! What every request must pass before any page sees it, and what every answer carries.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::web::app::App;

/// The headers of every answer.
const HEADERS: [(HeaderName, &str); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; manifest-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (header::CACHE_CONTROL, "no-store"),
];

/// Refuses requests for other hosts and writes from other origins, and adds the headers.
pub(crate) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    app.waiting().tidy(app.now().utc);
    let mut answer = match refusal(&app, request.method(), request.headers()) {
        Some(status) => status.into_response(),
        None => match tokio::time::timeout(app.limits().request, next.run(request)).await {
            Ok(answer) => answer,
            Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
        },
    };
    for (name, value) in HEADERS {
        answer
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    answer
}

/// Why a request is refused before routing; `None` when it is not.
fn refusal(app: &App, method: &Method, headers: &HeaderMap) -> Option<StatusCode> {
    let text = |name| {
        headers
            .get(name)
            .and_then(|v: &HeaderValue| v.to_str().ok())
    };
    // a page of another site that made its own name lead here asks with that name
    let known = text(header::HOST).is_some_and(|host| app.knows_host(host));
    if !known {
        return Some(StatusCode::MISDIRECTED_REQUEST);
    }
    if matches!(*method, Method::GET | Method::HEAD) {
        return None;
    }
    let own = |origin: &str| {
        let host = origin
            .strip_prefix("http://")
            .or_else(|| origin.strip_prefix("https://"));
        host.is_some_and(|host| app.knows_host(host))
    };
    let from_elsewhere = headers.contains_key(header::ORIGIN)
        && !text(header::ORIGIN).is_some_and(own)
        || headers
            .get("sec-fetch-site")
            .is_some_and(|site| site == "cross-site");
    let without_origin =
        !headers.contains_key(header::ORIGIN) && !headers.contains_key(header::AUTHORIZATION);
    (from_elsewhere || without_origin).then_some(StatusCode::FORBIDDEN)
}
