//! Reading: rows become a [`Diary`] here, and SQL ends.

use rusqlite::ToSql;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use sha2::{Digest, Sha256};

use crate::diary::cell::{Cell, Names};
use crate::diary::column::Column;
use crate::diary::kept::Kept;
use crate::diary::{ContextValue, Diary, Episode, Key, Night, Nights, Record, Table};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::image::Image;
use crate::store::open::connect_waiting;
use crate::store::row::{On, Stretch, Summed, select, sql};

use crate::store::tally::Tally;

/// Whether the values of factors are read too, and by how many.
pub(super) enum Values {
    /// Not at all.
    None,
    /// By the connection that reads the rest.
    Alone,
    /// Half of them by a second connection.
    Shared(Connection),
}

/// Factor values from which a second thread reads faster than it starts.
const WORTH_A_THREAD: i64 = 10_000;

impl Store {
    /// Everything, or everything of a stretch of nights. Factors, courses, facts, excluded periods, flag notes and
    /// looks are always all there; the cost follows the stretch, not the diary.
    ///
    /// # Errors
    /// [`StoreError::Odd`] for a row the program would not have written or whose checksum does not match.
    pub(crate) fn read(&self, span: Option<Nights>) -> Result<Diary, StoreError> {
        self.snapshot(|conn| {
            let values = self.helper(conn).map_or(Values::Alone, Values::Shared);
            diary(conn, span, values)
        })
    }

    /// As [`Store::read`], without the values of factors.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub(crate) fn read_without_values(&self, span: Option<Nights>) -> Result<Diary, StoreError> {
        self.snapshot(|conn| diary(conn, span, Values::None))
    }

    /// The first night about which anything was said: an answer, an episode or a factor value.
    ///
    /// # Errors
    /// [`StoreError::Odd`] when a night is not a date.
    pub(crate) fn first_night(&self) -> Result<Option<Night>, StoreError> {
        edge_night(&self.conn, "min").map(|nights| nights.into_iter().min())
    }

    /// The last night about which anything was said.
    ///
    /// # Errors
    /// [`StoreError::Odd`] when a night is not a date.
    pub(crate) fn last_night(&self) -> Result<Option<Night>, StoreError> {
        edge_night(&self.conn, "max").map(|nights| nights.into_iter().max())
    }

    /// The latest cramp, by night and onset.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub(crate) fn last_episode(&self) -> Result<Option<Episode>, StoreError> {
        let id: Option<i64> = self
            .conn
            .prepare_cached(
                "SELECT id FROM episode WHERE kind = 'cramp' ORDER BY night DESC, began_at DESC, id DESC LIMIT 1",
            )?
            .query_row([], |row| row.get(0))
            .optional()?;
        let Some(id) = id else { return Ok(None) };
        match self.get(&Key::Episode(id))? {
            Some(Record::Episode(episode)) => Ok(Some(episode)),
            _ => Ok(None),
        }
    }

    /// One record.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub(crate) fn get(&self, key: &Key) -> Result<Option<Record>, StoreError> {
        get(&self.conn, key)
    }

    /// SHA-256, in hexadecimal, over every record in a fixed order. It does not depend on how the file is laid out, on
    /// the journal, or on the version of the schema: two diaries with the same records have the same hash.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub(crate) fn data_hash(&self) -> Result<String, StoreError> {
        self.snapshot(|conn| {
            let mut hash = Sha256::new();
            for table in Table::ALL {
                hash.update(table.name());
                each_row(conn, table, None, |row| {
                    row.checked()?;
                    row.feed(|bytes| hash.update(bytes));
                    Ok(())
                })?;
            }
            Ok(hash.finalize().iter().map(|b| format!("{b:02x}")).collect())
        })
    }

    /// A second connection that sees what `conn` sees, for reading many factor values by two threads. `conn` holds a
    /// lock under which nobody can change the file; that it still is the same file is told by its tallies. `None` when
    /// there is little to read or anything at all stands in the way: one connection is enough.
    fn helper(&self, conn: &Connection) -> Option<Connection> {
        let tally = |conn: &Connection| Tally::read(conn, Table::Value.name()).ok();
        let seen = tally(conn).filter(|seen| seen.rows >= WORTH_A_THREAD)?;
        // Whoever waits to write waits for `conn` too, so there would be no end to waiting for them.
        let other = connect_waiting(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY, None).ok()?;
        other.execute_batch("BEGIN").ok()?;
        (tally(&other)? == seen).then_some(other)
    }

    /// One consistent view over several statements.
    fn snapshot<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let tx = self.conn.unchecked_transaction()?;
        let value = read(&tx)?;
        tx.finish()?;
        Ok(value)
    }
}

