//! The house keeps its size: no two files use each other, nothing is public by accident, and a field is spelt where it
//! is declared and hardly anywhere else.

use std::collections::{BTreeMap, BTreeSet};

use crate::tests::architecture::{code, sources};

/// Files that hold the public face, and nothing else is public.
const FACE: &[&str] = &[
    "src/cli/failure.rs",
    "src/cli/invocation.rs",
    "src/cli/mod.rs",
    "src/cli/server.rs",
    "src/diary/mod.rs",
    "src/diary/moment.rs",
    "src/lib.rs",
    "src/session.rs",
];

/// Fields of an episode whose names mean nothing else.
const FIELDS: &[&str] = &[
    "soreness_h",
    "relief_s",
    "awareness_lost",
    "movement_relieves",
];

/// The module a file is: `src/diary/moment.rs` is `["diary", "moment"]`, a `mod.rs` its folder.
fn module(path: &str) -> Vec<String> {
    let plain = path.trim_start_matches("src/").trim_end_matches(".rs");
    let mut parts: Vec<String> = plain.split('/').map(str::to_string).collect();
    if matches!(
        parts.last().map(String::as_str),
        Some("mod" | "lib" | "main")
    ) {
        parts.pop();
    }
    parts
}

/// The paths of a tree of names such as `a::{b, c::d}`; reading stops where the tree ends.
fn tree(text: &str) -> Vec<Vec<String>> {
    fn read(rest: &mut &str, head: &[String], out: &mut Vec<Vec<String>>) {
        let mut path = head.to_vec();
        loop {
            *rest = rest.trim_start();
            if let Some(inside) = rest.strip_prefix('{') {
                *rest = inside;
                loop {
                    read(rest, &path, out);
                    *rest = rest.trim_start();
                    match rest.strip_prefix(',') {
                        Some(more) => *rest = more,
                        None => break,
                    }
                }
                *rest = rest.trim_start().strip_prefix('}').unwrap_or("");
                return;
            }
            let end = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            let (name, more) = rest.split_at(end);
            if !name.is_empty() {
                path.push(name.to_string());
            }
            *rest = more;
            match rest.strip_prefix("::") {
                Some(more) => *rest = more,
                None => break,
            }
        }
        // `a as b` inside braces
        if let Some(alias) = rest.trim_start().strip_prefix("as ") {
            let end = alias.find([',', '}', ';']).unwrap_or(alias.len());
            *rest = alias.get(end..).unwrap_or_default();
        }
        out.push(path);
    }
    let (mut rest, mut out) = (text, Vec::new());
    read(&mut rest, &[], &mut out);
    out
}

/// Every path of this crate that code names.
fn named_paths(code: &str) -> Vec<Vec<String>> {
    let starts = code.match_indices("crate::");
    starts
        .flat_map(|(at, start)| tree(code.get(at + start.len()..).unwrap_or_default()))
        .collect()
}

/// Which files each file uses, by the modules its paths lead to; names a `mod.rs` hands on lead to where they come from.
fn uses(files: &[(String, String)]) -> BTreeMap<&str, BTreeSet<&str>> {
    let by_module: BTreeMap<Vec<String>, &str> = files
        .iter()
        .map(|(path, _)| (module(path), path.as_str()))
        .collect();
    let leads = |path: &[String]| -> Option<(&str, usize)> {
        (1..=path.len())
            .rev()
            .find_map(|n| by_module.get(path.get(..n)?).map(|file| (*file, n)))
    };
    let is_front = |path: &str| path.ends_with("/mod.rs") || path == "src/lib.rs";
    let mut handed_on: BTreeMap<(&str, String), &str> = BTreeMap::new();
    for (path, text) in files.iter().filter(|(path, _)| is_front(path)) {
        for part in text.split("pub(crate) use ").skip(1) {
            for mut name in tree(part) {
                if name.first().is_some_and(|n| n == "crate") {
                    name.remove(0);
                } else {
                    name.splice(0..0, module(path));
                }
                if let (Some((file, _)), Some(last)) = (leads(&name), name.last())
                    && file != path
                {
                    handed_on.insert((path, last.clone()), file);
                }
            }
        }
    }
    let mut graph: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (path, text) in files {
        for name in named_paths(text) {
            let Some((file, n)) = leads(&name) else {
                continue;
            };
            let next = name.get(n).cloned().unwrap_or_default();
            let file = handed_on.get(&(file, next)).copied().unwrap_or(file);
            if file != path && !is_front(file) {
                graph.entry(path).or_default().insert(file);
            }
        }
    }
    graph
}

