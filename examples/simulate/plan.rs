//! The validation plan: what the analysis says about diaries whose truth is known.
//!
//! `cargo run --release --example simulate -- --quick` (under two minutes on two cores) or `--full`; with
//! `--write DATE` the table in `src/analysis/README.md` is made anew. Exit code 1 when a figure misses its limit.

mod links;
mod outcome;
mod series;
mod world;

use std::process::ExitCode;
use std::time::Instant;

use crate::simulate::outcome::{Figure, with_table};

pub fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let full = args.iter().any(|a| a == "--full");
    let only = args
        .iter()
        .position(|a| a == "--only")
        .and_then(|i| args.get(i + 1));
    let date = args
        .iter()
        .position(|a| a == "--write")
        .and_then(|i| args.get(i + 1));
    let runs = move |quick: usize, all: usize| if full { all } else { quick };
    type Step<'s> = (&'s str, bool, Box<dyn Fn() -> Vec<Figure>>);
    let steps: Vec<Step> = vec![
        (
            "V1",
            true,
            Box::new(move || links::size_and_coverage(runs(4000, 8000))),
        ),
        ("V3", full, Box::new(move || links::power(500))),
        ("V5", true, Box::new(move || links::discoveries(200))),
        ("V6", true, Box::new(move || links::looks(60))),
        ("V7", true, Box::new(move || series::trend(400))),
        ("V8", true, Box::new(move || series::change_points(400))),
        ("V9", full, Box::new(move || series::switches(600))),
        ("V10", true, Box::new(move || series::experiments(600))),
        ("V11", true, Box::new(move || series::spells(400))),
        ("V12", true, Box::new(move || links::informative(300))),
        ("V13", true, Box::new(move || series::forecasts(200))),
        ("V14", true, Box::new(links::repeats)),
    ];
    let mut figures: Vec<Figure> = Vec::new();
    let start = Instant::now();
    for (id, wanted, step) in &steps {
        if only.map_or(*wanted, |o| o == id) {
            let from = Instant::now();
            let new = step();
            new.iter().for_each(|f| println!("{}", f.row()));
            eprintln!("{id}: {:.1} s", from.elapsed().as_secs_f64());
            figures.extend(new);
        }
    }
    let missed = figures.iter().filter(|f| !f.passes()).count();
    println!(
        "{} figures, {missed} beyond their limit, {:.0} s",
        figures.len(),
        start.elapsed().as_secs_f64()
    );
    if let Some(date) = date {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/analysis/README.md");
        let plan = if full { "--full" } else { "--quick" };
        let heading = format!(
            "Run of {date}, version {}, `{plan}`:",
            env!("CARGO_PKG_VERSION")
        );
        let written = std::fs::read_to_string(path)
            .ok()
            .and_then(|text| with_table(&text, &figures, &heading))
            .map(|text| std::fs::write(path, text));
        if !matches!(written, Some(Ok(()))) {
            eprintln!("the table could not be written to {path}");
            return ExitCode::FAILURE;
        }
    }
    if missed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
