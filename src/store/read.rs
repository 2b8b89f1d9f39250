//! Reading: rows become a [`Diary`] here, and SQL ends.

use std::sync::Arc;

use rusqlite::ToSql;
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use crate::diary::cell::{Cell, Names};
use crate::diary::column::Column;
use crate::diary::factor::Catalogue;
use crate::diary::kept::Kept;
use crate::diary::{ContextValue, Diary, Episode, Key, Night, Nights, Record, Table};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::image::Image;
use crate::store::open::connect_waiting;
use crate::store::row::{On, Stretch, Summed, select, sql};

use crate::store::tally::{Tally, standing};

/// Whether the values of factors are read too, and by how many.
pub(super) enum Values {
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

    /// As [`Store::read`] of a stretch of nights, from what is held of the diary where it is.
    #[cfg_attr(not(feature = "web"), allow(dead_code))]
    pub(crate) fn lately(&self, nights: Nights) -> Result<Arc<Diary>, StoreError> {
        let Some(held) = &self.held else {
            return Ok(Arc::new(self.read(Some(nights))?));
        };
        self.snapshot(|conn| {
            let standing = standing(conn)?;
            let read = || diary(conn, Some(nights), Values::Alone);
            held.get(nights, &standing, standing.clone(), &[], read)
        })
    }

    /// As [`Store::read`], without the values of factors.
    pub(crate) fn read_without_values(&self, span: Option<Nights>) -> Result<Diary, StoreError> {
        self.snapshot(|conn| diary(conn, span, Values::None))
    }

    /// The factors there are, the person's own among them.
    pub(crate) fn catalogue(&self) -> Result<Catalogue, StoreError> {
        catalogue(&self.conn)
    }

    /// The first night about which anything was said: an answer, an episode or a factor value.
    ///
    /// # Errors
    /// [`StoreError::Odd`] when a night is not a date.
    pub(crate) fn first_night(&self) -> Result<Option<Night>, StoreError> {
        edge_night(&self.conn, "min").map(|nights| nights.into_iter().min())
    }

    /// Whether nothing at all is written down.
    pub(crate) fn is_blank(&self) -> Result<bool, StoreError> {
        for table in Table::ALL {
            let sql = format!("SELECT EXISTS (SELECT 1 FROM {})", table.name());
            if self.conn.query_row(&sql, [], |row| row.get::<_, bool>(0))? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// As [`Store::first_night`], the last.
    pub(crate) fn last_night(&self) -> Result<Option<Night>, StoreError> {
        edge_night(&self.conn, "max").map(|nights| nights.into_iter().max())
    }

    /// The latest cramp, by night and onset.
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

    /// On how many nights something was a cramp, excluded ones and those to come among them.
    pub(crate) fn cramp_nights(&self) -> Result<usize, StoreError> {
        let nights: i64 = self
            .conn
            .prepare_cached(
                "SELECT count(*) FROM (SELECT night FROM night WHERE outcome = 'cramp' UNION
                 SELECT night FROM episode WHERE kind = 'cramp')",
            )?
            .query_row([], |row| row.get(0))?;
        Ok(usize::try_from(nights).unwrap_or(0))
    }

    pub(crate) fn get(&self, key: &Key) -> Result<Option<Record>, StoreError> {
        get(&self.conn, key)
    }

    /// A second connection that sees what `conn` sees, for reading many factor values by two threads. `conn` holds a
    /// lock under which nobody can change the file; that it still is the same file is told by its tallies. `None` when
    /// there is little to read or anything at all stands in the way: one connection is enough.
    fn helper(&self, conn: &Connection) -> Option<Connection> {
        let tally = |conn: &Connection| Tally::read(conn, Table::Value.name()).ok();
        let seen = tally(conn).filter(|seen| seen.rows >= WORTH_A_THREAD)?;
        // a copy in memory has no file to be read by two
        self.conn.path().filter(|path| !path.is_empty())?;
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
    let spanned = span.as_ref().filter(|_| table.layout().night.is_some());
    selected(conn, table, spanned.map(between), take)
}

fn between(nights: &Nights) -> (Stretch, [Cell<'_>; 2]) {
    (Stretch::Between, [nights.from.cell(), nights.to.cell()])
}

fn selected(
    conn: &Connection,
    table: Table,
    stretch: Option<(Stretch, [Cell<'_>; 2])>,
    mut take: impl FnMut(&mut Summed<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let (stretch, limits) = stretch.unzip();
    let mut statement = conn.prepare_cached(&select(table, stretch))?;
    let mut rows = statement.query(rusqlite::params_from_iter(limits.iter().flatten()))?;
    let mut names = Names::default();
    while let Some(row) = rows.next()? {
        take(&mut Summed::new(table, row, &mut names)?)?;
    }
    Ok(())
}

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

/// The factors there are, the person's own among them.
pub(super) fn catalogue(conn: &Connection) -> Result<Catalogue, StoreError> {
    let mut diary = Diary::default();
    each_row(conn, Table::Factor, None, |row| {
        row.checked()?;
        diary.push(Record::read(&mut row.row)?);
        Ok(())
    })?;
    diary.sort();
    Ok(Catalogue::of(&diary))
}

/// The values of factors, of everything or of a stretch of nights.
fn each_value(conn: &Connection, span: Option<Nights>) -> Result<Vec<ContextValue>, StoreError> {
    values_of(conn, span.as_ref().map(between))
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
    let (before, after) = std::thread::scope(|scope| {
        let later = Some((Stretch::After, [middle.cell(), high]));
        let after = scope.spawn(move || values_of(&helper, later));
        let before = values_of(conn, Some((Stretch::Between, [low, middle.cell()])));
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
    stretch: Option<(Stretch, [Cell<'_>; 2])>,
) -> Result<Vec<ContextValue>, StoreError> {
    let mut values = Vec::new();
    selected(conn, Table::Value, stretch, |row| {
        row.checked()?;
        values.push(ContextValue::read(&mut row.row)?);
        Ok(())
    })?;
    Ok(values)
}

pub(super) fn get(conn: &Connection, key: &Key) -> Result<Option<Record>, StoreError> {
    found(conn, key.table(), &key.cells(), |row| {
        Ok(Record::read(&mut row.row)?)
    })
}

/// The row with this key as it stands.
pub(super) fn image(
    conn: &Connection,
    table: Table,
    key: &[impl ToSql],
) -> Result<Option<Image>, StoreError> {
    found(conn, table, key, |row| row.image())
}

/// The row with this key, its checksum verified.
fn found<T>(
    conn: &Connection,
    table: Table,
    key: &[impl ToSql],
    read: impl FnOnce(&mut Summed<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let mut statement = conn.prepare_cached(sql(table, On::Select))?;
    let mut rows = statement.query(rusqlite::params_from_iter(key.iter()))?;
    let Some(found) = rows.next()? else {
        return Ok(None);
    };
    let mut names = Names::default();
    let mut row = Summed::new(table, found, &mut names)?;
    row.checked()?;
    read(&mut row).map(Some)
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
