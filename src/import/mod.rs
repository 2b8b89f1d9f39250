//! Other people's bytes: CSV files and `diary.json` become records, rows that cannot be taken are named.
//!
//! [`read`] is pure. It holds the files against what the diary has and gives the records that are new or changed, so
//! that a second import of the same files changes nothing. What a file does not say never overwrites what is known:
//! an absent column, an empty cell and an absent row are all silence. A row that is absent is never "no cramp".

pub(crate) mod archive;
pub(crate) mod context;
pub(crate) mod demo;
pub(crate) mod elsewhere;
pub(crate) mod experiments;
mod factors;
mod foreign;
pub(crate) mod format;
pub(crate) mod formats;
mod from_elsewhere;
pub(crate) mod gathered;
pub(crate) mod given;
mod hours;
pub(crate) mod manifest;
mod meaning;
pub(crate) mod nightly;
pub(crate) mod nights;
pub(crate) mod one_person;
pub(crate) mod outcome;
pub(crate) mod records;
pub(crate) mod row;
pub(crate) mod settle;
pub(crate) mod sheet;
mod table;
mod thermometer;
mod told;
pub(crate) mod wanted;
mod when;

use chrono::{DateTime, Utc};

use crate::diary::Table;
use crate::diary::factor::Catalogue;
use crate::diary::record::CustomFactor;
use crate::diary::table::MANIFEST;
use crate::diary::{Diary, Zone};
use crate::import::manifest::Manifest;
use crate::import::outcome::{CellError, ImportLog};
use crate::import::records::Numbered;
use crate::import::row::Place;
use crate::import::settle::settle;
use crate::import::sheet::Sheet;

pub(crate) use crate::diary::Changes;
pub(crate) use outcome::{Count, Imported, Refused, Warning};

/// The first number of each kind that was never given to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FreeNumbers([i64; Table::ALL.len()]);

impl FreeNumbers {
    /// One more than the largest number in use. A store that remembers deleted numbers knows better.
    pub(crate) fn after(diary: &Diary) -> Self {
        FreeNumbers(Table::ALL.map(|table| diary.last_number(table).saturating_add(1)))
    }

    /// The first free number of this kind.
    fn of(&self, table: Table) -> i64 {
        self.0[table as usize]
    }

    /// Takes the number a store gives instead.
    pub(crate) fn set(&mut self, table: Table, number: i64) {
        self.0[table as usize] = number;
    }
}

/// Reads files (name without folder, content) against what the diary has.
///
/// `zone` is used for clock times without an offset; `now` bounds what can have happened and is when rows without
/// `recorded_at` were written down; `free` numbers records the files do not number. Files that are not part of a
/// diary are named in a warning and left alone.
pub(crate) fn read(
    files: &[(&str, &[u8])],
    diary: &Diary,
    free: &FreeNumbers,
    now: DateTime<Utc>,
    zone: &Zone,
) -> Imported {
    let place = Place {
        // the diary keeps whole seconds
        now: DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now),
        zone: zone.clone(),
    };
    let mut log = ImportLog::default();
    let mut input = Input::open(files, &mut log);
    let mut changes = Changes::default();

    // factors first, as values speak of them; episodes before nights, as a calm night is held against them
    if let Some(sheet) = input.sheet(Table::Factor, &mut log) {
        changes.factors = factors::read(sheet, diary, &place, &mut log);
    }
    let catalogue = Catalogue::with(&in_force(diary, &changes.factors));
    let mut doubtful = std::collections::HashSet::new();
    if let Some(sheet) = input.sheet(Table::Episode, &mut log) {
        let file = sheet.file.clone();
        let (rows, refused) = records::read_episodes(sheet, &place, &mut log);
        doubtful = refused;
        changes.episodes = settle(
            &file,
            rows,
            &diary.episodes,
            free.of(Table::Episode),
            place.now,
            &mut log,
        );
    }
    let cramps = nights::Cramps::of(diary, &changes.episodes, doubtful);
    let sheet = input.sheet(Table::Night, &mut log);
    changes.nights = nights::read(sheet, diary, &cramps, &changes.episodes, &place, &mut log);
    if let Some(sheet) = input.sheet(Table::Value, &mut log) {
        changes.values = context::read(sheet, diary, &catalogue, &place, &mut log);
    }

    let mut rest = Rest {
        input: &mut input,
        place: &place,
        free,
        log: &mut log,
    };
    changes.intakes = rest.take(Table::Intake, &diary.intakes);
    changes.courses = rest.take(Table::Course, &diary.courses);
    changes.symptoms = rest.take(Table::Symptom, &diary.symptoms);
    changes.facts = rest.take(Table::Fact, &diary.facts);
    changes.events = rest.take(Table::Event, &diary.events);
    changes.exclusions = rest.take(Table::Exclusion, &diary.exclusions);
    changes.flag_notes = rest.take(Table::FlagNote, &diary.flag_notes);
    changes.looks = rest.take(Table::Look, &diary.looks);
    changes.follows = rest.take(Table::Follow, &diary.follows);
    changes.replies = rest.take(Table::Reply, &diary.replies);
    changes.experiments = rest.take(Table::Experiment, &diary.experiments);
    changes.adherence = rest.take(Table::Adherence, &diary.adherence);
    changes.readings = rest.take(Table::Reading, &diary.readings);
    changes.mappings = rest.take(Table::Mapping, &diary.mappings);
    changes.handovers = rest.take(Table::Handover, &diary.handovers);

    Imported {
        nights: 0,
        changes,
        counts: log.counts,
        refused: log.refused,
        warnings: log.warnings,
        diary_id: input.manifest.diary_id,
    }
}