/// Runs over the rows of a table, or of a stretch of nights of it.
pub(super) fn each_row(
    conn: &Connection,
    table: Table,
    span: Option<Nights>,
    take: impl FnMut(&mut Summed<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let spanned = span.filter(|_| table.layout().night.is_some());
    let sql = select(table, spanned.map(|_| Stretch::Between));
    let limits = spanned
        .as_ref()
        .map(|nights| [nights.from.cell(), nights.to.cell()]);
    selected(conn, table, &sql, limits.as_ref(), take)
}

fn selected(
    conn: &Connection,
    table: Table,
    sql: &str,
    limits: Option<&[Cell<'_>; 2]>,
    mut take: impl FnMut(&mut Summed<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = match limits {
        Some(limits) => statement.query(rusqlite::params_from_iter(limits.iter()))?,
        None => statement.query([])?,
    };
    let mut names = Names::default();
    while let Some(row) = rows.next()? {
        take(&mut Summed::new(table, row, &mut names)?)?;
    }
    Ok(())
}

/// Reads the diary.
pub(super) fn diary(
    conn: &Connection,
    span: Option<Nights>,
    values: Values,
) -> Result<Diary, StoreError> {
    let mut diary = Diary {
        values: match values {
            Values::None => Vec::new(),
            Values::Alone => each_value(conn, span)?,
            Values::Shared(helper) => halves(conn, helper, span)?,
        },
        ..Diary::default()
    };
    for table in Table::ALL {
        if table == Table::Value {
            continue;
        }
        each_row(conn, table, span, |row| {
            row.checked()?;
            diary.push(Record::read(&mut row.row)?);
            Ok(())
        })?;
    }
    // SQL sorted by instant; the diary also sorts by what the clock on the wall showed.
    diary.sort();
    Ok(diary)
}

/// The values of factors, of everything or of a stretch of nights.
fn each_value(conn: &Connection, span: Option<Nights>) -> Result<Vec<ContextValue>, StoreError> {
    let sql = select(Table::Value, span.map(|_| Stretch::Between));
    let limits = span
        .as_ref()
        .map(|nights| [nights.from.cell(), nights.to.cell()]);
    values_of(conn, &sql, limits.as_ref())
}

/// The same by two threads: up to a night in the middle, and after it.
fn halves(
    conn: &Connection,
    helper: Connection,
    span: Option<Nights>,
) -> Result<Vec<ContextValue>, StoreError> {
    let edge = |end| edge_of(conn, Table::Value, end);
    let (Some(first), Some(last)) = (edge("min")?, edge("max")?) else {
        return each_value(conn, span);
    };
    let from = span.map_or(first, |s| s.from.max(first));
    let to = span.map_or(last, |s| s.to.min(last));
    let middle = from.plus((to.date() - from.date()).num_days() / 2);
    // Before and after any text a night could be.
    let (low, high) = match &span {
        Some(nights) => (nights.from.cell(), nights.to.cell()),
        None => (Cell::text(""), Cell::text("\u{10ffff}")),
    };
    let part = |conn: &Connection, stretch, limits: [Cell<'_>; 2]| {
        values_of(conn, &select(Table::Value, Some(stretch)), Some(&limits))
    };
    let (before, after) = std::thread::scope(|scope| {
        let limits = [middle.cell(), high];
        let after = scope.spawn(move || part(&helper, Stretch::After, limits));
        let before = part(conn, Stretch::Between, [low, middle.cell()]);
        let after = after.join();
        (
            before,
            after.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        )
    });
    let mut values = before?;
    values.extend(after?);
    Ok(values)
}

fn values_of(
    conn: &Connection,
    sql: &str,
    limits: Option<&[Cell<'_>; 2]>,
) -> Result<Vec<ContextValue>, StoreError> {
    let mut values = Vec::new();
    selected(conn, Table::Value, sql, limits, |row| {
        row.checked()?;
        values.push(ContextValue::read(&mut row.row)?);
        Ok(())
    })?;
    Ok(values)
}

/// Reads one record.
pub(super) fn get(conn: &Connection, key: &Key) -> Result<Option<Record>, StoreError> {
    let table = key.table();
    let cells = key.cells();
    let mut statement = conn.prepare_cached(sql(table, On::Select))?;
    let mut rows = statement.query(rusqlite::params_from_iter(cells.iter()))?;
    let Some(found) = rows.next()? else {
        return Ok(None);
    };
    let mut names = Names::default();
    let mut row = Summed::new(table, found, &mut names)?;
    row.checked()?;
    Ok(Some(Record::read(&mut row.row)?))
}

/// The first (`min`) or last (`max`) night of each table that says something about nights.
fn edge_night(conn: &Connection, end: &str) -> Result<Vec<Night>, StoreError> {
    let tables = [Table::Night, Table::Episode, Table::Value];
    let edges = tables.into_iter().map(|table| edge_of(conn, table, end));
    edges.filter_map(Result::transpose).collect()
}

fn edge_of(conn: &Connection, table: Table, end: &str) -> Result<Option<Night>, StoreError> {
    let name = table.name();
    let text: Option<String> = conn
        .prepare_cached(&format!("SELECT {end}(night) FROM {name}"))?
        .query_row([], |row| row.get(0))?;
    let night = text.map(|text| {
        text.parse()
            .map_err(|_| StoreError::odd(name, &text, "its night is not a date"))
    });
    night.transpose()
}

/// The row with this key as it stands, its checksum verified.
pub(super) fn image(
    conn: &Connection,
    table: Table,
    key: &[impl ToSql],
) -> Result<Option<Image>, StoreError> {
    let mut statement = conn.prepare_cached(sql(table, On::Select))?;
    let mut rows = statement.query(rusqlite::params_from_iter(key.iter()))?;
    let Some(found) = rows.next()? else {
        return Ok(None);
    };
    let mut names = Names::default();
    let row = Summed::new(table, found, &mut names)?;
    row.checked()?;
    row.image().map(Some)
}
