//! The file `cramp serve --open` hands to the browser. The command line of a program shows to every account of the
//! computer, so the code that lets in does not stand there: it stands in a page that only its owner can read, which leads
//! on to the diary's own.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::diary::experiment::hexadecimal;
use crate::render::doorstep::leads_to;
use crate::store::place::{private_file, private_folder};

/// A page that leads to the diary, and the code it holds. It is removed with this value.
#[derive(Debug)]
pub(crate) struct Doorstep {
    folder: PathBuf,
    /// The SHA-256 of the code.
    pub(crate) code: String,
}

impl Doorstep {
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
        let folder = temp.join(format!("nightcramp-{}", hexadecimal(&bits)));
        private_folder(&folder)?;
        let doorstep = Doorstep { folder, code };
        private_file(&doorstep.page())?.write_all(leads_to(address).as_bytes())?;
        Ok(doorstep)
    }

    /// The file to be opened.
    pub(crate) fn page(&self) -> PathBuf {
        self.folder.join("open.html")
    }
}

impl Drop for Doorstep {
    fn drop(&mut self) {
        // the code in it is of no use any more, and the folder is emptied by the system in the end
        let _ = fs::remove_file(self.page());
        let _ = fs::remove_dir(&self.folder);
    }
}
