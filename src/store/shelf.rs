//! The backups beside a diary: their names, what is written beside each, and which of the automatic ones stay.
//!
//! Of those made daily 7 days, 4 weeks and 12 months stay, and the last ten made before something risky.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::data::word::{Word, words};
use crate::diary::hexadecimal;
use crate::store::error::StoreError;
use crate::store::place::{self, with_ending};

words! {
    /// Why a backup was made: the first write of a day; before a schema step, an import, a restore or a forgetting; or
    /// because the person asked for it.
    Reason, "reason", {
        Daily = "daily", Step = "step", Import = "import", Restore = "restore", Forget = "forget", Asked = "asked",
    }
}

/// What is written beside a backup, so that it can be trusted later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The version of this description, 1.
    pub(crate) schema: u32,
    pub(crate) reason: Reason,
    pub(crate) made_at: DateTime<Utc>,
    pub(crate) sha256: String,
    pub(crate) bytes: u64,
    pub(crate) encrypted: bool,
    pub(crate) schema_version: i64,
    /// Rows of each table; left out for an encrypted backup.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) rows: BTreeMap<String, i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Backup {
    pub(crate) path: PathBuf,
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
    with_ending(diary, ".backups")
}

/// The file beside a backup that describes it.
pub(crate) fn manifest_path(backup: &Path) -> PathBuf {
    with_ending(backup, ".json")
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
        let name = place::name_of(&path);
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
        .iter()
        .copied()
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

pub(crate) fn read_manifest(backup: &Path) -> Option<Manifest> {
    let text = std::fs::read_to_string(manifest_path(backup)).ok()?;
    serde_json::from_str(&text).ok()
}

pub(crate) fn file_hash(path: &Path) -> Result<String, StoreError> {
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
    Ok(hexadecimal(&hash.finalize()))
}

/// A backup as its file, its manifest or at least its name describe it.
pub(crate) fn found(path: PathBuf, manifest: Option<Manifest>) -> Result<Backup, StoreError> {
    let name = place::name_of(&path);
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
pub(crate) fn name_of(now: DateTime<Utc>, reason: Reason, again: u32) -> String {
    let word = reason.word();
    match (reason, again) {
        (Reason::Daily, _) => format!("{}-{word}.db", now.format("%Y-%m-%d")),
        (_, 1) => format!("{}-{word}.db", now.format("%Y-%m-%dT%H%M%SZ")),
        _ => format!("{}-{word}-{again}.db", now.format("%Y-%m-%dT%H%M%SZ")),
    }
}

/// How many of the newest days, weeks and months keep one backup each.
pub(crate) const DAYS: usize = 7;
pub(crate) const WEEKS: usize = 4;
pub(crate) const MONTHS: usize = 12;
/// How many backups made before something risky stay.
const OTHERS: usize = 10;

/// Which of the daily backups stay, by their place in `made`. Of each day, week (Monday to Sunday) and month that
/// has one, the newest counts for it.
pub(crate) fn daily(made: &[DateTime<Utc>]) -> BTreeSet<usize> {
    let mut newest_first: Vec<usize> = (0..made.len()).collect();
    newest_first.sort_by_key(|place| std::cmp::Reverse(made[*place]));
    let mut kept = BTreeSet::new();
    let mut keep = |count: usize, period: fn(NaiveDate) -> (i32, u32)| {
        let mut periods = BTreeSet::new();
        for place in &newest_first {
            let period = period(made[*place].date_naive());
            if periods.len() == count && !periods.contains(&period) {
                break;
            }
            if periods.insert(period) {
                kept.insert(*place);
            }
        }
    };
    keep(DAYS, |date| (date.year(), date.ordinal()));
    keep(WEEKS, |date| {
        (date.iso_week().year(), date.iso_week().week())
    });
    keep(MONTHS, |date| (date.year(), date.month()));
    kept
}

/// Which of the backups made before something risky stay, by their place in `made`: the last ten, and whatever was made
/// at the same time as the tenth, of which none is the older.
pub(crate) fn others(made: &[DateTime<Utc>]) -> BTreeSet<usize> {
    let mut times = made.to_vec();
    times.sort_unstable();
    let tenth = times.iter().rev().nth(OTHERS - 1);
    let stays = |place: &usize| tenth.is_none_or(|tenth| made[*place] >= *tenth);
    (0..made.len()).filter(stays).collect()
}

/// Lets go of automatic backups that are no longer needed. Those a person asked for stay for good, and so does `fresh`,
/// made just now: a clock that was set back makes it look old.
pub(crate) fn rotate(diary: &Path, fresh: &Path) -> Result<(), StoreError> {
    let all = backups(diary)?;
    for (is_daily, rule) in [(true, daily as fn(&[DateTime<Utc>]) -> _), (false, others)] {
        let of_this_kind =
            |reason| reason != Reason::Asked && (reason == Reason::Daily) == is_daily;
        let (paths, made): (Vec<&Path>, Vec<_>) = all
            .iter()
            .filter(|b| b.reason.is_some_and(of_this_kind))
            .filter_map(|b| Some((b.path.as_path(), b.made_at?)))
            .unzip();
        let kept = rule(&made);
        for (place, path) in paths.into_iter().enumerate() {
            if !kept.contains(&place) && path != fresh {
                std::fs::remove_file(path)?;
                let _ = std::fs::remove_file(manifest_path(path));
            }
        }
    }
    Ok(())
}
