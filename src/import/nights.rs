//! `nights.csv`: answers for nights, held against the episodes. A cramp that was written down outweighs a "calm".

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::diary::Diary;
use crate::diary::kept::Kept;
use crate::diary::moment::ClockTime;
use crate::diary::moment::Night;
use crate::diary::record::{Episode, NightDraft, NightRecord};
use crate::diary::vocabulary::Outcome;
use crate::import::outcome::{CellError, ImportLog, RowChange};
use crate::import::row::{Place, Row};
use crate::import::sheet::Sheet;

/// Nights with a cramp once the episodes of the import are in the diary, and nights that may have had one.
#[derive(Debug, Default)]
pub(super) struct Cramps {
    /// Nights with a night cramp, in the diary or the files.
    pub(super) certain: HashSet<Night>,
    /// Nights of episode rows that were refused.
    pub(super) doubtful: HashSet<Night>,
}

impl Cramps {
    /// `changed` are the new and changed episodes of the import.
    pub(super) fn of(diary: &Diary, changed: &[Episode], doubtful: HashSet<Night>) -> Self {
        let replaced: HashSet<i64> = changed.iter().map(|e| e.id).collect();
        let kept = diary.episodes.iter().filter(|e| !replaced.contains(&e.id));
        let certain = kept
            .chain(changed)
            .filter(|e| e.is_night_cramp())
            .map(|e| e.night)
            .collect();
        Cramps { certain, doubtful }
    }
}

/// Reads a row, holding a calm night against the cramps.
fn read_row(row: &Row<'_>, cramps: &Cramps) -> Result<NightDraft, CellError> {
    let draft = NightRecord::import(row)?;
    if draft.outcome == Some(Outcome::Calm) && cramps.certain.contains(&draft.night) {
        let reason = "a cramp is written down for this night (in episodes.csv or in the diary); correct whichever is wrong";
        return Err(CellError::cell("outcome", "calm", reason));
    }
    if draft.outcome == Some(Outcome::Calm) && cramps.doubtful.contains(&draft.night) {
        let reason = "a row of episodes.csv about this night could not be taken, so it is not known to be calm";
        return Err(CellError::cell("outcome", "calm", reason));
    }
    Ok(draft)
}

/// What looks like a slip in the times in bed. The diary takes such times, too, so they are not refused.
fn doubts(draft: &NightDraft) -> Option<String> {
    let (bed, up) = (draft.bed_at.as_ref(), draft.up_at.as_ref());
    if let (Some(bed), Some(up)) = (bed, up)
        && up.moment.utc < bed.moment.utc
    {
        return Some("up_at is before bed_at".to_string());
    }
    let night = draft.night;
    let elsewhere = |clock: &&ClockTime| {
        !(0..=1).contains(&(clock.moment.local().date() - night.date()).num_days())
    };
    let odd = bed.into_iter().chain(up).find(elsewhere)?;
    let at = odd.moment.rfc3339();
    Some(format!(
        "the time in bed {at} is not in the night of {night}"
    ))
}

/// The new and changed nights. A night of the diary that was calm and now has a cramp becomes a cramp night, and a
/// warning says so.
pub(super) fn read(
    sheet: Option<Sheet<'_>>,
    diary: &Diary,
    cramps: &Cramps,
    new_episodes: &[Episode],
    place: &Place,
    log: &mut ImportLog,
) -> Vec<NightRecord> {
    let mut merge = Merge {
        diary,
        cramps,
        place,
        seen: HashMap::new(),
        out: Vec::new(),
    };
    if let Some(sheet) = sheet {
        let file = sheet.file.clone();
        sheet.rows(place, log, |row, log| {
            if let Err(bad) = merge.take(row, &file, log) {
                log.refuse(&file, row.line, bad);
            }
        });
    }
    merge.turn(new_episodes, log);
    merge.out
}

struct Merge<'a> {
    diary: &'a Diary,
    cramps: &'a Cramps,
    place: &'a Place,
    seen: HashMap<Night, (u64, NightDraft)>,
    out: Vec<NightRecord>,
}

impl Merge<'_> {
    fn take(&mut self, row: &Row<'_>, file: &str, log: &mut ImportLog) -> Result<(), CellError> {
        let read = read_row(row, self.cramps)?;
        let night = read.night;
        if let Some((line, first)) = self.seen.get(&night) {
            if *first == read {
                log.repeated(file, row.line, *line);
                return Ok(());
            }
            let reason = format!("line {line} says something else about this night");
            return Err(CellError::cell("night", &night.to_string(), reason));
        }
        if let Some(doubt) = doubts(&read) {
            log.warn(file, Some(row.line), doubt);
        }
        match self.diary.nights.get(&night) {
            Some(kept) => {
                let mut amended = kept.clone();
                amended.amend(&read);
                if amended == *kept {
                    log.count_row(file, RowChange::Same);
                } else {
                    log.count_row(file, RowChange::Changed);
                    self.out.push(amended);
                }
            }
            None => {
                let mut record = NightRecord::blank(night, self.place.now);
                record.amend(&read);
                log.count_row(file, RowChange::New);
                self.out.push(record);
            }
        }
        self.seen.insert(night, (row.line, read));
        Ok(())
    }

    /// Nights of the diary that were calm and have a cramp now.
    fn turn(&mut self, new_episodes: &[Episode], log: &mut ImportLog) {
        let turned: BTreeSet<Night> = new_episodes
            .iter()
            .filter(|e| e.is_night_cramp())
            .map(|e| e.night)
            .collect();
        let places: HashMap<Night, usize> = self
            .out
            .iter()
            .enumerate()
            .map(|(i, n)| (n.night, i))
            .collect();
        for night in turned {
            let changed = places.get(&night).and_then(|i| self.out.get_mut(*i));
            let kept = self.diary.nights.get(&night);
            if changed.as_deref().or(kept).and_then(|n| n.outcome) != Some(Outcome::Calm) {
                continue;
            }
            let text =
                format!("the diary called the night of {night} calm; it becomes a cramp night");
            log.warn("episodes.csv", None, text);
            match (changed, kept) {
                (Some(record), _) => record.outcome = Some(Outcome::Cramp),
                (None, Some(kept)) => self.out.push(NightRecord {
                    outcome: Some(Outcome::Cramp),
                    ..kept.clone()
                }),
                (None, None) => {}
            }
        }
    }
}
