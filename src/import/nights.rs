//! `nights.csv`: answers for nights, held against the episodes. A cramp that was written down outweighs a "calm".

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::Days;

use crate::diary::Diary;
use crate::diary::moment::ClockTime as Clock;
use crate::diary::night::Night;
use crate::diary::record::{Episode, NightRecord};
use crate::diary::vocabulary::Outcome;
use crate::import::episodes::{keep, put_time};
use crate::import::outcome::{Bad, Fate, Log};
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

#[derive(Debug, PartialEq)]
struct NightRow {
    outcome: Option<Outcome>,
    bed_at: Option<Clock>,
    up_at: Option<Clock>,
    sleep_quality: Option<u8>,
    sleep_disturbance: Option<u8>,
    sleep_lost_min: Option<u32>,
    note: Option<String>,
    recorded_at: Option<chrono::DateTime<chrono::Utc>>,
}

impl NightRow {
    fn read(row: &Row<'_>, night: Night, cramps: &Cramps, place: &Place) -> Result<Self, Bad> {
        // the diary takes the bedtime of the night to come
        let soon = place.now + Days::new(1);
        let read = NightRow {
            outcome: row.word("outcome")?,
            bed_at: row.clock_until("bed_at", "bed_zone", place, soon)?,
            up_at: row.clock_until("up_at", "up_zone", place, soon)?,
            sleep_quality: row.whole("sleep_quality", 0, 10)?,
            sleep_disturbance: row.whole("sleep_disturbance", 0, 10)?,
            sleep_lost_min: row.whole("sleep_lost_min", 0, 1_440)?,
            note: row.text("note")?,
            recorded_at: row.recorded_at(place)?,
        };
        if read.outcome == Some(Outcome::Calm) && cramps.certain.contains(&night) {
            let reason = "a cramp is written down for this night (in episodes.csv or in the diary); correct whichever is wrong";
            return Err(Bad::cell("outcome", "calm", reason));
        }
        if read.outcome == Some(Outcome::Calm) && cramps.doubtful.contains(&night) {
            let reason = "a row of episodes.csv about this night could not be taken, so it is not known to be calm";
            return Err(Bad::cell("outcome", "calm", reason));
        }
        Ok(read)
    }

    /// What looks like a slip in the times in bed. The diary takes such times, too, so they are not refused.
    fn doubts(&self, night: Night) -> Option<String> {
        let (bed, up) = (self.bed_at.as_ref(), self.up_at.as_ref());
        if let (Some(bed), Some(up)) = (bed, up)
            && up.moment.utc < bed.moment.utc
        {
            return Some("up_at is before bed_at".to_string());
        }
        let elsewhere = |clock: &&Clock| {
            !(0..=1).contains(&(clock.moment.local().date() - night.date()).num_days())
        };
        let odd = bed.into_iter().chain(up).find(elsewhere)?;
        let at = odd.moment.rfc3339();
        Some(format!(
            "the time in bed {at} is not in the night of {night}"
        ))
    }

    fn apply(&self, n: &mut NightRecord) {
        keep(&mut n.outcome, self.outcome);
        if let Some(bed) = &self.bed_at {
            n.bed_at = Some(bed.settle(n.bed_at.as_ref()));
        }
        if let Some(up) = &self.up_at {
            n.up_at = Some(up.settle(n.up_at.as_ref()));
        }
        keep(&mut n.sleep_quality, self.sleep_quality);
        keep(&mut n.sleep_disturbance, self.sleep_disturbance);
        keep(&mut n.sleep_lost_min, self.sleep_lost_min);
        keep(&mut n.note, self.note.clone());
        put_time(&mut n.recorded_at, self.recorded_at);
    }
}

/// The new and changed nights. A night of the diary that was calm and now has a cramp becomes a cramp night, and a
/// warning says so.
pub(super) fn read(
    sheet: Option<Sheet<'_>>,
    diary: &Diary,
    cramps: &Cramps,
    new_episodes: &[Episode],
    place: &Place,
    log: &mut Log,
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
        sheet.rows(log, |row, log| {
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
    seen: HashMap<Night, (u64, NightRow)>,
    out: Vec<NightRecord>,
}

impl Merge<'_> {
    fn take(&mut self, row: &Row<'_>, file: &str, log: &mut Log) -> Result<(), Bad> {
        let night = Row::needed("night", row.night("night", self.place)?)?;
        let read = NightRow::read(row, night, self.cramps, self.place)?;
        if let Some((line, first)) = self.seen.get(&night) {
            if *first == read {
                let text = format!("repeats line {line}; counted once");
                log.warn(file, Some(row.line), text);
                return Ok(());
            }
            let reason = format!("line {line} says something else about this night");
            return Err(Bad::cell("night", &night.to_string(), reason));
        }
        if let Some(doubt) = read.doubts(night) {
            log.warn(file, Some(row.line), doubt);
        }
        match self.diary.nights.get(&night) {
            Some(kept) => {
                let mut amended = kept.clone();
                read.apply(&mut amended);
                if amended == *kept {
                    log.tell(file, Fate::Same);
                } else {
                    log.tell(file, Fate::Changed);
                    self.out.push(amended);
                }
            }
            None => {
                let mut record = NightRecord::blank(night, self.place.now);
                read.apply(&mut record);
                log.tell(file, Fate::New);
                self.out.push(record);
            }
        }
        self.seen.insert(night, (row.line, read));
        Ok(())
    }

    /// Nights of the diary that were calm and have a cramp now.
    fn turn(&mut self, new_episodes: &[Episode], log: &mut Log) {
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
