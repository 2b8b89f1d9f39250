//! Reads the files of rules for the build script, and names the entry of each mistake.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use crate::data::clauses::span;
use crate::data::language::{self, MedicineGroup, Names};
use crate::data::rule::{ClaimWithoutRule, QuestionEntry, Rule, RuleBook, SignEntry, Sort};
use crate::data::vocabulary::SymptomName;
use crate::data::word::Word;

/// The files, in the order in which rules are listed.
const FILES: &[&str] = &["red-flags", "ladder", "patterns", "safety"];

/// The files of rules about experiments, which raise no flag.
const TRIALS: &[&str] = &["trial", "trial-supplement"];

/// Placeholders that an observation may hold.
const PLACEHOLDERS: &[&str] = &["what", "dates", "nights", "amount", "your", "since"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sort: Sort,
    last: String,
    #[serde(default)]
    define: toml::Table,
    #[serde(default)]
    medicines: BTreeMap<String, MedicineGroup>,
    rule: Vec<toml::Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Questions {
    question: Vec<QuestionEntry<String>>,
    #[serde(default)]
    sign: Vec<SignEntry<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    claim: Vec<ClaimWithoutRule<String>>,
}

/// Every rule and question; what is wrong goes into `problems`.
pub(crate) fn read(folder: &Path, problems: &mut Vec<String>) -> RuleBook<String> {
    let mut book = RuleBook::default();
    let mut ids = BTreeSet::new();
    for name in FILES.iter().chain(TRIALS) {
        if let Some((path, file)) = read_toml::<File>(folder, name, problems) {
            let report = |entry: &str, what: String| {
                problems.push(format!("{path}: {entry}: {what}"));
            };
            let rules = match TRIALS.contains(name) {
                true => &mut book.trials,
                false => &mut book.rules,
            };
            read_file(file, &mut ids, rules, report);
        }
    }
    if let Some((path, file)) = read_toml::<Questions>(folder, "questions", problems) {
        for name in SymptomName::ALL {
            let asked = file.question.iter().filter(|q| q.symptoms.contains(name));
            match asked.count() {
                1 => {}
                count => problems.push(format!("{path}: {name} is asked about {count} times")),
            }
        }
        for entry in &file.question {
            if !ids.insert(entry.id.clone()) {
                problems.push(format!("{path}: {}: this id is taken", entry.id));
            }
        }
        book.questions = file.question;
        book.signs = file.sign;
    }
    if let Some((_, file)) = read_toml::<Claims>(folder, "no-rule", problems) {
        book.claims_without_rule = file.claim;
    }
    book
}

fn read_toml<T: for<'de> Deserialize<'de>>(
    folder: &Path,
    name: &str,
    problems: &mut Vec<String>,
) -> Option<(String, T)> {
    let path = folder.join(name).with_extension("toml");
    let file = std::fs::read_to_string(&path)
        .map_err(|error| error.to_string())
        .and_then(|text| toml::from_str(&text).map_err(|error| error.to_string()));
    file.map_err(|error| problems.push(format!("{}: {error}", path.display())))
        .ok()
        .map(|file| (path.display().to_string(), file))
}

fn read_file(
    file: File,
    ids: &mut BTreeSet<String>,
    rules: &mut Vec<Rule<String>>,
    mut report: impl FnMut(&str, String),
) {
    let mut names = Names {
        last: span(&file.last).unwrap_or_else(|what| {
            report("last", what);
            1
        }),
        conditions: BTreeMap::new(),
        medicines: file.medicines,
    };
    for (name, text) in &file.define {
        match language::parse(text.as_str().unwrap_or_default(), &names) {
            Ok(condition) => {
                names.conditions.insert(name.clone(), condition);
            }
            Err(what) => report(name, what),
        }
    }
    for mut entry in file.rule {
        let id = entry.get("id").and_then(toml::Value::as_str);
        let id = id.unwrap_or("a rule").to_string();
        let when = entry.remove("when").unwrap_or_else(|| "".into());
        entry.insert("sort".to_string(), file.sort.word().into());
        let rule: Rule<String> = match entry.try_into() {
            Ok(rule) => rule,
            Err(error) => {
                report(&id, error.to_string());
                continue;
            }
        };
        for what in check(&rule) {
            report(&id, what);
        }
        if !ids.insert(id.clone()) {
            report(&id, "this id is taken".into());
        }
        match language::parse(when.as_str().unwrap_or_default(), &names) {
            Ok(when) => {
                names.conditions.insert(id, when.clone());
                rules.push(Rule { when, ..rule });
            }
            Err(what) => report(&id, format!("when: {what}")),
        }
    }
}

/// What is wrong with the texts and the review of an entry.
fn check(entry: &Rule<String>) -> Vec<String> {
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

/// What rules cite that is neither a claim nor a work of the literature.
pub(crate) fn unknown_sources(rules: &[Rule<String>], known: &BTreeSet<String>) -> Vec<String> {
    let mut problems = Vec::new();
    for rule in rules {
        for source in rule.sources.iter().filter(|s| !known.contains(*s)) {
            problems.push(format!(
                "{}: '{source}' is neither a claim nor a work",
                rule.id
            ));
        }
    }
    problems
}
