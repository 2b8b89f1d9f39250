//! `cramp demo --cohort N`: made-up people whose links differ, to try `cramp cohort` on.

use std::path::Path;

use rayon::prelude::*;

use crate::cli::export::{cannot_write, make_folder, replace};
use crate::cli::failure::fail;
use crate::cli::import::put;
use crate::cli::{Failure, Invocation};
use crate::import::Changes;
use crate::import::demo::{TRUTH, cohort};
use crate::store::Store;
use crate::words::t;

/// Writes `people` people of `nights` nights each into a folder: a diary each, or with `tables` the tables of a study.
pub(super) fn write(
    call: &mut Invocation<'_>,
    folder: &Path,
    people: usize,
    nights: i64,
    tables: bool,
) -> Result<(), Failure> {
    if std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(fail!(Cannot, "demo-occupied", folder = folder.display()));
    }
    make_folder(folder)?;
    save(
        &folder.join(TRUTH),
        &cohort::truth(call.seed, people, nights),
    )?;
    let (seed, now) = (call.seed, call.now.clone());
    let one = |number: usize| {
        let made = cohort::person((seed, number), nights, now.utc, &now.zone);
        if tables {
            let place = folder.join(format!("{number:06}"));
            make_folder(&place)?;
            let mut tables = cohort::tables(&made.diary).into_iter();
            return tables.try_for_each(|(name, text)| save(&place.join(name), &text));
        }
        let mut store = Store::open(&folder.join(format!("{number:06}.sqlite")), now.utc)?;
        store.write(now.utc, "demo", |w| {
            put(w, Changes::from(made.diary), |_, _| Ok(()))
        })
    };
    let bar = |bar: &str, done: usize, all: usize| t!(cli, "demo-people", bar, done, all);
    call.watch_steps(t!(cli, "demo-making"), people, bar, |progress| {
        (1..=people).into_par_iter().try_for_each(|number| {
            let made = one(number);
            progress();
            made
        })
    })?;
    if call.json {
        let folder = folder.display().to_string();
        return call.print_json(&serde_json::json!({
            "schema": 1, "kind": "demo-cohort", "people": people, "nights": nights, "folder": folder,
        }));
    }
    call.print(&t!(
        cli,
        "demo-cohort-written",
        people,
        folder = folder.display()
    ))
}

fn save(path: &Path, text: &str) -> Result<(), Failure> {
    replace(path, text.as_bytes()).map_err(|e| cannot_write(path, &e))
}