/// A chain of files that leads back to where it began, if there is one.
fn circle<'a>(graph: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> Option<Vec<&'a str>> {
    fn visit<'a>(
        file: &'a str,
        graph: &BTreeMap<&'a str, BTreeSet<&'a str>>,
        chain: &mut Vec<&'a str>,
        done: &mut BTreeSet<&'a str>,
    ) -> Option<Vec<&'a str>> {
        if let Some(at) = chain.iter().position(|f| *f == file) {
            return Some(chain.split_off(at));
        }
        if done.contains(file) {
            return None;
        }
        chain.push(file);
        let found = graph
            .get(file)
            .into_iter()
            .flatten()
            .find_map(|next| visit(next, graph, chain, done));
        if found.is_none() {
            chain.pop();
            done.insert(file);
        }
        found
    }
    let mut done = BTreeSet::new();
    graph
        .keys()
        .find_map(|file| visit(file, graph, &mut Vec::new(), &mut done))
}

fn without_comments(below: &str) -> Vec<(String, String)> {
    let files = sources(below).into_iter();
    files.map(|(path, text)| (path, code(&text))).collect()
}

#[test]
fn no_two_files_use_each_other() {
    let files = without_comments("src");
    let graph = uses(&files);
    assert!(graph.len() > 100, "only {} files use another", graph.len());
    assert_eq!(circle(&graph), None);
}

#[test]
fn a_circle_of_files_is_found() {
    let file = |path: &str, text: &str| (path.to_string(), text.to_string());
    let files = [
        file(
            "src/a/mod.rs",
            "mod one; pub(crate) use crate::a::one::One;",
        ),
        file(
            "src/a/one.rs",
            "use crate::b::{self, two::{Two, three as four}};",
        ),
        file("src/b/mod.rs", "mod two;"),
        file("src/b/two.rs", "fn f() -> crate::a::One {}"),
    ];
    let found = circle(&uses(&files));
    assert_eq!(found, Some(vec!["src/a/one.rs", "src/b/two.rs"]));
}

#[test]
fn only_the_face_is_public() {
    let mut elsewhere = BTreeSet::new();
    let mut idle: BTreeSet<&str> = FACE.iter().copied().collect();
    for (path, text) in without_comments("src") {
        if !text
            .lines()
            .any(|line| line.trim_start().starts_with("pub "))
        {
            continue;
        }
        if !FACE.contains(&path.as_str()) && path != "src/main.rs" {
            elsewhere.insert(path.clone());
        }
        idle.retain(|face| *face != path);
    }
    assert!(
        elsewhere.is_empty(),
        "public outside the face: {elsewhere:?}"
    );
    assert!(
        idle.is_empty(),
        "nothing public in {idle:?}: leave it out of the list"
    );
}

#[test]
fn a_field_is_spelt_in_few_files() {
    let files = without_comments("src");
    for field in FIELDS {
        let spelt: Vec<&String> = files
            .iter()
            .filter(|(_, text)| text.contains(field))
            .map(|(path, _)| path)
            .collect();
        assert!(!spelt.is_empty(), "'{field}' is no field any more");
        assert!(spelt.len() <= 4, "'{field}' is spelt in {spelt:?}");
    }
}
