//! A device that only adds changes nothing that others wrote, and is told nothing of it.

use axum::http::StatusCode;
use serde_json::json;

use crate::diary::{Now, Zone};
use crate::store::EntryError;
use crate::store::devices::DeviceKind;
use crate::tests::web::{Browser, Got};

const NIGHT: &str = "2026-03-04T07:10:00Z";

/// A paired phone, and a diary in which the person wrote these answers for nights.
fn phone(answers: &[&str]) -> Browser {
    let phone = Browser::paired(NIGHT, DeviceKind::Bedside);
    answers.iter().for_each(|line| answer(&phone, line));
    phone
}

/// The person answers at the computer.
fn answer(phone: &Browser, line: &str) {
    let words = crate::diary::typed::split(line);
    let now = Now {
        utc: phone.now(),
        zone: Zone::default(),
    };
    let written = phone
        .store()
        .write::<_, EntryError>(now.utc, "night", |w| w.answer(&words, &now));
    written.unwrap();
}

fn send(phone: &Browser, path: &str, key: &str, line: &str) -> Got {
    let body = json!({ "line": line }).to_string();
    phone.post(path, &body, &[("idempotency-key", key)])
}

/// The values and notes of the diary, as `night factor=value` and `night note`.
fn kept(phone: &Browser) -> Vec<String> {
    let diary = phone.store().read(None).unwrap();
    let values = diary
        .values
        .iter()
        .map(|v| format!("{} {}={:?}", v.night, v.factor, v.value));
    let nights = diary
        .nights
        .iter()
        .map(|(night, n)| format!("{night} {:?} {:?}", n.outcome, n.note));
    values.chain(nights).collect()
}

#[test]
fn what_the_person_wrote_is_neither_changed_nor_removed() {
    let phone = phone(&["2026-02-20 calm stress=3 room=17C note=\"slept well\""]);
    let before = kept(&phone);
    let lines = [
        "2026-02-20 stress=8",
        "2026-02-20 stress=-",
        "2026-02-20 stress=?",
        "2026-02-20 room=22C",
        "2026-02-20 calm note=\"slept badly\"",
        "2026-02-20 outcome=?",
    ];
    for (i, line) in lines.iter().enumerate() {
        let got = send(&phone, "/api/night", &format!("{i}"), line);
        assert_eq!(got.status, StatusCode::CONFLICT, "{line}: {}", got.body);
        let said = got.body.to_lowercase();
        assert!(said.contains("this device only adds"), "{said}");
        assert!(!said.contains("slept") && !said.contains("17"), "{said}");
    }
    assert_eq!(kept(&phone), before);
    // what nobody said is filled in
    let got = send(&phone, "/api/night", "new", "2026-02-20 alcohol=2");
    assert_eq!(got.status, StatusCode::CREATED, "{}", got.body);
    assert_eq!(kept(&phone).len(), before.len() + 1);
}

#[test]
fn it_is_told_only_what_it_said_itself() {
    let phone = phone(&["2026-02-20 calm note=\"slept well\"", "2026-02-21 stress=3"]);
    let cramp = send(&phone, "/api/cramp", "cramp", "2026-02-18 3am left calf 6");
    assert_eq!(cramp.status, StatusCode::CREATED, "{}", cramp.body);
    for (key, line) in [
        ("a", "2026-02-20"),
        ("b", "2026-02-18"),
        ("c", "2026-02-21"),
    ] {
        let got = send(&phone, "/api/night", key, line);
        assert!(
            !got.body.contains("slept") && !got.body.contains("stress"),
            "{}",
            got.body
        );
        let outcome = got.json()["outcome"].clone();
        assert!(outcome.is_null(), "{}", got.body);
    }
    let got = send(&phone, "/api/night", "d", "2026-02-20 room=18C");
    assert!(got.json()["outcome"].is_null(), "{}", got.body);
    let tried = [
        ("e", "no cramp on 2026-02-20, slept in a tent"),
        ("f", "2026-02-20 stress=4, odd words here"),
    ];
    for (key, line) in tried {
        let got = send(&phone, "/api/cramp", key, line);
        assert!(!got.body.contains("slept well"), "{}", got.body);
    }
    // the note of the person stands, with what was added behind it
    assert!(
        kept(&phone)
            .iter()
            .any(|line| line.contains("slept well; ")),
        "{:?}",
        kept(&phone)
    );
}

#[test]
fn a_cramp_is_never_refused_and_outweighs_a_calm_answer() {
    let phone = phone(&["2026-03-03 calm"]);
    let got = send(&phone, "/api/cramp", "one", "3am left calf 7");
    assert_eq!(got.status, StatusCode::CREATED, "{}", got.body);
    assert!(!got.body.contains("calm"), "{}", got.body);
    assert_eq!(kept(&phone), ["2026-03-03 Some(Cramp) None"]);
}

