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
use crate::web::desk_answer::{broken_form, refused};
use crate::web::desk_write::{Fields, Sent, not_ours, once, written};
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
    let mut sent = Sent::read(BTreeMap::new());
    let upload = received(&app, &visitor, form, &mut sent).await;
    let page = blocking(move || {
        let upload = match upload {
            Ok(upload) => upload,
            Err(Unread::NotOurs) => {
                return Ok(not_ours(|why| again(&app, &visitor, &sent, None, why)));
            }
            Err(Unread::Refused(failure)) => {
                let before = app.waiting().take_upload(sent.get("upload"));
                return Ok(refused(&failure, |why| {
                    again(&app, &visitor, &sent, before, why)
                }));
            }
        };
        let path = upload.path().display().to_string();
        let asked = asked(&sent);
        let words = words(&["import", "--dry-run"], &asked, &path);
        let looked = command::lines(&app, &words, app.now(), sent.by(&visitor, true, &app));
        let lines = match looked {
            Ok(lines) => lines,
            // the files wait, so that only what was asked must be changed
            Err(failure) => {
                return Ok(refused(&failure, |why| {
                    again(&app, &visitor, &sent, Some(upload), why)
                }));
            }
        };
        let waits = Waits {
            upload: &upload.id,
            files: upload.files(),
            asked: &asked,
        };
        let page = html(desk_files::import(
            &lines,
            &waits,
            &carried(&app, &visitor)?,
        ));
        app.waiting().set_upload(upload);
        Ok(page)
    });
    page.await
        .unwrap_or_else(|failure| refused(&failure, |why| refusal(Place::Files, why)))
}

/// The form as it was filled in, with why the import can not be done so. Its files wait, where there are any.
fn again(app: &App, visitor: &Visitor, sent: &Sent, upload: Option<Upload>, why: &str) -> String {
    let Ok(carried) = carried(app, visitor) else {
        return refusal(Place::Files, why);
    };
    let waits = Waits {
        upload: upload.as_ref().map_or("", |upload| &upload.id),
        files: upload.as_ref().map_or(&[], Upload::files),
        asked: &asked(sent),
    };
    let page = desk_files::again(&on_page(why), &waits, &carried);
    if let Some(upload) = upload {
        app.waiting().set_upload(upload);
    }
    page
}

/// Imports the files that were looked at.
pub(crate) async fn keep(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Fields,
) -> Response {
    let sent = Sent::read(fields);
    let page = blocking(move || {
        if !sent.is_ours(&visitor) {
            return Ok(not_ours(|why| again(&app, &visitor, &sent, None, why)));
        }
        let by = sent.by(&visitor, false, &app);
        let done = once(&app, &by.clone(), || {
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
        });
        match done {
            Ok(lines) => {
                let title = t!(desk, "kept");
                let page = written(&app, &visitor, Place::Files, title, &lines);
                Ok(html(page?))
            }
            Err(failure) => {
                let waits = app.waiting().take_upload(sent.get("upload"));
                Ok(refused(&failure, |why| {
                    again(&app, &visitor, &sent, waits, why)
                }))
            }
        }
    });
    page.await
        .unwrap_or_else(|failure| refused(&failure, |why| refusal(Place::Files, why)))
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

/// Why the files of a form were not taken.
enum Unread {
    NotOurs,
    Refused(Failure),
}

impl<E: Into<Failure>> From<E> for Unread {
    fn from(why: E) -> Self {
        Unread::Refused(why.into())
    }
}

/// Writes the files of a form of ours to disk as they arrive, or finds those that wait; its fields come into `sent`.
async fn received(
    app: &App,
    visitor: &Visitor,
    mut form: Multipart,
    sent: &mut Sent,
) -> Result<Upload, Unread> {
    let (mut taken, mut is_bad): (Option<Upload>, bool) = (None, false);
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let Some(file) = field.file_name().map(str::to_string) else {
            let name = field.name().unwrap_or_default().to_string();
            sent.set(name, field.text().await.map_err(broken)?);
            continue;
        };
        // nothing is stored for a form that is not ours
        if !sent.is_ours(visitor) {
            return Err(Unread::NotOurs);
        }
        // the field of a form in which no file was chosen; of one that is refused, the other fields are still read
        if file.is_empty() || is_bad {
            continue;
        }
        let upload = match &mut taken {
            Some(taken) => taken,
            None => {
                let id = app.secret()?.chars().take(32).collect();
                taken.insert(Upload::new(app.diary_path(), id, app.now().utc)?)
            }
        };
        let taken_names = upload.files();
        let is_new = |name: &String| !taken_names.contains(name) && taken_names.len() < MOST_FILES;
        match plain_name(&file).filter(is_new) {
            Some(file) => store(field, upload.file(file)?).await?,
            None => is_bad = true,
        }
    }
    if !sent.is_ours(visitor) {
        return Err(Unread::NotOurs);
    }
    // an archive is a diary by itself
    let is_alone = |upload: &Upload| match upload.files() {
        [_] => true,
        files => files.iter().all(|name| !name.ends_with(".zip")),
    };
    let upload = match taken {
        Some(upload) => Some(upload).filter(|upload| !is_bad && is_alone(upload)),
        None => app.waiting().take_upload(sent.get("upload")),
    };
    upload.ok_or_else(|| Failure::words(t!(desk, "import-names"), "").into())
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
    Failure::words(broken_form(e.status()), "")
}
