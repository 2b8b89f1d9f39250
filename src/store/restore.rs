//! Restoring: the backup is verified first, what is there is kept, and the whole is one change that can be undone. Looks of
//! the analysis are never given back: those of both diaries stand.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::diary::{Experiment, Key, Look, Record, Table};
use crate::store::Store;
use crate::store::backup::{Unlock, decrypt, is_encrypted};
use crate::store::check::examine;
use crate::store::error::StoreError;
use crate::store::journal::LOOKS;
use crate::store::open::recognise;
use crate::store::place::{Draft, folder_of, name_of, private_folder, sync_folder, with_ending};
use crate::store::read::each_row;
use crate::store::shelf::{Reason, backups_folder, file_hash, read_manifest};
use crate::store::write::{Counts, Writer};

/// How many records are carried over at once.
const BATCH: usize = 4_096;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Restored {
    pub(crate) from: PathBuf,
    /// Whether what was there before is damaged; it is kept all the same.
    pub(crate) was_damaged: bool,
    /// Where the diary as it was before is kept; `None` when there was none.
    pub(crate) kept: Option<PathBuf>,
    /// Records that came back, came back differently, or were there just so.
    pub(crate) counts: Counts,
    /// Records that were there and are not in the backup.
    pub(crate) removed: usize,
    /// Whether `cramp undo` takes it back. It cannot when there was no readable diary to go back to.
    pub(crate) can_undo: bool,
}

impl Store {
    /// Makes the diary at `path` hold what the backup `file` holds. The backup is verified before anything is
    /// touched. A readable diary is backed up and then changed in one transaction, its history kept; a damaged one is
    /// put aside under another name, and the backup takes its place, with the looks that could still be read.
    ///
    /// # Errors
    /// The backup is not whole, or cannot be decrypted with `unlock`: the diary is then as it was.
    pub(crate) fn restore(
        path: &Path,
        file: &Path,
        now: DateTime<Utc>,
        unlock: Option<&Unlock>,
    ) -> Result<Restored, StoreError> {
        let folder = backups_folder(path);
        private_folder(&folder)?;
        let draft = Draft::beside(&folder.join("restoring.db"))?;
        let mut backup = verified(file, &draft, now, unlock)?;
        let restored = Restored {
            from: file.to_path_buf(),
            ..Restored::default()
        };
        match Store::open_read(path) {
            Ok(None) => take_place(backup, draft, path, restored),
            Ok(Some(present)) if examine(&present.conn, now).is_sound() => {
                drop(present);
                let present = Store::open(path, now)?;
                change_into(present, &backup, now, restored)
            }
            damaged @ (Ok(Some(_)) | Err(StoreError::Damaged(_) | StoreError::Odd(_))) => {
                let looks = damaged.map_or_else(
                    |_| Vec::new(),
                    |d| d.map_or_else(Vec::new, |d| looks_of(&d)),
                );
                backup.backed_up = true;
                backup.write(now, LOOKS, |writer| keep_looks(looks, writer).map(drop))?;
                let aside = put_aside(path, now)?;
                let restored = Restored {
                    was_damaged: true,
                    kept: Some(aside),
                    ..restored
                };
                take_place(backup, draft, path, restored)
            }
            Err(error) => Err(error),
        }
    }
}

/// A verified copy of a backup, in `draft`.
fn verified(
    file: &Path,
    draft: &Draft,
    now: DateTime<Utc>,
    unlock: Option<&Unlock>,
) -> Result<Store, StoreError> {
    let as_file = |error| match error {
        StoreError::NotADiary { what, .. } => StoreError::BadBackup {
            path: file.to_path_buf(),
            what: format!("it is not a nightcramp diary: {what}"),
        },
        StoreError::Damaged(what) | StoreError::Odd(what) => StoreError::BadBackup {
            path: file.to_path_buf(),
            what: format!("it is damaged: {what}"),
        },
        other => other,
    };
    let missing = || StoreError::Refused(format!("there is no file {}", file.display()));
    if !file.exists() {
        return Err(missing());
    }
    if let Some(manifest) = read_manifest(file)
        && manifest.sha256 != file_hash(file)?
    {
        return Err(as_file(StoreError::Damaged(
            "its SHA-256 is not the one written beside it when it was made".to_string(),
        )));
    }
    if is_encrypted(file)? {
        let unlock = unlock.ok_or_else(|| {
            StoreError::Refused(format!(
                "{} is encrypted: give its passphrase or key file",
                file.display()
            ))
        })?;
        decrypt(file, draft.path(), unlock).map_err(as_file)?;
    } else {
        // Copied by the database, not byte by byte: somebody may be writing to the file.
        let source = Store::open_read(file).map_err(as_file)?;
        source
            .ok_or_else(missing)?
            .copy_into(draft)
            .map_err(as_file)?;
    }
    recognise(draft.path()).map_err(as_file)?;
    let backup = Store::open_copy(draft.path()).map_err(as_file)?;
    examine(&backup.conn, now).sound().map_err(as_file)?;
    Ok(backup)
}

/// Where there is no diary, or a damaged one that is kept elsewhere, the copy becomes the diary.
fn take_place(
    backup: Store,
    draft: Draft,
    path: &Path,
    mut restored: Restored,
) -> Result<Restored, StoreError> {
    for table in Table::ALL {
        each_row(&backup.conn, table, None, |_| {
            restored.counts.inserted += 1;
            Ok(())
        })?;
    }
    backup.forget_devices()?;
    drop(backup);
    // A damaged diary keeps its name until this very moment: a kill in between must not leave an empty place, where
    // the next entry would begin a new diary.
    match restored.kept {
        Some(_) => draft.replace(path)?,
        None => draft.settle(path)?,
    }
    Ok(restored)
}

