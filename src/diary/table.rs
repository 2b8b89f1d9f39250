//! The tables of the diary: what each is called in the database and in an export, and how its fields are
//! written down. The fields themselves stand with their records, in [`crate::diary::record`].

/// Which kind of record, and so which table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Table {
    Night,
    Episode,
    Value,
    Factor,
    Intake,
    Course,
    Symptom,
    Fact,
    Event,
    Exclusion,
    FlagNote,
    Look,
    Follow,
    Reply,
    Experiment,
    Adherence,
    Reading,
    Mapping,
    Handover,
}

/// How many columns the widest table may have.
pub(crate) const WIDEST: usize = 28;

/// The file that accompanies the CSV files, or holds the whole diary.
pub(crate) const MANIFEST: &str = "diary.json";

/// Where [`MANIFEST`] has the random name of the diary.
pub(crate) const DIARY_ID: &str = "diary_id";

/// Version of the shape of [`MANIFEST`].
pub(crate) const EXPORT_SCHEMA: u64 = 1;

impl Table {
    pub(crate) const ALL: [Table; 19] = [
        Table::Night,
        Table::Episode,
        Table::Value,
        Table::Factor,
        Table::Intake,
        Table::Course,
        Table::Symptom,
        Table::Fact,
        Table::Event,
        Table::Exclusion,
        Table::FlagNote,
        Table::Look,
        Table::Follow,
        Table::Reply,
        Table::Experiment,
        Table::Adherence,
        Table::Reading,
        Table::Mapping,
        Table::Handover,
    ];

    /// Its place in [`Table::ALL`]; the journal writes it, so it never changes.
    pub(crate) fn number(self) -> u8 {
        self as u8
    }

    pub(crate) fn from_number(number: u8) -> Option<Table> {
        Table::ALL.get(usize::from(number)).copied()
    }

    pub(crate) fn is_numbered(self) -> bool {
        self.layout().columns.first() == Some(&"id")
    }

    pub(crate) fn name(self) -> &'static str {
        self.layout().name
    }

    pub(crate) fn exported(self) -> &'static str {
        self.layout().exported
    }

    /// Its CSV file; `None` when it is only kept in `diary.json`.
    pub(crate) fn file(self) -> Option<&'static str> {
        self.layout().file
    }

    /// The columns of one half of an export, in order. The importer accepts those of both halves in either.
    pub(crate) fn columns(self, half: Half) -> impl Iterator<Item = &'static str> {
        self.layout().fields.iter().flat_map(move |field| {
            let own = Some(field.name).filter(|_| field.half == half);
            let zone = field.zone.filter(|(_, of)| *of == half);
            own.into_iter().chain(zone.map(|(name, _)| name))
        })
    }

    /// The columns a CSV file cannot do without.
    pub(crate) fn needed(self) -> impl Iterator<Item = &'static str> {
        let fields = self.layout().fields.iter();
        fields.filter(|field| field.needed).map(|field| field.name)
    }
}

/// How the records of one kind are written down.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) name: &'static str,
    /// How many columns make the key; they come first.
    pub(crate) key: usize,
    /// The column that says which night, where a stretch of nights can be read by itself.
    pub(crate) night: Option<&'static str>,
    /// The order in which its rows are read.
    pub(crate) order: &'static str,
    pub(crate) exported: &'static str,
    /// Its CSV file; `None` when it is only kept in `diary.json`.
    pub(crate) file: Option<&'static str>,
    /// The columns that say which row of the CSV file an entry of `diary.json` belongs to.
    pub(crate) export_key: &'static [&'static str],
    pub(crate) fields: &'static [Field],
    /// Its columns in SQL, the checksum left out. Schema steps append at the end, never elsewhere: the journal
    /// relies on it.
    pub(crate) columns: &'static [&'static str],
}

/// A layout with its name in SQL, its key in `diary.json` and the order of its rows; the record fills in its fields.
pub(crate) const fn layout(
    name: &'static str,
    exported: &'static str,
    order: &'static str,
) -> Layout {
    Layout {
        name,
        key: 1,
        night: None,
        order,
        exported,
        file: None,
        export_key: &[],
        fields: &[],
        columns: &[],
    }
}

