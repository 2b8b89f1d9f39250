//! The random name of a diary. It says nothing about anybody; what is handed out is named by what is derived from it, so
//! that the same diary is the same person to a study, and another one to another study.

use rusqlite::{Connection, OptionalExtension, params};

use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::write::Writer;

/// Its letters: 128 bits, hexadecimal.
const LETTERS: usize = 32;

impl Store {
    /// The name of this diary; `None` where an older file is read that has none yet. Opening it for writing gives it one.
    pub(crate) fn diary_id(&self) -> Result<Option<String>, StoreError> {
        name(&self.conn)
    }
}

impl Writer<'_> {
    /// Takes over the name of the diary that is brought in, if nothing was ever written into this one; says whether.
    pub(crate) fn take_diary_id(&mut self, id: &str) -> Result<bool, StoreError> {
        let is_name = id.len() == LETTERS && id.bytes().all(|b| b.is_ascii_hexdigit());
        if !is_name || self.has_history()? {
            return Ok(false);
        }
        let taken = self
            .conn()
            .prepare_cached("UPDATE identity SET diary = ?1")?
            .execute(params![id.to_ascii_lowercase()])?;
        Ok(taken == 1)
    }
}

fn name(conn: &Connection) -> Result<Option<String>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT diary FROM identity")?;
    Ok(statement.query_row([], |row| row.get(0)).optional()?)
}
