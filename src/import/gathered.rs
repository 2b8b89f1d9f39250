//! What formats hand over, gathered by night: limits, the stretch asked for, and what becomes a reading in the end.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, NaiveTime, Utc};

use crate::diary::elsewhere::{ASLEEP, BED, Reading, ReadingDraft, UP};
use crate::diary::factor::FactorDef;
use crate::diary::vocabulary::{Certainty, FactorKind, Timing};
use crate::diary::{Diary, Moment, Night, sha256};
use crate::import::nightly::effort::Effort;
use crate::import::nightly::room::{Covered, Room};
use crate::import::nightly::sleep::Sleep;
use crate::import::outcome::{CellError, ImportLog, Refused, shown};
use crate::import::told::ToldCramp;
use crate::import::wanted::{Stop, Wanted};

/// The factor of a bedroom's temperature, and its unit.
const ROOM: &str = "room";
const DEGREES: &str = "°C";

/// So many cramps and amounts are kept of what one source tells one by one; more no one wrote down.
const MOST_CRAMPS: usize = 100_000;
const MOST_AMOUNTS: usize = 1_000_000;

/// What was gathered, as readings.
#[derive(Debug, Default)]
pub(crate) struct Handed {
    pub(crate) readings: Vec<ReadingDraft>,
    /// The bedroom in the usual hours, of nights in which the person was in bed at others.
    pub(crate) usual: BTreeMap<Night, Covered>,
    /// Days of which more is said than the factor can be, with the most it can be: not taken.
    pub(crate) too_much: Vec<(ReadingDraft, f64)>,
}

/// Whether several values of a day are parts of one amount.
fn adds_up(def: &FactorDef) -> bool {
    def.kind == FactorKind::Number && def.timing == Timing::Day && def.min == Some(0.0)
}

/// Whether a reading of the diary is of a thermometer's samples in the hours in bed, as [`Gathered::readings`] makes them.
pub(crate) fn is_of_hours_in_bed(reading: &Reading) -> bool {
    reading.unit.as_deref() == Some(DEGREES) && reading.coverage.is_some()
}

/// Gathers what the files of one source say.
#[derive(Debug)]
pub(crate) struct Gathered<'w> {
    pub(crate) wanted: &'w Wanted,
    /// The format.
    pub(crate) format: &'static str,
    /// What is kept as the source of what is gathered: the format, with a short hash of the sensor where there are several.
    pub(crate) source: String,
    /// The sensor that is read, where files name theirs.
    sensor: Option<String>,
    /// The file being read, as messages name it.
    pub(crate) file: String,
    /// The table being read, where the file is a database.
    pub(crate) table: &'static str,
    /// Rows met, taken or not.
    pub(crate) rows: usize,
    pub(crate) room: Room,
    pub(crate) sleep: Sleep,
    pub(crate) effort: Effort,
    /// When the source was asked for it all, where the file says so.
    pub(crate) exported: Option<DateTime<Utc>>,
    /// Apps and devices within the export, by the order they were met; only their numbers are used.
    within: HashMap<String, u16>,
    /// Apps whose counts of a day count before those of others, the first first.
    pub(crate) first: Vec<u16>,
    /// Values given one by one, of each night and factor by the source's key.
    values: BTreeMap<(Night, String), BTreeMap<String, f64>>,
    /// How many amounts are kept of them.
    amounts: usize,
    /// What of it was more than anyone writes down.
    too_many: Option<&'static str>,
    pub(super) cramps: Vec<ToldCramp>,
    pub(super) log: ImportLog,
}

impl<'w> Gathered<'w> {
    pub(crate) fn new(wanted: &'w Wanted, format: &'static str) -> Self {
        Gathered {
            wanted,
            format,
            source: format.to_string(),
            sensor: None,
            file: String::new(),
            table: "",
            rows: 0,
            room: Room::default(),
            sleep: Sleep::default(),
            effort: Effort::default(),
            exported: None,
            within: HashMap::new(),
            first: Vec::new(),
            values: BTreeMap::new(),
            amounts: 0,
            too_many: None,
            cramps: Vec::new(),
            log: ImportLog::default(),
        }
    }

    /// Tells sensors of one format apart: the name is not kept, only a short hash of it.
    pub(crate) fn label(&mut self, sensor: &str) {
        let hash = sha256(sensor.as_bytes());
        let short = hash.get(..8).unwrap_or_default();
        self.source = format!("{}:{short}", self.format);
    }