impl Layout {
    /// More than one column makes the key.
    pub(crate) const fn keyed_by(self, key: usize) -> Self {
        Layout { key, ..self }
    }

    /// A stretch of nights can be read by itself.
    pub(crate) const fn nightly(self) -> Self {
        Layout {
            night: Some("night"),
            ..self
        }
    }

    /// Its CSV file and the columns by which an entry of `diary.json` finds its row there.
    pub(crate) const fn csv(self, file: &'static str, key: &'static [&'static str]) -> Self {
        Layout {
            file: Some(file),
            export_key: key,
            ..self
        }
    }
}

/// Which of the two halves of an export has a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Half {
    Csv,
    Beyond,
}

/// What a cell of a file may hold, beyond what its type says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Limit {
    /// Nothing further: text of any kind, a date that has passed.
    Type,
    Whole(i64, i64),
    Real(f64, f64),
    /// One trimmed line of text.
    Name,
    /// A date that may lie in the future.
    Future,
    /// A time that may lie in the night to come.
    Soon,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [&'static str],
    /// Which half of an export has it.
    pub(crate) half: Half,
    /// The column of an export that names the zone of an instant. In the CSV half it always does, otherwise only when
    /// the offset does not say it already.
    pub(crate) zone: Option<(&'static str, Half)>,
    /// What a file may say.
    pub(crate) limit: Limit,
    pub(crate) needed: bool,
    /// Its first column in the database holds real numbers.
    pub(crate) real: bool,
    /// "No" is the ordinary case and is not exported.
    pub(crate) quiet: bool,
}

/// A field with a column in the CSV file.
pub(crate) const fn csv() -> Field {
    Field {
        name: "",
        columns: &[],
        half: Half::Csv,
        zone: None,
        limit: Limit::Type,
        needed: false,
        real: false,
        quiet: false,
    }
}

pub(crate) const fn seconds(most: u32) -> Field {
    csv().limit(Limit::Whole(0, most as i64))
}

/// A field of which only `diary.json` knows.
pub(crate) const fn beyond() -> Field {
    Field {
        half: Half::Beyond,
        ..csv()
    }
}

impl Field {
    /// Another name in files than in the program.
    pub(crate) const fn named(self, name: &'static str) -> Self {
        Field { name, ..self }
    }

    /// Other columns in the database than one of the field's name.
    pub(crate) const fn sql(self, columns: &'static [&'static str]) -> Self {
        Field { columns, ..self }
    }

    /// The column that names the zone, and which half of an export has it.
    pub(crate) const fn zone(self, name: &'static str, half: Half) -> Self {
        Field {
            zone: Some((name, half)),
            ..self
        }
    }

    /// What a file may say.
    pub(crate) const fn limit(self, limit: Limit) -> Self {
        Field { limit, ..self }
    }

    pub(crate) const fn quiet(self) -> Self {
        Field {
            quiet: true,
            ..self
        }
    }

    /// Fills in what follows from the field's name.
    pub(crate) const fn of(
        self,
        name: &'static str,
        columns: &'static [&'static str],
        needed: bool,
        real: bool,
    ) -> Self {
        Field {
            name: if self.name.is_empty() {
                name
            } else {
                self.name
            },
            columns: if self.columns.is_empty() {
                columns
            } else {
                self.columns
            },
            needed,
            real,
            ..self
        }
    }
}

/// How many columns of the database these fields take.
pub(crate) const fn width(fields: &[Field]) -> usize {
    let (mut width, mut at) = (0, 0);
    while at < fields.len() {
        width += fields[at].columns.len();
        at += 1;
    }
    width
}

/// The columns of the database, one field after the other.
pub(crate) const fn columns<const WIDTH: usize>(fields: &[Field]) -> [&'static str; WIDTH] {
    assert!(WIDTH <= WIDEST);
    let mut columns = [""; WIDTH];
    let (mut at, mut filled) = (0, 0);
    while at < fields.len() {
        let mut part = 0;
        while part < fields[at].columns.len() {
            columns[filled] = fields[at].columns[part];
            filled += 1;
            part += 1;
        }
        at += 1;
    }
    columns
}
