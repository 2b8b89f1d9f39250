//! What a device that only adds may do to what is there: fill in what nobody said, and change what it wrote itself.

use chrono::{DateTime, Duration, Utc};
use rusqlite::types::Value;
use rusqlite::{Connection, params};

use crate::data::word::Word;
use crate::diary::Key;
use crate::diary::typed::LineError;
use crate::diary::vocabulary::Outcome;
use crate::store::error::StoreError;
use crate::store::image::{Touched, decode};
use crate::store::journal::{body, key_of, pieces};
use crate::words::hinted;

/// How long a device may correct what it wrote.
const CORRECTED_FOR: Duration = Duration::hours(24);
/// So many of its latest changes are looked through for what it wrote.
const LATELY: u32 = 50;

/// A device that only adds, and the moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Adding {
    pub(super) device: Option<i64>,
    pub(super) now: DateTime<Utc>,
}

impl Adding {
    /// Refuses rows that change what somebody else wrote. A cramp may be added to a night that was called calm.
    ///
    /// # Errors
    /// [`StoreError::Stands`], without a word about what stands there.
    pub(super) fn only_adds(self, conn: &Connection, rows: &[Touched]) -> Result<(), StoreError> {
        let changed: Vec<&Touched> = rows.iter().filter(|row| !fills_in(row)).collect();
        if changed.is_empty() {
            return Ok(());
        }
        let new = rows.iter().filter(|row| row.before.is_none());
        let mut own = new.map(key_of).collect::<Result<Vec<Key>, _>>()?;
        own.extend(self.written(conn)?);
        for row in changed {
            if !own.contains(&key_of(row)?) {
                return Err(stands());
            }
        }
        Ok(())
    }

    /// What the device wrote lately.
    pub(super) fn written(self, conn: &Connection) -> Result<Vec<Key>, StoreError> {
        self.device
            .map_or(Ok(Vec::new()), |device| written_by(conn, device, self.now))
    }
}

/// What a device is told where the diary has something else.
pub(crate) fn stands() -> StoreError {
    let (message, hint) = hinted!(serve, "only-adds");
    StoreError::Stands(LineError::new(message, hint.unwrap_or_default()))
}

/// Whether a row is new, or only says more than before.
pub(super) fn fills_in(row: &Touched) -> bool {
    let Some(before) = row.full(row.before.as_ref()) else {
        return true;
    };
    let Some(after) = row.full(row.after.as_ref()) else {
        return false;
    };
    let columns = row.table.layout().columns.iter();
    let mut cells = columns.zip(before.iter().zip(&after));
    cells.all(|(column, (before, after))| match (before, after) {
        (before, after) if before == after => true,
        (Value::Null, _) => true,
        (Value::Text(before), Value::Text(after)) => {
            let is_more = *column == "note" && after.starts_with(before.as_str());
            let words = (before.as_str(), after.as_str());
            is_more
                || *column == "outcome" && words == (Outcome::Calm.word(), Outcome::Cramp.word())
        }
        _ => *column == "recorded_at",
    })
}

/// What a device wrote lately.
fn written_by(conn: &Connection, device: i64, now: DateTime<Utc>) -> Result<Vec<Key>, StoreError> {
    let sql = "SELECT request.change FROM request JOIN change ON change.id = request.change
               WHERE request.device = ?1 AND change.at >= ?2 AND change.state = 'done'
               ORDER BY request.change DESC LIMIT ?3";
    let since = (now - CORRECTED_FOR).timestamp();
    let mut statement = conn.prepare_cached(sql)?;
    let changes = statement.query_map(params![device, since, LATELY], |row| row.get(0))?;
    let mut keys = Vec::new();
    for change in changes.collect::<Result<Vec<i64>, _>>()? {
        for piece in pieces(conn, change)? {
            let rows = decode(&body(conn, change, piece)?)?;
            keys.extend(rows.iter().map(key_of).collect::<Result<Vec<_>, _>>()?);
        }
    }
    Ok(keys)
}
