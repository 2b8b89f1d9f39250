//! Reading the pages of a database file without the database, for files it no longer understands.
//!
//! The layout is that of <https://www.sqlite.org/fileformat2.html>. Nothing here trusts what it reads: a cell that does
//! not make sense is skipped, and whoever takes a row from here holds it to its checksum.

use rusqlite::types::Value;

/// A row as it stood on a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RawRow {
    /// Its row number, where its table has them.
    pub(crate) rowid: Option<i64>,
    /// Its columns, as stored.
    pub(crate) values: Vec<Value>,
}

/// The bytes of a database file, seen as pages.
pub(crate) struct Pages<'a> {
    bytes: &'a [u8],
    size: usize,
    usable: usize,
}

/// What a page holds, by its first byte.
const INTERIOR_INDEX: u8 = 0x02;
const INTERIOR_TABLE: u8 = 0x05;
const LEAF_INDEX: u8 = 0x0a;
const LEAF_TABLE: u8 = 0x0d;

impl<'a> Pages<'a> {
    /// The page size stands in the header; where that is broken, it is the usual one.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        let stated = match bytes.get(16..18) {
            Some([0, 1]) => 65_536,
            Some(&[a, b]) => usize::from(u16::from_be_bytes([a, b])),
            _ => 0,
        };
        let sensible = stated.is_power_of_two() && (512..=65_536).contains(&stated);
        let size = if sensible && bytes.starts_with(b"SQLite format 3\0") {
            stated
        } else {
            4_096
        };
        let reserved = match bytes.get(20) {
            Some(&n) if size > 512 && sensible => usize::from(n),
            _ => 0,
        };
        // The format allows no more to be reserved than leaves 480 bytes.
        let usable = if size - reserved >= 480 {
            size - reserved
        } else {
            size
        };
        Pages {
            bytes,
            size,
            usable,
        }
    }

    /// How many pages there are, a cut one included.
    pub(crate) fn count(&self) -> usize {
        self.bytes.len().div_ceil(self.size)
    }

    /// The page with this number, counted from 1.
    fn page(&self, number: usize) -> Option<&'a [u8]> {
        let start = number.checked_sub(1)?.checked_mul(self.size)?;
        self.bytes
            .get(start..(start + self.size).min(self.bytes.len()))
    }

    /// Whether a page looks like none this program writes.
    pub(crate) fn is_unreadable(&self, number: usize) -> bool {
        let Some(page) = self.page(number) else {
            return true;
        };
        let start = if number == 1 { 100 } else { 0 };
        page.len() < self.size
            || (page.get(start).is_none_or(|kind| {
                ![INTERIOR_INDEX, INTERIOR_TABLE, LEAF_INDEX, LEAF_TABLE, 0].contains(kind)
            }) && self.cells(number).is_none())
    }

    /// Every row on a page that can be read at all.
    pub(crate) fn rows(&self, number: usize) -> Vec<RawRow> {
        let cells = self.cells(number).unwrap_or_default();
        cells
            .into_iter()
            .filter_map(|at| self.row(number, at))
            .collect()
    }

    /// Where the cells of a page start. `None` when it holds no rows.
    fn cells(&self, number: usize) -> Option<Vec<usize>> {
        let page = self.page(number)?;
        let start = if number == 1 { 100 } else { 0 };
        let array = start
            + match page.get(start)? {
                &LEAF_INDEX | &LEAF_TABLE => 8,
                &INTERIOR_INDEX => 12,
                _ => return None,
            };
        let count = usize::from(short(page, start + 3)?);
        let places = (0..count.min(self.size / 4)).map_while(|i| short(page, array + 2 * i));
        Some(places.map(usize::from).collect())
    }

    fn row(&self, number: usize, at: usize) -> Option<RawRow> {
        let page = self.page(number)?;
        let kind = *page.get(if number == 1 { 100 } else { 0 })?;
        let mut rest = page.get(at..)?;
        if kind == INTERIOR_INDEX {
            rest = rest.get(4..)?;
        }
        let length = usize::try_from(varint(&mut rest)?).ok()?;
        let rowid = match kind {
            LEAF_TABLE => Some(varint(&mut rest)?.cast_signed()),
            _ => None,
        };
        let payload = self.payload(rest, length, kind)?;
        Some(RawRow {
            rowid,
            values: record(&payload)?,
        })
    }

    /// The payload of a cell, with what spilled over to other pages.
    fn payload(&self, rest: &[u8], length: usize, kind: u8) -> Option<Vec<u8>> {
        let usable = self.usable;
        let most = match kind {
            LEAF_TABLE => usable - 35,
            _ => (usable - 12) * 64 / 255 - 23,
        };
        if length <= most {
            return rest.get(..length).map(<[u8]>::to_vec);
        }
        if length > self.bytes.len() {
            return None;
        }
        let least = (usable - 12) * 32 / 255 - 23;
        let wanted = least + (length - least) % (usable - 4);
        let local = if wanted <= most { wanted } else { least };
        let mut payload = rest.get(..local)?.to_vec();
        let mut next = long(rest, local)?;
        while payload.len() < length {
            // A chain longer than the payload needs cannot happen: each page adds to it.
            let page = self.page(usize::try_from(next).ok()?)?;
            next = long(page, 0)?;
            let missing = length - payload.len();
            payload.extend(page.get(4..4 + missing.min(usable - 4))?);
        }
        Some(payload)
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// Seven bits a byte, the highest first; the ninth byte counts whole.
fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut n = 0_u64;
    for place in 0..9 {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        if place == 8 {
            return Some(n << 8 | u64::from(byte));
        }
        n = n << 7 | u64::from(byte & 0x7f);
        if byte < 0x80 {
            break;
        }
    }
    Some(n)
}

fn record(payload: &[u8]) -> Option<Vec<Value>> {
    let mut rest = payload;
    let head = usize::try_from(varint(&mut rest)?).ok()?;
    let read = payload.len() - rest.len();
    let mut types = rest.get(..head.checked_sub(read)?)?;
    let mut body = payload.get(head..)?;
    let mut values = Vec::new();
    while !types.is_empty() {
        let kind = varint(&mut types)?;
        let length = match kind {
            0 | 8 | 9 => 0,
            1..=4 => kind,
            5 => 6,
            6 | 7 => 8,
            10 | 11 => return None,
            _ => (kind - 12) / 2,
        };
        let (bytes, after) = body.split_at_checked(usize::try_from(length).ok()?)?;
        body = after;
        values.push(match kind {
            0 => Value::Null,
            8 => Value::Integer(0),
            9 => Value::Integer(1),
            7 => Value::Real(f64::from_be_bytes(bytes.try_into().ok()?)),
            1..=6 => {
                let negative = bytes.first().is_some_and(|b| *b >= 0x80);
                let start = if negative { -1_i64 } else { 0 };
                Value::Integer(bytes.iter().fold(start, |n, b| n << 8 | i64::from(*b)))
            }
            _ if kind % 2 == 0 => Value::Blob(bytes.to_vec()),
            _ => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
        });
    }
    Some(values)
}
