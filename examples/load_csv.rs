//! Loads a diary from CSV text and draws its calendar as an SVG picture on standard output.
//!
//! Run it with `cargo run --example load_csv > calendar.svg`.
#![allow(clippy::print_stdout)]

use chrono::{DateTime, Utc};
use nightcramp::diary::{Diary, Zone};
use nightcramp::import::{self, FreeNumbers};
use nightcramp::render;
use nightcramp::report::chart::calendar::calendar;

/// Answers for some nights; a night that is not named is unknown, not calm.
const NIGHTS: &str = "night,outcome
2026-02-25,calm
2026-02-26,cramp
2026-02-27,calm
2026-03-02,calm
2026-03-03,cramp
";
/// One row a cramp; any column may be left out.
const EPISODES: &str = "night,began_at,side,severity
2026-02-26,2026-02-27 02:40,right,4
2026-03-03,2026-03-04 03:10,left,6
2026-03-03,2026-03-04 04:55,left,3
";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let now: DateTime<Utc> = "2026-03-04T09:00:00Z".parse()?;
    let zone = Zone::named("Europe/London").ok_or("no such zone")?;
    let files = [
        ("nights.csv", NIGHTS.as_bytes()),
        ("episodes.csv", EPISODES.as_bytes()),
    ];
    let empty = Diary::default();
    let read = import::read(&files, &empty, &FreeNumbers::after(&empty), now, &zone);
    if let Some(refused) = read.refused.first() {
        return Err(refused.to_string().into());
    }
    let mut diary = Diary {
        nights: read
            .changes
            .nights
            .into_iter()
            .map(|n| (n.night, n))
            .collect(),
        episodes: read.changes.episodes,
        ..Diary::default()
    };
    diary.sort();
    let span = diary.span().ok_or("the diary is empty")?;
    let chart = calendar(&diary, span);
    let about = render::chart::about(&chart, "nightcramp example", "");
    print!(
        "{}",
        render::svg::file(&[render::chart::sheet(&chart)], &about)
    );
    Ok(())
}
