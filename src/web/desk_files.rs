//! What leaves the diary as files: the clinician's report, a backup, the export.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::cli::{Failure, pictures};
use crate::render::web::desk::{Place, refusal};
use crate::render::web::desk_files;
use crate::render::{archive, export};
use crate::store::{Reason, Store};
use crate::web::app::App;
use crate::web::blocking;
use crate::web::desk::carried;
use crate::web::desk_answer::{answer, refused};
use crate::web::desk_write::{Fields, Sent, not_ours};
use crate::web::session::Visitor;

/// The page of downloads.
pub(crate) async fn page(State(app): State<App>, visitor: Visitor) -> Response {
    answer(Place::Files, move || {
        let exists = Store::open_read(app.diary_path())?.is_some();
        let names: Vec<&str> = match exists {
            true => export::names().collect(),
            false => Vec::new(),
        };
        Ok(desk_files::files(&names, &carried(&app, &visitor)?))
    })
    .await
}

/// The clinician's page, as `cramp report --out x.pdf` writes it.
pub(crate) async fn report(State(app): State<App>, _visitor: Visitor) -> Response {
    let pdf = blocking(move || pictures::pdf(Store::open_read(app.diary_path())?, &app.now()));
    sent("report.pdf", "application/pdf", "inline", pdf.await)
}

/// The whole export as one archive, as `cramp export FILE.zip` writes it.
pub(crate) async fn archived(State(app): State<App>, _visitor: Visitor) -> Response {
    let at = app.now().local();
    let packed = blocking(move || Ok(archive::archive(&export_of(&app)?, at)?));
    let name = archive::name(at);
    sent(&name, "application/zip", "attachment", packed.await)
}

/// Every file of the export: name and content.
fn export_of(app: &App) -> Result<Vec<(&'static str, String)>, Failure> {
    let store = Store::open_read(app.diary_path())?;
    let diary_id = store.map_or(Ok(None), |store| store.diary_id())?;
    Ok(export::files(&app.read(None)?, diary_id.as_deref()))
}

/// One file of the export.
pub(crate) async fn exported(
    State(app): State<App>,
    Path(name): Path<String>,
    _visitor: Visitor,
) -> Response {
    let asked = name.clone();
    let file = blocking(move || {
        let file = export_of(&app)?
            .into_iter()
            .find(|(file, _)| *file == asked);
        Ok(file.map(|(_, content)| content.into_bytes()))
    });
    let kind = match name.ends_with(".json") {
        true => "application/json",
        false => "text/csv; charset=utf-8",
    };
    match file.await {
        // only a name of the export is put into a header
        Ok(Some(file)) => sent(&name, kind, "attachment", Ok(file)),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(failure) => sent(&name, kind, "attachment", Err(failure)),
    }
}

/// A fresh backup, verified, which also stays among the backups.
pub(crate) async fn backup(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Fields,
) -> Response {
    if !Sent::read(fields).is_ours(&visitor) {
        return not_ours(|why| refusal(Place::Files, why));
    }
    let made = blocking(move || {
        let now = app.now().utc;
        let store = Store::open(app.diary_path(), now)?;
        let backup = app.writing(|| store.backup(now, Reason::Asked))?;
        Ok(std::fs::read(&backup.path)?)
    });
    sent(
        "nightcramp-backup.sqlite",
        "application/vnd.sqlite3",
        "attachment",
        made.await,
    )
}

fn sent(name: &str, kind: &str, how: &str, file: Result<Vec<u8>, Failure>) -> Response {
    match file {
        Ok(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, kind.to_string()),
                (
                    header::CONTENT_DISPOSITION,
                    format!("{how}; filename=\"{name}\""),
                ),
            ];
            (headers, bytes).into_response()
        }
        Err(failure) => refused(&failure, |why| refusal(Place::Files, why)),
    }
}
