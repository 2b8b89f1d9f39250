//! What every request must pass before any page sees it, and what every answer carries.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::render::web::nothing_here;
use crate::render::web::own_words::Pages;
use crate::web::app::App;
use crate::web::bedside::PART;
use crate::web::desk_answer::broken_form;
use crate::web::html;
use crate::words::t;

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
    let page = Asked::of(&request);
    let mut answer = match refusal(&app, request.method(), request.headers()) {
        Some(status) => status.into_response(),
        None => match tokio::time::timeout(app.limits().request, next.run(request)).await {
            Ok(answer) => answer,
            Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
        },
    };
    if let Some(asked) = page {
        answer = asked.drawn(answer);
    }
    for (name, value) in HEADERS {
        answer
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    answer
}

/// A page that was asked for: a browser shows its answer, whatever it is.
struct Asked {
    side: Pages,
    is_form: bool,
}

impl Asked {
    /// `None` where a program or a script reads the answer.
    fn of(request: &Request) -> Option<Asked> {
        let (path, method) = (request.uri().path(), request.method());
        let is_form = !matches!(*method, Method::GET | Method::HEAD);
        let is_read = path.starts_with("/api/")
            || (is_form && path == "/pair")
            || request.headers().contains_key(PART);
        let side = match path == "/bed" || path.starts_with("/bed/") {
            true => Pages::Bedside,
            false => Pages::Desk,
        };
        (!is_read).then_some(Asked { side, is_form })
    }

    /// The answer, or the page that says why there is none.
    fn drawn(&self, answer: Response) -> Response {
        let status = answer.status();
        let kind = answer.headers().get(header::CONTENT_TYPE);
        let is_page = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        if is_page || !(status.is_client_error() || status.is_server_error()) {
            return answer;
        }
        let leads_on = !matches!(
            status,
            StatusCode::UNAUTHORIZED | StatusCode::MISDIRECTED_REQUEST
        );
        let page = nothing_here::page(self.side, self.why(status), leads_on);
        let (mut parts, _) = answer.into_parts();
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        (parts, html(page)).into_response()
    }

    fn why(&self, status: StatusCode) -> &'static str {
        match status {
            StatusCode::UNAUTHORIZED => t!(desk, "not-known"),
            StatusCode::FORBIDDEN if self.is_form => t!(desk, "form-too-old"),
            StatusCode::FORBIDDEN => t!(desk, "not-for-this-device"),
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => t!(desk, "no-such-page"),
            StatusCode::REQUEST_TIMEOUT => t!(desk, "took-too-long"),
            StatusCode::MISDIRECTED_REQUEST => t!(desk, "not-this-address"),
            // what is refused for a reason of its own is drawn where it is refused
            StatusCode::CONFLICT => t!(desk, "cannot-read"),
            status if status.is_server_error() => t!(desk, "cannot-read"),
            status => broken_form(status),
        }
    }
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
