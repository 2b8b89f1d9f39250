//! The check of the change journal: every entry can be read, and together they lead to the rows that are there.

use std::collections::HashSet;

use rusqlite::Connection;
use rusqlite::types::{Value, ValueRef};

use crate::store::check::{Findings, Grade};
use crate::store::check_rows;
use crate::store::error::StoreError;
use crate::store::image::{Touched, decode};
use crate::store::journal::{self, key_of};
use crate::store::read;
use crate::store::row::checksum;
use crate::store::tally::part_sum;

/// Checks the journal and what it says about the tables.
pub(super) fn all(conn: &Connection, findings: &mut Findings) {
    if let Err(error) = check_rows::tallies(conn) {
        findings.damage("tally", &error);
    }
    let ids = match journal::ids(conn) {
        Ok(ids) => ids,
        Err(error) => return findings.damage("journal", &error),
    };
    let before = findings.findings.len();
    let mut walk = Walk::default();
    // From the newest change back: the first word about a row is the one that holds.
    for id in ids.iter().rev() {
        if let Err(error) = walk.change(conn, *id, findings) {
            findings.damage(format_args!("journal {id}"), &error);
        }
    }
    let largest = ids.last().copied().unwrap_or(0);
    let count = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    findings.rows.insert("change", count);
    findings.rows.insert("change_part", walk.parts);
    check_rows::compare(conn, "change", count, walk.total, largest, findings);
    check_rows::compare(
        conn,
        "change_part",
        walk.parts,
        walk.part_total,
        0,
        findings,
    );
    let there: i64 = findings
        .rows
        .iter()
        .filter(|(name, _)| !name.starts_with("change"))
        .map(|(_, rows)| rows)
        .sum();
    if findings.findings.len() == before && walk.living != there {
        findings.add(
            Grade::Damage,
            "journal",
            format_args!("it leads to {} rows, {there} are there", walk.living),
        );
    }
}

/// What was met on the way back through the journal.
#[derive(Default)]
struct Walk {
    seen: HashSet<i64>,
    living: i64,
    total: i64,
    parts: i64,
    part_total: i64,
}

impl Walk {
    fn change(
        &mut self,
        conn: &Connection,
        id: i64,
        findings: &mut Findings,
    ) -> Result<(), StoreError> {
        let missing = || StoreError::Damaged(format!("change {id} vanished"));
        let head = journal::head(conn, id)?.ok_or_else(missing)?;
        self.total = self.total.wrapping_add(head.sum);
        let in_force = match head.state.as_str() {
            "done" => true,
            "undone" | "superseded" => false,
            other => {
                return Err(StoreError::odd(
                    "change",
                    id,
                    format_args!("its state is '{other}'"),
                ));
            }
        };
        let mut rows = 0_i64;
        for (place, piece) in (1_i64..)
            .zip(journal::pieces(conn, id)?)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
        {
            let body = journal::body(conn, id, piece)?;
            if let Some(part) = piece {
                self.parts += 1;
                self.part_total = self.part_total.wrapping_add(part_sum(id, part, &body));
                if part != place {
                    findings.add(
                        Grade::Damage,
                        format_args!("journal {id}"),
                        "a piece of it is missing",
                    );
                }
            }
            let entries = decode(&body)?;
            rows += i64::try_from(entries.len()).unwrap_or(i64::MAX);
            if in_force {
                for touched in entries.iter().rev() {
                    self.touched(conn, id, touched, findings)?;
                }
            }
        }
        if rows != head.rows {
            findings.add(
                Grade::Damage,
                format_args!("journal {id}"),
                format_args!("it speaks of {rows} rows, {} were written", head.rows),
            );
        }
        Ok(())
    }

    fn touched(
        &mut self,
        conn: &Connection,
        id: i64,
        touched: &Touched,
        findings: &mut Findings,
    ) -> Result<(), StoreError> {
        let key = touched.key();
        let mark = checksum(touched.table.number(), key.iter().map(ValueRef::from));
        if !self.seen.insert(mark) {
            return Ok(());
        }
        let found = match read::image(conn, touched.table, key) {
            Ok(found) => found,
            // The rows themselves have already been reported.
            Err(StoreError::Odd(_)) => touched.after.clone(),
            Err(error) => return Err(error),
        };
        self.living += i64::from(found.is_some());
        let expected = touched.after.clone().map(|mut image| {
            image.resize(touched.table.layout().columns.len(), Value::Null);
            image
        });
        if found != expected {
            let what = match (&found, &expected) {
                (None, _) => "the row is gone, but no change removed it",
                (_, None) => "the row is there, but a change removed it",
                _ => "the row is not as the latest change left it",
            };
            findings.add(
                Grade::Damage,
                format_args!("{} {}", touched.table.name(), key_of(touched)?),
                format_args!("{what} (change {id})"),
            );
        }
        Ok(())
    }
}
