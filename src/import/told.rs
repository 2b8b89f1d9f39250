//! Cramps that another program wrote down: each read by the one reader of words, and found again by the source's own key.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::diary::clock::{Now, When};
use crate::diary::entry::LineReader;
use crate::diary::factor::Catalogue;
use crate::diary::line::LineKind;
use crate::diary::vocabulary::{Certainty, Origin};
use crate::diary::{Diary, Episode, Moment, Source, Zone};
use crate::import::outcome::{ImportLog, RowChange};

/// An entry of the person's own this close to a cramp of another program is the same cramp.
const SAME: TimeDelta = TimeDelta::minutes(2);

/// A cramp as another program wrote it down.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ToldCramp {
    /// Where it stands in the file.
    pub(crate) line: u64,
    /// What the source calls it.
    pub(crate) key: String,
    pub(crate) at: Moment,
    pub(crate) certainty: Certainty,
    /// What it says, as after `cramp log`: `left calf`, `severity=7`.
    pub(crate) words: Vec<String>,
}

impl ToldCramp {
    /// The record it becomes; the reason when its words cannot be taken. Words nobody understands are left out, as they may
    /// name people or places.
    pub(crate) fn episode(
        &self,
        source: &str,
        catalogue: &Catalogue,
        now: DateTime<Utc>,
    ) -> Result<Episode, String> {
        let then = Now {
            utc: self.at.utc,
            zone: Zone::named(&self.at.zone).unwrap_or(Zone::Fixed(self.at.offset)),
        };
        let when = When {
            at: Some(self.at.clone()),
            night: self.at.night(),
            certainty: self.certainty,
        };
        let blank = Episode {
            source: Source {
                origin: Origin::Import,
                detail: Some(Arc::from(format!("{source} {}", self.key))),
            },
            ..Episode::blank(0, self.at.night(), now)
        };
        let reader = LineReader::new(LineKind::Episode, catalogue, &then);
        let account = reader.read(&self.words).map_err(|e| e.to_string())?;
        let mut line = account.episodes.into_iter().next().unwrap_or_default();
        line.text = None;
        line.new_episode(blank, when, &[])
            .map_err(|e| e.to_string())
    }
}

/// What is new in cramps of one source, and what of the diary's they complete. A field of the diary is never replaced by
/// another word of the source: the person may have corrected it.
pub(crate) fn against(
    told: &[ToldCramp],
    source: &str,
    file: &str,
    (diary, catalogue): (&Diary, &Catalogue),
    (mut free, now): (i64, DateTime<Utc>),
    log: &mut ImportLog,
) -> Vec<Episode> {
    let kept = diary.episodes.iter();
    let by_key: HashMap<&str, &Episode> = kept
        .filter(|e| e.source.origin == Origin::Import)
        .filter_map(|e| Some((e.source.detail.as_deref()?, e)))
        .collect();
    let mut out: Vec<Episode> = Vec::new();
    for cramp in told {
        let episode = match cramp.episode(source, catalogue, now) {
            Ok(episode) => episode,
            Err(reason) => {
                let bad = crate::import::outcome::CellError::row(reason);
                log.refuse(file, cramp.line, bad);
                continue;
            }
        };
        let key = episode.source.detail.clone().unwrap_or_default();
        if let Some(kept) = by_key.get(&*key) {
            let completed = completed(kept, &episode);
            match completed == **kept {
                true => log.count_row(source, RowChange::Same),
                false => {
                    log.count_row(source, RowChange::Changed);
                    out.push(completed);
                }
            }
            continue;
        }
        let own = diary.episodes_of(episode.night).iter();
        let is_same = |e: &Episode| {
            let at = e.began_at.as_ref();
            e.is_night_cramp() == episode.is_night_cramp()
                && at.is_some_and(|at| (at.utc - cramp.at.utc).abs() <= SAME)
        };
        if let Some(own) = own.clone().find(|e| is_same(e)) {
            let text = format!(
                "the diary has this cramp already, as #{}; counted once",
                own.id
            );
            log.warn(file, Some(cramp.line), text);
            log.count_row(source, RowChange::Same);
            continue;
        }
        log.count_row(source, RowChange::New);
        out.push(Episode {
            id: free,
            ..episode
        });
        free += 1;
    }
    out
}

/// What the diary has, with what it did not know yet.
fn completed(kept: &Episode, told: &Episode) -> Episode {
    Episode {
        side: kept.side.or(told.side),
        site: kept.site.or(told.site),
        severity: kept.severity.or(told.severity),
        duration_s: kept.duration_s.or(told.duration_s),
        duration_max_s: match kept.duration_s {
            Some(_) => kept.duration_max_s,
            None => told.duration_max_s,
        },
        ..kept.clone()
    }
}
