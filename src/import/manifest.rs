//! `diary.json`: what an export adds to its CSV files, or a whole diary in one file.

use std::collections::HashMap;

use csv::ByteRecord;
use serde_json::{Map, Value};

use crate::diary::table::{DIARY_ID, EXPORT_SCHEMA, Half};
use crate::diary::{Table, sha256};
use crate::import::outcome::{CellError, ImportLog};
use crate::import::sheet::{Beyond, Sheet};

/// What `diary.json` holds.
#[derive(Debug, Default)]
pub(super) struct Manifest<'a> {
    /// What it adds to the rows of the CSV files, by table.
    pub(super) beyond: HashMap<Table, Beyond>,
    /// Tables it holds itself.
    pub(super) sheets: Vec<Sheet<'a>>,
    /// SHA-256 of each CSV file when it was exported.
    hashes: Vec<(String, String)>,
    /// The random name of the diary it was exported from.
    pub(super) diary_id: Option<String>,
    /// Whether it is a whole diary rather than an addition to CSV files.
    pub(super) whole: bool,
}

impl Manifest<'_> {
    /// Says which files are not as they were exported; they are read all the same.
    pub(super) fn compare(&self, file: &str, bytes: &[u8], log: &mut ImportLog) {
        let Some((_, expected)) = self.hashes.iter().find(|(name, _)| name == file) else {
            return;
        };
        if sha256(bytes) != *expected {
            log.warn(
                file,
                None,
                "changed since it was exported (its SHA-256 differs from diary.json)",
            );
        }
    }
}

/// Reads `diary.json`; a flaw of the whole file is logged.
pub(super) fn read<'a>(file: &str, bytes: &[u8], log: &mut ImportLog) -> Option<Manifest<'a>> {
    log.open(file);
    let (root, whole) = match root(bytes) {
        Ok(root) => root,
        Err((line, reason)) => {
            log.refuse(file, line, CellError::row(reason));
            return None;
        }
    };
    let diary_id = root.get(DIARY_ID).and_then(Value::as_str);
    let diary_id = diary_id.map(str::to_string);
    if !whole {
        return Some(Manifest {
            diary_id,
            ..manifest(file, &root, log)
        });
    }
    let read = |table: Table| {
        let halves = [Half::Csv, Half::Beyond].into_iter();
        let columns: Vec<&'static str> = halves.flat_map(|half| table.columns(half)).collect();
        sheet(file, table, &columns, root.get(table.exported())?, log)
    };
    Some(Manifest {
        sheets: Table::ALL.into_iter().filter_map(read).collect(),
        whole,
        diary_id,
        ..Manifest::default()
    })
}

/// What the file holds, and whether it is a whole diary rather than an addition to CSV files; otherwise the line and
/// what is wrong.
fn root(bytes: &[u8]) -> Result<(Map<String, Value>, bool), (u64, String)> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let root: Map<String, Value> = serde_json::from_slice(bytes)
        .map_err(|e| (e.line().max(1) as u64, format!("not a JSON object: {e}")))?;
    match root.get("schema").and_then(Value::as_u64) {
        Some(EXPORT_SCHEMA) => {}
        Some(newer) if newer > EXPORT_SCHEMA => {
            let reason = format!(
                "it was written by a newer version (shape {newer}; this version reads {EXPORT_SCHEMA})"
            );
            return Err((1, reason));
        }
        _ => {
            let reason = "not an export of this program: no \"schema\": 1";
            return Err((1, reason.to_string()));
        }
    }
    let whole = match root.get("kind").and_then(Value::as_str) {
        Some("manifest") => false,
        Some("diary") => true,
        _ => {
            let reason = "\"kind\" is neither \"manifest\" nor \"diary\"";
            return Err((1, reason.to_string()));
        }
    };
    Ok((root, whole))
}

fn manifest<'a>(file: &str, root: &Map<String, Value>, log: &mut ImportLog) -> Manifest<'a> {
    let mut out = Manifest::default();
    if let Some(Value::Object(files)) = root.get("files") {
        out.hashes = files
            .iter()
            .filter_map(|(name, said)| {
                Some((name.clone(), said.get("sha256")?.as_str()?.to_string()))
            })
            .collect();
    }
    let Some(Value::Object(beyond)) = root.get("beyond_csv") else {
        return out;
    };
    for table in Table::ALL {
        let columns: Vec<&'static str> = table.columns(Half::Beyond).collect();
        let Some(list) = beyond.get(table.exported()) else {
            continue;
        };
        if table.file().is_none() {
            out.sheets.extend(sheet(file, table, &columns, list, log));
            continue;
        }
        let added = out.beyond.entry(table).or_default();
        for (i, entry) in list.as_array().into_iter().flatten().enumerate() {
            let cells = |columns: &[&'static str]| -> Result<Vec<String>, CellError> {
                columns.iter().map(|c| text(entry.get(*c), c)).collect()
            };
            match (cells(table.layout().export_key), cells(&columns)) {
                (Ok(key), Ok(further)) => {
                    let columns = columns.iter().copied().zip(further);
                    added.add(key, columns.filter(|(_, text)| !text.is_empty()).collect());
                }
                (Err(bad), _) | (_, Err(bad)) => {
                    log.refuse(&label(file, table), i as u64 + 1, bad);
                }
            }
        }
    }
    out
}

fn label(file: &str, table: Table) -> String {
    format!("{file} ({})", table.exported())
}

/// A JSON list as a sheet.
fn sheet<'a>(
    file: &str,
    table: Table,
    columns: &[&'static str],
    list: &Value,
    log: &mut ImportLog,
) -> Option<Sheet<'a>> {
    let label = label(file, table);
    let Some(list) = list.as_array() else {
        log.refuse(
            file,
            1,
            CellError::row(format!("\"{}\" is not a list", table.exported())),
        );
        return None;
    };
    let mut entries = Vec::with_capacity(list.len());
    for (i, entry) in list.iter().enumerate() {
        let cells: Result<Vec<String>, CellError> = match entry {
            Value::Object(entry) => columns.iter().map(|c| text(entry.get(*c), c)).collect(),
            _ => Err(CellError::row("not a JSON object")),
        };
        match cells {
            Ok(cells) => entries.push(ByteRecord::from(cells)),
            Err(bad) => {
                log.refuse(&label, i as u64 + 1, bad);
                // its place is kept, so that the entries after it are numbered as in the file
                entries.push(ByteRecord::from(vec![""; columns.len()]));
            }
        }
    }
    Some(Sheet::of_entries(table, label, columns, entries))
}

/// A JSON value as the text of a cell.
fn text(value: Option<&Value>, column: &'static str) -> Result<String, CellError> {
    match value {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Bool(flag)) => Ok(if *flag { "1" } else { "0" }.to_string()),
        Some(Value::Number(number)) => Ok(number.to_string()),
        Some(Value::Array(words)) => {
            let words: Option<Vec<&str>> = words.iter().map(Value::as_str).collect();
            match words {
                Some(words) => Ok(words.join(";")),
                None => Err(CellError::cell(column, "[…]", "a list of words is needed")),
            }
        }
        Some(Value::Object(_)) => Err(CellError::cell(column, "{…}", "a single value is needed")),
    }
}