    /// What is read from here on comes from this sensor, as the file itself names it.
    ///
    /// # Errors
    /// An earlier file was of another.
    pub(crate) fn sensor(&mut self, name: &str) -> Result<(), Stop> {
        match self.sensor.as_deref() {
            Some(before) if before != name => Err(Stop::with(
                format!("it is of {name}, and an earlier file is of {before}"),
                format!("say which hangs in the bedroom: --entity {name}"),
            )),
            _ => {
                self.label(name);
                self.sensor = Some(name.to_string());
                Ok(())
            }
        }
    }

    /// Begins with a file. What was gathered from those before is handed over until it [`ends`](Gathered::end).
    pub(crate) fn begin(&mut self, file: &str) -> Room {
        self.file = file.to_string();
        self.table = "";
        std::mem::take(&mut self.room)
    }

    /// Adds what was gathered from the files before.
    ///
    /// # Errors
    /// This file is of another sensor than they, or more was told than anyone writes down.
    pub(crate) fn end(&mut self, before: Room) -> Result<(), Stop> {
        if let Some(what) = self.too_many {
            return Err(Stop::with(
                format!("it tells of more {what} than anyone writes down"),
                "look at what --map and --where choose",
            ));
        }
        let room = std::mem::take(&mut self.room);
        if self.sensor.is_none() && before.differs_from(&room) {
            return Err(Stop::with(
                "it is of another sensor than the files before it",
                "import the files of the bedroom's sensor alone",
            ));
        }
        self.room = before.and(room);
        Ok(())
    }

    /// The number of an app or device within the export.
    pub(crate) fn number_of(&mut self, name: &str) -> u16 {
        match (self.within.get(name), u16::try_from(self.within.len())) {
            (Some(number), _) => *number,
            (None, Ok(next)) => *self.within.entry(name.to_string()).or_insert(next),
            // so many apps have no one
            (None, Err(_)) => u16::MAX,
        }
    }

    /// The rows that could not be taken so far.
    pub(crate) fn refused(&self) -> &[Refused] {
        &self.log.refused
    }

    /// A row that cannot be taken; of a database the number of the row in its table.
    pub(crate) fn refuse(&mut self, line: u64, column: &str, value: &str, reason: &str) {
        let stands = [self.table, column].map(shown);
        let stands: Vec<String> = stands.into_iter().filter(|s| !s.is_empty()).collect();
        let bad = CellError {
            column: None,
            value: Some(shown(value)).filter(|v| !v.is_empty()),
            reason: match stands.join(", ").as_str() {
                "" => reason.to_string(),
                stands => format!("{stands}: {reason}"),
            },
        };
        let file = self.file.clone();
        self.log.refuse(&file, line, bad);
    }

    /// Something taken that deserves a look.
    pub(crate) fn note(&mut self, line: Option<u64>, text: impl Into<String>) {
        let file = self.file.clone();
        self.log.warn(&file, line, text);
    }

    /// A cramp the source calls `key`, in words as after `cramp log`.
    pub(crate) fn cramp(
        &mut self,
        line: u64,
        key: String,
        (at, certainty): (Moment, Certainty),
        words: Vec<String>,
    ) {
        if at.utc > self.wanted.now {
            return self.refuse(line, "", &at.rfc3339(), "it lies in the future");
        }
        if self.wanted.includes(at.night()) {
            if self.cramps.len() >= MOST_CRAMPS {
                self.too_many = Some("cramps");
                return;
            }
            self.cramps.push(ToldCramp {
                line,
                key,
                at,
                certainty,
                words,
            });
        }
    }

    /// A value of a factor at a time, which the source calls `key`. What is said of a day is kept with its evening.
    pub(crate) fn value(&mut self, line: u64, factor: &str, at: &Moment, value: f64, key: &str) {
        let Some(def) = self.wanted.catalogue.find(factor) else {
            return self.refuse(line, "", factor, "no such factor");
        };
        let night = match def.timing {
            Timing::Night => at.night(),
            Timing::Day | Timing::Evening => Night::of_evening(at.local().date()),
        };
        let fits = def.min.is_none_or(|min| min <= value) && def.max.is_none_or(|max| value <= max);
        if !fits {
            let reason = format!("not a value of {factor}");
            return self.refuse(line, "", &value.to_string(), &reason);
        }
        let of_night = self.values.entry((night, factor.to_string())).or_default();
        if !adds_up(def) {
            // the last value counts, so that no other needs to be kept
            let last = of_night.last_key_value();
            if last.is_some_and(|(last, _)| last.as_str() > key) {
                return;
            }
            of_night.clear();
        } else if !of_night.contains_key(key) {
            if self.amounts >= MOST_AMOUNTS {
                self.too_many = Some("amounts");
                return;
            }
            self.amounts += 1;
        }
        of_night.insert(key.to_string(), value);
    }

