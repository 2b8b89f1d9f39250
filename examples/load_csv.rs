//! Loads a diary from CSV text and draws its calendar as an SVG picture on standard output.
//!
//! Run it with `cargo run --example load_csv > calendar.svg`.
#![allow(clippy::print_stdout)]

use nightcramp::Session;

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
    let folder = tempfile::tempdir()?;
    let csv = folder.path().join("csv");
    std::fs::create_dir(&csv)?;
    std::fs::write(csv.join("nights.csv"), NIGHTS)?;
    std::fs::write(csv.join("episodes.csv"), EPISODES)?;
    let mut diary = Session::new(
        folder.path().join("diary.sqlite"),
        "2026-03-04T09:00:00Z",
        "Europe/London",
    )?;
    diary.import(&csv)?;
    let picture = folder.path().join("calendar.svg");
    diary.chart("calendar", &picture)?;
    print!("{}", std::fs::read_to_string(picture)?);
    Ok(())
}
