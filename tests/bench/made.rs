//! Diaries the benchmarks are timed on, made by importing CSV files.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};

use crate::measure::{cramp, succeeded};

/// The moment of every command, the morning after the last night.
pub(crate) const NOW: &str = "2026-03-04T09:00:00Z";
pub(crate) const FILES: [&str; 4] = ["factors", "nights", "episodes", "context"];

/// A diary of so many nights up to 3 March 2026, made by importing the files of [`write_csv`].
pub(crate) fn diary(folder: &Path, nights: u32, factors: u32) -> PathBuf {
    let path = folder.join(format!("{nights}.sqlite"));
    let csv = folder.join(format!("{nights}-csv"));
    write_csv(&csv, nights, factors);
    let made = cramp(&path, &["--now", NOW, "import", csv.to_str().unwrap()]);
    succeeded("import", &{ made }.output().unwrap());
    path
}

/// Nights with a gap now and then, a cramp on about every fifth, factors known on nine nights of ten.
pub(crate) fn write_csv(folder: &Path, nights: u32, factors: u32) {
    let mut state = 1_u64;
    let mut draw = move |bound: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    let last: NaiveDate = "2026-03-03".parse().unwrap();
    let mut night_rows = String::from("night,outcome\n");
    let mut episodes = String::from("id,night,kind,severity\n");
    let mut context = String::from("night,factor,value\n");
    let mut factor_rows = String::from("factor,label,type,unit,min,max,timing\n");
    for f in 0..factors {
        let kind = if f % 3 == 0 { "yes-no" } else { "number" };
        writeln!(factor_rows, "x-factor-{f},Factor {f},{kind},,,,day").unwrap();
    }
    for back in (0..nights).rev() {
        if draw(10) == 0 {
            continue;
        }
        let night = last - Days::new(u64::from(back));
        let cramp = draw(5) == 0;
        let outcome = if cramp { "cramp" } else { "calm" };
        writeln!(night_rows, "{night},{outcome}").unwrap();
        if cramp {
            writeln!(episodes, "{},{night},cramp,6", back + 1).unwrap();
        }
        for f in 0..factors {
            if draw(10) > 0 {
                let bound = if f % 3 == 0 { 2 } else { 40 };
                writeln!(context, "{night},x-factor-{f},{}", draw(bound)).unwrap();
            }
        }
    }
    std::fs::create_dir(folder).unwrap();
    for (name, text) in FILES
        .iter()
        .zip([factor_rows, night_rows, episodes, context])
    {
        std::fs::write(folder.join(format!("{name}.csv")), text).unwrap();
    }
}
