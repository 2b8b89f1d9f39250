//! Knowledge as reviewed tables: data files that the build script checks and embeds in a compact form.
//!
//! How to add a table:
//! 1. the entries as TOML or CSV in this folder, one reviewable entry each;
//! 2. the shape of an entry in a file of its own beside `rule.rs`, with `Serialize` and `Deserialize` and text as
//!    `&'static str` (it is borrowed from the embedded bytes); it may use `vocabulary` and other shapes, nothing else;
//! 3. a file `read_…` that reads and checks the entries, named with the shape in `build.rs`, and there one call of `write`;
//! 4. here one function that decodes the table when it is first asked for. Start-up reads none of them.

#[cfg(test)]
pub(crate) mod clauses;
mod entries;
#[cfg(test)]
pub(crate) mod language;
pub(crate) mod rule;
pub(crate) mod tables;
pub(crate) mod vocabulary;
pub(crate) mod word;

use std::sync::OnceLock;

use serde::Deserialize;

use crate::data::rule::RuleBook;

pub(crate) use tables::{
    actions, claims, conditions, documents, factors, facts, fields, follow, literature, medicines,
    nutrients, symptoms,
};

/// An embedded table. The build script wrote the bytes from the same type, and stops unless they read back as they were.
fn decode<T: Default + Deserialize<'static>>(bytes: &'static [u8]) -> T {
    postcard::from_bytes(bytes).unwrap_or_default()
}

/// The rules, the questions that settle them, and the claims that are none.
pub(crate) fn rule_book() -> &'static RuleBook {
    static BOOK: OnceLock<RuleBook> = OnceLock::new();
    BOOK.get_or_init(|| decode(include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin"))))
}

/// What everyday words mean.
pub(crate) fn lexicon() -> &'static [word::Sense] {
    static LEXICON: OnceLock<Vec<word::Sense>> = OnceLock::new();
    LEXICON.get_or_init(|| decode(include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"))))
}

/// The words round names of symptoms, conditions, medicines and measures.
pub(crate) fn naming() -> &'static [word::Sense] {
    static NAMING: OnceLock<Vec<word::Sense>> = OnceLock::new();
    NAMING.get_or_init(|| decode(include_bytes!(concat!(env!("OUT_DIR"), "/naming.bin"))))
}
