//! The tables of records: their names, their columns, and the few statements each needs.

use std::sync::OnceLock;

use crate::diary::Key;

/// A table that holds one kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub(crate) enum Table {
    Night,
    Episode,
    Context,
    Factor,
    Intake,
    Course,
    Symptom,
    Person,
    Event,
    Exclusion,
    FlagNote,
    Look,
}

/// How many columns the widest table may have.
pub(super) const WIDEST: usize = 28;

/// Which nights of a table are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stretch {
    /// From the first limit to the second.
    Between,
    /// After the first limit, to the second.
    After,
}

/// Name and columns of a table, without its checksum. The key columns come first.
pub(super) struct Layout {
    /// Its name in SQL.
    pub(super) name: &'static str,
    /// Its columns, the checksum left out. Schema steps append at the end, never elsewhere: the journal relies on it.
    pub(super) columns: &'static [&'static str],
    /// How many columns make the key.
    pub(super) key: usize,
    /// The column that says which night, where a stretch of nights can be read by itself.
    pub(super) night: Option<&'static str>,
    /// The order in which its rows are read.
    pub(super) order: &'static str,
}

/// Columns that hold real numbers. SQLite keeps whole ones as integers on the page.
pub(super) const REALS: [&str; 7] = [
    "soreness_h",
    "number",
    "min",
    "max",
    "amount",
    "dose",
    "per_day",
];

const fn layout(
    name: &'static str,
    columns: &'static [&'static str],
    key: usize,
    night: Option<&'static str>,
    order: &'static str,
) -> Layout {
    Layout {
        name,
        columns,
        key,
        night,
        order,
    }
}

#[rustfmt::skip]
const LAYOUTS: [Layout; 12] = [
    layout("night", &["night", "outcome", "bed_at", "bed_offset", "bed_zone", "up_at", "up_offset", "up_zone",
        "sleep_quality", "sleep_disturbance", "sleep_lost_min", "note", "recorded_at"], 1, Some("night"), "night"),
    layout("episode", &["id", "night", "began_at", "began_offset", "began_zone", "certainty", "kind", "period",
        "side", "site", "severity", "duration_s", "repeats", "woke", "knot", "relief", "relief_s", "soreness_h",
        "urge", "movement_relieves", "posture", "awareness_lost", "raw", "note", "origin", "origin_detail",
        "recorded_at"], 1, Some("night"), "night, began_at, id"),
    layout("context", &["night", "factor", "number", "word", "unit", "typed", "origin", "origin_detail",
        "recorded_at"], 2, Some("night"), "night, factor"),
    layout("factor", &["factor", "label", "kind", "unit", "min", "max", "timing", "heading", "choices", "retired"],
        1, None, "factor"),
    layout("intake", &["id", "taken_at", "taken_offset", "taken_zone", "night", "name", "amount", "unit", "basis",
        "typed", "recorded_at"], 1, Some("night"), "night, taken_at, id"),
    layout("course", &["id", "name", "kind", "class", "dose", "unit", "basis", "per_day", "start", "stop", "reason",
        "typed", "recorded_at"], 1, None, "start, id"),
    layout("symptom", &["id", "noticed_at", "noticed_offset", "noticed_zone", "night", "symptom", "present", "side",
        "severity", "brought_on", "relieved_by", "lasts_s", "since", "text", "recorded_at"], 1, Some("night"),
        "night, noticed_at, id"),
    layout("person", &["id", "key", "value", "since", "recorded_at"], 1, None, "id"),
    layout("event", &["id", "night", "text", "recorded_at"], 1, Some("night"), "night, id"),
    layout("exclusion", &["id", "from_night", "to_night", "text", "recorded_at"], 1, None, "from_night, id"),
    layout("flag_note", &["id", "flag", "action", "night", "text", "recorded_at"], 1, None, "night, id"),
    layout("look", &["id", "cramp_nights", "night", "state", "recorded_at"], 1, None, "cramp_nights, id"),
];

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

impl Table {
    /// Every table of records.
    pub(crate) const ALL: [Table; 12] = [
        Table::Night,
        Table::Episode,
        Table::Context,
        Table::Factor,
        Table::Intake,
        Table::Course,
        Table::Symptom,
        Table::Person,
        Table::Event,
        Table::Exclusion,
        Table::FlagNote,
        Table::Look,
    ];

    /// The table that keeps the record with this key.
    pub(crate) fn of(key: &Key) -> Table {
        match key {
            Key::Night(_) => Table::Night,
            Key::Episode(_) => Table::Episode,
            Key::Value(..) => Table::Context,
            Key::Factor(_) => Table::Factor,
            Key::Intake(_) => Table::Intake,
            Key::Course(_) => Table::Course,
            Key::Symptom(_) => Table::Symptom,
            Key::Fact(_) => Table::Person,
            Key::Event(_) => Table::Event,
            Key::Exclusion(_) => Table::Exclusion,
            Key::FlagNote(_) => Table::FlagNote,
            Key::Look(_) => Table::Look,
        }
    }

    /// Its name in SQL.
    pub(crate) fn name(self) -> &'static str {
        self.layout().name
    }

    /// Its place in [`Table::ALL`]; the journal writes it, so it never changes.
    pub(super) fn number(self) -> u8 {
        self as u8
    }

    /// The table with this number.
    pub(super) fn from_number(number: u8) -> Option<Table> {
        Table::ALL.get(usize::from(number)).copied()
    }

    pub(super) fn layout(self) -> &'static Layout {
        &LAYOUTS[self as usize]
    }

    /// Reading its rows, or a stretch of them between two limits; the checksum is the last column.
    pub(super) fn select(self, stretch: Option<Stretch>) -> String {
        let Layout {
            name,
            columns,
            night,
            order,
            ..
        } = self.layout();
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
    pub(super) fn sql(self, on: On) -> &'static str {
        static MADE: [OnceLock<String>; 48] = [const { OnceLock::new() }; 48];
        MADE[self as usize * 4 + on as usize].get_or_init(|| self.make(on))
    }

    fn make(self, on: On) -> String {
        let Layout {
            name, columns, key, ..
        } = self.layout();
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
}
