//! Files and folders: private to their owner, finished before they get their name, and where they lie.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// The name of a file, as it is shown.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The same path with more at the end of its name.
pub(crate) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(ending);
    path.with_file_name(name)
}

/// Makes a folder that only its owner can look into. A folder that is there already is left as it is.
pub(crate) fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes a new empty file that only its owner can read. SQLite gives its journals the same permissions.
pub(crate) fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes what was written to a file survive a power cut. Windows flushes only what is open for writing.
pub(crate) fn sync_file(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.sync_all()
}

/// Makes a new name in a folder survive a power cut.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
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
pub(crate) struct Draft {
    path: PathBuf,
}

impl Draft {
    /// An empty draft in the folder of `target`, readable for its owner only.
    pub(crate) fn beside(target: &Path) -> io::Result<Draft> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = name_of(target);
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

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes it safe on the disk and gives it its name, unless that name is taken.
    pub(crate) fn settle(self, target: &Path) -> io::Result<()> {
        sync_file(&self.path)?;
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
    pub(crate) fn replace(self, target: &Path) -> io::Result<()> {
        sync_file(&self.path)?;
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
pub(crate) fn sweep(folder: &Path, fresh: &Path) {
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
