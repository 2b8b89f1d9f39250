//! The rules: a yes, a no and an unknown case for each, and what holds for all of them.

use std::collections::BTreeSet;

use crate::diary::{Diary, lexicon};
use crate::rules::answer::Answer;
use crate::rules::{self, Rule};

use crate::tests::catalogue::is_known;
use crate::tests::rules_entries::{as_of, diary};
use crate::tests::rules_table::TABLE;

/// What a rule answers.
pub(crate) fn answer(rule: &Rule, diary: &Diary) -> Answer {
    let evaluation = rules::evaluate(diary, as_of(), true);
    if evaluation.for_clinician().any(|f| f.id == rule.id) {
        Answer::Yes
    } else if evaluation.could_not_tell.iter().any(|u| u.id == rule.id) {
        Answer::Unknown
    } else {
        Answer::No
    }
}

#[test]
fn every_rule_answers_yes_no_and_unknown() {
    let listed: Vec<&str> = TABLE.iter().map(|row| row.0).collect();
    let all: Vec<&str> = rules::all().map(|rule| rule.id).collect();
    assert_eq!(listed, all, "the table has every rule once, in order");
    let mut wrong = Vec::new();
    for (id, yes, no, unknown) in TABLE {
        let rule = rules::find(id).unwrap();
        for (lines, wanted) in [
            (yes, Answer::Yes),
            (no, Answer::No),
            (unknown, Answer::Unknown),
        ] {
            let got = answer(rule, &diary(lines));
            if got != wanted {
                wrong.push(format!("{id}: {lines}: wanted {wanted:?}, got {got:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_recorded_is_unknown_for_every_rule_and_all_answered_no_is_no() {
    let empty = Diary::default();
    let evaluation = rules::evaluate(&empty, as_of(), true);
    assert_eq!(evaluation.could_not_tell.len(), rules::all().count());
    assert!(
        evaluation
            .could_not_tell
            .iter()
            .all(|u| !u.missing.is_empty())
    );
    let well = diary("well");
    let evaluation = rules::evaluate(&well, as_of(), true);
    let open: Vec<&str> = evaluation.could_not_tell.iter().map(|u| u.id).collect();
    let fired: Vec<&str> = evaluation.for_clinician().map(|f| f.id).collect();
    assert_eq!((open, fired), (vec![], vec![]));
}

#[test]
fn every_source_is_known_and_proposals_say_so() {
    for rule in rules::all() {
        assert!(!rule.sources.is_empty(), "{}", rule.id);
        for source in &rule.sources {
            assert!(is_known(source), "{}: {source}", rule.id);
        }
        if rule.sources.contains(&"PROPOSAL") {
            assert!(rule.proposal, "{}", rule.id);
        }
        assert!(
            rule.reviewed.parse::<chrono::NaiveDate>().is_ok(),
            "{}",
            rule.id
        );
    }
}

#[test]
fn every_claim_about_disease_threshold_rule_and_group_is_cited_or_explained() {
    let table = include_str!("reference/claims.csv");
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let cited: BTreeSet<&str> = rules::all()
        .flat_map(|r| r.sources.iter().copied())
        .collect();
    let explained: BTreeSet<&str> = rules::claims_without_rule()
        .iter()
        .map(|entry| entry.claim)
        .collect();
    let mut missing = Vec::new();
    let mut seen = 0;
    for row in rows.records() {
        let row = row.unwrap();
        let id = format!("{}:{}", &row[0], &row[1]);
        if !row[1].starts_with(['D', 'T', 'R', 'G']) {
            continue;
        }
        seen += 1;
        let (in_rule, in_list) = (cited.contains(id.as_str()), explained.contains(id.as_str()));
        if in_rule == in_list {
            missing.push(format!("{id} (rule: {in_rule}, list: {in_list})",));
        }
    }
    assert!(seen > 30, "{seen}");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    for claim in explained {
        assert!(lexicon::claim(claim).is_some(), "{claim}");
    }
}

/// Syllables of a word, counted as runs of vowels without a silent last e.
fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphabetic())
        .collect();
    let vowel = |c: &char| "aeiouy".contains(*c);
    let runs = letters
        .iter()
        .enumerate()
        .filter(|(i, c)| vowel(c) && (*i == 0 || !vowel(&letters[i - 1])))
        .count();
    let silent =
        letters.last() == Some(&'e') && letters.len() > 2 && !vowel(&letters[letters.len() - 2]);
    let le = letters.ends_with(&['l', 'e']);
    (runs - usize::from(silent && !le && runs > 1)).max(1)
}

/// School grade by the formula of Kincaid and others 1975 (Research Branch Report 8-75); grade 7 is about age 12.
fn grade(text: &str) -> f64 {
    let sentences = text
        .split(['.', '?', '!', ':'])
        .filter(|s| s.split_whitespace().count() > 1)
        .count()
        .max(1);
    let words: Vec<&str> = text
        .split_whitespace()
        .filter(|w| w.chars().any(char::is_alphabetic))
        .collect();
    let syllables: usize = words.iter().map(|w| syllables(w)).sum();
    0.39 * words.len() as f64 / sentences as f64 + 11.8 * syllables as f64 / words.len() as f64
        - 15.59
}

/// Every sentence a rule can say.
fn texts(rule: &Rule) -> [&'static str; 4] {
    [rule.observed, rule.why, rule.advice, rule.worse]
}

#[test]
fn the_wording_is_plain_and_neither_diagnoses_nor_soothes() {
    let forbidden = [
        "you have",
        "you suffer",
        "you are suffering",
        "probab",
        "likely",
        "% ",
        " per cent",
        "percent",
        "nothing to worry",
        "all clear",
        "all-clear",
        "no warning signs",
        "diagnos",
        "harmless in your case",
        "don't worry",
        "do not worry",
        "you are fine",
        "nothing serious is",
        "certainly",
        "claudication",
        "neuropathy",
        "ischaem",
        "thrombosis",
        "oedema",
        "electrolyte",
        "nocturnal",
        "aetiology",
        "chronic",
    ];
    let mut wrong = Vec::new();
    let mut grades = Vec::new();
    for rule in rules::all() {
        let whole = texts(rule).join(" ").to_lowercase();
        for word in forbidden {
            if whole.contains(word) {
                wrong.push(format!("{}: says '{word}'", rule.id));
            }
        }
        for text in texts(rule).iter().filter(|t| !t.is_empty()) {
            if !text.ends_with('.') {
                wrong.push(format!("{}: no full stop: {text}", rule.id));
            }
            for sentence in text.split(". ") {
                let words = sentence.split_whitespace().count();
                if words > 28 {
                    wrong.push(format!("{}: {words} words: {sentence}", rule.id));
                }
            }
        }
        if whole.contains("emergency number") != whole.contains("for example 112, 999 or 911") {
            wrong.push(format!("{}: an emergency number without examples", rule.id));
        }
        if !rule.urgency.is_urgent() && rule.worse.is_empty() {
            wrong.push(format!(
                "{}: does not say what would make it urgent",
                rule.id
            ));
        }
        let text = format!(
            "{} {} {}",
            rule.why,
            rule.advice,
            rule.worse.replace(", for example 112, 999 or 911", "")
        );
        let g = grade(&text);
        grades.push(g);
        if g > 9.5 {
            wrong.push(format!("{}: reads at grade {g:.1}", rule.id));
        }
    }
    let mean = grades.iter().sum::<f64>() / grades.len() as f64;
    assert!(
        wrong.is_empty() && mean < 7.5,
        "mean grade {mean:.1}\n{}",
        wrong.join("\n")
    );
}
