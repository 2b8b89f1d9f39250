//! What lies outside the diary for a while: the page that leads the browser in, and files that were looked at but not
//! imported, each removed with its value; and what a phone was told that nobody knows.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};

use crate::cli::doorstep::Doorstep;
use crate::store::place::{private_file, private_folder, with_ending};

/// How long files wait between being looked at and being imported.
const WAITS: TimeDelta = TimeDelta::minutes(15);
/// So many questions of a morning can be left unknown and not be asked again.
const MOST_UNKNOWN: usize = 200;

/// What waits now.
#[derive(Default)]
pub(crate) struct Waiting {
    doorstep: Option<Doorstep>,
    upload: Option<Upload>,
    /// Questions of last night whose answer was that nobody knows. That is no record, as unknown is not to have written; a
    /// server that is started anew asks again.
    unknown: BTreeSet<String>,
}

/// The files of one form, in a folder of their own.
pub(crate) struct Upload {
    /// What its second form says, so that no other files are imported than those that were shown.
    pub(crate) id: String,
    folder: PathBuf,
    files: Vec<String>,
    since: DateTime<Utc>,
}

impl Waiting {
    pub(crate) fn set_doorstep(&mut self, doorstep: Option<Doorstep>) {
        self.doorstep = doorstep;
    }

    /// The code with this SHA-256 was used.
    pub(crate) fn entered(&mut self, code: &str) {
        self.doorstep.take_if(|doorstep| doorstep.code == code);
    }

    /// Keeps files that were looked at; those that waited before go.
    pub(crate) fn set_upload(&mut self, upload: Upload) {
        self.upload = Some(upload);
    }

    /// The files that were looked at under this name.
    pub(crate) fn take_upload(&mut self, id: &str) -> Option<Upload> {
        self.upload.take_if(|upload| upload.id == id)
    }

    /// What is known of the question `about` the night `last`, or that nobody knows; earlier nights are over.
    pub(crate) fn answered(&mut self, about: String, last: &str, is_known: bool) {
        self.unknown.retain(|said| said.starts_with(last));
        if is_known {
            self.unknown.remove(&about);
        } else if about.starts_with(last) && self.unknown.len() < MOST_UNKNOWN {
            self.unknown.insert(about);
        }
    }

    /// Whether nobody knows the answer to the question `about` a night.
    pub(crate) fn is_unknown(&self, about: &str) -> bool {
        self.unknown.contains(about)
    }

    /// Removes files that nobody came back for.
    pub(crate) fn tidy(&mut self, now: DateTime<Utc>) {
        self.upload.take_if(|upload| now - upload.since > WAITS);
    }
}

impl Upload {
    /// Makes the folder for the files of one form.
    pub(crate) fn new(diary: &Path, id: String, now: DateTime<Utc>) -> io::Result<Upload> {
        let folder = folder(diary).join(&id);
        private_folder(&folder)?;
        Ok(Upload {
            id,
            folder,
            files: Vec::new(),
            since: now,
        })
    }

    /// A new file with this plain name.
    pub(crate) fn file(&mut self, name: String) -> io::Result<File> {
        let file = private_file(&self.folder.join(&name))?;
        self.files.push(name);
        Ok(file)
    }

    pub(crate) fn files(&self) -> &[String] {
        &self.files
    }

    /// What is to be imported: the folder, or the one file in it.
    pub(crate) fn path(&self) -> PathBuf {
        match self.files.as_slice() {
            [one] => self.folder.join(one),
            _ => self.folder.clone(),
        }
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        // what cannot be removed now is removed at the next start
        let _ = fs::remove_dir_all(&self.folder);
        let _ = self.folder.parent().map(fs::remove_dir);
    }
}

/// Where the files of forms wait, beside the diary.
fn folder(diary: &Path) -> PathBuf {
    with_ending(diary, ".import")
}

/// Removes what a server that was killed left beside the diary.
pub(crate) fn sweep(diary: &Path) {
    let _ = fs::remove_dir_all(folder(diary));
}
