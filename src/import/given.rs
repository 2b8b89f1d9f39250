//! What was given to import: a file, the files of a folder, or the entries of an archive, each read as a stream.

use std::cell::{Cell, OnceCell};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use zip::ZipArchive;

use crate::import::wanted::Stop;

/// How much of a file is looked at to recognise it, bytes.
const HEAD: u64 = 64 * 1024;
/// How deep a folder is looked into.
const DEEPEST: usize = 6;
/// Most files of a folder or entries of an archive.
const MOST: usize = 20_000;
/// An archive may unpack to this many times its size, and beyond [`SMALL`] no more.
const RATIO: u64 = 250;
/// Below this an archive is not held to [`RATIO`], bytes.
const SMALL: u64 = 256 * 1024 * 1024;

/// What a file is, by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    Text,
    Xml,
    Json,
    Sqlite,
    Zip,
    Other,
}

/// How much of what is to be read was read: each hundredth is told of.
pub(crate) struct Progress<'p> {
    all: Cell<u64>,
    read: Cell<u64>,
    told: Cell<u64>,
    tell: &'p dyn Fn(),
}

impl<'p> Progress<'p> {
    pub(crate) fn new(tell: &'p dyn Fn()) -> Rc<Progress<'p>> {
        Rc::new(Progress {
            all: Cell::new(u64::MAX),
            read: Cell::new(0),
            told: Cell::new(0),
            tell,
        })
    }

    /// So many bytes are to be read from here on.
    pub(crate) fn expect(&self, bytes: u64) {
        self.read.set(0);
        self.all.set(bytes.max(1));
    }

    fn add(&self, bytes: u64) {
        self.read.set(self.read.get().saturating_add(bytes));
        let hundredths = self.read.get().saturating_mul(100) / self.all.get();
        while self.told.get() < hundredths.min(100) {
            self.told.set(self.told.get() + 1);
            (self.tell)();
        }
    }
}

/// One file to import.
pub(crate) struct Given<'p> {
    /// Its name as it is shown: inside a folder or an archive the path from there.
    pub(crate) name: String,
    pub(crate) kind: FileKind,
    /// Its size, unpacked, as far as it is known: for progress, never for trust.
    pub(crate) size: u64,
    path: PathBuf,
    /// Its place in the archive at `path`.
    entry: Option<usize>,
    head: Vec<u8>,
    /// The same as text, once it was asked for: every format asks.
    text: OnceCell<String>,
    progress: Rc<Progress<'p>>,
}

impl<'p> Given<'p> {
    /// What lies at `path`; `progress` is told of the bytes as they are read.
    ///
    /// # Errors
    /// It cannot be read, is an archive that is cut off, or holds too many files.
    pub(crate) fn all(path: &Path, progress: &Rc<Progress<'p>>) -> Result<Vec<Self>, Stop> {
        let mut out = Vec::new();
        if path.is_dir() {
            walk(path, path, DEEPEST, progress, &mut out)?;
        } else {
            out.extend(file(path, name_of(path), progress)?);
        }
        match out.len() > MOST {
            true => Err(Stop::new(format!("more than {MOST} files"))),
            false => Ok(out),
        }
    }

    /// Its first bytes as text; what is cut or no text shows as a replacement character. A byte-order mark is left out.
    pub(crate) fn head(&self) -> &str {
        self.text.get_or_init(|| {
            let bytes = self.head.strip_prefix(b"\xef\xbb\xbf");
            String::from_utf8_lossy(bytes.unwrap_or(&self.head)).into_owned()
        })
    }

    /// The file's own name, without folders.
    pub(crate) fn file_name(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name)
    }

    /// Calls `read` with the content as a stream, a byte-order mark left out.
    ///
    /// # Errors
    /// It cannot be opened or unpacked; or `read` stops.
    pub(crate) fn stream<T>(
        &self,
        read: impl FnOnce(&mut dyn BufRead) -> Result<T, Stop>,
    ) -> Result<T, Stop> {
        let file = File::open(&self.path)?;
        let most = |packed: u64| SMALL.max(packed.saturating_mul(RATIO));
        match self.entry {
            None => read(&mut without_mark(self.counted(file, u64::MAX))?),
            Some(at) => {
                let packed = file.metadata()?.len();
                let mut archive = opened(file)?;
                let entry = archive.by_index(at).map_err(unpacking)?;
                read(&mut without_mark(self.counted(entry, most(packed)))?)
            }
        }
    }

    /// A private copy on disk, gone when it is dropped: a database must not be opened where it lies. The write-ahead log
    /// beside it is copied, too.
    pub(crate) fn copy(&self) -> Result<tempfile::TempDir, Stop> {
        let folder = tempfile::tempdir()?;
        let copy = folder.path().join(COPY);
        let mut to = File::create(&copy)?;
        match self.entry {
            None => {
                io::copy(
                    &mut self.counted(File::open(&self.path)?, u64::MAX),
                    &mut to,
                )?;
                let mut wal = self.path.clone().into_os_string();
                wal.push("-wal");
                if Path::new(&wal).is_file() {
                    std::fs::copy(&wal, folder.path().join(format!("{COPY}-wal")))?;
                }
            }
            Some(_) => {
                self.stream(|from| Ok(io::copy(from, &mut to)?))?;
            }
        }
        Ok(folder)
    }

    fn counted<R: Read>(&self, from: R, most: u64) -> BufReader<Counted<'p, R>> {
        let counted = Counted {
            from,
            own: 0,
            most,
            progress: self.progress.clone(),
        };
        BufReader::with_capacity(128 * 1024, counted)
    }
}

