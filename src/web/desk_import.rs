//! An import by a form: the files are put beside the diary, what would happen is shown, and a second form does it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;

use axum::Form;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, State};
use axum::response::Response;

use crate::cli::Failure;
use crate::render::web::desk::{Place, refusal};
use crate::render::web::desk_files::{self, Waits};
use crate::web::app::App;
use crate::web::desk::carried;
use crate::web::desk_answer::refused;
use crate::web::desk_write::{Sent, not_ours, once, written};
use crate::web::session::Visitor;
use crate::web::waiting::Upload;
use crate::web::{blocking, command, html};
use crate::words::t;

/// The largest upload, bytes.
pub(crate) const LARGEST: usize = 64 * 1024 * 1024;
/// The most files of one import.
const MOST_FILES: usize = 32;

/// Takes the files and shows what an import of them would do.
pub(crate) async fn look(State(app): State<App>, visitor: Visitor, form: Multipart) -> Response {
    let (sent, upload) = match received(&app, &visitor, form).await {
        Ok(Some(received)) => received,
        Ok(None) => return not_ours(Place::Files),
        Err(failure) => return refused(&failure, |why| refusal(Place::Files, why)),
    };
    let page = blocking(move || {
        let path = upload.path().display().to_string();
        let asked = asked(&sent);
        let words = words(&["import", "--dry-run"], &asked, &path);
        let looked = command::lines(&app, &words, app.now(), sent.by(&visitor, true, &app));
        let carried = carried(&app, &visitor)?;
        let waits = Waits {
            upload: &upload.id,
            files: upload.files(),
            asked: &asked,
        };
        let page = match &looked {
            Ok(lines) => html(desk_files::import(lines, &waits, &carried)),
            // the files wait, so that only what was asked must be changed
            Err(failure) => refused(failure, |why| {
                desk_files::again(&on_page(why), &waits, &carried)
            }),
        };
        app.waiting().set_upload(upload);
        Ok(page)
    });
    match page.await {
        Ok(page) => page,
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
        let by = sent.by(&visitor, false, &app);
        let lines = once(&app, &by.clone(), || {
            let upload = app.waiting().take_upload(sent.get("upload"));
            let upload = upload.ok_or_else(|| Failure::cannot(t!(desk, "import-gone"), None))?;
            let path = upload.path().display().to_string();
            let asked = asked(&sent);
            let words = words(&["import"], &asked, &path);
            let lines = command::lines(&app, &words, app.now(), by);
            if lines.is_err() {
                // it may be asked for again
                app.waiting().set_upload(upload);
            }
            lines
        })?;
        written(&app, &visitor, Place::Files, t!(desk, "kept"), &lines)
    });
    match page.await {
        Ok(page) => html(page),
        Err(failure) => refused(&failure, |why| refusal(Place::Files, why)),
    }
}

/// What may be asked beside the files, the option it is, and how it is answered.
const ASKED: [(&str, &str, Answered); 7] = [
    ("as", "--as", Answered::Typed),
    ("tz", "--tz", Answered::Typed),
    ("entity", "--entity", Answered::Typed),
    ("unit", "--unit", Answered::Chosen),
    ("date-order", "--date-order", Answered::Chosen),
    ("mine", "--mine", Answered::Ticked),
    ("skip-bad", "--skip-bad", Answered::Ticked),
];

#[derive(PartialEq)]
enum Answered {
    Typed,
    Chosen,
    Ticked,
}

