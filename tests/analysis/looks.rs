//! Looks and the budget of false alarms they spend.

use crate::analysis::looks::{History, Hold, LookState, StoredLook, Test};
use crate::diary::{Look, Night};
use chrono::{DateTime, NaiveDate};

/// The false discovery rate at which looks announce here.
const ANNOUNCE_Q: f64 = 0.06;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn test(factor: &str, p: f64) -> Test {
    bundle(&[factor], p)
}

fn bundle(factors: &[&str], p: f64) -> Test {
    Test {
        factors: factors.iter().map(|f| (*f).to_string()).collect(),
        p,
        direction: 0.4,
    }
}

/// A look as the diary keeps it.
fn kept(cramp_nights: u32, state: &str) -> StoredLook {
    StoredLook::read(&Look {
        id: 1,
        cramp_nights,
        night: Night::of_evening(date("2025-06-01")),
        state: state.to_string(),
        recorded_at: DateTime::UNIX_EPOCH,
    })
}

/// What the diary gives back of a look that was written into it.
fn stored(look: &LookState) -> StoredLook {
    let text = serde_json::to_string(look).unwrap();
    let read = kept(u32::try_from(look.cramp_nights).unwrap(), &text);
    assert_eq!(
        read,
        StoredLook::from(look),
        "the written look reads back as itself"
    );
    read
}

fn first(cramp_nights: usize, tests: &[Test]) -> LookState {
    History::default().look(cramp_nights, date("2026-01-10"), tests, ANNOUNCE_Q)
}

fn is_newer(history: &History) -> bool {
    history.hold() == Some(Hold::Newer)
}

fn p_spent(look: &LookState, factor: &str) -> f64 {
    look.factors
        .iter()
        .find(|f| f.factor == factor)
        .unwrap()
        .p_spent
}

fn announced(history: &History, factor: &str) -> Option<NaiveDate> {
    history.standing(factor).and_then(|s| s.announced)
}

#[test]
fn without_looks_the_first_is_due_at_sixteen_cramp_nights() {
    let none = History::replay(&[]);
    assert_eq!(
        (none.cramp_nights(), none.taken(), none.next_due()),
        (0, 0, 16)
    );
    assert_eq!(none.spent(), 0.0);
    assert_eq!(none.weight(15), None);
    assert_eq!(none.weight(16), Some(0.4));
    assert!(none.standings().next().is_none() && !is_newer(&none));
}

#[test]
fn the_first_look_spends_all_that_is_due() {
    // 43 / 67 = 0.6418 of the budget: 0.02 / 0.6418 = 0.03116, below .06 among two.
    let look = first(43, &[test("coffee", 0.02), test("heat", 0.5)]);
    assert_eq!(look.scheme, 2);
    assert!((look.w - 43.0 / 67.0).abs() < 1e-12);
    assert!((p_spent(&look, "coffee") - 0.02 * 67.0 / 43.0).abs() < 1e-12);
    assert_eq!(look.family, 2);
    let history = History::replay(&[stored(&look)]);
    assert_eq!(
        (history.cramp_nights(), history.taken(), history.next_due()),
        (43, 1, 65)
    );
    assert_eq!(announced(&history, "coffee"), None, "q is 0.0623");
    let look = first(43, &[test("coffee", 0.019), test("heat", 0.5)]);
    let history = History::replay(&[stored(&look)]);
    assert_eq!(announced(&history, "coffee"), Some(date("2026-01-10")));
    assert_eq!(announced(&history, "heat"), None);
    assert_eq!(history.standing("coffee").unwrap().direction, Some(1.0));
}

#[test]
fn a_later_look_is_due_when_cramp_nights_have_grown_by_half() {
    let one = first(16, &[test("coffee", 0.3)]);
    let history = History::replay(&[stored(&one)]);
    assert_eq!(history.next_due(), 24);
    assert_eq!(history.weight(23), None);
    let w = history.weight(24).unwrap();
    assert!((w - (0.5 - 0.4)).abs() < 1e-12);
    let between = history.look(
        23,
        date("2026-03-01"),
        &[test("coffee", 0.0001)],
        ANNOUNCE_Q,
    );
    assert_eq!(
        (between.cramp_nights, between.w),
        (16, 0.0),
        "nothing is spent"
    );
    assert_eq!(p_spent(&between, "coffee"), p_spent(&one, "coffee"));
    let two = history.look(24, date("2026-03-02"), &[test("coffee", 0.004)], ANNOUNCE_Q);
    assert!((p_spent(&two, "coffee") - 0.04).abs() < 1e-12);
    let history = History::replay(&[stored(&one), stored(&two)]);
    assert_eq!(
        (history.cramp_nights(), history.taken(), history.next_due()),
        (24, 2, 36)
    );
    assert_eq!(announced(&history, "coffee"), Some(date("2026-03-02")));
}

