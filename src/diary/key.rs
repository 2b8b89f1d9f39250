//! Any one record, the key that finds it again, and the diary as a value: every record of a stretch of time.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::diary::cell::{Cell, OddRow, StoredRow};
use crate::diary::column::Column;
use crate::diary::elsewhere::{Handover, Mapping, Reading};
use crate::diary::experiment::{Adherence, Experiment};
use crate::diary::kept::Kept;
use crate::diary::moment::Night;
use crate::diary::record::{
    ContextValue, Course, CustomFactor, Episode, Event, Exclusion, Fact, FlagNote, Follow, Intake,
    Look, NightRecord, Reply, Symptom,
};
use crate::diary::table::{Half, Layout, Table};

/// Which record: the kind and what finds it again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Key {
    Night(Night),
    Episode(i64),
    Value(Night, Arc<str>),
    Factor(Arc<str>),
    Intake(i64),
    Course(i64),
    Symptom(i64),
    Fact(i64),
    Event(i64),
    Exclusion(i64),
    FlagNote(i64),
    Look(i64),
    Follow(i64),
    Reply(i64),
    Experiment(i64),
    Adherence(i64),
    Reading(i64),
    Mapping(i64),
    Handover(i64),
}

impl std::fmt::Display for Key {
    /// The reference a person types: `#12`, `2026-03-03`, `2026-03-03:room`, `c3`, …
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Key::Night(night) => write!(f, "{night}"),
            Key::Value(night, factor) => write!(f, "{night}:{factor}"),
            Key::Factor(factor) => write!(f, "factor:{factor}"),
            numbered => write!(f, "{}{}", numbered.mark(), numbered.number().unwrap_or(0)),
        }
    }
}

impl Key {
    /// Reads a reference as [`Display`](std::fmt::Display) writes it; a bare number is an episode.
    pub(crate) fn parse(text: &str) -> Option<Key> {
        if let Ok(id) = text.trim_start_matches(['#', '@']).parse::<i64>() {
            return Some(Key::Episode(id)).filter(|_| id > 0);
        }
        if let Some(name) = text.strip_prefix("factor:") {
            return Some(Key::Factor(Arc::from(name)));
        }
        if let Ok(night) = text.parse::<Night>() {
            return Some(Key::Night(night));
        }
        if let Some((night, factor)) = text.split_once(':')
            && let Ok(night) = night.parse::<Night>()
        {
            return Some(Key::Value(night, Arc::from(factor)));
        }
        let letter = text.chars().next()?;
        let id: i64 = text
            .get(letter.len_utf8()..)?
            .parse()
            .ok()
            .filter(|id| *id > 0)?;
        let mut keys = Table::ALL
            .into_iter()
            .filter_map(|table| Key::numbered(table, id));
        keys.find(|key| key.mark().chars().eq([letter]))
    }
}