/// What is to be done, as the form says it in place of the options of the terminal.
fn on_page(why: &str) -> String {
    let line = |line: &str| {
        let named = ASKED.iter().find(|(_, option, _)| line.contains(option));
        let Some(((name, _, how), (start, rest))) = named.zip(line.split_once(": --")) else {
            return line.to_string();
        };
        let (label, value) = (desk_files::label(name), rest.split_once(' '));
        match value.filter(|(_, value)| *how == Answered::Typed && *value != "NAME") {
            Some((_, value)) => t!(desk, "import-type", start, value, label),
            None => t!(desk, "import-choose", start, label),
        }
    };
    why.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// What was asked beside the files, by the names of the fields.
fn asked(sent: &Sent) -> Vec<(&'static str, String)> {
    let said = ASKED
        .iter()
        .map(|(name, ..)| (*name, sent.get(name).to_string()));
    said.filter(|(_, text)| !text.is_empty()).collect()
}

/// The line of the command.
fn words<'w>(
    command: &[&'w str],
    asked: &'w [(&'static str, String)],
    path: &'w str,
) -> Vec<&'w str> {
    let mut words = command.to_vec();
    for (name, text) in asked {
        for (_, option, how) in ASKED.iter().filter(|(field, ..)| field == name) {
            words.push(option);
            words.extend((*how != Answered::Ticked).then_some(text.as_str()));
        }
    }
    words.extend(["--", path]);
    words
}

/// Writes the files of a form of ours to disk as they arrive; `None` when it is not ours.
async fn received(
    app: &App,
    visitor: &Visitor,
    mut form: Multipart,
) -> Result<Option<(Sent, Upload)>, Failure> {
    let mut fields = BTreeMap::new();
    let mut taken: Option<(Sent, Upload)> = None;
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_string();
        let Some(file) = field.file_name().map(str::to_string) else {
            fields.insert(name, field.text().await.map_err(broken)?);
            continue;
        };
        // the field of a form in which no file was chosen
        if file.is_empty() {
            continue;
        }
        let (sent, mut upload) = match taken.take() {
            Some(taken) => taken,
            // nothing is stored for a form that is not ours
            None => {
                let Some(ours) = Sent::of(std::mem::take(&mut fields), visitor) else {
                    return Ok(None);
                };
                let id = app.secret()?.chars().take(32).collect();
                (ours, Upload::new(app.diary_path(), id, app.now().utc)?)
            }
        };
        let taken_names = upload.files();
        let is_new = |name: &String| !taken_names.contains(name) && taken_names.len() < MOST_FILES;
        let Some(file) = plain_name(&file).filter(is_new) else {
            return Err(Failure::words(t!(desk, "import-names"), ""));
        };
        store(field, upload.file(file)?).await?;
        taken = Some((sent, upload));
    }
    // an archive is a diary by itself
    let is_alone = |upload: &Upload| match upload.files() {
        [_] => true,
        files => files.iter().all(|name| !name.ends_with(".zip")),
    };
    match taken {
        Some((_, upload)) if !is_alone(&upload) => {
            Err(Failure::words(t!(desk, "import-names"), ""))
        }
        Some(taken) => Ok(Some(taken)),
        None => {
            let Some(sent) = Sent::of(fields, visitor) else {
                return Ok(None);
            };
            let waits = app.waiting().take_upload(sent.get("upload"));
            let none = || Failure::words(t!(desk, "import-names"), "");
            waits.map(|upload| Some((sent, upload))).ok_or_else(none)
        }
    }
}

async fn store(mut field: Field<'_>, mut file: File) -> Result<(), Failure> {
    while let Some(piece) = field.chunk().await.map_err(broken)? {
        file.write_all(&piece)?;
    }
    Ok(())
}

/// The name of a file that may be taken, without any folder.
fn plain_name(name: &str) -> Option<String> {
    let name = name.rsplit(['/', '\\']).next()?.to_ascii_lowercase();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_. ".contains(c);
    let ends = [".csv", ".zip", ".json", ".xml", ".db", ".sqlite"];
    let is_known = ends.iter().any(|end| name.ends_with(end)) && !name.starts_with('.');
    (is_known && name.chars().all(is_plain)).then_some(name)
}

fn broken(e: MultipartError) -> Failure {
    Failure::words(e.body_text(), "")
}
