//! One table as it came: a CSV file, or a list of `diary.json`; every flaw of the file itself is found here.

use std::collections::HashMap;

use csv::{ByteRecord, ReaderBuilder};

use crate::diary::Table;
use crate::diary::table::Half;
use crate::import::outcome::{CellError, ImportLog, shown};
use crate::import::row::{Extra, Place, Row};

/// The entries of `beyond_csv` of one table, found by the text of the key columns.
#[derive(Debug, Default)]
pub(super) struct Beyond {
    entries: HashMap<Vec<String>, Vec<Extra>>,
}

impl Beyond {
    pub(super) fn add(&mut self, key: Vec<String>, extra: Extra) {
        self.entries.entry(key).or_default().push(extra);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The next entry for this key; rows with the same key take theirs in order.
    fn take(&mut self, key: &[String]) -> Option<Extra> {
        let waiting = self.entries.get_mut(key)?;
        (!waiting.is_empty()).then(|| waiting.remove(0))
    }

    fn left(&self) -> usize {
        self.entries.values().map(Vec::len).sum()
    }
}

/// One table as it came.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    pub(super) table: Table,
    /// The file as messages name it.
    pub(super) file: String,
    /// Where each known column stands.
    columns: Vec<(&'static str, usize)>,
    width: usize,
    body: Body<'a>,
    /// Whether any cell may hold a NUL.
    nul: bool,
    beyond: Beyond,
}

#[derive(Debug)]
enum Body<'a> {
    /// The text of a CSV file.
    Csv(&'a [u8]),
    /// The entries of a JSON list.
    Entries(Vec<ByteRecord>),
}

impl<'a> Sheet<'a> {
    /// Opens a CSV file. A flaw of the whole file is logged and nothing is returned.
    pub(super) fn open(
        table: Table,
        file: &str,
        bytes: &'a [u8],
        beyond: Beyond,
        log: &mut ImportLog,
    ) -> Option<Sheet<'a>> {
        log.open(file);
        let bytes = match text_of(bytes) {
            Ok(bytes) => bytes,
            Err((line, reason)) => {
                log.refuse(file, line, CellError::row(reason));
                return None;
            }
        };
        let mut header = ByteRecord::new();
        match reader(bytes).read_byte_record(&mut header) {
            Ok(true) => {}
            Ok(false) => {
                log.warn(file, None, "the file is empty");
                return None;
            }
            Err(e) => {
                log.refuse(file, 1, CellError::row(e.to_string()));
                return None;
            }
        }
        let names: Vec<String> = header
            .iter()
            .map(|name| String::from_utf8_lossy(name).trim().to_ascii_lowercase())
            .collect();
        let columns = match known_columns(table, file, &names, log) {
            Ok(columns) => columns,
            Err(bad) => {
                log.refuse(file, 1, bad);
                return None;
            }
        };
        Some(Sheet {
            table,
            file: file.to_string(),
            columns,
            width: names.len(),
            body: Body::Csv(bytes),
            nul: bytes.contains(&0),
            beyond,
        })
    }

    /// A list of `diary.json`: each entry has the cells of `columns`, in that order.
    pub(super) fn of_entries(
        table: Table,
        file: String,
        columns: &[&'static str],
        entries: Vec<ByteRecord>,
    ) -> Sheet<'a> {
        Sheet {
            table,
            file,
            columns: columns.iter().enumerate().map(|(i, c)| (*c, i)).collect(),
            width: columns.len(),
            nul: entries.iter().any(|e| e.as_slice().contains(&0)),
            body: Body::Entries(entries),
            beyond: Beyond::default(),
        }
    }

