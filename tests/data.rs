//! The tables of knowledge: they read back, their words exist, and the language of conditions refuses what it does not know.

use std::collections::BTreeMap;

use crate::data::language::{MedicineGroup, Names, parse};
use crate::data::rule::{Condition, PersonTest};
use crate::data::vocabulary::MedicineClass;
use crate::diary::fact;
use crate::diary::factor::Catalogue;

/// Checks every test of a condition, at any depth.
fn each_test(condition: &Condition, check: &mut impl FnMut(&Condition)) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().for_each(|part| each_test(part, check));
        }
        Condition::Unless(part) | Condition::UnlessDenied(part) => each_test(part, check),
        test => check(test),
    }
}

#[test]
fn every_table_reads_back() {
    assert_eq!(crate::data::rule_book().rules.len(), 79);
    for id in [
        "detail",
        "conditions",
        "medicines",
        "supplements",
        "amount",
        "cramps",
        "more-nights",
        "factors",
    ] {
        assert!(
            crate::data::rule_book()
                .questions
                .iter()
                .any(|q| q.id == id),
            "{id}"
        );
    }
    for fact in ["born", "pregnant", "surgery"] {
        assert!(
            crate::data::rule_book()
                .questions
                .iter()
                .any(|q| q.facts.contains(&fact)),
            "{fact}"
        );
    }
}

#[test]
fn conditions_facts_and_factors_that_rules_ask_for_exist() {
    for rule in &crate::data::rule_book().rules {
        each_test(&rule.when, &mut |test| match test {
            Condition::Person(PersonTest::Conditions(list)) => {
                for name in list {
                    assert!(fact::condition(name).is_some(), "{}: {name}", rule.id);
                }
            }
            Condition::Person(PersonTest::Is(key, _)) => {
                assert!(fact::find(key).is_some(), "{}: {key}", rule.id);
                let mut questions = crate::data::rule_book().questions.iter();
                let asked = questions.any(|q| q.facts.contains(key));
                assert!(asked, "{}: no question asks for {key}", rule.id);
            }
            Condition::Factor(test) => {
                let found = Catalogue::built_in().find(test.factor).is_some();
                assert!(found, "{}: {}", rule.id, test.factor);
            }
            _ => {}
        });
    }
}

fn names() -> Names {
    let water = MedicineGroup {
        called: "a water tablet".to_string(),
        classes: vec![MedicineClass::LoopDiuretic],
    };
    let mut names = Names {
        last: 28,
        conditions: BTreeMap::new(),
        medicines: BTreeMap::from([("water-tablet".to_string(), water)]),
    };
    let signs = parse("swelling or redness(last 14d)", &names).unwrap();
    names.conditions.insert("leg-signs".to_string(), signs);
    names
}

#[test]
fn a_condition_reads_as_it_is_explained() {
    let text =
        "leg-signs and at least 2 of [pregnant, has cancer/epilepsy, takes water-tablet(last 7d)]
        unless cramps on 3 nights a week in 2 of 4 weeks";
    let condition = parse(text, &names()).unwrap();
    assert_eq!(
        condition.explain().join("\n"),
        "all of:
  any of:
    swelling (last 28 days)
    redness (last 14 days)
  at least 2 of:
    pregnant
    known condition: cancer or epilepsy
    a water tablet (last 7 days)
  unless it is known that:
    cramps on 3 or more nights a week in 2 of the last 4 weeks (No only when 10 of 14 nights are recorded)"
    );
}

#[test]
fn a_mistake_in_a_condition_is_named() {
    for (text, told) in [
        ("", "a condition is missing"),
        (
            "swellling",
            "'swellling' is not a symptom, the name of a condition or a test",
        ),
        ("swelling(one sides)", "'one sides' does not belong here"),
        (
            "swelling(last 14)",
            "'14' is not a number of days such as 14d, at most 400d",
        ),
        ("swelling(last 14d", "')' is missing before 'the end'"),
        (
            "any of [swelling redness]",
            "'swelling redness' is not a symptom, the name of a condition or a test",
        ),
        (
            "swelling and redness or numbness",
            "'or' is not clear here: write brackets",
        ),
        ("takes aspirin", "'aspirin' is not a group of [medicines]"),
        ("taken magnesium(over 250µg)", "'250µg' is not in mg"),
        ("pregnant(last 14d)", "'pregnant' takes no brackets"),
        (
            "walking-pain(relieved by rest/)",
            "'rest /' is not a list of words",
        ),
        ("swelling)", "')' is not expected here"),
        ("swelling & redness", "'&' is not a sign of the language"),
    ] {
        assert_eq!(parse(text, &names()), Err(told.to_string()), "{text}");
    }
    let wrong = parse("walking-pain(relieved by resting)", &names()).unwrap_err();
    assert!(
        wrong.starts_with("'resting' is not a relieved-by"),
        "{wrong}"
    );
}
