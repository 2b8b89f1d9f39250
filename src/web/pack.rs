//! What is fetched over a weak network at night is packed, where the browser unpacks it and that makes it smaller.
//!
//! Only files of the program and pages that hold nothing of the request: where words of a stranger stood beside a secret,
//! the length of the packed page would tell of it.

use std::io::Write;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;

/// Packs the answer of a route, if it is one.
pub(crate) async fn pack(request: Request, next: Next) -> Response {
    let is_taken = takes_gzip(request.headers());
    let (mut parts, body) = next.run(request).await.into_parts();
    let vary = HeaderValue::from_static("accept-encoding");
    parts.headers.insert(header::VARY, vary);
    if !is_taken || parts.status != StatusCode::OK {
        return Response::from_parts(parts, body);
    }
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let packed = gzip(&bytes).filter(|packed| packed.len() < bytes.len());
    let Some(packed) = packed else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    let gzip = HeaderValue::from_static("gzip");
    parts.headers.insert(header::CONTENT_ENCODING, gzip);
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(packed))
}

fn takes_gzip(asked: &HeaderMap) -> bool {
    let taken = asked.get(header::ACCEPT_ENCODING);
    let taken = taken.and_then(|taken| taken.to_str().ok());
    let mut names = taken.unwrap_or_default().split(',');
    names.any(|name| name.trim() == "gzip")
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).ok()?;
    packer.finish().ok()
}
