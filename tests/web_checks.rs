//! What could not be told is asked about on the page, and each answer is written as it was given.

use axum::http::StatusCode;

use crate::tests::web::Got;
use crate::tests::web_desk::{desk, send, terminal};

/// A night with a cramp, and nothing known of the person.
const LINES: [&str; 1] = ["log -1 3am left calf 7 3min"];

fn says(page: &Got, text: &str) {
    assert!(page.body.contains(text), "{text}: {}", page.body);
}

#[test]
fn questions_are_answered_on_the_page_and_each_answer_stands_for_itself() {
    let (browser, door) = desk(&LINES);
    let page = browser.get("/flags");
    says(&page, "These answers would help most");
    says(&page, "Nothing is filled in for you");
    assert!(!page.body.contains(" checked"), "{}", page.body);
    // nothing is said, and nothing is written
    let before = browser.store().history(99).unwrap().len();
    let none = send(&browser, &page, "/checks", &[]);
    says(&none, "No answer was given, so nothing was written.");
    assert_eq!(browser.store().history(99).unwrap().len(), before);
    let answers = [
        ("symptom numbness", "no"),
        ("symptom tingling", "yes"),
        ("me born", "1958"),
        ("me pregnant", "no"),
        ("me smoker", "former"),
        ("me condition", "diabetes, kidney disease"),
        ("course", "magnesium 300mg 2026-02-01"),
    ];
    let done = send(&browser, &page, "/checks", &answers);
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    says(&done, "role=\"status\"");
    says(&done, "numbness");
    let diary = browser.store().read(None).unwrap();
    let symptoms: Vec<(String, bool)> = diary
        .symptoms
        .iter()
        .map(|s| (crate::diary::Word::word(s.symptom).to_string(), s.present))
        .collect();
    let expected = [
        ("numbness".to_string(), false),
        ("tingling".to_string(), true),
    ];
    assert_eq!(symptoms, expected, "one no answers no other");
    let known = terminal(&browser, &door, "me");
    says(&done, "Written down so far: 1958");
    for part in ["1958", "former", "diabetes", "kidney"] {
        assert!(known.to_lowercase().contains(part), "{part}: {known}");
    }
    assert!(terminal(&browser, &door, "course list").contains("magnesium"));
    // what was answered is asked no more
    assert!(
        !done.body.contains("name=\"symptom numbness\""),
        "{}",
        done.body
    );
    let again = send(&browser, &page, "/checks", &answers);
    assert_eq!(again.status, StatusCode::OK, "{}", again.body);
    says(&again, "kept already");
    let after = browser.store().read(None).unwrap();
    assert_eq!(after.symptoms.len(), 2);
    assert_eq!(after.courses.len(), 1);
}

#[test]
fn none_of_the_others_is_an_answer_to_those_that_were_shown() {
    let (browser, _) = desk(&LINES);
    let page = browser.get("/flags");
    let shown = page
        .body
        .split("name=\"none-of 0\" value=\"")
        .nth(1)
        .unwrap();
    let shown = shown.split('"').next().unwrap();
    let all: Vec<&str> = shown.split(' ').collect();
    assert!(all.len() > 2, "{shown}");
    let yes = format!("symptom {}", all[1]);
    let answers = [("none-of 0", shown), (yes.as_str(), "yes")];
    let done = send(&browser, &page, "/checks", &answers);
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let diary = browser.store().read(None).unwrap();
    let present: Vec<&str> = diary
        .symptoms
        .iter()
        .filter(|s| s.present)
        .map(|s| crate::diary::Word::word(s.symptom))
        .collect();
    assert_eq!(present, [all[1]]);
    assert_eq!(diary.symptoms.len(), all.len());
}

#[test]
fn an_answer_that_is_refused_stands_there_still_and_loses_no_other() {
    let (browser, _) = desk(&LINES);
    let page = browser.get("/flags");
    let answers = [
        ("me born", "long ago"),
        ("symptom numbness", "no"),
        ("course", "magnesium basis=wrong"),
        ("symptom delete", "yes"),
        ("me diary", "x"),
    ];
    let got = send(&browser, &page, "/checks", &answers);
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", got.body);
    says(&got, "role=\"alert\"");
    says(&got, "value=\"long ago\"");
    says(&got, "value=\"magnesium basis=wrong\"");
    let diary = browser.store().read(None).unwrap();
    assert_eq!(diary.symptoms.len(), 1);
    assert!(diary.facts.is_empty() && diary.courses.is_empty());
    // one of another visit writes nothing
    let old = [("csrf", "0000"), ("key", "k"), ("me born", "1958")];
    let got = browser.send_form("/checks", &old);
    assert_eq!(got.status, StatusCode::FORBIDDEN, "{}", got.body);
    says(&got, "value=\"1958\"");
    assert!(browser.store().read(None).unwrap().facts.is_empty());
}

#[test]
fn an_amount_is_asked_for_in_full_words() {
    let (browser, _) = desk(&[
        "night -2 calm exercise=30min",
        "night -3 calm exercise=0min",
    ]);
    let page = browser.get("/");
    says(&page, "min, or yes or no");
    let night = [
        ("factor 2026-03-03 exercise", "yes"),
        ("night 2026-03-03", "no"),
    ];
    let done = send(&browser, &page, "/check-in", &night);
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
}
