//! Every address of the pages.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;

use crate::web::app::App;
use crate::web::guard::guard;

/// The largest body of a request, bytes; imports have a limit of their own.
const LARGEST_BODY: usize = 16 * 1024;

/// The pages as a service.
pub(crate) fn router(app: App) -> Router {
    Router::new()
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(app.clone(), guard))
        .with_state(app)
}
