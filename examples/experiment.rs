//! Plans an experiment with stretching, lives through it and evaluates it.
//!
//! Run it with `cargo run --example experiment`.
#![allow(clippy::print_stdout)]

use chrono::{Days, NaiveDate};
use nightcramp::Session;

/// Nights of the diary before the experiment, and of the experiment.
const BEFORE: u64 = 90;
const NIGHTS: u64 = 84;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let first = NaiveDate::from_ymd_opt(2026, 1, 5).ok_or("no such day")?;
    let day = |nights: u64| {
        first
            .checked_add_days(Days::new(nights))
            .ok_or("no such day")
    };
    let mut diary = Session::new(
        folder.path().join("diary.sqlite"),
        &format!("{}T20:00:00Z", day(BEFORE)?),
        "Europe/London",
    )?;
    diary.draw_with(|bytes| Ok(getrandom::fill(bytes)?));
    diary.me("born=1958")?;

    // a diary that knows how often cramps come
    let mut nights = String::from("night,outcome\n");
    for night in 0..BEFORE {
        let outcome = if night % 9 < 5 { "cramp" } else { "calm" };
        nights += &format!("{},{outcome}\n", day(night)?);
    }
    let csv = folder.path().join("csv");
    std::fs::create_dir(&csv)?;
    std::fs::write(csv.join("nights.csv"), nights)?;
    diary.import(&csv)?;

    println!(
        "{}",
        diary.text(&["experiment", "plan", "stretch", "--effect", "third"])?
    );
    let begun = diary.experiment(&format!(
        "start stretch --effect third --nights {NIGHTS} --anyway --yes"
    ))?;
    println!("Sealed: {}", begun["seal"]);

    // only tonight's choice is told; what was done and whether a cramp came is written down the next morning
    for night in BEFORE..BEFORE + NIGHTS {
        diary.move_to(&format!("{}T20:00:00Z", day(night)?))?;
        let standing = diary.experiment("")?;
        let stretched = standing["tonight"]["assigned"] == "on";
        diary.move_to(&format!("{}T07:00:00Z", day(night + 1)?))?;
        let one_in = if stretched { 5 } else { 2 };
        let outcome = if night % one_in == 0 { "cramp" } else { "calm" };
        let done = if stretched {
            "stretch=yes"
        } else {
            "stretch=no"
        };
        diary.night("last", &format!("{outcome} {done}"))?;
    }
    println!("{}", diary.text(&["experiment", "result", "stretch"])?);
    Ok(())
}
