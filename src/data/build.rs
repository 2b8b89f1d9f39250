//! The build script: reads the tables of knowledge, checks every entry and writes the compact form the program embeds.
//!
//! A mistake (an unknown word, a bad number, a missing review) stops the build with the file and the entry named. To add a
//! table: see the head of `mod.rs`.
#![allow(
    dead_code,
    clippy::print_stdout,
    reason = "cargo reads the output; what only the program uses is not used here"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "cargo tells a build script where it is by the environment"
)]

use std::error::Error;
use std::path::{Path, PathBuf};

mod clauses;
mod entries;
mod language;
mod read_entries;
mod read_lexicon;
mod read_rules;
mod rule;
mod vocabulary;
mod word;

/// The files shared with the program name each other as it does.
mod data {
    pub(crate) use crate::{clauses, entries, language, rule, vocabulary, word};
}

/// Where the tables stand and where their compact forms go.
struct Place {
    tables: PathBuf,
    out: PathBuf,
}

impl Place {
    /// Writes a table that reads back as it is: at run time nothing can be done about one that does not.
    fn write<T>(&self, table: &str, rows: &T) -> Result<(), Box<dyn Error>>
    where
        T: serde::Serialize + serde::Deserialize<'static>,
    {
        let bytes: &'static [u8] = postcard::to_allocvec(rows)?.leak();
        let back: T = postcard::from_bytes(bytes).map_err(|why| format!("{table}: {why}"))?;
        if postcard::to_allocvec(&back)? != bytes {
            return Err(format!("{table}: it does not read back as it was written").into());
        }
        Ok(std::fs::write(
            self.out.join(table).with_extension("bin"),
            bytes,
        )?)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=src/data");
    let place = Place {
        tables: Path::new(&std::env::var("CARGO_MANIFEST_DIR")?).join("src/data"),
        out: PathBuf::from(std::env::var("OUT_DIR")?),
    };
    let mut problems = Vec::new();

    let rules = read_rules::read(&place.tables.join("rules"), &mut problems);
    place.write("rules", &rules)?;
    match read_entries::embed(&place) {
        Ok(known) => {
            for list in [&rules.rules, &rules.trials] {
                problems.extend(read_rules::unknown_sources(list, &known));
            }
        }
        Err(problem) => problems.push(problem.to_string()),
    }

    for table in ["lexicon", "naming"] {
        let file = place.tables.join(table).with_extension("toml");
        let senses = read_lexicon::read(&file, &mut problems);
        place.write(table, &senses)?;
    }

    for problem in &problems {
        for line in problem.lines() {
            println!("cargo::error={line}");
        }
    }
    Ok(())
}
