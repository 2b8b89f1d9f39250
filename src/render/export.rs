//! The diary as files: CSV with `diary.json` beside it, or everything in `diary.json`.
//!
//! CSV is UTF-8 with RFC 4180 quoting, a header row, empty for unknown, ISO dates and yes/no as 1/0. Lines end in `\n`,
//! which every reader of RFC 4180 accepts and line-based tools need. Rows stand in the order of the diary, so equal
//! diaries give equal bytes.
//!
//! Both shapes of `diary.json` name themselves. `diary_id` is the random name of the diary: an empty diary that takes the
//! export in is the same to a study afterwards. `"kind": "manifest"` has `counts` (rows a table), `files` (rows and
//! SHA-256 of each CSV file) and `beyond_csv`: a list a table, each entry with the key columns of the row it belongs to
//! (as text) and the columns the CSV file lacks. `"kind": "diary"` has `counts` and one list a table with every column
//! of [`crate::diary::record`]; unknown is `null`, yes/no is `true`/`false`, several words are a list.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::diary::cell::Cell;
use crate::diary::table::{DIARY_ID, EXPORT_SCHEMA, Half, MANIFEST};
use crate::diary::{Diary, Table, sha256};

/// Every file of the CSV export: name and content, `diary.json` last. `name` is the random name of the diary.
pub(crate) fn files(diary: &Diary, name: Option<&str>) -> Vec<(&'static str, String)> {
    let mut files: Vec<(&'static str, String)> = Table::ALL
        .into_iter()
        .filter_map(|table| Some((table.file()?, sheet(diary, table))))
        .collect();
    let manifest = manifest(diary, name, &files);
    files.push((MANIFEST, manifest));
    files
}

/// The names of the files of an export.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let tables = Table::ALL.into_iter().filter_map(Table::file);
    tables.chain([MANIFEST])
}

/// One table as the text of its CSV file.
fn sheet(diary: &Diary, table: Table) -> String {
    let columns: Vec<&str> = table.columns(Half::Csv).collect();
    let mut out = csv::WriterBuilder::new().from_writer(Vec::new());
    // Writing into memory fails only where a row has another number of columns than the header.
    let _ = out.write_record(&columns);
    diary.export(table, &mut |cells| {
        for cell in cells.iter().take(columns.len()) {
            let _ = out.write_field(cell.plain().as_bytes());
        }
        let _ = out.write_record(None::<&[u8]>);
    });
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// The manifest of CSV files already written out.
fn manifest(diary: &Diary, name: Option<&str>, files: &[(&'static str, String)]) -> String {
    let listed: Vec<String> = files
        .iter()
        .filter_map(|(name, content)| {
            let table = Table::ALL.into_iter().find(|t| t.file() == Some(*name))?;
            let rows = count(diary, table);
            let hash = sha256(content.as_bytes());
            Some(format!(
                "    \"{name}\": {{\"rows\": {rows}, \"sha256\": \"{hash}\"}}"
            ))
        })
        .collect();
    let head = head(diary, name, "manifest");
    let files = listed.join(",\n");
    let lists = lists(diary, "    ", beyond);
    format!("{head}  \"files\": {{\n{files}\n  }},\n  \"beyond_csv\": {{\n{lists}\n  }}\n}}\n")
}

/// The whole diary as one JSON file.
pub(crate) fn whole(diary: &Diary, name: Option<&str>) -> String {
    let lists = lists(diary, "  ", |table, cells| {
        line(columns(table).zip(cells.iter().cloned()).collect())
    });
    format!("{}{lists}\n}}\n", head(diary, name, "diary"))
}

fn head(diary: &Diary, name: Option<&str>, kind: &str) -> String {
    let counts: Vec<String> = Table::ALL
        .into_iter()
        .map(|table| format!("\"{}\": {}", table.exported(), count(diary, table)))
        .collect();
    let counts = counts.join(", ");
    let name = name.map_or_else(String::new, |id| format!("  \"{DIARY_ID}\": \"{id}\",\n"));
    format!(
        "{{\n  \"schema\": {EXPORT_SCHEMA},\n  \"kind\": \"{kind}\",\n{name}  \"counts\": {{{counts}}},\n"
    )
}

fn count(diary: &Diary, table: Table) -> usize {
    let mut rows = 0;
    diary.export(table, &mut |_| rows += 1);
    rows
}

/// One list a table, one row a line; `row` gives the text of a row, or nothing to leave it out.
fn lists(
    diary: &Diary,
    indent: &str,
    row: impl Fn(Table, &[Cell<'_>]) -> Option<String>,
) -> String {
    let list = |table: Table| {
        let mut rows = Vec::new();
        diary.export(table, &mut |cells| rows.extend(row(table, cells)));
        let name = table.exported();
        if rows.is_empty() {
            return format!("{indent}\"{name}\": []");
        }
        let between = format!(",\n{indent}  ");
        format!(
            "{indent}\"{name}\": [\n{indent}  {}\n{indent}]",
            rows.join(&between)
        )
    };
    Table::ALL.map(list).join(",\n")
}

/// Every column: those of the CSV file, then those beyond.
fn columns(table: Table) -> impl Iterator<Item = &'static str> {
    table.columns(Half::Csv).chain(table.columns(Half::Beyond))
}

/// What the CSV row lacks, with the key that finds it; nothing when the CSV row says it all.
fn beyond(table: Table, cells: &[Cell<'_>]) -> Option<String> {
    let cell = |name: &str| cells.get(columns(table).position(|column| column == name)?);
    let further = table
        .columns(Half::Beyond)
        .filter_map(|name| Some((name, cell(name).filter(|cell| !cell.is_empty())?.clone())));
    let key = table.layout().export_key.iter();
    let mut members: Vec<(&str, Cell<'_>)> = key
        .filter_map(|name| Some((*name, Cell::Text(cell(name)?.plain()))))
        .collect();
    let key = members.len();
    members.extend(further);
    (members.len() > key).then(|| line(members))?
}

/// One JSON object on one line, its members in the order given.
fn line(members: Vec<(&str, Cell<'_>)>) -> Option<String> {
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
    serde_json::to_string(&Members(members)).ok()
}
