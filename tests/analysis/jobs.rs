//! Every method has a job: a function of `stats` is called by the program, not only by the comparison with reference
//! values, or is named with its reason.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// The code of a file, without comments and tests.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]").next().unwrap();
    text.lines()
        .filter(|l| !l.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The words of a text that could be names.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
}

/// Each function of a file with the code from its name to the next function.
fn functions(text: &str) -> Vec<(&str, &str)> {
    let bodies = text.split("fn ").skip(1);
    bodies
        .filter_map(|body| Some((names(body).next()?, body)))
        .collect()
}

/// Functions of `stats` (path and code) that neither code elsewhere nor a function with a job calls.
fn without_a_job(stats: &[(PathBuf, String)], elsewhere: &[String]) -> Vec<String> {
    let all: Vec<(&str, &str)> = stats.iter().flat_map(|(_, t)| functions(t)).collect();
    let mut called: BTreeSet<&str> = elsewhere.iter().flat_map(|t| names(t)).collect();
    let mut busy: BTreeSet<&str> = BTreeSet::new();
    loop {
        let more = all.iter().filter(|(name, _)| called.contains(name));
        let more: Vec<&(&str, &str)> = more.filter(|(name, _)| !busy.contains(name)).collect();
        if more.is_empty() {
            break;
        }
        for (name, body) in more {
            busy.insert(name);
            called.extend(names(body).skip(1));
        }
    }
    let shared = stats
        .iter()
        .flat_map(|(_, t)| t.split("pub(crate) fn ").skip(1));
    let shared = shared.filter_map(|body| names(body).next());
    shared
        .filter(|name| !busy.contains(name))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_function_of_stats_has_a_job_or_a_reason() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    files(&root.join("src"), &mut paths);
    let all = paths.into_iter().map(|p| (p.clone(), code(&p)));
    let (stats, others): (Vec<_>, Vec<_>) =
        all.partition(|(p, _)| p.starts_with(root.join("src/stats")));
    let elsewhere: Vec<String> = others.into_iter().map(|(_, text)| text).collect();
    let note = std::fs::read_to_string(root.join("src/analysis/README.md")).unwrap();
    let idle = without_a_job(&stats, &elsewhere);
    let reason = |name: &String| note.contains(&format!("`{name}`"));
    let unexplained: Vec<&String> = idle.iter().filter(|name| !reason(name)).collect();
    assert!(
        unexplained.is_empty(),
        "no job and no reason: {unexplained:?}"
    );
    // A name in backquotes that has a job now must leave the note.
    let quoted = note.split('`').skip(1).step_by(2);
    let defined: BTreeSet<&str> = stats
        .iter()
        .flat_map(|(_, t)| functions(t))
        .map(|f| f.0)
        .collect();
    let needless: Vec<&str> = quoted
        .filter(|name| name.contains('_') && defined.contains(name))
        .filter(|name| !idle.iter().any(|i| i == name))
        .collect();
    assert!(needless.is_empty(), "named as idle, but used: {needless:?}");

    // The check itself fails when nobody calls a function, or only itself and another idle one do.
    let mut planted = stats;
    planted.push((
        PathBuf::from("planted.rs"),
        "pub(crate) fn nobody_calls_this(n: u32) { nobody_calls_this(n - 1); nor_this() }\n\
         pub(crate) fn nor_this() {}"
            .to_owned(),
    ));
    let found = without_a_job(&planted, &elsewhere);
    for name in ["nobody_calls_this", "nor_this"] {
        assert!(found.iter().any(|f| f == name), "{name} was not noticed");
    }
}
