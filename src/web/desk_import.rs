//! An import by a form: the files are put beside the diary, what would happen is shown, and a second form does it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use axum::Form;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, State};
use axum::response::Response;

use crate::cli::Failure;
use crate::cli::export::make_folder;
use crate::diary::table::MANIFEST;
use crate::render::web::desk::{Place, refusal};
use crate::render::web::desk_files;
use crate::web::app::App;
use crate::web::desk::carried;
use crate::web::desk_answer::refused;
use crate::web::desk_write::{Sent, not_ours, once, written};
use crate::web::session::Visitor;
use crate::web::{blocking, command, html};
use crate::words::t;

/// The largest upload, bytes.
pub(crate) const LARGEST: usize = 64 * 1024 * 1024;
/// The most files of one import.
const MOST_FILES: usize = 32;

/// Takes the files and shows what an import of them would do.
pub(crate) async fn look(State(app): State<App>, visitor: Visitor, form: Multipart) -> Response {
    let sent = match received(&app, &visitor, form).await {
        Ok(Some(sent)) => sent,
        Ok(None) => return not_ours(Place::Files),
        Err(failure) => return refused(&failure, |why| refusal(Place::Files, why)),
    };
    let page = blocking(move || {
        let folder = folder(&app).display().to_string();
        let words = ["import", "--dry-run", "--", &folder];
        let lines = command::lines(&app, &words, app.now(), sent.by(&visitor, true));
        if lines.is_err() {
            std::fs::remove_dir_all(&folder)?;
        }
        let lines = lines?;
        Ok(desk_files::import(&lines, &carried(&app, &visitor)?))
    });
    match page.await {
        Ok(page) => html(page),
        Err(failure) => refused(&failure, |why| refusal(Place::Files, why)),
    }
}

/// Imports the files that were looked at.
pub(crate) async fn keep(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Response {
    let Some(sent) = Sent::of(fields, &visitor) else {
        return not_ours(Place::Files);
    };
    let page = blocking(move || {
        let (place, by) = (folder(&app), sent.by(&visitor, false));
        let folder = place.display().to_string();
        let lines = once(&app, &by.clone(), || {
            if !place.is_dir() {
                return Err(Failure::cannot(t!(desk, "import-gone"), None));
            }
            command::lines(&app, &["import", "--", &folder], app.now(), by)
        })?;
        if place.is_dir() {
            std::fs::remove_dir_all(&place)?;
        }
        written(&app, &visitor, Place::Files, t!(desk, "kept"), &lines)
    });
    match page.await {
        Ok(page) => html(page),
        Err(failure) => refused(&failure, |why| refusal(Place::Files, why)),
    }
}

/// Where the files of an upload wait, beside the diary.
fn folder(app: &App) -> PathBuf {
    let mut name = app.diary_path().as_os_str().to_os_string();
    name.push(".import");
    PathBuf::from(name)
}

/// Writes the files of a form of ours to disk as they arrive; `None` when it is not ours. What waited there before goes.
async fn received(
    app: &App,
    visitor: &Visitor,
    mut form: Multipart,
) -> Result<Option<Sent>, Failure> {
    let (mut fields, mut sent) = (BTreeMap::new(), None);
    let (place, mut files) = (folder(app), 0);
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_string();
        let Some(file) = field.file_name().map(str::to_string) else {
            fields.insert(name, field.text().await.map_err(broken)?);
            continue;
        };
        if sent.is_none() {
            // nothing is stored for a form that is not ours
            let Some(ours) = Sent::of(std::mem::take(&mut fields), visitor) else {
                return Ok(None);
            };
            if place.exists() {
                std::fs::remove_dir_all(&place)?;
            }
            make_folder(&place)?;
            sent = Some(ours);
        }
        let Some(file) = plain_name(&file).filter(|_| files < MOST_FILES) else {
            return Err(Failure::words(t!(desk, "import-names"), ""));
        };
        files += 1;
        store(field, File::create(place.join(file))?).await?;
    }
    match sent {
        Some(sent) => Ok(Some(sent)),
        None if fields.is_empty() => Ok(None),
        None => Err(Failure::words(t!(desk, "import-names"), "")),
    }
}

async fn store(mut field: Field<'_>, mut file: File) -> Result<(), Failure> {
    while let Some(piece) = field.chunk().await.map_err(broken)? {
        file.write_all(&piece)?;
    }
    Ok(())
}

/// The name of a file that may be part of a diary, without any folder.
fn plain_name(name: &str) -> Option<String> {
    let name = name.rsplit(['/', '\\']).next()?.to_ascii_lowercase();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_. ".contains(c);
    let is_known = name == MANIFEST || (name.ends_with(".csv") && !name.starts_with('.'));
    (is_known && name.chars().all(is_plain)).then_some(name)
}

fn broken(e: MultipartError) -> Failure {
    Failure::words(e.body_text(), "")
}
