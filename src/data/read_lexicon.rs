//! Reads the lexicon for the build script, and names the meaning or word of each mistake.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::data::clauses::kept;
use crate::data::vocabulary::{
    BroughtOn, Kind, Outcome, Posture, Relief, RelievedBy, Side, Site, SymptomName,
};
use crate::data::word::{Sense, Word};

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

type Groups = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// Every meaning of a file with its words; what is wrong goes into `problems`.
pub(crate) fn read(file: &Path, problems: &mut Vec<String>) -> Vec<Sense> {
    let text = std::fs::read_to_string(file).map_err(|e| e.to_string());
    let groups = text.and_then(|text| toml::from_str::<Groups>(&text).map_err(|e| e.to_string()));
    let groups = groups.unwrap_or_else(|why| {
        problems.push(format!("{}: {why}", file.display()));
        Groups::new()
    });
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let mut senses = Vec::new();
    for (group, meanings) in groups {
        let mut seen = BTreeSet::new();
        for (meaning, words) in meanings {
            if !is_meaning(&group, &meaning) {
                problems.push(format!("{name}: [{group}] has no meaning '{meaning}'"));
            }
            for word in &words {
                if *word != word.to_lowercase() || !seen.insert(word.clone()) {
                    problems.push(format!(
                        "{name}: '{word}' stands twice in [{group}], or has a large letter"
                    ));
                }
            }
            senses.push(Sense {
                group: kept(&group),
                meaning: kept(&meaning),
                words: words.iter().map(|word| kept(word)).collect(),
            });
        }
    }
    senses
}

fn is_meaning(group: &str, meaning: &str) -> bool {
    let is_number = |text: &str| text.parse::<f64>().is_ok();
    match group {
        "side" => Side::from_word(meaning).is_some(),
        "site" => Site::from_word(meaning).is_some(),
        "remedy" | "relief" => Relief::from_word(meaning).is_some(),
        "kind" => Kind::from_word(meaning).is_some(),
        "posture" => Posture::from_word(meaning).is_some(),
        "answer" => meaning == "unknown" || Outcome::from_word(meaning).is_some(),
        "yes-no" | "reply" | "woke" | "knot" | "sudden" | "worse" => {
            matches!(meaning, "yes" | "no")
        }
        "sign" => SymptomName::from_word(meaning).is_some(),
        "weekday" => WEEKDAYS.contains(&meaning),
        "number" | "amount" | "month" | "distance" => is_number(meaning),
        "stretch-of-time" => meaning.split('-').all(is_number),
        "clock" | "vague-time" => meaning
            .split_once(':')
            .is_some_and(|(h, m)| is_number(h) && is_number(m)),
        "fact" => meaning.contains('='),
        "relieved-by" => RelievedBy::from_word(meaning).is_some(),
        "brought-on" => BroughtOn::from_word(meaning).is_some(),
        _ => GROUPS.contains(&group) || NAMING.contains(&group),
    }
}

/// Groups whose meanings are not a vocabulary of their own.
const GROUPS: &[&str] = &[
    "about",
    "again",
    "beforehand",
    "at",
    "between",
    "bigger",
    "by-day",
    "calm",
    "calm-alone",
    "cause",
    "counted",
    "cramp",
    "correction",
    "day",
    "denied",
    "denied-until",
    "elsewhere",
    "evening",
    "everyday",
    "exercise",
    "factor",
    "factor-between",
    "factor-denied",
    "filler",
    "future",
    "half-of-day",
    "has-it",
    "joiner",
    "lasted",
    "limb",
    "measure",
    "negation",
    "not-done",
    "no-help",
    "not-a-temperature",
    "not-lasted",
    "not-lasted-before",
    "now",
    "pain",
    "relative",
    "side-heard",
    "pain-between",
    "part-of-day",
    "spelling",
    "taken",
    "uncounted",
    "walk",
];

/// Those of the words round names (`naming.toml`).
const NAMING: &[&str] = &[
    "done",
    "doubt",
    "ended",
    "ended-before",
    "form",
    "not-a-condition",
    "not-own",
    "or",
    "part",
    "sign-word",
    "since",
    "small",
    "someone",
    "someone-has",
    "span",
    "start-unknown",
    "supplement",
];
