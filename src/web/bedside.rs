//! The bedside: a page that only adds.

use axum::response::Response;

use crate::render::web::bedside;
use crate::web::html;
use crate::web::session::Visitor;

pub(crate) async fn page(visitor: Visitor) -> Response {
    html(bedside::page(&visitor.csrf))
}
