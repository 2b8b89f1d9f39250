//! A CSV file of another program, row by row, its columns found by name.

use csv::{ByteRecord, ReaderBuilder};

use crate::import::gathered::Gathered;
use crate::import::given::{FileKind, Given};
use crate::import::wanted::Stop;

/// A row with the names of its columns.
pub(crate) struct NamedRow<'r> {
    pub(crate) line: u64,
    names: &'r [String],
    cells: Vec<&'r str>,
}

impl<'r> NamedRow<'r> {
    /// The trimmed text of a column; empty where the row or the file has none.
    pub(crate) fn get(&self, column: &str) -> &'r str {
        let at = self.names.iter().position(|name| name == column);
        at.and_then(|at| self.cells.get(at))
            .copied()
            .unwrap_or_default()
    }

    /// Whether nothing stands in it.
    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.is_empty())
    }
}

/// The names of the header, as far as the first bytes of a file show them.
pub(crate) fn names(given: &Given) -> Vec<String> {
    if given.kind != FileKind::Text {
        return Vec::new();
    }
    let head = given.head();
    let first = head.lines().next().unwrap_or_default();
    let mut rows = ReaderBuilder::new()
        .delimiter(delimiter(first))
        .has_headers(false)
        .from_reader(first.as_bytes());
    let record = rows.records().next().and_then(Result::ok);
    let names = record.iter().flatten().map(|name| name.trim().to_string());
    names.collect()
}

/// Reads every row that is not blank; the first is the header.
///
/// # Errors
/// A column of `needed` is not there, the file cannot be read, or `each` stops.
pub(crate) fn each_row(
    given: &Given,
    needed: &[&str],
    out: &mut Gathered<'_>,
    mut each: impl FnMut(&NamedRow<'_>, &mut Gathered<'_>) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let names = names(given);
    if let Some(missing) = needed.iter().find(|name| !names.iter().any(|n| n == *name)) {
        let found = names.join(", ");
        return Err(Stop::new(format!(
            "no column is called {missing}; there are {found}"
        )));
    }
    let head = given.head().lines().next().unwrap_or_default().to_string();
    given.stream(|from| {
        let mut rows = ReaderBuilder::new()
            .delimiter(delimiter(&head))
            .has_headers(true)
            .flexible(true)
            .from_reader(from);
        let mut record = ByteRecord::new();
        loop {
            let read = rows.read_byte_record(&mut record);
            if !read.map_err(|error| Stop::new(error.to_string()))? {
                return Ok(());
            }
            let cells = record.iter();
            let row = NamedRow {
                line: record.position().map_or(0, csv::Position::line),
                names: &names,
                cells: cells
                    .map(|cell| std::str::from_utf8(cell).unwrap_or("\u{fffd}").trim())
                    .collect(),
            };
            if !row.is_blank() {
                out.rows += 1;
                each(&row, out)?;
            }
        }
    })
}

/// What separates the cells of a header: the most frequent of comma, semicolon and tab.
fn delimiter(header: &str) -> u8 {
    let count = |mark: &u8| header.bytes().filter(|byte| byte == mark).count();
    // the comma wins a tie, as the last of equals does
    b"\t;,".iter().copied().max_by_key(count).unwrap_or(b',')
}
