//! Reads the files of rules for the build script, and names the entry of each mistake.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use crate::data::clauses::{kept, span};
use crate::data::language::{self, MedicineGroup, Names};
use crate::data::rule::{Rule, Sort, Urgency};
use crate::data::vocabulary::MedicineClass;

/// The files, in the order in which rules are listed.
const FILES: &[&str] = &["red-flags", "ladder", "patterns", "safety"];

/// Placeholders that an observation may hold.
const PLACEHOLDERS: &[&str] = &["what", "dates", "nights", "amount"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sort: Sort,
    last: String,
    #[serde(default)]
    define: toml::Table,
    #[serde(default)]
    medicines: BTreeMap<String, Group>,
    rule: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    called: String,
    classes: Vec<MedicineClass>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    urgency: Urgency,
    when: String,
    observed: String,
    why: String,
    whom: String,
    #[serde(rename = "do")]
    advice: String,
    #[serde(default)]
    worse: String,
    sources: Vec<String>,
    #[serde(default)]
    proposal: bool,
    reviewed: String,
    reviewer: String,
}

/// Every rule; what is wrong goes into `problems`.
pub(crate) fn read(folder: &Path, problems: &mut Vec<String>) -> Vec<Rule> {
    let mut rules = Vec::new();
    let mut ids = BTreeSet::new();
    for name in FILES {
        let path = folder.join(name).with_extension("toml");
        let file = std::fs::read_to_string(&path)
            .map_err(|error| error.to_string())
            .and_then(|text| toml::from_str::<File>(&text).map_err(|error| error.to_string()));
        match file {
            Ok(file) => {
                let report = |entry: &str, what: String| {
                    problems.push(format!("{}: {entry}: {what}", path.display()));
                };
                read_file(file, &mut ids, &mut rules, report);
            }
            Err(error) => problems.push(format!("{}: {error}", path.display())),
        }
    }
    rules
}

fn read_file(
    file: File,
    ids: &mut BTreeSet<String>,
    rules: &mut Vec<Rule>,
    mut report: impl FnMut(&str, String),
) {
    let mut names = Names {
        last: span(&file.last).unwrap_or_else(|what| {
            report("last", what);
            1
        }),
        conditions: BTreeMap::new(),
        medicines: BTreeMap::new(),
    };
    for (name, group) in file.medicines {
        let group = MedicineGroup {
            called: kept(&group.called),
            classes: group.classes,
        };
        names.medicines.insert(name, group);
    }
    for (name, text) in &file.define {
        match language::parse(text.as_str().unwrap_or_default(), &names) {
            Ok(condition) => {
                names.conditions.insert(name.clone(), condition);
            }
            Err(what) => report(name, what),
        }
    }
    for entry in file.rule {
        for what in check(&entry) {
            report(&entry.id, what);
        }
        if !ids.insert(entry.id.clone()) {
            report(&entry.id, "this id is taken".into());
        }
        match language::parse(&entry.when, &names) {
            Ok(when) => {
                names.conditions.insert(entry.id.clone(), when.clone());
                rules.push(Rule {
                    id: kept(&entry.id),
                    sort: file.sort,
                    urgency: entry.urgency,
                    when,
                    observed: kept(&entry.observed),
                    why: kept(&entry.why),
                    whom: kept(&entry.whom),
                    advice: kept(&entry.advice),
                    worse: kept(&entry.worse),
                    sources: entry.sources.iter().map(|source| kept(source)).collect(),
                    proposal: entry.proposal,
                    reviewed: kept(&entry.reviewed),
                    reviewer: kept(&entry.reviewer),
                });
            }
            Err(what) => report(&entry.id, format!("when: {what}")),
        }
    }
}

/// What is wrong with the texts and the review of an entry.
fn check(entry: &Entry) -> Vec<String> {
    let mut wrong = Vec::new();
    let texts = [&entry.observed, &entry.why, &entry.whom, &entry.advice];
    if texts.iter().any(|text| text.trim().is_empty()) {
        wrong.push("observed, why, whom and do must not be empty".into());
    }
    for part in entry.observed.split('{').skip(1) {
        let name = part.split('}').next().unwrap_or_default();
        if !PLACEHOLDERS.contains(&name) {
            wrong.push(format!("observed: {{{name}}} is not a placeholder"));
        }
    }
    if entry.sources.is_empty() {
        wrong.push("a rule names its sources".into());
    }
    if !is_date(&entry.reviewed) {
        wrong.push("reviewed: a day such as 2026-11-22 is needed".into());
    }
    if entry.reviewer.trim().is_empty() {
        wrong.push("reviewer: who compared it with its sources?".into());
    }
    wrong
}

fn is_date(text: &str) -> bool {
    let parts: Vec<u32> = text.split('-').filter_map(|p| p.parse().ok()).collect();
    text.len() == 10
        && matches!(parts.as_slice(), [year, month, day]
            if *year >= 2020 && (1..=12).contains(month) && (1..=31).contains(day))
}
