//! Every method has a job: a function of `stats` is called by the program, not only by the comparison with reference
//! values, or is named with its reason.

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

fn times(text: &str, word: &str) -> usize {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|w| *w == word)
        .count()
}

#[test]
fn every_function_of_stats_has_a_job_or_a_reason() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    files(&root.join("src"), &mut paths);
    paths.retain(|p| !p.starts_with(root.join("src/reference")));
    let all: Vec<(PathBuf, String)> = paths.into_iter().map(|p| (p.clone(), code(&p))).collect();
    let note = std::fs::read_to_string(root.join("src/analysis/README.md")).unwrap();
    let (mut idle, mut needless) = (Vec::new(), Vec::new());
    for (path, text) in all
        .iter()
        .filter(|(p, _)| p.starts_with(root.join("src/stats")))
    {
        for name in text.split("pub(crate) fn ").skip(1) {
            let name = name
                .split(|c: char| !(c.is_alphanumeric() || c == '_'))
                .next()
                .unwrap();
            let elsewhere = all.iter().any(|(p, t)| p != path && times(t, name) > 0);
            let used = elsewhere || times(text, name) > 1;
            let named = note.contains(&format!("`{name}`"));
            if !used && !named {
                idle.push(name.to_string());
            }
            if used && named && name.contains('_') {
                needless.push(name.to_string());
            }
        }
    }
    assert!(idle.is_empty(), "no job and no reason: {idle:?}");
    assert!(needless.is_empty(), "named as idle, but used: {needless:?}");
}
