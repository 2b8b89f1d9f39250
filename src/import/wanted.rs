//! What a person asked of an import, and why a file as a whole cannot be taken.

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::diary::factor::Catalogue;
use crate::diary::vocabulary::Certainty;
use crate::diary::{Moment, Night, Zone};

/// Which stands first in a date such as 03/04/2026.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateOrder {
    DayFirst,
    MonthFirst,
}

/// What a person asked of an import.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// When the import happens.
    pub(crate) now: DateTime<Utc>,
    /// The factors of the diary.
    pub(crate) catalogue: Catalogue,
    /// The zone of this computer.
    pub(crate) here: Zone,
    /// The zone given with `--tz`.
    pub(crate) zone: Option<Zone>,
    /// The format asked for with `--as`.
    pub(crate) format: Option<String>,
    /// The one sensor to be read, where a file holds several.
    pub(crate) entity: Option<String>,
    /// The unit of the values, where the file does not state it.
    pub(crate) unit: Option<String>,
    /// The order of day and month, where the file does not state it.
    pub(crate) order: Option<DateOrder>,
    /// The factor a value is kept under, instead of the format's own.
    pub(crate) factor: Option<String>,
    /// Nights before and after are left out.
    pub(crate) from: Option<Night>,
    pub(crate) to: Option<Night>,
    /// The columns of a CSV file: what it is, and the column's name.
    pub(crate) map: Vec<(String, String)>,
    /// Only rows with this text in this column.
    pub(crate) only: Vec<(String, String)>,
    /// The year of birth the diary knows.
    pub(crate) born: Option<i32>,
    /// The person said that an export with another year of birth is theirs.
    pub(crate) mine: bool,
}

impl Wanted {
    /// The zone in which an instant was lived, where the file does not say.
    pub(crate) fn lived_in(&self) -> &Zone {
        self.zone.as_ref().unwrap_or(&self.here)
    }

    /// The zone of the clock times that a file gives without one.
    ///
    /// # Errors
    /// No zone was given.
    pub(crate) fn clock(&self) -> Result<&Zone, Stop> {
        self.zone.as_ref().ok_or_else(|| {
            let here = self.here.name();
            Stop::with(
                "the times in this file have no zone",
                format!("say where its clock stood: --tz {here}"),
            )
        })
    }

    /// The instant of a clock time that a file gives without a zone.
    ///
    /// # Errors
    /// No zone was given.
    pub(crate) fn local(&self, local: NaiveDateTime) -> Result<(Moment, Certainty), Stop> {
        Ok(self.clock()?.resolve(local, self.now))
    }

    /// Whether a night lies in the stretch asked for.
    pub(crate) fn includes(&self, night: Night) -> bool {
        self.from.is_none_or(|from| from <= night) && self.to.is_none_or(|to| night <= to)
    }
}

/// Why a file as a whole cannot be taken, and the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stop {
    pub(crate) why: String,
    pub(crate) hint: Option<String>,
}

impl Stop {
    pub(crate) fn new(why: impl Into<String>) -> Stop {
        Stop {
            why: why.into(),
            hint: None,
        }
    }

    pub(crate) fn with(why: impl Into<String>, hint: impl Into<String>) -> Stop {
        Stop {
            why: why.into(),
            hint: Some(hint.into()),
        }
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Stop {
        Stop::new(error.to_string())
    }
}
