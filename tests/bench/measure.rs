//! What the benchmarks share: cold processes, timed one after the other in turn, and the median of each.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

/// The program under test, as the release build makes it.
pub(crate) const CRAMP: &str = env!("CARGO_BIN_EXE_cramp");

/// One thing to time: its name and the command, made anew for each run.
pub(crate) struct Contender<'a> {
    pub(crate) name: &'a str,
    pub(crate) command: Box<dyn FnMut(usize) -> Command + 'a>,
}

pub(crate) fn contender<'a>(
    name: &'a str,
    command: impl FnMut(usize) -> Command + 'a,
) -> Contender<'a> {
    Contender {
        name,
        command: Box::new(command),
    }
}

/// Median wall time of each contender in milliseconds. They take turns, so that a busy machine is unfair to none.
pub(crate) fn medians(runs: usize, contenders: &mut [Contender<'_>]) -> Vec<f64> {
    let mut times = vec![Vec::new(); contenders.len()];
    for run in 0..runs {
        for (contender, times) in contenders.iter_mut().zip(&mut times) {
            let mut command = (contender.command)(run);
            let start = Instant::now();
            let output = command.stdout(Stdio::null()).output().unwrap();
            times.push(start.elapsed().as_secs_f64() * 1e3);
            succeeded(contender.name, &output);
        }
    }
    times
        .into_iter()
        .zip(contenders)
        .map(|(mut times, contender)| {
            times.sort_by(f64::total_cmp);
            let median = times[times.len() / 2];
            println!(
                "{:34} median {median:9.2} ms   fastest {:9.2} ms   ({runs} runs)",
                contender.name, times[0]
            );
            median
        })
        .collect()
}

/// A command on a diary of its own.
pub(crate) fn cramp(diary: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(CRAMP);
    command.arg("--diary").arg(diary).args(words);
    command
        .env_remove("NIGHTCRAMP_DIARY")
        .env_remove("NIGHTCRAMP_NOW");
    command
}

/// Whether the `sqlite3` program is here to be compared with.
pub(crate) fn has_sqlite3() -> bool {
    let found = Command::new("sqlite3").arg("--version").output();
    let found = found.is_ok_and(|o| o.status.success());
    if !found {
        println!("no sqlite3 program here: nothing to compare with");
    }
    found
}

pub(crate) fn succeeded(name: &str, output: &Output) {
    assert!(
        output.status.success(),
        "{name}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}
