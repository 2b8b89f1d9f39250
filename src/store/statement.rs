//! The few statements each table of records needs.

use std::sync::OnceLock;

use crate::diary::Table;
use crate::diary::table::Layout;

/// Which nights of a table are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stretch {
    /// From the first limit to the second.
    Between,
    /// After the first limit, to the second.
    After,
}

/// A statement on one row of a table.
#[derive(Clone, Copy)]
pub(super) enum On {
    /// Insert; a row with this key stays as it is.
    Insert,
    /// Replace the row with this key.
    Update,
    /// Read the row with this key.
    Select,
    /// Remove the row with this key.
    Delete,
}

/// Reading its rows, or a stretch of them between two limits; the checksum is the last column.
pub(super) fn select(table: Table, stretch: Option<Stretch>) -> String {
    let Layout {
        name,
        columns,
        night,
        order,
        ..
    } = table.layout();
    let columns = columns.join(", ");
    let within = match (night, stretch) {
        (Some(night), Some(Stretch::Between)) => format!("WHERE {night} BETWEEN ?1 AND ?2 "),
        (Some(night), Some(Stretch::After)) => {
            format!("WHERE {night} > ?1 AND {night} <= ?2 ")
        }
        _ => String::new(),
    };
    format!("SELECT {columns}, sum FROM {name} {within}ORDER BY {order}")
}

/// A statement on one row. Parameters are the columns in order and the checksum, or the key columns.
pub(super) fn sql(table: Table, on: On) -> &'static str {
    static MADE: [OnceLock<String>; 48] = [const { OnceLock::new() }; 48];
    MADE[table as usize * 4 + on as usize].get_or_init(|| make(table, on))
}

fn make(table: Table, on: On) -> String {
    let Layout {
        name, columns, key, ..
    } = table.layout();
    let all = columns.join(", ");
    let by_key = columns
        .iter()
        .take(*key)
        .enumerate()
        .map(|(i, c)| format!("{c} = ?{}", i + 1))
        .collect::<Vec<_>>()
        .join(" AND ");
    match on {
        On::Insert => {
            let marks = (1..=columns.len() + 1)
                .map(|i| format!("?{i}"))
                .collect::<Vec<_>>()
                .join(", ");
            format!("INSERT INTO {name} ({all}, sum) VALUES ({marks}) ON CONFLICT DO NOTHING")
        }
        On::Update => {
            let sets = columns
                .iter()
                .chain(&["sum"])
                .enumerate()
                .skip(*key)
                .map(|(i, c)| format!("{c} = ?{}", i + 1))
                .collect::<Vec<_>>()
                .join(", ");
            format!("UPDATE {name} SET {sets} WHERE {by_key}")
        }
        On::Select => format!("SELECT {all}, sum FROM {name} WHERE {by_key}"),
        On::Delete => format!("DELETE FROM {name} WHERE {by_key}"),
    }
}
