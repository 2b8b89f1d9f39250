//! What a study is given, as files: CSV tables with a Frictionless data package and a dictionary. Nothing but the allowed
//! columns is in any of them; no file says when it was written.

use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::diary::record::SOME;
use crate::diary::sha256;
use crate::report::research::column::{Column, Type};
use crate::report::research::{Research, Table};

/// The description of all files.
pub(crate) const PACKAGE: &str = "datapackage.json";

/// Every file: name and content, [`PACKAGE`] last; it has the SHA-256 of the others.
pub(crate) fn files(research: &Research) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = research
        .tables()
        .iter()
        .map(|table| (table.file(), csv_of(&table.columns, &table.rows)))
        .collect();
    let package = package(research, &files);
    files.push(("dictionary.csv".to_string(), dictionary(research)));
    files.push((PACKAGE.to_string(), package));
    files
}

fn csv_of(columns: &[Column], rows: &[Vec<String>]) -> String {
    let header = columns.iter().map(|c| c.name.to_string()).collect();
    written(&[header]) + &written(rows)
}

/// Rows as CSV (RFC 4180, lines end in `\n`).
pub(super) fn written(rows: &[Vec<String>]) -> String {
    let mut out = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        // Writing into memory cannot fail.
        let _ = out.write_record(row);
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// The first `most` rows as they are in the file, a line each.
pub(crate) fn first_rows(table: &Table, most: usize) -> Vec<String> {
    let rows = table.rows.get(..most.min(table.rows.len()));
    let text = written(rows.unwrap_or_default());
    text.lines().map(str::to_string).collect()
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Constraints<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    required: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<f64>,
    #[serde(rename = "enum", skip_serializing_if = "Option::is_none")]
    one_of: Option<&'a [std::borrow::Cow<'static, str>]>,
}

/// A field of a Table Schema (Frictionless, version 1).
fn field(column: &Column) -> Json {
    let constraints = Constraints {
        required: column.needed.then_some(true),
        minimum: column.range.map(|(least, _)| least),
        maximum: column.range.map(|(_, most)| most),
        one_of: (!column.words.is_empty() && !column.several).then_some(&column.words),
    };
    let mut field = json!({
        "name": column.name,
        "type": column.kind,
        "description": column.says,
        "constraints": constraints,
    });
    let format = match column.kind {
        Type::Datetime => Some("%Y-%m-%d %H:%M:%S"),
        Type::Time => Some("%H:%M:%S"),
        _ => None,
    };
    if let Some(members) = field.as_object_mut() {
        if let Some(format) = format {
            members.insert("format".to_string(), format.into());
        }
        if let Some(unit) = &column.unit {
            members.insert("unit".to_string(), unit.to_string().into());
        }
    }
    field
}

fn package(research: &Research, files: &[(String, String)]) -> String {
    let resource = |table: &Table| {
        let file = table.file();
        let content = files.iter().find(|(name, _)| *name == file);
        let content = content.map_or("", |(_, content)| content);
        let fields: Vec<Json> = table.columns.iter().map(field).collect();
        let key: &[&str] = match table.name {
            "nights" => &["record_id", "night"],
            _ => &["record_id", "night", "cramp"],
        };
        let mut schema = json!({
            "fields": fields, "primaryKey": key, "missingValues": ["", SOME],
        });
        if table.name != "nights"
            && let Some(members) = schema.as_object_mut()
        {
            let night = json!(["record_id", "night"]);
            let reference = json!({"resource": "nights", "fields": night.clone()});
            let keys = json!([{"fields": night, "reference": reference}]);
            members.insert("foreignKeys".to_string(), keys);
        }
        json!({
            "name": table.name,
            "path": file,
            "profile": "tabular-data-resource",
            "scheme": "file",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": content.len(),
            "hash": format!("sha256:{}", sha256(content.as_bytes())),
            "schema": schema,
        })
    };
    let package = json!({
        "name": "nightcramp-research",
        "profile": "tabular-data-package",
        "version": "1",
        "dates": research.dates.to_string(),
        "record_id": research.record_id,
        "resources": research.tables().map(resource),
    });
    serde_json::to_string_pretty(&package).unwrap_or_default() + "\n"
}

/// The columns in words.
fn dictionary(research: &Research) -> String {
    let rows = research.tables().into_iter().flat_map(|table| {
        table.columns.iter().map(|column| {
            let values = match (&column.range, column.words.as_slice()) {
                (_, [_, ..]) => column.words.join(" "),
                (Some((least, most)), _) => format!("{least} to {most}"),
                _ => String::new(),
            };
            vec![
                table.name.to_string(),
                column.name.to_string(),
                json!(column.kind).as_str().unwrap_or_default().to_string(),
                column.unit.as_deref().unwrap_or_default().to_string(),
                values,
                column.says.to_string(),
            ]
        })
    });
    let header = ["table", "column", "type", "unit", "values", "meaning"];
    let header = vec![header.map(str::to_string).to_vec()];
    let rows: Vec<Vec<String>> = header.into_iter().chain(rows).collect();
    written(&rows)
}
