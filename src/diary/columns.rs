//! The columns of the diary as tables: one spelling for the CSV files, the JSON export and the importer.

/// One kind of record as a table.
#[derive(Debug)]
pub(crate) struct Table {
    /// Its name, which is also its key in `diary.json`.
    pub(crate) name: &'static str,
    /// Its CSV file; `None` when it is only kept in `diary.json`.
    pub(crate) file: Option<&'static str>,
    /// The columns of the CSV file, in order.
    pub(crate) csv: &'static [&'static str],
    /// What the CSV file has no column for; carried by `diary.json`. The importer accepts them as columns, too.
    pub(crate) beyond: &'static [&'static str],
    /// The columns that say which row of the CSV file a `beyond` entry belongs to.
    pub(crate) key: &'static [&'static str],
    /// The columns a CSV file cannot do without.
    pub(crate) required: &'static [&'static str],
}

impl Table {
    /// Every column: those of the CSV file, then the others.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &'static str> {
        self.csv.iter().chain(self.beyond).copied()
    }
}

/// Nights as answered.
pub(crate) const NIGHTS: Table = Table {
    name: "nights",
    file: Some("nights.csv"),
    csv: &[
        "night",
        "outcome",
        "bed_at",
        "up_at",
        "sleep_quality",
        "sleep_disturbance",
        "sleep_lost_min",
        "note",
        "recorded_at",
    ],
    beyond: &["bed_zone", "up_zone"],
    key: &["night"],
    required: &["night"],
};

/// Episodes.
pub(crate) const EPISODES: Table = Table {
    name: "episodes",
    file: Some("episodes.csv"),
    csv: &[
        "id",
        "night",
        "began_at",
        "zone",
        "certainty",
        "kind",
        "period",
        "side",
        "site",
        "severity",
        "duration_s",
        "repeats",
        "woke",
        "knot",
        "relief",
        "relief_s",
        "soreness_h",
        "urge",
        "movement_relieves",
        "posture",
        "awareness_lost",
        "raw",
        "note",
        "source",
        "recorded_at",
    ],
    beyond: &[],
    key: &["id"],
    required: &["night"],
};

/// Factor values.
pub(crate) const CONTEXT: Table = Table {
    name: "context",
    file: Some("context.csv"),
    csv: &["night", "factor", "value", "unit", "source", "recorded_at"],
    beyond: &["typed"],
    key: &["night", "factor", "value"],
    required: &["night", "factor", "value"],
};

/// The person's own factors, and built-in ones they put away.
pub(crate) const FACTORS: Table = Table {
    name: "factors",
    file: Some("factors.csv"),
    csv: &[
        "factor", "label", "type", "unit", "min", "max", "timing", "group",
    ],
    beyond: &["choices", "retired"],
    key: &["factor"],
    required: &["factor", "type"],
};

/// Single doses.
pub(crate) const INTAKES: Table = Table {
    name: "intakes",
    file: Some("intakes.csv"),
    csv: &["taken_at", "night", "name", "amount", "unit", "basis"],
    beyond: &["id", "zone", "typed", "recorded_at"],
    key: &["taken_at", "name", "amount", "unit"],
    required: &["taken_at", "name"],
};

/// Courses.
pub(crate) const COURSES: Table = Table {
    name: "courses",
    file: Some("courses.csv"),
    csv: &[
        "name", "kind", "class", "dose", "unit", "basis", "per_day", "start", "stop", "reason",
    ],
    beyond: &["id", "typed", "recorded_at"],
    key: &["name", "start", "dose", "unit"],
    required: &["name", "kind", "start"],
};

/// Symptoms.
pub(crate) const SYMPTOMS: Table = Table {
    name: "symptoms",
    file: Some("symptoms.csv"),
    csv: &[
        "id",
        "noticed_at",
        "night",
        "symptom",
        "present",
        "side",
        "severity",
        "brought_on",
        "relieved_by",
        "lasts_s",
        "since",
        "text",
    ],
    beyond: &["zone", "recorded_at"],
    key: &["id"],
    required: &["noticed_at", "symptom", "present"],
};

/// Facts about the person.
pub(crate) const PERSON: Table = Table {
    name: "person",
    file: Some("person.csv"),
    csv: &["key", "value", "since"],
    beyond: &["id", "recorded_at"],
    key: &["key", "value", "since"],
    required: &["key", "value"],
};

/// Marks on the time axis.
pub(crate) const EVENTS: Table = Table {
    name: "events",
    file: Some("events.csv"),
    csv: &["night", "text"],
    beyond: &["id", "recorded_at"],
    key: &["night", "text"],
    required: &["night", "text"],
};

/// Periods statistics skip.
pub(crate) const EXCLUSIONS: Table = Table {
    name: "exclusions",
    file: Some("exclusions.csv"),
    csv: &["from", "to", "text"],
    beyond: &["id", "recorded_at"],
    key: &["from", "to", "text"],
    required: &["from", "to"],
};

/// What was done about flags.
pub(crate) const FLAG_NOTES: Table = Table {
    name: "flag_notes",
    file: None,
    csv: &[],
    beyond: &["id", "flag", "action", "night", "text", "recorded_at"],
    key: &[],
    required: &["flag", "action", "night"],
};

/// Looks of the analysis.
pub(crate) const LOOKS: Table = Table {
    name: "looks",
    file: None,
    csv: &[],
    beyond: &["id", "cramp_nights", "night", "state", "recorded_at"],
    key: &[],
    required: &["cramp_nights", "night", "state"],
};

/// Every table, in the order they are exported.
pub(crate) const TABLES: [&Table; 12] = [
    &NIGHTS,
    &EPISODES,
    &CONTEXT,
    &FACTORS,
    &INTAKES,
    &COURSES,
    &SYMPTOMS,
    &PERSON,
    &EVENTS,
    &EXCLUSIONS,
    &FLAG_NOTES,
    &LOOKS,
];

/// The file that accompanies the CSV files, or holds the whole diary.
pub(crate) const MANIFEST: &str = "diary.json";

/// Version of the shape of [`MANIFEST`].
pub(crate) const EXPORT_SCHEMA: u64 = 1;