    /// Calls `each` with every row that is whole; broken ones are logged.
    pub(super) fn rows(
        mut self,
        place: &Place,
        log: &mut ImportLog,
        mut each: impl FnMut(&Row<'_>, &mut ImportLog),
    ) {
        let body = std::mem::replace(&mut self.body, Body::Entries(Vec::new()));
        let mut beyond = std::mem::take(&mut self.beyond);
        match body {
            Body::Entries(entries) => {
                for (i, record) in entries.iter().enumerate() {
                    self.one(record, i as u64 + 1, &mut beyond, place, log, &mut each);
                }
            }
            Body::Csv(bytes) => {
                let mut reader = reader(bytes);
                let mut record = ByteRecord::new();
                let mut header = true;
                loop {
                    match reader.read_byte_record(&mut record) {
                        Ok(true) if std::mem::take(&mut header) => {}
                        Ok(true) => {
                            let line = record.position().map_or(0, csv::Position::line);
                            self.one(&record, line, &mut beyond, place, log, &mut each);
                        }
                        Ok(false) => break,
                        Err(e) => {
                            let line = e.position().map_or(0, csv::Position::line);
                            log.refuse(&self.file, line, CellError::row(e.to_string()));
                            break;
                        }
                    }
                }
            }
        }
        if beyond.left() > 0 {
            let text = format!(
                "diary.json adds something to {} row(s) that this file does not have; it was left out",
                beyond.left()
            );
            log.warn(&self.file, None, text);
        }
    }

    fn one(
        &self,
        record: &ByteRecord,
        line: u64,
        beyond: &mut Beyond,
        place: &Place,
        log: &mut ImportLog,
        each: &mut impl FnMut(&Row<'_>, &mut ImportLog),
    ) {
        // a line of blanks, or of commas alone, says nothing
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            return;
        }
        if record.len() != self.width {
            let reason = format!(
                "the row has {} values, the header names {}",
                record.len(),
                self.width
            );
            return log.refuse(&self.file, line, CellError::row(reason));
        }
        if self.nul
            && let Some(cell) = record.iter().find(|cell| cell.contains(&0))
        {
            let reason = format!(
                "'{}' holds a NUL character, which no diary text has",
                shown(&String::from_utf8_lossy(cell))
            );
            return log.refuse(&self.file, line, CellError::row(reason));
        }
        let mut row = Row {
            line,
            record,
            columns: &self.columns,
            place,
            extra: Vec::new(),
            cleaned: std::cell::Cell::new(false),
        };
        if !beyond.is_empty() {
            let key: Vec<String> = self
                .table
                .layout()
                .export_key
                .iter()
                .map(|c| row.raw(c).unwrap_or_default().to_string())
                .collect();
            row.extra = beyond.take(&key).unwrap_or_default();
        }
        each(&row, log);
        if row.cleaned.get() {
            let text =
                "line breaks in a text became spaces, other control characters were left out";
            log.warn(&self.file, Some(line), text);
        }
    }
}

fn reader(bytes: &[u8]) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes)
}

/// The bytes after a byte-order mark, if they are text a CSV reader can take; otherwise the line and what is wrong.
fn text_of(bytes: &[u8]) -> Result<&[u8], (u64, String)> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let reason = "the file is UTF-16; save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\")";
        return Err((1, reason.to_string()));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Err(e) = std::str::from_utf8(bytes) {
        let before = bytes.get(..e.valid_up_to()).unwrap_or_default();
        let byte = bytes.get(e.valid_up_to()).copied().unwrap_or_default();
        let reason = format!(
            "the file is not UTF-8 (byte 0x{byte:02x}); save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\")"
        );
        return Err((line_of(before), reason));
    }
    if let Some(at) = unclosed_quote(bytes) {
        let before = bytes.get(..at).unwrap_or_default();
        let reason = "a quotation mark is opened here and never closed".to_string();
        return Err((line_of(before), reason));
    }
    Ok(bytes)
}

fn line_of(before: &[u8]) -> u64 {
    before.iter().filter(|b| **b == b'\n').count() as u64 + 1
}

/// Where a quoted field begins that the file ends inside of. Without this a reader would swallow the rest of the file.
fn unclosed_quote(bytes: &[u8]) -> Option<usize> {
    if !bytes.contains(&b'"') {
        return None;
    }
    let mut open = None;
    let mut field_start = true;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (open, byte) {
            (None, b'"') if field_start => open = Some(at),
            (Some(_), b'"') if bytes.get(at + 1) == Some(&b'"') => at += 1,
            (Some(_), b'"') => open = None,
            _ => {}
        }
        field_start = open.is_none() && matches!(byte, b',' | b'\n' | b'\r');
        at += 1;
    }
    open
}

/// Where each known column stands. Unknown ones are named and left out.
fn known_columns(
    table: Table,
    file: &str,
    names: &[String],
    log: &mut ImportLog,
) -> Result<Vec<(&'static str, usize)>, CellError> {
    let mut columns: Vec<(&'static str, usize)> = Vec::new();
    let mut ignored = Vec::new();
    for (at, name) in names.iter().enumerate() {
        match table
            .columns(Half::Csv)
            .chain(table.columns(Half::Beyond))
            .find(|known| known == name)
        {
            Some(known) if columns.iter().any(|(seen, _)| *seen == known) => {
                let reason = format!("the header names the column '{known}' twice");
                return Err(CellError::row(reason));
            }
            Some(known) => columns.push((known, at)),
            None => ignored.push(shown(name)),
        }
    }
    let missing = table
        .needed()
        .find(|wanted| !columns.iter().any(|(seen, _)| seen == wanted));
    if let Some(missing) = missing {
        let found = shown(&names.join(","));
        let reason = if names.len() == 1 && found.contains([';', '\t']) {
            format!("the header '{found}' is not separated by commas; export with commas")
        } else {
            format!("the header '{found}' has no column '{missing}'")
        };
        return Err(CellError::row(reason));
    }
    if !ignored.is_empty() {
        let text = format!("column(s) not known and left out: {}", ignored.join(", "));
        log.warn(file, Some(1), text);
    }
    Ok(columns)
}
