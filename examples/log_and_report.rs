//! Logs three nights from Rust and prints the weekly report.
//!
//! Run it with `cargo run --example log_and_report`.
#![allow(clippy::print_stdout)]

use chrono::{DateTime, NaiveTime, Utc};
use nightcramp::diary::vocabulary::{Certainty, Outcome, Relief, Side, Site};
use nightcramp::diary::{Episode, Night, NightRecord, Record, Zone};
use nightcramp::render::terminal;
use nightcramp::report::weekly;
use nightcramp::store::Store;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let zone = Zone::named("Europe/London").ok_or("no such zone")?;
    // the clock is always told, never read
    let now: DateTime<Utc> = "2026-03-04T09:00:00Z".parse()?;
    let night: Night = "2026-03-03".parse()?;

    let mut store = Store::open(&folder.path().join("diary.sqlite"), now)?;
    store.write(now, "example", |writer| {
        // 03:10 on 4 March belongs to the night of 3 March
        let clock = NaiveTime::from_hms_opt(3, 10, 0).unwrap_or_default();
        let (began_at, _) = zone.resolve(night.at(clock), now);
        let id = writer.next_id(nightcramp::store::Table::Episode)?;
        writer.put(Record::Episode(Episode {
            began_at: Some(began_at),
            certainty: Certainty::Exact,
            side: Some(Side::Left),
            site: Some(Site::Calf),
            severity: Some(6),
            duration_s: Some(180),
            relief: vec![Relief::Stretch],
            ..Episode::blank(id, night, now)
        }))?;
        for (night, outcome) in [
            (night, Outcome::Cramp),
            (night.plus(-1), Outcome::Calm),
            (night.plus(-2), Outcome::Calm),
        ] {
            writer.put(Record::Night(NightRecord {
                outcome: Some(outcome),
                ..NightRecord::blank(night, now)
            }))?;
        }
        Ok::<_, nightcramp::store::StoreError>(())
    })?;

    let diary = store.read(Some(weekly::nights_read(night)))?;
    let report = weekly::weekly(&diary, night, Vec::new());
    println!("{}", terminal::week(&report, false, false, true, 80));
    Ok(())
}