#[test]
fn a_cramp_is_kept_also_where_its_line_speaks_against_what_is_there() {
    let phone = phone(&[
        "2026-03-03 stress=3 note=\"slept well\"",
        "2026-03-02 calm stress=1",
    ]);
    let before = kept(&phone);
    for (key, line) in [
        ("a", "3am left calf 7 stress=9"),
        ("b", "3am left calf 7 note=\"slept badly\" quality=2"),
        ("c", "left calf 7 3am, stress=-"),
    ] {
        let got = send(&phone, "/api/cramp", key, line);
        assert_eq!(got.status, StatusCode::CREATED, "{line}: {}", got.body);
        assert!(!got.body.contains("slept well"), "{}", got.body);
    }
    let said = send(&phone, "/api/cramp", "a", "").body;
    assert!(said.contains("the cramp is kept; what else"), "{said}");
    let diary = phone.store().read(None).unwrap();
    let calves = diary
        .episodes
        .iter()
        .filter(|e| e.side.is_some() && e.severity.is_some());
    assert_eq!(calves.count(), 3);
    let after: Vec<String> = kept(&phone)
        .iter()
        .map(|l| l.replace("Some(Cramp)", "None"))
        .collect();
    assert_eq!(after, before);
    // what nobody said is kept beside the cramp
    let got = send(&phone, "/api/cramp", "d", "3am right calf 2 room=18C");
    assert_eq!(got.status, StatusCode::CREATED, "{}", got.body);
    assert_eq!(kept(&phone).len(), before.len() + 1);
}

#[test]
fn what_it_wrote_itself_it_corrects_for_a_day() {
    let phone = phone(&[]);
    for (key, line) in [
        ("a", "last stress=3"),
        ("b", "last stress=5"),
        ("c", "last calm"),
        ("d", "last stress=-"),
    ] {
        let got = send(&phone, "/api/night", key, line);
        assert_eq!(got.status, StatusCode::CREATED, "{line}: {}", got.body);
    }
    assert_eq!(kept(&phone), ["2026-03-03 Some(Calm) None"]);
    let got = send(&phone, "/api/night", "e", "last stress=6");
    assert_eq!(got.status, StatusCode::CREATED, "{}", got.body);
    phone.set_now("2026-03-05T08:00:00Z");
    let got = send(&phone, "/api/night", "f", "2026-03-03 stress=1");
    assert_eq!(got.status, StatusCode::CONFLICT, "{}", got.body);
    // nor what another device wrote
    let mut tablet = phone.beside();
    let code = tablet.offer("tablet", DeviceKind::Bedside);
    tablet.pair(&code);
    assert_eq!(
        send(&phone, "/api/night", "g", "last stress=2").status,
        StatusCode::CREATED
    );
    assert_eq!(
        send(&tablet, "/api/night", "h", "last stress=9").status,
        StatusCode::CONFLICT
    );
}

#[test]
fn the_journal_has_the_time_it_arrived_and_the_cramp_its_own() {
    let phone = phone(&[]);
    let body = json!({ "line": "left calf 7", "at": "2025-01-01T03:00:00+00:00" }).to_string();
    let got = phone.post("/api/cramp", &body, &[("idempotency-key", "one")]);
    assert_eq!(got.status, StatusCode::CREATED, "{}", got.body);
    let change = phone.store().history(1).unwrap().remove(0);
    assert_eq!(change.at, phone.now());
    let episode = phone.store().read(None).unwrap().episodes.remove(0);
    assert_eq!(episode.night.to_string(), "2024-12-31");
    // entered just now, so it can be taken back
    let undone = phone.post("/api/undo", "{}", &[("idempotency-key", "two")]);
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.body);
}

#[test]
fn a_time_to_come_is_marked_also_without_the_time_it_was_sent() {
    let phone = phone(&[]);
    let body = json!({ "at": "2026-03-05T03:00:00+00:00" }).to_string();
    let got = phone.post("/api/cramp", &body, &[("idempotency-key", "one")]);
    assert_eq!(got.status, StatusCode::CREATED, "{}", got.body);
    let episode = phone.store().read(None).unwrap().episodes.remove(0);
    assert_eq!(episode.began_at.unwrap().utc, phone.now());
    let source = "device:phone; its clock showed 2026-03-05T03:00:00+00:00";
    assert_eq!(episode.source.to_string(), source);
}

/// The answer to a tap was cut off, something else was written, and the phone sends the tap again.
#[test]
fn a_tap_that_changed_nothing_is_done_once_too() {
    let phone = phone(&["last calm"]);
    let tap = |key: &str, line: &str| send(&phone, "/api/night", key, line);
    let (first, unknown) = (tap("one", "last calm"), tap("two", "last stress=?"));
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
    assert_eq!(unknown.status, StatusCode::CREATED, "{}", unknown.body);
    answer(&phone, "last stress=5");
    answer(&phone, "last outcome=?");
    let before = kept(&phone);
    assert_eq!(tap("one", "last calm").body, first.body);
    assert_eq!(tap("two", "last stress=?").body, unknown.body);
    assert_eq!(kept(&phone), before);
    // it made no change: there is none to be shown, or to be taken back
    let changes = phone.store().changes_of("phone").unwrap();
    assert_eq!(changes.len(), 2);
    let shown = phone.store().history(9).unwrap();
    assert!(shown.iter().all(|change| !changes.contains(&change.id)));
    let back = phone
        .store()
        .take_back(&changes, phone.now(), "test")
        .unwrap();
    assert_eq!((back.records, back.left), (0, 0));
    assert_eq!(
        phone
            .post("/api/undo", "{}", &[("idempotency-key", "u")])
            .status,
        StatusCode::CONFLICT
    );
    assert_eq!(kept(&phone), before);
}
