//! How the desk answers: with a page, also where something was refused.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::cli::Failure;
use crate::render::web::desk::{Place, refusal};
use crate::web::{blocking, html};
use crate::words::t;

/// A page made by `work`, or one that says why there is none.
pub(crate) async fn answer(
    place: Place,
    work: impl FnOnce() -> Result<String, Failure> + Send + 'static,
) -> Response {
    match blocking(work).await {
        Ok(page) => html(page),
        Err(failure) => refused(&failure, |why| refusal(place, why)),
    }
}

/// A refusal as a page with its status. What is wrong with the diary itself says nothing of paths.
pub(crate) fn refused(failure: &Failure, page: impl FnOnce(&str) -> String) -> Response {
    let status = status(failure);
    let why = match status {
        StatusCode::INTERNAL_SERVER_ERROR => t!(desk, "cannot-read").to_string(),
        _ => in_full(failure),
    };
    (status, html(page(&why))).into_response()
}

fn status(failure: &Failure) -> StatusCode {
    match failure.code {
        2 => StatusCode::UNPROCESSABLE_ENTITY,
        1 => StatusCode::CONFLICT,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The message and what to do about it.
pub(crate) fn in_full(failure: &Failure) -> String {
    let hint = failure.hint.iter().map(|hint| format!("\n{hint}"));
    failure.message.clone() + &hint.collect::<String>()
}

/// What is wrong with a form that could not be read.
pub(crate) fn broken_form(status: StatusCode) -> &'static str {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => t!(desk, "form-too-large"),
        _ => t!(desk, "form-broken"),
    }
}
