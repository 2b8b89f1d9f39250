//! The validation plan: what the analysis says about diaries whose truth is known.
//!
//! `cargo run --release --example simulate -- --quick` (under two minutes on two cores) or `--full`; with
//! `--write DATE` the table in `src/analysis/README.md` is made anew. Exit code 1 when a figure misses its limit.

mod chance;
mod cohort;
mod experiments;
mod factors;
mod habit;
mod links;
mod one_look;
mod outcome;
mod series;
mod watched;
mod world;

use std::io::Write;
use std::time::Instant;

use crate::simulate::outcome::{Figure, with_table};

/// One step of the plan: its name, whether it is run unless asked for, and what it measures.
type Step = (&'static str, bool, Box<dyn Fn() -> Vec<Figure>>);

fn steps(full: bool) -> Vec<Step> {
    let runs = move |quick: usize, all: usize| if full { all } else { quick };
    vec![
        ("V1", true, Box::new(move || links::size(runs(200, 400)))),
        ("V1 kinds", true, Box::new(|| links::kinds(200))),
        (
            "V2",
            true,
            Box::new(move || links::coverage(runs(100, 300))),
        ),
        ("V3", true, Box::new(|| links::power(300))),
        (
            "V5",
            true,
            Box::new(move || links::false_share(runs(200, 400))),
        ),
        ("V6", true, Box::new(move || watched::two_years(full))),
        ("V6 years", full, Box::new(|| watched::more_years(200))),
        ("V7", true, Box::new(|| series::trend(400))),
        ("V8", true, Box::new(|| series::change_points(400))),
        ("V9", full, Box::new(|| series::switches(600))),
        ("V10", true, Box::new(|| experiments::all(6_000))),
        ("V11", true, Box::new(|| series::spells(400))),
        ("V12", true, Box::new(|| links::informative(300))),
        ("V13", true, Box::new(|| series::forecasts(200))),
        ("V14", true, Box::new(links::repeats)),
        (
            "V15",
            true,
            Box::new(move || cohort::next_people(runs(40, 400))),
        ),
    ]
}

/// Runs the validation plan: the analysis on made-up diaries whose truth is known, each figure against its limit.
///
/// `args` are `--full` (else the quick plan), `--only ID` and `--write DATE`. Rows of the table go to `out`, times to
/// `progress`. Returns whether every figure keeps to its limit.
///
/// # Errors
/// Nothing can be written to `out` or `progress`, or the table of `--write` has no place.
///
/// ```no_run
/// let (mut out, mut progress) = (std::io::stdout(), std::io::stderr());
/// let kept = nightcramp::simulate(&["--quick".to_string()], &mut out, &mut progress)?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn simulate(
    args: &[String],
    out: &mut dyn Write,
    progress: &mut dyn Write,
) -> std::io::Result<bool> {
    let full = args.iter().any(|a| a == "--full");
    let after = |flag: &str| {
        let at = args.iter().position(|a| a == flag)?;
        args.get(at + 1)
    };
    let only = after("--only");
    let mut figures: Vec<Figure> = Vec::new();
    let start = Instant::now();
    for (id, usual, step) in &steps(full) {
        if only.map_or(*usual, |o| o == id) {
            let from = Instant::now();
            let new = step();
            for figure in &new {
                writeln!(out, "{}", figure.row())?;
            }
            writeln!(progress, "{id}: {:.1} s", from.elapsed().as_secs_f64())?;
            figures.extend(new);
        }
    }
    let missed = figures.iter().filter(|f| !f.passes()).count();
    writeln!(
        out,
        "{} figures, {missed} beyond their limit, {:.0} s",
        figures.len(),
        start.elapsed().as_secs_f64()
    )?;
    if let Some(date) = after("--write") {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/analysis/README.md");
        let plan = if full { "--full" } else { "--quick" };
        let version = env!("CARGO_PKG_VERSION");
        let heading = format!("Run of {date}, version {version}, `{plan}`:");
        let text = std::fs::read_to_string(path)?;
        let table = with_table(&text, &figures, &heading)
            .ok_or_else(|| std::io::Error::other(format!("{path} has no place for the table")))?;
        std::fs::write(path, table)?;
    }
    Ok(missed == 0)
}
