//! What can be wrong with a diary on disk.

use std::path::PathBuf;

use rusqlite::ErrorCode;

use crate::diary::cell::OddRow;
use crate::diary::typed::LineError;

/// Why the diary could not be opened, read or written. Whatever it is, the diary was left as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum StoreError {
    /// The path holds something that is not a diary of this program.
    #[error("{path} is not a nightcramp diary: {what}", path = path.display())]
    NotADiary { path: PathBuf, what: String },
    /// A later version of the program wrote this diary.
    #[error(
        "this diary has schema version {found}; this program knows versions up to {known} and leaves it alone"
    )]
    Newer { found: i64, known: i64 },
    #[error("the diary is damaged: {0}")]
    Damaged(String),
    /// A backup that was to be restored is no whole diary.
    #[error("the backup {path} cannot be used: {what}", path = path.display())]
    BadBackup { path: PathBuf, what: String },
    /// Another program kept the diary to itself for too long.
    #[error("the diary is in use by another program")]
    Locked,
    /// The file or its folder cannot be written.
    #[error("the diary cannot be written: {0}")]
    ReadOnly(String),
    /// There is no room left.
    #[error("the disk is full, or a size limit was reached")]
    DiskFull,
    /// The disk or the operating system refused.
    #[error("the disk failed: {0}")]
    Io(String),
    /// A row holds something this program would never write.
    #[error("a row of the diary is not as it was written: {0}")]
    Odd(String),
    /// The diary's own rules refused a value.
    #[error("the diary does not accept this: {0}")]
    Refused(String),
    /// What the journal holds is not to be taken back.
    #[error(transparent)]
    Stands(LineError),
    /// Something else went wrong inside the database.
    #[error("the database failed: {0}")]
    Database(String),
}

impl StoreError {
    /// What the person can do about it.
    pub(crate) fn hint(&self) -> &str {
        match self {
            StoreError::NotADiary { .. } => {
                "check the path (cramp locate shows it), or choose another with --diary FILE"
            }
            StoreError::BadBackup { .. } => {
                "the diary was not touched; choose another backup (cramp restore --list), or save what is readable of this one: cramp recover FILE"
            }
            StoreError::Newer { .. } => {
                "install the version of nightcramp that wrote it, or a later one"
            }
            StoreError::Damaged(_) | StoreError::Odd(_) => {
                "run cramp check to see what is wrong, cramp restore --list for backups, or cramp recover to save what is readable"
            }
            StoreError::Locked => {
                "try again in a moment; if it lasts, see which program holds the file open"
            }
            StoreError::ReadOnly(_) => {
                "make the file and its folder writable for you, or choose another with --diary FILE"
            }
            StoreError::DiskFull => "free some space and try again; nothing was changed",
            StoreError::Io(_) => {
                "check that the disk is connected and healthy, then run cramp check"
            }
            StoreError::Refused(_) => "nothing was changed; write it differently",
            StoreError::Stands(why) => &why.hint,
            StoreError::Database(_) => "run cramp check; nothing was changed",
        }
    }

    /// An odd row: which table, which row, what is odd about it.
    pub(super) fn odd(
        table: &str,
        which: impl std::fmt::Display,
        what: impl std::fmt::Display,
    ) -> Self {
        StoreError::Odd(format!("{table} {which}: {what}"))
    }
}

impl From<OddRow> for StoreError {
    fn from(odd: OddRow) -> Self {
        StoreError::Odd(odd.0)
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind as K;
        match error.kind() {
            K::StorageFull | K::QuotaExceeded | K::FileTooLarge => StoreError::DiskFull,
            K::PermissionDenied | K::ReadOnlyFilesystem => StoreError::ReadOnly(error.to_string()),
            _ => StoreError::Io(error.to_string()),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(code, ref message) = error else {
            return StoreError::Database(error.to_string());
        };
        let said = || message.clone().unwrap_or_else(|| code.to_string());
        match code.code {
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::FileLockingProtocolFailed => StoreError::Locked,
            ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => {
                StoreError::ReadOnly(said())
            }
            ErrorCode::DiskFull => StoreError::DiskFull,
            ErrorCode::SystemIoFailure => StoreError::Io(said()),
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Damaged(said()),
            ErrorCode::ConstraintViolation | ErrorCode::TooBig | ErrorCode::TypeMismatch => {
                StoreError::Refused(said())
            }
            _ => StoreError::Database(said()),
        }
    }
}

/// Why an entry was not taken. Nothing was written.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(crate) enum EntryError {
    Words(#[from] LineError),
    /// They contradict what the diary holds.
    Conflict(LineError),
    /// The diary could not be read or written.
    Store(#[from] StoreError),
}

impl EntryError {
    pub(super) fn conflict(message: impl Into<String>, hint: impl Into<String>) -> Self {
        EntryError::Conflict(LineError::new(message, hint))
    }
}

pub(crate) fn missing(id: &str) -> EntryError {
    EntryError::conflict(
        format!("there is no record '{id}'"),
        "'cramp list' shows what there is; 'cramp history' what there was",
    )
}
