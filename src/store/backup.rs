//! Backups: made whole, verified, sealed with a checksum, and only then given their name.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};
use rusqlite::OpenFlags;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::store::Store;
use crate::store::check::{Grade, examine};
use crate::store::crypt::{Lock, encrypt};
use crate::store::error::StoreError;
use crate::store::open::connect;
use crate::store::place::{Draft, folder_of, private_folder, sweep};
use crate::store::rotation;

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Reason {
    /// The first write of a day.
    Daily,
    /// Before a schema step.
    Step,
    /// Before an import.
    Import,
    /// Before a restore.
    Restore,
    /// Before something was forgotten.
    Forget,
    /// The person asked for it.
    Asked,
}

impl Reason {
    const ALL: [Reason; 6] = [
        Reason::Daily,
        Reason::Step,
        Reason::Import,
        Reason::Restore,
        Reason::Forget,
        Reason::Asked,
    ];

    /// The word in the name of the file.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Reason::Daily => "daily",
            Reason::Step => "step",
            Reason::Import => "import",
            Reason::Restore => "restore",
            Reason::Forget => "forget",
            Reason::Asked => "asked",
        }
    }
}

/// What is written beside a backup, so that it can be trusted later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The version of this description, 1.
    pub(crate) schema: u32,
    /// Why it was made.
    pub(crate) reason: Reason,
    /// When it was made.
    pub(crate) made_at: DateTime<Utc>,
    /// SHA-256 of the file, in hexadecimal.
    pub(crate) sha256: String,
    /// Its length.
    pub(crate) bytes: u64,
    /// Whether it is encrypted in the age format.
    pub(crate) encrypted: bool,
    /// The version of the diary's schema.
    pub(crate) schema_version: i64,
    /// Rows of each table; left out for an encrypted backup.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) rows: BTreeMap<String, i64>,
}

/// One backup.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Backup {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Its length in bytes.
    pub(crate) bytes: u64,
    /// When it was made, as far as its manifest or its name tells.
    pub(crate) made_at: Option<DateTime<Utc>>,
    /// Why it was made, as far as its manifest or its name tells.
    pub(crate) reason: Option<Reason>,
    /// What was written beside it; `None` when that file is missing or unreadable.
    pub(crate) manifest: Option<Manifest>,
}

/// The folder the backups of a diary are kept in.
pub(crate) fn backups_folder(diary: &Path) -> PathBuf {
    let mut name = diary.file_name().unwrap_or_default().to_os_string();
    name.push(".backups");
    diary.with_file_name(name)
}

/// The file beside a backup that describes it.
pub(super) fn manifest_path(backup: &Path) -> PathBuf {
    let mut name = backup.file_name().unwrap_or_default().to_os_string();
    name.push(".json");
    backup.with_file_name(name)
}

/// Every backup kept beside a diary, newest first.
///
/// # Errors
/// The folder cannot be read.
pub(crate) fn backups(diary: &Path) -> Result<Vec<Backup>, StoreError> {
    let entries = match std::fs::read_dir(backups_folder(diary)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut all = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.starts_with('.') || !name.ends_with(".db") {
            continue;
        }
        let manifest = read_manifest(&path);
        all.push(found(path, manifest)?);
    }
    all.sort_by(|a, b| (b.made_at, &b.path).cmp(&(a.made_at, &a.path)));
    Ok(all)
}

/// Time and reason in a name such as `2026-03-04T080000Z-import.db` or `2026-03-04-daily.db`.
fn told_by_name(name: &str) -> (Option<DateTime<Utc>>, Option<Reason>) {
    let reason = Reason::ALL
        .into_iter()
        .find(|r| name.contains(&format!("-{}", r.word())));
    let full = name
        .get(..18)
        .and_then(|t| NaiveDateTime::parse_from_str(t, "%Y-%m-%dT%H%M%SZ").ok());
    let day = || {
        let date: chrono::NaiveDate = name.get(..10)?.parse().ok()?;
        date.and_hms_opt(0, 0, 0)
    };
    (full.or_else(day).map(|at| at.and_utc()), reason)
}

pub(super) fn read_manifest(backup: &Path) -> Option<Manifest> {
    let text = std::fs::read_to_string(manifest_path(backup)).ok()?;
    serde_json::from_str(&text).ok()
}

/// SHA-256 of a file, in hexadecimal.
pub(super) fn file_hash(path: &Path) -> Result<String, StoreError> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            break;
        }
        hash.update(piece.get(..read).unwrap_or_default());
    }
    Ok(hash.finalize().iter().map(|b| format!("{b:02x}")).collect())
}

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
                    rotate(&self.path)?;
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
    ///
    /// # Errors
    /// As [`Store::backup`].
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
        File::open(draft.path())?.sync_all()?;
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
        if let Some(worst) = findings.findings.iter().find(|f| f.grade == Grade::Damage) {
            return Err(StoreError::Damaged(format!(
                "{}: {}",
                worst.place, worst.what
            )));
        }
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

/// A backup as its file, its manifest or at least its name describe it.
fn found(path: PathBuf, manifest: Option<Manifest>) -> Result<Backup, StoreError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (named_at, named_for) = told_by_name(&name);
    Ok(Backup {
        bytes: std::fs::metadata(&path)?.len(),
        made_at: manifest.as_ref().map(|m| m.made_at).or(named_at),
        reason: manifest.as_ref().map(|m| m.reason).or(named_for),
        manifest,
        path,
    })
}

/// The name of a backup; one a day is enough of the daily ones.
fn name_of(now: DateTime<Utc>, reason: Reason, again: u32) -> String {
    let word = reason.word();
    match (reason, again) {
        (Reason::Daily, _) => format!("{}-{word}.db", now.format("%Y-%m-%d")),
        (_, 1) => format!("{}-{word}.db", now.format("%Y-%m-%dT%H%M%SZ")),
        _ => format!("{}-{word}-{again}.db", now.format("%Y-%m-%dT%H%M%SZ")),
    }
}

/// Lets go of automatic backups that are no longer needed. Those a person asked for stay for good.
fn rotate(diary: &Path) -> Result<(), StoreError> {
    let all = backups(diary)?;
    let pick = |daily: bool| -> Vec<(&Path, DateTime<Utc>)> {
        all.iter()
            .filter(|b| match b.reason {
                Some(Reason::Asked) | None => false,
                Some(reason) => (reason == Reason::Daily) == daily,
            })
            .filter_map(|b| Some((b.path.as_path(), b.made_at?)))
            .collect()
    };
    for (is_daily, rule) in [
        (true, rotation::daily as fn(&[DateTime<Utc>]) -> _),
        (false, rotation::others),
    ] {
        let candidates = pick(is_daily);
        let kept = rule(&candidates.iter().map(|(_, at)| *at).collect::<Vec<_>>());
        for (place, (path, _)) in candidates.iter().enumerate() {
            if !kept.contains(&place) {
                std::fs::remove_file(path)?;
                let _ = std::fs::remove_file(manifest_path(path));
            }
        }
    }
    Ok(())
}