/// Gives a damaged diary, and a journal of SQLite that belongs to it, a second name.
fn put_aside(path: &Path, now: DateTime<Utc>) -> Result<PathBuf, StoreError> {
    let stamp = now.format(".damaged-%Y-%m-%dT%H%M%SZ").to_string();
    let aside = with_ending(path, &stamp);
    if aside.exists() {
        return Err(StoreError::Refused(format!(
            "{} is there already",
            aside.display()
        )));
    }
    let journal = with_ending(path, "-journal");
    if journal.exists() {
        std::fs::rename(&journal, with_ending(&aside, "-journal"))?;
    }
    if std::fs::hard_link(path, &aside).is_err() {
        // Some file systems know no second names.
        std::fs::copy(path, &aside).inspect_err(|_| {
            let _ = std::fs::remove_file(&aside);
        })?;
    }
    sync_folder(folder_of(path))?;
    Ok(aside)
}

/// Changes a readable diary into what the backup holds.
fn change_into(
    mut present: Store,
    backup: &Store,
    now: DateTime<Utc>,
    mut restored: Restored,
) -> Result<Restored, StoreError> {
    restored.kept = Some(present.backup(now, Reason::Restore)?.path);
    let name = name_of(&restored.from);
    let (counts, removed, can_undo) =
        present.write::<_, StoreError>(now, &format!("restore {name}"), |writer| {
            if let Some(id) = backup.diary_id()? {
                writer.take_diary_id(&id)?;
            }
            // The diary keeps its own looks beside those of the backup: what they spent is spent.
            let mut counts = keep_looks(looks_of(backup), writer)?;
            let before = writer.experiments()?;
            let mut removed = 0;
            for table in Table::ALL.into_iter().filter(|t| *t != Table::Look) {
                let held = carry_over(backup, table, &before, writer, &mut counts)?;
                for key in writer.keys(table)? {
                    if !held.contains(&key) && writer.remove(&key)? {
                        removed += 1;
                    }
                }
            }
            let changed = counts.inserted + counts.updated + removed > 0;
            // Undo leaves alone what began, ended or was opened: an experiment the backup brought.
            let is_as_before = |e: &Experiment| before.contains(e);
            let brought = !writer.experiments()?.iter().all(is_as_before);
            Ok((counts, removed, changed && !brought))
        })?;
    Ok(Restored {
        can_undo,
        counts,
        removed,
        ..restored
    })
}

/// The looks of a diary that can be read: all of a sound one.
fn looks_of(diary: &Store) -> Vec<Look> {
    let mut looks = Vec::new();
    // What a damaged diary cannot give is lost with its other rows.
    let _ = each_row(&diary.conn, Table::Look, None, |row| {
        if row.checked().is_ok()
            && let Ok(Record::Look(look)) = Record::read(&mut row.row)
        {
            looks.push(look);
        }
        Ok(())
    });
    looks
}

/// Puts looks beside those that are there, under a new number where theirs is another's.
fn keep_looks(looks: Vec<Look>, writer: &mut Writer<'_>) -> Result<Counts, StoreError> {
    let mut present = Vec::new();
    for key in writer.keys(Table::Look)? {
        if let Some(Record::Look(look)) = writer.get(&key)? {
            present.push(look);
        }
    }
    let mut counts = Counts::default();
    for mut look in looks {
        let is_same = |l: &Look| l.cramp_nights == look.cramp_nights && l.state == look.state;
        if present.iter().any(is_same) {
            counts.unchanged += 1;
            continue;
        }
        if present.iter().any(|l| l.id == look.id) {
            look.id = writer.next_id(Table::Look)?;
        }
        writer.put(Record::Look(look))?;
        counts.inserted += 1;
    }
    Ok(counts)
}

/// An experiment of the backup, ended early or opened where the diary's own is: neither is ever taken back.
fn as_ended(record: Record, before: &[Experiment]) -> Record {
    let Record::Experiment(mut experiment) = record else {
        return record;
    };
    if let Some(was) = before.iter().find(|e| e.seal == experiment.seal) {
        if was.stopped.is_some() {
            (experiment.stopped, experiment.reason) = (was.stopped, was.reason.clone());
        }
        if was.opened.is_some() {
            experiment.opened.clone_from(&was.opened);
        }
    }
    Record::Experiment(experiment)
}

/// Puts every record of a table of the backup in place; gives their keys.
fn carry_over(
    backup: &Store,
    table: Table,
    before: &[Experiment],
    writer: &mut Writer<'_>,
    counts: &mut Counts,
) -> Result<HashSet<Key>, StoreError> {
    let mut held = HashSet::new();
    let mut batch: Vec<Record> = Vec::new();
    let mut flush = |batch: Vec<Record>| -> Result<(), StoreError> {
        let done = writer.put_all(batch)?;
        counts.inserted += done.inserted;
        counts.updated += done.updated;
        counts.unchanged += done.unchanged;
        Ok(())
    };
    each_row(&backup.conn, table, None, |row| {
        row.checked()?;
        let record = as_ended(Record::read(&mut row.row)?, before);
        held.insert(record.key());
        batch.push(record);
        if batch.len() >= BATCH {
            flush(std::mem::take(&mut batch))?;
        }
        Ok(())
    })?;
    flush(batch)?;
    Ok(held)
}
