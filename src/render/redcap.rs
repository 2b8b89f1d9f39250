//! The same tables as REDCap takes them: a data dictionary of its 18 columns and one file to import, in which nights and
//! cramps are repeating instruments.

use crate::render::research::written;
use crate::report::research::column::{Column, Type};
use crate::report::research::{Research, Table};

/// The header of a data dictionary, as REDCap spells it.
const HEADER: &str = include_str!("redcap.csv");
const WIDTH: usize = 18;

/// The dictionary and the file to import: name and content.
pub(crate) fn files(research: &Research) -> [(String, String); 2] {
    [
        ("redcap-dictionary.csv".to_string(), dictionary(research)),
        ("redcap-import.csv".to_string(), import(research)),
    ]
}

/// The instrument of a table.
fn form(table: &Table) -> &'static str {
    match table.name {
        "nights" => "night",
        _ => "cramp",
    }
}

/// The columns of a table as fields of REDCap, whose names are one for a whole project: those both tables have get the
/// name of their instrument before them, except the record itself.
fn fields(table: &Table) -> impl Iterator<Item = (String, &Column)> {
    let form = form(table);
    table.columns.iter().skip(1).map(move |column| {
        let shared = ["night", "night_date"].contains(&&*column.name);
        let name = match (&*column.name, shared) {
            ("night", _) => format!("{form}_number"),
            ("night_date", _) if form == "night" => "night_date".to_string(),
            ("night_date", _) => "cramp_night_date".to_string(),
            ("cramp", _) => "cramp_of_night".to_string(),
            (name, _) => name.to_string(),
        };
        (name, column)
    })
}

fn dictionary(research: &Research) -> String {
    let mut rows = Vec::new();
    let [nights, _] = research.tables();
    if let Some(record) = nights.columns.first() {
        rows.push(described("record_id".to_string(), "person", record));
    }
    for table in research.tables() {
        rows.extend(fields(table).map(|(name, column)| described(name, form(table), column)));
    }
    HEADER.to_string() + &written(&rows)
}

/// A line of the dictionary.
fn described(name: String, form: &str, column: &Column) -> Vec<String> {
    let (kind, choices) = match (column.is_yes_no, column.words.is_empty() || column.several) {
        (true, _) => ("yesno", String::new()),
        (_, true) => ("text", String::new()),
        (_, false) => {
            let choice = |word: &std::borrow::Cow<'_, str>| format!("{word}, {word}");
            let choices: Vec<String> = column.words.iter().map(choice).collect();
            ("radio", choices.join(" | "))
        }
    };
    let validation = match (kind, column.kind) {
        ("text", Type::Integer) => "integer",
        ("text", Type::Number) => "number",
        ("text", Type::Date) => "date_ymd",
        ("text", Type::Datetime) => "datetime_seconds_ymd",
        ("text", Type::Time) => "time_hh_mm_ss",
        _ => "",
    };
    let limits = column.range.filter(|_| kind == "text");
    let limit = |at: Option<f64>| at.map_or_else(String::new, |limit| limit.to_string());
    let note = column.unit.as_deref().unwrap_or_default().to_string();
    let mut row = vec![
        name,
        form.to_string(),
        String::new(),
        kind.to_string(),
        column.says.to_string(),
        choices,
        note,
        validation.to_string(),
        limit(limits.map(|(least, _)| least)),
        limit(limits.map(|(_, most)| most)),
    ];
    row.resize(WIDTH, String::new());
    row
}

/// One row an instance: the record, which instrument, which of them, and its fields.
fn import(research: &Research) -> String {
    let mut header: Vec<String> = [
        "record_id",
        "redcap_repeat_instrument",
        "redcap_repeat_instance",
    ]
    .map(str::to_string)
    .into();
    for table in research.tables() {
        header.extend(fields(table).map(|(name, _)| name));
    }
    let forms: Vec<String> = research
        .tables()
        .iter()
        .map(|table| format!("{}_complete", form(table)))
        .collect();
    header.extend(forms);
    let widths = research.tables().map(|table| table.columns.len() - 1);
    let width = header.len();
    let mut rows = vec![header];
    for (place, table) in research.tables().into_iter().enumerate() {
        let before: usize = widths.iter().take(place).sum();
        for (instance, cells) in (1..).zip(&table.rows) {
            let mut row = vec![
                research.record_id.clone(),
                form(table).to_string(),
                instance.to_string(),
            ];
            row.resize(3 + before, String::new());
            // an amount without a figure has no place in a number of REDCap
            row.extend(cells.iter().skip(1).map(|cell| match cell.as_str() {
                crate::diary::record::SOME => String::new(),
                cell => cell.to_string(),
            }));
            row.resize(width - 2 + place, String::new());
            // 2 is complete
            row.push("2".to_string());
            row.resize(width, String::new());
            rows.push(row);
        }
    }
    written(&rows)
}