/// Declares [`Record`], [`Diary`] and what follows from the list of kinds: first those found by their name, then those
/// found by a number. Each line is the kind, its struct and its list in the [`Diary`]; before it what marks its numbers.
macro_rules! kinds {
    (
        named { $(#[doc = $doc:literal] $name:ident($type:ty) in $list:ident: $held:ty, by $key:expr;)* }
        numbered { $(#[doc = $about:literal] $mark:literal $kind:ident($record:ty) in $records:ident;)* }
    ) => {
        /// Everything kept, or everything of a stretch of nights. Each list is sorted by night (or start), then by id.
        #[derive(Debug, Clone, Default, PartialEq)]
        pub(crate) struct Diary {
            $(#[doc = $doc] pub(crate) $list: $held,)*
            $(#[doc = $about] pub(crate) $records: Vec<$record>,)*
            /// The last night that is over, where the reader knows the time; it is not kept.
            pub(crate) over: Option<Night>,
        }

        /// New and changed records in the order they were met; one list a kind keeps a long diary small in memory.
        #[derive(Debug, Clone, Default, PartialEq)]
        pub(crate) struct Changes {
            $(#[doc = $doc] pub(crate) $list: Vec<$type>,)*
            $(#[doc = $about] pub(crate) $records: Vec<$record>,)*
        }

        impl From<Diary> for Changes {
            /// Every record of a diary, as when it is put into an empty one.
            fn from(diary: Diary) -> Self {
                Changes {
                    $($list: diary.$list.into_all(),)*
                    $($records: diary.$records,)*
                }
            }
        }

        impl Changes {
            pub(crate) fn len(&self) -> usize {
                0 $(+ self.$list.len())* $(+ self.$records.len())*
            }

            fn take(&mut self, table: Table) -> Box<dyn Iterator<Item = Record>> {
                use std::mem::take;
                match table {
                    $(Table::$name => Box::new(take(&mut self.$list).into_iter().map(Record::$name)),)*
                    $(Table::$kind => Box::new(take(&mut self.$records).into_iter().map(Record::$kind)),)*
                }
            }
        }

        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(tag = "record", rename_all = "kebab-case")]
        pub(crate) enum Record {
            $($name($type),)*
            $($kind($record),)*
        }

        impl Table {
            /// How its records are written down.
            pub(crate) fn layout(self) -> &'static Layout {
                match self {
                    $(Table::$name => <$type>::layout(),)*
                    $(Table::$kind => <$record>::layout(),)*
                }
            }
        }

        impl Record {
            /// What finds it again.
            pub(crate) fn key(&self) -> Key {
                match self {
                    $(Record::$name(record) => $key(record),)*
                    $(Record::$kind(record) => Key::$kind(record.id),)*
                }
            }

            pub(crate) fn table(&self) -> Table {
                match self {
                    $(Record::$name(_) => Table::$name,)*
                    $(Record::$kind(_) => Table::$kind,)*
                }
            }

            /// Its number, if its kind has numbers.
            pub(crate) fn number(&self) -> Option<i64> {
                self.key().number()
            }

            /// The same record under another number; one that has no number stays as it is.
            pub(crate) fn numbered(mut self, id: i64) -> Record {
                match &mut self {
                    $(Record::$name(_) => {})*
                    $(Record::$kind(record) => record.id = id,)*
                }
                self
            }

            /// Writes its columns of the database into `row`, which is emptied first.
            pub(crate) fn write<'a>(&'a self, row: &mut Vec<Cell<'a>>) {
                row.clear();
                match self {
                    $(Record::$name(record) => record.write(row),)*
                    $(Record::$kind(record) => record.write(row),)*
                }
            }

            /// Reads a row of the database back, refusing whatever this program would not have written.
            pub(crate) fn read(row: &mut StoredRow<'_>) -> Result<Record, OddRow> {
                Ok(match row.table() {
                    $(Table::$name => Record::$name(Kept::read(row)?),)*
                    $(Table::$kind => Record::$kind(Kept::read(row)?),)*
                })
            }
        }

        impl Key {
            pub(crate) fn table(&self) -> Table {
                match self {
                    $(Key::$name(..) => Table::$name,)*
                    $(Key::$kind(_) => Table::$kind,)*
                }
            }

            fn number(&self) -> Option<i64> {
                match self {
                    $(Key::$name(..) => None,)*
                    $(Key::$kind(id) => Some(*id),)*
                }
            }

            /// What stands before the number of a numbered record.
            fn mark(&self) -> &'static str {
                match self {
                    $(Key::$name(..) => "",)*
                    $(Key::$kind(_) => $mark,)*
                }
            }

            fn numbered(table: Table, id: i64) -> Option<Key> {
                match table {
                    $(Table::$name => None,)*
                    $(Table::$kind => Some(Key::$kind(id)),)*
                }
            }
        }

        impl Diary {
            /// Adds a record at the end of its list.
            pub(crate) fn push(&mut self, record: Record) {
                match record {
                    $(Record::$name(record) => self.$list.put(record),)*
                    $(Record::$kind(record) => self.$records.put(record),)*
                }
            }

            /// Takes a record out of its list, where it is there.
            pub(crate) fn remove(&mut self, key: &Key) {
                match key {
                    $(Key::$name(..) => self.$list.drop_each(|record| $key(record) == *key),)*
                    $(Key::$kind(id) => self.$records.retain(|record| record.id != *id),)*
                }
            }

            /// The largest number of a kind; 0 when there is none.
            pub(crate) fn last_number(&self, table: Table) -> i64 {
                match table {
                    $(Table::$name => 0,)*
                    $(Table::$kind => self.$records.iter().map(|r| r.id).max().unwrap_or(0),)*
                }
            }

            /// Calls `each` with every record of a kind as it is exported: the columns of the CSV file, then those beyond.
            pub(crate) fn export<'a>(&'a self, table: Table, each: &mut dyn FnMut(&[Cell<'a>])) {
                match table {
                    $(Table::$name => export(self.$list.all(), each),)*
                    $(Table::$kind => export(self.$records.all(), each),)*
                }
            }
        }
    };
}

kinds! {
    named {
        /// Nights as answered.
        Night(NightRecord) in nights: BTreeMap<Night, NightRecord>, by |r: &NightRecord| Key::Night(r.night);
        /// Factor values by night, then factor.
        Value(ContextValue) in values: Vec<ContextValue>, by |r: &ContextValue| Key::Value(r.night, r.factor.clone());
        /// The person's own factors, and built-in ones they retired.
        Factor(CustomFactor) in factors: Vec<CustomFactor>, by |r: &CustomFactor| Key::Factor(r.factor.clone());
    }
    numbered {
        /// Episodes by night, onset, id.
        "#" Episode(Episode) in episodes;
        /// Single doses.
        "i" Intake(Intake) in intakes;
        /// Courses, by start.
        "c" Course(Course) in courses;
        /// Symptoms.
        "s" Symptom(Symptom) in symptoms;
        /// Facts about the person.
        "p" Fact(Fact) in facts;
        /// Marks on the time axis.
        "e" Event(Event) in events;
        /// Periods statistics skip.
        "x" Exclusion(Exclusion) in exclusions;
        /// What was done about flags.
        "g" FlagNote(FlagNote) in flag_notes;
        /// Looks of the analysis.
        "look" Look(Look) in looks;
        /// What is asked about.
        "f" Follow(Follow) in follows;
        /// Answers to questions about entries.
        "r" Reply(Reply) in replies;
        /// Experiments.
        "experiment" Experiment(Experiment) in experiments;
        /// What was done on their nights.
        "done" Adherence(Adherence) in adherence;
        /// What devices and other apps said.
        "reading" Reading(Reading) in readings;
        /// How files of other programs are read.
        "mapping" Mapping(Mapping) in mappings;
        /// What was handed out to studies.
        "handover" Handover(Handover) in handovers;
    }
}

impl Changes {
    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every record, factors before the values that speak of them.
    pub(crate) fn into_records(mut self) -> impl Iterator<Item = Record> {
        let others = Table::ALL
            .into_iter()
            .filter(|table| *table != Table::Factor);
        let order = std::iter::once(Table::Factor).chain(others);
        order.flat_map(move |table| self.take(table))
    }
}

impl Key {
    pub(crate) fn cells(&self) -> Vec<Cell<'_>> {
        match self {
            Key::Night(night) => vec![night.cell()],
            Key::Value(night, factor) => vec![night.cell(), factor.cell()],
            Key::Factor(factor) => vec![factor.cell()],
            numbered => numbered.number().map(Cell::Int).into_iter().collect(),
        }
    }

    /// The key of a row of the database.
    pub(crate) fn read(row: &mut StoredRow<'_>) -> Result<Key, OddRow> {
        Ok(match row.table() {
            Table::Night => Key::Night(Column::read(row)?),
            Table::Value => Key::Value(Column::read(row)?, Column::read(row)?),
            Table::Factor => Key::Factor(Column::read(row)?),
            table => {
                let id = Column::read(row)?;
                Key::numbered(table, id).ok_or_else(|| row.wrong_int(id))?
            }
        })
    }
}

/// A list of the records of one kind.
trait List<R: 'static> {
    fn put(&mut self, record: R);
    fn drop_each(&mut self, goes: impl Fn(&R) -> bool);
    fn all(&self) -> impl Iterator<Item = &R>;
    fn into_all(self) -> Vec<R>;
}

impl<R: 'static> List<R> for Vec<R> {
    fn put(&mut self, record: R) {
        self.push(record);
    }
    fn drop_each(&mut self, goes: impl Fn(&R) -> bool) {
        self.retain(|record| !goes(record));
    }
    fn all(&self) -> impl Iterator<Item = &R> {
        self.iter()
    }
    fn into_all(self) -> Vec<R> {
        self
    }
}

impl List<NightRecord> for BTreeMap<Night, NightRecord> {
    fn put(&mut self, record: NightRecord) {
        self.insert(record.night, record);
    }
    fn drop_each(&mut self, goes: impl Fn(&NightRecord) -> bool) {
        self.retain(|_, record| !goes(record));
    }
    fn all(&self) -> impl Iterator<Item = &NightRecord> {
        self.values()
    }
    fn into_all(self) -> Vec<NightRecord> {
        self.into_values().collect()
    }
}

fn export<'a, R: Kept + 'static>(
    records: impl Iterator<Item = &'a R>,
    each: &mut dyn FnMut(&[Cell<'a>]),
) {
    let mut row = Vec::new();
    for record in records {
        row.clear();
        record.export(Half::Csv, &mut row);
        record.export(Half::Beyond, &mut row);
        each(&row);
    }
}
