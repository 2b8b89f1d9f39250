//! The desk: what the owner and paired readers see.

use axum::extract::State;

use crate::cli::read;
use crate::render::web::desk;
use crate::store::Store;
use crate::web::app::App;
use crate::web::session::Visitor;
use crate::web::{Answer, blocking, html};

/// This week and the four before.
pub(crate) async fn week(State(app): State<App>, _visitor: Visitor) -> Answer {
    let report = blocking(move || {
        let now = app.now();
        let store = Store::open_read(app.diary_path())?;
        Ok(read::week(store, now.last_night(), &now)?)
    });
    Ok(html(desk::week(&report.await?)))
}