/// The name of a copied database in its folder.
pub(crate) const COPY: &str = "copy.db";

/// Counts what is read, and stops where an archive unpacks to more than any honest one.
struct Counted<'p, R> {
    from: R,
    own: u64,
    most: u64,
    progress: Rc<Progress<'p>>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(into)?;
        self.own += n as u64;
        self.progress.add(n as u64);
        match self.own > self.most {
            true => Err(io::Error::other(
                "the archive unpacks to far more than it should; it is not an export",
            )),
            false => Ok(n),
        }
    }
}

fn without_mark<R: Read>(mut from: BufReader<R>) -> Result<BufReader<R>, Stop> {
    if from.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
        from.consume(3);
    }
    Ok(from)
}

/// The files below a folder, in the order of their names; links and what begins with a dot are left alone.
fn walk<'p>(
    root: &Path,
    folder: &Path,
    deeper: usize,
    progress: &Rc<Progress<'p>>,
    out: &mut Vec<Given<'p>>,
) -> Result<(), Stop> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths {
        let meta = std::fs::symlink_metadata(&path)?;
        if name_of(&path).starts_with('.') {
            continue;
        }
        if meta.is_dir() && deeper > 0 {
            walk(root, &path, deeper - 1, progress, out)?;
        } else if meta.is_file() && out.len() <= MOST {
            let below = path.strip_prefix(root).unwrap_or(&path);
            out.extend(file(&path, below.to_string_lossy().into_owned(), progress)?);
        }
    }
    Ok(())
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// A file, or the entries of an archive. An archive within an archive is left alone.
fn file<'p>(
    path: &Path,
    name: String,
    progress: &Rc<Progress<'p>>,
) -> Result<Vec<Given<'p>>, Stop> {
    let mut from = File::open(path)?;
    let size = from.metadata()?.len();
    let mut head = Vec::new();
    from.by_ref().take(HEAD).read_to_end(&mut head)?;
    let kind = kind_of(&head);
    let given = |name, kind, size, entry, head| Given {
        name,
        kind,
        size,
        path: path.to_path_buf(),
        entry,
        head,
        text: OnceCell::new(),
        progress: progress.clone(),
    };
    if kind != FileKind::Zip {
        return Ok(vec![given(name, kind, size, None, head)]);
    }
    let mut archive = opened(from)?;
    if archive.len() > MOST {
        return Err(Stop::new(format!("the archive has more than {MOST} files")));
    }
    let mut out = Vec::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).map_err(unpacking)?;
        if !entry.is_file() {
            continue;
        }
        let size = entry.size();
        let name = entry.name().map_err(unpacking)?.into_owned();
        let mut head = Vec::new();
        entry.by_ref().take(HEAD).read_to_end(&mut head)?;
        let kind = kind_of(&head);
        out.push(given(name, kind, size, Some(at), head));
    }
    Ok(out)
}

fn opened(file: File) -> Result<ZipArchive<BufReader<File>>, Stop> {
    let archive = ZipArchive::new(BufReader::new(file)).map_err(unpacking)?;
    match archive.has_duplicate_names() {
        // only one of them could be found by its name, and the other would be lost
        true => Err(Stop::with(
            "the archive holds two files of one name",
            "unpack it with another program, name them apart, and import the folder",
        )),
        false => Ok(archive),
    }
}

fn unpacking(error: zip::result::ZipError) -> Stop {
    Stop::with(
        format!("the archive cannot be unpacked: {error}"),
        "it may have been cut off on its way; export it again",
    )
}

fn kind_of(head: &[u8]) -> FileKind {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
    match (head, first) {
        _ if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") => FileKind::Zip,
        _ if head.starts_with(b"SQLite format 3\0") => FileKind::Sqlite,
        (_, Some(b'<')) => FileKind::Xml,
        (_, Some(b'{' | b'[')) => FileKind::Json,
        (_, Some(_)) if !head.contains(&0) => FileKind::Text,
        _ => FileKind::Other,
    }
}
