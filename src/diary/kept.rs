//! What every kind of record has in common, and the macro that declares one.
//!
//! # How to add a field
//! 1. Add its line to the record in `record.rs`: `severity: Option<u8> => csv(),`. At the end of the record, because
//!    rows of older journals end where the record ended then. The type must implement
//!    [`Column`](crate::diary::column::Column), and the builder after `=>` says what differs from the ordinary: `csv()`
//!    is a column of the CSV file, `beyond()` one of `diary.json` only; `.named("type")` another name in files,
//!    `.sql(&["from_night"])` other columns in the database, `.limit(…)` what a file may say. `[needed]` before the
//!    name marks what a file cannot do without, `= value` what it is before anything is known.
//! 2. Add the column to `schema.sql` and to the steps in `store/steps/`.
//! 3. Where a person can type it: its entry in `src/data/fields.toml` and its line in `set`. Where it is shown: its
//!    sentence.
//!
//! Rows of the database, their checksums, the change journal, CSV files, `diary.json`, the import with its errors and
//! merging all follow from that one line.

use crate::diary::cell::Cells;
use crate::diary::cell::{Cell, OddRow, StoredRow};
use crate::diary::table::{Half, Layout};

/// A record of one kind.
pub(crate) trait Kept: Sized + Clone + PartialEq {
    /// What a row of a file says about it.
    type Draft: std::fmt::Debug + Clone + PartialEq;

    /// How its kind is written down.
    fn layout() -> &'static Layout;
    /// Adds its columns of the database to `row`.
    fn write<'a>(&'a self, row: &mut Vec<Cell<'a>>);
    /// Reads it back, refusing whatever this program would not have written.
    fn read(row: &mut StoredRow<'_>) -> Result<Self, OddRow>;
    /// Adds its columns in one half of an export to `row`.
    fn export<'a>(&'a self, half: Half, row: &mut Vec<Cell<'a>>);
    /// Reads a row of a file; the first cell that cannot be taken is refused.
    fn import<C: Cells>(cells: &C) -> Result<Self::Draft, C::Error>;
    /// Takes over what a row of a file says; what it does not say stays.
    fn amend(&mut self, draft: &Self::Draft);
    /// How many cells that may be empty say something.
    fn known(draft: &Self::Draft) -> usize;
}

/// Declares a kind of record: the struct, its draft, and a line a field that says how it is written down.
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        $name:ident, $draft:ident, $layout:expr, blank($($arg:ident: $arg_type:ty),*) => {
            $(
                $(#[doc = $field_doc:literal])*
                $(#[serde($($serde:tt)*)])?
                $([$needed:ident])? $field:ident: $type:ty $(= $default:expr)? => $column:expr
            ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        pub(crate) struct $name {
            $(
                $(#[doc = $field_doc])*
                $(#[serde($($serde)*)])?
                pub(crate) $field: $type
            ),*
        }

        /// What a row of a file says; `None` is a cell that says nothing.
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) struct $draft {
            $(pub(crate) $field: record!(@given $([$needed])? $type)),*
        }

        impl $name {
            const FIELDS: [$crate::diary::table::Field; [$(stringify!($field)),*].len()] = [
                $($column.of(
                    stringify!($field),
                    &[stringify!($field)],
                    record!(@is_needed $([$needed])?),
                    <$type as $crate::diary::column::Column>::REAL,
                )),*
            ];

            // what a record cannot do without is as much as it is
            #[allow(clippy::too_many_arguments)]
            pub(crate) fn blank($($arg: $arg_type),*) -> Self {
                $name { $($field: record!(@default $($default)?)),* }
            }
        }

        impl $crate::diary::kept::Kept for $name {
            type Draft = $draft;

            fn layout() -> &'static $crate::diary::table::Layout {
                use $crate::diary::table::{Layout, columns, width};
                static OWN: Layout = Layout {
                    fields: &$name::FIELDS,
                    columns: &columns::<{ width(&$name::FIELDS) }>(&$name::FIELDS),
                    ..$layout
                };
                &OWN
            }

            fn write<'a>(&'a self, row: &mut Vec<$crate::diary::cell::Cell<'a>>) {
                $($crate::diary::column::Column::write(&self.$field, row);)*
            }

            fn read(
                row: &mut $crate::diary::cell::StoredRow<'_>,
            ) -> Result<Self, $crate::diary::cell::OddRow> {
                Ok($name { $($field: $crate::diary::column::Column::read(row)?),* })
            }

            fn export<'a>(
                &'a self,
                half: $crate::diary::table::Half,
                row: &mut Vec<$crate::diary::cell::Cell<'a>>,
            ) {
                let [$($field),*] = &Self::FIELDS;
                $($crate::diary::column::Column::export(Some(&self.$field), $field, half, row);)*
            }

            fn import<C: $crate::diary::cell::Cells>(cells: &C) -> Result<$draft, C::Error> {
                let [$($field),*] = &Self::FIELDS;
                Ok($draft { $($field: record!(@import $([$needed])? $type, cells, $field)),* })
            }

            fn amend(&mut self, draft: &$draft) {
                use $crate::diary::column::Column;
                $(record!(@amend $([$needed])? self.$field, draft.$field);)*
            }

            fn known(draft: &$draft) -> usize {
                0 $(+ record!(@known $([$needed])? draft.$field))*
            }
        }
    };

    (@given [needed] $type:ty) => { <$type as $crate::diary::column::Column>::Given };
    (@given $type:ty) => { Option<<$type as $crate::diary::column::Column>::Given> };
    (@is_needed [needed]) => { true };
    (@is_needed) => { false };
    (@default) => { Default::default() };
    (@default $default:expr) => { $default };
    (@import [needed] $type:ty, $cells:ident, $field:ident) => {
        <$type as $crate::diary::column::Column>::import($cells, $field)?
            .ok_or_else(|| $cells.missing($field.name))?
    };
    (@import $type:ty, $cells:ident, $field:ident) => {
        <$type as $crate::diary::column::Column>::import($cells, $field)?
    };
    (@amend [needed] $kept:expr, $given:expr) => { $kept.amend(&$given) };
    (@amend $kept:expr, $given:expr) => {
        if let Some(given) = &$given {
            $kept.amend(given);
        }
    };
    (@known [needed] $given:expr) => { 0 };
    (@known $given:expr) => { usize::from($given.is_some()) };
}
pub(crate) use record;
