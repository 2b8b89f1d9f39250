//! The file `cramp serve --open` hands to the browser. The command line of a program shows to every account of the
//! computer, so the code that lets in does not stand there: it stands in a page that only its owner can read, which leads
//! on to the diary's own.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::diary::experiment::hexadecimal;
use crate::render::doorstep::leads_to;
use crate::store::devices::CODE_LASTS;
use crate::store::place::{private_file, private_folder};

/// How the name of its folder begins.
const FOLDER: &str = "nightcramp-";
const PAGE: &str = "open.html";

/// A page that leads to the diary, and the code it holds. It is removed with this value.
#[derive(Debug)]
pub(crate) struct Doorstep {
    folder: PathBuf,
    /// The SHA-256 of the code.
    pub(crate) code: String,
}

impl Doorstep {
    /// Lays it where the browser may read. On Linux that is the person's own folder where there is one: a browser that snap
    /// installed reads only what does not begin with a dot there, and has a `/tmp` of its own
    /// (https://snapcraft.io/docs/home-interface); one that flatpak installed is handed the file wherever it lies, or reads
    /// the same folder. Elsewhere, and where that fails, it is `temp`.
    ///
    /// # Errors
    /// As for [`Doorstep::new`].
    pub(crate) fn in_reach(
        (home, temp): (Option<&Path>, &Path),
        address: &str,
        code: &str,
        random: fn(&mut [u8]) -> io::Result<()>,
    ) -> io::Result<Doorstep> {
        let home = home.filter(|home| cfg!(target_os = "linux") && home.is_dir());
        let new = |place: &Path| Doorstep::new(place, address, code.to_string(), random);
        match home.map(new) {
            Some(Ok(doorstep)) => Ok(doorstep),
            _ => new(temp),
        }
    }

    /// Writes the page that leads to `address` into a new folder of `temp`; `code` is the SHA-256 of the code in it.
    ///
    /// # Errors
    /// Those of the file system; nothing stays behind then.
    pub(crate) fn new(
        temp: &Path,
        address: &str,
        code: String,
        random: fn(&mut [u8]) -> io::Result<()>,
    ) -> io::Result<Doorstep> {
        // a name nobody can know beforehand, and so nobody can have made
        let mut bits = [0; 16];
        random(&mut bits)?;
        let folder = temp.join(format!("{FOLDER}{}", hexadecimal(&bits)));
        private_folder(&folder)?;
        let doorstep = Doorstep { folder, code };
        private_file(&doorstep.page())?.write_all(leads_to(address).as_bytes())?;
        sweep(temp, &doorstep.page());
        Ok(doorstep)
    }

    /// The file to be opened.
    pub(crate) fn page(&self) -> PathBuf {
        self.folder.join(PAGE)
    }
}

/// Removes what servers that were killed left in `place`: pages whose code was too old when `fresh` was written.
fn sweep(place: &Path, fresh: &Path) {
    let changed = |path: &Path| path.symlink_metadata().and_then(|m| m.modified());
    let age = |now: SystemTime, at: SystemTime| now.duration_since(at).unwrap_or_default();
    let (Ok(entries), Ok(now)) = (fs::read_dir(place), changed(fresh)) else {
        return;
    };
    for folder in entries.flatten().map(|entry| entry.path()) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let bits = name.strip_prefix(FOLDER).unwrap_or_default();
        let is_ours = bits.len() == 32 && bits.bytes().all(|b| b.is_ascii_hexdigit());
        // no link leads out of here
        let is_ours = is_ours && folder.symlink_metadata().is_ok_and(|m| m.is_dir());
        let page = folder.join(PAGE);
        let lasts = CODE_LASTS.to_std().unwrap_or_default();
        if is_ours && changed(&page).is_ok_and(|at| age(now, at) > lasts) {
            let _ = fs::remove_file(page);
            let _ = fs::remove_dir(folder);
        }
    }
}

impl Drop for Doorstep {
    fn drop(&mut self) {
        // the code in it is of no use any more, and the next one that is laid there removes what is left
        let _ = fs::remove_file(self.page());
        let _ = fs::remove_dir(&self.folder);
    }
}
