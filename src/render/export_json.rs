//! `diary.json`: beside the CSV files what they have no column for, or the whole diary in one file.
//!
//! Both shapes name themselves. `"kind": "manifest"` has `counts` (rows a table), `files` (rows and SHA-256 of each CSV
//! file) and `beyond_csv`: a list a table, each entry with the key columns of the row it belongs to (as text) and the
//! columns the CSV file lacks. `"kind": "diary"` has `counts` and one list a table with every column of
//! [`crate::diary::record`]; unknown is `null`, yes/no is `true`/`false`, several words are a list.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use sha2::{Digest, Sha256};

use crate::diary::Diary;
use crate::diary::Table;
use crate::diary::cell::Cell;
use crate::diary::table::{EXPORT_SCHEMA, Half};

/// The manifest of CSV files already written out.
pub(super) fn manifest(diary: &Diary, files: &[(&'static str, String)]) -> String {
    let mut out = head(diary, "manifest");
    let listed: Vec<String> = files
        .iter()
        .filter_map(|(name, content)| {
            let table = Table::ALL.into_iter().find(|t| t.file() == Some(*name))?;
            let rows = count(diary, table);
            let hash: String = Sha256::digest(content.as_bytes())
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            Some(format!(
                "    \"{name}\": {{\"rows\": {rows}, \"sha256\": \"{hash}\"}}"
            ))
        })
        .collect();
    out.push_str("  \"files\": {\n");
    out.push_str(&listed.join(",\n"));
    out.push_str("\n  },\n  \"beyond_csv\": {\n");
    push_lists(&mut out, diary, "    ", beyond_row);
    out.push_str("  }\n}\n");
    out
}

/// The whole diary as one JSON file.
pub(crate) fn whole(diary: &Diary) -> String {
    let mut out = head(diary, "diary");
    push_lists(&mut out, diary, "  ", |table, cells| {
        line(
            columns(table)
                .zip(cells)
                .map(|(name, cell)| (name, cell.clone())),
        )
    });
    out.push_str("}\n");
    out
}

fn head(diary: &Diary, kind: &str) -> String {
    let counts: Vec<String> = Table::ALL
        .into_iter()
        .map(|table| format!("\"{}\": {}", table.exported(), count(diary, table)))
        .collect();
    format!(
        "{{\n  \"schema\": {EXPORT_SCHEMA},\n  \"kind\": \"{kind}\",\n  \"counts\": {{{}}},\n",
        counts.join(", ")
    )
}

fn count(diary: &Diary, table: Table) -> usize {
    let mut rows = 0;
    diary.export(table, &mut |_| rows += 1);
    rows
}

/// One list a table, one row a line; `row` gives the text of a row, or nothing to leave it out.
fn push_lists(
    out: &mut String,
    diary: &Diary,
    indent: &str,
    row: impl Fn(Table, &[Cell<'_>]) -> Option<String>,
) {
    for (i, table) in Table::ALL.into_iter().enumerate() {
        out.push_str(indent);
        out.push_str(&format!("\"{}\": [", table.exported()));
        let mut first = true;
        diary.export(table, &mut |cells| {
            if let Some(text) = row(table, cells) {
                out.push_str(if first { "\n" } else { ",\n" });
                out.push_str(indent);
                out.push_str("  ");
                out.push_str(&text);
                first = false;
            }
        });
        if !first {
            out.push('\n');
            out.push_str(indent);
        }
        out.push_str(if i + 1 == Table::ALL.len() {
            "]\n"
        } else {
            "],\n"
        });
    }
}

/// What the CSV row lacks, with the key that finds it; nothing when the CSV row says it all.
fn beyond_row(table: Table, cells: &[Cell<'_>]) -> Option<String> {
    let cell = |name: &str| {
        let at = columns(table).position(|c| c == name)?;
        cells.get(at)
    };
    let further: Vec<(&str, Cell<'_>)> = table
        .columns(Half::Beyond)
        .filter_map(|name| Some((name, cell(name)?.clone())))
        .filter(|(_, cell)| !cell.is_empty())
        .collect();
    if further.is_empty() {
        return None;
    }
    let key = table
        .layout()
        .export_key
        .iter()
        .filter_map(|name| Some((*name, Cell::Text(cell(name)?.plain()))));
    line(key.chain(further))
}

/// Every column: those of the CSV file, then those beyond.
fn columns(table: Table) -> impl Iterator<Item = &'static str> {
    table.columns(Half::Csv).chain(table.columns(Half::Beyond))
}

/// One JSON object on one line, its members in the order given.
fn line<'a>(members: impl Iterator<Item = (&'a str, Cell<'a>)>) -> Option<String> {
    struct Members<'a>(Vec<(&'a str, Cell<'a>)>);
    impl Serialize for Members<'_> {
        fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
            let mut map = s.serialize_map(Some(self.0.len()))?;
            for (name, cell) in &self.0 {
                map.serialize_entry(name, cell)?;
            }
            map.end()
        }
    }
    serde_json::to_string(&Members(members.collect())).ok()
}