    /// One reading a night and factor: amounts of a day are added up, of anything else the last value counts.
    fn told_values(&self) -> impl Iterator<Item = ReadingDraft> {
        self.values.iter().filter_map(|((night, factor), values)| {
            let def = self.wanted.catalogue.find(factor)?;
            // where they do not add up there is but one
            let value = values.values().sum();
            let unit = def.unit.as_deref().unwrap_or_default();
            Some(self.reading(*night, factor, value, unit, None))
        })
    }

    /// Names of things tracked elsewhere that mean nothing here.
    pub(crate) fn left_alone(&mut self, names: &BTreeSet<String>) {
        if !names.is_empty() {
            let names: Vec<String> = names.iter().map(|name| shown(name)).collect();
            let names = names.join(", ");
            let text = format!(
                "left alone, as nothing here is called so: {names}; --map and --where take them"
            );
            self.note(None, text);
        }
    }

    /// A reading of this source, found again by its night.
    pub(super) fn reading(
        &self,
        night: Night,
        factor: &str,
        value: f64,
        unit: &str,
        coverage: Option<f64>,
    ) -> ReadingDraft {
        ReadingDraft {
            id: None,
            night,
            factor: Arc::from(factor),
            source: self.source.clone(),
            source_key: night.to_string(),
            value,
            unit: Some(unit.to_string()).filter(|unit| !unit.is_empty()),
            coverage,
            recorded_at: None,
        }
    }

    /// When the person was in bed, and how long asleep; and how many sleeps are not that of a night.
    pub(crate) fn slept(&self) -> (Vec<ReadingDraft>, usize) {
        let (nights, others) = self.sleep.nights();
        let drafts = nights.into_iter().flat_map(|slept| {
            let covered = self.elapsed(slept.night, NaiveTime::from_hms_opt(12, 0, 0));
            let one = |factor, value| self.reading(slept.night, factor, value, "min", covered);
            let asleep = slept.asleep.map(|minutes| one(ASLEEP, minutes));
            [Some(one(BED, slept.bed)), Some(one(UP, slept.up)), asleep]
        });
        let wanted = drafts.flatten().filter(|d| self.wanted.includes(d.night));
        (wanted.collect(), others)
    }

    /// What was gathered as readings, against what the diary knows of the nights and what is read of them now.
    pub(crate) fn readings(&self, diary: &Diary, slept: &[ReadingDraft]) -> Handed {
        let mut out = Handed::default();
        let factor = self.wanted.factor.as_deref().unwrap_or(ROOM);
        for coldest in self.room.coldest(diary, slept, self.wanted) {
            let (night, Covered { celsius, share }) = (coldest.night, coldest.in_bed);
            let draft = self.reading(night, factor, celsius, DEGREES, Some(share));
            out.readings.push(draft);
            out.usual.extend(coldest.usual.map(|usual| (night, usual)));
        }
        let days = self.effort.days(&self.first).into_iter();
        let days = days.filter_map(|((night, factor), amount)| {
            let def = self.wanted.catalogue.find(factor)?;
            let covered = self.elapsed(night, Some(NaiveTime::MIN));
            let unit = def.unit.as_deref().unwrap_or_default();
            Some(self.reading(night, factor, amount, unit, covered))
        });
        for draft in days.chain(self.told_values()) {
            let def = self.wanted.catalogue.find(&draft.factor);
            match def.and_then(|def| def.max) {
                Some(most) if draft.value > most => out.too_much.push((draft, most)),
                _ => out.readings.push(draft),
            }
        }
        out.readings.retain(|d| self.wanted.includes(d.night));
        out.too_much.retain(|(d, _)| self.wanted.includes(d.night));
        out
    }

    /// Of a day that was not over when the source was asked, the share that was; a day begins at `time`.
    fn elapsed(&self, night: Night, time: Option<NaiveTime>) -> Option<f64> {
        let asked = self.exported.unwrap_or(self.wanted.now);
        let begins = night.date().and_time(time?);
        let (begins, _) = self.wanted.lived_in().resolve(begins, self.wanted.now);
        let share = (asked - begins.utc).num_seconds() as f64 / 86_400.0;
        (share < 1.0).then(|| (share.max(0.0) * 100.0).round() / 100.0)
    }
}
