//! The diary as pages: a request in, a page or JSON out. Handlers are as thin as commands: what is read comes from the
//! same reports as the terminal's, and what is written is a command line, run by the same door.

pub(crate) mod add;
pub(crate) mod app;
pub(crate) mod assets;
pub(crate) mod bedside;
pub(crate) mod bedside_night;
pub(crate) mod bedside_said;
pub(crate) mod bedside_tap;
pub(crate) mod body;
pub(crate) mod command;
pub(crate) mod crowd;
pub(crate) mod desk;
pub(crate) mod desk_act;
pub(crate) mod desk_answer;
pub(crate) mod desk_checks;
pub(crate) mod desk_files;
pub(crate) mod desk_import;
pub(crate) mod desk_steps;
pub(crate) mod desk_write;
pub(crate) mod guard;
pub(crate) mod kept;
pub(crate) mod limits;
pub(crate) mod network;
pub(crate) mod pack;
pub(crate) mod pairing;
pub(crate) mod routes;
pub(crate) mod server;
pub(crate) mod session;
pub(crate) mod undo;
pub(crate) mod waiting;

pub(crate) use server::serve;

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use crate::cli::Failure;
use crate::words::t;

/// Does work that waits for the disk or computes, off the threads that answer connections.
///
/// # Errors
/// Those of the work; work that panicked could not be done.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(stopped) => Err(Failure::cannot(stopped.to_string(), None)),
    }
}

/// What a handler answers: a page, or what was refused.
pub(crate) type Answer = Result<Response, Refusal>;

/// What a command refused, as an answer.
pub(crate) struct Refusal {
    failure: Failure,
    /// Where it does not follow from the failure.
    status: Option<StatusCode>,
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Refusal {
            failure,
            status: None,
        }
    }
}

impl IntoResponse for Refusal {
    /// The failure as JSON. What is wrong with the diary itself says nothing of paths.
    fn into_response(self) -> Response {
        let Refusal { failure, status } = self;
        let status = status.unwrap_or(match failure.code {
            2 => StatusCode::UNPROCESSABLE_ENTITY,
            1 => StatusCode::CONFLICT,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        });
        let failure = match status {
            StatusCode::INTERNAL_SERVER_ERROR => {
                Failure::new(failure.code, t!(serve, "cannot-read"), None)
            }
            _ => failure,
        };
        let kind = [(header::CONTENT_TYPE, "application/json")];
        (status, kind, failure.json().unwrap_or_default()).into_response()
    }
}

/// A page as an answer.
pub(crate) fn html(page: String) -> Response {
    Html(page).into_response()
}