/// The factor records of the diary with those of the files in their place.
fn in_force(diary: &Diary, changed: &[CustomFactor]) -> Vec<CustomFactor> {
    let kept = diary
        .factors
        .iter()
        .filter(|f| !changed.iter().any(|c| c.factor == f.factor));
    kept.chain(changed).cloned().collect()
}

/// The files, sorted out.
struct Input<'a> {
    csv: Vec<(Table, &'a [u8])>,
    manifest: Manifest<'a>,
}

impl<'a> Input<'a> {
    fn open(files: &[(&'a str, &'a [u8])], log: &mut ImportLog) -> Input<'a> {
        let mut input = Input {
            csv: Vec::new(),
            manifest: Manifest::default(),
        };
        let mut found = false;
        for (name, bytes) in files {
            let table = Table::ALL
                .into_iter()
                .find(|t| t.file().is_some_and(|file| file.eq_ignore_ascii_case(name)));
            match table {
                Some(table) => {
                    found = true;
                    input.csv.push((table, bytes));
                }
                None if name.eq_ignore_ascii_case(MANIFEST) => {
                    found = true;
                    input.manifest = manifest::read(MANIFEST, bytes, log).unwrap_or_default();
                }
                None if name.to_ascii_lowercase().ends_with(".csv") => {
                    log.warn(name, None, "not a file of a diary by its name; left alone");
                }
                None => {}
            }
        }
        if !found {
            let names: Vec<&str> = Table::ALL.into_iter().filter_map(Table::file).collect();
            let reason = format!(
                "no file of a diary; their names are {} and {MANIFEST}",
                names.join(" ")
            );
            let file = files.first().map_or("", |(name, _)| name);
            log.refuse(file, 1, CellError::row(reason));
        }
        if input.manifest.whole && !input.csv.is_empty() {
            let reason = "it is a whole diary; import it alone, or the CSV files without it";
            log.refuse(MANIFEST, 1, CellError::row(reason));
            input.manifest = Manifest::default();
        }
        for (table, bytes) in &input.csv {
            input
                .manifest
                .compare(table.file().unwrap_or(table.exported()), bytes, log);
        }
        input
    }

    /// The rows of one table, wherever they are; each is given once.
    fn sheet(&mut self, table: Table, log: &mut ImportLog) -> Option<Sheet<'a>> {
        let held = self.manifest.sheets.iter().position(|s| s.table == table);
        if let Some(at) = held {
            let sheet = self.manifest.sheets.swap_remove(at);
            log.open(&sheet.file);
            return Some(sheet);
        }
        let (_, bytes) = self.csv.iter().find(|(t, _)| *t == table)?;
        let beyond = self.manifest.beyond.remove(&table).unwrap_or_default();
        Sheet::open(
            table,
            table.file().unwrap_or(table.exported()),
            bytes,
            beyond,
            log,
        )
    }
}

/// The tables that need nothing but their own rows.
struct Rest<'r, 'a> {
    input: &'r mut Input<'a>,
    place: &'r Place,
    free: &'r FreeNumbers,
    log: &'r mut ImportLog,
}

impl Rest<'_, '_> {
    fn take<R: Numbered>(&mut self, table: Table, kept: &[R]) -> Vec<R> {
        let Some(sheet) = self.input.sheet(table, self.log) else {
            return Vec::new();
        };
        let file = sheet.file.clone();
        let rows = records::read_rows::<R>(sheet, self.place, self.log, |_| {});
        settle(
            &file,
            rows,
            kept,
            self.free.of(table),
            self.place.now,
            self.log,
        )
    }
}
