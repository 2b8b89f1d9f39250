//! How the change journal writes rows: a compact sequence of "this row, before and after".
//!
//! Each entry is the number of its table, a byte that says which of before (1) and after (2) follow, and those rows.
//! A row is its number of columns and then each column: 0 NULL, 1 whole number (zigzag varint), 2 real number (8 bytes,
//! big end first), 3 text (length, bytes), 4 the same as this column in the row of this table written last.
//! A row shorter than its table is one written by an older version; the missing columns were not there: NULL.

use rusqlite::types::{Value, ValueRef};

use crate::diary::Table;
use crate::store::error::StoreError;

/// A row as the journal keeps it.
pub(crate) type Image = Vec<Value>;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Touched {
    pub(crate) table: Table,
    pub(crate) before: Option<Image>,
    pub(crate) after: Option<Image>,
}

impl Touched {
    /// The key columns, from whichever image there is.
    pub(crate) fn key(&self) -> &[Value] {
        let image = self.after.as_ref().or(self.before.as_ref());
        image
            .and_then(|i| i.get(..self.table.layout().key))
            .unwrap_or_default()
    }

    /// One of its images with the columns that came later.
    pub(crate) fn full(&self, image: Option<&Image>) -> Option<Image> {
        let mut image = image?.clone();
        image.resize(self.table.layout().columns.len(), Value::Null);
        Some(image)
    }
}

/// No row: it was not there before, or is not there after.
pub(crate) const NOTHING: Option<std::iter::Empty<ValueRef<'static>>> = None;

/// Writes entries one after another.
#[derive(Default)]
pub(crate) struct Encoder {
    bytes: Vec<u8>,
    last: [Image; Table::ALL.len()],
}

impl Encoder {
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The entries since the last piece was taken.
    pub(crate) fn touched(&self) -> Result<Vec<Touched>, StoreError> {
        decode(&self.bytes)
    }

    /// What was written so far; the next entry starts afresh, so each piece can be read by itself.
    pub(crate) fn take(&mut self) -> Vec<u8> {
        self.last = Default::default();
        std::mem::take(&mut self.bytes)
    }

    pub(crate) fn push<'a>(
        &mut self,
        table: Table,
        before: Option<impl Iterator<Item = ValueRef<'a>>>,
        after: Option<impl Iterator<Item = ValueRef<'a>>>,
    ) {
        self.bytes.push(table.number());
        self.bytes
            .push(u8::from(before.is_some()) | u8::from(after.is_some()) << 1);
        if let Some(row) = before {
            self.row(table, row);
        }
        if let Some(row) = after {
            self.row(table, row);
        }
    }

    pub(crate) fn push_touched(&mut self, touched: &Touched) {
        let before = touched.before.as_ref();
        let after = touched.after.as_ref();
        self.push(
            touched.table,
            before.map(|i| i.iter().map(ValueRef::from)),
            after.map(|i| i.iter().map(ValueRef::from)),
        );
    }

    fn row<'a>(&mut self, table: Table, row: impl Iterator<Item = ValueRef<'a>>) {
        let Encoder { bytes, last, .. } = self;
        let last = &mut last[table as usize];
        let columns = table.layout().columns.len();
        varint(bytes, columns as u64);
        last.resize(columns, Value::Null);
        let row = row.chain(std::iter::repeat(ValueRef::Null));
        for (cell, last) in row.zip(last.iter_mut()) {
            match cell {
                ValueRef::Null => bytes.push(0),
                cell if same(cell, last) => bytes.push(4),
                ValueRef::Integer(i) => {
                    bytes.push(1);
                    varint(bytes, (i << 1 ^ i >> 63).cast_unsigned());
                }
                ValueRef::Real(r) => {
                    bytes.push(2);
                    bytes.extend(r.to_bits().to_be_bytes());
                }
                ValueRef::Text(t) | ValueRef::Blob(t) => {
                    bytes.push(3);
                    varint(bytes, t.len() as u64);
                    bytes.extend(t);
                }
            }
            remember(last, cell);
        }
    }
}

fn same(cell: ValueRef<'_>, last: &Value) -> bool {
    match (cell, last) {
        (ValueRef::Integer(a), Value::Integer(b)) => a == *b,
        (ValueRef::Real(a), Value::Real(b)) => a.to_bits() == b.to_bits(),
        (ValueRef::Text(a), Value::Text(b)) => a == b.as_bytes(),
        _ => false,
    }
}

/// Keeps the buffer of a text column, which changes on every row of an import.
fn remember(last: &mut Value, cell: ValueRef<'_>) {
    if let (Value::Text(kept), ValueRef::Text(new)) = (&mut *last, cell)
        && let Ok(new) = std::str::from_utf8(new)
    {
        if kept != new {
            kept.clear();
            kept.push_str(new);
        }
        return;
    }
    *last = match cell {
        ValueRef::Text(t) | ValueRef::Blob(t) => {
            Value::Text(String::from_utf8_lossy(t).into_owned())
        }
        ValueRef::Integer(i) => Value::Integer(i),
        ValueRef::Real(r) => Value::Real(r),
        ValueRef::Null => Value::Null,
    };
}

fn varint(bytes: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        bytes.push((n as u8) | 0x80);
        n >>= 7;
    }
    bytes.push(n as u8);
}

/// Reads what [`Encoder`] wrote; anything else is damage.
pub(crate) fn decode(bytes: &[u8]) -> Result<Vec<Touched>, StoreError> {
    let mut reader = Decoder {
        bytes,
        last: Default::default(),
    };
    let mut entries = Vec::new();
    while !reader.bytes.is_empty() {
        entries.push(reader.entry().ok_or_else(|| {
            StoreError::Damaged("an entry of the change journal cannot be read".to_string())
        })?);
    }
    Ok(entries)
}

struct Decoder<'a> {
    bytes: &'a [u8],
    last: [Image; Table::ALL.len()],
}

impl Decoder<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn take(&mut self, n: usize) -> Option<&[u8]> {
        let (head, rest) = self.bytes.split_at_checked(n)?;
        self.bytes = rest;
        Some(head)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut n = 0_u64;
        for shift in (0..70).step_by(7) {
            let byte = self.byte()?;
            n |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(n);
            }
        }
        None
    }

    fn entry(&mut self) -> Option<Touched> {
        let table = Table::from_number(self.byte()?)?;
        let which = self.byte()?;
        if which == 0 || which > 3 {
            return None;
        }
        let mut row = |bit: u8| match which & bit {
            0 => Some(None),
            _ => self.row(table).map(Some),
        };
        Some(Touched {
            table,
            before: row(1)?,
            after: row(2)?,
        })
    }

    fn row(&mut self, table: Table) -> Option<Image> {
        let columns = usize::try_from(self.varint()?).ok()?;
        if columns > table.layout().columns.len() || columns < table.layout().key {
            return None;
        }
        let mut row = Vec::with_capacity(columns);
        for place in 0..columns {
            row.push(match self.byte()? {
                0 => Value::Null,
                1 => {
                    let n = self.varint()?;
                    Value::Integer((n >> 1).cast_signed() ^ -((n & 1).cast_signed()))
                }
                2 => Value::Real(f64::from_be_bytes(self.take(8)?.try_into().ok()?)),
                3 => {
                    let length = usize::try_from(self.varint()?).ok()?;
                    Value::Text(String::from_utf8(self.take(length)?.to_vec()).ok()?)
                }
                4 => self.last.get(table as usize)?.get(place)?.clone(),
                _ => return None,
            });
        }
        let last = self.last.get_mut(table as usize)?;
        last.clone_from(&row);
        Some(row)
    }
}
