//! Backups: made whole, verified, sealed with a checksum, and only then given their name; and
//! encrypted copies in the age format, which the independent `age` program reads too.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use age::secrecy::SecretString;
use chrono::{DateTime, Utc};
use rusqlite::OpenFlags;

use crate::store::Store;
use crate::store::check::examine;
use crate::store::error::StoreError;
use crate::store::open::connect;
use crate::store::place::{Draft, folder_of, private_folder, sweep, sync_file};
use crate::store::shelf::{
    Backup, Manifest, Reason, backups_folder, file_hash, found, manifest_path, name_of,
    read_manifest, rotate,
};

impl Store {
    /// Makes a verified backup beside the diary, and lets old automatic ones go.
    ///
    /// # Errors
    /// The diary is damaged, or the disk refuses; no backup is then left behind.
    pub(crate) fn backup(&self, now: DateTime<Utc>, reason: Reason) -> Result<Backup, StoreError> {
        let folder = backups_folder(&self.path);
        private_folder(&folder)?;
        let mut again = 1;
        loop {
            let target = folder.join(name_of(now, reason, again));
            if !target.exists() {
                let (draft, manifest) = self.copy_verified(&target, now, reason)?;
                sweep(&folder, draft.path());
                if seal(draft, &target, &manifest)? {
                    rotate(&self.path, &target)?;
                    return found(target, Some(manifest));
                }
            }
            if reason == Reason::Daily {
                // Another process made today's while this one looked.
                let manifest = read_manifest(&target);
                return found(target, manifest);
            }
            again += 1;
        }
    }

    /// Makes a verified backup at a place of the person's choice, encrypted if `lock` says how.
    ///
    /// # Errors
    /// As [`Store::backup`]; a file that is already there is left alone.
    pub(crate) fn backup_to(
        &self,
        now: DateTime<Utc>,
        target: &Path,
        lock: Option<&Lock>,
    ) -> Result<Backup, StoreError> {
        let taken = |path: &Path| {
            let path = path.display();
            StoreError::Refused(format!(
                "{path} is there already and is left as it is; name another file"
            ))
        };
        for path in [target, &manifest_path(target)] {
            if path.symlink_metadata().is_ok() {
                return Err(taken(path));
            }
        }
        private_folder(folder_of(target))?;
        // The plain copy stays in the private folder beside the diary, whatever becomes of the encrypted one.
        let folder = backups_folder(&self.path);
        private_folder(&folder)?;
        let beside = folder.join(target.file_name().unwrap_or_default());
        let (plain, mut manifest) = self.copy_verified(&beside, now, Reason::Asked)?;
        let draft = Draft::beside(target)?;
        match lock {
            Some(lock) => {
                encrypt(plain.path(), draft.path(), lock)?;
                manifest.encrypted = true;
                manifest.rows.clear();
            }
            None => {
                let mut copy = File::options().write(true).open(draft.path())?;
                std::io::copy(&mut File::open(plain.path())?, &mut copy)?;
            }
        }
        manifest.sha256 = file_hash(draft.path())?;
        manifest.bytes = std::fs::metadata(draft.path())?.len();
        if !seal(draft, target, &manifest)? {
            return Err(taken(target));
        }
        found(target.to_path_buf(), Some(manifest))
    }

    /// A backup before something risky; `None` when nothing was ever written and so nothing can be lost.
    pub(crate) fn backup_before(
        &self,
        now: DateTime<Utc>,
        reason: Reason,
    ) -> Result<Option<Backup>, StoreError> {
        let written: Option<i64> =
            self.conn
                .query_row("SELECT max(id) FROM change", [], |row| row.get(0))?;
        written.map(|_| self.backup(now, reason)).transpose()
    }

    /// Today's backup, if none was made today: every write makes it, unless the door did so before. It must not stand
    /// in the way of writing: what goes wrong is kept for [`Store::warnings`].
    pub(crate) fn daily_backup(&mut self, now: DateTime<Utc>) {
        let target = backups_folder(&self.path).join(name_of(now, Reason::Daily, 1));
        if self.backed_up || target.exists() {
            return;
        }
        self.backed_up = true;
        if let Err(error) = self.backup_before(now, Reason::Daily) {
            self.warnings
                .push(format!("today's backup could not be made: {error}"));
        }
    }

    /// Copies the diary, as it is at this moment, into a draft.
    pub(super) fn copy_into(&self, draft: &Draft) -> Result<(), StoreError> {
        match draft.path().to_str() {
            Some(name) => {
                self.conn.execute("VACUUM INTO ?1", [name])?;
            }
            // SQL cannot say a name that is no text; the copy then keeps the empty pages of the diary.
            None => self
                .conn
                .backup(rusqlite::MAIN_DB, draft.path(), None::<fn(_)>)?,
        }
        sync_file(draft.path())?;
        Ok(())
    }

