//! Logs three nights from Rust and prints the weekly report.
//!
//! Run it with `cargo run --example log_and_report`.
#![allow(clippy::print_stdout)]

use nightcramp::Session;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    // the clock is always told, never read
    let mut diary = Session::new(
        folder.path().join("diary.sqlite"),
        "2026-03-04T09:00:00Z",
        "Europe/London",
    )?;
    // 03:10 on 4 March belongs to the night of 3 March
    diary.log("03:10 left calf 6 3min +stretch")?;
    diary.night("2026-03-02", "calm")?;
    diary.night("2026-03-01", "calm room=18C")?;
    println!("{}", diary.text(&["week"])?);
    Ok(())
}