#[test]
fn an_announcement_stays_and_the_running_p_never_rises() {
    let one = first(30, &[test("coffee", 0.001)]);
    let history = History::replay(&[stored(&one)]);
    let others: Vec<Test> = (0..40).map(|i| test(&format!("x{i}"), 0.9)).collect();
    let all = [vec![test("coffee", 0.8)], others].concat();
    let two = history.look(45, date("2026-05-01"), &all, ANNOUNCE_Q);
    assert_eq!(p_spent(&two, "coffee"), p_spent(&one, "coffee"));
    let coffee = two.factors.iter().find(|f| f.factor == "coffee").unwrap();
    assert!(
        coffee.q.unwrap() > ANNOUNCE_Q,
        "it would not be announced today"
    );
    let history = History::replay(&[stored(&one), stored(&two)]);
    assert_eq!(announced(&history, "coffee"), Some(date("2026-01-10")));
}

#[test]
fn all_looks_together_never_spend_more_than_the_budget() {
    for start in [16, 17, 35, 100, 999] {
        let mut looks: Vec<StoredLook> = Vec::new();
        let mut spent = 0.0;
        for cramp_nights in start..200_000 {
            let history = History::replay(&looks);
            let Some(w) = history.weight(cramp_nights) else {
                continue;
            };
            spent += w;
            let look = history.look(
                cramp_nights,
                date("2026-01-10"),
                &[test("coffee", 0.5)],
                ANNOUNCE_Q,
            );
            assert_eq!(look.w, w);
            looks = vec![stored(&look)];
            let after = History::replay(&looks);
            assert!((after.spent() - spent).abs() < 1e-12 && w > 0.0);
        }
        assert!(spent <= 1.0, "{spent}");
    }
}

#[test]
fn a_year_brought_in_at_once_is_judged_at_once() {
    let look = first(120, &[test("coffee", 0.03)]);
    assert!((look.w - 120.0 / 144.0).abs() < 1e-12);
    assert!((p_spent(&look, "coffee") - 0.036).abs() < 1e-12);
    assert_eq!(look.factors[0].announced, Some(date("2026-01-10")));
}

#[test]
fn a_factor_that_joins_late_has_only_the_weights_of_its_looks() {
    let one = first(40, &[test("coffee", 0.5)]);
    let history = History::replay(&[stored(&one)]);
    assert!(history.standing("heat").is_none());
    let w = history.weight(60).unwrap();
    let two = history.look(60, date("2026-07-01"), &[test("heat", 0.01)], ANNOUNCE_Q);
    assert!((p_spent(&two, "heat") - 0.01 / w).abs() < 1e-12);
    // Coffee was not tested: it keeps its P and its place in the family.
    assert_eq!(two.family, 2);
    let coffee = two.factors.iter().find(|f| f.factor == "coffee").unwrap();
    assert_eq!(coffee.p, None);
    assert_eq!(coffee.p_spent, p_spent(&one, "coffee"));
}

#[test]
fn a_bundle_is_one_member_and_as_sure_as_its_least_sure_factor() {
    let one = first(40, &[test("stairs", 0.0001), test("heat", 0.9)]);
    let history = History::replay(&[stored(&one)]);
    let w = history.weight(60).unwrap();
    let tests = [bundle(&["hills", "stairs"], 0.05 * w), test("heat", 0.9)];
    let two = history.look(60, date("2026-07-01"), &tests, ANNOUNCE_Q);
    assert_eq!(two.family, 2);
    let get = |name: &str| two.factors.iter().find(|f| f.factor == name).unwrap();
    assert_eq!(get("stairs").p_spent, p_spent(&one, "stairs"));
    assert!((get("hills").p_spent - 0.05).abs() < 1e-12);
    for name in ["hills", "stairs"] {
        assert!((get(name).q.unwrap() - 0.1).abs() < 1e-12, "2 × .05 / 1");
    }
    assert_eq!(get("stairs").announced, Some(date("2026-01-10")));
    assert_eq!(get("hills").announced, None);
}

#[test]
fn a_test_without_a_p_takes_no_part() {
    let look = first(40, &[test("coffee", f64::NAN), test("heat", 0.01)]);
    assert_eq!(look.family, 1);
    assert_eq!(look.factors.len(), 1);
    let nothing = first(40, &[]);
    assert_eq!((nothing.family, nothing.factors.len()), (0, 0));
    assert_eq!(History::replay(&[stored(&nothing)]).next_due(), 60);
}

const FORMER_24: &str = r#"{"cramp_nights":24,"night":"2025-03-01","family":2,"factors":[
    {"factor":"coffee","lag":0,"p":0.004,"q":0.008,"direction":0.7,"grade":"possible link"},
    {"factor":"heat","lag":0,"p":0.6,"q":0.6,"direction":-0.1,"grade":"can't tell"},
    {"factor":"relief-stretch","lag":1,"p":0.001,"q":null,"direction":0.3,"grade":"hint"}]}"#;
