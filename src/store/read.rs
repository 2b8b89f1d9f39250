//! Reading: rows become a [`Diary`] here, and SQL ends.

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row};
use sha2::{Digest, Sha256};

use crate::diary::{ContextValue, Diary, Episode, Key, Night, Nights, Record};
use crate::store::Store;
use crate::store::cell::Cell;
use crate::store::columns::{Columns, Names};
use crate::store::error::StoreError;
use crate::store::image::Image;
use crate::store::open::connect_waiting;
use crate::store::row;
use crate::store::table::{On, Stretch, Table};
use crate::store::tally::Tally;
use crate::store::unrow;

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
                each_row(conn, table, None, |columns| {
                    columns.checked()?;
                    columns.feed(|bytes| hash.update(bytes));
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
        let tally = |conn: &Connection| Tally::read(conn, Table::Context.name()).ok();
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

/// The columns of a database row, checksum last.
fn columns<'a>(table: Table, row: &'a Row<'_>) -> Result<Columns<'a>, StoreError> {
    let count = table.layout().columns.len();
    let mut columns = Columns::new(table, std::iter::empty());
    for place in 0..count {
        columns.put(row.get_ref(place)?);
    }
    columns.expect(row.get(count)?);
    Ok(columns)
}

/// Runs over the rows of a table, or of a stretch of nights of it.
pub(super) fn each_row(
    conn: &Connection,
    table: Table,
    span: Option<Nights>,
    take: impl FnMut(&mut Columns<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let spanned = span.filter(|_| table.layout().night.is_some());
    let sql = table.select(spanned.map(|_| Stretch::Between));
    let limits = spanned.map(|nights| [Cell::from(nights.from), Cell::from(nights.to)]);
    selected(conn, table, &sql, limits.as_ref(), take)
}

fn selected(
    conn: &Connection,
    table: Table,
    sql: &str,
    limits: Option<&[Cell<'_>; 2]>,
    mut take: impl FnMut(&mut Columns<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = match limits {
        Some(limits) => statement.query(rusqlite::params_from_iter(limits.iter()))?,
        None => statement.query([])?,
    };
    while let Some(row) = rows.next()? {
        take(&mut columns(table, row)?)?;
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
    let mut names = Names::default();
    for table in Table::ALL {
        if table == Table::Context {
            continue;
        }
        each_row(conn, table, span, |columns| {
            columns.checked()?;
            match unrow::record(table, columns, &mut names)? {
                Record::Night(r) => {
                    diary.nights.insert(r.night, r);
                }
                Record::Episode(r) => diary.episodes.push(r),
                Record::Value(r) => diary.values.push(r),
                Record::Factor(r) => diary.factors.push(r),
                Record::Intake(r) => diary.intakes.push(r),
                Record::Course(r) => diary.courses.push(r),
                Record::Symptom(r) => diary.symptoms.push(r),
                Record::Fact(r) => diary.facts.push(r),
                Record::Event(r) => diary.events.push(r),
                Record::Exclusion(r) => diary.exclusions.push(r),
                Record::FlagNote(r) => diary.flag_notes.push(r),
                Record::Look(r) => diary.looks.push(r),
            }
            Ok(())
        })?;
    }
    // SQL sorted by instant; the diary also sorts by what the clock on the wall showed.
    diary.sort();
    Ok(diary)
}

/// The values of factors, of everything or of a stretch of nights.
fn each_value(conn: &Connection, span: Option<Nights>) -> Result<Vec<ContextValue>, StoreError> {
    let sql = Table::Context.select(span.map(|_| Stretch::Between));
    let limits = span.map(|nights| [Cell::from(nights.from), Cell::from(nights.to)]);
    values_of(conn, &sql, limits.as_ref())
}

/// The same by two threads: up to a night in the middle, and after it.
fn halves(
    conn: &Connection,
    helper: Connection,
    span: Option<Nights>,
) -> Result<Vec<ContextValue>, StoreError> {
    let edge = |end| edge_of(conn, Table::Context, end);
    let (Some(first), Some(last)) = (edge("min")?, edge("max")?) else {
        return each_value(conn, span);
    };
    let from = span.map_or(first, |s| s.from.max(first));
    let to = span.map_or(last, |s| s.to.min(last));
    let middle = from.plus((to.date() - from.date()).num_days() / 2);
    // Before and after any text a night could be.
    let (low, high) = match span {
        Some(nights) => (Cell::from(nights.from), Cell::from(nights.to)),
        None => (Cell::from(""), Cell::from("\u{10ffff}")),
    };
    let part = |conn: &Connection, stretch, limits: [Cell<'_>; 2]| {
        values_of(conn, &Table::Context.select(Some(stretch)), Some(&limits))
    };
    let (before, after) = std::thread::scope(|scope| {
        let limits = [middle.into(), high];
        let after = scope.spawn(move || part(&helper, Stretch::After, limits));
        let before = part(conn, Stretch::Between, [low, middle.into()]);
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
    let mut names = Names::default();
    let mut values = Vec::new();
    selected(conn, Table::Context, sql, limits, |columns| {
        columns.checked()?;
        if let Record::Value(value) = unrow::record(Table::Context, columns, &mut names)? {
            values.push(value);
        }
        Ok(())
    })?;
    Ok(values)
}

/// Reads one record.
pub(super) fn get(conn: &Connection, key: &Key) -> Result<Option<Record>, StoreError> {
    let table = Table::of(key);
    let cells = row::key_cells(key);
    let mut statement = conn.prepare_cached(table.sql(On::Select))?;
    let mut rows = statement.query(rusqlite::params_from_iter(cells.iter()))?;
    let Some(found) = rows.next()? else {
        return Ok(None);
    };
    let mut columns = columns(table, found)?;
    columns.checked()?;
    unrow::record(table, &mut columns, &mut Names::default()).map(Some)
}

/// The first (`min`) or last (`max`) night of each table that says something about nights.
fn edge_night(conn: &Connection, end: &str) -> Result<Vec<Night>, StoreError> {
    let tables = [Table::Night, Table::Episode, Table::Context];
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
    key: &[Cell<'_>],
) -> Result<Option<Image>, StoreError> {
    let mut statement = conn.prepare_cached(table.sql(On::Select))?;
    let mut rows = statement.query(rusqlite::params_from_iter(key.iter()))?;
    let Some(found) = rows.next()? else {
        return Ok(None);
    };
    let columns = columns(table, found)?;
    columns.checked()?;
    columns
        .cells()
        .iter()
        .map(|cell| Value::try_from(*cell).map_err(|_| columns.odd("holds text that is not UTF-8")))
        .collect::<Result<Image, _>>()
        .map(Some)
}
