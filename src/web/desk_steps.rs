//! Undo and redo by a form, which names the change it is about: a page that was open for long must not step over something
//! newer. The door holds it against the diary in the transaction of the step.

use crate::store::{Store, StoreError};
use crate::web::app::App;

/// The changes that the next undo and the next redo are about.
pub(crate) fn steps(app: &App) -> Result<(Option<i64>, Option<i64>), StoreError> {
    match Store::open_read(app.diary_path())? {
        Some(store) => Ok((store.next_undo()?, store.next_redo()?)),
        None => Ok((None, None)),
    }
}

/// The change a form names. One that names none is about no change, and changes are numbered from 1.
pub(crate) fn only(named: &str) -> &str {
    match named.parse::<u32>() {
        Ok(_) => named,
        Err(_) => "0",
    }
}
