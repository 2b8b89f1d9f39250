//! The diary as CSV files: UTF-8, RFC 4180 quoting, a header row, empty for unknown, ISO dates, yes/no as 1/0.
//!
//! Lines end in `\n`, which every reader of RFC 4180 accepts and line-based tools need. Rows stand in the order of
//! the diary, so equal diaries give equal bytes.

use crate::diary::Diary;
use crate::diary::Table;
use crate::diary::table::{Half, MANIFEST};
use crate::render::export_json::manifest;

/// Every file of the CSV export: name and content, `diary.json` last.
pub(crate) fn files(diary: &Diary) -> Vec<(&'static str, String)> {
    let mut files: Vec<(&'static str, String)> = Table::ALL
        .into_iter()
        .filter_map(|table| Some((table.file()?, sheet(diary, table))))
        .collect();
    let manifest = manifest(diary, &files);
    files.push((MANIFEST, manifest));
    files
}

/// One table as the text of its CSV file.
pub(crate) fn sheet(diary: &Diary, table: Table) -> String {
    let columns: Vec<&str> = table.columns(Half::Csv).collect();
    let mut out = columns.join(",");
    out.push('\n');
    diary.export(table, &mut |cells| {
        for (i, cell) in cells.iter().take(columns.len()).enumerate() {
            if i > 0 {
                out.push(',');
            }
            push_field(&mut out, &cell.plain());
        }
        out.push('\n');
    });
    out
}

/// Appends a field, quoted when it holds a comma, a quotation mark or a line break.
fn push_field(out: &mut String, field: &str) {
    if !field.contains([',', '"', '\n', '\r']) {
        out.push_str(field);
        return;
    }
    out.push('"');
    out.push_str(&field.replace('"', "\"\""));
    out.push('"');
}