const FORMER_48: &str = r#"{"cramp_nights":48,"night":"2025-09-01","family":3,"factors":[
    {"factor":"coffee","lag":0,"p":0.002,"q":0.006,"direction":0.6,"grade":"consistent link"},
    {"factor":"heat","lag":0,"p":0.9,"q":0.9,"direction":0.1,"grade":"can't tell"},
    {"factor":"salt","lag":0,"p":null,"q":null,"direction":null,"grade":"not enough yet"}]}"#;

#[test]
fn looks_of_the_first_scheme_go_on_where_they_stood() {
    let history = History::replay(&[kept(24, FORMER_24), kept(48, FORMER_48)]);
    assert_eq!(
        (history.cramp_nights(), history.taken(), history.next_due()),
        (48, 2, 72)
    );
    assert!((history.spent() - 48.0 / 72.0).abs() < 1e-12);
    let coffee = history.standing("coffee").unwrap();
    assert!((coffee.p_spent - 0.002 / (48.0 / 72.0)).abs() < 1e-12);
    assert_eq!(coffee.announced, Some(date("2025-03-01")));
    assert_eq!(coffee.consistent, Some(date("2025-09-01")));
    assert_eq!(coffee.direction, Some(0.7), "of the announcement");
    let heat = history.standing("heat").unwrap();
    assert_eq!((heat.p_spent, heat.announced), (1.0, None));
    // Never among the tests: no member of the family.
    assert!(history.standing("relief-stretch").is_none() && history.standing("salt").is_none());
    // The next look goes on from there, and what it writes needs the former ones no more.
    let next = history.look(
        72,
        date("2026-01-10"),
        &[test("coffee", 0.5), test("salt", 0.2)],
        ANNOUNCE_Q,
    );
    assert!((next.w - (0.75 - 48.0 / 72.0)).abs() < 1e-12);
    let after = History::replay(&[stored(&next)]);
    assert_eq!(after.standing("coffee").unwrap().p_spent, coffee.p_spent);
    assert_eq!(announced(&after, "coffee"), Some(date("2025-03-01")));
    assert_eq!(
        after.standing("coffee").unwrap().consistent,
        Some(date("2025-09-01"))
    );
}

#[test]
fn a_former_link_that_lost_its_grade_stays_announced_and_is_not_consistent() {
    let lost = FORMER_48.replace("consistent link", "hint");
    let history = History::replay(&[kept(24, FORMER_24), kept(48, &lost)]);
    let coffee = history.standing("coffee").unwrap();
    assert_eq!(coffee.announced, Some(date("2025-03-01")));
    assert_eq!(coffee.consistent, None);
}

#[test]
fn a_look_of_a_newer_version_is_kept_and_none_is_taken() {
    let text = r#"{"scheme":9,"cramp_nights":30,"night":"2026-02-01","new":[1],
        "factors":[{"factor":"coffee","p_spent":0.01,"announced":"2026-02-01","other":{}}]}"#;
    let history = History::replay(&[kept(30, text)]);
    assert!(is_newer(&history));
    assert_eq!(history.weight(10_000), None);
    assert_eq!(announced(&history, "coffee"), Some(date("2026-02-01")));
    let look = history.look(
        10_000,
        date("2027-01-01"),
        &[test("heat", 1e-9)],
        ANNOUNCE_Q,
    );
    assert_eq!((look.cramp_nights, look.w), (30, 0.0));
    assert!(look.factors.iter().all(|f| f.factor == "coffee"));
    let other = r#"{"scheme":9,"factors":{"coffee":1}}"#;
    assert!(is_newer(&History::replay(&[kept(30, other)])));
}

#[test]
fn of_a_look_that_cannot_be_read_the_budget_stays_spent() {
    for odd in [
        "",
        "[]",
        r#"{"a":1}"#,
        r#"{"scheme":2,"factors":{"coffee":1}}"#,
    ] {
        let history = History::replay(&[kept(30, odd)]);
        assert!(!is_newer(&history), "{odd}");
        assert_eq!((history.cramp_nights(), history.next_due()), (30, 45));
        assert!(history.standings().next().is_none());
    }
}

#[test]
fn of_two_histories_the_one_with_more_cramp_nights_stands() {
    let mine = first(40, &[test("coffee", 0.001), test("heat", 0.9)]);
    let theirs = History::default().look(60, date("2026-02-01"), &[test("heat", 0.3)], ANNOUNCE_Q);
    let both = [stored(&theirs), stored(&mine)];
    let history = History::replay(&both);
    assert_eq!((history.cramp_nights(), history.next_due()), (60, 90));
    assert_eq!(
        history.standing("heat").unwrap().p_spent,
        p_spent(&theirs, "heat")
    );
    // What was announced stays so; the P is that of the history that stands.
    let coffee = history.standing("coffee").unwrap();
    assert_eq!(
        (coffee.p_spent, coffee.announced),
        (1.0, Some(date("2026-01-10")))
    );
    let turned: Vec<StoredLook> = both.iter().rev().cloned().collect();
    assert_eq!(
        History::replay(&turned),
        history,
        "their order does not matter"
    );
}
