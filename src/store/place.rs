//! Files and folders: private to their owner, finished before they get their name, and where they lie.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// The folder a file lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Makes a folder that only its owner can look into. A folder that is there already is left as it is.
pub(super) fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes a new empty file that only its owner can read. SQLite gives its journals the same permissions.
pub(super) fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes a new name in a folder survive a power cut.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// The ending of the name of an unfinished file.
const UNFINISHED: &str = ".unfinished";

/// A file being made. It gets its name when it is finished and safe on the disk; until then, and if anything goes
/// wrong, it is removed.
pub(super) struct Draft {
    path: PathBuf,
}

impl Draft {
    /// An empty draft in the folder of `target`, readable for its owner only.
    pub(super) fn beside(target: &Path) -> io::Result<Draft> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        loop {
            let number = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = folder_of(target).join(format!(
                ".{name}.{}-{number}{UNFINISHED}",
                std::process::id()
            ));
            match private_file(&path) {
                Ok(_) => return Ok(Draft { path }),
                // A process with our number was killed here before.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Where the draft is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes it safe on the disk and gives it its name, unless that name is taken.
    pub(super) fn settle(self, target: &Path) -> io::Result<()> {
        File::open(&self.path)?.sync_all()?;
        match std::fs::hard_link(&self.path, target) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
            // Some file systems know no second names.
            Err(_) if target.symlink_metadata().is_ok() => {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            Err(_) => std::fs::rename(&self.path, target)?,
        }
        let _ = std::fs::remove_file(&self.path);
        sync_folder(folder_of(target))
    }

    /// Makes it safe on the disk and gives it its name, over whatever has it now.
    pub(super) fn replace(self, target: &Path) -> io::Result<()> {
        File::open(&self.path)?.sync_all()?;
        std::fs::rename(&self.path, target)?;
        sync_folder(folder_of(target))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // After settling there is nothing left to remove.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Removes drafts in `folder` that a killed process left behind: an hour older than `fresh`, a draft of now.
pub(super) fn sweep(folder: &Path, fresh: &Path) {
    let changed = |path: &Path| std::fs::metadata(path).and_then(|m| m.modified());
    let (Ok(entries), Ok(now)) = (std::fs::read_dir(folder), changed(fresh)) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let old = changed(&entry.path())
            .is_ok_and(|at| now.duration_since(at).is_ok_and(|age| age.as_secs() > 3600));
        if name.starts_with('.') && name.contains(UNFINISHED) && old {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// The service that copies this folder elsewhere, as far as the names in the path tell.
///
/// A diary in such a folder is readable for whoever can read the service, and two machines that write at once can
/// damage it.
pub(crate) fn synchronised(path: &Path) -> Option<&'static str> {
    path.components().find_map(|part| {
        let name = part.as_os_str().to_string_lossy().to_lowercase();
        let begins = |word: &str| {
            name.strip_prefix(word)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '-', '_', '(', '.']))
        };
        match () {
            () if begins("dropbox") => Some("Dropbox"),
            () if begins("onedrive") => Some("OneDrive"),
            () if begins("icloud drive") || begins("iclouddrive") => Some("iCloud"),
            () if name == "mobile documents" || name.starts_with("com~apple~clouddocs") => {
                Some("iCloud")
            }
            () if begins("google drive") || begins("googledrive") || begins("my drive") => {
                Some("Google Drive")
            }
            () if begins("nextcloud") || begins("owncloud") => Some("Nextcloud"),
            () if begins("syncthing") || name == "sync" => Some("Syncthing"),
            () if begins("pcloud") || begins("pclouddrive") => Some("pCloud"),
            () if begins("megasync") => Some("MEGA"),
            () => None,
        }
    })
}

/// As [`synchronised`], and by the marks such services leave in the folders above the file.
pub(crate) fn synchronised_on_disk(path: &Path) -> Option<&'static str> {
    const MARKS: [(&str, &str); 5] = [
        (".stfolder", "Syncthing"),
        (".dropbox", "Dropbox"),
        (".nextcloudsync.log", "Nextcloud"),
        (".sync", "Resilio Sync"),
        (".owncloudsync.log", "Nextcloud"),
    ];
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let real = std::fs::canonicalize(folder_of(&whole)).unwrap_or_default();
    synchronised(&whole)
        .or_else(|| synchronised(&real))
        .or_else(|| {
            whole
                .ancestors()
                .skip(1)
                .chain(real.ancestors())
                .find_map(|folder| {
                    let mark = MARKS.iter().find(|(name, _)| folder.join(name).exists());
                    mark.map(|(_, service)| *service)
                })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synchronised_folders_are_known_by_their_names() {
        let known = |path: &str| synchronised(Path::new(path));
        assert_eq!(known("/home/a/Dropbox/diary.db"), Some("Dropbox"));
        assert_eq!(
            known("/home/a/Dropbox (Personal)/x/diary.db"),
            Some("Dropbox")
        );
        assert_eq!(
            known("/home/a/OneDrive - Clinic/diary.db"),
            Some("OneDrive")
        );
        assert_eq!(
            known("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/d.db"),
            Some("iCloud")
        );
        assert_eq!(
            known("/Users/a/Library/CloudStorage/GoogleDrive-a@b.c/My Drive/d.db"),
            Some("Google Drive")
        );
        assert_eq!(known("/home/a/Nextcloud/d.db"), Some("Nextcloud"));
        assert_eq!(known("/home/a/Sync/d.db"), Some("Syncthing"));
        assert_eq!(known("/home/a/.local/share/nightcramp/diary.db"), None);
        assert_eq!(known("/home/a/dropboxes/diary.db"), None);
        assert_eq!(known("synchrotron/diary.db"), None);
    }

    #[test]
    fn a_draft_gets_its_name_only_when_it_is_free() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("x");
        let draft = Draft::beside(&target).unwrap();
        std::fs::write(draft.path(), "one").unwrap();
        draft.settle(&target).unwrap();
        let second = Draft::beside(&target).unwrap();
        std::fs::write(second.path(), "two").unwrap();
        assert_eq!(
            second.settle(&target).unwrap_err().kind(),
            io::ErrorKind::AlreadyExists
        );
        assert_eq!(std::fs::read(&target).unwrap(), b"one");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
