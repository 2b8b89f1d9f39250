//! What formats hand over, gathered by night: limits, the stretch asked for, and what becomes a reading in the end.

use std::sync::Arc;

use crate::diary::elsewhere::ReadingDraft;
use crate::diary::{Diary, Night};
use crate::import::nightly::room::Room;
use crate::import::outcome::{CellError, ImportLog, shown};
use crate::import::wanted::Wanted;

/// The factor of a bedroom's temperature.
const ROOM: &str = "room";

/// Gathers what the files of one source say.
#[derive(Debug)]
pub(crate) struct Gathered<'w> {
    pub(crate) wanted: &'w Wanted,
    /// What is kept as the source of what is gathered: the format, with a short hash of the sensor where there are several.
    pub(crate) source: String,
    /// The file being read, as messages name it.
    pub(crate) file: String,
    /// Rows met, taken or not.
    pub(crate) rows: usize,
    pub(crate) room: Room,
    pub(super) log: ImportLog,
}

impl<'w> Gathered<'w> {
    pub(crate) fn new(wanted: &'w Wanted, source: &str) -> Self {
        Gathered {
            wanted,
            source: source.to_string(),
            file: String::new(),
            rows: 0,
            room: Room::default(),
            log: ImportLog::default(),
        }
    }

    /// A row that cannot be taken.
    pub(crate) fn refuse(&mut self, line: u64, column: &str, value: &str, reason: &str) {
        let bad = CellError {
            column: None,
            value: Some(shown(value)).filter(|v| !v.is_empty()),
            reason: match column {
                "" => reason.to_string(),
                column => format!("{}: {reason}", shown(column)),
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

    /// What was gathered as readings, against what the diary knows of the nights.
    pub(crate) fn readings(&self, diary: &Diary) -> Vec<ReadingDraft> {
        let factor = self.wanted.factor.as_deref().unwrap_or(ROOM);
        let room = self.room.coldest(diary, self.wanted).into_iter();
        let mut out: Vec<ReadingDraft> = room
            .map(|(night, value, coverage)| {
                self.reading(night, factor, value, "°C", Some(coverage))
            })
            .collect();
        out.retain(|draft| self.wanted.includes(draft.night));
        out
    }
}