    /// A copy beside `target`, checked, with its manifest.
    fn copy_verified(
        &self,
        target: &Path,
        now: DateTime<Utc>,
        reason: Reason,
    ) -> Result<(Draft, Manifest), StoreError> {
        let draft = Draft::beside(target)?;
        self.copy_into(&draft)?;
        let copy = connect(draft.path(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let findings = examine(&copy, now);
        drop(copy);
        findings.sound()?;
        let manifest = Manifest {
            schema: 1,
            reason,
            made_at: now,
            sha256: file_hash(draft.path())?,
            bytes: std::fs::metadata(draft.path())?.len(),
            encrypted: false,
            schema_version: findings.schema_version,
            rows: findings
                .rows
                .into_iter()
                .map(|(name, rows)| (name.to_string(), rows))
                .collect(),
        };
        Ok((draft, manifest))
    }
}

/// Gives the backup its name, and then its manifest. False when the name was taken in the meantime.
fn seal(draft: Draft, target: &Path, manifest: &Manifest) -> Result<bool, StoreError> {
    let text = serde_json::to_string_pretty(manifest)
        .map_err(|error| StoreError::Database(error.to_string()))?;
    let beside = manifest_path(target);
    let note = Draft::beside(&beside)?;
    std::fs::write(note.path(), text + "\n")?;
    match draft.settle(target) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Ok(false),
        other => other?,
    }
    note.replace(&beside)?;
    Ok(true)
}

/// What an encrypted copy is locked with. It is never shown: there is no `Debug`.
pub(crate) enum Lock {
    Passphrase(String),
    /// Public keys (`age1…`), any of whose owners can open it.
    Recipients(Vec<String>),
}

pub(crate) enum Unlock {
    Passphrase(String),
    /// The text of a key file: lines that begin with `AGE-SECRET-KEY-`; others are skipped.
    KeyFile(String),
}

/// How every file in the age format begins.
const MAGIC: &[u8] = b"age-encryption.org/v1\n";

/// Whether a file is encrypted in the age format.
///
/// # Errors
/// The file cannot be read.
pub(crate) fn is_encrypted(path: &Path) -> Result<bool, StoreError> {
    let mut head = Vec::new();
    File::open(path)?
        .take(MAGIC.len() as u64)
        .read_to_end(&mut head)?;
    Ok(head == MAGIC)
}

/// Writes `from`, encrypted, over `to`.
pub(super) fn encrypt(from: &Path, to: &Path, lock: &Lock) -> Result<(), StoreError> {
    let encryptor = match lock {
        Lock::Passphrase(words) => {
            if words.is_empty() {
                return Err(StoreError::Refused("the passphrase is empty".to_string()));
            }
            age::Encryptor::with_user_passphrase(SecretString::from(words.clone()))
        }
        Lock::Recipients(keys) => {
            let recipients = keys
                .iter()
                .map(|key| {
                    key.trim().parse::<age::x25519::Recipient>().map_err(|why| {
                        StoreError::Refused(format!(
                            "'{key}' is not an age public key ({why}): it begins with age1, and age-keygen makes one"
                        ))
                    })
                })
                .collect::<Result<Vec<_>, _>>()?;
            let recipients = recipients.iter().map(|r| r as &dyn age::Recipient);
            age::Encryptor::with_recipients(recipients)
                .map_err(|why| StoreError::Refused(why.to_string()))?
        }
    };
    let mut source = BufReader::new(File::open(from)?);
    let target = File::options().write(true).truncate(true).open(to)?;
    let mut sealed = encryptor.wrap_output(BufWriter::new(target))?;
    std::io::copy(&mut source, &mut sealed)?;
    let mut target = sealed.finish()?;
    target.flush()?;
    Ok(())
}

/// Writes `from`, decrypted, over `to`.
pub(super) fn decrypt(from: &Path, to: &Path, unlock: &Unlock) -> Result<(), StoreError> {
    let wrong = |why: age::DecryptError| {
        use age::DecryptError as E;
        let what = match (&why, unlock) {
            (E::KeyDecryptionFailed | E::DecryptionFailed, Unlock::Passphrase(_)) => {
                "this is not its passphrase".to_string()
            }
            (E::NoMatchingKeys, Unlock::Passphrase(_)) => {
                "it was encrypted for a key, not with a passphrase: name the key file with --identity".to_string()
            }
            (E::NoMatchingKeys, Unlock::KeyFile(_)) => {
                "no key of this key file opens it".to_string()
            }
            _ => why.to_string(),
        };
        let path = from.display();
        StoreError::Refused(format!(
            "{path} cannot be opened: {what}; nothing was changed"
        ))
    };
    let sealed = age::Decryptor::new_buffered(BufReader::new(File::open(from)?)).map_err(wrong)?;
    let mut plain = match unlock {
        Unlock::Passphrase(words) => {
            let identity = age::scrypt::Identity::new(SecretString::from(words.clone()));
            sealed.decrypt(std::iter::once(&identity as &dyn age::Identity))
        }
        Unlock::KeyFile(text) => {
            let keys: Vec<age::x25519::Identity> = text
                .lines()
                .filter_map(|line| line.trim().parse().ok())
                .collect();
            sealed.decrypt(keys.iter().map(|key| key as &dyn age::Identity))
        }
    }
    .map_err(wrong)?;
    let mut target = BufWriter::new(File::options().write(true).truncate(true).open(to)?);
    // A broken copy fails here: age seals every piece.
    std::io::copy(&mut plain, &mut target)
        .map_err(|why| StoreError::Damaged(format!("it cannot be decrypted: {why}")))?;
    target.flush()?;
    Ok(())
}
